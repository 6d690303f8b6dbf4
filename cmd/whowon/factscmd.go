package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/whowon-bot/whowon/facts/table"
)

var factsCheck = command{
	name: "facts check", args: "[DIR]",
	short: "try every invariant of the tables",
	long: `Tries every invariant of the tables and prints a line for each. Without DIR it checks
the embedded tables with facts.d laid over them; with DIR the tables in that folder.

Exit code: 0 when all hold, 1 when one is broken (each fault with file and line).`,
	examples: []string{"whowon facts check", "whowon facts check facts/data/tables"},
	setup: func(fs *flag.FlagSet) runner {
		file := fs.String("config", "", "configuration `FILE`")
		return func(_ context.Context, e env, words []string) error {
			if len(words) > 1 {
				return usagef("facts check takes one folder")
			}
			return checkFacts(e, *file, words)
		}
	},
}

func checkFacts(e env, configFile string, words []string) error {
	set, err := tablesOf(e, configFile, words)
	if err != nil {
		return err
	}
	report := table.Check(set, time.Now())
	if err := report.WriteTable(e.stdout); err != nil {
		return err
	}
	if len(report.Faults()) > 0 {
		return exitError(exitFault)
	}
	return nil
}

// tablesOf reads the tables in a folder, or those the bot works with.
func tablesOf(e env, configFile string, words []string) (*table.Set, error) {
	if len(words) == 1 {
		return table.Read(os.DirFS(words[0]))
	}
	corpus, err := loadFacts(e, configFile)
	if err != nil {
		return nil, err
	}
	return corpus.Set()
}

var factsImport = command{
	name: "facts import", args: "FILE…",
	short: "check new results and put them into facts.d",
	long: `Reads tables of new or corrected results (our own columns, the film or other format, or
the public oscars.csv), checks them against what is known and writes them into the
overlay folder under a dated name. A file with a fault is refused as a whole, with the
line and how to mend it. A running bot reads the folder again on SIGHUP.`,
	examples: []string{"whowon facts import oscars.csv", "whowon facts import --dry-run new-results.tsv"},
	setup: func(fs *flag.FlagSet) runner {
		im := new(importer)
		fs.StringVar(&im.config, "config", "", "configuration `FILE`")
		fs.StringVar(&im.to, "to", "", "write to `DIR`, not to the overlay folder (facts.d)")
		fs.BoolVar(&im.dryRun, "dry-run", false, "check and report, write nothing")
		return im.run
	},
}

type importer struct {
	config, to string
	dryRun     bool
}

func (im *importer) run(_ context.Context, e env, files []string) error {
	if len(files) == 0 {
		return usagef("facts import needs a file")
	}
	c, err := loadConfig(e, im.config)
	if err != nil {
		return err
	}
	if im.to == "" {
		im.to = c.Facts.dir()
	}
	corpus, err := c.Facts.load()
	if err != nil {
		return err
	}
	set, err := corpus.Set()
	if err != nil {
		return err
	}
	b := newBar(e, "importing files")
	defer b.end()
	for i, file := range files {
		b.count(i, len(files))
		if set, err = im.file(b, e.stdout, set, file); err != nil {
			return err
		}
	}
	return nil
}

// file imports one file and returns the tables with it laid over.
func (im *importer) file(b *bar, out io.Writer, base *table.Set, file string) (*table.Set, error) {
	in, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	got, err := table.Import(base, filepath.Base(file), in, time.Now())
	b.hide()
	if err != nil {
		return nil, err
	}
	f := got.File
	fmt.Fprintf(out, "%s: %d rows (%s): %d new, %d corrected, %d known\n", file, f.Rows, f.Format, f.Added, f.Changed, f.Same)
	for _, c := range f.Created {
		fmt.Fprintf(out, "  new %s\n", c)
	}
	if im.dryRun || f.Added+f.Changed == 0 {
		return got.Set, nil
	}
	to := filepath.Join(im.to, got.Name())
	if err := writeNew(to, got.WriteTable); err != nil {
		return nil, err
	}
	fmt.Fprintf(out, "  written to %s\n", to)
	return got.Set, nil
}

// writeNew writes a file that must not exist yet. It appears whole or not at all, so that a bot that reads the folder
// meanwhile never sees half of it.
func writeNew(file string, write func(io.Writer) error) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	if _, err := os.Lstat(file); err == nil {
		return fmt.Errorf("%s exists already; move it away first", file)
	}
	f, err := os.CreateTemp(filepath.Dir(file), ".import-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // nothing is left to remove once it has its name
	err = errors.Join(write(f), f.Chmod(0o644), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), file)
}
