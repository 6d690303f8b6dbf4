package slacktest

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"testing"
	"time"
)

// StartPiped starts a server that is reached without sockets, by the client it returns under any host name, so that it can
// be used in a bubble of testing/synctest. All of it ends with the test.
func StartPiped(t testing.TB, o Options) (*Server, *http.Client) {
	t.Helper()
	s := New(o)
	s.url = "http://slack.test"
	l := newPipes()
	h := &http.Server{Handler: s.mux}
	transport := &http.Transport{DialContext: l.dial}
	var serving sync.WaitGroup
	serving.Go(func() { _ = h.Serve(l) })
	t.Cleanup(func() {
		s.Close()
		transport.CloseIdleConnections()
		_ = h.Close()
		serving.Wait()
	})
	return s, &http.Client{Transport: transport}
}

// pipes is a listener whose connections are made by dial.
type pipes struct {
	conns chan net.Conn
	once  sync.Once
	done  chan struct{}
}

func newPipes() *pipes { return &pipes{conns: make(chan net.Conn), done: make(chan struct{})} }

func (l *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := pipe()
	select {
	case l.conns <- server:
		return client, nil
	case <-l.done:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// Accept waits for the next connection.
func (l *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

// Close makes all waiting and later calls fail.
func (l *pipes) Close() error {
	l.once.Do(func() { close(l.done) })
	return nil
}

// Addr is a name only.
func (l *pipes) Addr() net.Addr { return pipeAddr{} }

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }
func (pipeAddr) String() string  { return "pipe" }

// pipeBuffer is how many bytes one end of a pipe writes ahead of the other's reading, as a socket does. Without, two that
// answer each other's pings at once would wait for each other.
const pipeBuffer = 256 << 10

// pipe is a connection in memory, by its two ends.
func pipe() (a, b net.Conn) {
	one, other := newStream(), newStream()
	return &pipeEnd{in: one, out: other}, &pipeEnd{in: other, out: one}
}

// pipeEnd is one end of a pipe.
type pipeEnd struct{ in, out *stream }

func (p *pipeEnd) Read(b []byte) (int, error)  { return p.in.read(b) }
func (p *pipeEnd) Write(b []byte) (int, error) { return p.out.write(b) }
func (p *pipeEnd) LocalAddr() net.Addr         { return pipeAddr{} }
func (p *pipeEnd) RemoteAddr() net.Addr        { return pipeAddr{} }

// Close ends both directions; what was written can still be read at the other end.
func (p *pipeEnd) Close() error {
	p.out.end(false)
	p.in.end(true)
	return nil
}

func (p *pipeEnd) SetDeadline(t time.Time) error {
	_ = p.SetReadDeadline(t)
	return p.SetWriteDeadline(t)
}

func (p *pipeEnd) SetReadDeadline(t time.Time) error {
	p.in.readers.set(p.in, t)
	return nil
}

func (p *pipeEnd) SetWriteDeadline(t time.Time) error {
	p.out.writers.set(p.out, t)
	return nil
}

// deadline is when reading or writing fails. The stream's lock guards it.
type deadline struct {
	timer  *time.Timer
	passed bool
	turn   int // of the timers, so that one that was stopped too late does nothing
}

func (d *deadline) set(s *stream, t time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if d.timer != nil {
		d.timer.Stop()
		d.timer = nil
	}
	d.turn++
	turn, left := d.turn, time.Until(t)
	d.passed = !t.IsZero() && left <= 0
	s.changed.Broadcast()
	if t.IsZero() || d.passed {
		return
	}
	d.timer = time.AfterFunc(left, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if d.turn == turn {
			d.passed = true
			s.changed.Broadcast()
		}
	})
}

// stream is one direction of a pipe.
type stream struct {
	mu               sync.Mutex
	changed          *sync.Cond
	data             []byte
	written          bool // the writer has closed
	unread           bool // the reader has closed
	readers, writers deadline
}

func newStream() *stream {
	s := &stream{}
	s.changed = sync.NewCond(&s.mu)
	return s
}

func (s *stream) read(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		switch {
		case s.unread:
			return 0, net.ErrClosed
		case s.readers.passed:
			return 0, os.ErrDeadlineExceeded
		case len(s.data) > 0 || len(b) == 0:
			n := copy(b, s.data)
			s.data = s.data[n:]
			s.changed.Broadcast()
			return n, nil
		case s.written:
			return 0, io.EOF
		}
		s.changed.Wait()
	}
}

func (s *stream) write(b []byte) (n int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		switch {
		case s.written:
			return n, net.ErrClosed
		case s.unread:
			return n, io.ErrClosedPipe
		case s.writers.passed:
			return n, os.ErrDeadlineExceeded
		case len(b) == 0:
			return n, nil
		}
		if room := pipeBuffer - len(s.data); room > 0 {
			part := b[:min(room, len(b))]
			s.data = append(s.data, part...)
			b, n = b[len(part):], n+len(part)
			s.changed.Broadcast()
			continue
		}
		s.changed.Wait()
	}
}

// end closes the stream by its reader or its writer, and stops the timer of the one who does.
func (s *stream) end(reader bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	side := &s.writers
	if reader {
		s.unread, s.data, side = true, nil, &s.readers
	} else {
		s.written = true
	}
	if side.turn++; side.timer != nil {
		side.timer.Stop()
	}
	s.changed.Broadcast()
}
