package socket

import (
	"context"
	"encoding/json"
	"errors"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"
)

// What an acknowledgement returns.
var (
	// ErrGone is that the connection has ended. Slack delivers the envelope again on another.
	ErrGone = errors.New("the connection of this envelope has ended")
	// ErrAcked is that the envelope was acknowledged before.
	ErrAcked = errors.New("this envelope is acknowledged already")
	// ErrNoResponse is that the envelope accepts no payload. It is acknowledged without.
	ErrNoResponse = errors.New("this envelope accepts no payload, and was acknowledged without")
	// ErrTooLarge is that the payload is so large that Slack would drop it without a word. The envelope is not acknowledged
	// yet, and may be with less.
	ErrTooLarge = errors.New("an acknowledgement has 20 KB or more")
)

// maxAck is from how many bytes on Slack drops an acknowledgement without a word; slack-go v0.35.0 has the same limit.
const maxAck = 20 << 10

// ack acknowledges one envelope.
type ack struct {
	c       *conn
	id      string
	accepts bool
	done    atomic.Bool
}

func (a *ack) send(payload []byte) error {
	refused := payload != nil && !a.accepts
	if refused {
		payload = nil
	}
	frame, err := ackFrame(a.id, payload)
	if err != nil {
		return err
	}
	if a.done.Swap(true) {
		return ErrAcked
	}
	if err := a.c.push(frame); err != nil {
		return err
	}
	if refused {
		return ErrNoResponse
	}
	return nil
}

// ackFrame is the frame of an acknowledgement. https://docs.slack.dev/apis/events-api/using-socket-mode#acknowledge
func ackFrame(id string, payload []byte) ([]byte, error) {
	if len(id)+len(payload) >= maxAck {
		return nil, ErrTooLarge
	}
	quoted, err := json.Marshal(id)
	if err != nil {
		return nil, err
	}
	frame := make([]byte, 0, len(quoted)+len(payload)+32)
	frame = append(append(frame, `{"envelope_id":`...), quoted...)
	if payload != nil {
		frame = append(append(frame, `,"payload":`...), payload...)
	}
	frame = append(frame, '}')
	if len(frame) >= maxAck {
		return nil, ErrTooLarge
	}
	return frame, nil
}

// push queues an acknowledgement.
func (c *conn) push(frame []byte) error {
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return ErrGone
	}
	c.queue = append(c.queue, frame)
	c.outstanding--
	idle := c.outstanding == 0
	c.mu.Unlock()
	c.wakeUp()
	if idle {
		select {
		case c.idle <- struct{}{}:
		default:
		}
	}
	return nil
}

func (c *conn) wakeUp() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// write writes acknowledgements until the connection ends, and the close frame where we end it.
func (c *conn) write() {
	for {
		c.mu.Lock()
		frames, closed := c.queue, c.closed
		c.queue = nil
		c.mu.Unlock()
		for _, frame := range frames {
			c.writing.Store(time.Now().UnixNano())
			// Without a context, which would cost more than the write; a write that is stuck is noticed by ping.
			err := c.ws.Write(context.Background(), websocket.MessageText, frame)
			c.writing.Store(0)
			if err != nil {
				c.fail(err)
				return
			}
		}
		if closed {
			_ = c.ws.Close(websocket.StatusNormalClosure, "")
			return
		}
		if len(frames) > 0 {
			continue
		}
		select {
		case <-c.wake:
		case <-c.over:
			return
		}
	}
}
