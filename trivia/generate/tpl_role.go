package generate

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/trivia/judge"
)

// role is the role in a row of an acting prize, "" where it is not one plain name: twins, dual roles, "Himself".
func (w *world) role(row int) string {
	role := w.k.RowDetail(row, "role")
	if n := utf8.RuneCountInString(role); n < 3 || n > 40 || strings.ContainsAny(role, ";/[]()\"0123456789") {
		return ""
	}
	switch low := strings.ToLower(role); {
	case strings.Contains(low, "himself"), strings.Contains(low, "herself"), strings.Contains(low, " and "),
		strings.HasPrefix(low, "the "),
		low == "mother", low == "father", strings.HasPrefix(low, "narrat"):
		return ""
	}
	return role
}

// acting visits the rows of Oscars for acting that name one role of one person in one film.
func (e *enum) acting(visit func(r *race, p *prize, row int)) {
	w := e.w
	for i := range w.races {
		r := &w.races[i]
		p := &w.prizes[r.cat]
		if !r.fit || p.award != w.oscar || !p.acting {
			continue
		}
		for row := int(r.from); row < int(r.to); row++ {
			if !w.k.Fit(row) || w.k.RowWorks(row).Len() != 1 || w.k.RowPeople(row).Len() != 1 || w.role(row) == "" {
				continue
			}
			if _, ok := w.titled(int(w.k.RowWorks(row).At(0))); ok && !w.sameRole(row) {
				visit(r, p, row)
			}
		}
	}
}

// sameRole reports whether another row of the film shares a word of its role: the young and the old of one person.
func (w *world) sameRole(row int) bool {
	words := fold.Words(w.role(row))
	rows := w.k.WorkRows(int(w.k.RowWorks(row).At(0)))
	for i := range rows.Len() {
		other := int(rows.At(i))
		if other == row {
			continue
		}
		for _, word := range fold.Words(w.k.RowDetail(other, "role")) {
			if slices.Contains(words, word) && w.persons(other) != w.persons(row) {
				return true
			}
		}
	}
	return false
}

func eachRole(e *enum) {
	topic := e.w.topicNo(topicCasts)
	e.acting(func(r *race, p *prize, row int) {
		if r.to-r.from < 4 || overlap(fold.Words(e.w.role(row)), fold.Words(e.w.persons(row))) || told(e.w.role(row)+
			" "+e.w.k.WorkTitle(int(e.w.k.RowWorks(row).At(0))), e.w.persons(row)) {
			return
		}
		e.add(row, -1, topic, e.w.roleEase(r, row))
	})
}

// roleEase is how well known a role is: by its film and whoever played it.
func (w *world) roleEase(r *race, row int) float64 {
	return 0.26 + 0.3*recency(w.k.EditionYear(int(r.edition))) + 0.24*renown(w.k.WorkFame(int(w.k.RowWorks(row).At(0)))) +
		0.2*renown(2*w.k.PersonFame(int(w.k.RowPeople(row).At(0))))
}

func eachCharacter(e *enum) {
	topic := e.w.topicNo(topicCasts)
	e.acting(func(r *race, p *prize, row int) {
		named := 0
		for other := int(r.from); other < int(r.to); other++ {
			if e.w.role(other) != "" && other != row {
				named++
			}
		}
		role := e.w.role(row)
		if overlap(fold.Words(role), fold.Words(e.w.persons(row))) {
			return
		}
		if named < wrongOptions || told(e.w.k.WorkTitle(int(e.w.k.RowWorks(row).At(0)))+" "+e.w.persons(row), role) ||
			e.w.inTitle(row, role) {
			return
		}
		e.add(row, -1, topic, e.w.roleEase(r, row))
	})
}

// inTitle reports whether the title of a row's film holds a word of the role.
func (w *world) inTitle(row int, role string) bool {
	title := fold.Words(w.k.WorkTitle(int(w.k.RowWorks(row).At(0))))
	return slices.ContainsFunc(fold.Words(role), func(word string) bool {
		return len(word) > 3 && slices.Contains(title,
			word)
	})
}

