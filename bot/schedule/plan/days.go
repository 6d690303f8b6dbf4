package plan

import (
	"fmt"
	"strings"
	"time"
)

// Days is a set of weekdays: bit 1<<time.Weekday is set for each.
type Days uint8

// Sets of days that have a name.
const (
	AllDays  Days = 1<<7 - 1
	Weekdays Days = AllDays &^ Weekends
	Weekends Days = 1<<time.Saturday | 1<<time.Sunday
)

// longestDays bounds what is looked at of a list of days, in bytes: all seven in full, with room.
const longestDays = 200

// Has reports whether a weekday is in the set.
func (d Days) Has(w time.Weekday) bool {
	return d&(1<<w) != 0
}

// String lists the days from Monday on: "every day", "Monday to Friday", "Monday, Wednesday and Friday". The empty set is
// "no day".
func (d Days) String() string {
	if d&AllDays == AllDays {
		return "every day"
	}
	var parts []string
	for i := 0; i < 7; i++ {
		if !d.Has(fromMonday(i)) {
			continue
		}
		last := i
		for last < 6 && d.Has(fromMonday(last+1)) {
			last++
		}
		if last < i+2 { // two days in a row are a list
			parts = append(parts, fromMonday(i).String())
			continue
		}
		parts = append(parts, fromMonday(i).String()+" to "+fromMonday(last).String())
		i = last
	}
	return list(parts, "and", "no day")
}

// fromMonday is the i-th day of a week that begins on Monday.
func fromMonday(i int) time.Weekday {
	return time.Weekday((i + 1) % 7)
}

// list joins parts as a sentence does; none is what no parts are.
func list(parts []string, last, none string) string {
	switch n := len(parts); n {
	case 0:
		return none
	case 1:
		return parts[0]
	default:
		return strings.Join(parts[:n-1], ", ") + " " + last + " " + parts[n-1]
	}
}

// ParseDays reads days as people write them: daily, every day, weekdays, weekends, mon-fri, "monday to friday",
// "mon, wed and fri". A range may go over the end of the week: fri-mon.
func ParseDays(s string) (Days, error) {
	refuse := func(why string) (Days, error) {
		return 0, fmt.Errorf("%s: %s; write for example daily, weekdays, weekends, mon-fri, or mon,wed,fri", quote(s), why)
	}
	if len(s) > longestDays {
		return refuse("too long for a list of days")
	}
	var days Days
	var from time.Weekday
	open, known := false, false // a range waits for its end; the word before was a day
	for _, word := range dayWords(s) {
		set := dayNames(word)
		switch {
		case word == "-":
			if !known || open {
				return refuse("a range needs a day before and after it")
			}
			open = true
		case set == 0:
			return refuse("there is no day called " + quote(word))
		case open:
			to, ok := single(set)
			if !ok {
				return refuse("a range needs a day before and after it")
			}
			days |= span(from, to)
			open, known = false, false
		default:
			days |= set
			from, known = single(set)
		}
	}
	if open {
		return refuse("a range needs a day before and after it")
	}
	if days == 0 {
		return refuse("no day is named")
	}
	return days, nil
}

// dayWords takes a list of days apart: lower-case words, "-" for what means a range, and nothing for what only joins.
func dayWords(s string) []string {
	s = strings.NewReplacer("-", " - ", "–", " - ", "—", " - ", ",", " ", ";", " ", "+", " ", "&", " ", "/", " ", ".", " ").
		Replace(strings.ToLower(s))
	var out []string
	before := ""
	for _, w := range strings.Fields(s) {
		switch all := before == "every" || before == "each" || before == "all"; {
		case w == "to" || w == "through" || w == "thru" || w == "until" || w == "till":
			out = append(out, "-")
		case w == "and" || w == "every" || w == "each" || w == "on":
		case all && (w == "day" || w == "days"):
			out = append(out, "daily")
		default:
			out = append(out, w)
		}
		before = w
	}
	return out
}

// dayNames is what one word means; the empty set where it means no day.
func dayNames(word string) Days {
	switch word {
	case "daily", "everyday", "all", "always":
		return AllDays
	case "weekdays", "weekday", "workdays", "workday":
		return Weekdays
	case "weekends", "weekend":
		return Weekends
	}
	for w := time.Sunday; w <= time.Saturday; w++ {
		name := strings.ToLower(w.String())
		// Not two letters: "mo" would do, but then "t" and "s" are next, and each means two days.
		if len(word) >= 3 && strings.HasPrefix(name+"s", word) || word == name[:3]+"s" {
			return 1 << w
		}
	}
	return 0
}

// single is the day of a set of one.
func single(d Days) (time.Weekday, bool) {
	for w := time.Sunday; w <= time.Saturday; w++ {
		if d == 1<<w {
			return w, true
		}
	}
	return 0, false
}

func span(from, to time.Weekday) Days {
	days := Days(1 << to)
	for w := from; w != to; w = (w + 1) % 7 {
		days |= 1 << w
	}
	return days
}
