package main

import (
	"bytes"
	"cmp"
	"errors"
	"slices"

	"github.com/blevesearch/vellum"
	"github.com/blevesearch/vellum/levenshtein"
	"github.com/whowon-bot/whowon/facts/lookup"
)

// fst is a vellum transducer from names to their place in order, best known first, searched with an automaton that accepts
// what is within two edits.
type fst struct {
	fst     *vellum.FST
	builder *levenshtein.LevenshteinAutomatonBuilder
	size    int
	found   []match
}

type match struct {
	place    uint64
	distance uint8
}

func newFST(entries []lookup.Entry, order []int32) (*fst, error) {
	type name struct {
		text  string
		place uint64
	}
	names := make([]name, len(order))
	for i, entry := range order {
		names[i] = name{entries[entry].Text, uint64(i)}
	}
	slices.SortFunc(names, func(x, y name) int { return cmp.Compare(x.text, y.text) })
	var file bytes.Buffer
	b, err := vellum.New(&file, nil)
	if err != nil {
		return nil, err
	}
	for _, n := range names {
		if err := b.Insert([]byte(n.text), n.place); err != nil {
			return nil, err
		}
	}
	if err := b.Close(); err != nil {
		return nil, err
	}
	f := &fst{size: file.Len()}
	if f.fst, err = vellum.Load(file.Bytes()); err != nil {
		return nil, err
	}
	f.builder, err = levenshtein.NewLevenshteinAutomatonBuilder(2, true)
	return f, err
}

// ask returns the places of the five best: fewest edits first, then the best known.
func (f *fst) ask(typed string) ([]match, error) {
	dfa, err := f.builder.BuildDfa(typed, 2)
	if err != nil {
		return nil, err
	}
	f.found = f.found[:0]
	it, err := f.fst.Search(dfa, nil, nil)
	for ; err == nil; err = it.Next() {
		key, place := it.Current()
		_, distance := dfa.MatchAndDistance(string(key))
		f.found = append(f.found, match{place, distance})
	}
	if !errors.Is(err, vellum.ErrIteratorDone) {
		return nil, err
	}
	slices.SortFunc(f.found, func(x, y match) int {
		return cmp.Or(cmp.Compare(x.distance, y.distance), cmp.Compare(x.place, y.place))
	})
	return f.found[:min(5, len(f.found))], nil
}
