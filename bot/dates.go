package bot

import (
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"
)

// longDate writes a date of the tables for people: "2025-03-02" is "2 March 2025", "2025-03" is "March 2025"; anything
// else stays as it is.
func longDate(s string) string {
	if t, err := time.Parse("2006-01-02", s); err == nil {
		return t.Format("2 January 2006")
	}
	if t, err := time.Parse("2006-01", s); err == nil {
		return t.Format("January 2006")
	}
	return s
}

// yearOf is the year a date begins with, 0 when it does not.
func yearOf(date string) int {
	if len(date) < 4 {
		return 0
	}
	y, err := strconv.Atoi(date[:4])
	if err != nil {
		return 0
	}
	return y
}

// capital makes the first letter a capital.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || r == utf8.RuneError {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}
