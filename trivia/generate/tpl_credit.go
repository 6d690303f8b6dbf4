package generate

import (
	"github.com/whowon-bot/whowon/trivia/judge"
)

func eachCredit(e *enum) {
	e.eachRow(func(r *race, p *prize, row int) {
		if r.won == 1 && p.to == toWork && p.craft && e.w.k.RowPeople(row).Len() == 1 && e.w.k.RowWorks(row).Len() == 1 &&
			e.w.credits(r) {
			e.race(r, row)
		}
	})
}

// credits reports whether the losers of a race are named well enough to be wrong options.
func (w *world) credits(r *race) bool {
	n := 0
	for row := int(r.from + r.won); row < int(r.to); row++ {
		if c := w.k.RowPeople(row).Len(); c > 0 && c <= 2 {
			n++
		}
	}
	return n >= wrongOptions
}

// buildCredit asks who won a craft prize for a film.
func buildCredit(b *builder) bool {
	w, row := b.w, int(b.s.a)
	r := w.raceOf(row)
	b.person(int(w.k.RowPeople(row).At(0)))
	b.q.Kind = judge.Person
	b.rows(row)
	title := w.k.WorkTitle(int(w.k.RowWorks(row).At(0)))
	b.ask(spaced("who", w.won(r), "for", title)+"?", spaced(title, w.won(r)+".", "Whose work was it?"))
	for _, other := range shuffled(&b.r, int(r.from+r.won), int(r.to)) {
		if n := w.k.RowPeople(other).Len(); n > 0 && n <= 2 {
			b.wrong(w.persons(other))
		}
	}
	return b.done()
}
