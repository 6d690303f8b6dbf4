package plan

import "time"

// farthest is more than any zone's clocks are, or ever were, from UTC, in seconds.
const farthest = 26 * 60 * 60

// Resolve is the instant at which clocks in loc reach hour:minute on date d, for the first time where they show it twice.
// Where they never show it, because they were put forward over it, it is the first instant after the gap: 02:30 becomes
// 03:00 where clocks go from 02:00 to 03:00, and 00:00 becomes 01:00 where they go from midnight to 01:00.
//
// The instant is always one at which loc has date d. So where a gap reaches to the end of the date (in Nuuk clocks go from
// 23:00 to 00:00 of the next date) a time within it becomes the last minute before the gap. It is false where loc has no
// such date at all, as Apia has no 2011-12-30.
func Resolve(d Date, hour, minute int, loc *time.Location) (time.Time, bool) {
	day := d.number() * secondsPerDay
	wall := day + int64(hour)*3600 + int64(minute)*60
	at, shown, before := reach(wall, loc)
	if shown < day+secondsPerDay {
		return time.Unix(at, 0).In(loc), true
	}
	if before < day {
		return time.Time{}, false
	}
	last := int(before-day) / 60
	return Resolve(d, last/60, last%60, loc)
}

// reach is the first instant at which clocks in loc show wall or later, and what they show then. Where that is later, they
// were put forward at this instant, and before is what they showed one second earlier. Instants are seconds of Unix time;
// what clocks show is the same count, of a clock in UTC that shows the same.
func reach(wall int64, loc *time.Location) (at, shown, before int64) {
	t := time.Unix(wall-farthest, 0).In(loc) // clocks show less than wall here
	start, previous := t.Unix(), 0
	for {
		_, offset := t.Zone()
		end := zoneEnd(t)
		at = max(start, wall-int64(offset))
		if end.IsZero() || at < end.Unix() {
			return at, at + int64(offset), start - 1 + int64(previous)
		}
		t, start, previous = end, end.Unix(), offset
	}
}

// zoneEnd is the end of the time in which the zone of t has the offset that it has at t, or an earlier instant after t; zero
// where it has it for ever. Time.ZoneBounds takes each year of a rule that repeats to have 365 days, so on the last day of a
// leap year it names the beginning of that very day.
func zoneEnd(t time.Time) time.Time {
	_, end := t.ZoneBounds()
	if !end.IsZero() && !end.After(t) {
		return time.Date(t.UTC().Year()+1, time.January, 1, 0, 0, 0, 0, time.UTC).In(t.Location())
	}
	return end
}
