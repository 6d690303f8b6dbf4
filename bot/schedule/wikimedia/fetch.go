package wikimedia

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Limits on a request.
const (
	requestTimeout = 5 * time.Second
	maxBody        = 4 << 20 // bytes, unpacked; a long day has about 2 MiB
	maxRedirects   = 3
)

// Types of the feed (https://www.mediawiki.org/wiki/Wikifeeds_API); it has births, deaths, holidays and all besides.
const (
	selected = "selected" // what editors chose, about ten
	all      = "events"   // every event of the article about the day
)

// enough is with how many selected events a day needs no others.
const enough = 3

// tooMany is that the service asks for fewer requests.
type tooMany struct {
	status string
	after  time.Duration // how long it asks to wait; 0 for no word
}

func (t tooMany) Error() string {
	return "the service asks for fewer requests: " + t.status
}

// transport is how the service is reached where nothing else is said. It unpacks gzip.
func transport() *http.Transport {
	return &http.Transport{
		Proxy: http.ProxyFromEnvironment, TLSHandshakeTimeout: requestTimeout, ForceAttemptHTTP2: true,
		MaxResponseHeaderBytes: 64 << 10, MaxIdleConns: 1, IdleConnTimeout: time.Minute,
	}
}

// userAgent has the form that the policy asks for: name/version (contact) library.
func userAgent(version, contact string) string {
	version = strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' || strings.ContainsRune(`()<>@,;:\"/[]?={}`, r) {
			return -1
		}
		return r
	}, version)
	if version == "" {
		version = "dev"
	}
	return "whowon/" + version + " (" + contact + ") net/http"
}

// stay follows redirects within the host only, and never to something weaker than what was asked.
func stay(r *http.Request, via []*http.Request) error {
	if len(via) > maxRedirects {
		return errors.New("it redirects again and again")
	}
	if r.URL.Host != via[0].URL.Host || r.URL.Scheme != via[0].URL.Scheme {
		return errors.New("it redirects elsewhere")
	}
	return nil
}

// errNone is that the service has nothing at an address. Not every Wikipedia has selected events.
var errNone = errors.New("the service has no such feed: if its address has changed, set base_url")

// load asks for the selected events of a day, and for the others where those are few. It is not a failure where only the
// others cannot be had.
func (c *Client) load(ctx context.Context, d date) ([]Event, error) {
	events, err := c.fetch(ctx, selected, d)
	if err != nil && !errors.Is(err, errNone) || len(events) >= enough {
		return events, err
	}
	more, err := c.fetch(ctx, all, d)
	if err != nil && len(events) == 0 {
		return nil, err
	}
	for _, e := range more {
		if !slices.ContainsFunc(events, func(o Event) bool { return o.Year == e.Year && o.Text == e.Text }) {
			events = append(events, e)
		}
	}
	return events, nil
}

// fetch asks for the events of one type.
func (c *Client) fetch(ctx context.Context, kind string, d date) ([]Event, error) {
	u := c.base.JoinPath("onthisday", kind, fmt.Sprintf("%02d", int(d.month)), fmt.Sprintf("%02d", d.day))
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), http.NoBody)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", c.agent)
	req.Header.Set("Accept", "application/json")
	res, err := c.http.Do(req)
	if err != nil {
		var withURL *url.Error
		if errors.As(err, &withURL) {
			err = withURL.Err
		}
		return nil, fmt.Errorf("the service cannot be reached: %w", err)
	}
	defer res.Body.Close()
	switch {
	case res.StatusCode == http.StatusTooManyRequests || res.StatusCode == http.StatusServiceUnavailable:
		return nil, tooMany{res.Status, c.retryAfter(res.Header)}
	case res.StatusCode == http.StatusNotFound:
		return nil, fmt.Errorf("%w (%s)", errNone, u)
	case res.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("the service answers %.80s", res.Status)
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, maxBody+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("the answer breaks off: %w", err)
	case len(body) > maxBody:
		return nil, fmt.Errorf("the answer is larger than the %d MiB that are read", maxBody>>20)
	}
	return decode(kind, body, c.base)
}

// retryAfter reads how long the service asks to wait: seconds, or a date.
func (c *Client) retryAfter(h http.Header) time.Duration {
	s := h.Get("Retry-After")
	if n, err := strconv.Atoi(s); err == nil && n >= 0 {
		return time.Duration(min(n, int(maxQuiet/time.Second))) * time.Second
	}
	if t, err := http.ParseTime(s); err == nil {
		return max(0, t.Sub(c.now()))
	}
	return 0
}
