package facts

import "testing"

// TestNothingIsToldTwice: our own happenings are complete, so nothing is made of the other tables beside them.
func TestNothingIsToldTwice(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range c.untoldEvents() {
		t.Errorf("%s (%s) is in another table only, or under another name", e.ID, e.Subject)
	}
}

// TestWhatAnEventIsOf: whatever an event repeats is found in its table.
func TestWhatAnEventIsOf(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	doubtful := 0
	for i := range c.db.Happenings.N {
		e := c.happening(i)
		o := c.occasionOf(&e)
		switch e.Kind {
		case "first":
			if o.first < 0 || o.edition < 0 && c.text.firstID.At(o.first) == "" {
				t.Errorf("%s is in no row of the firsts", e.ID)
			}
		case "claim":
			if o.claim < 0 {
				t.Errorf("%s is in no row of the claims", e.ID)
			}
		case "ceremony", "final", "opening", "election":
			if o.edition < 0 || o.cat < 0 && e.field("category") != "" {
				t.Errorf("%s is of no edition or category", e.ID)
			}
			if c.doubtful(o) {
				doubtful++
			}
		}
	}
	if doubtful == 0 {
		t.Error("no event has an unconfirmed winner; the tables have some")
	}
}

func TestEventsOfUnconfirmedWinnersAreLeftOut(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for i := range c.db.Happenings.N {
		e := c.happening(i)
		if o := c.occasionOf(&e); !c.doubtful(o) {
			continue
		}
		for _, told := range c.Day(DayQuery{Year: 2100, Month: e.Month, Day: e.Day}) {
			if told.ID == e.ID {
				t.Errorf("%s is told, and its winner rests on one source", e.ID)
			}
		}
	}
}
