package rest_test

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

	"github.com/whowon-bot/whowon/bot/discord/rest"
)

// fault is a server that goes wrong, and what becomes of a request.
type fault struct {
	serve     http.HandlerFunc
	again     bool // a repeatable request is sent again
	unknown   bool // whether it was carried out
	status    int
	is        error
	says      string
	unwatched bool // it is a success for those who do not want the answer
}

func status(code int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		_, _ = io.Copy(io.Discard, req.Body)
		w.WriteHeader(code)
		_, _ = io.WriteString(w, body)
	}
}

// raw answers with bytes, and closes the connection.
func raw(answer string) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		_, _ = io.Copy(io.Discard, req.Body)
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(err)
		}
		_, _ = io.WriteString(conn, answer)
		_ = conn.Close()
	}
}

const invalidForm = `{"code":50035,"message":"Invalid Form Body","errors":{"embeds":{"0":{"title":{"_errors":[` +
	`{"code":"BASE_TYPE_MAX_LENGTH","message":"Must be 256 or fewer in length."}]}}}}}`

var faults = map[string]fault{
	"500":         {serve: status(500, "oops"), again: true, unknown: true, status: 500},
	"502, a page": {serve: status(502, "<html>"), again: true, unknown: true, status: 502},
	"503, JSON": {serve: status(503, `{"code":130000,"message":"overloaded"}`), again: true, unknown: true, status: 503,
		says: "overloaded (130000)"},
	"closed":       {serve: raw(""), again: true, unknown: true},
	"no HTTP":      {serve: raw("SSH-2.0-OpenSSH\r\n"), again: true, unknown: true},
	"half headers": {serve: raw("HTTP/1.1 200 OK\r\nContent-Le"), again: true, unknown: true},
	"truncated": {serve: raw("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"id\":\"1\"}"), again: true, unknown: true,
		status: 200, is: io.ErrUnexpectedEOF, unwatched: true},
	"truncated chunk": {serve: raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n{\"id\":\"1\"}"), again: true,
		unknown: true, status: 200, is: io.ErrUnexpectedEOF, unwatched: true},
	"truncated refusal": {serve: raw("HTTP/1.1 403 Forbidden\r\nContent-Length: 90\r\n\r\n{\"code\":5"), status: 403},
	"no JSON":           {serve: status(200, "hello"), unknown: true, status: 200, unwatched: true},
	"other JSON":        {serve: status(200, `{"id":5}`), unknown: true, status: 200, unwatched: true},
	"giant": {serve: status(200, `{"id":"`+strings.Repeat("x", 5<<20)+`"}`), unknown: true, status: 200,
		is: rest.ErrTooLarge, unwatched: true},
	"giant refusal": {serve: status(400, strings.Repeat("x", 5<<20)), status: 400},
	"400":           {serve: status(400, invalidForm), status: 400, says: "embeds.0.title: Must be 256 or fewer in length."},
	"403": {serve: status(403, `{"code":50013,"message":"Missing Permissions"}`), status: 403,
		says: "Missing Permissions (50013)"},
	"404, a page": {serve: status(404, "<html>"), status: 404, says: "404 Not Found"},
	"redirect": {serve: func(w http.ResponseWriter, req *http.Request) {
		http.Redirect(w, req, "http://127.0.0.1:1/elsewhere", http.StatusTemporaryRedirect)
	}, status: 307},
}

// TestFaults over real sockets, of a request that must not be sent twice.
func TestFaults(t *testing.T) {
	for name, f := range faults {
		t.Run(name, func(t *testing.T) {
			var came atomic.Int32
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
				came.Add(1)
				f.serve(w, req)
			}))
			defer server.Close()
			c := newClient(t, rest.Options{Base: server.URL})
			for _, req := range []rest.Request{post(0, rest.Usual), callback(0)} {
				came.Store(0)
				req.Into = &struct{ ID string }{}
				f.check(t, c.Do(t.Context(), req))
				if came.Load() != 1 {
					t.Errorf("%v came %d times", req, came.Load())
				}
				req.Into = nil
				if err := c.Do(t.Context(), req); (err == nil) != f.unwatched {
					t.Errorf("without a use for the answer: %v", err)
				}
			}
		})
	}
}

// TestRepeatableFaults are tried again, a little later, and what they end with is the same.
func TestRepeatableFaults(t *testing.T) {
	for name, f := range faults {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var came atomic.Int32
				var heals atomic.Bool
				c, _ := piped(t, rest.Options{}, func(w http.ResponseWriter, req *http.Request) {
					if came.Add(1) > 1 && heals.Load() {
						served(w, req)
						return
					}
					f.serve(w, req)
				})
				for _, req := range []rest.Request{post(0, rest.Usual), callback(0)} {
					came.Store(0)
					heals.Store(false)
					req.Into, req.Repeatable = &struct{ ID string }{}, true
					begun, want := time.Now(), int32(1)
					f.check(t, c.Do(t.Context(), req))
					if f.again {
						want = 3
					}
					if took := time.Since(begun); came.Load() != want || f.again != (took >= 450*time.Millisecond) || took > 3*time.Second {
						t.Errorf("%d attempts, in %v", came.Load(), took)
					}
					came.Store(0)
					heals.Store(true)
					if err := c.Do(t.Context(), req); (err == nil) != f.again {
						t.Errorf("where the second attempt would go well: %v", err)
					}
				}
			})
		})
	}
}

