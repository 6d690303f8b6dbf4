package slacktest

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// How often and how long a response URL can be used.
// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
const (
	maxResponses = 5
	responseLife = 30 * time.Minute
)

// response is a message for a response URL, or the acknowledgement of a command.
type response struct {
	draft
	Type    string `json:"response_type"`
	Replace bool   `json:"replace_original"`
	Delete  bool   `json:"delete_original"`
}

// respond takes a message for a response URL.
func (w *webServer) respond(c *call) reply {
	a := w.respondTo(c)
	if a.err == "" && strings.HasPrefix(c.URL.Path, "/commands/") {
		return reply{text: "ok"}
	}
	return a
}

func (w *webServer) respondTo(c *call) reply {
	i := w.talks.byURL[c.URL.Path]
	var refused string
	switch {
	case i == nil, c.at.Sub(i.At) > responseLife:
		refused = "expired_url"
	case i.uses >= maxResponses:
		refused = "used_url"
	}
	if refused != "" {
		a := refuse(refused)
		a.status = http.StatusNotFound
		return a
	}
	c.rec.Team = i.team.ID
	var r response
	if json.Unmarshal(c.body, &r) != nil {
		a := refuse("invalid_payload")
		a.status = http.StatusBadRequest
		return a
	}
	if a, ok := w.carryOut(c.m.name, i, &r, c.at); !ok {
		return a
	}
	i.uses++
	return done(nil)
}

// carryOut does what a response says: it takes the message away that the interaction came from, or replaces it, or shows a
// new one.
func (w *webServer) carryOut(what string, i *Interaction, r *response, at time.Time) (reply, bool) {
	source := i.source
	if r.Delete && source != nil {
		w.remove(source, at)
		return reply{}, true
	}
	if a, ok := w.check(what, &r.draft); !ok {
		return a, false
	}
	if r.Replace && source != nil {
		before := w.messageJSON(source)
		w.apply(&r.draft, source)
		source.Edited, source.editedAt = true, at
		w.show(source, true)
		if source.For == "" {
			w.tellChanged(source, before, at)
		}
		return reply{}, true
	}
	m := &message{Message: Message{User: i.team.botUser, Thread: r.Thread}, ch: i.ch, bot: i.team.botID, of: i}
	if r.Type != "in_channel" {
		m.For = i.User.ID
	}
	w.apply(&r.draft, m)
	w.add(m, at)
	w.show(m, false)
	if m.For == "" {
		w.tellMessage(m)
	}
	return reply{}, true
}
