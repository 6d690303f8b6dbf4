package signed_test

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot/slack/signed"
)

func TestGenuineRequestIsTaken(t *testing.T) {
	c := newClock()
	v := verifier(t, signed.Options{Now: c.now})
	for _, body := range []string{`{"type":"event_callback"}`, "", "payload=%7B%7D", "\x00\xff", strings.Repeat("x", 100_000)} {
		status, got, w := read(v, request(secret, c.now(), body))
		if status != 200 || got != body {
			t.Errorf("status %d, %d bytes of %d", status, len(got), len(body))
		}
		if w.Body.Len() > 0 || len(w.Header()) > 0 {
			t.Error("something was answered already")
		}
	}
}

func TestBothSecretsAreTakenWhileRotating(t *testing.T) {
	c := newClock()
	v := verifier(t, signed.Options{Secrets: []string{"new", "", "old"}, Now: c.now})
	for key, want := range map[string]int{"new": 200, "old": 200, "": 401, "other": 401} {
		t.Run(key, func(t *testing.T) { wantStatus(t, v, request(key, c.now(), "b"), want) })
	}
}

func TestWithoutSecretThereIsNoVerifier(t *testing.T) {
	for _, s := range [][]string{nil, {}, {""}, {"", ""}, {" x"}, {"x\n"}} {
		if _, err := signed.New(signed.Options{Secrets: s}); err == nil {
			t.Errorf("%q makes a verifier", s)
		}
	}
}

func TestTimestampIsWithinFiveMinutes(t *testing.T) {
	for off, want := range map[time.Duration]int{0: 200, -300 * time.Second: 200, 300 * time.Second: 200,
		-301 * time.Second: 401, 301 * time.Second: 401, -24 * time.Hour: 401, 24 * time.Hour: 401, -50 * 365 * 24 * time.Hour: 401} {
		c := newClock()
		v := verifier(t, signed.Options{Now: c.now})
		t.Run(off.String(), func(t *testing.T) { wantStatus(t, v, request(secret, c.now().Add(off), "b"), want) })
	}
}

// TestNothingElseIsTaken changes one thing of a genuine request.
func TestNothingElseIsTaken(t *testing.T) {
	const body = "payload=1"
	c := newClock()
	stamp := stampOf(c.now())
	good := sign(secret, stamp, body)
	signature := func(s string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set("X-Slack-Signature", s) }
	}
	at := func(s string) func(*http.Request) { // signed with that very timestamp
		return func(r *http.Request) {
			r.Header.Set("X-Slack-Request-Timestamp", s)
			r.Header.Set("X-Slack-Signature", sign(secret, s, body))
		}
	}
	cases := map[string]struct {
		change func(*http.Request)
		want   int
	}{
		"GET":                         {func(r *http.Request) { r.Method = http.MethodGet }, 405},
		"HEAD":                        {func(r *http.Request) { r.Method = http.MethodHead }, 405},
		"post in small":               {func(r *http.Request) { r.Method = "post" }, 405},
		"another secret":              {signature(sign("other", stamp, body)), 401},
		"an empty secret":             {signature(sign("", stamp, body)), 401},
		"a signature of its stamp":    {signature(sign(secret, "1", body)), 401},
		"another body":                {func(r *http.Request) { r.Body = io.NopCloser(strings.NewReader(body + " ")) }, 401},
		"a shorter body":              {func(r *http.Request) { r.Body = io.NopCloser(strings.NewReader(body[1:])) }, 401},
		"no body":                     {func(r *http.Request) { r.Body = nil }, 401},
		"no signature":                {func(r *http.Request) { r.Header.Del("X-Slack-Signature") }, 401},
		"an empty signature":          {signature(""), 401},
		"only v0=":                    {signature("v0="), 401},
		"v1=":                         {signature("v1=" + good[3:]), 401},
		"V0=":                         {signature("V0=" + good[3:]), 401},
		"no version":                  {signature(good[3:]), 401},
		"upper case":                  {signature("v0=" + strings.ToUpper(good[3:])), 401},
		"not hexadecimal":             {signature("v0=" + strings.Repeat("g", 64)), 401},
		"too short":                   {signature(good[:len(good)-2]), 401},
		"too long":                    {signature(good + "00"), 401},
		"a space before":              {signature(" " + good), 401},
		"two in one":                  {signature(good + "," + good), 401},
		"two signatures":              {func(r *http.Request) { r.Header.Add("X-Slack-Signature", good) }, 401},
		"a bad and a good one":        {func(r *http.Request) { r.Header["X-Slack-Signature"] = []string{"v0=0", good} }, 401},
		"a good and a bad one":        {func(r *http.Request) { r.Header["X-Slack-Signature"] = []string{good, "v0=0"} }, 401},
		"no timestamp":                {func(r *http.Request) { r.Header.Del("X-Slack-Request-Timestamp") }, 401},
		"two timestamps":              {func(r *http.Request) { r.Header.Add("X-Slack-Request-Timestamp", stamp) }, 401},
		"the next second":             {func(r *http.Request) { r.Header.Set("X-Slack-Request-Timestamp", stampOf(c.now().Add(time.Second))) }, 401},
		"an empty timestamp":          {at(""), 401},
		"a timestamp with a sign":     {at("+" + stamp), 401},
		"a timestamp with a point":    {at(stamp + ".0"), 401},
		"a timestamp with a space":    {at(stamp + " "), 401},
		"milliseconds":                {at(stamp + "000"), 401},
		"a timestamp beyond all":      {at(strings.Repeat("9", 40)), 401},
		"a timestamp in other digits": {at("١٧٩٠٠٠٠٠٠٠"), 401},
	}
	for name, f := range cases {
		t.Run(name, func(t *testing.T) {
			v := verifier(t, signed.Options{Now: c.now})
			r := request(secret, c.now(), body)
			f.change(r)
			wantStatus(t, v, r, f.want)
			wantStatus(t, v, request(secret, c.now(), body), 200) // and it has left nothing behind
		})
	}
}

