package plan_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot/schedule/plan"
)

func TestParseTime(t *testing.T) {
	for in, want := range map[string]string{
		"9": "09:00", "9:00": "09:00", "09:30": "09:30", "9am": "09:00", "9.30 pm": "21:30", "21h": "21:00", "21h30": "21:30",
		"noon": "12:00", "midnight": "00:00", "Midday": "12:00", "12am": "00:00", "12 PM": "12:00", "12:30 a.m.": "00:30",
		"9 p.m": "21:00", "0930": "09:30", "930": "09:30", "130pm": "13:30", " 23 : 59 ": "23:59", "00:00": "00:00", "0": "00:00",
	} {
		hour, minute, err := plan.ParseTime(in)
		if got := fmt.Sprintf("%02d:%02d", hour, minute); err != nil || got != want {
			t.Errorf("%q is %s, want %s (%v)", in, got, want, err)
		}
	}
	for in, want := range map[string]string{
		"": "it is empty", "24:00": "midnight is 00:00", "25": "24 hours", "9:60": "60 minutes", "9:5": "minutes two", "13pm": "1 to 12",
		"0am": "1 to 12", "nine": "", "9:": "", ":30": "", "-1": "", "9:-1": "", "+9": "", "９": "", "9am pm": "", "9:00:00": "",
		"99999": "", "9:00 \u202e@everyone": `\u202e`, strings.Repeat("9", 1000): "too long",
	} {
		hour, minute, err := plan.ParseTime(in)
		if err == nil || !strings.Contains(err.Error(), want) || len(err.Error()) > 300 {
			t.Errorf("%q is %d:%d, %v, want %q", in, hour, minute, err, want)
		}
	}
}

func TestParseDays(t *testing.T) {
	for in, want := range map[string]string{
		"daily": "every day", "everyday": "every day", "Every Day": "every day", "all days": "every day", "all": "every day",
		"mon-sun": "every day", "sun-sat": "every day", "weekdays,weekends": "every day",
		"weekdays": "Monday to Friday", "weekends": "Saturday and Sunday", "mon-fri": "Monday to Friday",
		"mon,wed,fri": "Monday, Wednesday and Friday", "monday to friday": "Monday to Friday", "Mon – Fri": "Monday to Friday",
		"mondays": "Monday", "every tues & thurs": "Tuesday and Thursday", "fri-mon": "Monday and Friday to Sunday",
		"mon-wed, sat": "Monday to Wednesday and Saturday", "on weds and Sundays": "Wednesday and Sunday", "sun - sun": "Sunday",
		"weekdays, sat": "Monday to Saturday",
	} {
		days, err := plan.ParseDays(in)
		if err != nil || days.String() != want {
			t.Errorf("%q is %s, want %s (%v)", in, days, want, err)
		}
	}
	for in, want := range map[string]string{
		"": "no day is named", "and": "no day is named", "funday": `"funday"`, "mon-": "before and after", "-fri": "before and after",
		"mon--fri": "before and after", "weekdays-sat": "before and after", "mon-weekends": "before and after",
		"mon-wed-fri": "before and after", "every other monday": `"other"`, "not monday": `"not"`, "t": `"t"`, "mo": `"mo"`, "day": `"day"`,
		"mon\u202etue": `\u202e`, strings.Repeat("mon,", 100): "too long",
	} {
		days, err := plan.ParseDays(in)
		if err == nil || !strings.Contains(err.Error(), want) || len(err.Error()) > 300 {
			t.Errorf("%q is %s, %v, want %q", in, days, err, want)
		}
	}
	if got := plan.Days(0).String(); got != "no day" {
		t.Errorf("the empty set is %q", got)
	}
}

func TestSpread(t *testing.T) {
	seen := map[int]int{}
	for i := range 2600 {
		key := fmt.Sprintf("discord/%d", i)
		m := plan.Spread(key, 9)
		if m < 0 || m > 25 || m != plan.Spread(key, 21) {
			t.Fatalf("%s: minute %d", key, m)
		}
		seen[m]++
	}
	for m := range 26 {
		if seen[m] < 50 || seen[m] > 150 {
			t.Errorf("minute %d has %d of 2600 keys", m, seen[m])
		}
	}
	// Kept: a minute that was suggested once is suggested again, by every version.
	if got := plan.Spread("discord/1", 9); got != 19 {
		t.Errorf("the minute of discord/1 has become %d", got)
	}
}

func FuzzParseTime(f *testing.F) {
	for _, s := range []string{"9", "9:00", "9.30 pm", "21h", "noon", "12am", "0930", "24:00", "9:", "p.m.", "９"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		hour, minute, err := plan.ParseTime(s)
		if err != nil {
			return
		}
		lives(t, plan.Plan{Hour: hour, Minute: minute, Zone: "America/New_York"})
		again := fmt.Sprintf("%02d:%02d", hour, minute)
		if h, m, err := plan.ParseTime(again); err != nil || h != hour || m != minute {
			t.Errorf("%q is %s, which is %d:%d, %v", s, again, h, m, err)
		}
	})
}

func FuzzParseDays(f *testing.F) {
	for _, s := range []string{"daily", "every day", "mon-fri", "fri to mon", "mon,wed", "weekends", "-", "mon--tue", "tues & thurs"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		days, err := plan.ParseDays(s)
		if err != nil {
			return
		}
		lives(t, plan.Plan{Hour: 9, Zone: "America/Santiago", Days: days})
		if again, err := plan.ParseDays(days.String()); err != nil || again != days {
			t.Errorf("%q is %s, which is %s, %v", s, days, again, err)
		}
		for w := time.Sunday; w <= time.Saturday; w++ {
			p := plan.Plan{Hour: 9, Zone: "UTC", Days: days}
			d := plan.Date{Year: 2026, Month: time.January, Day: 4 + int(w)} // the 4th is a Sunday
			if _, due, err := p.Due(d); err != nil || due != days.Has(w) {
				t.Errorf("%s on %s: %v, %v", p, d, due, err)
			}
		}
	})
}
