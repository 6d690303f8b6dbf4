package daily

import (
	"sync"
	"time"
)

// cached is how many values a cache keeps at least; it keeps twice as many at most.
const cached = 256

// expiry is until when a value is good; zero is as long as the facts are the same.
type expiry struct{ at time.Time }

// cache keeps what was made of facts. What is asked for by many at once is made once. It is emptied when the facts are
// others.
type cache[V any] struct {
	mu       sync.Mutex
	of       Facts
	now, old map[string]*entry[V] // what was asked for lately, and what before that
}

type entry[V any] struct {
	mu    sync.Mutex
	made  bool
	value V
	good  expiry
}

// get is the value of a key, made where there is none that is good.
func (c *cache[V]) get(of Facts, key string, at time.Time, fill func() (V, expiry)) V {
	e := c.entry(of, key)
	e.mu.Lock()
	defer e.mu.Unlock()
	if !e.made || !e.good.at.IsZero() && !at.Before(e.good.at) {
		e.value, e.good = fill()
		e.made = true
	}
	return e.value
}

func (c *cache[V]) entry(of Facts, key string) *entry[V] {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.now == nil || c.of != of {
		c.of, c.now, c.old = of, map[string]*entry[V]{}, nil
	}
	e := c.now[key]
	if e != nil {
		return e
	}
	if e = c.old[key]; e == nil {
		e = &entry[V]{}
	}
	if len(c.now) >= cached {
		c.old, c.now = c.now, map[string]*entry[V]{}
	}
	c.now[key] = e
	return e
}
