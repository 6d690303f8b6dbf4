package gateway_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot/discord/discordtest"
	"github.com/whowon-bot/whowon/bot/discord/gateway"
)

// TestInvalidSessions: however often sessions are ended, there is at most one IDENTIFY in 5 s, and few in a day.
func TestInvalidSessions(t *testing.T) {
	bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
		r.s.OnIdentify(func(int) discordtest.Fault { return discordtest.FaultInvalid })
		_, stop := r.run(r.options())
		time.Sleep(3 * 24 * time.Hour)
		stop()
		times := r.s.Identifies()
		wantGaps(t, times, 5*time.Second)
		if n := len(times); n < 100 || n > 3*300 {
			t.Errorf("%d IDENTIFYs in three days", n)
		}
	})
	bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
		_, stop := r.run(r.options())
		r.live(1)
		for _, pause := range []time.Duration{10 * time.Minute, 10 * time.Minute, 0, 0} { // at last, as soon as it is there
			time.Sleep(pause)
			start := time.Now()
			r.s.InvalidSession(false)
			synctest.Wait()
			r.live(1)
			if took := time.Since(start); took < time.Second || took > time.Minute {
				t.Errorf("live again after %v, want 1 s to 1 min", took)
			}
		}
		stop()
		wantGaps(t, r.s.Identifies(), 5*time.Second)
		if r.s.Resumes() != 0 {
			t.Errorf("%d RESUMEs of a session that is gone", r.s.Resumes())
		}
	})
}

// TestShardsIdentifyInTurn: shards with the same rate limit key are 5 s apart, others do not wait for each other.
func TestShardsIdentifyInTurn(t *testing.T) {
	for _, tt := range []struct{ shards, concurrency int }{{2, 1}, {6, 2}, {16, 16}} {
		bubble(t, discordtest.GatewayOptions{MaxConcurrency: tt.concurrency}, func(t *testing.T, r *rig) {
			r.book.slow = 3 * time.Second
			r.url = func(context.Context) (string, error) {
				r.identify.Limit(gateway.StartLimit{Total: 1000, Remaining: 1000, MaxConcurrency: tt.concurrency}, time.Now())
				time.Sleep(2 * time.Second)
				return r.s.GatewayURL(), nil
			}
			start := time.Now()
			for n := range tt.shards {
				o := r.options()
				o.Shard, o.Shards = n, tt.shards
				_, stop := r.run(o)
				t.Cleanup(func() { stop() })
			}
			r.live(tt.shards)
			times := r.s.Identifies()
			if len(times) != tt.shards {
				t.Fatalf("%d IDENTIFYs of %d shards", len(times), tt.shards)
			}
			for i := tt.concurrency; i < len(times); i++ {
				wantGaps(t, []time.Time{times[i-tt.concurrency], times[i]}, 5*time.Second)
			}
			turns := (tt.shards + tt.concurrency - 1) / tt.concurrency
			if took, most := time.Since(start), time.Duration(turns)*9*time.Second; took > most {
				t.Errorf("%d shards, %d at a time, were live after %v, want %v at most", tt.shards, tt.concurrency, took, most)
			}
		})
	}
}

// TestBudget: with the day's IDENTIFYs nearly used up, a shard waits until there is room, and says so.
func TestBudget(t *testing.T) {
	history := func(n int, now time.Time) (times []time.Time) {
		for i := range n {
			times = append(times, now.Add(-23*time.Hour+time.Duration(i)*time.Minute))
		}
		return times
	}
	for _, tt := range []struct {
		name  string
		saved int
		limit gateway.StartLimit
		wait  time.Duration
	}{
		{"room", 980, gateway.StartLimit{}, 0},
		{"used up", 990, gateway.StartLimit{}, time.Hour},
		{"used up with a limit told", 990, gateway.StartLimit{Total: 1000, Remaining: 500, ResetAfter: 9 * time.Hour}, time.Hour},
		{"used up elsewhere", 0, gateway.StartLimit{Total: 1000, Remaining: 5, ResetAfter: 9 * time.Hour}, 9 * time.Hour},
		{"a big bot", 1500, gateway.StartLimit{Total: 2000, Remaining: 500, ResetAfter: 9 * time.Hour, MaxConcurrency: 16}, 0},
	} {
		bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
			start := time.Now()
			r.book.saved = map[int]gateway.Session{1: {Shard: 1, Shards: 2, Identifies: history(tt.saved, start)}}
			if tt.limit.Total > 0 {
				r.identify.Limit(tt.limit, start)
			}
			for _, n := range []int{1, 0} { // what one shard has used, the other has not
				o := r.options()
				o.Shard, o.Shards = n, 2
				_, stop := r.run(o)
				t.Cleanup(func() { stop() })
				synctest.Wait()
			}
			for len(r.s.Identifies()) == 0 {
				time.Sleep(time.Second)
			}
			if took := time.Since(start); took < tt.wait || took > tt.wait+time.Minute {
				t.Errorf("%s: the first IDENTIFY came after %v, want %v", tt.name, took, tt.wait)
			}
			if told := strings.Contains(r.logged(), "nearly used up"); told != (tt.wait > 0) {
				t.Errorf("%s: the log says\n%s", tt.name, r.logged())
			}
		})
	}
}

