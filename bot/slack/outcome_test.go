package slack_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/slack"
)

// answering is an adapter on a server that answers a message as post does. dial, if any, makes its second connection.
func answering(t *testing.T, secure, two bool, post http.HandlerFunc, dial func() (net.Conn, error)) *slack.Platform {
	t.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/auth.test") {
			if dial != nil {
				w.Header().Set("Connection", "close")
			}
			_, _ = io.WriteString(w, `{"ok":true,"team_id":"T1","user_id":"U1"}`)
			return
		}
		_, _ = io.Copy(io.Discard, r.Body)
		post(w, r)
	}))
	server.EnableHTTP2 = two
	if secure {
		server.StartTLS()
	} else {
		server.Start()
	}
	t.Cleanup(server.Close)
	transport, _ := server.Client().Transport.(*http.Transport)
	var dialled atomic.Int32
	transport.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		if dialled.Add(1) > 1 && dial != nil {
			return dial()
		}
		var d net.Dialer
		return d.DialContext(ctx, network, server.Listener.Addr().String())
	}
	p, err := slack.New(slack.Options{Transport: transport,
		Config: slack.Config{AppToken: "xapp-1", BotToken: "xoxb-1", APIURL: server.URL + "/api/"}})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestWhatIsUnknown says of each way in which a message may fail whether it may have been shown.
func TestWhatIsUnknown(t *testing.T) {
	says := func(status int, body string, header ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			for i := 0; i < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}
	}
	cut := func(before string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err == nil {
				_, _ = io.WriteString(conn, before)
				_ = conn.Close()
			}
		}
	}
	hangs := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	code := func(c string) http.HandlerFunc { return says(200, `{"ok":false,"error":"`+c+`"}`) }
	shown := says(200, `{"ok":true,"channel":"C1","ts":"1.000001"}`)
	plainly, refusing := httptest.NewServer(shown), free(t)
	defer plainly.Close()
	connect := func(at string) func() (net.Conn, error) {
		return func() (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(t.Context(), "tcp", at)
		}
	}
	stuck := func() (net.Conn, error) {
		<-t.Context().Done() // as long as the test
		return nil, net.ErrClosed
	}
	for _, tt := range []struct {
		name   string
		post   http.HandlerFunc
		secure bool
		two    bool // HTTP/2
		dial   func() (net.Conn, error)
		over   bool // before it begins
		unsure bool
	}{
		{name: "no answer", post: hangs, unsure: true},
		{name: "no answer over HTTP/2", post: hangs, secure: true, two: true, unsure: true},
		{name: "cut off", post: cut(""), unsure: true},
		{name: "cut off in the answer", post: cut("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"ok\":true,"), unsure: true},
		{name: "no JSON", post: says(200, "<html>"), unsure: true},
		{name: "no message", post: says(200, "{}"), unsure: true},
		{name: "500", post: says(500, "x"), unsure: true},
		{name: "503", post: says(503, "x"), unsure: true},
		{name: "fatal_error", post: code("fatal_error"), unsure: true},
		{name: "internal_error", post: code("internal_error"), unsure: true},

		{name: "over before its turn", post: hangs, over: true},
		{name: "nobody there", post: shown, dial: connect(refusing)},
		{name: "nobody answers the phone", post: shown, dial: stuck},
		{name: "no TLS", post: shown, secure: true, dial: connect(plainly.Listener.Addr().String())},
		{name: "a limit", post: says(429, "x", "Retry-After", "600")},
		{name: "a limit until a date", post: says(429, "x", "Retry-After", "Sun, 22 Nov 2026 12:00:00 GMT")},
		{name: "a limit without an end", post: says(429, "x")},
		{name: "404", post: says(404, "x")},
		{name: "not in the channel", post: code("not_in_channel")},
		{name: "blocks", post: code("invalid_blocks")},
		{name: "a code that is new", post: code("something_new")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := answering(t, tt.secure, tt.two, tt.post, tt.dial)
			to := bot.Target{Channel: bot.Channel{Platform: "slack", ID: "T1/C1"}}
			if _, err := p.Send(t.Context(), bot.Target{Channel: bot.Channel{ID: "T2/C1"}}, say("x"), ""); err == nil {
				t.Fatal("another workspace's channel was posted to")
			}
			ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
			defer cancel()
			if tt.over {
				cancel()
			}
			_, err := p.Send(ctx, to, say("x"), "key")
			if err == nil || errors.Is(err, bot.ErrUnsure) != tt.unsure {
				t.Errorf("unsure: %v, of %v", !tt.unsure, err)
			}
			if tt.unsure && !strings.Contains(err.Error(), bot.ErrUnsure.Error()) {
				t.Errorf("it does not say so: %v", err)
			}
		})
	}
}

