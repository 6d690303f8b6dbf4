package facts

import (
	"slices"

	"github.com/whowon-bot/whowon/facts/index"
)

// choice is what a category phrase means at one award.
type choice struct {
	award int
	cats  []int
	mode  string // how to choose among cats; "" where the phrase is the name of each of them
	note  string
	left  []int    // words of categories that the award does not have
	whole bool     // the words that nothing else explains are part of the category's name
	more  []choice // further categories asked for in the same breath ("best actor and best actress")
}

// modes of an ambiguous phrase.
const (
	modeFirst          = "first"           // the first listed
	modeFirstAvailable = "first_available" // the first listed with a winner in that year
	modeByYear         = "by_year"         // all listed with a winner in that year
	modeAll            = "all"             // all listed
)

// choices reads the category phrases of a question at every award they can belong to, the likeliest first. Without a
// category the choice has no cats.
func (p *plan) choices() []choice {
	if p.read == nil {
		p.read = p.readChoices()
	}
	return p.read
}

func (p *plan) readChoices() []choice {
	out := []choice{}
	if len(p.cats) == 0 {
		for _, a := range p.awards {
			out = append(out, choice{award: a, mode: p.awardMode, note: p.awardNote})
		}
		return out
	}
	for _, a := range p.candidates() {
		if ch, ok := p.choiceAt(a); ok {
			out = append(out, ch)
		}
	}
	return out
}

