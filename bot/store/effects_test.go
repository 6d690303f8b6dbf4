package store_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store"
)

func TestEffects(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		commit(t, db, bot.Transition{At: noon, Round: newRound("r1"), Effects: []bot.Effect{
			{Key: "z", Kind: "ask", Payload: []byte(`{"a":1}`)},
			{Key: "a", Kind: "hint", State: bot.EffectSending},
		}})
		late := noon.Add(time.Second)
		r := newRound("r1")
		r.Version = 1
		commit(t, db, bot.Transition{At: late, Round: r, Effects: []bot.Effect{
			{Key: "z", Kind: "again"}, {Key: "m", Kind: "reveal"},
		}})
		got, err := db.PendingEffects(ctx, "discord")
		if err != nil || len(got) != 3 || got[0].Key != "z" || got[1].Key != "a" || got[2].Key != "m" {
			t.Fatalf("pending %+v, %v", got, err)
		}
		if z := got[0]; z.Kind != "ask" || string(z.Payload) != `{"a":1}` || z.State != bot.EffectNew || z.Guild != guild ||
			z.Channel != channel || !z.At.Equal(noon) || !z.Taken.IsZero() {
			t.Errorf("z is %+v", z)
		}
		if a := got[1]; a.State != bot.EffectSending || !a.Taken.Equal(noon) {
			t.Errorf("a is %+v", a)
		}
		take := func(key string, at, stale time.Time, want bool) {
			t.Helper()
			if ok, err := db.MarkSending(ctx, key, at, stale); err != nil || ok != want {
				t.Errorf("taking %s: %v, %v", key, ok, err)
			}
		}
		take("z", late, time.Time{}, true)
		take("z", late, time.Time{}, false)
		take("z", late.Add(time.Hour), late, false)                      // not stale yet
		take("z", late.Add(time.Hour), late.Add(time.Microsecond), true) // taken over
		take("none", late, late, false)
		if err := db.MarkNew(ctx, "z"); err != nil {
			t.Error(err)
		}
		take("z", late, time.Time{}, true)
		if _, err := db.EffectRef(ctx, "z"); !errors.Is(err, bot.ErrNotFound) {
			t.Errorf("the message of what is not sent: %v", err)
		}
		for range 2 {
			if err := db.MarkSent(ctx, "z", "m1"); err != nil {
				t.Error(err)
			}
		}
		if err := db.MarkSent(ctx, "z", "m2"); !errors.Is(err, bot.ErrConflict) {
			t.Errorf("confirmed as another message: %v", err)
		}
		if err := db.MarkSent(ctx, "none", "m2"); !errors.Is(err, bot.ErrNotFound) {
			t.Errorf("confirmed what is not there: %v", err)
		}
		if ref, err := db.EffectRef(ctx, "z"); err != nil || ref != (bot.MessageRef{Channel: channel, ID: "m1"}) {
			t.Errorf("ref %v, %v", ref, err)
		}
		if err := errors.Join(db.MarkVoid(ctx, "a"), db.MarkVoid(ctx, "z")); err != nil {
			t.Error(err)
		}
		if got, err := db.PendingEffects(ctx, "discord"); err != nil || len(got) != 1 || got[0].Key != "m" {
			t.Errorf("pending %+v, %v", got, err)
		}
		if _, err := db.EffectRef(ctx, "z"); err != nil {
			t.Errorf("what was sent is void: %v", err)
		}
	})
}

func TestEffectIsTakenOnce(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		const n, takers = 20, 4
		var effects []bot.Effect
		for i := range n {
			effects = append(effects, bot.Effect{Key: fmt.Sprint("e", i), Guild: guild, Channel: channel})
		}
		if err := db.AddEffects(t.Context(), noon, effects...); err != nil {
			t.Fatal(err)
		}
		var mu sync.Mutex
		taken := map[string]int{}
		var wg sync.WaitGroup
		for range takers {
			wg.Go(func() {
				for _, e := range effects {
					ok, err := db.MarkSending(t.Context(), e.Key, noon, time.Time{})
					if err != nil {
						t.Error(err)
					}
					if ok {
						mu.Lock()
						taken[e.Key]++
						mu.Unlock()
					}
				}
			})
		}
		wg.Wait()
		for _, e := range effects {
			if taken[e.Key] != 1 {
				t.Errorf("%s was taken %d times", e.Key, taken[e.Key])
			}
		}
	})
}
