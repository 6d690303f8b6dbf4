package generate

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/trivia/judge"
)

// directedBy is the predicate of claims about directors.
const directedBy = "directed by"

// credit is a film whose directors are known.
type credit struct{ work, year int32 }

// film reports whether a work is a film: it was nominated for prizes for films, and for none for television.
func (w *world) film(work int) bool {
	rows, film := w.k.WorkRows(work), false
	for i := range rows.Len() {
		p := &w.prizes[w.k.RowCategory(int(rows.At(i)))]
		if p.tv || p.topic < 0 || p.works != "film" {
			return false
		}
		film = true
	}
	return film
}

// directors are the directors of a film and the row or claim that tells.
func (w *world) directors(work int) (names []string, id, source string) {
	claims := w.k.WorkClaims(work)
	for i := range claims.Len() {
		if n := int(claims.At(i)); w.k.ClaimPredicate(n) == directedBy {
			if name := w.k.ClaimObject(n); !slices.Contains(names, name) {
				names = append(names, name)
			}
			if id == "" {
				id, source = w.k.ClaimID(n), w.k.Claim(n).Source
			}
		}
	}
	if len(names) > 0 {
		return names, id, source
	}
	rows := w.k.WorkRows(work)
	for i := range rows.Len() {
		row := int(rows.At(i))
		p := &w.prizes[w.k.RowCategory(row)]
		if !w.directs(p) || !w.k.Confirmed(row) || w.k.RowWorks(row).Len() != 1 {
			continue
		}
		people := w.k.RowPeople(row)
		for j := range people.Len() {
			names = append(names, w.k.PersonName(int(people.At(j))))
		}
		if len(names) > 0 {
			return names, w.k.RowID(row), w.k.RowSource(row)
		}
	}
	return nil, "", ""
}

// directs reports whether the people of a prize are the directors.
func (w *world) directs(p *prize) bool {
	switch p.label {
	case "Best Director", "Silver Lion for Best Director", "Silver Bear for Best Director", "Palme d'Or", "Golden Lion",
		"Golden Bear":
		return p.cinema()
	}
	return false
}

// listDirected lists the films with known directors, the oldest first.
func (w *world) listDirected() {
	for work := range w.k.Works() {
		year := w.k.WorkYear(work)
		if year == 0 || w.k.WorkFame(work) < 60 || !w.film(work) {
			continue
		}
		if names, _, _ := w.directors(work); len(names) > 0 && len(names) <= 3 {
			w.directed = append(w.directed, credit{int32(work), int32(year)})
		}
	}
	slices.SortStableFunc(w.directed, func(x, y credit) int { return cmp.Compare(x.year, y.year) })
}

func (w *world) workEase(work int, year int32) float64 {
	return 0.28 + 0.3*recency(int(year)) + 0.42*renown(w.k.WorkFame(work))
}

func eachDirector(e *enum) {
	e.eachDirected(func(c credit, title string, names []string) {
		if told(title, list(names)) {
			return
		}
		e.add(int(c.work), -1, e.w.topicNo(topicDirectors), e.w.workEase(int(c.work), c.year))
	})
}

func (e *enum) eachDirected(visit func(c credit, title string, names []string)) {
	for _, c := range e.w.directed {
		if title, ok := e.w.titled(int(c.work)); ok {
			names, _, _ := e.w.directors(int(c.work))
			visit(c, title, names)
		}
	}
}

func eachDirected(e *enum) {
	e.eachDirected(func(c credit, title string, names []string) {
		if told(list(names), title) || told(title, list(names)) {
			return
		}
		e.add(int(c.work), -1, e.w.topicNo(topicDirectors), e.w.workEase(int(c.work), c.year))
	})
}

// aboutThen calls visit for films of a list of about the time of a film, until it returns false: at first only for those
// about as well known.
func (b *builder) aboutThen(all []credit, work int, visit func(work int) bool) {
	at, _ := slices.BinarySearchFunc(all, int32(b.w.k.WorkYear(work)), func(c credit,
		y int32) int {
		return cmp.Compare(c.year, y)
	})
	least := min(700, b.w.k.WorkFame(work)/2)
	for spread := 40; spread < len(all)+80; spread *= 2 {
		for range spread {
			i := at - spread/2 + b.r.below(spread)
			if i < 0 || i >= len(all) || int(all[i].work) == work || spread < 640 && b.w.k.WorkFame(int(all[i].work)) < least {
				continue
			}
			if !visit(int(all[i].work)) {
				return
			}
		}
	}
}

// buildDirector asks who directed a film. The wrong ones directed others of its time.
func buildDirector(b *builder) bool {
	w, work := b.w, int(b.s.a)
	names, id, source := w.directors(work)
	b.q.Rows, b.q.Source = []string{id}, source
	b.named(names)
	title, _ := w.titled(work)
	b.ask("who directed "+title+"?", title+" was directed by whom?", "who was the director of "+title+"?")
	if len(names) > 1 {
		b.ask("who directed "+title+"?", title+" was directed by whom?")
	}
	b.aboutThen(w.directed, work, func(other int) bool {
		theirs, _, _ := w.directors(other)
		if len(theirs) == len(names) || len(names) > 1 && b.r.below(6) == 0 {
			if !overlap(theirs, names) {
				b.wrong(list(theirs))
			}
		}
		return !b.full()
	})
	return b.done()
}

