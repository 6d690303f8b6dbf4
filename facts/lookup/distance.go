package lookup

import (
	"strings"
	"unicode/utf8"
)

// distance is the number of edits (one rune put in, left out or replaced, or two neighbours swapped, none of them edited
// again) that lead from a to b, or limit+1 if there are more than limit. It takes time exponential in limit, which is at
// most 2.
func distance(a, b string, limit int) int {
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] && a[len(a)-1] < utf8.RuneSelf {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return edits(a, b, limit)
}

// edits is distance by trying: equal starts are skipped, which never costs an edit, then each edit is tried at the first
// difference.
func edits(a, b string, limit int) int {
	i := common(a, b)
	a, b = a[i:], b[i:]
	if a == "" && b == "" {
		return 0
	}
	if limit == 0 || len(a) > len(b)+utf8.UTFMax*limit || len(b) > len(a)+utf8.UTFMax*limit {
		return limit + 1
	}
	if a == "" || b == "" {
		return min(utf8.RuneCountInString(a)+utf8.RuneCountInString(b), limit+1)
	}
	ra, na := utf8.DecodeRuneInString(a)
	rb, nb := utf8.DecodeRuneInString(b)
	best := 1 + edits(a[na:], b[nb:], limit-1)
	if best > 1 {
		best = min(best, 1+edits(a[na:], b, min(limit, best)-1))
	}
	if best > 1 {
		best = min(best, 1+edits(a, b[nb:], min(limit, best)-1))
	}
	if best > 1 {
		ra2, na2 := utf8.DecodeRuneInString(a[na:])
		rb2, nb2 := utf8.DecodeRuneInString(b[nb:])
		if na2 > 0 && nb2 > 0 && ra == rb2 && rb == ra2 {
			best = min(best, 1+edits(a[na+na2:], b[nb+nb2:], min(limit, best)-1))
		}
	}
	return best
}

// common is the length of what a and b both start with, in whole runes.
func common(a, b string) int {
	n := min(len(a), len(b))
	i := 0
	for i < n && a[i] == b[i] {
		i++
	}
	for i > 0 && (i < len(a) && !utf8.RuneStart(a[i]) || i < len(b) && !utf8.RuneStart(b[i])) {
		i--
	}
	return i
}

// allowed is the number of edits in which a query of so many runes may differ from what it finds.
func allowed(runes int) int {
	if runes <= 4 {
		return 1
	}
	return 2
}

// clean is text without bytes that are not UTF-8.
func clean(text string) string { return strings.ToValidUTF8(text, "") }
