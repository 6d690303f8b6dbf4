package plan_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/whowon-bot/whowon/bot/schedule/plan"
)

// hardZones are zones in which clocks do what few people expect.
var hardZones = []string{
	"America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Tehran", "America/Sao_Paulo", "America/Santiago",
	"Africa/Cairo", "Asia/Beirut", "America/Havana", "Atlantic/Azores", "Africa/Casablanca", "Pacific/Apia", "America/Nuuk",
	"America/Scoresbysund", "Europe/Dublin", "Asia/Kathmandu", "Pacific/Chatham", "Asia/Gaza", "Antarctica/Troll", "UTC",
}

func date(t testing.TB, s string) plan.Date {
	t.Helper()
	d, err := plan.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func TestDue(t *testing.T) {
	const none = "none"
	for _, tt := range []struct{ zone, date, at, want string }{
		// An ordinary day, and the days around a change.
		{"Europe/Berlin", "2026-03-28", "09:00", "2026-03-28T09:00:00+01:00"},
		{"Europe/Berlin", "2026-03-29", "09:00", "2026-03-29T09:00:00+02:00"},
		{"Asia/Kathmandu", "2026-03-29", "09:00", "2026-03-29T09:00:00+05:45"},

		{"America/New_York", "2026-03-08", "02:30", "2026-03-08T03:00:00-04:00"},
		{"America/New_York", "2026-03-08", "02:00", "2026-03-08T03:00:00-04:00"},
		{"America/New_York", "2026-03-08", "01:59", "2026-03-08T01:59:00-05:00"},
		{"America/New_York", "2026-11-01", "01:30", "2026-11-01T01:30:00-04:00"},
		{"America/New_York", "2026-11-01", "02:00", "2026-11-01T02:00:00-05:00"},
		{"Europe/London", "2026-03-29", "01:30", "2026-03-29T02:00:00+01:00"},
		{"Europe/London", "2026-10-25", "01:30", "2026-10-25T01:30:00+01:00"},
		// Half an hour of summer time.
		{"Australia/Lord_Howe", "2026-10-04", "02:00", "2026-10-04T02:30:00+11:00"},
		{"Australia/Lord_Howe", "2026-10-04", "03:00", "2026-10-04T03:00:00+11:00"},
		{"Australia/Lord_Howe", "2026-10-04", "09:00", "2026-10-04T09:00:00+11:00"},
		{"Australia/Lord_Howe", "2026-04-05", "01:30", "2026-04-05T01:30:00+11:00"},
		{"Australia/Lord_Howe", "2026-04-05", "02:00", "2026-04-05T02:00:00+10:30"},
		{"Australia/Lord_Howe", "2026-04-05", "09:00", "2026-04-05T09:00:00+10:30"},
		{"Australia/Lord_Howe", "2026-04-06", "00:00", "2026-04-06T00:00:00+10:30"},
		// Gaps that swallow midnight.
		{"Asia/Tehran", "2022-03-22", "00:00", "2022-03-22T01:00:00+04:30"},
		{"Asia/Tehran", "2022-03-22", "00:30", "2022-03-22T01:00:00+04:30"},
		{"Asia/Tehran", "2022-09-21", "23:30", "2022-09-21T23:30:00+04:30"},
		{"Asia/Tehran", "2023-03-22", "00:30", "2023-03-22T00:30:00+03:30"},
		{"America/Sao_Paulo", "2018-11-04", "00:00", "2018-11-04T01:00:00-02:00"},
		{"America/Sao_Paulo", "2018-11-04", "00:30", "2018-11-04T01:00:00-02:00"},
		{"America/Sao_Paulo", "2018-11-03", "23:30", "2018-11-03T23:30:00-03:00"},
		{"America/Sao_Paulo", "2019-02-16", "23:30", "2019-02-16T23:30:00-02:00"},
		{"America/Sao_Paulo", "2019-02-17", "00:00", "2019-02-17T00:00:00-03:00"},
		{"America/Santiago", "2026-09-06", "00:00", "2026-09-06T01:00:00-03:00"},
		{"America/Santiago", "2026-04-04", "23:30", "2026-04-04T23:30:00-03:00"},
		{"Africa/Cairo", "2026-04-24", "00:00", "2026-04-24T01:00:00+03:00"},
		{"Africa/Cairo", "2026-10-29", "23:30", "2026-10-29T23:30:00+03:00"},
		{"Asia/Beirut", "2026-03-29", "00:00", "2026-03-29T01:00:00+03:00"},
		{"Asia/Beirut", "2026-10-24", "23:30", "2026-10-24T23:30:00+03:00"},
		{"America/Havana", "2026-03-08", "00:30", "2026-03-08T01:00:00-04:00"},
		{"America/Havana", "2026-11-01", "00:30", "2026-11-01T00:30:00-04:00"},
		{"Atlantic/Azores", "2026-03-29", "00:30", "2026-03-29T01:00:00Z"},
		{"Atlantic/Azores", "2026-10-25", "00:30", "2026-10-25T00:30:00Z"},
		// Ramadan: back an hour when it begins, and forward when it ends.
		{"Africa/Casablanca", "2026-02-15", "02:30", "2026-02-15T02:30:00+01:00"},
		{"Africa/Casablanca", "2026-03-22", "02:30", "2026-03-22T03:00:00+01:00"},
		// The gap is the end of the date: what it swallows is due before it.
		{"America/Nuuk", "2024-03-30", "23:30", "2024-03-30T22:59:00-02:00"},
		{"America/Nuuk", "2024-03-31", "00:00", "2024-03-31T00:00:00-01:00"},
		// Midnight was shown, and then it was 23:01 again.
		{"America/St_Johns", "2010-11-06", "23:30", "2010-11-06T23:30:00-02:30"},
		{"America/St_Johns", "2010-11-07", "00:00", "2010-11-07T00:00:00-02:30"},
		{"America/St_Johns", "2010-11-07", "00:01", "2010-11-07T00:01:00-03:30"},
		// The end of a leap year, which Time.ZoneBounds has wrong.
		{"America/New_York", "2024-12-31", "20:00", "2024-12-31T20:00:00-05:00"},
		{"America/New_York", "2025-01-01", "09:00", "2025-01-01T09:00:00-05:00"},
		{"Pacific/Auckland", "2028-12-31", "23:59", "2028-12-31T23:59:00+13:00"},
		{"Pacific/Auckland", "2029-01-01", "09:00", "2029-01-01T09:00:00+13:00"},
		// A date that the whole country skipped.
		{"Pacific/Apia", "2011-12-29", "23:59", "2011-12-29T23:59:00-10:00"},
		{"Pacific/Apia", "2011-12-30", "00:00", none},
		{"Pacific/Apia", "2011-12-30", "09:00", none},
		{"Pacific/Apia", "2011-12-30", "23:59", none},
		{"Pacific/Apia", "2011-12-31", "00:00", "2011-12-31T00:00:00+14:00"},
	} {
		hour, minute, err := plan.ParseTime(tt.at)
		if err != nil {
			t.Fatal(err)
		}
		p := plan.Plan{Hour: hour, Minute: minute, Zone: tt.zone}
		due, ok, err := p.Due(date(t, tt.date))
		if err != nil {
			t.Fatal(err)
		}
		got := none
		if ok {
			got = due.Format(time.RFC3339)
		}
		if got != tt.want {
			t.Errorf("%s %s %s: due %s, want %s", tt.zone, tt.date, tt.at, got, tt.want)
		}
	}
}

// The date stays the one that was planned, also where the instant moves, and an occurrence on a date that begins late is
// found from the evening before.
func TestNextKeepsDate(t *testing.T) {
	for _, tt := range []struct{ zone, at, after, date, due string }{
		{"America/Santiago", "00:00", "2026-09-05T23:59:00-04:00", "2026-09-06", "2026-09-06T01:00:00-03:00"},
		{"America/Santiago", "00:00", "2026-09-06T01:00:00-03:00", "2026-09-07", "2026-09-07T00:00:00-03:00"},
		{"Africa/Cairo", "00:00", "2026-04-23T00:00:00+02:00", "2026-04-24", "2026-04-24T01:00:00+03:00"},
		{"Pacific/Apia", "09:00", "2011-12-29T09:00:00-10:00", "2011-12-31", "2011-12-31T09:00:00+14:00"},
		{"America/New_York", "01:30", "2026-11-01T01:30:00-04:00", "2026-11-02", "2026-11-02T01:30:00-05:00"},
		{"America/New_York", "01:30", "2026-11-01T01:00:00-05:00", "2026-11-02", "2026-11-02T01:30:00-05:00"},
		{"America/St_Johns", "00:00", "2010-11-06T23:30:00-03:30", "2010-11-08", "2010-11-08T00:00:00-03:30"},
		{"America/St_Johns", "00:00", "2010-11-06T23:59:00-02:30", "2010-11-07", "2010-11-07T00:00:00-02:30"},
	} {
		hour, minute, err := plan.ParseTime(tt.at)
		if err != nil {
			t.Fatal(err)
		}
		after, err := time.Parse(time.RFC3339, tt.after)
		if err != nil {
			t.Fatal(err)
		}
		p := plan.Plan{Hour: hour, Minute: minute, Zone: tt.zone}
		d, due, err := p.Next(after)
		if err != nil || d.String() != tt.date || due.Format(time.RFC3339) != tt.due {
			t.Errorf("%s after %s: %s at %s (%v), want %s at %s", p, tt.after, d, due.Format(time.RFC3339), err, tt.date, tt.due)
		}
		back, at, ok, err := p.Latest(due)
		if err != nil || !ok || back != d || !at.Equal(due) {
			t.Errorf("%s: the latest at %s is %s at %s, %v, %v", p, due, back, at, ok, err)
		}
	}
}

func TestLatestForgets(t *testing.T) {
	p, err := plan.ParseCron("0 9 1 1 *", "UTC")
	if err != nil {
		t.Fatal(err)
	}
	// Apia has no 2011-12-30, so a yearly plan there is 730 days without an occurrence.
	gap, err := plan.ParseCron("0 9 30 12 *", "Pacific/Apia")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		plan plan.Plan
		at   string
		want string
	}{
		{p, "2026-01-01T09:00:00Z", "2026-01-01"},
		{p, "2026-01-01T08:59:59Z", "2025-01-01"},
		{gap, "2012-01-05T00:00:00Z", "2010-12-30"},
		{gap, "2012-03-05T00:00:00Z", ""},
	} {
		at, err := time.Parse(time.RFC3339, tt.at)
		if err != nil {
			t.Fatal(err)
		}
		d, _, ok, err := tt.plan.Latest(at)
		if err != nil || ok != (tt.want != "") || ok && d.String() != tt.want {
			t.Errorf("%s: the latest at %s is %s, %v, %v, want %q", tt.plan, tt.at, d, ok, err, tt.want)
		}
	}
}

