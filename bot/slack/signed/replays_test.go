package signed_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot/slack/signed"
)

func TestRepeatedRequestIsRefused(t *testing.T) {
	c := newClock()
	v := verifier(t, signed.Options{Now: c.now})
	at := c.now()
	wantStatus(t, v, request(secret, at, "b"), 200)
	wantStatus(t, v, request(secret, at, "b"), 401)
	wantStatus(t, v, request(secret, at, "c"), 200)
	c.add(time.Second)
	wantStatus(t, v, request(secret, c.now(), "b"), 200) // Slack's retry: signed anew
}

// TestRepetitionIsNeverTaken at any time after, whether the timestamp was ahead of our clock or behind.
func TestRepetitionIsNeverTaken(t *testing.T) {
	for _, ahead := range []time.Duration{-300 * time.Second, 0, 300 * time.Second} {
		c := newClock()
		v := verifier(t, signed.Options{Now: c.now})
		for i := range 599 { // what begins the spans of the cache does so at any moment
			if i%7 == 0 {
				wantStatus(t, v, request(secret, c.now(), fmt.Sprint(i)), 200)
			}
			c.add(time.Second)
		}
		at := c.now().Add(ahead)
		wantStatus(t, v, request(secret, at, "b"), 200)
		for range 1500 {
			c.add(time.Second)
			wantStatus(t, v, request(secret, at, "b"), 401)
		}
	}
}

// TestOfManyRepetitionsOneIsTaken sends 100,000 requests at once, each of a thousand a hundred times.
func TestOfManyRepetitionsOneIsTaken(t *testing.T) {
	const distinct, times, senders = 1000, 100, 16
	c := newClock()
	v := verifier(t, signed.Options{Now: c.now})
	var taken [distinct]atomic.Int32
	order := rand.New(rand.NewPCG(1, 2)).Perm(distinct * times)
	var wg sync.WaitGroup
	for s := range senders {
		wg.Go(func() {
			for i := s; i < len(order); i += senders {
				n := order[i] % distinct
				if status, _, _ := read(v, request(secret, c.now(), fmt.Sprint("event ", n))); status == 200 {
					taken[n].Add(1)
				}
			}
		})
	}
	wg.Wait()
	for n := range taken {
		if got := taken[n].Load(); got != 1 {
			t.Errorf("request %d was taken %d times", n, got)
		}
	}
}
