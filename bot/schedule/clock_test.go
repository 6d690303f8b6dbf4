package schedule_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

func TestADayAfterTheOther(t *testing.T) {
	inWorld(t, "2026-11-26T08:50:00Z", func(w *world) {
		if got := w.says("/schedule anniversaries 9:00 UTC"); !strings.Contains(got, "New: schedule 1") {
			t.Fatal(got)
		}
		w.until("2026-11-26T08:59:59Z")
		w.want("", 0)
		w.until("2026-11-26T09:00:00Z")
		w.want("2026-11-26 posted", 1)
		w.leap("2026-11-27T08:58:00Z")
		w.until("2026-11-27T09:30:00Z")
		w.leap("2026-11-28T08:58:00Z")
		w.until("2026-11-28T10:00:00Z")
		w.want("2026-11-26 posted, 2026-11-27 posted, 2026-11-28 posted", 3)
		for _, s := range w.place.sent {
			if at := s.at.Format("15:04:05"); at != "09:00:00" || !s.to.Patient || !s.to.Tried.IsZero() || s.to.Channel != here() {
				t.Errorf("posted at %s to %+v", at, s.to)
			}
		}
		if keys := w.place.keys(); strings.Count(keys, "post/"+w.sub().ID+"/2026-11-2") != 3 {
			t.Error(keys)
		}
	})
}

// TestClockChanges posts at times that a day does not have, or has twice.
func TestClockChanges(t *testing.T) {
	for _, tt := range []struct{ zone, at, from, story, instants string }{
		{"America/New_York", "2:30", "2026-03-07T12:00:00Z",
			"2026-03-08 posted, 2026-03-09 posted", "2026-03-08T07:00:00Z 2026-03-09T06:30:00Z"},
		{"America/New_York", "1:30", "2026-10-31T12:00:00Z",
			"2026-11-01 posted, 2026-11-02 posted", "2026-11-01T05:30:00Z 2026-11-02T06:30:00Z"},
		{"America/Santiago", "midnight", "2026-09-05T12:00:00Z",
			"2026-09-06 posted, 2026-09-07 posted", "2026-09-06T04:00:00Z 2026-09-07T03:00:00Z"},
		{"Australia/Lord_Howe", "9:00", "2026-10-03T12:00:00Z",
			"2026-10-04 posted, 2026-10-05 posted", "2026-10-03T22:00:00Z 2026-10-04T22:00:00Z"},
	} {
		t.Run(tt.zone+" "+tt.at, func(t *testing.T) {
			inWorld(t, tt.from, func(w *world) {
				if got := w.says("/schedule anniversaries at=" + tt.at + " zone=" + tt.zone); !strings.Contains(got, "New:") {
					t.Fatal(got)
				}
				for _, instant := range strings.Fields(tt.instants) {
					due, err := time.Parse(time.RFC3339, instant)
					if err != nil {
						t.Fatal(err)
					}
					w.leap(due.Add(-2 * time.Minute).Format(time.RFC3339))
					time.Sleep(70 * time.Minute) // the hour that comes twice is over
				}
				w.want(tt.story, 2)
				var at []string
				for _, s := range w.place.sent {
					at = append(at, s.at.UTC().Format(time.RFC3339))
				}
				if got := strings.Join(at, " "); got != tt.instants {
					t.Errorf("posted at %s, want %s", got, tt.instants)
				}
			})
		})
	}
}

// TestLeapDay posts what is yearly on 29 February on the 28th of other years.
func TestLeapDay(t *testing.T) {
	inWorld(t, "2027-02-26T08:00:00Z", func(w *world) {
		w.says("/schedule anniversaries zone=UTC cron=0 9 29 2 *")
		for _, at := range []string{"2027-02-28T08:59:00Z", "2027-03-01T08:59:00Z", "2028-02-28T08:59:00Z", "2028-02-29T08:59:00Z"} {
			w.leap(at)
			time.Sleep(5 * time.Minute)
		}
		w.want("2027-02-28 posted, 2028-02-29 posted", 2)
	})
}

