package bot

import (
	"strings"
	"time"
)

// date is a day that was typed.
type date struct {
	year  int // of the day meant; the current one where none was said
	month time.Month
	day   int
	said  bool // the year was typed
}

func dateOf(t time.Time) date { return date{t.Year(), t.Month(), t.Day(), false} }

// parseDay reads a day: "", "today", "tomorrow", "yesterday", "2 March", "march 2nd", "03-02", "2025-03-02". Numbers with
// slashes or dots are refused: people disagree on which is the month.
func parseDay(s string, now time.Time) (date, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	switch s {
	case "", "today":
		return dateOf(now), true
	case "tomorrow":
		return dateOf(now.AddDate(0, 0, 1)), true
	case "yesterday":
		return dateOf(now.AddDate(0, 0, -1)), true
	}
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' })
	for i, w := range words {
		for _, suffix := range []string{"st", "nd", "rd", "th"} {
			if n := strings.TrimSuffix(w, suffix); n != w && n != "" && strings.Trim(n, "0123456789") == "" {
				words[i] = n
			}
		}
	}
	s = strings.Join(words, " ")
	s = strings.TrimPrefix(strings.ReplaceAll(s, " of ", " "), "the ")
	for _, layout := range []string{"2006-01-02", "2006-1-2", "2 January 2006", "2 Jan 2006", "January 2 2006", "Jan 2 2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return date{t.Year(), t.Month(), t.Day(), true}, true
		}
	}
	// A leap year stands in where none is given, so that 29 February is a day.
	for _, layout := range []string{"2006-01-02", "2006-1-2", "2006-2 January", "2006-2 Jan", "2006-January 2", "2006-Jan 2"} {
		if t, err := time.Parse(layout, "2000-"+s); err == nil {
			return date{now.Year(), t.Month(), t.Day(), false}, true
		}
	}
	return date{}, false
}

// splitDay reads a day at the beginning or the end of a text; what else is said is the rest. Where there is no day, it is
// today and all is rest.
func splitDay(s string, now time.Time) (d date, rest string) {
	words := strings.Fields(s)
	for n := len(words); n > 0; n-- { // the longest day: "2 march 2025" is not the 2 March of this year
		head, tail := len(words[:n]), len(words)-n
		if d, ok := parseDay(strings.Join(words[:head], " "), now); ok {
			return d, strings.Join(words[head:], " ")
		}
		if d, ok := parseDay(strings.Join(words[tail:], " "), now); ok {
			return d, strings.Join(words[:tail], " ")
		}
	}
	return dateOf(now), strings.Join(words, " ")
}
