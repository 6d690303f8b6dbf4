package socket

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"
)

// conn is one connection. One goroutine reads, others write acknowledgements, ping, and end it in time.
type conn struct {
	r       *runner
	log     *slog.Logger
	ws      *websocket.Conn
	greeted chan struct{} // closed at hello
	leave   chan struct{} // closed when Slack wants it to be replaced
	retired chan struct{} // closed when it is replaced
	over    chan struct{} // closed when reading has ended
	err     error         // why it has ended, once it is over
	since   time.Time     // of hello, once it is greeted

	heard   atomic.Int64  // when something came, Unix nanoseconds
	writing atomic.Int64  // since when a frame is being written; 0 is none is
	quiet   atomic.Bool   // nothing is handed on any more
	wake    chan struct{} // of the writer
	idle    chan struct{} // told when all is acknowledged

	mu          sync.Mutex // guards what follows
	queue       [][]byte   // acknowledgements to write
	closed      bool       // no more of them are taken
	outstanding int        // envelopes that are not acknowledged

	// Used by the reading goroutine only.
	live bool
	buf  []byte
}

// maxFrame is the biggest frame that is read, in bytes, and keepBuffer how much is kept for the next one.
const (
	maxFrame   = 4 << 20
	keepBuffer = 256 << 10
)

func newConn(r *runner, log *slog.Logger) *conn {
	return &conn{
		r: r, log: log, greeted: make(chan struct{}), leave: make(chan struct{}), retired: make(chan struct{}),
		over: make(chan struct{}), wake: make(chan struct{}, 1), idle: make(chan struct{}, 1),
	}
}

// run reads until the connection ends, and returns when all of it is over.
func (c *conn) run(ctx context.Context) {
	c.heardNow()
	var others sync.WaitGroup
	others.Go(c.write)
	others.Go(c.ping)
	others.Go(func() { c.watch(ctx) })
	err := c.read()
	c.mu.Lock()
	c.closed = true
	if c.err == nil { // where we have not ended it ourselves
		c.err = err
	}
	c.mu.Unlock()
	c.setLive(false)
	close(c.over)
	_ = c.ws.CloseNow()
	others.Wait()
}

// fail ends the connection for a reason.
func (c *conn) fail(err error) {
	c.mu.Lock()
	if c.err == nil {
		c.err = err
	}
	c.closed = true
	c.mu.Unlock()
	_ = c.ws.CloseNow()
}

// retire lets the connection end, now that there is another.
func (c *conn) retire() { close(c.retired) }

func (c *conn) heardNow() { c.heard.Store(time.Now().UnixNano()) }

// setLive counts the connection, or not any more.
func (c *conn) setLive(live bool) {
	if c.live == live {
		return
	}
	c.live = live
	if live {
		c.r.o.Stats.Live.Add(1)
	} else {
		c.r.o.Stats.Live.Add(-1)
	}
}

// read handles frames until the connection ends, and returns why.
func (c *conn) read() error {
	for {
		frame, err := c.next()
		if err != nil {
			return err
		}
		c.heardNow()
		e, ok := parse(frame)
		if !ok {
			c.drop()
			continue
		}
		if err := c.handle(e); err != nil {
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

// drop counts a frame that makes no sense. What it said is not logged: it may be somebody's message.
func (c *conn) drop() {
	if n := c.r.o.Stats.Malformed.Add(1); n&(n-1) == 0 { // 1, 2, 4, 8 …: a flood is not to fill the log
		c.log.Warn("a malformed frame was dropped", "so_far", n)
	}
}

// handle takes one frame. An error ends the connection.
func (c *conn) handle(f frame) error {
	switch {
	case string(f.typ) == "hello":
		if c.since.IsZero() {
			c.since = time.Now()
			c.r.o.Stats.Hellos.Add(1)
			c.setLive(true)
			close(c.greeted)
		}
	case string(f.typ) == "disconnect":
		return c.disconnect(string(f.reason))
	case len(f.id) == 0:
		c.drop()
	case !c.quiet.Load():
		c.hand(f.envelope())
	}
	return nil
}

// disconnect takes the announcement of an end. https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect
func (c *conn) disconnect(reason string) error {
	switch reason {
	case "link_disabled":
		return &FatalError{Err: errLinkDisabled}
	case "too_many_websockets":
		return errTooMany
	}
	if c.since.IsZero() {
		return fmt.Errorf("slack ended the connection before its hello: %.50q", reason)
	}
	c.setLive(false)
	select {
	case <-c.leave:
	default:
		c.log.Info("slack asks for another connection", "reason", fmt.Sprintf("%.50s", reason))
		close(c.leave)
	}
	return nil
}

// hand hands an envelope on. A panic costs that envelope only. Its value is not logged, since it may quote the payload,
// unless it is one of the runtime's.
func (c *conn) hand(e Envelope) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		c.r.o.Stats.Panics.Add(1)
		what := fmt.Sprintf("%T", p)
		if err, ok := p.(runtime.Error); ok {
			what = err.Error()
		}
		c.log.Error("handling an envelope panicked", "type", e.Type, "panic", what, "stack", string(debug.Stack()))
	}()
	c.r.o.Stats.Envelopes.Add(1)
	if e.RetryAttempt > 0 {
		c.r.o.Stats.Retries.Add(1)
	}
	c.mu.Lock()
	c.outstanding++
	c.mu.Unlock()
	a := &ack{c: c, id: e.ID, accepts: e.AcceptsResponse}
	c.r.o.Handle(e, a.send)
}
