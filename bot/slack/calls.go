package slack

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/slack-go/slack"
)

// client acts with a token.
func (p *Platform) client(token string) *slack.Client {
	return slack.New(token, slack.OptionAPIURL(p.o.Config.api()), slack.OptionHTTPClient(p.http))
}

// Attempts at one request, and how long it may wait between them.
const (
	maxAttempts = 4
	maxWait     = 25 * time.Second
)

// limit is what one request is held to.
type limit struct {
	key        string // of what Slack counts: a method and workspace, or a channel
	every      time.Duration
	repeatable bool // doing it twice does no harm
}

// call does a request, in its turn, and again where Slack asked to wait or was not itself. What may have been done and
// is not repeatable is not done again.
func (p *Platform) call(ctx context.Context, l limit, do func(context.Context) error) error {
	for attempt := 1; ; attempt++ {
		if err := p.pace.wait(ctx, l.key, l.every); err != nil {
			return err
		}
		one, cancel := context.WithTimeout(ctx, callTimeout)
		err := do(one)
		cancel()
		wait := time.Duration(attempt) * time.Second
		var limited *slack.RateLimitedError
		var status slack.StatusCodeError
		switch {
		case err == nil || ctx.Err() != nil || attempt == maxAttempts:
			return err
		case errors.As(err, &limited):
			wait = limited.RetryAfter
			p.pace.hold(l.key, wait, l.every)
		case errors.As(err, &status) && status.Code/100 == 5 && l.repeatable:
		case codeOf(err) == "" && l.repeatable && !errors.As(err, &status):
		case isPassing(codeOf(err)):
		default:
			return err
		}
		if wait > maxWait {
			return err
		}
		p.log.Debug("a request is tried again", "key", l.key, "in", wait, "err", scrub(err))
		select {
		case <-ctx.Done():
			return err
		case <-time.After(wait):
		}
	}
}

// isPassing reports whether an error is Slack's own and nothing was done.
func isPassing(code string) bool {
	return code == "service_unavailable" || code == "team_added_to_org" || code == "accesslimited"
}

// pace spreads requests out: so many at once, then one every so often, by key.
type pace struct {
	speed time.Duration // how many times as fast as asked

	mu   sync.Mutex
	next map[string]time.Time // when the allowance of a key is full again
}

const (
	burst   = 3 // requests that need not wait
	maxKeys = 20_000
)

// wait waits for the turn of a request.
func (c *pace) wait(ctx context.Context, key string, every time.Duration) error {
	if every /= c.speed; every == 0 {
		return nil // Slack does not count them
	}
	now := time.Now()
	c.mu.Lock()
	if len(c.next) >= maxKeys {
		for k, t := range c.next {
			if t.Before(now) {
				delete(c.next, k)
			}
		}
	}
	full := c.next[key]
	if full.Before(now) {
		full = now
	}
	full = full.Add(every)
	c.next[key] = full
	c.mu.Unlock()
	d := full.Sub(now) - burst*every
	if d <= 0 {
		return nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// hold keeps all requests of a key back.
func (c *pace) hold(key string, d, every time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if until := time.Now().Add(d + (burst-1)*every); c.next[key].Before(until) {
		c.next[key] = until
	}
}

// How often requests leave, from https://docs.slack.dev/apis/web-api/rate-limits: one message a second to a channel,
// and of the methods of tier 3 and 4 that the bot uses fewer than 50 and 100 a minute and workspace.
const (
	everyPost  = time.Second
	everyTier3 = 1200 * time.Millisecond
	everyTier4 = 600 * time.Millisecond
)
