package lookup

import (
	"math/rand/v2"
	"testing"
)

// ask puts every kind of question; hits must be entries.
func ask(t *testing.T, x *Index, entries int, query string) {
	for _, hits := range [][]Hit{x.Prefix(nil, query, 25), x.Prefix(nil, query, 40), x.Fuzzy(nil, query, 5), x.PrefixFuzzy(nil, query, 25)} {
		for _, h := range hits {
			if h.Entry < 0 || int(h.Entry) >= entries {
				t.Fatalf("%q found entry %d of %d", query, h.Entry, entries)
			}
		}
	}
}

func FuzzDamaged(f *testing.F) {
	data := Build(filmCorpus(120))
	f.Add(uint32(100), []byte{255, 255, 255, 255}, "kalo the")
	f.Add(uint32(9), []byte{1, 0}, "mi")
	f.Add(uint32(2000), []byte("\xff\xff"), "ren dor")
	f.Fuzz(func(t *testing.T, at uint32, put []byte, query string) {
		bad := append([]byte{}, data...)
		copy(bad[int(at)%len(bad):], put)
		if x, err := Open(string(bad)); err == nil {
			ask(t, x, x.Len(), query)
		}
		if x, err := Open(string(put)); err == nil {
			ask(t, x, x.Len(), query)
		}
	})
}

func FuzzQuery(f *testing.F) {
	entries := append(smallCorpus(rand.New(rand.NewPCG(1, 1)), 500), filmCorpus(500)...)
	x := open(f, entries)
	for _, q := range []string{"", "a", "the ka", "\xff\xfe", "東 é", "a b c d e f g h i j", "😀\u202e"} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, query string) { ask(t, x, len(entries), query) })
}

// Damage all over, as the fuzzer finds it only after long: every section gets wild numbers.
func TestWildNumbers(t *testing.T) {
	data := Build(filmCorpus(300))
	r := rand.New(rand.NewPCG(8, 8))
	for range 500 {
		bad := append([]byte{}, data...)
		for range 1 + r.IntN(200) {
			at := header + r.IntN(len(bad)-header)
			for i := at; i < min(at+4, len(bad)); i++ {
				bad[i] = byte(r.IntN(256) >> r.IntN(9))
			}
		}
		x, err := Open(string(bad))
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range []string{"k", "the ka", "kalomi", "ren dor ve", "lo m"} {
			ask(t, x, 300, q)
		}
	}
}
