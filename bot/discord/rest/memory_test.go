package rest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"testing"
	"testing/synctest"
	"time"
)

// TestManyChannelsLeaveNothing sends to many channels, by way of the pacer alone since a network is slow.
func TestManyChannelsLeaveNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(1_000_000)
		h := http.Header{}
		h.Set("X-RateLimit-Bucket", "b")
		h.Set("X-RateLimit-Limit", "5")
		h.Set("X-RateLimit-Remaining", "4")
		h.Set("X-RateLimit-Reset-After", "5")
		send := func(from, channels int) {
			for n := from; n < from+channels; n++ {
				at := place(fmt.Sprintf("/channels/%d/messages", n))
				permit, err := p.acquire(t.Context(), Usual, at.route(http.MethodPost), at.major(), false)
				if err != nil {
					t.Fatal(err)
				}
				p.answered(permit, answer{status: http.StatusOK, header: h}, limited{}, false)
				if n%10_000 == 0 {
					time.Sleep(6 * time.Second)
				}
			}
			time.Sleep(time.Minute)
			synctest.Wait() // the last tick is over
		}
		send(0, 20_000)
		before := inUse()
		send(20_000, 200_000)
		if len(p.buckets.byKey) > 0 || len(p.buckets.names) > 1 {
			t.Errorf("%d buckets and %d names are left", len(p.buckets.byKey), len(p.buckets.names))
		}
		if grown := inUse() - before; grown > 200_000*2 {
			t.Errorf("%d bytes are left", grown)
		}
	})
}

// TestManyRoutesLeaveLittle sends to paths that have a part nobody knows to be variable.
func TestManyRoutesLeaveLittle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(1_000_000)
		for n := range 10_000 {
			permit, err := p.acquire(t.Context(), Usual, fmt.Sprint("GET /invites/code", n), "", false)
			if err != nil {
				t.Fatal(err)
			}
			h := http.Header{}
			h.Set("X-RateLimit-Bucket", fmt.Sprint("b", n))
			h.Set("X-RateLimit-Limit", "5")
			h.Set("X-RateLimit-Remaining", "4")
			h.Set("X-RateLimit-Reset-After", "5")
			p.answered(permit, answer{status: http.StatusOK, header: h}, limited{}, false)
		}
		time.Sleep(time.Minute)
		synctest.Wait() // the last tick is over
		if len(p.buckets.byKey) > 0 || len(p.buckets.names) > maxRoutes {
			t.Errorf("%d buckets and %d names are left", len(p.buckets.byKey), len(p.buckets.names))
		}
	})
}

// TestInteractionsLeaveNothing answers many over sockets, each with a path of its own; discordgo keeps 405 bytes of each.
func TestInteractionsLeaveNothing(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-RateLimit-Bucket", "b")
		w.Header().Set("X-RateLimit-Limit", "5")
		w.Header().Set("X-RateLimit-Remaining", "4")
		w.Header().Set("X-RateLimit-Reset-After", "5")
		w.WriteHeader(http.StatusNoContent)
	}))
	defer server.Close()
	c, err := New(Options{Base: server.URL, Token: "t"})
	if err != nil {
		t.Fatal(err)
	}
	send := func(from, interactions int) {
		for n := from; n < from+interactions; n++ {
			err := c.Do(t.Context(), Request{Method: http.MethodPost, Interaction: true, Body: map[string]int{"type": 4},
				Path: fmt.Sprintf("/interactions/%d/token%d/callback", n, n)})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	send(0, 1000)
	before := inUse()
	send(1000, 5000)
	if grown := inUse() - before; grown > 5000*100 {
		t.Errorf("5,000 interactions leave %d bytes", grown)
	}
	if len(c.pace.buckets.byKey)+len(c.pace.buckets.names) > 0 {
		t.Error("the pacer has heard of interactions")
	}
}

func inUse() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
