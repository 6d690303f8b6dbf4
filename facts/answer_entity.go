package facts

import (
	"slices"

	"github.com/whowon-bot/whowon/facts/index"
	"github.com/whowon-bot/whowon/facts/lookup"
)

// subject is the person or work that a question is about, with its rows.
type subject struct {
	person, work int // one of them, the other is -1
	rows         index.U32
	fame         uint32
}

func (c *Corpus) personSubject(i int) subject {
	return subject{person: i, work: -1, rows: c.db.PerResults.At(i), fame: c.db.PerFame.At(i)}
}

func (c *Corpus) workSubject(i int) subject {
	return subject{person: -1, work: i, rows: c.db.WorkResults.At(i), fame: c.db.WorkFame.At(i)}
}

func (s subject) entity(c *Corpus) Entity {
	if s.person >= 0 {
		return c.personEntity(s.person)
	}
	return c.workEntity(s.work)
}

// scope limits rows to the awards, categories and editions that a question names.
type scope struct {
	awards []int
	cats   []int
	eds    []int
	given  bool // a time was given
}

func (p *plan) scope() scope {
	var s scope
	s.awards = p.awards
	if len(p.cats) > 0 {
		for _, ch := range p.choices() {
			s.cats = append(s.cats, ch.cats...)
		}
	}
	awards := s.awards
	if len(awards) == 0 {
		for a := range p.c.db.Awards.N {
			awards = append(awards, a)
		}
	}
	if p.when.given() || len(p.editions) > 0 {
		s.given = true
		for _, a := range awards {
			eds, _ := p.editionsOf(a)
			s.eds = append(s.eds, eds...)
		}
	}
	return s
}

func (p *plan) within(s *scope, r int) bool {
	db := p.c.db
	e, cat := int(db.ResEdition.At(r)), int(db.ResCat.At(r))
	return (len(s.awards) == 0 || slices.Contains(s.awards, p.c.awardOf(e))) &&
		(len(s.cats) == 0 || slices.Contains(s.cats, cat)) &&
		(!s.given || slices.Contains(s.eds, e)) && p.held(e)
}

// subjects ranks what a name can mean: with rows where the question looks first, then the better known.
func (p *plan) subjects(e entity, s *scope) []subject {
	var out []subject
	for _, i := range e.people {
		out = append(out, p.c.personSubject(i))
	}
	for _, i := range e.works {
		out = append(out, p.c.workSubject(i))
	}
	rank := func(x subject) (n uint64) {
		for i := range x.rows.Len() {
			if p.within(s, int(x.rows.At(i))) {
				n = 1 << 40
				break
			}
		}
		if x.work >= 0 && p.cues&(cueFilm|cueDirected|cueCast|cueReleased) != 0 || x.person >= 0 && p.cues&cuePerson != 0 {
			n += 1 << 36
		}
		if x.work >= 0 && len(p.when.years) > 0 {
			if y := int(p.c.db.WorkYear.At(x.work)); y > 0 && slices.Contains(p.when.years, y) {
				n += 1 << 38
			}
		}
		return n + uint64(x.fame)
	}
	slices.SortStableFunc(out, func(x, y subject) int {
		a, b := rank(x), rank(y)
		switch {
		case a > b:
			return -1
		case a < b:
			return 1
		}
		return 0
	})
	return out
}

// aboutEntity answers what a person or a work won: all of it, or at the award, in the category or year asked about.
func (p *plan) aboutEntity(a *Answer) bool {
	if len(p.entities) == 0 {
		return false
	}
	s := p.scope()
	candidates := p.subjects(p.entities[0], &s)
	if len(candidates) == 0 {
		return false
	}
	sub := candidates[0]
	if that, ok := p.ofTheYear(candidates); ok {
		p.when, s, sub = when{}, scope{}, that
	}
	for _, e := range p.entities[1:] {
		var ok bool
		if sub, ok = p.narrow(sub, p.subjects(e, &s)); !ok {
			p.disown(p.entities[0]) // two names that have nothing to do with each other
			p.disown(e)
			return false
		}
	}
	s = p.assume(s, sub)
	if teams := p.wonByTeams(&s, sub); teams != "" {
		a.note(NoteTeams, teams, sub.entity(p.c).Name)
		s = scope{}
	}
	if !p.believable(&s, sub) {
		a.Notes = nil
		return false
	}
	p.tally(a, sub, &s)
	p.others(a, sub, candidates)
	return true
}

// wonByTeams is the award that a person is asked about and that only teams and countries win, or "": who played in them is
// in no table, so that a "no" would be wrong.
func (p *plan) wonByTeams(s *scope, sub subject) string {
	if len(s.awards) != 1 || sub.person < 0 || p.c.text.perKind.At(sub.person) != "person" || p.anyWithin(s, sub) {
		return ""
	}
	db := p.c.db
	for cat := int(db.AwardCats.At(s.awards[0])); cat < int(db.AwardCats.At(s.awards[0]+1)); cat++ {
		if about := db.CatAbout.At(cat); about == index.AboutPerson || about == index.AboutWork {
			return ""
		}
	}
	return p.c.text.awardName.At(s.awards[0])
}

