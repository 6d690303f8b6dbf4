package table

import (
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/facts/fold"
)

// people looks up whom a row names, and makes those who are new. It is false where a fault was found.
func (m *merger) people(award *Award, e *Edition, category *Category, in *incoming) ([]Ref, bool) {
	refs, ok := make([]Ref, 0, len(in.people)), true
	for _, typed := range in.people {
		ref, good := m.person(award, e, category, in, typed)
		ok = ok && good
		if !slices.Contains(refs, ref) { // two departments of one studio
			refs = append(refs, ref)
		}
	}
	if len(refs) == 0 {
		return nil, ok
	}
	return refs, ok
}

func (m *merger) person(award *Award, e *Edition, category *Category, in *incoming, typed Ref) (Ref, bool) {
	if typed.ID != "" {
		if p := m.look.person(typed.ID); p != nil {
			return m.namedPerson(p, in, typed)
		}
		if typed.Name == "" {
			m.fault(in.pos, "people", "write the name beside the ID", "there is no person %q yet, and no name", typed.ID)
			return typed, false
		}
		// A source that now gives an ID to somebody whom ours knew by name only, at the same award.
		if p := m.look.person(PersonID(typed.Name)); p != nil && m.names.at(p.ID, award.ID) {
			return Ref{p.ID, p.Name}, true
		}
		return m.newPerson(typed.ID, in, category, typed.Name), true
	}
	if typed.Name == "" {
		m.fault(in.pos, "people", "remove the ; too many", "an empty name")
		return typed, false
	}
	ids := m.names.people[fold.String(typed.Name)]
	ids = m.names.narrow(ids, award.ID, func(id string) bool { return m.names.kindred(id, award) })
	ids = m.inRace(ids, e, category, in.found, func(r *Result) []Ref { return r.People })
	ids = canonical(ids, typed.Name, func(id string) string { return m.look.person(id).Name })
	switch len(ids) {
	case 0:
		if p := m.look.person(PersonID(typed.Name)); p != nil {
			return Ref{p.ID, p.Name}, true
		}
		return m.newPerson(PersonID(typed.Name), in, category, typed.Name), true
	case 1:
		return Ref{ids[0], m.look.person(ids[0]).Name}, true
	}
	if id := PersonID(typed.Name); in.trusted && slices.Contains(ids, id) { // whom the published file has no ID for
		return Ref{id, m.look.person(id).Name}, true
	}
	m.fault(in.pos, "people", "give the ID", "%q can be %s", typed.Name, strings.Join(ids, " or "))
	return typed, false
}

// namedPerson is p, when the name beside the ID can be p's. A new spelling is learned as an alias.
func (m *merger) namedPerson(p *Person, in *incoming, typed Ref) (Ref, bool) {
	switch {
	case typed.Name == "" || sameName(typed.Name, p.Name, p.Aliases):
	case alike(typed.Name, p.Name, p.Aliases):
		p.Aliases = append(slices.Clip(p.Aliases), typed.Name)
		m.names.addPerson(p)
	case in.trusted:
		if ids := m.names.people[fold.String(typed.Name)]; len(ids) == 1 { // we know better whose the name is
			p = m.look.person(ids[0])
		}
	default:
		m.fault(in.pos, "person_ids", "correct the ID, or add the name to the aliases in a table people-….tsv",
			"%s is %s, and the row says %q", p.ID, p.Name, typed.Name)
		return typed, false
	}
	return Ref{p.ID, p.Name}, true
}

func (m *merger) newPerson(id string, in *incoming, category *Category, name string) Ref {
	p := Person{Pos: in.pos, ID: id, Name: name, Kind: "person", Source: in.source}
	if category.About == "team" {
		p.Kind = "team"
	}
	if strings.HasPrefix(id, "co") {
		p.Kind = "group"
	}
	m.look.people[id] = len(m.set.People)
	m.set.People = append(m.set.People, p)
	m.names.addPerson(&p)
	m.created("person", id)
	return Ref{id, name}
}

// works looks up the works of a row, and makes those that are new. It is false where a fault was found.
func (m *merger) works(award *Award, e *Edition, category *Category, in *incoming) ([]Ref, bool) {
	refs, ok := make([]Ref, 0, len(in.works)), true
	for _, typed := range in.works {
		ref, good := m.work(award, e, category, in, typed)
		ok = ok && good
		if !slices.Contains(refs, ref) { // two departments of one studio
			refs = append(refs, ref)
		}
	}
	if len(refs) == 0 {
		return nil, ok
	}
	return refs, ok
}

