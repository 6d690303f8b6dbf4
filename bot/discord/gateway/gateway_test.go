package gateway_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot/discord/discordtest"
	"github.com/whowon-bot/whowon/bot/discord/gateway"
)

const interval = 41250 * time.Millisecond

// TestEventsAcrossFaults: of 1,000 events none is lost or doubled, whatever happens to the connection.
func TestEventsAcrossFaults(t *testing.T) {
	for seed := range uint64(3) {
		bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
			random := rand.New(rand.NewPCG(seed, 1))
			shard, stop := r.run(r.options())
			r.live(1)
			faults := []func(){
				r.s.DropConnections, r.s.Reconnect, func() { r.s.InvalidSession(true) }, func() { r.s.CloseAll(4000) },
				func() { r.s.CloseAll(1001) }, func() { r.s.Zombie(true); r.s.Zombie(false) },
			}
			for n := 1; n <= 1000; n++ {
				r.tick(n)
				if n%50 == 0 {
					faults[random.IntN(len(faults))]()
				}
				if random.IntN(10) == 0 {
					time.Sleep(time.Duration(random.Int64N(int64(5 * time.Second))))
				}
			}
			time.Sleep(5 * time.Minute)
			r.wantTicks(1000)
			if err := stop(); err != nil {
				t.Errorf("Run returned %v after it was cancelled", err)
			}
			if n := len(r.s.Identifies()); n != 1 {
				t.Errorf("%d IDENTIFYs, want 1", n)
			}
			if now := shard.State(); now.Resumed < 5 || now.Events < 1000 || now.Connected {
				t.Errorf("the state is %+v", now)
			}
		})
	}
}

// TestReconnectInsideResume: op 7 as the first frame after a RESUME, and in place of HELLO, is followed by another RESUME.
func TestReconnectInsideResume(t *testing.T) {
	bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
		_, stop := r.run(r.options())
		r.live(1)
		r.s.OnResume(func(n int) discordtest.Fault {
			if n <= 3 {
				return discordtest.FaultReconnect
			}
			return discordtest.NoFault
		})
		r.s.OnConnect(func(n int) discordtest.Fault {
			if n == 3 {
				return discordtest.FaultReconnect
			}
			return discordtest.NoFault
		})
		r.s.DropConnections()
		synctest.Wait()
		r.tick(1)
		start := time.Now()
		r.live(1)
		if took := time.Since(start); took > time.Minute {
			t.Errorf("it took %v to be live again, want a minute at most", took)
		}
		r.wantTicks(1)
		stop()
		if r.s.Resumes() != 4 || len(r.s.Identifies()) != 1 {
			t.Errorf("%d RESUMEs and %d IDENTIFYs, want 4 and 1", r.s.Resumes(), len(r.s.Identifies()))
		}
	})
}

// TestFruitlessResumes: a session that can never be resumed, though the gateway says it can, is given up.
func TestFruitlessResumes(t *testing.T) {
	for _, fault := range []discordtest.Fault{discordtest.FaultResumable, discordtest.FaultReconnect, 4000, 1006} {
		if fault == 1006 {
			fault = discordtest.FaultReset
		}
		bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
			_, stop := r.run(r.options())
			r.live(1)
			r.s.OnResume(func(int) discordtest.Fault { return fault })
			start := time.Now()
			r.s.DropConnections()
			synctest.Wait()
			r.live(1)
			if took := time.Since(start); took > time.Minute {
				t.Errorf("%d: live again after %v, want a minute at most", fault, took)
			}
			stop()
			if n := len(r.s.Identifies()); n != 2 {
				t.Errorf("%d: %d IDENTIFYs, want 2", fault, n)
			}
		})
	}
}

// TestZombie: a connection that falls silent is found within two heartbeat intervals, and what was missed comes then.
func TestZombie(t *testing.T) {
	for _, after := range []time.Duration{0, time.Second, interval / 2, interval - time.Second, 5 * interval / 2} {
		bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
			_, stop := r.run(r.options())
			r.live(1)
			time.Sleep(after)
			r.s.Zombie(true)
			r.s.Zombie(false)
			start := time.Now()
			r.tick(1)
			for r.s.Connections() == 1 && time.Since(start) < time.Hour {
				time.Sleep(100 * time.Millisecond)
			}
			if took := time.Since(start); took > 2*interval+time.Second {
				t.Errorf("silence after %v was noticed after %v, want at most two intervals of %v", after, took, interval)
			}
			r.live(1)
			r.wantTicks(1)
			stop()
			if r.s.Resumes() != 1 || len(r.s.Identifies()) != 1 {
				t.Errorf("%d RESUMEs and %d IDENTIFYs, want one each", r.s.Resumes(), len(r.s.Identifies()))
			}
		})
	}
}

