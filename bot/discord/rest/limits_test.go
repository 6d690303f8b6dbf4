package rest_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"github.com/whowon-bot/whowon/bot/discord/discordtest"
	"github.com/whowon-bot/whowon/bot/discord/rest"
)

// TestFifteenHundredPostsAtOnce keep to the limits without trying them: not one in a thousand is refused, and all arrive.
func TestFifteenHundredPostsAtOnce(t *testing.T) {
	for name, tt := range map[string]struct {
		u     rest.Urgency
		mixed bool
		late  time.Duration // how long an answer may take, so that answers overtake each other
		most  time.Duration
	}{
		"usual":      {u: rest.Usual, most: 34 * time.Second}, // 1,500 at 46 a second are 33 s
		"background": {u: rest.Background, most: 34 * time.Second},
		"mixed":      {u: rest.Usual, mixed: true, most: 70 * time.Second},
		"late":       {u: rest.Usual, late: 800 * time.Millisecond, most: 60 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			inTime(t, discordtest.RateLimits{}, func(t *testing.T, r rig) {
				if tt.late > 0 {
					r.server.Fault(func(*http.Request) *discordtest.HTTPFault {
						return &discordtest.HTTPFault{Delay: rand.N(tt.late)}
					})
				}
				others := []string{"/users/@me", "/guilds/" + guild, "/channels/" + channel(7), "/guilds/" + guild + "/roles"}
				begun, requests := time.Now(), 1500
				if tt.mixed {
					requests *= 2
				}
				var wg sync.WaitGroup
				for n := range requests {
					req := post(n%300, tt.u)
					if n >= 1500 {
						req = get(others[n%4])
						req.Urgency = rest.Urgency(n % 3)
					}
					wg.Go(func() {
						if err := r.Do(t.Context(), req); err != nil {
							t.Error(err)
						}
					})
				}
				wg.Wait()
				checkArrived(t, r.server.Requests(), requests)
				if took := time.Since(begun); took > tt.most {
					t.Errorf("it took %v", took)
				}
			})
		})
	}
}

// checkArrived looks at what came: all of it, one in a thousand refused at most, and never more than 50 in a second.
func checkArrived(t *testing.T, came []discordtest.Recorded, want int) {
	t.Helper()
	arrived, refused := 0, 0
	var at []time.Time
	for _, req := range came {
		at = append(at, req.At)
		switch req.Status {
		case http.StatusOK:
			arrived++
		case http.StatusTooManyRequests:
			refused++
		}
	}
	if n := mostInASecond(at); n > 50 {
		t.Errorf("%d requests came in a second", n)
	}
	if arrived != want || refused > want/1000 {
		t.Errorf("of %d requests %d arrived, and %d were refused first", want, arrived, refused)
	}
}

// mostInASecond returns how many of the times are in the second with the most of them, its end not included.
func mostInASecond(at []time.Time) int {
	slices.SortFunc(at, time.Time.Compare)
	most, first := 0, 0
	for i := range at {
		for at[i].Sub(at[first]) >= time.Second {
			first++
		}
		most = max(most, i-first+1)
	}
	return most
}

// burst is so many requests at once, and the time until the next.
type burst struct {
	requests int
	then     time.Duration
}

// TestNeverMoreThanFiftyInASecond sends at random times, to a server that knows no bucket.
func TestNeverMoreThanFiftyInASecond(t *testing.T) {
	bursts := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) burst {
		return burst{rapid.IntRange(1, 60).Draw(t, "at once"), time.Duration(rapid.Int64Range(0, 2e9).Draw(t, "then wait, ns"))}
	}), 1, 12)
	rapid.Check(t, func(rt *rapid.T) {
		perSecond := rapid.SampledFrom([]int{rest.DefaultPerSecond, 1, 7, 17, 18, 25, 49, 50}).Draw(rt, "per second")
		drawn := bursts.Draw(rt, "bursts")
		synctest.Test(t, func(t *testing.T) {
			if n, may := mostInASecond(arrivals(t, perSecond, drawn)), perSecond+perSecond/15; n > may {
				t.Errorf("%d requests came in a second, and %d may", n, may)
			}
		})
		if t.Failed() {
			rt.Fatal("see above")
		}
	})
}

