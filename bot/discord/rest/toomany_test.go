package rest_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot/discord/discordtest"
	"github.com/whowon-bot/whowon/bot/discord/rest"
)

// tooMany are the ways in which Discord, and the proxies before it, say that a request comes three seconds too early.
var tooMany = map[string]struct {
	fault *discordtest.HTTPFault
	stops bool // everything, not only this channel
}{
	"user":       {discordtest.TooMany("user", 3*time.Second), false},
	"shared":     {discordtest.TooMany("shared", 3*time.Second), false},
	"global":     {discordtest.TooMany("global", 3*time.Second), true},
	"cloudflare": {discordtest.Blocked(3 * time.Second), true},
	"only JSON":  {&discordtest.HTTPFault{Status: 429, Body: `{"retry_after":3.0,"global":false}`}, false},
	"global, only JSON": {&discordtest.HTTPFault{Status: 429,
		Body: `{"retry_after":3.0,"global":true}`}, true},
	"nothing but a scope": {&discordtest.HTTPFault{Status: 429, // so it waits as long as it thinks right
		Header: http.Header{"X-RateLimit-Scope": {"user"}}}, false},
}

// TestTooMany is told to wait in every way, waits, and is served. Others wait where all have to, but not the answers to
// interactions.
func TestTooMany(t *testing.T) {
	for name, tt := range tooMany {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var came atomic.Int32
				c, _ := piped(t, rest.Options{}, func(w http.ResponseWriter, req *http.Request) {
					if req.URL.Path == "/api/v10"+post(0, 0).Path && came.Add(1) == 1 {
						answer(w, tt.fault)
						return
					}
					served(w, req)
				})
				took := func(req rest.Request) time.Duration {
					begun := time.Now()
					if err := c.Do(t.Context(), req); err != nil {
						t.Error(err)
					}
					return time.Since(begun)
				}
				var wg sync.WaitGroup
				wg.Go(func() {
					time.Sleep(time.Second)
					if held := took(post(1, rest.Usual)); tt.stops != (held > time.Second) {
						t.Errorf("another channel waits for %v", held)
					}
				})
				wg.Go(func() {
					time.Sleep(time.Second)
					if held := took(callback(1)); held > 0 {
						t.Errorf("an answer to an interaction waits for %v", held)
					}
				})
				if waited := took(post(0, rest.Usual)); waited < 3*time.Second || waited > 6*time.Second || came.Load() != 2 {
					t.Errorf("served after %v and %d attempts", waited, came.Load())
				}
				wg.Wait()
			})
		})
	}
}

// answer answers as a fault says.
func answer(w http.ResponseWriter, f *discordtest.HTTPFault) {
	for name, values := range f.Header {
		w.Header()[http.CanonicalHeaderKey(name)] = values
	}
	w.WriteHeader(f.Status)
	_, _ = w.Write([]byte(f.Body))
}

// TestTooManyAgainAndAgain ends after a few times, and at once where the deadline would come first.
func TestTooManyAgainAndAgain(t *testing.T) {
	for _, req := range []rest.Request{post(0, rest.Usual), callback(0)} {
		synctest.Test(t, func(t *testing.T) {
			var came atomic.Int32
			c, _ := piped(t, rest.Options{}, func(w http.ResponseWriter, _ *http.Request) {
				came.Add(1)
				answer(w, discordtest.TooMany("user", 3*time.Second))
			})
			var e *rest.Error
			begun := time.Now()
			err := c.Do(t.Context(), req)
			if !errors.As(err, &e) || e.Status != 429 || e.Unknown || came.Load() != 6 || time.Since(begun) > 20*time.Second {
				t.Errorf("after %v and %d attempts: %v", time.Since(begun), came.Load(), err)
			}
			time.Sleep(time.Minute)
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			defer cancel()
			begun = time.Now()
			err = c.Do(ctx, req)
			if !errors.As(err, &e) || e.Status != 429 || e.RetryAfter < 3*time.Second || time.Since(begun) > 0 {
				t.Errorf("with a near deadline, after %v: %v", time.Since(begun), err)
			}
		})
	}
}
