package generate

import (
	"strings"

	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/trivia/judge"
)

// listed reports whether the nominees of a race are known well enough to ask who was not among them: all rows tell who
// is meant, and there are as many as a race has.
func (w *world) listed(r *race, p *prize) bool {
	least := int32(5)
	if p.manner.topic == "oscars" {
		least = 3
	}
	if p.manner.topic == "baftas" && p.to == toWork {
		least = 4
	}
	if r.to-r.from < least || p.to == toSong {
		return false
	}
	for row := int(r.from); row < int(r.to); row++ {
		if !w.k.Fit(row) || !w.hasLabel(p, row) {
			return false
		}
	}
	return true
}

func eachNotNominated(e *enum) {
	e.eachRow(func(r *race, p *prize, row int) {
		if row == int(r.from) && e.w.listed(r, p) && len(e.w.byCat[r.cat]) >= 5 {
			e.race(r, row)
		}
	})
}

// buildNotNominated asks who of four was not nominated. The right one was nominated for the same prize in a year nearby.
func buildNotNominated(b *builder) bool {
	w := b.w
	r := w.raceOf(int(b.s.a))
	p := &w.prizes[r.cat]
	b.q.ChoiceOnly = true
	odd := -1
	b.near(r, func(other *race) bool {
		row := int(other.from) + b.r.below(int(other.to-other.from))
		if w.k.Fit(row) && w.hasLabel(p, row) && !w.inRace(r, p, row) {
			odd = row
		}
		return odd < 0
	})
	if odd < 0 {
		return false
	}
	b.answer(b.kind(p), w.label(p, odd))
	in := shuffled(&b.r, int(r.from), int(r.to))
	for _, row := range in {
		if b.full() {
			break
		}
		before := len(b.q.Wrong)
		b.wrong(w.label(p, row))
		if len(b.q.Wrong) > before {
			b.rows(row)
		}
	}
	b.ask(spaced("which of these", b.nouns(p), "was not", w.nominated(r))+"?",
		spaced("three of these", b.nouns(p), "were", w.nominated(r))+". Which one was not?")
	other := w.raceOf(odd)
	b.q.Note = w.label(p, odd) + ": " + w.k.EditionName(int(other.edition))
	if p.time != atCeremony {
		b.q.Note = ""
	}
	return b.done()
}

// kind is the sort of answer that a prize's receivers are.
func (b *builder) kind(p *prize) judge.Kind {
	switch p.to {
	case toPerson:
		return judge.Person
	case toTeam:
		return judge.Other
	}
	return judge.Work
}

func (b *builder) nouns(p *prize) string {
	return p.receivers()
}

// receivers is what those that a prize goes to are called.
func (p *prize) receivers() string {
	if p.to != toPerson {
		return p.nouns
	}
	switch p.manner.topic {
	case "grammys":
		return "acts"
	case "nobel":
		return "laureates"
	}
	return "people"
}

func eachAlso(e *enum) {
	e.eachLost(func(r *race, p *prize, row int) {
		if p.to != toSong && e.w.named(r, p) && e.w.hasLabel(p, row) && len(e.w.byCat[r.cat]) >= 6 && e.w.hasLabel(p,
			int(r.from)) &&
			!e.w.given(r, p, e.w.label(p, int(r.from)), e.w.label(p, row)) && !e.w.sharesWinner(r, p, row) {
			e.race(r, row)
		}
	})
}

// named reports whether all nominees of a race are known, so that nobody who is an option for not being in it might be:
// the works of other years are not, whatever is missing.
func (w *world) named(r *race, p *prize) bool {
	if p.to == toWork {
		return true
	}
	if r.to-r.from < 5 && p.manner.topic != "oscars" {
		return false
	}
	for row := int(r.from); row < int(r.to); row++ {
		if !w.hasLabel(p, row) {
			return false
		}
	}
	return true
}

// buildAlso asks who of four was nominated and lost. The wrong ones were nominated for the same prize in years nearby.
func buildAlso(b *builder) bool {
	w, row := b.w, int(b.s.a)
	r := w.raceOf(row)
	p := &w.prizes[r.cat]
	b.q.ChoiceOnly = true
	b.answer(b.kind(p), w.label(p, row))
	b.rows(row, int(r.from))
	winner := w.label(p, int(r.from))
	b.avoid(winner)
	rest := spaced(w.prizeOf(r), w.when(int(r.edition), p))
	if p.time == atFestival {
		b.ask(spaced("which of these", b.nouns(p), "was in competition when", winner, "won", rest)+"?",
			spaced(winner, "won", rest+".", "Which of these was in competition too?"))
	} else {
		b.ask(spaced("which of these", b.nouns(p), "was also nominated when", winner, "won", rest)+"?",
			spaced(winner, "won", rest+".", "Which of these was nominated too?"))
	}
	b.nominees(r, p, b.outsideRace(r, p))
	return b.done()
}

func eachBeaten(e *enum) {
	e.eachLost(func(r *race, p *prize, row int) {
		if p.time != atFestival && e.w.hasLabel(p, row) && e.w.hasLabel(p, int(r.from)) && e.w.countLosers(r,
			p) > wrongOptions &&
			!e.w.shares(p, row, int(r.from)) && !e.w.given(r, p, e.w.label(p, row), e.w.label(p, int(r.from))) {
			e.race(r, row)
		}
	})
}

// buildBeaten asks who won instead of a nominee.
func buildBeaten(b *builder) bool {
	w, row := b.w, int(b.s.a)
	r := w.raceOf(row)
	p := &w.prizes[r.cat]
	winner, loser := int(r.from), w.label(p, row)
	b.right(p, winner)
	b.avoid(loser)
	b.rows(winner, row)
	b.q.Note = w.told(r, p, winner)
	who := "who"
	if p.to != toPerson {
		who = "which " + p.noun
	}
	if w.forWork(p, row) {
		loser += " (for " + w.k.WorkTitle(int(w.k.RowWorks(row).At(0))) + ")"
	}
	rest := spaced(w.prizeOf(r), w.when(int(r.edition), p))
	b.ask(spaced(loser, be(w.plurality(p, row)), w.nominated(r)+".", capital(who), "won instead?"),
		spaced(who, "beat", loser, "to", rest)+"?", spaced(loser, "lost", rest, "to", whom(who))+"?")
	b.rivals(r, p)
	b.neighbours(r, p, b.outsideRace(r, p))
	return b.done()
}

func whom(who string) string {
	if who == "who" {
		return "whom"
	}
	return who
}

func (w *world) plurality(p *prize, row int) int {
	if p.to == toPerson {
		return w.k.RowPeople(row).Len()
	}
	return 1
}

// containsWord reports whether a text has a word, whatever its case.
func containsWord(text, word string) bool {
	return strings.Contains(" "+fold.String(text)+" ", " "+fold.String(word)+" ")
}
