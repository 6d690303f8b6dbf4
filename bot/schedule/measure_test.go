package schedule_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

// tally is a bot.Meter that adds up.
type tally struct {
	mu     sync.Mutex
	counts map[string]float64
}

func (a *tally) Count(m bot.Metric, n int, labels ...string) { a.add(m, float64(n), labels) }

func (a *tally) Observe(m bot.Metric, value float64, labels ...string) { a.add(m, value, labels) }

func (a *tally) add(m bot.Metric, value float64, labels []string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.counts[bot.Metrics()[m].Name+" "+strings.Join(labels, " ")] += value
}

// TestPostsAreMeasured: one that comes after two attempts, one that is refused, and two that were missed.
func TestPostsAreMeasured(t *testing.T) {
	inWorld(t, "2026-11-26T08:00:00Z", func(w *world) {
		m := &tally{counts: map[string]float64{}}
		w.down()
		w.options.Meter = m
		w.up()
		w.says("/schedule anniversaries 9:00 UTC")
		attempts := 0
		w.place.fails(func(bot.Target, string) error {
			if attempts++; attempts == 1 {
				return errNetwork
			}
			return nil
		})
		w.until("2026-11-26T10:00:00Z")
		w.place.fails(func(bot.Target, string) error { return bot.ErrForbidden })
		w.until("2026-11-27T10:00:00Z")
		w.place.fails(nil)
		w.leap("2026-11-30T08:00:00Z")
		w.until("2026-11-30T08:10:00Z")
		w.want("2026-11-26 posted, 2026-11-27 refused, 2026-11-28 missed, 2026-11-29 missed", 1)
		for name, want := range map[string]float64{"whowon_posts_due_total place": 2, "whowon_posts_total place posted": 1,
			"whowon_posts_total place refused": 1, "whowon_posts_total place missed": 2, "whowon_post_retries_total place": 1} {
			if m.counts[name] != want {
				t.Errorf("%s is %v, want %v", name, m.counts[name], want)
			}
		}
		if late := m.counts["whowon_post_late_seconds place"]; late < 1 || late > 2 { // the first pause is a second
			t.Errorf("the post was %v seconds late", late)
		}
	})
}

// TestTheOutboxTellsItsAge, also of what nobody has looked at yet, and is empty once all has ended.
func TestTheOutboxTellsItsAge(t *testing.T) {
	inWorld(t, "2026-11-26T08:00:00Z", func(w *world) {
		outbox := func() string {
			w.t.Helper()
			n, since, err := w.db.Outbox(w.t.Context(), "place", w.now())
			if err != nil {
				w.t.Fatal(err)
			}
			if since.IsZero() {
				return fmt.Sprint(n)
			}
			return fmt.Sprint(n, " since ", since.Format(time.TimeOnly))
		}
		w.says("/schedule anniversaries 9:00 UTC")
		w.until("2026-11-26T08:59:00Z")
		before := outbox()
		w.place.fails(func(bot.Target, string) error { return errNetwork })
		w.until("2026-11-26T09:05:00Z")
		failing := outbox()
		w.place.fails(nil)
		w.until("2026-11-26T09:10:00Z")
		shown := outbox()
		w.down()
		w.until("2026-11-27T09:07:00Z")
		away := outbox()
		w.up()
		synctest.Wait()
		w.until("2026-11-27T09:08:00Z")
		if got := strings.Join([]string{before, failing, shown, away, outbox()}, ", "); got !=
			"0, 1 since 09:00:00, 0, 1 since 09:00:00, 0" {
			t.Errorf("the outbox was %s", got)
		}
	})
}
