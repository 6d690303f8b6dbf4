package discordtest

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// answer is what a request is answered with.
type answer struct {
	status int
	body   []byte
	header http.Header
}

func done(data any) answer { return answer{status: http.StatusOK, body: marshal(data)} }

func nothing() answer { return answer{status: http.StatusNoContent} }

// refuse is an error as Discord words it: https://docs.discord.com/developers/reference#error-messages. Code 0 is a general
// one.
func refuse(status, code int, message string) answer {
	return answer{status: status, body: marshal(map[string]any{"message": message, "code": code})}
}

// invalid is a body that breaks rules.
func invalid(fields ...fieldError) answer {
	tree := map[string]any{}
	for _, f := range fields {
		at := tree
		for part := range strings.SplitSeq(f.Path, ".") {
			if part == "" {
				continue
			}
			next, ok := at[part].(map[string]any)
			if !ok {
				next = map[string]any{}
				at[part] = next
			}
			at = next
		}
		list, _ := at["_errors"].([]any)
		at["_errors"] = append(list, map[string]any{"code": f.Code, "message": f.Message})
	}
	return answer{status: http.StatusBadRequest, body: marshal(map[string]any{
		"message": "Invalid Form Body", "code": 50035, "errors": tree})}
}

// violation is invalid for what a correct bot never sends, so it is also a fault.
func (r *restServer) violation(c *call, fields ...fieldError) answer {
	for _, f := range fields {
		r.recorder.fault(c, fmt.Sprintf("%s: %s: %s", f.Path, f.Code, f.Message))
	}
	return invalid(fields...)
}

// notJSON is a body that is no JSON at all.
func (r *restServer) notJSON(c *call) answer {
	r.recorder.fault(c, "the body is not valid JSON")
	return refuse(http.StatusBadRequest, 50109, "The request body contains invalid JSON.")
}

// unknown are the fields of a body that Discord does not have, as errors.
func unknown(kind string, body []byte) []fieldError {
	var errs []fieldError
	for _, path := range unknownFields(kind, body) {
		errs = append(errs, fieldError{path, "UNKNOWN_FIELD", "There is no such field."})
	}
	return errs
}

// HTTPFault is how a request goes wrong. Without Status it is carried out, and its answer suffers.
type HTTPFault struct {
	Status   int         // answered in place of carrying it out
	Body     string      // with Status
	Header   http.Header // with Status
	Delay    time.Duration
	Truncate bool // half of the body comes, then the connection breaks
	Drop     bool // the connection breaks without an answer; with Status nothing was carried out
}

// Fault is asked at each request for how it goes wrong; nil is not at all. The body can be read. f may use the server.
func (s *Server) Fault(f func(r *http.Request) *HTTPFault) {
	s.rest.mu.Lock()
	defer s.rest.mu.Unlock()
	s.rest.onFault = f
}

func (f *HTTPFault) answer() answer { return answer{f.Status, []byte(f.Body), f.Header} }

// write sends an answer as the fault lets it through.
func (f *HTTPFault) write(w http.ResponseWriter, r *http.Request, a answer) {
	if f.Delay > 0 && !sleep(r.Context(), f.Delay) || f.Drop {
		panic(http.ErrAbortHandler)
	}
	h := w.Header()
	if len(a.body) > 0 {
		h.Set("Content-Type", "application/json")
		h.Set("Content-Length", strconv.Itoa(len(a.body)))
	}
	for name, values := range a.header {
		h[http.CanonicalHeaderKey(name)] = values
	}
	w.WriteHeader(a.status)
	if f.Truncate {
		_, _ = w.Write(a.body[:len(a.body)/2])
		_ = http.NewResponseController(w).Flush() // so that half of it is on its way
		panic(http.ErrAbortHandler)
	}
	_, _ = w.Write(a.body) // the client may have gone
}

// sleep waits, and reports whether the client did too.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// TooMany is a 429 with a scope: "user" for the bot's own limit, "shared" for one shared with others, "global".
// https://docs.discord.com/developers/topics/rate-limits#exceeding-a-rate-limit
func TooMany(scope string, after time.Duration) *HTTPFault {
	a := tooMany(scope, after)
	return &HTTPFault{Status: a.status, Body: string(a.body), Header: a.header}
}

// Blocked is the 429 of Cloudflare, which answers in Discord's place when an address is banned: a page, no JSON.
func Blocked(after time.Duration) *HTTPFault {
	return &HTTPFault{Status: http.StatusTooManyRequests,
		Body: "<!doctype html>\n<title>Access denied</title>\n<h1>Error 1015</h1>\n<p>You are being rate limited</p>\n",
		Header: http.Header{"Content-Type": {"text/html; charset=UTF-8"}, "Retry-After": {wholeSeconds(after)},
			"Server": {"cloudflare"}}}
}

func tooMany(scope string, after time.Duration) answer {
	h := http.Header{}
	h.Set("Retry-After", wholeSeconds(after))
	h.Set("X-RateLimit-Scope", scope)
	if scope == "global" {
		h.Set("X-RateLimit-Global", "true")
	}
	body := marshal(map[string]any{"message": "You are being rate limited.", "retry_after": json.Number(decimals(after)),
		"global": scope == "global"})
	return answer{http.StatusTooManyRequests, body, h}
}

// wholeSeconds is a time as the header Retry-After has it: rounded up.
func wholeSeconds(d time.Duration) string {
	return strconv.Itoa(int((d + time.Second - 1) / time.Second))
}

func decimals(d time.Duration) string { return strconv.FormatFloat(max(d, 0).Seconds(), 'f', 3, 64) }
