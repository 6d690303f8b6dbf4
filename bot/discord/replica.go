package discord

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"sync"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/discord/gateway"
	"github.com/whowon-bot/whowon/bot/discord/rest"
)

// replica is this process among those that share a database: it tells that it is there, keeps to its part of the requests,
// and, where the shards are shared, runs its part of them.
//
// One goroutine, that of run, takes and renews leases. Each shard has a goroutine of its own, which gives the lease back
// once the shard has stopped and its session is saved, so that the next holder resumes it.
type replica struct {
	p      *Platform
	shared Shared
	id     string
	life   time.Duration
	shards int // that are shared; 0 is none
	// open makes a shard that keeps its session as the holder of a lease, and hands nothing on once dead says so.
	open func(n int, sessions gateway.Sessions, dead func() bool) *gateway.Shard

	beat    bot.Lease // that says that it is there; zero is not yet
	renewed time.Time // when leases were renewed last
	failing bool      // the database does not answer
	running sync.WaitGroup

	mu    sync.Mutex // guards what follows
	held  map[int]*heldShard
	fatal error // why a shard cannot run
	state Replicas
}

// Replicas is what a replica knows of all.
type Replicas struct {
	ID        string
	Live      int   // replicas there are, with this one
	Shards    []int // that this one runs, in order
	Total     int   // shards that are shared; 0 is none
	PerSecond int   // requests a second that this one may send
	Failing   bool  // the database has not answered the last time
}

func newReplica(p *Platform) *replica {
	life := p.o.LeaseLife
	if life == 0 {
		life = leaseLife
	}
	return &replica{p: p, shared: p.o.Shared, id: rand.Text()[:12], life: life, held: map[int]*heldShard{}}
}

// agree decides how many shards there are, with those who are there already. Without the database it waits.
func (r *replica) agree(ctx context.Context, configured, advised int) error {
	for {
		pop, err := r.look(ctx, -1)
		r.note(ctx, err)
		if err == nil {
			r.shards, err = pop.agree(configured, advised)
			return err
		}
		sleep(ctx, r.life/looksEvery)
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

// run takes part until ctx is done or a shard cannot run. In the end it has stopped its shards and given everything back.
func (r *replica) run(ctx context.Context) error {
	defer r.leave(context.WithoutCancel(ctx))
	for ctx.Err() == nil {
		lacks, err := r.step(ctx)
		r.note(ctx, err)
		if err := r.failed(); err != nil {
			return err
		}
		wait := r.life / looksEvery
		if lacks {
			wait = r.life / looksSoonEvery
		}
		sleep(ctx, wait)
	}
	return nil
}

func sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

// note logs when the database stops answering, and when it answers again.
func (r *replica) note(ctx context.Context, err error) {
	if ctx.Err() != nil || (err != nil) == r.failing {
		return
	}
	r.failing = err != nil
	r.mu.Lock()
	r.state.Failing = r.failing
	r.mu.Unlock()
	if err != nil {
		r.p.log.Error("leases cannot be kept; shards stop where that lasts", "err", err)
		return
	}
	r.p.log.Info("leases are kept again")
}

func (r *replica) failed() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.fatal
}

// step renews what is to be renewed, looks who is there, and takes or gives up shards. It reports whether it has fewer than
// its part.
func (r *replica) step(ctx context.Context) (lacks bool, err error) {
	if time.Since(r.renewed) >= 3*r.life/renewsEvery || r.beat.Term == 0 {
		if err := r.renew(ctx); err != nil {
			return false, err
		}
	}
	pop, err := r.look(ctx, r.shards)
	if err != nil || r.shards == 0 {
		return false, err
	}
	target, mine := pop.target(r.id, r.shards), r.mine()
	for _, h := range mine[min(target, len(mine)):] {
		r.giveUp(h, "another replica is to have it")
	}
	if len(mine) >= target {
		return false, nil
	}
	var free []int
	for n := range r.shards {
		if !pop.taken[n] {
			free = append(free, n)
		}
	}
	mathrand.Shuffle(len(free), func(i, j int) { free[i], free[j] = free[j], free[i] })
	for _, n := range free[:min(len(free), target-len(mine))] {
		if err := r.take(ctx, n); err != nil && !errors.Is(err, bot.ErrConflict) {
			return true, err
		}
	}
	return true, nil
}

// look reads who is there, and keeps the pace to this replica's part.
func (r *replica) look(ctx context.Context, shards int) (population, error) {
	ctx, cancel := r.brief(ctx)
	defer cancel()
	leases, err := r.shared.Leases(ctx, leasePrefix)
	if err != nil {
		return population{}, err
	}
	pop := populationOf(leases, shards)
	all := r.p.o.PerSecond
	if all == 0 {
		all = rest.DefaultPerSecond
	}
	r.p.rest.SetRate(pop.part(all))
	r.mu.Lock()
	r.state.Live = pop.senders
	r.mu.Unlock()
	return pop, nil
}

// brief is for one call of the database: one that hangs is not to cost the leases that another would keep.
func (r *replica) brief(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, r.life/callPart)
}