// buildRole asks who played a role for which they were nominated.
func buildRole(b *builder) bool {
	w, row := b.w, int(b.s.a)
	r := w.raceOf(row)
	b.person(int(w.k.RowPeople(row).At(0)))
	b.rows(row)
	title, _ := w.titled(int(w.k.RowWorks(row).At(0)))
	role := w.role(row)
	result := "was nominated for an Oscar"
	if w.k.Won(row) {
		result = "won an Oscar"
	}
	b.ask(spaced("who", result, "for playing", role, "in", title)+"?", spaced("who played", role, "in", title, "and",
		result)+"?")
	for _, other := range shuffled(&b.r, int(r.from), int(r.to)) {
		if !w.shares(&prize{to: toWork}, row, other) {
			b.wrong(w.persons(other))
		}
	}
	b.near(r, func(other *race) bool { b.wrong(w.persons(int(other.from))); return !b.full() })
	return b.done()
}

// buildCharacter asks which role brought somebody a nomination.
func buildCharacter(b *builder) bool {
	w, row := b.w, int(b.s.a)
	r := w.raceOf(row)
	b.q.ChoiceOnly = true
	b.answer(judge.Other, w.role(row))
	b.rows(row)
	title, _ := w.titled(int(w.k.RowWorks(row).At(0)))
	who := w.persons(row)
	result := "a nomination for an Oscar"
	if w.k.Won(row) {
		result = "an Oscar"
	}
	b.ask(spaced("which role in", title, "brought", who, result)+"?", spaced("whom did", who, "play in",
		title+", and get", result)+"?")
	for _, other := range shuffled(&b.r, int(r.from), int(r.to)) {
		if !w.shares(&prize{to: toWork}, row, other) {
			b.wrong(w.role(other))
		}
	}
	b.near(r, func(other *race) bool {
		for o := int(other.from); o < int(other.to); o++ {
			b.wrong(w.role(o))
		}
		return !b.full()
	})
	return b.done()
}

// leads are the first three known members of a film's cast; nil where fewer are known or one is in the title.
func (w *world) leads(work int) []string {
	cast := w.k.WorkCast(work)
	if len(cast) < 3 || slices.Contains(cast[:3], "") {
		return nil
	}
	if title := w.k.WorkTitle(work); told(title, cast[0]) || told(title, cast[1]) || told(title, cast[2]) {
		return nil
	}
	return cast[:3]
}

// listCasts lists the films whose leads are in no other film together, the oldest first.
func (w *world) listCasts() {
	with := map[string][]int32{} // films by the name of anybody in them
	for work := range w.k.Works() {
		if !w.k.HasCast(work) {
			continue
		}
		for _, name := range w.k.WorkCast(work) {
			with[name] = append(with[name], int32(work))
		}
		if w.leads(work) != nil && w.k.WorkYear(work) > 0 {
			w.casts = append(w.casts, credit{int32(work), int32(w.k.WorkYear(work))})
		}
	}
	w.casts = slices.DeleteFunc(w.casts, func(c credit) bool {
		leads := w.leads(int(c.work))
		return slices.ContainsFunc(with[leads[0]], func(other int32) bool {
			return other != c.work && slices.Contains(with[leads[1]], other) && slices.Contains(with[leads[2]], other)
		})
	})
	slices.SortStableFunc(w.casts, func(x, y credit) int { return cmp.Compare(x.year, y.year) })
}

func eachCast(e *enum) {
	topic := e.w.topicNo(topicCasts)
	for _, c := range e.w.casts {
		if !told(list(e.w.leads(int(c.work))), e.w.k.WorkTitle(int(c.work))) {
			e.add(int(c.work), -1, topic, e.w.workEase(int(c.work), c.year)+0.03)
		}
	}
}

// buildCast asks in which film three people are. The wrong ones are films of its time without one of them at least.
func buildCast(b *builder) bool {
	w, work := b.w, int(b.s.a)
	leads := w.leads(work)
	b.work(work)
	b.q.Rows, b.q.Source = []string{w.k.WorkID(work)}, "works"
	b.ask("in which film do "+list(leads)+" appear together?", "which film has "+list(leads)+" in its cast?",
		"name the film with "+list(leads)+".")
	b.aboutThen(w.casts, work, func(other int) bool {
		title := w.k.WorkTitle(other)
		if cast := w.k.WorkCast(other); slices.ContainsFunc(leads, func(l string) bool {
			return !slices.Contains(cast,
				l)
		}) &&
			!slices.ContainsFunc(leads, func(l string) bool { return told(title, l) }) {
			b.wrong(title)
		}
		return !b.full()
	})
	return b.done()
}
