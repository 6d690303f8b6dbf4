package lookup

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"
)

// The oracle answers by going through all strings, with the definitions spelt out.

type found struct {
	entry, distance, way int
}

// best sorts and cuts what was found as the package promises to.
func best(entries []Entry, all []found, n int) []Hit {
	slices.SortFunc(all, func(a, b found) int {
		x, y := entries[a.entry], entries[b.entry]
		return cmp.Or(a.distance-b.distance, a.way-b.way, int(y.Weight)-int(x.Weight),
			utf8.RuneCountInString(x.Text)-utf8.RuneCountInString(y.Text), cmp.Compare(x.Text, y.Text), a.entry-b.entry)
	})
	var out []Hit
	for _, f := range all[:min(n, len(all))] {
		out = append(out, Hit{int32(f.entry), uint8(f.distance)})
	}
	return out
}

func isArticle(word string) bool { return word == "the" || word == "a" || word == "an" }

// starts lists the rests of text from each word on.
func starts(text string) []string {
	words := strings.Fields(text)
	var out []string
	for i := range words {
		out = append(out, strings.Join(words[i:], " "))
	}
	return out
}

// atWord is the first word, articles aside, whose rest satisfies ok: 0 for the first, 1 for later ones, -1 for none.
func atWord(text string, ok func(rest string) bool) int {
	got := -1
	for i, rest := range starts(text) {
		if !ok(rest) {
			continue
		}
		if i == 0 || i == 1 && isArticle(strings.Fields(text)[0]) {
			return 0
		}
		got = 1
	}
	return got
}

// wayOf is the class in which text meets prefix, or -1.
func wayOf(text, prefix string) int {
	rests := starts(text)
	if text == prefix {
		return 0
	}
	if len(rests) > 1 && isArticle(strings.Fields(text)[0]) && rests[1] == prefix {
		return 1
	}
	if at := atWord(text, func(rest string) bool { return strings.HasPrefix(rest, prefix) }); at >= 0 {
		return 2 + at
	}
	words := strings.Fields(prefix)
	for _, want := range []int{0, 1} {
		for i := 1; i < len(words); i++ {
			join := strings.Join(words[:i], " ") + strings.Join(words[i:], " ")
			if atWord(text, func(rest string) bool { return strings.HasPrefix(rest, join) }) == want {
				return 4 + want
			}
		}
	}
	if len(words) < 2 {
		return -1
	}
	if at := atWord(text, func(rest string) bool {
		has := strings.Fields(rest)
		if !strings.HasPrefix(has[0], words[0]) {
			return false
		}
		next := 0
		for _, w := range has {
			if next < len(words) && strings.HasPrefix(w, words[next]) {
				next++
			}
		}
		return next == len(words)
	}); at >= 0 {
		return 6 + at
	}
	return -1
}

func prefixOracle(entries []Entry, prefix string, n int) []Hit {
	var all []found
	for i, e := range entries {
		if way := wayOf(e.Text, prefix); way >= 0 {
			all = append(all, found{i, 0, way})
		}
	}
	return best(entries, all, n)
}

// osa is the table of distances between the starts of a and those of b.
func osa(a, b []rune) [][]int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			if i == 0 || j == 0 {
				d[i][j] = i + j
				continue
			}
			d[i][j] = min(d[i-1][j], d[i][j-1]) + 1
			same := 1
			if a[i-1] == b[j-1] {
				same = 0
			}
			d[i][j] = min(d[i][j], d[i-1][j-1]+same)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d
}

func fuzzyOracle(entries []Entry, text string, n int) []Hit {
	q := []rune(text)
	limit := 2
	if len(q) <= 4 {
		limit = 1
	}
	var all []found
	for i, e := range entries {
		t := []rune(e.Text)
		if d := osa(q, t)[len(q)][len(t)]; d <= limit && len(t) > 0 && len(q) > 0 {
			all = append(all, found{i, d, 0})
		}
	}
	return best(entries, all, n)
}

