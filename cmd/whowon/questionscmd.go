package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/generate"
)

var questionsCheck = command{
	name:  "questions check",
	short: "try every trivia question that the facts make",
	long: `Makes every question that can be made of the facts (the embedded ones with facts.d laid
over them), tries each by itself and against the facts, and counts them by category, by
template and by difficulty.

Exit code: 0 when all are good, 1 when one is not (each fault with the question's ID).`,
	examples: []string{"whowon questions check", "whowon questions check --seed 7"},
	setup: func(fs *flag.FlagSet) runner {
		q := new(questioner)
		q.flags(fs)
		return func(_ context.Context, e env, words []string) error {
			if len(words) > 0 {
				return usagef("questions check takes no words")
			}
			return q.check(e)
		}
	},
}

var questionsList = command{
	name:  "questions list",
	short: "print trivia questions, drawn as a round draws them",
	long: `Draws questions as a round does and prints each with its options, the right one first.
The same seed draws the same questions.`,
	examples: []string{"whowon questions list", "whowon questions list --category cannes --difficulty 3 -n 20 --seed 4"},
	setup: func(fs *flag.FlagSet) runner {
		q := new(questioner)
		q.flags(fs)
		fs.StringVar(&q.category, "category", "",
			"only of these `KEYS`, separated by commas: categories or groups, as questions check names them")
		fs.IntVar(&q.difficulty, "difficulty", 0, "only of difficulty `N`: 1 easy, 2 medium, 3 hard")
		fs.BoolVar(&q.typed, "typed", false, "only questions that can be answered without options")
		fs.IntVar(&q.n, "n", 10, "how many: `N`")
		return func(_ context.Context, e env, words []string) error {
			if len(words) > 0 {
				return usagef("questions list takes no words; a category is named with --category")
			}
			return q.list(e)
		}
	},
}

type questioner struct {
	config, category string
	seed             uint64
	difficulty, n    int
	typed            bool
}

func (q *questioner) flags(fs *flag.FlagSet) {
	fs.StringVar(&q.config, "config", "", "configuration `FILE`")
	fs.Uint64Var(&q.seed, "seed", 1, "the `SEED` of wording, options and draws")
}

// maxFaults is how many faults are printed; the rest is counted.
const maxFaults = 50

func (q *questioner) check(e env) error {
	corpus, err := loadFacts(e, q.config)
	if err != nil {
		return err
	}
	g, faulty := generate.New(corpus, q.seed), 0
	b := newBar(e, "trying questions")
	defer b.end()
	out := bufio.NewWriter(e.stdout)
	for id, fault := range faults(corpus, g, b.count) {
		if faulty++; faulty <= maxFaults {
			b.hide() // out may be flushed
			fmt.Fprintf(out, "%s: %s\n", id, fault)
		}
	}
	b.end()
	if err := writeCounts(out, g); err != nil {
		return err
	}
	fmt.Fprintf(out, "\n%d faults\n", faulty)
	if err := out.Flush(); err != nil {
		return err
	}
	if faulty > 0 {
		return exitError(exitFault)
	}
	return nil
}

// faults goes through the faults of all questions, each with the question's ID. told hears how many questions are tried.
func faults(
	corpus *facts.Corpus, g *generate.Generator, told func(done, total int),
) func(yield func(id, fault string) bool) {
	return func(yield func(id, fault string) bool) {
		told(0, 0)
		audit := generate.NewAuditor(corpus)
		done, total := 0, g.Count(generate.Filter{})
		for question := range g.All() {
			for _, fault := range append(generate.Check(question), audit.Audit(question)...) {
				if !yield(question.ID, fault) {
					return
				}
			}
			done++
			told(done, total)
		}
		told(total, total) // a few seeds make no question
	}
}

// writeCounts prints how many questions there are by category, by template and by difficulty.
func writeCounts(out io.Writer, g *generate.Generator) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	row := func(name string, count [4]int) {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t\n", name, count[1], count[2], count[3], count[0])
	}
	var all [4]int
	fmt.Fprint(w, "category\teasy\tmedium\thard\tall\t\n")
	for _, c := range g.Categories() {
		row(c.Group+"/"+c.Key, c.Count)
		for i := range all {
			all[i] += c.Count[i]
		}
	}
	fmt.Fprint(w, "\t\t\t\t\t\ntemplate\teasy\tmedium\thard\tall\t\n")
	for _, t := range g.Templates() {
		row(t.Key, t.Count)
	}
	fmt.Fprint(w, "\t\t\t\t\t\n")
	row("all", all)
	return w.Flush()
}

func (q *questioner) list(e env) error {
	if q.difficulty < 0 || q.difficulty > int(trivia.Hard) {
		return usagef("--difficulty %d is not 1, 2 or 3", q.difficulty)
	}
	if q.n < 1 || q.n > 10_000 {
		return usagef("-n %d is not between 1 and 10000", q.n)
	}
	corpus, err := loadFacts(e, q.config)
	if err != nil {
		return err
	}
	g := generate.New(corpus, q.seed)
	f := generate.Filter{Difficulty: trivia.Difficulty(q.difficulty), Typed: q.typed}
	if q.category != "" {
		f.Categories = strings.Split(q.category, ",")
		if err := known(g, f.Categories); err != nil {
			return err
		}
	}
	out := bufio.NewWriter(e.stdout)
	for i, question := range g.Pick(q.seed, f, q.n, nil) {
		if i > 0 {
			fmt.Fprintln(out)
		}
		writeQuestion(out, question)
	}
	return out.Flush()
}

// known tries that categories or groups are there.
func known(g *generate.Generator, keys []string) error {
	var all []string
	for _, c := range g.Categories() {
		if !slices.Contains(all, c.Group) {
			all = append(all, c.Group)
		}
		all = append(all, c.Key)
	}
	for _, key := range keys {
		if !slices.Contains(all, key) {
			return usagef("there is no category %q; there are %s", key, strings.Join(all, ", "))
		}
	}
	return nil
}

func writeQuestion(out io.Writer, q trivia.Question) {
	fmt.Fprintf(out, "%s · %s · %s\n%s\n  + %s\n", q.Category, q.Difficulty, q.ID, q.Text, q.Answers[0])
	for _, wrong := range q.Wrong {
		fmt.Fprintf(out, "  - %s\n", wrong)
	}
	if q.Note != "" {
		fmt.Fprintf(out, "  %s\n", q.Note)
	}
}
