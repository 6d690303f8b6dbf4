package slacktest

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// What a user is told where the app did not do its part. https://docs.slack.dev/interactivity/implementing-slash-commands
var (
	errTimeout  = errors.New("operation_timeout") // no acknowledgement in 3 s
	errDispatch = errors.New("dispatch_failed")   // it could not be delivered, or the answer was no good
)

// ackTimeout is how long the app has to acknowledge what it is told.
// https://docs.slack.dev/apis/events-api#responding
const ackTimeout = 3 * time.Second

// maxQueue is how many deliveries wait for a connection; what is more is lost, and a fault.
const maxQueue = 100_000

// retryAfter are the waits before an event that was not acknowledged in time is delivered again; then it is given up.
// https://docs.slack.dev/apis/events-api#retries
func retryAfter() [3]time.Duration { return [...]time.Duration{0, time.Minute, 5 * time.Minute} }

// delivery brings what happens in the workspaces to the app, by Socket Mode or by signed HTTP requests.
type delivery struct {
	s    *Server
	done chan struct{}  // closed with the server
	wg   sync.WaitGroup // of all goroutines

	mu        sync.Mutex // guards what follows, and the tasks and links
	closed    bool
	o         SocketOptions
	web       HTTPOptions
	last      uint64 // seq of the last task
	open      map[*task]struct{}
	queue     []*task // waits for a connection
	duplicate int     // how often everything is delivered
	lanes     map[string]*lane
	records   records

	links    []*link // that may be delivered to, and those that wait for their end
	turn     int     // of the links
	tickets  map[string]time.Time
	serial   int // of tickets and envelopes
	hellos   int
	frozen   bool // new connections hear nothing
	refusal  string
	refusals int
}

// task is a delivery until it is acknowledged or given up. The delivery's lock guards it.
type task struct {
	p       parcel
	seq     uint64 // in the order of sending
	accepts bool   // an answer, beside the acknowledgement
	record  *Delivery

	attempts int         // so far
	timeouts int         // of them, that were not acknowledged in time
	reason   string      // of the last failure, for the next attempt
	sent     time.Time   // the last attempt
	envelope string      // of the last attempt
	link     *link       // of the last attempt, while it may be acknowledged there
	timer    *time.Timer // ends the attempt, or starts the next
	deadline bool        // the timer is that of the whole task, which is not tried again
	done     bool        // acknowledged or given up
}

func newDelivery(s *Server) *delivery {
	d := &delivery{
		s: s, done: make(chan struct{}), o: s.o.Socket, web: s.o.HTTP, duplicate: 1,
		open: make(map[*task]struct{}), lanes: make(map[string]*lane), tickets: make(map[string]time.Time),
	}
	d.records.keep = -1
	if d.o.Forget {
		d.records.keep = 0
	}
	d.o.fill()
	s.mux.HandleFunc("/link/", d.serveLink)
	return d
}

// send delivers a parcel. It returns at once; the order of a workspace's parcels is kept, as far as there is one between
// several connections.
func (d *delivery) send(p parcel) {
	accepts := d.acceptsAnswer(p)
	d.mu.Lock()
	defer d.mu.Unlock()
	for i := range d.duplicate {
		if i > 0 {
			p.answered = nil // the first one's is enough
		}
		d.last++
		t := &task{p: p, seq: d.last, accepts: accepts}
		if d.closed {
			d.finish(t, nil, errDispatch)
			continue
		}
		d.open[t] = struct{}{}
		t.record = d.records.add(p)
		d.route(t)
	}
}

// acceptsAnswer reports whether the acknowledgement may have a payload: a command's may, and those of the interactions
// that are answered in place. https://docs.slack.dev/apis/events-api/using-socket-mode#acknowledge
func (d *delivery) acceptsAnswer(p parcel) bool {
	switch p.kind {
	case kindSlash:
		return true
	case kindInteractive:
		var payload struct {
			Type string `json:"type"`
		}
		return p.options || json.Unmarshal(p.payload, &payload) == nil && payload.Type == "view_submission"
	}
	return false
}

// route brings a task on its way; the caller holds the lock.
func (d *delivery) route(t *task) {
	if t.done {
		return
	}
	if d.web.Events != "" {
		d.routeHTTP(t)
		return
	}
	if l := d.nextLink(); l != nil {
		l.push(item{task: t})
		return
	}
	if len(d.queue) >= maxQueue {
		d.faultLocked("more than %d deliveries wait for a connection", maxQueue)
		d.finish(t, nil, errDispatch)
		return
	}
	d.queue = append(d.queue, t)
	d.limit(t)
}

// flush routes what waits for a connection; the caller holds the lock.
func (d *delivery) flush() {
	waiting := d.queue
	d.queue = nil
	for _, t := range waiting {
		d.route(t)
	}
}

// limit starts the time that a task has which is not tried again; the caller holds the lock.
func (d *delivery) limit(t *task) {
	if t.p.retry || t.deadline {
		return
	}
	t.deadline = true
	t.timer = time.AfterFunc(ackTimeout, func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		if !t.done {
			d.expire(t)
			d.finish(t, nil, errTimeout)
		}
	})
}

// attempt notes that a task is delivered now; the caller holds the lock. timedOut is called without it, for events only.
func (d *delivery) attempt(t *task, timedOut func()) {
	t.attempts++
	t.sent = time.Now()
	if t.record != nil {
		t.record.Attempts = t.attempts
	}
	if t.p.retry {
		if timedOut != nil {
			t.timer = time.AfterFunc(ackTimeout, timedOut)
		}
		return
	}
	d.limit(t)
}

// again delivers an event again after a failure, when its time has come, or gives it up; the caller holds the lock.
func (d *delivery) again(t *task, reason string) {
	t.reason = reason
	waits := retryAfter()
	if t.timeouts >= len(waits) {
		d.finish(t, nil, errTimeout)
		return
	}
	wait := waits[t.timeouts]
	t.timeouts++
	if wait == 0 {
		d.route(t)
		return
	}
	t.timer = time.AfterFunc(wait, func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.route(t)
	})
}

// acknowledged takes the app's answer; the caller holds the lock.
func (d *delivery) acknowledged(t *task, answer json.RawMessage) {
	d.records.acknowledged(t.record, time.Since(t.sent), answer)
	d.finish(t, answer, nil)
}

// finish ends a task and tells who waits for it; the caller holds the lock.
func (d *delivery) finish(t *task, answer json.RawMessage, err error) {
	if t.done {
		return
	}
	t.done = true
	delete(d.open, t)
	if t.timer != nil {
		t.timer.Stop()
	}
	if f := t.p.answered; f != nil {
		if d.closed {
			go f(answer, err) // nothing waits for it any more
			return
		}
		d.wg.Go(func() { f(answer, err) })
	}
}

// close ends all connections and requests, and waits until they are gone. What was not acknowledged will not be.
func (d *delivery) close() {
	d.mu.Lock()
	if d.closed {
		d.mu.Unlock()
		return
	}
	for t := range d.open {
		d.finish(t, nil, errDispatch)
	}
	d.closed, d.queue = true, nil
	links := slices.Clone(d.links)
	close(d.done)
	d.mu.Unlock()
	for _, l := range links {
		_ = l.ws.CloseNow()
	}
	d.wg.Wait()
}

// fault notes what the app did wrong.
func (d *delivery) fault(text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.faultLocked("%s", text)
}

// faultLocked is fault for callers that hold the lock.
func (d *delivery) faultLocked(format string, a ...any) {
	d.records.fault(fmt.Sprintf(format, a...))
}
