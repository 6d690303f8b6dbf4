package raw

import (
	"slices"
	"strconv"
	"strings"

	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/facts/table"
)

// work is a film, series, book, song, play or game while the tables are being read.
type work struct {
	id      string
	titles  map[string]int // cleaned spellings of results: how good the spelling is
	also    []string
	years   map[int]bool // of films, else held
	films   map[string]bool
	awards  map[string]bool
	people  map[string]bool // folded names and IDs of people
	group   string
	strict  []string
	aliases []string
	canon   string
	source  string
}

// spelling is a row of work_aliases.tsv.
type spelling struct {
	id, title, year, canonical string
	aliases, strict            []string
}

func (b *builder) readAliases(sh *sheet) error {
	if err := sh.need("work_id", "title", "year", "canonical_title", "aliases", "strict_not"); err != nil {
		return err
	}
	for _, l := range sh.rows {
		s := &spelling{id: l.get("work_id"), title: l.get("title"), year: l.get("year"), canonical: l.get("canonical_title"),
			aliases: list(l.get("aliases")), strict: list(l.get("strict_not"))}
		if s.id != "" {
			b.spellings[s.id] = append(b.spellings[s.id], s)
		}
		key := titleYear{fold.String(s.title), s.year}
		b.titleYears[key] = append(b.titleYears[key], s)
	}
	return nil
}

type titleYear struct{ title, year string }

func (b *builder) readTitles(sh *sheet) error {
	if err := sh.need("title", "work_ids", "years", "note"); err != nil {
		return err
	}
	for _, l := range sh.rows {
		b.sameTitles[fold.String(l.get("title"))] = l.get("note")
	}
	return nil
}

// resolveWorks gives every title of the entries the ID of a work. Those with an ID of a source come first, so that those
// without can be joined to them.
func (b *builder) resolveWorks() {
	for _, e := range b.entries {
		e.works = make([]string, len(e.titles))
		for i, id := range e.titleIDs {
			if id != "" {
				e.works[i] = id
				b.see(e, i, id)
				b.byWork[id] = append(b.byWork[id], e)
			}
		}
	}
	b.byTitle = map[string][]*work{}
	for _, id := range sorted(b.works) {
		w := b.works[id]
		b.spell(w)
		for _, f := range w.folded() {
			b.byTitle[f] = append(b.byTitle[f], w)
		}
	}
	for _, e := range b.entries {
		for i, id := range e.titleIDs {
			if id == "" {
				e.works[i] = b.workOf(e, i)
				e.titleIDs[i] = e.works[i]
				b.byWork[e.works[i]] = append(b.byWork[e.works[i]], e)
			}
		}
		e.works = unique(e.works)
	}
	for _, id := range sorted(b.works) {
		b.spell(b.works[id])
	}
}

// see notes that an entry names a work.
func (b *builder) see(e *entry, i int, id string) *work {
	w := b.works[id]
	if w == nil {
		w = &work{id: id, titles: map[string]int{}, years: map[int]bool{}, films: map[string]bool{}, awards: map[string]bool{},
			people: map[string]bool{}, group: e.spec.group, source: e.source}
		b.works[id] = w
	}
	title, also := e.title(i)
	if i == 0 {
		also = append(also, e.alsoTitles...)
	}
	w.titles[title] += spellingWorth(e.spec.id)
	for _, a := range also {
		if !slices.Contains(w.also, a) {
			w.also = append(w.also, a)
		}
	}
	w.years[b.workYear(e)] = true
	if e.filmYear != "" && e.spec.id != "emmys-primetime" {
		w.films[e.filmYear] = true
	}
	w.awards[e.spec.id] = true
	for j, name := range e.names {
		w.people[fold.String(name)] = true
		if e.nameIDs[j] != "" {
			w.people[e.nameIDs[j]] = true
		}
	}
	return w
}

