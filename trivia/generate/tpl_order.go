package generate

import (
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/trivia/judge"
)

// firstWin reports whether a row is the only win of its receiver in a category, so that its year is not in doubt.
func (w *world) firstWin(r *race, p *prize, row int) bool {
	if len(w.wins(int(r.cat), p, row)) != 1 {
		return false
	}
	all := w.k.CategoryRelatives(int(r.cat))
	for i := range all.Len() {
		if p.to != toWork && len(w.wins(int(all.At(i)), p, row)) > 0 {
			return false
		}
	}
	return true
}

// later are rows of winners of the same prize in later races with one winner, who won it once, at most span years after.
func (b *builder) later(r *race, p *prize, span, want int) []int {
	w := b.w
	year := w.k.EditionYear(int(r.edition))
	all := w.byCat[r.cat]
	at := slices.Index(all, w.raceNo(r))
	var rows []int
	for _, n := range all[at+1:] {
		o := &w.races[n]
		y := w.k.EditionYear(int(o.edition))
		if y-year > span && len(rows) >= want {
			break
		}
		if y > year && o.fit && o.won == 1 && w.hasLabel(p, int(o.from)) && w.firstWin(o, p, int(o.from)) {
			rows = append(rows, int(o.from))
		}
	}
	shuffle(&b.r, rows)
	return rows
}

func eachFirst(e *enum) {
	e.eachDated(wrongOptions, func(r *race, p *prize, row int) { e.race(r, row) })
}

// eachDated visits the winning rows after which the prize was won by at least want others who won it once.
func (e *enum) eachDated(want int, visit func(r *race, p *prize, row int)) {
	for c, all := range e.w.byCat {
		p := &e.w.prizes[c]
		if !p.fit || p.to == toSong {
			continue
		}
		after, lastYear, same := 0, 0, 0
		for i := len(all) - 1; i >= 0; i-- {
			r := &e.w.races[all[i]]
			row := int(r.from)
			if !r.fit || r.won != 1 || !e.w.hasLabel(p, row) || !e.w.firstWin(r, p, row) {
				continue
			}
			if y := e.w.k.EditionYear(int(r.edition)); y != lastYear {
				same, lastYear = 0, y
			}
			if after-same >= want {
				visit(r, p, row)
			}
			after++
			same++
		}
	}
}

// buildFirst asks which of four won a prize first.
func buildFirst(b *builder) bool {
	w, row := b.w, int(b.s.a)
	r := w.raceOf(row)
	p := &w.prizes[r.cat]
	b.q.ChoiceOnly = true
	b.answer(b.kind(p), w.label(p, row))
	b.rows(row)
	years := []string{w.dated(p, row)}
	for _, other := range b.later(r, p, 25, 8) {
		if b.full() {
			break
		}
		before := len(b.q.Wrong)
		b.wrong(w.label(p, other))
		if len(b.q.Wrong) > before {
			b.rows(other)
			years = append(years, w.dated(p, other))
		}
	}
	b.ask(spaced("which of these", b.nouns(p), "was the first to", p.base, p.single)+"?",
		spaced("who of these was the first to", p.base, p.single)+"?")
	if p.to != toPerson {
		b.q.Text = strings.Replace(b.q.Text, "Who of these", "Which of these "+b.nouns(p), 1)
	}
	b.q.Note = strings.Join(years, ", ")
	return b.done()
}

// dated is a winner with the year: "Anora 2025".
func (w *world) dated(p *prize, row int) string {
	return spaced(w.label(p, row), itoa(w.k.EditionYear(w.k.RowEdition(row))))
}

func eachOrder(e *enum) {
	e.eachDated(4, func(r *race, p *prize, row int) {
		if p.importance <= 2 && len(e.w.label(p, row)) <= 36 {
			e.race(r, row)
		}
	})
}

// arrow stands between the names of an order.
const arrow = " → "

