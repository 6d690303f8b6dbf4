package discord_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/bottest"
	"github.com/whowon-bot/whowon/bot/discord"
	"github.com/whowon-bot/whowon/bot/discord/discordtest"
	"github.com/whowon-bot/whowon/bot/discord/gateway"
	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

// shardsShared is how many shards the replicas of these tests share.
const shardsShared = 6

// lifeOfLeases is a tenth of what it is, so that tests are short: WHOWON_REPLICAS=whole takes the whole time.
func lifeOfLeases() time.Duration {
	if os.Getenv("WHOWON_REPLICAS") == "whole" {
		return 10 * time.Second
	}
	return time.Second
}

// crowd are replicas of one bot, with one PostgreSQL and one Discord.
type crowd struct {
	t        *testing.T
	db       *store.Store
	server   *discordtest.Server
	sessions *memory
	life     time.Duration
	ada      discordtest.User

	mu       sync.Mutex
	said     []string       // IDs of messages
	received map[string]int // how often each was handed on
	log      strings.Builder
}

func newCrowd(t *testing.T, o discordtest.GatewayOptions) *crowd {
	t.Helper()
	db, err := store.Open(t.Context(), storetest.Postgres(t), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	c := &crowd{t: t, db: db, sessions: newMemory(), life: lifeOfLeases(), received: map[string]int{}}
	c.server = discordtest.Start(t, discordtest.Options{Gateway: o,
		REST: discordtest.RESTOptions{Shards: shardsShared, Limits: discordtest.RateLimits{Off: true}}})
	c.ada = c.server.User("ada")
	for n := range shardsShared {
		c.server.AddGuild(guildOfShard(n), fmt.Sprint("guild ", n), discordtest.Channel{ID: channelOfShard(n)})
	}
	t.Cleanup(func() {
		if t.Failed() {
			c.mu.Lock()
			defer c.mu.Unlock()
			t.Log(c.log.String())
		}
	})
	return c
}

func guildOfShard(n int) string {
	return fmt.Sprint((uint64(7_800_000_000)*shardsShared + uint64(n)) << 22)
}
func channelOfShard(n int) string { return fmt.Sprint(210000000000000100 + n) }

func (c *crowd) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.log.Write(p)
}

// member is one replica. Its line to the database can be cut.
type member struct {
	*discord.Platform
	c    *crowd
	cut  atomic.Bool
	stop func() error
	wait func() error
}

var errCut = errors.New("the database cannot be reached")

func (m *member) AcquireLease(ctx context.Context, name, holder string, life time.Duration) (bot.Lease, error) {
	if m.cut.Load() {
		return bot.Lease{}, errCut
	}
	return m.c.db.AcquireLease(ctx, name, holder, life)
}

func (m *member) RenewLeases(ctx context.Context, life time.Duration, leases ...bot.Lease) ([]bot.Lease, error) {
	if m.cut.Load() {
		return nil, errCut
	}
	return m.c.db.RenewLeases(ctx, life, leases...)
}

func (m *member) ReleaseLeases(ctx context.Context, leases ...bot.Lease) error {
	if m.cut.Load() {
		return errCut
	}
	return m.c.db.ReleaseLeases(ctx, leases...)
}

func (m *member) Leases(ctx context.Context, prefix string) ([]bot.Lease, error) {
	if m.cut.Load() {
		return nil, errCut
	}
	return m.c.db.Leases(ctx, prefix)
}

func (m *member) SaveHeld(ctx context.Context, l bot.Lease, s gateway.Session) error {
	if m.cut.Load() {
		return errCut
	}
	// That the lease is held is what is tested; where the session is kept does not matter.
	if err := m.c.db.SetHeld(ctx, l, bot.Setting{Guild: bot.Guild{Platform: "discord", ID: "gateway"}, Key: "k", Value: `""`}); err != nil {
		return err
	}
	return m.c.sessions.SaveSession(ctx, s)
}

