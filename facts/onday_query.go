package facts

import (
	"slices"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/facts/index"
)

// maxQuery is the longest question that is offered, in bytes: a button holds no more.
const maxQuery = 90

// attempt is a question that may tell more about an event, and whether its answer does.
type attempt struct {
	query string
	about func(a *Answer) bool
}

// queryOf is a question that tells more about an event, "" where none does. Each is tried before it is offered: a name can
// be that of somebody else, and a title that of another film.
func (c *Corpus) queryOf(e *Event, o occasion, now time.Time) string {
	var tries []attempt
	switch {
	case o.first >= 0:
		tries = c.aboutFirst(o.first)
	case e.Kind == "claim":
		tries = c.aboutClaim(e, o)
	case o.edition >= 0:
		tries = c.aboutOccasion(e.Kind, o)
	}
	tries = append(tries, c.aboutEntities(e)...)
	for _, t := range tries {
		if t.query == "" || len(t.query) > maxQuery {
			continue
		}
		if a := c.Ask(t.query, now); a.Kind.Found() && a.Kind != KindNoResult && t.about(&a) {
			return t.query
		}
	}
	return ""
}

// aboutOccasion asks for the race that an event tells, or for all of its evening.
func (c *Corpus) aboutOccasion(kind string, o occasion) []attempt {
	edition, award := c.text.edID.At(o.edition), o.awardID(c)
	ofIt := func(e Edition) bool { return e.ID == edition && e.Award.ID == award }
	name := c.text.edName.At(o.edition)
	var tries []attempt
	if o.cat >= 0 {
		cat := c.text.catID.At(o.cat)
		race := func(a *Answer) bool {
			return slices.ContainsFunc(a.Races, func(r Race) bool { return ofIt(r.Edition) && r.Category.ID == cat })
		}
		category := c.text.catName.At(o.cat)
		year := c.text.awardShort.At(o.award) + " " + itoa(int(c.db.EdYear.At(o.edition)))
		if kind != "ceremony" || cat == c.text.awardDefault.At(o.award) { // the evening says more than the one race
			tries = append(tries, attempt{name, race})
		}
		if short := c.text.awardShort.At(o.award); short != "" && strings.Contains(category, short) {
			tries = append(tries, attempt{category + " " + itoa(int(c.db.EdYear.At(o.edition))), race})
		}
		tries = append(tries, attempt{category + " " + name, race}, attempt{category + " " + year, race},
			attempt{name, race}, attempt{year, race})
	}
	return append(tries, attempt{name, func(a *Answer) bool {
		return a.Edition != nil && ofIt(*a.Edition) || a.Event != nil && ofIt(*a.Event) ||
			slices.ContainsFunc(a.Races, func(r Race) bool { return ofIt(r.Edition) })
	}})
}

// aboutFirst asks for a curated first, or for those whom it is about.
func (c *Corpus) aboutFirst(i int) []attempt {
	f := c.first(i)
	same := func(a *Answer) bool {
		return slices.ContainsFunc(a.Firsts, func(have First) bool { return have.ID == f.ID })
	}
	tries := []attempt{{f.Claim, same}, {f.Claim + " " + strings.Join(f.Works, " "), same},
		{f.Claim + " " + strings.Join(f.Subjects, " "), same}, {f.Claim + " " + f.Edition.Award.Short, same}}
	for _, name := range slices.Concat(f.Subjects, f.Works) {
		tries = append(tries, attempt{name, named(name)})
	}
	if f.Edition.Name != "" {
		tries = append(tries, attempt{f.Edition.Name, func(a *Answer) bool { return a.Kind == KindCeremony }})
	}
	return tries
}

// named reports whether an answer is about somebody or something of a name.
func named(name string) func(*Answer) bool {
	return func(a *Answer) bool {
		return a.Person != nil && a.Person.Name == name || a.Work != nil && a.Work.Title == name
	}
}

// aboutClaim asks for what a claim says.
func (c *Corpus) aboutClaim(e *Event, o occasion) []attempt {
	if o.claim < 0 {
		return nil
	}
	id := c.text.claimID.At(o.claim)
	same := func(a *Answer) bool {
		return slices.ContainsFunc(a.Claims, func(have Claim) bool { return have.ID == id })
	}
	what := e.Subject + " " + e.field("predicate")
	tries := []attempt{{what, same}, {what + " " + e.field("object"), same}}
	if o.edition >= 0 {
		tries = append(tries, c.aboutOccasion(e.Kind, o)...)
	}
	return tries
}

// aboutEntities asks for the works and people of an event, and for the directors of a film that is in no other table.
func (c *Corpus) aboutEntities(e *Event) []attempt {
	var tries []attempt
	for _, w := range e.Works {
		id, title := w.ID, w.Name
		about := func(a *Answer) bool { return a.Work != nil && a.Work.ID == id }
		tries = append(tries, attempt{title, about})
		if n := c.find(id, index.IsWork); n >= 0 {
			tries = append(tries, attempt{title + " " + c.text.workYear.At(n), about})
		}
	}
	for _, p := range e.People {
		id, name := p.ID, p.Name
		about := func(a *Answer) bool { return a.Person != nil && a.Person.ID == id }
		tries = append(tries, attempt{name, about})
		if n := c.find(id, index.IsPerson); n >= 0 {
			query, _ := c.toldApart(n)
			tries = append(tries, attempt{query, about})
		}
	}
	if e.Kind == "premiere" || e.Kind == "release" {
		for name := range strings.SplitSeq(e.field("director"), " and ") {
			tries = append(tries, attempt{name, named(name)})
		}
	}
	return tries
}
