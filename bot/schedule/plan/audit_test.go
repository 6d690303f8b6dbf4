package plan_test

import (
	"archive/zip"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/whowon-bot/whowon/bot/schedule/plan"
)

const (
	minute     = 60
	slot       = 30 * minute // of a day that is looked at, in seconds
	slotsOfDay = 24 * 60 * minute / slot
	day        = slotsOfDay * slot
)

// audited counts what the audit has found. Only compared and none are not faults: none are slots on dates that a zone
// has not.
type audited struct {
	compared, none, skipped, doubled, wrongDate, wrongInstant int
}

func (a *audited) add(b audited) {
	a.compared += b.compared
	a.none += b.none
	a.skipped += b.skipped
	a.doubled += b.doubled
	a.wrongDate += b.wrongDate
	a.wrongInstant += b.wrongInstant
}

// oracle says when each slot of a zone fires, knowing nothing of Resolve: it walks along the instants, looks at the clock on
// the wall, and lets a slot fire when the latest that this clock has ever shown reaches it.
type oracle struct {
	loc    *time.Location
	fires  []int64 // by slot, from midnight of the first date on; never where there is no such date
	first  int64   // the first slot, as what a clock on the wall shows
	next   int
	latest int64 // the latest that the clock has shown
	at     int64 // when it did so first
}

const never = -1 << 62

// ask lets the oracle walk over dates, from the first on. every is how it walks: a minute at a time, or in steps that it
// takes apart into minutes where the offset has changed.
func ask(loc *time.Location, first plan.Date, dates int, every int64) *oracle {
	begin := time.Date(first.Year, first.Month, first.Day, 0, 0, 0, 0, time.UTC).Unix()
	o := &oracle{loc: loc, first: begin, fires: make([]int64, dates*slotsOfDay), latest: never}
	from, offset := begin-2*day, o.offset(begin-2*day)
	for o.next < len(o.fires) {
		to := from + every
		after := o.offset(to)
		if after != offset {
			for t := from + minute; t < to; t += minute {
				o.look(t, o.offset(t))
			}
		}
		o.look(to, after)
		from, offset = to, after
	}
	return o
}

func (o *oracle) offset(t int64) int64 {
	_, offset := time.Unix(t, 0).In(o.loc).Zone()
	return int64(offset)
}

// look is one look at the clock.
func (o *oracle) look(t, offset int64) {
	wall := t + offset
	for o.next < len(o.fires) && o.first+int64(o.next)*slot <= wall {
		date := (o.first + int64(o.next)*slot) / day
		switch {
		case wall/day == date:
			o.fires[o.next] = t
		case o.latest/day == date: // the date was over before its time: its last minute
			o.fires[o.next] = o.at
		default:
			o.fires[o.next] = never
		}
		o.next++
	}
	if wall > o.latest {
		o.latest, o.at = wall, t
	}
}

// audit compares every slot of a zone with the oracle.
func audit(t *testing.T, name string, first plan.Date, dates int, every int64) (a audited) {
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Error(err)
		return a
	}
	o := ask(loc, first, dates, every)
	for of := range slotsOfDay {
		table, err := plan.Plan{Hour: of / 2, Minute: of % 2 * 30, Zone: name}.Timetable()
		if err != nil {
			t.Error(err)
			return a
		}
		last := int64(never)
		at := time.Unix(o.first-3*day, 0)
		for i := range dates {
			d := first.AddDays(i)
			want := o.fires[i*slotsOfDay+of]
			due, ok := table.Due(d)
			a.compared++
			switch {
			case want == never && !ok:
				a.none++
				continue
			case !ok:
				a.skipped++
				continue
			case plan.DateOf(due.In(loc)) != d:
				a.wrongDate++
				t.Logf("%s %s slot %d: due on another date, %s", name, d, of, due)
			case due.Unix() != want:
				a.wrongInstant++
				t.Logf("%s %s slot %d: due %s, the oracle has %s", name, d, of, due, time.Unix(want, 0).In(loc))
			}
			if due.Unix() <= last {
				a.doubled++
			}
			last = due.Unix()
			// The chain of Next comes by every date once. It begins early, and is let run up to the first date.
			next, when, ok := table.Next(at)
			for ok && i == 0 && next.Before(d) {
				next, when, ok = table.Next(when)
			}
			switch {
			case !ok || d.Before(next):
				a.skipped++
			case next.Before(d):
				a.doubled++
			case !when.Equal(due):
				a.wrongInstant++
			}
			at = when
		}
	}
	return a
}

