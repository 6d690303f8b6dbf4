package table

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// date is a day, month or year of the tables. Month and day are 0 where the text does not name them.
type date struct {
	year, month, day int
}

// parseDate reads YYYY, YYYY-MM or YYYY-MM-DD and refuses days that do not exist (31 February).
func parseDate(s string) (date, error) {
	parts := strings.Split(s, "-")
	widths := []int{4, 2, 2}
	if len(parts) > len(widths) {
		return date{}, fmt.Errorf("%q is not YYYY-MM-DD, YYYY-MM or YYYY", s)
	}
	n := [3]int{}
	for i, p := range parts {
		v, ok := digits(p, widths[i])
		if !ok {
			return date{}, fmt.Errorf("%q is not YYYY-MM-DD, YYYY-MM or YYYY", s)
		}
		n[i] = v
	}
	d := date{n[0], n[1], n[2]}
	if d.year == 0 || len(parts) > 1 && (d.month < 1 || d.month > 12) || len(parts) > 2 && !d.real() {
		return date{}, fmt.Errorf("there is no day %s", s)
	}
	return d, nil
}

func (d date) real() bool {
	t := time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
	return d.month >= 1 && d.month <= 12 && d.day >= 1 && t.Day() == d.day && t.Month() == time.Month(d.month)
}

// first and last are the first and the last day that d can mean, as numbers that compare.
func (d date) first() int { return d.year*10000 + max(d.month, 1)*100 + max(d.day, 1) }
func (d date) last() int {
	month, day := d.month, d.day
	if month == 0 {
		month = 12
	}
	if day == 0 {
		day = 31
	}
	return d.year*10000 + month*100 + day
}

// today is now in the numbers of date.first.
func today(now time.Time) int { return now.Year()*10000 + int(now.Month())*100 + now.Day() }

// when is the date of an edition: Date, else the Year. ok is false where neither is known or the date is not one.
func (e *Edition) when() (d date, ok bool) {
	if e.Date != "" {
		d, err := parseDate(e.Date)
		return d, err == nil
	}
	return date{year: e.Year}, e.Year != 0
}

// parseYears reads the years of an Edition.Honoured or a Work.Year: "2024", "1927/28", "2024-25", "1932-1933".
func parseYears(s string) (first, last int, ok bool) {
	a, b, two := strings.Cut(s, "/")
	if !two {
		a, b, two = strings.Cut(s, "-")
	}
	first, ok = digits(a, 4)
	if !ok || !two {
		return first, first, ok
	}
	if last, ok = digits(b, 4); ok {
		return first, last, last >= first
	}
	if last, ok = digits(b, 2); !ok {
		return 0, 0, false
	}
	last += first / 100 * 100
	if last < first {
		last += 100
	}
	return first, last, true
}

func digits(s string, width int) (int, bool) {
	if len(s) != width || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}
