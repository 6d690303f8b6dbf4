package facts

import (
	"slices"
)

// beaten answers who won the races that somebody lost.
func (p *plan) beaten(a *Answer) bool {
	if p.cues&(cueBeat|cueLost) == 0 || len(p.entities) == 0 {
		return false
	}
	s := p.scope()
	candidates := p.subjects(p.entities[0], &s)
	sub := candidates[0]
	s = p.assume(s, sub)
	p.tally(a, sub, &s)
	victor := p.victor()
	kept := a.Races[:0]
	for _, race := range a.Races {
		if lost := race.Mine[0].Outcome == "nominated"; lost == victor {
			continue
		}
		cat, e := p.find(&race)
		full := p.c.race(e, cat, victor)
		full.Mine = race.Mine
		kept = append(kept, full)
	}
	a.Races = kept
	rank := func(r *Race) int {
		cat, e := p.find(r)
		n := int(p.c.db.CatRank.At(cat)) + 8*p.c.awardOf(e)
		if p.cues&cueFilm != 0 && r.About != "work" || p.cues&cueFilm == 0 && sub.person >= 0 && r.About == "work" {
			n += 4
		}
		return n
	}
	slices.SortStableFunc(a.Races, func(x, y Race) int { return rank(&x) - rank(&y) })
	if len(kept) == 0 {
		return true // the record itself says that there was nothing to lose, or nothing lost
	}
	a.Kind, a.Notes = KindRace, nil
	p.others(a, sub, candidates)
	return true
}

// victor reports whether the question is about those whom the one named has beaten ("who lost to X", "who did X beat"),
// rather than who has beaten them.
func (p *plan) victor() bool {
	e := p.entities[0]
	for i := range p.tokens {
		switch {
		case p.tokens[i].cue&cueLost != 0:
			return i < e.from && i+1 < len(p.tokens) && p.tokens[i+1].text == "to"
		case p.tokens[i].cue&cueBeat != 0:
			return i >= e.to
		}
	}
	return false
}

// find is the category and edition of a race.
func (p *plan) find(r *Race) (cat, edition int) {
	db := p.c.db
	award := p.awardIndex(r.Edition.Award.ID)
	for e := int(db.AwardEds.At(award)); e < int(db.AwardEds.At(award+1)); e++ {
		if p.c.text.edID.At(e) == r.Edition.ID {
			edition = e
		}
	}
	for n := int(db.AwardCats.At(award)); n < int(db.AwardCats.At(award+1)); n++ {
		if p.c.text.catID.At(n) == r.Category.ID {
			cat = n
		}
	}
	return cat, edition
}
