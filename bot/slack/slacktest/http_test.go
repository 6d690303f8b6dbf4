package slacktest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/slack-go/slack"
)

// webApp is an app that is told of things by HTTP.
type webApp struct {
	t      *testing.T
	secret string

	mu     sync.Mutex
	got    []appRequest
	answer func(w http.ResponseWriter, r appRequest)
}

// appRequest is a request that the app got, and whose signature was right.
type appRequest struct {
	path, body string
	header     http.Header
	form       url.Values
}

func (a *webApp) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	verifier, verr := slack.NewSecretsVerifier(r.Header, a.secret)
	if err != nil || verr != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	_, _ = verifier.Write(body)
	if verifier.Ensure() != nil {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	got := appRequest{path: r.URL.Path, body: string(body), header: r.Header}
	if r.Header.Get("Content-Type") == "application/x-www-form-urlencoded" {
		got.form, _ = url.ParseQuery(got.body)
	}
	a.mu.Lock()
	a.got = append(a.got, got)
	answer := a.answer
	a.mu.Unlock()
	if answer != nil {
		answer(w, got)
	}
}

func (a *webApp) answers(f func(w http.ResponseWriter, r appRequest)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.answer = f
}

func (a *webApp) requests() []appRequest {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]appRequest(nil), a.got...)
}

// overHTTP runs a test with an app that is told by HTTP, in fake time.
func overHTTP(t *testing.T, f func(t *testing.T, s *Server, a *webApp)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s, _ := StartPiped(t, Options{})
		a := &webApp{t: t, secret: s.o.App.SigningSecret}
		l := newPipes()
		h := &http.Server{Handler: a}
		var serving sync.WaitGroup
		serving.Go(func() { _ = h.Serve(l) })
		transport := &http.Transport{DialContext: l.dial}
		t.Cleanup(func() {
			transport.CloseIdleConnections()
			_ = h.Close()
			serving.Wait()
		})
		s.DeliverHTTP(HTTPOptions{
			Events: "http://app.test/events", Commands: "http://app.test/commands", Interactivity: "http://app.test/actions",
			Options: "http://app.test/options", Client: &http.Client{Transport: transport},
		})
		f(t, s, a)
		s.Close()
		synctest.Wait()
	})
}

func TestSignedRequestsAndTheirAnswers(t *testing.T) {
	overHTTP(t, func(t *testing.T, s *Server, a *webApp) {
		a.answers(func(w http.ResponseWriter, r appRequest) {
			w.Header().Set("Content-Type", "application/json; charset=utf-8")
			switch {
			case r.path == "/commands" && r.form.Get("text") == "plain & simple":
				w.Header().Set("Content-Type", "text/plain")
				_, _ = io.WriteString(w, "hi")
			case r.path == "/commands":
				_, _ = io.WriteString(w, `{"text":"hi"}`)
			case r.path == "/options":
				_, _ = io.WriteString(w, `{"options":[]}`)
			case strings.Contains(r.form.Get("payload"), "view_submission"):
				_, _ = io.WriteString(w, `{"response_action":"clear"}`)
			}
		})
		var command, plain, action, typed, submitted answer
		s.Deliver("events_api", event("T1", 1), nil)
		s.Deliver("slash_commands", []byte(`{"command":"/who","team_id":"T1","text":"is it?"}`), command.take)
		s.Deliver("slash_commands", []byte(`{"command":"/who","team_id":"T1","text":"plain & simple"}`), plain.take)
		s.Deliver("interactive", []byte(`{"type":"block_actions","team":{"id":"T1"}}`), action.take)
		s.Deliver("interactive", []byte(`{"type":"block_suggestion","team":{"id":"T1"}}`), typed.take)
		s.Deliver("interactive", []byte(`{"type":"view_submission","team":{"id":"T1"}}`), submitted.take)
		synctest.Wait()
		command.want(t, `{"text":"hi"}`, "")
		plain.want(t, `{"text":"hi"}`, "")
		action.want(t, "", "")
		typed.want(t, `{"options":[]}`, "")
		submitted.want(t, `{"response_action":"clear"}`, "")
		var paths []string
		for _, r := range a.requests() {
			paths = append(paths, r.path)
		}
		if got := strings.Join(paths, " "); got != "/events /commands /commands /actions /options /actions" {
			t.Errorf("the requests came to %s", got)
		}
		first := a.requests()[0]
		if first.body != string(event("T1", 1)) || first.header.Get("Content-Type") != "application/json" ||
			first.header.Get("X-Slack-Retry-Num") != "" {
			t.Errorf("the event came as %+v", first)
		}
		if d := s.Deliveries(); !d[0].Acked || d[1].Type != "/who" || string(d[4].Answer) != `{"options":[]}` {
			t.Errorf("recorded is %+v", d)
		}
		wantFaults(t, s)
	})
}

