package rest

import (
	"container/heap"
	"math"
	"net/http"
	"strconv"
	"time"
)

// A bucket is what Discord allows for one kind of request on one channel, guild or webhook. All fields belong to the pacer's
// mutex.
type bucket struct {
	key       bucketKey
	named     bool    // by Discord, not by a route
	into      *bucket // the one this turned out to be
	inFlight  int
	known     bool // an answer has said how much is allowed
	unlimited bool // an answer has said nothing, so only the global limit counts
	limit     int
	remaining int       // requests that may be sent before reset
	reset     time.Time // when remaining is limit again; zero while nothing sent since has been answered
	window    time.Time // when the last known window ends by Discord's clock, which tells it from others
	blocked   time.Time // nothing before, after a 429

	line  sorted[*waiter]  // who waits for it
	among *sorted[*bucket] // where it is among the buckets that somebody waits for, if it is
	index int              // there
	opens time.Time        // when it has room, where it had none
}

func newBucket(key bucketKey, named bool) *bucket {
	return &bucket{key: key, named: named, line: newLine()}
}

const (
	forever = time.Duration(math.MaxInt64) // until an answer comes
	// rounding covers what is lost where a header has milliseconds or fewer digits.
	rounding = 5 * time.Millisecond
	// sameWindow is how far apart the ends of two windows may be told and still be one. The shortest are of 250 ms.
	sameWindow = 100 * time.Millisecond
)

// root follows a bucket that was joined with another.
func (b *bucket) root() *bucket {
	for b.into != nil {
		b = b.into
	}
	return b
}

// join makes b part of another. Both are to be placed after it.
func (b *bucket) join(other *bucket) {
	b.leave()
	other.leave()
	other.inFlight += b.inFlight
	other.remaining -= b.inFlight
	other.blocked = later(other.blocked, b.blocked)
	for _, w := range b.line.items {
		w.bucket = other
		heap.Push(&other.line, w)
	}
	b.line.items, b.into = nil, other
}

// wait returns how long the bucket has no room; 0 or less says that it has. While nothing is known of it, one request at a
// time goes, and those behind it wait for what the answer says.
func (b *bucket) wait(now time.Time) time.Duration {
	if d := b.blocked.Sub(now); d > 0 {
		return d
	}
	if b.unlimited {
		return 0
	}
	if b.known && !b.reset.IsZero() && !now.Before(b.reset) {
		b.remaining, b.reset = b.limit-b.inFlight, time.Time{}
	}
	switch {
	case b.known && b.remaining > 0:
		return 0
	case b.known && !b.reset.IsZero():
		return b.reset.Sub(now)
	case b.inFlight > 0:
		return forever // the first answer says how much there is, and when the window ends
	}
	b.known = false // if it was known, every answer was lost, and one request finds out again
	return 0
}

func (b *bucket) take() {
	b.inFlight++
	b.remaining--
}

// idle reports whether nothing is lost when the bucket is forgotten.
func (b *bucket) idle(now time.Time) bool {
	return b.inFlight == 0 && b.line.Len() == 0 && !now.Before(b.reset) && !now.Before(b.blocked)
}

// learn takes over what an answer says. Requests still in flight are counted as not yet in its figures: an answer may
// overtake another, and too few is put right by the next answer, while too many is a 429.
func (b *bucket) learn(a allowance, now time.Time) {
	left, reset := a.remaining-b.inFlight, now.Add(a.resetAfter+rounding)
	window := a.window
	if window.IsZero() {
		window = reset
	}
	since := window.Sub(b.window)
	switch {
	case !b.known || since > sameWindow: // it is the first answer of this window
	case since < -sameWindow || b.reset.IsZero():
		return // of a window that has ended
	default:
		left = min(left, b.remaining)
		if b.reset.Before(reset) {
			reset = b.reset // answers only make it later, by the time they take
		}
	}
	b.known, b.unlimited = true, false
	b.limit, b.remaining, b.reset, b.window = max(1, a.limit), left, reset, window
}

// allowance is what the headers of an answer say about its bucket
// (https://docs.discord.com/developers/topics/rate-limits, Header Format).
type allowance struct {
	name             string
	limit, remaining int
	resetAfter       time.Duration
	window           time.Time // when the window ends, by Discord's clock; may be left out
}

// allowanceOf reads the headers, and reports whether they are there.
func allowanceOf(h http.Header) (allowance, bool) {
	limit, err1 := strconv.Atoi(h.Get("X-RateLimit-Limit"))
	remaining, err2 := strconv.Atoi(h.Get("X-RateLimit-Remaining"))
	after, ok := seconds(h.Get("X-RateLimit-Reset-After"))
	a := allowance{name: h.Get("X-RateLimit-Bucket"), limit: limit, remaining: remaining, resetAfter: after}
	if at, err := strconv.ParseFloat(h.Get("X-RateLimit-Reset"), 64); err == nil && at > 0 && at < 1e12 {
		a.window = time.UnixMilli(int64(at * 1000))
	}
	return a, err1 == nil && err2 == nil && ok
}

// seconds reads a number of seconds, which may have decimals.
func seconds(s string) (time.Duration, bool) {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0, false
	}
	return ofSeconds(f)
}

// ofSeconds is false for what cannot be a wait, and cuts at a day what cannot be meant.
func ofSeconds(f float64) (time.Duration, bool) {
	if math.IsNaN(f) || f < 0 {
		return 0, false
	}
	return time.Duration(min(f, 24*60*60) * float64(time.Second)), true
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
