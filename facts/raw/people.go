package raw

import (
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/facts/table"
)

// person is somebody while the tables are being read.
type person struct {
	id    string
	row   table.Person
	names map[string]int // spellings of results, with how often they stand there
}

// about is a row of people.tsv.
type about struct {
	id, name, canonical, family, sex, born, died, country, confidence string
	aliases, known                                                    []string
	used                                                              bool
}

func (b *builder) readPeople(sh *sheet) error {
	if err := sh.need("person_id", "name", "canonical_name", "aliases", "family_name", "sex", "born", "died"); err != nil {
		return err
	}
	for _, l := range sh.rows {
		a := &about{
			id: l.get("person_id"), name: l.get("name"), canonical: l.get("canonical_name"), family: l.get("family_name"),
			sex: l.get("sex"), born: l.get("born"), died: l.get("died"), country: l.get("country"),
			confidence: l.get("confidence"), aliases: list(l.get("aliases")), known: list(l.get("known_for")),
		}
		if a.canonical == "" {
			a.canonical = a.name
		}
		b.about = append(b.about, a)
		if a.id != "" {
			b.aboutID[a.id] = a
		} else {
			b.aboutName[fold.String(a.name)] = a
			note(b.aboutName, fold.String(a.canonical), a)
		}
	}
	return nil
}

func note[K comparable, V any](m map[K]V, k K, v V) {
	if _, ok := m[k]; !ok {
		m[k] = v
	}
}

// resolvePeople gives every name of the entries the ID of a person.
func (b *builder) resolvePeople() {
	ids := map[string]map[string]bool{} // by folded name: the IDs that results give it
	mark := func(name, id string) {
		f := fold.String(name)
		if ids[f] == nil {
			ids[f] = map[string]bool{}
		}
		ids[f][id] = true
	}
	for _, e := range b.entries {
		for i, name := range e.names {
			if id := b.splitID(e, name, e.nameIDs[i]); id != "" {
				e.nameIDs[i] = id
				mark(name, id)
				if engineering().MatchString(e.category) {
					b.engineers[id] = true
				}
			}
		}
	}
	for _, a := range b.about {
		if a.id != "" {
			mark(a.name, a.id)
			mark(a.canonical, a.id)
		}
	}
	b.nameIDs = ids
	for _, e := range b.entries {
		e.people = make([]string, len(e.names))
		for i, name := range e.names {
			e.people[i] = b.personOf(e, name, e.nameIDs[i], e.kinds[i])
		}
		e.people = unique(e.people)
	}
}

func unique(ids []string) []string {
	var out []string
	for _, id := range ids {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// engineering are the prizes that engineers get.
var engineering = form(`(^Scientific)|Visual Effects|Sound|Engineering Effects|Sawyer|Bonner|Technical`)

// personOf finds or makes the person whom an entry names.
func (b *builder) personOf(e *entry, written, id, kind string) string {
	name, also, apart := nameParts(e, written)
	switch {
	case strings.HasPrefix(id, "co"):
		kind = "group"
	case id == "" && kind == "person":
		id = b.joined(e, name)
	case id == "" && kind == "group" && e.spec.group == "screen":
		for company := range b.nameIDs[fold.String(name)] {
			if strings.HasPrefix(company, "co") {
				id = company
			}
		}
	}
	group := e.group()
	if kind != "person" {
		group = kind
	}
	if kind == "group" { // a company is the same company wherever it is named
		group = "screen"
	}
	if id == "" {
		if a := b.aboutName[fold.String(name)]; a != nil && kind == "person" && (group == "screen" || group == "culture") {
			name = a.canonical
		}
		id = b.ownID(name, group, e)
	}
	p := b.people[id]
	if p == nil {
		p = &person{id: id, names: map[string]int{}}
		p.row = table.Person{ID: id, Kind: kind, Apart: apart, Source: e.source}
		b.people[id] = p
	}
	if kind == "group" && p.row.Kind == "person" {
		p.row.Kind = kind
	}
	p.names[name]++
	for _, a := range also {
		if !slices.Contains(p.row.Aliases, a) {
			p.row.Aliases = append(p.row.Aliases, a)
		}
	}
	return id
}

// ownID is the ID of somebody without one of a source. One name in two fields is two people, unless sameFields says that
// it is one.
func (b *builder) ownID(name, group string, e *entry) string {
	if group == "culture" {
		group = "screen"
	}
	id := table.PersonID(name)
	if b.splits[splitKey{fold.String(name), e.group()}] != "" {
		return b.splits[splitKey{fold.String(name), e.group()}]
	}
	taken := b.ownGroups[id]
	if taken == "" {
		b.ownGroups[id] = group
	}
	if taken == "" || taken == group || samePerson[fold.String(name)] {
		return id
	}
	other := id + "-" + fold.Slug(group)
	if b.ownGroups[other] == "" {
		b.report.note("%s: %s (%s) is taken for another than %s (%s)", e.at, name, group, id, b.ownGroups[id])
	}
	b.ownGroups[other] = group
	return other
}

// samePerson are people whom two fields know: they are one person in spite of it.
var samePerson = map[string]bool{"linus pauling": true, "donald trump": true, "theodore roosevelt": true,
	"woodrow wilson": true, "jimmy carter": true, "barack obama": true, "ronald reagan": true, "george w bush": true}

// group is the field of an entry, within which a name alone names one person.
func (e *entry) group() string {
	if e.spec.id == "nobel-prize" && (e.category == "Literature" || e.category == "Peace") {
		return "culture"
	}
	return e.spec.group
}

type splitKey struct{ name, group string }

// joined finds the one person with an ID of a source whom a name without one can mean.
func (b *builder) joined(e *entry, name string) string {
	f := fold.String(name)
	if id := b.splits[splitKey{f, e.spec.id}]; id != "" {
		return id
	}
	if g := e.group(); g != "screen" && g != "culture" {
		return ""
	}
	if id, ok := b.namesake(e, f); ok {
		return id
	}
	ids := b.nameIDs[f]
	if len(ids) == 0 {
		if a := b.aboutName[f]; a != nil && fold.String(a.canonical) != f {
			ids = b.nameIDs[fold.String(a.canonical)]
		}
	}
	switch {
	case len(ids) == 1:
		for id := range ids {
			if e.group() == "culture" && !b.joinedOnce[id] {
				b.joinedOnce[id] = true
				b.report.note("%s: %s of %s is taken for %s", e.at, name, e.spec.id, id)
			}
			return id
		}
	case len(ids) > 1:
		if id := b.onSameWork(e, ids); id != "" {
			return id
		}
		b.report.note("%s: %s can be %s; given an id of our own", e.at, name, strings.Join(sorted(ids), " or "))
	}
	return ""
}

// onSameWork is the one of ids that another entry names for a work of e.
func (b *builder) onSameWork(e *entry, ids map[string]bool) string {
	found := ""
	for _, w := range e.titleIDs {
		for _, other := range b.byWork[w] {
			for _, id := range other.nameIDs {
				if w != "" && ids[id] {
					if found != "" && found != id {
						return ""
					}
					found = id
				}
			}
		}
	}
	return found
}

func sorted[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
