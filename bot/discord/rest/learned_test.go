package rest_test

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot/discord/rest"
)

// slowBucket is a server whose requests to channels 0 and 2 take a second and share one bucket each: three in ten seconds.
type slowBucket struct {
	mu    sync.Mutex
	begun time.Time
	ends  map[bool]time.Time
	left  map[bool]int
	at    []time.Duration // of the requests to channel 0, in seconds
}

func (s *slowBucket) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	first := strings.Contains(req.URL.Path, channel(0))
	if !first && !strings.Contains(req.URL.Path, channel(2)) {
		served(w, req)
		return
	}
	s.mu.Lock()
	if !time.Now().Before(s.ends[first]) {
		s.ends[first], s.left[first] = time.Now().Add(10*time.Second), 3
	}
	s.left[first]--
	left, ends := s.left[first], s.ends[first]
	if first {
		s.at = append(s.at, time.Since(s.begun).Truncate(time.Second)/time.Second)
	}
	s.mu.Unlock()
	time.Sleep(time.Second)
	allow(w, "shared", 3, max(0, left), time.Until(ends))
	if left < 0 {
		w.Header().Set("Retry-After", "60")
		w.WriteHeader(http.StatusTooManyRequests)
		return
	}
	served(w, req)
}

// TestABucketIsLearned sends one request to a channel of which nothing is known, and as many as there is room for once its
// answer has come, over every route of the bucket. Another channel is not held up.
func TestABucketIsLearned(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &slowBucket{ends: map[bool]time.Time{}, left: map[bool]int{}}
		c, end := piped(t, rest.Options{}, s.ServeHTTP)
		do := func(req rest.Request) {
			if err := c.Do(t.Context(), req); err != nil {
				t.Error(err)
			}
		}
		do(post(2, rest.Usual)) // so that both routes are known to have one bucket
		do(get("/channels/" + channel(2)))
		s.begun = time.Now()
		var wg sync.WaitGroup
		for range 5 {
			wg.Go(func() { do(post(0, rest.Usual)) })
		}
		wg.Go(func() { do(get("/channels/" + channel(0))) })
		wg.Go(func() {
			do(post(1, rest.Usual))
			if took := time.Since(s.begun); took > 500*time.Millisecond {
				t.Errorf("another channel was held up for %v", took)
			}
		})
		wg.Wait()
		end()
		if want := []time.Duration{0, 1, 1, 10, 10, 10}; !slices.Equal(s.at, want) {
			t.Errorf("the requests came after %d seconds, not %d", s.at, want)
		}
	})
}

// TestABucketWhoseAnswersAreLost is found out about again: nothing waits for an answer that does not come.
func TestABucketWhoseAnswersAreLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var n int
		var mu sync.Mutex
		c, _ := piped(t, rest.Options{}, func(w http.ResponseWriter, req *http.Request) {
			mu.Lock()
			n++
			lost := n > 1 && n <= 6
			mu.Unlock()
			if lost {
				panic(http.ErrAbortHandler)
			}
			allow(w, "b", 5, 4, time.Second)
			served(w, req)
		})
		if err := c.Do(t.Context(), post(0, rest.Usual)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Second)
		var wg sync.WaitGroup
		failed := make(chan error, 10)
		for range 10 {
			wg.Go(func() { failed <- c.Do(t.Context(), post(0, rest.Usual)) })
		}
		wg.Wait()
		close(failed)
		lost := 0
		for err := range failed {
			if err != nil {
				lost++
			}
		}
		if lost != 5 {
			t.Errorf("%d of 10 requests failed, and the answers to 5 were lost", lost)
		}
	})
}
