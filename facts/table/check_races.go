package table

import "slices"

// The keys of Result.Detail by which a race declares that it has not exactly one winner (see Result).
const (
	DetailTie    = "tie"    // "yes" on every winner of a tie
	DetailShared = "shared" // "yes" on every winner of a prize that is given to several
	DetailWinner = "winner" // "unknown" on a nominee of a race whose winner we do not know
)

// DetailOf returns the value of a key of a result's detail, "" where it has none.
func (r *Result) DetailOf(key string) string {
	for _, kv := range r.Detail {
		if kv.Key == key {
			return kv.Value
		}
	}
	return ""
}

// race is the rows of one award, edition and category.
type race struct {
	rows                []*Result
	won, none, nominees int
	tie, shared         int // winners that declare it
	unknown             bool
}

func (r *race) add(res *Result) {
	r.rows = append(r.rows, res)
	switch res.Outcome {
	case Won:
		r.won++
		if res.DetailOf(DetailTie) == "yes" {
			r.tie++
		}
		if res.DetailOf(DetailShared) == "yes" {
			r.shared++
		}
	case None:
		r.none++
	case Nominated:
		r.nominees++
		r.unknown = r.unknown || res.DetailOf(DetailWinner) == "unknown"
	}
}

// last is the last row with the outcome, the one a correction is most likely about.
func (r *race) last(o Outcome) *Result {
	for _, row := range slices.Backward(r.rows) {
		if row.Outcome == o {
			return row
		}
	}
	return r.rows[len(r.rows)-1]
}

// races groups the results, in the order of their first rows.
func races(s *Set) ([]raceKey, map[raceKey]*race) {
	var order []raceKey
	by := map[raceKey]*race{}
	for i := range s.Results {
		r := &s.Results[i]
		key := raceKey{r.Award, r.Edition, r.Category}
		if by[key] == nil {
			by[key] = &race{}
			order = append(order, key)
		}
		by[key].add(r)
	}
	return order, by
}

// winners: one per race, or the race says why not; and a winner is somebody or something.
func (c *checker) winners() {
	order, by := races(c.set)
	given := map[categoryKey]bool{} // a category that nobody ever won is a list, not a race
	for key, r := range by {
		if r.won+r.none > 0 {
			given[categoryKey{key.award, key.category}] = true
		}
	}
	for _, key := range order {
		r := by[key]
		c.row()
		c.recipients(r)
		switch {
		case r.won > 0 && r.none > 0:
			c.fault(r.last(None).Pos, "outcome", "remove one of the two", "%s has a winner and a row with outcome none", key)
		case r.won == 0:
			c.noWinner(key, r, given[categoryKey{key.award, key.category}])
		case r.won == 1 && r.tie == 1:
			c.fault(r.last(Won).Pos, "detail", "add the other winner, or remove tie=yes", "%s has a tie of one", key)
		case r.won > 1 && r.tie < r.won && r.shared < r.won && !c.shared(key):
			c.fault(r.last(Won).Pos, "outcome",
				"correct the outcomes, or declare it: tie=yes or shared=yes in detail, tie or shared in the note of a film table, "+
					"or shared in categories.tsv", "%s has %d winners and no tie is declared", key, r.won)
		}
	}
}

func (c *checker) shared(key raceKey) bool {
	k := c.look.category(key.award, key.category)
	return k != nil && k.Shared
}

func (c *checker) noWinner(key raceKey, r *race, given bool) {
	if r.none > 0 || r.nominees == 0 || r.unknown || !given {
		return
	}
	e := c.look.edition(key.award, key.edition)
	if e == nil {
		return
	}
	if d, ok := e.when(); ok && d.last() >= c.today {
		return // not held yet
	}
	c.fault(r.last(Nominated).Pos, "outcome", "add the winner, a row with outcome none, or detail winner=unknown on a nominee",
		"%s has nominees and no winner", key)
}

func (c *checker) recipients(r *race) {
	for _, row := range r.rows {
		empty := len(row.Works)+len(row.People) == 0
		if row.Outcome == None && !empty {
			c.fault(row.Pos, "outcome", "remove the works and people, or correct the outcome", "outcome none, but somebody is named")
		}
		if row.Outcome != None && empty {
			c.fault(row.Pos, "people", "name a work or a person", "outcome %s, but nobody and nothing is named", row.Outcome)
		}
	}
}

func (k raceKey) String() string { return k.award + " " + k.edition + ", " + k.category }

// How far the years that an edition honours, or is called by, may lie from the year it is held in.
const (
	honouredBefore = 3 // a festival of 1946 for the films of 1943
	honouredAfter  = 1
	calledApart    = 2
)

// years: the date, the year, the years honoured and the years a category was held agree.
func (c *checker) years() {
	for i := range c.set.Editions {
		e := &c.set.Editions[i]
		c.row()
		if e.Year == 0 {
			c.fault(e.Pos, "year", "write the year it was held in", "%s %s has no year", e.Award, e.ID)
			continue
		}
		if d, err := parseDate(e.Date); err == nil && d.year != e.Year {
			c.fault(e.Pos, "year", "correct the year or the date", "the year is %d and the date %s", e.Year, e.Date)
		}
		if e.Honoured != "" {
			first, last, ok := parseYears(e.Honoured)
			if !ok {
				c.fault(e.Pos, "honoured", `write it as 2024 or 1927/28`, "%q is neither a year nor two", e.Honoured)
			} else if first < e.Year-honouredBefore || last > e.Year+honouredAfter {
				c.fault(e.Pos, "honoured", "correct one of the two", "it honours %s and was held in %d", e.Honoured, e.Year)
			}
		}
		for _, y := range e.Called {
			if y == e.Year || y < e.Year-calledApart || y > e.Year+calledApart {
				c.fault(e.Pos, "called", "correct or remove it", "people call it by %d and it was held in %d", y, e.Year)
			}
		}
	}
	c.categoryYears()
}

func (c *checker) categoryYears() {
	for i := range c.set.Categories {
		k := &c.set.Categories[i]
		c.row()
		if k.Last != 0 && k.First > k.Last {
			c.fault(k.Pos, "last", "correct one of the two", "first held in %d and last in %d", k.First, k.Last)
		}
	}
	for i := range c.set.Results {
		r := &c.set.Results[i]
		c.row()
		k, e := c.look.category(r.Award, r.Category), c.look.edition(r.Award, r.Edition)
		if k == nil || e == nil || e.Year == 0 {
			continue
		}
		early, late := e.span()
		if k.First != 0 && late < k.First || k.Last != 0 && early > k.Last {
			c.fault(r.Pos, "edition", "correct the edition, or first and last of the category",
				"held in %d, but %q was held from %d to %d", e.Year, k.ID, k.First, k.Last)
		}
	}
}

// span is the first and last year by which an edition can be meant.
func (e *Edition) span() (early, late int) {
	early, late = e.Year, e.Year
	if a, b, ok := parseYears(e.Honoured); ok {
		early, late = min(early, a), max(late, b)
	}
	for _, y := range e.Called {
		early, late = min(early, y), max(late, y)
	}
	return early, late
}
