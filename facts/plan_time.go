package facts

import (
	"slices"
	"strings"
)

// maxRange is the most years that "from 1990 to 1995" can span.
const maxRange = 60

// number reads a number of the question: a year, a season, an ordinal.
func (p *plan) number(i int, covered []bool) {
	t := &p.tokens[i]
	switch {
	case t.century > 0:
		p.when.years = append(p.when.years, t.century+t.number)
	case t.ordinal && t.number > 0:
		p.when.ordinal = t.number
	case p.year(i):
		next := i + 1
		if next < len(p.tokens) && !covered[next] && p.tokens[next].number == (t.number+1)%100 && len(p.tokens[next].text) == 2 {
			p.when.season = t.number
			p.when.years = append(p.when.years, t.number+1)
			p.tokens[next].reserved = true
			return
		}
		if !slices.Contains(p.when.years, t.number) {
			p.when.years = append(p.when.years, t.number)
		}
	case t.number > 0 && t.number < 200:
		p.when.bare = t.number
	default:
		p.unknown = append(p.unknown, i)
	}
}

// decade reads "1990s" and "90s"; 0 for any other word.
func decade(w string) int {
	digits, ok := strings.CutSuffix(w, "s")
	if !ok || !isDigits(digits) || !strings.HasSuffix(digits, "0") {
		return 0
	}
	n, _ := numberIn(digits)
	switch {
	case len(digits) == 4 && n >= firstYear && n <= lastYear:
		return n
	case len(digits) == 2 && n >= 30:
		return 1900 + n
	case len(digits) == 2:
		return 2000 + n
	}
	return 0
}

// yearsBetween fills in the years of a range: "1990 to 1995", "between 1990 and 1995", "1990-1995".
func (p *plan) yearsBetween() {
	if len(p.when.years) != 2 || p.when.season > 0 {
		return
	}
	from, to := p.when.years[0], p.when.years[1]
	for i := range p.tokens {
		if p.tokens[i].number != from {
			continue
		}
		dash := p.year(i+1) && to-from > 1
		word := p.oneOf(i+1, "to", "until", "till", "through", "thru") || p.says(i-1, "between") && p.says(i+1, "and")
		if (dash || word && p.year(i+2)) && to > from && to-from <= maxRange {
			for y := from + 1; y < to; y++ {
				p.when.years = slices.Insert(p.when.years, len(p.when.years)-1, y)
			}
		}
		return
	}
}
