package facts_test

import (
	"testing"
	"time"

	"github.com/whowon-bot/whowon/facts"
)

// TestPagesHoldEverything goes through the pages of all awards: each row is on the page of its edition and on that of its
// category, and no two things share an address.
func TestPagesHoldEverything(t *testing.T) {
	c, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	inEditions, inCategories := 0, 0
	count := func(r facts.Race) int {
		n := len(r.Winners) + len(r.Others)
		if r.NotGiven != "" {
			n++
		}
		return n
	}
	for _, a := range c.Awards() {
		page, ok := c.AwardPage(a.ID)
		if !ok || page.Award != a {
			t.Fatalf("%s has no page", a.ID)
		}
		slugs := map[string]string{}
		for _, cat := range page.Categories {
			if slugs[cat.Slug()] != "" || cat.Slug() == "" {
				t.Errorf("%s: %q and %q have the same address", a.ID, cat.ID, slugs[cat.Slug()])
			}
			slugs[cat.Slug()] = cat.ID
			through, ok := c.CategoryPage(a.ID, cat.Slug())
			if !ok || through.Category != cat.Category {
				t.Fatalf("%s %s has no page", a.ID, cat.ID)
			}
			for _, r := range through.Races {
				inCategories += count(r)
				if y := r.Edition.Year; y < cat.From || y > cat.To {
					t.Errorf("%s %s was given in %d, outside %d–%d", a.ID, cat.ID, y, cat.From, cat.To)
				}
			}
		}
		for i, e := range page.Editions {
			one, ok := c.EditionPage(a.ID, e.ID)
			if !ok || one.Edition.Name != e.Name {
				t.Fatalf("%s %s has no page", a.ID, e.ID)
			}
			if (one.Previous == nil) != (i == 0) || i > 0 && one.Previous.ID != page.Editions[i-1].ID {
				t.Errorf("%s %s: the edition before is %+v", a.ID, e.ID, one.Previous)
			}
			for _, r := range one.Races {
				inEditions += count(r)
			}
		}
	}
	if n := c.Catalogue().Results(); inEditions != n || inCategories != n {
		t.Errorf("of %d rows %d are on pages of editions, and %d on those of categories", n, inEditions, inCategories)
	}
}

func TestEditionPage(t *testing.T) {
	c, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	p, ok := c.EditionPage("academy-awards", "97")
	if !ok || p.Edition.Date != "2025-03-02" || p.Previous.ID != "96" || p.Next.ID != "98" || p.Source == "" {
		t.Fatalf("97th: %v %+v", ok, p.Edition)
	}
	first := p.Races[0]
	if first.Category.ID != "Best Picture" || first.Winners[0].Works[0].Name != "Anora" || len(first.Others) != 9 || len(p.Races) < 20 {
		t.Errorf("97th: begins with %+v, of %d races", first.Category, len(p.Races))
	}
	for _, ids := range [][2]string{{"academy-awards", "x"}, {"", ""}, {"x", "97"}, {"academy-awards", ""}} {
		if _, ok := c.EditionPage(ids[0], ids[1]); ok {
			t.Errorf("%q has a page", ids)
		}
		if _, ok := c.CategoryPage(ids[0], ids[1]); ok {
			t.Errorf("%q is a category", ids)
		}
	}
}

// TestEntityPages compares pages with the answers to the same names.
func TestEntityPages(t *testing.T) {
	c, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	for _, name := range []string{"meryl streep", "sean baker", "john williams", "parasite", "anora", "brazil", "roger federer"} {
		a := c.Ask(name, now)
		var p facts.EntityPage
		var ok bool
		switch {
		case a.Person != nil:
			p, ok = c.PersonPage(a.Person.ID)
		case a.Work != nil:
			p, ok = c.WorkPage(a.Work.ID)
		}
		if !ok {
			t.Errorf("%s has no page", name)
			continue
		}
		if p.Tally.Subject != a.Tally.Subject || p.Tally.Wins != a.Tally.Wins || p.Tally.Noms != a.Tally.Noms ||
			p.Tally.FirstYear != a.Tally.FirstYear || p.Tally.LastYear != a.Tally.LastYear {
			t.Errorf("%s: the page counts %+v, the answer %+v", name, p.Tally, *a.Tally)
		}
		asked, shown := 0, 0
		for _, r := range a.Races {
			asked += len(r.Mine)
		}
		for _, r := range p.Races {
			shown += len(r.Mine)
		}
		if asked != shown {
			t.Errorf("%s: %d rows on the page, %d in the answer", name, shown, asked)
		}
	}
	for _, id := range []string{"", "x", "zz9999", "tt6751668"} {
		if _, ok := c.PersonPage(id); ok {
			t.Errorf("%q is a person", id)
		}
	}
}
