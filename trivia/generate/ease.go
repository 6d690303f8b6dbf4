package generate

import "math/bits"

// How well known something is, from 0 to 1, is estimated from the facts alone: what the prize is (its award and its place
// within it), how long ago it was, and how much those in it won and were nominated for.

// recency falls from 1 for this decade to little for what is 90 years ago or more.
func recency(year int) float64 {
	return 0.15 + 0.85*min(1, max(0, float64(year-1935)/88))
}

// renown is how well known a person or work is, from the fame that the facts count: 60 (one nomination for a known
// prize) is little, 4,000 (a film that won all there is) is 1.
func renown(fame int) float64 {
	n := uint(max(1, fame))
	log := float64(bits.Len(n)-1) + float64(n)/float64(uint(1)<<(bits.Len(n)-1)) - 1
	return min(1, max(0, (log-5)/6.6))
}

// ease is how easy a question about a row is before it is known what is asked.
func (w *world) ease(r *race, row int) float64 {
	p := &w.prizes[r.cat]
	rec := recency(w.k.EditionYear(int(r.edition)))
	fame := w.fame(p, row)
	if !p.cinema() {
		fame *= 0.5 + 0.5*rec // old films are seen again, old finals are not
	}
	ease := 0.36*p.weight + 0.34*rec + 0.30*fame
	if p.to == toSong || p.noun == "short film" {
		ease -= 0.08
	}
	return ease
}

// fame is how well known those in a row are.
func (w *world) fame(p *prize, row int) float64 {
	best := 0.0
	if !p.cinema() {
		best = p.known()
	}
	works, people := w.k.RowWorks(row), w.k.RowPeople(row)
	for i := range works.Len() {
		best = max(best, renown(w.k.WorkFame(int(works.At(i)))))
	}
	for i := range people.Len() {
		n := int(people.At(i))
		f := renown(2 * w.k.PersonFame(n))
		if !p.cinema() {
			f = max(f, w.fameElsewhere(p, n))
		}
		if p.to == toPerson || !p.cinema() {
			best = max(best, f)
		}
	}
	return best
}

// fameElsewhere is fame where winners have few rows: who won often is known, and a country or team always is.
func (w *world) fameElsewhere(p *prize, person int) float64 {
	return min(1, p.known()+0.08*float64(w.k.PersonRows(person).Len()-1))
}

// known is how well winners of a prize that is not for films are known, whoever they are.
func (p *prize) known() float64 {
	switch p.manner.topic {
	case "nobel":
		if p.label == "Nobel Peace Prize" || p.label == "Nobel Prize in Literature" {
			return 0.45
		}
		return 0.2
	case "turing-fields":
		return 0.2
	case "game-of-the-year":
		return 0.6
	case "tonys", "booker", "pulitzer":
		return 0.4
	}
	if p.to == toTeam {
		return 0.6
	}
	return 0.45
}

// cinema reports whether a prize is one for films or television.
func (p *prize) cinema() bool { return p.works == "film" || p.works == "series" }
