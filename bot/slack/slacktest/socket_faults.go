package slacktest

import (
	"slices"
	"sync"
	"time"
)

// Refresh makes all connections be exchanged, as Slack does every few hours: each is warned, then asked to leave, then
// closed, with SocketOptions.Grace between. It returns at once.
func (s *Server) Refresh() { s.eachLink((*link).refresh) }

// RefreshEvery refreshes all connections again and again, until stop is called.
func (s *Server) RefreshEvery(every time.Duration) (stop func()) {
	end := make(chan struct{})
	var running sync.WaitGroup
	running.Go(func() {
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				s.Refresh()
			case <-end:
				return
			case <-s.delivery.done:
				return
			}
		}
	})
	return sync.OnceFunc(func() {
		close(end)
		running.Wait()
	})
}

// Disconnect tells all connections a reason, such as link_disabled or too_many_websockets, and closes them.
func (s *Server) Disconnect(reason string) {
	s.eachLink(func(l *link) {
		if !l.leaving {
			l.leaving = true
			l.push(item{frame: disconnect(reason)})
			l.push(item{end: true})
		}
	})
}

// Drop breaks all connections as a network does: a reset, without a close frame.
func (s *Server) Drop() {
	s.delivery.mu.Lock()
	links := slices.Clone(s.delivery.links)
	s.delivery.mu.Unlock()
	for _, l := range links {
		l.reset()
	}
}

// Freeze makes all connections fall silent, and while it is on also new ones: nothing comes from there, not even the answer
// to a ping, nothing is heard, and nothing is closed. A connection that is frozen stays so.
func (s *Server) Freeze(on bool) {
	s.delivery.mu.Lock()
	s.delivery.frozen = on
	s.delivery.mu.Unlock()
	if on {
		s.eachLink(func(l *link) { l.frozen = true })
	}
}

// Garbage sends text frames as they are on all connections.
func (s *Server) Garbage(frames ...string) {
	s.eachLink(func(l *link) {
		for _, frame := range frames {
			l.push(item{frame: []byte(frame)})
		}
	})
}

// RefuseConnections makes apps.connections.open fail n times with an error code.
func (s *Server) RefuseConnections(code string, n int) {
	s.delivery.mu.Lock()
	defer s.delivery.mu.Unlock()
	s.delivery.refusal, s.delivery.refusals = code, n
}

// Connections is how many connections are delivered to.
func (s *Server) Connections() int {
	s.delivery.mu.Lock()
	defer s.delivery.mu.Unlock()
	return s.delivery.live()
}

// Hellos is how many connections were greeted so far.
func (s *Server) Hellos() int {
	s.delivery.mu.Lock()
	defer s.delivery.mu.Unlock()
	return s.delivery.hellos
}

func (s *Server) eachLink(f func(*link)) {
	s.delivery.mu.Lock()
	defer s.delivery.mu.Unlock()
	for _, l := range s.delivery.links {
		f(l)
	}
}
