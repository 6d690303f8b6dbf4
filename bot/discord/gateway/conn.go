package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"
)

// conn is one connection. The goroutine of Run reads, another sends heartbeats.
//
// It does not close with 1000 or 1001, after which Discord would end the session, but ends the TCP connection, and Discord
// keeps the session for some minutes. The library sends a close frame only as the echo of Discord's, and with 1009 after a
// frame that is too big. https://docs.discord.com/developers/events/gateway#initiating-a-disconnect
type conn struct {
	s    *Shard
	ws   *websocket.Conn
	ctx  context.Context // done when the connection is to end; its cause is why
	end  context.CancelCauseFunc
	sent window

	beats   sync.WaitGroup
	unacked atomic.Bool   // the last heartbeat that was due is not acknowledged
	beatAt  atomic.Int64  // when it was sent, Unix nanoseconds
	asked   chan struct{} // the gateway asks for a heartbeat

	// Used by the reading goroutine only.
	resume  bool  // this connection resumes a session
	slot    *slot // the right to identify, where it does not
	greeted bool  // HELLO has come
	readyAt time.Time
	overdue *time.Timer // ends the connection when what is waited for does not come
	buf     []byte
}

// maxFrame is the biggest frame that is read, in bytes, and keepBuffer how much is kept for the next one.
const (
	maxFrame   = 4 << 20
	keepBuffer = 256 << 10
)

// connect makes one connection and returns when it has ended.
func (s *Shard) connect(ctx context.Context) (end ending) {
	c := &conn{s: s, asked: make(chan struct{}, 1), resume: s.resumable()}
	address, err := s.address(ctx, c.resume)
	if err != nil {
		return ending{err: err}
	}
	if !c.resume {
		if c.slot, err = s.o.Identify.acquire(ctx, s.o.Shard, s.o.Now, s.o.Log); err != nil {
			return ending{err: err}
		}
		defer c.slot.release()
	}
	if c.ws, err = s.dial(ctx, address); err != nil {
		return ending{err: err}
	}
	c.ctx, c.end = context.WithCancelCause(ctx)
	// Reading has no context of its own, which would cost a goroutine's worth of work at every frame.
	stop := context.AfterFunc(c.ctx, func() { _ = c.ws.CloseNow() })
	c.overdue = time.AfterFunc(helloTimeout, func() { c.end(errNoHello) })
	err = c.read()
	c.overdue.Stop()
	stop()
	c.end(errDone)
	_ = c.ws.CloseNow() // waits where the one above is at it
	c.beats.Wait()
	end = ending{err: err, resumed: c.resume && c.greeted}
	if !c.readyAt.IsZero() {
		end.ready = max(1, s.o.Now().Sub(c.readyAt))
	}
	return end
}

// address is where to connect to: the session's own address for a RESUME, unless it could not be reached the last time.
func (s *Shard) address(ctx context.Context, resume bool) (string, error) {
	s.mu.Lock()
	address := s.session.ResumeURL
	s.mu.Unlock()
	if !resume || address == "" || s.avoidsURL {
		var err error
		ctx, cancel := context.WithTimeout(ctx, dialTimeout)
		defer cancel()
		if address, err = s.o.URL(ctx); err != nil {
			s.avoidsURL = false
			return "", fmt.Errorf("the address of the gateway: %w", err)
		}
	}
	u, err := url.Parse(address)
	if err != nil {
		s.avoidsURL = !s.avoidsURL
		return "", fmt.Errorf("the address of the gateway: %w", err)
	}
	q := u.Query()
	q.Set("v", "10")
	q.Set("encoding", "json")
	u.RawQuery = q.Encode()
	return u.String(), nil
}

func (s *Shard) dial(ctx context.Context, address string) (*websocket.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	ws, _, err := websocket.Dial(ctx, address, &websocket.DialOptions{HTTPClient: s.o.HTTP}) //nolint:bodyclose // never needed
	if err != nil {
		s.avoidsURL = !s.avoidsURL
		return nil, fmt.Errorf("connecting to the gateway: %w", err)
	}
	s.avoidsURL = false
	ws.SetReadLimit(maxFrame)
	s.mu.Lock()
	s.state.Connections++
	s.mu.Unlock()
	return ws, nil
}

// read handles frames until the connection ends, and returns why.
func (c *conn) read() error {
	for {
		frame, err := c.next()
		if err != nil {
			if why := context.Cause(c.ctx); why != nil && websocket.CloseStatus(err) == -1 {
				return why // we have ended it; where the gateway has, its code says more
			}
			return err
		}
		if err := c.handle(frame); err != nil {
			return err
		}
	}
}

// next reads a frame into the connection's buffer.
func (c *conn) next() ([]byte, error) {
	if cap(c.buf) > keepBuffer || c.buf == nil {
		c.buf = make([]byte, 0, 4096)
	}
	_, r, err := c.ws.Reader(context.Background())
	if err != nil {
		return nil, err
	}
	for c.buf = c.buf[:0]; ; {
		if len(c.buf) == cap(c.buf) {
			c.buf = append(make([]byte, 0, 2*cap(c.buf)), c.buf...)
		}
		n, err := r.Read(c.buf[len(c.buf):cap(c.buf)])
		c.buf = c.buf[:len(c.buf)+n]
		if errors.Is(err, io.EOF) {
			return c.buf, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// handle takes one frame. An error ends the connection.
func (c *conn) handle(frame []byte) error {
	e, ok := parse(frame)
	if !ok {
		c.drop()
		return nil
	}
	switch e.op {
	case opDispatch:
		c.dispatch(e)
	case opHeartbeat:
		select {
		case c.asked <- struct{}{}:
		default:
		}
	case opReconnect:
		return errReconnect
	case opInvalid:
		return invalidError{resumable: string(e.data) == "true"}
	case opHello:
		return c.hello(e.data)
	case opAck:
		c.acked()
	}
	return nil
}

// drop counts a frame that makes no sense. What it said is not logged: it may be somebody's message.
func (c *conn) drop() {
	if n := c.s.malformed.Add(1); n&(n-1) == 0 { // 1, 2, 4, 8 …: a flood is not to fill the log
		c.s.o.Log.Warn("a malformed frame was dropped", "so_far", n)
	}
}

// hello starts the heartbeats and logs in.
func (c *conn) hello(data []byte) error {
	if c.greeted {
		return nil
	}
	var d struct {
		Interval int64 `json:"heartbeat_interval"` // milliseconds
	}
	if json.Unmarshal(data, &d) != nil || d.Interval <= 0 || d.Interval > time.Hour.Milliseconds() {
		return errors.New("a HELLO without a heartbeat interval")
	}
	c.greeted = true
	c.beats.Go(func() { c.beat(time.Duration(d.Interval) * time.Millisecond) })
	c.overdue.Stop()
	c.overdue = time.AfterFunc(loginTimeout, func() { c.end(errNoLogin) })
	return c.login()
}
