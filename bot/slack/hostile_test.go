package slack_test

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/slack"
	"github.com/whowon-bot/whowon/bot/slack/slacktest"
	"github.com/whowon-bot/whowon/bot/slack/slacktest/check"
	"github.com/whowon-bot/whowon/facts"
)

var hostilePieces = []string{"<!channel>", "<!here>", "<!everyone>", "<@U0000000BOB>", "<@U0000000BOB|bob>", "<!subteam^S1>", "<#C1|x>", "@channel",
	"@here", "@bob", "<!date^1^{time}|x>", "<https://evil.example|bank>", "https://evil.example", "evil.example", "mailto:a@b.example", "*", "_", "~", "`",
	"```", "> ", ">>> ", "&gt;", "&lt;!channel&gt;", "&amp;", "&", "<", ">", "|", ":tada:", ":smile::skin-tone-2:", "• ", "1. ", "- ", "# ", "**", "[x](https://evil.example)",
	"\\", "a", "Ö", "映画", "فيلم", "กขค", "👩‍🚀", "🏳️‍🌈", "\u202e", "\u2066", "\u200b", "\u00ad", "\ufeff", "\x00", "\x1b[2J", "\n", "\t", "é\u0301\u0301\u0301\u0301\u0301\u0301", " ",
	"\"", "'", "{\"type\":\"broadcast\"}", "\xff", "\ud7ff", "\U0010ffff"}

func hostile(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(10) { // it may be empty
		b.WriteString(hostilePieces[r.IntN(len(hostilePieces))])
	}
	if r.IntN(50) == 0 {
		return strings.Repeat(b.String(), 1+r.IntN(200))
	}
	return b.String()
}

// TestTenThousandHostileStrings brings them as queries, names and answers, and into every place of messages, edits, answers
// that one user sees, modals and App Homes: nobody is pinged, and Slack takes every request.
func TestTenThousandHostileStrings(t *testing.T) {
	corpus, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	most := 10_000
	if testing.Short() || raced {
		most = 2_000
	}
	synctest.Test(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(10, 4))
		used := 0
		next := func() string { used++; return hostile(random) }
		r := start(t, func(c *slack.Config, o *slacktest.Options) { o.Web.Limits.Off = true },
			func(ctx context.Context, p *slack.Platform, in bot.Inbound) bot.View {
				in = in.Known(ctx)
				if in.Command == nil || in.To.Channel.ID != slacktest.DefaultTeam+"/"+general {
					v := anywhere(next)
					v.Private = true
					return v
				}
				v := bot.AnswerView(corpus.Ask(in.Command.Args, time.Now()), bot.Brief)
				v.Again = bot.CommandState("whowon", in.Command.Args)
				v.Buttons = append(v.Buttons, bot.Button{State: "t/say/r/1", Label: in.From.Name, Asks: true})
				return v
			})
		r.server.KeepRequests(100)
		for used < most {
			hostileRound(t, r, next)
			if t.Failed() {
				return
			}
		}
		r.sound()
	})
}

// hostileRound lets somebody of a hostile name ask, answer, and look at all surfaces.
func hostileRound(t *testing.T, r *rig, next func() string) {
	t.Helper()
	eve := r.server.User("eve" + string(rune('a'+time.Now().Unix()/700%26))) // names are remembered for ten minutes
	eve.RealName, eve.Admin = strings.ToValidUTF8(next(), ""), true
	i := r.server.Slash(r.where, eve, "/whowon", bot.Clip(strings.ToValidUTF8(next(), "")+" x", 3000))
	wait(time.Second)
	if len(i.Messages()) != 1 {
		t.Fatalf("%s has %d answers", i.Payload(), len(i.Messages()))
	}
	for _, b := range check.Buttons(i.Messages()[0].Blocks) {
		if b.ActionID == "i:t/say/r/1" {
			r.server.Press(i.Messages()[0], eve, b.ActionID)
			wait(time.Second)
			if modal, ok := r.server.Modal(eve); ok {
				answer := bot.Clip(strings.ToValidUTF8(next(), "")+" x", bot.MaxKeptText)
				r.server.Submit(modal, eve, map[string]string{"text": answer})
			}
		}
	}
	r.server.OpenHome(eve)
	r.server.Shortcut(eve, "", "whowon_ask")
	wait(time.Second)
	if modal, ok := r.server.Modal(eve); ok {
		typed := bot.Clip(strings.ToValidUTF8(next(), ""), 200)
		s := r.server.Suggest(modal, eve, "s:whowon:query", typed)
		wait(time.Second)
		if o := s.Options(); len(o) > 0 {
			r.server.Submit(modal, eve, map[string]string{"s:whowon:query": o[len(o)-1].Value})
		}
		wait(2 * time.Second)
		if modal, ok = r.server.Modal(eve); ok {
			r.server.CloseView(modal, eve)
		}
	}
	v := anywhere(next)
	ref, err := r.p.Send(t.Context(), bot.Target{Channel: channel()}, v, next())
	if err != nil {
		t.Fatalf("Send: %v", err)
	}
	v.Lead = bot.L(next())
	if err := r.p.Edit(t.Context(), ref, v); err != nil {
		t.Fatalf("Edit: %v", err)
	}
	wait(time.Second)
}

