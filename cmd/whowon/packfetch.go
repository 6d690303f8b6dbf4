package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"

	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/pack"
	"github.com/whowon-bot/whowon/trivia/pack/fetch"
	"github.com/whowon-bot/whowon/trivia/pack/opentdb"
)

var packFetch = command{
	name: "pack fetch", args: "[https://…] [OUT]",
	short: "fetch a question pack from the web, or from the Open Trivia Database",
	long: `Fetches a question pack in any format that pack check knows, or an archive of them, from an address,
checks it, and writes it as a pack of ours to OUT, which must not exist yet, or to standard output. The
address begins with https:// and is on the public internet, at port 443; a file has at most 10 MiB, and
there is a minute for it. A proxy is not used.

Without an address it fetches questions from the Open Trivia Database (CC BY-SA 4.0). It takes 5 seconds
for every 50 questions: the database asks for that pace.`,
	examples: []string{
		"whowon pack fetch https://example.org/films.yaml films.yaml", "whowon pack fetch --category 11 --amount 100 films.yaml",
	},
	setup: func(fs *flag.FlagSet) runner {
		f := &fetcher{}
		f.out.from = formatFlag(fs)
		f.out.flags(fs, pack.Writes())
		fs.BoolVar(&f.out.skip, "skip", false, "leave out questions with a fault")
		fs.IntVar(&f.query.Amount, "amount", opentdb.MaxAmount, "at most `N` questions")
		fs.IntVar(&f.query.Category, "category", 0, "of category `N`, 9 to 32 (11 is film); 0 for all")
		fs.StringVar(&f.difficulty, "difficulty", "", "`LEVEL`: easy, medium or hard")
		fs.StringVar(&f.query.Type, "type", "", "`TYPE`: multiple or boolean")
		fs.StringVar(&f.url, "url", opentdb.DefaultURL, "`ADDRESS` of the API")
		return f.run
	},
}

type fetcher struct {
	out        converter
	query      opentdb.Query
	difficulty string
	url        string
}

func (f *fetcher) run(ctx context.Context, e env, args []string) error {
	if len(args) > 0 && strings.Contains(args[0], "://") {
		return f.file(ctx, e, args)
	}
	level, ok := trivia.ParseDifficulty(f.difficulty)
	switch {
	case len(args) > 1:
		return usagef("pack fetch takes one file to write to")
	case !ok && f.difficulty != "":
		return usagef("there is no difficulty %q; there are easy, medium and hard", f.difficulty)
	case f.query.Amount < 1 || f.query.Amount > 10_000:
		return usagef("--amount must be 1 to 10000")
	}
	f.query.Difficulty = level
	client, err := opentdb.New(opentdb.Config{BaseURL: f.url, UserAgent: userAgent()})
	if err != nil {
		return usageError{err}
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	b := newBar(e, "fetching questions")
	defer b.end()
	f.query.Told = b.count
	p, faults, err := client.Questions(ctx, f.query)
	b.end()
	if err != nil {
		return err
	}
	for _, fault := range faults {
		fmt.Fprintln(e.stderr, fault)
	}
	return f.out.write(e, pack.Merge(f.out.about, []*pack.Pack{p}), args)
}

// file fetches a pack from an address that somebody has made public.
func (f *fetcher) file(ctx context.Context, e env, args []string) error {
	if len(args) > 2 {
		return usagef("pack fetch takes an address, and where to write what is there")
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	b := newBar(e, "fetching the pack")
	defer b.end()
	b.count(0, 0)
	got, err := fetch.New(userAgent()).Get(ctx, args[0], pack.MaxPacked)
	if err != nil {
		return err
	}
	packs, faults, err := pack.Reading{As: f.out.from.Format, Told: b.count}.From(got.Name, bytes.NewReader(got.Data))
	b.end()
	if err != nil {
		return err
	}
	p, err := f.out.merge(e, got.Name, packs, faults)
	if err != nil {
		return err
	}
	return f.out.write(e, p, args[1:])
}

// userAgent says who asks, as those who are asked want to know.
func userAgent() string {
	return "whowon/" + strings.Trim(programVersion(), "()") + " (+https://github.com/whowon-bot/whowon)"
}