// check looks at the error that a fault ends in.
func (f fault) check(t *testing.T, err error) {
	t.Helper()
	var e *rest.Error
	if !errors.As(err, &e) {
		t.Fatalf("the error is %v", err)
	}
	if e.Unknown != f.unknown || e.Status != f.status || f.unknown != strings.Contains(e.Error(), "may have been done") {
		t.Errorf("status %d, unknown: %v, %q", e.Status, e.Unknown, e)
	}
	if f.is != nil && !errors.Is(err, f.is) || !strings.Contains(e.Error(), f.says) || len(e.Error()) > 800 {
		t.Errorf("the error is %q", e)
	}
}

// TestRepeatableForAWhile is not sent again when it is too late for that, unless it is known not to have arrived.
func TestRepeatableForAWhile(t *testing.T) {
	for name, tt := range map[string]struct {
		first   int
		within  time.Duration
		come    int32
		unknown bool
	}{
		"in time":             {500, 10 * time.Minute, 3, false},
		"too late":            {500, 2 * time.Minute, 2, true},
		"for ever":            {500, 0, 3, false},
		"it did not arrive":   {429, 2 * time.Minute, 3, false},
		"it never was sent":   {429, time.Second, 3, false},
		"late from the start": {500, time.Millisecond, 1, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var came atomic.Int32
				c, _ := piped(t, rest.Options{}, func(w http.ResponseWriter, req *http.Request) {
					switch came.Add(1) {
					case 1:
						w.Header().Set("Retry-After", "0")
						status(tt.first, "{}")(w, req)
					case 2:
						w.Header().Set("Retry-After", "300")
						status(429, "{}")(w, req)
					default:
						served(w, req)
					}
				})
				req := post(0, rest.Usual)
				req.Repeatable, req.Within = true, tt.within
				err := c.Do(t.Context(), req)
				var e *rest.Error
				if errors.As(err, &e) != tt.unknown || e != nil && !e.Unknown || came.Load() != tt.come {
					t.Errorf("after %d attempts: %v", came.Load(), err)
				}
			})
		})
	}
}

// TestNobodyThere is known not to have been carried out, and so is what a deadline ends before there is a connection.
func TestNobodyThere(t *testing.T) {
	for _, req := range []rest.Request{post(0, rest.Usual), callback(0), get("/users/@me")} {
		synctest.Test(t, func(t *testing.T) {
			var tries atomic.Int32
			transport := rest.NewTransport()
			transport.Proxy = nil
			transport.DialContext = func(context.Context, string, string) (net.Conn, error) {
				if tries.Add(1) > 2 {
					time.Sleep(5 * time.Second) // a dial outlives the request that began it
				}
				return nil, &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")}
			}
			c := newClient(t, rest.Options{Transport: transport})
			ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
			defer cancel()
			var e *rest.Error
			err := c.Do(ctx, req)
			if !errors.As(err, &e) || !errors.Is(err, context.DeadlineExceeded) || tries.Load() != 3 {
				t.Errorf("after %d attempts: %v", tries.Load(), err)
			}
			if e != nil && e.Unknown && req.Method != http.MethodGet {
				t.Errorf("what was never sent is %q", e)
			}
			time.Sleep(time.Minute)
		})
	}
}

// TestAnAnswerThatDoesNotEnd is waited for as long as the context lives, and half a minute without one.
func TestAnAnswerThatDoesNotEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, _ := piped(t, rest.Options{}, func(w http.ResponseWriter, req *http.Request) {
			_, _ = io.Copy(io.Discard, req.Body)
			_, _ = io.WriteString(w, "{")
			_ = http.NewResponseController(w).Flush()
			<-req.Context().Done()
		})
		for most, wait := range map[time.Duration]time.Duration{time.Second: time.Second, time.Hour: 30 * time.Second} {
			ctx, cancel := context.WithTimeout(t.Context(), most)
			req := post(0, rest.Usual)
			req.Into = &struct{ ID string }{}
			begun := time.Now()
			var e *rest.Error
			if err := c.Do(ctx, req); !errors.As(err, &e) || !e.Unknown || time.Since(begun) != wait {
				t.Errorf("after %v: %v", time.Since(begun), err)
			}
			cancel()
		}
	})
}
