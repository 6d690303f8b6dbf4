package facts

import (
	"slices"
	"time"

	"github.com/whowon-bot/whowon/facts/index"
)

// plan is a question taken apart: what it names and what it asks.
type plan struct {
	c      *Corpus
	now    time.Time
	today  uint32 // now as 20060102: every edition is compared with it
	query  string
	tokens []token
	spans  []span
	all    [][]span // every reading of every run of words, by its end
	cues   cue

	awards    []int  // named, or what an ambiguous phrase can mean
	awardMode string // how to choose among them: "" when the question named them itself
	awardNote string
	cats      []span
	editions  []int
	entities  []entity
	when      when
	unknown   []int    // words that nothing explains
	read      []choice // see choices
}

// entity is one name of a question: whoever and whatever bears it, best known first.
type entity struct {
	from, to int
	people   []int
	works    []int
	exact    bool // the name in full
	edits    int  // typos mended
}

// when is the time a question is about.
type when struct {
	years   []int
	ordinal int
	bare    int  // a number that counts editions if an award stands by it
	season  int  // the first year of "2024-25"
	film    bool // the years are those of the films
	latest  bool
	back    int // editions before the latest
	next    bool
}

func (w *when) given() bool { return len(w.years) > 0 || w.ordinal > 0 || w.bare > 0 }

func (c *Corpus) plan(query string, now time.Time) *plan {
	p := &plan{c: c, now: now, today: day(now), query: query, tokens: c.tokens(query)}
	p.reserve()
	covered := p.split()
	if p.mendPlain(covered) {
		covered = p.split()
	}
	for _, s := range p.spans {
		p.place(s)
	}
	p.rest(covered)
	return p
}

// split finds the spans of the question; covered tells which words they cover.
func (p *plan) split() (covered []bool) {
	best, all := p.c.read(p.tokens)
	p.spans, p.all = p.weed(best), all
	covered = make([]bool, len(p.tokens))
	for _, s := range p.spans {
		for i := s.from; i < s.to; i++ {
			covered[i] = true
		}
	}
	return covered
}

// mendPlain looks for typos in words that some category has in its name but that explain nothing here ("ator" is Portuguese
// for actor, and a typo of it).
func (p *plan) mendPlain(covered []bool) bool {
	found := false
	for i := range p.tokens {
		t := &p.tokens[i]
		if covered[i] || !t.plain || t.filler || t.cue != 0 || t.number >= 0 || t.reserved || len(t.text) < 4 {
			continue
		}
		p.c.mendWord(t, p.c.db.Words, p.c.db.WordText, 4)
		found = found || len(t.alts) > 0
	}
	return found
}

// weed drops the category spans of one word that asks rather than names ("who hosted", "won by a film"), unless it is all
// that the question says beside its award.
func (p *plan) weed(spans []span) []span {
	weak := func(s span) bool { return s.group == groupCategory && p.asking(s) }
	names, strong, awards := 0, 0, 0
	for _, s := range spans {
		switch {
		case s.group == groupAward:
			awards++
		case s.group == groupEntity:
			names++
		case s.group == groupCategory && !weak(s):
			strong++
		}
	}
	asks := false
	for i := range p.tokens {
		asks = asks || p.tokens[i].cue&(cueMost|cueBoth|cueWithout|cueWhen|cueWhere|cueHost|cueBeat|cueLost) != 0
	}
	out := spans[:0]
	for _, s := range spans {
		prize := p.tokens[s.from].cue&(cueFilm|cuePerson|cuePlace) != 0 ||
			p.tokens[s.from].text == "score" && awards > 0 && p.fits(s, spans) // of a film, not of a match
		if weak(s) && (names > 0 || strong > 0 || asks || !prize) {
			continue
		}
		if s.group == groupCategory && awards > 0 && p.placeWords(s) && !p.fits(s, spans) {
			continue // the "host city" of an award that has no such prize: where was it?
		}
		if s.group == groupAward && awards > 1 && p.asking(s) { // the "champions" of another
			continue
		}
		out = append(out, s)
	}
	return out
}

// placeWords reports whether a span has a word that asks for a place or a host.
func (p *plan) placeWords(s span) bool {
	return slices.ContainsFunc(p.tokens[s.from:s.to], func(t token) bool { return t.cue&(cueHost|cueWhere) != 0 })
}

// fits reports whether an award named by one of the spans has a category that s names.
func (p *plan) fits(s span, spans []span) bool {
	f := finder{c: p.c, awards: map[int]bool{}}
	for _, a := range spans {
		if a.group == groupAward {
			f.noteAwards(a.items)
		}
	}
	return f.fits(s.items)
}

// asking reports whether a span is one word that asks ("film", "host"), or several that say no more than "who won".
func (p *plan) asking(s span) bool {
	for i := s.from; i < s.to; i++ {
		t := &p.tokens[i]
		if t.cue == 0 && !t.filler && !t.typoOfFiller() {
			return false
		}
		if s.to-s.from > 1 && t.cue&^(cueWho|cueWin|cueDid|cueWhere|cueWhen) != 0 || t.text == "best" {
			return false
		}
	}
	return true
}

