package generate

import (
	"slices"
	"strings"
)

// enough reports whether a race has wrong options for what its prize goes to: enough losers, or enough other years.
func (w *world) enough(r *race, p *prize) bool {
	return w.variety[r.cat] >= 6 || w.countLosers(r, p) > wrongOptions
}

// countVariety counts the different winners of each category, up to six of them.
func (w *world) countVariety() {
	w.variety = make([]uint8, len(w.byCat))
	for cat, all := range w.byCat {
		p := &w.prizes[cat]
		var seen []string
		for _, n := range all {
			r := &w.races[n]
			for row := int(r.from); row < int(r.from+r.won) && len(seen) < 6; row++ {
				if label := w.label(p, row); label != "" && !slices.Contains(seen, label) {
					seen = append(seen, label)
				}
			}
		}
		w.variety[cat] = uint8(len(seen))
	}
}

// eachRow calls visit for the winning rows of all races that may be asked.
func (e *enum) eachRow(visit func(r *race, p *prize, row int)) {
	for i := range e.w.races {
		r := &e.w.races[i]
		if !r.fit {
			continue
		}
		for row := int(r.from); row < int(r.from+r.won); row++ {
			visit(r, &e.w.prizes[r.cat], row)
		}
	}
}

// eachLost calls visit for the losing rows of all races with one winner that may be asked.
func (e *enum) eachLost(visit func(r *race, p *prize, row int)) {
	for i := range e.w.races {
		r := &e.w.races[i]
		if !r.fit || r.won != 1 {
			continue
		}
		for row := int(r.from + r.won); row < int(r.to); row++ {
			if e.w.k.Lost(row) && e.w.k.Fit(row) {
				visit(r, &e.w.prizes[r.cat], row)
			}
		}
	}
}

func eachWinner(e *enum) {
	e.eachRow(func(r *race, p *prize, row int) {
		if e.w.hasLabel(p, row) && e.w.enough(r, p) && !e.w.given(r, p, "", e.w.label(p, row)) {
			e.race(r, row)
		}
	})
}

// buildWinner asks who won a race. Where several did, it asks which of the options is one of them.
func buildWinner(b *builder) bool {
	w, row := b.w, int(b.s.a)
	r := w.raceOf(row)
	p := &w.prizes[r.cat]
	b.right(p, row)
	b.rows(row)
	if r.won > 1 {
		b.oneOfSeveral(r, p)
	} else {
		b.askWinner(r, p)
	}
	b.rivals(r, p)
	b.neighbours(r, p, b.outsideRace(r, p))
	b.q.Note = w.told(r, p, row)
	return b.done()
}

func (b *builder) askWinner(r *race, p *prize) {
	w := b.w
	name, when := w.prizeOf(r), w.when(int(r.edition), p)
	if p.to == toPerson {
		wordings := []string{"who " + w.won(r) + "?"}
		if p.time == atCeremony || p.time == atFestival {
			wordings = append(wordings, spaced(name, when, "went to whom?"), spaced("who took", name, when)+"?",
				spaced(when, "who was given", name)+"?")
		}
		b.ask(wordings...)
		return
	}
	wordings := []string{"which " + p.noun + " " + w.won(r) + "?", "name the " + p.noun + " that " + w.won(r) + "."}
	if (p.time == atCeremony || p.time == atFestival) && p.past == "won" {
		wordings = append(wordings, spaced(name, when, "went to which", p.noun)+"?", spaced("what", p.noun, "took", name,
			when)+"?")
	}
	b.ask(wordings...)
}

// oneOfSeveral asks which of the options was among those who shared a prize.
func (b *builder) oneOfSeveral(r *race, p *prize) {
	w := b.w
	b.q.ChoiceOnly = true
	for row := int(r.from); row < int(r.from+r.won); row++ {
		b.avoid(w.label(p, row))
	}
	nouns := p.receivers()
	b.ask(spaced("which of these", nouns, p.past, "or shared", w.prizeOf(r), w.when(int(r.edition), p)) + "?")
	if p.past != "won" {
		b.ask(spaced("which of these", nouns, p.past, w.prizeOf(r), w.when(int(r.edition), p)) + "?")
	}
}

// told is the line of the reveal for a winner: with whom it was shared, and for which work.
func (w *world) told(r *race, p *prize, row int) string {
	note := ""
	switch {
	case r.won > 1:
		var all []string
		for other := int(r.from); other < int(r.from+r.won); other++ {
			if l := w.label(p, other); l != "" {
				all = append(all, l)
			}
		}
		note = "Shared by " + list(all)
	case p.to == toPerson && w.k.RowWorks(row).Len() == 1:
		note = "For " + w.k.WorkTitle(int(w.k.RowWorks(row).At(0)))
	}
	if (p.time == atCeremony || p.time == atFestival) && note != "" {
		return note + ", " + w.editionNote(int(r.edition))
	}
	if note == "" && p.time == atCeremony {
		return w.editionNote(int(r.edition))
	}
	return note
}

// forWork reports whether a row says for which work somebody was honoured.
func (w *world) forWork(p *prize, row int) bool {
	return p.to == toPerson && w.k.RowWorks(row).Len() == 1 && w.hasLabel(p, row)
}