// spellingWorth is how far the titles of an award are to be trusted: those of some tables have wrong capitals.
func spellingWorth(award string) int {
	switch award {
	case "academy-awards":
		return 1000
	case "cannes", "venice", "berlin", "sag-awards":
		return 30
	case "emmys-primetime", "golden-globes":
		return 1
	}
	return 10
}

// workYear is the year of the film, or of the occasion where the table has none.
func (b *builder) workYear(e *entry) int {
	if len(e.filmYear) >= 4 && e.spec.id != "emmys-primetime" {
		y, _ := strconv.Atoi(e.filmYear[:4])
		return y
	}
	return b.heldIn(e) - 1
}

// spell chooses the title of a work and gathers its other titles.
func (b *builder) spell(w *work) {
	w.aliases, w.strict, w.canon = nil, nil, ""
	for _, s := range b.spellings[w.id] {
		if w.canon == "" {
			w.canon, _ = cleanTitle(s.canonical)
		}
		w.aliases = append(w.aliases, s.title)
		w.aliases = append(w.aliases, s.aliases...)
		w.strict = append(w.strict, s.strict...)
	}
	best := 0
	if w.canon == "" {
		for _, t := range sorted(w.titles) {
			worth := w.titles[t]
			if noCapitals(t) {
				worth = 0
			}
			if w.canon == "" || worth > best {
				w.canon, best = t, worth
			}
		}
		switch {
		case noCapitals(w.canon) && w.awards["bafta-film"],
			w.canon == strings.ToUpper(w.canon) && strings.Contains(w.canon, " "):
			w.canon = titleCase(w.canon)
		case w.onlyTV():
			w.canon = smallWords(w.canon)
		}
	}
	for i, a := range w.aliases {
		w.aliases[i], _ = cleanTitle(a)
	}
	w.aliases = append(w.aliases, sorted(w.titles)...)
	w.aliases = append(w.aliases, w.also...)
}

func (w *work) onlyTV() bool {
	for a := range w.awards {
		if a != "emmys-primetime" && a != "golden-globes" {
			return false
		}
	}
	return true
}

// folded are the folded names under which results know the work.
func (w *work) folded() []string {
	var out []string
	for _, t := range append([]string{w.canon}, w.aliases...) {
		if f := fold.String(t); f != "" && !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}

// workOf finds or makes the work that an entry names without an ID.
func (b *builder) workOf(e *entry, i int) string {
	title, _ := e.title(i)
	if id := sameWorks[fold.String(title)+"/"+e.spec.id]; id != "" && b.works[id] != nil {
		b.see(e, i, id)
		return id
	}
	canon := title
	held := strconv.Itoa(b.heldIn(e))
	for _, year := range []string{e.filmYear, held, strconv.Itoa(b.heldIn(e) - 1)} {
		for _, s := range b.titleYears[titleYear{fold.String(e.titles[i]), year}] {
			if s.id != "" && b.works[s.id] != nil && b.works[s.id].group == e.spec.group {
				b.see(e, i, s.id)
				return s.id
			}
			if s.canonical != "" {
				canon, _ = e.clean(s.canonical)
			}
		}
	}
	if full := b.cutShort(e, title); full != "" {
		canon, e.titles[i] = full, full
	}
	if w := b.knownWork(e, i, canon); w != nil {
		b.see(e, i, w.id)
		return w.id
	}
	year := b.workYear(e)
	id := table.WorkID(canon, b.yearText(e))
	w := b.see(e, i, id)
	if !slices.Contains(b.byTitle[fold.String(canon)], w) {
		b.byTitle[fold.String(canon)] = append(b.byTitle[fold.String(canon)], w)
	}
	w.years[year] = true
	if canon != title {
		w.titles[canon] += 500
	}
	return id
}

func (b *builder) yearText(e *entry) string {
	if len(e.filmYear) >= 4 && e.spec.id != "emmys-primetime" {
		return e.filmYear
	}
	return strconv.Itoa(b.heldIn(e))
}