// arrivals sends requests of all urgencies, one in ten of which gives up soon, and returns when they came.
func arrivals(t *testing.T, perSecond int, bursts []burst) []time.Time {
	t.Helper()
	var mu sync.Mutex
	var at []time.Time
	c, end := piped(t, rest.Options{PerSecond: perSecond}, func(w http.ResponseWriter, req *http.Request) {
		mu.Lock()
		at = append(at, time.Now())
		mu.Unlock()
		served(w, req)
	})
	var wg sync.WaitGroup
	sent := 0
	for _, b := range bursts {
		for range b.requests {
			req, patience := post(sent%30, rest.Urgency(sent%3)), time.Hour
			if sent++; sent%10 == 0 {
				patience = 200 * time.Millisecond
			}
			wg.Go(func() {
				ctx, cancel := context.WithTimeout(t.Context(), patience)
				defer cancel()
				if err := c.Do(ctx, req); err != nil && patience == time.Hour {
					t.Error(err)
				}
			})
		}
		time.Sleep(b.then)
	}
	wg.Wait()
	end()
	return at
}

// TestTheUrgentGoFirst sends a few urgent requests behind hundreds that are not.
func TestTheUrgentGoFirst(t *testing.T) {
	inTime(t, discordtest.RateLimits{}, func(t *testing.T, r rig) {
		var wg sync.WaitGroup
		for n := range 250 {
			wg.Go(func() { _ = r.Do(t.Context(), post(n, rest.Background)) })
			wg.Go(func() { _ = r.Do(t.Context(), post(n, rest.Usual)) })
		}
		time.Sleep(time.Second)
		begun := time.Now()
		for n := 290; n < 299; n++ {
			wg.Go(func() {
				if err := r.Do(t.Context(), post(n, rest.Live)); err != nil {
					t.Error(err)
				}
				if took := time.Since(begun); took > 300*time.Millisecond { // nine, at 46 a second
					t.Errorf("a live request waits for %v", took)
				}
			})
		}
		wg.Wait()
	})
}

// TestTheBackgroundLeavesRoom keeps hundreds waiting in the background: a live request finds room at any moment, at once.
func TestTheBackgroundLeavesRoom(t *testing.T) {
	inTime(t, discordtest.RateLimits{}, func(t *testing.T, r rig) {
		var wg sync.WaitGroup
		for n := range 290 {
			wg.Go(func() { _ = r.Do(t.Context(), post(n, rest.Background)) })
		}
		for n := range 8 {
			time.Sleep(503 * time.Millisecond)
			begun := time.Now()
			if err := r.Do(t.Context(), post(291+n, rest.Live)); err != nil {
				t.Error(err)
			}
			if took := time.Since(begun); took > 0 {
				t.Errorf("a live request waits for %v", took)
			}
		}
		wg.Wait()
	})
}

// TestWaitingEndsWithTheContext of the one who waits: for a bucket, and for the global limit. Whoever comes next is served.
func TestWaitingEndsWithTheContext(t *testing.T) {
	for name, channels := range map[string]int{"bucket": 1, "global": 150} {
		t.Run(name, func(t *testing.T) {
			inTime(t, discordtest.RateLimits{}, func(t *testing.T, r rig) {
				var wg sync.WaitGroup
				for n := range 20 + channels {
					wg.Go(func() {
						if err := r.Do(t.Context(), post(n%channels, rest.Live)); err != nil {
							t.Error(err)
						}
					})
				}
				time.Sleep(time.Second)
				ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
				defer cancel()
				begun := time.Now()
				err := r.Do(ctx, post(0, rest.Usual))
				var e *rest.Error
				if !errors.As(err, &e) || !errors.Is(err, context.DeadlineExceeded) || e.Unknown {
					t.Errorf("%+v", err)
				}
				if took := time.Since(begun); took != 100*time.Millisecond {
					t.Errorf("it waited for %v", took)
				}
				wg.Wait()
				if err := r.Do(t.Context(), post(0, rest.Usual)); err != nil {
					t.Error(err)
				}
			})
		})
	}
}
