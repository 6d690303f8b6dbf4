package facts

import (
	"cmp"
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/facts/index"
)

// Bounds of a computed record: maxRanks entries, and those that tie with the last of them up to maxTied.
const (
	maxRanks = 10
	maxTied  = 16
)

// measure is what a record counts.
type measure string

const (
	wins        measure = "wins"
	nominations measure = "nominations"
	winless     measure = "nominations_without_win"
	both        measure = "both"
	every       measure = "all"
)

// record answers "most …": computed from the rows of an award or a category.
func (p *plan) record(a *Answer) bool {
	unrewarded := p.cues&cueWithout != 0 && p.cues&(cueNominations|cueNominees) != 0
	if p.cues&(cueMost|cueTwice) == 0 && !unrewarded || len(p.entities) > 0 {
		return false
	}
	choices := p.choices()
	if len(choices) == 0 {
		award := 0
		if len(p.awards) > 0 {
			award = p.awards[0]
		}
		choices = []choice{{award: award}}
	}
	if len(p.unknown) > 0 {
		return false
	}
	ch := choices[0]
	if len(ch.cats) == 0 {
		films := p.has("film") || p.has("films") || p.has("movie") || p.has("movies")
		if ch.cats = p.actingCats(ch.award); len(ch.cats) == 0 && films {
			ch.cats = p.filmCats(ch.award)
		}
	}
	m := p.measure()
	eds, given := p.editionsOf(ch.award)
	p.understood(a, ch)
	a.Category = p.recordOf(ch)
	awards := p.recordAwards(a, ch)
	kind, sure := p.kindAsked(ch)
	a.Ranking = p.rank(awards, ch.cats, m, kind, eds, given)
	if other := map[string]string{"work": "person", "person": "work"}[kind]; !sure {
		if also := p.rank(awards, ch.cats, m, other, eds, given); len(also.Entries) > 0 {
			also.Award, also.Category = a.Award, a.Category
			a.AlsoRanking = also
		}
	}
	one := len(awards) == 1 && len(ch.cats) == 0 && a.AlsoRanking == nil
	if cat := p.c.defaultCategory(ch.award); one && cat >= 0 && a.Award.Kind == "sport" {
		also := p.rank(awards, []int{cat}, m, kind, eds, given)
		name := p.c.category(cat)
		also.Award, also.Category = a.Award, &name
		a.AlsoRanking = also
	}
	a.Kind = KindRecord
	a.Ranking.Award = a.Award
	a.Ranking.Category = a.Category
	if len(p.awards) == 0 && len(p.cats) == 0 {
		a.note(NoteAssumedAward, a.Award.Name)
	}
	p.recordSources(a, ch)
	return true
}

// recordAwards are the awards that a record counts: the one named, or all that a name like "grand slams" stands for.
func (p *plan) recordAwards(a *Answer, ch choice) []int {
	if p.awardMode != modeAll || len(p.cats) > 0 {
		return []int{ch.award}
	}
	for _, s := range p.spans {
		if s.group == groupAward {
			a.Award.Name = p.typed(s.from, s.to)
			a.Award.Short = a.Award.Name
		}
	}
	return p.awards
}

// recordOf is the category that a record is about: nil for all of an award, the words of the question where they mean
// several ("acting").
func (p *plan) recordOf(ch choice) *Category {
	switch {
	case len(p.cats) == 0, len(ch.cats) == 0:
		return nil
	}
	cat := p.c.category(ch.cats[0])
	typed := p.typed(p.cats[0].from, p.cats[0].to)
	if len(ch.cats) > 1 && len(p.cats) == 1 && !strings.Contains(fold.String(cat.Name), typed) {
		return &Category{Name: typed}
	}
	return &cat
}

func (p *plan) measure() measure {
	switch {
	case p.cues&cueWithout != 0 || p.followed("no", "wins", "win", "oscars", "awards", "trophies", "victories"):
		return winless
	case p.cues&(cueNominations|cueNominees) != 0:
		return nominations
	}
	return wins
}

// followed reports whether the question has a word with one of others behind it.
func (p *plan) followed(word string, next ...string) bool {
	for i := range p.tokens {
		if p.tokens[i].text == word && p.oneOf(i+1, next...) {
			return true
		}
	}
	return false
}

