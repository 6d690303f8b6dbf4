package slacktest

import (
	"net/http"
	"time"
)

// injection is an error that a request gets in place of its answer.
type injection struct {
	left       int
	code       string
	status     int
	retryAfter time.Duration
}

// Fail refuses the next n requests to a method with one of Slack's codes; "ratelimited" comes with status 429 and one
// second to wait. The method of response URLs is "response_url".
func (s *Server) Fail(method string, n int, errCode string) {
	i := &injection{left: n, code: errCode}
	if errCode == "ratelimited" {
		i.status, i.retryAfter = http.StatusTooManyRequests, time.Second
	}
	s.web.inject(method, i)
}

// FailHTTP answers the next n requests to a method with a status and a body that is no JSON, and with a Retry-After header
// when that is not zero.
func (s *Server) FailHTTP(method string, n, status int, retryAfter time.Duration) {
	s.web.inject(method, &injection{left: n, status: status, retryAfter: retryAfter})
}

// Slow lets all requests to a method wait before they are carried out.
func (s *Server) Slow(method string, d time.Duration) {
	s.web.mu.Lock()
	defer s.web.mu.Unlock()
	s.web.slow[method] = d
}

func (w *webServer) inject(method string, i *injection) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.injected[method] = append(w.injected[method], i)
}

// takeInjection is the error that a request to a method is to get, or nil.
func (w *webServer) takeInjection(method string) *injection {
	for list := w.injected[method]; len(list) > 0; list = w.injected[method] {
		if i := list[0]; i.left > 0 {
			i.left--
			return i
		}
		w.injected[method] = list[1:]
	}
	return nil
}

func (i *injection) answer() reply {
	a := reply{text: http.StatusText(i.status)}
	if i.code != "" {
		a = refuse(i.code)
	}
	a.status, a.injected = i.status, true
	if i.retryAfter > 0 {
		a.header = tooMany(i.retryAfter).header
	}
	return a
}
