package socket_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/slack-go/slack"

	"github.com/whowon-bot/whowon/bot/slack/slacktest"
	"github.com/whowon-bot/whowon/bot/slack/socket"
)

// wantFatal runs a client that has to end by itself, with words that help.
func wantFatal(t *testing.T, run func() error, words ...string) {
	t.Helper()
	err := run()
	var fatal *socket.FatalError
	if !errors.As(err, &fatal) {
		t.Fatalf("Run returned %v, want a FatalError", err)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("the error is %q, want something with %q", err, w)
		}
	}
}

func TestFatalErrorsOfOpenEndRun(t *testing.T) {
	for _, code := range []string{"invalid_auth", "missing_scope", "account_inactive", "not_allowed_token_type"} {
		bubble(t, slacktest.SocketOptions{}, func(t *testing.T, r *rig) {
			r.s.RefuseConnections(code, 100)
			start := time.Now()
			wantFatal(t, func() error { return socket.Run(t.Context(), r.options()) }, code, "https://api.slack.com/apps")
			if d := time.Since(start); d > 0 {
				t.Errorf("%s ended Run after %v, want at once", code, d)
			}
		})
	}
}

func TestFatalIsAsked(t *testing.T) {
	bubble(t, slacktest.SocketOptions{}, func(t *testing.T, r *rig) {
		mine := errors.New("some reason")
		r.fail = func(n int) error {
			if n > 5 {
				return fmt.Errorf("wrapped: %w", mine)
			}
			return errors.New("invalid_auth")
		}
		o := r.options()
		o.Fatal = func(err error) bool { return errors.Is(err, mine) }
		wantFatal(t, func() error {
			err := socket.Run(t.Context(), o)
			if !errors.Is(err, mine) {
				t.Errorf("%v does not wrap the error of Open", err)
			}
			return err
		}, "some reason")
	})
}

func TestLinkDisabledEndsRun(t *testing.T) {
	bubble(t, slacktest.SocketOptions{}, func(t *testing.T, r *rig) {
		done := make(chan error, 1)
		go func() { done <- socket.Run(t.Context(), r.options()) }()
		r.connected(2)
		r.s.Disconnect("link_disabled")
		wantFatal(t, func() error { return <-done }, "link_disabled", "Socket Mode", "Switch it on")
	})
}

func TestOtherErrorsOfOpenAreTriedAgainLaterAndLater(t *testing.T) {
	bubble(t, slacktest.SocketOptions{}, func(t *testing.T, r *rig) {
		r.s.RefuseConnections("internal_error", 9)
		o := r.options()
		o.Connections = 1
		r.run(o)
		r.s.Deliver("events_api", payload(0), nil)
		time.Sleep(10 * time.Minute)
		r.connected(1)
		synctest.Wait()
		r.wantAll(1)
		at := r.opened()
		if len(at) != 10 {
			t.Fatalf("%d tries, want 10", len(at))
		}
		for i := 1; i < len(at); i++ {
			most := min(30*time.Second, 2*time.Second<<(i-1))
			if gap := at[i].Sub(at[i-1]); gap < most/2 || gap > most {
				t.Errorf("try %d came after %v, want %v to %v", i, gap, most/2, most)
			}
		}
	})
}

type busyError struct{}

func (busyError) Error() string             { return "busy" }
func (busyError) RetryAfter() time.Duration { return 90 * time.Second }

func TestRetryAfterIsHonoured(t *testing.T) {
	for _, err := range []error{
		busyError{}, fmt.Errorf("wrapped: %w", busyError{}), fmt.Errorf("wrapped: %w", &slack.RateLimitedError{RetryAfter: 90 * time.Second}),
	} {
		bubble(t, slacktest.SocketOptions{}, func(t *testing.T, r *rig) {
			r.fail = func(n int) error {
				if n == 1 {
					return err
				}
				return nil
			}
			o := r.options()
			o.Connections = 1
			r.run(o)
			time.Sleep(2 * time.Minute)
			if at := r.opened(); len(at) != 2 || at[1].Sub(at[0]) != 90*time.Second {
				t.Errorf("%v: the tries came at %v", err, at)
			}
		})
	}
}

func TestFailedUpgradeIsTriedAgainAndKeepsTheTicket(t *testing.T) {
	bubble(t, slacktest.SocketOptions{}, func(t *testing.T, r *rig) {
		o := r.options()
		n := 0
		o.Connections = 1
		o.Open = func(ctx context.Context) (string, error) {
			address, err := r.open(ctx)
			switch n++; n {
			case 1:
				return strings.Replace(address, "app_id=", "app_id=wrong", 1), err
			case 2:
				return strings.Replace(address, "ws://slack.test/", "ws://slack.test:x/", 1), err
			case 3:
				return strings.Replace(address, "ws://", "ftp://", 1), err
			}
			return address, err
		}
		r.run(o)
		r.connected(1)
		if log := r.logged(); strings.Count(log, "level=WARN") != 3 || !strings.Contains(log, "401") {
			t.Errorf("logged is %s", log)
		}
	})
}

// refusing is a transport that fails, and says so with the address as net/http does.
type refusing struct{ inner http.RoundTripper }

func (f refusing) RoundTrip(req *http.Request) (*http.Response, error) {
	if strings.HasPrefix(req.URL.Path, "/link") {
		return nil, fmt.Errorf("cannot reach %s with the ticket %s", req.URL, req.URL.Query().Get("ticket"))
	}
	return f.inner.RoundTrip(req)
}

func TestErrorsOfTheTransportAreLoggedWithoutTicket(t *testing.T) {
	bubble(t, slacktest.SocketOptions{}, func(t *testing.T, r *rig) {
		o := r.options()
		o.HTTPClient = &http.Client{Transport: refusing{r.client.Transport}}
		r.run(o)
		time.Sleep(10 * time.Second)
		if !strings.Contains(r.logged(), "cannot reach") {
			t.Errorf("logged is %s", r.logged())
		}
	})
}

func TestNoHelloIsAFailure(t *testing.T) {
	bubble(t, slacktest.SocketOptions{}, func(t *testing.T, r *rig) {
		r.s.Freeze(true)
		r.run(r.options())
		time.Sleep(10 * time.Second)
		r.s.Freeze(false)
		start := time.Now()
		r.connected(2)
		if d := time.Since(start); d > 30*time.Second {
			t.Errorf("connected after %v", d)
		}
		if !strings.Contains(r.logged(), "no hello came") {
			t.Errorf("logged is %s", r.logged())
		}
	})
}
