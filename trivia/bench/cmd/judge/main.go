// Command judge prints a table: what trivia/judge and the rules of public libraries make of sets of typed answers, what a
// check costs, and how the halves of the sets agree. The libraries' rules are shown with the threshold that is usual and
// with the one at which they are most accurate on these very sets.
//
//	go run ./cmd/judge FOLDER
package main

import (
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"runtime"
	"strings"

	"github.com/whowon-bot/whowon/trivia/bench"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: judge FOLDER (that holds tot.jsonl, pg_key.jsonl, jarch.jsonl, pg_graded.jsonl, syn.jsonl, facts.jsonl, numpers.jsonl)")
		os.Exit(2)
	}
	if err := run(os.Stdout, os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "judge:", err)
		os.Exit(1)
	}
}

// sets are what is measured on.
type sets struct{ typed, graded, syn, facts, numbers []bench.Typed }

func read(dir string) (s sets, err error) {
	for _, set := range []struct {
		to    *[]bench.Typed
		names []string
	}{
		{&s.typed, []string{"tot", "pg_key", "jarch"}}, {&s.graded, []string{"tot", "pg_key", "jarch", "pg_graded"}},
		{&s.syn, []string{"syn"}}, {&s.facts, []string{"facts"}}, {&s.numbers, []string{"numpers"}},
	} {
		if *set.to, err = bench.Read(dir, set.names...); err != nil {
			return s, err
		}
	}
	return s, nil
}

// half is the part of a set whose questions fall into one of two halves.
func half(set []bench.Typed, which uint32) []bench.Typed {
	var out []bench.Typed
	for _, t := range set {
		h := fnv.New32a()
		h.Write([]byte(t.Question + "\x00" + t.Answer))
		if h.Sum32()>>7&1 == which {
			out = append(out, t)
		}
	}
	return out
}

func (s sets) half(which uint32) sets {
	return sets{half(s.typed, which), half(s.graded, which), half(s.syn, which), half(s.facts, which), half(s.numbers, which)}
}

func run(out io.Writer, dir string) error {
	runtime.GOMAXPROCS(1) // a collection beside the check would count for it
	s, err := read(dir)
	if err != nil {
		return err
	}
	pool, err := bench.Pool()
	if err != nil {
		return err
	}
	ours := bench.Ours("whowon, with the facts", pool)
	rules := []bench.Rule{ours, bench.Ours("whowon, without", nil)}
	for _, p := range bench.Similarities() {
		rules = append(rules, p.At(p.Usual), p.At(bench.Best(p, s.typed)))
	}
	quality(out, rules, s)
	cost(out, rules, s)
	halves(out, ours, s)
	return nil
}

var columns = []string{
	"typed: accuracy", "precision", "with graded", "near collisions", "word collisions", "misspellings",
	"facts: collisions", "typos", "other right forms", "wrong numerals", "right numerals", "wrong names", "right names",
}

func figures(r bench.Rule, s sets) []string {
	rate := func(set []bench.Typed) string { return fmt.Sprintf("%.1f", bench.Judge(r, set).Rate()) }
	of := func(set []bench.Typed) string {
		c := bench.Judge(r, set)
		return fmt.Sprintf("%d of %d", c.Accepted, c.N)
	}
	typed := bench.Judge(r, s.typed)
	return []string{
		fmt.Sprintf("%.1f", typed.Accuracy()), fmt.Sprintf("%.1f", typed.Precision()), fmt.Sprintf("%.1f", bench.Judge(r, s.graded).Accuracy()),
		rate(bench.From(s.syn, false, "collide_near")), rate(bench.From(s.syn, false, "collide_token")), rate(bench.From(s.syn, true, "redirect")),
		rate(bench.From(s.facts, false, "facts_")), rate(bench.From(s.facts, true, "facts_typo")),
		rate(bench.From(s.facts, true, "facts_surname_ok", "facts_article_ok", "facts_folded_ok")),
		of(bench.From(s.numbers, false, "num")), of(bench.From(s.numbers, true, "num")),
		of(bench.From(s.numbers, false, "pers")), of(bench.From(s.numbers, true, "pers")),
	}
}

func quality(out io.Writer, rules []bench.Rule, s sets) {
	header(out, "rule", columns)
	for _, r := range rules {
		line(out, r.Name, figures(r, s))
	}
	fmt.Fprintln(out)
}

// cost measures on the sets in which an answer has no aliases, all rules in turn.
func cost(out io.Writer, rules []bench.Rule, s sets) {
	set := append(append(bench.From(s.syn, true, ""), bench.From(s.syn, false, "")...), s.facts...)
	header(out, "rule", []string{"ns a check", "allocations", "whowon takes of it"})
	for i, c := range bench.Costs(rules, set, 15) {
		line(out, rules[i].Name, []string{
			fmt.Sprint(c.Took.Nanoseconds()), fmt.Sprintf("%.1f", c.Allocs), fmt.Sprintf("%.2f", c.Share),
		})
	}
	fmt.Fprintln(out)
}

func halves(out io.Writer, r bench.Rule, s sets) {
	header(out, "half", columns)
	for which, name := range []string{"one", "the other"} {
		line(out, name, figures(r, s.half(uint32(which))))
	}
}

func header(out io.Writer, first string, rest []string) {
	fmt.Fprintf(out, "| %s | %s |\n|---%s|\n", first, strings.Join(rest, " | "), strings.Repeat("|---", len(rest)))
}

func line(out io.Writer, name string, cells []string) {
	fmt.Fprintf(out, "| %s | %s |\n", name, strings.Join(cells, " | "))
}
