package slacktest

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// SocketOptions are what Socket Mode is made of; all are optional.
type SocketOptions struct {
	PingEvery      time.Duration // between the server's pings; 10 s when zero, never when negative
	Lifetime       time.Duration // of a connection, until it is warned that it ends; without end when zero
	Grace          time.Duration // from warning to refresh_requested to the close; 100 ms when zero, with Slack seconds
	MaxConnections int           // at a time; 10 when zero
	Forget         bool          // no record is made of deliveries, of which there may be many
}

func (o *SocketOptions) fill() {
	if o.PingEvery == 0 {
		o.PingEvery = 10 * time.Second
	}
	if o.Grace == 0 {
		o.Grace = 100 * time.Millisecond
	}
	if o.MaxConnections == 0 {
		o.MaxConnections = 10
	}
}

// ticketLife is how long the address of a connection may be used.
const ticketLife = 30 * time.Second

// debugLife is the lifetime of a connection whose address has debug_reconnects=true.
// https://docs.slack.dev/apis/events-api/using-socket-mode#connect
const debugLife = 360 * time.Second

// pongTimeout is how long the server waits for the answer to a ping, until it takes the connection for dead.
const pongTimeout = 30 * time.Second

// openConnection gives the address for one connection, or the error code of apps.connections.open.
// https://docs.slack.dev/reference/methods/apps.connections.open
func (d *delivery) openConnection() (wssURL, errCode string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.refusals > 0 {
		d.refusals--
		return "", d.refusal
	}
	now := time.Now()
	for ticket, at := range d.tickets {
		if now.Sub(at) > ticketLife {
			delete(d.tickets, ticket)
		}
	}
	d.serial++
	ticket := fmt.Sprintf("ticket-%08x-%d", d.serial*2654435761%(1<<32), d.serial)
	d.tickets[ticket] = now
	q := url.Values{"ticket": {ticket}, "app_id": {d.s.o.App.ID}}
	return "ws" + strings.TrimPrefix(d.s.url, "http") + "/link/?" + q.Encode(), ""
}

// redeem uses a ticket up.
func (d *delivery) redeem(q url.Values) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	at, ok := d.tickets[q.Get("ticket")]
	delete(d.tickets, q.Get("ticket"))
	return ok && time.Since(at) <= ticketLife && q.Get("app_id") == d.s.o.App.ID && !d.closed
}

// serveLink is one connection, from its upgrade to its end.
func (d *delivery) serveLink(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if !d.redeem(q) {
		http.Error(w, "this ticket is not valid, or not any more", http.StatusUnauthorized)
		return
	}
	l := &link{d: d, wake: make(chan struct{}, 1), done: make(chan struct{}), unacked: make(map[string]*task)}
	hijacked := &hijacker{ResponseWriter: w}
	ws, err := websocket.Accept(hijacked, r, &websocket.AcceptOptions{InsecureSkipVerify: true, OnPingReceived: l.pinged})
	if err != nil {
		return // Accept has answered
	}
	defer func() { _ = ws.CloseNow() }()
	ws.SetReadLimit(1 << 20) // what is too big is dropped, so it has to be read
	l.ws, l.raw = ws, hijacked.conn
	if !d.add(l, q.Get("debug_reconnects") == "true") {
		return
	}
	defer d.wg.Done()
	var others sync.WaitGroup
	others.Go(l.write)
	others.Go(l.ping)
	others.Go(l.age)
	l.read()
	close(l.done)
	d.remove(l)
	_ = ws.CloseNow()
	others.Wait()
}

// add greets a connection, unless the server is closed. One that is too many is told so.
func (d *delivery) add(l *link, debug bool) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return false
	}
	d.wg.Add(1)
	if l.life = d.o.Lifetime; debug {
		l.life = debugLife
	}
	l.frozen = d.frozen
	tooMany := len(d.links) >= d.o.MaxConnections
	d.links = append(d.links, l)
	if tooMany {
		l.leaving = true
		l.push(item{frame: disconnect("too_many_websockets")})
		l.push(item{end: true})
		return true
	}
	d.hellos++
	l.greeted = true
	l.push(item{frame: fmt.Appendf(nil, `{"type":"hello","num_connections":%d,"debug_info":{"host":"applink-1",`+
		`"build_number":1,"approximate_connection_time":%d},"connection_info":{"app_id":%q}}`,
		d.live(), l.seconds(), d.s.o.App.ID)})
	d.flush()
	return true
}

// live counts the connections that are delivered to; the caller holds the lock.
func (d *delivery) live() int {
	n := 0
	for _, l := range d.links {
		if l.greeted && !l.leaving && !l.frozen {
			n++
		}
	}
	return n
}

// nextLink is the connection whose turn it is, or nil; the caller holds the lock. A frozen one looks alive from here.
func (d *delivery) nextLink() *link {
	for range d.links {
		d.turn = (d.turn + 1) % len(d.links)
		if l := d.links[d.turn]; l.greeted && !l.leaving {
			return l
		}
	}
	return nil
}

// disconnect is the frame that says why a connection ends.
// https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect
func disconnect(reason string) []byte {
	return fmt.Appendf(nil, `{"type":"disconnect","reason":%q,"debug_info":{"host":"applink-1"}}`, reason)
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
