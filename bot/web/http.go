package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/web/look"
)

// Handler serves the chat, where there is one, and the public pages. Run serves it; it is here for tests and for who has a
// server already.
func (w *Web) Handler() http.Handler {
	mux := http.NewServeMux()
	if w.chats {
		mux.HandleFunc("GET /{$}", w.page)
		mux.HandleFunc("GET /r/{room}", w.page)
		mux.HandleFunc("POST /chat/enter", w.form(w.onEnter))
		mux.HandleFunc("POST /chat/say", w.form(w.onSay))
		mux.HandleFunc("POST /chat/press", w.form(w.onPress))
		mux.HandleFunc("GET /chat/complete", w.complete)
		mux.HandleFunc("GET /chat/stream", w.stream)
		mux.Handle("GET /chat/{file}", statics())
	}
	if w.o.Pages != nil {
		mux.Handle("/", w.o.Pages)
	}
	return look.Secure(w.guard(mux))
}

// statics are the files that the page loads.
func statics() http.Handler {
	type static struct {
		body []byte
		tag  string
	}
	all := map[string]static{}
	for name, from := range map[string]fs.FS{
		"base.css": look.Files(), "icon.svg": look.Files(), "chat.css": files, "chat.js": files,
	} {
		body, err := fs.ReadFile(from, name)
		if err != nil {
			panic(err) // it is embedded
		}
		sum := sha256.Sum256(body)
		all[name] = static{body, `"` + hex.EncodeToString(sum[:8]) + `"`}
	}
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		name := r.PathValue("file")
		f, ok := all[name]
		if !ok {
			http.NotFound(rw, r)
			return
		}
		rw.Header().Set("Cache-Control", "no-cache") // asked for each time, and sent once: a page must fit its script
		rw.Header().Set("ETag", f.tag)
		http.ServeContent(rw, r, name, time.Time{}, bytes.NewReader(f.body))
	})
}

// asked is a form that was sent.
type asked struct {
	r           *http.Request
	token, room string
	player      player
}

// form reads a form, does what it asks, and says what came of it: to the script in JSON, else by going back to the page.
func (w *Web) form(do func(rw http.ResponseWriter, a *asked) error) http.HandlerFunc {
	return func(rw http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(rw, r.Body, maxBody)
		a := &asked{r: r, token: tokenOf(r)}
		err := r.ParseForm()
		var big *http.MaxBytesError
		switch {
		case errors.As(err, &big):
			err = errTooLong
		case err != nil:
			err = errForm
		default:
			if a.room = r.PostForm.Get("room"); !isRoom(a.room) {
				err = errBadRoom
			} else {
				err = do(rw, a)
			}
		}
		w.reply(rw, a, err)
	}
}

// reply is what came of a form.
func (w *Web) reply(rw http.ResponseWriter, a *asked, err error) {
	var no *refusal
	if err != nil && !errors.As(err, &no) {
		w.o.Log.Error("a request of the chat failed", "err", err)
		no = refuse(http.StatusInternalServerError, "Sorry, something went wrong on our side; it has been logged.")
	}
	script := strings.HasPrefix(a.r.Header.Get("Accept"), "application/json")
	switch {
	case script && no != nil:
		sendJSON(rw, no.status, map[string]string{"error": no.text})
	case script:
		sendJSON(rw, http.StatusOK, map[string]string{"name": a.player.name})
	case no != nil:
		w.told(rw, no, a)
	default:
		q := url.Values{}
		if a.player.name != "" {
			q.Set("as", a.player.name)
		}
		if a.r.PostForm.Has("asks") {
			q.Set("asks", a.r.PostForm.Get("asks"))
		}
		http.Redirect(rw, a.r, roomPath(a.room)+"?"+q.Encode()+"#end", http.StatusSeeOther)
	}
}

func sendJSON(rw http.ResponseWriter, status int, v any) {
	rw.Header().Set("Content-Type", "application/json")
	rw.Header().Set("Cache-Control", "no-store")
	rw.WriteHeader(status)
	_ = json.NewEncoder(rw).Encode(v) // who asked has gone
}

// onEnter gives a browser its token, and a tab its name.
func (w *Web) onEnter(rw http.ResponseWriter, a *asked) error {
	var cookie *http.Cookie
	if a.token == "" {
		secure := a.r.TLS != nil || strings.HasPrefix(a.r.Header.Get("Origin"), "https://")
		a.token, cookie = newToken(secure)
	}
	var err error
	if a.player, err = w.hub.enter(a.token, a.room, a.r.PostForm.Get("name")); err != nil {
		return err
	}
	if cookie != nil {
		http.SetCookie(rw, cookie)
	}
	return nil
}

// known finds who sent a form.
func (w *Web) known(a *asked) (err error) {
	if a.token == "" || a.r.PostForm.Get("name") == "" {
		return errNobody
	}
	a.player, err = w.hub.enter(a.token, a.room, a.r.PostForm.Get("name"))
	return err
}

func (a *asked) nonce() string {
	if n := a.r.PostForm.Get("nonce"); len(n) <= maxNonce {
		return bot.Clean(n)
	}
	return ""
}

func (w *Web) onSay(_ http.ResponseWriter, a *asked) error {
	if err := w.known(a); err != nil {
		return err
	}
	return w.say(a.player, a.r.PostForm.Get("line"), a.nonce(), false, a.r)
}

// onPress is a button of a message: a line that it stands for, or its state. One that asks for a text, and comes without, is
// asked for on the page: so it works without the script.
func (w *Web) onPress(_ http.ResponseWriter, a *asked) error {
	if err := w.known(a); err != nil {
		return err
	}
	form := a.r.PostForm
	if line := form.Get("line"); line != "" {
		return w.say(a.player, line, a.nonce(), true, a.r)
	}
	if asks := form.Get("asks"); asks != "" && !form.Has("text") {
		return nil
	} else if asks != "" {
		form.Del("asks")
		return w.press(a.player, asks, form.Get("text"), a.nonce(), a.r)
	}
	return w.press(a.player, form.Get("press"), "", a.nonce(), a.r)
}

// complete proposes lines for what is being typed.
func (w *Web) complete(rw http.ResponseWriter, r *http.Request) {
	token, line := tokenOf(r), r.URL.Query().Get("line")
	lines := []string{}
	switch {
	case token == "":
		sendJSON(rw, errNobody.status, map[string]string{"error": errNobody.text})
		return
	case !w.hub.mayComplete(token):
		sendJSON(rw, errTooFast.status, map[string]string{"error": errTooFast.text})
		return
	case len(line) <= bot.MaxKeptText:
		for _, l := range w.o.Bot.Complete(bot.Clean(line), maxProposals) {
			if l = bot.Clean(l); l != "" {
				lines = append(lines, l)
			}
		}
	}
	sendJSON(rw, http.StatusOK, lines)
}