// named sets people given by name as the answer, with the other names of one.
func (b *builder) named(names []string) {
	b.answer(judge.Person, list(names))
	if len(names) == 1 {
		if n, ok := b.w.personByName[fold.String(names[0])]; ok {
			b.answer(judge.Person, b.w.k.PersonAliases(int(n))...)
		}
	}
}

func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool {
		return slices.ContainsFunc(b, func(y string) bool { return strings.EqualFold(x, y) })
	})
}

// buildDirected asks which of four films somebody directed.
func buildDirected(b *builder) bool {
	w, work := b.w, int(b.s.a)
	names, id, source := w.directors(work)
	b.q.Rows, b.q.Source, b.q.ChoiceOnly = []string{id}, source, true
	title, _ := w.titled(work)
	b.answer(judge.Work, title)
	b.ask("which of these films did "+list(names)+" direct?", "which of these is a film by "+list(names)+"?")
	b.aboutThen(w.directed, work, func(other int) bool {
		if theirs, _, _ := w.directors(other); !overlap(theirs, names) {
			if t, ok := w.titled(other); ok && !told(t, list(names)) {
				b.wrong(t)
			}
		}
		return !b.full()
	})
	return b.done()
}

func eachTitle(e *enum) {
	topic := e.w.topicNo(topicTitles)
	for work := range e.w.k.Works() {
		if e.w.k.WorkFame(work) < 100 || !blankable(e.w.k.WorkTitle(work)) {
			continue
		}
		if row := e.w.bestWin(work); row >= 0 {
			r := e.w.raceOf(row)
			e.add(work, -1, topic, e.w.ease(r, row)+0.02)
		}
	}
}

// bestWin is the row of the best-known prize that a work won as a film, -1 where it won none that may be asked.
func (w *world) bestWin(work int) int {
	rows, best, at := w.k.WorkRows(work), 0.0, -1
	for i := range rows.Len() {
		row := int(rows.At(i))
		p := &w.prizes[w.k.RowCategory(row)]
		if !p.fit || p.to == toSong || p.weight <= best || !w.k.Won(row) || w.k.RowWorks(row).Len() != 1 || !w.hasLabel(p,
			row) {
			continue
		}
		if r := w.raceOf(row); r.fit && r.won == 1 && len(w.byCat[r.cat]) >= 8 {
			best, at = p.weight, row
		}
	}
	return at
}

// blankable reports whether a title has three words or more, one of which can be left out.
func blankable(title string) bool {
	return strings.Count(title, " ") >= 2 && len(blanks(title)) > 0
}

// blanks are the words of a title that can be left out: long enough, of letters only, with a capital, and there once.
func blanks(title string) []string {
	var out []string
	words := strings.Fields(title)
	for i, word := range words {
		word = strings.TrimRight(word, ",:!?.")
		first, _ := utf8.DecodeRuneInString(word)
		if utf8.RuneCountInString(word) < 4 || !unicode.IsUpper(first) || i == 0 && len(words) > 3 {
			continue
		}
		if strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) ||
			strings.Count(title, word) > 1 {
			continue
		}
		switch word {
		case "Part", "With", "From", "This", "That", "Into", "About", "Your", "What", "When", "Volume", "Chapter", "Story",
			"Movie":
			continue
		}
		out = append(out, word)
	}
	return out
}

// buildTitle leaves a word out of a title, and tells what the work won.
func buildTitle(b *builder) bool {
	w, work := b.w, int(b.s.a)
	row := w.bestWin(work)
	r := w.raceOf(row)
	p := &w.prizes[r.cat]
	title := w.k.WorkTitle(work)
	words := blanks(title)
	word := words[b.r.below(len(words))]
	b.answer(judge.Other, word, title)
	b.rows(row)
	gap := strings.Replace(title, word, "____", 1)
	who := p.noun
	if p.to == toPerson {
		who = "for which " + w.label(p, row) + " " + w.won(r)
	} else {
		who = "the " + who + " that " + w.won(r)
	}
	b.ask("complete the title: “" + gap + "”, " + who + ".")
	b.q.Note = title
	for _, had := range strings.Fields(gap) {
		b.avoid(had)
	}
	b.near(r, func(other *race) bool {
		for _, row := range shuffled(&b.r, int(other.from), int(other.to)) {
			works := w.k.RowWorks(row)
			if works.Len() != 1 {
				continue
			}
			if more := blanks(w.k.WorkTitle(int(works.At(0)))); len(more) > 0 {
				b.wrong(more[b.r.below(len(more))])
				break
			}
		}
		return !b.full()
	})
	return b.done() && !told(b.q.Text, word)
}
