package raw

import (
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/facts/table"
)

// race is the entries of one award, edition and category.
type race struct {
	key     categoryID
	edition string
	entries []*entry
}

func (b *builder) races() []*race {
	type raceID struct {
		categoryID
		edition string
	}
	var order []*race
	by := map[raceID]*race{}
	for _, e := range b.entries {
		key := raceID{categoryID{e.spec.id, e.category}, e.edition}
		if by[key] == nil {
			by[key] = &race{key: key.categoryID, edition: e.edition}
			order = append(order, by[key])
		}
		by[key].entries = append(by[key].entries, e)
	}
	return order
}

// merge makes one entry of rows that say the same, and declares ties and shared prizes.
func (b *builder) merge() {
	races := b.races()
	multiple, total := map[categoryID]int{}, map[categoryID]int{}
	var kept []*entry
	for _, r := range races {
		r.entries = b.mergeRace(r)
		kept = append(kept, r.entries...)
		if won := count(r.entries, table.Won); won > 0 {
			total[r.key]++
			if won > 1 {
				multiple[r.key]++
			}
		}
	}
	b.entries = kept
	b.sharedCategories = map[categoryID]bool{}
	for key, n := range multiple {
		b.sharedCategories[key] = n >= 3 && n*2 >= total[key]
	}
	given := map[categoryID]bool{}
	for _, r := range races {
		given[r.key] = given[r.key] || total[r.key] > 0
	}
	for _, r := range races {
		b.declare(r, given[r.key])
	}
}

func count(entries []*entry, o table.Outcome) int {
	n := 0
	for _, e := range entries {
		if e.outcome == o {
			n++
		}
	}
	return n
}

func (b *builder) mergeRace(r *race) []*entry {
	about := ""
	if c := b.categories[r.key]; c != nil {
		about = c.About
	}
	var kept []*entry
	for _, e := range r.entries {
		i := slices.IndexFunc(kept, func(k *entry) bool { return sameResult(k, e, about) })
		if i < 0 {
			kept = append(kept, e)
			continue
		}
		b.report.Merged++
		kept[i].absorb(e)
	}
	return kept
}

// sameResult reports whether two entries of one race say the same. Two songs of one film are two; engineers honoured twice
// in a night are honoured twice.
func sameResult(a, e *entry, about string) bool {
	if strings.HasPrefix(a.category, "Scientific") || a.value("song") != e.value("song") || !sameIDs(a.works, e.works) {
		return false
	}
	if sameIDs(a.people, e.people) {
		return true
	}
	one := len(a.people) == 0 || len(e.people) == 0
	if len(a.works) == 0 {
		return false
	}
	return one && (about == "work" || a.outcome == table.Won && e.outcome == table.Won)
}

func (e *entry) value(key string) string {
	for _, kv := range e.detail {
		if kv.Key == key {
			return kv.Value
		}
	}
	return ""
}

func sameIDs(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for _, x := range a {
		if !slices.Contains(b, x) {
			return false
		}
	}
	return true
}

// absorb adds what e knows to the entry.
func (k *entry) absorb(e *entry) {
	if e.outcome == table.Won {
		k.outcome = table.Won
	}
	if len(k.people) == 0 {
		k.people, k.names, k.nameIDs, k.kinds = e.people, e.names, e.nameIDs, e.kinds
	}
	for _, kv := range e.detail {
		if k.value(kv.Key) == "" {
			k.detail = append(k.detail, kv)
		}
	}
	k.comment(e.note)
	if k.asThen == "" {
		k.asThen = e.asThen
	}
	k.unconfirmed = k.unconfirmed && e.unconfirmed
	k.untold, k.tie = k.untold && e.untold, k.tie || e.tie
	if e.source != "" && !strings.Contains(k.source, e.source) {
		k.source += "; " + e.source
	}
}

// declare writes on the winners of a race that they tied or shared, and on its first nominee that the winner is unknown.
func (b *builder) declare(r *race, given bool) {
	won := count(r.entries, table.Won)
	if won == 0 {
		if given && count(r.entries, table.None) == 0 && count(r.entries, table.Special) == 0 {
			if i := slices.IndexFunc(r.entries, func(e *entry) bool { return e.outcome == table.Nominated }); i >= 0 {
				r.entries[i].add(table.DetailWinner, "unknown")
				b.report.note("%s: %s %s, %s has no winner", r.entries[i].at, r.key.award, r.edition, r.key.category)
			}
		}
		return
	}
	if won == 1 || b.sharedCategories[r.key] {
		for _, e := range r.entries {
			if e.tie && won == 1 {
				b.report.note("%s: a tie of one", e.at)
			}
		}
		return
	}
	how := table.DetailTie
	if specOf(r.key.award).jury && !slices.ContainsFunc(r.entries, func(e *entry) bool { return e.tie }) {
		how = table.DetailShared
	}
	var names []string
	for _, e := range r.entries {
		if e.outcome == table.Won {
			e.add(how, "yes")
			names = append(names, strings.Join(append(slices.Clone(e.titles), e.names...), ", "))
		}
	}
	if how == table.DetailTie {
		b.report.note("%s: tie: %s %s, %s: %s", r.entries[0].at, r.key.award, r.edition, r.key.category, strings.Join(names, " | "))
	}
}
