package lookup

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// The comparison with other engines is in facts/bench; these are for work on the package itself.

func BenchmarkPrefix(b *testing.B) {
	entries := filmCorpus(100_000)
	x := open(b, entries)
	r := rand.New(rand.NewPCG(1, 9))
	kinds := map[string][]string{"one letter": nil, "three letters": nil, "half": nil, "two words": nil}
	for range 512 {
		text := entries[r.IntN(len(entries))].Text
		kinds["one letter"] = append(kinds["one letter"], text[:1])
		kinds["three letters"] = append(kinds["three letters"], strings.TrimSpace(text[:min(3, len(text))]))
		kinds["half"] = append(kinds["half"], strings.TrimSpace(text[:1+len(text)/2]))
		if first, rest, ok := strings.Cut(text, " "); ok {
			kinds["two words"] = append(kinds["two words"], first[:1+len(first)/2]+" "+rest[:1+len(rest)/2])
		}
	}
	for name, queries := range kinds {
		b.Run(name, func(b *testing.B) { run(b, queries, x.Prefix, 25) })
	}
}

func run(b *testing.B, queries []string, find func([]Hit, string, int) []Hit, n int) {
	dst := make([]Hit, 0, n)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		dst = find(dst[:0], queries[i%len(queries)], n)
	}
}

func BenchmarkTypo(b *testing.B) {
	entries := filmCorpus(100_000)
	x := open(b, entries)
	r := rand.New(rand.NewPCG(1, 9))
	var one, two, prefix []string
	for range 512 {
		text := typo(r, entries[r.IntN(len(entries))].Text)
		one = append(one, text)
		two = append(two, typo(r, text))
		prefix = append(prefix, text[:(len(text)+1)*2/3])
	}
	b.Run("one", func(b *testing.B) { run(b, one, x.Fuzzy, 5) })
	b.Run("two", func(b *testing.B) { run(b, two, x.Fuzzy, 5) })
	b.Run("prefix", func(b *testing.B) { run(b, prefix, x.PrefixFuzzy, 25) })
}

func BenchmarkOpen(b *testing.B) {
	data := string(Build(filmCorpus(10_000)))
	for b.Loop() {
		if _, err := Open(data); err != nil {
			b.Fatal(err)
		}
	}
}
