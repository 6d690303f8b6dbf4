package facts

import (
	"strings"
	"unicode/utf8"

	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/facts/index"
	"github.com/whowon-bot/whowon/facts/lookup"
)

// Limits on what a question may be. Beyond them a question is refused, so that every answer is quick.
const (
	maxRunes  = 300
	maxTokens = 48
	maxMended = 6 // words whose spelling is looked into
)

// token is one folded word of a question.
type token struct {
	text     string
	filler   bool
	cue      cue
	plain    bool // a word of awards and categories
	name     bool // a word of names and titles
	told     bool // a word of claims and curated firsts
	number   int  // its value, or -1
	ordinal  bool // written as one: 97th
	century  int  // of a year written '94'; 0 for any other
	reserved bool // spoken for before names are looked for
	alts     []alt
}

// known reports whether the word occurs in any name or phrase as it is.
func (t *token) known() bool { return t.plain || t.name }

// alt is a word that the token may be a typo of.
type alt struct {
	text   string
	edits  int
	filler bool
}

// clean drops what a platform wraps around a question: mentions of users and channels ("@everyone", "<!channel>").
func clean(s string) string {
	var b strings.Builder
	for s != "" {
		if s[0] == '<' {
			if end := strings.IndexByte(s, '>'); end > 0 && end < 64 && strings.ContainsAny(s[1:2], "@#!:") {
				s = s[end+1:]
				b.WriteByte(' ')
				continue
			}
		}
		if s[0] == '@' {
			end := strings.IndexAny(s, " \t\n,:")
			if end < 0 {
				end = len(s)
			}
			s = s[end:]
			continue
		}
		_, n := utf8.DecodeRuneInString(s)
		b.WriteString(s[:n])
		s = s[n:]
	}
	return b.String()
}

// tokens splits a question into words and looks each up.
func (c *Corpus) tokens(s string) []token {
	words := fold.Words(s)
	words = c.repair(words[:min(len(words), maxTokens)])
	out := make([]token, len(words))
	for i, w := range words {
		t := token{text: w, filler: filler(w), cue: cueOf(w), number: -1}
		t.number, t.ordinal = numberIn(w)
		t.plain, t.name, t.told = c.wordFlags(w)
		if t.number < 0 && !t.known() {
			t.number, t.ordinal = slipOfOrdinal(w)
		}
		out[i] = t
	}
	shortYears(s, out)
	c.mend(out)
	return out
}

// shortYears gives years written with an apostrophe ("'94") their century. They may still be part of a title ("Summer of
// '42").
func shortYears(s string, tokens []token) {
	for word := range strings.FieldsSeq(s) {
		digits, ok := strings.CutPrefix(strings.ReplaceAll(word, "’", "'"), "'")
		digits = strings.TrimRight(digits, "?!.,")
		if !ok || len(digits) != 2 || !isDigits(digits) {
			continue
		}
		for i := range tokens {
			if t := &tokens[i]; t.text == digits {
				t.century = 1900
				if t.number < 40 {
					t.century = 2000
				}
			}
		}
	}
}

func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// numberIn reads "2025", "97", "97th"; -1 where the word is no number.
func numberIn(w string) (n int, ordinal bool) {
	digits := 0
	for digits < len(w) && '0' <= w[digits] && w[digits] <= '9' {
		n = n*10 + int(w[digits]-'0')
		if digits++; digits > 4 {
			return -1, false
		}
	}
	switch {
	case digits == 0:
		return -1, false
	case digits == len(w):
		return n, false
	}
	switch w[digits:] {
	case "st", "nd", "rd", "th":
		return n, true
	}
	return -1, false
}

// slipOfOrdinal reads an ordinal whose ending is misspelt: "30dh", "4t", "29tth". "90s" is a decade.
func slipOfOrdinal(w string) (n int, ok bool) {
	digits := strings.TrimRight(w, "abcdefghijklmnopqrstuvwxyz")
	tail := w[len(digits):]
	if tail == "" || len(tail) > 3 || tail == "s" || len(digits) > 3 || !isDigits(digits) {
		return -1, false
	}
	n, _ = numberIn(digits)
	// Of n and not of digits, which may begin with zeros: "05th".
	right := strings.TrimLeft(ordinal(n), "0123456789")
	half := len(tail) == 2 && (tail[0] == right[0] || tail[1] == right[1]) // "27tp"
	if !half && strings.Trim(tail, "sthnrd") != "" {
		return -1, false
	}
	return n, true
}

// mend finds what a word may be a typo of: an unknown word of anything, a word known from names only of a word of
// questions.
func (c *Corpus) mend(tokens []token) {
	mended := 0
	for i := range tokens {
		t := &tokens[i]
		if t.filler || t.cue != 0 || t.number >= 0 || t.plain || t.told {
			continue
		}
		if !t.name || len(t.text) <= 3 {
			if small := slipOf(t.text); small != "" {
				t.alts = append(t.alts, alt{text: small, edits: 1, filler: true})
			}
		}
		if len(t.text) < 3 {
			continue
		}
		if mended++; mended > maxMended {
			return
		}
		c.mendWord(t, c.db.Words, c.db.WordText, 4)
		if !t.name {
			c.mendWord(t, c.db.Tokens, c.db.TokenText, 3)
		}
	}
}

// mendWord adds the words of a vocabulary that t may be a typo of: one edit away, or two where nobody knows the word and
// it is long enough.
func (c *Corpus) mendWord(t *token, words *lookup.Index, text index.U32, n int) {
	var buf [8]lookup.Hit
	for _, h := range words.Fuzzy(buf[:0], t.text, n) {
		if h.Distance == 0 || h.Distance > 1 && (t.name || t.plain || len(t.text) < 8) {
			continue
		}
		w := c.db.Str.At(text.At(int(h.Entry)))
		t.alts = append(t.alts, alt{text: w, edits: int(h.Distance), filler: filler(w) || cueOf(w) != 0})
	}
}
