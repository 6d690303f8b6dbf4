package discordtest

import "net/http"

// maxFollowUps is how many there may be where the bot is only because the user has installed it.
// https://docs.discord.com/developers/interactions/receiving-and-responding#create-followup-message
const maxFollowUps = 5

// talk is the interaction of a path, if its token can still be used and it has been answered.
func (r *restServer) talk(c *call) (*Interaction, answer) {
	i := r.talks.byToken[c.PathValue("token")]
	switch {
	case i == nil || c.at.Sub(i.At) > tokenLife:
		return nil, refuse(http.StatusUnauthorized, 50027, "Invalid Webhook Token")
	case c.PathValue("app") != r.s.o.Application, i.first == nil, i.kind == kindAutocomplete:
		return nil, refuse(http.StatusNotFound, 10015, "Unknown Webhook")
	}
	return i, answer{}
}

// postFollowUp adds a message to the answer. The first takes the place of a deferred answer, and is seen by those who were
// to see that. https://docs.discord.com/developers/interactions/receiving-and-responding#create-followup-message
func (r *restServer) postFollowUp(c *call) answer {
	i, refused := r.talk(c)
	switch {
	case i == nil:
		return refused
	case i.userOnly() && i.followUps >= maxFollowUps:
		return refuse(http.StatusBadRequest, 40094, "This interaction has reached the maximum number of follow-up messages")
	}
	if errs := unknown("message", c.body); len(errs) > 0 {
		return r.violation(c, errs...)
	}
	d, refused := r.draft(c, c.body, nil)
	if d == nil {
		return refused
	}
	i.followUps++
	m := i.original
	if m != nil && m.Flags&loading != 0 {
		r.change(m, d, c.at)
		return done(r.messageJSON(m))
	}
	m = r.reply(i, d.Flags, c.at)
	d.apply(m)
	r.show(m, false)
	return done(r.messageJSON(m))
}

// replyOf is the message of a path: one that answers the interaction, or @original.
func (r *restServer) replyOf(c *call) (*message, answer) {
	i, refused := r.talk(c)
	if i == nil {
		return nil, refused
	}
	id := c.PathValue("message")
	if m := i.original; m != nil && (id == "@original" || id == m.ID) && m.ch.find(m.ID) == m {
		return m, answer{}
	}
	for _, m := range i.replies {
		if m.ID == id {
			return m, answer{}
		}
	}
	return nil, unknownMessage()
}

func (r *restServer) getReply(c *call) answer {
	m, refused := r.replyOf(c)
	if m == nil {
		return refused
	}
	return done(r.messageJSON(m))
}

func (r *restServer) patchReply(c *call) answer {
	m, refused := r.replyOf(c)
	if m == nil {
		return refused
	}
	return r.edit(c, m, c.body)
}

func (r *restServer) deleteReply(c *call) answer {
	m, refused := r.replyOf(c)
	if m == nil {
		return refused
	}
	if m.Flags&loading != 0 {
		m.of.answered()
	}
	r.gone(m)
	return nothing()
}
