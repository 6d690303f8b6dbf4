// Package fold reduces names, titles and questions to a form in which spellings that people take for equal are equal:
// lower case, no accents, no apostrophes, single spaces.
//
// It does not know what a word means: stop words, nicknames and typos are the business of its callers.
package fold

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letters maps letters that Unicode does not decompose to the way people type them.
var letters = map[rune]string{
	'ø': "o", 'ł': "l", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i", 'ħ': "h", 'ŋ': "n",
}

// String folds s. The result holds only letters, digits and single spaces between them; it is empty when s holds neither
// letter nor digit. Initials with dots are joined ("J.R.R." is "jrr"), "&" reads "and", and a comma or dot between digits
// disappears ("500,000" is "500000").
func String(s string) string {
	return string(Append(make([]byte, 0, len(s)), s))
}

// Append is String into a buffer of the caller's.
func Append(dst []byte, s string) []byte {
	f := folder{dst: dst, start: len(dst)}
	if ascii(s) {
		for i := 0; i < len(s); i++ {
			f.rune(rune(s[i]), s, i)
		}
	} else {
		s = norm.NFKD.String(s)
		for i, r := range s {
			f.rune(r, s, i)
		}
	}
	return f.dst
}

// Words is String split at its spaces.
func Words(s string) []string { return strings.Fields(String(s)) }

// Slug is String with hyphens for spaces, fit for an ID.
func Slug(s string) string { return strings.ReplaceAll(String(s), " ", "-") }

type folder struct {
	dst   []byte
	start int
	gap   bool // a space is due before the next letter
}

func (f *folder) rune(r rune, s string, i int) {
	switch {
	case r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == '`' || r == '´' || r == '′':
		return
	case r == '&':
		f.gap = true
		f.write("and")
		f.gap = true
		return
	case r == '.' || r == ',' || r == '*':
		if between(s, i, r) {
			return
		}
		f.gap = true
		return
	case unicode.IsMark(r):
		return
	}
	r = unicode.ToLower(r)
	if sub, ok := letters[r]; ok {
		f.write(sub)
		return
	}
	if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		f.gap = true
		return
	}
	f.space()
	f.dst = utf8.AppendRune(f.dst, r)
}

func (f *folder) write(s string) {
	f.space()
	f.dst = append(f.dst, s...)
}

func (f *folder) space() {
	if f.gap && len(f.dst) > f.start {
		f.dst = append(f.dst, ' ')
	}
	f.gap = false
}

// between reports whether the mark at s[i] joins what stands around it: digits ("500,000"), single letters ("U.S.A.",
// "M*A*S*H").
func between(s string, i int, mark rune) bool {
	if i == 0 || i+1 >= len(s) {
		return false
	}
	before, after := s[i-1], s[i+1]
	if digit(before) && digit(after) && mark != '*' {
		return true
	}
	if mark == ',' || !letter(before) || !letter(after) {
		return false
	}
	single := i < 2 || !letter(s[i-2]) && !digit(s[i-2])
	singleNext := i+2 >= len(s) || !letter(s[i+2]) && !digit(s[i+2])
	return single && singleNext
}

func digit(b byte) bool  { return '0' <= b && b <= '9' }
func letter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
