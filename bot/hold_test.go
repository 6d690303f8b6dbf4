package bot_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

// TestHold: what is held is renewed, let go when somebody else has taken it or the store is silent, and by the clock where
// nothing else could run.
func TestHold(t *testing.T) {
	down := errors.New("the database does not answer")
	for _, tt := range []struct {
		name  string
		renew func(n int) (bool, error) // the n-th time, from 1
		lost  time.Duration             // when; 0 is not within a minute
		times int                       // within a minute
	}{
		{"renewed", func(int) (bool, error) { return true, nil }, 0, 29},
		{"taken over", func(n int) (bool, error) { return n < 3, nil }, 3 * bot.HoldEvery, 3},
		{"silent", func(int) (bool, error) { return false, down }, bot.HoldFor, 3},
		{"silent for a while", func(n int) (bool, error) {
			if n < 4 {
				return false, down
			}
			return true, nil
		}, bot.HoldFor, 3},
		{"silent later", func(n int) (bool, error) {
			if n > 2 {
				return false, down
			}
			return true, nil
		}, 2*bot.HoldEvery + bot.HoldFor, 5},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began, n := time.Now(), 0
				h := bot.NewHold(t.Context(), began, func(context.Context) (bool, error) { n++; return tt.renew(n) })
				select {
				case <-h.Context().Done():
				case <-time.After(time.Minute - time.Second):
				}
				synctest.Wait()
				lost := h.Err() != nil
				if took := time.Since(began); lost != (tt.lost > 0) || lost && took != tt.lost || n != tt.times {
					t.Errorf("after %v and %d renewals it is lost: %v", took, n, lost)
				}
				if lost && !errors.Is(context.Cause(h.Context()), bot.ErrHoldLost) {
					t.Errorf("the context ended for %v", context.Cause(h.Context()))
				}
				h.End()
				before := n
				time.Sleep(time.Minute)
				if n != before {
					t.Error("it is renewed after its end")
				}
			})
		})
	}
}

// TestHoldKnowsByTheClock: who asks right before a request knows that the hold is lost, though nothing could run meanwhile:
// here the renewal hangs, as everything does in a program that is stopped.
func TestHoldKnowsByTheClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := bot.NewHold(t.Context(), time.Now().Add(-bot.HoldFor), func(context.Context) (bool, error) { return true, nil })
		if h.Err() == nil {
			t.Error("what was taken long ago is held")
		}
		h.End()
		h = bot.NewHold(t.Context(), time.Now(), func(ctx context.Context) (bool, error) { <-ctx.Done(); return false, ctx.Err() })
		time.Sleep(bot.HoldFor - time.Millisecond)
		if err := h.Err(); err != nil {
			t.Error(err)
		}
		time.Sleep(time.Millisecond)
		if h.Err() == nil {
			t.Error("it is held for longer than others wait")
		}
		h.End()
	})
}

// TestWatch: what changes is not left behind, however far the clocks of its holder and ours are apart.
func TestWatch(t *testing.T) {
	var w bot.Watch
	now := time.Now()
	for s := range 60 {
		at := now.Add(time.Duration(s) * time.Second)
		marks := map[string]string{"dead": "long ago", "live": at.AddDate(-1, 0, 0).Truncate(4 * time.Second).String()}
		if s >= 30 {
			delete(marks, "dead")
		}
		if s >= 40 {
			marks["dead"] = "long ago"
		}
		left := w.Look(at, bot.HoldOver, marks)
		over := int(bot.HoldOver / time.Second)
		if want := s >= over && s < 30 || s >= 40+over; left["dead"] != want || left["live"] {
			t.Errorf("after %d s left behind are %v", s, left)
		}
	}
}
