package generate

import (
	"slices"
	"strconv"

	"github.com/whowon-bot/whowon/trivia/judge"
)

func eachYear(e *enum) {
	k := e.w.k
	e.eachRow(func(r *race, p *prize, row int) {
		if !e.w.hasLabel(p, row) || k.EditionCalled(int(r.edition)).Len() > 0 || len(e.w.byCat[r.cat]) < 6 || r.won > 4 ||
			p.time == inName && p.past == "hosted" && k.RowPeople(row).Len() == 0 {
			return
		}
		if p.to == toWork && len(e.w.works(int(k.RowWorks(row).At(0)))) > 1 {
			return // two works of that title
		}
		ease := e.w.ease(r, row)
		if r.won > 1 {
			ease -= 0.05
		}
		e.add(row, -1, p.topic, ease)
	})
}

// buildYear asks in which year a prize was won, always by the year held. Years in which the same winner won the same
// prize, and the years that the edition honours, are no options.
func buildYear(b *builder) bool {
	w, row := b.w, int(b.s.a)
	r := w.raceOf(row)
	p := &w.prizes[r.cat]
	year := w.k.EditionYear(int(r.edition))
	wins := w.wins(int(r.cat), p, row)
	bad := []int{}
	several := false
	for _, other := range wins {
		e := w.k.RowEdition(other)
		several = several || w.k.EditionYear(e) != year && w.sameWork(p, other, row)
		bad = append(bad, w.yearsOf(e)...)
	}
	related := w.k.CategoryRelatives(int(r.cat))
	for i := range related.Len() { // the same prize under another name: half right is no option
		for _, other := range w.wins(int(related.At(i)), p, row) {
			bad = append(bad, w.yearsOf(w.k.RowEdition(other))...)
		}
	}
	b.answer(judge.Date, strconv.Itoa(year))
	b.rows(row)
	b.q.ChoiceOnly = several
	b.q.Note = w.editionNote(int(r.edition))
	b.askYear(r, p, row, several)
	return b.otherYears(r, append(bad, w.yearsOf(int(r.edition))...)) && b.done()
}

// otherYears adds years in which the same prize was given as wrong options, but for bad ones. The options stand in their
// order.
func (b *builder) otherYears(r *race, bad []int) bool {
	b.q.Ordered = true
	b.near(r, func(other *race) bool {
		year := b.w.k.EditionYear(int(other.edition))
		if other.won > 0 && !slices.Contains(bad, year) {
			bad = append(bad, year)
			b.q.Wrong = append(b.q.Wrong, itoa(year))
		}
		return !b.full()
	})
	slices.Sort(b.q.Wrong)
	return b.full()
}

// sameWork reports whether the question that names a row's winner, and work where it has one, fits another row too.
func (w *world) sameWork(p *prize, a, b int) bool {
	if !w.forWork(p, b) {
		return true
	}
	return w.shares(&prize{to: toWork}, a, b)
}

func (b *builder) askYear(r *race, p *prize, row int, several bool) {
	w := b.w
	who := w.inText(p, row)
	if w.forWork(p, row) {
		who += " (for " + w.k.WorkTitle(int(w.k.RowWorks(row).At(0))) + ")"
	}
	which := "which year"
	if several {
		which = "which of these years"
	}
	did := spaced("did", who, p.base)
	if p.base == "win" && r.won > 1 {
		did = spaced("did", who, "win or share")
	}
	name := p.single
	switch p.time {
	case atCeremony:
		b.ask("at the ceremony held in "+which+" "+spaced(did, name)+"?", spaced(who, "won", name,
			"at the ceremony held in", which)+"?")
	case inSeason:
		b.ask("in "+which+" "+spaced(did, name)+" (the year the season ended)?", "in the season that ended in "+which+
			" "+spaced(did, name)+"?")
	case superBowl:
		b.ask("in " + which + " " + spaced(did, name) + " (the year it was played)?")
	case ofYear, forYear:
		b.ask("for "+which+" "+spaced(did, name)+"?", spaced(who, p.past, name, "for", which)+"?")
		if r.won > 1 {
			b.ask("for " + which + " " + spaced(did, name) + "?")
		}
	case inName:
		b.ask("in " + which + " " + spaced(did, name) + "?")
	default:
		b.ask("in "+which+" "+spaced(did, name)+"?", spaced("when", did, name)+"?")
		if several {
			b.q.Text = capital("in " + which + " " + spaced(did, name) + "?")
		}
	}
}

