package facts

import (
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/facts/index"
)

// repair mends what a slip of the space bar does to words that nobody knows: two words run together ("oscars2013",
// "bestpicture"), one word in two ("berlin ale"), a letter on the wrong side of the space ("emm yaward", "th e1939").
func (c *Corpus) repair(words []string) []string {
	for i := 0; i < len(words); i++ {
		if c.meansSomething(words[i]) {
			continue
		}
		if i+1 < len(words) {
			if left, right := c.shifted(words[i], words[i+1]); left != "" {
				words[i], words[i+1] = left, right
				continue
			}
			if joined := words[i] + words[i+1]; len(joined) > 4 && c.plainWord(joined) {
				words = slices.Replace(words, i, i+2, joined)
				continue
			}
		}
		if i > 0 {
			if left, right := c.shifted(words[i-1], words[i]); left != "" {
				words[i-1], words[i] = left, right
				continue
			}
		}
		if at := c.splitAt(words[i]); at > 0 {
			words = slices.Replace(words, i, i+1, words[i][:at], words[i][at:])
			i++
		}
	}
	return words
}

// shifted moves a letter over the space between two words, where both become words of questions by it.
func (c *Corpus) shifted(left, right string) (string, string) {
	if len(right) > 1 && right[0] < 0x80 {
		if l, r := left+right[:1], right[1:]; c.plainWord(l) && c.plainWord(r) {
			return l, r
		}
	}
	if last := len(left) - 1; last > 0 && left[last] < 0x80 {
		if l, r := left[:last], left[last:]+right; c.plainWord(l) && c.plainWord(r) {
			return l, r
		}
	}
	return "", ""
}

// splitAt is where a word falls into two words of questions, or into a year or an ordinal and a word; 0 for nowhere.
func (c *Corpus) splitAt(w string) int {
	if len(w) > 40 {
		return 0
	}
	for at := 1; at < len(w); at++ {
		left, right := w[:at], w[at:]
		digits := digit(w[at-1]) != digit(w[at])
		switch {
		case digits && len(left) == 4 && isDigits(left) && c.plainWord(right),
			digits && len(right) == 4 && isDigits(right) && (c.plainWord(left) || len(left) == 1):
			return at
		case digit(w[0]):
			if _, ordinal := numberIn(left); ordinal && c.plainWord(right) {
				return at
			}
		case at >= 3 && len(right) >= 3 && w[at]&0xc0 != 0x80 && c.pair(left, right):
			return at
		}
	}
	return 0
}

// pair reports whether two words run together are a phrase or a name, or both words of questions.
func (c *Corpus) pair(left, right string) bool {
	phrase := index.Hash(index.Hash(index.Hash(index.HashSeed, left), " "), right)
	return c.db.Lex.Find(phrase) != "" || c.plainWord(left) && c.plainWord(right)
}

func digit(b byte) bool { return '0' <= b && b <= '9' }

// meansSomething reports whether a word, as it is, is one of a question or of any name.
func (c *Corpus) meansSomething(w string) bool {
	plain, name, told := c.wordFlags(w)
	return plain || name || told || filler(w) || cueOf(w) != 0 || isNumber(w) || decade(w) > 0
}

// plainWord reports whether a word is one that questions are put in: of awards and categories, a cue, a filler, a year.
func (c *Corpus) plainWord(w string) bool {
	plain, _, _ := c.wordFlags(w)
	return plain || len(w) > 1 && filler(w) || cueOf(w) != 0 || isNumber(w)
}

func isNumber(w string) bool {
	n, _ := numberIn(w)
	return n >= 0
}

// wordFlags tells in what a word occurs: names of awards and categories, other names, claims and firsts.
func (c *Corpus) wordFlags(w string) (plain, name, told bool) {
	items := c.db.Lex.Find(index.Hash(index.HashSeed, w))
	for n := range items.Len() {
		if it := index.Item(items.At(n)); it.Sort() == index.IsToken {
			flags := it.Index()
			plain, name, told = flags&index.TokenPlain != 0, flags&index.TokenName != 0, flags&index.TokenTold != 0
		}
	}
	return plain, name, told
}

// smallWords are the short words of questions whose slips are passed over like themselves, where no name has the word.
const smallWords = "the and for who won was did has win best with from what which at in of to on by is " +
	"de del des der una une un du le la"

// slipOf is the small word that an unknown word is one slip away from, or "".
func slipOf(w string) string {
	if len(w) == 1 && w[0] < 0x80 {
		return "a" // a lone letter says nothing
	}
	if len(w) < 2 || len(w) > 6 {
		return ""
	}
	for small := range strings.FieldsSeq(smallWords) {
		if len(small) == 2 && doubled(w, small) || len(small) > 2 && oneSlip(w, small) {
			return small
		}
	}
	return ""
}

// doubled reports whether w is a two-letter word with one of its letters typed twice, or its letters swapped.
func doubled(w, small string) bool {
	return len(w) == 3 && (w == small+small[1:] || w == small[:1]+small) || len(w) == 2 && w[0] == small[1] && w[1] == small[0]
}

// oneSlip reports whether one letter was added, left out, replaced or swapped with its neighbour.
func oneSlip(w, word string) bool {
	i := 0
	for i < len(w) && i < len(word) && w[i] == word[i] {
		i++
	}
	a, b := w[i:], word[i:]
	switch {
	case a == "" && b == "":
		return false
	case len(a) == len(b)+1:
		return a[1:] == b
	case len(b) == len(a)+1:
		return b[1:] == a
	case len(a) != len(b) || a == "":
		return false
	}
	return a[1:] == b[1:] || len(a) > 1 && a[0] == b[1] && a[1] == b[0] && a[2:] == b[2:]
}
