package gateway

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"
)

// Identify keeps to Discord's limits on IDENTIFY for the shards of a process that share it: one in 5 s for each rate limit
// key, and so many in 24 hours, after which Discord would reset the token. The zero value is ready to use.
// https://docs.discord.com/developers/events/gateway#session-start-limit-object
type Identify struct {
	// Turns orders the shards of several processes; nil is where there is only this one. It is set before use.
	Turns Turns

	mu     sync.Mutex // guards all
	shards map[int][]time.Time
	keys   map[int]chan struct{} // holds an element while a shard of the rate limit key is about to identify
	limit  StartLimit
	known  time.Time // when limit was told; zero is never
}

// Turns lets shards identify one after the other, whatever process they are of.
type Turns interface {
	// Take waits for the turn of a rate limit key. It tells Limit what is left by then.
	Take(ctx context.Context, key int) (Turn, error)
}

// Turn is the right to identify once, which nobody else of the rate limit key has.
type Turn interface {
	// Hold is called before IDENTIFY is sent. An error is that the turn was lost meanwhile, so that it must not be.
	Hold(ctx context.Context) error
	// End gives the turn back: at once, or, where IDENTIFY was sent, when Discord takes the next.
	End(sent bool)
}

// Spacing is how far apart two IDENTIFYs of a rate limit key are: Discord's 5 s, and what the network may take from it.
const Spacing = 5*time.Second + 500*time.Millisecond

// StartLimit is session_start_limit of GET /gateway/bot.
type StartLimit struct {
	Total, Remaining int
	ResetAfter       time.Duration
	MaxConcurrency   int
}

const (
	day     = 24 * time.Hour
	total   = 1000 // IDENTIFYs a day, where Discord has not told another number
	reserve = 10   // that many of them stay unused, or two for each of those that may be sent at a time
	spacing = Spacing
)

// Limit takes what GET /gateway/bot has told at a time.
func (i *Identify) Limit(l StartLimit, at time.Time) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.limit, i.known = l, at
}

// restore takes the times of a shard's earlier IDENTIFYs, from before the program started, or from where it ran meanwhile.
// What shards have used that do not run, or run elsewhere, is not known here; what Discord tells is.
func (i *Identify) restore(shard int, times []time.Time) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.setUp()
	all := append(slices.Clone(times), i.shards[shard]...)
	slices.SortFunc(all, time.Time.Compare)
	i.shards[shard] = slices.CompactFunc(all, time.Time.Equal)
}

// setUp makes the maps of a zero value; the caller holds the lock.
func (i *Identify) setUp() {
	if i.shards == nil {
		i.shards, i.keys = make(map[int][]time.Time), make(map[int]chan struct{})
	}
}

// times are a shard's IDENTIFYs of the last 24 hours.
func (i *Identify) times(shard int, now time.Time) []time.Time {
	i.mu.Lock()
	defer i.mu.Unlock()
	return slices.Clone(i.recent(shard, now))
}

// recent is times; the caller holds the lock. What lies in the future, since the clock was put back, counts as now.
func (i *Identify) recent(shard int, now time.Time) []time.Time {
	i.setUp()
	times := i.shards[shard]
	for n, at := range times {
		if at.After(now) {
			times[n] = now
		}
	}
	for len(times) > 0 && now.Sub(times[0]) >= day {
		times = times[1:]
	}
	i.shards[shard] = times
	return times
}

// slot is the right to identify once.
type slot struct {
	i     *Identify
	shard int
	key   chan struct{}
	turn  Turn // nil where there are no Turns
	held  bool
}