func TestCheck(t *testing.T) {
	good := plan.Plan{Hour: 9, Zone: "Europe/Berlin"}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		plan plan.Plan
		want string
	}{
		{plan.Plan{}, "time zone is missing"},
		{plan.Plan{Zone: "Local"}, "whatever machine"},
		{plan.Plan{Zone: "local"}, "whatever machine"},
		{plan.Plan{Zone: "Europe/Berln"}, "did you mean Europe/Berlin?"},
		{plan.Plan{Zone: "europe/berlin"}, "did you mean Europe/Berlin?"},
		{plan.Plan{Zone: "right/Europe/Berlin"}, "no time zone"},
		{plan.Plan{Zone: "posix/Europe/Berlin"}, "no time zone"},
		{plan.Plan{Zone: "America/../../etc/passwd"}, "no time zone"},
		{plan.Plan{Zone: "Factory"}, "no time zone"},
		{plan.Plan{Zone: "localtime"}, "no time zone"},
		{plan.Plan{Zone: strings.Repeat("Europe/", 1000)}, "no time zone"},
		{plan.Plan{Zone: "@everyone\n\u202e"}, `"@everyone\n\u202e"`},
		{plan.Plan{Hour: 24, Zone: "UTC"}, "24:00 is not a time of day"},
		{plan.Plan{Minute: -1, Zone: "UTC"}, "not a time of day"},
		{plan.Plan{Days: 1 << 7, Zone: "UTC"}, "no week has"},
		{plan.Plan{Hour: 9, Cron: "0 8 * * *", Zone: "UTC"}, "make it with ParseCron"},
		{plan.Plan{Hour: 9, Cron: "0 9 * *", Zone: "UTC"}, "4 fields and not five"},
	} {
		err := tt.plan.Check()
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%+v: %v, want %q", tt.plan, err, tt.want)
		}
		if _, _, err := tt.plan.Next(time.Unix(0, 0)); err == nil {
			t.Errorf("%+v: it has a next occurrence", tt.plan)
		}
		if err != nil && len(err.Error()) > 300 {
			t.Errorf("the error has %d bytes: %.100s", len(err.Error()), err)
		}
	}
	for _, d := range []plan.Date{{}, {2026, 2, 29}, {2026, 13, 1}, {10000, 1, 1}, {-4, 1, 1}} {
		if due, ok, err := good.Due(d); err == nil || ok {
			t.Errorf("%v: due %v", d, due)
		}
	}
}

