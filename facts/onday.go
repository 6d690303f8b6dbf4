package facts

import (
	"sort"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/facts/index"
	"github.com/whowon-bot/whowon/facts/table"
)

// Event is something that happened on a day of the year.
type Event struct {
	ID            string
	Year          int
	Month         time.Month
	Day           int
	Kind          string // birth, death, premiere, release, ceremony, final, opening, election, first, claim
	Subject       string
	Detail        []table.KV
	Works, People []Entity
	Confidence    string // "" and "high" are good
	Source        string
	Query         string // a question about it that Ask answers; of events of Day and EventByID only, "" where there is none
}

// Sure reports whether nothing is known against an event: it rests on more than one source, or on a good one.
func (e *Event) Sure() bool { return e.Confidence == "" || e.Confidence == "high" }

// DayQuery asks for what is worth telling on a civil date.
type DayQuery struct {
	Year   int // anniversaries are counted to it, and what came later is left out
	Month  time.Month
	Day    int
	Topics []string // keys of Topics; what is of any of them is told, and everything where there is none
	Not    []string // IDs of events that must not lead, as long as there is another
}

// Day lists what is worth telling on a date, best first: what weighs most and has a round anniversary, but no more than two
// of a kind and one about the same person or work of a year before there is anything else, and what is of the year itself
// last. What is not sure is left out, and so is what there is nothing more to ask about. On 28 February of a common year the
// events of the 29th come with it. It is nil for what is no date.
func (c *Corpus) Day(q DayQuery) []Event {
	if q.Month < time.January || q.Month > time.December || q.Day < 1 || q.Day > 31 {
		return nil
	}
	wanted := c.wanted(q.Topics)
	var buf [64]ranked
	found := c.days().rank(buf[:0], q.Month, q.Day, q.Year, wanted)
	if q.Month == time.February && q.Day == 28 && !leap(q.Year) {
		found = c.days().rank(found, time.February, 29, q.Year, wanted)
	}
	arrange(found)
	leadOther(found, q.Not)
	out := make([]Event, len(found))
	for i, r := range found {
		out[i] = r.Event
	}
	return out
}

func leap(year int) bool { return year%4 == 0 && year%100 != 0 || year%400 == 0 }

// EventByID is an event that Day may list. It goes through the rows.
func (c *Corpus) EventByID(id string) (Event, bool) {
	if i := numberOf(c.text.hapID, c.db.Happenings.N, id); i >= 0 {
		e := c.happening(i)
		return c.days().prepare(e).Event, true
	}
	return c.days().added(id)
}

// happening is event i.
func (c *Corpus) happening(i int) Event {
	t := &c.text
	monthDay := int(c.db.HapDay.At(i))
	e := Event{ID: t.hapID.At(i), Year: int(c.db.HapYear.At(i)), Month: time.Month(monthDay / 100), Day: monthDay % 100,
		Kind: t.hapKind.At(i), Subject: t.hapSubject.At(i), Detail: details(t.hapFields.At(i)),
		Confidence: t.hapConfidence.At(i), Source: t.hapSource.At(i)}
	for _, id := range list(t.hapWorks.At(i)) {
		if n := c.find(id, index.IsWork); n >= 0 {
			e.Works = append(e.Works, c.workEntity(n))
		}
	}
	for _, id := range list(t.hapPeople.At(i)) {
		if n := c.find(id, index.IsPerson); n >= 0 {
			e.People = append(e.People, c.personEntity(n))
		}
	}
	return e
}

// kind is the kind of an event, where a claim is told as what it claims.
func (e *Event) kind() string {
	switch e.field("predicate") {
	case "record":
		return "first"
	case "world premiere":
		return "premiere"
	}
	return e.Kind
}

// field is a value of an event's detail by its key, "" where there is none.
func (e *Event) field(key string) string {
	for _, kv := range e.Detail {
		if kv.Key == key {
			return kv.Value
		}
	}
	return ""
}

// find is the number of a work or person by its ID; both tables are sorted by it. -1 where there is none.
func (c *Corpus) find(id string, sortOf index.Sort) int {
	ids, n := c.text.workID, c.db.Works.N
	if sortOf == index.IsPerson {
		ids, n = c.text.perID, c.db.People.N
	}
	i := sort.Search(n, func(i int) bool { return ids.At(i) >= id })
	if i < n && ids.At(i) == id {
		return i
	}
	return -1
}

// Fact is one thing worth telling: exactly one of its fields is set.
type Fact struct {
	Race  *Race
	First *First
	Claim *Claim
	Event *Event

	// By ID only:
	Person  *Person
	Work    *Work
	Edition *Edition
}

// Fact picks a fact at random, the same for the same seed, about a topic that Ask understands (an award, category, person
// or work; "" is any). False where nothing is known of the topic.
func (c *Corpus) Fact(topic string, seed uint64, now time.Time) (Fact, bool) {
	if strings.TrimSpace(topic) == "" {
		return c.anyFact(seed), true
	}
	a := c.Ask(topic, now)
	var pool []Fact
	for i := range a.Races {
		if len(a.Races[i].Winners)+len(a.Races[i].Mine) > 0 {
			pool = append(pool, Fact{Race: &a.Races[i]})
		}
	}
	for i := range a.Firsts {
		pool = append(pool, Fact{First: &a.Firsts[i]})
	}
	for i := range a.Claims {
		pool = append(pool, Fact{Claim: &a.Claims[i]})
	}
	if len(pool) == 0 || !a.Kind.Found() {
		return Fact{}, false
	}
	return pool[mix(seed)%uint64(len(pool))], true
}

// anyFact is a curated first one time in three, else a well-known race.
func (c *Corpus) anyFact(seed uint64) Fact {
	n := mix(seed)
	if n%3 == 0 && c.db.Firsts.N > 0 {
		f := c.first(int(mix(n) % uint64(c.db.Firsts.N)))
		return Fact{First: &f}
	}
	for {
		n = mix(n)
		r := int(n % uint64(c.db.Results.N))
		cat := int(c.db.ResCat.At(r))
		if c.db.ResOutcome.At(r) == index.Won && c.db.CatRank.At(cat) <= 1 && c.text.resUnsure.At(r) == "" {
			race := c.race(int(c.db.ResEdition.At(r)), cat, true)
			return Fact{Race: &race}
		}
	}
}

// mix spreads a seed (the finaliser of splitmix64).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
