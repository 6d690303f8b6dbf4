package store_test

import (
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store"
)

func TestPurgePosts(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		const many = 1203 // more than two batches
		var old []bot.Occurrence
		for i := range many {
			o := occurrence(fmt.Sprint("s", i), "2026-03-02")
			o.State = bot.OccurrencePosted
			old = append(old, o)
		}
		waits, sending, young := occurrence("waits", "2026-03-02"), occurrence("sending", "2026-03-02"), occurrence("young", "2026-03-02")
		later := noon.Add(time.Hour)
		young.Due, young.State = later, bot.OccurrencePosted
		put(t, db, append(old, waits, sending, young)...)
		take(t, db, sending, noon)
		if got, err := db.Purge(ctx, bot.Retention{Rounds: later, Effects: later, Attempts: later}); err != nil || got["occurrences"] != 0 {
			t.Errorf("without a limit %v, %v", got, err)
		}
		want := bot.Counts{"occurrences": many, "dailies": 0}
		if got, err := db.Purge(ctx, bot.Retention{Posts: later}); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("purged %v, %v; want %v", got, err, want)
		}
		for _, o := range []bot.Occurrence{waits, sending, young} {
			if _, err := db.Occurrence(ctx, o.Subscription, o.Day, ""); err != nil {
				t.Error(err)
			}
		}
	})
}

func TestPurgeDailies(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		for _, id := range []string{"s1", "gone"} {
			subscribe(t, db, subscription(id))
		}
		answered := func(d bot.Daily, players ...string) {
			openDaily(t, db, d)
			for _, p := range players {
				if err := db.Answer(ctx, pick(d, p, 1)); err != nil {
					t.Fatal(err)
				}
			}
		}
		answered(daily("s1", 1), "ada", "bob") // goes
		answered(daily("s1", 2), "ada")        // its answer was not told
		answered(daily("s1", 3))               // goes
		answered(daily("s1", 4), "ada", "bob") // closes too late
		answered(daily("s1", 5), "cyd")
		answered(daily("gone", 1), "ada") // goes, though it is the last
		for _, d := range []bot.Daily{daily("s1", 1), daily("s1", 3), daily("s1", 4), daily("s1", 5), daily("gone", 1)} {
			if err := db.RevealDaily(ctx, d.ID); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.DeleteSubscription(ctx, "gone"); err != nil {
			t.Fatal(err)
		}
		posts := bot.Retention{Posts: daily("", 4).Closes}
		want := bot.Counts{"occurrences": 0, "dailies": 3, "picks": 3}
		if got, err := db.Purge(ctx, posts); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("purged %v, %v; want %v", got, err, want)
		}
		if got := dailyIDs(t)(db.Dailies(ctx, "s1", 9)); got != "s1/05 s1/04 s1/02" {
			t.Errorf("left are %q", got)
		}
		if p, err := db.Picks(ctx, daily("s1", 4).ID); err != nil || len(p) != 2 {
			t.Errorf("answers of a question that stays: %v, %v", p, err)
		}
		if _, err := db.PickOf(ctx, daily("s1", 1).ID, "bob"); !errors.Is(err, bot.ErrNotFound) {
			t.Errorf("an answer to a question that is gone: %v", err)
		}

		// The last stays, however old: the next counts on from it.
		posts.Posts = noon.AddDate(1, 0, 0)
		want = bot.Counts{"occurrences": 0, "dailies": 1, "picks": 2}
		if got, err := db.Purge(ctx, posts); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("purged %v, %v; want %v", got, err, want)
		}
		if d := openDaily(t, db, daily("s1", 9)); d.Number != 6 {
			t.Errorf("the next has number %d", d.Number)
		}
	})
}
