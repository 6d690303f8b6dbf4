package discordtest

import (
	"slices"
	"time"
)

// Fault is how the gateway misbehaves in place of its answer. What is not named here is a code to close with, such as 4014.
type Fault int

// Faults.
const (
	NoFault        Fault = 0  // the answer
	FaultReconnect Fault = 7  // op 7
	FaultInvalid   Fault = 9  // op 9 with false: the session is gone
	FaultResumable Fault = -9 // op 9 with true: the session may be resumed
	FaultSilence   Fault = -1 // nothing
	FaultReset     Fault = -2 // the connection is reset
)

// OnConnect is asked at each connection, which is the nth, for the fault in place of HELLO. nil is no faults.
func (s *Server) OnConnect(f func(n int) Fault) { s.gateway.setFault(&s.gateway.onConnect, f) }

// OnIdentify is asked at each valid IDENTIFY, which is the nth, for the fault in place of READY. nil is no faults.
func (s *Server) OnIdentify(f func(n int) Fault) { s.gateway.setFault(&s.gateway.onIdentify, f) }

// OnResume is asked at each RESUME with the right token, which is the nth, for the fault in place of the missed events;
// the session stays, except after FaultInvalid. nil is no faults.
func (s *Server) OnResume(f func(n int) Fault) { s.gateway.setFault(&s.gateway.onResume, f) }

func (g *gatewayServer) setFault(at *func(int) Fault, f func(int) Fault) {
	g.mu.Lock()
	defer g.mu.Unlock()
	*at = f
}

// fault asks for the nth fault, without the lock, so that what is asked may use the server.
func (g *gatewayServer) fault(at *func(int) Fault, n int) Fault {
	g.mu.Lock()
	f := *at
	g.mu.Unlock()
	if f == nil {
		return NoFault
	}
	return f(n)
}

// misbehave does what a fault says, and reports whether there was one.
func (c *gatewayConn) misbehave(f Fault) bool {
	if f == FaultReset {
		c.reset()
		return true
	}
	c.g.mu.Lock()
	defer c.g.mu.Unlock()
	switch f {
	case NoFault:
		return false
	case FaultReconnect:
		c.sendOp(7, "null")
	case FaultInvalid:
		c.sendOp(9, "false")
	case FaultResumable:
		c.sendOp(9, "true")
	case FaultSilence:
	default:
		c.close(int(f))
	}
	return true
}

// DropConnections breaks all connections as a network does: a reset, without a close frame.
func (s *Server) DropConnections() {
	for _, c := range s.gateway.open() {
		c.reset()
	}
}

// Reconnect sends op 7 on all connections.
func (s *Server) Reconnect() { s.each(func(c *gatewayConn) { c.sendOp(7, "null") }) }

// InvalidSession sends op 9 on all connections. Without resumable the sessions are gone.
func (s *Server) InvalidSession(resumable bool) {
	s.each(func(c *gatewayConn) {
		if resumable {
			c.sendOp(9, "true")
			return
		}
		if c.session != nil {
			delete(s.gateway.sessions, c.session.id)
			c.session.conn, c.session = nil, nil
		}
		c.sendOp(9, "false")
	})
}

// CloseAll closes all connections with a code. 4009 says that the session is over, so it is.
func (s *Server) CloseAll(code int) {
	s.each(func(c *gatewayConn) {
		if c.session != nil && code == 4009 {
			delete(s.gateway.sessions, c.session.id)
		}
		c.close(code)
	})
}

// Zombie makes all connections fall silent, and while it is on also new ones: what is sent there is read, nothing comes
// back, and nothing is closed. A connection that fell silent stays so.
func (s *Server) Zombie(on bool) {
	s.gateway.mu.Lock()
	s.gateway.silent = on
	s.gateway.mu.Unlock()
	if on {
		s.each(func(c *gatewayConn) { c.silent = true })
	}
}

// RequestHeartbeat sends op 1 on all connections.
func (s *Server) RequestHeartbeat() { s.each(func(c *gatewayConn) { c.sendOp(1, "null") }) }

// SendRaw sends a text frame as it is on all connections: malformed, or too big.
func (s *Server) SendRaw(frame []byte) { s.each(func(c *gatewayConn) { c.send(frame) }) }

func (s *Server) each(f func(*gatewayConn)) {
	s.gateway.mu.Lock()
	defer s.gateway.mu.Unlock()
	for c := range s.gateway.conns {
		f(c)
	}
}

// Identifies are when IDENTIFYs came, also those that were refused.
func (s *Server) Identifies() []time.Time {
	s.gateway.mu.Lock()
	defer s.gateway.mu.Unlock()
	return slices.Clone(s.gateway.identifies)
}

// Resumes is how many RESUMEs came, also those that failed.
func (s *Server) Resumes() int {
	s.gateway.mu.Lock()
	defer s.gateway.mu.Unlock()
	return s.gateway.resumes
}

// Heartbeats is how many heartbeats came.
func (s *Server) Heartbeats() int {
	s.gateway.mu.Lock()
	defer s.gateway.mu.Unlock()
	return s.gateway.heartbeats
}

// Connections is how many connections there were.
func (s *Server) Connections() int {
	s.gateway.mu.Lock()
	defer s.gateway.mu.Unlock()
	return s.gateway.connections
}

// Live is how many sessions have a connection, after READY or RESUMED.
func (s *Server) Live() int {
	s.gateway.mu.Lock()
	defer s.gateway.mu.Unlock()
	n := 0
	for _, sess := range s.gateway.sessions {
		if sess.conn != nil && !sess.conn.silent {
			n++
		}
	}
	return n
}

// CloseCodes are those that clients closed with of their own accord; an echo of the server's is none.
func (s *Server) CloseCodes() []int {
	s.gateway.mu.Lock()
	defer s.gateway.mu.Unlock()
	return slices.Clone(s.gateway.closeCodes)
}
