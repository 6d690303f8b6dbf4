package discordtest

import (
	"context"
	"net"
	"net/http"
	"sync"
	"testing"
)

// StartPiped starts a server that is reached without sockets, by the client it returns under any host name, so that it can
// be used in a bubble of testing/synctest. All of it ends with the test.
func StartPiped(t testing.TB, o Options) (*Server, *http.Client) {
	t.Helper()
	s := New(o)
	s.url = "http://discord.test"
	l := &pipes{conns: make(chan net.Conn), done: make(chan struct{})}
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

func (l *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
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
