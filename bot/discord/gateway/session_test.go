package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot/discord/discordtest"
	"github.com/whowon-bot/whowon/bot/discord/gateway"
)

// TestRestart: another process takes the session up, and gets what was missed between.
func TestRestart(t *testing.T) {
	bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
		n := 0
		for range 5 {
			r.identify = &gateway.Identify{}
			_, stop := r.run(r.options())
			r.live(1)
			for range 10 {
				n++
				r.tick(n)
			}
			synctest.Wait()
			if err := stop(); err != nil {
				t.Fatalf("Run returned %v", err)
			}
			n++
			r.tick(n) // while nobody is connected
			time.Sleep(time.Minute)
		}
		_, stop := r.run(r.options())
		r.live(1)
		r.wantTicks(n)
		stop()
		if r.s.Resumes() != 5 || len(r.s.Identifies()) != 1 {
			t.Errorf("%d RESUMEs and %d IDENTIFYs, want 5 and 1", r.s.Resumes(), len(r.s.Identifies()))
		}
	})
}

// TestLateRestart: a session of yesterday is not tried, which would take seconds and lead to nothing.
func TestLateRestart(t *testing.T) {
	bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
		_, stop := r.run(r.options())
		r.live(1)
		stop()
		time.Sleep(24 * time.Hour)
		begun := time.Now()
		r.identify = &gateway.Identify{}
		_, stop = r.run(r.options())
		r.live(1)
		if took := time.Since(begun); took > time.Second || r.s.Resumes() != 0 || len(r.s.Identifies()) != 2 {
			t.Errorf("connected after %v, with %d RESUMEs and %d IDENTIFYs", took, r.s.Resumes(), len(r.s.Identifies()))
		}
		stop()
	})
}

// TestCrash: after a crash, which saves nothing, only what came in the last seconds comes again.
func TestCrash(t *testing.T) {
	bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
		_, stop := r.run(r.options())
		r.live(1)
		if s := r.book.session(0); s.ID == "" || s.Seq != 1 || len(s.Identifies) != 1 {
			t.Errorf("after READY %+v was saved", s)
		}
		r.tick(1)
		time.Sleep(6 * time.Second)
		saved := r.book.session(0)
		if saved.Seq != 2 {
			t.Errorf("seconds after an event %+v was saved", saved)
		}
		r.tick(2)
		synctest.Wait()
		saves := r.book.count()
		time.Sleep(time.Hour)
		if n := r.book.count() - saves; n != 1 {
			t.Errorf("saved %d times in an hour without events, want once for the last one", n)
		}
		stop()
		r.book.saved[0] = saved // what a crash before the last save leaves
		_, stop = r.run(r.options())
		r.live(1)
		stop()
		if got := r.received(); len(got) != 3 || string(got[2].Data) != `{"n":2}` {
			t.Errorf("%d events, want the second again", len(got))
		}
	})
}

// TestOtherSettings: a session that was started with other intents, or by another number of shards, is not resumed.
func TestOtherSettings(t *testing.T) {
	bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
		for i, set := range []func(*gateway.Options){
			func(*gateway.Options) {},
			func(o *gateway.Options) { o.Intents = 3 },
			func(o *gateway.Options) { o.Intents, o.Shards = 3, 2 },
		} {
			o := r.options()
			set(&o)
			_, stop := r.run(o)
			r.live(1)
			stop()
			if r.s.Resumes() != 0 || len(r.s.Identifies()) != i+1 {
				t.Errorf("%d: %d RESUMEs and %d IDENTIFYs", i, r.s.Resumes(), len(r.s.Identifies()))
			}
			synctest.Wait()
		}
	})
}

// TestBrokenStore: a store that fails is no reason not to serve.
func TestBrokenStore(t *testing.T) {
	bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
		r.book.err = errors.New("the disk is full")
		_, stop := r.run(r.options())
		r.live(1)
		r.s.DropConnections()
		synctest.Wait()
		r.live(1)
		r.tick(1)
		synctest.Wait()
		r.wantTicks(1)
		stop()
		if r.s.Resumes() != 1 || !strings.Contains(r.logged(), "the disk is full") {
			t.Errorf("%d RESUMEs, and the log says\n%s", r.s.Resumes(), r.logged())
		}
	})
}