func TestFarAway(t *testing.T) {
	p := plan.Plan{Hour: 9, Zone: "Europe/Berlin"}
	for _, at := range []time.Time{time.Date(9999, 12, 31, 9, 0, 0, 0, time.UTC), time.Unix(1<<60, 0), time.Unix(1<<62, 0)} {
		if d, due, err := p.Next(at); err == nil {
			t.Errorf("after %v: %v at %v", at, d, due)
		}
	}
	if d, _, err := p.Next(time.Time{}); err != nil || d.String() != "0001-01-01" {
		t.Errorf("the first date is %s, %v", d, err)
	}
	if d, _, ok, err := p.Latest(time.Unix(-1<<60, 0)); ok || err != nil {
		t.Errorf("before all dates there is %s, %v", d, err)
	}
}

func TestWords(t *testing.T) {
	for _, tt := range []struct {
		days plan.Days
		cron string
		want string
	}{
		{0, "", "09:05 Europe/Berlin, every day"},
		{plan.AllDays, "", "09:05 Europe/Berlin, every day"},
		{plan.Weekdays, "", "09:05 Europe/Berlin, Monday to Friday"},
		{plan.Weekends, "", "09:05 Europe/Berlin, Saturday and Sunday"},
		{1<<time.Monday | 1<<time.Wednesday | 1<<time.Friday, "", "09:05 Europe/Berlin, Monday, Wednesday and Friday"},
		{1<<time.Monday | 1<<time.Tuesday | 1<<time.Wednesday | 1<<time.Sunday, "", "09:05 Europe/Berlin, Monday to Wednesday and Sunday"},
		{0, "5 9 1 * *", "cron 5 9 1 * *, Europe/Berlin"},
		{0, "5 9 13 * 5", "cron 5 9 13 * 5 (on the 13th or on Fridays), Europe/Berlin"},
		{0, "5 9 1,2,3,11,12,22 * 1-7", "cron 5 9 1,2,3,11,12,22 * 1-7 (on those days of the month or on Mondays, Tuesdays, Wednesdays, " +
			"Thursdays, Fridays, Saturdays and Sundays), Europe/Berlin"},
		{0, "5 9 1,2,3,11 1 0", "cron 5 9 1,2,3,11 1 0 (on the 1st, 2nd, 3rd and 11th or on Sundays), Europe/Berlin"},
		{0, "5 9 29 2 *", "cron 5 9 29 2 * (on 28 February in common years), Europe/Berlin"},
	} {
		p := plan.Plan{Hour: 9, Minute: 5, Zone: "Europe/Berlin", Days: tt.days, Cron: tt.cron}
		if got := p.Words(); got != tt.want || p.String() != got {
			t.Errorf("%+v: %s, want %s", p, got, tt.want)
		}
	}
}

