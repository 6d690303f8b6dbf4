package discordtest

import (
	"bufio"
	"encoding/json"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// GatewayOptions are what the gateway is made of; all are optional.
type GatewayOptions struct {
	HeartbeatInterval time.Duration // 41.25 s when zero, which is Discord's
	MaxConcurrency    int           // IDENTIFYs in 5 s, each of another rate limit key; 1 when zero
	Starts            int           // IDENTIFYs that a day has; 1000 when zero
	Disallowed        int           // intents that are not enabled for the application: close code 4014
	Replay            int           // events that a session keeps for a RESUME; 4096 when zero
}

func (o GatewayOptions) withDefaults() GatewayOptions {
	if o.HeartbeatInterval == 0 {
		o.HeartbeatInterval = 41250 * time.Millisecond
	}
	if o.MaxConcurrency == 0 {
		o.MaxConcurrency = 1
	}
	if o.Starts == 0 {
		o.Starts = 1000
	}
	if o.Replay == 0 {
		o.Replay = 4096
	}
	return o
}

// gatewayServer is the websocket half of a Server.
type gatewayServer struct {
	s *Server
	o GatewayOptions

	// guilds gives the guilds of a shard, each as the data of its GUILD_CREATE; nil is none. It is set before the server
	// serves, and is called without a lock.
	guilds func(shard, shards int) []json.RawMessage

	wg sync.WaitGroup // of the connections

	mu          sync.Mutex // guards what follows, and the guarded parts of connections and sessions
	closed      bool
	conns       map[*gatewayConn]struct{}
	sessions    map[string]*gatewaySession
	silent      bool // new connections hear nothing
	onConnect   func(n int) Fault
	onIdentify  func(n int) Fault
	onResume    func(n int) Fault
	connections int
	resumes     int
	heartbeats  int
	identifies  []time.Time
	byKey       map[int]time.Time // the last IDENTIFY of each rate limit key
	closeCodes  []int
}

func newGatewayServer(s *Server) *gatewayServer {
	g := &gatewayServer{
		s:        s,
		o:        s.o.Gateway.withDefaults(),
		conns:    make(map[*gatewayConn]struct{}),
		sessions: make(map[string]*gatewaySession),
		byKey:    make(map[int]time.Time),
	}
	// Some clients, discordgo among them, add a slash before the query.
	s.mux.HandleFunc("/gateway", g.serve)
	s.mux.HandleFunc("/gateway/", g.serve)
	return g
}

// GatewayURL is what GET /gateway answers: "ws://127.0.0.1:1234/gateway".
func (s *Server) GatewayURL() string { return "ws" + strings.TrimPrefix(s.url, "http") + "/gateway" }

// StartLimit is session_start_limit, as GET /gateway/bot tells it.
type StartLimit struct {
	Total          int   `json:"total"`
	Remaining      int   `json:"remaining"`
	ResetAfter     int64 `json:"reset_after"` // milliseconds
	MaxConcurrency int   `json:"max_concurrency"`
}

// StartLimit is what is left of the day's IDENTIFYs. The day is the last 24 hours; it is reset when the oldest leaves them.
func (s *Server) StartLimit() StartLimit {
	g := s.gateway
	g.mu.Lock()
	defer g.mu.Unlock()
	now, l := time.Now(), StartLimit{Total: g.o.Starts, Remaining: g.o.Starts, MaxConcurrency: g.o.MaxConcurrency}
	for _, at := range g.identifies {
		if left := at.Add(24 * time.Hour).Sub(now); left > 0 {
			if l.ResetAfter == 0 {
				l.ResetAfter = left.Milliseconds()
			}
			l.Remaining = max(0, l.Remaining-1)
		}
	}
	return l
}

// serve is one connection, from its upgrade to its end.
func (g *gatewayServer) serve(w http.ResponseWriter, r *http.Request) {
	hijacked := &hijacker{ResponseWriter: w}
	ws, err := websocket.Accept(hijacked, r, &websocket.AcceptOptions{InsecureSkipVerify: true})
	if err != nil {
		return // Accept has answered
	}
	defer func() { _ = ws.CloseNow() }()
	ws.SetReadLimit(1 << 20) // what is over 4096 is refused with a close code, so it has to be read
	c := &gatewayConn{g: g, ws: ws, raw: hijacked.conn, wake: make(chan struct{}, 1), done: make(chan struct{})}
	n, ok := g.add(c)
	if !ok {
		return
	}
	defer g.wg.Done()
	var writer sync.WaitGroup
	writer.Go(c.write)
	c.greet(n, r.URL.Query())
	c.read()
	g.remove(c)
	close(c.done)
	_ = ws.CloseNow()
	writer.Wait()
}

// add counts a connection and returns its number, unless the server is closed.
func (g *gatewayServer) add(c *gatewayConn) (n int, ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return 0, false
	}
	g.wg.Add(1)
	g.connections++
	g.conns[c] = struct{}{}
	c.silent = g.silent
	return g.connections, true
}

func (g *gatewayServer) remove(c *gatewayConn) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.conns, c)
	if c.session != nil && c.session.conn == c {
		c.session.conn, c.session.down = nil, time.Now()
	}
}

// closeAll ends all connections without a close frame, takes no more, and waits until they are gone.
func (g *gatewayServer) closeAll() {
	g.mu.Lock()
	g.closed = true
	g.mu.Unlock()
	for _, c := range g.open() {
		_ = c.ws.CloseNow()
	}
	g.wg.Wait()
}

// open are the connections there are.
func (g *gatewayServer) open() []*gatewayConn {
	g.mu.Lock()
	defer g.mu.Unlock()
	all := make([]*gatewayConn, 0, len(g.conns))
	for c := range g.conns {
		all = append(all, c)
	}
	return all
}

// hijacker remembers the connection below a websocket, which the library does not show.
type hijacker struct {
	http.ResponseWriter
	conn net.Conn
}

func (h *hijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := http.NewResponseController(h.ResponseWriter).Hijack()
	h.conn = conn
	return conn, rw, err
}
