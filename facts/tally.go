package facts

import (
	"slices"

	"github.com/whowon-bot/whowon/facts/index"
)

// tally fills an answer with the record of one subject.
func (p *plan) tally(a *Answer, sub subject, s *scope) {
	c := p.c
	t := &Tally{Subject: sub.entity(c)}
	if sub.person >= 0 {
		a.Kind, a.Person = KindPerson, c.person(sub.person)
	} else {
		a.Kind, a.Work = KindWork, c.work(sub.work)
	}
	if len(s.awards) == 1 {
		award := c.award(s.awards[0])
		a.Award = &award
	}
	asked := &Count{Award: c.asked(s)}
	if len(s.cats) > 0 {
		cat := c.category(s.cats[0])
		a.Category, asked.Category = &cat, &cat
	}
	counts := map[int]*Count{}
	var order []int
	for i := range sub.rows.Len() {
		r := int(sub.rows.At(i))
		e := int(c.db.ResEdition.At(r))
		if !p.held(e) {
			continue
		}
		award := c.awardOf(e)
		if counts[award] == nil {
			counts[award] = &Count{Award: c.award(award)}
			order = append(order, award)
		}
		in := p.within(s, r)
		for n, count := range []*Count{counts[award], asked} {
			if n == 0 || in {
				count.add(c.db.ResOutcome.At(r))
			}
		}
		if in {
			p.mine(a, r)
		}
		year := int(c.db.EdYear.At(e))
		if t.FirstYear == 0 || year < t.FirstYear {
			t.FirstYear = year
		}
		t.LastYear = max(t.LastYear, year)
	}
	c.sum(t, counts, order)
	if len(s.awards) == 1 && !c.namesNominees(s.awards[0]) {
		asked.Noms = 0
	}
	if len(s.awards)+len(s.cats) > 0 || s.given {
		t.Asked = asked
	}
	a.Tally = t
	p.neverWon(a, t)
	p.sortMine(a)
}

// sum adds up the counts of the awards, in their order. Where a table has only winners, nominations are not known.
func (c *Corpus) sum(t *Tally, counts map[int]*Count, awards []int) {
	slices.Sort(awards)
	for _, award := range awards {
		if !c.namesNominees(award) {
			counts[award].Noms = 0
		}
		t.ByAward = append(t.ByAward, *counts[award])
		t.Wins, t.Noms = t.Wins+counts[award].Wins, t.Noms+counts[award].Noms
	}
}

// asked is the award that a scope names, or the zero Award.
func (c *Corpus) asked(s *scope) Award {
	if len(s.awards) == 1 {
		return c.award(s.awards[0])
	}
	return Award{}
}

// namesNominees reports whether the table of an award has those who did not win.
func (c *Corpus) namesNominees(award int) bool {
	db := c.db
	from, to := int(db.EdResults.At(int(db.AwardEds.At(award)))), int(db.EdResults.At(int(db.AwardEds.At(award+1))))
	for r := from; r < to; r++ {
		if db.ResOutcome.At(r) == index.Nominated {
			return true
		}
	}
	return false
}

func (n *Count) add(outcome uint32) {
	switch outcome {
	case index.Won:
		n.Wins++
		n.Noms++
	case index.Special:
		n.Special++
	case index.Nominated:
		n.Noms++
	}
}

// mine adds row r to the race it belongs to.
func (p *plan) mine(a *Answer, r int) {
	e, cat := int(p.c.db.ResEdition.At(r)), int(p.c.db.ResCat.At(r))
	id, award, edition := p.c.text.catID.At(cat), p.c.text.awardID.At(p.c.awardOf(e)), p.c.text.edID.At(e)
	for i := range a.Races {
		race := &a.Races[i]
		if race.Category.ID == id && race.Edition.ID == edition && race.Edition.Award.ID == award {
			race.Mine = append(race.Mine, p.c.row(r))
			return
		}
	}
	race := p.c.emptyRace(e, cat)
	race.Mine = append(race.Mine, p.c.row(r))
	a.Races = append(a.Races, race)
}

// sortMine puts wins before nominations, keeping awards and editions in order.
func (p *plan) sortMine(a *Answer) {
	won := func(r *Race) int {
		for _, row := range r.Mine {
			if row.Outcome == "won" || row.Outcome == "special" {
				return 0
			}
		}
		return 1
	}
	slices.SortStableFunc(a.Races, func(x, y Race) int { return won(&x) - won(&y) })
}

func (p *plan) neverWon(a *Answer, t *Tally) {
	count := t.Asked
	if count == nil {
		count = &Count{Wins: t.Wins, Noms: t.Noms}
	}
	t.WonNone = count.Wins == 0
	switch {
	case t.WonNone && count.Noms > 0 && p.cues&(cueEver|cueCount|cueWin) != 0:
		a.note(NoteNeverWon, t.Subject.Name, count.Award.Short, itoa(count.Noms))
	case t.WonNone && count.Noms == 0 && t.Asked != nil && count.Special == 0:
		a.note(NoteNotNominated, t.Subject.Name, count.Award.Short)
	}
}
