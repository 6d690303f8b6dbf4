package raw

import (
	"regexp"
	"slices"
	"strconv"
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
		a := b.aboutID[id]
		if a == nil && strings.HasPrefix(id, "p-") && p.row.Kind == "person" && b.ownGroups[id] == "screen" {
			for _, name := range sorted(p.names) {
				if found := b.aboutName[fold.String(name)]; found != nil {
					a = found
				}
			}
			if a == b.aboutName["robert young"] && id != "p-robert-young" {
				a = nil
			}
		}
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

var tvCategory = regexp.MustCompile(`Television|Series|Limited`)

// finishWorks turns the works into rows, with casts.
func (b *builder) finishWorks(casts *sheet) {
	cast := map[string]*line{}
	for _, l := range casts.rows {
		cast[l.get("imdb_id")] = l
	}
	actors := b.actors()
	for _, id := range sorted(b.works) {
		w := b.works[id]
		row := table.Work{ID: id, Title: w.canon, StrictNot: distinct(w.strict), Source: w.source}
		row.Aliases = without(distinct(w.aliases), row.Title)
		row.Year = b.released(w)
		if l := cast[id]; l != nil {
			row.Year = l.get("year")
			if !strings.Contains(row.Source, l.get("source")) {
				row.Source += "; " + l.get("source")
			}
			for _, name := range list(l.get("cast")) {
				row.Cast = append(row.Cast, b.castRef(w, name, actors))
			}
		}
		row.Apart = apartOf(b.sameTitles[fold.String(row.Title)], w)
		b.set.Works = append(b.set.Works, row)
	}
	b.tellApart()
}

// tellApart says of works of one title what they are.
func (b *builder) tellApart() {
	titles := map[string]int{}
	for i := range b.set.Works {
		titles[fold.String(b.set.Works[i].Title)]++
	}
	for i := range b.set.Works {
		w := &b.set.Works[i]
		if w.Apart != "" || titles[fold.String(w.Title)] < 2 {
			continue
		}
		w.Apart = strings.TrimSpace(w.Year + " " + b.sortOf(b.works[w.ID]))
	}
}

// sortOf is what a work is: film, series, novel, play, …
func (b *builder) sortOf(w *work) string {
	for _, e := range b.byWork[w.id] {
		switch {
		case e.spec.id == "tony-awards" && e.category == "Best Musical":
			return "musical"
		case e.spec.id == "tony-awards", e.spec.id == "pulitzer-prize" && e.category == "Drama":
			return "play"
		case e.spec.id == "grammy-awards":
			return strings.ToLower(strings.TrimSuffix(e.category, " of the Year"))
		case e.spec.group == "culture":
			return "book"
		case e.spec.group == "games":
			return "game"
		}
	}
	if b.released(w) == "" && len(b.byWork[w.id]) > 0 {
		return "TV"
	}
	return "film"
}

// released is the first film year that results give a work; of series they only say when they were honoured.
func (b *builder) released(w *work) string {
	for _, e := range b.byWork[w.id] {
		if e.spec.id != "emmys-primetime" && !(e.spec.group == "screen" && tvCategory.MatchString(e.category)) {
			years := sorted(w.films)
			if len(years) == 0 {
				return ""
			}
			return years[0]
		}
	}
	return ""
}

var apartForm = regexp.MustCompile(`(\d{4}) ([A-Za-z][A-Za-z ]*?)(?:,|;|$)`)

// apartOf picks from a note on works of one title ("1957 film, 1997 TV") what is about this one.
func apartOf(note string, w *work) string {
	for _, m := range apartForm.FindAllStringSubmatch(note, -1) {
		y, _ := strconv.Atoi(m[1])
		for _, near := range []int{0, 1, -1} {
			if w.years[y+near] {
				return m[1] + " " + m[2]
			}
		}
	}
	return ""
}

var actingCategory = regexp.MustCompile(`(?i)\bact(or|ress|ing)\b|performance|ensemble|\bcast\b|volpi|newcomer|revelation|rising star|` +
	`new star|male|female|performer|guest`)

// actors are the people whom results know for acting: only they are meant by a name in a cast.
func (b *builder) actors() map[string]bool {
	out := map[string]bool{}
	for _, e := range b.entries {
		if actingCategory.MatchString(e.category) {
			for _, id := range e.people {
				out[id] = true
			}
		}
	}
	return out
}

// castRef names a member of a cast. Somebody who is no entity is only a name.
func (b *builder) castRef(w *work, name string, actors map[string]bool) table.Ref {
	name = strings.ReplaceAll(name, "|", "/")
	f := fold.String(name)
	ids := b.nameIDs[f]
	if f == "steve mcqueen" {
		return table.Ref{ID: "nm0000537", Name: name}
	}
	var found []string
	for id := range ids {
		if b.people[id] != nil && (actors[id] || b.aboutID[id] != nil || w.people[id]) {
			found = append(found, id)
		}
	}
	if own := table.PersonID(name); len(ids) == 0 && b.people[own] != nil && actors[own] {
		found = append(found, own)
	}
	if len(found) == 1 {
		return table.Ref{ID: found[0], Name: name}
	}
	return table.Ref{Name: name}
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
		r.Trivia = c.Trivia && !e.unconfirmed && !e.untold && e.outcome != table.None && (e.outcome == table.Won || embedded[e.spec.id])
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