// renew renews all leases at once. The time that they are sure to be held is counted from before the database was asked.
func (r *replica) renew(ctx context.Context) error {
	ctx, cancel := r.brief(ctx)
	defer cancel()
	asked := time.Now()
	if r.beat.Term == 0 {
		var err error
		r.beat, err = r.shared.AcquireLease(ctx, fmt.Sprintf(liveLease, r.shards, r.id), r.id, r.life)
		if err != nil {
			return err
		}
	}
	mine := r.all()
	leases := []bot.Lease{r.beat}
	for _, h := range mine {
		if !h.over() {
			leases = append(leases, h.lease)
		}
	}
	kept, err := r.shared.RenewLeases(ctx, r.life, leases...)
	if err != nil {
		return err
	}
	r.renewed = asked
	still := map[string]int64{}
	for _, l := range kept {
		still[l.Name] = l.Term
	}
	if still[r.beat.Name] != r.beat.Term {
		r.beat = bot.Lease{}
	}
	for _, h := range mine {
		if still[h.lease.Name] == h.lease.Term {
			h.extend(r.until(asked))
		} else {
			r.giveUp(h, "its lease is lost")
		}
	}
	return nil
}

// until is when the holder of a lease must have stopped.
func (r *replica) until(asked time.Time) time.Time { return asked.Add(r.life - r.life/marginOf) }

// take takes a shard that is free, and runs it.
func (r *replica) take(ctx context.Context, n int) error {
	call, cancel := r.brief(context.WithoutCancel(ctx)) // what is taken is to be known, also at the end
	defer cancel()
	asked := time.Now()
	lease, err := r.shared.AcquireLease(call, fmt.Sprintf(shardLease, r.shards, n), r.id, r.life)
	if err != nil {
		return err
	}
	run, stop := context.WithCancel(ctx)
	h := &heldShard{n: n, lease: lease, cancel: stop}
	until := r.until(asked)
	h.until.Store(&until)
	h.timer = time.AfterFunc(time.Until(until), func() { r.giveUp(h, "its lease could not be renewed in time") })
	h.shard = r.open(n, heldSessions{r.p.o.Sessions, r.shared, lease}, h.over)
	r.mu.Lock()
	r.held[n] = h
	r.mu.Unlock()
	r.p.log.Info("this replica runs a shard", "shard", n, "of", r.shards, "term", lease.Term)
	r.running.Go(func() { r.runShard(run, h) })
	return nil
}

// runShard runs a shard until it is given up, and gives its lease back.
func (r *replica) runShard(ctx context.Context, h *heldShard) {
	err := h.shard.Run(ctx)
	h.timer.Stop()
	h.cancel()
	done, cancel := r.brief(context.WithoutCancel(ctx))
	defer cancel()
	if err := r.shared.ReleaseLeases(done, h.lease); err != nil {
		r.p.log.Warn("a shard could not be given back; it goes to another when its lease is over", "shard", h.n, "err", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.held, h.n)
	h.leaves = true
	if err != nil && !errors.Is(err, context.Canceled) && r.fatal == nil {
		r.fatal = err
	}
}

// giveUp stops a shard, which goes on elsewhere.
func (r *replica) giveUp(h *heldShard, why string) {
	r.mu.Lock()
	left := h.leaves
	h.leaves = true
	r.mu.Unlock()
	h.cancel()
	if !left {
		r.p.log.Info("this replica gives up a shard", "shard", h.n, "why", why)
	}
}

// all are the shards that are held, also those that are being given up.
func (r *replica) all() []*heldShard {
	r.mu.Lock()
	defer r.mu.Unlock()
	var list []*heldShard
	for n := range r.shards {
		if h := r.held[n]; h != nil {
			list = append(list, h)
		}
	}
	return list
}

// mine are the shards that are held and stay, in order.
func (r *replica) mine() []*heldShard {
	list := r.all()
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for _, h := range list {
		if !h.leaves {
			list[n] = h
			n++
		}
	}
	return list[:n]
}

// leave stops all shards and gives everything back.
func (r *replica) leave(ctx context.Context) {
	for _, h := range r.all() {
		r.giveUp(h, "this replica ends")
	}
	if r.beat.Term != 0 {
		call, cancel := r.brief(ctx)
		defer cancel()
		if err := r.shared.ReleaseLeases(call, r.beat); err != nil {
			r.p.log.Warn("other replicas were not told that this one ends", "err", err)
		}
	}
	r.running.Wait()
}

// now is what is known.
func (r *replica) now() Replicas {
	mine := r.mine()
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.state
	s.ID, s.Total, s.PerSecond = r.id, r.shards, r.p.rest.Rate()
	for _, h := range mine {
		s.Shards = append(s.Shards, h.n)
	}
	return s
}
