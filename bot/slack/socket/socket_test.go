package socket_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot/slack/slacktest"
	"github.com/whowon-bot/whowon/bot/slack/socket"
)

func TestEnvelopesAreHandedOnAndAnswered(t *testing.T) {
	bubble(t, slacktest.SocketOptions{}, func(t *testing.T, r *rig) {
		stop := r.run(r.options())
		r.connected(2)
		var results []error
		r.set(func(e socket.Envelope, ack func([]byte) error) {
			results = append(results, ack(make([]byte, 20<<10)), ack([]byte(`{"text":"hi"}`)), ack(nil))
		})
		var answer string
		r.s.Deliver("slash_commands", []byte(`{"command":"/who","text":"a\"}b"}`), func(a json.RawMessage, err error) { answer = fmt.Sprint(string(a), err) })
		synctest.Wait()
		r.s.Deliver("interactive", []byte(`{"type":"block_actions"}`), nil)
		synctest.Wait()
		got := r.received()
		if len(got) != 2 || got[0].Type != "slash_commands" || !got[0].AcceptsResponse || string(got[0].Payload) != `{"command":"/who","text":"a\"}b"}` ||
			got[1].AcceptsResponse || got[1].ID == "" || got[1].ID == got[0].ID {
			t.Errorf("got %+v", got)
		}
		want := []error{socket.ErrTooLarge, nil, socket.ErrAcked, socket.ErrNoResponse, socket.ErrAcked, socket.ErrAcked}
		for i, err := range results {
			if !errors.Is(err, want[i]) {
				t.Errorf("acknowledgement %d: %v, want %v", i, err, want[i])
			}
		}
		if answer != `{"text":"hi"}<nil>` || len(r.s.DeliveryFaults()) != 0 || r.s.Unacked() != 0 || r.stats.Envelopes.Load() != 2 {
			t.Errorf("answered %q, faults %q", answer, r.s.DeliveryFaults())
		}
		if err := stop(); err != nil {
			t.Errorf("Run: %v", err)
		}
		synctest.Wait()
		if r.s.Connections() != 0 || r.stats.Live.Load() != 0 {
			t.Error("a connection is left")
		}
	})
}

func TestOrderOfAConnectionIsKept(t *testing.T) {
	bubble(t, slacktest.SocketOptions{}, func(t *testing.T, r *rig) {
		o := r.options()
		o.Connections = 1
		r.run(o)
		for i := range 1000 {
			r.event(i)
		}
		r.eventually("all are acknowledged", func() bool { return r.s.Unacked() == 0 })
		for i, e := range r.received() {
			if string(e.Payload) != string(payload(i)) {
				t.Fatalf("%s came when event %d was next", e.Payload, i)
			}
		}
		r.wantAll(1000)
	})
}

// refreshing sends events while all connections are exchanged every 200 ms.
func refreshing(t *testing.T, r *rig, n int) {
	t.Helper()
	stop := r.run(r.options())
	r.connected(2)
	end := r.s.RefreshEvery(200 * time.Millisecond)
	for i := range n {
		r.event(i)
		time.Sleep(time.Millisecond)
	}
	end()
	r.eventually("all are acknowledged", func() bool { return r.s.Unacked() == 0 })
	r.wantAll(n)
	if hellos := r.s.Hellos(); hellos < 6 {
		t.Errorf("%d hellos, want many", hellos)
	}
	if d := r.stats.Retries.Load(); d > 0 {
		t.Logf("%d of %d came again", d, n)
	}
	if err := stop(); err != nil {
		t.Errorf("Run: %v", err)
	}
}

func TestNothingIsLostWhenConnectionsAreExchanged(t *testing.T) {
	bubble(t, slacktest.SocketOptions{}, func(t *testing.T, r *rig) {
		refreshing(t, r, 5000)
		if d := r.stats.Retries.Load(); d > 0 {
			t.Errorf("%d came again, though everything was acknowledged at once", d)
		}
	})
}

func TestNothingIsLostOverSockets(t *testing.T) {
	refreshing(t, overSockets(t, slacktest.SocketOptions{}), 1500)
}

