package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/facts"
)

func TestParseDay(t *testing.T) {
	now := time.Date(2028, 2, 28, 23, 0, 0, 0, time.UTC)
	for s, want := range map[string]string{
		"": "2028-02-28", "today": "2028-02-28", "tomorrow": "2028-02-29", "Yesterday": "2028-02-27", "2 march": "2028-03-02",
		"March 2": "2028-03-02", "march 2nd, 2025": "2025-03-02", "2nd of March": "2028-03-02", "the 2nd of march": "2028-03-02",
		"29 feb": "2028-02-29", "02-29": "2028-02-29", "2-9": "2028-02-09", "2025-03-02": "2025-03-02", "2 mar 2025": "2025-03-02",
		"30 february": "", "29 feb 2025": "", "3/4": "", "soon": "", "2025": "", "1.2.": "", "th": "",
	} {
		d, ok := parseDay(s, now)
		got := ""
		if ok {
			got = time.Date(d.year, d.month, d.day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		}
		if got != want || d.said != strings.Contains(s, "2025") && ok {
			t.Errorf("%q is %q, said %v; want %q", s, got, d.said, want)
		}
	}
	if d, _ := parseDay("tomorrow", time.Date(2026, 12, 31, 9, 0, 0, 0, time.UTC)); d.year != 2027 || d.day != 1 {
		t.Errorf("the day after 31 December 2026 is %+v", d)
	}
	if d, ok := parseDay("29 february", time.Date(2026, 5, 1, 9, 0, 0, 0, time.UTC)); !ok || d.day != 29 || d.year != 2026 {
		t.Errorf("29 February of a common year is %+v, %v", d, ok)
	}
}

func TestSplitDay(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for s, want := range map[string]string{
		"": "2026-11-22 ", "oscars": "2026-11-22 oscars", "2 march cannes": "2026-03-02 cannes",
		"cannes 2 march":  "2026-03-02 cannes",
		"tomorrow births": "2026-11-23 births", "formula 1 2 march": "2026-03-02 formula 1",
		"2 march formula 1":         "2026-03-02 formula 1",
		"march 2nd, 2025 world cup": "2025-03-02 world cup", "world cup today": "2026-11-22 world cup",
		"2025-03-02": "2025-03-02 ", "soon": "2026-11-22 soon", "3/4 oscars": "2026-11-22 3/4 oscars",
	} {
		d, rest := splitDay(s, now)
		got := time.Date(d.year, d.month, d.day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly) + " " + rest
		if got != want {
			t.Errorf("%q is %q, want %q", s, got, want)
		}
	}
}

// TestDayViewOfEveryDay looks at the posts of all days of a common and a leap year.
func TestDayViewOfEveryDay(t *testing.T) {
	c, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	asked := map[string]bool{}
	for at := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2029; at = at.AddDate(0, 0, 1) {
		d := Day{Year: at.Year(), Month: at.Month(), Day: at.Day()}
		events := c.Day(facts.DayQuery{Year: d.Year, Month: d.Month, Day: d.Day})
		v, lead := DayView(d, events)
		text := Plain(v)
		also, ok := v.Blocks[len(v.Blocks)-1].(*List)
		if !ok || len(also.Items) < 2 || len(also.Items) > maxAlso || lead != events[0].ID {
			t.Errorf("%v: %d blocks, lead %q of %q\n%s", at, len(v.Blocks), lead, events[0].ID, text)
			continue
		}
		questions := Questions(v)
		if len(questions) != 1+len(also.Items) || strings.Count(strings.ToLower(text), "more: “") != len(questions) {
			t.Errorf("%v: %d questions for %d items\n%s", at, len(questions), 1+len(also.Items), text)
		}
		for _, q := range questions {
			if !asked[q.Value] && !c.Ask(q.Value, now).Kind.Found() {
				t.Errorf("%v: %q has no answer", at, q.Value)
			}
			if CommandState("whowon", q.Value) == "" {
				t.Errorf("%v: %q is too long for a button", at, q.Value)
			}
			asked[q.Value] = true
		}
		if n := len([]rune(text)); n > 3000 || strings.Contains(text, "unconfirmed") || strings.Contains(text, "=") ||
			!strings.HasPrefix(text, "On this day · "+at.Format("2 January")+"\n") {
			t.Errorf("%v: %d characters\n%s", at, n, text)
		}
	}
	if len(asked) < 1000 {
		t.Errorf("only %d questions", len(asked))
	}
}

func TestDayViewWords(t *testing.T) {
	e := facts.Event{ID: "x", Year: 1976, Month: time.March, Day: 2, Kind: "birth", Subject: "Somebody"}
	other := e
	other.Kind, other.Month, other.Day, other.Year = "death", time.February, 29, 2004
	for _, tt := range []struct {
		day         Day
		event       facts.Event
		title, lead string
	}{
		{Day{Year: 2026, Month: 3, Day: 2}, e, "On this day · 2 March", "1976, 50 years ago today: Somebody was born"},
		{Day{Year: 2026, Month: 3, Day: 2, Telling: OnAnotherDay}, e, "On this day · 2 March",
			"1976 (50 years ago): Somebody was born"},
		{Day{Year: 1986, Month: 3, Day: 2, Telling: InAnotherYear}, e, "On this day · 2 March 1986",
			"1976 (10 years earlier): Somebody was born"},
		{Day{Year: 2025, Month: 3, Day: 2}, e, "On this day · 2 March", "1976 (49 years ago): Somebody was born"},
		{Day{Year: 1976, Month: 3, Day: 2}, e, "On this day · 2 March", "1976: Somebody was born"},
		{Day{Year: 2026, Month: 3, Day: 2, Topics: []string{"academy-awards", "film"}}, e,
			"On this day · 2 March · Academy awards, Film",
			"1976, 50 years ago today: Somebody was born"},
		{Day{Year: 2026, Month: 2, Day: 28}, other, "On this day · 28 February",
			"2004 (22 years ago): Somebody died (29 February 2004)"},
	} {
		v, lead := DayView(tt.day, []facts.Event{tt.event})
		if v.Title.String() != tt.title || v.Lead.String() != tt.lead || lead != "x" {
			t.Errorf("%+v: %q, %q, %q", tt.day, v.Title.String(), v.Lead.String(), lead)
		}
	}
}

func TestADayCanBeHadAgain(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for _, d := range []Day{{Year: 2026, Month: 3, Day: 2}, {Year: 2026, Month: 2, Day: 29}, {Year: 2028, Month: 2, Day: 29},
		{Year: 1950, Month: 12, Day: 31, Topics: []string{"Formula 1"}}} {
		v, _ := DayView(d, []facts.Event{{ID: "x", Year: 1900}})
		args, ok := strings.CutPrefix(v.Again, "c/onthisday ")
		at, rest := splitDay(args, now)
		if !ok || at.year != d.Year || at.month != d.Month || at.day != d.Day || rest != strings.Join(d.Topics, "") {
			t.Errorf("%+v: %q is %+v, %q", d, v.Again, at, rest)
		}
	}
	two := Day{Year: 2026, Month: 3, Day: 2, Topics: []string{"film", "sport"}}
	if v, _ := DayView(two, []facts.Event{{ID: "x"}}); v.Again != "" {
		t.Errorf("two topics: %q", v.Again)
	}
}

func TestNearTopics(t *testing.T) {
	c, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]string{
		"oskars": "Oscars", "filmz": "Film", "grammmys": "Grammys", "wimbeldon": "Wimbledon", "deths": "Deaths",
		"eurovisoin": "Eurovision",
		"curling":    "Film", "zz": "Film", strings.Repeat("ж", 80): "Film",
	} {
		if got := nearTopics(c, word); len(got) == 0 || len(got) > maxNear || got[0].Value != want {
			t.Errorf("%q is near %v, want %q", word, got, want)
		}
	}
}

