package facts

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Ask answers a question about who won, as people type it: in any order, with typos, accents or none. A year is read as
// the year held; where the year of the films gives another answer, that is offered in Others. Now is the day of the
// question: what was not held by then is not answered. Ask never fails: what it cannot answer it says, by Kind and Notes.
func (c *Corpus) Ask(query string, now time.Time) Answer {
	a := Answer{Query: query}
	if n := utf8.RuneCountInString(query); n > maxRunes {
		a.Kind = KindInvalid
		a.note(NoteTooLong, itoa(n), itoa(maxRunes))
		return a
	}
	p := c.plan(clean(query), now)
	if len(p.tokens) == 0 {
		a.Kind = KindInvalid
		a.note(NoteEmpty)
		a.Suggestions = c.examples()
		return a
	}
	readings := []func(*Answer) bool{
		p.firsts, p.overlap, p.record, p.beaten, p.event, p.claims, p.aboutEntity, p.hiddenTitle, p.races,
		p.anyFirst, p.anyClaim, p.mendedName,
	}
	for _, try := range readings {
		if try(&a) {
			p.finish(&a)
			return a
		}
	}
	p.notFound(&a)
	return a
}

func (a *Answer) note(code NoteCode, args ...string) {
	a.Notes = append(a.Notes, Note{Code: code, Args: args})
}

// finish adds what every answer has: sources, the date the data reaches, what was mended and what was passed over.
func (p *plan) finish(a *Answer) {
	a.collect()
	for _, s := range p.spans {
		if s.edits > 0 {
			a.note(NoteReadAs, p.typed(s.from, s.to), p.asRead(s))
		}
	}
	if len(p.unknown) > 0 {
		a.note(NoteUnknownWords, strings.Join(p.unknownWords(), " "))
	}
	if a.DataTo == "" && a.Award != nil {
		a.DataTo = p.reaches(p.awardIndex(a.Award.ID))
	}
	if a.DataTo == "" {
		a.DataTo = p.c.DataTo()
	}
}

func (p *plan) typed(from, to int) string {
	var words []string
	for i := from; i < to; i++ {
		words = append(words, p.tokens[i].text)
	}
	return strings.Join(words, " ")
}

// asRead spells a span with its typos mended.
func (p *plan) asRead(s span) string {
	var words []string
	for i := s.from; i < s.to; i++ {
		words = append(words, p.spelling(i))
	}
	return strings.Join(words, " ")
}

func (p *plan) awardIndex(id string) int {
	for i := range p.c.db.Awards.N {
		if p.c.text.awardID.At(i) == id {
			return i
		}
	}
	return -1
}

// reaches is the date of the award's newest edition with results.
func (p *plan) reaches(a int) string {
	if a < 0 {
		return ""
	}
	if e := p.latest(a, nil, 0); e >= 0 {
		return p.c.text.edDate.At(e)
	}
	return ""
}

// collect gathers the sources of an answer's rows, and whether any of them rests on one source only.
func (a *Answer) collect() {
	add := func(source string) {
		if source != "" && !slices.Contains(a.Sources, source) {
			a.Sources = append(a.Sources, source)
		}
	}
	for i := range a.Races {
		r := &a.Races[i]
		for _, rows := range [][]Row{r.Winners, r.Mine} {
			for _, row := range rows {
				add(row.Source)
				a.Unconfirmed = a.Unconfirmed || row.Unconfirmed
			}
		}
		if len(r.Winners)+len(r.Mine) == 0 {
			for _, row := range r.Others {
				add(row.Source)
			}
		}
	}
	for _, f := range a.Firsts {
		add(f.Source)
	}
	for _, c := range a.Claims {
		add(c.Source)
	}
}

// examples are questions that have an answer.
func (c *Corpus) examples() []string {
	return []string{
		"best picture 2025", "palme d'or 2024", "how many oscars has katharine hepburn won", "world cup 1998",
		"most best actor wins",
	}
}
