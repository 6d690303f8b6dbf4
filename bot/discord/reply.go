package discord

import (
	"context"
	"errors"
	"net/http"
	"sync"
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
	page      int  // of the view that was asked for
	onMessage bool // a button, or the form behind it: what is on the message can be changed
	private   bool // the message is one that only its reader sees
	shown     bool // the answer is expected to be for the whole channel
	// first gives the first response; it is the only thing that differs between the transports.
	first func(ctx context.Context, r response) error
	timer *time.Timer

	mu    sync.Mutex // held while a response is on its way, so that what follows it comes behind it
	state replyState
}

type replyState int

const (
	replyNone     replyState = iota
	replyDeferred            // "is thinking", in the way that ack chose
	replyGiven
)

// begin starts the clock. Who has sent the interaction is waiting since sent.
func (r *reply) begin() {
	r.timer = time.AfterFunc(ackAfter, func() {
		ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
		defer cancel()
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.state == replyNone {
			r.ack(ctx)
		}
	})
}

// ack acknowledges without an answer: a press leaves the message as it is, a command shows that an answer is coming. It is
// called with the lock held.
func (r *reply) ack(ctx context.Context) {
	resp := response{Type: discordgo.InteractionResponseDeferredMessageUpdate}
	if !r.onMessage {
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
	r.mu.Lock()
	defer r.mu.Unlock()
	o := draw(v, r.page).private(v.Private)
	switch {
	case r.state == replyNone && r.private && r.onMessage && v.Private:
		r.state = replyGiven // in the place of what only they see, so that they do not pile up
		return r.first(ctx, response{discordgo.InteractionResponseUpdateMessage, o})
	case r.state == replyNone:
		r.state = replyGiven
		return r.first(ctx, response{discordgo.InteractionResponseChannelMessageWithSource, o})
	case r.state == replyDeferred && !r.onMessage && r.shown != v.Private:
		r.state = replyGiven
		return r.webhook(ctx, http.MethodPatch, "/messages/@original", o)
	case r.state == replyDeferred && !r.onMessage: // who sees it was chosen wrongly, and cannot be changed
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
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.state == replyGiven || r.state == replyDeferred && r.onMessage {
		return
	}
	if r.state == replyNone {
		ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
		defer cancel()
		r.shown = false
		r.ack(ctx)
	}
	r.state = replyGiven
	if !r.onMessage {
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