func TestDayViewOfHostileFacts(t *testing.T) {
	evil := strings.Repeat("@everyone [x](https://evil.example) \u202e\n", 400)
	var events []facts.Event
	for range 9 {
		sources := evil + "; " + evil + "2; https://a b; c; d"
		events = append(events, facts.Event{Year: 1950, Kind: "ceremony", Subject: evil, Source: sources})
	}
	v, _ := DayView(Day{Year: 2026, Month: 3, Day: 2, Topics: []string{evil}}, events)
	text := Plain(v)
	if n := len([]rune(text)); n > 4000 || strings.ContainsAny(text, "\u202e") || strings.Count(text, "\n") > 9 {
		t.Errorf("%d characters, %d lines", n, strings.Count(text, "\n"))
	}
	if v, lead := DayView(Day{Year: 2026, Month: 3, Day: 2}, nil); lead != "" || v.Empty() {
		t.Errorf("no events: %+v, %q", v, lead)
	}
}

func TestOrigins(t *testing.T) {
	for source, want := range map[string]string{
		"": "whowon's tables (" + sourcesPage + ")", "editor": "whowon's editors (" + sourcesPage + ")",
		"editor (checked: TMDB-5000 + vega-datasets)": "whowon's editors (" + sourcesPage +
			"), vega-datasets (https://github.com/vega/vega-datasets)",
		"DLu/oscar_data@12ab": "DLu/oscar_data (https://github.com/DLu/oscar_data)",
		"article 002":         "article 002", "a; b; c; d; a": "a, b and 2 more",
		"https://example.org/winners": "https://example.org/winners", "http://example.org": "http://example.org",
		"TMDB-5000 via prasertcbs/basic-dataset": "TMDB-5000 via prasertcbs/basic-dataset" +
			" (https://github.com/prasertcbs/basic-dataset)",
	} {
		if got := Plain(View{Lead: origins(source, 2)}); got != want+"\n" {
			t.Errorf("%q is %q, want %q", source, got, want)
		}
	}
}