func TestDate(t *testing.T) {
	for _, s := range []string{"", "2026-1-1", "2026-02-29", "26-01-01", "2026-01-01T00:00", "0000-01-01", "２０２６-01-01", strings.Repeat("9", 999)} {
		if d, err := plan.ParseDate(s); err == nil || len(err.Error()) > 300 {
			t.Errorf("%q is %v, %v", s, d, err)
		}
	}
	d := date(t, "2024-02-28")
	if got := d.AddDays(2); got.String() != "2024-03-01" || !d.Before(got) || got.Compare(d) != 1 || d.Compare(got.AddDays(-2)) != 0 {
		t.Errorf("two days after %s is %s", d, got)
	}
	if got := d.AddDays(-60).String(); got != "2023-12-30" {
		t.Errorf("sixty days before %s is %s", d, got)
	}
	for day := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2400; day = day.AddDate(0, 0, 1) {
		if got := plan.DateOf(day); got.Weekday() != day.Weekday() {
			t.Fatalf("%s is a %s, not a %s", got, day.Weekday(), got.Weekday())
		}
	}
	if d.Weekday() != time.Wednesday {
		t.Errorf("%s is a %s", d, d.Weekday())
	}
	if got := plan.DateOf(time.Date(2026, 1, 1, 3, 0, 0, 0, time.UTC).In(zone(t, "America/Lima"))).String(); got != "2025-12-31" {
		t.Errorf("in Lima it is %s", got)
	}
}

