package slacktest

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/whowon-bot/whowon/bot/slack/slacktest/check"
)

// WebOptions are what the Web API is made of; all are optional.
type WebOptions struct {
	Limits RateLimits
}

// webServer is the Web API, the response URLs and OAuth, with the workspaces behind them.
type webServer struct {
	s       *Server
	o       WebOptions
	methods map[string]*method
	schemas *check.Schemas

	mu       sync.Mutex     // guards what follows
	serials  int            // IDs given
	acted    map[int64]bool // microseconds in which somebody did something
	keep     int            // of what is remembered; everything when 0
	world    world
	talks    talks
	oauth    oauth
	files    map[string]*file
	tokens   map[string]*token
	recorder recorder
	injected map[string][]*injection
	slow     map[string]time.Duration
	limiter  limiter

	onMessage func(m Message, edited bool)
	onRequest func(Recorded)
	effects   []func() // what follows from requests, in order
	flushing  bool
}

func newWebServer(s *Server) *webServer {
	w := &webServer{s: s, o: s.o.Web, acted: map[int64]bool{}, methods: map[string]*method{},
		files: map[string]*file{}, tokens: map[string]*token{},
		injected: map[string][]*injection{}, slow: map[string]time.Duration{}}
	w.schemas = loadSchemas(s.o.Schemas)
	w.world = newWorld()
	w.talks = newTalks()
	w.oauth = newOAuth()
	w.limiter = newLimiter(w.o.Limits)
	w.tokens[s.o.App.AppToken] = &token{value: s.o.App.AppToken, app: true, scopes: []string{"connections:write"}}
	w.addTeam(Team{ID: DefaultTeam, Name: "Cinema", Domain: "cinema", Scopes: s.o.App.Scopes})
	w.register()
	s.mux.HandleFunc("/api/{method}", func(rw http.ResponseWriter, r *http.Request) {
		w.serve(rw, r, w.method(r.PathValue("method")))
	})
	respond := &method{name: "response_url", do: w.respond}
	s.mux.HandleFunc("POST /commands/{team}/{serial}/{secret}", func(rw http.ResponseWriter, r *http.Request) {
		w.serve(rw, r, respond)
	})
	s.mux.HandleFunc("POST /actions/{team}/{serial}/{secret}", func(rw http.ResponseWriter, r *http.Request) {
		w.serve(rw, r, respond)
	})
	upload := &method{name: "upload", do: w.upload}
	s.mux.HandleFunc("POST /upload/v1/{file}", func(rw http.ResponseWriter, r *http.Request) { w.serve(rw, r, upload) })
	s.mux.HandleFunc("GET /oauth/v2/authorize", w.authorize)
	return w
}

// tokenKind is what kind of token a method takes.
type tokenKind int

const (
	noToken tokenKind = iota
	botToken
	appToken
)

// method is one of the Web API, or another address that takes requests.
type method struct {
	name   string
	tier   tier
	token  tokenKind
	scopes []string          // one of these is needed; none when empty
	do     func(*call) reply // with the lock held
}

// method is the one of a name.
func (w *webServer) method(name string) *method {
	if m := w.methods[name]; m != nil {
		return m
	}
	return &method{name: name, do: func(*call) reply { return refuse("unknown_method") }}
}

// call is a request that is being answered.
type call struct {
	*http.Request
	m     *method
	body  []byte
	at    time.Time
	args  map[string]string // those that are no strings are as JSON
	token *token
	team  *team // of the token; nil of an app's or an organisation's
	rec   *Recorded
	warn  string // a warning for the answer
}

// raw is an argument that is JSON, or nil.
func (c *call) raw(name string) json.RawMessage {
	if v := c.args[name]; v != "" && v != "null" {
		return json.RawMessage(v)
	}
	return nil
}

func (c *call) truth(name string) bool { return c.args[name] == "true" || c.args[name] == "1" }

// object is a JSON object that is being made.
type object map[string]any

// encode is a value as JSON, with what a browser would escape as it is.
func encode(v any) json.RawMessage {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic("slacktest: " + err.Error())
	}
	return bytes.TrimSpace(b.Bytes())
}

