package table_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/facts/table"
)

var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// broken is the small set with one thing changed, and the fault that Check must find.
type broken struct {
	name      string
	invariant string
	change    func(*table.Set)
	want      string // part of the fault's text
}

var kv = func(k, v string) table.KV { return table.KV{Key: k, Value: v} }

var brokens = []broken{
	{"person twice", "unique", func(s *table.Set) { s.People = append(s.People, s.People[0]) }, `"nm0004778" stands in people.tsv:2 already`},
	{"result without ID", "unique", func(s *table.Set) { s.Results[1].ID = "" }, "the ID is empty"},
	{"category twice", "unique", func(s *table.Set) { s.Categories = append(s.Categories, s.Categories[0]) }, `"Best Actor of academy-awards"`},
	{"phrase twice", "unique", func(s *table.Set) { s.Phrases = append(s.Phrases, s.Phrases[0]) }, `"actor of *"`},
	{"31 February", "dates", func(s *table.Set) { s.Editions[0].Date = "2025-02-31" }, "there is no day 2025-02-31"},
	{"29 February 2025", "dates", func(s *table.Set) { s.Firsts[0].Date = "2025-02-29" }, "there is no day 2025-02-29"},
	{"not a date", "dates", func(s *table.Set) { s.People[0].Born = "14 April 1973" }, "is not YYYY-MM-DD"},
	{"died before born", "dates", func(s *table.Set) { s.People[0].Died = "1950" }, "died 1950 and was born 1973-04-14"},
	{"happening on 31 April", "dates", func(s *table.Set) { s.Happenings[0].Month, s.Happenings[0].Day = 4, 31 }, "there is no day 31 of April"},
	{"result of tomorrow", "future", func(s *table.Set) { s.Editions[0].Date, s.Editions[0].Year = "2026-11-23", 2026 }, "in the future"},
	{"happening of next year", "future", func(s *table.Set) { s.Happenings[0].Year = 2027 }, "2027-05-21 is in the future"},
	{"no such edition", "references", func(s *table.Set) { s.Results[0].Edition = "79" }, `has no edition "79"`},
	{"no such award", "references", func(s *table.Set) { s.Editions[0].Award = "oscars" }, `there is no award "oscars"`},
	{"no such category", "references", func(s *table.Set) { s.Results[0].Category = "Best Dog" }, `has no category "Best Dog"`},
	{"no such default category", "references", func(s *table.Set) { s.Awards[0].DefaultCategory = "Best Dog" }, `has no category "Best Dog"`},
	{"no such predecessor", "references", func(s *table.Set) { s.Categories[0].Predecessors = []string{"Best Cat"} }, `has no category "Best Cat"`},
	{"no such person", "references", func(s *table.Set) { s.Results[0].People[0].ID = "nm1" }, `there is no person "nm1" (Adrien Brody)`},
	{"no such work", "references", func(s *table.Set) { s.Results[0].Works[0].ID = "tt1" }, `there is no work "tt1" (The Brutalist)`},
	{"no such actor", "references", func(s *table.Set) { s.Works[0].Cast[0].ID = "nm1" }, `column cast_ids: there is no person "nm1"`},
	{"no such work on a day", "references", func(s *table.Set) { s.Happenings[0].Works[0] = "tt1" }, `there is no work "tt1"`},
	{"no such target", "references", func(s *table.Set) { s.Phrases[0].Targets[0] = "oscars" }, `there is no award "oscars"`},
	{"no such mode", "references", func(s *table.Set) { s.Phrases[0].Mode = "any" }, `"any" is no mode`},
	{"no such subject of a first", "references", func(s *table.Set) { s.Firsts[0].Subjects[0] = "Sean Bean" }, `called "Sean Bean"`},
	{"no such work of a first", "references", func(s *table.Set) { s.Firsts[0].Works[0] = "Anorak" }, `called "Anorak"`},
	{"no such subject of a claim", "references", func(s *table.Set) { s.Claims[0].SubjectID = "cannes/77" }, `edition "cannes/77"`},
	{"no such name of a claim", "references", func(s *table.Set) { s.Claims[0].SubjectID, s.Claims[0].Subject = "", "Anorak" }, `called "Anorak"`},
	{"no such award of a result", "references", func(s *table.Set) { s.Results[0].Award = "oscars" }, `academy-awards.tsv:2: column award: there is no award "oscars"`},
	{"no such award of a category", "references", func(s *table.Set) { s.Categories[0].Award = "oscars" }, `categories.tsv:2: column award: there is no award "oscars"`},
	{"no such award of a phrase", "references", func(s *table.Set) { s.Phrases[0].Award = "oscars" }, `phrases.tsv:2: column award: there is no award "oscars"`},
	{"no such category of a phrase", "references", func(s *table.Set) {
		s.Phrases[0].Award, s.Phrases[0].Targets = "academy-awards", []string{"Best Dog"}
	}, `column targets: academy-awards has no category "Best Dog"`},
	{"no target", "references", func(s *table.Set) { s.Phrases[0].Targets = nil }, "the phrase has no target"},
	{"no such award of a first", "references", func(s *table.Set) { s.Firsts[0].Award = "oscars" }, `firsts.tsv:2: column award: there is no award "oscars"`},
	{"no such edition of a first", "references", func(s *table.Set) { s.Firsts[0].Edition = "79" }, `firsts.tsv:2: column edition: academy-awards has no edition "79"`},
	{"no such person on a day", "references", func(s *table.Set) { s.Happenings[0].People = []string{"nm1"} }, `happenings.tsv:2: column people: there is no person "nm1"`},
	{"first of next year", "future", func(s *table.Set) { s.Firsts[0].Date = "2027" }, "firsts.tsv:2: column date: 2027 is in the future"},
	{"two winners", "winners", func(s *table.Set) { s.Results[1].Outcome = table.Won }, "has 2 winners and no tie is declared"},
	{"half a tie", "winners", func(s *table.Set) {
		s.Results[1].Outcome, s.Results[1].Detail = table.Won, []table.KV{kv("tie", "yes")}
	}, "has 2 winners and no tie is declared"},
	{"tie of one", "winners", func(s *table.Set) { s.Results[0].Detail = []table.KV{kv("tie", "yes")} }, "a tie of one"},
	{"won and not given", "winners", func(s *table.Set) {
		s.Results[1].Outcome, s.Results[1].Works, s.Results[1].People = table.None, nil, nil
	}, "has a winner and a row with outcome none"},
	{"no winner", "winners", func(s *table.Set) {
		s.Editions = append(s.Editions, table.Edition{Award: "academy-awards", ID: "98", Year: 2026, Date: "2026-03-15", Source: "x"})
		r := s.Results[0]
		r.ID, r.Edition, r.Outcome = "x", "98", table.Nominated
		s.Results = append(s.Results, r)
	}, "98, Best Actor has nominees and no winner"},
	{"nobody won", "winners", func(s *table.Set) { s.Results[0].Works, s.Results[0].People = nil, nil }, "nobody and nothing is named"},
	{"somebody won nothing", "winners", func(s *table.Set) {
		s.Results[0].Outcome, s.Results[1].Outcome = table.None, table.None
	}, "outcome none, but somebody is named"},
	{"no year", "years", func(s *table.Set) { s.Editions[0].Year, s.Editions[0].Date = 0, "" }, "has no year"},
	{"another year", "years", func(s *table.Set) { s.Editions[0].Year = 2024 }, "the year is 2024 and the date 2025-03-02"},
	{"honours the far past", "years", func(s *table.Set) { s.Editions[0].Honoured = "1924" }, "honours 1924 and was held in 2025"},
	{"honours nothing", "years", func(s *table.Set) { s.Editions[0].Honoured = "last year" }, "neither a year nor two"},
	{"called by another age", "years", func(s *table.Set) { s.Editions[0].Called = []int{2020} }, "call it by 2020"},
	{"category ended", "years", func(s *table.Set) { s.Categories[0].Last = 2020 }, `"Best Actor" was held from 1929 to 2020`},
	{"category backwards", "years", func(s *table.Set) { s.Categories[0].First = 2030 }, "first held in 2030 and last in 2026"},
	{"unused award", "orphans", func(s *table.Set) { s.Awards = append(s.Awards, table.Award{ID: "cesar"}) }, `award "cesar" has no edition`},
	{"unused edition", "orphans", func(s *table.Set) {
		s.Editions = append(s.Editions, table.Edition{Award: "academy-awards", ID: "98", Year: 2026})
	}, "98 has no result, date or note"},
	{"unused category", "orphans", func(s *table.Set) {
		s.Categories = append(s.Categories, table.Category{Award: "academy-awards", ID: "Best Dog"})
	}, `nothing refers to the category "Best Dog"`},
	{"unused person", "orphans", func(s *table.Set) { s.People = append(s.People, table.Person{ID: "nm1", Name: "N. N."}) }, "nothing refers to nm1"},
	{"unused work", "orphans", func(s *table.Set) { s.Works = append(s.Works, table.Work{ID: "tt1", Title: "N. N."}) }, "nothing refers to tt1"},
	{"no source", "sources", func(s *table.Set) { s.Results[1].Source = "" }, "results/academy-awards.tsv:3: column source: the source is empty"},
	{"no source of a phrase", "sources", func(s *table.Set) { s.Phrases[0].Source = "" }, "phrases.tsv:2"},
	{"tab", "characters", func(s *table.Set) { s.Results[0].Note = "a\tb" }, "holds a tab"},
	{"bar", "characters", func(s *table.Set) { s.Works[1].Aliases[0] = "a|b" }, "holds a |"},
	{"control character", "characters", func(s *table.Set) { s.Awards[0].Organiser = "\x1b[31m" }, "control character"},
	{"edge", "characters", func(s *table.Set) { s.Results[0].Detail[0].Value += " " }, "space at its edge"},
	{"key with =", "characters", func(s *table.Set) { s.Results[0].Detail[0].Key = "a=b" }, "holds a ="},
	{"other name", "names", func(s *table.Set) { s.Results[0].People[0].Name = "Adrian Brody" }, `"Adrian Brody" is not a name of nm0004778`},
	{"other title", "names", func(s *table.Set) { s.Results[2].Works[0].Name = "Anorak" }, `"Anorak" is not a title of tt28607951`},
}

