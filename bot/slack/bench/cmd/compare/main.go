// Command compare measures the processor time that whowon takes for an event of Slack's, beside bots of slack-go that know
// nothing, all as processes of their own and in the same run. With -memory it watches the memory that they take instead, and
// with -latency how soon whowon acknowledges on one core.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/whowon-bot/whowon/bot/slack/bench"
)

type options struct {
	root, whowon    string
	gogc            string
	rounds, each    int
	memory, latency bool
	commands        int
	load            bench.Load
}

func main() {
	var o options
	flag.StringVar(&o.root, "root", "../../..", "`FOLDER` of whowon's module, which is built")
	flag.StringVar(&o.whowon, "whowon", "", "a whowon, built before, to measure instead")
	flag.StringVar(&o.gogc, "gogc", "", "GOGC of all programs, as in 100; as each has it by itself when empty")
	flag.IntVar(&o.rounds, "rounds", 21, "rounds; the median counts")
	flag.IntVar(&o.each, "each", 1500, "commands a round for each bot; there are twice as many messages")
	flag.BoolVar(&o.memory, "memory", false, "watch the memory instead of the processor time")
	flag.IntVar(&o.commands, "commands", 1_000_000, "with -memory: so many; a bare bot gets a tenth")
	flag.BoolVar(&o.latency, "latency", false, "time acknowledgements on one core instead of measuring processor time")
	flag.IntVar(&o.load.Rate, "rate", 500, "with -latency: events a second")
	flag.DurationVar(&o.load.For, "for", 30*time.Second, "with -latency: how long")
	flag.Parse()
	// A child is ended with the thread that has started it. That is this one, which lives as long as the program.
	runtime.LockOSThread()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Stdout, o)
	if ctx.Err() != nil {
		err = errors.New("interrupted")
	}
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer, o options) error {
	if _, err := bench.CPU(os.Getpid()); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "whowon-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	p := bench.Programs{Whowon: o.whowon, GOGC: o.gogc}
	fmt.Fprintln(os.Stderr, "building …")
	if err := bench.Build(ctx, o.root, dir, &p); err != nil {
		return err
	}
	bots := &bots{programs: p, dir: dir}
	defer bots.stop()
	switch {
	case o.memory:
		err = memory(ctx, out, bots, o)
	case o.latency:
		err = latency(ctx, out, bots, o)
	default:
		err = compare(ctx, out, bots, o)
	}
	bots.notes(os.Stderr)
	return err
}

// constant are questions to a bot that answers all of them as the first.
func constant(questions []bench.Question) []bench.Question {
	out := slices.Clone(questions)
	for i := range out {
		out[i].Answer = questions[0].Answer
	}
	return out
}

// answer asks whowon the first question, and returns a file with its answer, which the bare bots give to all.
func answer(ctx context.Context, dir string, whowon *bench.Bot) (string, error) {
	if err := whowon.Server.Ask(ctx, 1, bench.Questions()[:1]); err != nil {
		return "", err
	}
	body, err := whowon.Server.Answer()
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "answer.json")
	return file, os.WriteFile(file, body, 0o600)
}

