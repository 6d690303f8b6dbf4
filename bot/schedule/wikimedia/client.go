package wikimedia

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// How rarely the service is asked.
const (
	keep     = 24 * time.Hour  // how long a day of the year is not asked for again
	maxDays  = 8               // of the year are kept: posts are about today, whatever zone they are for
	quiet    = 5 * time.Minute // how long a service that has failed is left alone
	maxQuiet = time.Hour       // the same, where it asks for more
)

// Event is something that happened on a day of the year. Text and Title are of strangers: valid UTF-8 on one line,
// without control, bidirectional and other invisible characters, but not escaped for any platform.
type Event struct {
	Year  int    // astronomical years are not used: -44 is 44 BC, and there is no 0
	Text  string // 1 to 500 letters
	Title string // of an article about it, at most 200 letters; "" where there is none
	URL   string // of that article; "" where there is none that may be linked
}

// Options are what a client needs besides its configuration. All of it is optional.
type Options struct {
	Version   string            // of the bot
	Transport http.RoundTripper // how to reach the service
	Now       func() time.Time
	Log       *slog.Logger
}

// Client asks the feed. It is safe for use by several goroutines.
type Client struct {
	base  *url.URL
	agent string
	http  *http.Client
	now   func() time.Time
	log   *slog.Logger

	mu       sync.Mutex
	days     map[date]entry
	flights  map[date]*flight
	failure  error     // the last one
	quietFor time.Time // until when the service is left alone
}

// date is a day of the year.
type date struct {
	month time.Month
	day   int
}

func (d date) String() string {
	return fmt.Sprintf("%02d/%02d", int(d.month), d.day)
}

// entry is what is known of a day of the year.
type entry struct {
	events []Event
	at     time.Time
}

// flight is a question that is on its way, and who asks the same waits for it.
type flight struct {
	done   chan struct{}
	events []Event
	err    error
}

// New makes a client, also where the configuration is off. It asks nothing yet.
func New(c Config, o Options) (*Client, error) {
	base, err := c.base()
	if err != nil {
		return nil, err
	}
	if err := c.checkContact(); err != nil {
		return nil, err
	}
	if o.Transport == nil {
		o.Transport = transport()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Client{
		base: base, agent: userAgent(o.Version, c.Contact), now: o.Now, log: o.Log,
		http: &http.Client{Transport: o.Transport, CheckRedirect: stay, Timeout: requestTimeout},
		days: map[date]entry{}, flights: map[date]*flight{},
	}, nil
}

// OnDay is what happened on a day of the year, what the editors of Wikipedia selected before the rest. The service is
// asked once a day, and everybody who asks at the same time shares one request. Where it fails, what it said before is
// returned if that is still known, and otherwise an error; then it is not asked again for five minutes.
func (c *Client) OnDay(ctx context.Context, month time.Month, day int) ([]Event, error) {
	// In a leap year, which has every day of the year.
	if t := time.Date(2000, month, day, 0, 0, 0, 0, time.UTC); t.Month() != month || t.Day() != day {
		return nil, fmt.Errorf("wikimedia: no year has a day %d of month %d", day, int(month))
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	f := c.join(ctx, date{month, day})
	select {
	case <-f.done:
		return slices.Clone(f.events), f.err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// join finds the flight for a day, lets one take off, or makes one that has landed already of what is known.
func (c *Client) join(ctx context.Context, d date) *flight {
	c.mu.Lock()
	defer c.mu.Unlock()
	known, ok := c.days[d]
	now := c.now()
	switch f := c.flights[d]; {
	case ok && now.Sub(known.at) < keep && !now.Before(known.at):
		return landed(known.events, nil)
	case f != nil:
		return f
	case now.Before(c.quietFor) && ok:
		return landed(known.events, nil)
	case now.Before(c.quietFor):
		return landed(nil, fmt.Errorf("wikimedia: not asked again before %s: %w",
			c.quietFor.UTC().Format(time.TimeOnly+" MST"), c.failure))
	}
	f := &flight{done: make(chan struct{})}
	c.flights[d] = f
	// Whoever asked first may give up, and the others still want to know.
	go c.fly(context.WithoutCancel(ctx), d, f)
	return f
}

func landed(events []Event, err error) *flight {
	f := &flight{done: make(chan struct{}), events: events, err: err}
	close(f.done)
	return f
}

// fly asks the service, and keeps what it says.
func (c *Client) fly(ctx context.Context, d date, f *flight) {
	events, err := c.load(ctx, d)
	c.mu.Lock()
	defer c.mu.Unlock()
	defer close(f.done)
	delete(c.flights, d)
	now := c.now()
	if err == nil {
		c.days[d] = entry{events, now}
		c.forget(d)
		c.failure, c.quietFor = nil, time.Time{}
		f.events = events
		return
	}
	pause := quiet
	var limited tooMany
	if errors.As(err, &limited) {
		pause = min(max(quiet, limited.after), maxQuiet)
	}
	c.failure, c.quietFor = err, now.Add(pause)
	known, ok := c.days[d]
	c.log.Warn("wikimedia: on this day", "day", d.String(), "error", err, "pause", pause, "answered_from_before", ok)
	if ok {
		f.events = known.events
		return
	}
	f.err = fmt.Errorf("wikimedia: %w", err)
}

// forget keeps the days bounded: it drops the oldest, never the one that was just learned.
func (c *Client) forget(just date) {
	for len(c.days) > maxDays {
		oldest := just
		for d, e := range c.days {
			if d != just && (oldest == just || e.at.Before(c.days[oldest].at)) {
				oldest = d
			}
		}
		delete(c.days, oldest)
	}
}
