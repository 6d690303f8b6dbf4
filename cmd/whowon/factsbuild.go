package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/facts/raw"
	"github.com/whowon-bot/whowon/facts/table"
)

var factsBuild = command{
	name:  "facts build",
	short: "build the embedded facts from the tables",
	long: `Builds the snapshot that is embedded in the program (whowon.facts) from the tables in the
folder tables beside it. With --from the tables themselves are compiled first, from a
folder of raw facts. The tables are checked, and nothing is written when one is wrong.
Equal tables give equal files.`,
	examples: []string{
		"whowon facts build",
		"whowon facts build --from ../shared/facts",
		"whowon facts build --to elsewhere",
	},
	setup: func(fs *flag.FlagSet) runner {
		from := fs.String("from", "", "compile the tables from the raw facts in `DIR` first")
		to := fs.String("to", filepath.Join("facts", "data"), "`DIR` that holds tables and whowon.facts")
		return func(_ context.Context, e env, words []string) error {
			if len(words) > 0 {
				return usagef("facts build takes no words; raw facts are named with --from")
			}
			return buildFacts(e, *from, *to)
		}
	},
}

// buildSteps are those after the tables are there: check, write, compile.
const buildSteps = 3

func buildFacts(e env, from, to string) error {
	tables := filepath.Join(to, "tables")
	b := newBar(e, "building the facts")
	defer b.end()
	set, err := buildTables(e, from, tables, b)
	if err != nil {
		return err
	}
	b.count(0, buildSteps)
	if faults := table.Check(set, time.Now()).Faults(); len(faults) > 0 {
		return faults
	}
	if from != "" {
		b.count(1, buildSteps)
		if err := table.Write(tables, set); err != nil {
			return err
		}
		// Read back, so that the snapshot tells the files and lines that the tables have now.
		if set, err = table.Read(os.DirFS(tables)); err != nil {
			return err
		}
	}
	b.count(2, buildSteps)
	snapshot, err := facts.Compile(set)
	if err != nil {
		return err
	}
	file := filepath.Join(to, "whowon.facts")
	if err := os.WriteFile(file, snapshot, 0o644); err != nil {
		return err
	}
	b.end()
	fmt.Fprintf(e.stdout, "%s: %d results, %d editions, %d people, %d works; %d bytes\n",
		file, len(set.Results), len(set.Editions), len(set.People), len(set.Works), len(snapshot))
	return nil
}

// buildTables compiles the tables from raw facts, or reads those that are there.
func buildTables(e env, from, tables string, b *bar) (*table.Set, error) {
	if from == "" {
		b.count(0, 0)
		return table.Read(os.DirFS(tables))
	}
	if info, err := os.Stat(from); err != nil || !info.IsDir() {
		return nil, usagef("--from %s is not a folder", from)
	}
	set, report, err := raw.Build(os.DirFS(from), b.count)
	b.hide()
	if err != nil {
		return nil, err
	}
	_, err = report.WriteTo(e.stdout)
	return set, err
}
