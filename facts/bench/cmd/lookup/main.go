// Command lookup compares facts/lookup with peers on the same strings: completing a prefix with SQLite's FTS5, and finding a
// mistyped name with an automaton of vellum's. It prints medians over interleaved rounds, in processor time, as ratios to
// the peers; the time to build an index is not counted for anybody. go test -bench runs the same.
//
// It does not know how answers are put together from what is found; that is measured elsewhere.
package main

import (
	"cmp"
	"context"
	"database/sql"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"

	"github.com/whowon-bot/whowon/facts/bench"
	"github.com/whowon-bot/whowon/facts/lookup"
)

func main() {
	tables := flag.String("tables", bench.Tables, "folder with works.tsv and people.tsv")
	rounds := flag.Int("rounds", 5, "rounds; the median counts")
	large := flag.Int("grow", 100_000, "also measure with so many names, made up from the words of the tables; 0 does not")
	flag.Parse()
	if err := run(context.Background(), os.Stdout, *tables, *rounds, *large); err != nil {
		fmt.Fprintln(os.Stderr, "lookup:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer, tables string, rounds, large int) error {
	runtime.GOMAXPROCS(1) // a collection beside the query would count for it
	names, err := bench.Names(tables)
	if err != nil {
		return err
	}
	if _, err := compare(ctx, out, names, rounds); err != nil || large <= len(names) {
		return err
	}
	_, err = compare(ctx, out, bench.Grow(names, large), rounds)
	return err
}

// engines hold the same names.
type engines struct {
	names []lookup.Entry
	order []int32 // numbers of the names, best known first
	ours  *lookup.Index
	size  int
	fts   *fts
	fst   *fst
	hits  []lookup.Hit
}

func open(ctx context.Context, names []lookup.Entry) (*engines, error) {
	e := &engines{names: names, order: make([]int32, len(names)), hits: make([]lookup.Hit, 0, 32)}
	for i := range names {
		e.order[i] = int32(i)
	}
	slices.SortStableFunc(e.order, func(x, y int32) int { return cmp.Compare(names[y].Weight, names[x].Weight) })
	data := string(lookup.Build(names))
	e.size = len(data)
	var err error
	if e.ours, err = lookup.Open(data); err != nil {
		return nil, err
	}
	if e.fts, err = newFTS(ctx, names, e.order); err != nil {
		return nil, err
	}
	e.fst, err = newFST(names, e.order)
	return e, err
}

// result is what the targets are about.
type result struct {
	prefix []float64 // of the time of FTS5, in its three ways
	typo   float64   // of the time of vellum, for one typo
	recall float64   // of ours, for one typo
	size   float64   // MiB
}

func compare(ctx context.Context, out io.Writer, names []lookup.Entry, rounds int) (result, error) {
	e, err := open(ctx, names)
	if err != nil {
		return result{}, err
	}
	defer e.fts.db.Close()
	letters := 0
	for _, n := range names {
		letters += len(n.Text)
	}
	r := result{size: mib(e.size)}
	fmt.Fprintf(out, "%d names of %.1f bytes; index %.2f MiB, vellum's %.2f MiB\n\n",
		len(names), float64(letters)/float64(len(names)), r.size, mib(e.fst.size))
	if r.prefix, err = e.prefixes(ctx, out, rounds); err != nil {
		return r, err
	}
	if r.typo, r.recall, err = e.typos(out, rounds, 1); err != nil {
		return r, err
	}
	_, _, err = e.typos(out, rounds, 2)
	return r, err
}

func mib(size int) float64 { return float64(size) / (1 << 20) }

func (e *engines) prefixes(ctx context.Context, out io.Writer, rounds int) ([]float64, error) {
	typed := bench.Prefixes(e.names, 2000)
	fts := func(statement *sql.Stmt) func(int) error {
		return func(i int) error { return e.fts.ask(ctx, statement, typed[i%len(typed)]) }
	}
	ratios, err := bench.Compare(out, "prefix, best 25", rounds, []bench.Candidate{
		{Name: "whowon", Each: 20_000, Ask: func(i int) error {
			e.hits = e.ours.Prefix(e.hits[:0], typed[i%len(typed)], 25)
			return nil
		}},
		{Name: "FTS5 (modernc)", Each: 1000, Ask: fts(e.fts.inOrder)},
		{Name: "FTS5 with prefix indexes", Each: 1000, Ask: fts(e.fts.prefixed)},
		{Name: "FTS5 by its rank", Each: 200, Ask: fts(e.fts.relevant)},
	})
	if err != nil {
		return nil, err
	}
	return ratios[1:], nil
}

func (e *engines) typos(out io.Writer, rounds, edits int) (ratio, recall float64, err error) {
	typed := bench.Typos(e.names, 1000, edits)
	recall, peer, err := e.recall(typed)
	if err != nil {
		return 0, 0, err
	}
	ratios, err := bench.Compare(out, fmt.Sprintf("%d typo(s), best 5", edits), rounds, []bench.Candidate{
		{Name: "whowon", Note: fmt.Sprintf("recall %.3f", recall), Each: 5000, Ask: func(i int) error {
			e.hits = e.ours.Fuzzy(e.hits[:0], typed[i%len(typed)].Typed, 5)
			return nil
		}},
		{Name: "vellum, Levenshtein 2", Note: fmt.Sprintf("recall %.3f", peer), Each: 300, Ask: func(i int) error {
			_, err := e.fst.ask(typed[i%len(typed)].Typed)
			return err
		}},
	})
	if err != nil {
		return 0, 0, err
	}
	return ratios[1], recall, nil
}

// recall is the share of the names meant that are among the best five.
func (e *engines) recall(typed []bench.Typo) (ours, peer float64, err error) {
	for _, t := range typed {
		e.hits = e.ours.Fuzzy(e.hits[:0], t.Typed, 5)
		if slices.ContainsFunc(e.hits, func(h lookup.Hit) bool { return int(h.Entry) == t.Entry }) {
			ours++
		}
		found, err := e.fst.ask(t.Typed)
		if err != nil {
			return 0, 0, err
		}
		if slices.ContainsFunc(found, func(m match) bool { return int(e.order[m.place]) == t.Entry }) {
			peer++
		}
	}
	n := float64(len(typed))
	return ours / n, peer / n, nil
}
