package install

import (
	"context"
	"slices"
	"sync"
	"time"
)

const (
	// cacheFor is how long an installation is used without looking into the store, where another process may have
	// replaced or removed it.
	cacheFor = time.Minute
	// missingFor is the same for a workspace without one, which may just be installing it.
	missingFor = 5 * time.Second
	maxCache   = 10_000 // installations, of about 1 KB
)

// cache are installations as they were read lately, and why there is none.
type cache struct {
	mu   sync.Mutex
	all  map[string]cached
	size int
}

type cached struct {
	inst  Installation
	err   error
	until time.Time
}

func newCache() *cache { return &cache{all: map[string]cached{}, size: maxCache} }

// get gives what is known of a key, and whether that is anything.
func (c *cache) get(key string, now time.Time) (Installation, bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.all[key]
	switch {
	case !ok:
		return Installation{}, false, nil
	case !now.Before(e.until):
		delete(c.all, key)
		return Installation{}, false, nil
	}
	e.inst.Scopes = slices.Clone(e.inst.Scopes) // who gets it may change it
	return e.inst, true, e.err
}

// put keeps an installation for a while, and not beyond due unless that is zero.
func (c *cache) put(key string, inst Installation, now, due time.Time) {
	until := now.Add(cacheFor)
	if !due.IsZero() && due.Before(until) {
		until = due
	}
	c.set(key, cached{inst: inst, until: until})
}

// putError keeps why there is no installation.
func (c *cache) putError(key string, err error, until time.Time) {
	c.set(key, cached{err: err, until: until})
}

func (c *cache) set(key string, e cached) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.all[key]; !ok && len(c.all) >= c.size {
		for any := range c.all { // whichever comes first: it is read again when it is needed
			delete(c.all, any)
			break
		}
	}
	c.all[key] = e
}

func (c *cache) drop(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.all, key)
}

// locks lets one at a time work on a key. Those that nobody has or waits for take no memory.
type locks struct {
	mu  sync.Mutex
	all map[string]*keyLock
}

type keyLock struct {
	held  chan struct{} // has one while it is
	users int
}

func newLocks() *locks { return &locks{all: map[string]*keyLock{}} }

// lock waits for a key until ctx is done.
func (l *locks) lock(ctx context.Context, key string) (unlock func(), err error) {
	l.mu.Lock()
	k := l.all[key]
	if k == nil {
		k = &keyLock{held: make(chan struct{}, 1)}
		l.all[key] = k
	}
	k.users++
	l.mu.Unlock()
	leave := func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if k.users--; k.users == 0 {
			delete(l.all, key)
		}
	}
	select {
	case k.held <- struct{}{}:
		return func() { <-k.held; leave() }, nil
	case <-ctx.Done():
		leave()
		return nil, ctx.Err()
	}
}
