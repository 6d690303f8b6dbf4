package schedule_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule"
	"github.com/whowon-bot/whowon/bot/schedule/plan"
	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

// TestDatabaseDown has a post due while PostgreSQL is down, and lets it crash between a post and the word that it was
// posted: when it is back the post comes, once.
func TestDatabaseDown(t *testing.T) {
	if os.Getenv(storetest.Env) == "" {
		t.Skip("no PostgreSQL")
	}
	server, err := storetest.Start()
	if err != nil {
		t.Skip("needs a server of its own, and the programs are not installed: ", err)
	}
	defer server.Stop()
	db, err := store.Open(t.Context(), server.URL, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for name, whenDue := range map[string]bool{"when it is due": true, "when it was sent": false} {
		t.Run(name, func(t *testing.T) {
			due := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
			began := time.Now().Add(2 * time.Second) // which is 9:00
			now := func() time.Time { return due.Add(time.Since(began)) }
			sub := daily(t, db, due)
			p, crashed := &place{once: time.Hour}, make(chan error, 1)
			p.fail = func(bot.Target, string) error {
				if !whenDue && p.n == 1 {
					crashed <- server.Kill()
				}
				return nil
			}
			stop := serve(t, db, p, now)
			defer stop()
			if whenDue {
				crashed <- server.Kill()
			}
			if err := <-crashed; err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Until(began.Add(6 * time.Second)))
			if err := server.Launch(); err != nil {
				t.Fatal(err)
			}
			back := time.Now()
			for posted(t, db, sub) != bot.OccurrencePosted {
				if time.Since(back) > time.Minute {
					t.Fatalf("a minute after the database is back it is %q", posted(t, db, sub))
				}
				time.Sleep(20 * time.Millisecond)
			}
			t.Logf("known as posted %v after the database was back", time.Since(back).Round(time.Millisecond))
			if p.keys() != "post/"+sub+"/2026-11-26" {
				t.Errorf("sent were %s", p.keys())
			}
			if err := db.DeleteSubscription(t.Context(), sub); err != nil {
				t.Error(err)
			}
		})
	}
}

// daily adds a subscription that is due each day from a time on, and returns its ID.
func daily(t *testing.T, db *store.Store, due time.Time) string {
	t.Helper()
	value, err := json.Marshal(map[string]any{"plan": plan.Plan{Hour: due.Hour(), Zone: "UTC"}})
	if err != nil {
		t.Fatal(err)
	}
	id := due.Format("20060102") + t.Name()[len(t.Name())-4:]
	_, err = db.AddSubscription(t.Context(), bot.Subscription{ID: id, Guild: guild, Channel: here(), Value: value, Next: due,
		Kind: (*anything)(nil).Kind()})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// serve runs a bot with a schedule.
func serve(t *testing.T, db schedule.Store, p bot.Platform, now func() time.Time) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	s := schedule.New(schedule.Options{Store: db, Contents: []schedule.Content{&anything{}}, Now: now})
	over := make(chan error, 1)
	go func() { over <- bot.New(bot.Options{Features: []bot.Feature{s}, Now: now}).Run(ctx, p) }()
	return func() {
		cancel()
		if err := <-over; err != nil {
			t.Error(err)
		}
	}
}

// posted is the state of the post of 26 November; "" where there is none.
func posted(t *testing.T, db *store.Store, sub string) bot.OccurrenceState {
	t.Helper()
	o, err := db.Occurrence(t.Context(), sub, "2026-11-26", "")
	if err != nil && !errors.Is(err, bot.ErrNotFound) {
		t.Fatal(err)
	}
	return o.State
}

// hazy is a store that takes an occurrence and does not say so, the first time.
type hazy struct {
	schedule.Store
	hazed bool
}

func (s *hazy) TakeOccurrence(ctx context.Context, o bot.Occurrence, at, stale time.Time) (bot.Occurrence, bool, error) {
	o, ok, err := s.Store.TakeOccurrence(ctx, o, at, stale)
	if !s.hazed {
		s.hazed = true
		return bot.Occurrence{}, false, errors.New("the connection was lost")
	}
	return o, ok, err
}

// TestTakenWithoutWord loses the database's answer to that a post was taken. The post was not sent, so it comes soon, also
// where the platform cannot tell whether something was shown.
func TestTakenWithoutWord(t *testing.T) {
	url := storetest.SQLite(t)
	synctest.Test(t, func(t *testing.T) {
		due := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
		time.Sleep(time.Until(due.Add(-time.Minute)))
		db, err := store.Open(t.Context(), url, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		sub, p := daily(t, db, due), &place{}
		stop := serve(t, &hazy{Store: db}, p, time.Now)
		time.Sleep(time.Minute + 10*time.Second)
		synctest.Wait()
		stop()
		if state := posted(t, db, sub); state != bot.OccurrencePosted || len(p.sent) != 1 || !p.sent[0].to.Tried.IsZero() {
			t.Errorf("it is %s, and sent were %+v", state, p.sent)
		}
	})
}