// believable reports whether a question really is about a name in it. It is not, where other words are left that nothing
// explains, beside a name of one word; where the name has no part in what was asked, and the question is not whether it has;
// nor where the name is a guess at a misspelt word that is too short to guess at.
func (p *plan) believable(s *scope, sub subject) bool {
	e := p.entities[0]
	words := e.to - e.from
	narrow := len(s.awards)+len(s.cats) > 0 || s.given
	part := !narrow || p.anyWithin(s, sub)
	asks := p.cues&(cueDid|cueEver|cueCount|cueNominations|cueNominees|cueBeat|cueLost) != 0
	switch {
	case len(p.unknown) > 1, len(p.unknown) == 1 && (words == 1 || !part):
	case !part && (!asks || e.edits > 0 || s.given && words == 1):
	case e.edits > 0 && words == 1 && (e.edits > 1 || !e.exact || len(p.tokens[e.from].text) < 6):
	default:
		return true
	}
	p.disown(e)
	return false
}

// assume limits a category without an award, or an award that can be several, to the first where the subject has rows.
func (p *plan) assume(s scope, sub subject) scope {
	if len(s.awards) > 0 && p.awardMode == "" || len(s.awards)+len(s.cats) == 0 {
		return s
	}
	for _, ch := range p.choices() {
		one := scope{awards: []int{ch.award}, cats: ch.cats, eds: s.eds, given: s.given}
		if p.anyWithin(&one, sub) {
			return one
		}
	}
	return s
}

func (p *plan) anyWithin(s *scope, sub subject) bool {
	for i := range sub.rows.Len() {
		if p.within(s, int(sub.rows.At(i))) {
			return true
		}
	}
	return false
}

// mendedName answers a question whose name is misspelt in a way that makes other names of its words ("emil kuri"): the run
// of words that nothing explains is looked up as a whole.
func (p *plan) mendedName(a *Answer) bool {
	if len(p.unknown) == 0 {
		return false
	}
	from, to := p.unknown[0], p.unknown[len(p.unknown)-1]+1
	typed := p.typed(from, to)
	if to-from < 2 || to-from > 6 || len(typed) < 8 {
		return false
	}
	var buf [4]lookup.Hit
	for _, h := range p.c.db.Names.Fuzzy(buf[:0], typed, 3) {
		it := index.Item(p.c.db.NameItem.At(int(h.Entry)))
		e := entity{from: from, to: to, edits: int(h.Distance)}
		switch it.Sort() {
		case index.IsPerson:
			e.people = []int{it.Index()}
		case index.IsWork:
			e.works = []int{it.Index()}
		default:
			continue
		}
		q := *p
		q.unknown, q.entities, q.read = nil, []entity{e}, nil
		if q.aboutEntity(a) {
			p.unknown, p.spans = nil, nil
			a.note(NoteReadAs, typed, a.Tally.Subject.Name)
			return true
		}
	}
	return false
}

// hiddenTitle answers a question whose only name is a title of everyday words ("what did her win", "up oscars", "1917").
func (p *plan) hiddenTitle(a *Answer) bool {
	if len(p.unknown) > 0 || len(p.entities) > 0 || len(p.cats) > 0 || len(p.editions) > 0 {
		return false
	}
	if len(p.awards) > 0 && p.when.given() {
		return false
	}
	title := p.freeTitle()
	if title.to == 0 {
		return false
	}
	q := *p
	q.unknown, q.entities, q.read = nil, []entity{entityOf(title)}, nil
	q.entities[0].people = nil
	q.when.years = slices.DeleteFunc(slices.Clone(p.when.years), func(y int) bool {
		return slices.ContainsFunc(p.tokens[title.from:title.to], func(t token) bool { return t.number == y })
	})
	return q.aboutEntity(a)
}

// freeTitle is the longest title that stands in the question as typed and shares no word with what was read otherwise.
func (p *plan) freeTitle() span {
	var title span
	for _, spans := range p.all {
		for _, s := range spans {
			longer := s.group == groupEntity && s.edits == 0 && s.to-s.from >= title.to-title.from
			if longer && s.names(index.IsWork) && !p.function(s) && p.free(s) {
				title = s
			}
		}
	}
	return title
}

// free reports whether no other span has any of the words of s.
func (p *plan) free(s span) bool {
	return !slices.ContainsFunc(p.spans, func(t span) bool { return t.from < s.to && s.from < t.to })
}

// function reports whether a span is made of words that questions are put in.
func (p *plan) function(s span) bool {
	for i := s.from; i < s.to; i++ {
		switch p.tokens[i].text {
		case "what", "who", "which", "did", "has", "win", "won", "the", "a", "an", "of", "in", "at", "for", "is", "was",
			"how", "many", "when", "where", "most", "first", "last", "latest", "to", "and", "both", "ever", "by", "on", "all",
			"film", "movie", "year":
		default:
			if p.tokens[i].cue == 0 || s.to-s.from == len(p.tokens) {
				return false
			}
		}
	}
	return true
}

// narrow takes, of two names, the rows of the first that also name the second ("emma stone poor things").
func (p *plan) narrow(sub subject, second []subject) (subject, bool) {
	for _, other := range second {
		var rows []byte
		for i := range sub.rows.Len() {
			for j := range other.rows.Len() {
				if sub.rows.At(i) == other.rows.At(j) {
					rows = append(rows, sub.rows[4*i:4*i+4]...)
				}
			}
		}
		if len(rows) > 0 {
			sub.rows = index.U32(rows)
			return sub, true
		}
	}
	return sub, false
}
