package discordtest

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// RESTOptions are what the HTTP half is made of; all are optional.
type RESTOptions struct {
	// Interactions is where interactions are sent as signed requests; "" sends them over the gateway. Key signs them. Client
	// sends them; one without kept connections when nil.
	Interactions string
	Key          ed25519.PrivateKey
	Client       *http.Client

	Limits RateLimits
	Shards int // that GET /gateway/bot advises; 1 when zero
	Keep   int // requests, interactions, and messages of a channel that are remembered, the newest; all when zero
	// NonceLife is how long a nonce that is enforced is remembered. Discord says "the past few minutes"; 5 when zero.
	// https://docs.discord.com/developers/resources/message#create-message
	NonceLife time.Duration
}

// restServer is the HTTP half of a Server: Discord's REST API, and what is behind it.
type restServer struct {
	s       *Server
	o       RESTOptions
	openapi *validator

	mu       sync.Mutex // guards what follows
	ids      uint64     // snowflakes given
	app      AppInfo
	commands map[string][]command   // by guild, "" is everywhere
	created  map[string][]time.Time // when commands were, in the last day, by guild
	world    world
	talks    talks
	recorder recorder
	limiter  limiter

	onFault   func(*http.Request) *HTTPFault
	onMessage func(m Message, edited bool)
	effects   []func() // what follows from requests, in order
	flushing  bool
}

func newRESTServer(s *Server) *restServer {
	document := s.o.Document
	if document == nil {
		document = NewDocument(s.o.OpenAPI)
	}
	openapi, err := document.load()
	if err != nil {
		panic(fmt.Sprintf("discordtest: %v", err))
	}
	r := &restServer{s: s, o: s.o.REST, openapi: openapi, commands: map[string][]command{},
		created: map[string][]time.Time{}}
	r.app = AppInfo{Name: "whowon"}
	r.world = newWorld()
	r.talks = newTalks()
	r.recorder = newRecorder(s.o.Application)
	r.limiter = newLimiter(r.o.Limits)
	if r.o.NonceLife == 0 {
		r.o.NonceLife = 5 * time.Minute
	}
	if r.o.Client == nil {
		r.o.Client = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	}
	s.gateway.guilds = r.guildsOf
	r.routes()
	return r
}

// endpoint is one request there is.
type endpoint struct {
	method, path string // below /api/v10
	limit        limitKind
	do           func(*call) answer // with the lock held
}

// ownToken reports whether the token in the path is all the authorisation that is needed; such requests are outside the
// global limit. https://docs.discord.com/developers/interactions/receiving-and-responding#endpoints
func (e *endpoint) ownToken() bool { return strings.Contains(e.path, "{token}") }

func (r *restServer) routes() {
	r.handle("GET /gateway/bot", limitOther, r.getGateway)
	r.handle("GET /applications/@me", limitOther, r.getApplication)
	r.handle("GET /oauth2/applications/@me", limitOther, r.getApplication)
	r.handle("GET /users/@me", limitOther, r.getSelf)
	r.handle("POST /users/@me/channels", limitOther, r.postDM)
	for _, of := range []string{"", "/guilds/{guild}"} {
		r.handle("GET /applications/{app}"+of+"/commands", limitOther, r.getCommands)
		r.handle("PUT /applications/{app}"+of+"/commands", limitOther, r.putCommands)
		r.handle("POST /applications/{app}"+of+"/commands", limitOther, r.postCommand)
		r.handle("PATCH /applications/{app}"+of+"/commands/{command}", limitOther, r.patchCommand)
		r.handle("DELETE /applications/{app}"+of+"/commands/{command}", limitOther, r.deleteCommand)
	}
	r.handle("POST /interactions/{interaction}/{token}/callback", limitNone, r.postCallback)
	r.handle("POST /webhooks/{app}/{token}", limitWebhooks, r.postFollowUp)
	r.handle("GET /webhooks/{app}/{token}/messages/{message}", limitWebhooks, r.getReply)
	r.handle("PATCH /webhooks/{app}/{token}/messages/{message}", limitWebhooks, r.patchReply)
	r.handle("DELETE /webhooks/{app}/{token}/messages/{message}", limitWebhooks, r.deleteReply)
	r.handle("GET /channels/{channel}", limitOther, r.getChannel)
	r.handle("GET /channels/{channel}/messages", limitOther, r.getMessages)
	r.handle("POST /channels/{channel}/messages", limitMessages, r.postMessage)
	r.handle("GET /channels/{channel}/messages/{message}", limitOther, r.getMessage)
	r.handle("PATCH /channels/{channel}/messages/{message}", limitEdits, r.patchMessage)
	r.handle("DELETE /channels/{channel}/messages/{message}", limitEdits, r.deleteMessage)
	r.handle("GET /guilds/{guild}", limitOther, r.getGuild)
	r.handle("GET /guilds/{guild}/channels", limitOther, r.getGuildChannels)
	r.handle("GET /guilds/{guild}/members/{user}", limitOther, r.getMember)
	r.handle("GET /guilds/{guild}/roles", limitOther, r.getRoles)
	unknown := &endpoint{limit: limitOther, do: func(c *call) answer {
		r.recorder.fault(c, "there is no such endpoint here")
		return refuse(http.StatusNotFound, 0, "404: Not Found")
	}}
	r.s.mux.HandleFunc("/api/", func(w http.ResponseWriter, req *http.Request) { r.serve(w, req, unknown) })
}

