package discord_test

import (
	"context"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/discord"
	"github.com/whowon-bot/whowon/bot/discord/discordtest"
	"github.com/whowon-bot/whowon/facts"
)

var hostilePieces = []string{"@everyone", "@here", "<@80351110224678912>", "<#1>", "<@&1>", "<:a:1>", "</help:1>", "<t:1:R>", "*", "**", "__",
	"~~", "`", "```", "||", "> ", "# ", "-# ", "- ", "1. ", "[x](https://evil.example)", "\\", "https://evil.example", "discord.gg/abc",
	":smile:", "a", "Ö", "映画", "👩‍🚀", "\u202e", "\u200b", "\x00", "\n", "é\u0301\u0301", " ", "\"", "{\"content\":\"@everyone\"}", "\xff", "\ud7ff"}

func hostile(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(10) {
		b.WriteString(hostilePieces[r.IntN(len(hostilePieces))])
	}
	if r.IntN(50) == 0 {
		return strings.Repeat(b.String(), 1+r.IntN(200))
	}
	return b.String()
}

// TestTenThousandHostileStrings brings them as queries, names and answers, and into every place of messages and edits: nobody
// is pinged, and Discord takes every request.
func TestTenThousandHostileStrings(t *testing.T) {
	corpus, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(10, 4))
		used := 0
		next := func() string { used++; return hostile(random) }
		r := start(t, nil, func(_ context.Context, _ *discord.Platform, in bot.Inbound) bot.View {
			if in.Command == nil {
				return secretly("“" + in.Text + in.Press.Text + "” says " + in.From.Name)
			}
			v := bot.AnswerView(corpus.Ask(in.Command.Args, time.Now()), bot.Brief)
			v.Again = bot.CommandState("whowon", in.Command.Args)
			v.Buttons = []bot.Button{{State: "t/say/r/1", Label: in.From.Name, Asks: true}}
			return v
		})
		for used < 10_000 {
			eve := r.server.User("eve")
			eve.GlobalName = strings.ToValidUTF8(next(), "")
			if strings.TrimSpace(eve.GlobalName) == "" {
				eve.GlobalName = "eve"
			}
			query := bot.Clip(strings.ToValidUTF8(next(), ""), 6000)
			i := r.server.Slash(r.where, eve, "whowon", discordtest.Option{Name: "query", Value: query})
			wait(time.Second)
			if len(i.Messages()) != 1 {
				t.Fatalf("%q has %d answers", query, len(i.Messages()))
			}
			form := press(r, i.Messages()[0], eve, "i:t/say/r/1")
			answer := bot.Clip(strings.ToValidUTF8(next(), ""), bot.MaxKeptText)
			if form != nil && strings.TrimSpace(answer) != "" {
				r.server.Submit(form, answer)
			}
			everywhere(t, r, next)
			wait(time.Second)
		}
		r.sound()
	})
}

// press opens the form of a button, which is left out where its label is nothing that can be shown.
func press(r *rig, m discordtest.Message, u discordtest.User, id string) *discordtest.Interaction {
	for _, b := range discordtest.Buttons(m) {
		if b.CustomID == id {
			i := r.server.Press(m, u, id)
			synctest.Wait()
			return i
		}
	}
	return nil
}

// everywhere sends and edits a message with a string in every place.
func everywhere(t *testing.T, r *rig, next func() string) {
	t.Helper()
	v := bot.View{Title: bot.L(next(), bot.B(next())), Lead: bot.L(bot.B(next()), next()), Blocks: []bot.Block{
		&bot.Text{Lines: []bot.Line{bot.L(next()), bot.L(bot.Ask(next()), bot.Mention(bot.User{ID: bot.UserID(next()), Name: next()}))}},
		&bot.List{Title: bot.L(next()), Items: []bot.Item{{Mark: bot.MarkWon, Line: bot.L(bot.Link(next(), "https://a.example/("+next()))}}},
		&bot.Table{Head: []string{next()}, Rows: [][]bot.Line{{bot.L(next()), bot.L(next())}}, More: bot.L(next())},
	}, Footer: []bot.Line{bot.L(next())}, Buttons: []bot.Button{{State: "t/" + next(), Label: next()}},
		Next: []bot.Suggestion{{Label: next(), Value: next()}}, Again: bot.CommandState("whowon", next())}
	ref, err := r.p.Send(t.Context(), bot.Target{Channel: bot.Channel{Platform: "discord", ID: channelIDs[""]}}, v, next())
	if err != nil {
		t.Fatalf("Send: %v", err)
	}
	v.Lead = bot.L(next())
	if err := r.p.Edit(t.Context(), ref, v); err != nil {
		t.Fatalf("Edit: %v", err)
	}
}

// TestNoTokenIsLogged lets all sorts of requests fail in all sorts of ways, and reads the log at its most talkative.
func TestNoTokenIsLogged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, func(ctx context.Context, p *discord.Platform, in bot.Inbound) bot.View {
			_, _ = p.Send(ctx, in.To, say("an answer"), "")
			_, _ = p.Send(ctx, in.To, say("one more"), "")
			_, _ = p.Send(ctx, bot.Target{Channel: in.To.Channel}, say("a message"), "key")
			return bot.View{}
		})
		faults := []*discordtest.HTTPFault{{Status: 500, Body: "oops"}, {Status: 404, Body: `{"code":10062,"message":"Unknown interaction"}`},
			{Drop: true}, {Truncate: true}, {Status: 403, Body: `{"code":50013,"message":"Missing Permissions"}`}, {Delay: 20 * time.Second},
			{Status: 400, Body: `{"code":50035,"message":"Invalid Form Body","errors":{"a":{"_errors":[{"code":"X","message":"no"}]}}}`}}
		tokens := []string{r.server.Token()}
		for _, f := range faults {
			r.server.Fault(func(*http.Request) *discordtest.HTTPFault { return f })
			tokens = append(tokens, r.server.Slash(r.where, r.ada, "privacy").Token)
			wait(time.Minute)
		}
		r.server.Fault(nil)
		r.server.DropConnections()
		wait(2 * time.Minute)
		_ = r.stop()
		if n := strings.Count(r.log.String(), "\n"); n < len(faults) {
			t.Errorf("only %d lines were logged", n)
		}
		for _, token := range tokens {
			if strings.Contains(r.log.String(), token) {
				t.Errorf("the log holds the token %s:\n%.2000s", token, r.log.String())
			}
		}
	})
}