func TestEventIsPostedAgain(t *testing.T) {
	overHTTP(t, func(t *testing.T, s *Server, a *webApp) {
		start := time.Now()
		var mu sync.Mutex
		var at []string
		a.answers(func(w http.ResponseWriter, r appRequest) {
			mu.Lock()
			at = append(at, fmt.Sprint(time.Since(start), " ", r.header.Get("X-Slack-Retry-Num"), r.header.Get("X-Slack-Retry-Reason")))
			n := len(at)
			mu.Unlock()
			switch n {
			case 1:
				time.Sleep(4 * time.Second)
			case 2:
				w.WriteHeader(http.StatusServiceUnavailable)
			case 3:
				panic(http.ErrAbortHandler)
			}
		})
		s.Deliver("events_api", event("T1", 1), nil)
		time.Sleep(time.Hour)
		mu.Lock()
		defer mu.Unlock()
		want := "[0s  3s 1http_timeout 1m3s 2http_error 6m3s 3connection_failed]"
		if fmt.Sprint(at) != want {
			t.Errorf("the attempts came at %v, want %v", at, want)
		}
		if d := s.Deliveries(); d[0].Attempts != 4 || !d[0].Acked || s.Unacked() != 0 {
			t.Errorf("recorded is %+v", d)
		}
	})
}

func TestNoRetryIsHonoured(t *testing.T) {
	overHTTP(t, func(t *testing.T, s *Server, a *webApp) {
		a.answers(func(w http.ResponseWriter, _ appRequest) {
			w.Header().Set("X-Slack-No-Retry", "1")
			w.WriteHeader(http.StatusInternalServerError)
		})
		s.Deliver("events_api", event("T1", 1), nil)
		time.Sleep(time.Hour)
		if n := len(a.requests()); n != 1 || s.Unacked() != 0 || s.Deliveries()[0].Acked {
			t.Errorf("%d requests came, want 1", n)
		}
	})
}

func TestUsersAreToldOfFailures(t *testing.T) {
	overHTTP(t, func(t *testing.T, s *Server, a *webApp) {
		a.answers(func(w http.ResponseWriter, r appRequest) {
			switch text := r.form.Get("text"); {
			case text == "slow":
				time.Sleep(4 * time.Second)
			case text == "broken":
				w.WriteHeader(http.StatusInternalServerError)
			case text == "no JSON":
				w.Header().Set("Content-Type", "application/json")
				fallthrough
			case r.path == "/actions":
				_, _ = io.WriteString(w, "ok")
			case text == "lost":
				http.Redirect(w, &http.Request{Method: http.MethodPost, URL: &url.URL{}}, "/commands", http.StatusTemporaryRedirect)
			}
		})
		for _, c := range []struct{ text, fault string }{
			{"slow", "operation_timeout"}, {"broken", "dispatch_failed"}, {"no JSON", "dispatch_failed"}, {"lost", "dispatch_failed"},
		} {
			var got answer
			payload, _ := json.Marshal(map[string]string{"command": "/who", "text": c.text})
			s.Deliver("slash_commands", payload, got.take)
			time.Sleep(5 * time.Second)
			got.want(t, "", c.fault)
		}
		if n := len(a.requests()); n != 6 {
			t.Errorf("%d requests came, want 6: users are not tried again, and 2 redirects are followed", n)
		}
		var action answer
		s.Deliver("interactive", []byte(`{"type":"block_actions"}`), action.take)
		synctest.Wait()
		action.want(t, "", "")
		wantFaults(t, s, "not JSON", "with a body, where interactive accepts none")
	})
}