// TestLongReplay: missed events may take longer to come than RESUMED is waited for, as long as they come; and what comes a
// second time is not handed on.
func TestLongReplay(t *testing.T) {
	bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
		shard, stop := r.run(r.options())
		r.live(1)
		r.s.OnResume(func(int) discordtest.Fault { return discordtest.FaultSilence })
		r.s.DropConnections()
		synctest.Wait()
		for n := 1; n <= 5; n++ {
			for range 3 {
				r.s.SendRaw(fmt.Appendf(nil, `{"t":"TICK","s":%d,"op":0,"d":{"n":%d}}`, n+1, n))
			}
			time.Sleep(20 * time.Second)
			if shard.State().Connected {
				t.Fatal("connected before RESUMED came")
			}
		}
		r.s.SendRaw([]byte(`{"t":"RESUMED","s":6,"op":0,"d":{}}`)) // with a number that was there
		synctest.Wait()
		r.wantTicks(5)
		if now := shard.State(); !now.Connected || now.Connections != 2 || now.Seq != 6 {
			t.Errorf("the state is %+v", now)
		}
		stop()
	})
}

// TestResumeURL: a session is resumed at its own address, and at the common one where that cannot be reached.
func TestResumeURL(t *testing.T) {
	bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
		asked := 0
		r.url = func(context.Context) (string, error) {
			asked++
			return r.s.GatewayURL(), nil
		}
		_, stop := r.run(r.options())
		r.live(1)
		r.s.DropConnections()
		synctest.Wait()
		r.live(1)
		stop()
		if asked != 1 {
			t.Errorf("the common address was asked for %d times, want once", asked)
		}
		s := r.book.session(0)
		s.ResumeURL = "ws://discord.test/gone"
		r.book.saved[0] = s
		_, stop = r.run(r.options())
		r.live(1)
		stop()
		if asked != 2 || r.s.Resumes() != 2 || len(r.s.Identifies()) != 1 {
			t.Errorf("asked %d times, %d RESUMEs, %d IDENTIFYs, want 2, 2, 1", asked, r.s.Resumes(), len(r.s.Identifies()))
		}
	})
}

// TestGiantFrame: a frame of 64 MiB is not read, and the connection after it goes on.
func TestGiantFrame(t *testing.T) {
	bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
		shard, stop := r.run(r.options())
		r.live(1)
		frame := []byte(`{"t":"TICK","s":2,"op":0,"d":"` + strings.Repeat("x", 64<<20) + `"}`)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r.s.SendRaw(frame)
		synctest.Wait()
		r.live(1)
		runtime.ReadMemStats(&after)
		if grown := after.TotalAlloc - before.TotalAlloc; grown > 32<<20 {
			t.Errorf("%d MiB were allocated, want at most 32", grown>>20)
		}
		r.tick(1)
		synctest.Wait()
		r.wantTicks(1)
		stop()
		if now := shard.State(); now.Resumed != 1 || len(r.s.Identifies()) != 1 {
			t.Errorf("the state is %+v, want one session resumed", now)
		}
	})
}