// place puts a span into its slot.
func (p *plan) place(s span) {
	switch s.group {
	case groupAward:
		p.placeAward(s)
	case groupCategory:
		p.cats = append(p.cats, s)
	case groupEdition:
		for n := range s.items.Len() {
			if it := index.Item(s.items.At(n)); it.Sort() == index.IsEdition {
				p.editions = append(p.editions, it.Index())
				p.addAward(p.c.awardOf(it.Index()))
			}
		}
	case groupEntity:
		p.entities = append(p.entities, entityOf(s))
	}
}

func (p *plan) addAward(a int) {
	if !slices.Contains(p.awards, a) {
		p.awards = append(p.awards, a)
	}
}

func (p *plan) placeAward(s span) {
	for n := range s.items.Len() {
		it := index.Item(s.items.At(n))
		if it.Sort() == index.IsPhrase && p.c.db.PhrAward.At(it.Index()) == 0 {
			to := p.c.db.PhrTo.At(it.Index())
			if p.awardMode != "" && slices.Contains(p.awards, int(to.At(0))) {
				p.awards = nil // "tennis … wimbledon": the narrower tells which
			}
			if len(p.awards) > 0 && p.awardMode == "" { // "oscar and emmy": the likeliest beside those named
				p.addAward(int(to.At(0)))
			}
			if len(p.awards) == 0 {
				p.awardMode, p.awardNote = p.c.text.phraseMode.At(it.Index()), p.c.text.phraseNote.At(it.Index())
				for i := range to.Len() {
					p.addAward(int(to.At(i)))
				}
			}
			return
		}
	}
	if p.awardMode != "" { // "tennis … wimbledon": the plain name tells which; "emmy and oscar": another beside the likeliest
		one := p.awards[:1]
		for n := range s.items.Len() {
			if it := index.Item(s.items.At(n)); it.Sort() == index.IsAward && slices.Contains(p.awards, it.Index()) {
				one = nil
			}
		}
		p.awards, p.awardMode, p.awardNote = one, "", ""
	}
	for n := range s.items.Len() {
		if it := index.Item(s.items.At(n)); it.Sort() == index.IsAward {
			p.addAward(it.Index())
		}
	}
}

func entityOf(s span) entity {
	e := entity{from: s.from, to: s.to, edits: s.edits}
	var family, short []int
	for n := range s.items.Len() {
		it := index.Item(s.items.At(n))
		switch it.Sort() {
		case index.IsPerson:
			e.people, e.exact = append(e.people, it.Index()), true
		case index.IsFamily:
			family = append(family, it.Index())
		case index.IsWork:
			e.works, e.exact = append(e.works, it.Index()), true
		case index.IsShort:
			short = append(short, it.Index())
		}
	}
	for _, i := range family {
		if !slices.Contains(e.people, i) {
			e.people = append(e.people, i)
		}
	}
	for _, i := range short {
		if !slices.Contains(e.works, i) {
			e.works = append(e.works, i)
		}
	}
	return e
}

// rest reads the words that no span covers: numbers, cues, and what is left unknown.
func (p *plan) rest(covered []bool) {
	words := make([]string, len(p.tokens))
	for i := range p.tokens {
		words[i] = p.tokens[i].text
	}
	for i := 0; i < len(p.tokens); i++ {
		t := &p.tokens[i]
		if covered[i] || t.reserved {
			continue
		}
		if n, used := ordinalWord(words[i:]); n > 0 && p.countsEdition(i+used) {
			p.when.ordinal = n
			i += used - 1
			continue // and so "first" asks for no record
		}
		switch {
		case t.number >= 0:
			p.number(i, covered)
		case decade(t.text) > 0:
			for y := decade(t.text); y < decade(t.text)+10; y++ {
				p.when.years = append(p.when.years, y)
			}
		case t.cue != 0:
			p.cues |= t.cue
		case t.filler:
		case t.typoOfFiller():
			p.cues |= cueOf(t.slip())
		default:
			p.unknown = append(p.unknown, i)
		}
	}
	p.yearsBetween()
	p.when.latest = p.when.latest || p.cues&cueLatest != 0 && !p.when.given()
	p.when.next = p.cues&cueNext != 0 && !p.when.given()
	if p.cues&cuePrevious != 0 && !p.when.given() {
		p.when.latest, p.when.back = true, 1
	}
}

// countsEdition reports whether an ordinal before word i counts editions: the name of an award follows.
func (p *plan) countsEdition(i int) bool {
	if len(p.entities) > 0 { // "her first oscar"
		return false
	}
	for _, s := range p.spans {
		between := s.from == i+1 && (p.tokens[i].filler || p.tokens[i].cue&(cueEver|cueYear) != 0) // "the first ever oscars"
		if s.group == groupAward && (s.from == i || between) {
			return true
		}
	}
	return false
}

// unknownWords are the words that nothing explains, as folded.
func (p *plan) unknownWords() []string {
	var out []string
	for _, i := range p.unknown {
		out = append(out, p.tokens[i].text)
	}
	return out
}

// disown gives up a name: its words are unknown.
func (p *plan) disown(e entity) {
	p.read = nil
	for i := e.from; i < e.to; i++ {
		if t := &p.tokens[i]; !t.filler && t.cue == 0 && !slices.Contains(p.unknown, i) {
			p.unknown = append(p.unknown, i)
		}
	}
	slices.Sort(p.unknown)
}
