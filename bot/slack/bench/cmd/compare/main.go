// Command compare measures what whowon costs on Slack, beside bots of slack-go alone, and how long its acknowledgements take.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/whowon-bot/whowon/bot/slack/bench"
	"github.com/whowon-bot/whowon/bot/slack/slacktest"
)

var questions = []string{"best picture 2025", "palme d'or 2024", "sean baker", "who directed parasite", "best actor 2011",
	"most best actress wins", "golden bear 2020", "nobel literature 2017", "world cup 2014", "oscars 2024", "best pictuer 1998",
	"which movie beat citizen kane", "emma stone"}

func main() {
	rounds := flag.Int("rounds", 15, "rounds; the median counts")
	each := flag.Int("each", 1000, "commands a round for each bot; there are three times as many messages")
	seconds := flag.Int("seconds", 20, "of 500 events each, for the acknowledgements")
	flag.Parse()
	runtime.LockOSThread() // a child ends with the thread that has started it
	if err := run(context.Background(), *rounds, *each, *seconds); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, rounds, each, seconds int) error {
	dir, err := os.MkdirTemp("", "whowon-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Fprintln(os.Stderr, "building …")
	whowon, err := bench.Build(ctx, "../../..", "./cmd/whowon", dir)
	if err != nil {
		return err
	}
	bare, err := bench.Build(ctx, ".", "./cmd/bare", dir)
	if err != nil {
		return err
	}
	s := &starter{dir: dir, whowon: whowon, bare: bare}
	defer s.stop()
	if err := compare(ctx, s, rounds, each); err != nil {
		return err
	}
	return acks(ctx, s, seconds)
}

// starter starts programs. The first error ends it.
type starter struct {
	dir, whowon, bare string
	answer            string // a file with what the bare bots say
	bots              []*bench.Bot
	err               error
}

func (s *starter) start(ctx context.Context, p bench.Program) *bench.Bot {
	if s.err != nil {
		return nil
	}
	b, err := bench.Start(ctx, s.dir, p)
	if err != nil {
		s.err = err
		return nil
	}
	s.bots = append(s.bots, b)
	return b
}

func (s *starter) stop() {
	for _, b := range s.bots {
		b.Stop()
	}
}

func (s *starter) ours(ctx context.Context, name string, hears bool, env ...string) *bench.Bot {
	return s.start(ctx, bench.Program{Name: name, Hears: hears, Env: env, Command: func(on *slacktest.Server) []string {
		file := filepath.Join(s.dir, fmt.Sprintf("whowon-%d.yaml", len(s.bots)))
		for name, secret := range map[string]string{".app": on.AppToken(), ".bot": on.Token("")} {
			if err := os.WriteFile(file+name, []byte(secret), 0o600); err != nil {
				panic(err) // in a folder that was just made
			}
		}
		config := fmt.Sprintf("slack:\n  app_token: ${file:%s.app}\n  bot_token: ${file:%s.bot}\n  api_url: %s\n  typed_answers: %t\n"+
			"store:\n  url: sqlite:%s.db\n", file, file, on.API(), hears, file)
		if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
			panic(err) // in a folder that was just made
		}
		return []string{s.whowon, "--config", file}
	}})
}

func (s *starter) peer(ctx context.Context, name string, hears bool, flags ...string) *bench.Bot {
	return s.start(ctx, bench.Program{Name: name, Hears: hears, Command: func(on *slacktest.Server) []string {
		return append([]string{s.bare, "-tuned", "-api", on.API(), "-app", on.AppToken(), "-bot", on.Token(""),
			"-answer", s.answer}, flags...)
	}})
}

// learn writes down what whowon answers, for the others to say the same.
func (s *starter) learn(ctx context.Context, w *bench.Bot) error {
	if s.err != nil {
		return s.err
	}
	m, err := w.Answer(ctx, questions[0])
	if err != nil {
		return err
	}
	data, err := json.Marshal(map[string]any{"text": m.Text, "blocks": m.Blocks})
	if err != nil {
		return err
	}
	s.answer = filepath.Join(s.dir, "answer.json")
	return os.WriteFile(s.answer, data, 0o600)
}

func compare(ctx context.Context, s *starter, rounds, each int) error {
	w, hears := s.ours(ctx, "whowon", false), s.ours(ctx, "whowon, typed_answers", true)
	if err := s.learn(ctx, w); err != nil {
		return err
	}
	p := s.peer(ctx, "slack-go, answers by response_url", false)
	a := s.peer(ctx, "slack-go, answers in the acknowledgement", false, "-ack")
	peerHears := s.peer(ctx, "slack-go, hears", true)
	if s.err != nil {
		return s.err
	}
	asks := func(name string, b *bench.Bot, list []string) *bench.Candidate {
		return &bench.Candidate{Name: name, Bot: b, Each: each,
			Do: func(ctx context.Context, n int) error { return b.Ask(ctx, n, list) }}
	}
	says := func(name string, b *bench.Bot) *bench.Candidate {
		return &bench.Candidate{Name: name, Bot: b, Each: 3 * each, Do: b.Say}
	}
	one, all := asks("whowon, best picture 2025", w, questions[:1]), asks("whowon, 13 questions", w, questions)
	url, ack := asks(p.Name, p, questions[:1]), asks(a.Name, a, questions[:1])
	heard, peerHeard := says("whowon, a message", hears), says("slack-go, a message", peerHears)
	list := []*bench.Candidate{one, all, url, ack, heard, peerHeard}
	for round := range rounds + 1 {
		fmt.Fprintf(os.Stderr, "\rround %d of %d ", round+1, rounds+1)
		for _, i := range rand.Perm(len(list)) {
			if err := list[i].Round(ctx, round > 0); err != nil {
				return err
			}
		}
	}
	fmt.Fprintln(os.Stderr)
	for _, c := range list {
		low, mid, high := c.Took()
		fmt.Printf("%-45s %8.1f µs (%.1f–%.1f)\n", c.Name, micros(mid), micros(low), micros(high))
	}
	for _, r := range []struct {
		ours, peer *bench.Candidate
		target     string
	}{{one, url, "≤ 1.11"}, {all, url, ""}, {one, ack, ""}, {heard, peerHeard, "≤ 0.5"}} {
		low, mid, high := r.ours.To(r.peer)
		fmt.Printf("%s / %s: %.2f (%.2f–%.2f) %s\n", r.ours.Name, r.peer.Name, mid, low, high, r.target)
	}
	return nil
}

func acks(ctx context.Context, s *starter, seconds int) error {
	b := s.ours(ctx, "whowon on one core", true, "GOMAXPROCS=1")
	if s.err != nil {
		return s.err
	}
	if err := b.Ask(ctx, 200, questions); err != nil { // it warms up
		return err
	}
	took, err := b.Acks(ctx, 500, time.Duration(seconds)*time.Second)
	if err != nil {
		return err
	}
	fmt.Printf("acknowledgements of %d events, 500 a second, one core: p50 %.2f ms, p99 %.2f ms (≤ 100), p99.9 %.2f ms\n",
		len(took), millis(bench.Percentile(took, 50)), millis(bench.Percentile(took, 99)), millis(bench.Percentile(took, 99.9)))
	return nil
}

func micros(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }
func millis(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