// TestSend: what is sent keeps to Discord's limits, and before Run there is nothing to send to.
func TestSend(t *testing.T) {
	bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
		if now := gateway.New(r.options()).State(); now != (gateway.State{}) {
			t.Errorf("before Run the state is %+v", now)
		}
		if err := gateway.New(r.options()).Send(t.Context(), 3, "x"); !errors.Is(err, gateway.ErrDown) {
			t.Errorf("Send without a connection returned %v", err)
		}
		shard, stop := r.run(r.options())
		r.live(1)
		if err := shard.Send(t.Context(), 3, strings.Repeat("x", 4096)); !errors.Is(err, gateway.ErrTooLarge) {
			t.Errorf("Send of too much returned %v", err)
		}
		start := time.Now()
		for range 300 {
			if err := shard.Send(t.Context(), 3, map[string]any{"status": "online"}); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(start); took < 2*time.Minute || took > 3*time.Minute {
			t.Errorf("300 payloads took %v, want 2 to 3 minutes", took)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		for ctx.Err() == nil {
			if err := shard.Send(ctx, 3, nil); err != nil && !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("Send returned %v when its time was over", err)
			}
		}
		stop()
		if now := shard.State(); now.Connections != 1 {
			t.Errorf("%d connections were needed, want 1", now.Connections)
		}
	})
}

// TestEndsAtOnce: wherever the connection stands, Run ends when it is told to, and leaves nothing behind: a goroutine that
// stays would keep the bubble from ending.
func TestEndsAtOnce(t *testing.T) {
	silent := func(int) discordtest.Fault { return discordtest.FaultSilence }
	for name, set := range map[string]func(*rig){
		"ready":    func(*rig) {},
		"HELLO":    func(r *rig) { r.s.OnConnect(silent) },
		"READY":    func(r *rig) { r.s.OnIdentify(silent) },
		"waiting":  func(r *rig) { r.s.OnIdentify(func(int) discordtest.Fault { return discordtest.FaultInvalid }) },
		"refused":  func(r *rig) { r.s.Close() },
		"no URL":   func(r *rig) { r.url = func(context.Context) (string, error) { return "", errors.New("down") } },
		"bad URL":  func(r *rig) { r.url = func(context.Context) (string, error) { return "ws://\x00", nil } },
		"URL hang": func(r *rig) { r.url = func(ctx context.Context) (string, error) { <-ctx.Done(); return "", ctx.Err() } },
	} {
		bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
			set(r)
			shard, stop := r.run(r.options())
			time.Sleep(10 * time.Second)
			start := time.Now()
			if err := stop(); err != nil {
				t.Errorf("%s: Run returned %v", name, err)
			}
			if took := time.Since(start); took > time.Second {
				t.Errorf("%s: Run ended after %v", name, took)
			}
			if shard.State().Connected {
				t.Errorf("%s: still connected", name)
			}
		})
	}
}

// TestSockets: the same over real sockets, where a broken connection is a reset.
func TestSockets(t *testing.T) {
	s := discordtest.Start(t, discordtest.Options{Token: token})
	got := make(chan gateway.Event, 16)
	shard := gateway.New(gateway.Options{
		Token: "Bot " + token, Intents: 1,
		URL:      func(context.Context) (string, error) { return s.GatewayURL(), nil },
		Dispatch: func(e gateway.Event) { got <- gateway.Event{Type: e.Type, Seq: e.Seq} },
	})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- shard.Run(ctx) }()
	next := func() gateway.Event {
		t.Helper()
		select {
		case e := <-got:
			return e
		case err := <-done:
			t.Fatalf("Run returned %v", err)
		case <-time.After(time.Minute):
			t.Fatal("no event came")
		}
		return gateway.Event{}
	}
	if e := next(); e.Type != "READY" || e.Seq != 1 {
		t.Fatalf("got %s %d, want READY 1", e.Type, e.Seq)
	}
	s.DropConnections()
	s.Dispatch("TICK", 1) // before or after the RESUME
	for seq, seen := int64(2), map[string]bool{}; seq <= 3; seq++ {
		e := next()
		if e.Seq != seq || seen[e.Type] || e.Type != "TICK" && e.Type != "RESUMED" {
			t.Fatalf("got %s %d after %v", e.Type, e.Seq, seen)
		}
		seen[e.Type] = true
	}
	cancel()
	if err := <-done; err != nil {
		t.Errorf("Run returned %v", err)
	}
	if codes := s.CloseCodes(); len(codes) != 0 {
		t.Errorf("closed with %v, want no close frame", codes)
	}
}
