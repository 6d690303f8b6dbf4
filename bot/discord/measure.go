package discord

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/discord/gateway"
)

// watched is what the platform receives by, for who wants to know how it is doing.
type watched struct {
	mu       sync.Mutex
	open     bool // the gateway's address is known, or requests are listened for
	identify *gateway.Identify
	shards   map[int]*gateway.Shard // that were made last, also those that have ended
}

// track keeps a shard among those that are watched for as long as it runs.
func (p *Platform) track(n int, identify *gateway.Identify, s *gateway.Shard) *gateway.Shard {
	p.watched.mu.Lock()
	defer p.watched.mu.Unlock()
	if p.watched.shards == nil {
		p.watched.shards = map[int]*gateway.Shard{}
	}
	p.watched.open, p.watched.identify, p.watched.shards[n] = true, identify, s
	return s
}

// opened says that the platform receives, or has begun to; what it returns says that it has ended.
func (p *Platform) opened() (closed func()) {
	set := func(open bool) {
		p.watched.mu.Lock()
		defer p.watched.mu.Unlock()
		p.watched.open = open
	}
	set(true)
	return func() { set(false) }
}

// shards are the states of those that run, by number.
func (w *watched) states() map[int]gateway.State {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := map[int]gateway.State{}
	for n, s := range w.shards {
		if st := s.State(); st.Running {
			all[n] = st
		}
	}
	return all
}

var (
	_ bot.Readier  = (*Platform)(nil)
	_ bot.Measured = (*Platform)(nil)
)

// Ready implements bot.Readier. A replica without a shard is ready to take one.
func (p *Platform) Ready() error {
	p.watched.mu.Lock()
	open := p.watched.open
	p.watched.mu.Unlock()
	if !open {
		return errors.New("not connected yet")
	}
	states, off := p.watched.states(), 0
	for _, st := range states {
		if !st.Connected {
			off++
		}
	}
	if off > 0 {
		return fmt.Errorf("%d of %d shards are not connected", off, len(states))
	}
	return nil
}

// Measure implements bot.Measured.
func (p *Platform) Measure(_ context.Context, tell bot.Tell) {
	for n, st := range p.watched.states() {
		shard, connected := strconv.Itoa(n), 0.0
		if st.Connected {
			connected = 1
		}
		tell(bot.MetricGatewayConnected, connected, shard)
		tell(bot.MetricGatewayLatency, st.Latency.Seconds(), shard)
		tell(bot.MetricGatewayResumes, float64(st.Resumed), shard)
		tell(bot.MetricGatewayIdentifies, float64(st.Identified), shard)
		tell(bot.MetricGatewayZombies, float64(st.Zombies), shard)
		tell(bot.MetricGatewayMalformed, float64(st.Malformed), shard)
	}
	p.watched.mu.Lock()
	identify := p.watched.identify
	p.watched.mu.Unlock()
	if identify != nil {
		tell(bot.MetricIdentifiesLeft, float64(identify.Left(p.o.Now())))
	}
	requests := p.rest.State()
	tell(bot.MetricRequestsWaiting, float64(requests.Waiting), name)
	tell(bot.MetricRateLimited, float64(requests.Limited), name)
	tell(bot.MetricInvalidRequests, float64(requests.Invalid))
}

// timed measures how long it takes until the first response to an interaction is given, from now on.
func (p *Platform) timed(first func(context.Context, response) error) func(context.Context, response) error {
	began := time.Now()
	return func(ctx context.Context, r response) error {
		err := first(ctx, r)
		if err == nil {
			p.o.Meter.Observe(bot.MetricAckSeconds, time.Since(began).Seconds(), name)
		}
		return err
	}
}
