package discordtest

import (
	"encoding/json"
	"net/http"
	"strconv"
	"testing"
	"time"
)

// TestLimitOfChannel: 5 messages are taken in 5 s, for each channel; the headers and the 429 say when the next is.
func TestLimitOfChannel(t *testing.T) {
	inTime(t, Options{}, func(k *kit) {
		path := "/channels/" + general + "/messages"
		for left := 4; left >= 0; left-- {
			r := k.do("POST", path, note("x")).is(200, 0)
			if r.Header.Get("X-RateLimit-Limit") != "5" || r.Header.Get("X-RateLimit-Remaining") != strconv.Itoa(left) {
				t.Errorf("the headers are %v, want %d left of 5", r.Header, left)
			}
			time.Sleep(500 * time.Millisecond)
		}
		r := k.do("POST", path, note("x"))
		var body struct {
			After  float64 `json:"retry_after"`
			Global bool    `json:"global"`
		}
		if err := json.Unmarshal(r.Body, &body); err != nil || r.Status != 429 || body.After != 2.5 || body.Global {
			t.Errorf("the sixth was answered %d %s (%v)", r.Status, r.Body, err)
		}
		h := r.Header
		if h.Get("Retry-After") != "3" || h.Get("X-RateLimit-Scope") != "user" || h.Get("X-RateLimit-Global") != "" {
			t.Errorf("its headers are %v", h)
		}
		k.do("POST", "/channels/"+thread+"/messages", note("another channel")).is(200, 0)
		id := k.s.ChannelMessages(general)[0].ID
		k.do("PATCH", path+"/"+id, note("another limit")).is(200, 0)
		time.Sleep(2500*time.Millisecond - time.Millisecond)
		if r := k.do("POST", path, note("x")); r.Status != 429 {
			t.Errorf("1 ms early was answered %d", r.Status)
		}
		time.Sleep(time.Millisecond)
		k.do("POST", path, note("x")).is(200, 0)
		if n := k.s.Invalid(); n != 2 {
			t.Errorf("%d invalid requests were counted, want 2", n)
		}
	})
}

// TestLimitGlobal: 50 requests a second are taken, and those to interactions are outside of it.
func TestLimitGlobal(t *testing.T) {
	inTime(t, Options{REST: RESTOptions{Limits: RateLimits{Other: Limit{1000, time.Second}}}}, func(k *kit) {
		i := k.slash()
		for range 50 {
			k.do("GET", "/users/@me", "").is(200, 0)
		}
		r := k.do("GET", "/users/@me", "")
		if r.Status != 429 || r.Header.Get("X-RateLimit-Scope") != "global" || r.JSON["global"] != true ||
			r.Header.Get("X-RateLimit-Global") != "true" {
			t.Errorf("the 51st was answered %d %v %s", r.Status, r.Header, r.Body)
		}
		k.respond(i, ResponseMessage, note("x")).is(204, 0)
		k.do("POST", k.hook(i, ""), note("x")).is(200, 0)
		time.Sleep(time.Second)
		k.do("GET", "/users/@me", "").is(200, 0)
	})
}

// TestLimitsSet: limits are as they are set, and can be off.
func TestLimitsSet(t *testing.T) {
	inTime(t, Options{REST: RESTOptions{Limits: RateLimits{Messages: Limit{1, time.Minute}}}}, func(k *kit) {
		k.do("POST", "/channels/"+general+"/messages", note("x")).is(200, 0)
		time.Sleep(time.Minute - time.Millisecond)
		if r := k.do("POST", "/channels/"+general+"/messages", note("x")); r.Status != 429 {
			t.Errorf("the second was answered %d", r.Status)
		}
	})
	inTime(t, unlimited, func(k *kit) {
		for range 60 {
			r := k.do("POST", "/channels/"+general+"/messages", note("x")).is(200, 0)
			if r.Header.Get("X-RateLimit-Limit") != "" {
				t.Fatal("there are headers without limits")
			}
		}
	})
}

