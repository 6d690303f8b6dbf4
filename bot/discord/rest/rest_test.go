package rest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot/discord/discordtest"
	"github.com/whowon-bot/whowon/bot/discord/rest"
)

const canary = "canary-token-of-the-bot"

// rig is a client of a Discord, in a bubble.
type rig struct {
	*rest.Client
	server *discordtest.Server
	log    *strings.Builder
}

// inTime runs a test in a bubble, where waiting takes no time.
func inTime(t *testing.T, limits discordtest.RateLimits, f func(t *testing.T, r rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))) // a bubble begins before Discord
		server, client := discordtest.StartPiped(t, discordtest.Options{Token: canary, REST: discordtest.RESTOptions{Limits: limits}})
		var channels []discordtest.Channel
		for n := range 300 {
			channels = append(channels, discordtest.Channel{ID: channel(n), Name: fmt.Sprint("c", n)})
		}
		server.AddGuild("200000000000000001", "guild", channels...)
		log := &strings.Builder{}
		c, err := rest.New(rest.Options{Base: server.API(), Token: canary, Transport: client.Transport,
			Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
		if err != nil {
			t.Fatal(err)
		}
		f(t, rig{c, server, log})
		if strings.Contains(log.String(), canary) {
			t.Errorf("the log holds the token:\n%s", log)
		}
	})
}

func channel(n int) string { return fmt.Sprint(210000000000000001 + n) }

func note(text string) map[string]any {
	return map[string]any{"content": text, "allowed_mentions": map[string]any{"parse": []string{}}}
}

func post(n int, u rest.Urgency) rest.Request {
	return rest.Request{Method: http.MethodPost, Path: "/channels/" + channel(n) + "/messages", Body: note("hello"), Urgency: u}
}

