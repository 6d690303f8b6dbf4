package facts

import (
	"strings"

	"github.com/whowon-bot/whowon/facts/index"
)

// event answers when and where an edition was held, and who hosted it.
func (p *plan) event(a *Answer) bool {
	named := len(p.awards) > 0 || len(p.editions) > 0
	if p.cues&(cueWhen|cueWhere|cueHost) == 0 || !named || len(p.entities) > 0 || len(p.unknown) > 1 {
		return false
	}
	award := p.awards[0]
	eds, given := p.editionsOf(award)
	if p.awardMode != "" { // "world cup", "olympics": the first that has the edition
		for _, other := range p.awards {
			if e, ok := p.editionsOf(other); ok && len(e) > 0 {
				award, eds, given = other, e, ok
				break
			}
		}
	}
	p.understood(a, choice{award: award})
	if !given {
		e := p.latest(award, nil, p.when.back)
		if p.when.next {
			e = p.upcoming(award)
		}
		if e >= 0 {
			eds = []int{e}
		}
	}
	if len(eds) == 0 {
		p.explain(a, choice{award: award})
		return true
	}
	e := p.c.edition(eds[0])
	a.Kind, a.Event, a.Edition = KindEvent, &e, &e
	for _, other := range eds[1:] {
		o := p.c.edition(other)
		a.Others = append(a.Others, Reading{Why: "edition", Label: o.Name + " (" + o.Date + ")", Query: "when were the " + o.Name})
		a.note(NoteTwoEditions, a.Award.Name, itoa(o.Year))
	}
	if !p.held(eds[0]) {
		a.note(NoteNotYet, a.Award.Name, itoa(e.Year))
	}
	p.hostCategory(a, eds[0])
	claims := p.c.db.EdClaims.At(eds[0])
	for i := range claims.Len() {
		if claim := p.c.claim(int(claims.At(i))); claim.Predicate == "jury president" {
			a.Claims = append(a.Claims, claim)
		}
	}
	a.Sources = []string{p.c.db.Editions.Column("source").At(eds[0])}
	return true
}

// upcoming is the first edition after now that the tables know of, or -1.
func (p *plan) upcoming(award int) int {
	for e := int(p.c.db.AwardEds.At(award)); e < int(p.c.db.AwardEds.At(award+1)); e++ {
		if !p.held(e) {
			return e
		}
	}
	return -1
}

// hostCategory adds the place of an edition that stands in a row: a category of its own (the host city of the Olympics),
// else a detail of its winner (host=Qatar).
func (p *plan) hostCategory(a *Answer, e int) {
	db := p.c.db
	detail := -1
	for r := int(db.EdResults.At(e)); r < int(db.EdResults.At(e+1)); r++ {
		if db.ResOutcome.At(r) == index.Nominated {
			continue
		}
		cat := int(db.ResCat.At(r))
		if strings.HasPrefix(p.c.text.catID.At(cat), "Host") {
			a.Races = append(a.Races, p.c.race(e, cat, false))
			return
		}
		for _, kv := range details(p.c.text.resDetail.At(r)) {
			if strings.HasPrefix(kv.Key, "host") || strings.HasPrefix(kv.Key, "final") || kv.Key == "city" || kv.Key == "stadium" {
				detail = cat
			}
		}
	}
	if detail >= 0 {
		a.Races = append(a.Races, p.c.race(e, detail, false))
	}
}