// TestFaults: a request can go wrong in each of the ways, and a later one goes right.
func TestFaults(t *testing.T) {
	inTime(t, unlimited, func(k *kit) {
		path := "/channels/" + general + "/messages"
		once := func(f *HTTPFault) {
			k.s.Fault(func(*http.Request) *HTTPFault {
				k.s.Fault(nil)
				return f
			})
		}
		once(&HTTPFault{Status: 503, Body: `{"message":"no"}`})
		if r := k.do("POST", path, note("not done")); r.Status != 503 || r.JSON["message"] != "no" {
			t.Errorf("answered %d %s, want the fault", r.Status, r.Body)
		}
		once(&HTTPFault{Drop: true, Status: 500})
		if r, err := k.try("POST", path, note("not done")); err == nil {
			t.Errorf("answered %d, want a broken connection", r.Status)
		}
		once(&HTTPFault{Drop: true})
		if r, err := k.try("POST", path, note("done, dropped")); err == nil {
			t.Errorf("answered %d, want a broken connection", r.Status)
		}
		once(&HTTPFault{Truncate: true})
		if r, err := k.try("POST", path, note("done, cut")); err == nil {
			t.Errorf("answered %s, want half of it", r.Body)
		}
		once(&HTTPFault{Delay: 4 * time.Second})
		start := time.Now()
		k.do("POST", path, note("done, late")).is(200, 0)
		if took := time.Since(start); took != 4*time.Second {
			t.Errorf("the answer took %v, want 4 s", took)
		}
		var got []string
		for _, m := range k.s.ChannelMessages(general) {
			got = append(got, m.Content)
		}
		if len(got) != 3 || got[0] != "done, dropped" || got[1] != "done, cut" || got[2] != "done, late" {
			t.Errorf("carried out were %q", got)
		}
		if rs := k.s.Requests(); len(rs) != 5 || rs[0].Status != 503 || rs[2].Status != 200 || rs[4].At != start {
			t.Errorf("recorded were %+v", rs)
		}
	})
}

// TestTooMany: each kind of 429 is as Discord sends it, and a shared one is not held against the bot.
func TestTooMany(t *testing.T) {
	inTime(t, unlimited, func(k *kit) {
		for _, tt := range []struct {
			scope   string
			global  bool
			invalid int
		}{{"user", false, 1}, {"shared", false, 1}, {"global", true, 2}} {
			k.s.Fault(func(*http.Request) *HTTPFault { return TooMany(tt.scope, 1500*time.Millisecond) })
			r := k.do("GET", "/users/@me", "")
			if r.Status != 429 || r.Header.Get("X-RateLimit-Scope") != tt.scope || r.Header.Get("Retry-After") != "2" ||
				r.JSON["retry_after"] != 1.5 || r.JSON["global"] != tt.global {
				t.Errorf("%s: answered %d %v %s", tt.scope, r.Status, r.Header, r.Body)
			}
			if n := k.s.Invalid(); n != tt.invalid {
				t.Errorf("%s: %d invalid requests, want %d", tt.scope, n, tt.invalid)
			}
		}
		k.s.Fault(func(*http.Request) *HTTPFault { return Blocked(time.Hour) })
		r := k.do("GET", "/users/@me", "")
		if r.Status != 429 || r.JSON != nil || r.Header.Get("Content-Type") != "text/html; charset=UTF-8" ||
			r.Header.Get("Retry-After") != "3600" {
			t.Errorf("answered %d %v %s", r.Status, r.Header, r.Body)
		}
	})
}

// TestBanned: more than 10,000 invalid requests in 10 minutes are too many, not one fewer, and not over a longer time.
func TestBanned(t *testing.T) {
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		n    int
		each time.Duration // between two
		want bool
	}{
		"at once":        {10001, 0, true},
		"one fewer":      {10000, 0, false},
		"in time":        {10001, 59 * time.Millisecond, true},
		"out of time":    {10001, 60 * time.Millisecond, false},
		"slow, for long": {50000, 60 * time.Millisecond, false},
	} {
		r := newRecorder("1")
		for i := range tt.n {
			r.finish(&Recorded{At: at.Add(time.Duration(i) * tt.each)}, answer{status: http.StatusForbidden})
		}
		if r.banned != tt.want || r.invalid != tt.n || len(r.lately) > 2*(maxInvalid+1) {
			t.Errorf("%s: banned is %v after %d, of which %d are kept", name, r.banned, r.invalid, len(r.lately))
		}
	}
	inTime(t, unlimited, func(k *kit) {
		if k.do("POST", "/channels/"+quiet+"/messages", note("x")).is(403, 50013); k.s.Banned() || k.s.Invalid() != 1 {
			t.Errorf("after one of %d invalid requests banned is %v", k.s.Invalid(), k.s.Banned())
		}
	})
}
