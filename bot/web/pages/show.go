package pages

import (
	"bytes"
	"fmt"
	"html/template"
	"net/http"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/facts"
)

// page is what a template shows.
type page struct {
	show        string // the name of the template
	Status      int    // 200 when 0
	Title       string
	Description string
	Path        string // the page's own, "" where it is not to be found by it
	Crumbs      []crumb
	Query       string // in the search field
	Body        any

	Base       string
	DataTo     string
	Month      time.Month // of today
	Day        int
	AwaitsText bool // the search field is what the page is for
}

// crumb is a page above a page.
type crumb struct{ Text, Path string }

// URL is the page's own address, "" where it has none or where it is not known where pages are published.
func (p *page) URL() string {
	if p.Base == "" || p.Path == "" {
		return ""
	}
	return p.Base + p.Path
}

// shows are the templates, one for each kind of page.
type shows struct{ by map[string]*template.Template }

func newShows() (*shows, error) {
	s := &shows{by: map[string]*template.Template{}}
	layout, err := template.New("layout.html").Funcs(funcs()).ParseFS(files, "templates/layout.html", "templates/parts.html")
	if err != nil {
		return nil, err
	}
	for _, name := range []string{
		"fact", "told", "edition", "entity", "category", "day", "award", "browse", "search", "notfound",
	} {
		t, err := layout.Clone()
		if err != nil {
			return nil, err
		}
		if s.by[name], err = t.ParseFS(files, "templates/"+name+".html"); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *shows) render(p *page) ([]byte, error) {
	t, ok := s.by[p.show]
	if !ok {
		return nil, fmt.Errorf("there is no template %q", p.show)
	}
	var b bytes.Buffer
	b.Grow(32 << 10)
	if err := t.Execute(&b, p); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func funcs() template.FuncMap {
	return template.FuncMap{
		"clean":    bot.Clean,
		"date":     bot.LongDate,
		"line":     LineHTML,
		"row":      rowHTML,
		"rows":     rowsHTML,
		"sources":  func(source string) template.HTML { return LineHTML(bot.Origins(source, maxOrigins)) },
		"fact":     bot.FactPath,
		"edition":  bot.EditionPath,
		"category": func(e facts.Edition, c facts.Category) string { return bot.CategoryPath(e.Award, c) },
		"award":    bot.AwardPath,
		"day":      bot.DayPath,
		"held":     bot.HeldWords,
		"then":     bot.ThenName,
		"honoured": bot.HonouredWords,
		"count":    countOf,
	}
}

// maxOrigins is how many sources of a row are named.
const maxOrigins = 8

// countOf is a number of things in words: "1 edition", "97 editions".
func countOf(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func notFound() *page {
	return &page{show: "notfound", Status: http.StatusNotFound, Title: "Nothing here", AwaitsText: true,
		Description: "There is no such page."}
}

// awardCrumbs lead to an award.
func awardCrumbs(a facts.Award) []crumb {
	return []crumb{{"All awards", "/browse"}, {bot.Clean(a.Short), bot.AwardPath(a.ID)}}
}

func editionCrumbs(e facts.Edition) []crumb {
	return append(awardCrumbs(e.Award), crumb{bot.Clean(e.Name), bot.EditionPath(e)})
}