// A plan of any kind, in any zone, has its dates one after the other, each once, and Due, Next and Latest agree.
func TestConsistent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := plan.Plan{
			Hour: rapid.IntRange(0, 23).Draw(t, "hour"), Minute: rapid.IntRange(0, 59).Draw(t, "minute"),
			Zone: rapid.OneOf(rapid.SampledFrom(hardZones), rapid.SampledFrom(plan.Zones())).Draw(t, "zone"),
			Days: plan.Days(rapid.IntRange(0, 127).Draw(t, "days")),
		}
		tab, err := p.Timetable()
		if err != nil {
			t.Fatal(err)
		}
		at := time.Unix(rapid.Int64Range(-2e9, 4e9).Draw(t, "after"), 0)
		last := plan.DateOf(at.In(tab.Location())).AddDays(-3)
		for range 40 {
			d, due, ok := tab.Next(at)
			if !ok || !due.After(at) {
				t.Fatalf("%s: after %s comes %s at %s, %v", p, at, d, due, ok)
			}
			if plan.DateOf(due) != d || !last.Before(d) {
				t.Fatalf("%s: %s is due on %s, after %s", p, d, due, last)
			}
			if again, ok := tab.Due(d); !ok || !again.Equal(due) {
				t.Fatalf("%s: %s is due at %s and at %s", p, d, due, again)
			}
			if back, when, ok := tab.Latest(due); !ok || back != d || !when.Equal(due) {
				t.Fatalf("%s: at %s the latest is %s at %s", p, due, back, when)
			}
			if back, when, ok := tab.Latest(due.Add(-1)); ok && !back.Before(d) {
				t.Fatalf("%s: before %s the latest is %s at %s", p, due, back, when)
			}
			for between := last.AddDays(1); between.Before(d); between = between.AddDays(1) {
				if when, ok := tab.Due(between); ok && when.After(at) {
					t.Fatalf("%s: %s was left out", p, between)
				}
			}
			at, last = due, d
		}
	})
}
