package slacktest

import (
	"math"
	"net/http"
	"strconv"
	"time"
)

// RateLimits are how many requests are answered.
type RateLimits struct {
	Off bool
}

// tier is the rate limit of a method. https://docs.slack.dev/apis/web-api/rate-limits
type tier int

const (
	tierNone tier = iota
	tier1
	tier2
	tier3
	tier4
	tierTest // of auth.test: hundreds a minute
	tierPost // of chat.postMessage: for each channel, and for the workspace
)

// allowance is so many requests at once, and so many more each minute. Slack tells the second; the first, its "bursts", it
// does not, so it is ours: a minute's worth, and with tier 1 as many as there may be connections.
type allowance struct {
	burst     float64
	perMinute float64
}

var allowances = map[tier]allowance{
	tier1:    {10, 1},
	tier2:    {20, 20},
	tier3:    {50, 50},
	tier4:    {100, 100},
	tierTest: {300, 300},
	tierPost: {300, 300}, // of the workspace
}

// perChannel is what chat.postMessage may in one channel: a message a second, and short bursts.
var perChannel = allowance{5, 60}

// limiter counts requests. It is guarded by the lock of the webServer.
type limiter struct {
	off     bool
	buckets map[string]*bucket // by workspace and method, or channel
}

// bucket is what is left of an allowance.
type bucket struct {
	left float64
	at   time.Time
}

func newLimiter(o RateLimits) limiter { return limiter{off: o.Off, buckets: map[string]*bucket{}} }

// limit counts a request, or refuses it.
func (w *webServer) limit(c *call) (reply, bool) {
	if w.limiter.off || c.m.tier == tierNone {
		return reply{}, true
	}
	team := "app"
	if c.team != nil {
		team = c.team.ID
	} else if c.token != nil && c.token.enterprise != "" {
		team = c.token.enterprise
	}
	wait := w.limiter.take(team+" "+c.m.name, allowances[c.m.tier], c.at)
	if wait == 0 && c.m.tier == tierPost {
		wait = w.limiter.take(team+" "+c.args["channel"], perChannel, c.at)
	}
	if wait == 0 {
		return reply{}, true
	}
	return tooMany(wait), false
}

// tooMany is the answer to what is too much. Slack tells whole seconds.
func tooMany(wait time.Duration) reply {
	a := refuse("ratelimited")
	a.status = http.StatusTooManyRequests
	a.header = http.Header{"Retry-After": {strconv.Itoa(int(math.Ceil(wait.Seconds())))}}
	return a
}

// maxBuckets is how many there may be before those that are a minute old, and so full again or nearly, are forgotten.
const maxBuckets = 10000

// take takes one of an allowance; it returns how long until there will be one where there is none.
func (l *limiter) take(key string, a allowance, at time.Time) time.Duration {
	b := l.buckets[key]
	if b == nil {
		if len(l.buckets) >= maxBuckets {
			for k, old := range l.buckets {
				if at.Sub(old.at) > time.Minute {
					delete(l.buckets, k)
				}
			}
		}
		b = &bucket{left: a.burst, at: at}
		l.buckets[key] = b
	}
	b.left = min(a.burst, b.left+at.Sub(b.at).Minutes()*a.perMinute)
	b.at = at
	if b.left < 1-1e-9 {
		return time.Duration((1 - b.left) / a.perMinute * float64(time.Minute))
	}
	b.left--
	return 0
}

// RateLimited is how many requests were answered with 429, also those that FailHTTP and Fail made so.
func (s *Server) RateLimited() int {
	s.web.mu.Lock()
	defer s.web.mu.Unlock()
	return s.web.recorder.limited
}