func (m *merger) work(award *Award, e *Edition, category *Category, in *incoming, typed Ref) (Ref, bool) {
	year := in.honoured
	if year == "" {
		year = digits4(e.Year)
	}
	if typed.ID != "" {
		if w := m.look.work(typed.ID); w != nil {
			return m.titledWork(w, in, typed)
		}
	}
	if typed.Name == "" {
		m.fault(in.pos, "work", "write the title", "there is no work %q yet, and no title", typed.ID)
		return typed, false
	}
	ids := slices.Clone(m.names.works[fold.String(typed.Name)])
	ids = slices.DeleteFunc(ids, func(id string) bool {
		// With an ID of its own the row can only mean a work that has none yet.
		return !ofTime(m.look.work(id).Year, year) || typed.ID != "" && !strings.HasPrefix(id, "w-")
	})
	ids = m.names.narrow(ids, award.ID, func(string) bool { return true })
	ids = m.inRace(ids, e, category, nil, func(r *Result) []Ref { return r.Works })
	ids = canonical(ids, typed.Name, func(id string) string { return m.look.work(id).Title })
	switch {
	case len(ids) == 1:
		return Ref{ids[0], m.look.work(ids[0]).Title}, true
	case len(ids) > 1:
		m.fault(in.pos, "work", "give the ID", "%q can be %s", typed.Name, strings.Join(ids, " or "))
		return typed, false
	}
	id := typed.ID
	if id == "" {
		id = WorkID(typed.Name, year)
	}
	if w := m.look.work(id); w != nil {
		return Ref{w.ID, w.Title}, true
	}
	m.look.works[id] = len(m.set.Works)
	m.set.Works = append(m.set.Works, Work{Pos: in.pos, ID: id, Title: typed.Name, Year: year, Source: in.source})
	m.names.addWork(&m.set.Works[len(m.set.Works)-1])
	m.created("work", id)
	return Ref{id, typed.Name}, true
}

// inRace keeps, of several namesakes, those in the race with the same work, else those in the race, else those at the
// edition: a name alone joins within one award and year.
func (m *merger) inRace(ids []string, e *Edition, category *Category, works []Ref, refs func(*Result) []Ref) []string {
	if len(ids) < 2 {
		return ids
	}
	var row, race, edition []string
	keep := func(list *[]string, id string) {
		if !slices.Contains(*list, id) {
			*list = append(*list, id)
		}
	}
	for i := range m.set.Results {
		r := &m.set.Results[i]
		if r.Award != e.Award || r.Edition != e.ID {
			continue
		}
		for _, ref := range refs(r) {
			if !slices.Contains(ids, ref.ID) {
				continue
			}
			keep(&edition, ref.ID)
			if r.Category == category.ID {
				keep(&race, ref.ID)
			}
			if r.Category == category.ID && len(works) > 0 && sameRefs(r.Works, works) {
				keep(&row, ref.ID)
			}
		}
	}
	for _, list := range [][]string{row, race, edition} {
		if len(list) > 0 {
			return list
		}
	}
	return ids
}

// canonical keeps, of several namesakes, the only one whose own name it is and not another name.
func canonical(ids []string, typed string, name func(id string) string) []string {
	own := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !sameName(typed, name(id), nil) })
	if len(own) == 1 {
		return own
	}
	return ids
}

// titledWork is w, when the title beside the ID can be w's. A new spelling is learned as an alias.
func (m *merger) titledWork(w *Work, in *incoming, typed Ref) (Ref, bool) {
	switch {
	case typed.Name == "" || sameName(typed.Name, w.Title, w.Aliases):
	case alike(typed.Name, w.Title, w.Aliases):
		w.Aliases = append(slices.Clip(w.Aliases), typed.Name)
		m.names.addWork(w)
	case in.trusted: // another title of the film
	default:
		m.fault(in.pos, "work_ids", "correct the ID, or add the title to the aliases in a table works-….tsv",
			"%s is %s, and the row says %q", w.ID, w.Title, typed.Name)
		return typed, false
	}
	return Ref{w.ID, w.Title}, true
}

// ofTime reports whether a work of the year (2024, 1927/28, or unknown) can be honoured for the other.
func ofTime(year, honoured string) bool {
	const apart = 2
	a, b, ok := parseYears(year)
	x, y, ok2 := parseYears(honoured)
	return !ok || !ok2 || a-apart <= y && x <= b+apart
}

// alike reports whether a name shares a word of three letters with one of the names: another spelling, not another
// person under a wrong ID.
func alike(typed, name string, aliases []string) bool {
	words := fold.Words(typed)
	return slices.ContainsFunc(append([]string{name}, aliases...), func(n string) bool {
		for _, w := range fold.Words(n) {
			if len(w) >= 3 && w != "the" && w != "and" && slices.Contains(words, w) {
				return true
			}
		}
		return false
	})
}
