package store_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

// daily is a question of a subscription for a day of March 2026, which closes at noon of the next.
func daily(subscription string, day int) bot.Daily {
	date := time.Date(2026, 3, day, 12, 0, 0, 0, time.UTC)
	d := bot.Daily{Guild: guild, Channel: channel, Subscription: subscription, Day: date.Format(time.DateOnly),
		Question: []byte(`{"prompt":"Who?"}`), QuestionID: fmt.Sprint("q/", subscription, "/", day), Closes: date.AddDate(0, 0, 1)}
	d.ID = d.Subscription + "/" + d.Day
	return d
}

func openDaily(t testing.TB, db *store.Store, d bot.Daily) bot.Daily {
	t.Helper()
	d, err := db.OpenDaily(t.Context(), d, noon)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// dailyIDs are the IDs of what a query has given.
func dailyIDs(t *testing.T) func(all []bot.Daily, err error) string {
	return func(all []bot.Daily, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, d := range all {
			ids = append(ids, strings.Replace(d.ID, "2026-03-", "", 1))
		}
		return strings.Join(ids, " ")
	}
}

func TestDailyIsOpened(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		if _, err := db.Daily(ctx, "s1/2026-03-02"); !errors.Is(err, bot.ErrNotFound) {
			t.Errorf("an empty store has a question: %v", err)
		}
		first := daily("s1", 2)
		got := openDaily(t, db, first)
		want := first
		want.Number, want.Open = 1, true
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v\nwant %+v", got, want)
		}
		openDaily(t, db, daily("other", 2))
		second := openDaily(t, db, daily("s1", 3))
		if second.Number != 2 || second.Reveals != first.ID || !second.Open {
			t.Errorf("the second is %+v", second)
		}
		if d, err := db.Daily(ctx, first.ID); err != nil || d.Open || d.Revealed {
			t.Errorf("the first is %+v, %v", d, err)
		}
		if d, err := db.Daily(ctx, "other/2026-03-02"); err != nil || !d.Open || d.Number != 1 || d.Reveals != "" {
			t.Errorf("that of another subscription is %+v, %v", d, err)
		}

		// Both are opened again, by who does not know that they are there.
		again := first
		again.Question, again.QuestionID, again.Closes = []byte(`"another"`), "q/another", noon
		want.Open = false
		if got := openDaily(t, db, again); !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v\nwant %+v", got, want)
		}
		if got := openDaily(t, db, daily("s1", 3)); !reflect.DeepEqual(got, second) {
			t.Errorf("got %+v\nwant %+v", got, second)
		}
		asked, err := db.Asked(ctx, channel)
		if want := []string{"q/other/2", "q/s1/2", "q/s1/3"}; err != nil || !reflect.DeepEqual(asked, want) {
			t.Errorf("asked %q, %v; want %q", asked, err, want)
		}
		nameless := daily("s1", 9)
		nameless.QuestionID = ""
		openDaily(t, db, nameless)
		if again, err := db.Asked(ctx, channel); err != nil || !reflect.DeepEqual(asked, again) {
			t.Errorf("asked %q, %v", again, err)
		}
	})
}

func TestDailyRevealsTheOneBefore(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		for _, tt := range []struct {
			day     int
			reveals string
			then    string // is told
		}{
			{5, "", ""},
			{6, "s1/05", "s1/05"},
			{7, "s1/06", "s1/07"}, // its own answer is told, and that of the one before is not
			{8, "s1/06", ""},
			{4, "", ""}, // late
			{9, "s1/08", ""},
		} {
			d := openDaily(t, db, daily("s1", tt.day))
			if got := strings.Replace(d.Reveals, "2026-03-", "", 1); got != tt.reveals {
				t.Errorf("that of the %d. reveals %q, want %q", tt.day, got, tt.reveals)
			}
			if tt.then != "" {
				if err := db.RevealDaily(t.Context(), strings.Replace(tt.then, "/", "/2026-03-", 1)); err != nil {
					t.Fatal(err)
				}
			}
		}
		if got := dailyIDs(t)(db.Dailies(t.Context(), "s1", 4)); got != "s1/09 s1/04 s1/08 s1/07" {
			t.Errorf("the last four are %q", got)
		}
	})
}

