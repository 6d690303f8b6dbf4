package bot

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/facts"
)

func TestPaged(t *testing.T) {
	page := Page("Anora", "/w/anora")
	v := View{
		Title:  L(page),
		Blocks: []Block{&Text{Lines: []Line{L(B("x"), page)}}, &List{Items: []Item{{Line: L(page)}}}, &Table{Rows: [][]Line{{L(page)}}}},
		Footer: []Line{L(page)},
	}
	linked := Paged(v, "https://whowon.example.org")
	text := Paged(v, "")
	for name, lines := range map[string]func(View) Line{
		"title": func(v View) Line { return v.Title }, "footer": func(v View) Line { return v.Footer[0] },
		"text":  func(v View) Line { return v.Blocks[0].(*Text).Lines[0][1:] },
		"list":  func(v View) Line { return v.Blocks[1].(*List).Items[0].Line },
		"table": func(v View) Line { return v.Blocks[2].(*Table).Rows[0][0] },
	} {
		if s := lines(linked)[0]; s.Kind != SpanLink || s.URL != "https://whowon.example.org/w/anora" || s.Text != "Anora" {
			t.Errorf("%s: %+v is no link to the page", name, s)
		}
		if s := lines(text)[0]; s.Kind != SpanText || s.URL != "" {
			t.Errorf("%s: without pages it is %+v", name, s)
		}
		if s := lines(v)[0]; s.Kind != SpanPage {
			t.Errorf("%s: the view itself has changed to %+v", name, s)
		}
	}
	for _, path := range []string{"", "w", "//evil.example", "/a b", "/\\evil", "/a\nb", `/"`} {
		if s := Page("x", path); s.Kind != SpanText {
			t.Errorf("%q leads somewhere: %+v", path, s)
		}
	}
}

// TestPagedIsOneText: where no pages are published, a view looks as if it had never led to any.
func TestPagedIsOneText(t *testing.T) {
	v := View{Title: L("a ", Page("b", "/f/1"), " c", B("d"), "e", PageB("f", "/f/2"))}
	got, want := Paged(v, "").Title, L("a b c", B("d"), "e", B("f"))
	if !slices.Equal(got, want) {
		t.Errorf("without pages: %+v, want %+v", got, want)
	}
	got = Paged(v, "https://whowon.example.org").Title
	if len(got) != 6 || got[1].Kind != SpanLink || got[5].Kind != SpanLink || got[5].URL != "https://whowon.example.org/f/2" {
		t.Errorf("with pages: %+v", got)
	}
}

// TestAnswersLeadToPages asks what people ask, and wants few links, to what the answer is about.
func TestAnswersLeadToPages(t *testing.T) {
	c, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 20, 12, 0, 0, 0, time.UTC)
	for query, want := range map[string][]string{
		"best picture 2025":               {"/e/academy-awards/97", "/f/academy-awards-97-"},
		"oscars 2025":                     {"/e/academy-awards/97", "/e/academy-awards/97"},
		"meryl streep":                    {"/p/nm0000658"},
		"parasite":                        {"/w/tt6751668"},
		"all palme d'or winners":          {"/c/cannes/palme-dor"},
		"when were the 97th oscars":       {"/e/academy-awards/97", "/e/academy-awards/97"},
		"most oscars won by a film":       {},
		"who will win the oscars in 2031": {},
	} {
		links := pagesIn(AnswerView(c.Ask(query, now), Brief))
		ok := len(links) == len(want)
		for i := range min(len(links), len(want)) {
			ok = ok && strings.HasPrefix(links[i], want[i])
		}
		if !ok {
			t.Errorf("%s: leads to %q, want %q", query, links, want)
		}
	}
	v, _ := DayView(Day{Year: 2026, Month: time.March, Day: 2}, c.Day(facts.DayQuery{Year: 2026, Month: time.March, Day: 2}))
	if links := pagesIn(v); len(links) != 2 || links[0] != "/d/03-02" || !strings.HasPrefix(links[1], "/f/03-02-") {
		t.Errorf("2 March leads to %q", links)
	}
	r, ok := c.ByID("academy-awards-1-57b3nc")
	if line := FactLine(r); !ok || !slices.ContainsFunc(line, func(s Span) bool { return s.URL == "/f/academy-awards-1-57b3nc" }) {
		t.Errorf("the row does not lead to its page: %+v", line)
	}
}

// pagesIn are the paths that the spans of a view lead to, from top to bottom.
func pagesIn(v View) []string {
	paths := []string{}
	for _, l := range Layout(v) {
		for _, s := range l.Line {
			if s.Kind == SpanPage {
				paths = append(paths, s.URL)
			}
		}
	}
	return paths
}

func TestPaths(t *testing.T) {
	palme := facts.Category{ID: "Palme d'Or"}
	for got, want := range map[string]string{
		FactPath("f01"): "/f/f01", PersonPath("a,b"): "/p/a%2Cb", WorkPath("a/../b"): "/w/a%2F..%2Fb", AwardPath(".."): "",
		FactPath(""): "", DayPath(time.March, 2): "/d/03-02", EditionPath(facts.Edition{ID: "97"}): "",
		CategoryPath(facts.Award{ID: "cannes"}, palme):                           "/c/cannes/palme-dor",
		EditionPath(facts.Edition{Award: facts.Award{ID: "cannes"}, ID: "1946"}): "/e/cannes/1946",
	} {
		if got != want {
			t.Errorf("path %q, want %q", got, want)
		}
	}
}
