// Package bench measures what an event of Discord's costs whowon, beside bots that are made of discordgo alone and do
// nothing. It is a module of its own, and builds and starts the programs that it compares: what is measured is what is
// shipped.
//
// It does not check what Discord would refuse; discordtest does. Its server is made to be cheap, and to hold a bot to its
// answers.
package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// What the bots are told to be.
const (
	Token       = "bench.local.token"
	Application = "1100000000000000001"
)

// Window is how many interactions are without an answer at a time.
const Window = 32

// patience is how long a bot may take for what is wanted next, on the busiest of machines.
const patience = 30 * time.Second

// Server is Discord as one bot sees it: a gateway that sends what it is told to, and answers to requests. Its methods are
// for one goroutine.
type Server struct {
	// URL is that of the server, without a path.
	URL string

	http *http.Server
	ctx  context.Context // done when the server is closed or something went wrong, which is its cause
	fail context.CancelCauseFunc

	ready chan struct{} // closed when the bot has logged in
	beats chan int64    // sequence numbers in heartbeats that were asked for

	// Used by the gateway's goroutine until ready is closed, and by the caller's from then on.
	ws   *websocket.Conn
	seq  int64
	last uint64 // the last ID that was made
	nth  int    // events of each kind go through the channels

	window chan struct{} // holds an element for each interaction without an answer

	mu      sync.Mutex
	pending map[string]Question // by the ID of the interaction
	other   map[string]int      // requests that nobody expected
}

var errClosed = errors.New("the server is closed")

// NewServer starts a server on a port of its own.
func NewServer(ctx context.Context) (*Server, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &Server{URL: "http://" + l.Addr().String(), ready: make(chan struct{}), beats: make(chan int64, 16),
		window: make(chan struct{}, Window), pending: map[string]Question{}, other: map[string]int{}}
	s.ctx, s.fail = context.WithCancelCause(ctx)
	s.http = &http.Server{Handler: s, ReadHeaderTimeout: patience}
	go func() {
		if err := s.http.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			s.fail(err)
		}
	}()
	return s, nil
}

// Close ends the server and its connections.
func (s *Server) Close() {
	s.fail(errClosed)
	_ = s.http.Close()
}

// Unexpected are requests that no measurement causes, with their number. There should be none.
func (s *Server) Unexpected() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := map[string]int{}
	for what, n := range s.other {
		out[what] = n
	}
	return out
}

// ServeHTTP is REST below /api/vN and the gateway everywhere.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Upgrade") != "" {
		s.gateway(w, r)
		return
	}
	path := strings.TrimPrefix(r.URL.Path, "/api")
	if i := strings.IndexByte(path[min(1, len(path)):], '/'); i >= 0 {
		path = path[i+1:]
	}
	if part := strings.Split(path, "/"); len(part) == 5 && part[1] == "interactions" && part[4] == "callback" {
		s.callback(w, r, part[2])
		return
	}
	gateway := "ws" + strings.TrimPrefix(s.URL, "http")
	switch r.Method + " " + path {
	case "GET /gateway":
		reply(w, map[string]any{"url": gateway})
	case "GET /gateway/bot":
		reply(w, map[string]any{"url": gateway, "shards": 1, "session_start_limit": map[string]int{
			"total": 1000, "remaining": 999, "reset_after": 86_400_000, "max_concurrency": 1}})
	case "GET /users/@me":
		reply(w, map[string]any{"id": Application, "username": "bench", "discriminator": "0", "bot": true})
	case "GET /applications/@me":
		reply(w, map[string]any{"id": Application, "name": "bench", "flags": 0})
	default:
		_, _ = io.Copy(io.Discard, r.Body)
		s.mu.Lock()
		s.other[r.Method+" "+path]++
		s.mu.Unlock()
		reply(w, map[string]any{"id": Application})
	}
}

func reply(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(body) // a bot that does not wait for it is found by what it does next
}

// callback takes the answer to an interaction. It must come once, and hold what was asked for.
func (s *Server) callback(w http.ResponseWriter, r *http.Request, id string) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		s.fail(fmt.Errorf("an answer broke off: %w", err))
		return
	}
	w.WriteHeader(http.StatusNoContent)
	s.mu.Lock()
	q, asked := s.pending[id]
	delete(s.pending, id)
	s.mu.Unlock()
	if !asked {
		s.fail(fmt.Errorf("interaction %s was answered without being open: %s", id, body))
		return
	}
	var answer struct {
		Type int `json:"type"`
	}
	const message = 4 // as opposed to the promise of one, which is what a bot too late gives
	if json.Unmarshal(body, &answer) != nil || answer.Type != message || !bytes.Contains(body, []byte(q.Answer)) {
		s.fail(fmt.Errorf("%q was not answered with %q but: %s", q.Text, q.Answer, body))
		return
	}
	<-s.window
}
