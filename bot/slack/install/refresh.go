package install

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"sync"
	"time"
)

const (
	// A token lives for twelve hours and is refreshed this long before its end, plus up to as much again, by installation:
	// so that not all are refreshed at once.
	refreshEarly  = 30 * time.Minute
	refreshSpread = 30 * time.Minute
	// retryRefresh is how long a token that is still good is used when it could not be refreshed.
	retryRefresh = time.Minute
	// retryExpired is how long Slack is left alone when a token that has expired could not be refreshed.
	retryExpired = 5 * time.Second
)

// refreshAt is when a token is to be refreshed: never, zero, when it does not rotate.
func refreshAt(inst Installation) time.Time {
	if inst.RefreshToken.Reveal() == "" || inst.ExpiresAt.IsZero() {
		return time.Time{}
	}
	h := fnv.New64a()
	h.Write([]byte(inst.Key()))
	return inst.ExpiresAt.Add(-refreshEarly - time.Duration(h.Sum64()%uint64(refreshSpread)))
}

// refresh exchanges the refresh token, which can be used once, for new tokens, and saves them before anybody uses them.
// sealed is what inst was read from. The key is locked, so that this process does it once; another one may do it, too.
func (i *Installs) refresh(ctx context.Context, key string, inst Installation, sealed []byte) (Installation, error) {
	next, err := i.slack.refresh(ctx, inst, i.now)
	if refused := new(slackError); errors.As(err, &refused) && refused.spent() {
		if other, ok, err := i.refreshedElsewhere(ctx, key, inst); ok {
			return other, err
		}
		err = fmt.Errorf("%w (%s)", ErrReinstall, refused.Code)
	}
	if err != nil {
		return i.stillGood(key, inst, err)
	}
	out, err := i.sealer.seal(key, next)
	if err != nil {
		return Installation{}, err
	}
	i.spent.put(key, pending{was: sealed, sealed: out})
	if err := i.savePending(ctx, key); err != nil {
		return Installation{}, err
	}
	return i.reread(ctx, key)
}

// reread gives what is in the store after it was saved: by this process, or by another one that has installed meanwhile.
func (i *Installs) reread(ctx context.Context, key string) (Installation, error) {
	sealed, err := i.store.LoadInstall(ctx, key)
	if err != nil {
		return Installation{}, err
	}
	inst, _, err := i.sealer.open(key, sealed)
	if err != nil {
		return Installation{}, err
	}
	// A new token may live for less than it is refreshed early, as in tests: it is good for half of its time.
	due := refreshAt(inst)
	if half := i.now().Add(inst.ExpiresAt.Sub(i.now()) / 2); !due.IsZero() && due.Before(half) {
		due = half
	}
	i.cache.put(key, inst, i.now(), due)
	return inst, nil
}

// refreshedElsewhere looks whether another process has used the refresh token, and waits for it to save what it got. It
// gives that, or ErrNotFound when the workspace was forgotten; it reports false when nothing has changed.
func (i *Installs) refreshedElsewhere(ctx context.Context, key string, was Installation) (Installation, bool, error) {
	for _, wait := range []time.Duration{0, 50, 150, 300, 500, 1000, 1000} {
		select {
		case <-time.After(wait * time.Millisecond):
		case <-ctx.Done():
			return Installation{}, false, nil
		}
		inst, err := i.reread(ctx, key)
		if err == nil && inst.RefreshToken.Reveal() != was.RefreshToken.Reveal() || errors.Is(err, ErrNotFound) {
			return inst, true, err
		}
		i.cache.drop(key)
	}
	return Installation{}, false, nil
}

// stillGood gives the token that could not be refreshed for as long as it lasts.
func (i *Installs) stillGood(key string, inst Installation, err error) (Installation, error) {
	now := i.now()
	if !now.Before(inst.ExpiresAt) {
		i.log.Error("a Slack token has expired and cannot be refreshed", "key", key, "err", err)
		wait := retryExpired
		if errors.Is(err, ErrReinstall) {
			wait = retryRefresh
		}
		err = fmt.Errorf("the token of %s has expired and cannot be refreshed: %w", key, err)
		i.cache.putError(key, err, now.Add(wait))
		return Installation{}, err
	}
	i.log.Warn("a Slack token cannot be refreshed yet", "key", key, "expires", inst.ExpiresAt, "err", err)
	until := now.Add(retryRefresh)
	if inst.ExpiresAt.Before(until) {
		until = inst.ExpiresAt
	}
	i.cache.put(key, inst, now, until)
	return inst, nil
}

// pendings are refreshed installations that are not saved yet: the store failed, and what they replace is good no more. They
// are sealed already. There are only as many as could not be saved.
type pendings struct {
	mu  sync.Mutex
	all map[string]pending
}

type pending struct {
	was, sealed []byte
}

func newPendings() *pendings { return &pendings{all: map[string]pending{}} }

func (p *pendings) get(key string) (pending, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	one, ok := p.all[key]
	return one, ok
}

func (p *pendings) put(key string, one pending) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.all[key] = one
}

func (p *pendings) drop(key string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.all, key)
}

// savePending saves what a refresh has brought, if it is not yet. What was installed or forgotten meanwhile stays so.
func (i *Installs) savePending(ctx context.Context, key string) error {
	one, ok := i.spent.get(key)
	if !ok {
		return nil
	}
	saved, err := i.swap(ctx, key, one.was, one.sealed)
	if err != nil {
		i.log.Error("a refreshed Slack token cannot be saved; it is kept in memory and saved later", "key", key, "err", err)
		return fmt.Errorf("the refreshed token of %s cannot be saved: %w", key, err)
	}
	i.spent.drop(key)
	if !saved {
		i.log.Info("a refreshed Slack token is not needed: its workspace was installed or forgotten meanwhile", "key", key)
	}
	return nil
}
