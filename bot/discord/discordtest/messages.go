package discordtest

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"
)

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
	if old := ch.sent(d, c.at, r.o.NonceLife); old != nil {
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
		ch.remember(m, r.o.NonceLife)
	}
	r.show(m, false)
	return done(r.messageJSON(m))
}

// sent is the message that was sent with a nonce lately, if the draft insists on it.
func (ch *channel) sent(d *draft, at time.Time, life time.Duration) *message {
	if !d.Enforce || d.Nonce == nil {
		return nil
	}
	if m := ch.nonces[string(d.Nonce)]; m != nil && at.Sub(m.At) < life {
		return m
	}
	return nil
}

func (ch *channel) remember(m *message, life time.Duration) {
	if ch.nonces == nil {
		ch.nonces = map[string]*message{}
	}
	for nonce, old := range ch.nonces {
		if m.At.Sub(old.At) >= life {
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

// getMessages lists messages, newest first: the newest, or those that come next after an ID; none without the permission to
// read the history. https://docs.discord.com/developers/resources/message#get-channel-messages
func (r *restServer) getMessages(c *call) answer {
	ch, refused := r.channelOf(c)
	if ch == nil {
		return refused
	}
	limit, after, wrong := pageOf(c.URL.Query())
	if wrong != nil {
		return r.violation(c, *wrong)
	}
	var found []*message
	for _, m := range ch.messages {
		if m.For == "" && snowflakeOf(m.ID) > after && ch.can(ReadMessageHistory) {
			found = append(found, m)
		}
	}
	slices.SortFunc(found, func(a, b *message) int { return cmp.Compare(snowflakeOf(a.ID), snowflakeOf(b.ID)) }) // see User.Lag
	if after > 0 {
		found = found[:min(limit, len(found))]
	} else {
		found = found[max(0, len(found)-limit):]
	}
	list := []object{}
	for _, m := range slices.Backward(found) {
		list = append(list, r.messageJSON(m))
	}
	return done(list)
}

// pageOf is what a query asks for, or what is wrong with it; after is 0 where the newest are asked for.
func pageOf(query url.Values) (limit int, after uint64, wrong *fieldError) {
	limit = 50
	for name := range query {
		s := query.Get(name)
		var err error
		switch name {
		case "limit":
			limit, err = strconv.Atoi(s)
			if err != nil || limit < 1 || limit > 100 {
				return 0, 0, &fieldError{name, "NUMBER_TYPE_MAX", "int value should be between 1 and 100."}
			}
		case "after":
			if after, err = strconv.ParseUint(s, 10, 64); err != nil {
				return 0, 0, &fieldError{name, "NUMBER_TYPE_COERCE", fmt.Sprintf("Value %q is not snowflake.", s)}
			}
			after = max(after, 1)
		default:
			return 0, 0, &fieldError{name, "UNSUPPORTED", "This server has no such parameter."}
		}
	}
	return limit, after, nil
}

// snowflakeOf is an ID that this server has made, as a number.
func snowflakeOf(id string) uint64 {
	n, _ := strconv.ParseUint(id, 10, 64)
	return n
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