// candidates are the awards that the question can be about: those named, else those that its category phrases belong to.
func (p *plan) candidates() []int {
	if len(p.awards) > 0 {
		return p.awards
	}
	var out []int
	add := func(a int) {
		if !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	for _, s := range p.cats {
		for n := range s.items.Len() {
			if it := index.Item(s.items.At(n)); it.Sort() == index.IsPhrase && p.c.db.PhrAward.At(it.Index()) == 0 {
				to := p.c.db.PhrTo.At(it.Index())
				for i := range to.Len() {
					add(int(to.At(i)))
				}
			}
		}
	}
	rest := []int(nil)
	for _, s := range p.cats {
		for n := range s.items.Len() {
			switch it := index.Item(s.items.At(n)); it.Sort() {
			case index.IsCategory:
				rest = append(rest, int(p.c.db.CatAward.At(it.Index())))
			case index.IsPhrase:
				if a := p.c.db.PhrAward.At(it.Index()); a > 0 {
					rest = append(rest, int(a-1))
				}
			}
		}
	}
	slices.Sort(rest)
	for _, a := range rest {
		add(a)
	}
	return out
}

// choiceAt reads the category phrases at one award: the words of several phrases together where a category has that
// name, else the one phrase that means something there.
func (p *plan) choiceAt(a int) (choice, bool) {
	if len(p.cats) == 1 {
		if len(p.unknown) > 0 {
			if ch, ok := p.bagAt(a); ok && ch.whole { // "female" beside "actor in a supporting role"
				return ch, true
			}
		}
		if ch, ok := p.c.phraseAt(p.cats[0].items, a); ok {
			return ch, true
		}
		return p.bagAt(a)
	}
	if ch, ok := p.bagAt(a); ok && !p.joined() {
		return ch, true
	}
	var all []choice
	var left []int
	for _, s := range p.cats {
		ch, ok := p.c.phraseAt(s.items, a)
		switch {
		case !ok:
			for i := s.from; i < s.to; i++ {
				left = append(left, i)
			}
		case !slices.ContainsFunc(all, func(c choice) bool { return slices.Equal(c.cats, ch.cats) }):
			all = append(all, ch)
		}
	}
	if len(all) == 0 {
		return choice{}, false
	}
	all[0].more, all[0].left = all[1:], left
	return all[0], true
}

// joined reports whether "and" or "or" stands between the category phrases: they are several prizes, not words of one.
func (p *plan) joined() bool {
	for i := 1; i < len(p.cats); i++ {
		if at := p.cats[i].from - 1; at == p.cats[i-1].to && (p.oneOf(at, "and", "or", "und", "et", "y")) {
			return true
		}
	}
	return false
}

// phraseAt is the meaning of one phrase at an award: the ambiguous phrases of the award first.
func (c *Corpus) phraseAt(items index.U32, a int) (choice, bool) {
	ch := choice{award: a}
	for n := range items.Len() {
		it := index.Item(items.At(n))
		if it.Sort() != index.IsPhrase || int(c.db.PhrAward.At(it.Index())) != a+1 {
			continue
		}
		ch.mode, ch.note = c.text.phraseMode.At(it.Index()), c.text.phraseNote.At(it.Index())
		to := c.db.PhrTo.At(it.Index())
		for i := range to.Len() {
			ch.cats = append(ch.cats, int(to.At(i)))
		}
		return ch, true
	}
	for n := range items.Len() {
		it := index.Item(items.At(n))
		if (it.Sort() == index.IsCategory) && int(c.db.CatAward.At(it.Index())) == a {
			ch.cats = append(ch.cats, it.Index())
		}
	}
	return ch, len(ch.cats) > 0
}

// bagAt reads the words of all category phrases, in any order, as the name of one category of the award.
func (p *plan) bagAt(a int) (choice, bool) {
	var words []string
	for _, s := range p.cats {
		for i := s.from; i < s.to; i++ {
			words = append(words, p.spelling(i))
		}
	}
	known := len(words)
	for _, i := range p.unknown {
		words = append(words, p.spelling(i))
	}
	for _, n := range []int{len(words), known} {
		items := p.c.db.Lex.Find(index.Hash(index.HashSeed, index.Bag(words[:n])))
		ch := choice{award: a}
		for i := range items.Len() {
			it := index.Item(items.At(i))
			if it.Sort() == index.IsBag && int(p.c.db.CatAward.At(it.Index())) == a {
				ch.cats = append(ch.cats, it.Index())
			}
		}
		if len(ch.cats) > 0 {
			ch.whole = n > known
			return ch, true
		}
		if known == len(words) {
			break
		}
	}
	return choice{}, false
}

// spelling is a word as read: mended where it is unknown and has a likely correction.
func (p *plan) spelling(i int) string {
	t := &p.tokens[i]
	if !t.plain && len(t.alts) > 0 && !t.filler {
		return t.alts[0].text
	}
	return t.text
}

// held reports whether an edition has been held by the time of the question.
func (p *plan) held(e int) bool {
	date := p.c.db.EdDate.At(e)
	if date == 0 {
		return p.c.db.EdYear.At(e) <= p.today/10000
	}
	if date%10000 == 0 { // only the year is known
		return date/10000 <= p.today/10000
	}
	return date <= p.today
}

// editionsOf finds the editions of an award that the question is about. None and ok when the question gives no time.
func (p *plan) editionsOf(a int) (eds []int, given bool) {
	for _, e := range p.editions {
		if p.c.awardOf(e) == a {
			eds = append(eds, e)
		}
	}
	if len(eds) > 0 {
		return eds, true
	}
	if n := max(p.when.ordinal, p.when.bare); n > 0 && len(p.when.years) == 0 {
		return p.byOrdinal(a, n), true
	}
	for _, y := range p.when.years {
		for _, e := range p.inYear(a, y, p.when.film) {
			if !slices.Contains(eds, e) {
				eds = append(eds, e)
			}
		}
	}
	if len(eds) > 1 && p.when.ordinal > 0 {
		if by := p.byOrdinal(a, p.when.ordinal); len(by) > 0 {
			return by, true
		}
	}
	return eds, len(p.when.years) > 0
}

func (p *plan) byOrdinal(a, n int) (eds []int) {
	db := p.c.db
	for e := int(db.AwardEds.At(a)); e < int(db.AwardEds.At(a+1)); e++ {
		if int(db.EdOrdinal.At(e)) == n {
			eds = append(eds, e)
		}
	}
	return eds
}

// inYear finds the editions of a year: held in it (or named after it), or for the films of it.
func (p *plan) inYear(a, y int, film bool) []int {
	db := p.c.db
	var held, called, honoured []int
	for e := int(db.AwardEds.At(a)); e < int(db.AwardEds.At(a+1)); e++ {
		if int(db.EdYear.At(e)) == y {
			held = append(held, e)
		}
		if has(db.EdCalled.At(e), y) {
			called = append(called, e)
		}
		if has(db.EdHonoured.At(e), y) && (p.when.season == 0 || has(db.EdHonoured.At(e), p.when.season)) {
			honoured = append(honoured, e)
		}
	}
	var first [][]int
	switch {
	case film:
		first = [][]int{honoured, held}
	case p.when.season > 0 && len(honoured) > 0 && db.AwardYears.At(a) == 0 && !slices.ContainsFunc(held, p.seasonID):
		first = [][]int{honoured, held}
	case db.AwardYears.At(a) == 1: // named after the year of the films
		first = [][]int{called, honoured, held}
	default:
		first = [][]int{held, called}
	}
	for _, eds := range first {
		if len(eds) > 0 {
			return eds
		}
	}
	return nil
}

// seasonID reports whether an edition is named after a season ("2024-25").
func (p *plan) seasonID(e int) bool {
	id := p.c.text.edID.At(e)
	return len(id) == 7 && id[4] == '-'
}

func has(years index.U32, y int) bool {
	for i := range years.Len() {
		if int(years.At(i)) == y {
			return true
		}
	}
	return false
}

// latest finds the newest edition, held by now, in which a category has a winner, skipping back editions.
func (p *plan) latest(a int, cats []int, back int) int {
	db := p.c.db
	for e := int(db.AwardEds.At(a+1)) - 1; e >= int(db.AwardEds.At(a)); e-- {
		if !p.held(e) || !p.c.hasResults(e) {
			continue
		}
		ok := len(cats) == 0
		for _, cat := range cats {
			ok = ok || p.c.won(e, cat)
		}
		if !ok {
			continue
		}
		if back == 0 {
			return e
		}
		back--
	}
	return -1
}

// pick chooses, among the categories a phrase can mean, those to answer for in one edition; where none of them was given
// in it, the same prize under its name of that time.
func (p *plan) pick(ch choice, e int) []int {
	if cats := p.pickOf(ch, ch.cats, e); len(cats) > 0 {
		return cats
	}
	seen := slices.Clone(ch.cats)
	for i := 0; i < len(seen); i++ {
		more := p.c.db.CatRelatives.At(seen[i])
		for n := range more.Len() {
			if cat := int(more.At(n)); !slices.Contains(seen, cat) {
				seen = append(seen, cat)
			}
		}
	}
	return p.pickOf(ch, seen[len(ch.cats):], e)
}

func (p *plan) pickOf(ch choice, cats []int, e int) []int {
	var given, won []int
	for _, cat := range cats {
		if from, to := p.c.span(e, cat); from < to {
			given = append(given, cat)
			if p.c.db.ResOutcome.At(from) != index.Nominated {
				won = append(won, cat)
			}
		}
	}
	if len(won) == 0 {
		won = given
	}
	switch {
	case len(won) == 0:
		return nil
	case ch.mode == modeByYear, ch.mode == modeAll:
		return won
	case ch.mode == "": // two prizes of one name
		same := func(cat int) bool { return p.c.db.CatRank.At(cat) > p.c.db.CatRank.At(won[0]) }
		if n := slices.IndexFunc(won, same); n > 0 {
			return won[:n]
		}
		return won
	}
	return won[:1]
}
