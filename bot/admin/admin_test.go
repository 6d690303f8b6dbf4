package admin_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot/admin"
)

type body struct {
	Alive, Ready *bool
	Problems     map[string]string
}

func ask(t *testing.T, a *admin.Admin, path string) (int, body) {
	t.Helper()
	w := httptest.NewRecorder()
	a.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", path, http.NoBody))
	var b body
	if err := json.Unmarshal(w.Body.Bytes(), &b); err != nil {
		t.Fatalf("%s: %q: %v", path, w.Body, err)
	}
	return w.Code, b
}

// TestReady names what is wrong for as long as it is, also where a check hangs or panics.
func TestReady(t *testing.T) {
	var database error
	slow := func(context.Context) error { return nil }
	a := admin.New(admin.Options{Checks: []admin.Check{
		{What: "database", Do: func(context.Context) error { return database }},
		{What: "discord", Do: func(ctx context.Context) error { return slow(ctx) }},
	}})
	if code, b := ask(t, a, admin.ReadyPath); code != 200 || b.Ready == nil || !*b.Ready || len(b.Problems) != 0 {
		t.Errorf("all is well: %d %+v", code, b)
	}
	database = errors.New("no answer")
	if code, b := ask(t, a, admin.ReadyPath); code != 503 || *b.Ready || len(b.Problems) != 1 || b.Problems["database"] != "no answer" {
		t.Errorf("the database is down: %d %+v", code, b)
	}
	database = nil
	synctest.Test(t, func(t *testing.T) {
		hang := make(chan struct{})
		slow = func(context.Context) error { <-hang; return nil } // heeds nothing
		began := time.Now()
		code, b := ask(t, a, admin.ReadyPath)
		if code != 503 || b.Problems["discord"] != "no answer within a second" || time.Since(began) != time.Second {
			t.Errorf("a check hangs: %d %+v after %v", code, b, time.Since(began))
		}
		close(hang)
	})
	slow = func(context.Context) error { panic("canary") }
	if code, b := ask(t, a, admin.ReadyPath); code != 503 || strings.Contains(b.Problems["discord"], "canary") {
		t.Errorf("a check panics: %d %+v", code, b)
	}
	slow = func(context.Context) error { return nil }
	if code, _ := ask(t, a, admin.ReadyPath); code != 200 {
		t.Errorf("all is well again: %d", code)
	}
}

func TestAlive(t *testing.T) {
	var hangs error
	a := admin.New(admin.Options{Alive: func(context.Context) error { return hangs },
		Checks: []admin.Check{{What: "never", Do: func(context.Context) error { return errors.New("down") }}}})
	if code, b := ask(t, a, admin.AlivePath); code != 200 || !*b.Alive {
		t.Errorf("it is alive: %d %+v", code, b)
	}
	hangs = errors.New("it hangs")
	if code, b := ask(t, a, admin.AlivePath); code != 503 || *b.Alive || b.Problems["bot"] != "it hangs" {
		t.Errorf("it hangs: %d %+v", code, b)
	}
}

// TestServe takes GET alone, serves profiles, warns where strangers may come, and ends.
func TestServe(t *testing.T) {
	for _, tt := range []struct {
		listen string
		warns  bool
	}{{"127.0.0.1:0", false}, {"[::1]:0", false}, {"0.0.0.0:0", true}} {
		var log strings.Builder
		a := admin.New(admin.Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
		l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", tt.listen)
		if err != nil {
			t.Logf("%s: %v", tt.listen, err) // no such address on this machine
			continue
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- a.Serve(ctx, l) }()
		_, port, _ := net.SplitHostPort(l.Addr().String())
		host, _, _ := net.SplitHostPort(strings.Replace(tt.listen, "0.0.0.0", "127.0.0.1", 1))
		for _, r := range []struct {
			method, path string
			status       int
			says         string
		}{
			{"GET", "/healthz", 200, `"alive":true`}, {"GET", "/readyz", 200, `"ready":true`}, {"POST", "/readyz", 405, ""},
			{"GET", "/metrics", 404, ""}, {"GET", "/debug/pprof/goroutine?debug=1", 200, "goroutine profile"}, {"GET", "/", 404, ""},
		} {
			req, err := http.NewRequestWithContext(t.Context(), r.method, "http://"+net.JoinHostPort(host, port)+r.path, http.NoBody)
			if err != nil {
				t.Fatal(err)
			}
			resp, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(req)
			if err != nil {
				t.Fatal(err)
			}
			text, _ := io.ReadAll(resp.Body)
			_ = resp.Body.Close()
			if resp.StatusCode != r.status || !strings.Contains(string(text), r.says) {
				t.Errorf("%s %s: %d %.100s", r.method, r.path, resp.StatusCode, text)
			}
		}
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if warned := strings.Contains(log.String(), "strangers"); warned != tt.warns {
			t.Errorf("%s: %s", tt.listen, log.String())
		}
	}
}
