package lookup

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func open(t testing.TB, entries []Entry) *Index {
	t.Helper()
	x, err := Open(string(Build(entries)))
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestAgainstOracle(t *testing.T) {
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 7))
		entries := smallCorpus(r, r.IntN(200))
		x := open(t, entries)
		for range 40 {
			q := smallText(r)
			if len(entries) > 0 && r.IntN(3) > 0 {
				q = entries[r.IntN(len(entries))].Text
				for range r.IntN(3) {
					q = typo(r, q)
				}
			}
			runes := []rune(q)
			prefix := strings.TrimSpace(string(runes[:1+r.IntN(len(runes))]))
			n := []int{1, 5, 25, 40}[r.IntN(4)]
			agree(t, entries, "Prefix", prefix, n, x.Prefix(nil, prefix, n), prefixOracle(entries, prefix, n))
			agree(t, entries, "Fuzzy", q, n, x.Fuzzy(nil, q, n), fuzzyOracle(entries, q, n))
			agree(t, entries, "PrefixFuzzy", prefix, n, x.PrefixFuzzy(nil, prefix, n), prefixFuzzyOracle(entries, prefix, n))
		}
	}
}

func agree(t *testing.T, entries []Entry, what, query string, n int, got, want []Hit) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Fatalf("%s(%q, %d) of %d strings is\n%swant\n%s", what, query, n, len(entries),
			describe(entries, got), describe(entries, want))
	}
}

// Larger corpora have lists in the trie and full buckets.
func TestLargeAgainstOracle(t *testing.T) {
	entries := filmCorpus(3000)
	x := open(t, entries)
	r := rand.New(rand.NewPCG(3, 4))
	for range 50 {
		text := entries[r.IntN(len(entries))].Text
		prefix := strings.TrimSpace(text[:1+r.IntN(len(text))])
		agree(t, entries, "Prefix", prefix, 25, x.Prefix(nil, prefix, 25), prefixOracle(entries, prefix, 25))
		q := typo(r, typo(r, text))
		agree(t, entries, "Fuzzy", q, 5, x.Fuzzy(nil, q, 5), fuzzyOracle(entries, q, 5))
		prefix = typo(r, prefix)
		agree(t, entries, "PrefixFuzzy", prefix, 10, x.PrefixFuzzy(nil, prefix, 10), prefixFuzzyOracle(entries, prefix, 10))
	}
}

func TestExamples(t *testing.T) {
	entries := []Entry{
		{"the godfather", 90}, {"the godfather part ii", 80}, {"spiderman", 50}, {"father of the bride", 20},
		{"a beautiful mind", 60}, {"the lord of the rings the return of the king", 70}, {"joker", 10}, {"the joker", 99},
		{"jokers wild", 100}, {"七人の侍", 5}, {"вечер", 5}, {"anora", 40},
	}
	x := open(t, entries)
	for _, c := range []struct{ how, query, want string }{
		{"prefix", "godf", "the godfather|the godfather part ii"},
		{"prefix", "god fath", "the godfather|the godfather part ii"},
		{"prefix", "fath", "father of the bride"},
		{"prefix", "spider man", "spiderman"},
		{"prefix", "lord king", "the lord of the rings the return of the king"},
		{"prefix", "bea", "a beautiful mind"},
		{"prefix", "joker", "joker|the joker|jokers wild"},
		{"prefix", "七人", "七人の侍"},
		{"prefix", "xyz", ""},
		{"fuzzy", "the godfahter", "the godfather"},
		{"fuzzy", "вечре", "вечер"},
		{"fuzzy", "anroa", "anora"},
		{"fuzzy", "anr", ""},
		{"completed", "godfahter p", "the godfather part ii"},
		{"completed", "beutif", "a beautiful mind"},
	} {
		ask := map[string]func([]Hit, string, int) []Hit{"prefix": x.Prefix, "fuzzy": x.Fuzzy, "completed": x.PrefixFuzzy}
		var got []string
		for _, h := range ask[c.how](nil, c.query, 5) {
			got = append(got, entries[h.Entry].Text)
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%s %q: got %q, want %q", c.how, c.query, strings.Join(got, "|"), c.want)
		}
	}
}

