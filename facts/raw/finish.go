package raw

import (
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/facts/table"
)

// finishPeople turns the people into rows.
func (b *builder) finishPeople(births *sheet) {
	born := map[string]string{}
	for _, l := range births.rows {
		born[l.get("imdb_id")] = l.get("birth_date")
	}
	for _, id := range sorted(b.people) {
		p := b.people[id]
		a := b.aboutPerson(p)
		best := 0
		for _, name := range sorted(p.names) {
			if p.names[name] > best {
				p.row.Name, best = name, p.names[name]
			}
		}
		if a != nil {
			a.used = true
			p.row.Name = accented(a.canonical, sorted(p.names))
			p.row.Family, p.row.Sex, p.row.Born, p.row.Died = a.family, a.sex, a.born, a.died
			p.row.Country, p.row.KnownFor, p.row.Confidence = a.country, a.known, a.confidence
			p.row.Aliases = append(p.row.Aliases, a.name)
			p.row.Aliases = append(p.row.Aliases, a.aliases...)
		}
		if p.row.Born == "" && born[id] != "" {
			p.row.Born = born[id]
		}
		p.row.Name = strings.TrimSpace(p.row.Name)
		p.row.Aliases = without(distinct(append(p.row.Aliases, sorted(p.names)...)), p.row.Name)
		if apart := b.aparts[id]; apart != "" {
			p.row.Apart = apart
		}
		for i, k := range p.row.KnownFor {
			p.row.KnownFor[i] = b.knownTitle(strings.TrimSpace(k))
		}
		b.set.People = append(b.set.People, p.row)
	}
	for _, a := range b.about {
		if !a.used {
			b.report.Unused++
		}
	}
}

// knownTitle is the title of the one work of that name in our spelling, else the title as it is.
func (b *builder) knownTitle(title string) string {
	found := ""
	for _, w := range b.byTitle[fold.String(title)] {
		if fold.String(w.canon) == fold.String(title) {
			found = w.canon
		}
	}
	if found != "" {
		return found
	}
	return title
}

// aboutPerson is the row of people.tsv on somebody: by ID, or by name where no source gives an ID.
func (b *builder) aboutPerson(p *person) *about {
	if a := b.aboutID[p.id]; a != nil {
		return a
	}
	if !strings.HasPrefix(p.id, "p-") || p.row.Kind != "person" || b.ownGroups[p.id] != "screen" {
		return nil
	}
	var found *about
	for _, name := range sorted(p.names) {
		if a := b.aboutName[fold.String(name)]; a != nil {
			found = a
		}
	}
	return found
}

// accented is the spelling with the most letters beyond ASCII of a name that is otherwise the same ("Miloš Forman").
func accented(name string, spellings []string) string {
	best := len(name) - len([]rune(name))
	for _, s := range spellings {
		if n := len(s) - len([]rune(s)); n > best && fold.String(s) == fold.String(name) {
			name, best = s, n
		}
	}
	return name
}

// finishResults turns the entries into rows.
func (b *builder) finishResults() {
	names, titles := map[string]string{}, map[string]string{}
	for i := range b.set.People {
		names[b.set.People[i].ID] = b.set.People[i].Name
	}
	for i := range b.set.Works {
		titles[b.set.Works[i].ID] = b.set.Works[i].Title
	}
	order := map[string]int{}
	for i, ed := range b.set.Editions {
		order[ed.Award+"/"+ed.ID] = i
	}
	slices.SortStableFunc(b.entries, func(x, y *entry) int {
		return order[x.spec.id+"/"+x.edition] - order[y.spec.id+"/"+y.edition]
	})
	var ids table.IDs
	for _, e := range b.entries {
		c := b.categories[categoryID{e.spec.id, e.category}]
		r := table.Result{Award: e.spec.id, Edition: e.edition, Category: e.category, AsThen: e.asThen, Outcome: e.outcome,
			Detail: e.detail, Note: e.note, Others: e.others, Unconfirmed: e.unconfirmed, Source: e.source}
		for _, id := range e.works {
			r.Works = append(r.Works, table.Ref{ID: id, Name: titles[id]})
		}
		for _, id := range e.people {
			r.People = append(r.People, table.Ref{ID: id, Name: names[id]})
		}
		r.Trivia = c.Trivia && !e.unconfirmed && !e.untold && e.outcome != table.None &&
			(e.outcome == table.Won || embedded[e.spec.id])
		r.ID = ids.Result(c, r.Edition, table.Names(r.Works), table.Names(r.People))
		b.set.Results = append(b.set.Results, r)
	}
	b.report.Entries = len(b.set.Results)
}

// embedded are the awards whose nominees are complete enough for questions; of the others only winners are.
var embedded = map[string]bool{"academy-awards": true, "golden-globes": true, "bafta-film": true, "cannes": true}

// tidy drops what nothing refers to, and brings all text into the form that tables can hold.
func (b *builder) tidy() {
	s := b.set
	used := map[string]bool{}
	for i := range s.Results {
		for _, ref := range slices.Concat(s.Results[i].Works, s.Results[i].People) {
			used[ref.ID] = true
		}
	}
	for i := range s.Works {
		for j, ref := range s.Works[i].Cast {
			if ref.ID != "" && b.people[ref.ID] == nil {
				s.Works[i].Cast[j].ID = ""
			}
			used[ref.ID] = true
		}
	}
	for i := range s.Happenings {
		for _, id := range slices.Concat(s.Happenings[i].Works, s.Happenings[i].People) {
			used[id] = true
		}
	}
	for i := range s.Claims {
		used[s.Claims[i].SubjectID] = true
	}
	s.People = slices.DeleteFunc(s.People, func(p table.Person) bool { return !used[p.ID] })
	s.Works = slices.DeleteFunc(s.Works, func(w table.Work) bool { return !used[w.ID] })
	days := map[[2]int]bool{}
	for _, h := range s.Happenings {
		days[[2]int{h.Month, h.Day}] = true
	}
	b.report.Days = len(days)
}

// indexResults prepares what the happenings look up.
func (b *builder) indexResults() {
	b.byEdition, b.nobelNames, b.pages = map[editionID][]*table.Result{}, map[string]string{}, map[string]string{}
	for i := range b.set.Results {
		r := &b.set.Results[i]
		key := editionID{r.Award, r.Edition}
		b.byEdition[key] = append(b.byEdition[key], r)
		if r.Award == "nobel-prize" {
			for _, p := range r.People {
				b.nobelNames[fold.String(p.Name)] = p.ID
			}
		}
	}
	for _, l := range b.tables["film/casts.tsv"].rows {
		b.pages[l.get("wikipedia_page")] = l.get("imdb_id")
	}
}
