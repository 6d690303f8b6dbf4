package facts

import (
	"strings"
	"time"

	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/facts/index"
	"github.com/whowon-bot/whowon/facts/table"
)

// untold gathers the dated events that other tables know, and that the happenings do not tell. In our own tables the
// happenings are complete; what an overlay adds, a new edition with its winner above all, is on its day by this.
type untold struct {
	c      *Corpus
	have   map[string]bool   // what is told, by what it is
	kinds  map[string]string // the kind of an award's events: a final is no ceremony
	events []Event
}

func (c *Corpus) untoldEvents() []Event {
	u := &untold{c: c, have: map[string]bool{}, kinds: map[string]string{}}
	for i := range c.db.Happenings.N {
		u.told(i)
	}
	sure := c.db.Editions.Column("confidence")
	for e := range c.db.Editions.N {
		if s := sure.At(e); s == "" || s == "high" {
			u.edition(e)
		}
	}
	for i := range c.db.Firsts.N {
		u.first(i)
	}
	for i := range c.db.Told.Len() {
		u.claim(int(c.db.Told.At(i)))
	}
	sure = c.db.People.Column("confidence")
	for p := range c.db.People.N {
		if sure.At(p) == "high" {
			u.life(p, "birth", c.text.perBorn.At(p))
			u.life(p, "death", c.text.perDied.At(p))
		}
	}
	return u.events
}

// told notes what a happening tells.
func (u *untold) told(i int) {
	t := &u.c.text
	kind, fields := t.hapKind.At(i), t.hapFields.At(i)
	switch kind {
	case "birth", "death":
		for _, id := range list(t.hapPeople.At(i)) {
			u.have[kind+"/"+id] = true
		}
	case "first":
		u.have["first/"+detail(fields, "claim")+"/"+t.hapSubject.At(i)] = true
	case "claim":
		u.have["claim/"+t.hapSubject.At(i)+"/"+detail(fields, "predicate")+"/"+detail(fields, "object")] = true
	default:
		award := detail(fields, "award")
		u.have["edition/"+award+"/"+detail(fields, "edition")] = true
		u.kinds[award] = kind
	}
}

// put adds an event on a date that is known to the day, unless it is told. key says what it is.
func (u *untold) put(key, date string, e Event) {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil || u.have[key] {
		return
	}
	u.have[key] = true
	e.Year, e.Month, e.Day = t.Year(), t.Month(), t.Day()
	e.ID = date[5:] + "-" + date[:4] + "-" + e.Kind + "-" + fold.Slug(e.Subject)
	if e.field("claim")+e.field("predicate") != "" {
		e.ID += "-" + fold.Slug(e.field("claim")+e.field("predicate")+" "+e.field("object"))
	}
	u.events = append(u.events, e)
}

// edition is an edition with who won what its award is known for, where there is such a winner.
func (u *untold) edition(e int) {
	c := u.c
	award, id := c.awardOf(e), c.text.edID.At(e)
	key := "edition/" + c.text.awardID.At(award) + "/" + id
	if c.db.EdDate.At(e)%100 == 0 || u.have[key] {
		return
	}
	cat := u.mainRace(e)
	if cat < 0 {
		return
	}
	race := c.race(e, cat, false)
	event := Event{Kind: u.kinds[c.text.awardID.At(award)], Subject: c.text.edName.At(e), Source: race.Winners[0].Source}
	if event.Kind == "" {
		event.Kind = "ceremony"
	}
	var names []string
	for _, w := range race.Winners {
		event.Works, event.People = append(event.Works, w.Works...), append(event.People, w.People...)
		who := w.Works
		if len(who) == 0 || race.About == "person" || race.About == "team" {
			who = w.People
		}
		for _, x := range who {
			names = append(names, x.Name)
		}
	}
	event.Detail = []table.KV{{Key: "award", Value: c.text.awardID.At(award)}, {Key: "edition", Value: id},
		{Key: "category", Value: race.Category.ID}, {Key: "winner", Value: and(names)}}
	if venue := c.text.edVenue.At(e); venue != "" {
		event.Detail = append(event.Detail, table.KV{Key: "venue", Value: venue})
	}
	u.put(key, c.text.edDate.At(e), event)
}

// mainRace is the category that an edition is told by: that of a question that names none, else the best-known one with a
// winner; -1 where there is none.
func (u *untold) mainRace(e int) int {
	c, best := u.c, -1
	usual := c.text.awardDefault.At(c.awardOf(e))
	for r := int(c.db.EdResults.At(e)); r < int(c.db.EdResults.At(e+1)); r++ {
		cat := int(c.db.ResCat.At(r))
		if c.db.ResOutcome.At(r) != index.Won || c.db.ResWorks.At(r).Len()+c.db.ResPeople.At(r).Len() == 0 {
			continue
		}
		if c.text.catID.At(cat) == usual {
			return cat
		}
		if best < 0 {
			best = cat
		}
	}
	return best
}

func (u *untold) first(i int) {
	f := u.c.first(i)
	names := f.Subjects
	if len(names) == 0 {
		names = f.Works
	}
	subject := and(names)
	if subject == "" {
		subject = f.Claim
	}
	e := Event{Kind: "first", Subject: subject, Source: f.Source, Detail: []table.KV{{Key: "claim", Value: f.Claim}}}
	if len(f.Subjects) > 0 && len(f.Works) > 0 {
		e.Detail = append(e.Detail, table.KV{Key: "work", Value: and(f.Works)})
	}
	if f.Detail != "" {
		e.Detail = append(e.Detail, table.KV{Key: "detail", Value: f.Detail})
	}
	for _, told := range []string{subject, and(f.Works)} {
		if u.have["first/"+f.Claim+"/"+told] {
			return
		}
	}
	u.put("first/"+f.Claim+"/"+subject, f.Date, e)
}

func (u *untold) claim(i int) {
	cl := u.c.claim(i)
	e := Event{Kind: "claim", Subject: cl.Subject, Source: cl.Source,
		Detail: []table.KV{{Key: "predicate", Value: cl.Predicate}, {Key: "object", Value: cl.Object}}}
	if cl.Detail != "" {
		e.Detail = append(e.Detail, table.KV{Key: "detail", Value: cl.Detail})
	}
	id := u.c.db.Claims.Column("subject_id").At(i)
	if n := u.c.find(id, index.IsWork); n >= 0 {
		e.Works = []Entity{u.c.workEntity(n)}
	} else if n := u.c.find(id, index.IsPerson); n >= 0 {
		e.People = []Entity{u.c.personEntity(n)}
	}
	u.put("claim/"+cl.Subject+"/"+cl.Predicate+"/"+cl.Object, cl.Date, e)
}

func (u *untold) life(p int, kind, date string) {
	if len(date) != len(time.DateOnly) {
		return
	}
	e := Event{Kind: kind, Subject: u.c.text.perName.At(p), People: []Entity{u.c.personEntity(p)},
		Source: u.c.db.People.Column("source").At(p)}
	if known := list(u.c.text.perKnown.At(p)); len(known) > 0 {
		e.Detail = []table.KV{{Key: "known_for", Value: and(known)}}
	}
	u.put(kind+"/"+u.c.text.perID.At(p), date, e)
}

// and joins names as the happenings do: "A", "A and B", "A, B and C".
func and(names []string) string {
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}
