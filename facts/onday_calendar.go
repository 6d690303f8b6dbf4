package facts

import (
	"slices"
	"sort"
	"strings"
	"sync"
	"time"

	"github.com/whowon-bot/whowon/facts/index"
	"github.com/whowon-bot/whowon/facts/table"
)

// calendar is the dated events by the day of the year. A day is made ready when it is first asked for, once: a question is
// found for each of its events, and what they weigh. After that a day costs little, however often it is asked for.
type calendar struct {
	c    *Corpus
	now  time.Time // as of which questions are tried: the day that the data reaches
	more []Event   // events that other tables tell, and that are not among the happenings
	days [12 * 31]func() []*dated
}

// dated is an event made ready.
type dated struct {
	Event
	sort   string   // kind and award: what few of which are told on one day
	about  []uint64 // the names of whom and what it is about, hashed
	weight int
	groups groupSet
	awards []string // IDs of the awards that it belongs to
}

func (c *Corpus) newCalendar() *calendar {
	cal := &calendar{c: c}
	cal.now, _ = time.Parse(time.DateOnly, c.DataTo()) // where there is no data there is nothing to ask
	cal.more = c.untoldEvents()
	for i := range cal.days {
		cal.days[i] = sync.OnceValue(func() []*dated { return cal.read(time.Month(i/31+1), i%31+1) })
	}
	return cal
}

// day is the events of a day of the year that can be told.
func (cal *calendar) day(month time.Month, dayOfMonth int) []*dated {
	return cal.days[(int(month)-1)*31+dayOfMonth-1]()
}

// read makes a day ready: what is sure, and what there is more to ask about.
func (cal *calendar) read(month time.Month, dayOfMonth int) []*dated {
	var out []*dated
	add := func(e Event) {
		if !e.Sure() {
			return
		}
		if d := cal.prepare(e); d.Sure() && d.Query != "" {
			out = append(out, d)
		}
	}
	c, want := cal.c, uint32(int(month)*100+dayOfMonth)
	from := sort.Search(c.db.HapDay.Len(), func(i int) bool { return c.db.HapDay.At(i) >= want })
	for i := from; i < c.db.HapDay.Len() && c.db.HapDay.At(i) == want; i++ {
		add(c.happening(i))
	}
	for _, e := range cal.more {
		if e.Month == month && e.Day == dayOfMonth {
			add(e)
		}
	}
	return out
}

// prepare makes an event ready.
func (cal *calendar) prepare(e Event) *dated {
	c := cal.c
	o := c.occasionOf(&e)
	if e.Confidence == "" && c.doubtful(o) {
		e.Confidence = "unconfirmed"
	}
	if o.first >= 0 && o.edition >= 0 {
		c.enlist(&e, o)
	}
	e.Query = c.queryOf(&e, o, cal.now)
	d := &dated{Event: e, weight: c.weigh(&e, o), sort: e.Kind + "/" + o.awardID(c)}
	d.groups, d.awards = c.topicsOf(&e, o)
	for _, list := range [][]Entity{e.Works, e.People} {
		for _, x := range list {
			d.about = append(d.about, index.Hash(index.HashSeed, x.Name))
		}
	}
	d.about = append(d.about, index.Hash(index.HashSeed, e.Subject))
	return d
}

// enlist adds the works and people of a first that its event does not name, from the results of its edition.
func (c *Corpus) enlist(e *Event, o occasion) {
	subjects, works := list(c.text.firstSubjects.At(o.first)), list(c.text.firstWorks.At(o.first))
	add := func(to []Entity, names []string, x Entity) []Entity {
		if slices.Contains(names, x.Name) && !slices.Contains(to, x) {
			return append(to, x)
		}
		return to
	}
	for r := int(c.db.EdResults.At(o.edition)); r < int(c.db.EdResults.At(o.edition+1)); r++ {
		row := c.row(r)
		for _, w := range row.Works {
			e.Works = add(e.Works, works, w)
		}
		for _, p := range row.People {
			e.People = add(e.People, subjects, p)
		}
	}
}

// added is an event of cal.more by its ID.
func (cal *calendar) added(id string) (Event, bool) {
	i := slices.IndexFunc(cal.more, func(e Event) bool { return e.ID == id })
	if i < 0 {
		return Event{}, false
	}
	return cal.prepare(cal.more[i]).Event, true
}

// occasion is what an event of an award belongs to, by numbers; -1 is none.
type occasion struct {
	award, edition, cat int
	first, claim        int // the row that a first or a claim stands in
}

func (o occasion) awardID(c *Corpus) string {
	if o.award < 0 {
		return ""
	}
	return c.text.awardID.At(o.award)
}

// occasionOf finds the award, edition and category of an event, from its fields or from the row that it repeats.
func (c *Corpus) occasionOf(e *Event) occasion {
	o := occasion{-1, -1, -1, -1, -1}
	switch e.Kind {
	case "birth", "death": // the award of a birth says what somebody won
		return o
	case "first":
		o.first = c.firstOf(e)
		if o.first >= 0 {
			o.edition = int(c.db.FirstOf.At(o.first)) - 1
		}
	case "claim":
		o.claim = c.claimOf(e)
		if o.claim >= 0 {
			o.edition = c.editionNo(c.db.Claims.Column("subject_id").At(o.claim))
		}
	default:
		o.edition = c.editionNo(e.field("award") + "/" + e.field("edition"))
	}
	if o.edition < 0 {
		return o
	}
	o.award = c.awardOf(o.edition)
	name := e.field("category")
	for i := int(c.db.AwardCats.At(o.award)); name != "" && i < int(c.db.AwardCats.At(o.award+1)); i++ {
		if c.text.catID.At(i) == name {
			o.cat = i
		}
	}
	return o
}

// doubtful reports whether the winner that an event tells is unconfirmed.
func (c *Corpus) doubtful(o occasion) bool {
	if o.edition < 0 || o.cat < 0 {
		return false
	}
	from, to := c.span(o.edition, o.cat)
	for r := from; r < to; r++ {
		if c.text.resUnsure.At(r) != "" && outcomeOf(c.db.ResOutcome.At(r)) != table.Nominated {
			return true
		}
	}
	return false
}

// firstOf is the curated first that an event tells, or -1.
func (c *Corpus) firstOf(e *Event) int {
	claim, date := e.field("claim"), date8(uint32(e.Year), uint32(int(e.Month)*100+e.Day))
	for i := range c.db.Firsts.N {
		if c.text.firstClaim.At(i) == claim && c.text.firstDate.At(i) == date {
			return i
		}
	}
	return -1
}

// claimOf is the claim that an event tells, or -1.
func (c *Corpus) claimOf(e *Event) int {
	predicate, object := e.field("predicate"), e.field("object")
	for t := range c.db.Told.Len() {
		i := int(c.db.Told.At(t))
		if c.text.claimSubject.At(i) == e.Subject && c.text.claimPredicate.At(i) == predicate &&
			c.text.claimObject.At(i) == object {
			return i
		}
	}
	return -1
}

// editionNo is the number of "<award>/<edition>", -1 where there is none.
func (c *Corpus) editionNo(id string) int {
	award, edition, ok := strings.Cut(id, "/")
	for a := 0; ok && a < c.db.Awards.N; a++ {
		if c.text.awardID.At(a) != award {
			continue
		}
		for e := int(c.db.AwardEds.At(a)); e < int(c.db.AwardEds.At(a+1)); e++ {
			if c.text.edID.At(e) == edition {
				return e
			}
		}
	}
	return -1
}
