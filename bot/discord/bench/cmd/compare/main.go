// Command compare measures the processor time that whowon takes for an event of Discord's, beside bots of discordgo that do
// nothing, all as processes of their own and in the same run. With -memory it watches the memory that they take instead.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"github.com/whowon-bot/whowon/bot/discord/bench"
)

type options struct {
	root, whowon     string
	gogc             string
	rounds, each     int
	memory           bool
	interactions, of int
}

func main() {
	var o options
	flag.StringVar(&o.root, "root", "../../..", "`FOLDER` of whowon's module, which is built")
	flag.StringVar(&o.whowon, "whowon", "", "a whowon, built before, to measure instead")
	flag.StringVar(&o.gogc, "gogc", "", "GOGC of all programs, as in 100; as each has it by itself when empty")
	flag.IntVar(&o.rounds, "rounds", 21, "rounds; the median counts")
	flag.IntVar(&o.each, "each", 1500, "interactions a round for each bot; there are twice as many messages")
	flag.BoolVar(&o.memory, "memory", false, "watch the memory instead of the processor time")
	flag.IntVar(&o.interactions, "interactions", 1_000_000, "with -memory: so many; the bare bot gets a tenth")
	flag.IntVar(&o.of, "guilds", 10_000, "with -memory: so many; the bare bot gets a fifth")
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
	if o.memory {
		err = memory(ctx, out, bots, o)
	} else {
		err = compare(ctx, out, bots, o)
	}
	bots.notes(os.Stderr)
	return err
}

// constant are questions that a bot answers without knowing anything.
func constant(questions []bench.Question) []bench.Question {
	out := slices.Clone(questions)
	for i := range out {
		out[i].Answer = bench.Constant
	}
	return out
}

func compare(ctx context.Context, out io.Writer, b *bots, o options) error {
	whowon, reads := b.whowon(ctx, "whowon", false), b.whowon(ctx, "whowon, message_content", true)
	tuned := b.bare(ctx, "discordgo, tuned", "-tuned")
	strict := b.bare(ctx, "discordgo, tuned, no buckets", "-tuned", "-bucket")
	usual := b.bare(ctx, "discordgo, as it is")
	hears := b.bare(ctx, "discordgo, messages", "-messages")
	if b.err != nil {
		return b.err
	}
	questions := bench.Questions()
	asked := func(name string, bot *bench.Bot, list []bench.Question) *bench.Candidate {
		return &bench.Candidate{Name: name, Bot: bot, Each: o.each,
			Do: func(ctx context.Context, n int) error { return bot.Server.Ask(ctx, n, list) }}
	}
	said := func(name string, bot *bench.Bot, content bool) *bench.Candidate {
		return &bench.Candidate{Name: name, Bot: bot, Each: 2 * o.each,
			Do: func(ctx context.Context, n int) error { return bot.Server.Say(ctx, n, content) }}
	}
	one := asked("whowon, "+questions[0].Text, whowon, questions[:1])
	all := asked(fmt.Sprintf("whowon, %d questions", len(questions)), whowon, questions)
	peers := []*bench.Candidate{asked(tuned.Name, tuned, constant(questions)), asked(usual.Name, usual, constant(questions)),
		asked(strict.Name, strict, constant(questions))}
	blank, full := said("whowon, blank", whowon, false), said("whowon, read", reads, true)
	blankPeer, fullPeer := said("discordgo, blank", hears, false), said("discordgo, read", hears, true)
	groups := []bench.Group{
		{Title: "interactions", List: append([]*bench.Candidate{one, all}, peers...)},
		{Title: "messages in channels without a round", List: []*bench.Candidate{blank, blankPeer, full, fullPeer}},
	}
	err := bench.Compare(ctx, groups, o.rounds, func(done, of int) { fmt.Fprintf(os.Stderr, "\rround %d of %d ", done+1, of) })
	fmt.Fprintln(os.Stderr)
	if err != nil {
		return err
	}
	var ratios []bench.Ratio
	for _, ours := range []*bench.Candidate{one, all} {
		ratios = append(ratios, bench.Ratio{Ours: ours, Peer: peers[0], Target: 1.11},
			bench.Ratio{Ours: ours, Peer: peers[1], Target: 1, Below: true}, bench.Ratio{Ours: ours, Peer: peers[2]})
	}
	return bench.Print(out, groups, append(ratios, bench.Ratio{Ours: blank, Peer: blankPeer, Target: 0.5},
		bench.Ratio{Ours: full, Peer: fullPeer, Target: 0.5}))
}

func memory(ctx context.Context, out io.Writer, b *bots, o options) error {
	whowon, bare := b.whowon(ctx, "whowon", false), b.bare(ctx, "discordgo, tuned", "-tuned")
	if b.err != nil {
		return b.err
	}
	fmt.Fprintln(out, "Resident memory. The targets for whowon are 64 MiB, flat, and 1 KiB for a guild.")
	l := bench.Load{Interactions: o.interactions, Guilds: o.of}
	if err := bench.Memory(ctx, out, whowon, l, bench.Questions()); err != nil {
		return err
	}
	l = bench.Load{Interactions: o.interactions / 10, Guilds: o.of / 5}
	return bench.Memory(ctx, out, bare, l, constant(bench.Questions()))
}

// bots are those that have been started. The first error ends the starting.
type bots struct {
	programs bench.Programs
	dir      string
	list     []*bench.Bot
	err      error
}

func (b *bots) whowon(ctx context.Context, name string, content bool) *bench.Bot {
	return b.add(func() (*bench.Bot, error) { return b.programs.StartWhowon(ctx, b.dir, name, content) })
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
		for what, n := range bot.Server.Unexpected() {
			fmt.Fprintf(out, "note: %s asked %d times for %s\n", bot.Name, n, what)
		}
		if said := strings.TrimPrefix(bot.Said(), "whowon serves Discord; Ctrl-C ends it."); said != "" {
			fmt.Fprintf(out, "note: %s said: %s\n", bot.Name, strings.TrimSpace(said))
		}
	}
}