// buildOrder asks for the order of three winners by the year they won.
func buildOrder(b *builder) bool {
	w, row := b.w, int(b.s.a)
	r := w.raceOf(row)
	p := &w.prizes[r.cat]
	b.q.ChoiceOnly = true
	three := b.inOrder(p, row, b.later(r, p, 30, 10), 2)
	if len(three) < 3 {
		all := b.later(r, p, 200, 1000)
		slices.SortFunc(all, func(x, y int) int { return len(w.label(p, x)) - len(w.label(p, y)) })
		three = b.inOrder(p, row, all, 1)
	}
	if len(three) < 3 {
		return false
	}
	slices.SortFunc(three, func(x, y int) int { return w.yearOf(x) - w.yearOf(y) })
	b.rows(three...)
	var labels, note []string
	for _, t := range three {
		labels, note = append(labels, w.label(p, t)), append(note, w.dated(p, t))
	}
	b.answer(judge.Choice, strings.Join(labels, arrow))
	turns := [][3]int{{0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}
	shuffle(&b.r, turns)
	for _, t := range turns {
		b.wrong(labels[t[0]] + arrow + labels[t[1]] + arrow + labels[t[2]])
	}
	b.ask(spaced("in which order did these", p.base, p.single+", the earliest first?"),
		spaced("put these winners of", p.single, "in order, the earliest first."))
	if p.past != "won" {
		b.q.Text = capital(spaced("in which order did these", p.base, p.single+", the earliest first?"))
	}
	b.q.Note = strings.Join(note, ", ")
	return b.done()
}

// inOrder is a row and two others of other years and names, short enough for one label.
func (b *builder) inOrder(p *prize, row int, others []int, years int) []int {
	w, three := b.w, []int{row}
	names := len(w.label(p, row))
	for _, other := range others {
		apart := len(three) < 3
		for _, had := range three {
			apart = apart && abs(w.yearOf(had)-w.yearOf(other)) >= years && w.label(p, had) != w.label(p, other)
		}
		if l := len(w.label(p, other)); apart && names+l+2*len(arrow) <= 80 {
			three, names = append(three, other), names+l
		}
	}
	return three
}

func (w *world) yearOf(row int) int { return w.k.EditionYear(w.k.RowEdition(row)) }

func eachTrue(e *enum) {
	e.eachRow(func(r *race, p *prize, row int) {
		if p.importance <= 2 && e.w.hasLabel(p, row) {
			e.race(r, row)
		}
	})
}

func eachFalse(e *enum) {
	e.eachLost(func(r *race, p *prize, row int) {
		if p.importance > 2 || !e.w.hasLabel(p, row) || !e.w.hasLabel(p, int(r.from)) || e.w.shares(p, row, int(r.from)) {
			return
		}
		e.race(r, row)
	})
}

// buildTrueFalse states that somebody won, which is so of winners and not of nominees who lost.
func buildTrueFalse(b *builder) bool {
	w, row := b.w, int(b.s.a)
	r := w.raceOf(row)
	p := &w.prizes[r.cat]
	b.q.ChoiceOnly, b.q.Ordered = true, true
	what := w.inText(p, row)
	if w.forWork(p, row) {
		what += " (for " + w.k.WorkTitle(int(w.k.RowWorks(row).At(0))) + ")"
	}
	did := w.won(r)
	if r.won > 1 && p.past == "won" {
		did = w.did(r, "won or shared")
	}
	b.ask("true or false: "+spaced(what, did)+".", "true or false? "+spaced(what, did)+".")
	if w.k.Won(row) {
		b.answer(judge.Choice, "True")
		b.q.Wrong = []string{"False"}
		b.rows(row)
		b.q.Note = w.told(r, p, row)
		return true
	}
	b.answer(judge.Choice, "False")
	b.q.Wrong = []string{"True"}
	b.rows(int(r.from), row)
	b.q.Note = w.label(p, int(r.from)) + " won"
	return true
}
