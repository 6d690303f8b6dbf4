package plan_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot/schedule/plan"
)

func TestZones(t *testing.T) {
	zones := plan.Zones()
	if len(zones) < 400 || !slices.IsSorted(zones) {
		t.Errorf("%d zones, sorted: %v", len(zones), slices.IsSorted(zones))
	}
	for i, name := range zones {
		if _, err := time.LoadLocation(name); err != nil {
			t.Error(err)
		}
		if name != "UTC" && (!strings.Contains(name, "/") || strings.HasPrefix(name, "Etc/")) {
			t.Errorf("%s is not Area/City", name)
		}
		if i > 0 && zones[i-1] == name {
			t.Errorf("%s is there twice", name)
		}
		for _, typed := range []string{name, strings.ToLower(name), " " + strings.ToUpper(strings.ReplaceAll(name, "_", " "))} {
			if got, err := plan.Canonical(typed); err != nil || got != name {
				t.Errorf("%q is %q, %v", typed, got, err)
			}
		}
		if got := plan.Suggest(name, 1); len(got) != 1 || got[0] != name {
			t.Errorf("for %s is suggested %v", name, got)
		}
	}
}

func TestCanonical(t *testing.T) {
	for in, want := range map[string]string{
		"europe/berlin": "Europe/Berlin", "utc": "UTC", "america/new york": "America/New_York", "US/Pacific": "America/Los_Angeles",
		"asia/calcutta": "Asia/Kolkata", "Europe/Kiev": "Europe/Kyiv", "Japan": "Asia/Tokyo", "GB": "Europe/London", "Zulu": "UTC",
		"EST5EDT": "America/New_York", "etc/gmt+5": "Etc/GMT+5", "Etc/GMT-14": "Etc/GMT-14", "Etc/GMT": "UTC", "CET": "Europe/Brussels",
	} {
		got, err := plan.Canonical(in)
		if err != nil || got != want {
			t.Errorf("%q is %q, want %s (%v)", in, got, want, err)
		}
		if err := (plan.Plan{Zone: got}).Check(); err != nil {
			t.Error(err)
		}
	}
	for in, want := range map[string]string{
		"EST": "did you mean America/New_York?", "GMT": "Europe/London", "berlin": "did you mean Europe/Berlin?",
		"Europe/Berln": "did you mean Europe/Berlin?", "europe/munich": "did you mean Europe/Berlin?", "Londn": "did you mean Europe/London?",
		"Mumbay": "Asia/Kolkata", "Germany": "Europe/Berlin", "": "give an IANA name", "Local": "no time zone", "+5": "no time zone",
		"UTC+2": "no time zone", "Etc/GMT+15": "no time zone", "Etc/GMT+05": "no time zone", "posix/UTC": "no time zone",
		"America/../Europe/Berlin": "no time zone", "Europe/": "no time zone", "xyzzy": "give an IANA name",
		"Europe/Berlin\nUTC": `\n`, "@everyone\u202e": `\u202e`, strings.Repeat("é", 5000): "no time zone",
	} {
		got, err := plan.Canonical(in)
		if err == nil || !strings.Contains(err.Error(), want) || len(err.Error()) > 300 {
			t.Errorf("%q is %q, %v, want %q", in, got, err, want)
		}
		if err != nil && strings.Count(err.Error(), "/") > 4+strings.Count(in, "/") {
			t.Errorf("more than three proposals: %v", err)
		}
	}
}

func TestSuggest(t *testing.T) {
	for in, want := range map[string]string{
		"new york": "America/New_York", "newyork": "America/New_York", "berl": "Europe/Berlin", "EUROPE/B": "Europe/Berlin", "europe/": "Europe/London",
		"lond": "Europe/London", "EST": "America/New_York", "et": "America/New_York", "PST": "America/Los_Angeles", "CET": "Europe/Berlin",
		"GMT": "Europe/London", "BST": "Europe/London", "IST": "Asia/Kolkata", "JST": "Asia/Tokyo", "Germany": "Europe/Berlin",
		"India": "Asia/Kolkata", "china": "Asia/Shanghai", "Beijing": "Asia/Shanghai", "mumbai": "Asia/Kolkata",
		"San Francisco": "America/Los_Angeles", "san fr": "America/Los_Angeles", "São Paulo": "America/Sao_Paulo", "Zürich": "Europe/Zurich",
		"us": "America/New_York", "buenos": "America/Argentina/Buenos_Aires", "utc": "UTC", "st. john's": "America/St_Johns",
		"howe": "Australia/Lord_Howe",
	} {
		if got := plan.Suggest(in, 5); len(got) == 0 || got[0] != want {
			t.Errorf("%q: %v, want %s first", in, got, want)
		}
	}
	for _, in := range []string{"", "a", "europe", "america/"} {
		got := plan.Suggest(in, 25)
		if len(got) != 25 {
			t.Errorf("%q: %d zones", in, len(got))
		}
		for i, name := range got {
			if !slices.Contains(plan.Zones(), name) || slices.Contains(got[:i], name) {
				t.Errorf("%q: %s is twice there, or no zone", in, name)
			}
		}
	}
	for _, in := range []string{"xyzzy", "\x00", strings.Repeat("berlin", 1000)} {
		if got := plan.Suggest(in, 5); len(got) != 0 {
			t.Errorf("%q: %v", in, got)
		}
	}
	if got := plan.Suggest("", 0); len(got) != 0 {
		t.Errorf("none were asked for: %v", got)
	}
}