func TestOrderOfAWorkspaceIsKeptAndOthersDoNotWait(t *testing.T) {
	overHTTP(t, func(t *testing.T, s *Server, a *webApp) {
		a.answers(func(_ http.ResponseWriter, r appRequest) {
			if strings.Contains(r.body, `"T1"`) {
				time.Sleep(50 * time.Millisecond)
			}
		})
		for n := range 10 {
			s.Deliver("events_api", event("T1", n), nil)
			s.Deliver("events_api", event("T2", n), nil)
		}
		synctest.Wait()
		if n := len(a.requests()); n != 11 {
			t.Errorf("%d requests came at once, want those of T2 and one of T1", n)
		}
		time.Sleep(time.Second)
		next := map[string]int{}
		for _, r := range a.requests() {
			var p struct {
				Team  string `json:"team_id"`
				Event string `json:"event_id"`
			}
			_ = json.Unmarshal([]byte(r.body), &p)
			if p.Event != fmt.Sprint("Ev", next[p.Team]) {
				t.Errorf("%s of %s came when %d was next", p.Event, p.Team, next[p.Team])
			}
			next[p.Team]++
		}
		if next["T1"] != 10 || next["T2"] != 10 {
			t.Errorf("%v came", next)
		}
	})
}

func TestChallenge(t *testing.T) {
	overHTTP(t, func(t *testing.T, s *Server, a *webApp) {
		for _, form := range []string{"%s", "challenge=%s", `{"challenge":%q}`} {
			a.answers(func(w http.ResponseWriter, r appRequest) {
				var p struct{ Type, Challenge string }
				if json.Unmarshal([]byte(r.body), &p) == nil && p.Type == "url_verification" {
					_, _ = fmt.Fprintf(w, form, p.Challenge)
				}
			})
			if err := s.VerifyURL(); err != nil {
				t.Errorf("%s: %v", form, err)
			}
		}
		a.answers(func(w http.ResponseWriter, _ appRequest) { _, _ = io.WriteString(w, "ok") })
		if s.VerifyURL() == nil {
			t.Error("an app that does not answer the challenge passes")
		}
		a.answers(func(w http.ResponseWriter, _ appRequest) { w.WriteHeader(http.StatusNotFound) })
		if s.VerifyURL() == nil {
			t.Error("an app that answers 404 passes")
		}
	})
}

func TestForgeries(t *testing.T) {
	overHTTP(t, func(t *testing.T, s *Server, _ *webApp) {
		body := []byte(`{"type":"event_callback"}`)
		for name, c := range map[string]struct {
			change func(*http.Request)
			status int
		}{
			"as it is": {nil, http.StatusOK},
			"wrong signature": {func(r *http.Request) {
				r.Header.Set("X-Slack-Signature", "v0="+strings.Repeat("0", 64))
			}, http.StatusUnauthorized},
			"stale": {func(r *http.Request) {
				old := fmt.Sprint(time.Now().Add(-10 * time.Minute).Unix())
				r.Header.Set("X-Slack-Request-Timestamp", old)
				r.Header.Set("X-Slack-Signature", s.Sign(old, body))
			}, http.StatusBadRequest},
		} {
			res, err := s.Post("http://app.test/events", body, c.change)
			if err != nil {
				t.Fatal(err)
			}
			_ = res.Body.Close()
			if res.StatusCode != c.status {
				t.Errorf("%s: status %d, want %d", name, res.StatusCode, c.status)
			}
		}
	})
}

func TestDeliveryMovesBetweenHTTPAndConnections(t *testing.T) {
	overHTTP(t, func(t *testing.T, s *Server, a *webApp) {
		o := s.delivery.web
		s.DeliverHTTP(HTTPOptions{})
		s.Deliver("events_api", event("T1", 1), nil)
		synctest.Wait()
		if len(a.requests()) != 0 {
			t.Error("an event came by HTTP without an address")
		}
		s.DeliverHTTP(o)
		synctest.Wait()
		if len(a.requests()) != 1 || s.Unacked() != 0 {
			t.Error("the event that waited did not come by HTTP")
		}
		s.DeliverHTTP(HTTPOptions{Events: o.Events, Client: o.Client})
		var command answer
		s.Deliver("slash_commands", []byte(`{"command":"/who"}`), command.take)
		synctest.Wait()
		command.want(t, "", "dispatch_failed")
		wantFaults(t, s, "no address for slash_commands")
	})
}

func TestCloseCancelsRequests(t *testing.T) {
	overHTTP(t, func(t *testing.T, s *Server, a *webApp) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		a.answers(func(http.ResponseWriter, appRequest) { <-ctx.Done() })
		var command answer
		s.Deliver("slash_commands", []byte(`{"command":"/who"}`), command.take)
		synctest.Wait()
		start := time.Now()
		s.Close()
		synctest.Wait()
		command.want(t, "", "dispatch_failed")
		if d := time.Since(start); d > 0 {
			t.Errorf("Close took %v", d)
		}
	})
}
