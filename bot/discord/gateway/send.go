package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// Limits of what is sent. https://docs.discord.com/developers/events/gateway#sending-events
const (
	maxSends   = 120 // in a minute
	maxPayload = 4096
	keptBeats  = 10 // of maxSends, for heartbeats
)

// ErrDown is returned by Send while the shard is not connected.
var ErrDown = errors.New("the shard is not connected to the gateway")

// ErrTooLarge is returned by Send for a payload of more than 4096 bytes, after which Discord would close the connection.
var ErrTooLarge = errors.New("a payload for the gateway has more than 4096 bytes")

// Send sends a payload of one's own, such as a presence (op 3), and waits for room in the 120 of a minute. Without a
// connection it returns ErrDown; it is not sent later.
func (s *Shard) Send(ctx context.Context, op int, d any) error {
	s.mu.Lock()
	c := s.conn
	s.mu.Unlock()
	if c == nil {
		return ErrDown
	}
	payload, err := encode(op, d)
	if err != nil {
		return err
	}
	for {
		wait := c.sent.take(s.o.Now(), maxSends-keptBeats)
		if wait == 0 {
			return c.writeRaw(payload)
		}
		sleep(ctx, wait)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
	}
}

func encode(op int, d any) ([]byte, error) {
	payload, err := json.Marshal(map[string]any{"op": op, "d": d})
	if err != nil {
		return nil, fmt.Errorf("a payload for the gateway: %w", err)
	}
	if len(payload) > maxPayload {
		return nil, ErrTooLarge
	}
	return payload, nil
}

// write sends a payload that is part of the connection, for which there is always room.
func (c *conn) write(op int, d any) error {
	payload, err := encode(op, d)
	if err != nil {
		return err
	}
	c.sent.take(c.s.o.Now(), maxSends)
	return c.writeRaw(payload)
}

func (c *conn) writeRaw(payload []byte) error {
	ctx, cancel := context.WithTimeout(c.ctx, writeTimeout)
	defer cancel()
	if err := c.ws.Write(ctx, websocket.MessageText, payload); err != nil {
		return fmt.Errorf("sending to the gateway: %w", err)
	}
	return nil
}

// window counts what was sent in the last minute.
type window struct {
	mu    sync.Mutex
	times []time.Time
}

// take counts a send where there were fewer than limit in the last minute, and returns 0; otherwise it counts nothing and
// returns how long to wait.
func (w *window) take(now time.Time, limit int) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	for len(w.times) > 0 && now.Sub(w.times[0]) >= time.Minute {
		w.times = w.times[1:]
	}
	if len(w.times) >= limit {
		return max(1, w.times[len(w.times)-limit].Add(time.Minute).Sub(now))
	}
	w.times = append(w.times, now)
	return 0
}

// beat sends heartbeats: the first after a random part of the interval, so that not all bots send at once after an outage,
// and those that the gateway asks for. A heartbeat that is not acknowledged when the next is due ends the connection, so a
// dead one is found within two intervals. https://docs.discord.com/developers/events/gateway#sending-heartbeats
func (c *conn) beat(interval time.Duration) {
	t := time.NewTimer(rand.N(interval))
	defer t.Stop()
	for {
		var err error
		select {
		case <-c.ctx.Done():
			return
		case <-c.asked:
			// More than there is room for is not asked by Discord. What is asked does not count as due: its answer may not
			// be here when the next is.
			if c.sent.take(c.s.o.Now(), maxSends-keptBeats/2) == 0 {
				err = c.heartbeat()
			}
		case <-t.C:
			if c.unacked.Swap(true) {
				c.end(errZombie)
				return
			}
			c.beatAt.Store(c.s.o.Now().UnixNano())
			c.sent.take(c.s.o.Now(), maxSends)
			err = c.heartbeat()
			t.Reset(interval)
		}
		if err != nil {
			c.end(err)
			return
		}
	}
}

func (c *conn) heartbeat() error {
	var seq any // null before the first event
	if n := c.s.seq.Load(); n > 0 {
		seq = n
	}
	payload, err := encode(opHeartbeat, seq)
	if err != nil {
		return err
	}
	return c.writeRaw(payload)
}

// acked takes an acknowledgement.
func (c *conn) acked() {
	if !c.unacked.Swap(false) {
		return
	}
	latency := time.Duration(c.s.o.Now().UnixNano() - c.beatAt.Load())
	c.s.mu.Lock()
	c.s.state.Latency = latency
	c.s.mu.Unlock()
}
