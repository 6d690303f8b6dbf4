package gateway_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot/discord/discordtest"
	"github.com/whowon-bot/whowon/bot/discord/gateway"
)

const token = "MTEwMDAwMDAwMDAwMDAwMDAwMQ.canary.token"

// book keeps sessions as a store does.
type book struct {
	mu    sync.Mutex
	saved map[int]gateway.Session
	saves int
	err   error         // of every call
	slow  time.Duration // how long saving shard 0 takes
}

func (b *book) LoadSession(_ context.Context, shard, _ int) (gateway.Session, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.saved[shard], b.err
}

func (b *book) SaveSession(_ context.Context, s gateway.Session) error {
	if s.Shard == 0 {
		time.Sleep(b.slow)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.saved == nil {
		b.saved = make(map[int]gateway.Session)
	}
	b.saved[s.Shard] = s
	b.saves++
	return b.err
}

func (b *book) session(shard int) gateway.Session {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.saved[shard]
}

func (b *book) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.saves
}

// rig is a gateway and what shards need to use it, without sockets and in fake time.
type rig struct {
	t        *testing.T
	s        *discordtest.Server
	client   *http.Client
	identify *gateway.Identify
	book     *book
	url      func(context.Context) (string, error)

	mu   sync.Mutex
	log  bytes.Buffer
	got  []gateway.Event // without READY and RESUMED
	fail func(gateway.Event)
}

func (r *rig) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.log.Write(p)
}

// bubble runs a test with a rig. At its end no token was logged, and no connection was closed in a way that ends a session.
func bubble(t *testing.T, o discordtest.GatewayOptions, f func(t *testing.T, r *rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r := &rig{t: t, identify: &gateway.Identify{}, book: &book{}}
		r.s, r.client = discordtest.StartPiped(t, discordtest.Options{Token: token, Gateway: o})
		r.url = func(context.Context) (string, error) { return r.s.GatewayURL(), nil }
		f(t, r)
		synctest.Wait()
		for _, code := range r.s.CloseCodes() {
			if code == 1000 || code == 1001 {
				t.Errorf("closed with %d, which ends the session", code)
			}
		}
		if strings.Contains(r.log.String(), token) {
			t.Errorf("the token was logged:\n%s", r.log.String())
		}
	})
}

func (r *rig) options() gateway.Options {
	return gateway.Options{
		Token: token, Intents: 1, Sessions: r.book, Identify: r.identify, HTTP: r.client,
		URL: func(ctx context.Context) (string, error) { return r.url(ctx) },
		Log: slog.New(slog.NewTextHandler(r, nil)),
		Dispatch: func(e gateway.Event) {
			r.mu.Lock()
			defer r.mu.Unlock()
			if r.fail != nil {
				r.fail(e)
			}
			if e.Type != "READY" && e.Type != "RESUMED" {
				e.Data = bytes.Clone(e.Data)
				r.got = append(r.got, e)
			}
		},
	}
}

// run runs a shard until stop is called, which returns what Run did.
func (r *rig) run(o gateway.Options) (shard *gateway.Shard, stop func() error) {
	ctx, cancel := context.WithCancel(r.t.Context())
	shard = gateway.New(o)
	done := make(chan error, 1)
	go func() { done <- shard.Run(ctx) }()
	return shard, func() error {
		cancel()
		err := <-done
		synctest.Wait() // until the gateway has noticed
		return err
	}
}

// live waits until so many sessions are connected.
func (r *rig) live(n int) {
	r.t.Helper()
	start := time.Now()
	for r.s.Live() != n {
		if time.Since(start) > 30*time.Minute {
			r.t.Fatalf("%d sessions are connected, want %d", r.s.Live(), n)
		}
		time.Sleep(100 * time.Millisecond)
	}
	synctest.Wait()
}

func (r *rig) received() []gateway.Event {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.got)
}

func (r *rig) logged() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.log.String()
}

// wantTicks checks that exactly the events tick(1), tick(2) … tick(n) were received, in order.
func (r *rig) wantTicks(n int) {
	r.t.Helper()
	got := r.received()
	if len(got) != n {
		r.t.Errorf("%d events were handed on, want %d", len(got), n)
	}
	for i, e := range got {
		if want := fmt.Sprintf(`{"n":%d}`, i+1); string(e.Data) != want || e.Type != "TICK" {
			r.t.Fatalf("event %d is %s %s, want TICK %s", i, e.Type, e.Data, want)
		}
	}
}

func (r *rig) tick(n int) { r.s.Dispatch("TICK", map[string]int{"n": n}) }

// wantFatal checks that an error is the FatalError of a code, with words that help.
func wantFatal(t *testing.T, err error, code int, words string) {
	t.Helper()
	var fatal *gateway.FatalError
	if !errors.As(err, &fatal) || fatal.Code != code {
		t.Fatalf("Run returned %v, want the fatal code %d", err, code)
	}
	if !strings.Contains(err.Error(), words) {
		t.Errorf("code %d says %q, want something with %q", code, err, words)
	}
}

// wantGaps checks that times are at least d apart.
func wantGaps(t *testing.T, times []time.Time, d time.Duration) {
	t.Helper()
	for i := 1; i < len(times); i++ {
		if gap := times[i].Sub(times[i-1]); gap < d {
			t.Errorf("IDENTIFY %d came %v after the one before, want at least %v", i+1, gap, d)
		}
	}
}
