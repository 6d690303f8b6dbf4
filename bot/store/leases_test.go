package store_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

const (
	hour  = time.Hour
	brief = 30 * time.Millisecond
)

func acquire(t *testing.T, db *store.Store, name, holder string, life time.Duration) bot.Lease {
	t.Helper()
	l, err := db.AcquireLease(t.Context(), name, holder, life)
	if err != nil {
		t.Fatal(err)
	}
	if left := time.Until(l.Until); l.Name != name || l.Holder != holder || left > life+time.Second || left < life-5*time.Second {
		t.Fatalf("got %+v, with %v left", l, left)
	}
	return l
}

func held(t *testing.T, db *store.Store, prefix string) string {
	t.Helper()
	all, err := db.Leases(t.Context(), prefix)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, l := range all {
		names = append(names, l.Name+"="+l.Holder)
	}
	return strings.Join(names, " ")
}

func TestLeases(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		one, other := acquire(t, db, "shard/1", "ada", hour), acquire(t, db, "shard/2", "ben", hour)
		acquire(t, db, "x/shard/", "ada", hour)
		if _, err := db.AcquireLease(ctx, "shard/1", "ben", hour); !errors.Is(err, bot.ErrConflict) {
			t.Errorf("what is held was taken: %v", err)
		}
		if again := acquire(t, db, "shard/1", "ada", hour); again.Term != one.Term {
			t.Errorf("the term grew from %d to %d, and the holder is the same", one.Term, again.Term)
		}
		if got := held(t, db, "shard/"); got != "shard/1=ada shard/2=ben" {
			t.Error(got)
		}
		stolen := other
		stolen.Holder = "ada"
		kept, err := db.RenewLeases(ctx, 2*hour, one, stolen)
		if err != nil || len(kept) != 1 || kept[0] != one {
			t.Errorf("renewed %v, %v", kept, err)
		}
		if all, err := db.Leases(ctx, "shard/1"); err != nil || all[0].Until.Sub(one.Until) < hour {
			t.Errorf("%v, %v, want an hour more than %v", all, err, one.Until)
		}
		if err := db.ReleaseLeases(ctx, one, stolen); err != nil {
			t.Fatal(err)
		}
		if got := held(t, db, "shard/"); got != "shard/2=ben" {
			t.Error(got)
		}
		if next := acquire(t, db, "shard/1", "ben", hour); next.Term <= one.Term {
			t.Errorf("term %d after %d", next.Term, one.Term)
		}
		if kept, err := db.RenewLeases(ctx, hour, one); err != nil || len(kept) != 0 {
			t.Errorf("renewed what was given back: %v, %v", kept, err)
		}
	})
}

// TestLeaseThatIsOver goes to the next, with a greater term; what is written under the one before is refused.
func TestLeaseThatIsOver(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		old := acquire(t, db, "shard/1", "ada", brief)
		if err := db.SetHeld(ctx, old, bot.Setting{Guild: guild, Key: "k", Value: "1"}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * brief)
		if got := held(t, db, ""); got != "" {
			t.Errorf("%q is held, and is over", got)
		}
		if kept, err := db.RenewLeases(ctx, brief, old); err != nil || len(kept) != 1 {
			t.Errorf("nobody has taken it: %v, %v", kept, err)
		}
		time.Sleep(2 * brief)
		if next := acquire(t, db, "shard/1", "ben", hour); next.Term <= old.Term {
			t.Errorf("term %d after %d", next.Term, old.Term)
		}
		if kept, err := db.RenewLeases(ctx, hour, old); err != nil || len(kept) != 0 {
			t.Errorf("renewed %v, %v", kept, err)
		}
		if err := db.SetHeld(ctx, old, bot.Setting{Guild: guild, Key: "k", Value: "2"}); !errors.Is(err, bot.ErrConflict) {
			t.Errorf("written under a lease that is lost: %v", err)
		}
		if err := db.ReleaseLeases(ctx, old); err != nil {
			t.Fatal(err)
		}
		if of, _, err := db.Settings(ctx, guild, channel); err != nil || of["k"] != "1" || held(t, db, "") != "shard/1=ben" {
			t.Errorf("settings %v, %v, held %q", of, err, held(t, db, ""))
		}
	})
}

// TestOneHasTheLease of many, in stores of their own, who all ask at once, again and again.
func TestOneHasTheLease(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		var mu sync.Mutex
		terms := map[int64]string{}
		var wg sync.WaitGroup
		for n := range 4 {
			db, holder := open(t, url), fmt.Sprint("holder ", n)
			wg.Go(func() {
				for range 20 {
					l, err := db.AcquireLease(t.Context(), "shard/1", holder, hour)
					if errors.Is(err, bot.ErrConflict) {
						continue
					}
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					if by := terms[l.Term]; by != "" {
						t.Errorf("term %d was %s's, and is %s's", l.Term, by, holder)
					}
					terms[l.Term] = holder
					mu.Unlock()
					if err := db.ReleaseLeases(t.Context(), l); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if len(terms) < 10 {
			t.Errorf("%d terms", len(terms))
		}
	})
}

func TestDeliveryIsTakenOnce(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		for _, tt := range []struct {
			id   string
			want bool
		}{{"1", true}, {"2", true}, {"1", false}} {
			if got, err := db.TakeDelivery(t.Context(), tt.id); err != nil || got != tt.want {
				t.Errorf("%s: %v, %v", tt.id, got, err)
			}
		}
		acquire(t, db, "old", "ada", brief)
		acquire(t, db, "new", "ada", 2*hour)
		counts, err := db.Purge(t.Context(), bot.Retention{Effects: time.Now().Add(time.Minute)})
		if err != nil || counts["deliveries"] != 2 || counts["leases"] != 1 {
			t.Errorf("purged %v, %v", counts, err)
		}
	})
}
