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

// containsWord reports whether a text has a word, whatever its case.
func containsWord(text, word string) bool {
	return strings.Contains(" "+fold.String(text)+" ", " "+fold.String(word)+" ")
}
