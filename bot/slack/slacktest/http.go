package slacktest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// HTTPOptions are the app's addresses. With Events set everything is delivered by signed requests, otherwise by Socket
// Mode. https://docs.slack.dev/apis/events-api/using-http-request-urls
type HTTPOptions struct {
	Events        string // event_callback and url_verification, JSON
	Commands      string // slash commands, a form
	Interactivity string // interactions but the next, a form with the field payload
	Options       string // block_suggestion, in the same way
	Client        *http.Client
}

// laneWait is how long a request may hold up the next one of its workspace. What the app answers at once is so in order,
// and what it is slow with does not keep others waiting.
const laneWait = 100 * time.Millisecond

// maxAnswer is how much of an answer's body is read, in bytes.
const maxAnswer = 1 << 20

// lane are the first requests of a workspace, in their order.
type lane struct{ waiting []*task }

// errRedirects is what a request ends with that was redirected too often. https://docs.slack.dev/apis/events-api#retries
var errRedirects = errors.New("more than 2 redirects")

// routeHTTP starts a task's request, the first one after those of its workspace; the caller holds the lock.
func (d *delivery) routeHTTP(t *task) {
	if t.attempts > 0 {
		d.wg.Go(func() { d.request(t) })
		return
	}
	team := teamOf(t.p)
	if l := d.lanes[team]; l != nil {
		l.waiting = append(l.waiting, t)
		return
	}
	l := &lane{waiting: []*task{t}}
	d.lanes[team] = l
	d.wg.Go(func() { d.runLane(team, l) })
}

// runLane starts the requests of a workspace, until there are none.
func (d *delivery) runLane(team string, l *lane) {
	for {
		d.mu.Lock()
		if len(l.waiting) == 0 || d.closed {
			delete(d.lanes, team)
			d.mu.Unlock()
			return
		}
		t := l.waiting[0]
		l.waiting = l.waiting[1:]
		d.wg.Add(1)
		d.mu.Unlock()
		answered := make(chan struct{})
		go func() {
			defer d.wg.Done()
			defer close(answered)
			d.request(t)
		}()
		slow := time.NewTimer(laneWait)
		select {
		case <-answered:
		case <-slow.C:
		}
		slow.Stop()
	}
}

// teamOf is the workspace that a parcel is of.
func teamOf(p parcel) string {
	if p.form != nil {
		return p.form.Get("team_id")
	}
	var of struct {
		TeamID string `json:"team_id"`
		Team   struct {
			ID string `json:"id"`
		} `json:"team"`
	}
	_ = json.Unmarshal(p.payload, &of)
	if of.TeamID != "" {
		return of.TeamID
	}
	return of.Team.ID
}

// request is one attempt.
func (d *delivery) request(t *task) {
	d.mu.Lock()
	if t.done {
		d.mu.Unlock()
		return
	}
	d.attempt(t, nil)
	o, num, reason, sent := d.web, t.attempts-1, t.reason, t.sent
	d.mu.Unlock()
	address, body := o.addressed(t.p)
	if address == "" {
		d.failed(t, "the app has no address for "+string(t.p.kind), "connection_failed", true)
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), ackTimeout)
	defer cancel()
	stop := d.onDone(cancel)
	defer stop()
	res, err := d.s.post(ctx, o.client(), address, body, func(r *http.Request) {
		if num > 0 {
			r.Header.Set("X-Slack-Retry-Num", strconv.Itoa(num))
			r.Header.Set("X-Slack-Retry-Reason", reason)
		}
	})
	if err != nil {
		d.failed(t, "", failure(ctx, err), false)
		return
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	switch {
	case err != nil:
		d.failed(t, "", failure(ctx, err), false)
	case res.StatusCode < 200 || res.StatusCode > 299:
		d.failed(t, "", "http_error", res.Header.Get("X-Slack-No-Retry") == "1")
	default:
		d.took(t, time.Since(sent), res.Header.Get("Content-Type"), bytes.TrimSpace(answer))
	}
}

// onDone calls f when the server ends, until stop is called.
func (d *delivery) onDone(f func()) (stop func()) {
	over := make(chan struct{})
	d.wg.Go(func() {
		select {
		case <-d.done:
			f()
		case <-over:
		}
	})
	return func() { close(over) }
}

// addressed is where a parcel goes, and as what.
func (o *HTTPOptions) addressed(p parcel) (address string, body []byte) {
	switch {
	case p.kind == kindSlash:
		return o.Commands, []byte(p.form.Encode())
	case p.kind == kindEvents:
		return o.Events, p.payload
	case p.options:
		address = o.Options
	default:
		address = o.Interactivity
	}
	return address, []byte(url.Values{"payload": {string(p.payload)}}.Encode())
}

// failure is Slack's name of an error. https://docs.slack.dev/apis/events-api#retries
func failure(ctx context.Context, err error) string {
	switch {
	case errors.Is(err, errRedirects):
		return "too_many_redirects"
	case ctx.Err() != nil:
		return "http_timeout"
	}
	return "connection_failed"
}

// failed takes an attempt that was not acknowledged. An event is tried again, unless this is final.
func (d *delivery) failed(t *task, fault, reason string, final bool) {
	if fault != "" {
		d.fault(fault)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case t.done || d.closed:
	case t.p.retry && !final:
		d.again(t, reason)
	case reason == "http_timeout":
		d.finish(t, nil, errTimeout)
	default:
		d.finish(t, nil, errDispatch)
	}
}

// took takes the answer of an attempt that was acknowledged.
func (d *delivery) took(t *task, after time.Duration, mediaType string, body []byte) {
	answer, fault := answerOf(t, mediaType, body)
	if fault != "" {
		d.fault(fault)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if t.done {
		d.records.late++
		return
	}
	if fault != "" && t.accepts {
		d.finish(t, nil, errDispatch)
		return
	}
	t.sent = time.Now().Add(-after)
	d.acknowledged(t, answer)
}

// answerOf reads the body of an acknowledgement. A command may be answered with plain text.
// https://docs.slack.dev/interactivity/implementing-slash-commands#responding_immediate_response
func answerOf(t *task, mediaType string, body []byte) (answer json.RawMessage, fault string) {
	switch {
	case len(body) == 0 || t.p.kind == kindEvents:
		return nil, ""
	case !t.accepts:
		return nil, "an acknowledgement with a body, where " + string(t.p.kind) + " accepts none"
	case t.p.kind == kindSlash && !strings.HasPrefix(mediaType, "application/json"):
		text, _ := json.Marshal(map[string]string{"text": string(body)})
		return text, ""
	case !json.Valid(body):
		return nil, "an answer that is not JSON"
	}
	return body, ""
}
