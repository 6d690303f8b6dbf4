package index_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/facts/index"
	"github.com/whowon-bot/whowon/facts/table"
)

// small is a set with one of everything.
func small() *table.Set {
	pos := func(file string, line int) table.Pos { return table.Pos{File: file, Line: line} }
	return &table.Set{
		Awards: []table.Award{{Pos: pos("awards.tsv", 2), ID: "lantern", Name: "Lantern Awards", Short: "Lanterns", Kind: "film",
			Aliases: []string{"golden lantern"}, DefaultCategory: "Best Film", Years: "held", Source: "editor"}},
		Categories: []table.Category{
			{Pos: pos("categories.tsv", 2), Award: "lantern", ID: "Best Film", Name: "Best Film", Aliases: []string{"top film"},
				Importance: 1, About: "work", First: 2001, Last: 2002, Trivia: true, Source: "editor"},
			{Pos: pos("categories.tsv", 3), Award: "lantern", ID: "Best Voice", Name: "Best Voice", Importance: 2, About: "person",
				First: 2001, Last: 2002, Predecessors: []string{"Best Film"}, Source: "editor"},
		},
		Editions: []table.Edition{
			{Pos: pos("editions.tsv", 2), Award: "lantern", ID: "1", Ordinal: 1, Name: "1st Lantern Awards", Date: "2001-03-04", Year: 2001,
				Honoured: "1999/00", Venue: "Town Hall", Hosts: []string{"Ann Example"}, Source: "editor"},
			{Pos: pos("editions.tsv", 3), Award: "lantern", ID: "2", Ordinal: 2, Name: "2nd Lantern Awards", Date: "2002", Year: 2002,
				Called: []int{2003}, Source: "editor"},
		},
		People: []table.Person{{Pos: pos("people.tsv", 2), ID: "nm1", Name: "Ann Example", Kind: "person", Family: "Example", Source: "editor"}},
		Works: []table.Work{{Pos: pos("works.tsv", 2), ID: "tt1", Title: "The Lamp: A Story", Year: "2000", Aliases: []string{"La lampe"},
			Source: "editor"}},
		Results: []table.Result{
			{Pos: pos("results/lantern.tsv", 2), ID: "lantern-1-aaaaaa", Award: "lantern", Edition: "1", Category: "Best Film",
				Works: []table.Ref{{ID: "tt1", Name: "The Lamp: A Story"}}, Outcome: table.Won, Detail: []table.KV{{Key: "song", Value: "Glow"}},
				Trivia: true, Source: "editor"},
			{Pos: pos("results/lantern.tsv", 3), ID: "lantern-1-bbbbbb", Award: "lantern", Edition: "1", Category: "Best Voice",
				Works: []table.Ref{{ID: "tt1", Name: "The Lamp: A Story"}}, People: []table.Ref{{ID: "nm1", Name: "Ann Example"}},
				Outcome: table.Nominated, Unconfirmed: true, Source: "editor"},
		},
		Phrases: []table.Phrase{{Pos: pos("phrases.tsv", 2), Award: "*", Phrase: "lamp prize", Targets: []string{"lantern"}, Mode: "first",
			Source: "editor"}},
		Happenings: []table.Happening{{Pos: pos("happenings.tsv", 2), ID: "h1", Month: 3, Day: 4, Year: 2001, Kind: "ceremony",
			Subject: "1st Lantern Awards", Works: []string{"tt1"}, Source: "editor"}},
		Firsts: []table.First{{Pos: pos("firsts.tsv", 2), ID: "f1", Award: "lantern", Edition: "1", Claim: "first winner",
			Subjects: []string{"The Lamp"}, Date: "2001-03-04", Source: "editor"}},
		Claims: []table.Claim{{Pos: pos("claims.tsv", 2), ID: "c1", Subject: "The Lamp", SubjectID: "tt1", Predicate: "directed by",
			Object: "Ann Example", Source: "editor"}},
	}
}

func build(t testing.TB, set *table.Set) []byte {
	t.Helper()
	b, err := index.Build(set, []string{"nominees"})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSetComesBackWhole(t *testing.T) {
	set := small()
	db, err := index.Open(string(build(t, set)))
	if err != nil {
		t.Fatal(err)
	}
	got, err := db.Set()
	if err != nil {
		t.Fatal(err)
	}
	want := reflect.ValueOf(set).Elem()
	for i := range want.NumField() {
		if g := reflect.ValueOf(got).Elem().Field(i).Interface(); !reflect.DeepEqual(g, want.Field(i).Interface()) {
			t.Errorf("%s:\n got %+v\nwant %+v", want.Type().Field(i).Name, g, want.Field(i).Interface())
		}
	}
}

func TestBuildIsRepeatable(t *testing.T) {
	if !bytes.Equal(build(t, small()), build(t, small())) {
		t.Error("two builds of one set differ")
	}
}

func TestUnresolvedReferencesAreNamed(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*table.Set)
		want  string
	}{
		"person":   {func(s *table.Set) { s.Results[1].People[0].ID = "nm9" }, "results/lantern.tsv:3"},
		"edition":  {func(s *table.Set) { s.Results[0].Edition = "7" }, "results/lantern.tsv:2"},
		"category": {func(s *table.Set) { s.Results[0].Category = "Best Rug" }, "Best Rug"},
		"award":    {func(s *table.Set) { s.Editions[1].Award = "torch" }, "torch"},
		"target":   {func(s *table.Set) { s.Phrases[0].Targets[0] = "torch" }, "phrases.tsv:2"},
		"subject":  {func(s *table.Set) { s.Claims[0].SubjectID = "tt9" }, "claims.tsv:2"},
	} {
		set := small()
		c.spoil(set)
		if _, err := index.Build(set, nil); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v does not name %q", name, err, c.want)
		}
	}
}

func TestPhrasesAreFound(t *testing.T) {
	db, err := index.Open(string(build(t, small())))
	if err != nil {
		t.Fatal(err)
	}
	for phrase, want := range map[string]index.Sort{
		"golden lantern": index.IsAward, "top film": index.IsCategory, "lamp prize": index.IsPhrase, "ann example": index.IsPerson,
		"example": index.IsFamily, "the lamp a story": index.IsWork, "lamp": index.IsShort, "2nd lantern awards": index.IsEdition,
	} {
		found := false
		items := db.Lex.Find(index.Hash(index.HashSeed, phrase))
		for i := range items.Len() {
			found = found || index.Item(items.At(i)).Sort() == want
		}
		if !found {
			t.Errorf("%q is not found as sort %d", phrase, want)
		}
	}
	if items := db.Lex.Find(index.Hash(index.HashSeed, "no such phrase")); items.Len() != 0 {
		t.Error("a phrase that is in no table is found")
	}
}

func FuzzOpen(f *testing.F) {
	whole := build(f, small())
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte("whowon\x00\x01\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _ = index.Open(string(data)) // an error at most
	})
}
