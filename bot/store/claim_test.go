package store_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

// subscribeMany stores n subscriptions of one channel each, in ten guilds, all due at noon.
func subscribeMany(t testing.TB, url string, n int) {
	t.Helper()
	_, err := sqlDB(t, url).ExecContext(t.Context(), `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
		INSERT INTO subscriptions (id, platform, guild, number, channel, kind, version, next, paused, deleted, value)
		SELECT 's' || i, 'discord', 'g' || (i % 10), i, 'c' || i, 'anniversaries', 1, $2, 0, 0,
			'{"at":"09:00","zone":"Europe/Berlin","days":"mon-fri","topics":["oscars"]}' FROM n WHERE i <= $1`, n, noon.UnixMicro())
	if err != nil {
		t.Fatal(err)
	}
}

// claimDue claims at most n subscriptions that are due, until the next day, and returns how many there were and how many
// occurrences were new.
func claimDue(t testing.TB, db *store.Store, at time.Time, n int) (due, written int) {
	t.Helper()
	subs, err := db.SubscriptionsDue(t.Context(), []string{"discord"}, at, n)
	if err != nil {
		t.Error(err)
		return 0, 0
	}
	claims := make([]bot.Claim, len(subs))
	for i, s := range subs {
		claims[i] = bot.Claim{Subscription: s, Next: s.Next.AddDate(0, 0, 1), Occurrences: []bot.Occurrence{{Subscription: s.ID,
			Day: s.Next.Format(time.DateOnly), Guild: s.Guild, Channel: s.Channel, Due: s.Next}}}
	}
	if written, err = db.Claim(t.Context(), at, claims...); err != nil {
		t.Error(err)
	}
	return len(subs), written
}

// TestTwoClaimTheSame has two stores claim the same 1,000 subscriptions at once: each has one occurrence.
func TestTwoClaimTheSame(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		const many = 1000
		stores := []*store.Store{open(t, url), open(t, url)}
		subscribeMany(t, url, many)
		start, written := make(chan struct{}), make([]int, len(stores))
		var wg sync.WaitGroup
		for i, db := range stores {
			wg.Go(func() {
				<-start
				for {
					due, n := claimDue(t, db, noon, 50)
					if written[i] += n; due == 0 {
						return
					}
				}
			})
		}
		close(start)
		wg.Wait()
		if written[0]+written[1] != many {
			t.Errorf("written %d and %d, want %d", written[0], written[1], many)
		}
		t.Logf("written %d and %d", written[0], written[1])
		all, err := stores[0].PendingOccurrences(t.Context(), "discord", noon, noon, 2*many)
		of := map[string]bool{}
		for _, o := range all {
			of[o.Subscription] = true
		}
		if err != nil || len(all) != many || len(of) != many {
			t.Errorf("%d occurrences of %d subscriptions, %v", len(all), len(of), err)
		}
		next, err := stores[0].SubscriptionsDue(t.Context(), []string{"discord"}, noon.AddDate(0, 0, 1), 2*many)
		if err != nil || len(next) != many || !next[0].Next.Equal(noon.AddDate(0, 0, 1)) {
			t.Errorf("%d are due the next day, %v", len(next), err)
		}
	})
}

// TestEightTake has eight takers on four stores take the same occurrences: each is taken once.
func TestEightTake(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		const many, takers = 100, 8
		stores := []*store.Store{open(t, url), open(t, url), open(t, url), open(t, url)}
		var all []bot.Occurrence
		for i := range many {
			all = append(all, occurrence(fmt.Sprintf("s%03d", i), "2026-03-02"))
		}
		put(t, stores[0], all...)
		var mu sync.Mutex
		taken := map[string]int{}
		var wg sync.WaitGroup
		for i := range takers {
			db := stores[i%len(stores)]
			wg.Go(func() {
				at := noon.Add(time.Duration(i) * time.Microsecond)
				pending, err := db.PendingOccurrences(t.Context(), "discord", at, noon, many)
				if err != nil {
					t.Error(err)
				}
				for _, o := range pending {
					o, ok, err := db.TakeOccurrence(t.Context(), o, at, noon)
					if err != nil {
						t.Error(err)
					}
					if !ok {
						continue
					}
					mu.Lock()
					taken[o.Subscription]++
					mu.Unlock()
					o.State = bot.OccurrencePosted
					if err := db.SaveOccurrence(t.Context(), o, o.Taken, at); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if len(taken) != many {
			t.Errorf("%d were taken", len(taken))
		}
		for s, n := range taken {
			if n != 1 {
				t.Errorf("%s was taken %d times", s, n)
			}
		}
	})
}

// TestDeletedWhileClaimed deletes subscriptions while they are claimed: nothing of them waits to be sent.
func TestDeletedWhileClaimed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		a, b := open(t, url), open(t, url)
		const many = 200
		subscribeMany(t, url, many)
		var wg sync.WaitGroup
		wg.Go(func() {
			for due := 1; due > 0; {
				due, _ = claimDue(t, a, noon, 5)
			}
		})
		wg.Go(func() {
			for i := many; i > 0; i-- {
				if err := b.DeleteSubscription(t.Context(), fmt.Sprint("s", i)); err != nil {
					t.Error(err)
				}
			}
		})
		wg.Wait()
		if left, err := a.PendingOccurrences(t.Context(), "discord", noon, noon, many); err != nil || len(left) != 0 {
			t.Errorf("%d wait to be sent for nobody, %v", len(left), err)
		}
	})
}