// join starts a replica.
func (c *crowd) join(change ...func(*discord.Options)) *member {
	c.t.Helper()
	m := &member{c: c}
	cfg := config(c.server)
	o := discord.Options{Config: cfg, Commands: bottest.Commands(), Sessions: c.sessions, Shared: m, LeaseLife: c.life,
		Log: slog.New(slog.NewTextHandler(c, nil)).With("replica", fmt.Sprintf("%p", m))}
	for _, f := range change {
		f(&o)
	}
	var err error
	if m.Platform, err = discord.New(o); err != nil {
		c.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(c.t.Context())
	done := make(chan error, 1)
	go func() {
		done <- m.Run(ctx, func(in bot.Inbound) error {
			if in.Text != "" {
				c.mu.Lock()
				c.received[in.ID]++
				c.mu.Unlock()
			}
			if in.Done != nil {
				in.Done()
			}
			return nil
		})
	}()
	m.wait = sync.OnceValue(func() error { return <-done })
	m.stop = func() error {
		cancel()
		return m.wait()
	}
	c.t.Cleanup(func() { _ = m.stop() })
	return m
}

// until waits for something to be so, and returns how long that took.
func (c *crowd) until(limit time.Duration, what string, so func() bool) time.Duration {
	c.t.Helper()
	begun := time.Now()
	for !so() {
		if time.Since(begun) > limit {
			c.t.Fatalf("after %v not yet: %s", limit, what)
		}
		time.Sleep(c.life / 200)
	}
	return time.Since(begun)
}

// settled waits until the replicas run so many shards each, all of them connected.
func (c *crowd) settled(limit time.Duration, want ...int) func(all ...*member) time.Duration {
	c.t.Helper()
	return func(all ...*member) time.Duration {
		c.t.Helper()
		return c.until(limit, fmt.Sprint("shards ", want), func() bool {
			for i, m := range all {
				if len(m.Replicas().Shards) != want[i] {
					return false
				}
			}
			return c.server.Live() == shardsShared
		})
	}
}

// talk says something in the guild of every shard again and again, until stop is called.
func (c *crowd) talk() (stop func()) {
	quit, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for n := 0; ; n++ {
			select {
			case <-quit:
				return
			case <-time.After(2 * time.Millisecond):
			}
			m := c.server.Say(channelOfShard(n%shardsShared), c.ada, fmt.Sprint("message ", n), discordtest.SayOptions{})
			c.mu.Lock()
			c.said = append(c.said, m.ID)
			c.mu.Unlock()
		}
	}()
	return func() { close(quit); <-done }
}

// heard waits until all that was said has been received, and returns how much was received more than once.
func (c *crowd) heard() (all, twice int) {
	c.t.Helper()
	missing := func() (lost int) {
		c.mu.Lock()
		defer c.mu.Unlock()
		twice = 0
		for _, id := range c.said {
			switch c.received[id] {
			case 0:
				lost++
			case 1:
			default:
				twice++
			}
		}
		all = len(c.said)
		return lost
	}
	c.until(5*time.Second, "everything that was said is received", func() bool { return missing() == 0 })
	return all, twice
}

// TestReplicasShareShards lets replicas come and go while people talk: nothing is lost, nothing comes twice, and no session is
// begun anew.
func TestReplicasShareShards(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, discordtest.GatewayOptions{MaxConcurrency: shardsShared})
	one := c.join()
	c.settled(30*time.Second, 6)(one)
	stop := c.talk()
	two := c.join()
	took := c.settled(c.life, 3, 3)(one, two)
	time.Sleep(c.life / 3)
	three := c.join()
	c.settled(c.life, 2, 2, 2)(one, two, three)
	time.Sleep(c.life / 3)
	t.Logf("a second replica had its share after %v of %v", took, c.life)
	begun := time.Now()
	if err := one.stop(); err != nil {
		t.Error(err)
	}
	stopped := time.Since(begun)
	c.settled(c.life, 3, 3)(two, three)
	t.Logf("a replica ended in %v, and the others had its shards after %v", stopped, time.Since(begun))
	stop()
	all, twice := c.heard()
	if twice != 0 || all < 100 {
		t.Errorf("of %d messages, %d came more than once", all, twice)
	}
	if n := len(c.server.Identifies()); n != shardsShared {
		t.Errorf("%d IDENTIFYs, want one for each of %d shards", n, shardsShared)
	}
	if r := two.Replicas(); r.Live != 2 || r.PerSecond != 23 || r.Total != shardsShared {
		t.Errorf("%+v", r)
	}
}

