package signed

import (
	"crypto/sha256"
	"encoding/binary"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

func sigOf(n int) (sig [sha256.Size]byte) {
	binary.BigEndian.PutUint64(sig[:], uint64(n))
	return sig
}

func TestWhenFullNewOnesAreRefusedAndNoneIsForgotten(t *testing.T) {
	now := time.Unix(1_790_000_000, 0)
	c := newReplays(3)
	for n := range 3 {
		if got := c.add(sigOf(n), now); got != first {
			t.Fatalf("signature %d: %v", n, got)
		}
	}
	if got := c.add(sigOf(3), now); got != full {
		t.Errorf("one more than fits: %v", got)
	}
	if got := c.add(sigOf(0), now); got != known {
		t.Errorf("the first again: %v", got)
	}
	now = now.Add(keep)
	if got := c.add(sigOf(3), now); got != first {
		t.Errorf("after ten minutes: %v", got)
	}
	if got := c.add(sigOf(0), now); got != known {
		t.Errorf("one of the span before: %v", got)
	}
	for range 3 {
		now = now.Add(keep)
		c.add(sigOf(9), now)
	}
	if len(c.young)+len(c.old) > 2 {
		t.Errorf("%d are kept of what is long over", len(c.young)+len(c.old))
	}
}

func TestWhenFullSlackIsToldToComeAgain(t *testing.T) {
	now := time.Now()
	v, err := New(Options{Secrets: []string{"s"}, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	v.seen = newReplays(1)
	send := func(body string) *httptest.ResponseRecorder {
		stamp := strconv.FormatInt(now.Unix(), 10)
		mac := v.macs[0](stamp, []byte(body))
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		r.Header.Set("X-Slack-Request-Timestamp", stamp)
		r.Header.Set("X-Slack-Signature", "v0="+hexOf(mac))
		w := httptest.NewRecorder()
		v.Read(w, r)
		return w
	}
	send("a")
	if w := send("b"); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
		t.Errorf("status %d", w.Code)
	}
	if w := send("a"); w.Code != http.StatusUnauthorized {
		t.Errorf("a repetition: status %d", w.Code)
	}
}

func hexOf(mac [sha256.Size]byte) string {
	var b strings.Builder
	for _, c := range mac {
		b.WriteString(strconv.FormatUint(uint64(c)>>4, 16) + strconv.FormatUint(uint64(c)&15, 16))
	}
	return b.String()
}

func TestMemoryIsBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("it fills the memory of replays twice")
	}
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before, now := heap(), time.Unix(1_790_000_000, 0)
	c := newReplays(maxKept)
	for n := range 3 * maxKept {
		if n%maxKept == 0 {
			now = now.Add(keep)
		}
		c.add(sigOf(n), now)
	}
	if used := float64(heap()-before) / (1 << 20); used > 50 {
		t.Errorf("%.0f MB", used)
	} else {
		t.Logf("%d signatures in %.0f MB", len(c.young)+len(c.old), used)
	}
	runtime.KeepAlive(c)
}
