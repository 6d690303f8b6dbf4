package rest

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestFiftyThousandWait in one line, and give up: that takes no walk over all of them for each.
func TestFiftyThousandWait(t *testing.T) {
	for name, channels := range map[string]int{"for one bucket": 1, "for many buckets": 50_000} {
		t.Run(name, func(t *testing.T) {
			p := newPacer(1_000_000)
			full := http.Header{}
			full.Set("X-RateLimit-Limit", "1")
			full.Set("X-RateLimit-Remaining", "0")
			full.Set("X-RateLimit-Reset-After", "3600")
			for n := range channels {
				first, err := p.acquire(t.Context(), Usual, "route", fmt.Sprint(n), false)
				if err != nil {
					t.Fatal(err)
				}
				p.answered(first, answer{status: http.StatusOK, header: full}, limited{}, false)
			}
			begun := time.Now()
			ctx, cancel := context.WithCancel(t.Context())
			var wg sync.WaitGroup
			for n := range 50_000 {
				wg.Go(func() {
					if _, err := p.acquire(ctx, Background, "route", fmt.Sprint(n%channels), false); err == nil {
						t.Error("there is no room, and a request goes")
					}
				})
			}
			for waiting := 0; waiting < 50_000; time.Sleep(time.Millisecond) {
				p.mu.Lock()
				waiting = len(p.lines.waiting)
				p.mu.Unlock()
			}
			cancel()
			wg.Wait()
			if took := time.Since(begun); took > 20*time.Second { // with a walk it is more than a minute
				t.Errorf("it took %v", took)
			}
			if n := len(p.lines.waiting) + p.lines.free.Len() + p.lines.full.Len(); n > 0 {
				t.Errorf("%d are left", n)
			}
		})
	}
}

// TestWhoGoesFirst fills a line of every urgency while nothing may go: the most urgent goes first, those that are sent again
// before the others, and else who came first. Those whose bucket has no room are passed over.
func TestWhoGoesFirst(t *testing.T) {
	type wish struct {
		urgency Urgency
		channel int // the last has no room
		again   bool
	}
	const channels = 4
	rank := map[Urgency]int{Live: 0, Usual: 1, Background: 2}
	wishes := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) wish {
		return wish{Urgency(rapid.IntRange(0, 2).Draw(t, "urgency")), rapid.IntRange(0, channels-1).Draw(t, "channel"),
			rapid.IntRange(0, 3).Draw(t, "again") == 0}
	}), 1, 40)
	rapid.Check(t, func(rt *rapid.T) {
		drawn := wishes.Draw(rt, "wishes")
		gaveUp := rapid.SliceOfN(rapid.Bool(), len(drawn), len(drawn)).Draw(rt, "give up")
		var want, got []int
		for i := range drawn {
			if !gaveUp[i] && drawn[i].channel < channels-1 {
				want = append(want, i)
			}
		}
		slices.SortStableFunc(want, func(a, b int) int {
			x, y := drawn[a], drawn[b]
			return cmp.Or(cmp.Compare(rank[x.urgency], rank[y.urgency]), cmp.Compare(truth(y.again), truth(x.again)))
		})
		now := time.Now()
		p := newPacer(1_000_000)
		p.blocked = now.Add(time.Hour)
		var all []*waiter
		for i, w := range drawn {
			b := p.buckets.of("route", fmt.Sprint(w.channel), now)
			b.unlimited = true
			if w.channel == channels-1 {
				b.blocked = now.Add(time.Hour)
			}
			all = append(all, &waiter{bucket: b, urgency: w.urgency, again: w.again})
			p.lines.join(all[i])
			p.lines.place(b, now)
		}
		for i, w := range all {
			if gaveUp[i] {
				p.lines.leave(w)
				p.lines.place(w.bucket, now)
			}
		}
		for {
			now = now.Add(time.Millisecond) // a thousand turns
			w, _ := p.pick(now)
			if w == nil {
				break
			}
			got = append(got, slices.Index(all, w))
		}
		if !slices.Equal(got, want) {
			rt.Fatalf("they go in the order %v, not %v", got, want)
		}
	})
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestLinesOfOneBucket over two routes become one when an answer says that it is one bucket.
func TestLinesOfOneBucket(t *testing.T) {
	now := time.Now()
	p := newPacer(1_000_000)
	h := http.Header{}
	h.Set("X-RateLimit-Bucket", "b")
	h.Set("X-RateLimit-Limit", "1")
	h.Set("X-RateLimit-Remaining", "0")
	h.Set("X-RateLimit-Reset-After", "60")
	var all []*waiter
	for _, route := range []string{"one", "two"} {
		first, err := p.acquire(t.Context(), Usual, route, "/channels/1", false)
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			w := &waiter{bucket: p.buckets.of(route, "/channels/1", now), urgency: Live, ready: make(chan struct{})}
			p.lines.join(w)
			p.lines.place(w.bucket, now)
			all = append(all, w)
		}
		p.answered(first, answer{status: http.StatusOK, header: h}, limited{}, false)
	}
	b := all[0].bucket
	for i, w := range all {
		if w.bucket != b || !slices.Contains(b.line.items, w) || b.line.first() != all[0] {
			t.Errorf("waiter %d is not in the line of the bucket", i)
		}
	}
	if b.line.Len() != len(all) || p.lines.full.Len() != 1 || p.lines.free.Len() != 0 {
		t.Errorf("%d wait for it, %d buckets have no room, %d some", b.line.Len(), p.lines.full.Len(), p.lines.free.Len())
	}
}
