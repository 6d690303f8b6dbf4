package pages

import (
	"math/rand/v2"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/facts"
)

func TestRequests(t *testing.T) {
	h := serving(t, corpus(t), "")
	first := request(t, h, http.MethodGet, "/w/tt6751668")
	tag := first.Header().Get("ETag")
	if tag == "" || !strings.Contains(first.Header().Get("Cache-Control"), "max-age") || strings.Contains(first.Body.String(), "canonical") {
		t.Errorf("headers are %v", first.Header())
	}
	if w := request(t, h, http.MethodGet, "/w/tt6751668", "If-None-Match", tag); w.Code != http.StatusNotModified || w.Body.Len() > 0 {
		t.Errorf("the same page again: %d, %d bytes", w.Code, w.Body.Len())
	}
	if w := request(t, h, http.MethodGet, "/w/tt28607951", "If-None-Match", tag); w.Code != http.StatusOK {
		t.Errorf("another page: %d", w.Code)
	}
	head := request(t, h, http.MethodHead, "/w/tt6751668")
	if head.Code != http.StatusOK || head.Body.Len() > 0 || head.Header().Get("Content-Length") != strconv.Itoa(first.Body.Len()) {
		t.Errorf("HEAD: %d, %d bytes of %s", head.Code, head.Body.Len(), head.Header().Get("Content-Length"))
	}
	if w := request(t, h, http.MethodHead, "/p/nobody"); w.Code != http.StatusNotFound || w.Body.Len() > 0 {
		t.Errorf("HEAD of nothing: %d, %d bytes", w.Code, w.Body.Len())
	}
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions, "BREW"} {
		w := request(t, h, method, "/browse")
		if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %d, allowed is %q", method, w.Code, w.Header().Get("Allow"))
		}
	}
	if w := request(t, h, http.MethodGet, "/search?q="+strings.Repeat("a", maxQuery+1)); w.Code != http.StatusRequestURITooLong {
		t.Errorf("a long question: %d", w.Code)
	}
	if w := request(t, h, http.MethodGet, "/f/"+strings.Repeat("a", maxTarget)); w.Code != http.StatusRequestURITooLong {
		t.Errorf("a long address: %d", w.Code)
	}
}

func TestStatic(t *testing.T) {
	h := serving(t, corpus(t), "")
	for path, kind := range map[string]string{"/static/base.css": "text/css", "/static/pages.css": "text/css", "/static/icon.svg": "image/svg+xml",
		"/robots.txt": "text/plain"} {
		w := request(t, h, http.MethodGet, path)
		if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), kind) || w.Body.Len() == 0 {
			t.Errorf("%s: %d, %s", path, w.Code, w.Header().Get("Content-Type"))
		}
		if tag := w.Header().Get("ETag"); strings.HasPrefix(path, "/static/") {
			if again := request(t, h, http.MethodGet, path, "If-None-Match", tag); tag == "" || again.Code != http.StatusNotModified {
				t.Errorf("%s again: %d", path, again.Code)
			}
		}
	}
	for _, path := range []string{"/static/", "/static/pages.go", "/static/../pages.go", "/static/templates/fact.html"} {
		if w := request(t, h, http.MethodGet, path); w.Code == http.StatusOK {
			t.Errorf("%s is served", path)
		}
	}
}

// TestNothingHere asks for what there is not, in every kind of page, also with bad intent.
func TestNothingHere(t *testing.T) {
	h := serving(t, corpus(t), "https://whowon.example.org")
	for _, path := range []string{
		"/f/", "/f/nothing", "/e/academy-awards", "/e/academy-awards/", "/e/academy-awards/9999", "/e/x/97", "/p/zz0", "/w/nm0000658",
		"/c/cannes/nothing", "/c/x/best-picture", "/a/nothing", "/d/02-30", "/d/13-01", "/d/1-1", "/d/2025-03-02", "/d/", "/nothing",
		"/f/%3Cscript%3Ealert(1)%3C%2Fscript%3E", "/p/%00", "/w/%FF%FE", "/f/..%2F..%2Fetc%2Fpasswd", "/c/cannes/%22onload%3D1",
		"/e/%E2%80%AE/%F0%9F%98%80", "/d/03-02%0A", "/f/%27%20OR%201%3D1", "/browse/", "/static", "/f/f01/more",
	} {
		w := request(t, h, http.MethodGet, path)
		if w.Code != http.StatusNotFound {
			t.Errorf("%s: status %d", path, w.Code)
			continue
		}
		check(t, path, w)
		if strings.Contains(w.Body.String(), "alert") || strings.Contains(w.Body.String(), "canonical") {
			t.Errorf("%s: the page repeats what was asked for", path)
		}
	}
}

