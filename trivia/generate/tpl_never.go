package generate

import "strings"

func eachNever(e *enum) {
	won := map[int32]map[string]bool{}
	e.eachLost(func(r *race, p *prize, row int) {
		if p.to == toSong || p.importance > 2 || !e.w.hasLabel(p, row) || p.time == atFestival && p.manner.topic != "cannes" {
			return
		}
		names := won[r.cat]
		if names == nil {
			names = e.w.winners(int(r.cat))
			won[r.cat] = names
		}
		if label := e.w.label(p, row); !names[label] && len(names) >= 8 && label != "" {
			names[label] = true // once is enough: a nominee of two years makes the same question twice
			e.race(r, row)
		}
	})
}

// winners are the names of all who won a category, or one of the same award whose name begins alike ("Best
// Cinematography, Color"): alone or with others.
func (w *world) winners(cat int) map[string]bool {
	out := map[string]bool{}
	p := &w.prizes[cat]
	for c := range w.prizes {
		q := &w.prizes[c]
		if q.award != p.award || !strings.HasPrefix(q.label, p.label) && !strings.HasPrefix(p.label, q.label) &&
			!w.related(cat, c) {
			continue
		}
		for _, n := range w.byCat[c] {
			r := &w.races[n]
			for row := int(r.from); row < int(r.from+r.won); row++ {
				w.names(q, row, out)
			}
		}
	}
	return out
}

// related reports whether two categories are one prize under the names of other times.
func (w *world) related(cat, other int) bool {
	all := w.k.CategoryRelatives(cat)
	for i := range all.Len() {
		if int(all.At(i)) == other {
			return true
		}
	}
	return false
}

// names adds the receivers of a row to a set, one by one and together.
func (w *world) names(p *prize, row int, out map[string]bool) {
	out[w.label(p, row)] = true
	if p.to == toWork || p.to == toSong {
		works := w.k.RowWorks(row)
		for i := range works.Len() {
			out[w.k.WorkTitle(int(works.At(i)))] = true
		}
		return
	}
	people := w.k.RowPeople(row)
	for i := range people.Len() {
		out[w.k.PersonName(int(people.At(i)))] = true
	}
}

// buildNever asks who of four did not win a prize: a nominee who never did.
func buildNever(b *builder) bool {
	w, row := b.w, int(b.s.a)
	r := w.raceOf(row)
	p := &w.prizes[r.cat]
	b.q.ChoiceOnly = true
	b.answer(b.kind(p), w.label(p, row))
	b.rows(row)
	nouns := b.nouns(p)
	if p.to == toPerson {
		b.ask(spaced("which of these", nouns, "has never won", p.single)+"?", "three of these "+nouns+" have won "+p.single+
			". Who has not?")
	} else {
		b.ask(spaced("which of these", nouns, "did not win", p.single)+"?", "three of these "+nouns+" won "+p.single+
			". Which one did not?")
	}
	b.near(r, func(other *race) bool {
		if other.won != 1 || !other.fit {
			return true
		}
		before := len(b.q.Wrong)
		b.wrong(w.label(p, int(other.from)))
		if len(b.q.Wrong) > before {
			b.rows(int(other.from))
		}
		return !b.full()
	})
	verb := "was nominated at"
	if p.time == atFestival {
		verb = "was in competition at"
	}
	b.q.Note = spaced(w.label(p, row), verb, "the", w.k.EditionName(int(r.edition)))
	return b.done()
}
