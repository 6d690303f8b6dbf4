package facts

import (
	"strings"

	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/facts/index"
	"github.com/whowon-bot/whowon/facts/lookup"
)

// Completion is one way to finish what somebody types. Text is a question that Ask answers; Kind is award, category, work
// or person.
type Completion struct{ Text, Kind string }

// maxPrefix is the longest prefix, in bytes, that is completed.
const maxPrefix = 100

// Complete offers up to n ways to finish prefix, the best known first: awards and their categories (with a year, once its
// digits are typed), titles and people. Typos are tolerated where nothing fits as typed. n is capped at 25.
func (c *Corpus) Complete(prefix string, n int) []Completion {
	n = min(n, 25)
	if n <= 0 || len(prefix) > 4*maxPrefix {
		return nil
	}
	text := fold.String(clean(prefix))
	if len(text) > maxPrefix {
		text = strings.ToValidUTF8(text[:maxPrefix], "")
	}
	if text == "" {
		return nil
	}
	if out := c.completeYear(text, n); len(out) > 0 {
		return out
	}
	var buf [32]lookup.Hit
	hits := c.db.Names.Prefix(buf[:0], text, n)
	if len(hits) == 0 {
		hits = c.db.Names.PrefixFuzzy(buf[:0], text, n)
	}
	out := make([]Completion, 0, len(hits))
	for _, h := range hits {
		out = c.completed(out, index.Item(c.db.NameItem.At(int(h.Entry))))
	}
	return out
}

// completed adds the completion for an item, unless it is there already under another name.
func (c *Corpus) completed(out []Completion, it index.Item) []Completion {
	var done Completion
	switch i := it.Index(); it.Sort() {
	case index.IsAward:
		done = Completion{c.text.awardShort.At(i), "award"}
	case index.IsCategory:
		done = Completion{c.categoryAt(i), "category"}
	case index.IsWork:
		done = Completion{c.text.workTitle.At(i), "work"}
	default:
		done = Completion{c.text.perName.At(i), "person"}
	}
	for _, have := range out {
		if have == done {
			return out
		}
	}
	return append(out, done)
}

func (c *Corpus) categoryAt(cat int) string {
	return c.text.catName.At(cat) + ", " + c.text.awardShort.At(int(c.db.CatAward.At(cat)))
}

// completeYear completes the year of an award or a category: "best picture oscars 19".
func (c *Corpus) completeYear(text string, n int) []Completion {
	at := strings.LastIndexByte(text, ' ')
	if at < 0 {
		return nil
	}
	name, digits := text[:at], text[at+1:]
	if !isDigits(digits) || len(digits) > 4 {
		return nil
	}
	items := c.db.Lex.Find(index.Hash(index.HashSeed, name))
	var out []Completion
	for i := range items.Len() {
		it := index.Item(items.At(i))
		switch it.Sort() {
		case index.IsAward:
			out = c.years(out, it.Index(), -1, digits, n)
		case index.IsCategory:
			out = c.years(out, int(c.db.CatAward.At(it.Index())), it.Index(), digits, n)
		}
	}
	if len(out) == 0 {
		var buf [4]lookup.Hit
		for _, h := range c.db.Names.Prefix(buf[:0], name, 1) {
			if it := index.Item(c.db.NameItem.At(int(h.Entry))); it.Sort() == index.IsCategory {
				out = c.years(out, int(c.db.CatAward.At(it.Index())), it.Index(), digits, n)
			}
		}
	}
	return out
}

// years adds the years, newest first, in which an award was held (or a category of it given) and that start with digits.
func (c *Corpus) years(out []Completion, award, cat int, digits string, n int) []Completion {
	last := 0
	for e := int(c.db.AwardEds.At(award+1)) - 1; e >= int(c.db.AwardEds.At(award)) && len(out) < n; e-- {
		y := int(c.db.EdYear.At(e))
		if y == last || !strings.HasPrefix(itoa(y), digits) || cat >= 0 && !c.won(e, cat) || cat < 0 && !c.hasResults(e) {
			continue
		}
		last = y
		if cat >= 0 {
			out = append(out, Completion{c.categoryAt(cat) + " " + itoa(y), "category"})
		} else {
			out = append(out, Completion{c.text.awardShort.At(award) + " " + itoa(y), "award"})
		}
	}
	return out
}
