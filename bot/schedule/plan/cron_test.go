package plan_test

import (
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot/schedule/plan"
)

// dates lists the first n dates of a plan after the end of a date in UTC.
func dates(t *testing.T, p plan.Plan, after string, n int) string {
	t.Helper()
	at := time.Date(date(t, after).Year, date(t, after).Month, date(t, after).Day, 23, 59, 59, 0, time.UTC)
	var out []string
	for range n {
		d, due, err := p.Next(at)
		if err != nil {
			t.Fatal(err)
		}
		out, at = append(out, d.String()), due
	}
	return strings.Join(out, " ")
}

func TestParseCron(t *testing.T) {
	for _, tt := range []struct{ cron, want string }{ // the next dates after 2026-01-01, a Thursday
		{"0 9 * * *", "2026-01-02 2026-01-03 2026-01-04"},
		{"  0\t9  * * ? ", "2026-01-02 2026-01-03 2026-01-04"},
		{"0 9 1 * *", "2026-02-01 2026-03-01 2026-04-01"},
		{"0 9 31 * *", "2026-01-31 2026-03-31 2026-05-31"},
		{"0 9 * * 1-5", "2026-01-02 2026-01-05 2026-01-06"},
		{"0 9 * * MON,wed", "2026-01-05 2026-01-07 2026-01-12"},
		{"0 9 * mar,Dec *", "2026-03-01 2026-03-02 2026-03-03"},
		{"0 9 */10 * *", "2026-01-11 2026-01-21 2026-01-31"},
		// Sunday, in all its forms.
		{"0 9 * * 0", "2026-01-04 2026-01-11 2026-01-18"},
		{"0 9 * * 7", "2026-01-04 2026-01-11 2026-01-18"},
		{"0 9 * * 7/2", "2026-01-04 2026-01-11 2026-01-18"},
		{"0 9 * * 7-7", "2026-01-04 2026-01-11 2026-01-18"},
		{"0 9 * * 6-7", "2026-01-03 2026-01-04 2026-01-10"},
		{"0 9 * * sat-sun", "2026-01-03 2026-01-04 2026-01-10"},
		{"0 9 * * 7-2", "2026-01-04 2026-01-05 2026-01-06"},
		{"0 9 * * sun-tue", "2026-01-04 2026-01-05 2026-01-06"},
		{"0 9 * * 1-7/3", "2026-01-04 2026-01-05 2026-01-08"},
		{"0 9 * * 3,7", "2026-01-04 2026-01-07 2026-01-11"},
		{"0 9 * * 1-7", "2026-01-02 2026-01-03 2026-01-04"},
		// Either day, where both are restricted; both where one is open.
		{"0 9 13 * 5", "2026-01-02 2026-01-09 2026-01-13"},
		{"0 9 29 2 1", "2026-02-02 2026-02-09 2026-02-16"},
		{"0 9 * 2 1", "2026-02-02 2026-02-09 2026-02-16"},
		// The leap day.
		{"0 9 29 2 *", "2026-02-28 2027-02-28 2028-02-29"},
		{"0 9 29,30 2 *", "2026-02-28 2027-02-28 2028-02-29"},
		{"0 9 28,29 2 *", "2026-02-28 2027-02-28 2028-02-28"},
		{"0 9 29 * *", "2026-01-29 2026-03-29 2026-04-29"},
		{"0 9 30 2,4 *", "2026-04-30 2027-04-30 2028-04-30"},
	} {
		p, err := plan.ParseCron(tt.cron, "UTC")
		if err != nil {
			t.Error(err)
			continue
		}
		if p.Hour != 9 || p.Minute != 0 || p.Cron != strings.Join(strings.Fields(tt.cron), " ") {
			t.Errorf("%q is %+v", tt.cron, p)
		}
		if got := dates(t, p, "2026-01-01", 3); got != tt.want {
			t.Errorf("%q: %s, want %s", tt.cron, got, tt.want)
		}
	}
	p, err := plan.ParseCron("0 9 29 2 *", "UTC")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := dates(t, p, "2095-12-31", 5), "2096-02-29 2097-02-28 2098-02-28 2099-02-28 2100-02-28"; got != want {
		t.Errorf("leap days around 2100: %s, want %s", got, want)
	}
}

func TestEitherDay(t *testing.T) {
	for cron, want := range map[string]bool{
		"": false, "0 9 * * *": false, "0 9 13 * *": false, "0 9 * * 5": false, "0 9 ? * 5": false, "0 9 13 * 5": true,
		"0 9 */2 * 5": true, "rubbish": false,
	} {
		if got := (plan.Plan{Hour: 9, Zone: "UTC", Cron: cron}).EitherDay(); got != want {
			t.Errorf("%q: %v", cron, got)
		}
	}
}

