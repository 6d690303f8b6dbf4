package gateway_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot/discord/discordtest"
	"github.com/whowon-bot/whowon/bot/discord/gateway"
)

// TestStateCounts what began and ended connections, and what is left of the day.
func TestStateCounts(t *testing.T) {
	bubble(t, discordtest.GatewayOptions{}, func(t *testing.T, r *rig) {
		r.identify.Limit(gateway.StartLimit{Total: 1000, Remaining: 500, ResetAfter: 6 * time.Hour}, time.Now())
		time.Sleep(time.Second)
		shard, stop := r.run(r.options())
		r.live(1)
		if left := r.identify.Left(time.Now()); left != 499 {
			t.Errorf("after one of 500 there are %d left", left)
		}
		if st := shard.State(); !st.Running || st.Identified != 1 || st.Zombies != 0 {
			t.Errorf("connected: %+v", st)
		}
		r.s.Zombie(true)
		r.s.Zombie(false)
		time.Sleep(3 * interval)
		r.live(1)
		if st := shard.State(); st.Identified != 1 || st.Zombies != 1 || st.Resumed != 1 {
			t.Errorf("after a silence: %+v", st)
		}
		r.s.OnResume(func(int) discordtest.Fault { return discordtest.FaultInvalid })
		r.s.DropConnections()
		synctest.Wait()
		r.live(1)
		if st := shard.State(); st.Identified != 2 {
			t.Errorf("after a session that is over: %+v", st)
		}
		if left := r.identify.Left(time.Now()); left != 498 {
			t.Errorf("after two of 500 there are %d left", left)
		}
		if left := r.identify.Left(time.Now().Add(7 * time.Hour)); left != 998 { // Discord has begun to count anew
			t.Errorf("after the reset there are %d left, of what is remembered", left)
		}
		if left := r.identify.Left(time.Now().Add(25 * time.Hour)); left != 1000 {
			t.Errorf("a day later there are %d left", left)
		}
		if err := stop(); err != nil || shard.State().Running {
			t.Errorf("it runs on: %v", err)
		}
	})
}
