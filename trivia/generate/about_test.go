package generate_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/trivia/generate"
)

// TestAbout asks about things of every sort and wants questions that stand on what belongs to them.
func TestAbout(t *testing.T) {
	c := load(t)
	g := generate.New(c, 1)
	for _, tt := range []struct {
		id   string
		fits func(q string, f facts.Fact) bool // whether a row is about it
		most int
	}{
		{"academy-awards/97", func(_ string, f facts.Fact) bool { return f.Race != nil && f.Race.Edition.ID == "97" }, 30},
		{"tt28607951", func(row string, f facts.Fact) bool { // Anora
			return row == "tt28607951" || f.Race != nil && raceHas(f.Race, "tt28607951") ||
				f.Claim != nil && f.Claim.Subject == "Anora"
		}, 30},
		{"nm0000031", func(row string, f facts.Fact) bool { // Katharine Hepburn
			return row == "nm0000031" || f.Race != nil && raceHas(f.Race, "nm0000031")
		}, 30},
	} {
		qs := g.About([]string{"no such thing", tt.id}, 7, tt.most)
		if len(qs) == 0 {
			t.Errorf("nothing is asked about %s", tt.id)
		}
		for _, q := range qs {
			if !slices.ContainsFunc(q.Rows, func(row string) bool { f, _ := c.ByID(row); return tt.fits(row, f) }) {
				t.Errorf("asked about %s: %s %s, which stands on %q", tt.id, q.ID, q.Text, q.Rows)
			}
		}
		if again := generate.New(c, 1).About([]string{tt.id}, 7, tt.most); !reflect.DeepEqual(again, qs) {
			t.Errorf("other questions about %s the second time", tt.id)
		}
	}
	if qs := g.About([]string{"", "nobody/0", strings.Repeat("x", 1<<16)}, 1, 3); len(qs) > 0 {
		t.Errorf("asked about nothing: %v", qs)
	}
	one, other := g.About([]string{"academy-awards/97"}, 1, 5), g.About([]string{"academy-awards/97"}, 2, 5)
	if reflect.DeepEqual(one, other) {
		t.Error("two seeds give the same questions in the same order")
	}
}

func raceHas(r *facts.Race, id string) bool {
	return slices.ContainsFunc(slices.Concat(r.Winners, r.Others, r.Mine), func(row facts.Row) bool {
		return slices.ContainsFunc(slices.Concat(row.Works, row.People), func(e facts.Entity) bool { return e.ID == id })
	})
}

// BenchmarkAbout asks about an edition with many results.
func BenchmarkAbout(b *testing.B) {
	g := generate.New(load(b), 1)
	g.About([]string{"academy-awards/97"}, 0, 1) // lists the questions
	for b.Loop() {
		g.About([]string{"academy-awards/46", "tt0070735"}, 1, 8)
	}
}