// actingWord is the word that limits a record to actors or actresses.
func (p *plan) actingWord() string {
	for i := range p.tokens {
		switch w := p.tokens[i].text; w {
		case "actress", "actresses":
			return "actress"
		case "actor", "actors", "performer", "performers":
			return "actor"
		case "director", "directors":
			return "director"
		}
	}
	return ""
}

// actingCats are the categories of an award for the people that the question names.
func (p *plan) actingCats(a int) []int {
	word := p.actingWord()
	if word == "" {
		return nil
	}
	var out []int
	for cat := int(p.c.db.AwardCats.At(a)); cat < int(p.c.db.AwardCats.At(a+1)); cat++ {
		name := strings.ToLower(p.c.text.catName.At(cat))
		if p.c.db.CatAbout.At(cat) != index.AboutPerson || strings.Contains(name, "assistant") || strings.Contains(name, "art d") {
			continue
		}
		if slices.Contains(strings.FieldsFunc(name, func(r rune) bool { return r < 'a' || r > 'z' }), word) {
			out = append(out, cat)
		}
	}
	return out
}

// filmCats are the categories of an award that are not for television.
func (p *plan) filmCats(a int) []int {
	var out []int
	for cat := int(p.c.db.AwardCats.At(a)); cat < int(p.c.db.AwardCats.At(a+1)); cat++ {
		name := strings.ToLower(p.c.text.catID.At(cat))
		if !strings.Contains(name, "series") && !strings.Contains(name, "television") && !strings.Contains(name, "tv") {
			out = append(out, cat)
		}
	}
	return out
}

// kindAsked is what a record ranks: work, or person (which includes teams and countries). It is sure where the question
// says so.
func (p *plan) kindAsked(ch choice) (kind string, sure bool) {
	switch {
	case p.cues&(cuePerson|cuePlace) != 0 || p.actingWord() != "":
		return "person", true
	case p.cues&cueFilm != 0:
		return "work", true
	case p.cues&cueWho != 0:
		return "person", true
	case len(ch.cats) > 0:
		return "person", p.c.db.CatAbout.At(ch.cats[0]) != index.AboutWork
	}
	return "person", false
}

// tallies counts the wins and nominations of every work or person, by number.
type tallies struct {
	p          *plan
	kind       string // work or person
	wins, noms []uint16
	in         func(r int) bool // whether a result was counted
}

func (p *plan) newTallies(kind string) *tallies {
	n := p.c.db.People.N
	if kind == "work" {
		n = p.c.db.Works.N
	}
	return &tallies{p: p, kind: kind, wins: make([]uint16, n), noms: make([]uint16, n)}
}

func (t *tallies) add(r int, won bool) {
	who := t.p.c.db.ResPeople.At(r)
	if t.kind == "work" {
		who = t.p.c.db.ResWorks.At(r)
	}
	for i := range who.Len() {
		n := who.At(i)
		t.noms[n]++
		if won {
			t.wins[n]++
		}
	}
}

// addAward counts the results of an award that belong to the record.
func (t *tallies) addAward(out *Ranking, award int) {
	db := t.p.c.db
	for e := int(db.AwardEds.At(award)); e < int(db.AwardEds.At(award+1)); e++ {
		for r := int(db.EdResults.At(e)); r < int(db.EdResults.At(e+1)); r++ {
			if !t.in(r) {
				continue
			}
			out.Over++
			if y := int(db.EdYear.At(e)); out.From == 0 || y < out.From {
				out.From = y
			}
			out.To = max(out.To, int(db.EdYear.At(e)))
			t.add(r, db.ResOutcome.At(r) == index.Won)
		}
	}
}

// value is what a record of the measure counts for thing n.
func (t *tallies) value(n int, m measure) int {
	switch {
	case m == wins:
		return int(t.wins[n])
	case m == winless && t.wins[n] > 0:
		return 0
	}
	return int(t.noms[n])
}

// rank computes a record over the results of an award, a category of it, or some editions of it.
func (p *plan) rank(awards, cats []int, m measure, kind string, eds []int, given bool) *Ranking {
	db := p.c.db
	out := &Ranking{What: string(m), Subject: kind}
	t := p.newTallies(kind)
	t.in = func(r int) bool {
		e := int(db.ResEdition.At(r))
		outcome := db.ResOutcome.At(r)
		return slices.Contains(awards, p.c.awardOf(e)) && p.held(e) && (!given || slices.Contains(eds, e)) &&
			(len(cats) == 0 || slices.Contains(cats, int(db.ResCat.At(r)))) && (outcome == index.Won || outcome == index.Nominated)
	}
	for _, award := range awards {
		t.addAward(out, award)
	}
	t.first(out, m)
	if kind == "person" && len(out.Entries) > 0 {
		if n := p.c.find(out.Entries[0].Entity.ID, index.IsPerson); n >= 0 {
			out.Subject = p.c.text.perKind.At(n)
		}
	}
	return out
}

