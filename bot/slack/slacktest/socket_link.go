package slacktest

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"slices"
	"time"

	"github.com/coder/websocket"
)

// link is one Socket Mode connection. One goroutine reads, another writes what is queued, others ping it and end its life.
type link struct {
	d    *delivery
	ws   *websocket.Conn
	raw  net.Conn // below ws
	wake chan struct{}
	done chan struct{} // closed when reading has ended
	life time.Duration

	// Guarded by the delivery's lock.
	queue   []item
	unacked map[string]*task // by envelope ID
	late    []string         // envelopes that were not acknowledged in time, the last ones
	greeted bool             // hello is queued
	leaving bool             // nothing new is delivered here
	frozen  bool             // nothing is sent, and what comes is not heard
	ending  bool             // a refresh is under way
	gone    bool             // it is over
}

// item is something to send: a frame, a delivery, or the end.
type item struct {
	frame []byte
	task  *task
	end   bool
}

// Limits of a link.
const (
	maxAck   = 20 << 10 // bytes; an acknowledgement of so many is dropped without a word, as slack-go v0.35.0 tells
	maxBatch = 64       // items that are made into frames at once
	maxLate  = 10_000   // envelopes that are remembered after their time
)

// push queues an item; the caller holds the lock.
func (l *link) push(i item) {
	l.queue = append(l.queue, i)
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// write sends what is queued until the connection ends.
func (l *link) write() {
	for {
		frames, end := l.take()
		for _, frame := range frames {
			if err := l.ws.Write(context.Background(), websocket.MessageText, frame); err != nil {
				_ = l.ws.CloseNow()
				return
			}
		}
		if end {
			_ = l.ws.Close(websocket.StatusNormalClosure, "")
			return
		}
		if len(frames) > 0 {
			continue
		}
		select {
		case <-l.wake:
		case <-l.done:
			return
		}
	}
}

// take makes frames of what is queued, and starts the time that the app has for each delivery. A frozen link takes as well,
// and sends nothing.
func (l *link) take() (frames [][]byte, end bool) {
	l.d.mu.Lock()
	defer l.d.mu.Unlock()
	for len(l.queue) > 0 && len(frames) < maxBatch && !end && !l.gone {
		i := l.queue[0]
		l.queue[0] = item{}
		l.queue = l.queue[1:]
		frame := i.frame
		if i.task != nil {
			frame = l.envelope(i.task)
		}
		if l.frozen {
			continue
		}
		if end = i.end; frame != nil {
			frames = append(frames, frame)
		}
	}
	return frames, end
}

// envelope starts an attempt to deliver a task, and is its frame; nil where the task has ended meanwhile. The caller holds
// the lock.
func (l *link) envelope(t *task) []byte {
	if t.done {
		return nil
	}
	l.d.serial++
	id := fmt.Sprintf("%08x-0000-4000-8000-%012x", uint32(l.d.serial)*2654435761, l.d.serial)
	t.envelope, t.link = id, l
	l.unacked[id] = t
	l.d.attempt(t, func() { l.timedOut(t, id) })
	reason := t.reason
	frame := make([]byte, 0, len(t.p.payload)+256)
	frame = fmt.Appendf(frame, `{"envelope_id":%q,"payload":`, id)
	frame = append(frame, t.p.payload...)
	frame = fmt.Appendf(frame, `,"type":%q,"accepts_response_payload":%t`, t.p.kind, t.accepts)
	if t.p.kind == kindEvents || t.attempts > 1 {
		frame = fmt.Appendf(frame, `,"retry_attempt":%d,"retry_reason":%q`, t.attempts-1, reason)
	}
	return append(frame, '}')
}

// timedOut delivers an event again whose acknowledgement did not come in time.
func (l *link) timedOut(t *task, id string) {
	l.d.mu.Lock()
	defer l.d.mu.Unlock()
	if t.done || t.envelope != id {
		return
	}
	l.d.expire(t)
	l.d.again(t, "timeout")
}

// expire makes the task's last envelope a late one; the caller holds the lock.
func (d *delivery) expire(t *task) {
	l := t.link
	if l == nil {
		return
	}
	delete(l.unacked, t.envelope)
	l.late = append(l.late, t.envelope)
	if len(l.late) > maxLate {
		l.late = l.late[1:]
	}
	t.link, t.envelope = nil, ""
}

// read takes acknowledgements until the connection ends.
func (l *link) read() {
	for {
		kind, frame, err := l.ws.Read(context.Background())
		if err != nil {
			return
		}
		l.acknowledge(kind, frame)
	}
}

// acknowledge takes one frame of the app. https://docs.slack.dev/apis/events-api/using-socket-mode#acknowledge
func (l *link) acknowledge(kind websocket.MessageType, frame []byte) {
	var ack struct {
		ID      string          `json:"envelope_id"`
		Payload json.RawMessage `json:"payload"`
	}
	err := json.Unmarshal(frame, &ack)
	l.d.mu.Lock()
	defer l.d.mu.Unlock()
	if l.frozen {
		return
	}
	switch {
	case kind != websocket.MessageText || err != nil || ack.ID == "":
		l.d.faultLocked("a frame that is no acknowledgement")
		return
	case len(frame) >= maxAck:
		l.d.faultLocked("an acknowledgement of %d bytes was dropped, %d are too many", len(frame), maxAck)
		return
	}
	t := l.unacked[ack.ID]
	if t == nil {
		if slices.Contains(l.late, ack.ID) {
			l.d.records.late++
		} else {
			l.d.faultLocked("an acknowledgement of an envelope that was not delivered here, or is acknowledged already")
		}
		return
	}
	delete(l.unacked, ack.ID)
	if string(ack.Payload) == "null" {
		ack.Payload = nil
	}
	if ack.Payload != nil && !t.accepts {
		l.d.faultLocked("an acknowledgement with a payload, where %s accepts none", t.p.kind)
		ack.Payload = nil
	}
	l.d.acknowledged(t, ack.Payload)
}

// remove ends a link and delivers again what was not acknowledged there, in its order.
func (d *delivery) remove(l *link) {
	d.mu.Lock()
	defer d.mu.Unlock()
	l.gone = true
	d.links = slices.DeleteFunc(d.links, func(other *link) bool { return other == l })
	again := slices.Collect(maps.Values(l.unacked))
	for _, t := range again {
		t.reason, t.link, t.envelope = "connection_failed", nil, ""
		if t.p.retry {
			t.timer.Stop()
		}
	}
	for _, i := range l.queue {
		if i.task != nil && !i.task.done {
			again = append(again, i.task) // was not sent at all
		}
	}
	l.unacked, l.queue = nil, nil
	if d.closed {
		return
	}
	slices.SortFunc(again, func(a, b *task) int { return cmp.Compare(a.seq, b.seq) })
	for _, t := range again {
		d.route(t)
	}
}