// zoneFile lists every name of the time zone database that comes with Go.
func zoneFile(t *testing.T) []string {
	root, err := exec.CommandContext(t.Context(), "go", "env", "GOROOT").Output()
	if err != nil {
		t.Skipf("Go is not here to tell where its time zone database is: %v", err)
	}
	z, err := zip.OpenReader(filepath.Join(strings.TrimSpace(string(root)), "lib", "time", "zoneinfo.zip"))
	if err != nil {
		t.Skipf("the time zone database of Go is not here: %v", err)
	}
	defer z.Close()
	var names []string
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, "/") && f.Name != "Factory" { // Factory is not a place: no zone was chosen
			names = append(names, f.Name)
		}
	}
	return names
}

func whole() bool {
	return os.Getenv("WHOWON_AUDIT") == "whole"
}

// inParallel calls a function for each zone, and tells how far it is.
func inParallel(t *testing.T, zones []string, do func(zone string)) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	done, work := 0, make(chan string)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for zone := range work {
				do(zone)
				mu.Lock()
				if done++; done%50 == 0 || done == len(zones) {
					t.Logf("%d of %d zones", done, len(zones))
				}
				mu.Unlock()
			}
		})
	}
	for _, zone := range zones {
		work <- zone
	}
	close(work)
	wg.Wait()
}

// TestAudit compares what is due, at every half hour of every date, with an oracle: for some zones and years in every run of
// the tests, and for all that there are with WHOWON_AUDIT=whole (make audit).
func TestAudit(t *testing.T) {
	zones, first, end, every := hardZones, plan.Date{Year: 2022, Month: time.January, Day: 1}, 2025, int64(15*minute)
	if whole() {
		zones, first.Year, end, every = zoneFile(t), 2020, 2031, minute
	}
	dates := 0
	for d := first; d.Year < end; d = d.AddDays(1) {
		dates++
	}
	start := time.Now()
	var mu sync.Mutex
	var sum audited
	inParallel(t, zones, func(zone string) {
		found := audit(t, zone, first, dates, every)
		mu.Lock()
		sum.add(found)
		mu.Unlock()
	})
	t.Logf("%d comparisons, %d zones, %d dates, %s: %d skipped, %d doubled, %d on a wrong date, %d at a wrong instant; %d have no date",
		sum.compared, len(zones), dates, time.Since(start).Round(time.Millisecond),
		sum.skipped, sum.doubled, sum.wrongDate, sum.wrongInstant, sum.none)
	if sum.skipped+sum.doubled+sum.wrongDate+sum.wrongInstant > 0 {
		t.Error("what is due is not what the oracle says")
	}
	if want := len(zones) * dates * slotsOfDay; sum.compared != want {
		t.Errorf("%d comparisons, want %d", sum.compared, want)
	}
}