func prefixFuzzyOracle(entries []Entry, prefix string, n int) []Hit {
	q := []rune(prefix)
	limit := 2
	if len(q) < 6 {
		limit = 1
	}
	if len(q) < 3 {
		limit = 0
	}
	var all []found
	for i, e := range entries {
		f := found{i, 3, 0}
		for from, rest := range starts(e.Text) {
			t := []rune(rest)
			d := slices.Min(osa(q, t)[len(q)])
			way := 1
			if from == 0 || from == 1 && isArticle(strings.Fields(e.Text)[0]) {
				way = 0
			}
			if d < f.distance || d == f.distance && way < f.way {
				f.distance, f.way = d, way
			}
		}
		if f.distance <= limit {
			all = append(all, f)
		}
	}
	if slices.ContainsFunc(all, func(f found) bool { return f.distance < 2 }) {
		all = slices.DeleteFunc(all, func(f found) bool { return f.distance == 2 })
	}
	return best(entries, all, n)
}

// smallCorpus makes strings of few letters, so that much is alike.
func smallCorpus(r *rand.Rand, size int) []Entry {
	out := make([]Entry, size)
	for i := range out {
		out[i] = Entry{smallText(r), uint8(r.IntN(4))}
	}
	return out
}

func smallText(r *rand.Rand) string {
	var words []string
	for range 1 + r.IntN(4) {
		if r.IntN(5) == 0 {
			words = append(words, []string{"the", "a", "an"}[r.IntN(3)])
			continue
		}
		word := make([]rune, 1+r.IntN(6))
		for i := range word {
			word[i] = []rune("aaabbbccdeшщ東é1")[r.IntN(15)]
		}
		words = append(words, string(word))
	}
	return strings.Join(words, " ")
}

// typo makes one edit.
func typo(r *rand.Rand, text string) string {
	t := []rune(text)
	letter := []rune("abcdefghijklmnopqrstuvwxyz ш")[r.IntN(28)]
	at := r.IntN(len(t))
	switch r.IntN(4) {
	case 0:
		t = slices.Insert(t, at, letter)
	case 1:
		t = slices.Delete(t, at, at+1)
	case 2:
		t[at] = letter
	default:
		if at+1 < len(t) {
			t[at], t[at+1] = t[at+1], t[at]
		}
	}
	if s := strings.Join(strings.Fields(string(t)), " "); s != "" {
		return s
	}
	return text
}

// filmCorpus makes titles and names out of syllables; some words are common, most are rare.
func filmCorpus(size int) []Entry {
	r := rand.New(rand.NewPCG(1, 2))
	syllables := strings.Fields("ka lo mi ren dor sha ve tin ma la bel ro na gar ne son der li an te ber mon ri chi to ya qu ste" +
		" pel fo jan wil hu zo cra ny el is or un")
	words := make([]string, 1+size/2)
	for i := range words {
		for range 1 + r.IntN(4) {
			words[i] += syllables[r.IntN(len(syllables))]
		}
	}
	seen, out := map[string]bool{}, make([]Entry, 0, size)
	for len(out) < size {
		var text []string
		if r.IntN(8) == 0 {
			text = append(text, "the")
		}
		for range 1 + r.IntN(3) {
			f := r.Float64()
			text = append(text, words[int(f*f*f*float64(len(words)))])
		}
		if t := strings.Join(text, " "); !seen[t] {
			seen[t] = true
			out = append(out, Entry{t, uint8(r.IntN(256))})
		}
	}
	return out
}

func describe(entries []Entry, hits []Hit) string {
	var b strings.Builder
	for _, h := range hits {
		fmt.Fprintf(&b, "  %d %q (weight %d, entry %d)\n", h.Distance, entries[h.Entry].Text, entries[h.Entry].Weight, h.Entry)
	}
	return b.String()
}
