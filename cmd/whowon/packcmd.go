package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/trivia/pack"
)

var packCheck = command{
	name: "pack check", args: "FILE…",
	short: "find what is wrong with question packs",
	long: `Reads question packs (files, archives or folders; - for standard input) and prints all that is
wrong with them: file, line, what it is and how to mend it. The format is found by what a file holds:
our YAML and CSV (docs/packs.md), Red-DiscordBot, LakeYS TriviaBot, OpenTDB, OpenTriviaQA, GIFT, Aiken,
Kahoot, Wayground (Quizizz), Blooket, Gimkit.

Exit code: 0 when all questions can be played, 1 when one cannot; warnings do not count.`,
	examples: []string{"whowon pack check films.yaml", "whowon pack check --from kahoot quiz.xlsx", "whowon pack check packs/"},
	setup: func(fs *flag.FlagSet) runner {
		from := formatFlag(fs)
		return func(_ context.Context, e env, files []string) error {
			if len(files) == 0 {
				return usagef("pack check needs a file")
			}
			return checkPacks(e, *from, files)
		}
	},
}

// formatValue is a flag that names a format.
type formatValue struct{ pack.Format }

func (v *formatValue) String() string { return string(v.Format) }

func (v *formatValue) Set(s string) error {
	f, ok := pack.ParseFormat(s)
	if !ok {
		return fmt.Errorf("there is no format %q; there are %s", s, formatNames(pack.Formats()))
	}
	v.Format = f
	return nil
}

func formatFlag(fs *flag.FlagSet) *formatValue {
	v := new(formatValue)
	fs.Var(v, "from", "read `FORMAT`: "+formatNames(pack.Formats()))
	return v
}

func formatNames(list []pack.Format) string {
	names := make([]string, len(list))
	for i, f := range list {
		names[i] = string(f)
	}
	return strings.Join(names, ", ")
}

func readPacks(e env, file string, r pack.Reading) ([]*pack.Pack, pack.Faults, error) {
	if file == "-" {
		return r.From("stdin", e.stdin)
	}
	return r.All(file)
}

func checkPacks(e env, from formatValue, files []string) error {
	b := newBar(e, "reading packs")
	defer b.end()
	read, broken := pack.Reading{As: from.Format}, false
	if len(files) == 1 {
		read.Told = b.count
	}
	for i, file := range files {
		if len(files) > 1 {
			b.count(i, len(files))
		}
		packs, faults, err := readPacks(e, file, read)
		b.hide()
		if err != nil {
			return err
		}
		for _, f := range faults {
			fmt.Fprintln(e.stdout, f)
		}
		broken = broken || len(faults.Errors()) > 0
		questions, formats := 0, []string{}
		for _, p := range packs {
			questions += len(p.Questions)
			if f := string(p.Format); f != "" && !slices.Contains(formats, f) {
				formats = append(formats, f)
			}
		}
		wrong := len(faults.Errors())
		fmt.Fprintf(e.stdout, "%s: %s can be played, %s, %s%s\n", file, count(questions, "question"), count(wrong, "fault"),
			count(len(faults)-wrong, "warning"), parenthesised(formats))
	}
	if broken {
		return exitError(exitFault)
	}
	return nil
}

