package discordtest

import (
	"fmt"
	"hash/fnv"
	"net/http"
	"strconv"
	"time"
)

// RateLimits are how many requests are answered; zero values are near Discord's, which are not published.
type RateLimits struct {
	Off      bool
	Messages Limit // POST of messages, for each channel; 5 in 5 s
	Edits    Limit // PATCH and DELETE of messages, for each channel; 5 in 5 s
	Webhooks Limit // follow-ups and their edits, for each interaction; 5 in 2 s
	Other    Limit // everything else, for each route and major parameter; 50 in 1 s
	// Global is how many requests are answered in any second, but for those to interactions; 50 when zero. Fewer are what
	// other processes of the bot leave. https://docs.discord.com/developers/topics/rate-limits#global-rate-limit
	Global int
}

// Limit is so many requests in a window that the first of them opens.
type Limit struct {
	N   int
	Per time.Duration
}

// limitKind is which limit an endpoint has.
type limitKind int

const (
	limitNone limitKind = iota
	limitMessages
	limitEdits
	limitWebhooks
	limitOther
)

// limiter counts requests. It is guarded by the lock of the restServer.
type limiter struct {
	off     bool
	limits  map[limitKind]Limit
	buckets map[string]*window // by method, route and major parameter
	global  anySecond
}

// anySecond is a limit of any span of a second, the strictest reading of "per second": it remembers the last requests.
type anySecond struct {
	taken []time.Time // a ring of as many as there may be
	next  int         // the one taken longest ago
}

// wait is how long there is no room at a time; 0 or less is none.
func (s *anySecond) wait(at time.Time) time.Duration {
	if s.taken[s.next].IsZero() {
		return 0
	}
	return s.taken[s.next].Add(time.Second).Sub(at)
}

func (s *anySecond) take(at time.Time) {
	s.taken[s.next] = at
	s.next = (s.next + 1) % len(s.taken)
}

// window is what is left of a limit, until a time.
type window struct {
	limit Limit
	left  int
	ends  time.Time
}

func newLimiter(o RateLimits) limiter {
	or := func(l Limit, n int, per time.Duration) Limit {
		if l.N == 0 {
			return Limit{n, per}
		}
		return l
	}
	return limiter{off: o.Off, buckets: map[string]*window{}, limits: map[limitKind]Limit{
		limitMessages: or(o.Messages, 5, 5*time.Second),
		limitEdits:    or(o.Edits, 5, 5*time.Second),
		limitWebhooks: or(o.Webhooks, 5, 2*time.Second),
		limitOther:    or(o.Other, 50, time.Second),
	}, global: anySecond{taken: make([]time.Time, or(Limit{N: o.Global}, 50, 0).N)}}
}

// take counts a request. It returns the headers for its answer, or the 429 in its place.
// https://docs.discord.com/developers/topics/rate-limits#header-format
func (l *limiter) take(c *call) (http.Header, *answer) {
	if l.off || c.e.limit == limitNone {
		return nil, nil
	}
	b := l.bucket(c)
	if !b.open(c.at) {
		a := tooMany("user", b.ends.Sub(c.at))
		for name, values := range b.header(c) {
			a.header[name] = values
		}
		return nil, &a
	}
	if !c.e.ownToken() {
		if wait := l.global.wait(c.at); wait > 0 {
			a := tooMany("global", wait)
			return nil, &a
		}
		l.global.take(c.at)
	}
	b.left--
	return b.header(c), nil
}

// maxBuckets is how many there may be before those that are full again are forgotten.
const maxBuckets = 10000

func (l *limiter) bucket(c *call) *window {
	major := c.PathValue("channel") + c.PathValue("guild") + c.PathValue("token")
	key := c.e.method + " " + c.e.path + " " + major
	b := l.buckets[key]
	if b == nil {
		if len(l.buckets) >= maxBuckets {
			for k, b := range l.buckets {
				if !c.at.Before(b.ends) {
					delete(l.buckets, k)
				}
			}
		}
		b = &window{limit: l.limits[c.e.limit]}
		l.buckets[key] = b
	}
	return b
}

// open reports whether there is room for a request, in a new window where the last has ended.
func (w *window) open(at time.Time) bool {
	if !at.Before(w.ends) {
		w.left, w.ends = w.limit.N, at.Add(w.limit.Per)
	}
	return w.left > 0
}

func (w *window) header(c *call) http.Header {
	name := fnv.New64a()
	_, _ = name.Write([]byte(c.e.method + c.e.path))
	h := http.Header{}
	h.Set("X-RateLimit-Limit", strconv.Itoa(w.limit.N))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(w.left))
	h.Set("X-RateLimit-Reset", strconv.FormatFloat(float64(w.ends.UnixMilli())/1000, 'f', 3, 64))
	h.Set("X-RateLimit-Reset-After", decimals(w.ends.Sub(c.at)))
	h.Set("X-RateLimit-Bucket", fmt.Sprintf("%016x", name.Sum64()))
	return h
}