// TestHeartbeats: the first one is not sent at once, one is sent in each interval, and at once where it is asked for.
func TestHeartbeats(t *testing.T) {
	bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
		shard, stop := r.run(r.options())
		synctest.Wait()
		if n := r.s.Heartbeats(); n != 0 {
			t.Errorf("%d heartbeats came at once, want none", n)
		}
		time.Sleep(10*interval + time.Second)
		if n := r.s.Heartbeats(); n != 10 && n != 11 {
			t.Errorf("%d heartbeats came in 10 intervals", n)
		}
		before := r.s.Heartbeats()
		r.s.RequestHeartbeat()
		synctest.Wait()
		if n := r.s.Heartbeats() - before; n != 1 {
			t.Errorf("%d heartbeats came when one was asked for", n)
		}
		for range 1000 { // nobody asks like that; the limit on what is sent holds nevertheless
			r.s.RequestHeartbeat()
			synctest.Wait()
		}
		time.Sleep(10 * interval)
		stop()
		if now := shard.State(); now.Connections != 1 {
			t.Errorf("%d connections were needed, want 1", now.Connections)
		}
	})
}

// TestSilence: a HELLO, a READY and a RESUMED that never come are not waited for for ever.
func TestSilence(t *testing.T) {
	once := func(n int) discordtest.Fault {
		if n == 1 {
			return discordtest.FaultSilence
		}
		return discordtest.NoFault
	}
	for name, set := range map[string]func(*discordtest.Server){
		"HELLO":   func(s *discordtest.Server) { s.OnConnect(once) },
		"READY":   func(s *discordtest.Server) { s.OnIdentify(once) },
		"RESUMED": func(s *discordtest.Server) { s.OnResume(once) },
	} {
		bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
			set(r.s)
			start := time.Now()
			_, stop := r.run(r.options())
			if name == "RESUMED" {
				r.live(1)
				r.s.DropConnections()
				synctest.Wait()
			}
			r.live(1)
			if took := time.Since(start); took > time.Minute {
				t.Errorf("%s: live after %v, want a minute at most", name, took)
			}
			stop()
		})
	}
}

// TestMalformedFrames are counted and dropped, and the connection goes on.
func TestMalformedFrames(t *testing.T) {
	bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
		shard, stop := r.run(r.options())
		r.live(1)
		frames := []string{
			"", "{", "null", "[]", `{"op":"0"}`, `{"t":"TICK","s":null,"op":0,"d":{"n":0}}`, "\x00\xff", `{"op":0,"s":-7,"t":"TICK"}`,
			`{"t":"READY","s":9,"op":0,"d":{}}`, strings.Repeat("[", 1<<20),
		}
		for _, frame := range frames {
			r.s.SendRaw([]byte(frame))
		}
		for _, frame := range []string{`{"op":99}`, `{"op":10,"d":{}}`, `{"op":11}`, `{"op":12,"d":"x"}`} { // unknown, or late
			r.s.SendRaw([]byte(frame))
		}
		r.tick(1)
		synctest.Wait()
		r.wantTicks(1)
		stop()
		if now := shard.State(); now.Malformed != uint64(len(frames)) || now.Connections != 1 {
			t.Errorf("%d frames were dropped on %d connections, want %d on 1", now.Malformed, now.Connections, len(frames))
		}
	})
}

// TestPanic: a panic of the handler costs one event, and what it says is not logged.
func TestPanic(t *testing.T) {
	bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
		r.fail = func(e gateway.Event) {
			switch string(e.Data) {
			case `{"n":1}`:
				panic("somebody's secret")
			case `{"n":2}`:
				_ = e.Data[len(e.Data):][0]
			}
		}
		shard, stop := r.run(r.options())
		r.live(1)
		for n := 1; n <= 3; n++ {
			r.tick(n)
		}
		synctest.Wait()
		if got := r.received(); len(got) != 1 || string(got[0].Data) != `{"n":3}` {
			t.Errorf("after two panics %d events were handed on, want the third", len(got))
		}
		stop()
		if now := shard.State(); now.Panics != 2 || now.Connections != 1 || now.Seq != 4 {
			t.Errorf("the state is %+v, want 2 panics on one connection", now)
		}
		log := r.logged()
		if strings.Contains(log, "secret") || !strings.Contains(log, "index out of range") || !strings.Contains(log, "TICK") {
			t.Errorf("the log says\n%s", log)
		}
	})
}
