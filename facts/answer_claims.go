package facts

import (
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/facts/index"
)

// claims answers what is known beside results: who directed a film, its cast, its premiere, and the statements of the
// claims table.
func (p *plan) claims(a *Answer) bool {
	if p.credits(a) {
		return true
	}
	if p.cues&(cueDirected|cueCast|cueReleased|cueWhen) != 0 && len(p.entities) > 0 && len(p.unknown) == 0 {
		candidates := p.subjects(p.entities[0], &scope{})
		if that, ok := p.ofTheYear(candidates); ok {
			candidates = []subject{that}
		}
		for _, sub := range candidates {
			if sub.work >= 0 && p.aboutWork(a, sub) {
				return true
			}
		}
	}
	q := *p
	q.unknown = slices.Clone(p.unknown)
	for _, e := range p.entities {
		if e.edits > 0 && !p.tokens[e.from].plain { // the word as typed may be in a claim
			q.disown(e)
		}
	}
	if len(q.unknown) == 0 && p.cues&cueAge == 0 || !q.anyClaim(a) {
		return false
	}
	p.unknown, p.spans = nil, nil
	return true
}

// aboutWork answers with the facts of a work itself; false where none of those asked for is known.
func (p *plan) aboutWork(a *Answer, sub subject) bool {
	w := p.c.work(sub.work)
	known := p.cues&cueDirected != 0 && len(w.Directors) > 0 || p.cues&cueCast != 0 && len(w.Cast) > 0 ||
		p.cues&(cueReleased|cueWhen) != 0 && w.Premiere != ""
	if !known {
		return false
	}
	a.Kind, a.Work = KindClaims, w
	p.unknown = nil
	claim := func(predicate, object, date string) {
		a.Claims = append(a.Claims, Claim{Subject: w.Title, Predicate: predicate, Object: object, Date: date})
	}
	if p.cues&cueDirected != 0 {
		for _, d := range w.Directors {
			claim("directed by", d, "")
		}
	}
	if p.cues&cueCast != 0 {
		for _, name := range w.Cast {
			claim("cast", name, "")
		}
	}
	if p.cues&(cueReleased|cueWhen) != 0 && w.Premiere != "" {
		claim("first shown", w.PremiereAt, w.Premiere)
	}
	rows := sub.rows
	for i := range min(rows.Len(), 1) {
		a.Sources = append(a.Sources, p.c.text.resSource.At(int(rows.At(i))))
	}
	return true
}

// anyClaim finds the statements that share the question's words, among those about what the question names, or all.
func (p *plan) anyClaim(a *Answer) bool {
	asked := p.telling()
	named, told := p.claimsNamed(), p.c.claims()
	type match struct{ claim, shared int }
	var found []match
	best := 1
	for t := range p.c.db.Told.Len() {
		i := int(p.c.db.Told.At(t))
		words := told[t].all
		shared, telling := 0, 0
		for _, w := range asked {
			if slices.ContainsFunc(words, func(v string) bool { return akin(w, v) }) {
				shared++
				if p.isUnknown(w) {
					telling++
				}
			}
		}
		if telling == 0 && p.cues&cueAge == 0 || telling < len(p.unknown) && !slices.Contains(named, i) || 2*shared < len(asked) {
			continue
		}
		if p.when.given() && !slices.Contains(named, i) && !p.ofYear(p.c.text.claimDate.At(i)) {
			continue
		}
		shared += 2 * telling
		if slices.Contains(named, i) {
			shared++
		}
		if shared > best {
			best, found = shared, found[:0]
		}
		if shared == best {
			found = append(found, match{i, shared})
		}
	}
	if len(found) == 0 || len(found) > 12 || best < 3 {
		return false
	}
	for _, m := range found {
		a.Claims = append(a.Claims, p.c.claim(m.claim))
	}
	a.Kind, p.unknown = KindClaims, nil
	return true
}

// ofYear reports whether a date is in one of the years asked about.
func (p *plan) ofYear(date string) bool {
	return slices.ContainsFunc(p.when.years, func(y int) bool { return strings.HasPrefix(date, itoa(y)) })
}