func TestNewConnectionComesBeforeTheOldIsLeft(t *testing.T) {
	bubble(t, slacktest.SocketOptions{Grace: 10 * time.Second}, func(t *testing.T, r *rig) {
		o := r.options()
		o.Connections = 1
		r.run(o)
		r.connected(1)
		r.s.Refresh()
		time.Sleep(time.Second)
		synctest.Wait()
		if n := r.s.Connections(); n != 2 {
			t.Errorf("%d connections after the warning, want both", n)
		}
		for i := range 10 {
			r.event(i)
		}
		synctest.Wait()
		r.wantAll(10)
		time.Sleep(time.Minute)
		synctest.Wait()
		if n := r.s.Connections(); n != 1 || r.s.Hellos() != 2 {
			t.Errorf("%d connections, %d hellos after the exchange", n, r.s.Hellos())
		}
	})
}

func TestHastyExchangesAreSlowedDown(t *testing.T) {
	bubble(t, slacktest.SocketOptions{Grace: time.Millisecond}, func(t *testing.T, r *rig) {
		o := r.options()
		o.Connections = 1
		r.run(o)
		r.connected(1)
		defer r.s.RefreshEvery(time.Millisecond)()
		time.Sleep(10 * time.Second)
		if n := r.s.Hellos(); n < 100 || n > 201 {
			t.Errorf("%d connections in 10 seconds, want about 20 a second", n)
		}
	})
}

func TestOldConnectionIsLeftWhenSlackDoesNotCloseIt(t *testing.T) {
	bubble(t, slacktest.SocketOptions{Grace: time.Hour}, func(t *testing.T, r *rig) {
		o := r.options()
		o.Connections = 1
		r.run(o)
		r.connected(1)
		r.s.Refresh()
		time.Sleep(20 * time.Second)
		synctest.Wait()
		if n := r.s.Connections(); n != 1 || r.s.Hellos() != 2 {
			t.Errorf("%d connections, %d hellos", n, r.s.Hellos())
		}
	})
}

func TestDroppedConnectionsAreReplacedAtOnce(t *testing.T) {
	bubble(t, slacktest.SocketOptions{}, func(t *testing.T, r *rig) {
		r.run(r.options())
		r.connected(2)
		time.Sleep(time.Minute)
		for i := range 1000 {
			if i%100 == 50 {
				r.s.Drop()
				time.Sleep(time.Minute)
			}
			r.event(i)
		}
		r.connected(2)
		r.eventually("all are acknowledged", func() bool { return r.s.Unacked() == 0 })
		r.wantAll(1000)
		start, n := time.Now(), r.s.Hellos()
		r.s.Drop()
		r.eventually("both are back", func() bool { return r.s.Hellos() == n+2 })
		if d := time.Since(start); d > 100*time.Millisecond {
			t.Errorf("the first new connections took %v", d)
		}
	})
}

func TestZombieIsNoticed(t *testing.T) {
	bubble(t, slacktest.SocketOptions{}, func(t *testing.T, r *rig) {
		r.run(r.options())
		r.connected(2)
		time.Sleep(3 * time.Second)
		r.s.Freeze(true)
		r.s.Freeze(false)
		r.event(0)
		start := time.Now()
		r.connected(2)
		if d := time.Since(start); d > 40*time.Second {
			t.Errorf("the zombies were noticed after %v", d)
		}
		r.eventually("it is acknowledged", func() bool { return r.s.Unacked() == 0 })
		r.wantAll(1)
		if !strings.Contains(r.logged(), "ping was not answered") {
			t.Errorf("logged is %s", r.logged())
		}
	})
}

func TestQuietConnectionIsNoZombie(t *testing.T) {
	bubble(t, slacktest.SocketOptions{PingEvery: -1}, func(t *testing.T, r *rig) {
		r.run(r.options())
		r.connected(2)
		time.Sleep(24 * time.Hour)
		if r.s.Hellos() != 2 {
			t.Errorf("%d hellos in a quiet day", r.s.Hellos())
		}
	})
}

func TestGarbageIsDropped(t *testing.T) {
	bubble(t, slacktest.SocketOptions{}, func(t *testing.T, r *rig) {
		r.run(r.options())
		r.connected(2)
		r.s.Garbage("", "secret garbage", "{", "[]", "null", `{"type":7}`, `{"type":"events_api"}`, `{"envelope_id":"x"}`, `{"type":"hello"}`)
		r.event(0)
		synctest.Wait()
		r.wantAll(1)
		if n := r.stats.Malformed.Load(); n != 2*8 || r.s.Hellos() != 2 {
			t.Errorf("%d frames were malformed, want 16", n)
		}
		if strings.Contains(r.logged(), "secret garbage") || !strings.Contains(r.logged(), "malformed frame") {
			t.Errorf("logged is %s", r.logged())
		}
	})
}

