package plan

import (
	"cmp"
	"fmt"
	"time"
)

// secondsPerDay is the length of a date as a calendar counts it, whatever the clocks of a zone do on it.
const secondsPerDay = 24 * 60 * 60

// Date is a civil date, as in a calendar on the wall: no time, no zone.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf is the date of t in the location of t.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date{year, month, day}
}

// ParseDate reads a date as String writes it: 2006-01-02.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1 {
		return Date{}, fmt.Errorf("%s is not a date: write year, month and day as in 2026-03-29", quote(s))
	}
	return DateOf(t), nil
}

// String is the date as 2006-01-02.
func (d Date) String() string {
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// AddDays is the date n days later, or earlier where n is negative.
func (d Date) AddDays(n int) Date {
	return DateOf(d.midnight().AddDate(0, 0, n))
}

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday {
	return time.Weekday(((d.number()+4)%7 + 7) % 7) // 1 January 1970 was a Thursday
}

// Before reports whether d is earlier than o.
func (d Date) Before(o Date) bool {
	return d.Compare(o) < 0
}

// Compare is -1 where d is earlier than o, 1 where it is later, and 0 where they are the same date.
func (d Date) Compare(o Date) int {
	return cmp.Or(cmp.Compare(d.Year, o.Year), cmp.Compare(d.Month, o.Month), cmp.Compare(d.Day, o.Day))
}

// midnight is the date as an instant in UTC, where every date has the same length: to count with, never to post at.
func (d Date) midnight() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// number counts dates from 1 January 1970, which is 0. Years begin with March for it, so that the leap day is the last.
func (d Date) number() int64 {
	year, month := int64(d.Year), int64(d.Month)-3
	if month < 0 {
		year, month = year-1, month+12
	}
	era := year / 400 // 400 years always have the same number of days
	if year < 0 {
		era = (year - 399) / 400
	}
	year -= era * 400
	return era*146097 + year*365 + year/4 - year/100 + (month*153+2)/5 + int64(d.Day) - 719469
}

// valid reports whether a calendar has the date, in a year for which a calendar of ours makes sense.
func (d Date) valid() bool {
	if d.Year < 1 || d.Year > 9999 || d.Month < time.January || d.Month > time.December || d.Day < 1 {
		return false
	}
	switch d.Month {
	case time.February:
		return d.Day <= 28 || d.Day == 29 && leap(d.Year)
	case time.April, time.June, time.September, time.November:
		return d.Day <= 30
	default:
		return d.Day <= 31
	}
}

// check is an error for what is not a date.
func (d Date) check() error {
	if !d.valid() {
		return fmt.Errorf("%s is not a date of the calendar between the years 1 and 9999", d)
	}
	return nil
}

func leap(year int) bool {
	return year%4 == 0 && (year%100 != 0 || year%400 == 0)
}
