package plan

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
)

// longestTime bounds what is looked at of a time of day, in bytes.
const longestTime = 24

// spread is how many minutes suggested times are spread over, from the full hour on.
const spread = 26

// Spread is the minute to suggest for a post, 0 to 25: always the same for a key, and others for other keys, so that not
// every channel is written to at the full hour. The hour does not matter: who changes it keeps the minute.
func Spread(key string, _ int) (minute int) {
	h := fnv.New64a()
	h.Write([]byte(key)) // a hash takes whatever it is given
	return int(h.Sum64() % spread)
}

// ParseTime reads a time of day as people write it: 9, 9:00, 09:30, 0930, 9am, 9.30 pm, 21h, 21h30, noon, midnight.
func ParseTime(s string) (hour, minute int, err error) {
	refuse := func(why string) (int, int, error) {
		return 0, 0, fmt.Errorf("%s is not a time of day: %s; write for example 09:00, 9:30 pm or noon", quote(s), why)
	}
	if len(s) > longestTime {
		return refuse("it is too long")
	}
	text := strings.Join(strings.Fields(strings.ToLower(s)), "")
	switch text {
	case "":
		return refuse("it is empty")
	case "noon", "midday":
		return 12, 0, nil
	case "midnight":
		return 0, 0, nil
	}
	text, half := cutHalf(text)
	hours, minutes, ok := cutClock(text)
	if !ok {
		return refuse("it needs an hour and minutes")
	}
	hour, minute = number(hours), number(minutes)
	switch {
	case hour < 0 || minute < 0 || len(minutes) != 2:
		return refuse("hours have one or two digits, and minutes two")
	case minute > 59:
		return refuse("an hour has 60 minutes, 00 to 59")
	case half != "" && (hour < 1 || hour > 12):
		return refuse("with am and pm, hours are 1 to 12")
	case hour == 24:
		return refuse("midnight is 00:00")
	case hour > 23:
		return refuse("a day has 24 hours, 0 to 23")
	}
	if half != "" {
		hour %= 12
	}
	if half == "pm" {
		hour += 12
	}
	return hour, minute, nil
}

// cutHalf takes am or pm from the end, however it is written.
func cutHalf(text string) (rest, half string) {
	for _, end := range []string{"a.m.", "a.m", "am", "p.m.", "p.m", "pm"} {
		if rest, ok := strings.CutSuffix(text, end); ok {
			return rest, end[:1] + "m"
		}
	}
	return text, ""
}

// cutClock takes hours and minutes apart: 9, 9:30, 9.30, 9h, 9h30, 0930.
func cutClock(text string) (hours, minutes string, ok bool) {
	if at := strings.IndexAny(text, ":.h"); at >= 0 {
		hours, minutes = text[:at], text[at+1:]
		if minutes == "" && text[at] == 'h' {
			minutes = "00"
		}
		return hours, minutes, hours != "" && minutes != ""
	}
	if n := len(text); n == 3 || n == 4 {
		return text[:n-2], text[n-2:], true
	}
	return text, "00", text != ""
}

// number is the value of one or two digits, and -1 for anything else.
func number(digits string) int {
	if len(digits) == 0 || len(digits) > 2 || strings.Trim(digits, "0123456789") != "" {
		return -1
	}
	n, err := strconv.Atoi(digits)
	if err != nil {
		return -1
	}
	return n
}