// TestTheClockIsSet sets the wall clock, and suspends the machine: to a program both look alike.
func TestTheClockIsSet(t *testing.T) {
	for name, tt := range map[string]struct {
		at    string        // when the clock is set
		by    time.Duration // how far
		until string        // by the clock as it is then
		story string
		posts int
	}{
		"an hour ahead, over the time":  {"08:30:10", time.Hour, "26T10:30:00", "2026-11-26 posted", 1},
		"an hour ahead, before":         {"07:30:10", time.Hour, "26T10:30:00", "2026-11-26 posted", 1},
		"an hour back, after the post":  {"09:30:10", -time.Hour, "26T10:30:00", "2026-11-26 posted", 1},
		"an hour back, before the post": {"08:59:50", -time.Hour, "26T10:30:00", "2026-11-26 posted", 1},
		"a day ahead": {"08:00:10", 24 * time.Hour, "27T10:30:00",
			"2026-11-26 missed, 2026-11-27 posted", 1},
		"a day ahead, after the post": {"09:10:00", 24 * time.Hour, "27T10:30:00", "2026-11-26 posted, 2026-11-27 posted", 2},
		"suspended for three hours":   {"08:30:00", 3 * time.Hour, "26T12:00:00", "2026-11-26 missed", 0},
		"suspended, back in time":     {"07:30:00", 2 * time.Hour, "26T10:30:00", "2026-11-26 posted", 1},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, "2026-11-26T07:25:00Z", func(w *world) {
				w.says("/schedule anniversaries 9:00 UTC")
				w.until("2026-11-26T" + tt.at + "Z")
				w.clock.Add(int64(tt.by))
				set := time.Now()
				w.until("2026-11-" + tt.until + "Z")
				w.want(tt.story, tt.posts)
				if n := len(w.place.sent); n > 0 && w.place.sent[n-1].at.After(set) && tt.by > 0 {
					due := time.Date(2026, 11, w.now().Day(), 9, 0, 0, 0, time.UTC).Add(-tt.by) // as the timers count
					if late := w.place.sent[n-1].at.Sub(later(due, set)); late > 30*time.Second {
						t.Errorf("posted %v after it could be known", late)
					}
				}
			})
		})
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// TestTheClockIsPutBackADay: what was posted ahead of its day is not posted again.
func TestTheClockIsPutBackADay(t *testing.T) {
	inWorld(t, "2026-11-26T08:50:00Z", func(w *world) {
		w.says("/schedule anniversaries 9:00 UTC")
		w.clock.Store(int64(24*time.Hour + 20*time.Minute)) // 27 November, 9:10
		time.Sleep(time.Minute)
		w.want("2026-11-26 missed, 2026-11-27 posted", 1)
		w.clock.Store(0)
		for _, day := range []string{"26", "27", "28", "29"} {
			w.leap("2026-11-" + day + "T08:58:00Z")
			time.Sleep(5 * time.Minute)
		}
		w.want("2026-11-26 missed, 2026-11-27 posted, 2026-11-28 posted, 2026-11-29 posted", 3)
	})
}

func TestAway(t *testing.T) {
	for name, tt := range map[string]struct {
		set   string
		back  string
		story string
		posts int
	}{
		"for an hour":           {"", "2026-11-26T10:00:00Z", "2026-11-26 posted", 1},
		"for longer":            {"", "2026-11-26T10:00:01Z", "2026-11-26 missed", 0},
		"for days":              {"", "2026-11-29T09:30:00Z", "2026-11-26 missed, 2026-11-27 missed, 2026-11-28 missed, 2026-11-29 posted", 1},
		"not caught up":         {"skip", "2026-11-26T09:05:01Z", "2026-11-26 missed", 0},
		"not caught up, hardly": {"skip", "2026-11-26T09:04:00Z", "2026-11-26 posted", 1},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, "2026-11-26T08:50:00Z", func(w *world) {
				w.says("/schedule anniversaries 9:00 UTC " + tt.set)
				w.down()
				w.until(tt.back)
				w.up()
				time.Sleep(time.Minute)
				w.want(tt.story, tt.posts)
			})
		})
	}
}

// TestFailures: what was not shown is tried again until it is too late; what may have been shown where the platform can
// tell; and never what may have been shown where nobody can.
func TestFailures(t *testing.T) {
	refuses := &bot.Forbidden{Mend: "Let me in.", Err: errors.New("403")}
	unsure := errors.Join(bot.ErrUnsure, errNetwork)
	for name, tt := range map[string]struct {
		once  time.Duration
		fails time.Duration // from 9:00 on
		with  error
		story string
		posts int
		tried bool // the last attempt is told of one before
		why   string
	}{
		"the network, for a while":     {time.Hour, 10 * time.Minute, errNetwork, "2026-11-26 posted", 1, false, ""},
		"the network, for too long":    {time.Hour, 2 * time.Hour, errNetwork, "2026-11-26 missed", 0, false, "it was 60 minutes late"},
		"an answer that is lost":       {time.Hour, time.Minute, unsure, "2026-11-26 posted", 1, true, ""},
		"lost, and nobody can tell":    {0, time.Minute, unsure, "2026-11-26 unknown", 0, false, "it may have come"},
		"lost again and again":         {time.Hour, 2 * time.Hour, unsure, "2026-11-26 unknown", 0, true, "it may have come"},
		"not allowed":                  {time.Hour, time.Minute, refuses, "2026-11-26 refused", 0, false, "Let me in."},
		"not shown, nobody could tell": {0, time.Minute, errNetwork, "2026-11-26 posted", 1, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, "2026-11-26T08:50:00Z", func(w *world) {
				w.place.once = tt.once
				end := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC).Add(tt.fails)
				var last bot.Target
				w.place.fail = func(to bot.Target, _ string) error {
					if last = to; w.now().Before(end) {
						return tt.with
					}
					return nil
				}
				w.says("/schedule anniversaries 9:00 UTC")
				w.until("2026-11-26T08:59:00Z")
				time.Sleep(tt.fails + 10*time.Minute)
				w.want(tt.story, tt.posts)
				if last.Tried.IsZero() == tt.tried {
					t.Errorf("the last attempt is told of one at %v", last.Tried)
				}
				o, err := w.db.Occurrence(w.t.Context(), w.sub().ID, "2026-11-26", "")
				if err != nil || !strings.Contains(o.Why, tt.why) || tt.why == "" && o.Why != "" {
					t.Errorf("why: %q, %v", o.Why, err)
				}
				state := strings.TrimPrefix(tt.story, "2026-11-26 ")
				if got := strings.Join(w.content.done, ","); got != "2026-11-26 "+state {
					t.Errorf("the content is told %s", got)
				}
			})
		})
	}
}

