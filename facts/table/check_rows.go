package table

import (
	"strconv"
	"time"
)

// unique: IDs, and for phrases the award and the phrase.
func (c *checker) unique() {
	s := c.set
	type key struct{ table, id, more string }
	seen := map[key]Pos{}
	once := func(table, id, more string, pos Pos) {
		c.row()
		if id == "" {
			c.fault(pos, "id", "give the row an ID", "the ID is empty")
			return
		}
		if first, ok := seen[key{table, id, more}]; ok {
			c.fault(pos, "id", "remove or rename one of the two rows", "%q stands in %s already", id+pad(more), first)
			return
		}
		seen[key{table, id, more}] = pos
	}
	for i := range s.Awards {
		once("awards", s.Awards[i].ID, "", s.Awards[i].Pos)
	}
	for i := range s.Categories {
		once("categories", s.Categories[i].ID, s.Categories[i].Award, s.Categories[i].Pos)
	}
	for i := range s.Editions {
		once("editions", s.Editions[i].ID, s.Editions[i].Award, s.Editions[i].Pos)
	}
	for i := range s.People {
		once("people", s.People[i].ID, "", s.People[i].Pos)
	}
	for i := range s.Works {
		once("works", s.Works[i].ID, "", s.Works[i].Pos)
	}
	for i := range s.Phrases {
		once("phrases", s.Phrases[i].Phrase, s.Phrases[i].Award, s.Phrases[i].Pos)
	}
	for i := range s.Happenings {
		once("happenings", s.Happenings[i].ID, "", s.Happenings[i].Pos)
	}
	for i := range s.Firsts {
		once("firsts", s.Firsts[i].ID, "", s.Firsts[i].Pos)
	}
	for i := range s.Claims {
		once("claims", s.Claims[i].ID, "", s.Claims[i].Pos)
	}
	for i := range s.Results {
		once("results", s.Results[i].ID, "", s.Results[i].Pos)
	}
}

func pad(more string) string {
	if more == "" {
		return ""
	}
	return " of " + more
}

// dates: whatever is written as a day is one.
func (c *checker) dates() {
	s := c.set
	day := func(pos Pos, column, text string) {
		if text == "" {
			return
		}
		if _, err := parseDate(text); err != nil {
			c.fault(pos, column, "write YYYY-MM-DD, or YYYY where the day is not known", "%v", err)
		}
	}
	for i := range s.Editions {
		c.row()
		day(s.Editions[i].Pos, "date", s.Editions[i].Date)
	}
	for i := range s.People {
		p := &s.People[i]
		c.row()
		day(p.Pos, "born", p.Born)
		day(p.Pos, "died", p.Died)
		born, err1 := parseDate(p.Born)
		died, err2 := parseDate(p.Died)
		if err1 == nil && err2 == nil && died.last() < born.first() {
			c.fault(p.Pos, "died", "correct one of the two dates", "%s died %s and was born %s", p.Name, p.Died, p.Born)
		}
	}
	for i := range s.Firsts {
		c.row()
		day(s.Firsts[i].Pos, "date", s.Firsts[i].Date)
	}
	for i := range s.Claims {
		c.row()
		day(s.Claims[i].Pos, "date", s.Claims[i].Date)
	}
	for i := range s.Happenings {
		h := &s.Happenings[i]
		c.row()
		d := date{h.Year, h.Month, h.Day}
		if d.year == 0 {
			d.year = 2000 // a leap year: 29 February is a day without a year
		}
		if !d.real() {
			c.fault(h.Pos, "day", "correct the day, month or year", "there is no day %d of %s %d", h.Day, time.Month(h.Month), h.Year)
		}
	}
}

// future: a result, a first and a happening are of the past.
func (c *checker) future() {
	s := c.set
	for i := range s.Results {
		r := &s.Results[i]
		c.row()
		e := c.look.edition(r.Award, r.Edition)
		if e == nil || r.Outcome == Nominated {
			continue
		}
		if d, ok := e.when(); ok && d.first() > c.today {
			c.fault(r.Pos, "outcome", "correct the date of the edition, or write nominated until it is held",
				"%s %s is held %s, which is in the future, and has the outcome %s", r.Award, r.Edition, e.whenText(), r.Outcome)
		}
	}
	for i := range s.Firsts {
		c.row()
		if d, err := parseDate(s.Firsts[i].Date); err == nil && d.first() > c.today {
			c.fault(s.Firsts[i].Pos, "date", "correct the date", "%s is in the future", s.Firsts[i].Date)
		}
	}
	for i := range s.Happenings {
		h := &s.Happenings[i]
		c.row()
		if h.Year != 0 && (date{h.Year, h.Month, h.Day}).first() > c.today {
			c.fault(h.Pos, "year", "correct the date", "%04d-%02d-%02d is in the future", h.Year, h.Month, h.Day)
		}
	}
}

// sources: a row without a source cannot be defended.
func (c *checker) sources() {
	for _, codec := range codecs() {
		codec.cells(c.set, "source", func(pos Pos, source string) {
			c.row()
			if source == "" {
				c.fault(pos, "source", "say where the row is from (editor, a dataset, a document)", "the source is empty")
			}
		})
	}
}

// characters: every value can be written to a table and read back.
func (c *checker) characters() {
	for _, codec := range codecs() {
		codec.values(c.set, c.row, func(f Fault) {
			f.Invariant = c.now.Name
			c.now.Faults = append(c.now.Faults, f)
		})
	}
}

// names: a result's name is the canonical name or an alias.
func (c *checker) names() {
	for i := range c.set.Results {
		r := &c.set.Results[i]
		c.row()
		for _, ref := range r.People {
			if p := c.look.person(ref.ID); p != nil && !sameName(ref.Name, p.Name, p.Aliases) {
				c.fault(r.Pos, "people", "write that name, or add this one to the aliases of "+ref.ID,
					"%q is not a name of %s, which is %q", ref.Name, ref.ID, p.Name)
			}
		}
		for _, ref := range r.Works {
			if w := c.look.work(ref.ID); w != nil && !sameName(ref.Name, w.Title, w.Aliases) {
				c.fault(r.Pos, "works", "write that title, or add this one to the aliases of "+ref.ID,
					"%q is not a title of %s, which is %q", ref.Name, ref.ID, w.Title)
			}
		}
	}
}

// whenText is the date of an edition for the reader.
func (e *Edition) whenText() string {
	if e.Date != "" {
		return e.Date
	}
	return "in " + strconv.Itoa(e.Year)
}
