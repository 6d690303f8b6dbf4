package rest

import (
	"context"
	"errors"
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

const (
	// bursts are how many there are in a second. The global limit is spread over them, five of the usual forty-five in each,
	// since a server counts when requests arrive: forty-five at once, late by a little, and the next forty-five would be
	// ninety in a second.
	bursts = 9
	// sweepEvery is how often buckets nobody needs are looked for.
	sweepEvery = 5 * time.Second
	// maxRoutes bounds what is remembered of the names of buckets; whatever is forgotten is learned again.
	maxRoutes = 1024
)

// pacer decides when a request may leave. Its mutex is held for decisions only, never while something is sent.
type pacer struct {
	mu         sync.Mutex
	all        window
	background window // narrower by one place, which Live and Usual requests always find free
	blocked    time.Time
	waiting    [len(byUrgency)][]*waiter // by urgency, in order of arrival
	timer      *time.Timer               // looks again when something may go
	buckets    map[bucketKey]*bucket
	routes     map[string]string // the bucket's name, of routes that have been answered
	swept      time.Time
	invalid    window // the last invalid requests
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
	span := time.Second / time.Duration(perSecond/places)
	return &pacer{
		all:        newWindow(places, span),
		background: newWindow(max(1, places-1), span),
		buckets:    make(map[bucketKey]*bucket),
		routes:     make(map[string]string),
		invalid:    newWindow(maxInvalid, invalidSpan),
	}
}

// acquire waits until a request may be sent. One that is sent again goes before those that have not been sent.
func (p *pacer) acquire(ctx context.Context, u Urgency, route, major string, again bool) (permit, error) {
	p.mu.Lock()
	now := time.Now()
	w := &waiter{bucket: p.bucket(route, major, now), ready: make(chan struct{})}
	w.bucket.waiting++
	if again {
		p.waiting[u] = slices.Insert(p.waiting[u], 0, w)
	} else {
		p.waiting[u] = append(p.waiting[u], w)
	}
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

// refuseAll ends the waiting of all.
func (p *pacer) refuseAll(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refuse(err)
}

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
	if p.invalid.wait(now) > 0 {
		p.refuse(ErrInvalidStorm)
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
			wait := b.wait(now)
			if wait > 0 {
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
	if len(p.buckets) > 0 {
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
	p.sweep(now)
	p.dispatch(now)
}

// answered gives a permit back, with what the answer said. Without one a is empty.
func (p *pacer) answered(t permit, a answer, l limited) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	b := t.bucket.root()
	b.inFlight--
	allowed, told := allowanceOf(a.header)
	if told && allowed.name != "" {
		b = p.named(b, t.route, allowed.name)
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
	p.count(a.status, l, now)
	p.dispatch(now)
}

// noted takes note of an answer to a request that needed no permit.
func (p *pacer) noted(status int, l limited) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	p.count(status, l, now)
	p.dispatch(now)
}

// bucket finds or makes the bucket of a request.
func (p *pacer) bucket(route, major string, now time.Time) *bucket {
	p.sweep(now)
	key := bucketKey{route, major}
	if name, ok := p.routes[route]; ok {
		if b := p.buckets[bucketKey{name, major}]; b != nil {
			return b
		}
		if p.buckets[key] == nil { // what began before the name was known ends under the route
			key.name = name
		}
	}
	b := p.buckets[key]
	if b == nil {
		b = &bucket{key: key}
		p.buckets[key] = b
	}
	return b
}

// named gives a bucket the name that Discord uses for it, and joins it with the one that has the name already.
func (p *pacer) named(b *bucket, route, name string) *bucket {
	if p.routes[route] != name {
		if len(p.routes) >= maxRoutes {
			clear(p.routes)
		}
		p.routes[route] = name
	}
	key := bucketKey{name, b.key.major}
	if b.key == key {
		return b
	}
	delete(p.buckets, b.key)
	other := p.buckets[key]
	if other == nil {
		b.key = key
		p.buckets[key] = b
		return b
	}
	other.inFlight += b.inFlight
	other.remaining -= b.inFlight
	other.waiting += b.waiting
	other.blocked = later(other.blocked, b.blocked)
	b.into = other
	return other
}

// sweep forgets the buckets that are as good as new, if it has not done so lately.
func (p *pacer) sweep(now time.Time) {
	if now.Sub(p.swept) < sweepEvery {
		return
	}
	p.swept = now
	for key, b := range p.buckets {
		if b.idle(now) {
			delete(p.buckets, key)
		}
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// count counts what Discord counts against the address, and stops everything where it says so.
func (p *pacer) count(status int, l limited, now time.Time) {
	if l.global {
		p.blocked = later(p.blocked, now.Add(l.wait))
	}
	if invalid(status) && !l.shared {
		p.invalid.take(now)
	}
}

// ErrInvalidStorm refuses a request because too many of the last ten minutes were answered with 401, 403 or 429: at 10,000
// Discord bans the address.
var ErrInvalidStorm = errors.New("too many requests were refused in the last ten minutes: no more for now")

// Discord bans an address for 10,000 invalid requests in 10 minutes (https://docs.discord.com/developers/topics/rate-limits,
// Invalid Request Limit). Other programs may share the address, and answers are on their way when we stop.
const (
	maxInvalid  = 1000
	invalidSpan = 10 * time.Minute
)

// invalid reports whether Discord counts a request with this answer as invalid.
func invalid(status int) bool {
	return status == http.StatusUnauthorized || status == http.StatusForbidden || status == http.StatusTooManyRequests
}
