package facts_test

import (
	"testing"

	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/facts/table"
)

// TestCatalogue goes through all facts by number and wants to see what the tables hold.
func TestCatalogue(t *testing.T) {
	c, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	set, err := c.Set()
	if err != nil {
		t.Fatal(err)
	}
	k := c.Catalogue()
	fit := map[string]bool{}
	for i := range set.Results {
		fit[set.Results[i].ID] = set.Results[i].Trivia && !set.Results[i].Unconfirmed
	}
	rows, next := 0, 0
	for r := range k.Races() {
		if r.From != next {
			t.Fatalf("the race %+v does not follow row %d", r, next)
		}
		next = r.To
		if again := k.RaceOf(r.To - 1); again != r {
			t.Fatalf("row %d is in %+v, not in %+v", r.To-1, again, r)
		}
		for row := r.From; row < r.To; row++ {
			rows++
			if k.Fit(row) != fit[k.RowID(row)] {
				t.Errorf("%s: fit is %v", k.RowID(row), k.Fit(row))
			}
			if k.Won(row) != (k.RowOutcome(row) == table.Won) || k.Lost(row) != (k.RowOutcome(row) == table.Nominated) {
				t.Errorf("%s: outcome %s", k.RowID(row), k.RowOutcome(row))
			}
		}
	}
	if rows != len(set.Results) || k.Results() != rows || k.People() != len(set.People) || k.Works() != len(set.Works) ||
		k.Happenings() != len(set.Happenings) || k.Claims() != len(set.Claims) || k.Firsts() != len(set.Firsts) {
		t.Errorf("%d rows of %d", rows, len(set.Results))
	}
}

func TestCatalogueNames(t *testing.T) {
	c, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	k := c.Catalogue()
	work, person := k.FindWork("tt28607951"), k.FindPerson("nm0048918")
	if work < 0 || k.WorkTitle(work) != "Anora" || k.WorkYear(work) != 2024 || k.WorkFame(work) == 0 {
		t.Errorf("work %d is not Anora", work)
	}
	if person < 0 || k.PersonName(person) != "Sean Baker" || k.PersonBorn(person) != "1971-02-26" || k.PersonFamily(person) != "Baker" {
		t.Errorf("person %d is not Sean Baker", person)
	}
	if k.FindWork("tt0") != -1 || k.FindPerson("") != -1 {
		t.Error("what is not there is found")
	}
	rows := k.WorkRows(work)
	wins := 0
	for i := range rows.Len() {
		row := int(rows.At(i))
		if k.AwardID(k.CategoryAward(k.RowCategory(row))) == "academy-awards" && k.Won(row) {
			wins++
		}
	}
	if wins != 5 {
		t.Errorf("Anora has %d Oscars", wins)
	}
}

func TestEachRace(t *testing.T) {
	c, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for race := range c.EachRace() {
		if n++; race.Edition.Award.ID == "" || race.Category.ID == "" || race.Edition.Year == 0 {
			t.Errorf("race %d is %+v", n, race)
		}
		if n == 500 {
			break
		}
	}
	if n != 500 {
		t.Errorf("%d races", n)
	}
}