func TestParseCronRefuses(t *testing.T) {
	for _, tt := range []struct{ cron, zone, want string }{
		{"", "UTC", "it is empty"},
		{"   ", "UTC", "it is empty"},
		{"TZ=Europe/London", "UTC", "own field"},
		{"TZ=", "UTC", "own field"},
		{"CRON_TZ=", "UTC", "own field"},
		{"TZ=UTC 0 9 * * *", "UTC", "own field"},
		{" CRON_TZ=Asia/Tokyo 0 9 * * *", "UTC", "own field"},
		{"@daily", "UTC", "write the five fields"},
		{"@every 5m", "UTC", "write the five fields"},
		{"0 0 9 * * *", "UTC", "leave out the seconds"},
		{"0 9 * *", "UTC", "4 fields and not five"},
		{"0 9 * * * * *", "UTC", "7 fields and not five"},
		{"* * * * *", "UTC", "one minute and one hour"},
		{"*/5 9 * * *", "UTC", "one minute and one hour"},
		{"0 9,21 * * *", "UTC", "one minute and one hour"},
		{"0 9-17 * * *", "UTC", "one minute and one hour"},
		{", 9 * * *", "UTC", "not complete"},
		{"0 9 , * *", "UTC", "not complete"},
		{"0 9 1,,2 * *", "UTC", "not complete"},
		{"0 9 *-5 * *", "UTC", "not complete"},
		{"0 9 30 2 *", "UTC", "no year has such a date"},
		{"0 9 31 2,4,6,9,11 *", "UTC", "no year has such a date"},
		{"60 9 * * *", "UTC", "above maximum"},
		{"0 24 * * *", "UTC", "above maximum"},
		{"0 9 0 * *", "UTC", "below minimum"},
		{"0 9 * 13 *", "UTC", "above maximum"},
		{"0 9 * * 8", "UTC", "above maximum"},
		{"0 9 * * 5-2", "UTC", "beyond end of range"},
		{"0 9 * * 1-7/0", "UTC", "not a step"},
		{"0 9 * * x-7", "UTC", "no weekday"},
		{"0 9 * * 1-2-3", "UTC", "too many hyphens"},
		{"0 9 */0 * *", "UTC", "positive number"},
		{"0 9 L * *", "UTC", "L"},
		{"0 9 +1 * *", "UTC", "is not a field"},
		{"0 9 １ * *", "UTC", "is not a field"},
		{"0 9 \u202e@everyone * *", "UTC", `"\u202e@everyone"`},
		{strings.Repeat("0", 101), "UTC", "at most 100 characters"},
		{"0 9 * * *", "", "time zone is missing"},
		{"0 9 * * *", "Local", "whatever machine"},
		{"0 9 * * *", "Berlin", "did you mean Europe/Berlin?"},
	} {
		p, err := plan.ParseCron(tt.cron, tt.zone)
		if err == nil || !strings.Contains(err.Error(), tt.want) || len(err.Error()) > 400 {
			t.Errorf("%q: %+v, %v, want %q", tt.cron, p, err, tt.want)
		}
	}
}

func FuzzParseCron(f *testing.F) {
	for _, s := range []string{
		"0 9 * * *", "0 9 29 2 *", "0 9 13 * 5-7", "TZ= 0 9", "CRON_TZ=UTC", "@daily", "0 0 30 2 *", "5 4 */9223372036854775807 * *",
		"0 9 * * 1-7/9223372036854775807", "0 9 , * ,", "0 0 31 2,4 sat-sun", "1/59 23/9 1-31/30 jan ?",
	} {
		f.Add(s, "Europe/Berlin")
	}
	f.Fuzz(func(t *testing.T, expression, zone string) {
		p, err := plan.ParseCron(expression, zone)
		if err != nil {
			if len(err.Error()) > 1000 {
				t.Errorf("the error has %d bytes", len(err.Error()))
			}
			return
		}
		lives(t, p)
		if again, err := plan.ParseCron(p.Cron, p.Zone); err != nil || again != p {
			t.Errorf("%+v is read as %+v, %v", p, again, err)
		}
	})
}

// lives fails the test where a plan that was accepted is never due.
func lives(t *testing.T, p plan.Plan) {
	t.Helper()
	if err := p.Check(); err != nil {
		t.Fatal(err)
	}
	for _, at := range []time.Time{time.Unix(0, 0), time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), time.Date(2096, 3, 1, 0, 0, 0, 0, time.UTC)} {
		d, due, err := p.Next(at)
		if err != nil || !due.After(at) {
			t.Fatalf("%s: %s at %s after %s, %v", p, d, due, at, err)
		}
		if again, ok, err := p.Due(d); err != nil || !ok || !again.Equal(due) {
			t.Fatalf("%s: %s is due at %s and %s, %v", p, d, due, again, err)
		}
	}
	if p.Words() == "" {
		t.Fatal("no words")
	}
}
