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

// subscription is one that is not stored yet, due at noon.
func subscription(id string) bot.Subscription {
	return bot.Subscription{ID: id, Guild: guild, Channel: channel, Kind: "anniversaries", Value: []byte(`{"at":"09:00"}`), Next: noon}
}

// subscribe stores a subscription.
func subscribe(t testing.TB, db *store.Store, s bot.Subscription) bot.Subscription {
	t.Helper()
	s, err := db.AddSubscription(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// subscriptionIDs are the IDs of what a query has given.
func subscriptionIDs(t *testing.T) func(all []bot.Subscription, err error) string {
	return func(all []bot.Subscription, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, s := range all {
			ids = append(ids, s.ID)
		}
		return strings.Join(ids, " ")
	}
}

func TestSubscriptionIsKept(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		if _, err := db.Subscription(ctx, "s1"); !errors.Is(err, bot.ErrNotFound) {
			t.Fatalf("an empty store has a subscription: %v", err)
		}
		want := subscription("s1")
		want.Number, want.Version = 1, 1
		got := subscribe(t, db, subscription("s1"))
		if !reflect.DeepEqual(got, want) {
			t.Errorf("added %+v\nwant %+v", got, want)
		}
		if got, err := db.Subscription(ctx, "s1"); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, %v\nwant %+v", got, err, want)
		}
		if _, err := db.AddSubscription(ctx, subscription("s1")); !errors.Is(err, bot.ErrConflict) {
			t.Errorf("two of one ID: %v", err)
		}

		change := want
		change.Channel.ID, change.Value, change.Next, change.Paused = "c2", []byte(`{"é":"\u0000"}`), time.Time{}, true
		if err := db.SaveSubscription(ctx, change); err != nil {
			t.Fatal(err)
		}
		change.Version = 2
		if got, err := db.Subscription(ctx, "s1"); err != nil || !reflect.DeepEqual(got, change) {
			t.Errorf("got %+v, %v\nwant %+v", got, err, change)
		}
		for name, s := range map[string]bot.Subscription{"an old version": want, "a missing one": {ID: "s9", Version: 1}} {
			if err := db.SaveSubscription(ctx, s); !errors.Is(err, bot.ErrConflict) {
				t.Errorf("%s is saved: %v", name, err)
			}
		}
		if got, err := db.Subscription(ctx, "s1"); err != nil || !reflect.DeepEqual(got, change) {
			t.Errorf("a conflict has written: %+v, %v", got, err)
		}
	})
}

func TestSubscriptionNumbersAreNotReused(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		for i, want := range []int{1, 2, 3} {
			if s := subscribe(t, db, subscription(fmt.Sprint("s", i+1))); s.Number != want {
				t.Errorf("number %d, want %d", s.Number, want)
			}
		}
		other := subscription("t1")
		other.Guild.ID = "g2"
		if s := subscribe(t, db, other); s.Number != 1 {
			t.Errorf("another guild begins at %d", s.Number)
		}
		if err := errors.Join(db.DeleteSubscription(ctx, "s1"), db.DeleteSubscription(ctx, "s3")); err != nil {
			t.Fatal(err)
		}
		if s := subscribe(t, db, subscription("s4")); s.Number != 4 {
			t.Errorf("a number was given again: %d", s.Number)
		}
		if got := subscriptionIDs(t)(db.Subscriptions(ctx, guild)); got != "s2 s4" {
			t.Errorf("of the guild %q", got)
		}
		if _, err := db.AddSubscription(ctx, subscription("s3")); !errors.Is(err, bot.ErrConflict) {
			t.Errorf("the ID of a deleted one: %v", err)
		}
	})
}