// yearsOf are all years that an edition may be called by.
func (w *world) yearsOf(edition int) []int {
	out := []int{w.k.EditionYear(edition)}
	honoured := w.k.EditionHonoured(edition)
	if n, err := strconv.Atoi(first4(honoured)); err == nil {
		out = append(out, n)
		if len(honoured) > 4 {
			out = append(out, n+1)
		}
	}
	called := w.k.EditionCalled(edition)
	for i := range called.Len() {
		out = append(out, int(called.At(i)))
	}
	return out
}

func first4(s string) string { return s[:min(4, len(s))] }

// yearsAwarded are the first and last year in which a category was given.
func (w *world) yearsAwarded(cat int) (first, last int) {
	races := w.byCat[cat]
	return w.k.EditionYear(int(w.races[races[0]].edition)), w.k.EditionYear(int(w.races[races[len(races)-1]].edition))
}

func eachPrize(e *enum) {
	e.eachRow(func(r *race, p *prize, row int) {
		switch {
		case p.manner.topic == "nobel":
			if e.w.prizesLeft(r, row) >= wrongOptions {
				e.race(r, row)
			}
		case p.nights && p.to != toSong && !p.tv && e.w.k.RowWorks(row).Len() == 1 && e.w.prizesLeft(r, row) >= wrongOptions:
			e.race(r, row)
		}
	})
}

// sameNight calls visit for the races of the edition of a race that may be asked.
func (w *world) sameNight(r *race, visit func(*race, *prize)) {
	at := int(w.raceNo(r))
	for at > 0 && w.races[at-1].edition == r.edition {
		at--
	}
	for ; at < len(w.races) && w.races[at].edition == r.edition; at++ {
		q := &w.races[at]
		if p := &w.prizes[q.cat]; q.fit && !p.tv {
			visit(q, p)
		}
	}
}

// receivers says by what a row is known again in other races of its night: the work, or the laureate.
func (w *world) receivers(r *race) *prize {
	if w.prizes[r.cat].manner.topic == "nobel" {
		return &prize{to: toPerson}
	}
	return &prize{to: toWork}
}

// prizesLeft counts the prizes of an edition that the work or laureate of a row did not win.
func (w *world) prizesLeft(r *race, row int) int {
	n, of := 0, w.receivers(r)
	w.sameNight(r, func(q *race, _ *prize) {
		if !w.sharesWinner(q, of, row) {
			n++
		}
	})
	return n
}

// buildPrize asks which of some prizes a film won at a ceremony, or for which field a laureate was honoured.
func buildPrize(b *builder) bool {
	w, row := b.w, int(b.s.a)
	r := w.raceOf(row)
	p := &w.prizes[r.cat]
	b.rows(row)
	b.q.ChoiceOnly = true
	b.answer(judge.Choice, p.label)
	if p.manner.topic == "nobel" {
		b.ask(spaced("which prize did", w.inText(p, row), "win or share", w.when(int(r.edition), p))+"?",
			spaced("which Nobel Prize went to", w.inText(p, row), w.when(int(r.edition), p))+"?")
	} else {
		title := w.k.WorkTitle(int(w.k.RowWorks(row).At(0)))
		when := w.when(int(r.edition), p)
		b.ask(spaced("which of these", p.plural, "did", title, "win", when)+"?", spaced("which of these", p.plural,
			"went to", title, when)+"?",
			spaced(when, title, "won which of these", p.plural)+"?")
	}
	b.prizesLost(r, row)
	return b.done()
}

// prizesLost adds prizes of the same edition that the work of a row did not win, first those it was nominated for.
func (b *builder) prizesLost(r *race, row int) {
	w := b.w
	var lost, other []string
	of := w.receivers(r)
	w.sameNight(r, func(q *race, p *prize) {
		if w.sharesWinner(q, of, row) {
			b.avoid(p.label)
			return
		}
		for i := int(q.from + q.won); i < int(q.to); i++ {
			if w.shares(of, row, i) {
				lost = append(lost, p.label)
				return
			}
		}
		other = append(other, p.label)
	})
	shuffle(&b.r, lost)
	shuffle(&b.r, other)
	for _, l := range append(lost, other...) {
		b.wrong(l)
	}
}
