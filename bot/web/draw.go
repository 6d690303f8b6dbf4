package web

import (
	"embed"
	"html/template"
	"net/http"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

//go:embed templates/*.html chat.css chat.js
var files embed.FS

// drawer makes HTML of views and pages. Everything that is not ours goes through html/template, which escapes it.
type drawer struct {
	t     *template.Template
	pages bool // there are pages of ours to lead to
}

func newDrawer(pages bool) (*drawer, error) {
	d := &drawer{pages: pages}
	var err error
	own := template.FuncMap{"spans": d.spans, "clean": bot.Clean, "pairs": pairs}
	d.t, err = template.New("").Funcs(own).ParseFS(files, "templates/*.html")
	return d, err
}

// span is a run of text as the templates know it.
type span struct {
	Kind string // text, bold, link, page, user, time, ask
	Text string
	To   string // of a link or a page
	At   string // of a time, as in RFC 3339
	Bold bool
}

var kinds = map[bot.SpanKind]string{bot.SpanBold: "bold", bot.SpanLink: "link", bot.SpanUser: "user", bot.SpanTime: "time",
	bot.SpanAsk: "ask", bot.SpanPage: "page"}

func (d *drawer) spans(l bot.Line) []span {
	out := make([]span, 0, len(l))
	for _, s := range l {
		o := span{Kind: kinds[s.Kind], Text: bot.Clean(s.Text), Bold: s.Bold || s.Kind == bot.SpanBold}
		switch s.Kind {
		case bot.SpanLink:
			if o.To = s.URL; !strings.HasPrefix(s.URL, "https://") {
				o.Kind = ""
			}
		case bot.SpanPage:
			o.To = s.URL
			if !d.pages || !strings.HasPrefix(s.URL, "/") || strings.HasPrefix(s.URL, "//") || strings.Contains(s.URL, `\`) {
				o.Kind = ""
			}
		case bot.SpanTime:
			if o.At = s.Time.UTC().Format(time.RFC3339); s.Time.IsZero() {
				o.Kind = ""
			}
		}
		out = append(out, o)
	}
	return out
}

// shownMessage is a message as the template knows it.
type shownMessage struct {
	ID      string
	Rev     uint64
	Said    bool
	By      string
	Text    string
	Private bool
	At      string

	Title, Lead bot.Line
	Blocks      []shownBlock
	Footer      []bot.Line
	Choices     []shownButton // the options of a question; they stand for its list, where that says no more
	Apart       bool          // there is no such list
	Buttons     []shownButton
	Next        []bot.Suggestion
}

// shownBlock is one of a view's blocks; one field is set.
type shownBlock struct {
	Choices []shownButton
	Text    []bot.Line
	List    *bot.List
	Table   *bot.Table
}

type shownButton struct {
	bot.Button
	ID           string
	Letter, Rest string // of an option
}

// Main reports whether it is what most people want next.
func (b shownButton) Main() bool { return b.Style == bot.StyleMain }

// Danger reports whether it cannot be taken back.
func (b shownButton) Danger() bool { return b.Style == bot.StyleDanger }

// message draws one.
func (d *drawer) message(id string, m *message) (string, error) {
	s := shownMessage{ID: id, Rev: m.rev, Private: m.to != "", At: m.at.UTC().Format(time.RFC3339), Title: m.view.Title,
		Lead: m.view.Lead, Footer: m.view.Footer, Next: m.view.Next, Said: m.kind == kindSaid, By: m.by, Text: m.text}
	for _, b := range m.view.Buttons {
		letter, rest, option := strings.Cut(bot.Clean(b.Label), "  ")
		sb := shownButton{Button: b, ID: id, Letter: letter, Rest: rest}
		if option {
			s.Choices = append(s.Choices, sb)
		} else {
			s.Buttons = append(s.Buttons, sb)
		}
	}
	s.Apart = len(s.Choices) > 0
	for _, b := range m.view.Blocks {
		switch b := b.(type) {
		case *bot.Text:
			s.Blocks = append(s.Blocks, shownBlock{Text: b.Lines})
		case *bot.List:
			if s.Apart && says(s.Choices, b) {
				s.Apart = false
				s.Blocks = append(s.Blocks, shownBlock{Choices: s.Choices})
				continue
			}
			s.Blocks = append(s.Blocks, shownBlock{List: b})
		case *bot.Table:
			s.Blocks = append(s.Blocks, shownBlock{Table: b})
		}
	}
	var out strings.Builder
	err := d.t.ExecuteTemplate(&out, "message", s)
	return strings.TrimSpace(out.String()), err
}

// pairs reports whether a table is a list of words and what they mean, which stand one below the other where room is scarce.
func pairs(t *bot.Table) bool {
	return len(t.Head) == 0 && len(t.Rows) > 0 && len(t.Rows[0]) == 2
}

// says reports whether choices say all that a list does, so that it need not be shown beside them.
func says(choices []shownButton, l *bot.List) bool {
	if len(choices) == 0 || len(choices) != len(l.Items) || len(l.Title)+len(l.More) > 0 {
		return false
	}
	for i, it := range l.Items {
		if it.Mark != bot.MarkNone || bot.Clean(it.Line.String()) != choices[i].Letter+"  "+choices[i].Rest {
			return false
		}
	}
	return true
}

// page is what the template of a page is given.
type page struct {
	Room, Path string
	At         string // what it has seen of the room
	Name       string // whose it is; "" is not known
	Log        []template.HTML
	Asks       string // a button that asks for a text, and is to be asked for; its label and question
	AsksLabel  string
	AsksAbout  string
	Pages      bool
	Refused    string
}

// page shows a room. Its reader is who they say they are where their browser says so too.
func (w *Web) page(rw http.ResponseWriter, r *http.Request) {
	p := page{Room: lobby, Pages: w.o.Pages != nil}
	if room := r.PathValue("room"); room != "" {
		p.Room = room
	}
	if !isRoom(p.Room) {
		w.told(rw, errBadRoom, nil)
		return
	}
	p.Path = roomPath(p.Room)
	if p.Path != r.URL.Path { // /r/lobby
		http.Redirect(rw, r, p.Path, http.StatusFound)
		return
	}
	var user bot.UserID
	if name, ok := cleanName(r.URL.Query().Get("as")); ok && tokenOf(r) != "" {
		p.Name, user = name, userID(tokenOf(r), name)
		p.asks(w, user, r.URL.Query().Get("asks"))
	}
	w.fill(&p, user)
	w.show(rw, http.StatusOK, &p)
}

// asks lets the page ask for the text that a button wants.
func (p *page) asks(w *Web, user bot.UserID, button string) {
	id, state, _ := strings.Cut(button, " ")
	if b, about := w.button(p.Room, user, id, state); b != nil && b.Asks {
		p.Asks, p.AsksLabel, p.AsksAbout = button, bot.Clean(b.Label), bot.Clean(about)
	}
}

// fill puts the messages of the room into a page.
func (w *Web) fill(p *page, user bot.UserID) {
	news, at, _ := w.hub.since(p.Room, user, 0, false)
	p.At = w.hub.at(at)
	byTime(news)
	for _, m := range news {
		p.Log = append(p.Log, template.HTML(m.html)) //nolint:gosec // made by html/template
	}
}

// told says no, on a page of its own, for who has no script.
func (w *Web) told(rw http.ResponseWriter, no *refusal, a *asked) {
	p := page{Room: lobby, Path: "/", Refused: no.text}
	if a != nil && isRoom(a.room) {
		p.Room, p.Path = a.room, roomPath(a.room)
		if name, ok := cleanName(a.r.PostForm.Get("name")); ok && no != errTaken && no != errNobody {
			p.Name = name
		}
	}
	w.show(rw, no.status, &p)
}

func (w *Web) show(rw http.ResponseWriter, status int, p *page) {
	var out strings.Builder
	name := "page.html"
	if p.Refused != "" {
		name = "refused.html"
	}
	if err := w.draw.t.ExecuteTemplate(&out, name, p); err != nil {
		w.o.Log.Error("a page was not made", "err", err)
		http.Error(rw, "Sorry, something went wrong on our side; it has been logged.", http.StatusInternalServerError)
		return
	}
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	rw.Header().Set("Cache-Control", "no-store") // it may hold what only one reader sees
	rw.WriteHeader(status)
	_, _ = rw.Write([]byte(out.String())) // who asked has gone
}