// first keeps the first places of a record.
func (t *tallies) first(out *Ranking, m measure) {
	fame := t.p.c.db.PerFame
	if t.kind == "work" {
		fame = t.p.c.db.WorkFame
	}
	var order []int
	least := t.least(m)
	for n := range t.noms {
		if t.value(n, m) >= least && !t.company(n) {
			order = append(order, n)
		}
	}
	slices.SortFunc(order, func(x, y int) int {
		return cmp.Or(cmp.Compare(t.value(y, m), t.value(x, m)), cmp.Compare(fame.At(y), fame.At(x)), cmp.Compare(x, y))
	})
	keep := min(len(order), maxRanks)
	for keep < min(len(order), maxTied) && t.value(order[keep], m) == t.value(order[keep-1], m) {
		keep++
	}
	if len(order) > maxTied && keep == maxTied {
		next := t.value(order[keep], m)
		if next == t.value(order[keep-1], m) && next < t.value(order[0], m) {
			keep = maxRanks // too many share the last place to list them all
		}
	}
	for i, n := range order[:keep] {
		rank := Rank{Place: i + 1, Count: t.value(n, m), Entity: t.entity(n)}
		if i > 0 && rank.Count == out.Entries[i-1].Count {
			rank.Place = out.Entries[i-1].Place
		}
		t.explain(&rank, n, m)
		out.Entries = append(out.Entries, rank)
	}
}

// least is the count that the last of the first places has, at least 1: those below need no sorting.
func (t *tallies) least(m measure) int {
	var by [256]int
	for n := range t.noms {
		if v := t.value(n, m); v > 0 && !t.company(n) {
			by[min(v, 255)]++
		}
	}
	seen := 0
	for v := 255; v > 0; v-- {
		if seen += by[v]; seen >= maxRanks {
			return v
		}
	}
	return 1
}

// company reports whether n is a company that films are credited to: nobody who could be asked for.
func (t *tallies) company(n int) bool {
	return t.kind == "person" && t.p.c.text.perKind.At(n) == "group"
}

func (t *tallies) entity(n int) Entity {
	if t.kind == "work" {
		return t.p.c.workEntity(n)
	}
	return t.p.c.personEntity(n)
}

func (t *tallies) rows(n int) index.U32 {
	if t.kind == "work" {
		return t.p.c.db.WorkResults.At(n)
	}
	return t.p.c.db.PerResults.At(n)
}

// explain lists the years and titles behind a count.
func (t *tallies) explain(rank *Rank, n int, m measure) {
	c := t.p.c
	rows := t.rows(n)
	for i := range rows.Len() {
		r := int(rows.At(i))
		if !t.in(r) || m == wins && c.db.ResOutcome.At(r) != index.Won {
			continue
		}
		if y := int(c.db.EdYear.At(int(c.db.ResEdition.At(r)))); !slices.Contains(rank.Years, y) {
			rank.Years = append(rank.Years, y)
		}
		name := c.text.catName.At(int(c.db.ResCat.At(r)))
		if works := c.db.ResWorks.At(r); t.kind == "person" && works.Len() > 0 {
			name = c.text.workTitle.At(int(works.At(0)))
		}
		if len(rank.Detail) < 12 && !slices.Contains(rank.Detail, name) {
			rank.Detail = append(rank.Detail, name)
		}
	}
	slices.Sort(rank.Years)
}

func (p *plan) recordSources(a *Answer, ch choice) {
	db := p.c.db
	for e := int(db.AwardEds.At(ch.award)); e < int(db.AwardEds.At(ch.award+1)) && len(a.Sources) < 3; e++ {
		if p.c.hasResults(e) {
			if s := p.c.text.resSource.At(int(db.EdResults.At(e))); !slices.Contains(a.Sources, s) {
				a.Sources = append(a.Sources, s)
			}
		}
	}
}
