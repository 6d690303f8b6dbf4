package store_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store"
)

// occurrence is one that is due at noon.
func occurrence(subscription, day string) bot.Occurrence {
	return bot.Occurrence{Subscription: subscription, Day: day, Guild: guild, Channel: channel, Due: noon}
}

// claim writes claims of which so many occurrences are new.
func claim(t testing.TB, db *store.Store, want int, claims ...bot.Claim) {
	t.Helper()
	if n, err := db.Claim(t.Context(), noon, claims...); err != nil || n != want {
		t.Fatalf("claimed %d, %v; want %d", n, err, want)
	}
}

// put stores occurrences that belong to no claim of a subscription.
func put(t testing.TB, db *store.Store, all ...bot.Occurrence) {
	t.Helper()
	claim(t, db, len(all), bot.Claim{Occurrences: all})
}

func take(t testing.TB, db *store.Store, o bot.Occurrence, at time.Time) bot.Occurrence {
	t.Helper()
	o, ok, err := db.TakeOccurrence(t.Context(), o, at, time.Time{})
	if err != nil || !ok {
		t.Fatalf("not taken: %v, %v", ok, err)
	}
	return o
}

// days are the days of what a query has given.
func days(t *testing.T) func(all []bot.Occurrence, err error) string {
	return func(all []bot.Occurrence, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		var days []string
		for _, o := range all {
			days = append(days, strings.TrimSuffix(o.Subscription+"/"+o.Day[8:]+"/"+o.What, "/"))
		}
		return strings.Join(days, " ")
	}
}

func TestClaim(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx, later := t.Context(), noon.AddDate(0, 0, 1)
		s := subscribe(t, db, subscription("s1"))
		missed := bot.Occurrence{Subscription: "s1", Day: "2026-03-01", Guild: guild, Channel: channel, Due: noon.AddDate(0, 0, -1),
			State: bot.OccurrenceMissed, Lead: "l", Why: "two days late"}
		o := occurrence("s1", "2026-03-02")
		o.Taken = noon.Add(time.Minute)
		c := bot.Claim{Subscription: s, Next: later, Occurrences: []bot.Occurrence{missed, o}}
		claim(t, db, 2, c)
		missed.At, o.At, o.State = noon, noon, bot.OccurrenceNew
		got, err := db.Occurrences(ctx, "s1", 9)
		if want := []bot.Occurrence{o, missed}; err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, %v\nwant %+v", got, err, want)
		}
		s.Next = later
		if got, err := db.Subscription(ctx, "s1"); err != nil || !reflect.DeepEqual(got, s) {
			t.Errorf("got %+v, %v\nwant %+v", got, err, s)
		}

		o.Channel.ID, c.Occurrences = "c9", []bot.Occurrence{missed, o}
		claim(t, db, 0, c) // again
		c.Subscription.Next, c.Next = later, later.AddDate(0, 0, 1)
		c.Occurrences = append(c.Occurrences, occurrence("s1", "2026-03-03"))
		claim(t, db, 1, c) // the next, and those before once more
		if got, err := db.Occurrence(ctx, "s1", "2026-03-02", ""); err != nil || got.Channel != channel {
			t.Errorf("what was there has changed: %+v, %v", got, err)
		}
		if n, err := db.Claim(ctx, noon); n != 0 || err != nil {
			t.Errorf("no claims: %d, %v", n, err)
		}
	})
}

// TestClaimOfWhatHasChanged claims what was due when it was read: of what was changed since nothing comes.
func TestClaimOfWhatHasChanged(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx, later := t.Context(), noon.AddDate(0, 0, 1)
		for id, change := range map[string]func(bot.Subscription) error{
			"paused": func(s bot.Subscription) error {
				s.Paused, s.Next = true, time.Time{}
				return db.SaveSubscription(ctx, s)
			},
			"moved": func(s bot.Subscription) error {
				s.Next = noon.Add(time.Hour)
				return db.SaveSubscription(ctx, s)
			},
			"moved to where it was claimed for": func(s bot.Subscription) error {
				s.Next = later
				return db.SaveSubscription(ctx, s)
			},
			"deleted": func(s bot.Subscription) error { return db.DeleteSubscription(ctx, s.ID) },
			"claimed for another time": func(s bot.Subscription) error {
				_, err := db.Claim(ctx, noon, bot.Claim{Subscription: s, Next: noon.Add(time.Hour)})
				return err
			},
		} {
			s := subscribe(t, db, subscription(id))
			if err := change(s); err != nil {
				t.Fatal(err)
			}
			before, _ := db.Subscription(ctx, id)
			for _, next := range []time.Time{later, {}} {
				claim(t, db, 0, bot.Claim{Subscription: s, Next: next, Occurrences: []bot.Occurrence{occurrence(id, "2026-03-02")}})
			}
			if after, _ := db.Subscription(ctx, id); !reflect.DeepEqual(after, before) {
				t.Errorf("%s: %+v\nwas %+v", id, after, before)
			}
		}
		beside := occurrence("deleted", "2026-03-01")
		beside.What = "answer"
		put(t, db, beside)
	})
}