// TestReplicaIsKilled: the others have its shards when its leases are over, and resume them.
func TestReplicaIsKilled(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, discordtest.GatewayOptions{MaxConcurrency: shardsShared})
	one, two := c.join(), c.join()
	c.settled(30*time.Second, 3, 3)(one, two)
	stop := c.talk()
	time.Sleep(c.life / 2)
	one.cut.Store(true) // a process that is gone saves nothing, and gives nothing back
	begun := time.Now()
	_ = one.stop()
	c.settled(3*c.life/2, 6)(two)
	took := time.Since(begun)
	stop()
	all, twice := c.heard()
	t.Logf("taken over after %v with leases of %v; of %d messages, %d were replayed", took, c.life, all, twice)
	if n := len(c.server.Identifies()); n != shardsShared {
		t.Errorf("%d IDENTIFYs", n)
	}
}

// TestReplicaCutOff from the database stops its shards before anybody else may take them, and has its part again later.
func TestReplicaCutOff(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, discordtest.GatewayOptions{MaxConcurrency: shardsShared})
	one, two := c.join(), c.join()
	c.settled(30*time.Second, 3, 3)(one, two)
	stop := c.talk()
	one.cut.Store(true)
	stopped := c.until(c.life, "the replica has stopped its shards", func() bool { return len(one.Replicas().Shards) == 0 })
	if n := len(two.Replicas().Shards); n != 3 || !one.Replicas().Failing {
		t.Errorf("when one stopped, the other had %d shards, and %+v", n, one.Replicas())
	}
	c.settled(c.life, 6)(two)
	one.cut.Store(false)
	c.settled(c.life, 3, 3)(one, two)
	stop()
	all, twice := c.heard()
	t.Logf("stopped after %v of %v; of %d messages, %d were replayed", stopped, c.life, all, twice)
	if n := len(c.server.Identifies()); n != shardsShared {
		t.Errorf("%d IDENTIFYs", n)
	}
}

// TestReplicasIdentifyInTurn: what Discord refuses within five seconds is not tried, whoever tried before.
func TestReplicasIdentifyInTurn(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, discordtest.GatewayOptions{MaxConcurrency: 3})
	one, two := c.join(), c.join()
	c.settled(30*time.Second, 3, 3)(one, two)
	at := c.server.Identifies()
	if len(at) != shardsShared {
		t.Errorf("%d IDENTIFYs for %d shards", len(at), shardsShared)
	}
}

// TestReplicasOfOtherKinds count where requests are shared, and take no shards.
func TestReplicasOfOtherKinds(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, discordtest.GatewayOptions{MaxConcurrency: shardsShared})
	fixed := c.join(func(o *discord.Options) { o.Config.Shards = "0-1/6" })
	c.until(10*time.Second, "a replica with fixed shards is there", func() bool { return c.server.Live() == 2 })
	if r := fixed.Replicas(); r.PerSecond != 46 || r.Total != 0 {
		t.Errorf("%+v", r)
	}
	shared := c.join(func(o *discord.Options) { o.Config.Shards = "4" })
	c.until(10*time.Second, "a replica that shares is there", func() bool {
		return len(shared.Replicas().Shards) == 4 && fixed.Replicas().PerSecond == 23 && shared.Replicas().PerSecond == 23
	})
	if r := c.join().Replicas; !c.soon(func() bool { return r().Total == 4 && r().PerSecond == 15 }) {
		t.Errorf("with shards: auto %+v", r())
	}
	err := c.join(func(o *discord.Options) { o.Config.Shards = "5" }).wait()
	if err == nil || !strings.Contains(err.Error(), "configure all of them alike") {
		t.Errorf("another number of shards: %v", err)
	}
}

func (c *crowd) soon(so func() bool) bool {
	c.until(10*time.Second, "soon", so)
	return true
}
