package generate

import (
	"strings"

	"github.com/whowon-bot/whowon/trivia/judge"
)

// mannered is the first prize of an edition's award that may be asked: it knows how to tell the time. Nil where there is
// none.
func (w *world) mannered(edition int) *prize {
	award := w.k.Award(edition)
	from, to := w.k.EditionRows(edition)
	for row := from; row < to; row++ {
		if p := &w.prizes[w.k.RowCategory(row)]; p.fit && p.award == award && !p.tv {
			return p
		}
	}
	for row := from; row < to; row++ {
		if p := &w.prizes[w.k.RowCategory(row)]; p.fit {
			return p
		}
	}
	return nil
}

// hosts are the hosts of an edition, where they are known with certainty and few enough to be one answer.
func (w *world) hosts(edition int) []string {
	if !w.k.EditionSure(edition) {
		return nil
	}
	hosts := w.k.EditionHosts(edition)
	if len(hosts) == 0 || len(hosts) > 3 || strings.Contains(hosts[0], "(") {
		return nil
	}
	return hosts
}

func (e *enum) eachSure(visit func(edition int, p *prize, ease float64)) {
	for edition := range e.w.k.Editions() {
		if !e.w.k.EditionSure(edition) {
			continue
		}
		if p := e.w.mannered(edition); p != nil {
			visit(edition, p, 0.5*p.renown+0.5*recency(e.w.k.EditionYear(edition)))
		}
	}
}

func eachHost(e *enum) {
	e.eachSure(func(edition int, p *prize, ease float64) {
		if e.w.hosts(edition) != nil && p.time == atCeremony {
			e.add(edition, -1, p.topic, ease)
		}
	})
}

// edition notes the edition a question stands on.
func (b *builder) edition(n int) {
	b.q.Rows, b.q.Source = []string{b.w.editionID(n)}, "editions"
}

// nearEditions calls visit for the editions of the same award, the nearest first, until it returns false.
func (b *builder) nearEditions(edition int, visit func(int) bool) {
	w := b.w
	award := w.k.Award(edition)
	for from := 1; from < 128; from = from*2 + 1 {
		var ring []int
		for d := from; d <= from*2; d++ {
			for _, e := range []int{edition - d, edition + d} {
				if e >= 0 && e < w.k.Editions() && w.k.Award(e) == award {
					ring = append(ring, e)
				}
			}
		}
		shuffle(&b.r, ring)
		for _, e := range ring {
			if !visit(e) {
				return
			}
		}
	}
}

// buildHost asks who hosted a ceremony.
func buildHost(b *builder) bool {
	w, edition := b.w, int(b.s.a)
	hosts := w.hosts(edition)
	b.named(hosts)
	b.edition(edition)
	ceremony := w.ceremony(edition, w.mannered(edition))
	b.ask("who hosted "+ceremony+"?", "who was the host of "+ceremony+"?")
	if len(hosts) > 1 {
		b.ask("who hosted "+ceremony+"?", "who were the hosts of "+ceremony+"?")
	}
	b.nearEditions(edition, func(other int) bool {
		if theirs := w.hosts(other); len(theirs) > 0 && !overlap(theirs, hosts) {
			b.wrong(list(theirs))
		}
		return !b.full()
	})
	return b.done()
}

// venue is where an edition was held, as one place; "" where it is not one.
func (w *world) venue(edition int) string {
	venue := w.k.EditionVenue(edition)
	if strings.ContainsAny(venue, ";(") {
		return ""
	}
	place, _, _ := strings.Cut(venue, ",")
	return place
}

func eachVenue(e *enum) {
	e.eachSure(func(edition int, p *prize, ease float64) {
		if e.w.venue(edition) != "" && p.manner.topic == "oscars" {
			e.add(edition, -1, p.topic, ease)
		}
	})
}

// buildVenue asks where a ceremony was held.
func buildVenue(b *builder) bool {
	w, edition := b.w, int(b.s.a)
	venue := w.venue(edition)
	b.answer(judge.Other, venue)
	b.edition(edition)
	ceremony := w.ceremony(edition, w.mannered(edition))
	b.ask("at which venue was this ceremony: "+ceremony+"?", "where did this ceremony take place: "+ceremony+"?")
	b.nearEditions(edition, func(other int) bool {
		if v := w.venue(other); w.k.EditionSure(other) && !told(v, venue) && !told(venue, v) {
			b.wrong(v)
		}
		return !b.full()
	})
	return b.done()
}

func eachHeld(e *enum) {
	e.eachSure(func(edition int, p *prize, ease float64) {
		if p.time == atCeremony && len(e.w.k.EditionDate(edition)) == 10 {
			e.add(edition, -1, p.topic, ease)
		}
	})
}

// buildHeld asks which of an award's ceremonies was on a day.
func buildHeld(b *builder) bool {
	w, edition := b.w, int(b.s.a)
	name := w.k.EditionName(edition)
	b.answer(judge.Other, name)
	b.edition(edition)
	date := longDate(w.k.EditionDate(edition))
	award := strings.TrimSpace(strings.TrimLeft(name, "0123456789"))
	award = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(award, "st "),
		"nd "), "rd "), "th "))
	b.ask("which ceremony of the "+award+" was held on "+date+"?", "on "+date+" the "+award+" were held: which ones?")
	b.q.ChoiceOnly = true
	b.nearEditions(edition, func(other int) bool {
		b.wrong(w.k.EditionName(other))
		return !b.full()
	})
	return b.done()
}

const juryPresident = "jury president"

func eachJury(e *enum) {
	k := e.w.k
	for c := range k.Claims() {
		if k.ClaimPredicate(c) != juryPresident {
			continue
		}
		if edition := e.w.claimEdition(c); edition >= 0 {
			p := e.w.mannered(edition)
			if p != nil && p.time == atFestival {
				e.add(c, -1, p.topic, 0.5*p.renown+0.45*recency(k.EditionYear(edition)))
			}
		}
	}
}

// claimEdition is the edition that a claim is about, -1 where it is about none.
func (w *world) claimEdition(claim int) int {
	for e := range w.k.Editions() {
		claims := w.k.EditionClaims(e)
		for i := range claims.Len() {
			if int(claims.At(i)) == claim {
				return e
			}
		}
	}
	return -1
}

// buildJury asks who presided over a festival's jury.
func buildJury(b *builder) bool {
	w, claim := b.w, int(b.s.a)
	c := w.k.Claim(claim)
	edition := w.claimEdition(claim)
	names := strings.Split(c.Object, " and ")
	b.named(names)
	b.q.Rows, b.q.Source = []string{c.ID}, c.Source
	p := w.mannered(edition)
	when := w.when(edition, p)
	b.ask("who presided over the jury "+when+"?", "who was president of the jury "+when+"?")
	var others []int
	for o := range w.k.Claims() {
		if w.k.ClaimPredicate(o) == juryPresident && !overlap(strings.Split(w.k.ClaimObject(o), " and "), names) {
			others = append(others, o)
		}
	}
	shuffle(&b.r, others)
	for _, o := range others {
		b.wrong(w.k.ClaimObject(o))
	}
	return b.done()
}
