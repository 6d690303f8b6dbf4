package opentdb

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// temporary is a failure that may be gone in a while.
type temporary struct {
	error
	after time.Duration // how long the server asks to wait; 0 for no word
}

func (t temporary) Unwrap() error { return t.error }

// ask makes a request, at the pace of the API, again where it is limited or broken for a moment. It returns the code in
// the answer, which is not codeRate.
func (c *Client) ask(ctx context.Context, path string, query url.Values) (int, []byte, error) {
	for try := 1; ; try++ {
		if err := c.wait(ctx); err != nil {
			return 0, nil, err
		}
		body, err := c.get(ctx, path, query)
		c.ready = c.now().Add(Pace)
		var code int
		if err == nil {
			if code, err = codeOf(body); err == nil {
				return code, body, nil
			}
		}
		var soon temporary
		if !errors.As(err, &soon) || try == maxTries || ctx.Err() != nil {
			return 0, nil, fmt.Errorf("opentdb: %w", err)
		}
		c.ready = c.now().Add(max(min(soon.after, maxRetryAfter), Pace<<(try-1)))
	}
}

// wait waits until the next request may be made.
func (c *Client) wait(ctx context.Context) error {
	if d := c.ready.Sub(c.now()); d > 0 {
		return c.sleep(ctx, min(d, maxRetryAfter))
	}
	return ctx.Err()
}

// codeOf reads the code of an answer.
func codeOf(body []byte) (int, error) {
	var answer struct {
		Code *int `json:"response_code"`
	}
	if err := json.Unmarshal(body, &answer); err != nil || answer.Code == nil {
		return 0, temporary{error: errors.New("the answer is not one of the API")}
	}
	if *answer.Code == codeRate {
		return 0, temporary{error: errors.New("too many requests from this address")}
	}
	return *answer.Code, nil
}

// get makes one request and reads its bounded answer.
func (c *Client) get(ctx context.Context, path string, query url.Values) ([]byte, error) {
	limited, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	u := c.base.JoinPath(path)
	u.RawQuery = query.Encode()
	req, err := http.NewRequestWithContext(limited, http.MethodGet, u.String(), http.NoBody)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", c.agent)
	req.Header.Set("Accept", "application/json")
	res, err := c.http.Do(req)
	if err != nil {
		if cause := context.Cause(ctx); cause != nil {
			return nil, cause
		}
		return nil, temporary{error: withoutQuery(err)}
	}
	defer res.Body.Close()
	switch {
	case res.StatusCode == http.StatusTooManyRequests || res.StatusCode >= http.StatusInternalServerError:
		return nil, temporary{fmt.Errorf("the server answers %s", res.Status), retryAfter(res.Header, c.now())}
	case res.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("the server answers %s", res.Status)
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, maxBody+1))
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case err != nil:
		return nil, temporary{error: fmt.Errorf("the answer breaks off: %w", err)}
	case len(body) > maxBody:
		return nil, fmt.Errorf("the answer is larger than the %d KiB that are read", maxBody>>10)
	}
	return body, nil
}

// withoutQuery keeps the token of the session out of logs.
func withoutQuery(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return fmt.Errorf("the server cannot be reached: %w", u.Err)
	}
	return err
}

// retryAfter reads how long a server asks to wait: seconds, or a date.
func retryAfter(h http.Header, now time.Time) time.Duration {
	s := h.Get("Retry-After")
	if n, err := strconv.Atoi(s); err == nil && n >= 0 {
		return time.Duration(min(n, 3600)) * time.Second
	}
	if t, err := http.ParseTime(s); err == nil && t.After(now) {
		return t.Sub(now)
	}
	return 0
}
