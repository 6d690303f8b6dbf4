package facts

import (
	"math"

	"github.com/whowon-bot/whowon/facts/index"
)

// maxEdits is the most typos that are mended in one name or phrase.
const maxEdits = 2

// maxPhrase is the most words that one name or phrase is looked up with.
const maxPhrase = 24

// span is a run of words read as one thing.
type span struct {
	from, to int // words
	group    group
	items    index.U32 // what it can mean
	edits    int       // typos mended
	score    float64
}

// group is the part that a span plays in a question.
type group int

const (
	groupAward group = iota
	groupCategory
	groupEdition
	groupEntity
)

// finder collects the spans of a question.
type finder struct {
	c      *Corpus
	tokens []token
	found  [][]span // by end
	awards map[int]bool
}

// read splits the words of a question into the names and phrases that explain most of it. Words that no span covers are
// numbers, cues, fillers, or unknown.
func (c *Corpus) read(tokens []token) (best []span, all [][]span) {
	f := &finder{c: c, tokens: tokens, found: make([][]span, len(tokens)+1), awards: map[int]bool{}}
	for i := range tokens {
		f.extend(i, i, index.HashSeed, 0)
	}
	for end := range f.found {
		for _, s := range f.found[end] {
			if s.group == groupAward {
				f.noteAwards(s.items)
			}
		}
	}
	return f.best(), f.found
}

func (f *finder) noteAwards(items index.U32) {
	for n := range items.Len() {
		switch it := index.Item(items.At(n)); it.Sort() {
		case index.IsAward:
			f.awards[it.Index()] = true
		case index.IsPhrase:
			if f.c.db.PhrAward.At(it.Index()) == 0 {
				to := f.c.db.PhrTo.At(it.Index())
				for i := range to.Len() {
					f.awards[int(to.At(i))] = true
				}
			}
		}
	}
}

// extend looks up every phrase that starts with word from and goes on at word at, in the spelling typed and mended.
func (f *finder) extend(from, at int, hash uint64, edits int) {
	if at >= len(f.tokens) || at-from >= maxPhrase || edits > maxEdits || f.tokens[at].reserved {
		return
	}
	if at > from {
		hash = index.Hash(hash, " ")
	}
	t := &f.tokens[at]
	if t.known() {
		f.try(from, at, index.Hash(hash, t.text), edits)
	}
	for _, a := range t.alts {
		f.try(from, at, index.Hash(hash, a.text), edits+a.edits)
	}
}

func (f *finder) try(from, at int, hash uint64, edits int) {
	if items := f.c.db.Lex.Find(hash); items != "" {
		f.add(from, at+1, items, edits)
	}
	f.extend(from, at+1, hash, edits)
}

// add notes the spans of one phrase: one for each part that it can play.
func (f *finder) add(from, to int, items index.U32, edits int) {
	var seen [4]bool
	for n := range items.Len() {
		g, ok := f.groupOf(index.Item(items.At(n)))
		if ok && !seen[g] {
			seen[g] = true
			f.found[to] = append(f.found[to], span{from: from, to: to, group: g, items: items, edits: edits})
		}
	}
}

func (f *finder) groupOf(it index.Item) (group, bool) {
	switch it.Sort() {
	case index.IsAward:
		return groupAward, true
	case index.IsCategory:
		return groupCategory, true
	case index.IsPhrase:
		if f.c.db.PhrAward.At(it.Index()) == 0 && f.c.db.PhrTitle.At(it.Index()) == 0 {
			return groupAward, true
		}
		return groupCategory, true
	case index.IsEdition:
		return groupEdition, true
	case index.IsPerson, index.IsFamily, index.IsWork, index.IsShort:
		return groupEntity, true
	}
	return 0, false
}

