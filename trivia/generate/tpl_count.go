package generate

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/whowon-bot/whowon/trivia/judge"
)

func itoa(n int) string { return strconv.Itoa(n) }

// tally is what a film has at the Oscars.
type tally struct{ edition, wins, noms, last int }

// oscars counts a work's wins and nominations. False where a count could be doubted: two ceremonies, a prize outside the
// races, a nomination that was not official.
func (w *world) oscars(work int) (t tally, ok bool) {
	rows := w.k.WorkRows(work)
	t.edition = -1
	for i := range rows.Len() {
		row := int(rows.At(i))
		if w.k.CategoryAward(w.k.RowCategory(row)) != w.oscar {
			continue
		}
		e := w.k.RowEdition(row)
		if !w.k.Won(row) && !w.k.Lost(row) || w.k.RowNote(row) != "" && containsWord(w.k.RowNote(row), "unofficial") ||
			!w.k.Confirmed(row) || t.edition >= 0 && t.edition != e {
			return t, false
		}
		t.edition, t.last = e, row
		t.noms++
		if w.k.Won(row) {
			t.wins++
		}
	}
	return t, t.edition >= 0
}

func (e *enum) eachTally(visit func(work int, t tally, ease float64)) {
	for work := range e.w.k.Works() {
		if e.w.k.WorkFame(work) < 200 {
			continue
		}
		if t, ok := e.w.oscars(work); ok {
			visit(work, t, 0.36+0.34*recency(e.w.k.EditionYear(t.edition))+0.3*renown(e.w.k.WorkFame(work)))
		}
	}
}

func eachWins(e *enum) {
	e.eachTally(func(work int, t tally, ease float64) {
		if (t.wins >= 2 || t.wins == 0 && t.noms >= 7) && !told(e.w.k.WorkTitle(work), itoa(t.wins)) {
			e.add(work, -1, 0, ease)
		}
	})
}

func eachNominations(e *enum) {
	e.eachTally(func(work int, t tally, ease float64) {
		if t.noms >= 5 && !told(e.w.k.WorkTitle(work), itoa(t.noms)) {
			e.add(work, -1, 0, ease)
		}
	})
}

// buildWins asks how many Oscars a film won.
func buildWins(b *builder) bool {
	t := b.tallied()
	p := b.w.oscarPrize()
	when := b.w.when(t.edition, p)
	title := b.w.k.WorkTitle(int(b.s.a))
	b.answer(judge.Number, itoa(t.wins))
	b.ask(spaced("how many Oscars did", title, "win", when)+"?", spaced(when, title, "won how many Oscars?"))
	b.q.Note = itoa(t.noms) + " nominations"
	return b.numbers(t.wins, 0) && b.done()
}

// buildNominations asks how often a film was nominated.
func buildNominations(b *builder) bool {
	t := b.tallied()
	p := b.w.oscarPrize()
	when := b.w.when(t.edition, p)
	title := b.w.k.WorkTitle(int(b.s.a))
	b.answer(judge.Number, itoa(t.noms))
	b.ask(spaced("how many Oscar nominations did", title, "have", when)+"?",
		spaced(title, "was nominated for how many Oscars", when)+"?")
	b.q.Note = "It won " + itoa(t.wins)
	return b.numbers(t.noms, 1) && b.done()
}

// tallied counts a film again and notes all the rows counted.
func (b *builder) tallied() tally {
	t, _ := b.w.oscars(int(b.s.a))
	rows := b.w.k.WorkRows(int(b.s.a))
	for i := range rows.Len() {
		if row := int(rows.At(i)); b.w.k.RowEdition(row) == t.edition {
			b.rows(row)
		}
	}
	return t
}

func (w *world) oscarPrize() *prize {
	return &prize{manner: manner{time: atCeremony, works: "film"}, award: w.oscar}
}

// oscarWins are the rows with which a person won an Oscar.
func (w *world) oscarWins(person int) []int {
	var out []int
	rows := w.k.PersonRows(person)
	for i := range rows.Len() {
		row := int(rows.At(i))
		if w.k.CategoryAward(w.k.RowCategory(row)) == w.oscar && w.k.Won(row) {
			out = append(out, row)
		}
	}
	return out
}

