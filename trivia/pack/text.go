package pack

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// clean makes one line of s: single spaces, none around it, and without what word processors leave behind and nobody
// sees (soft hyphens, zero-width spaces, byte order marks). Other invisible characters stay, to be found by hidden.
func clean(s string) string {
	if strings.ContainsAny(s, "\u00ad\u200b\ufeff\u2060") {
		s = strings.NewReplacer("\u00ad", "", "\u200b", "", "\ufeff", "", "\u2060", "").Replace(s)
	}
	return strings.Join(strings.Fields(s), " ")
}

func cleanAll(list []string) []string {
	for i, s := range list {
		list[i] = clean(s)
	}
	return list
}

// hidden finds the first character of s that can hide or reorder text, or "" when there is none. Joiners are part of
// the writing of some languages and of emoji.
func hidden(s string) string {
	n := 0
	for _, r := range s {
		n++
		if r == '\u200d' || r == '\u200c' || r < utf8.RuneSelf && r >= ' ' && r != 0x7f {
			continue
		}
		if unicode.Is(unicode.C, r) {
			return fmt.Sprintf("%U at character %d", r, n)
		}
	}
	return ""
}

// fold reduces a text to what makes it the same question or answer: lower case, no accents, no punctuation, single
// spaces. Signs of arithmetic stay ("C++" is not "C#"). IDs are made of it, so it never changes; when nothing is left of
// a text, it is the text itself.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsSymbol(r), r == '#', r == '%', r == '*', r == '/':
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		case unicode.IsMark(r), r == '\'', r == '’', r == '‘':
		default:
			gap = true
		}
	}
	if b.Len() == 0 {
		return clean(s)
	}
	return b.String()
}

// slugOr is s as a short key: letters and digits in lower case, joined by hyphens.
func slugOr(s, otherwise string) string {
	s = strings.ReplaceAll(s, "&", " and ")
	words := strings.FieldsFunc(fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) == 0 {
		return otherwise
	}
	return strings.Join(words, "-")
}

// within reports whether the words of part stand in whole, both folded.
func within(whole, part string) bool {
	return part != "" && strings.Contains(" "+whole+" ", " "+part+" ")
}
