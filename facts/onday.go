package facts

import (
	"cmp"
	"slices"
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
	Kind          string // birth, death, premiere, release, ceremony, final, opening, election
	Subject       string
	Detail        []table.KV
	Works, People []Entity
	Confidence    string // "" is good
	Source        string
}

// OnDay lists what happened on a day, the best known first; single-source events come last. 29 February is a day of its
// own.
func (c *Corpus) OnDay(month time.Month, dayOfMonth int) []Event {
	want := uint32(int(month)*100 + dayOfMonth)
	from := sort.Search(c.db.HapDay.Len(), func(i int) bool { return c.db.HapDay.At(i) >= want })
	type ranked struct {
		Event
		weight int
	}
	var found []ranked
	for i := from; i < c.db.HapDay.Len() && c.db.HapDay.At(i) == want; i++ {
		e, fame := c.happening(i)
		found = append(found, ranked{e, fame})
	}
	slices.SortStableFunc(found, func(x, y ranked) int {
		return cmp.Or(cmp.Compare(len(x.Confidence), len(y.Confidence)), cmp.Compare(y.weight, x.weight),
			cmp.Compare(x.Year, y.Year))
	})
	out := make([]Event, len(found))
	for i := range found {
		out[i] = found[i].Event
	}
	return out
}

// happening is event i with its weight: what kind it is, and how well known those in it are.
func (c *Corpus) happening(i int) (Event, int) {
	t := &c.text
	e := Event{ID: t.hapID.At(i), Year: int(c.db.HapYear.At(i)), Kind: t.hapKind.At(i), Subject: t.hapSubject.At(i),
		Detail: details(t.hapFields.At(i)), Confidence: t.hapConfidence.At(i), Source: t.hapSource.At(i)}
	weight := 0
	switch e.Kind {
	case "ceremony", "final", "election":
		weight = 3000
	case "premiere", "opening":
		weight = 1500
	}
	for _, id := range list(t.hapWorks.At(i)) {
		if n := c.find(id, index.IsWork); n >= 0 {
			e.Works = append(e.Works, c.workEntity(n))
			weight += int(c.db.WorkFame.At(n))
		}
	}
	for _, id := range list(t.hapPeople.At(i)) {
		if n := c.find(id, index.IsPerson); n >= 0 {
			e.People = append(e.People, c.personEntity(n))
			weight += int(c.db.PerFame.At(n))
		}
	}
	return e, weight
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
