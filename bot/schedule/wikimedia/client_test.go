package wikimedia_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot/schedule/wikimedia"
)

// feed is a server to ask, and a clock. What it answers can be changed at any time.
type feed struct {
	*httptest.Server
	asked  atomic.Int32
	answer atomic.Pointer[http.HandlerFunc]
	now    atomic.Int64 // seconds
	logged bytes.Buffer
}

func newFeed(t *testing.T, answer http.HandlerFunc) (*feed, *wikimedia.Client) {
	t.Helper()
	f := &feed{}
	f.set(answer)
	f.now.Store(1_800_000_000)
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.asked.Add(1)
		(*f.answer.Load())(w, r)
	}))
	t.Cleanup(f.Close)
	c, err := wikimedia.New(wikimedia.Config{BaseURL: f.URL + "/feed/v1/wikipedia/en", Contact: "ops@example.org"}, wikimedia.Options{
		Version: "1.2.3", Now: func() time.Time { return time.Unix(f.now.Load(), 0) }, Log: slog.New(slog.NewTextHandler(&f.logged, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	return f, c
}

func (f *feed) set(answer http.HandlerFunc) { f.answer.Store(&answer) }

func (f *feed) wait(d time.Duration) { f.now.Add(int64(d / time.Second)) }

// list is an answer with n events.
func list(kind string, n int) string {
	var events []string
	for i := range n {
		events = append(events, fmt.Sprintf(`{"text":"%s %d happened","year":%d,"pages":[{"title":"A_%d","titles":{"normalized":"A %d"},`+
			`"content_urls":{"desktop":{"page":"https://en.wikipedia.org/wiki/A_%d"}}}]}`, kind, i, 1900+i, i, i, i))
	}
	return fmt.Sprintf(`{%q:[%s]}`, kind, strings.Join(events, ","))
}

// kind is the type that a request asks for.
func kind(r *http.Request) string {
	return strings.Split(r.URL.Path, "/")[6]
}

func good(w http.ResponseWriter, r *http.Request) {
	fmt.Fprint(w, list(kind(r), 5))
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", code) }
}

func mustOnDay(t *testing.T, c *wikimedia.Client, month time.Month, day int) []wikimedia.Event {
	t.Helper()
	events, err := c.OnDay(t.Context(), month, day)
	if err != nil {
		t.Fatal(err)
	}
	return events
}

func (f *feed) wantAsked(t *testing.T, want int32) {
	t.Helper()
	if got := f.asked.Swap(0); got != want {
		t.Errorf("the service was asked %d times, want %d", got, want)
	}
}

func TestOnDay(t *testing.T) {
	f, c := newFeed(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/feed/v1/wikipedia/en/onthisday/selected/03/09" || r.Method != http.MethodGet {
			t.Errorf("%s %s", r.Method, r.URL)
		}
		if got, want := r.Header.Get("User-Agent"), "whowon/1.2.3 (ops@example.org) net/http"; got != want {
			t.Errorf("the user agent is %q, want %q", got, want)
		}
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			t.Error("gzip is not accepted")
		}
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		fmt.Fprint(z, list("selected", 5))
		z.Close()
	})
	events := mustOnDay(t, c, time.March, 9)
	want := wikimedia.Event{Year: 1900, Text: "selected 0 happened", Title: "A 0", URL: "https://en.wikipedia.org/wiki/A_0"}
	if len(events) != 5 || events[0] != want {
		t.Errorf("%+v", events)
	}
	events[0].Text = "changed by a caller"
	if again := mustOnDay(t, c, time.March, 9); again[0] != want {
		t.Errorf("a caller changed what is kept: %+v", again[0])
	}
	f.wantAsked(t, 1)
	for _, d := range []struct {
		month time.Month
		day   int
	}{{0, 1}, {13, 1}, {time.February, 30}, {time.April, 31}, {time.May, 0}, {time.May, -1}} {
		if _, err := c.OnDay(t.Context(), d.month, d.day); err == nil {
			t.Errorf("there is a day %d of month %d", d.day, d.month)
		}
	}
	f.wantAsked(t, 0)
}