func TestDailyIsClosedAndRevealed(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx, ids := t.Context(), dailyIDs(t)
		for day := range 4 {
			d := daily(fmt.Sprint("s", day), 4-day)
			if day == 3 {
				d.Guild.Platform, d.Channel.Platform = "slack", "slack"
			}
			openDaily(t, db, d)
		}
		never := daily("never", 1)
		never.Closes = time.Time{}
		openDaily(t, db, never)
		if err := errors.Join(db.CloseDaily(ctx, "s0/2026-03-04"), db.CloseDaily(ctx, "s0/2026-03-04"),
			db.RevealDaily(ctx, "s1/2026-03-03"), db.RevealDaily(ctx, "s1/2026-03-03")); err != nil {
			t.Fatal(err)
		}
		for id, want := range map[string][2]bool{"s0/2026-03-04": {false, false}, "s1/2026-03-03": {false, true}, "s2/2026-03-02": {true, false}} {
			if d, err := db.Daily(ctx, id); err != nil || d.Open != want[0] || d.Revealed != want[1] {
				t.Errorf("%s: %+v, %v", id, d, err)
			}
		}
		both, late := []string{"discord", "slack"}, time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)
		for _, tt := range []struct{ name, got, want string }{
			{"all", ids(db.DailiesDue(ctx, both, late, 9)), "s3/01 s2/02 s0/04"},
			{"the oldest", ids(db.DailiesDue(ctx, both, late, 1)), "s3/01"},
			{"earlier", ids(db.DailiesDue(ctx, both, late.Add(-time.Microsecond), 9)), "s3/01 s2/02"},
			{"of Discord", ids(db.DailiesDue(ctx, []string{"discord"}, late, 9)), "s2/02 s0/04"},
		} {
			if tt.got != tt.want {
				t.Errorf("%s: got %q, want %q", tt.name, tt.got, tt.want)
			}
		}
		for _, err := range []error{db.CloseDaily(ctx, "s9"), db.RevealDaily(ctx, "s9")} {
			if !errors.Is(err, bot.ErrNotFound) {
				t.Error(err)
			}
		}
	})
}

// TestManyOpenDailies has eight writers open the same ten questions of one subscription: each is there once, numbers do not
// repeat, and one is open.
// TestDailyIsDropped: a question that was not shown leaves nothing, and the next one tells the answer to the one before.
func TestDailyIsDropped(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		openDaily(t, db, daily("s1", 2))
		lost := openDaily(t, db, daily("s1", 3))
		if err := db.Answer(ctx, bot.Pick{Daily: lost.ID, Player: "ada", At: noon}); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := db.DropDaily(ctx, lost.ID); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := db.Daily(ctx, lost.ID); !errors.Is(err, bot.ErrNotFound) {
			t.Errorf("the question: %v", err)
		}
		if picks, err := db.Picks(ctx, lost.ID); err != nil || len(picks) > 0 {
			t.Errorf("its answers: %v, %v", picks, err)
		}
		if next := openDaily(t, db, daily("s1", 4)); next.Reveals != "s1/2026-03-02" {
			t.Errorf("the next one reveals %q", next.Reveals)
		}
	})
}

func TestManyOpenDailies(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		const writers, many = 8, 10
		var wg sync.WaitGroup
		first := open(t, url)
		for i := range writers {
			db := open(t, url)
			wg.Go(func() {
				for j := range many {
					if _, err := db.OpenDaily(t.Context(), daily("s1", 1+(i+j)%many), noon); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		all, err := first.Dailies(t.Context(), "s1", 2*many)
		if err != nil || len(all) != many {
			t.Fatalf("%d questions, %v", len(all), err)
		}
		for i, d := range all {
			if d.Number != many-i || d.Open != (i == 0) {
				t.Errorf("%s has number %d, open %v", d.ID, d.Number, d.Open)
			}
		}
	})
}
