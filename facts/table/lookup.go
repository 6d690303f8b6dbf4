package table

import (
	"strings"

	"github.com/whowon-bot/whowon/facts/fold"
)

// lookup finds the rows of a set by ID. Of rows with one ID it knows the first. It holds indexes, so it stays right while
// rows are appended to the set.
type lookup struct {
	set        *Set
	awards     map[string]int
	categories map[categoryKey]int
	editions   map[editionKey]int
	people     map[string]int
	works      map[string]int
}

type categoryKey struct{ award, category string }

func newLookup(s *Set) *lookup {
	l := &lookup{
		set: s, awards: make(map[string]int, len(s.Awards)), categories: make(map[categoryKey]int, len(s.Categories)),
		editions: make(map[editionKey]int, len(s.Editions)), people: make(map[string]int, len(s.People)),
		works: make(map[string]int, len(s.Works)),
	}
	for i := range s.Awards {
		note(l.awards, s.Awards[i].ID, i)
	}
	for i := range s.Categories {
		note(l.categories, categoryKey{s.Categories[i].Award, s.Categories[i].ID}, i)
	}
	for i := range s.Editions {
		note(l.editions, editionKey{s.Editions[i].Award, s.Editions[i].ID}, i)
	}
	for i := range s.People {
		note(l.people, s.People[i].ID, i)
	}
	for i := range s.Works {
		note(l.works, s.Works[i].ID, i)
	}
	return l
}

func note[K comparable](m map[K]int, key K, i int) {
	if _, ok := m[key]; !ok {
		m[key] = i
	}
}

// at is the row that m has under key, nil where there is none. The pointer is good until rows are appended.
func at[K comparable, R any](m map[K]int, key K, rows []R) *R {
	if i, ok := m[key]; ok {
		return &rows[i]
	}
	return nil
}

func (l *lookup) award(id string) *Award { return at(l.awards, id, l.set.Awards) }

func (l *lookup) category(award, id string) *Category {
	return at(l.categories, categoryKey{award, id}, l.set.Categories)
}

func (l *lookup) edition(award, id string) *Edition {
	return at(l.editions, editionKey{award, id}, l.set.Editions)
}

func (l *lookup) person(id string) *Person { return at(l.people, id, l.set.People) }
func (l *lookup) work(id string) *Work     { return at(l.works, id, l.set.Works) }

// subject reports whether id names a work, a person or an edition ("cannes/77").
func (l *lookup) subject(id string) bool {
	if l.work(id) != nil || l.person(id) != nil {
		return true
	}
	award, edition, ok := strings.Cut(id, "/")
	return ok && l.edition(award, edition) != nil
}

// sameName reports whether typed is one of the names, give or take accents, case and punctuation.
func sameName(typed, name string, aliases []string) bool {
	if typed == name {
		return true
	}
	f := fold.String(typed)
	if f == "" {
		return false
	}
	if fold.String(name) == f {
		return true
	}
	for _, a := range aliases {
		if a == typed || fold.String(a) == f {
			return true
		}
	}
	return false
}
