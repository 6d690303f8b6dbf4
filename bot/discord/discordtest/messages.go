package discordtest

import (
	"net/http"
	"slices"
	"strconv"
	"time"
)

// nonceLife is how long a nonce that is enforced is remembered. Discord says "the past few minutes".
// https://docs.discord.com/developers/resources/message#create-message
const nonceLife = 5 * time.Minute

func (r *restServer) postMessage(c *call) answer {
	ch, refused := r.channelOf(c)
	if ch == nil {
		return refused
	}
	send := SendMessages
	if ch.thread() {
		send = SendMessagesInThreads
	}
	if !ch.can(send) {
		return missingPermissions()
	}
	if errs := unknown("message", c.body); len(errs) > 0 {
		return r.violation(c, errs...)
	}
	d, refused := r.draft(c, c.body, nil)
	if d == nil {
		return refused
	}
	if old := ch.sent(d, c.at); old != nil {
		return done(r.messageJSON(old))
	}
	m := &message{ch: ch, nonce: d.Nonce}
	d.apply(m)
	if ref := d.Reference; ref != nil && ref.MessageID != "" {
		switch {
		case !ch.can(ReadMessageHistory):
			return refuse(http.StatusForbidden, 160002, "Cannot reply without permission to read message history")
		case ch.find(ref.MessageID) != nil:
			m.Reference = ref.MessageID
		case ref.Must == nil || *ref.Must:
			return invalid(fieldError{"message_reference", "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message"})
		}
	}
	r.add(m, c.at)
	if d.Enforce && d.Nonce != nil {
		ch.remember(m)
	}
	r.show(m, false)
	return done(r.messageJSON(m))
}

// sent is the message that was sent with a nonce lately, if the draft insists on it.
func (ch *channel) sent(d *draft, at time.Time) *message {
	if !d.Enforce || d.Nonce == nil {
		return nil
	}
	if m := ch.nonces[string(d.Nonce)]; m != nil && at.Sub(m.At) < nonceLife {
		return m
	}
	return nil
}

func (ch *channel) remember(m *message) {
	if ch.nonces == nil {
		ch.nonces = map[string]*message{}
	}
	for nonce, old := range ch.nonces {
		if m.At.Sub(old.At) >= nonceLife {
			delete(ch.nonces, nonce)
		}
	}
	ch.nonces[string(m.nonce)] = m
}

// messageOf is the message of a path. What only one user sees is not found by the channel.
func (r *restServer) messageOf(c *call) (*message, answer) {
	ch, refused := r.channelOf(c)
	if ch == nil {
		return nil, refused
	}
	m := ch.find(c.PathValue("message"))
	if m == nil || m.For != "" {
		return nil, unknownMessage()
	}
	return m, answer{}
}

func unknownMessage() answer { return refuse(http.StatusNotFound, 10008, "Unknown Message") }

func (r *restServer) getMessage(c *call) answer {
	m, refused := r.messageOf(c)
	switch {
	case m == nil:
		return refused
	case !m.ch.can(ReadMessageHistory):
		return missingPermissions()
	}
	return done(r.messageJSON(m))
}

// getMessages lists the newest messages, newest first; none without the permission to read the history.
// https://docs.discord.com/developers/resources/message#get-channel-messages
func (r *restServer) getMessages(c *call) answer {
	ch, refused := r.channelOf(c)
	if ch == nil {
		return refused
	}
	limit := 50
	for name := range c.URL.Query() {
		if name != "limit" {
			return r.violation(c, fieldError{name, "UNSUPPORTED", "This server has no such parameter."})
		}
	}
	if s := c.URL.Query().Get("limit"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > 100 {
			return r.violation(c, fieldError{"limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100."})
		}
		limit = n
	}
	list := []object{}
	for _, m := range slices.Backward(ch.messages) {
		if len(list) < limit && m.For == "" && ch.can(ReadMessageHistory) {
			list = append(list, r.messageJSON(m))
		}
	}
	return done(list)
}

func (r *restServer) patchMessage(c *call) answer {
	m, refused := r.messageOf(c)
	switch {
	case m == nil:
		return refused
	case m.from != nil:
		return refuse(http.StatusForbidden, 50005, "Cannot edit a message authored by another user")
	}
	return r.edit(c, m, c.body)
}

// edit changes a message to what a body says. The first words of a deferred answer are no edit to who looks.
func (r *restServer) edit(c *call, m *message, body []byte) answer {
	if errs := unknown("message", body); len(errs) > 0 {
		return r.violation(c, errs...)
	}
	d, refused := r.draft(c, body, m)
	if d == nil {
		return refused
	}
	r.change(m, d, c.at)
	return done(r.messageJSON(m))
}

func (r *restServer) change(m *message, d *draft, at time.Time) {
	deferred := m.Flags&loading != 0
	d.apply(m)
	m.Flags &^= loading
	if deferred {
		m.of.answered()
	} else {
		m.Edited = at
	}
	r.show(m, !deferred)
}

func (r *restServer) deleteMessage(c *call) answer {
	m, refused := r.messageOf(c)
	switch {
	case m == nil:
		return refused
	case m.from != nil && !m.ch.can(ManageMessages):
		return missingPermissions()
	}
	r.gone(m)
	return nothing()
}