// TestFifteenHundredPostsAtOnce keep to the limits without trying them: not one in a thousand is refused, and all arrive.
func TestFifteenHundredPostsAtOnce(t *testing.T) {
	inTime(t, discordtest.RateLimits{}, func(t *testing.T, r rig) {
		begun := time.Now()
		var wg sync.WaitGroup
		for n := range 1500 {
			wg.Go(func() {
				if err := r.Do(t.Context(), post(n%300, rest.Background)); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		took := time.Since(begun)
		refused, arrived := 0, 0
		var at []time.Time
		for _, req := range r.server.Requests() {
			at = append(at, req.At)
			switch req.Status {
			case http.StatusOK:
				arrived++
			case http.StatusTooManyRequests:
				refused++
			}
		}
		for i := 50; i < len(at); i++ {
			if at[i].Sub(at[i-50]) < time.Second {
				t.Fatalf("51 requests within %v", at[i].Sub(at[i-50]))
			}
		}
		if arrived != 1500 || refused > 1 {
			t.Errorf("%d arrived, %d were refused first", arrived, refused)
		}
		if took > 60*time.Second {
			t.Errorf("it took %v; 1,500 at 45 a second are 34 s", took)
		}
	})
}

// TestLiveGoesFirst sends a live request behind hundreds in the background.
func TestLiveGoesFirst(t *testing.T) {
	inTime(t, discordtest.RateLimits{}, func(t *testing.T, r rig) {
		var wg sync.WaitGroup
		for n := range 290 {
			wg.Go(func() { _ = r.Do(t.Context(), post(n, rest.Background)) })
		}
		time.Sleep(time.Second)
		begun := time.Now()
		if err := r.Do(t.Context(), post(299, rest.Live)); err != nil {
			t.Error(err)
		}
		if took := time.Since(begun); took > 200*time.Millisecond {
			t.Errorf("a live request waits for %v", took)
		}
		wg.Wait()
	})
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	inTime(t, discordtest.RateLimits{}, func(t *testing.T, r rig) {
		for range 5 {
			if err := r.Do(t.Context(), post(0, rest.Usual)); err != nil {
				t.Fatal(err)
			}
		}
		ctx, cancel := context.WithCancel(t.Context())
		begun := time.Now()
		time.AfterFunc(100*time.Millisecond, cancel)
		err := r.Do(ctx, post(0, rest.Usual))
		if !errors.Is(err, context.Canceled) || time.Since(begun) > time.Second {
			t.Errorf("after %v: %v", time.Since(begun), err)
		}
	})
}

// TestTooMany is told to wait in every way that Discord has, waits, and is served.
func TestTooMany(t *testing.T) {
	for name, f := range map[string]*discordtest.HTTPFault{
		"user": discordtest.TooMany("user", 3*time.Second), "shared": discordtest.TooMany("shared", 3*time.Second),
		"global": discordtest.TooMany("global", 3*time.Second), "cloudflare": discordtest.Blocked(3 * time.Second),
	} {
		t.Run(name, func(t *testing.T) {
			inTime(t, discordtest.RateLimits{Off: true}, func(t *testing.T, r rig) {
				var refused, other atomic.Int32
				r.server.Fault(func(req *http.Request) *discordtest.HTTPFault {
					if strings.Contains(req.URL.Path, channel(0)) && refused.Add(1) == 1 {
						return f
					}
					return nil
				})
				begun := time.Now()
				var wg sync.WaitGroup
				wg.Go(func() {
					time.Sleep(time.Second)
					if err := r.Do(t.Context(), post(1, rest.Usual)); err != nil {
						t.Error(err)
					}
					other.Store(int32(time.Since(begun) / time.Second))
				})
				if err := r.Do(t.Context(), post(0, rest.Usual)); err != nil {
					t.Error(err)
				}
				took := time.Since(begun)
				wg.Wait()
				if took < 3*time.Second || took > 5*time.Second || refused.Load() != 2 {
					t.Errorf("served after %v and %d attempts", took, refused.Load())
				}
				if stops := name == "global" || name == "cloudflare"; stops != (other.Load() >= 3) {
					t.Errorf("another channel was served after %d s", other.Load())
				}
			})
		})
	}
}

// TestFaults repeats what may be repeated, and says of the rest whether it may have been done.
func TestFaults(t *testing.T) {
	for _, tt := range []struct {
		name       string
		fault      discordtest.HTTPFault
		repeatable bool
		attempts   int32
		unknown    bool
	}{
		{"500, repeatable", discordtest.HTTPFault{Status: 500, Body: "oops"}, true, 3, true},
		{"500", discordtest.HTTPFault{Status: 500, Body: "oops"}, false, 1, true},
		{"503, repeatable", discordtest.HTTPFault{Status: 503, Body: "<html>"}, true, 3, true},
		{"dropped, repeatable", discordtest.HTTPFault{Drop: true}, true, 3, true},
		{"dropped", discordtest.HTTPFault{Drop: true}, false, 1, true},
		{"truncated", discordtest.HTTPFault{Truncate: true}, false, 1, true},
		{"forbidden", discordtest.HTTPFault{Status: 403, Body: `{"code":50013,"message":"Missing Permissions"}`}, true, 1, false},
		{"giant", discordtest.HTTPFault{Status: 200, Body: `{"id":"` + strings.Repeat("x", 5<<20) + `"}`}, false, 1, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			inTime(t, discordtest.RateLimits{Off: true}, func(t *testing.T, r rig) {
				var attempts atomic.Int32
				r.server.Fault(func(*http.Request) *discordtest.HTTPFault {
					attempts.Add(1)
					return &tt.fault
				})
				req, into := post(0, rest.Usual), struct{ ID string }{}
				req.Repeatable, req.Into = tt.repeatable, &into
				err := r.Do(t.Context(), req)
				var e *rest.Error
				if !errors.As(err, &e) || e.Unknown != tt.unknown || attempts.Load() != tt.attempts {
					t.Errorf("%d attempts, and %+v", attempts.Load(), e)
				}
				if tt.fault.Status == 403 && (e.Code != 50013 || !strings.Contains(e.Error(), "Missing Permissions")) {
					t.Errorf("the error says %q", e)
				}
				if e != nil && strings.Contains(e.Error(), canary) {
					t.Errorf("the error holds the token: %v", e)
				}
			})
		})
	}
	t.Run("nobody there", func(t *testing.T) {
		c, err := rest.New(rest.Options{Base: "http://127.0.0.1:1", Token: canary})
		if err != nil {
			t.Fatal(err)
		}
		var e *rest.Error
		if err := c.Do(t.Context(), post(0, rest.Usual)); !errors.As(err, &e) || e.Unknown {
			t.Errorf("what was never sent is %+v", e)
		}
	})
}

// TestAStormOfRefusalsIsEnded lets Discord refuse a thousand requests. It blocks addresses at ten thousand in ten minutes.
func TestAStormOfRefusalsIsEnded(t *testing.T) {
	inTime(t, discordtest.RateLimits{Off: true}, func(t *testing.T, r rig) {
		forbid := func(*http.Request) *discordtest.HTTPFault {
			return &discordtest.HTTPFault{Status: 403, Body: `{"code":50001,"message":"Missing Access"}`}
		}
		r.server.Fault(forbid)
		ended := 0
		for range 1500 {
			if err := r.Do(t.Context(), post(0, rest.Usual)); errors.Is(err, rest.ErrInvalidStorm) {
				ended++
			}
		}
		if n := r.server.Invalid(); n > 1000 || ended < 500 {
			t.Errorf("%d requests were refused by Discord, %d held back", n, ended)
		}
		r.server.Fault(nil)
		time.Sleep(11 * time.Minute)
		if err := r.Do(t.Context(), post(0, rest.Usual)); err != nil {
			t.Errorf("eleven minutes later: %v", err)
		}
	})
}

func TestAWrongTokenIsSentOnce(t *testing.T) {
	inTime(t, discordtest.RateLimits{}, func(t *testing.T, r rig) {
		r.server.Fault(func(*http.Request) *discordtest.HTTPFault {
			return &discordtest.HTTPFault{Status: 401, Body: `{"code":0,"message":"401: Unauthorized"}`}
		})
		for range 20 {
			if err := r.Do(t.Context(), post(0, rest.Usual)); !errors.Is(err, rest.ErrUnauthorized) {
				t.Errorf("a wrong token: %v", err)
			}
		}
		if n := r.server.Invalid(); n != 1 {
			t.Errorf("it was tried %d times", n)
		}
	})
}

// TestNothingIsRememberedOfInteractions answers many, each with a path of its own, and looks at the memory.
func TestNothingIsRememberedOfInteractions(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		_, _ = io.Copy(io.Discard, req.Body)
		w.Header().Set("X-Ratelimit-Bucket", "b")
		w.Header().Set("X-Ratelimit-Limit", "5")
		w.Header().Set("X-Ratelimit-Remaining", "4")
		w.Header().Set("X-Ratelimit-Reset-After", "0.001")
		w.WriteHeader(http.StatusNoContent)
	}))
	defer server.Close()
	c, err := rest.New(rest.Options{Base: server.URL, Token: canary, PerSecond: 1_000_000})
	if err != nil {
		t.Fatal(err)
	}
	answer := func(n int) {
		err := c.Do(t.Context(), rest.Request{Method: http.MethodPost, Interaction: true, Body: note("x"),
			Path: fmt.Sprintf("/interactions/%d/token%d/callback", 1000+n, n)})
		if err != nil {
			t.Fatal(err)
		}
	}
	for n := range 1000 {
		answer(n)
	}
	before := inUse()
	for n := range 20_000 {
		answer(1000 + n)
	}
	if grown := inUse() - before; grown > 20_000*20 { // discordgo keeps 405 bytes of each
		t.Errorf("20,000 interactions leave %d bytes", grown)
	}
}

func inUse() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// BenchmarkCallback answers an interaction, beside a bare http.Client that sends the same.
func BenchmarkCallback(b *testing.B) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		_, _ = io.Copy(io.Discard, req.Body)
		w.WriteHeader(http.StatusNoContent)
	}))
	defer server.Close()
	body := []byte(`{"type":4,"data":{"content":"` + strings.Repeat("x", 1000) + `"}}`)
	b.Run("ours", func(b *testing.B) {
		c, err := rest.New(rest.Options{Base: server.URL, Token: canary})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		for b.Loop() {
			err := c.Do(b.Context(), rest.Request{Method: http.MethodPost, Path: "/interactions/1/t/callback", Body: body, Interaction: true})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("bare", func(b *testing.B) {
		client := &http.Client{Transport: rest.NewTransport()}
		b.ReportAllocs()
		for b.Loop() {
			req, err := http.NewRequestWithContext(b.Context(), http.MethodPost, server.URL+"/interactions/1/t/callback", strings.NewReader(string(body)))
			if err != nil {
				b.Fatal(err)
			}
			resp, err := client.Do(req)
			if err != nil {
				b.Fatal(err)
			}
			_, _ = io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
		}
	})
}