// The oracle itself, where anybody can check it by hand, however it walks.
func TestOracle(t *testing.T) {
	for _, every := range []int64{minute, 15 * minute} {
		for _, tt := range []struct {
			zone, date string
			slot       int
			want       string
		}{
			{"Europe/Berlin", "2026-03-29", 5, "2026-03-29T03:00:00+02:00"},
			{"America/New_York", "2026-11-01", 3, "2026-11-01T01:30:00-04:00"},
			{"Africa/Cairo", "2026-04-24", 0, "2026-04-24T01:00:00+03:00"},
			{"Pacific/Apia", "2011-12-30", 18, ""},
			{"America/Nuuk", "2024-03-30", 47, "2024-03-30T22:59:00-02:00"},
			{"America/St_Johns", "2010-11-07", 0, "2010-11-07T00:00:00-02:30"},
		} {
			loc := zone(t, tt.zone)
			got := ""
			if at := ask(loc, date(t, tt.date), 1, every).fires[tt.slot]; at != never {
				got = time.Unix(at, 0).In(loc).Format(time.RFC3339)
			}
			if got != tt.want {
				t.Errorf("%s %s slot %d: %s, want %s", tt.zone, tt.date, tt.slot, got, tt.want)
			}
		}
	}
}

// TestAuditPeer counts what robfig's own Next makes of the same slots. It has no verdict on its counts but that they are
// not 0: they are why occurrences are computed here.
func TestAuditPeer(t *testing.T) {
	zones, first, end := hardZones[:3], plan.Date{Year: 2026, Month: time.January, Day: 1}, 2027
	if whole() {
		zones, first.Year = plan.Zones(), 2023
	}
	start := time.Now()
	var mu sync.Mutex
	var compared, skipped, doubled, wrong int
	inParallel(t, zones, func(name string) {
		loc, err := time.LoadLocation(name)
		if err != nil {
			t.Error(err)
			return
		}
		dates := 0
		for d := first; d.Year < end; d = d.AddDays(1) {
			dates++
		}
		o := ask(loc, first, dates, 15*minute)
		for of := range slotsOfDay {
			s, w := peer(o, of, dates)
			mu.Lock()
			for i, n := range s {
				compared++
				want := o.fires[i*slotsOfDay+of]
				if n == 0 && want != never {
					skipped++
				}
				doubled += max(0, n-1)
			}
			wrong += w
			mu.Unlock()
		}
	})
	t.Logf("robfig/cron: %d comparisons, %d zones, %s: %d skipped, %d doubled, %d at a wrong instant",
		compared, len(zones), time.Since(start).Round(time.Millisecond), skipped, doubled, wrong)
	if skipped == 0 || doubled == 0 {
		t.Error("the peer has no faults: then this package has no reason")
	}
}

// peer counts how often robfig's Next fires on each date, and at how many instants that are not the slot's first nor a
// repetition of it.
func peer(o *oracle, of, dates int) (fired []int, wrong int) {
	s := &cron.SpecSchedule{
		Second: 1, Minute: 1 << (of % 2 * 30), Hour: 1 << (of / 2),
		Dom: 1<<32 - 2 | 1<<63, Month: 1<<13 - 2 | 1<<63, Dow: 1<<7 - 1 | 1<<63, Location: o.loc,
	}
	fired = make([]int, dates)
	for at := s.Next(time.Unix(o.first-2*day, 0).In(o.loc)); ; at = s.Next(at) {
		wall := at.Unix() + o.offset(at.Unix()) - o.first
		if at.IsZero() || wall >= int64(dates)*day {
			return fired, wrong
		}
		if wall < 0 {
			continue
		}
		i := int(wall / day)
		if fired[i]++; fired[i] == 1 && o.fires[i*slotsOfDay+of] != at.Unix() {
			wrong++
		}
	}
}

func TestZoneFileIsKnown(t *testing.T) {
	known := plan.Zones()
	for _, name := range zoneFile(t) {
		switch zone, err := plan.Canonical(name); {
		case name == "EST" || name == "MST" || name == "GMT":
			if err == nil {
				t.Errorf("%s is %s: it should be refused, since it misleads", name, zone)
			}
		case err != nil:
			t.Errorf("%s: %v", name, err)
		case strings.HasPrefix(zone, "Etc/GMT"):
		case !slices.Contains(known, zone):
			t.Errorf("%s is %s, which is not in the list", name, zone)
		}
	}
}