func TestHostileQuestions(t *testing.T) {
	h := serving(t, corpus(t), "")
	for _, q := range []string{"%3Cscript%3Ealert(1)%3C%2Fscript%3E", "%22%3E%3Cimg+src%3Dx+onerror%3Dalert(1)%3E", "%00%01%02", "%FF%FE",
		"javascript:alert(1)", "%E2%80%AEtxet", "{{.}}", "%25s%25d", "a%CC%80%CC%80%CC%80%CC%80%CC%80%CC%80%CC%80", "%zz"} {
		w := request(t, h, http.MethodGet, "/search?q="+q)
		if w.Code != http.StatusOK {
			t.Errorf("%s: %d", q, w.Code)
			continue
		}
		body := strings.ReplaceAll(w.Body.String(), "javascript:alert(1)", "") // as text, which check takes for a link
		if strings.Contains(body, "<script") || strings.Contains(body, "<img src=x") || strings.Contains(body, "\u202e") || strings.Contains(body, "\x00") {
			t.Errorf("%s: comes back as it was", q)
		}
		if err := wellFormed(w.Body.String()); err != nil {
			t.Errorf("%s: %v", q, err)
		}
	}
}

// TestHostileFacts replaces the facts, while pages are served, by tables in which somebody has written what is no title and
// no name.
func TestHostileFacts(t *testing.T) {
	c := corpus(t)
	h, err := New(Options{Facts: func() *facts.Corpus { return c }})
	if err != nil {
		t.Fatal(err)
	}
	tag := request(t, h, http.MethodGet, "/w/tt6751668").Header().Get("ETag")
	set, err := c.Set()
	if err != nil {
		t.Fatal(err)
	}
	const bad = `</title><script>alert("x")</script>` + "\u202e" + `' onload=y <b`
	for i := range set.Works {
		if set.Works[i].ID == "tt6751668" {
			set.Works[i].Title = bad
		}
	}
	for i := range set.People {
		if set.People[i].ID == "nm0000658" {
			set.People[i].Name, set.People[i].Country = bad, bad
		}
	}
	if c, err = facts.FromSet(set); err != nil {
		t.Fatal(err)
	}
	if w := request(t, h, http.MethodGet, "/w/tt6751668", "If-None-Match", tag); w.Code != http.StatusOK {
		t.Errorf("the page of other facts is not sent: %d", w.Code)
	}
	for _, path := range []string{"/w/tt6751668", "/p/nm0000658", "/e/academy-awards/92", "/c/cannes/palme-dor", "/c/academy-awards/best-actress"} {
		if body := get(t, h, path); strings.Contains(body, "\u202e") || !strings.Contains(body, "alert(&#34;x&#34;)") {
			t.Errorf("%s: the title is not there as text", path)
		}
	}
}

func TestBase(t *testing.T) {
	for _, base := range []string{"http://whowon.example.org", "whowon.example.org", "javascript:x"} {
		if _, err := New(Options{Facts: func() *facts.Corpus { return nil }, Base: base}); err == nil || !strings.Contains(err.Error(), "https") {
			t.Errorf("%s is taken: %v", base, err)
		}
	}
	h := serving(t, corpus(t), "")
	for _, prefix := range Prefixes() {
		if w := request(t, h, http.MethodGet, prefix); w.Code == http.StatusInternalServerError {
			t.Errorf("%s: %d", prefix, w.Code)
		}
	}
}

var href = regexp.MustCompile(`href="(/[^"]*)"`)

// TestCrawl follows links from the index, a random one after the other, and wants a page at the end of each. WHOWON_CRAWL is
// how many pages are read; 250 in at most 5 seconds otherwise.
func TestCrawl(t *testing.T) {
	h := serving(t, corpus(t), "https://whowon.example.org")
	most, until := 250, time.Now().Add(5*time.Second)
	if n, err := strconv.Atoi(os.Getenv("WHOWON_CRAWL")); err == nil {
		most, until = n, time.Now().Add(time.Hour)
	}
	random := rand.New(rand.NewPCG(7, 7))
	seen, open, kinds := map[string]bool{"/browse": true}, []string{"/browse"}, map[string]int{}
	read := 0
	for ; len(open) > 0 && read < most && time.Now().Before(until); read++ {
		i := random.IntN(len(open))
		path := open[i]
		open[i] = open[len(open)-1]
		open = open[:len(open)-1]
		w := request(t, h, http.MethodGet, path)
		if w.Code != http.StatusOK {
			t.Errorf("%s: %d", path, w.Code)
			continue
		}
		if strings.HasPrefix(path, "/static/") {
			continue
		}
		check(t, path, w)
		kinds[path[:2]]++
		for _, link := range href.FindAllStringSubmatch(w.Body.String(), -1) {
			to := strings.ReplaceAll(strings.ReplaceAll(link[1], "&#43;", "+"), "&amp;", "&")
			if !seen[to] && (!strings.HasPrefix(to, "/search") || read%4 == 0) {
				seen[to], open = true, append(open, to)
			}
		}
	}
	t.Logf("%d pages read, %d more known: %v", read, len(open), kinds)
	if read < 50 || len(kinds) < 6 {
		t.Errorf("only %d pages of the kinds %v were read", read, kinds)
	}
}
