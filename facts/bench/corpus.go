// Package bench holds what the benchmarks under cmd share: the strings, the queries and the way of measuring. It is a module
// of its own, so that the peers it compares with never get near the shipped program.
//
// It does not know the engines compared; each command brings its own.
package bench

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/facts/lookup"
)

// Tables is where the tables of the project are, seen from this folder.
const Tables = "../data/tables"

// Names reads the titles, names and aliases of works.tsv and people.tsv under dir, folded, without repetitions. Weights are
// made up, as the tables have none, but always the same.
func Names(dir string) ([]lookup.Entry, error) {
	var out []lookup.Entry
	seen := map[string]bool{}
	for _, file := range []string{"works.tsv", "people.tsv"} {
		path := filepath.Join(dir, file)
		err := readNames(path, func(name string) {
			if name = fold.String(name); name != "" && len(name) < 80 && !seen[name] {
				seen[name] = true
				out = append(out, lookup.Entry{Text: name})
			}
		})
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%s is not there: run this in facts/bench, or name the folder of the tables with -tables", path)
		}
		if err != nil {
			return nil, err
		}
	}
	r := rand.New(rand.NewPCG(11, 12))
	for i := range out {
		out[i].Weight = uint8(r.IntN(256))
	}
	return out, nil
}

// readNames yields the values of the columns that hold names.
func readNames(path string, yield func(string)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	var columns []int
	for lines.Scan() {
		fields := strings.Split(lines.Text(), "\t")
		if columns == nil {
			for _, name := range []string{"title", "name", "aliases"} {
				if i := slices.Index(fields, name); i >= 0 {
					columns = append(columns, i)
				}
			}
			if len(columns) != 2 {
				return fmt.Errorf("%s:1: want the columns aliases and title or name", path)
			}
			continue
		}
		for _, i := range columns {
			if i < len(fields) {
				for name := range strings.SplitSeq(fields[i], "|") {
					yield(name)
				}
			}
		}
	}
	return lines.Err()
}

// Grow makes up names until there are n, out of the words of those there are: as many words as one of them, each taken
// from the same place of another. So common words stay common.
func Grow(names []lookup.Entry, n int) []lookup.Entry {
	out := slices.Clip(slices.Clone(names))
	r := rand.New(rand.NewPCG(13, 14))
	seen := map[string]bool{}
	words := make([][]string, len(names))
	for i, e := range names {
		seen[e.Text], words[i] = true, strings.Fields(e.Text)
	}
	for tries := 0; len(out) < n && tries < 20*n; tries++ {
		text := slices.Clone(words[r.IntN(len(words))])
		for i := range text {
			if other := words[r.IntN(len(words))]; i < len(other) {
				text[i] = other[i]
			}
		}
		if t := strings.Join(text, " "); !seen[t] && len(t) < 80 {
			seen[t] = true
			out = append(out, lookup.Entry{Text: t, Weight: uint8(r.IntN(256))})
		}
	}
	return out
}

// Prefixes are what somebody has typed who is after one of the names: 1 to 10 letters of it, from one of its words on.
func Prefixes(names []lookup.Entry, n int) []string {
	r := rand.New(rand.NewPCG(15, 16))
	var out []string
	for len(out) < n {
		words := strings.Fields(names[r.IntN(len(names))].Text)
		text := []rune(strings.Join(words[r.IntN(len(words)):], " "))
		out = append(out, strings.TrimSpace(string(text[:min(1+r.IntN(10), len(text))])))
	}
	return out
}

// Typo is a name and a misspelling of it.
type Typo struct {
	Typed string
	Entry int
}

// Typos are names of five letters or more with so many edits: a letter put in, left out, replaced, or swapped with the next.
func Typos(names []lookup.Entry, n, edits int) []Typo {
	r := rand.New(rand.NewPCG(17, uint64(edits)))
	var out []Typo
	for len(out) < n {
		i := r.IntN(len(names))
		text := []rune(names[i].Text)
		if len(text) < 5 {
			continue
		}
		for range edits {
			text = edit(r, text)
		}
		if typed := fold.String(string(text)); typed != names[i].Text {
			out = append(out, Typo{typed, i})
		}
	}
	return out
}

func edit(r *rand.Rand, text []rune) []rune {
	at, letter := r.IntN(len(text)-1), rune('a'+r.IntN(26))
	switch r.IntN(4) {
	case 0:
		return slices.Insert(text, at, letter)
	case 1:
		return slices.Delete(text, at, at+1)
	case 2:
		text[at] = letter
	default:
		text[at], text[at+1] = text[at+1], text[at]
	}
	return text
}
