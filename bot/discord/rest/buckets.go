package rest

import (
	"strings"
	"time"
)

const (
	// sweepEvery is how often buckets nobody needs are looked for.
	sweepEvery = 5 * time.Second
	// maxRoutes bounds what is remembered of the names of buckets; whatever is forgotten is learned again.
	maxRoutes = 1024
)

// buckets are those that somebody uses or that have less than all of their room. They belong to the pacer's mutex.
type buckets struct {
	byKey map[bucketKey]*bucket
	names map[string]string // the bucket's name, of routes that have been answered
	swept time.Time
}

// bucketKey names a bucket: by the name that Discord gives it, or by the route until that is known. Routes that Discord
// gives one name share a bucket, separately for each major parameter. A route has a space, and a name has none.
type bucketKey struct{ name, major string }

func newBuckets() buckets {
	return buckets{byKey: make(map[bucketKey]*bucket), names: make(map[string]string)}
}

// of finds or makes the bucket of a request.
func (s *buckets) of(route, major string, now time.Time) *bucket {
	s.sweep(now)
	if b := s.byKey[bucketKey{route, major}]; b != nil {
		return b // it began before the name was known
	}
	if name, ok := s.names[route]; ok {
		return s.at(bucketKey{name, major}, true)
	}
	return s.at(bucketKey{route, major}, false)
}

// at finds or makes the bucket with a key.
func (s *buckets) at(key bucketKey, named bool) *bucket {
	b := s.byKey[key]
	if b == nil {
		b = newBucket(key, named)
		s.byKey[key] = b
	}
	return b
}

// named returns the bucket that an answer is about, given the one of its request and the name in the answer.
func (s *buckets) named(b *bucket, route, name string) *bucket {
	name = s.remember(route, name)
	key := bucketKey{name, b.key.major}
	switch {
	case b.key == key:
		return b
	case b.named: // the route has changed to another bucket, and need not take the other routes of this one along
		return s.at(key, true)
	}
	delete(s.byKey, b.key)
	if other := s.byKey[key]; other != nil {
		b.join(other)
		return other
	}
	b.key, b.named = key, true
	s.byKey[key] = b
	return b
}

// remember keeps the name of a route's bucket, and returns it in memory of its own: a header's text is part of all headers.
func (s *buckets) remember(route, name string) string {
	if known := s.names[route]; known == name {
		return known
	}
	if len(s.names) >= maxRoutes {
		clear(s.names)
	}
	name = strings.Clone(name)
	s.names[route] = name
	return name
}

// sweep forgets the buckets that are as good as new, if it has not done so lately.
func (s *buckets) sweep(now time.Time) {
	if now.Sub(s.swept) < sweepEvery {
		return
	}
	s.swept = now
	for key, b := range s.byKey {
		if b.idle(now) {
			delete(s.byKey, key)
		}
	}
}