// best chooses the spans that explain the question best: dynamic programming over the words.
func (f *finder) best() []span {
	n := len(f.tokens)
	score, from, by := make([]float64, n+1), make([]int, n+1), make([]int, n+1)
	for end := 1; end <= n; end++ {
		score[end], from[end], by[end] = score[end-1]+f.bare(end-1), end-1, -1
		for i := range f.found[end] {
			s := &f.found[end][i]
			s.score = f.worth(s)
			if v := score[s.from] + s.score; v > score[end] {
				score[end], from[end], by[end] = v, s.from, i
			}
		}
	}
	var out []span
	for end := n; end > 0; end = from[end] {
		if by[end] >= 0 {
			out = append(out, f.found[end][by[end]])
		}
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// bare is the worth of a word that no span covers.
func (f *finder) bare(i int) float64 {
	t := &f.tokens[i]
	switch {
	case t.number >= 0, t.cue != 0:
		return 0.3
	case t.filler:
		return 0.1
	case t.typoOfFiller():
		return 0
	case t.plain:
		return -0.5
	case t.name:
		return -1.2
	}
	return -1.5
}

func (t *token) typoOfFiller() bool { return t.slip() != "" }

// slip is the cue or filler that the word is likeliest a typo of, or "".
func (t *token) slip() string {
	for _, a := range t.alts {
		if a.filler && a.edits == 1 {
			return a.text
		}
	}
	return ""
}

// size is how much more a longer phrase explains.
func size(words int) float64 { return math.Pow(float64(words), 1.3) }

// worth is the worth of reading a span as what it is.
func (f *finder) worth(s *span) float64 {
	size := size(s.to - s.from)
	penalty := 0.6 * float64(s.edits)
	t := &f.tokens[s.from]
	single := s.to-s.from == 1
	switch s.group {
	case groupAward:
		return 1.35*size - penalty - 0.001*float64(f.award(s)) // of two that are as near, the better known
	case groupEdition:
		return 1.4*size - penalty
	case groupCategory:
		switch {
		case !f.fits(s.items):
			return 0.55*size - penalty
		case single && (t.filler || t.cue != 0):
			return 0.45
		case len(f.awards) == 0 && s.names(index.IsPerson):
			return 1.2*size - penalty // Robert Altman, before the award in his name
		}
		return 1.25*size - penalty
	}
	if !single {
		if f.allWeak(s) {
			return 0.6 * size
		}
		if f.holdsAward(s) {
			return 0.8*size - penalty
		}
		return 1.22*size - penalty
	}
	switch {
	case t.number >= firstYear && f.tooEarly(t.number) && s.names(index.IsWork):
		return 0.6 // "1917 oscars": a title, there were none that year
	case t.number >= 0, t.filler, t.cue != 0:
		return -0.5
	case t.plain:
		return 0.45
	case t.typoOfFiller() && s.edits == 0 && (s.names(index.IsWork) || s.names(index.IsPerson)):
		return 0.5 // "sinners" is a title before it is a typo of winners
	case t.typoOfFiller():
		return -0.6
	}
	return 1.1 - penalty
}

// award is the place of a span's award among all, the best known first.
func (f *finder) award(s *span) int {
	for n := range s.items.Len() {
		if it := index.Item(s.items.At(n)); it.Sort() == index.IsAward {
			return it.Index()
		}
	}
	return 0
}

// holdsAward reports whether the name of an award is part of a span ("1972 Summer Olympics").
func (f *finder) holdsAward(s *span) bool {
	for end := s.from + 1; end <= s.to; end++ {
		for i := range f.found[end] {
			if in := &f.found[end][i]; in.group == groupAward && in.from >= s.from && in.to-in.from > 1 && in.edits == 0 {
				return true
			}
		}
	}
	return false
}

// tooEarly reports whether every award named is younger than the year.
func (f *finder) tooEarly(year int) bool {
	for a := range f.awards {
		if e := int(f.c.db.AwardEds.At(a)); e < int(f.c.db.AwardEds.At(a+1)) && int(f.c.db.EdYear.At(e)) <= year {
			return false
		}
	}
	return len(f.awards) > 0
}

// names reports whether one of the meanings of a span is of a sort.
func (s *span) names(sort index.Sort) bool {
	for n := range s.items.Len() {
		if index.Item(s.items.At(n)).Sort() == sort {
			return true
		}
	}
	return false
}

// allWeak reports whether a name is made of fillers, cues and numbers only ("The Last", "What Did").
func (f *finder) allWeak(s *span) bool {
	for i := s.from; i < s.to; i++ {
		if t := &f.tokens[i]; !t.filler && t.cue == 0 && t.number < 0 {
			return false
		}
	}
	return true
}

// fits reports whether a category phrase means something at the awards that the question names.
func (f *finder) fits(items index.U32) bool {
	if len(f.awards) == 0 {
		return true
	}
	for n := range items.Len() {
		switch it := index.Item(items.At(n)); it.Sort() {
		case index.IsCategory:
			if f.awards[int(f.c.db.CatAward.At(it.Index()))] {
				return true
			}
		case index.IsPhrase:
			if a := int(f.c.db.PhrAward.At(it.Index())); a > 0 && f.awards[a-1] {
				return true
			}
		}
	}
	return false
}
