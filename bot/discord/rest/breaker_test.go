package rest_test

import (
	"errors"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot/discord/discordtest"
	"github.com/whowon-bot/whowon/bot/discord/rest"
)

// TestAStormOfRefusalsIsEnded lets Discord refuse requests until the client does so itself, at a thousand. Interactions are
// still answered, and ten minutes later everything is sent again.
func TestAStormOfRefusalsIsEnded(t *testing.T) {
	for name, tt := range map[string]struct {
		fault       *discordtest.HTTPFault
		requests    int // of which each comes once, and those with a 429 again and again
		come, ended int
	}{
		"403":         {&discordtest.HTTPFault{Status: 403, Body: `{"code":50001,"message":"Missing Access"}`}, 1500, 1000, 500},
		"401":         {&discordtest.HTTPFault{Status: 401, Body: `{"code":50027,"message":"Invalid Webhook Token"}`}, 1500, 1000, 500},
		"429, shared": {discordtest.TooMany("shared", 0), 200, 1200, 0},
		"404":         {&discordtest.HTTPFault{Status: 404, Body: `{"code":10003,"message":"Unknown Channel"}`}, 1200, 1200, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var refuses atomic.Bool
				var came atomic.Int32
				c, _ := piped(t, rest.Options{}, func(w http.ResponseWriter, req *http.Request) {
					_, _ = io.Copy(io.Discard, req.Body)
					if !refuses.Load() {
						served(w, req)
						return
					}
					came.Add(1)
					answer(w, tt.fault)
				})
				refuses.Store(true)
				ended := 0
				for n := range tt.requests {
					if errors.Is(c.Do(t.Context(), post(n, rest.Usual)), rest.ErrInvalidStorm) {
						ended++
					}
				}
				if int(came.Load()) != tt.come || ended != tt.ended {
					t.Errorf("%d requests came, %d were held back", came.Load(), ended)
				}
				refuses.Store(false)
				if err := c.Do(t.Context(), callback(0)); err != nil {
					t.Errorf("an answer to an interaction: %v", err)
				}
				time.Sleep(11 * time.Minute)
				if err := c.Do(t.Context(), post(0, rest.Usual)); err != nil {
					t.Errorf("eleven minutes later: %v", err)
				}
			})
		})
	}
}

// TestAStormEndsTheWaiting of requests that have not been sent, and interactions count as well.
func TestAStormEndsTheWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, _ := piped(t, rest.Options{}, func(w http.ResponseWriter, req *http.Request) {
			_, _ = io.Copy(io.Discard, req.Body)
			if req.Method == http.MethodGet {
				answer(w, discordtest.TooMany("global", time.Hour))
				return
			}
			answer(w, &discordtest.HTTPFault{Status: 403})
		})
		var wg sync.WaitGroup
		wg.Go(func() {
			if err := c.Do(t.Context(), get("/users/@me")); !errors.Is(err, rest.ErrInvalidStorm) {
				t.Errorf("what waits in a storm: %v", err)
			}
		})
		synctest.Wait()
		for n := range 1000 {
			_ = c.Do(t.Context(), callback(n))
		}
		begun := time.Now()
		wg.Wait()
		if time.Since(begun) > 0 {
			t.Errorf("it waits for %v longer", time.Since(begun))
		}
	})
}

// TestAWrongTokenIsSentOnce, whoever waits is told, and interactions are still answered.
func TestAWrongTokenIsSentOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var came atomic.Int32
		c, _ := piped(t, rest.Options{}, func(w http.ResponseWriter, req *http.Request) {
			if req.Header.Get("Authorization") == "" {
				served(w, req)
				return
			}
			came.Add(1)
			answer(w, &discordtest.HTTPFault{Status: 401, Body: `{"code":0,"message":"401: Unauthorized"}`})
		})
		var wg sync.WaitGroup
		for range 20 { // to one channel, so that they go one at a time
			wg.Go(func() {
				if err := c.Do(t.Context(), post(0, rest.Usual)); !errors.Is(err, rest.ErrUnauthorized) {
					t.Errorf("a wrong token: %v", err)
				}
			})
		}
		wg.Wait()
		if err := c.Do(t.Context(), get("/users/@me")); !errors.Is(err, rest.ErrUnauthorized) || came.Load() != 1 {
			t.Errorf("after %d attempts: %v", came.Load(), err)
		}
		if err := c.Do(t.Context(), callback(0)); err != nil {
			t.Errorf("an answer to an interaction: %v", err)
		}
	})
}
