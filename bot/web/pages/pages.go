// Package pages serves what the facts say as public, read-only pages with addresses that stay: a row (/f/), a ceremony
// (/e/), a person (/p/), a film (/w/), a category through the years (/c/), a day (/d/), an award (/a/), all awards
// (/browse), and the answer to a question (/search). A page is HTML that needs no script, and loads nothing but style
// sheets and an icon from here.
//
// It does not know who reads, keeps nothing, and writes down no question.
package pages

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot/web/look"
	"github.com/whowon-bot/whowon/facts"
)

//go:embed templates/*.html pages.css
var files embed.FS

// Options are what the pages are made of. Facts is required; it is called for each request, so that facts can be replaced
// while pages are served.
type Options struct {
	Facts func() *facts.Corpus
	Base  string           // where the pages are published, as in https://whowon.example.org; "" is not known
	Log   *slog.Logger     // discarded when nil
	Now   func() time.Time // time.Now when nil
}

// Prefixes are the paths that New serves; one that ends in a slash stands for all below it.
func Prefixes() []string {
	return []string{"/f/", "/e/", "/p/", "/w/", "/c/", "/d/", "/a/", "/browse", "/pages", "/search", "/static/", "/robots.txt"}
}

const (
	maxTarget = 2048 // bytes of a path with its query
	maxQuery  = 400  // bytes of a question
)

// site serves the pages.
type site struct {
	o       Options
	show    *shows
	statics map[string]static
}

// New makes the handler of all pages. It answers what it does not know with a page that says so.
func New(o Options) (http.Handler, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Base = strings.TrimSuffix(o.Base, "/")
	if o.Base != "" && !strings.HasPrefix(o.Base, "https://") {
		return nil, fmt.Errorf("the address of the pages is %q; write an https address, as in https://whowon.example.org", o.Base)
	}
	show, err := newShows()
	if err != nil {
		return nil, err
	}
	s := &site{o: o, show: show, statics: map[string]static{}}
	if err := s.readStatics(); err != nil {
		return nil, err
	}
	return look.Secure(readOnly(s.routes())), nil
}

func (s *site) routes() *http.ServeMux {
	mux := http.NewServeMux()
	for pattern, how := range map[string]maker{
		"/f/{id}":              factPage,
		"/e/{award}/{edition}": editionPage,
		"/p/{id}":              personPage,
		"/w/{id}":              workPage,
		"/c/{award}/{slug}":    categoryPage,
		"/a/{id}":              awardPage,
		"/d/{day}":             s.dayPage,
		"/browse":              s.browsePage,
		"/search":              s.searchPage,
		"/":                    func(*facts.Corpus, *http.Request) made { return made{} },
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { s.serve(w, r, how) })
	}
	toBrowse := http.RedirectHandler("/browse", http.StatusFound)
	mux.Handle("/{$}", toBrowse)
	mux.Handle("/pages", toBrowse)
	mux.HandleFunc("/static/{name}", s.static)
	mux.HandleFunc("/robots.txt", robots)
	return mux
}

// readOnly refuses what is not a request to read, and addresses that no link of ours has.
func readOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "These pages can be read, and nothing else.", http.StatusMethodNotAllowed)
		case len(r.URL.RequestURI()) > maxTarget:
			http.Error(w, "This address is too long.", http.StatusRequestURITooLong)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// maker makes a page for a request.
type maker func(c *facts.Corpus, r *http.Request) made

// made is a page, or where to go instead, or neither where there is no such page.
type made struct {
	page *page
	to   string
}

func (s *site) serve(w http.ResponseWriter, r *http.Request, how maker) {
	c := s.o.Facts()
	m := how(c, r)
	switch {
	case m.to != "":
		http.Redirect(w, r, m.to, http.StatusFound)
		return
	case m.page == nil:
		m.page = notFound()
	}
	p := m.page
	now := s.o.Now()
	p.Base, p.DataTo, p.Month, p.Day = s.o.Base, c.DataTo(), now.Month(), now.Day()
	body, err := s.show.render(p)
	if err != nil {
		s.o.Log.Error("a page was not made", "page", p.show, "err", err)
		http.Error(w, "Sorry, something went wrong on our side; it has been logged.", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	if p.Status != 0 && p.Status != http.StatusOK {
		h.Set("Cache-Control", "no-store")
		w.WriteHeader(p.Status)
		if r.Method == http.MethodGet {
			_, _ = w.Write(body) // who asked has gone
		}
		return
	}
	h.Set("Cache-Control", "public, max-age=300")
	h.Set("ETag", tagOf(body))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// tagOf is the tag of what is sent: a page is another one when the facts, the program or the day have changed it, and only
// then.
func tagOf(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + hex.EncodeToString(sum[:12]) + `"`
}

// static is a file that pages load.
type static struct {
	body []byte
	tag  string
	kind string
}

func (s *site) readStatics() error {
	for name, from := range map[string]struct {
		fs.FS
		kind string
	}{
		"base.css": {look.Files(), "text/css; charset=utf-8"}, "icon.svg": {look.Files(), "image/svg+xml"},
		"pages.css": {files, "text/css; charset=utf-8"},
	} {
		body, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		s.statics[name] = static{body: body, tag: tagOf(body), kind: from.kind}
	}
	return nil
}

func (s *site) static(w http.ResponseWriter, r *http.Request) {
	f, ok := s.statics[r.PathValue("name")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", "public, max-age=3600")
	h.Set("ETag", f.tag)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(f.body))
}

func robots(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("User-agent: *\nDisallow: /search\nDisallow: /chat/\n")) // who asked has gone
}
