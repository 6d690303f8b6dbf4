package slacktest

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
)

// bubble runs a test with a server without sockets and in fake time.
func bubble(t *testing.T, o SocketOptions, f func(t *testing.T, s *Server, connect func(quiet bool) *appConn)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s, client := StartPiped(t, Options{Socket: o})
		f(t, s, func(quiet bool) *appConn {
			c := connectApp(t, s, client, quiet, "")
			synctest.Wait()
			return c
		})
	})
}

func TestHelloTellsOfTheConnection(t *testing.T) {
	bubble(t, SocketOptions{}, func(t *testing.T, s *Server, connect func(bool) *appConn) {
		connect(false)
		c := connect(false)
		hello := c.got("hello")
		if len(hello) != 1 || hello[0].Number != 2 || hello[0].ConnInfo["app_id"] != s.AppID() ||
			hello[0].Debug["approximate_connection_time"] != float64(18060) {
			t.Errorf("the hello is %+v", hello)
		}
		if s.Connections() != 2 || s.Hellos() != 2 {
			t.Errorf("%d connections, %d hellos, want 2 and 2", s.Connections(), s.Hellos())
		}
	})
}

func TestTicketIsGoodOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, client := StartPiped(t, Options{})
		first, _ := s.delivery.openConnection()
		second, _ := s.delivery.openConnection()
		dial := func(address string) error {
			ws, _, err := websocket.Dial(t.Context(), address, &websocket.DialOptions{HTTPClient: client}) //nolint:bodyclose // never needed
			if err == nil {
				_ = ws.CloseNow()
			}
			return err
		}
		if err := dial(first); err != nil {
			t.Errorf("a new ticket: %v", err)
		}
		if dial(first) == nil || dial(strings.Replace(second, "ticket-", "ticket-0", 1)) == nil {
			t.Error("a ticket that is used, or was never given, is taken")
		}
		time.Sleep(ticketLife + time.Second)
		if dial(second) == nil {
			t.Error("a ticket that is too old is taken")
		}
	})
}

func TestEnvelopesAreAcknowledged(t *testing.T) {
	bubble(t, SocketOptions{}, func(t *testing.T, s *Server, connect func(bool) *appConn) {
		c := connect(true)
		var command, action, typed, submitted answer
		s.Deliver("events_api", event("T1", 1), nil)
		s.Deliver("slash_commands", []byte(`{"command":"/who","team_id":"T1"}`), command.take)
		s.Deliver("interactive", []byte(`{"type":"block_actions"}`), action.take)
		s.Deliver("interactive", []byte(`{"type":"block_suggestion"}`), typed.take)
		s.Deliver("interactive", []byte(`{"type":"view_submission"}`), submitted.take)
		synctest.Wait()
		got := c.got("")[1:]
		if len(got) != 5 {
			t.Fatalf("%d envelopes came, want 5", len(got))
		}
		for i, accepts := range []bool{false, true, false, true, true} {
			if got[i].Accepts != accepts || got[i].Attempt != 0 || got[i].Why != "" {
				t.Errorf("envelope %d: %s", i, got[i].raw)
			}
		}
		time.Sleep(time.Second)
		c.ack(got[0].ID, "")
		c.ack(got[1].ID, `{"text":"hi"}`)
		c.ack(got[2].ID, "")
		c.ack(got[3].ID, `{"options":[]}`)
		c.ack(got[4].ID, "null")
		synctest.Wait()
		command.want(t, `{"text":"hi"}`, "")
		action.want(t, "", "")
		typed.want(t, `{"options":[]}`, "")
		submitted.want(t, "", "")
		d := s.Deliveries()
		if len(d) != 5 || d[0].Type != "app_mention" || d[1].Type != "/who" || d[2].Type != "block_actions" || d[0].Kind != "events_api" ||
			!d[1].Acked || d[1].AckAfter != time.Second || d[1].Attempts != 1 || string(d[1].Answer) != `{"text":"hi"}` {
			t.Errorf("recorded is %+v", d)
		}
		if l := s.AckLatencies(); len(l) != 5 || l[4] != time.Second {
			t.Errorf("the latencies are %v", l)
		}
		wantFaults(t, s)
	})
}

func TestWrongAcknowledgementsAreFaults(t *testing.T) {
	bubble(t, SocketOptions{}, func(t *testing.T, s *Server, connect func(bool) *appConn) {
		c := connect(true)
		var command answer
		s.Deliver("events_api", event("T1", 1), nil)
		s.Deliver("slash_commands", []byte(`{"command":"/who"}`), command.take)
		synctest.Wait()
		got := c.got("")[1:]
		c.ack(got[0].ID, `{"text":"hi"}`)
		c.ack(got[0].ID, "")
		c.ack("no-such-envelope", "")
		_ = c.ws.Write(t.Context(), websocket.MessageText, []byte("[]"))
		c.ack(got[1].ID, fmt.Sprintf("%q", strings.Repeat("a", maxAck)))
		time.Sleep(ackTimeout + time.Second)
		command.want(t, "", "operation_timeout")
		c.ack(got[1].ID, "")
		synctest.Wait()
		wantFaults(t, s, "with a payload, where events_api accepts none", "not delivered here, or is acknowledged already",
			"not delivered here", "no acknowledgement", "was dropped")
		if s.LateAcks() != 1 || s.Unacked() != 0 {
			t.Errorf("%d late, %d not acknowledged; want 1 and 0", s.LateAcks(), s.Unacked())
		}
	})
}

