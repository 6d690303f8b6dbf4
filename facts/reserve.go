package facts

import "slices"

// Numbers between these are years, whether or not anything was won in them.
const (
	firstYear = 1500
	lastYear  = 2150
)

// year reports whether word i is a year.
func (p *plan) year(i int) bool {
	if i < 0 || i >= len(p.tokens) || p.tokens[i].ordinal {
		return false
	}
	return p.tokens[i].number >= firstYear && p.tokens[i].number <= lastYear
}

func (p *plan) yearAt(i, within int) bool {
	for k := i; k <= i+within; k++ {
		if p.year(k) {
			return true
		}
	}
	return false
}

// reserve takes the wordings of time out of the question, before "film year" is read as a category.
func (p *plan) reserve() {
	for i := range p.tokens {
		if !p.reserveFilmYear(i) && !p.reserveYear(i) {
			p.reserveCue(i)
		}
	}
}

// reserveFilmYear takes what says that a year is the year of the films.
func (p *plan) reserveFilmYear(i int) bool {
	films := p.oneOf(i, "film", "films", "movie", "movies", "cinema")
	switch {
	case films && p.oneOf(i+1, "year", "years"):
		p.take(i, 2)
	case films && p.says(i+1, "of", "the", "year"): // the prize of that name
		return false
	case films && (p.oneOf(i+1, "of", "from", "released") || p.says(i+1, "made", "in")) && p.yearAt(i+2, 2):
		if p.namesPrize(i) { // "best animated film of 1994": the word is part of the name
			p.take(i+1, 1)
		} else {
			p.take(i, 2)
		}
	case p.year(i) && p.oneOf(i+1, "films", "movies") && i+2 >= len(p.tokens): // "best director 2019 films"
		p.take(i+1, 1)
	default:
		return false
	}
	p.when.film = true
	return true
}

// namesPrize reports whether the word "film" at i ends the name of a prize.
func (p *plan) namesPrize(i int) bool {
	if i == 0 || !p.oneOf(i, "film", "movie") {
		return false
	}
	before := &p.tokens[i-1]
	return before.text == "best" || before.plain && !before.filler && before.cue == 0
}

// reserveYear takes a year that is counted from today.
func (p *plan) reserveYear(i int) bool {
	from, words, year := i, 2, p.now.Year()
	switch {
	case p.says(i, "last") && p.oneOf(i+1, "year", "years"):
		year--
	case p.says(i, "this") && p.oneOf(i+1, "year", "years"):
	case p.says(i, "next", "year"):
		year++
	case p.oneOf(i, "years", "year") && p.says(i+1, "ago") && i > 0 && p.tokens[i-1].number > 0 && p.tokens[i-1].number < 150:
		from, words = i-1, 3
		year -= p.tokens[from].number
	case p.oneOf(i, "a", "one") && p.says(i+1, "year", "ago"):
		words = 3
		year--
	default:
		return false
	}
	p.when.years = append(p.when.years, year)
	p.take(from, words)
	return true
}

// reserveCue takes several words that ask for one thing.
func (p *plan) reserveCue(i int) {
	switch {
	case p.says(i, "most") && p.oneOf(i+1, "recent", "recently"), p.says(i, "last", "time"):
		p.when.latest = true
		p.take(i, 2)
	case p.says(i, "who") && p.oneOf(i+1, "is", "was") && p.says(i+2, "in"):
		p.cues |= cueCast
		p.take(i, 3)
	case p.says(i, "how", "many"):
		p.cues |= cueCount
		p.take(i, 2)
	case p.says(i, "the", "year", "i"):
		p.take(i, 3)
	}
}

// says reports whether these words stand in the question from word i on.
func (p *plan) says(i int, words ...string) bool {
	if i < 0 || i+len(words) > len(p.tokens) {
		return false
	}
	for k, w := range words {
		if p.tokens[i+k].text != w {
			return false
		}
	}
	return true
}

// oneOf reports whether word i is one of these.
func (p *plan) oneOf(i int, words ...string) bool {
	return i >= 0 && i < len(p.tokens) && slices.Contains(words, p.tokens[i].text)
}

// take reserves words from word i on.
func (p *plan) take(i, words int) {
	for k := i; k < i+words; k++ {
		p.tokens[k].reserved = true
	}
}
