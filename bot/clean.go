package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMarks bounds how many combining marks may follow one letter: more is a way to smear over neighbouring lines.
const maxMarks = 4

// invisible are letters by Unicode's classes that show as nothing: fillers that hide text or make an empty name.
const invisible = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"

// Clean makes text of users and tables harmless to show. Control characters (so escape sequences too), bidirectional
// overrides and isolates, zero-width characters and other invisible formatting are dropped; line breaks and tabs become
// spaces, bytes that are not UTF-8 the replacement character. It does not escape markup: spans need none.
func Clean(s string) string {
	if isClean(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	marks := 0
	for _, r := range s {
		switch {
		case r == '\n' || r == '\t' || r == '\r' || r == '\u0085' || unicode.In(r, unicode.Zl, unicode.Zp):
			r = ' '
		case unicode.Is(unicode.C, r) || strings.ContainsRune(invisible, r):
			continue
		}
		if unicode.In(r, unicode.Mn, unicode.Me) {
			if marks++; marks > maxMarks {
				continue
			}
		} else {
			marks = 0
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isClean reports whether s holds nothing but printable ASCII, Latin letters and the punctuation of our own sentences, as
// most text does: then there is nothing to clean.
func isClean(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			return cleanRunes(s[i:])
		}
	}
	return true
}

func cleanRunes(s string) bool {
	for _, r := range s {
		switch {
		case r >= ' ' && r <= '~':
		case r > '\u00ad' && r < '\u0250', r >= '\u00a1' && r < '\u00ad': // Latin letters; between them is the soft hyphen
		case r >= '\u2010' && r <= '\u2027': // dashes, quotation marks, the ellipsis
		default:
			return false
		}
	}
	return true
}

// Clip shortens s to at most n runes, the last of them "…" where something was cut.
func Clip(s string, n int) string {
	if n <= 0 {
		return ""
	}
	if len(s) <= n || utf8.RuneCountInString(s) <= n {
		return s
	}
	cut := 0
	for i := range s {
		if n--; n == 0 {
			cut = i
			break
		}
	}
	return strings.TrimRight(s[:cut], " ") + "…"
}

// echo is what a user typed, fit to be repeated to others: clean, one line, single spaces, at most 80 runes.
func echo(s string) string {
	if len(s) > 4096 { // no need to look at all of a very long text
		s = s[:4096]
		for len(s) > 0 && !utf8.ValidString(s[max(0, len(s)-utf8.UTFMax):]) && !utf8.RuneStart(s[len(s)-1]) {
			s = s[:len(s)-1]
		}
	}
	return Clip(strings.Join(strings.Fields(Clean(s)), " "), 80)
}
