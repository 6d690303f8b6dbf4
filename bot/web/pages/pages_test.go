package pages

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/facts"
)

func corpus(tb testing.TB) *facts.Corpus {
	tb.Helper()
	c, err := facts.Load()
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// serving is the pages of a corpus, on a day in 2026.
func serving(tb testing.TB, c *facts.Corpus, base string) http.Handler {
	tb.Helper()
	h, err := New(Options{Facts: func() *facts.Corpus { return c }, Base: base,
		Now: func() time.Time { return time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC) }})
	if err != nil {
		tb.Fatal(err)
	}
	return h
}

func request(tb testing.TB, h http.Handler, method, target string, header ...string) *httptest.ResponseRecorder {
	tb.Helper()
	r := httptest.NewRequestWithContext(context.Background(), method, target, http.NoBody)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// get is a page, which is there and is as all pages are.
func get(tb testing.TB, h http.Handler, target string) string {
	tb.Helper()
	w := request(tb, h, http.MethodGet, target)
	if w.Code != http.StatusOK {
		tb.Fatalf("%s: status %d", target, w.Code)
	}
	check(tb, target, w)
	return w.Body.String()
}

// check wants what every page has: one heading of the first rank, a title, a description, landmarks, no script, no inline
// style, and every tag closed.
func check(tb testing.TB, target string, w *httptest.ResponseRecorder) {
	tb.Helper()
	body := w.Body.String()
	for _, want := range []string{`<html lang="en">`, `<title>`, `<meta name="description" content="`, `<main id="main">`,
		`<meta property="og:title"`, `<meta property="og:description"`, `<a class="skip" href="#main">`, `role="search"`, `<footer`} {
		if !strings.Contains(body, want) {
			tb.Errorf("%s: there is no %s", target, want)
		}
	}
	for _, not := range []string{"<script", " style=", "<style", "javascript:", "ZgotmplZ", "<nil>", `href=""`, "%!", "map["} {
		if strings.Contains(body, not) {
			tb.Errorf("%s: there is %s", target, not)
		}
	}
	if n := strings.Count(body, "<h1"); n != 1 {
		tb.Errorf("%s: %d headings of the first rank", target, n)
	}
	if csp := w.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") {
		tb.Errorf("%s: the policy is %q", target, csp)
	}
	if err := wellFormed(body); err != nil {
		tb.Errorf("%s: %v", target, err)
	}
}

// void are the elements of HTML that have no end.
var void = regexp.MustCompile(`<(meta|link|img|input|br|hr)( [^>]*)?>`)

// wellFormed reads a page as XML, where every element has its end and every attribute its quotation marks.
func wellFormed(body string) error {
	d := xml.NewDecoder(strings.NewReader(void.ReplaceAllString(body, "<$1$2/>")))
	d.Entity = xml.HTMLEntity
	ids := map[string]bool{}
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		start, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range start.Attr {
			if a.Name.Local == "id" && ids[a.Value] {
				return errors.New("two elements have the ID " + a.Value)
			} else if a.Name.Local == "id" {
				ids[a.Value] = true
			}
		}
	}
}

