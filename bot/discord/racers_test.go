package discord_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/bottest"
	"github.com/whowon-bot/whowon/bot/discord"
	"github.com/whowon-bot/whowon/bot/discord/discordtest"
	"github.com/whowon-bot/whowon/facts"
)

// TestTheEarliestOfShuffledRacersWins lets eight players press the right button within a quarter of a second, and delivers
// that in any order: who pressed first by Discord's clock has won.
func TestTheEarliestOfShuffledRacersWins(t *testing.T) {
	rounds := 200
	if testing.Short() || raced {
		rounds = 40
	}
	corpus, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	world := bottest.NewWorld(corpus)
	random := rand.New(rand.NewPCG(1, 8))
	script := new(strings.Builder)
	var want []string
	script.WriteString("public\n-- night.yaml --\nname: Night\nsource: https://example.org/films\nlicence: CC0-1.0\nquestions:\n" +
		"  - text: Which film won best picture at the 97th Academy Awards?\n    answers: [Anora]\n" +
		"    wrong: [The Brutalist, Conclave, Wicked]\n    category: Night\n    difficulty: easy\n-- transcript --\n")
	for range rounds {
		script.WriteString("ada> /trivia night race 1\n\nwait 2s\n\n")
		first := 0
		lags := random.Perm(250)[:8]
		for i, lag := range lags {
			if lag > lags[first] {
				first = i
			}
			fmt.Fprintf(script, "p%d@-0.%03ds> [Anora]\n\n", i, lag)
		}
		want = append(want, fmt.Sprint("p", first))
		script.WriteString("wait 20s\n\n")
	}
	out, err := world.PlayOn(t, []byte(script.String()), func(t testing.TB, s bottest.Setup) bottest.Medium {
		return newMedium(t, s, "")
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range winner.FindAllSubmatch(out, -1) {
		got = append(got, string(m[1]))
	}
	if len(got) != rounds {
		t.Fatalf("%d of %d rounds have a winner", len(got), rounds)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("round %d: %s has won, and %s was first", i, got[i], want[i])
		}
	}
}

var winner = regexp.MustCompile(`(?m)^Right: (p\d) `)

// counter is a feature that counts what reaches it.
type counter struct{ handled atomic.Int64 }

func (*counter) Commands() []bot.CommandInfo           { return nil }
func (*counter) Start(context.Context, bot.Host) error { return nil }
func (*counter) Close()                                {}
func (c *counter) Handle(context.Context, bot.Platform, bot.Inbound) (bot.View, bool, error) {
	c.handled.Add(1)
	return bot.View{Private: true, Lead: bot.L("counted")}, true, nil
}

// TestEachEventHasOneEffect delivers every interaction three times, over a socket.
func TestEachEventHasOneEffect(t *testing.T) {
	events := 33_334
	if testing.Short() || raced {
		events = 3_334
	}
	server := discordtest.Start(t, discordtest.Options{REST: discordtest.RESTOptions{Keep: 1000}})
	server.AddGuild(guildID, "guild", discordtest.Channel{ID: channelIDs[""], Name: "general"})
	c := &counter{}
	b := bot.New(bot.Options{Features: []bot.Feature{c}})
	p, err := discord.New(discord.Options{Config: config(server), Commands: bottest.Commands(), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- b.Run(ctx, p) }()
	for server.Live() == 0 {
		time.Sleep(time.Millisecond)
	}
	where, ada := discordtest.Where{Channel: channelIDs[""]}, server.User("ada")
	var last *discordtest.Interaction
	for range events {
		i := server.Slash(where, ada, "trivia stats")
		server.Redeliver(i)
		if last != nil {
			server.Redeliver(last) // out of order, and after it was answered
			if err := last.Wait(ctx); err != nil {
				t.Fatal(err)
			}
		}
		last = i
	}
	if err := last.Wait(ctx); err != nil {
		t.Fatal(err)
	}
	server.Redeliver(last)
	time.Sleep(100 * time.Millisecond)
	cancel()
	if err := <-done; err != nil {
		t.Errorf("Run: %v", err)
	}
	if n := c.handled.Load(); n != int64(events) {
		t.Errorf("%d events, each delivered three times, had %d effects", events, n)
	}
	for _, fault := range server.Faults() {
		t.Errorf("Discord refuses: %.500s", fault)
	}
}
