package facts_test

import (
	"testing"

	"github.com/whowon-bot/whowon/facts"
)

func TestByID(t *testing.T) {
	c := corpus(t)
	for id, says := range map[string]func(facts.Fact) bool{
		"cannes-1939-e8xbqk":                func(f facts.Fact) bool { return f.Race != nil && f.Race.Category.ID == "Palme d'Or" },
		"f01":                               func(f facts.Fact) bool { return f.First != nil },
		"a01":                               func(f facts.Fact) bool { return f.Claim != nil && f.Claim.Object == "Sean Baker" },
		"01-01-1891-birth-charles-bickford": func(f facts.Fact) bool { return f.Event != nil && f.Event.Year == 1891 },
		"tt4925292":                         func(f facts.Fact) bool { return f.Work != nil && f.Work.Title == "Lady Bird" },
		"nm0000537":                         func(f facts.Fact) bool { return f.Person != nil && f.Person.Name == "Steve McQueen" },
		"academy-awards/97":                 func(f facts.Fact) bool { return f.Edition != nil && f.Edition.Ordinal == 97 },
	} {
		if f, ok := c.ByID(id); !ok || !says(f) {
			t.Errorf("ByID(%q) does not give its row: %+v", id, f)
		}
	}
	if f, ok := c.ByID("no-such-row"); ok {
		t.Errorf("there is no such row, but: %+v", f)
	}
}
