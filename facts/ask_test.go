package facts_test

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/facts/table"
)

var load = sync.OnceValues(func() (*facts.Corpus, error) { return facts.Load() })

func corpus(tb testing.TB) *facts.Corpus {
	tb.Helper()
	c, err := load()
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

var today = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// TestEveryWinnerIsFound asks for every winner of the tables in the plainest words, by edition and by year, and expects
// its row in the answer.
func TestEveryWinnerIsFound(t *testing.T) {
	c := corpus(t)
	set, err := c.Set()
	if err != nil {
		t.Fatal(err)
	}
	editions := map[string]table.Edition{}
	for _, e := range set.Editions {
		editions[e.Award+"/"+e.ID] = e
	}
	asked, missed := 0, map[string]int{}
	for _, r := range set.Results {
		if r.Outcome != table.Won {
			continue
		}
		e := editions[r.Award+"/"+r.Edition]
		asked++
		for _, q := range []string{
			fmt.Sprintf("%s %s %d", short(set, r.Award), category(set, r), e.Year),
			fmt.Sprintf("who won %s at the %d %s?", category(set, r), e.Year, short(set, r.Award)),
		} {
			a := c.Ask(q, today)
			if !hasRow(a.Races, r.ID) {
				if missed[r.Award]++; missed[r.Award] <= 3 {
					t.Errorf("%q: row %s is missing from the answer (%s %v)", q, r.ID, a.Kind, a.Notes)
				}
				break
			}
		}
	}
	t.Logf("asked for %d winners; missed by award: %v", asked, missed)
}

func short(set *table.Set, award string) string {
	for _, a := range set.Awards {
		if a.ID == award {
			return a.Short
		}
	}
	return award
}

func category(set *table.Set, r table.Result) string {
	for _, c := range set.Categories {
		if c.Award == r.Award && c.ID == r.Category {
			return c.Name
		}
	}
	return r.Category
}

func hasRow(races []facts.Race, id string) bool {
	return slices.ContainsFunc(races, func(r facts.Race) bool {
		is := func(row facts.Row) bool { return row.ID == id }
		return slices.ContainsFunc(r.Winners, is) || slices.ContainsFunc(r.Mine, is)
	})
}

// TestRandomStrings asks what nobody would: no panic, and always an answer of some kind. How long the slowest of 100,000
// takes is a benchmark's business.
func TestRandomStrings(t *testing.T) {
	c := corpus(t)
	for q := range randomQuestions(3_000) {
		a := c.Ask(q, today)
		if a.Kind == "" || len(a.Suggestions) > 5 {
			t.Fatalf("%q: kind %q, %d suggestions", q, a.Kind, len(a.Suggestions))
		}
		c.Complete(q, 25)
	}
}

// randomQuestions yields n strings of words that questions are made of, mixed with runes of every script.
func randomQuestions(n int) iter.Seq[string] {
	rnd := rand.New(rand.NewPCG(1, 2))
	words := []string{"best", "picture", "oscars", "2025", "who", "won", "palme", "d'or", "the", "97th", "nominees", "most", "first",
		"woman", "world", "cup", "@everyone", "<!channel>", "\u202e", "\x00", "🏆", "'; DROP TABLE", "**bold**", "beat", "both", "and", "when",
		"leone", "ocsars", "actr", "mcdormand", "zzzzzz", "1927/28", "ユーロ", "оскар", "\xff\xfe", "super", "bowl", "LVIII"}
	return func(yield func(string) bool) {
		for range n {
			var b strings.Builder
			for range rnd.IntN(12) {
				if rnd.IntN(4) > 0 {
					b.WriteString(words[rnd.IntN(len(words))])
				} else {
					for range rnd.IntN(9) {
						b.WriteRune(rune(rnd.IntN(0x3000)))
					}
				}
				b.WriteByte(' ')
			}
			if !yield(b.String()) {
				return
			}
		}
	}
}

func FuzzAsk(f *testing.F) {
	for _, q := range []string{"best picture 2025", "who beat demi moore at the oscars", "most best actor wins", "", "'94", "1927/28 oscars",
		"films that won both the palme d'or and best picture", "first woman to win best director", "<@1> x", "90s best actor", "05th oscars"} {
		f.Add(q)
	}
	c := corpus(f)
	f.Fuzz(func(t *testing.T, q string) {
		a := c.Ask(q, today)
		if a.Kind == "" {
			t.Fatalf("%q: no kind", q)
		}
		if a.Kind.Found() && len(a.Races)+len(a.Firsts)+len(a.Claims)+len(a.Notes) == 0 && a.Tally == nil && a.Ranking == nil && a.Event == nil {
			t.Fatalf("%q: kind %q with nothing in it", q, a.Kind)
		}
		for _, done := range c.Complete(q, 25) {
			if !utf8.ValidString(done.Text) {
				t.Fatalf("%q completes to %q", q, done.Text)
			}
		}
	})
}
