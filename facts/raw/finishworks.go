package raw

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/facts/table"
)

var tvCategory = form(`Television|Series|Limited`)

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
		row.Aliases = without(distinct(append(w.aliases, alsoCalled[id]...)), row.Title)
		row.Year = b.released(w)
		if l := cast[id]; l != nil {
			row.Year = l.get("year")
			if !strings.Contains(row.Source, l.get("source")) {
				row.Source += "; " + l.get("source")
			}
			for _, name := range list(l.get("cast")) {
				if isName(name) {
					row.Cast = append(row.Cast, b.castRef(w, name, actors))
				}
			}
		}
		if year := releasedIn[id]; year != "" {
			row.Year = year
		}
		row.Apart = apartOf(b.sameTitles[fold.String(row.Title)], w)
		b.set.Works = append(b.set.Works, row)
	}
	b.tellApart()
}

// isName reports whether an entry of a cast can be somebody's name: lists taken from prose hold pieces of it ("narrated by",
// "nominee)").
func isName(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	lower := unicode.IsLower(first) && !strings.Contains(s, ".") // will.i.am
	whole := strings.Count(s, "(") == strings.Count(s, ")")
	return unicode.IsLetter(first) && !lower && whole && !strings.HasPrefix(s, "Academy Award")
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
		if e.spec.id != "emmys-primetime" && !(e.spec.group == "screen" && tvCategory().MatchString(e.category)) {
			years := sorted(w.films)
			if len(years) == 0 {
				return ""
			}
			return years[0]
		}
	}
	return ""
}

var apartForm = form(`(\d{4}) ([A-Za-z][A-Za-z ]*?)(?:,|;|$)`)

// apartOf picks from a note on works of one title ("1957 film, 1997 TV") what is about this one.
func apartOf(note string, w *work) string {
	for _, m := range apartForm().FindAllStringSubmatch(note, -1) {
		y, _ := strconv.Atoi(m[1])
		for _, near := range []int{0, 1, -1} {
			if w.years[y+near] {
				return m[1] + " " + m[2]
			}
		}
	}
	return ""
}

var actingCategory = form(`(?i)\bact(or|ress|ing)\b|performance|ensemble|\bcast\b|volpi|newcomer|revelation|` +
	`rising star|new star|male|female|performer|guest`)

// actors are the people whom results know for acting: only they are meant by a name in a cast.
func (b *builder) actors() map[string]bool {
	out := map[string]bool{}
	for _, e := range b.entries {
		if actingCategory().MatchString(e.category) {
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