func TestPages(t *testing.T) {
	h := serving(t, corpus(t), "https://whowon.example.org/")
	for path, wants := range map[string][]string{
		"/e/academy-awards/97": {"<h1>97th Academy Awards</h1>", "films of 2024", "hosted by Conan O&#39;Brien", `href="/d/03-02"`,
			`href="/c/academy-awards/best-picture"`, `rel="prev" href="/e/academy-awards/96"`, `rel="next" href="/e/academy-awards/98"`,
			`<b><a href="/w/tt28607951">Anora</a></b> — `, ">winner</a>", ">nominee</a>",
			`<link rel="canonical" href="https://whowon.example.org/e/academy-awards/97">`},
		"/c/cannes/palme-dor": {"Palme d&#39;Or", `<a href="/w/tt6751668">Parasite</a>`, "<details><summary>20 other nominees",
			"Not awarded: the festival was not held because of the pandemic", `<a href="/e/cannes/`},
		"/p/nm0000658": {"<h1>Meryl Streep</h1>", "22 wins from 83 nominations at 8 awards", "Born 22 June 1949", "<svg", `role="img"`,
			"Oscars: 3 won of 21; won in 1980, 1983, 2012; nominated in 1979, ", `href="/c/academy-awards/best-actress"`, "★ Won",
			"○ Nominated", `content="Meryl Streep: 3 Oscars from 21 nominations`},
		"/w/tt6751668": {"<h1>Parasite (2019)</h1>", "Directed by Bong Joon-ho", "4 Oscars from 6 nominations", "<svg"},
		"/d/03-02":     {"<h1>On 2 March</h1>", `href="/d/03-01"`, `href="/d/03-03"`, "16th Academy Awards", "82 years ago", `href="/search?q=16th`},
		"/d/02-29":     {"<h1>On 29 February</h1>", `href="/d/02-28"`, `href="/d/03-01"`},
		"/a/cannes":    {"<h1>Cannes Film Festival</h1>", `href="/c/cannes/palme-dor"`, `href="/e/cannes/`, "1939–2026"},
		"/browse":      {"<h1>Who won what</h1>", `href="/a/academy-awards"`, `href="/a/eurovision"`, `href="/d/11-26"`},
		"/f/academy-awards-1-57b3nc": {"<h1>Emil Jannings won Best Actor</h1>", "16 May 1929", "films of 1927/28",
			"By the year it was held this is 1929; by the year it honours, 1927/28", `href="https://github.com/DLu/oscar_data"`,
			"Richard Barthelmess", "CONTRIBUTING.md", "academy-awards-1-57b3nc"},
		"/f/academy-awards-1-x3dvrh": {"<h1>Richard Barthelmess was nominated for Best Actor</h1>", "Emil Jannings"},
		"/f/f01":                     {"First woman to win Best Director", "Kathryn Bigelow", `href="/e/academy-awards/82"`, "CONTRIBUTING.md"},
		"/f/a01":                     {"directed by <b>Sean Baker</b>", "CONTRIBUTING.md"},
		"/f/01-01-1891-birth-charles-bickford": {"<h1>Charles Bickford</h1>", "was born", "1 January 1891", `href="/p/nm0001948"`,
			`href="/d/01-01"`},
		"/search?q=best+picture+2025": {"<b>Anora</b>", `value="best picture 2025"`, `href="/e/academy-awards/97"`, `name="robots"`,
			`href="/search?q=`},
		"/search?q=xyzzy+plugh": {"No answer to “xyzzy plugh”", "Did you mean"},
		"/search":               {"For example:"},
	} {
		body := get(t, h, path)
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s: there is no %s", path, want)
			}
		}
	}
}

// TestUnconfirmed: a row that rests on one source says so on its page.
func TestUnconfirmed(t *testing.T) {
	c := corpus(t)
	k := c.Catalogue()
	h := serving(t, c, "")
	for row := range k.Results() {
		if !k.Confirmed(row) {
			if body := get(t, h, "/f/"+k.RowID(row)); !strings.Contains(body, "<dt>Unconfirmed</dt>") {
				t.Errorf("%s does not say that it is unconfirmed", k.RowID(row))
			}
			return
		}
	}
	t.Fatal("no row is unconfirmed")
}

// TestOtherIDs: what has a page of another kind leads there.
func TestOtherIDs(t *testing.T) {
	h := serving(t, corpus(t), "")
	for path, want := range map[string]string{"/f/nm0000658": "/p/nm0000658", "/f/tt6751668": "/w/tt6751668", "/": "/browse",
		"/f/academy-awards%2F97": "/e/academy-awards/97", "/pages": "/browse"} {
		if w := request(t, h, http.MethodGet, path); w.Code != http.StatusFound || w.Header().Get("Location") != want {
			t.Errorf("%s: %d to %q, want %s", path, w.Code, w.Header().Get("Location"), want)
		}
	}
}