func (r *restServer) handle(pattern string, limit limitKind, do func(*call) answer) {
	method, path, _ := strings.Cut(pattern, " ")
	e := &endpoint{method: method, path: path, limit: limit, do: do}
	for _, version := range []string{"/api/v9", "/api/v10"} {
		r.s.mux.HandleFunc(method+" "+version+path, func(w http.ResponseWriter, req *http.Request) { r.serve(w, req, e) })
	}
}

// call is a request that is being answered.
type call struct {
	*http.Request
	e    *endpoint
	body []byte
	at   time.Time
	rec  *Recorded
}

// maxRequest is how large a request may be, in bytes. https://docs.discord.com/developers/reference#uploading-files
const maxRequest = 25 << 20

// serve reads a request, has it answered, and writes the answer, or what a fault makes of it.
func (r *restServer) serve(w http.ResponseWriter, req *http.Request, e *endpoint) {
	body, err := io.ReadAll(http.MaxBytesReader(w, req.Body, maxRequest))
	var large *http.MaxBytesError
	if err != nil && !errors.As(err, &large) {
		panic(http.ErrAbortHandler) // the client has gone
	}
	req.Body = io.NopCloser(bytes.NewReader(body))
	c := &call{Request: req, e: e, body: body, at: time.Now()}
	f := r.begin(c)
	var a answer
	switch {
	case f.Status != 0:
		a = f.answer()
	case large != nil:
		a = refuse(http.StatusRequestEntityTooLarge, 40005, "Request entity too large")
	default:
		a = r.answer(c)
	}
	r.mu.Lock()
	r.recorder.finish(c.rec, a)
	r.mu.Unlock()
	r.flush()
	f.write(w, req, a)
}

// begin records a request and asks for the fault that it meets.
func (r *restServer) begin(c *call) HTTPFault {
	r.mu.Lock()
	c.rec = r.recorder.begin(c, r.o.Keep)
	ask := r.onFault
	r.mu.Unlock()
	if ask == nil {
		return HTTPFault{}
	}
	if f := ask(c.Request); f != nil {
		return *f
	}
	return HTTPFault{}
}

func (r *restServer) answer(c *call) answer {
	if !c.e.ownToken() && c.Header.Get("Authorization") != "Bot "+r.s.o.Token {
		return refuse(http.StatusUnauthorized, 0, "401: Unauthorized")
	}
	r.mu.Lock()
	header, limited := r.limiter.take(c)
	r.mu.Unlock()
	if limited != nil {
		return *limited
	}
	a := r.carryOut(c)
	a.header = header
	return a
}

func (r *restServer) carryOut(c *call) answer {
	err := r.openapi.check(c.Request, c.body)
	r.mu.Lock()
	defer r.mu.Unlock()
	if err != nil {
		r.recorder.fault(c, err.Error())
		return invalid(fieldError{Code: "OPENAPI", Message: err.Error()})
	}
	return c.e.do(c)
}

// later adds what is to happen when the lock is free, in the order of the calls.
func (r *restServer) later(do func()) { r.effects = append(r.effects, do) }

// flush does what is to happen. One goroutine at a time does it, so that the order stays.
func (r *restServer) flush() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.flushing {
		return
	}
	r.flushing = true
	for len(r.effects) > 0 {
		do := r.effects[0]
		r.effects = r.effects[1:]
		r.mu.Unlock()
		do()
		r.mu.Lock()
	}
	r.flushing = false
}

// OnMessage is called for each message that is shown, and again for each that is edited, in order. An answer that is
// deferred is shown when it is there. f may use the server. nil is nobody.
func (s *Server) OnMessage(f func(m Message, edited bool)) {
	s.rest.mu.Lock()
	defer s.rest.mu.Unlock()
	s.rest.onMessage = f
}

// epoch is the first second of 2015, in milliseconds: https://docs.discord.com/developers/reference#snowflakes.
const epoch = 1420070400000

// snowflake is a new ID of a time. All are different, and those of one time grow.
func (r *restServer) snowflake(at time.Time) string {
	ms := at.UnixMilli() - epoch
	if ms < 0 {
		panic("discordtest: IDs begin with the year 2015; a bubble begins in 2000, so sleep until later in it first")
	}
	r.ids++
	return fmt.Sprint(uint64(ms)<<22 | r.ids%(1<<22))
}