func parenthesised(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return " (" + strings.Join(list, ", ") + ")"
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

var packConvert = command{
	name: "pack convert", args: "FILE [OUT]",
	short: "write a question pack in another format",
	long: `Reads a question pack and writes it to OUT, which must not exist yet, or to standard output. An
archive or a folder becomes one pack. Nothing is written while a question has a fault, except with
--skip, which leaves such questions out.`,
	examples: []string{
		"whowon pack convert quiz.xlsx quiz.yaml", "whowon pack convert --to gift films.yaml films.txt",
		"whowon pack convert --skip --name Movies OpenTriviaQA/categories/movies movies.yaml",
	},
	setup: func(fs *flag.FlagSet) runner {
		c := &converter{from: formatFlag(fs)}
		fs.BoolVar(&c.skip, "skip", false, "leave out questions with a fault")
		c.flags(fs, pack.Writes())
		return c.convert
	},
}

var packExport = command{
	name: "pack export", args: "FILE [OUT]",
	short: "write questions as a pack of ours",
	long: `Writes questions as a pack in our YAML or CSV, to OUT, which must not exist yet, or to standard
output: to share them, or to edit them in a spreadsheet.`,
	examples: []string{"whowon pack export --to csv films.yaml films.csv"},
	setup: func(fs *flag.FlagSet) runner {
		c := &converter{from: formatFlag(fs)}
		fs.BoolVar(&c.skip, "skip", false, "leave out questions with a fault")
		c.flags(fs, []pack.Format{pack.YAML, pack.CSV})
		return c.export
	},
}

// converter writes questions as a pack.
type converter struct {
	from, to *formatValue
	writes   []pack.Format
	about    pack.Pack // what the flags say about the pack
	skip     bool
}

func (c *converter) flags(fs *flag.FlagSet, writes []pack.Format) {
	c.writes, c.to = writes, new(formatValue)
	fs.Var(c.to, "to", "write `FORMAT`: "+formatNames(writes)+" (by the name of OUT, else yaml)")
	fs.StringVar(&c.about.Name, "name", "", "`NAME` of the pack")
	fs.StringVar(&c.about.Licence, "licence", "", "`LICENCE` of the pack")
	fs.StringVar(&c.about.Author, "author", "", "`AUTHOR` of the pack")
	fs.StringVar(&c.about.Source, "source", "", "`SOURCE` of the pack")
	fs.StringVar(&c.about.Description, "description", "", "`DESCRIPTION` of the pack")
	fs.StringVar(&c.about.Language, "language", "", "`LANGUAGE` of the pack, as in en")
}

func (c *converter) convert(_ context.Context, e env, args []string) error {
	if len(args) < 1 || len(args) > 2 {
		return usagef("pack convert takes a file, and where to write it")
	}
	p, err := c.read(e, args[0])
	if err != nil {
		return err
	}
	return c.write(e, p, args[1:])
}

// export is where a source of generated questions joins: a source gives a pack, and write does the rest.
func (c *converter) export(_ context.Context, e env, args []string) error {
	if len(args) < 1 || len(args) > 2 {
		return usagef("pack export takes a file, and where to write it")
	}
	p, err := c.read(e, args[0])
	if err != nil {
		return err
	}
	return c.write(e, p, args[1:])
}

// read reads one pack, or several as one.
func (c *converter) read(e env, file string) (*pack.Pack, error) {
	b := newBar(e, "reading packs")
	defer b.end()
	packs, faults, err := readPacks(e, file, pack.Reading{As: c.from.Format, Told: b.count})
	b.end()
	if err != nil {
		return nil, err
	}
	return c.merge(e, file, packs, faults)
}

// merge makes one pack of those of a file, and tells what is wrong with them.
func (c *converter) merge(e env, file string, packs []*pack.Pack, faults pack.Faults) (*pack.Pack, error) {
	for _, f := range faults {
		fmt.Fprintln(e.stderr, f)
	}
	if n := len(faults.Errors()); n > 0 && !c.skip {
		fmt.Fprintf(e.stderr, "whowon: %s: %s; mend them, or leave such questions out by --skip\n", file, count(n, "fault"))
		return nil, exitError(exitFault)
	}
	if c.about.Name == "" && len(packs) > 1 {
		base := filepath.Base(file)
		c.about.Name = strings.TrimSuffix(base, filepath.Ext(base))
	}
	p := pack.Merge(c.about, packs)
	if len(p.Questions) == 0 {
		return nil, fmt.Errorf("%s: no question is left", file)
	}
	return p, nil
}

// write writes p to the file in out, or to standard output.
func (c *converter) write(e env, p *pack.Pack, out []string) error {
	to := c.to.Format
	if to == "" {
		to = c.formatOf(out)
	}
	if !slices.Contains(c.writes, to) {
		return usagef("packs are not written as %s; there are %s", to, formatNames(c.writes))
	}
	var lost pack.Faults
	write := func(w io.Writer) (err error) {
		lost, err = pack.Write(w, p, to)
		return err
	}
	var err error
	if len(out) == 0 || out[0] == "-" {
		err = write(e.stdout)
	} else {
		err = writeNew(out[0], write)
	}
	for _, f := range lost {
		fmt.Fprintln(e.stderr, f)
	}
	if err != nil {
		return err
	}
	if left := len(p.Questions) - len(lost.Errors()); left == 0 {
		return errors.New("no question could be written")
	}
	return nil
}

// formatOf is the format that a file's name asks for.
func (c *converter) formatOf(out []string) pack.Format {
	if len(out) == 1 {
		switch strings.ToLower(filepath.Ext(out[0])) {
		case ".csv":
			return pack.CSV
		case ".gift":
			return pack.GIFT
		case ".aiken":
			return pack.Aiken
		}
	}
	return pack.YAML
}