// reply is what a request is answered with.
type reply struct {
	status   int // 200 when zero
	header   http.Header
	body     object
	text     string // in place of the body
	err      string // Slack's code, "" is none
	injected bool
}

func done(o object) reply {
	if o == nil {
		o = object{}
	}
	o["ok"] = true
	return reply{body: o}
}

// refuse is an error of Slack's. https://docs.slack.dev/apis/web-api/#responses
func refuse(code string, messages ...string) reply {
	o := object{"ok": false, "error": code}
	if len(messages) > 0 {
		o["response_metadata"] = object{"messages": messages}
	}
	return reply{body: o, err: code}
}

// maxRequest is how large a request may be, in bytes.
const maxRequest = 16 << 20

// serve reads a request, has it answered, and writes the answer.
func (w *webServer) serve(rw http.ResponseWriter, r *http.Request, m *method) {
	body, err := io.ReadAll(http.MaxBytesReader(rw, r.Body, maxRequest))
	if err != nil {
		panic(http.ErrAbortHandler) // the client has gone, or sends what no API takes
	}
	c := &call{Request: r, m: m, body: body, at: time.Now()}
	bad := c.read()
	w.mu.Lock()
	c.rec = w.begin(c)
	inject, slow := w.takeInjection(m.name), w.slow[m.name]
	w.mu.Unlock()
	time.Sleep(slow)
	w.mu.Lock()
	a := w.answer(c, bad, inject)
	w.finish(c, a)
	w.mu.Unlock()
	w.flush()
	a.write(rw)
}

func (w *webServer) answer(c *call, bad string, inject *injection) reply {
	if inject != nil {
		return inject.answer()
	}
	if bad != "" {
		return refuse(bad)
	}
	if a, ok := w.authorise(c); !ok {
		return a
	}
	if a, ok := w.limit(c); !ok {
		return a
	}
	a := c.m.do(c)
	if c.warn != "" && a.body != nil {
		a.body["warning"] = c.warn
		a.body["response_metadata"] = object{"warnings": []string{c.warn}}
	}
	if c.token != nil && c.m.token == botToken {
		a.header = http.Header{"X-Oauth-Scopes": {strings.Join(c.token.scopes, ",")}}
		if len(c.m.scopes) > 0 {
			a.header.Set("X-Accepted-Oauth-Scopes", strings.Join(c.m.scopes, ","))
		}
	}
	return a
}

func (a reply) write(rw http.ResponseWriter) {
	maps.Copy(rw.Header(), a.header)
	text := a.text
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	if text == "" {
		rw.Header().Set("Content-Type", "application/json; charset=utf-8")
		text = string(encode(a.body))
	}
	if a.status != 0 {
		rw.WriteHeader(a.status)
	}
	_, _ = io.WriteString(rw, text) // the client may have gone
}

// do does something with the lock held, and then what follows from it.
func (w *webServer) do(f func()) {
	func() {
		w.mu.Lock()
		defer w.mu.Unlock() // also where f panics, which is a test's mistake
		f()
	}()
	w.flush()
}

// later adds what is to happen when the lock is free, in the order of the calls.
func (w *webServer) later(do func()) { w.effects = append(w.effects, do) }

// flush does what is to happen. One goroutine at a time does it, so that the order stays.
func (w *webServer) flush() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.flushing {
		return
	}
	w.flushing = true
	for len(w.effects) > 0 {
		do := w.effects[0]
		w.effects = w.effects[1:]
		w.mu.Unlock()
		do()
		w.mu.Lock()
	}
	w.flushing = false
}

// serial is a new number.
func (w *webServer) serial() int {
	w.serials++
	return w.serials
}

// id is a new ID with a letter before it: "V0000000012".
func (w *webServer) id(prefix string) string {
	n := strconv.Itoa(w.serial())
	return prefix + strings.Repeat("0", max(0, 10-len(n))) + n
}

// trim makes room for one more where only so many are kept. It forgets half, so that it rarely has to.
func trim[T any](list []T, keep int) []T {
	if keep > 0 && len(list) >= 2*keep {
		return slices.Clone(list[len(list)-keep+1:])
	}
	return list
}
