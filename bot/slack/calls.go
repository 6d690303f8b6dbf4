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
	reads      bool // there is nothing to be done twice
	patient    bool // what others ask for goes before it
}

// call does a request, in its turn, and again where Slack asked to wait or was not itself. What may have been done and
// is not repeatable is not done again. The error is a bot.ErrUnsure where it may have been done, in any of the attempts.
func (p *Platform) call(ctx context.Context, l limit, do func(context.Context) error) error {
	open := false
	for attempt := 1; ; attempt++ {
		err := p.once(ctx, l, do, &open)
		wait, again := time.Duration(attempt)*time.Second, l.again(err)
		var limited *slack.RateLimitedError
		if errors.As(err, &limited) {
			wait = limited.RetryAfter
			p.watched.limited.Add(1)
			p.pace.hold(l.key, wait, l.every)
		}
		if !again || ctx.Err() != nil || attempt == maxAttempts || wait > maxWait {
			return unsure(err, open)
		}
		p.log.Debug("a request is tried again", "key", l.key, "in", wait, "err", scrub(err))
		select {
		case <-ctx.Done():
			return unsure(err, open)
		case <-time.After(wait):
		}
	}
}

// once does a request in its turn. It sets open where the request may have been carried out all the same.
func (p *Platform) once(ctx context.Context, l limit, do func(context.Context) error, open *bool) error {
	p.watched.waiting.Add(1)
	err := p.pace.wait(ctx, l)
	p.watched.waiting.Add(-1)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	var d departure
	err = do(d.watch(ctx))
	*open = *open || !l.reads && d.leavesOpen(err)
	return err
}

// again reports whether a request that ended so is to be made again.
func (l limit) again(err error) bool {
	var limited *slack.RateLimitedError
	var status slack.StatusCodeError
	switch {
	case err == nil:
		return false
	case errors.As(err, &limited):
		return true
	case errors.As(err, &status):
		return status.Code/100 == 5 && (l.repeatable || l.reads)
	case codeOf(err) == "":
		return l.repeatable || l.reads
	}
	return isPassing(codeOf(err))
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

// wait waits for the turn of a request. A patient one waits until all of the allowance is there again: of that it takes one,
// and the rest is left for what somebody waits for.
func (c *pace) wait(ctx context.Context, l limit) error {
	every := l.every / c.speed
	for every > 0 { // Slack does not count others
		d, taken := c.take(l.key, every, l.patient)
		if d > 0 {
			t := time.NewTimer(d)
			select {
			case <-ctx.Done():
				t.Stop()
				return ctx.Err()
			case <-t.C:
			}
		}
		if taken {
			break
		}
	}
	return nil
}

// take takes one of an allowance, and says how long to wait with it; or how long until the patient may ask again.
func (c *pace) take(key string, every time.Duration, patient bool) (wait time.Duration, taken bool) {
	now := time.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
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
	if d := full.Sub(now); patient && d > 0 {
		return d, false
	}
	full = full.Add(every)
	c.next[key] = full
	return full.Sub(now) - burst*every, true
}

// hold keeps all requests of a key back.
func (c *pace) hold(key string, d, every time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if until := time.Now().Add(d + (burst-1)*every); c.next[key].Before(until) {
		c.next[key] = until
	}
}

// How often requests leave, from https://docs.slack.dev/apis/web-api/rate-limits: one message a second to a channel, and
// of the methods of tier 3 and 4 that the bot uses fewer than 50 and 100 a minute and workspace. Of the "several hundred"
// messages a minute that a workspace may have, those that nobody waits for are fewer than 200.
const (
	everyPost    = time.Second
	everyPatient = 300 * time.Millisecond
	everyTier3   = 1200 * time.Millisecond
	everyTier4   = 600 * time.Millisecond
)
