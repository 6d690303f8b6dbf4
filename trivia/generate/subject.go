package generate

import (
	"strings"

	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/trivia/judge"
)

// label is what a prize went to in a row, as an option shows it; "" where the row does not tell.
func (w *world) label(p *prize, row int) string {
	switch p.to {
	case toSong:
		return w.k.RowDetail(row, "song")
	case toPerson:
		return w.persons(row)
	case toTeam:
		if people := w.k.RowPeople(row); people.Len() > 0 {
			return w.k.PersonName(int(people.At(0)))
		}
		return ""
	}
	if works := w.k.RowWorks(row); works.Len() == 1 {
		return w.k.WorkTitle(int(works.At(0)))
	}
	return ""
}

// inText is a label as a sentence needs it: "the Netherlands", "the Boston Celtics".
func (w *world) inText(p *prize, row int) string {
	label := w.label(p, row)
	if p.to == toTeam {
		switch p.manner.topic {
		case "super-bowl", "nba", "stanley-cup", "world-series":
			return "the " + label
		}
	}
	return withArticle(label)
}

// withArticle writes the names that have an article in English with it.
func withArticle(name string) string {
	switch name {
	case "Netherlands", "United Kingdom", "United States", "Soviet Union", "West Indies", "Czech Republic",
		"14th Dalai Lama", "Philippines":
		return "the " + name
	}
	return name
}

// persons names the people of a row, up to three.
func (w *world) persons(row int) string {
	people := w.k.RowPeople(row)
	switch n := people.Len(); n {
	case 0:
		return ""
	case 1:
		return w.k.PersonName(int(people.At(0)))
	case 2, 3:
		names := make([]string, n)
		for i := range n {
			names[i] = w.k.PersonName(int(people.At(i)))
		}
		return list(names)
	}
	return ""
}

// hasLabel is whether a row has a label, without making it.
func (w *world) hasLabel(p *prize, row int) bool {
	switch p.to {
	case toSong:
		return w.k.RowDetail(row, "song") != ""
	case toPerson:
		n := w.k.RowPeople(row).Len()
		return n > 0 && n <= 3
	case toTeam:
		return w.k.RowPeople(row).Len() > 0
	}
	return w.k.RowWorks(row).Len() == 1
}

// right sets what a prize went to as the answer, with its other names.
func (b *builder) right(p *prize, row int) {
	w := b.w
	label := w.label(p, row)
	people := w.k.RowPeople(row)
	switch p.to {
	case toSong:
		b.answer(judge.Work, label)
		b.avoidWorks(row)
	case toWork:
		b.work(int(w.k.RowWorks(row).At(0)))
	default:
		if p.to == toPerson && people.Len() > 1 {
			b.answer(judge.Person, label)
			return
		}
		b.person(int(people.At(0)))
	}
}

// work sets a work as the answer.
func (b *builder) work(n int) {
	b.answer(judge.Work, append([]string{b.w.k.WorkTitle(n)}, b.w.k.WorkAliases(n)...)...)
}

// person sets a person, team, country or place as the answer.
func (b *builder) person(n int) {
	k := b.w.k
	kind := judge.Other
	switch k.PersonKind(n) {
	case "person":
		kind = judge.Person
	case "country", "place":
		kind = judge.Place
	}
	b.answer(kind, k.PersonName(n))
	for _, alias := range k.PersonAliases(n) {
		if !strings.Contains(alias, " - ") { // "Screenplay - Edward Berger" is a spelling of a table, not a name
			b.answer(kind, alias)
		}
	}
	b.family = k.PersonFamily(n)
}

// wins lists the rows with which somebody or something of a row won a category, this row among them: by any of its
// people or works, under any of their numbers.
func (w *world) wins(cat int, p *prize, row int) []int {
	var out []int
	add := func(r int) {
		if w.k.RowCategory(r) == cat && w.k.Won(r) {
			out = append(out, r)
		}
	}
	if p.to == toSong {
		return []int{row}
	}
	if p.to == toWork {
		works := w.k.RowWorks(row)
		for i := range works.Len() {
			for _, n := range w.works(int(works.At(i))) {
				rows := w.k.WorkRows(int(n))
				for j := range rows.Len() {
					add(int(rows.At(j)))
				}
			}
		}
		return out
	}
	people := w.k.RowPeople(row)
	count := people.Len()
	if p.to == toTeam {
		count = min(1, count)
	}
	for i := range count {
		for _, n := range w.people(int(people.At(i))) {
			rows := w.k.PersonRows(int(n))
			for j := range rows.Len() {
				add(int(rows.At(j)))
			}
		}
	}
	return out
}

// inRace reports whether something or somebody of a row has a row in a race, whatever the outcome.
func (w *world) inRace(r *race, p *prize, row int) bool {
	name := fold.String(w.label(p, row))
	for other := int(r.from); other < int(r.to); other++ {
		if w.shares(p, row, other) || fold.String(w.label(p, other)) == name {
			return true
		}
	}
	return false
}

// shares reports whether two rows have a receiver in common.
func (w *world) shares(p *prize, a, b int) bool {
	x, y := w.k.RowPeople(a), w.k.RowPeople(b)
	if p.to == toWork || p.to == toSong {
		x, y = w.k.RowWorks(a), w.k.RowWorks(b)
	}
	for i := range x.Len() {
		for j := range y.Len() {
			if x.At(i) == y.At(j) {
				return true
			}
			if p.to != toWork && p.to != toSong && strings.EqualFold(w.k.PersonName(int(x.At(i))),
				w.k.PersonName(int(y.At(j)))) {
				return true
			}
		}
	}
	return false
}

// losers are the nominated rows of a race that have a label.
func (w *world) losers(r *race, p *prize) []int {
	var out []int
	for row := int(r.from + r.won); row < int(r.to); row++ {
		if w.k.Lost(row) && w.k.Confirmed(row) && w.hasLabel(p, row) {
			out = append(out, row)
		}
	}
	return out
}

func (w *world) countLosers(r *race, p *prize) int {
	n := 0
	for row := int(r.from + r.won); row < int(r.to); row++ {
		if w.k.Lost(row) && w.k.Confirmed(row) && w.hasLabel(p, row) && !w.sharesWinner(r, p, row) {
			n++
		}
	}
	return n
}