func TestSubscriptionsOfPlatforms(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx, ids := t.Context(), subscriptionIDs(t)
		at := func(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }
		for i, s := range []struct {
			platform string
			next     time.Time
			paused   bool
		}{
			{"discord", at(3), false}, {"discord", at(1), false}, {"slack", at(2), false}, {"slack", at(0), true},
			{"discord", time.Time{}, false}, {"slack", at(4), false}, {"console", at(0), false}, {"slack", at(2), false},
		} {
			sub := subscription(fmt.Sprint("s", i))
			sub.Guild.Platform, sub.Channel.Platform, sub.Next, sub.Paused = s.platform, s.platform, s.next, s.paused
			subscribe(t, db, sub)
		}
		if err := db.DeleteSubscription(ctx, "s7"); err != nil {
			t.Fatal(err)
		}
		both := []string{"slack", "discord"}
		for _, tt := range []struct{ name, got, want string }{
			{"all", ids(db.AllSubscriptions(ctx)), "s6 s0 s1 s4 s2 s3 s5"},
			{"of Slack", ids(db.AllSubscriptions(ctx, "slack")), "s2 s3 s5"},
			{"of two", ids(db.AllSubscriptions(ctx, "console", "discord")), "s6 s0 s1 s4"},
			{"due on time", ids(db.SubscriptionsDue(ctx, both, at(3), 10)), "s1 s2 s0"},
			{"due later", ids(db.SubscriptionsDue(ctx, both, at(60), 10)), "s1 s2 s0 s5"},
			{"the first two", ids(db.SubscriptionsDue(ctx, both, at(60), 2)), "s1 s2"},
			{"due on Discord", ids(db.SubscriptionsDue(ctx, []string{"discord"}, at(60), 10)), "s1 s0"},
			{"too early", ids(db.SubscriptionsDue(ctx, both, at(0), 10)), ""},
			{"of no platform", ids(db.SubscriptionsDue(ctx, nil, at(60), 10)), ""},
		} {
			if tt.got != tt.want {
				t.Errorf("%s: got %q, want %q", tt.name, tt.got, tt.want)
			}
		}
	})
}

func TestDeleteSubscription(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		s, other := subscribe(t, db, subscription("s1")), subscribe(t, db, subscription("s2"))
		beside := occurrence("s1", "2026-03-02")
		beside.What = "answer"
		claim(t, db, 4, bot.Claim{Subscription: s, Next: noon.AddDate(0, 0, 1), Occurrences: []bot.Occurrence{
			occurrence("s1", "2026-03-01"), occurrence("s1", "2026-03-02"), beside,
		}}, bot.Claim{Subscription: other, Next: noon.AddDate(0, 0, 1), Occurrences: []bot.Occurrence{occurrence("s2", "2026-03-02")}})
		take(t, db, occurrence("s1", "2026-03-01"), noon)
		if err := db.DeleteSubscription(ctx, "s1"); err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			o     bot.Occurrence
			state bot.OccurrenceState
			why   string
		}{
			{occurrence("s1", "2026-03-01"), bot.OccurrenceSending, ""},
			{occurrence("s1", "2026-03-02"), bot.OccurrenceDropped, "the schedule was deleted"},
			{beside, bot.OccurrenceNew, ""},
			{occurrence("s2", "2026-03-02"), bot.OccurrenceNew, ""},
		} {
			o, err := db.Occurrence(ctx, tt.o.Subscription, tt.o.Day, tt.o.What)
			if err != nil || o.State != tt.state || o.Why != tt.why {
				t.Errorf("%s %s %q: %q, %q, %v", tt.o.Subscription, tt.o.Day, tt.o.What, o.State, o.Why, err)
			}
		}
		_, err1 := db.Subscription(ctx, "s1")
		s.Next = noon.AddDate(0, 0, 1)
		for doing, err := range map[string]error{"load": err1, "delete": db.DeleteSubscription(ctx, "s1"),
			"delete another": db.DeleteSubscription(ctx, "s9")} {
			if !errors.Is(err, bot.ErrNotFound) {
				t.Errorf("%s: %v", doing, err)
			}
		}
		if err := db.SaveSubscription(ctx, s); !errors.Is(err, bot.ErrConflict) {
			t.Errorf("a deleted one is saved: %v", err)
		}
		if got := subscriptionIDs(t)(db.SubscriptionsDue(ctx, []string{"discord"}, noon.AddDate(1, 0, 0), 9)); got != "s2" {
			t.Errorf("due are %q", got)
		}
	})
}

// TestManySubscribe has eight writers add to one guild, each in a store of its own: all get numbers of their own.
func TestManySubscribe(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		first := open(t, url)
		const writers, each = 8, 5
		var wg sync.WaitGroup
		for i := range writers {
			db := open(t, url)
			wg.Go(func() {
				for j := range each {
					if _, err := db.AddSubscription(t.Context(), subscription(fmt.Sprintf("s%d/%d", i, j))); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		all, err := first.Subscriptions(t.Context(), guild)
		if err != nil || len(all) != writers*each || all[0].Number != 1 || all[len(all)-1].Number != writers*each {
			t.Errorf("%+v, %v", all, err)
		}
	})
}
