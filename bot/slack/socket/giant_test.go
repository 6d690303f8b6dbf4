package socket_test

import (
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot/slack/slacktest"
)

// TestGiantFrame sends a frame of 64 MiB, and one that is a million levels deep: neither is taken, and what comes after is.
func TestGiantFrame(t *testing.T) {
	bubble(t, slacktest.SocketOptions{}, func(t *testing.T, r *rig) {
		o := r.options()
		o.Connections = 1
		stop := r.run(o)
		r.connected(1)
		giant := `{"envelope_id":"e1","type":"events_api","payload":{"x":"` + strings.Repeat("x", 64<<20) + `"}}`
		deep := `{"envelope_id":"e2","type":"events_api","payload":` + strings.Repeat(`[`, 1<<20) + strings.Repeat(`]`, 1<<20) + `}`
		for _, frame := range []string{giant, deep} {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			r.s.Garbage(frame)
			synctest.Wait()
			runtime.ReadMemStats(&after)
			// The Slack of the test makes one copy of what it sends.
			if grown := int64(after.TotalAlloc-before.TotalAlloc) - int64(len(frame)); grown > 32<<20 {
				t.Errorf("a frame of %d MiB takes %d MiB", len(frame)>>20, grown>>20)
			}
			time.Sleep(time.Minute)
			r.connected(1)
		}
		before := len(r.received())
		r.event(1)
		synctest.Wait()
		if n := len(r.received()); n != before+1 {
			t.Errorf("%d envelopes came after that, of 1", n-before)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}