// acquire waits until a shard may identify, and then keeps others of its rate limit key from it until the slot is used or
// released.
func (i *Identify) acquire(ctx context.Context, shard int, now func() time.Time, log *slog.Logger) (*slot, error) {
	// One shard that is slowed down does not hold up the others.
	if err := i.wait(ctx, log, now, func(at time.Time) (time.Duration, string) { return i.slowDown(shard, at) }); err != nil {
		return nil, err
	}
	key := i.keyOf(shard)
	select {
	case key <- struct{}{}:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	s := &slot{i: i, shard: shard, key: key, held: true}
	for {
		if err := i.wait(ctx, log, now, func(at time.Time) (time.Duration, string) { return i.room(shard, at) }); err != nil {
			s.release()
			return nil, err
		}
		if i.Turns == nil {
			return s, nil
		}
		var err error
		if s.turn, err = i.Turns.Take(ctx, i.keyNumber(shard)); err != nil {
			s.release()
			return nil, err
		}
		if wait, _ := i.room(shard, now()); wait <= 0 {
			return s, nil
		}
		s.turn.End(false) // others have used up what there was
		s.turn = nil
	}
}

// wait waits for as long as left says.
func (i *Identify) wait(
	ctx context.Context, log *slog.Logger, now func() time.Time, left func(time.Time) (time.Duration, string),
) error {
	for ctx.Err() == nil {
		d, why := left(now())
		if d <= 0 {
			return nil
		}
		if d > spacing {
			log.Error("waiting before IDENTIFY", "why", why, "wait", d)
		}
		sleep(ctx, d)
	}
	return context.Cause(ctx)
}

// slowDown is how long a shard waits since it has identified often in the last hour: a program that crashes again and again
// is not to use up the day.
func (i *Identify) slowDown(shard int, now time.Time) (wait time.Duration, why string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	times := i.recent(shard, now)
	n := 0
	for _, at := range times {
		if now.Sub(at) < time.Hour {
			n++
		}
	}
	if n < 4 {
		return 0, ""
	}
	pause := min(10*time.Minute, 10*time.Second<<min(n-4, 6))
	return times[len(times)-1].Add(pause).Sub(now), "this shard has identified often in the last hour; " +
		"something ends its sessions"
}

// room is how long to wait for the rate limit key of a shard, and for the budget of the day.
func (i *Identify) room(shard int, now time.Time) (wait time.Duration, why string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	var all []time.Time
	var last time.Time // of the same key
	since := 0         // since Discord told what remains
	for n := range i.shards {
		times := i.recent(n, now)
		all = append(all, times...)
		for _, at := range times {
			if at.After(i.known) {
				since++
			}
		}
		if len(times) > 0 && n%i.concurrency() == shard%i.concurrency() && times[len(times)-1].After(last) {
			last = times[len(times)-1]
		}
	}
	budget := total
	if i.limit.Total > 0 {
		budget = i.limit.Total
	}
	spare := min(max(reserve, 2*i.limit.MaxConcurrency), max(reserve, budget/10))
	if len(all) >= budget-spare {
		slices.SortFunc(all, time.Time.Compare)
		return all[len(all)-(budget-spare)].Add(day).Sub(now), "the IDENTIFYs of a day are nearly used up; with all of them " +
			"used, discord resets the bot's token"
	}
	if reset := i.known.Add(i.limit.ResetAfter); !i.known.IsZero() && now.Before(reset) && i.limit.Remaining-since < spare {
		return reset.Sub(now), "discord says that the IDENTIFYs of a day are nearly used up"
	}
	if last.IsZero() {
		return 0, ""
	}
	return last.Add(spacing).Sub(now), "one shard at a time"
}

// concurrency is how many shards may identify at a time; the caller holds the lock.
func (i *Identify) concurrency() int { return max(1, i.limit.MaxConcurrency) }

func (i *Identify) keyNumber(shard int) int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return shard % i.concurrency()
}

func (i *Identify) keyOf(shard int) chan struct{} {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.setUp()
	key := shard % i.concurrency()
	if i.keys[key] == nil {
		i.keys[key] = make(chan struct{}, 1)
	}
	return i.keys[key]
}

// hold makes sure that an IDENTIFY may still be sent.
func (s *slot) hold(ctx context.Context) error {
	if s.turn == nil {
		return nil
	}
	return s.turn.Hold(ctx)
}

// use counts an IDENTIFY that is about to be sent.
func (s *slot) use(now time.Time) {
	s.i.mu.Lock()
	s.i.shards[s.shard] = append(s.i.recent(s.shard, now), now)
	s.i.mu.Unlock()
}

// sent says that the IDENTIFY was sent only now, and lets the next shard of the rate limit key go on.
func (s *slot) sent(now time.Time) {
	s.i.mu.Lock()
	if times := s.i.shards[s.shard]; len(times) > 0 {
		times[len(times)-1] = now
	}
	s.i.mu.Unlock()
	s.end(true)
}

// release lets the next shard of the rate limit key go on; it may be called more than once.
func (s *slot) release() { s.end(false) }

func (s *slot) end(sent bool) {
	if !s.held {
		return
	}
	s.held = false
	if s.turn != nil {
		s.turn.End(sent)
	}
	<-s.key
}