func eachPersonWins(e *enum) {
	k := e.w.k
	for p := range k.People() {
		if k.PersonFame(p) < 400 || k.PersonKind(p) != "person" || len(e.w.people(p)) > 1 {
			continue
		}
		if wins := e.w.oscarWins(p); len(wins) >= 2 {
			year := e.w.yearOf(wins[len(wins)-1])
			ease := 0.3 + 0.3*recency(year) + 0.4*renown(k.PersonFame(p))
			if !slices.ContainsFunc(wins, func(row int) bool { return e.w.prizes[k.RowCategory(row)].to == toPerson }) {
				ease -= 0.25 // who won for acting or directing is known, others are not
			}
			e.add(p, -1, 0, ease)
		}
	}
}

// buildPersonWins asks how many Oscars somebody won.
func buildPersonWins(b *builder) bool {
	w := b.w
	wins := w.oscarWins(int(b.s.a))
	b.rows(wins...)
	b.answer(judge.Number, itoa(len(wins)))
	name := w.k.PersonName(int(b.s.a))
	to := "up to the " + w.k.EditionName(w.lastOscars)
	b.ask(spaced("how many competitive Oscars has", name, "won,", to)+"?", spaced(name,
		"has won how many competitive Oscars,", to)+"?")
	b.q.Text = b.q.Text[:len(b.q.Text)-1] + " (held in " + itoa(w.k.EditionYear(w.lastOscars)) + ")?"
	return b.numbers(len(wins), 0) && b.done()
}

// rank is how often somebody won a prize, and the last row.
type rank struct {
	person, row int32
	wins        int
}

// ranking counts the winners of a category, the most wins first.
func (w *world) ranking(cat int) []rank {
	p := &w.prizes[cat]
	at := map[string]int{}
	var out []rank
	for _, n := range w.byCat[cat] {
		r := &w.races[n]
		for row := int(r.from); row < int(r.from+r.won); row++ {
			people := w.k.RowPeople(row)
			count := people.Len()
			if p.to == toTeam {
				count = min(1, count)
			}
			for i := range count {
				who := int(people.At(i))
				name := w.k.PersonName(who)
				j, ok := at[name]
				if !ok {
					j = len(out)
					at[name] = j
					out = append(out, rank{person: int32(who)})
				}
				out[j].wins++
				out[j].row = int32(row)
			}
		}
	}
	slices.SortStableFunc(out, func(x, y rank) int { return cmp.Compare(y.wins, x.wins) })
	return out
}

func eachRecord(e *enum) {
	for cat := range e.w.prizes {
		p := &e.w.prizes[cat]
		if !p.fit || !p.records || p.to == toWork || p.to == toSong || p.importance > 2 || len(e.w.byCat[cat]) < 7 ||
			e.w.split(cat) ||
			slices.ContainsFunc(e.w.byCat[cat], func(n int32) bool { return e.w.races[n].won > 0 && !e.w.races[n].fit }) {
			continue
		}
		all := e.w.ranking(cat)
		if len(all) <= wrongOptions || all[0].wins < 3 || all[0].wins == all[1].wins {
			continue
		}
		ease := 0.5*p.weight + 0.5*e.w.fame(p, int(all[0].row))
		e.add(int(all[0].row), -1, p.topic, ease)
	}
}

// split reports whether a prize was given as several for a time, so that a count over one of them is not the whole.
func (w *world) split(cat int) bool {
	p := &w.prizes[cat]
	for c := range w.prizes {
		if q := &w.prizes[c]; c != cat && q.award == p.award && len(q.label) > len(p.label) &&
			q.label[:len(p.label)] == p.label {
			return true
		}
	}
	return false
}

// buildRecord asks who won a prize most often.
func buildRecord(b *builder) bool {
	w := b.w
	r := w.raceOf(int(b.s.a))
	p := &w.prizes[r.cat]
	all := w.ranking(int(r.cat))
	b.person(int(all[0].person))
	wins := w.wins(int(r.cat), p, int(b.s.a))
	b.rows(wins...)
	near := all[1:min(len(all), 7)]
	shuffle(&b.r, near)
	for _, o := range near {
		if o.wins < all[0].wins {
			b.wrong(w.k.PersonName(int(o.person)))
		}
	}
	_, last := w.yearsAwarded(int(r.cat))
	who := "who has"
	if p.to == toTeam {
		who = "which " + p.noun + " has"
	}
	name, past := p.single, p.past
	if p.time == inName {
		name = p.name
	}
	b.ask(spaced(who, past, name, "most often, up to", itoa(last))+"?", spaced(who, "the record: most often", past, name,
		"up to", itoa(last))+"?")
	b.q.Text = capital(spaced(who, past, name, "most often, up to", itoa(last)) + "?")
	b.q.Note = itoa(all[0].wins) + " times"
	return b.done()
}
