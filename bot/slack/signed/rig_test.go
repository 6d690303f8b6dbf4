package signed_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot/slack/signed"
)

const secret = "canary-8f742231b10e8888abcd99yyyzzz85a5"

// clock is set by hand.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func newClock() *clock { return &clock{t: time.Unix(1_790_000_000, 0)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

func verifier(t testing.TB, o signed.Options) *signed.Verifier {
	t.Helper()
	if o.Secrets == nil {
		o.Secrets = []string{secret}
	}
	v, err := signed.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// sign is the signature of a body at a time, written independently of the package.
func sign(key, stamp, body string) string {
	h := hmac.New(sha256.New, []byte(key))
	_, _ = io.WriteString(h, "v0:"+stamp+":"+body)
	return "v0=" + hex.EncodeToString(h.Sum(nil))
}

func stampOf(at time.Time) string { return strconv.FormatInt(at.Unix(), 10) }

// request is a genuine one.
func request(key string, at time.Time, body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/slack/events", strings.NewReader(body))
	r.Header.Set("X-Slack-Request-Timestamp", stampOf(at))
	r.Header.Set("X-Slack-Signature", sign(key, stampOf(at), body))
	return r
}

// read gives the status and the body that was taken; status 200 when it was.
func read(v *signed.Verifier, r *http.Request) (status int, body string, answer *httptest.ResponseRecorder) {
	w := httptest.NewRecorder()
	b, ok := v.Read(w, r)
	if ok {
		return http.StatusOK, string(b), w
	}
	if b != nil {
		panic("a body was given with a refusal")
	}
	return w.Code, "", w
}

func wantStatus(t *testing.T, v *signed.Verifier, r *http.Request, want int) {
	t.Helper()
	if got, _, w := read(v, r); got != want {
		t.Errorf("status %d (%s), want %d", got, strings.TrimSpace(w.Body.String()), want)
	}
}
