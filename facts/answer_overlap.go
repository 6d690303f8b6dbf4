package facts

import (
	"cmp"
	"slices"

	"github.com/whowon-bot/whowon/facts/index"
)

// overlap answers who or what won two prizes.
func (p *plan) overlap(a *Answer) bool {
	sides := p.sides()
	if len(sides) < 2 || len(p.entities) > 0 && !p.bigFive() || !p.asksOverlap(sides) {
		return false
	}
	kind := "work"
	if p.cues&(cuePerson|cueWho) != 0 && p.cues&cueFilm == 0 || p.allPersonal(sides) && p.cues&cueFilm == 0 {
		kind = "person"
	}
	out := &Ranking{What: string(both), Subject: kind}
	if len(sides) > 2 {
		out.What = string(every)
	}
	p.listBoth(out, sides, kind)
	if len(out.Entries) == 0 && p.cues&(cueFilm|cuePerson|cueWho) == 0 {
		out.Subject = map[string]string{"work": "person", "person": "work"}[kind]
		p.listBoth(out, sides, out.Subject)
	}
	a.Kind, a.Ranking = KindOverlap, out
	for _, side := range sides {
		p.recordSources(a, side)
		if p.when.given() { // who won each
			a.Races = append(a.Races, p.winnersAt(side, 2)...)
		}
	}
	if p.bigFive() {
		p.unknown, p.spans = nil, nil
	}
	return true
}

// asksOverlap reports whether the question asks for those who won all of several prizes, and not for who won each.
func (p *plan) asksOverlap(sides []choice) bool {
	switch {
	case p.cues&cueBoth != 0 || p.bigFive():
		return true
	case p.when.given() || !p.has("and"):
		return false
	}
	return p.cues&(cueFilm|cuePerson|cueWho|cueWin) != 0 || sides[0].award != sides[1].award
}

// bigFiveSides are the five prizes that a film can sweep: picture, director, actor, actress and a screenplay.
func (p *plan) bigFiveSides() []choice {
	award := 0
	if len(p.awards) > 0 {
		award = p.awards[0]
	}
	var out []choice
	for _, names := range [][]string{{"Best Picture"}, {"Best Director"}, {"Best Actor"}, {"Best Actress"},
		{"Best Original Screenplay", "Best Adapted Screenplay"}} {
		side := choice{award: award}
		for cat := int(p.c.db.AwardCats.At(award)); cat < int(p.c.db.AwardCats.At(award+1)); cat++ {
			if slices.Contains(names, p.c.text.catName.At(cat)) {
				side.cats = append(side.cats, cat)
			}
		}
		if len(side.cats) == 0 {
			return nil
		}
		out = append(out, side)
	}
	return out
}

func (p *plan) has(word string) bool {
	return slices.ContainsFunc(p.tokens, func(t token) bool { return t.text == word })
}

func (p *plan) allPersonal(sides []choice) bool {
	for _, s := range sides {
		if len(s.cats) == 0 || p.c.db.CatAbout.At(s.cats[0]) != index.AboutPerson {
			return false
		}
	}
	return true
}

// sides are the prizes that a question joins: each category at its own award, one category at several awards, or the main
// prizes of several awards.
func (p *plan) sides() []choice {
	if p.bigFive() {
		return p.bigFiveSides()
	}
	var out []choice
	add := func(ch choice) {
		for _, have := range out {
			if have.award == ch.award && slices.Equal(have.cats, ch.cats) {
				return
			}
		}
		out = append(out, ch)
	}
	bare := slices.Clone(p.awards)
	for _, s := range p.cats {
		one := *p
		one.cats, one.read = []span{s}, nil
		matched := false
		for _, a := range p.awards {
			if ch, ok := p.c.phraseAt(s.items, a); ok {
				add(ch)
				matched = true
				bare = slices.DeleteFunc(bare, func(b int) bool { return b == a })
			}
		}
		if matched && len(p.cats) == 1 {
			continue
		}
		if !matched {
			one.awards, one.read = nil, nil
			if chs := one.choices(); len(chs) > 0 {
				add(chs[0])
			}
		}
	}
	if len(out) == 1 && len(p.cats) > 1 && len(p.awards) > 0 { // the second prize may be another award's
		for _, s := range p.cats {
			one := *p
			one.cats, one.awards, one.read = []span{s}, nil, nil
			if chs := one.choices(); len(chs) > 0 {
				add(chs[0])
			}
		}
	}
	if len(p.cats) == 0 || len(out) == 1 {
		for _, a := range bare {
			if cats := p.anyOf(a); len(cats) > 0 {
				add(choice{award: a, cats: cats})
			}
		}
	}
	return out
}