// TestCrashLoop: a program that crashes again and again right after its IDENTIFY, before READY, gets slower.
func TestCrashLoop(t *testing.T) {
	bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
		r.s.OnIdentify(func(int) discordtest.Fault { return discordtest.FaultSilence })
		start := time.Now()
		for time.Since(start) < 24*time.Hour {
			r.identify = &gateway.Identify{} // another process
			seen := len(r.s.Identifies())
			_, stop := r.run(r.options())
			for len(r.s.Identifies()) == seen && time.Since(start) < 24*time.Hour {
				time.Sleep(time.Second)
			}
			saved := r.book.session(0)
			stop()
			r.book.saved[0] = saved // a crash does not save what stop does
		}
		times := r.s.Identifies()
		wantGaps(t, times, 5*time.Second)
		if n := len(times); n < 50 || n > 300 {
			t.Errorf("%d IDENTIFYs in a day", n)
		}
		if fifth := times[4].Sub(start); fifth < 20*time.Second || fifth > 2*time.Minute {
			t.Errorf("the fifth IDENTIFY came after %v", fifth)
		}
	})
}

// TestFatalCodes: what cannot be mended by trying again is tried once.
func TestFatalCodes(t *testing.T) {
	for code, words := range map[int]string{
		4004: "discord.token", 4010: "discord.shards", 4011: "discord.shards", 4012: "Update", 4013: "intents",
		4014: "Privileged Gateway Intents, or set discord.message_content: false",
	} {
		bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
			r.s.OnIdentify(func(int) discordtest.Fault { return discordtest.Fault(code) })
			start := time.Now()
			err := gateway.New(r.options()).Run(t.Context())
			wantFatal(t, err, code, words)
			if took := time.Since(start); took > time.Second || r.s.Connections() != 1 || len(r.s.Identifies()) != 1 {
				t.Errorf("%d: ended after %v, %d connections, %d IDENTIFYs", code, took, r.s.Connections(), len(r.s.Identifies()))
			}
		})
	}
}

// TestFatalSettings: the gateway's own refusals.
func TestFatalSettings(t *testing.T) {
	for code, set := range map[int]func(*gateway.Options){
		4004: func(o *gateway.Options) { o.Token = "wrong" },
		4010: func(o *gateway.Options) { o.Shard, o.Shards = 3, 3 },
		4013: func(o *gateway.Options) { o.Intents = 1 << 40 },
		4014: func(o *gateway.Options) { o.Intents = 1 << 15 },
	} {
		bubble(t, discordtest.GatewayOptions{Disallowed: 1 << 15}, func(t *testing.T, r *rig) {
			o := r.options()
			set(&o)
			wantFatal(t, gateway.New(o).Run(t.Context()), code, "")
			if r.s.Connections() != 1 {
				t.Errorf("%d: %d connections, want 1", code, r.s.Connections())
			}
		})
	}
}

// TestFatalAfterInvalidResume: a RESUME that is refused, and then an IDENTIFY that is closed for good, is no storm.
func TestFatalAfterInvalidResume(t *testing.T) {
	bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
		shard := gateway.New(r.options())
		done := make(chan error, 1)
		go func() { done <- shard.Run(t.Context()) }()
		r.live(1)
		r.s.OnResume(func(int) discordtest.Fault { return discordtest.FaultInvalid })
		r.s.OnIdentify(func(int) discordtest.Fault { return 4014 })
		r.s.DropConnections()
		wantFatal(t, <-done, 4014, "Message Content intent is not enabled")
		if r.s.Resumes() != 1 || len(r.s.Identifies()) != 2 || r.s.Connections() != 3 {
			t.Errorf("%d RESUMEs, %d IDENTIFYs, %d connections, want 1, 2, 3",
				r.s.Resumes(), len(r.s.Identifies()), r.s.Connections())
		}
		wantGaps(t, r.s.Identifies(), 5*time.Second)
	})
}

// TestCloseCodes: after some codes there is a new session, after all others the old one goes on.
func TestCloseCodes(t *testing.T) {
	for code, resumes := range map[int]bool{
		4000: true, 4001: true, 4002: true, 4005: true, 4008: true, 1000: true, 1001: true, 1011: true, 4999: true,
		4003: false, 4007: false, 4009: false,
	} {
		bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
			_, stop := r.run(r.options())
			r.live(1)
			r.s.CloseAll(code)
			synctest.Wait()
			r.live(1)
			stop()
			if (r.s.Resumes() == 1) != resumes || (len(r.s.Identifies()) == 2) == resumes {
				t.Errorf("%d: %d RESUMEs and %d IDENTIFYs", code, r.s.Resumes(), len(r.s.Identifies()))
			}
		})
	}
}

// TestUnreachable: a gateway that cannot be reached is tried ever less often, and found again within a minute or so.
func TestUnreachable(t *testing.T) {
	bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
		var tries []time.Time
		up := false
		r.url = func(context.Context) (string, error) {
			r.mu.Lock()
			defer r.mu.Unlock()
			tries = append(tries, time.Now())
			if up {
				return r.s.GatewayURL(), nil
			}
			if len(tries)%2 == 0 {
				return "ws://discord.test/no/such/page", nil // 404 in place of an upgrade
			}
			return "", errors.New("no such host: " + token)
		}
		shard, stop := r.run(r.options())
		time.Sleep(time.Hour)
		r.mu.Lock()
		if n := len(tries); n < 60 || n > 100 {
			t.Errorf("%d tries in an hour", n)
		}
		if gap := tries[3].Sub(tries[0]); gap < 3*time.Second {
			t.Errorf("the first four tries took %v", gap)
		}
		if now := shard.State(); now.LastError == "" || strings.Contains(now.LastError, token) || now.Identifies != 0 {
			t.Errorf("the state is %+v", now)
		}
		up = true
		r.mu.Unlock()
		time.Sleep(61 * time.Second)
		if r.s.Live() != 1 {
			t.Error("not connected a minute after the gateway came back")
		}
		stop()
	})
}