func TestPendingOccurrences(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx, ids := t.Context(), days(t)
		at := func(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }
		b, a, waits, slack := occurrence("b", "2026-03-01"), occurrence("a", "2026-03-02"), occurrence("a", "2026-03-03"), occurrence("s", "2026-03-01")
		early, sending, answer := occurrence("z", "2026-03-01"), occurrence("a", "2026-03-01"), occurrence("a", "2026-03-02")
		early.Due, waits.Taken, answer.What = at(-5), at(10), "x"
		slack.Guild.Platform, slack.Channel.Platform = "slack", "slack"
		put(t, db, b, a, waits, slack, early, sending, answer)
		take(t, db, sending, noon)
		for i, state := range []bot.OccurrenceState{bot.OccurrencePosted, bot.OccurrenceMissed, bot.OccurrenceRefused,
			bot.OccurrenceUnknown, bot.OccurrenceDropped} {
			done := occurrence("done", noon.AddDate(0, 0, i).Format(time.DateOnly))
			done.State = state
			put(t, db, done)
		}
		for _, tt := range []struct{ name, got, want string }{
			{"now", ids(db.PendingOccurrences(ctx, "discord", noon, time.Time{}, 9)), "z/01 a/02 a/02/x b/01"},
			{"the first", ids(db.PendingOccurrences(ctx, "discord", noon, time.Time{}, 2)), "z/01 a/02"},
			{"later", ids(db.PendingOccurrences(ctx, "discord", at(10), time.Time{}, 9)), "z/01 a/02 a/02/x a/03 b/01"},
			{"not stale", ids(db.PendingOccurrences(ctx, "discord", at(2), noon, 9)), "z/01 a/02 a/02/x b/01"},
			{"stale", ids(db.PendingOccurrences(ctx, "discord", at(2), at(1), 9)), "z/01 a/01 a/02 a/02/x b/01"},
			{"of Slack", ids(db.PendingOccurrences(ctx, "slack", noon, noon, 9)), "s/01"},
		} {
			if tt.got != tt.want {
				t.Errorf("%s: got %q, want %q", tt.name, tt.got, tt.want)
			}
		}
	})
}

func TestOccurrenceIsTakenAndSaved(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		at := func(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }
		o := occurrence("s1", "2026-03-02")
		o.Taken = at(1)
		put(t, db, o)
		not := func(at, stale time.Time) {
			t.Helper()
			if got, ok, err := db.TakeOccurrence(ctx, o, at, stale); ok || err != nil || !reflect.DeepEqual(got, bot.Occurrence{}) {
				t.Errorf("taken: %+v, %v, %v", got, ok, err)
			}
		}
		not(at(0), at(0)) // it waits
		want := o
		want.State, want.Taken, want.Tried, want.Tries, want.At = bot.OccurrenceSending, at(1), at(1), 1, at(1)
		first := take(t, db, o, at(1))
		if !reflect.DeepEqual(first, want) {
			t.Errorf("got %+v\nwant %+v", first, want)
		}
		not(at(2), at(1)) // it is being sent

		stolen, ok, err := db.TakeOccurrence(ctx, o, at(9), at(5)) // whoever had it is gone
		want.Taken, want.Tries, want.At = at(9), 2, at(9)
		if err != nil || !ok || !reflect.DeepEqual(stolen, want) {
			t.Errorf("got %+v, %v, %v\nwant %+v", stolen, ok, err, want)
		}
		first.State, first.Ref = bot.OccurrencePosted, "m1"
		if err := db.SaveOccurrence(ctx, first, at(1), at(9)); !errors.Is(err, bot.ErrConflict) {
			t.Errorf("who was taken for gone has saved: %v", err)
		}

		back := stolen // it is known not to be shown
		back.State, back.Taken, back.Tried, back.Why = bot.OccurrenceNew, at(20), time.Time{}, "busy"
		if err := db.SaveOccurrence(ctx, back, stolen.Taken, at(10)); err != nil {
			t.Fatal(err)
		}
		if err := db.SaveOccurrence(ctx, back, stolen.Taken, at(10)); !errors.Is(err, bot.ErrConflict) {
			t.Errorf("saved twice: %v", err)
		}
		back.At = at(10)
		if got, err := db.Occurrence(ctx, "s1", "2026-03-02", ""); err != nil || !reflect.DeepEqual(got, back) {
			t.Errorf("got %+v, %v\nwant %+v", got, err, back)
		}

		last := take(t, db, o, at(20))
		if !last.Tried.Equal(at(20)) || last.Tries != 3 {
			t.Errorf("tried %v, %d times", last.Tried, last.Tries)
		}
		done := last
		done.State, done.Ref, done.Lead, done.Why = bot.OccurrencePosted, "m2", "l", strings.Repeat("é", 1000)
		if err := db.SaveOccurrence(ctx, done, last.Taken, at(21)); err != nil {
			t.Fatal(err)
		}
		got, err := db.Occurrence(ctx, "s1", "2026-03-02", "")
		done.Why, done.At = strings.Repeat("é", bot.MaxKeptText), at(21)
		if err != nil || !reflect.DeepEqual(got, done) {
			t.Errorf("got %+v, %v\nwant %+v", got, err, done)
		}
		not(at(99), at(99)) // it is done
		if _, err := db.Occurrence(ctx, "s1", "2026-03-02", "answer"); !errors.Is(err, bot.ErrNotFound) {
			t.Errorf("another: %v", err)
		}
	})
}

func TestOccurrencesOfASubscription(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		for _, day := range []string{"2025-12-31", "2026-01-02", "2026-01-01"} {
			put(t, db, occurrence("s1", day), occurrence("s2", day))
		}
		if got := days(t)(db.Occurrences(t.Context(), "s1", 2)); got != "s1/02 s1/01" {
			t.Error(got)
		}
		if got := days(t)(db.Occurrences(t.Context(), "s1", 9)); got != "s1/02 s1/01 s1/31" {
			t.Error(got)
		}
	})
}
