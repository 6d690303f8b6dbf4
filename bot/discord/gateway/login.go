package gateway

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"
)

// Opcodes. https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-opcodes
const (
	opDispatch  = 0
	opHeartbeat = 1
	opIdentify  = 2
	opResume    = 6
	opReconnect = 7
	opInvalid   = 9
	opHello     = 10
	opAck       = 11
)

// login sends RESUME or IDENTIFY.
func (c *conn) login() error {
	s := c.s
	if c.resume {
		now := s.snapshot()
		return c.write(opResume, map[string]any{"token": s.o.Token, "session_id": now.ID, "seq": now.Seq})
	}
	if err := c.slot.hold(c.ctx); err != nil {
		return fmt.Errorf("the turn to identify: %w", err)
	}
	// Counted before it is sent, and saved, so that a program that crashes right after it knows.
	c.slot.use(s.o.Now())
	s.identified()
	s.save(c.ctx)
	err := c.write(opIdentify, map[string]any{
		"token":      s.o.Token,
		"intents":    s.o.Intents,
		"shard":      [2]int{s.o.Shard, s.o.Shards},
		"properties": map[string]string{"os": runtime.GOOS, "browser": "whowon", "device": "whowon"},
	})
	c.slot.sent(s.o.Now())
	return err
}

// dispatch hands an event on, once.
func (c *conn) dispatch(e envelope) {
	s := c.s
	switch string(e.typ) {
	case "READY":
		if !c.ready(e.data) {
			c.drop()
			return
		}
	case "RESUMED":
		c.isReady()
	}
	if c.readyAt.IsZero() {
		c.overdue.Reset(loginTimeout) // missed events come before RESUMED, and may be many
	}
	if e.seq <= 0 {
		c.drop()
		return
	}
	if e.seq <= s.seq.Load() {
		return // it was handed on before
	}
	s.hand(Event{Type: s.name(e.typ), Seq: e.seq, Data: e.data})
	s.seq.Store(e.seq) // only now, so that what is saved was handed on
	s.events.Add(1)
	if string(e.typ) == "READY" {
		select {
		case s.saveSoon <- struct{}{}:
		default:
		}
	}
}

// ready takes the session from a READY, and reports whether there is one in it.
func (c *conn) ready(data []byte) bool {
	var d struct {
		Session string `json:"session_id"`
		URL     string `json:"resume_gateway_url"`
	}
	if json.Unmarshal(data, &d) != nil || d.Session == "" {
		return false
	}
	s := c.s
	s.mu.Lock()
	s.session.ID, s.session.ResumeURL = d.Session, d.URL
	s.seq.Store(0)
	s.mu.Unlock()
	c.isReady()
	return true
}

func (c *conn) isReady() {
	if !c.readyAt.IsZero() {
		return
	}
	c.overdue.Stop()
	c.readyAt = c.s.o.Now()
	c.s.connected(c)
	c.s.o.Log.Info("connected to the gateway", "resumed", c.resume)
}

// hand hands an event on. A panic costs that event only. Its value is not logged, since it may quote what the event says,
// unless it is one of the runtime's.
func (s *Shard) hand(e Event) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		s.panics.Add(1)
		what := fmt.Sprintf("%T", p)
		if err, ok := p.(runtime.Error); ok {
			what = err.Error()
		}
		s.o.Log.Error("handling an event panicked", "event", e.Type, "seq", e.Seq, "panic", what, "stack", string(debug.Stack()))
	}()
	s.o.Dispatch(e)
}

// name is the type of an event as a string, made once for each of the types there are.
func (s *Shard) name(typ []byte) string {
	if name, ok := s.names[string(typ)]; ok {
		return name
	}
	name := string(typ)
	if len(s.names) < 256 {
		s.names[name] = name
	}
	return name
}