// The leap day is a day of the year. Where editors selected little, the rest follows, and nothing comes twice.
func TestFewSelected(t *testing.T) {
	f, c := newFeed(t, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, strings.ReplaceAll(list(kind(r), map[string]int{"selected": 2, "events": 4}[kind(r)]), kind(r)+" ", "it "))
	})
	if events := mustOnDay(t, c, time.February, 29); len(events) != 4 {
		t.Errorf("%d events: %+v", len(events), events)
	}
	f.wantAsked(t, 2)
	f.set(func(w http.ResponseWriter, r *http.Request) {
		if kind(r) == "events" {
			status(500)(w, r)
			return
		}
		fmt.Fprint(w, list("selected", 1))
	})
	if events := mustOnDay(t, c, time.March, 1); len(events) != 1 {
		t.Errorf("without the rest there are %d events", len(events))
	}
	f.set(func(w http.ResponseWriter, r *http.Request) {
		if kind(r) == "selected" { // as of a Wikipedia that selects nothing
			http.NotFound(w, r)
			return
		}
		good(w, r)
	})
	if events := mustOnDay(t, c, time.March, 2); len(events) != 5 {
		t.Errorf("where nothing is selected there are %d events", len(events))
	}
}

func TestKeeps(t *testing.T) {
	f, c := newFeed(t, good)
	mustOnDay(t, c, time.May, 1)
	f.wait(23 * time.Hour)
	mustOnDay(t, c, time.May, 1)
	f.wantAsked(t, 1)
	f.wait(2 * time.Hour)
	mustOnDay(t, c, time.May, 1)
	f.wantAsked(t, 1)
	// Only a few days are kept, and the one that was asked for last is.
	for day := 2; day <= 20; day++ {
		f.wait(time.Minute)
		mustOnDay(t, c, time.May, day)
	}
	f.wantAsked(t, 19)
	mustOnDay(t, c, time.May, 20)
	mustOnDay(t, c, time.May, 13)
	f.wantAsked(t, 0)
	mustOnDay(t, c, time.May, 1)
	f.wantAsked(t, 1)
}

// A service that is down is asked once in five minutes, whatever the day, and what was known before is still told.
func TestDown(t *testing.T) {
	f, c := newFeed(t, good)
	mustOnDay(t, c, time.May, 1)
	f.wait(25 * time.Hour)
	f.set(status(http.StatusInternalServerError))
	f.wantAsked(t, 1)
	if events := mustOnDay(t, c, time.May, 1); len(events) != 5 {
		t.Errorf("%d events from before", len(events))
	}
	f.wantAsked(t, 1)
	for range 3 {
		mustOnDay(t, c, time.May, 1)
		if _, err := c.OnDay(t.Context(), time.May, 2); err == nil || !strings.Contains(err.Error(), "500") {
			t.Errorf("of another day: %v", err)
		}
		f.wait(99 * time.Second)
	}
	f.wantAsked(t, 0)
	f.wait(5 * time.Second)
	if _, err := c.OnDay(t.Context(), time.May, 2); err == nil {
		t.Error("it is down, and yet it answers")
	}
	f.wantAsked(t, 1)
	if got := strings.Count(f.logged.String(), "WARN"); got != 2 {
		t.Errorf("%d warnings: %s", got, &f.logged)
	}
	f.set(good)
	f.wait(301 * time.Second)
	mustOnDay(t, c, time.May, 2)
	mustOnDay(t, c, time.May, 3)
	f.wantAsked(t, 2)
}

func TestRetryAfter(t *testing.T) {
	for _, tt := range []struct {
		after string
		quiet time.Duration
	}{
		{"", 5 * time.Minute}, {"1", 5 * time.Minute}, {"1200", 20 * time.Minute}, {"999999999999", time.Hour}, {"99999999", time.Hour},
		{time.Unix(1_800_000_000+900, 0).UTC().Format(http.TimeFormat), 15 * time.Minute}, {"-5", 5 * time.Minute}, {"soon", 5 * time.Minute},
	} {
		f, c := newFeed(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Retry-After", tt.after)
			status(http.StatusTooManyRequests)(w, r)
		})
		if _, err := c.OnDay(t.Context(), time.May, 1); err == nil || !strings.Contains(err.Error(), "fewer requests") {
			t.Errorf("Retry-After %q: %v", tt.after, err)
		}
		f.set(good)
		f.wait(tt.quiet - time.Second)
		if _, err := c.OnDay(t.Context(), time.May, 1); err == nil {
			t.Errorf("Retry-After %q: asked again too early", tt.after)
		}
		f.wait(time.Second)
		mustOnDay(t, c, time.May, 1)
		f.wantAsked(t, 2)
	}
}