func TestPanicCostsOneEnvelope(t *testing.T) {
	bubble(t, slacktest.SocketOptions{}, func(t *testing.T, r *rig) {
		r.run(r.options())
		r.connected(2)
		var once atomic.Bool
		r.set(func(_ socket.Envelope, ack func([]byte) error) {
			if !once.Swap(true) {
				panic("secret words")
			}
			_ = ack(nil)
		})
		for i := range 10 {
			r.event(i)
		}
		r.eventually("all are acknowledged", func() bool { return r.s.Unacked() == 0 })
		r.wantAll(10)
		if r.stats.Panics.Load() != 1 || r.s.Hellos() != 2 || strings.Contains(r.logged(), "secret words") {
			t.Errorf("logged is %s", r.logged())
		}
	})
}

func TestTooManyConnectionsAreTriedAgainSlowly(t *testing.T) {
	bubble(t, slacktest.SocketOptions{MaxConnections: 1}, func(t *testing.T, r *rig) {
		r.run(r.options())
		time.Sleep(10 * time.Minute)
		if n := len(r.opened()); n < 10 || n > 60 || r.s.Connections() != 1 || r.s.Hellos() != 1 {
			t.Errorf("%d tries in 10 minutes, %d connections", n, r.s.Connections())
		}
		r.event(0)
		synctest.Wait()
		r.wantAll(1)
	})
}

func TestAcknowledgingAfterTheEndIsAnError(t *testing.T) {
	bubble(t, slacktest.SocketOptions{}, func(t *testing.T, r *rig) {
		r.run(r.options())
		r.connected(2)
		r.set(func(socket.Envelope, func([]byte) error) {})
		r.event(0)
		synctest.Wait()
		r.s.Drop()
		synctest.Wait()
		if err := r.acks[0](nil); !errors.Is(err, socket.ErrGone) {
			t.Errorf("acknowledging after the end: %v", err)
		}
		r.eventually("it comes again", func() bool { return len(r.received()) == 2 })
		if err := r.acks[1](nil); err != nil {
			t.Errorf("acknowledging the second: %v", err)
		}
		synctest.Wait()
		r.wantAll(1)
	})
}

func TestAtTheEndThereIsASecondForAcknowledgements(t *testing.T) {
	bubble(t, slacktest.SocketOptions{}, func(t *testing.T, r *rig) {
		stop := r.run(r.options())
		r.connected(2)
		r.set(func(_ socket.Envelope, ack func([]byte) error) {
			time.AfterFunc(500*time.Millisecond, func() {
				if err := ack(nil); err != nil {
					t.Errorf("acknowledging: %v", err)
				}
			})
		})
		r.event(0)
		r.event(1)
		synctest.Wait()
		start := time.Now()
		if err := stop(); err != nil {
			t.Errorf("Run: %v", err)
		}
		if d := time.Since(start); d != 500*time.Millisecond {
			t.Errorf("Run ended after %v, want as soon as all is acknowledged", d)
		}
		synctest.Wait()
		r.wantAll(2)
	})
}

func TestTheEndDoesNotWaitForEver(t *testing.T) {
	bubble(t, slacktest.SocketOptions{}, func(t *testing.T, r *rig) {
		stop := r.run(r.options())
		r.connected(2)
		r.set(func(socket.Envelope, func([]byte) error) {})
		r.event(0)
		synctest.Wait()
		start := time.Now()
		time.AfterFunc(500*time.Millisecond, func() { r.event(1) })
		if err := stop(); err != nil || time.Since(start) != time.Second {
			t.Errorf("Run ended after %v with %v", time.Since(start), err)
		}
		if n := len(r.received()); n != 1 {
			t.Errorf("%d envelopes were handed on, want only that from before the end", n)
		}
	})
}

func TestTheEndWithDeadConnections(t *testing.T) {
	bubble(t, slacktest.SocketOptions{}, func(t *testing.T, r *rig) {
		stop := r.run(r.options())
		r.connected(2)
		r.s.Freeze(true)
		start := time.Now()
		if err := stop(); err != nil || time.Since(start) > 10*time.Second {
			t.Errorf("Run ended after %v with %v", time.Since(start), err)
		}
	})
}
