// Package plan says when something is due: from a time of day, a time zone and weekdays, or from cron fields, it computes
// the civil dates on which something is posted, and the instant for each.
//
// An occurrence is a civil date. The instant follows from it, and never the other way round: whatever clocks do, each date
// of a plan has one occurrence, and what is posted is about that date. Where clocks are put forward over the time, it is due
// at the first instant after the gap; where they are put back and show it twice, it is due once, the first time. Resolve
// says it in full.
//
// Everything is a pure function of its arguments and of the time zone database: there is no clock, no goroutine and no
// state. The package does not know what is posted, where, or whether it was.
package plan

import (
	"errors"
	"fmt"
	"time"

	// The time zone database, for systems and images that have none; one that is installed is preferred.
	_ "time/tzdata"
)

const (
	// horizon is how far ahead an occurrence is looked for, in days: nine years, and so more than the eight between two
	// leap days around 2100.
	horizon = 9 * 366
	// lookBack is how far back Latest looks, in days.
	lookBack = 400
)

// Plan is when something is posted: at most once on a civil date. The zero value is no plan, since it has no zone.
type Plan struct {
	Hour, Minute int
	Zone         string // an IANA name, such as Europe/Berlin
	Days         Days   // weekdays; 0 is all
	Cron         string // five fields; "" unless the expert form was used; then Days is not used, and Hour and Minute are its
}

// Check names what is wrong with a plan, and how to mend it.
func (p Plan) Check() error {
	_, err := p.Timetable()
	return err
}

// Due is the instant the plan is due on a date, in the plan's zone. It is false where the plan leaves the date out, or
// where the zone has no such date. Whoever asks often makes a Timetable once.
func (p Plan) Due(d Date) (time.Time, bool, error) {
	t, err := p.Timetable()
	if err != nil {
		return time.Time{}, false, err
	}
	if err := d.check(); err != nil {
		return time.Time{}, false, err
	}
	due, ok := t.Due(d)
	return due, ok, nil
}

// Next is the first occurrence that is due later than after: its date, and the instant. It is an error where there is none
// within nine years, which no plan that Check accepts comes to before the year 9990.
func (p Plan) Next(after time.Time) (Date, time.Time, error) {
	t, err := p.Timetable()
	if err != nil {
		return Date{}, time.Time{}, err
	}
	d, due, ok := t.Next(after)
	if !ok {
		return Date{}, time.Time{}, fmt.Errorf("%s: it is not due within nine years of %s", p, DateOf(after))
	}
	return d, due, nil
}

// Latest is the newest occurrence that is due at or before an instant. It is false where there is none within the 400 days
// up to it.
func (p Plan) Latest(at time.Time) (Date, time.Time, bool, error) {
	t, err := p.Timetable()
	if err != nil {
		return Date{}, time.Time{}, false, err
	}
	d, due, ok := t.Latest(at)
	return d, due, ok, nil
}

// EitherDay reports whether the plan is a cron expression that restricts both the day of the month and the weekday. Then it
// is due on either: 0 9 13 * 5 is on every 13th and on every Friday, and not on Fridays the 13th.
func (p Plan) EitherDay() bool {
	if p.Cron == "" {
		return false
	}
	f, err := parseFields(p.Cron)
	return err == nil && f.either()
}

// Words is the plan as people read it: "09:00 Europe/Berlin, Monday to Friday". One in cron's words is "cron 0 9 1 * *,
// Europe/Berlin", with what surprises people about it in brackets.
func (p Plan) Words() string {
	if p.Cron != "" {
		out := "cron " + clip(p.Cron, longestCron)
		if f, err := parseFields(p.Cron); err == nil && f.hint() != "" {
			out += " (" + f.hint() + ")"
		}
		return out + ", " + clip(p.Zone, longestZone)
	}
	days := p.Days & AllDays
	if days == 0 {
		days = AllDays
	}
	return fmt.Sprintf("%02d:%02d %s, %s", p.Hour, p.Minute, clip(p.Zone, longestZone), days)
}

// String is Words.
func (p Plan) String() string {
	return p.Words()
}

// Timetable is a plan that was checked, with its zone and its cron fields read: what to ask where the same plan is asked
// more than once. It does not change, and may be used by several goroutines.
type Timetable struct {
	hour, minute int
	days         Days
	cron         *fields // nil for a plan without
	loc          *time.Location
}

// Timetable checks a plan and reads its zone. The error names what is wrong and how to mend it.
func (p Plan) Timetable() (Timetable, error) {
	t := Timetable{hour: p.Hour, minute: p.Minute, days: p.Days}
	if p.Hour < 0 || p.Hour > 23 || p.Minute < 0 || p.Minute > 59 {
		return t, fmt.Errorf("%d:%02d is not a time of day: give one from 00:00 to 23:59", p.Hour, p.Minute)
	}
	if p.Days&^AllDays != 0 {
		return t, errors.New("the plan names a day that no week has: give days from Monday to Sunday")
	}
	if t.days == 0 {
		t.days = AllDays
	}
	if p.Cron != "" {
		f, err := parseFields(p.Cron)
		if err != nil {
			return t, err
		}
		if f.hour != p.Hour || f.minute != p.Minute {
			return t, fmt.Errorf("the plan is at %02d:%02d, but its cron expression %s says %02d:%02d: make it with ParseCron",
				p.Hour, p.Minute, quote(p.Cron), f.hour, f.minute)
		}
		t.cron = &f
	}
	loc, err := load(p.Zone)
	t.loc = loc
	return t, err
}

// Location is the zone of the plan.
func (t Timetable) Location() *time.Location {
	return t.loc
}

// Due is the instant the plan is due on a date; false where it is not, or where there is no such date.
func (t Timetable) Due(d Date) (time.Time, bool) {
	if !t.on(d) {
		return time.Time{}, false
	}
	return Resolve(d, t.hour, t.minute, t.loc)
}

// on reports whether d is a date that the plan has in its calendar, whatever its zone makes of it.
func (t Timetable) on(d Date) bool {
	if !d.valid() {
		return false
	}
	if t.cron != nil {
		return t.cron.on(d)
	}
	return t.days.Has(d.Weekday())
}

// Next is the first occurrence that is due later than after; false where there is none within nine years.
func (t Timetable) Next(after time.Time) (Date, time.Time, bool) {
	// One date early: where clocks are put back over midnight, it may be yesterday again.
	d := DateOf(after.In(t.loc)).AddDays(-1)
	for range horizon {
		if due, ok := t.Due(d); ok && due.After(after) {
			return d, due, true
		}
		d = d.AddDays(1)
	}
	return Date{}, time.Time{}, false
}

// Latest is the newest occurrence that is due at or before an instant; false where there is none within the 400 days up to
// it.
func (t Timetable) Latest(at time.Time) (Date, time.Time, bool) {
	oldest := at.AddDate(0, 0, -lookBack)
	d := DateOf(at.In(t.loc)).AddDays(1) // tomorrow may have begun already, see Next
	for range lookBack + 3 {
		if due, ok := t.Due(d); ok && !due.After(at) {
			return d, due, !due.Before(oldest)
		}
		d = d.AddDays(-1)
	}
	return Date{}, time.Time{}, false
}
