package discord

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/discord/rest"
)

// ackAfter is when an interaction is acknowledged without an answer. Discord waits for 3 seconds:
// https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction
const ackAfter = 2 * time.Second

// reply is the answer to one interaction, from its arrival until it has been handled. The first response is given once, by
// whoever is first: the answer, or the clock, which says that an answer is coming.
type reply struct {
	p         *Platform
	id, token string
	page      int    // of the view that was asked for
	message   string // that the button is on, or the button of the form; "" of a command
	private   bool   // the message is one that only its reader sees
	shown     bool   // the answer is expected to be for the whole channel
	// first gives the first response; it is the only thing that differs between the transports.
	first func(ctx context.Context, r response) error
	timer *time.Timer

	// turn holds one token, for who is sending: what follows a response is sent behind it. A mutex would be held for as long
	// as a request takes.
	turn  chan struct{}
	state replyState
}

type replyState int

const (
	replyNone     replyState = iota
	replyDeferred            // "is thinking", in the way that ack chose
	replyGiven
)

// begin starts the clock.
func (r *reply) begin() {
	r.timer = time.AfterFunc(ackAfter, func() {
		defer r.p.survive()
		ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
		defer cancel()
		r.ackNow(ctx)
	})
}

// ackNow acknowledges unless that was done.
func (r *reply) ackNow(ctx context.Context) {
	<-r.turn
	defer func() { r.turn <- struct{}{} }()
	if r.state == replyNone {
		r.ack(ctx)
	}
}

// onMessage reports whether it is an answer to a press, so that there is something that can be left as it is.
func (r *reply) onMessage() bool { return r.message != "" }

// ack acknowledges without an answer: a press leaves the message as it is, a command shows that an answer is coming. It is
// called with the turn.
func (r *reply) ack(ctx context.Context) {
	resp := response{Type: discordgo.InteractionResponseDeferredMessageUpdate}
	if !r.onMessage() {
		resp.Type = discordgo.InteractionResponseDeferredChannelMessageWithSource
		if !r.shown {
			resp.Data = flagsOnly{discordgo.MessageFlagsEphemeral}
		}
	}
	r.state = replyDeferred
	if err := r.first(ctx, resp); err != nil {
		r.p.log.Warn("an interaction was not acknowledged", "id", r.id, "err", err)
	}
}

type flagsOnly struct {
	Flags discordgo.MessageFlags `json:"flags"`
}

// send answers with a view.
func (r *reply) send(ctx context.Context, v bot.View) error {
	<-r.turn
	defer func() { r.turn <- struct{}{} }()
	o := r.p.draw(v, r.page).private(v.Private)
	switch {
	case r.state == replyNone && r.private && r.onMessage() && v.Private:
		r.state = replyGiven // in the place of what only they see, so that they do not pile up
		return r.first(ctx, response{discordgo.InteractionResponseUpdateMessage, o})
	case r.state == replyNone:
		r.state = replyGiven
		return r.first(ctx, response{discordgo.InteractionResponseChannelMessageWithSource, o})
	case r.state == replyDeferred && !r.onMessage() && r.shown != v.Private:
		r.state = replyGiven
		return r.webhook(ctx, http.MethodPatch, "/messages/@original", o)
	case r.state == replyDeferred && !r.onMessage(): // who sees it was chosen wrongly, and cannot be changed
		r.state = replyGiven
		if err := r.webhook(ctx, http.MethodDelete, "/messages/@original", nil); err != nil {
			return err
		}
	}
	r.state = replyGiven
	return r.webhook(ctx, http.MethodPost, "", o)
}

// end is called when the interaction has been handled. One without an answer is acknowledged, and a command leaves nothing
// behind: what it did is to be seen in the channel.
func (r *reply) end() {
	r.timer.Stop()
	r.p.drop(r)
	<-r.turn
	defer func() { r.turn <- struct{}{} }()
	if r.state == replyGiven || r.state == replyDeferred && r.onMessage() {
		return
	}
	if r.state == replyNone {
		ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
		defer cancel()
		r.shown = false
		r.ack(ctx)
	}
	r.state = replyGiven
	if !r.onMessage() {
		r.p.go1(r.takeBack)
	}
}

// takeBack removes the acknowledgement. Where it was the answer to a request, Discord may not have read it yet.
func (r *reply) takeBack(ctx context.Context) {
	var err error
	for range 3 {
		var e *rest.Error
		err = r.webhook(ctx, http.MethodDelete, "/messages/@original", nil)
		if !errors.As(err, &e) || e.Status != http.StatusNotFound {
			break
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Second):
		}
	}
	if err != nil {
		r.p.log.Warn("an acknowledgement was not taken back", "id", r.id, "err", err)
	}
}

// webhook calls an endpoint of the interaction's own, which works for 15 minutes.
func (r *reply) webhook(ctx context.Context, method, path string, body any) error {
	return r.p.rest.Do(ctx, rest.Request{Method: method, Path: "/webhooks/" + r.p.application() + "/" + r.token + path,
		Body: body, Urgency: rest.Live, Interaction: true, Repeatable: method != http.MethodPost})
}

// callback gives the first response by a request of its own, as it is with interactions from the gateway.
func (p *Platform) callback(id, token string) func(context.Context, response) error {
	return func(ctx context.Context, r response) error {
		return p.rest.Do(ctx, rest.Request{Method: http.MethodPost, Path: "/interactions/" + id + "/" + token + "/callback",
			Body: r, Urgency: rest.Live, Interaction: true})
	}
}