func TestEventIsDeliveredAgainAndThenGivenUp(t *testing.T) {
	bubble(t, SocketOptions{}, func(t *testing.T, s *Server, connect func(bool) *appConn) {
		a, b := connect(true), connect(true)
		s.Deliver("events_api", event("T1", 1), nil)
		start := time.Now()
		for _, at := range []time.Duration{0, ackTimeout, 2*ackTimeout + time.Minute, 3*ackTimeout + 6*time.Minute} {
			time.Sleep(at - time.Since(start) + time.Millisecond)
		}
		synctest.Wait()
		got := append(a.got("events_api"), b.got("events_api")...)
		seen := map[int]bool{}
		ids := map[string]bool{}
		for _, f := range got {
			seen[f.Attempt], ids[f.ID] = true, true
			if (f.Why == "timeout") != (f.Attempt > 0) {
				t.Errorf("attempt %d has the reason %q", f.Attempt, f.Why)
			}
		}
		if len(got) != 4 || len(seen) != 4 || len(ids) != 4 || len(a.got("events_api")) != 2 {
			t.Errorf("%d attempts came, %v, want 4 on both connections", len(got), seen)
		}
		time.Sleep(10 * time.Minute)
		if d := s.Deliveries(); d[0].Attempts != 4 || d[0].Acked || s.Unacked() != 0 {
			t.Errorf("after the last attempt: %+v", d[0])
		}
	})
}

func TestUnacknowledgedMovesWhenItsConnectionDies(t *testing.T) {
	bubble(t, SocketOptions{}, func(t *testing.T, s *Server, connect func(bool) *appConn) {
		a := connect(true)
		var action answer
		for n := range 20 {
			s.Deliver("events_api", event("T1", n), nil)
		}
		s.Deliver("interactive", []byte(`{"type":"block_actions"}`), action.take)
		synctest.Wait()
		s.Drop()
		synctest.Wait()
		if a.ended() == nil || s.Connections() != 0 {
			t.Fatal("the connection is not dropped")
		}
		b := connect(false)
		got := b.got("events_api")
		if len(got) != 20 {
			t.Fatalf("%d events came again, want 20", len(got))
		}
		for n, f := range got {
			if string(f.Payload) != string(event("T1", n)) || f.Attempt != 1 || f.Why != "connection_failed" {
				t.Errorf("event %d came again as %s", n, f.raw)
			}
		}
		action.want(t, "", "")
	})
}

func TestWithoutConnectionEventsWaitAndUsersDoNot(t *testing.T) {
	bubble(t, SocketOptions{}, func(t *testing.T, s *Server, connect func(bool) *appConn) {
		var command answer
		s.Deliver("events_api", event("T1", 1), nil)
		s.Deliver("slash_commands", []byte(`{"command":"/who"}`), command.take)
		time.Sleep(time.Minute)
		command.want(t, "", "operation_timeout")
		c := connect(false)
		if got := c.got(""); len(got) != 2 || got[1].Attempt != 0 {
			t.Errorf("after a minute came %+v", got)
		}
	})
}

func TestRefreshWarnsAsksAndCloses(t *testing.T) {
	bubble(t, SocketOptions{Lifetime: time.Hour, Grace: time.Second}, func(t *testing.T, s *Server, connect func(bool) *appConn) {
		c := connect(false)
		time.Sleep(time.Hour)
		synctest.Wait()
		s.Refresh() // changes nothing: it is under way
		s.Deliver("events_api", event("T1", 1), nil)
		synctest.Wait()
		if d := c.got("disconnect"); len(d) != 1 || d[0].Reason != "warning" || len(c.got("events_api")) != 1 {
			t.Fatalf("after its life a connection got %+v", c.got(""))
		}
		time.Sleep(time.Second)
		synctest.Wait()
		s.Deliver("events_api", event("T1", 2), nil)
		synctest.Wait()
		if d := c.got("disconnect"); len(d) != 2 || d[1].Reason != "refresh_requested" || len(c.got("events_api")) != 1 || c.ended() != nil {
			t.Fatalf("after the warning a connection got %+v", c.got(""))
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if websocket.CloseStatus(c.ended()) != websocket.StatusNormalClosure {
			t.Errorf("the connection ended with %v", c.ended())
		}
		if next := connect(false); len(next.got("events_api")) != 1 {
			t.Errorf("the new connection got %+v", next.got(""))
		}
	})
}

func TestDebugReconnectsShortensTheLife(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, client := StartPiped(t, Options{})
		c := connectApp(t, s, client, false, "&debug_reconnects=true")
		time.Sleep(359 * time.Second)
		if h := c.got("hello"); h[0].Debug["approximate_connection_time"] != float64(360) || len(c.got("disconnect")) != 0 {
			t.Errorf("the hello is %+v", h)
		}
		time.Sleep(2 * time.Second)
		if len(c.got("disconnect")) == 0 {
			t.Error("no warning came after 360 seconds")
		}
	})
}

