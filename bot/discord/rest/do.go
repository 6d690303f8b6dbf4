package rest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"time"
)

const (
	// maxFailed is how many attempts may fail or be lost.
	maxFailed = 3
	// maxLimited is how often a request waits for a 429.
	maxLimited = 5
	// firstPause is the time before the second attempt, more or less; before the third it is three times as long.
	firstPause = 300 * time.Millisecond
	// maxTaken is how long one attempt may take, from the connection to the end of the answer.
	maxTaken = 30 * time.Second
)

// exchange is a request on its way, with what has become of it so far.
type exchange struct {
	*Request
	data    []byte
	scratch *scratch
	failed  int       // attempts that failed or were lost
	limited int       // attempts that were answered with a 429
	sent    time.Time // when the last attempt began
	unknown bool
}

// Do sends a request when there is room for it, and decodes the answer. What may be sent again is sent again, a few times,
// unless the wait before that would outlast ctx's deadline. All waiting ends with ctx. Whatever goes wrong is an *Error.
func (c *Client) Do(ctx context.Context, r Request) error {
	s, _ := c.scratch.Get().(*scratch) // New sets what makes them
	defer c.keep(s)
	x := exchange{Request: &r, scratch: s}
	var err error
	if x.data, err = s.encode(r.Body); err != nil {
		return c.failure(&x, fmt.Errorf("the body: %w", err))
	}
	for {
		e := c.once(ctx, &x)
		if e == nil {
			return nil
		}
		if e.Unknown && !x.unknown && r.Within > 0 {
			var cancel context.CancelFunc
			ctx, cancel = context.WithDeadline(ctx, x.sent.Add(r.Within))
			defer cancel() //nolint:gocritic // it comes here once: from then on the outcome is unknown
		}
		e.Unknown = e.Unknown || x.unknown
		x.unknown = e.Unknown
		wait, again := x.again(e)
		if !again || !fits(ctx, wait) {
			return e
		}
		c.log.Warn("a request to Discord is sent again", "err", e, "wait", wait)
		if e.Status == http.StatusTooManyRequests && !r.Interaction {
			continue // the pacer waits for it, and for what else has come up meanwhile
		}
		if !pause(ctx, wait) {
			return e
		}
	}
}

// keep returns memory for others to use, unless something large has made it large.
func (c *Client) keep(s *scratch) {
	if cap(s.in) <= maxKept && s.out.Cap() <= maxKept {
		c.scratch.Put(s)
	}
}

// once makes one attempt. Where it succeeds the answer is decoded.
func (c *Client) once(ctx context.Context, x *exchange) *Error {
	if err := ctx.Err(); err != nil {
		return c.failure(x, err)
	}
	if x.Interaction {
		e, l := c.judge(x, c.send(ctx, x, c.anonymous))
		if e != nil {
			c.pace.noted(e.Status, l)
		}
		return e
	}
	p := placeOf(x.Path)
	t, err := c.pace.acquire(ctx, x.Urgency, p.route(x.Method), p.major(), x.failed+x.limited > 0)
	if err != nil {
		return c.failure(x, err)
	}
	a := c.send(ctx, x, c.bot)
	e, l := c.judge(x, a)
	wrongToken := e != nil && e.wrongToken()
	if wrongToken {
		e.cause = ErrUnauthorized
		c.log.Error("Discord refuses the bot token; nothing more is sent", "err", e)
	}
	c.pace.answered(t, a, l, wrongToken)
	return e
}

// answer is what came back for an attempt: a status, or err and whether the request had left.
type answer struct {
	status int
	header http.Header
	body   []byte // good until the scratch is used again
	err    error
	left   bool
}

// send sends the request and reads the answer to its end, so that the connection can be used again.
func (c *Client) send(ctx context.Context, x *exchange, h headers) answer {
	if deadline, ok := ctx.Deadline(); !ok || time.Until(deadline) > maxTaken {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, maxTaken)
		defer cancel()
	}
	x.sent = time.Now()
	req, sent := c.request(ctx, x.Request, x.data, h)
	resp, err := c.transport.RoundTrip(req)
	if err != nil {
		read := sent.release()
		return answer{err: err, left: read || (x.data == nil && !dialing(err))}
	}
	defer resp.Body.Close()
	a := answer{status: resp.StatusCode, header: resp.Header, left: true}
	a.body, a.err = x.scratch.readAll(resp.Body)
	sent.release()
	return a
}

// dialing reports whether there was no connection to send anything on.
func dialing(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// judge turns an answer into the error that it is, or decodes it.
func (c *Client) judge(x *exchange, a answer) (*Error, limited) {
	switch {
	case a.status == 0:
		e := c.failure(x, a.err)
		e.Unknown, e.passing = a.left, true
		return e, limited{}
	case a.status/100 != 2:
		return c.refusal(x, a)
	case x.Into == nil:
		return nil, limited{}
	}
	err := a.err
	if err == nil && len(a.body) > 0 {
		err = json.Unmarshal(a.body, x.Into)
	}
	if err == nil {
		return nil, limited{}
	}
	e := c.failure(x, fmt.Errorf("the answer: %w", err))
	e.Status, e.Unknown = a.status, true
	e.passing = a.err != nil && !errors.Is(a.err, ErrTooLarge)
	return e, limited{}
}

// refusal reads an answer that is not a success. What is no JSON is not shown: it may be anything.
func (c *Client) refusal(x *exchange, a answer) (*Error, limited) {
	var p problem
	isJSON := a.err == nil && json.Unmarshal(a.body, &p) == nil
	s := c.secrets(x)
	e := c.failure(x, nil)
	e.Status, e.Code, e.Message = a.status, p.Code, s.hide(p.Message)
	if len(p.Errors) > 0 {
		e.Fields = s.hide(fieldErrors(p.Errors))
	}
	if a.status >= http.StatusInternalServerError {
		e.Unknown, e.passing = true, true
	}
	if a.status != http.StatusTooManyRequests {
		return e, limited{}
	}
	l := limitedBy(a.header, p, isJSON)
	e.RetryAfter = l.wait
	return e, l
}

// failure makes an error of a request, fit to be shown.
func (c *Client) failure(x *exchange, cause error) *Error {
	if cause != nil {
		cause = c.secrets(x).clean(cause)
	}
	return &Error{Method: x.Method, Route: placeOf(x.Path).shown(), cause: cause}
}

func (c *Client) secrets(x *exchange) secrets { return secrets{c.token, placeOf(x.Path).token()} }

// again returns whether the request is sent once more after e, and when.
func (x *exchange) again(e *Error) (time.Duration, bool) {
	switch {
	case e.Status == http.StatusTooManyRequests:
		x.limited++
		return e.RetryAfter, x.limited <= maxLimited
	case !e.passing, e.Unknown && !x.Repeatable:
		return 0, false
	}
	x.failed++
	wait := firstPause
	for range x.failed - 1 {
		wait *= 3
	}
	return wait/2 + rand.N(wait), x.failed < maxFailed
}

// fits reports whether ctx lives and its deadline is further than wait.
func fits(ctx context.Context, wait time.Duration) bool {
	deadline, ok := ctx.Deadline()
	return ctx.Err() == nil && (!ok || time.Until(deadline) > wait)
}

// pause waits, and reports whether ctx outlasts it.
func pause(ctx context.Context, wait time.Duration) bool {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