// titleTold reports whether the title of a row's work stands in the names or in the prize: "Ellen".
func (w *world) titleTold(r *race, p *prize, row int) bool {
	title := w.k.WorkTitle(int(w.k.RowWorks(row).At(0)))
	return w.given(r, p, w.label(p, row), title)
}

// given reports whether an answer stands in the words that a question about a race needs, or in more: "Golden" in
// "Golden Globe", "1984" in a year.
func (w *world) given(r *race, p *prize, more, answer string) bool {
	if len(answer) == 0 || len(answer) > 30 {
		return false
	}
	if '0' <= answer[0] && answer[0] <= '9' {
		return told(spaced(w.k.EditionName(int(r.edition)), itoa(w.k.EditionYear(int(r.edition))),
			w.k.EditionHonoured(int(r.edition)),
			more), answer)
	}
	return told(p.name, answer) || told(w.k.EditionName(int(r.edition)), answer) || told(more, answer) ||
		strings.EqualFold(answer, "lost")
}

func eachFor(e *enum) {
	e.eachRow(func(r *race, p *prize, row int) {
		if e.w.forWork(p, row) && e.w.otherWorks(r) && !e.w.titleTold(r, p, row) {
			e.race(r, row)
		}
	})
}

func eachNominatedFor(e *enum) {
	e.eachLost(func(r *race, p *prize, row int) {
		if !e.w.forWork(p, row) || !e.w.otherWorks(r) || e.w.titleTold(r, p, row) {
			return
		}
		for other := int(r.from); other < int(r.to); other++ {
			if other != row && e.w.shares(p, row, other) {
				return // nominated twice: two answers
			}
		}
		e.race(r, row)
	})
}

// otherWorks reports whether there are works enough around a race to be wrong options.
func (w *world) otherWorks(r *race) bool {
	return int(r.to-r.from) >= 5 || len(w.byCat[r.cat]) >= 8
}

// buildFor asks for which work somebody won or was nominated.
func buildFor(b *builder) bool {
	w, row := b.w, int(b.s.a)
	r := w.raceOf(row)
	p := &w.prizes[r.cat]
	who, work := w.label(p, row), int(w.k.RowWorks(row).At(0))
	b.work(work)
	b.rows(row)
	verb, rest := "did "+who+" win", spaced(w.prizeOf(r), w.when(int(r.edition), p))
	alt := spaced(who, "won", rest, "for which", p.noun) + "?"
	if !w.k.Won(row) {
		verb, rest = be(w.k.RowPeople(row).Len())+" "+who, w.nominated(r)
		alt = spaced("which", p.noun, "brought", who, "a nomination for", w.prizeOf(r), w.when(int(r.edition), p)) + "?"
	}
	b.ask(spaced("for which", p.noun, verb, rest)+"?", alt)
	b.ownWorks(r, p, row)
	b.worksOf(r, row)
	b.near(r, func(other *race) bool { b.worksOf(other, row); return !b.full() })
	return b.done()
}

func be(n int) string {
	if n > 1 {
		return "were"
	}
	return "was"
}

// ownWorks adds one other work of the same person as a wrong option: the hardest one. Works of the same race are right or
// half right, and stay out.
func (b *builder) ownWorks(r *race, p *prize, row int) {
	w := b.w
	for other := int(r.from); other < int(r.to); other++ {
		if w.shares(p, row, other) {
			b.avoidWorks(other)
		}
	}
	rows := w.k.PersonRows(int(w.k.RowPeople(row).At(0)))
	from := b.r.below(max(1, rows.Len()))
	for i := range rows.Len() {
		other := int(rows.At((from + i) % rows.Len()))
		works := w.k.RowWorks(other)
		if works.Len() != 1 || other == row || w.prizes[w.k.RowCategory(other)].works != p.works ||
			w.prizes[w.k.RowCategory(other)].tv != p.tv ||
			abs(w.k.EditionYear(w.k.RowEdition(other))-w.k.EditionYear(int(r.edition))) < 2 {
			continue
		}
		before := len(b.q.Wrong)
		b.wrong(w.k.WorkTitle(int(works.At(0))))
		if len(b.q.Wrong) > before {
			return
		}
	}
}

func (b *builder) avoidWorks(row int) {
	works := b.w.k.RowWorks(row)
	for i := range works.Len() {
		b.avoid(b.w.k.WorkTitle(int(works.At(i))))
	}
}

// worksOf adds the works of a race, but for those of a row, as wrong options.
func (b *builder) worksOf(r *race, row int) {
	n := int(r.to - r.from)
	for i, from := 0, b.r.below(n); i < n; i++ {
		other := int(r.from) + (from+i)%n
		if works := b.w.k.RowWorks(other); works.Len() == 1 && other != row && b.w.k.Confirmed(other) {
			b.wrong(b.w.k.WorkTitle(int(works.At(0))))
		}
	}
}

func abs(n int) int { return max(n, -n) }

// shuffled are the numbers from ≤ n < to in a mixed order.
func shuffled(r *rng, from, to int) []int {
	out := make([]int, 0, max(0, to-from))
	for i := from; i < to; i++ {
		out = append(out, i)
	}
	shuffle(r, out)
	return out
}
