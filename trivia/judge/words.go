package judge

import (
	_ "embed"
	"strings"
)

// dictionary is a list of English words, read where it lies; WORDS.md says where it is from and how it is laid out.
//
//go:embed words.txt
var dictionary string

// isWord reports whether w is an English word, or a regular inflection of one.
func isWord(w []byte) bool {
	if len(w) < 3 {
		return false
	}
	if listed(w) {
		return true
	}
	n := len(w)
	if n < 5 {
		return false
	}
	switch w[n-1] {
	case 's':
		return listed(w[:n-1]) || w[n-2] == 'e' && (listed(w[:n-2]) || w[n-3] == 'i' && listedAs(w[:n-3], 'y'))
	case 'd':
		return w[n-2] == 'e' && (listed(w[:n-1]) || listed(w[:n-2]))
	case 'g':
		return n > 6 && string(w[n-3:]) == "ing" && (listed(w[:n-3]) || listedAs(w[:n-3], 'e'))
	case 'y':
		return w[n-2] == 'l' && n > 5 && listed(w[:n-2])
	}
	return false
}

// listedAs is listed of w with one more letter.
func listedAs(w []byte, last byte) bool {
	var b [longestFuzzy + 1]byte
	if len(w) >= len(b) {
		return false
	}
	n := copy(b[:], w)
	b[n] = last
	return listed(b[:n+1])
}

// listed looks w up as it is.
func listed(w []byte) bool {
	if len(w) < 3 {
		return false
	}
	n := min(4, len(w))
	line, ok := wordLine(w[:n])
	if !ok {
		return false
	}
	want := w[n:]
	for line != "" {
		var ending string
		ending, line, _ = strings.Cut(line, " ")
		if ending == string(want) || ending == "." && len(want) == 0 {
			return true
		}
		if len(want) > 0 && ending[0] > want[0] {
			return false
		}
	}
	return false
}

// wordLine finds the line of the words that start with first, without first itself.
func wordLine(first []byte) (string, bool) {
	lo, hi := 0, len(dictionary)
	for lo < hi {
		mid := int(uint(lo+hi) / 2)
		start := strings.LastIndexByte(dictionary[lo:mid], '\n') + 1 + lo
		end := start + strings.IndexByte(dictionary[start:], '\n')
		line := dictionary[start:end]
		space := strings.IndexByte(line, ' ')
		switch head := line[:space]; {
		case head == string(first):
			return line[space+1:], true
		case head < string(first):
			lo = end + 1
		default:
			hi = start
		}
	}
	return "", false
}