func TestCheckFindsEveryFault(t *testing.T) {
	for _, b := range brokens {
		t.Run(b.name, func(t *testing.T) {
			s := mustRead(t, small())
			b.change(s)
			for _, f := range table.Check(s, now).Faults() {
				if f.Invariant == b.invariant && strings.Contains(f.Error(), b.want) {
					if f.Mend == "" {
						t.Errorf("no mend: %v", f)
					}
					return
				}
			}
			t.Errorf("no fault of %q says %q:\n%v", b.invariant, b.want, table.Check(s, now).Faults())
		})
	}
}

func TestCheckAcceptsWhatIsRight(t *testing.T) {
	tie := func(key string) func(*table.Set) {
		return func(s *table.Set) {
			s.Results[1].Outcome = table.Won
			s.Results[0].Detail = append(s.Results[0].Detail, kv(key, "yes"))
			s.Results[1].Detail = append(s.Results[1].Detail, kv(key, "yes"))
		}
	}
	nominated := func(date string, detail ...table.KV) func(*table.Set) {
		return func(s *table.Set) {
			s.Editions = append(s.Editions, table.Edition{Award: "academy-awards", ID: "98", Year: 2026, Date: date, Source: "x"})
			r := s.Results[0]
			r.ID, r.Edition, r.Outcome, r.Detail = "x", "98", table.Nominated, detail
			s.Results = append(s.Results, r)
		}
	}
	for name, change := range map[string]func(*table.Set){
		"nothing changed": func(*table.Set) {},
		"a tie":           tie("tie"),
		"a shared prize":  tie("shared"),
		"shared by nature": func(s *table.Set) {
			s.Results[1].Outcome, s.Categories[0].Shared = table.Won, true
		},
		"a prize not given": func(s *table.Set) {
			s.Results[2].Outcome, s.Results[2].Works, s.Results[2].People = table.None, nil, nil
		},
		"a list":                             func(s *table.Set) { s.Results[0].Outcome = table.Nominated },
		"nominees of a time to come":         nominated("2026-12-01"),
		"nominees of this year, day unknown": nominated("2026"),
		"a winner unknown":                   nominated("2026-03-15", kv("winner", "unknown")),
		"29 February":                        func(s *table.Set) { s.People[0].Born = "1972-02-29" },
		"an accent less":                     func(s *table.Set) { s.Results[1].People[0].Name = "Timothee Chalamet" },
		"an edition by its year":             func(s *table.Set) { s.Editions[0].Date = "2025" },
	} {
		s := mustRead(t, small())
		change(s)
		if faults := table.Check(s, now).Faults(); len(faults) != 0 {
			t.Errorf("%s:\n%v", name, faults)
		}
	}
}

func TestReportTable(t *testing.T) {
	s := mustRead(t, small())
	s.Results[1].Outcome = table.Won
	var b bytes.Buffer
	if err := table.Check(s, now).WriteTable(&b); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	if len(lines) != 1+10+1 || !strings.HasPrefix(lines[0], "invariant   rows  faults  rule") {
		t.Fatalf("table:\n%s", b.String())
	}
	if last := lines[len(lines)-1]; !strings.HasPrefix(last, "winners: results/academy-awards.tsv:3: column outcome: ") {
		t.Errorf("last line %q", last)
	}
}
