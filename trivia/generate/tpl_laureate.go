package generate

import (
	"github.com/whowon-bot/whowon/trivia/judge"
)

func eachBornIn(e *enum) {
	e.eachRow(func(r *race, p *prize, row int) {
		if p.manner.topic == "nobel" && e.w.plain(row, "born_country") != "" && e.w.k.RowPeople(row).Len() == 1 &&
			!told(e.w.label(p, row), e.w.plain(row, "born_country")) {
			e.race(r, row)
		}
	})
}

// buildBornIn asks in which country of today or then a laureate was born.
func buildBornIn(b *builder) bool {
	w, row := b.w, int(b.s.a)
	r := w.raceOf(row)
	p := &w.prizes[r.cat]
	b.answer(judge.Place, w.plain(row, "born_country"))
	b.rows(row)
	who := w.label(p, row)
	did := w.won(r)
	if r.won > 1 {
		did = w.did(r, "shared")
	}
	b.ask(spaced("in which country was", who, "born, who", did)+"?", spaced(who+", who",
		did+", was born in which country?"))
	b.detailed(r, "born_country")
	return b.done()
}
