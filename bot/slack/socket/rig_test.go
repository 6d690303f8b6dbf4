package socket_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot/slack/slacktest"
	"github.com/whowon-bot/whowon/bot/slack/socket"
)

// rig is a Slack and what a client needs to use it.
type rig struct {
	t      *testing.T
	s      *slacktest.Server
	client *http.Client
	stats  socket.Stats

	mu      sync.Mutex
	log     bytes.Buffer
	tickets []string
	opens   []time.Time
	got     []socket.Envelope
	acks    []func([]byte) error
	handle  func(e socket.Envelope, ack func([]byte) error) // instead of acknowledging
	fail    func(n int) error                               // of the nth Open
}

func (r *rig) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.log.Write(p)
}

// bubble runs a test without sockets and in fake time. At its end nothing secret was logged.
func bubble(t *testing.T, o slacktest.SocketOptions, f func(t *testing.T, r *rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r := &rig{t: t}
		r.s, r.client = slacktest.StartPiped(t, unlimited(o))
		f(t, r)
		r.wantNoSecrets()
	})
}

// unlimited allows more connections a minute than Slack does.
func unlimited(o slacktest.SocketOptions) slacktest.Options {
	return slacktest.Options{Socket: o, Web: slacktest.WebOptions{Limits: slacktest.RateLimits{Off: true}}}
}

// overSockets is a rig with real sockets.
func overSockets(t *testing.T, o slacktest.SocketOptions) *rig {
	t.Helper()
	r := &rig{t: t, s: slacktest.Start(t, unlimited(o)), client: http.DefaultClient}
	t.Cleanup(r.wantNoSecrets)
	return r
}

func (r *rig) wantNoSecrets() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, ticket := range r.tickets {
		if strings.Contains(r.log.String(), ticket) {
			r.t.Errorf("a ticket was logged:\n%s", r.log.String())
			return
		}
	}
}

// open is apps.connections.open.
func (r *rig) open(ctx context.Context) (string, error) {
	r.mu.Lock()
	r.opens = append(r.opens, time.Now())
	n, fail := len(r.opens), r.fail
	r.mu.Unlock()
	if fail != nil {
		if err := fail(n); err != nil {
			return "", err
		}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.s.API()+"apps.connections.open", http.NoBody)
	if err != nil {
		return "", err
	}
	req.Header.Set("Authorization", "Bearer "+r.s.AppToken())
	res, err := r.client.Do(req)
	if err != nil {
		return "", err
	}
	defer func() { _ = res.Body.Close() }()
	var answer struct {
		OK         bool
		URL, Error string
	}
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil {
		return "", err
	}
	if !answer.OK {
		return "", errors.New(answer.Error)
	}
	u, err := url.Parse(answer.URL)
	if err != nil {
		return "", err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tickets = append(r.tickets, u.Query().Get("ticket"))
	return answer.URL, nil
}

func (r *rig) options() socket.Options {
	return socket.Options{
		Open: r.open, HTTPClient: r.client, Log: slog.New(slog.NewTextHandler(r, nil)), Stats: &r.stats,
		Handle: func(e socket.Envelope, ack func([]byte) error) {
			r.mu.Lock()
			handle := r.handle
			r.got = append(r.got, e)
			r.acks = append(r.acks, ack)
			r.mu.Unlock()
			if handle != nil {
				handle(e, ack)
				return
			}
			if err := ack(nil); err != nil && !errors.Is(err, socket.ErrGone) {
				r.t.Errorf("acknowledging: %v", err)
			}
		},
	}
}

// run runs the client until stop is called, which returns what Run did.
func (r *rig) run(o socket.Options) (stop func() error) {
	ctx, cancel := context.WithCancel(r.t.Context())
	done := make(chan error, 1)
	go func() { done <- socket.Run(ctx, o) }()
	stop = sync.OnceValue(func() error {
		cancel()
		return <-done
	})
	r.t.Cleanup(func() { _ = stop() })
	return stop
}

// eventually waits until something holds, at most for a minute.
func (r *rig) eventually(what string, holds func() bool) {
	r.t.Helper()
	for start := time.Now(); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Since(start) > time.Minute {
			r.t.Fatalf("%s: not within a minute; the log is\n%s", what, r.logged())
		}
	}
}

// connected waits until so many connections are live.
func (r *rig) connected(n int) {
	r.t.Helper()
	r.eventually(fmt.Sprint(n, " connections"), func() bool {
		return r.s.Connections() == n && r.stats.Live.Load() == int64(n)
	})
}

func (r *rig) received() []socket.Envelope {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.got)
}

func (r *rig) opened() []time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.opens)
}

func (r *rig) logged() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.log.String()
}

func (r *rig) set(handle func(e socket.Envelope, ack func([]byte) error)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.handle = handle
}

// event delivers the nth event.
func (r *rig) event(n int) {
	r.s.Deliver("events_api", payload(n), nil)
}

func payload(n int) []byte {
	return fmt.Appendf(nil, `{"type":"event_callback","team_id":"T1","event_id":"Ev%d","event":{"type":"app_mention"}}`, n)
}

// wantAll checks that the events 0 to n-1 all came, each once, or again only as a retry.
func (r *rig) wantAll(n int) {
	r.t.Helper()
	first, retries := make(map[string]int), make(map[string]int) // a retry may come sooner than the first, on another connection
	for _, e := range r.received() {
		if e.RetryAttempt == 0 {
			first[string(e.Payload)]++
		} else {
			retries[string(e.Payload)]++
		}
	}
	for i := range n {
		once, again := first[string(payload(i))], retries[string(payload(i))]
		if once > 1 || once+again == 0 {
			r.t.Errorf("event %d came %d times, and %d times as a retry", i, once, again)
		}
	}
	if u := r.s.Unacked(); u != 0 {
		r.t.Errorf("%d are not acknowledged", u)
	}
	if f := r.s.DeliveryFaults(); len(f) > 0 {
		r.t.Errorf("faults: %q", f)
	}
}
