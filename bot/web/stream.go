package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	beat        = 15 * time.Second // between two signs of life
	writeLimit  = 10 * time.Second // for one batch
	againMillis = 1000             // before a browser connects again by itself
)

// stream tells a page what happens in its room, as server-sent events, from what it has seen on: it says that in the header
// Last-Event-ID where the connection was lost, and in the address where the page is new.
// https://html.spec.whatwg.org/multipage/server-sent-events.html
func (w *Web) stream(rw http.ResponseWriter, r *http.Request) {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" {
		http.Error(rw, "That request came from another page.", http.StatusForbidden)
		return
	}
	ending, deliver := w.running()
	q := r.URL.Query()
	s := &streaming{w: rw, c: http.NewResponseController(rw)}
	rw.Header().Set("Content-Type", "text/event-stream")
	rw.Header().Set("Cache-Control", "no-store")
	rw.Header().Set("X-Accel-Buffering", "no") // else nginx holds it back
	_ = s.c.SetReadDeadline(time.Time{})       // it is as long as the page is open
	room := q.Get("room")
	rd, stop, err := w.hub.follow(tokenOf(r), room, q.Get("name"))
	if err == nil && deliver == nil {
		stop()
		err = errEnding
	}
	if err != nil {
		s.refuse(err)
		return
	}
	defer stop()
	at, fresh := w.hub.position(r.Header.Get("Last-Event-ID"), q.Get("after"))
	mine := q.Get("mine") != "" || !fresh
	s.hello(w.hub.epoch)
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	for s.err == nil {
		news, now, people := w.hub.since(room, rd.user, at, mine)
		at, mine = now, false
		s.news(w.hub, news, at)
		s.people(people)
		s.flush()
		select {
		case <-rd.wake:
		case <-ticker.C:
			s.event("beat", "", "{}")
		case <-r.Context().Done():
			return
		case <-ending.Done():
			return
		}
	}
}

// position is what a page has seen, by the first of ids that is one; fresh says that it is of this run of the program.
func (h *hub) position(ids ...string) (at uint64, fresh bool) {
	for _, id := range ids {
		epoch, n, ok := strings.Cut(id, "-")
		if !ok {
			continue
		}
		at, err := strconv.ParseUint(n, 10, 64)
		if err != nil || epoch != h.epoch {
			return 0, false
		}
		return at, true
	}
	return 0, false
}

// streaming writes events. After an error it writes nothing more.
type streaming struct {
	w     http.ResponseWriter
	c     *http.ResponseController
	known []string // who is there, as last told
	told  bool
	err   error
}

// event writes one event. data has no line breaks: it is JSON.
func (s *streaming) event(name, id, data string) {
	if s.err != nil {
		return
	}
	if id != "" {
		id = "id: " + id + "\n"
	}
	_ = s.c.SetWriteDeadline(time.Now().Add(writeLimit)) // a reader that takes nothing is let go
	_, s.err = fmt.Fprintf(s.w, "event: %s\n%sdata: %s\n\n", name, id, data)
}

func (s *streaming) flush() {
	if s.err == nil {
		s.err = s.c.Flush()
	}
}

func (s *streaming) json(name, id string, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		s.err = err
		return
	}
	s.event(name, id, string(data))
}

// refuse says why nothing is told. It is an event, since a page cannot read the answer to a stream that it did not get.
func (s *streaming) refuse(err error) {
	var no *refusal
	if !errors.As(err, &no) {
		no = errEnding
	}
	s.json("refused", "", map[string]any{"error": no.text, "name": no == errTaken})
	s.flush()
}

func (s *streaming) hello(epoch string) {
	_, s.err = fmt.Fprintf(s.w, "retry: %d\n\n", againMillis)
	s.json("hello", "", map[string]any{"epoch": epoch, "now": time.Now().UnixMilli()})
}

// news are the messages, each with its place in what happened; the last has that of all that was looked at.
func (s *streaming) news(h *hub, news []*message, at uint64) {
	for i, m := range news {
		id := m.rev
		if i == len(news)-1 {
			id = at
		}
		s.json("message", h.at(id), map[string]any{"html": m.html, "told": m.told})
	}
}

func (s *streaming) people(names []string) {
	if s.told && slices.Equal(names, s.known) {
		return
	}
	s.known, s.told = names, true
	if names == nil {
		names = []string{}
	}
	s.json("people", "", names)
}