func TestRecall(t *testing.T) {
	entries := filmCorpus(20_000)
	x := open(t, entries)
	r := rand.New(rand.NewPCG(5, 6))
	for edits, want := range map[int]float64{1: 0.99, 2: 0.95} {
		asked, got := 0, 0
		for asked < 2000 {
			i := r.IntN(len(entries))
			q := entries[i].Text
			if len(q) < 7 {
				continue
			}
			for range edits {
				q = typo(r, q)
			}
			asked++
			if slices.ContainsFunc(x.Fuzzy(nil, q, 5), func(h Hit) bool { return int(h.Entry) == i }) {
				got++
			}
		}
		if recall := float64(got) / float64(asked); recall < want {
			t.Errorf("recall@5 with %d edits is %.3f, want %.2f", edits, recall, want)
		}
	}
}

func TestBuildIsDeterministic(t *testing.T) {
	entries := filmCorpus(1000)
	if !bytes.Equal(Build(entries), Build(slices.Clone(entries))) {
		t.Error("the same entries gave different bytes")
	}
}

func TestSize(t *testing.T) {
	entries := filmCorpus(100_000)
	letters := 0
	for _, e := range entries {
		letters += len(e.Text)
	}
	size := len(Build(entries))
	t.Logf("%d strings of %.1f bytes: %.1f MiB", len(entries), float64(letters)/float64(len(entries)), float64(size)/(1<<20))
	if size > 10<<20 {
		t.Errorf("the index has %d bytes, more than 10 MiB", size)
	}
}

func TestOddInput(t *testing.T) {
	long := strings.Repeat("very long ", 10_000)
	entries := []Entry{{"", 1}, {"a", 1}, {"a", 1}, {long, 1}, {"bad \xff bytes", 1}, {" two  spaces ", 1}, {"the", 1}, {"😀", 1}}
	x := open(t, entries)
	for _, q := range append([]string{"\xff", " ", "  a", "the ", "\x00", long + "er", strings.Repeat("a b ", 99)}, text(entries)...) {
		for _, n := range []int{-1, 0, 1, 100} {
			for _, hits := range [][]Hit{x.Prefix(nil, q, n), x.Fuzzy(nil, q, n), x.PrefixFuzzy(nil, q, n)} {
				if len(hits) > max(n, 0) {
					t.Errorf("%.20q: %d hits for n = %d", q, len(hits), n)
				}
			}
		}
	}
	if got := fmt.Sprint(x.Prefix([]Hit{{Entry: 7}}, "a", 2)); got != "[{7 0} {1 0} {2 0}]" {
		t.Errorf("hits were not appended: %v", got)
	}
	if got := open(t, nil).Prefix(nil, "a", 5); len(got) != 0 {
		t.Errorf("an empty index found %v", got)
	}
}

func text(entries []Entry) []string {
	out := make([]string, len(entries))
	for i, e := range entries {
		out[i] = e.Text
	}
	return out
}

func TestNoAllocation(t *testing.T) {
	entries := filmCorpus(2000)
	x := open(t, entries)
	dst := make([]Hit, 0, 32)
	for _, q := range []string{"s", "the ka", "k lo", "kalomi dor", entries[7].Text, typo(rand.New(rand.NewPCG(1, 1)), entries[9].Text)} {
		if n := testing.AllocsPerRun(20, func() {
			dst = x.Prefix(dst[:0], q, 25)
			dst = x.Fuzzy(dst[:0], q, 5)
			dst = x.PrefixFuzzy(dst[:0], q, 25)
		}); n > 0 {
			t.Errorf("%q: %.0f allocations", q, n)
		}
	}
}

func TestOpenRefusesDamage(t *testing.T) {
	data := string(Build(filmCorpus(50)))
	for name, bad := range map[string]string{
		"empty": "", "cut in the header": data[:20], "cut": data[:len(data)-1], "other file": "PK\x03\x04" + data,
		"other count": data[:8] + "\x07" + data[9:],
	} {
		if _, err := Open(bad); !errors.Is(err, errDamaged) {
			t.Errorf("%s: Open gave the error %v", name, err)
		}
	}
}