// anyOf are the categories of an award that count where none is named: for actors those for acting, for people all, for
// films the main one.
func (p *plan) anyOf(a int) []int {
	if cats := p.actingCats(a); len(cats) > 0 {
		return cats
	}
	if p.cues&(cuePerson|cueWho) != 0 && p.cues&cueFilm == 0 {
		var all []int
		for cat := int(p.c.db.AwardCats.At(a)); cat < int(p.c.db.AwardCats.At(a+1)); cat++ {
			all = append(all, cat)
		}
		return all
	}
	if cat := p.c.defaultCategory(a); cat >= 0 {
		return []int{cat}
	}
	return nil
}

func (c *Corpus) defaultCategory(a int) int {
	want := c.text.awardDefault.At(a)
	for cat := int(c.db.AwardCats.At(a)); cat < int(c.db.AwardCats.At(a+1)); cat++ {
		if c.text.catID.At(cat) == want {
			return cat
		}
	}
	return -1
}

// winners are the winning results of a side, by the number of the work or person.
func (p *plan) winners(side choice, kind string) map[int][]int {
	db := p.c.db
	out := map[int][]int{}
	eds, given := p.editionsOf(side.award)
	for _, cat := range side.cats {
		rows := db.CatResults.At(cat)
		for i := range rows.Len() {
			r := int(rows.At(i))
			e := int(db.ResEdition.At(r))
			if db.ResOutcome.At(r) != index.Won || !p.held(e) || given && !slices.Contains(eds, e) {
				continue
			}
			who := db.ResPeople.At(r)
			if kind == "work" {
				who = db.ResWorks.At(r)
			}
			for k := range who.Len() {
				if n := int(who.At(k)); kind == "work" || p.c.text.perKind.At(n) != "group" {
					out[n] = append(out[n], r)
				}
			}
		}
	}
	return out
}

// listBoth lists those who won on every side, by the year of the first win.
func (p *plan) listBoth(out *Ranking, sides []choice, kind string) {
	t := tallies{p: p, kind: kind}
	all := p.winners(sides[0], kind)
	for _, side := range sides[1:] {
		next := p.winners(side, kind)
		for n, rows := range all {
			if len(next[n]) == 0 {
				delete(all, n)
			} else {
				all[n] = slices.Concat(rows, next[n])
			}
		}
	}
	for n, rows := range all {
		slices.SortFunc(rows, func(x, y int) int {
			return cmp.Or(cmp.Compare(p.yearOf(x), p.yearOf(y)), cmp.Compare(x, y))
		})
		rank := Rank{Place: 1, Entity: t.entity(n)}
		for _, r := range rows {
			e, y := int(p.c.db.ResEdition.At(r)), p.yearOf(r)
			rank.Years = append(rank.Years, y)
			what := p.c.text.catName.At(int(p.c.db.ResCat.At(r)))
			if len(sides[0].cats) > maxFull && sides[0].award != sides[1].award {
				what = p.c.text.awardShort.At(p.c.awardOf(e))
			}
			rank.Detail = append(rank.Detail, what+" "+itoa(y))
			if out.From == 0 || y < out.From {
				out.From = y
			}
			out.To = max(out.To, y)
		}
		rank.Count = len(rank.Years)
		out.Over += rank.Count
		out.Entries = append(out.Entries, rank)
	}
	slices.SortFunc(out.Entries, func(x, y Rank) int {
		return cmp.Or(cmp.Compare(x.Years[0], y.Years[0]), cmp.Compare(x.Entity.Name, y.Entity.Name))
	})
}

// yearOf is the year in which the edition of result r was held.
func (p *plan) yearOf(r int) int { return int(p.c.db.EdYear.At(int(p.c.db.ResEdition.At(r)))) }