func TestGiantBodyIsRefused(t *testing.T) {
	c := newClock()
	v := verifier(t, signed.Options{Now: c.now, MaxBody: 1000})
	wantStatus(t, v, request(secret, c.now(), strings.Repeat("x", 1000)), 200)
	wantStatus(t, v, request(secret, c.now(), strings.Repeat("x", 1001)), 413)

	declared := request(secret, c.now(), "")
	unread := &counter{r: zeros{}}
	declared.Body, declared.ContentLength = io.NopCloser(unread), 1001
	wantStatus(t, v, declared, 413)
	if unread.n > 0 {
		t.Errorf("%d bytes were read of a body that is declared too large", unread.n)
	}

	chunked := request(secret, c.now(), strings.Repeat("y", 1001))
	chunked.ContentLength = -1
	wantStatus(t, v, chunked, 413)

	v = verifier(t, signed.Options{Now: c.now})
	wantStatus(t, v, request(secret, c.now(), strings.Repeat("x", 1<<20)), 200)
	endless := request(secret, c.now(), "")
	counted := &counter{r: zeros{}}
	endless.Body, endless.ContentLength = io.NopCloser(counted), -1
	wantStatus(t, v, endless, 413)
	if counted.n > 1<<20+64<<10 {
		t.Errorf("%d bytes were read of an endless body", counted.n)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

type counter struct {
	r io.Reader
	n int
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += n
	return n, err
}

// TestBodyOfRefusedHeadersIsNotRead: what is not signed costs nothing.
func TestBodyOfRefusedHeadersIsNotRead(t *testing.T) {
	c := newClock()
	r := request(secret, c.now().Add(-time.Hour), "b")
	counted := &counter{r: zeros{}}
	r.Body = io.NopCloser(counted)
	wantStatus(t, verifier(t, signed.Options{Now: c.now}), r, 401)
	if counted.n > 0 {
		t.Errorf("%d bytes were read", counted.n)
	}
}

func TestBodyThatBreaksOffIsRefused(t *testing.T) {
	v := verifier(t, signed.Options{})
	taken := make(chan int, 1)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		status, _, _ := read(v, r)
		taken <- status
	}))
	defer s.Close()
	conn, err := net.Dial("tcp", s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	stamp := stampOf(time.Now())
	fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nX-Slack-Request-Timestamp: %s\r\n"+
		"X-Slack-Signature: %s\r\n\r\nhalf", stamp, sign(secret, stamp, "half"))
	_ = conn.(*net.TCPConn).CloseWrite()
	if status := <-taken; status != 400 {
		t.Errorf("status %d, want 400", status)
	}
	_ = conn.Close()

	r := request(secret, time.Now(), "half")
	r.Body = io.NopCloser(io.MultiReader(strings.NewReader("half"), broken{}))
	wantStatus(t, v, r, 400)
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("canary: broken pipe") }

// TestBodyMayNotOutlastItsTimestamp: else a request could be repeated by sending it slowly until it is forgotten.
func TestBodyMayNotOutlastItsTimestamp(t *testing.T) {
	c := newClock()
	v := verifier(t, signed.Options{Now: c.now})
	r := request(secret, c.now(), "b")
	r.Body = io.NopCloser(io.MultiReader(strings.NewReader("b"), late{c}))
	wantStatus(t, v, r, 401)
}

type late struct{ c *clock }

func (l late) Read([]byte) (int, error) {
	l.c.add(301 * time.Second)
	return 0, io.EOF
}

func TestNoSecretIsShown(t *testing.T) {
	c := newClock()
	v := verifier(t, signed.Options{Now: c.now})
	var out strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&out, verb+"\n", v)
		fmt.Fprintf(&out, verb+"\n", *v)
		fmt.Fprintf(&out, verb+"\n", struct{ v any }{v})
	}
	slog.New(slog.NewTextHandler(&out, nil)).Info("x", "v", v)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "v", v)
	_, err := signed.New(signed.Options{Secrets: []string{" " + secret}})
	fmt.Fprintln(&out, err)

	r := request(secret, c.now(), "b")
	r.Header.Set("X-Slack-Signature", sign(secret, "1", "b"))
	r.Header.Set("X-Echo", "canary")
	_, _, w := read(v, r)
	fmt.Fprintln(&out, w.Body, w.Header())
	if ct := w.Header().Get("Content-Type"); !strings.HasPrefix(ct, "text/plain") || w.Body.Len() > 50 {
		t.Errorf("the answer is %s of %d bytes", ct, w.Body.Len())
	}
	if s := out.String(); strings.Contains(s, "canary") || strings.Contains(s, fmt.Sprintf("%x", "canary")) ||
		strings.Contains(s, strings.Trim(fmt.Sprint([]byte("canary")), "[]")) || strings.Contains(s, sign(secret, "1", "b")[3:]) {
		t.Errorf("a secret is shown: %s", s)
	}
}