func TestMisbehaviour(t *testing.T) {
	var elsewhere atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		elsewhere.Add(1)
		good(w, r)
	}))
	defer other.Close()
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	z.Write(make([]byte, 32<<20))
	z.Close()
	for name, tt := range map[string]struct {
		answer http.HandlerFunc
		want   string
	}{
		"500":      {status(500), "500"},
		"403":      {status(403), "403"},
		"404":      {status(404), "set base_url"},
		"empty":    {func(http.ResponseWriter, *http.Request) {}, "not one of the feed"},
		"not JSON": {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>") }, "not one of the feed"},
		"null":     {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "null") }, "not one of the feed"},
		"no list":  {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"selected":7}`) }, "not a list"},
		"other":    {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, list("births", 9)) }, `no "selected"`},
		"cut":      {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, list("selected", 5)[:300]) }, "not one of the feed"},
		"deep":     {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, strings.Repeat("[", 1<<20)) }, "not one of the feed"},
		"redirects": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other.URL+r.URL.Path, http.StatusFound)
		}, "redirects elsewhere"},
		"circle": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) }, "again and again"},
		"breaks off": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			fmt.Fprint(w, "{")
		}, "breaks off"},
		"giant": {func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `{"selected":[{"text":"`)
			for line := strings.Repeat("x", 1<<16); ; {
				if _, err := fmt.Fprint(w, line); err != nil {
					return
				}
			}
		}, "larger than"},
		"bomb": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(bomb.Bytes())
		}, "larger than"},
	} {
		t.Run(name, func(t *testing.T) {
			_, c := newFeed(t, tt.answer)
			if events, err := c.OnDay(t.Context(), time.May, 1); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%d events, %v, want %q", len(events), err, tt.want)
			}
		})
	}
	if elsewhere.Load() > 0 {
		t.Error("another host was asked")
	}
}

// A redirect within the host is followed.
func TestRedirectsWithin(t *testing.T) {
	f, c := newFeed(t, nil)
	f.set(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/here") {
			http.Redirect(w, r, r.URL.Path+"/here", http.StatusMovedPermanently)
			return
		}
		good(w, r)
	})
	if events := mustOnDay(t, c, time.May, 1); len(events) != 5 {
		t.Errorf("%d events", len(events))
	}
}

func TestSlow(t *testing.T) {
	release := make(chan struct{})
	_, c := newFeed(t, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "{")
		w.(http.Flusher).Flush()
		select {
		case <-release:
		case <-r.Context().Done():
		}
	})
	defer close(release)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	start := time.Now()
	if _, err := c.OnDay(ctx, time.May, 1); !errors.Is(err, context.DeadlineExceeded) || time.Since(start) > 3*time.Second {
		t.Errorf("after %s: %v", time.Since(start), err)
	}
	// Whoever waits longer learns that it took too long.
	if _, err := c.OnDay(t.Context(), time.May, 1); err == nil || time.Since(start) > 9*time.Second {
		t.Errorf("after %s: %v", time.Since(start), err)
	}
}

// Everybody who asks at the same time shares a request, and one who gives up takes it from nobody.
func TestShared(t *testing.T) {
	release, arrived := make(chan struct{}), make(chan struct{}, 9)
	f, c := newFeed(t, func(w http.ResponseWriter, r *http.Request) {
		arrived <- struct{}{}
		<-release
		good(w, r)
	})
	ctx, cancel := context.WithCancel(t.Context())
	gone := make(chan error)
	go func() {
		_, err := c.OnDay(ctx, time.May, 1)
		gone <- err
	}()
	<-arrived
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if events, err := c.OnDay(t.Context(), time.May, 1); err != nil || len(events) != 5 {
				t.Errorf("%d events, %v", len(events), err)
			}
		})
	}
	cancel()
	if err := <-gone; !errors.Is(err, context.Canceled) {
		t.Errorf("who gave up got %v", err)
	}
	close(release)
	wg.Wait()
	f.wantAsked(t, 1)
	if _, err := c.OnDay(ctx, time.May, 2); !errors.Is(err, context.Canceled) {
		t.Errorf("who had given up before got %v", err)
	}
	f.wantAsked(t, 0)
}
