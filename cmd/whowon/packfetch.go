package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"

	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/pack"
	"github.com/whowon-bot/whowon/trivia/pack/opentdb"
)

var packFetch = command{
	name: "pack fetch", args: "[OUT]",
	short: "fetch a question pack from the Open Trivia Database",
	long: `Fetches questions from the Open Trivia Database (CC BY-SA 4.0) and writes them as a pack to OUT, which
must not exist yet, or to standard output. It takes 5 seconds for every 50 questions: the database
asks for that pace.`,
	examples: []string{"whowon pack fetch --category 11 --amount 100 films.yaml"},
	setup: func(fs *flag.FlagSet) runner {
		f := &fetcher{}
		f.out.flags(fs, pack.Writes())
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
	p, faults, err := client.Questions(ctx, f.query)
	if err != nil {
		return err
	}
	for _, fault := range faults {
		fmt.Fprintln(e.stderr, fault)
	}
	return f.out.write(e, pack.Merge(f.out.about, []*pack.Pack{p}), args)
}

// userAgent says who asks, as those who are asked want to know.
func userAgent() string {
	return "whowon/" + strings.Trim(programVersion(), "()") + " (+https://github.com/whowon-bot/whowon)"
}
