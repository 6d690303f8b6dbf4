package rest

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Urgency orders the requests that wait: while a more urgent one could go, a less urgent one does not.
type Urgency uint8

// The urgencies. The zero value is Usual.
const (
	Usual      Urgency = iota
	Live               // somebody waits for it: a reply, a round
	Background         // it may be late: a post on a schedule. Some of the global limit is never given to these.
)

// byUrgency is the order in which waiting requests are looked at.
var byUrgency = [...]Urgency{Live, Usual, Background}

// bursts are how many there are in a second. The global limit is spread over them, five of the usual forty-five in each,
// since a server counts when requests arrive: forty-five at once, late by a little, and the next forty-five would be
// ninety in a second.
const bursts = 9

// pacer decides when a request may leave. Its mutex is held for decisions only, never while something is sent.
type pacer struct {
	mu         sync.Mutex
	all        window
	background window // narrower, so that Live and Usual requests find room
	blocked    time.Time
	waiting    [len(byUrgency)][]*waiter // by urgency, in order of arrival
	timer      *time.Timer               // looks again when something may go
	buckets    buckets
	breaker    breaker
}

// waiter is a request that waits. ready is closed once it may go, or err says why it may not.
type waiter struct {
	bucket *bucket
	ready  chan struct{}
	err    error
}

// permit is the right to send one request. It is given back with what became of it.
type permit struct {
	bucket *bucket
	route  string
}

func newPacer(perSecond int) *pacer {
	places := max(1, perSecond/bursts)
	bursts := time.Duration(perSecond / places)
	span := (time.Second + bursts - 1) / bursts // rounded up: one too many would else go in the last nanosecond of a second
	p := &pacer{all: newWindow(places, span), buckets: newBuckets(), breaker: newBreaker()}
	if places > 1 {
		p.background = newWindow(places-1, span)
	} else {
		p.background = newWindow(1, 2*span)
	}
	return p
}

// acquire waits until a request may be sent. One that is sent again goes before those that have not been sent.
func (p *pacer) acquire(ctx context.Context, u Urgency, route, major string, again bool) (permit, error) {
	p.mu.Lock()
	now := time.Now()
	w := &waiter{bucket: p.buckets.of(route, major, now), ready: make(chan struct{})}
	w.bucket.waiting++
	at := len(p.waiting[u])
	if again {
		at = 0
	}
	p.waiting[u] = slices.Insert(p.waiting[u], at, w)
	p.dispatch(now)
	p.mu.Unlock()

	select {
	case <-w.ready:
		return permit{w.bucket, route}, w.err
	case <-ctx.Done():
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now = time.Now()
	if i := slices.Index(p.waiting[u], w); i >= 0 {
		p.leave(u, i)
	} else if w.err == nil { // it was let go at the same moment
		w.bucket.root().inFlight--
	}
	p.dispatch(now)
	return permit{}, ctx.Err()
}

// leave takes a waiter off its line.
func (p *pacer) leave(u Urgency, i int) *waiter {
	w := p.waiting[u][i]
	p.waiting[u] = slices.Delete(p.waiting[u], i, i+1)
	w.bucket.root().waiting--
	return w
}

// refuse ends the waiting of all.
func (p *pacer) refuse(err error) {
	for u := range p.waiting {
		for len(p.waiting[u]) > 0 {
			w := p.leave(Urgency(u), len(p.waiting[u])-1)
			w.err = err
			close(w.ready)
		}
		p.waiting[u] = nil
	}
}

// dispatch lets go whatever may go now, and sets the timer for what is left. It is called after everything that may have
// made room, so that a request which waits is always one that cannot go.
func (p *pacer) dispatch(now time.Time) {
	if err := p.breaker.refusal(now); err != nil {
		p.refuse(err)
	}
	for {
		wait := max(p.blocked.Sub(now), p.all.wait(now))
		if wait <= 0 {
			var w *waiter
			if w, wait = p.pick(now); w != nil {
				close(w.ready)
				continue
			}
		}
		p.arm(wait)
		return
	}
}

// pick takes the most urgent request that may go off its line and counts it as sent. Where there is none it returns how
// long until there may be.
func (p *pacer) pick(now time.Time) (*waiter, time.Duration) {
	soonest := forever
	for _, u := range byUrgency {
		if u == Background {
			if wait := p.background.wait(now); wait > 0 {
				return nil, min(soonest, wait)
			}
		}
		for i, w := range p.waiting[u] {
			b := w.bucket.root()
			if wait := b.wait(now); wait > 0 {
				soonest = min(soonest, wait)
				continue
			}
			p.leave(u, i)
			b.take()
			p.all.take(now)
			if u == Background {
				p.background.take(now)
			}
			return w, 0
		}
	}
	return nil, soonest
}

// arm sets the timer for when somebody may go, or, where nobody waits, for when buckets can be forgotten. With nothing to
// do there is no timer.
func (p *pacer) arm(wait time.Duration) {
	if !slices.ContainsFunc(p.waiting[:], func(l []*waiter) bool { return len(l) > 0 }) {
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
	b := t.bucket.root()
	b.inFlight--
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
	if a.status == http.StatusTooManyRequests && !l.global {
		b.blocked = later(b.blocked, now.Add(l.wait))
	}
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
	if l.global {
		p.blocked = later(p.blocked, now.Add(l.wait))
	}
	p.dispatch(now)
}
