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
	b.contradicted(r, kept)
	return b.onePrize(r, about, kept)
}

// contradicted settles entries that one list gives as won and another as nominated: where the race has a winner that no
// list contradicts, they did not win.
func (b *builder) contradicted(r *race, kept []*entry) {
	sure := slices.ContainsFunc(kept, func(e *entry) bool { return e.outcome == table.Won && !e.both })
	for _, e := range kept {
		if e.both && sure && e.outcome == table.Won {
			b.report.note("%s: %s %s, %s: %s is won and nominated; taken as nominated", e.at, r.key.award, r.edition, r.key.category,
				strings.Join(append(slices.Clone(e.titles), e.names...), ", "))
			e.outcome = table.Nominated
		}
	}
}

// oneFor are races whose winners are works of one prize, though the tables do not name who received it.
var oneFor = map[string]bool{
	"cesar/2/Best Cinematography": true, "cesar/29/Best Editing": true, "cesar/34/Best Sound": true,
	"bafta-film/26/Best Cinematography": true, "bafta-film/26/Best Costume Design": true, "bafta-film/28/Best Screenplay": true,
	"bafta-film/29/Best Original Score": true, "critics-choice/6/Best Score": true, "critics-choice/8/Best Score": true,
	"critics-choice/8/Best Writer": true, "critics-choice/18/Favorite Film Franchise": true,
	"golden-globes/30/Best Motion Picture - Non-English Language": true, "razzies/39/Worst Screen Combo": true,
}

// onePrize makes one entry of the winning entries of one race that name the same people: a prize for several works is one
// prize. The Oscars write it in one row anyway, and two songs are two.
func (b *builder) onePrize(r *race, about string, kept []*entry) []*entry {
	all := oneFor[r.key.award+"/"+r.edition+"/"+r.key.category]
	var out []*entry
	for _, e := range kept {
		i := slices.IndexFunc(out, func(k *entry) bool {
			return k.outcome == table.Won && e.outcome == table.Won && (all || about == "person" && r.key.award != "academy-awards" &&
				len(e.works) > 0 && len(e.people) > 0 && sameIDs(k.people, e.people))
		})
		if i < 0 {
			out = append(out, e)
			continue
		}
		b.report.Merged++
		out[i].works = unique(append(out[i].works, e.works...))
		out[i].titles = append(out[i].titles, e.titles...)
		out[i].absorb(e)
	}
	return out
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

// absorb adds what the other knows to the entry.
func (e *entry) absorb(other *entry) {
	e.both = e.both || e.outcome != other.outcome
	if other.outcome == table.Won {
		e.outcome = table.Won
	}
	if len(e.people) == 0 {
		e.people, e.names, e.nameIDs, e.kinds = other.people, other.names, other.nameIDs, other.kinds
	}
	for _, kv := range other.detail {
		if e.value(kv.Key) == "" {
			e.detail = append(e.detail, kv)
		}
	}
	e.comment(other.note)
	if e.asThen == "" {
		e.asThen = other.asThen
	}
	e.unconfirmed = e.unconfirmed || other.unconfirmed // tables can copy one another
	e.untold, e.tie = e.untold && other.untold, e.tie || other.tie
	if other.source != "" && !strings.Contains(e.source, other.source) {
		e.source += "; " + other.source
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
	if shares(r) {
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
		b.report.note("%s: tie: %s %s, %s: %s", r.entries[0].at, r.key.award, r.edition, r.key.category,
			strings.Join(names, " | "))
	}
}

// sharedPrizes are prizes of voted awards that were given to several, without a tie.
var sharedPrizes = map[string]bool{
	"academy-awards/6/Best Assistant Director": true, "academy-awards/15/Best Documentary Feature": true,
	"emmys-primetime/9/Outstanding Comedy Series": true,
	// prizes for specials and for limited series, which the table has under one name
	"emmys-primetime/26/Outstanding Limited Series": true, "emmys-primetime/27/Outstanding Limited Series": true,
	"emmys-primetime/28/Outstanding Limited Series": true, "emmys-primetime/29/Outstanding Limited Series": true,
	"emmys-primetime/30/Outstanding Limited Series":                            true,
	"emmys-primetime/28/Outstanding Lead Actor in a Limited Series or Movie":   true,
	"emmys-primetime/28/Outstanding Lead Actress in a Limited Series or Movie": true,
	"emmys-primetime/29/Outstanding Lead Actor in a Limited Series or Movie":   true,
	"emmys-primetime/29/Outstanding Lead Actress in a Limited Series or Movie": true,
	"emmys-primetime/30/Outstanding Lead Actor in a Limited Series or Movie":   true,
	"emmys-primetime/30/Outstanding Lead Actress in a Limited Series or Movie": true,
}

// shares reports whether the winners of a race share the prize: juries let them, some prizes have several winners, and
// some races are several prizes of the time under one name of today.
func shares(r *race) bool {
	won := slices.DeleteFunc(slices.Clone(r.entries), func(e *entry) bool { return e.outcome != table.Won })
	if slices.ContainsFunc(won, func(e *entry) bool { return e.tie }) {
		return false
	}
	if specOf(r.key.award).jury || sharedPrizes[r.key.award+"/"+r.edition+"/"+r.key.category] {
		return true
	}
	if r.key.award == "golden-globes" && (strings.HasPrefix(r.key.category, "New Star") ||
		strings.HasSuffix(r.key.category, "Non-English Language")) {
		return true
	}
	names := map[string]bool{}
	for _, e := range won {
		names[e.asThen] = true
	}
	return len(names) == len(won) && r.key.award == "emmys-primetime"
}
