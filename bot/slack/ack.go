package slack

import (
	"encoding/json"
	"errors"
	"sync"
	"time"
)

// acknowledge answers Slack, for which there are three seconds: with nothing (nil), with JSON (json.RawMessage), or
// with what is made JSON. An error says that it did not get there: what it held has to go another way. Where it was a
// bare one, Slack delivers again.
type acknowledge func(answer any) error

// How long an acknowledgement waits for an answer to be in it. A command is acknowledged after that, whatever the bot
// is doing, and its answer follows; a form stays open and shows that one is coming.
const (
	commandWait = 50 * time.Millisecond
	formWait    = 1500 * time.Millisecond
)

// late is an acknowledgement that waits a little for the answer.
type late struct {
	timer *time.Timer

	mu     sync.Mutex
	given  bool
	answer any           // that was given
	acks   []acknowledge // of each delivery of the same
}

func newLate(ack acknowledge, wait time.Duration, without any) *late {
	l := &late{acks: []acknowledge{ack}}
	l.mu.Lock() // the timer may be through before it is kept
	defer l.mu.Unlock()
	l.timer = time.AfterFunc(wait, func() { _ = l.give(without) })
	return l
}

var errGiven = errors.New("it is acknowledged already")

// give puts an answer into the acknowledgement. On an error it has to go another way.
func (l *late) give(answer any) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.given {
		return errGiven
	}
	l.given, l.answer = true, answer
	l.timer.Stop()
	return giveAll(l.acks, answer)
}

// giveAll gives all deliveries the same. It is there when it got through in one of them.
func giveAll(acks []acknowledge, answer any) (err error) {
	there := false
	for _, ack := range acks {
		if e := ack(answer); e != nil {
			err = e
		} else {
			there = true
		}
	}
	if there {
		return nil
	}
	return err
}

// follow has the deliveries of this acknowledged as those of the first.
func (l *late) follow(first *late) {
	l.timer.Stop()
	first.mu.Lock()
	defer first.mu.Unlock()
	if !first.given {
		first.acks = append(first.acks, l.acks...)
		return
	}
	_ = giveAll(l.acks, first.answer)
}

// end acknowledges without an answer, where there was none.
func (l *late) end() { _ = l.give(nil) }

// answered remembers the answers that were given in acknowledgements lately: what is delivered again has the same,
// since the first may have been lost with its connection.
type answered struct {
	mu    sync.Mutex
	by    map[string]json.RawMessage // by trigger
	order []string
}

// maxAnswered is how many are remembered.
const maxAnswered = 1024

func (a *answered) add(trigger string, answer json.RawMessage) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.order) == maxAnswered {
		delete(a.by, a.order[0])
		a.order = append(a.order[:0], a.order[1:]...)
	}
	a.order = append(a.order, trigger)
	a.by[trigger] = answer
}

func (a *answered) to(trigger string) json.RawMessage {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.by[trigger]
}
