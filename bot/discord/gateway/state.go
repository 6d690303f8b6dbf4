package gateway

import (
	"errors"
	"time"
)

// State is how a shard is doing.
type State struct {
	Running     bool          // Run has begun and has not returned
	Connected   bool          // READY or RESUMED, and not ended since
	Since       time.Time     // when Connected became what it is; zero is never
	Latency     time.Duration // between the last heartbeat and its acknowledgement; 0 is not known
	Seq         int64         // of the last event handed on
	Identifies  int           // of this shard in the last 24 hours
	Connections int           // made since the program started
	Resumed     int           // of them, those that took up a session
	Identified  int           // IDENTIFYs sent since the program started
	Zombies     int           // connections given up because a heartbeat was not acknowledged
	Events      uint64        // handed on
	Malformed   uint64        // frames that were dropped
	Panics      uint64        // of Dispatch
	LastError   string        // why the last connection ended; "" is none has
}

// State is how the shard is doing now. It may be called from any goroutine.
func (s *Shard) State() State {
	identifies := len(s.o.Identify.times(s.o.Shard, s.o.Now()))
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.state
	now.Seq, now.Identifies = s.seq.Load(), identifies
	now.Events, now.Malformed, now.Panics = s.events.Load(), s.malformed.Load(), s.panics.Load()
	return now
}

// connected notes that a connection is ready.
func (s *Shard) connected(c *conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conn = c
	s.state.Connected, s.state.Since = true, s.o.Now()
	if c.resume {
		s.state.Resumed++
	}
}

// disconnected notes that the connection has ended, or could not be made.
func (s *Shard) disconnected(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conn = nil
	s.state.LastError = s.clean(err)
	if errors.Is(err, errZombie) {
		s.state.Zombies++
	}
	if s.state.Connected {
		s.state.Connected, s.state.Since = false, s.o.Now()
	}
}

// running notes that Run has begun; what it returns, that it ends.
func (s *Shard) running() (over func()) {
	set := func(yes bool) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.state.Running = yes
	}
	set(true)
	return func() { set(false) }
}

// identified notes that an IDENTIFY is being sent.
func (s *Shard) identified() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.Identified++
}
