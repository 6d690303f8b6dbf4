package discordtest

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/url"
	"time"

	"github.com/coder/websocket"
)

// gatewayConn is one websocket. One goroutine reads and answers, another writes what is queued.
type gatewayConn struct {
	g    *gatewayServer
	ws   *websocket.Conn
	raw  net.Conn // below ws
	wake chan struct{}
	done chan struct{} // closed when reading has ended

	// Guarded by the server's lock.
	queue   [][]byte
	code    int  // to close with when the queue is sent; 0 is not to close
	silent  bool // nothing is sent, whatever is queued
	session *gatewaySession
	sent    []time.Time // what the client sent in the last minute
}

// maxPayload is what a client may send at once, in bytes.
// https://docs.discord.com/developers/events/gateway#sending-events
const maxPayload = 4096

// write sends what is queued until the connection ends.
func (c *gatewayConn) write() {
	for {
		frames, code := c.take()
		for _, frame := range frames {
			if err := c.ws.Write(context.Background(), websocket.MessageText, frame); err != nil {
				_ = c.ws.CloseNow()
				return
			}
		}
		if code != 0 {
			_ = c.ws.Close(websocket.StatusCode(code), "")
			return
		}
		select {
		case <-c.wake:
		case <-c.done:
			return
		}
	}
}

func (c *gatewayConn) take() (frames [][]byte, code int) {
	c.g.mu.Lock()
	defer c.g.mu.Unlock()
	if c.silent {
		return nil, 0
	}
	frames, c.queue = c.queue, nil
	return frames, c.code
}

// send queues frames; the caller holds the server's lock.
func (c *gatewayConn) send(frames ...[]byte) {
	c.queue = append(c.queue, frames...)
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// sendOp queues a frame that is no event; d is JSON. The caller holds the server's lock.
func (c *gatewayConn) sendOp(op int, d string) {
	c.send(fmt.Appendf(nil, `{"t":null,"s":null,"op":%d,"d":%s}`, op, d))
}

// close closes with a code after what is queued; the caller holds the server's lock.
func (c *gatewayConn) close(code int) {
	if c.code == 0 {
		c.code = code
	}
	c.send()
}

// fail is close for callers that do not hold the server's lock.
func (c *gatewayConn) fail(code int) {
	c.g.mu.Lock()
	defer c.g.mu.Unlock()
	c.close(code)
}

// reset ends the connection as a broken network does, without a close frame.
func (c *gatewayConn) reset() {
	if tcp, ok := c.raw.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // so that the client sees a reset instead of an end
	}
	_ = c.ws.CloseNow()
}

// greet sends HELLO, unless the version is wrong or a fault is wanted.
func (c *gatewayConn) greet(n int, query url.Values) {
	if c.misbehave(c.g.fault(&c.g.onConnect, n)) {
		return
	}
	c.g.mu.Lock()
	defer c.g.mu.Unlock()
	switch v := query.Get("v"); {
	case v != "9" && v != "10":
		c.close(4012)
	case query.Get("encoding") != "json":
		c.close(4002)
	default:
		c.sendOp(10, fmt.Sprintf(`{"heartbeat_interval":%d,"_trace":["[\"fake\"]"]}`, c.g.o.HeartbeatInterval.Milliseconds()))
	}
}

// read answers what the client sends until the connection ends, and notes how the client closed it.
func (c *gatewayConn) read() {
	for {
		_, frame, err := c.ws.Read(context.Background())
		if err != nil {
			c.closedWith(int(websocket.CloseStatus(err)))
			return
		}
		if code := c.handle(frame); code != 0 {
			c.fail(code)
		}
	}
}

// closedWith notes the client's close code; -1 is none, and an echo of ours is not the client's. Codes 1000 and 1001 end
// the session. https://docs.discord.com/developers/events/gateway#initiating-a-disconnect
func (c *gatewayConn) closedWith(code int) {
	c.g.mu.Lock()
	defer c.g.mu.Unlock()
	if code == -1 || c.code != 0 {
		return
	}
	c.g.closeCodes = append(c.g.closeCodes, code)
	if c.session != nil && (code == 1000 || code == 1001) {
		delete(c.g.sessions, c.session.id)
	}
}

// handle answers one frame; it returns the close code for what is wrong with it, or 0.
func (c *gatewayConn) handle(frame []byte) (code int) {
	var f struct {
		Op *int            `json:"op"`
		D  json.RawMessage `json:"d"`
	}
	switch {
	case !c.room():
		return 4008
	case len(frame) > maxPayload, json.Unmarshal(frame, &f) != nil, f.Op == nil:
		return 4002
	}
	switch *f.Op {
	case 1:
		c.g.mu.Lock()
		defer c.g.mu.Unlock()
		c.g.heartbeats++
		c.sendOp(11, "null")
		return 0
	case 2:
		return c.identify(f.D)
	case 6:
		return c.resume(f.D)
	case 3, 4, 8, 31: // presence, voice state, members, sounds: taken, and nothing follows
		c.g.mu.Lock()
		defer c.g.mu.Unlock()
		if c.session == nil {
			return 4003
		}
		return 0
	}
	return 4001
}

// room counts a frame of the client, and reports whether the 120 of a minute allow it.
// https://docs.discord.com/developers/events/gateway#rate-limiting
func (c *gatewayConn) room() bool {
	c.g.mu.Lock()
	defer c.g.mu.Unlock()
	now := time.Now()
	c.sent = append(c.sent, now)
	for now.Sub(c.sent[0]) >= time.Minute {
		c.sent = c.sent[1:]
	}
	return len(c.sent) <= 120
}