// anywhere is a view with a string in every place.
func anywhere(next func() string) bot.View {
	v := bot.View{Title: bot.L(next(), bot.B(next())), Lead: bot.L(bot.B(next()), next()), Blocks: []bot.Block{
		&bot.Text{Lines: []bot.Line{bot.L(next()), bot.L(bot.Ask(next()), bot.Mention(bot.User{ID: bot.UserID(next()), Name: next()}))}},
		&bot.List{Title: bot.L(next()), Items: []bot.Item{{Mark: bot.MarkWon, Line: bot.L(bot.Link(next(), "https://a.example/("+next()))}}},
		&bot.Table{Head: []string{next()}, Rows: [][]bot.Line{{bot.L(next()), bot.L(next())}}, More: bot.L(next())},
	}, Footer: []bot.Line{bot.L(next())}, Buttons: []bot.Button{{State: "t/" + next(), Label: next()}},
		Next: []bot.Suggestion{{Label: next(), Value: next()}}, Again: bot.CommandState("whowon", next())}
	return v
}

// TestHostileTextIsSeenAsItIs shows one string in each place where a view has text: what is to be read on Slack is that
// text.
func TestHostileTextIsSeenAsItIs(t *testing.T) {
	texts := 3_500
	if testing.Short() || raced {
		texts = 300
	}
	synctest.Test(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(3, 7))
		r := start(t, func(_ *slack.Config, o *slacktest.Options) { o.Web.Limits.Off = true }, silent)
		r.server.KeepRequests(100)
		for i := range texts {
			text := bot.Clip(hostile(random), 140)
			seen := strings.Join(strings.Fields(bot.Clean(text)), " ")
			if seen == "" {
				continue
			}
			place, v := placeOf(i, text)
			ref, err := r.p.Send(t.Context(), bot.Target{Channel: channel()}, v, "")
			if err != nil {
				t.Fatalf("Send: %v", err)
			}
			all := r.server.Messages("", general)
			m := all[len(all)-1]
			if got := strings.Join(strings.Fields(check.Text(m.Text, m.Blocks)), " "); m.TS != ref.ID || !strings.Contains(got, seen) {
				t.Errorf("%s: %q is to be seen as\n%q\nof %s", place, text, got, m.Blocks)
			}
			if t.Failed() {
				return
			}
		}
		r.sound()
	})
}

// placeOf is a view with a text in one place, by turns, beside something that is always there.
func placeOf(turn int, text string) (string, bot.View) {
	lead, body := bot.L("lead"), &bot.Text{Lines: []bot.Line{bot.L("x")}}
	places := []struct {
		name string
		view bot.View
	}{
		{"lead", bot.View{Lead: bot.L(text)}},
		{"title", bot.View{Title: bot.L(text), Lead: lead, Blocks: []bot.Block{body}}},
		{"bold", bot.View{Lead: lead, Blocks: []bot.Block{&bot.Text{Lines: []bot.Line{bot.L("a ", bot.B(text), " b")}}}}},
		{"list", bot.View{Lead: lead, Blocks: []bot.Block{&bot.List{Title: bot.L("list"), Items: []bot.Item{{Line: bot.L(text)}}}}}},
		{"table", bot.View{Lead: lead, Blocks: []bot.Block{
			&bot.Table{Head: []string{"a", "b"}, Rows: [][]bot.Line{{bot.L(text), bot.L("c")}}}}}},
		{"footer", bot.View{Lead: lead, Blocks: []bot.Block{body}, Footer: []bot.Line{bot.L(text)}}},
		{"mixed", bot.View{Lead: lead, Footer: []bot.Line{bot.L("by ", bot.B(text), " · ", bot.Link("source", "https://a.example/x"))}}},
	}
	p := places[turn%len(places)]
	return p.name, p.view
}
