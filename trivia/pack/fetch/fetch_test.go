package fetch_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/trivia/pack/fetch"
)

const limit = 1 << 20

func TestFetches(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/old" {
			http.Redirect(w, r, "/packs/films.yaml", http.StatusFound)
			return
		}
		if r.Header.Get("Referer") != "" || r.Header.Get("User-Agent") != "test" {
			t.Errorf("headers: %v", r.Header)
		}
		io.WriteString(w, "name: Films")
	}, "good.example")
	c := s.client(serveNames(t, map[string][][]string{"good.example": {{"127.0.0.1"}}}), 10*time.Second)
	f, err := c.Get(t.Context(), "https://good.example:"+s.port+"/old?secret=1", limit)
	if err != nil || f.Name != "films.yaml" || string(f.Data) != "name: Films" {
		t.Errorf("%q %q, %v", f.Name, f.Data, err)
	}
}

// TestForbiddenAddresses gives addresses that lead to this machine or its network, written in all sorts of ways, and by
// names that resolve to them. The server listens there, with a certificate that is trusted, and hears nothing.
func TestForbiddenAddresses(t *testing.T) {
	s := serve(t, func(http.ResponseWriter, *http.Request) {}, "inside.example", "six.example", "mixed.example", "mapped.example")
	c := s.client(serveNames(t, map[string][][]string{
		"inside.example": {{"127.0.0.2"}}, "six.example": {{"::1"}}, "mixed.example": {{"10.0.0.1", "127.0.0.2", "::1"}},
		"mapped.example": {{"::ffff:127.0.0.2"}},
	}), 10*time.Second)
	for _, host := range []string{
		"127.0.0.2", "[::1]", "[::ffff:127.0.0.2]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1%25lo]",
		"[fd00::1]", "[::]", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
		"[2001::1]", "inside.example", "six.example", "mixed.example", "mapped.example", "inside.example.",
	} {
		f, err := c.Get(t.Context(), "https://"+host+":"+s.port+"/x", limit)
		if !errors.Is(err, fetch.ErrRefused) {
			t.Errorf("%s: %d bytes, %v", host, len(f.Data), err)
		}
	}
	for _, host := range []string{"2130706433", "0x7f000001", "127.1", "0177.0.0.1", "localhost"} { // no names, or one of this machine
		if _, err := c.Get(t.Context(), "https://"+host+":"+s.port+"/x", limit); err == nil {
			t.Errorf("%s was fetched", host)
		}
	}
	if len(s.hits) != 0 {
		t.Errorf("it was reached: %q", s.hits)
	}
}

func TestForbiddenURLs(t *testing.T) {
	for _, u := range []string{
		"http://example.org/x", "ftp://example.org/x", "file:///etc/passwd", "gopher://example.org", "example.org/x", "//example.org/x", "",
		"https://ada@example.org/x", "https://ada:canary@example.org/x", "https://example.org:8443/", "https://example.org:80/",
		"https://example.org:0/", "https:///x", "https:example.org", "https://:443/x", "https://exa mple.org/", "https://[::1/", "https://x/%zz",
		"https://example.org/" + strings.Repeat("x", fetch.MaxURL), "javascript:alert(1)", "https://127.0.0.1/",
	} {
		_, err := fetch.New("test").Get(t.Context(), u, limit)
		if !errors.Is(err, fetch.ErrRefused) || strings.Contains(err.Error(), "canary") {
			t.Errorf("%.60s: %v", u, err)
		}
	}
}

// TestRebinding lets a name lead to where it may at first, and to this machine when it is asked for again.
func TestRebinding(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/first" {
			http.Redirect(w, r, "/second", http.StatusTemporaryRedirect)
			return
		}
		io.WriteString(w, "inside")
	}, "rebind.example")
	c := s.client(serveNames(t, map[string][][]string{"rebind.example": {{"127.0.0.1"}, {"127.0.0.2"}}}), 10*time.Second)
	f, err := c.Get(t.Context(), "https://rebind.example:"+s.port+"/first", limit)
	if !errors.Is(err, fetch.ErrRefused) || !strings.Contains(err.Error(), "127.0.0.2") {
		t.Errorf("%q, %v", f.Data, err)
	}
	if len(s.hits) != 1 {
		t.Errorf("requests: %q", s.hits)
	}
}

func TestRedirections(t *testing.T) {
	for to, refused := range map[string]string{
		"http://good.example/":                     "https://",
		"https://169.254.169.254/latest/meta-data": "metadata",
		"https://[::1]/":                           "this machine",
		"https://ada:pw@good.example/":             "password",
		"https://good.example:22/":                 "port 22",
		"/loop":                                    "more than 3 times",
		"file:///etc/passwd":                       "https://",
	} {
		s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", to)
			w.WriteHeader(http.StatusFound)
		}, "good.example")
		c := s.client(serveNames(t, map[string][][]string{"good.example": {{"127.0.0.1"}}}), 10*time.Second)
		_, err := c.Get(t.Context(), "https://good.example:"+s.port+"/loop", limit)
		if !errors.Is(err, fetch.ErrRefused) || !strings.Contains(err.Error(), refused) {
			t.Errorf("%s: %v", to, err)
		}
		if n := len(s.hits); n != 1 && to != "/loop" || n > fetch.MaxRedirects+1 {
			t.Errorf("%s: %d requests", to, n)
		}
	}
}

// TestTooMuch sends files that are too large, that say so or not, that unpack to a lot, and that never end.
func TestTooMuch(t *testing.T) {
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	for range 16 {
		z.Write(make([]byte, 1<<20))
	}
	z.Close()
	if bomb.Len() > limit {
		t.Fatal("the bomb is too large by itself")
	}
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/said":
			w.Header().Set("Content-Length", "1048577")
		case "/unsaid":
			for range 1 << 10 {
				if _, err := w.Write(make([]byte, 64<<10)); err != nil {
					return
				}
			}
		case "/bomb":
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(bomb.Bytes())
		case "/slow":
			for r.Context().Err() == nil {
				io.WriteString(w, "x")
				w.(http.Flusher).Flush()
				time.Sleep(20 * time.Millisecond)
			}
		case "/head":
			w.Header().Set("X", strings.Repeat("x", 1<<20))
		case "/gone":
			w.WriteHeader(http.StatusNotFound)
		}
	}, "good.example")
	c := s.client(serveNames(t, map[string][][]string{"good.example": {{"127.0.0.1"}}}), time.Second)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for path, says := range map[string]string{
		"/said": "larger than", "/unsaid": "larger than", "/bomb": "larger than", "/slow": "broke off", "/head": "", "/gone": "status 404",
	} {
		f, err := c.Get(t.Context(), "https://good.example:"+s.port+path, limit)
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %d bytes, %v", path, len(f.Data), err)
		}
	}
	runtime.ReadMemStats(&after)
	if grown := (after.TotalAlloc - before.TotalAlloc) >> 20; grown > 64 {
		t.Errorf("%d MiB were allocated", grown)
	}
}