func TestOneConnectionTooMany(t *testing.T) {
	bubble(t, SocketOptions{MaxConnections: 2}, func(t *testing.T, s *Server, connect func(bool) *appConn) {
		connect(false)
		connect(false)
		c := connect(false)
		if got := c.got(""); len(got) != 1 || got[0].Reason != "too_many_websockets" || c.ended() == nil {
			t.Errorf("the third of two got %+v", got)
		}
		if s.Connections() != 2 || s.Hellos() != 2 {
			t.Errorf("%d connections, %d hellos", s.Connections(), s.Hellos())
		}
	})
}

func TestFrozenConnectionIsSilent(t *testing.T) {
	bubble(t, SocketOptions{}, func(t *testing.T, s *Server, connect func(bool) *appConn) {
		c := connect(false)
		s.Freeze(true)
		later := connect(false)
		s.Freeze(false)
		s.Deliver("events_api", event("T1", 1), nil)
		time.Sleep(time.Second)
		if len(c.got("")) != 1 || len(later.got("")) != 0 || s.Connections() != 0 {
			t.Error("a frozen connection said something")
		}
		next := connect(false)
		time.Sleep(ackTimeout)
		synctest.Wait()
		if got := next.got("events_api"); len(got) != 1 || got[0].Attempt != 1 {
			t.Errorf("what went into the frozen one came again as %+v", got)
		}
		if err := c.ws.Ping(timeout(t, 20*time.Second)); err == nil {
			t.Error("a frozen connection answers a ping")
		}
	})
}

func TestServerPings(t *testing.T) {
	bubble(t, SocketOptions{PingEvery: time.Second}, func(t *testing.T, s *Server, connect func(bool) *appConn) {
		c := connect(false)
		time.Sleep(time.Hour)
		if err := c.ws.Ping(timeout(t, time.Second)); err != nil || s.Connections() != 1 {
			t.Errorf("after an hour of pings: %v", err)
		}
	})
}

func TestDuplicateGarbageAndRefusal(t *testing.T) {
	bubble(t, SocketOptions{}, func(t *testing.T, s *Server, connect func(bool) *appConn) {
		c := connect(false)
		s.Duplicate(3)
		var command answer
		s.Deliver("slash_commands", []byte(`{"command":"/who"}`), command.take)
		s.Garbage("no JSON", "{}")
		synctest.Wait()
		got := c.got("")
		if len(got) != 6 || got[1].ID == got[2].ID || string(got[1].Payload) != string(got[3].Payload) || got[4].raw != "no JSON" {
			t.Errorf("got %+v", got)
		}
		command.want(t, "", "")
		s.RefuseConnections("internal_error", 1)
		if _, code := s.delivery.openConnection(); code != "internal_error" {
			t.Errorf("the refusal is %q", code)
		}
		if _, code := s.delivery.openConnection(); code != "" {
			t.Errorf("one refusal too many: %q", code)
		}
		s.Disconnect("link_disabled")
		synctest.Wait()
		if got := c.got("disconnect"); len(got) != 1 || got[0].Reason != "link_disabled" || c.ended() == nil {
			t.Errorf("got %+v, ended with %v", got, c.ended())
		}
	})
}

func TestOnlyTheNewestAreKept(t *testing.T) {
	bubble(t, SocketOptions{}, func(t *testing.T, s *Server, connect func(bool) *appConn) {
		connect(false)
		s.KeepDeliveries(10)
		for n := range 1000 {
			s.Deliver("events_api", event("T1", n), nil)
		}
		synctest.Wait()
		if d := s.Deliveries(); len(d) != 10 || string(d[9].Payload) != string(event("T1", 999)) || len(s.AckLatencies()) != 1000 {
			t.Errorf("%d are kept", len(d))
		}
	})
}

func TestCloseAnswersWhoWaits(t *testing.T) {
	bubble(t, SocketOptions{}, func(t *testing.T, s *Server, connect func(bool) *appConn) {
		connect(true)
		var command answer
		s.Deliver("slash_commands", []byte(`{"command":"/who"}`), command.take)
		s.Close()
		synctest.Wait()
		command.want(t, "", "dispatch_failed")
	})
}

func TestOverSockets(t *testing.T) {
	s := Start(t, Options{Socket: SocketOptions{Grace: 20 * time.Millisecond}})
	a := connectApp(t, s, nil, false, "")
	b := connectApp(t, s, nil, false, "")
	eventually(t, "both are greeted", func() bool { return s.Connections() == 2 })
	const n = 2000
	for i := range n {
		s.Deliver("events_api", event("T1", i), nil)
	}
	eventually(t, "all are acknowledged", func() bool { return s.Unacked() == 0 })
	if x, y := len(a.got("events_api")), len(b.got("events_api")); x+y != n || x < n/4 || y < n/4 {
		t.Errorf("%d and %d events came", x, y)
	}
	s.Drop()
	<-a.over
	<-b.over
	wantFaults(t, s)
}