// TestRefusedAgainAndAgain pauses what the platform does not allow.
func TestRefusedAgainAndAgain(t *testing.T) {
	inWorld(t, "2026-11-01T08:00:00Z", func(w *world) {
		w.place.fails(func(bot.Target, string) error { return bot.ErrForbidden })
		w.says("/schedule anniversaries 9:00 UTC")
		for day := range 9 {
			w.leap(fmt.Sprintf("2026-11-%02dT08:59:00Z", day+1))
			time.Sleep(5 * time.Minute)
		}
		if n := strings.Count(w.story(), "refused"); n != 7 || !w.sub().Paused {
			t.Errorf("refused %d times, and paused: %v", n, w.sub().Paused)
		}
		w.place.fails(nil)
		w.says("/schedule resume")
		w.until("2026-11-10T10:00:00Z")
		if got := w.story(); !strings.HasSuffix(got, "2026-11-10 posted") {
			t.Error(got)
		}
	})
}

// TestKilledWhileSending leaves a post that was taken: another program takes it up, and says that it may have been shown.
func TestKilledWhileSending(t *testing.T) {
	for name, shared := range map[string]bool{"alone": false, "one of several": true} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, "2026-11-26T08:50:00Z", func(w *world) {
				w.says("/schedule anniversaries 9:00 UTC")
				w.down()
				w.until("2026-11-26T09:00:30Z")
				due := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
				sub := w.sub()
				o := bot.Occurrence{Subscription: sub.ID, Day: "2026-11-26", Guild: guild, Channel: here(), Due: due, State: bot.OccurrenceNew}
				if _, err := w.db.Claim(w.t.Context(), due, bot.Claim{Subscription: sub, Next: due.AddDate(0, 0, 1), Occurrences: []bot.Occurrence{o}}); err != nil {
					t.Fatal(err)
				}
				taken := due.Add(29 * time.Second)
				if _, ok, err := w.db.TakeOccurrence(w.t.Context(), o, taken, time.Time{}); !ok || err != nil {
					t.Fatal(ok, err)
				}
				w.options.Shared = shared
				w.up()
				w.until("2026-11-26T09:00:38Z")
				w.want("2026-11-26 sending", 0) // the request may be on its way still
				w.until("2026-11-26T09:00:44Z")
				w.want("2026-11-26 posted", 1)
				if s := w.place.sent[0]; !s.to.Tried.Equal(taken) {
					t.Errorf("tried at %v", s.to.Tried)
				}
			})
		})
	}
}

// TestLost looks for a post whose answer was lost only once its request cannot be on its way any more.
func TestLost(t *testing.T) {
	inWorld(t, "2026-11-26T08:50:00Z", func(w *world) {
		var tries []string
		w.place.fail = func(bot.Target, string) error {
			if tries = append(tries, w.now().Format("15:04:05")); len(tries) == 1 {
				return bot.ErrUnsure
			}
			return nil
		}
		w.says("/schedule anniversaries 9:00 UTC")
		w.until("2026-11-26T09:01:00Z")
		w.want("2026-11-26 posted", 1)
		if got := strings.Join(tries, " "); got != "09:00:00 09:00:10" {
			t.Errorf("tried at %s", got)
		}
	})
}

// TestPanics: a fault of a content ends neither the program nor the post.
func TestPanics(t *testing.T) {
	inWorld(t, "2026-11-26T08:50:00Z", func(w *world) {
		w.says("/schedule anniversaries 9:00 UTC")
		w.content.mu.Lock()
		w.content.panics = 2
		w.content.mu.Unlock()
		w.until("2026-11-26T09:05:00Z")
		w.want("2026-11-26 posted", 1)
		if !w.place.sent[0].to.Tried.IsZero() {
			t.Errorf("what was never sent was tried at %v", w.place.sent[0].to.Tried)
		}
	})
}

// TestBeside posts what a content has beside its subscriptions, once.
func TestBeside(t *testing.T) {
	inWorld(t, "2026-11-26T08:50:00Z", func(w *world) {
		w.says("/schedule anniversaries 9:00 UTC")
		w.says("/schedule pause")
		w.content.mu.Lock()
		w.content.beside = []bot.Occurrence{{Subscription: w.sub().ID, Day: "2026-11-25", What: "reveal", Guild: guild, Channel: here(),
			Due: w.now()}}
		w.content.mu.Unlock()
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		w.want("2026-11-25 posted", 1)
		if w.place.sent[0].text != "2026-11-25reveal" || strings.Join(w.content.done, ",") != "2026-11-25 revealposted" {
			t.Errorf("%+v, %v", w.place.sent, w.content.done)
		}
	})
}