// akin reports whether two words are one, or forms of one ("distributor", "distributed").
func akin(a, b string) bool {
	return a == b || len(a) > 5 && len(b) > 5 && a[:6] == b[:6]
}

func (p *plan) isUnknown(word string) bool {
	for _, i := range p.unknown {
		for _, w := range []string{p.tokens[i].text, p.spelling(i)} {
			if c := canonical([]string{w}); len(c) == 1 && c[0] == word {
				return true
			}
		}
	}
	return p.cues&cueAge != 0 && word == "age"
}

func (c *Corpus) claim(i int) Claim {
	t := &c.text
	return Claim{
		ID: t.claimID.At(i), Subject: t.claimSubject.At(i), Predicate: t.claimPredicate.At(i), Object: t.claimObject.At(i),
		Date: t.claimDate.At(i), Detail: t.claimDetail.At(i), Source: t.claimSource.At(i),
	}
}

// wordsOfClaims are the telling words of every claim that can be asked for by them.
func (c *Corpus) wordsOfClaims() []tellingWords {
	t := &c.text
	out := make([]tellingWords, c.db.Told.Len())
	for n := range out {
		i := int(c.db.Told.At(n))
		out[n].all = canonical(fold.Words(t.claimSubject.At(i) + " " + t.claimPredicate.At(i) + " " + t.claimObject.At(i) + " " +
			t.claimDetail.At(i)))
	}
	return out
}

// claimsNamed are the claims about the things that the question names.
func (p *plan) claimsNamed() []int {
	var out []int
	add := func(l index.U32) {
		for i := range l.Len() {
			out = append(out, int(l.At(i)))
		}
	}
	for _, e := range p.entities {
		for _, i := range e.people {
			add(p.c.db.PerClaims.At(i))
		}
		for _, i := range e.works {
			add(p.c.db.WorkClaims.At(i))
		}
	}
	for _, award := range p.awards {
		eds, _ := p.editionsOf(award)
		for _, e := range eds {
			add(p.c.db.EdClaims.At(e))
		}
	}
	return out
}

// notFound says what was understood and offers things that exist.
func (p *plan) notFound(a *Answer) {
	a.Kind = KindNotFound
	ch := p.choices()
	if len(ch) == 0 && len(p.awards) > 0 { // a category that the award does not have
		ch = []choice{{award: p.awards[0]}}
	}
	if len(ch) > 0 {
		p.understood(a, ch[0])
		a.Kind = KindAmbiguous
		p.nearby(a, ch[0], a.Year)
	}
	if len(p.unknown) > 0 {
		a.note(NoteUnknownWords, p.unknownText())
	}
	for _, e := range p.entities {
		for _, sub := range p.subjects(e, &scope{}) {
			p.suggest(a, sub.entity(p.c).Name)
		}
	}
	text := p.unknownRun()
	if text != "" {
		for _, done := range p.c.Complete(text, maxSuggestions) {
			p.suggest(a, done.Text)
		}
	}
	if len(a.Suggestions) == 0 {
		for _, q := range p.c.examples() {
			p.suggest(a, q)
		}
	}
	a.DataTo = p.c.DataTo()
	a.Award, a.Category = nil, nil
}

// maxSuggestions bounds what a failed question is offered.
const maxSuggestions = 5

func (p *plan) suggest(a *Answer, q string) {
	if len(a.Suggestions) < maxSuggestions && !slices.Contains(a.Suggestions, q) {
		a.Suggestions = append(a.Suggestions, q)
	}
}

func (p *plan) unknownText() string {
	text := ""
	for _, w := range p.unknownWords() {
		if text += w; len(text) > 80 {
			break
		}
		text += " "
	}
	return text
}

// unknownRun is the run of words around the unknown ones that may be a misspelt name.
func (p *plan) unknownRun() string {
	if len(p.unknown) == 0 {
		return ""
	}
	from, to := p.unknown[0], p.unknown[len(p.unknown)-1]+1
	if to-from > 6 {
		to = from + 6
	}
	return p.typed(from, to)
}
