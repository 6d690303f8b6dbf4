package socket

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/url"
	"strings"
	"time"

	"github.com/coder/websocket"
)

// keep keeps one connection and exchanges it, until ctx is done. An error is fatal.
func (r *runner) keep(ctx context.Context, log *slog.Logger) error {
	var old *conn // is left when there is a new one
	for failures := 0; ctx.Err() == nil; {
		c, err := r.connect(ctx, log)
		wait := time.Duration(0)
		if err == nil {
			if old != nil {
				old.retire()
			}
			if old, err = c.untilReplaced(); old != nil {
				failures = 0
				if time.Since(old.since) < hastyLife {
					wait = hastyWait
				}
				sleep(ctx, wait)
				continue
			}
			if time.Since(c.since) >= settled {
				failures = 0
			}
			wait = backoff(failures)
		} else {
			wait = max(backoff(failures+1), retryAfter(err))
		}
		var fatal *FatalError
		switch {
		case ctx.Err() != nil:
			continue // it ended since all ends
		case errors.As(err, &fatal):
			return fatal
		}
		failures++
		level := slog.LevelWarn
		if wait == 0 {
			level = slog.LevelInfo // it lasted, and is replaced at once
		}
		log.Log(ctx, level, "a connection to slack failed", "err", err, "again_in", wait)
		sleep(ctx, wait)
	}
	return nil
}

// connect makes one connection and waits until it has said hello.
func (r *runner) connect(ctx context.Context, log *slog.Logger) (*conn, error) {
	address, err := r.open(ctx)
	if err != nil {
		return nil, err
	}
	c := newConn(r, log)
	if c.ws, err = c.dial(ctx, address); err != nil {
		return nil, err
	}
	r.conns.Go(func() { c.run(ctx) })
	select {
	case <-c.greeted:
		log.Info("connected to slack")
		return c, nil
	case <-c.over:
		return nil, c.err
	}
}

func (r *runner) open(ctx context.Context) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, openTimeout)
	defer cancel()
	address, err := r.o.Open(ctx)
	switch {
	case err == nil:
		return address, nil
	case ctx.Err() == nil && r.o.Fatal(err):
		return "", &FatalError{Err: err}
	}
	return "", fmt.Errorf("asking for a connection: %w", err)
}

func (c *conn) dial(ctx context.Context, address string) (*websocket.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, openTimeout)
	defer cancel()
	ws, _, err := websocket.Dial(ctx, address, &websocket.DialOptions{ //nolint:bodyclose // never needed
		HTTPClient:     c.r.o.HTTPClient,
		OnPingReceived: func(context.Context, []byte) bool { c.heardNow(); return true },
		OnPongReceived: func(context.Context, []byte) { c.heardNow() },
	})
	if err != nil {
		return nil, fmt.Errorf("connecting to slack: %s", withoutTicket(err, address))
	}
	ws.SetReadLimit(maxFrame)
	return ws, nil
}

// withoutTicket is what an error of dialing says, without the address: who knows that may connect as the app.
func withoutTicket(err error, address string) string {
	if inner := (*url.Error)(nil); errors.As(err, &inner) {
		err = inner.Err
	}
	text := strings.ReplaceAll(err.Error(), address, "…")
	if u, err := url.Parse(address); err == nil {
		for _, values := range u.Query() {
			for _, secret := range values {
				if secret != "" {
					text = strings.ReplaceAll(text, secret, "…")
				}
			}
		}
		if u.RawQuery != "" {
			text = strings.ReplaceAll(text, u.RawQuery, "…")
		}
	}
	return text
}

// untilReplaced waits until the connection is asked to leave, and returns it then, or until it has ended by itself, and
// returns why.
func (c *conn) untilReplaced() (*conn, error) {
	select {
	case <-c.leave:
		return c, nil
	case <-c.over:
	}
	select {
	case <-c.leave: // both, the other one first
		return c, nil
	default:
		return nil, c.err
	}
}

// backoff is how long to wait after so many failures in a row: not at all after none, which is when a connection has ended
// that lasted, and from a second to 30 seconds otherwise, of which a part is random.
func backoff(failures int) time.Duration {
	if failures == 0 {
		return 0
	}
	d := min(maxBackoff, 2*time.Second<<min(failures-1, 8))
	return d/2 + rand.N(d/2)
}

// sleep waits, or until ctx is done.
func sleep(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
