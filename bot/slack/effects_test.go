package slack_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/bottest"
	"github.com/whowon-bot/whowon/bot/slack"
	"github.com/whowon-bot/whowon/bot/slack/slacktest"
	"github.com/whowon-bot/whowon/facts"
)

// counter is a feature that counts what reaches it, by what it says. It answers what ends in a 7.
type counter struct {
	handled atomic.Int64
	shown   atomic.Int64 // messages of the bot's, edits too
	mu      sync.Mutex
	times   map[string]int
}

func (*counter) Commands() []bot.CommandInfo           { return nil }
func (*counter) Start(context.Context, bot.Host) error { return nil }
func (*counter) Close()                                {}

func (c *counter) Handle(_ context.Context, _ bot.Platform, in bot.Inbound) (bot.View, bool, error) {
	what := in.Text
	switch {
	case in.Command != nil:
		what = in.Command.Args
	case in.Press != nil:
		what = in.Press.State
	}
	c.mu.Lock()
	c.times[what]++
	c.mu.Unlock()
	defer c.handled.Add(1)
	if !answers(what) {
		return bot.View{}, true, nil
	}
	return say("counted " + what), true, nil
}

// answers reports whether something is answered.
func answers(what string) bool { return strings.HasSuffix(what, "7") }

// counting runs a bot with a counter on a Slack, until stop is called.
func counting(t *testing.T, s *slacktest.Server) (c *counter, stop func()) {
	t.Helper()
	s.AddChannel(slacktest.Channel{ID: general, Name: "general", Member: true})
	c = &counter{times: map[string]int{}}
	b := bot.New(bot.Options{Features: []bot.Feature{c}})
	s.OnMessage(func(slacktest.Message, bool) { c.shown.Add(1) })
	p, err := slack.New(slack.Options{Config: config(s), Commands: bottest.Commands(), Speed: 1e9, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- b.Run(ctx, p) }()
	eventually(t, "it is connected", func() bool { return s.Connections() > 0 })
	return c, func() {
		t.Helper()
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
	}
}

// happen lets n things happen, in turn commands, presses and messages, with at most ahead of them unhandled; each says its
// number.
func happen(t *testing.T, s *slacktest.Server, c *counter, n, ahead int, between func(i int)) {
	t.Helper()
	where, ada := slacktest.Where{Channel: general}, s.User("ada")
	for i := range n {
		switch what := fmt.Sprint("t/", i); i % 3 {
		case 0:
			s.Slash(where, ada, "/trivia", what)
		case 1:
			s.Press(slacktest.Message{TS: "1.000001", Channel: general, Blocks: buttonBlocks(what)}, ada, what)
		default:
			s.Say(where, ada, what)
		}
		if between != nil {
			between(i)
		}
		eventually(t, fmt.Sprintf("thing %d is handled", i-ahead), func() bool { return c.handled.Load() >= int64(i-ahead) })
	}
	eventually(t, "all are handled", func() bool { return c.handled.Load() >= int64(n) })
	eventually(t, "all are acknowledged", func() bool { return s.Unacked() == 0 })
}

// once checks that each of n things had one effect.
func (c *counter) once(t *testing.T, n int) {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	bad, want := 0, 0
	for i := range n {
		if answers(fmt.Sprint("t/", i)) {
			want++
		}
		if times := c.times[fmt.Sprint("t/", i)]; times != 1 {
			if bad++; bad < 10 {
				t.Errorf("thing %d had %d effects", i, times)
			}
		}
	}
	if bad > 0 || len(c.times) != n || c.handled.Load() != int64(n) {
		t.Errorf("%d things had %d effects, %d of them not one each", n, c.handled.Load(), bad)
	}
	for end := time.Now().Add(5 * time.Second); int(c.shown.Load()) < want && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	if int(c.shown.Load()) != want {
		t.Errorf("%d answers were shown %d times", want, c.shown.Load())
	}
}

// TestEachEventHasOneEffect delivers every command, press and message three times, over sockets.
func TestEachEventHasOneEffect(t *testing.T) {
	events := 33_334
	if testing.Short() || raced {
		events = 3_334
	}
	s := slacktest.Start(t, slacktest.Options{Socket: slacktest.SocketOptions{Forget: true},
		Web: slacktest.WebOptions{Limits: slacktest.RateLimits{Off: true}}})
	s.KeepRequests(200)
	s.Duplicate(3)
	c, stop := counting(t, s)
	happen(t, s, c, events, 24, nil)
	stop()
	c.once(t, events)
	for _, fault := range s.Faults() {
		t.Errorf("Slack refuses: %.500s", fault)
	}
}

// TestNothingIsLostWhileConnectionsAreRenewed renews them five times a second, and breaks some in between.
func TestNothingIsLostWhileConnectionsAreRenewed(t *testing.T) {
	things := 2_000
	if testing.Short() || raced {
		things = 600
	}
	for _, drops := range []bool{false, true} {
		t.Run(fmt.Sprint("drops ", drops), func(t *testing.T) {
			s := slacktest.Start(t, slacktest.Options{Socket: slacktest.SocketOptions{Forget: true, Grace: 20 * time.Millisecond},
				Web: slacktest.WebOptions{Limits: slacktest.RateLimits{Off: true}}})
			c, stop := counting(t, s)
			end := s.RefreshEvery(200 * time.Millisecond)
			defer end()
			happen(t, s, c, things, 24, func(i int) {
				time.Sleep(time.Millisecond) // so that it takes as long as ten renewals, at least
				if drops && i%(things/4) == things/8 {
					s.Drop()
				}
			})
			end()
			if s.Hellos() < 10 {
				t.Errorf("only %d connections were made", s.Hellos())
			}
			stop()
			c.once(t, things)
			for _, fault := range s.Faults() {
				t.Errorf("Slack refuses: %.500s", fault)
			}
		})
	}
}

// TestTheEarliestOfShuffledRacersWins lets eight players press the right button within a quarter of a second, and delivers
// that in any order: who pressed first by Slack's clock has won.
func TestTheEarliestOfShuffledRacersWins(t *testing.T) { race(t, "[Anora]", "") }

// TestTheEarliestOfShuffledTypistsWins is the same for answers that are typed.
func TestTheEarliestOfShuffledTypistsWins(t *testing.T) { race(t, "Anora", " typed") }

func race(t *testing.T, answer, mode string) {
	rounds := 100
	if testing.Short() || raced {
		rounds = 20
	}
	corpus, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 8))
	script := new(strings.Builder)
	var want []string
	script.WriteString("public\n-- night.yaml --\nname: Night\nsource: https://example.org/films\nlicence: CC0-1.0\nquestions:\n" +
		"  - text: Which film won best picture at the 97th Academy Awards?\n    answers: [Anora]\n" +
		"    wrong: [The Brutalist, Conclave, Wicked]\n    category: Night\n    difficulty: easy\n-- transcript --\n")
	for range rounds {
		fmt.Fprintf(script, "ada> /trivia night race 1%s\n\nwait 2s\n\n", mode)
		first := 0
		lags := random.Perm(250)[:8]
		for i, lag := range lags {
			if lag > lags[first] {
				first = i
			}
			fmt.Fprintf(script, "p%d@-0.%03ds> %s\n\n", i, lag, answer)
		}
		want = append(want, fmt.Sprint("P", first))
		script.WriteString("wait 20s\n\n")
	}
	out, err := bottest.NewWorld(corpus).PlayOn(t, []byte(script.String()), func(t testing.TB, s bottest.Setup) bottest.Medium {
		return newMedium(t, s)
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range winner.FindAllSubmatch(out, -1) {
		got = append(got, strings.ToUpper(string(m[1])))
	}
	if len(got) != rounds {
		t.Fatalf("%d of %d rounds have a winner:\n%.3000s", len(got), rounds, out)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("round %d: %s has won, and %s was first", i, got[i], want[i])
		}
	}
}

var winner = regexp.MustCompile(`(?m)^Right: ([pP]\d) `)
