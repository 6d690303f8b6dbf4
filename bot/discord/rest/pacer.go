package rest

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// Urgency orders the requests that wait: while a more urgent one could go, a less urgent one does not.
type Urgency uint8

// The urgencies. The zero value is Usual.
const (
	Usual      Urgency = iota
	Live               // somebody waits for it: a reply, a round
	Background         // it may be late: a post on a schedule. These never use up what a live one needs to go at once.
)

// rank is the place of an urgency in the order in which requests go.
func (u Urgency) rank() int {
	switch u {
	case Live:
		return 0
	case Background:
		return 2
	}
	return 1
}

// pacer decides when a request may leave. Its mutex is held for decisions only, never while something is sent.
type pacer struct {
	mu      sync.Mutex
	all     rate
	blocked time.Time
	lines   lines
	timer   *time.Timer // looks again when something may go
	buckets buckets
	breaker breaker
	limited uint64 // 429s so far
}

// permit is the right to send one request. It is given back with what became of it.
type permit struct {
	bucket *bucket
	route  string
	sent   time.Time
}

func newPacer(perSecond int) *pacer {
	return &pacer{all: newRate(perSecond), lines: newLines(), buckets: newBuckets(), breaker: newBreaker()}
}

// acquire waits until a request may be sent. One that is sent again goes before those that have not been sent.
func (p *pacer) acquire(ctx context.Context, u Urgency, route, major string, again bool) (permit, error) {
	p.mu.Lock()
	now := time.Now()
	w := &waiter{bucket: p.buckets.of(route, major, now), urgency: u, again: again, ready: make(chan struct{})}
	p.lines.join(w)
	p.lines.place(w.bucket, now)
	p.dispatch(now)
	p.mu.Unlock()

	select {
	case <-w.ready:
		return permit{w.bucket, route, w.sent}, w.err
	case <-ctx.Done():
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now = time.Now()
	b := w.bucket.root()
	if _, waits := p.lines.waiting[w]; waits {
		p.lines.leave(w)
	} else if w.err == nil { // it was let go at the same moment
		b.inFlight--
	}
	p.lines.place(b, now)
	p.dispatch(now)
	return permit{}, ctx.Err()
}

// refuse ends the waiting of all.
func (p *pacer) refuse(err error) {
	for w := range p.lines.waiting {
		p.lines.leave(w)
		w.err = err
		close(w.ready)
	}
}

// dispatch lets go whatever may go now, and sets the timer for what is left. It is called after everything that may have
// made room, so that a request which waits is always one that cannot go.
func (p *pacer) dispatch(now time.Time) {
	if err := p.breaker.refusal(now); err != nil {
		p.refuse(err)
	}
	wait := p.blocked.Sub(now)
	for wait <= 0 {
		var w *waiter
		if w, wait = p.pick(now); w != nil {
			close(w.ready)
			wait = 0
		}
	}
	p.arm(wait)
}

// pick takes the most urgent request that may go off its line and counts it as sent. Where there is none it returns how
// long until there may be.
func (p *pacer) pick(now time.Time) (*waiter, time.Duration) {
	w, opens := p.lines.next(now)
	if w == nil {
		return nil, opens
	}
	if wait := p.all.wait(now, w.urgency); wait > 0 {
		return nil, min(wait, opens) // who waits for a bucket may be more urgent, and not have to wait for this
	}
	p.lines.leave(w)
	w.sent = now
	w.bucket.take()
	p.all.take(now)
	p.lines.place(w.bucket, now)
	return w, opens
}

// arm sets the timer for when somebody may go, or, where nobody waits, for when buckets can be forgotten. With nothing to
// do there is no timer.
func (p *pacer) arm(wait time.Duration) {
	if len(p.lines.waiting) == 0 {
		wait = forever
	}
	if len(p.buckets.byKey) > 0 {
		wait = min(wait, sweepEvery)
	}
	switch {
	case p.timer == nil:
		p.timer = time.AfterFunc(wait, p.tick)
	case wait == forever:
		p.timer.Stop()
	default:
		p.timer.Reset(wait)
	}
}

func (p *pacer) tick() {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	p.buckets.sweep(now)
	p.dispatch(now)
}

// answered gives a permit back, with what the answer said.
func (p *pacer) answered(t permit, a answer, l limited, wrongToken bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	of := t.bucket.root()
	of.inFlight--
	b := of
	allowed, told := allowanceOf(a.header)
	if told && allowed.name != "" {
		b = p.buckets.named(b, t.route, allowed.name)
	}
	switch {
	case told:
		b.learn(allowed, now)
	case a.status/100 == 2 && !b.known:
		b.unlimited = true
	}
	if a.status == http.StatusTooManyRequests {
		if l.global {
			p.all.slower(t.sent, now, now.Add(l.wait))
		} else {
			b.blocked = later(b.blocked, now.Add(l.wait))
		}
	}
	p.lines.place(of, now)
	p.lines.place(b, now)
	p.breaker.wrongToken = p.breaker.wrongToken || wrongToken
	p.count(a.status, l, now)
}

// noted takes note of an answer to a request that needed no permit.
func (p *pacer) noted(status int, l limited) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.count(status, l, time.Now())
}

// count takes account of a status, and of a 429 that stops everything.
func (p *pacer) count(status int, l limited, now time.Time) {
	p.breaker.count(status, l, now)
	if status == http.StatusTooManyRequests {
		p.limited++
	}
	if l.global {
		p.blocked = later(p.blocked, now.Add(l.wait))
	}
	p.dispatch(now)
}
