package facts_test

import "testing"

func TestByID(t *testing.T) {
	c := corpus(t)
	for id, want := range map[string]func() bool{
		"cannes-1939-e8xbqk": func() bool {
			f, ok := c.ByID("cannes-1939-e8xbqk")
			return ok && f.Race != nil && f.Race.Category.ID == "Palme d'Or"
		},
		"f01": func() bool { f, ok := c.ByID("f01"); return ok && f.First != nil },
		"a01": func() bool { f, ok := c.ByID("a01"); return ok && f.Claim != nil && f.Claim.Object == "Sean Baker" },
		"01-01-1891-birth-charles-bickford": func() bool {
			f, ok := c.ByID("01-01-1891-birth-charles-bickford")
			return ok && f.Event != nil && f.Event.Year == 1891
		},
		"tt4925292": func() bool { f, ok := c.ByID("tt4925292"); return ok && f.Work != nil && f.Work.Title == "Lady Bird" },
		"nm0000537": func() bool { f, ok := c.ByID("nm0000537"); return ok && f.Person != nil && f.Person.Name == "Steve McQueen" },
		"academy-awards/97": func() bool {
			f, ok := c.ByID("academy-awards/97")
			return ok && f.Edition != nil && f.Edition.Ordinal == 97
		},
	} {
		if !want() {
			t.Errorf("ByID(%q) does not give its row", id)
		}
	}
	if f, ok := c.ByID("no-such-row"); ok {
		t.Errorf("there is no such row, but: %+v", f)
	}
}
