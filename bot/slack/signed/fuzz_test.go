package signed_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/bot/slack/signed"
)

// FuzzOnlySlacksAreTaken sends whatever headers and body, and takes none that was not signed just so.
func FuzzOnlySlacksAreTaken(f *testing.F) {
	c := newClock()
	now := stampOf(c.now())
	f.Add(http.MethodPost, now, sign(secret, now, "b"), "b")
	f.Add(http.MethodPost, now, sign(secret, now, ""), "")
	f.Add(http.MethodPost, now, sign(secret, now, "b"), "c")
	f.Add(http.MethodGet, now, sign(secret, now, "b"), "b")
	f.Add(http.MethodPost, "0"+now, "v0="+strings.Repeat("0", 64), "b")
	f.Add(http.MethodPost, "", "", "")
	f.Fuzz(func(t *testing.T, method, stamp, sig, body string) {
		v := verifier(t, signed.Options{Now: c.now, MaxBody: 1000})
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		r.Method = method
		r.Header.Set("X-Slack-Request-Timestamp", stamp)
		r.Header.Set("X-Slack-Signature", sig)
		status, got, _ := read(v, r)
		if genuine := sig == sign(secret, stamp, body); status == 200 && (!genuine || got != body || method != http.MethodPost) {
			t.Errorf("taken: %q %q %q", stamp, sig, body)
		}
		if status == 200 {
			again := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
			again.Header = r.Header
			wantStatus(t, v, again, 401)
		}
	})
}