// TestItIsKnownThatAQueueEnded is sure that what waited for its turn until it was too late was not shown.
func TestItIsKnownThatAQueueEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, silent)
		for range 3 {
			if _, err := r.p.Send(t.Context(), bot.Target{Channel: channel()}, say("x"), ""); err != nil {
				t.Fatal(err)
			}
		}
		for _, patient := range []bool{false, true} {
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			_, err := r.p.Send(ctx, bot.Target{Channel: channel(), Patient: patient}, say("y"), "")
			cancel()
			if !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, bot.ErrUnsure) {
				t.Errorf("patient %v: %v", patient, err)
			}
		}
		if n := len(r.server.Messages("", general)); n != 3 {
			t.Errorf("%d messages", n)
		}
	})
}

// TestAReplyMayBeUnknown tells of an answer that may have got lost on the way, in a modal too, and not of one that went another
// way.
func TestAReplyMayBeUnknown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var errs []error
		r := start(t, nil, func(ctx context.Context, p *slack.Platform, in bot.Inbound) bot.View {
			time.Sleep(time.Second) // it does not fit into the acknowledgement any more
			_, err := p.Send(ctx, in.To, secretly("x"), "")
			errs = append(errs, err)
			return bot.View{}
		})
		r.looker.state = "t/x/1"
		r.server.OpenHome(r.ada)
		wait(3 * time.Second)
		home, _ := r.server.Home(r.ada)
		command := func() { r.server.Slash(r.where, r.ada, "/trivia", "stats") }
		press := func() { r.server.PressView(home, r.ada, r.looker.state) }
		for i, tt := range []struct {
			fail   func()
			do     func()
			unsure bool
		}{
			{func() { r.server.FailHTTP("response_url", 1, 500, 0) }, command, true},
			{func() { r.server.Fail("response_url", 1, "something") }, command, false},
			{func() { r.server.FailHTTP("views.open", 1, 500, 0) }, press, true},
			{func() { r.server.Fail("views.open", 1, "invalid_trigger_id") }, press, false},
		} {
			tt.fail()
			tt.do()
			wait(3 * time.Second)
			if len(errs) != i+1 || errors.Is(errs[i], bot.ErrUnsure) != tt.unsure {
				t.Fatalf("unsure: %v, of %v", !tt.unsure, errs)
			}
		}
		if shown := r.server.Messages("", general); len(shown) != 1 || shown[0].For != r.ada.ID {
			t.Errorf("shown: %+v", shown)
		}
	})
}

// breaking is a connection that takes one request, and nothing of a second.
type breaking struct {
	net.Conn
	writes atomic.Int32
}

func (b *breaking) Write(p []byte) (int, error) {
	if b.writes.Add(1) > 1 {
		return 0, net.ErrClosed
	}
	return b.Conn.Write(p)
}

// TestItIsKnownThatNothingWasWritten is sure of a request that had a connection, which took none of it, and found no other.
func TestItIsKnownThatNothingWasWritten(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"ok":true,"team_id":"T1","user_id":"U1"}`)
	}))
	defer server.Close()
	var dialled atomic.Int32
	transport := &http.Transport{DialContext: func(ctx context.Context, network, at string) (net.Conn, error) {
		if dialled.Add(1) > 1 {
			return nil, errors.New("nobody there")
		}
		var d net.Dialer
		conn, err := d.DialContext(ctx, network, at)
		return &breaking{Conn: conn}, err
	}}
	p, err := slack.New(slack.Options{Transport: transport,
		Config: slack.Config{AppToken: "xapp-1", BotToken: "xoxb-1", APIURL: server.URL + "/api/"}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.Send(t.Context(), bot.Target{Channel: bot.Channel{Platform: "slack", ID: "T1/C1"}}, say("x"), "key")
	if err == nil || errors.Is(err, bot.ErrUnsure) || dialled.Load() != 2 {
		t.Errorf("after %d connections: %v", dialled.Load(), err)
	}
}