func compare(ctx context.Context, out io.Writer, b *bots, o options) error {
	whowon, reads := b.whowon(ctx, "whowon", false), b.whowon(ctx, "whowon, typed_answers", true)
	if b.err != nil {
		return b.err
	}
	file, err := answer(ctx, b.dir, whowon)
	if err != nil {
		return err
	}
	tuned := b.bare(ctx, "slack-go, response_url, tuned", "-answer", file, "-tuned")
	usual := b.bare(ctx, "slack-go, response_url, as it is", "-answer", file)
	inAck := b.bare(ctx, "slack-go, in the acknowledgement", "-answer", file, "-ack")
	hears := b.bare(ctx, "slack-go, messages")
	if b.err != nil {
		return b.err
	}
	questions := bench.Questions()
	asked := func(name string, bot *bench.Bot, list []bench.Question) *bench.Candidate {
		return &bench.Candidate{Name: name, Bot: bot, Each: o.each,
			Do: func(ctx context.Context, n int) error { return bot.Server.Ask(ctx, n, list) }}
	}
	said := func(name string, bot *bench.Bot) *bench.Candidate {
		return &bench.Candidate{Name: name, Bot: bot, Each: 2 * o.each, Do: bot.Server.Say}
	}
	one := asked("whowon, "+questions[0].Text, whowon, questions[:1])
	all := asked(fmt.Sprintf("whowon, %d questions", len(questions)), whowon, questions)
	fresh := &bench.Candidate{Name: "whowon, of users it has not met", Bot: whowon, Each: o.each,
		Do: func(ctx context.Context, n int) error { return whowon.Server.Meet(ctx, n, questions[:1]) }}
	peers := []*bench.Candidate{asked(tuned.Name, tuned, constant(questions)), asked(usual.Name, usual, constant(questions)),
		asked(inAck.Name, inAck, constant(questions))}
	heard, heardPeer := said(reads.Name, reads), said(hears.Name, hears)
	groups := []bench.Group{
		{Title: "commands", List: append([]*bench.Candidate{one, all, fresh}, peers...)},
		{Title: "messages in channels without a round", List: []*bench.Candidate{heard, heardPeer}},
	}
	err = bench.Compare(ctx, groups, o.rounds, func(done, of int) { fmt.Fprintf(os.Stderr, "\rround %d of %d ", done+1, of) })
	fmt.Fprintln(os.Stderr)
	if err != nil {
		return err
	}
	var ratios []bench.Ratio
	for _, ours := range []*bench.Candidate{one, all} {
		ratios = append(ratios, bench.Ratio{Ours: ours, Peer: peers[0], Target: 1.11},
			bench.Ratio{Ours: ours, Peer: peers[1], Target: 1, Below: true}, bench.Ratio{Ours: ours, Peer: peers[2]})
	}
	return bench.Print(out, groups, append(ratios, bench.Ratio{Ours: fresh, Peer: peers[0]},
		bench.Ratio{Ours: heard, Peer: heardPeer, Target: 0.5}))
}

func memory(ctx context.Context, out io.Writer, b *bots, o options) error {
	whowon := b.whowon(ctx, "whowon", false)
	if b.err != nil {
		return b.err
	}
	file, err := answer(ctx, b.dir, whowon)
	if err != nil {
		return err
	}
	bare := b.bare(ctx, "slack-go, response_url, tuned", "-answer", file, "-tuned")
	if b.err != nil {
		return b.err
	}
	fmt.Fprintln(out, "Resident memory. That of whowon is to be flat.")
	if err := bench.Memory(ctx, out, whowon, o.commands, bench.Questions()); err != nil {
		return err
	}
	return bench.Memory(ctx, out, bare, o.commands/10, constant(bench.Questions()))
}

func latency(ctx context.Context, out io.Writer, b *bots, o options) error {
	whowon := b.add(func() (*bench.Bot, error) {
		return b.programs.StartWhowon(ctx, b.dir, "whowon on one core", true, "GOMAXPROCS=1")
	})
	if b.err != nil {
		return b.err
	}
	return bench.Latency(ctx, out, whowon, o.load, bench.Questions())
}

// bots are those that have been started. The first error ends the starting.
type bots struct {
	programs bench.Programs
	dir      string
	list     []*bench.Bot
	err      error
}

func (b *bots) whowon(ctx context.Context, name string, typed bool) *bench.Bot {
	return b.add(func() (*bench.Bot, error) { return b.programs.StartWhowon(ctx, b.dir, name, typed) })
}

func (b *bots) bare(ctx context.Context, name string, flags ...string) *bench.Bot {
	return b.add(func() (*bench.Bot, error) { return b.programs.StartBare(ctx, b.dir, name, flags...) })
}

func (b *bots) add(start func() (*bench.Bot, error)) *bench.Bot {
	if b.err != nil {
		return nil
	}
	bot, err := start()
	if err != nil {
		b.err = err
		return nil
	}
	b.list = append(b.list, bot)
	return bot
}

func (b *bots) stop() {
	for _, bot := range b.list {
		bot.Stop()
	}
}

// notes tells what the bots did beside what was measured.
func (b *bots) notes(out io.Writer) {
	for _, bot := range b.list {
		faults, late := bot.Server.Objections()
		for _, fault := range faults[:min(3, len(faults))] {
			fmt.Fprintf(out, "note: Slack has %d objections to %s, such as: %.300s\n", len(faults), bot.Name, fault)
		}
		if late > 0 {
			fmt.Fprintf(out, "note: %s acknowledged %d times too late\n", bot.Name, late)
		}
		if said := strings.TrimPrefix(bot.Said(), "whowon serves Slack; Ctrl-C ends it."); said != "" {
			fmt.Fprintf(out, "note: %s said: %s\n", bot.Name, strings.TrimSpace(said))
		}
	}
}
