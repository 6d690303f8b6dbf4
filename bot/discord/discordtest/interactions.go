package discordtest

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Types of interactions.
const (
	kindCommand      = 2
	kindComponent    = 3
	kindAutocomplete = 4
	kindModal        = 5
)

// Types of responses.
// https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object
const (
	ResponseMessage        = 4
	ResponseDeferred       = 5
	ResponseDeferredUpdate = 6
	ResponseUpdate         = 7
	ResponseChoices        = 8
	ResponseModal          = 9
)

// How long an interaction can be answered, and its token used:
// https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages
const (
	firstLife = 3 * time.Second
	tokenLife = 15 * time.Minute
)

// Interaction is something that a user did with the bot.
type Interaction struct {
	ID, Token string
	ChannelID string
	GuildID   string // "" outside of guilds
	User      User
	At        time.Time // by its ID

	r       *restServer
	kind    int
	ch      *channel
	where   Where
	source  *message // that was pressed on, or that the modal comes from
	payload json.RawMessage

	// Guarded by the lock of the restServer.
	first     *Response
	original  *message // what @original is
	replies   []*message
	followUps int
	err       error
	responded chan struct{} // closed with the first response, or the failure
	complete  chan struct{} // closed when the user sees what they asked for, or the failure
}

// Response is the first response to an interaction.
type Response struct {
	Type int
	Data json.RawMessage // nil is none
	At   time.Time
}

// Done is closed when the interaction has its first response, or has failed.
func (i *Interaction) Done() <-chan struct{} { return i.responded }

// Response is the first response; false says that there is none.
func (i *Interaction) Response() (Response, bool) {
	i.r.mu.Lock()
	defer i.r.mu.Unlock()
	if i.first == nil {
		return Response{}, false
	}
	return *i.first, true
}

// Messages are those that the interaction was answered with, as they are now; what was deleted or is deferred is not among
// them.
func (i *Interaction) Messages() []Message {
	i.r.mu.Lock()
	defer i.r.mu.Unlock()
	out := []Message{}
	for _, m := range i.replies {
		if m.Flags&loading == 0 {
			out = append(out, i.r.snapshot(m))
		}
	}
	return out
}

// Wait waits until the user sees what came of the interaction: its first response, or what follows where that was deferred.
// The error is that of ctx, or why there will be nothing, which can only be known of signed requests.
func (i *Interaction) Wait(ctx context.Context) error {
	select {
	case <-i.complete:
		i.r.mu.Lock()
		defer i.r.mu.Unlock()
		return i.err
	case <-ctx.Done():
		return fmt.Errorf("interaction %s: %w", i.ID, context.Cause(ctx))
	}
}

// answered notes that the user sees an answer; the caller holds the lock, as with all below.
func (i *Interaction) answered() {
	select {
	case <-i.complete:
	default:
		close(i.complete)
	}
}

func (i *Interaction) fail(err error) {
	i.err = err
	i.answered()
	select {
	case <-i.responded:
	default:
		close(i.responded)
	}
}

// userOnly reports whether the bot is there only because the user has installed it.
func (i *Interaction) userOnly() bool { return i.ch.userOnly(i.where) }

// talks are the interactions there were. They are guarded by the lock of the restServer.
type talks struct {
	byID    map[string]*Interaction
	byToken map[string]*Interaction
	order   []*Interaction
}

func newTalks() talks {
	return talks{byID: map[string]*Interaction{}, byToken: map[string]*Interaction{}}
}

// beginInteraction remembers a new interaction.
func (r *restServer) beginInteraction(i *Interaction) {
	r.recorder.name("interaction", i.ID)
	r.recorder.name("token", i.Token)
	t := &r.talks
	t.byID[i.ID], t.byToken[i.Token] = i, i
	t.order = append(t.order, i)
	if keep := r.o.Keep; keep > 0 && len(t.order) > 2*keep {
		for _, old := range t.order[:keep] {
			r.forget(old)
		}
		t.order = slices.Clone(t.order[keep:])
	}
}

func (r *restServer) forget(i *Interaction) {
	delete(r.talks.byID, i.ID)
	delete(r.talks.byToken, i.Token)
	r.recorder.forget(i.ID)
	r.recorder.forget(i.Token)
}

func unknownInteraction() answer { return refuse(http.StatusNotFound, 10062, "Unknown interaction") }

// postCallback takes the first response to an interaction.
// https://docs.discord.com/developers/interactions/receiving-and-responding#create-interaction-response
func (r *restServer) postCallback(c *call) answer {
	i := r.talks.byID[c.PathValue("interaction")]
	if i == nil || i.Token != c.PathValue("token") || c.at.Sub(i.At) > firstLife {
		return unknownInteraction()
	}
	if refused, ok := r.respond(c, i, c.body); !ok {
		return refused
	}
	if c.URL.Query().Get("with_response") == "true" {
		return done(r.callbackJSON(i))
	}
	return nothing()
}

// callbackJSON is what with_response asks for.
func (r *restServer) callbackJSON(i *Interaction) object {
	o := object{"interaction": object{"id": i.ID, "type": i.kind}}
	if m := i.original; m != nil {
		o["interaction"] = object{"id": i.ID, "type": i.kind, "response_message_id": m.ID,
			"response_message_loading": m.Flags&loading != 0, "response_message_ephemeral": m.For != ""}
		if i.first.Type != ResponseDeferredUpdate {
			o["resource"] = object{"type": i.first.Type, "message": r.messageJSON(m)}
		}
	}
	return o
}

// respond gives an interaction its first response, unless that is refused.
func (r *restServer) respond(c *call, i *Interaction, body []byte) (answer, bool) {
	var resp struct {
		Type int             `json:"type"`
		Data json.RawMessage `json:"data"`
	}
	switch err := json.Unmarshal(body, &resp); {
	case !json.Valid(body):
		return r.notJSON(c), false
	case err != nil:
		return r.violation(c, fieldError{"", "BASE_TYPE_BAD", err.Error()}), false
	case i.first != nil:
		return refuse(http.StatusBadRequest, 40060, "Interaction has already been acknowledged."), false
	}
	if types := i.responses(); !slices.Contains(types, resp.Type) {
		return r.violation(c, fieldError{"type", "BASE_TYPE_CHOICES", fmt.Sprintf("Value must be one of %v.", types)}), false
	}
	if errs := unknown("callback", body); len(errs) > 0 {
		return r.violation(c, errs...), false
	}
	if refused, ok := r.carry(c, i, resp.Type, resp.Data); !ok {
		return refused, false
	}
	i.first = &Response{Type: resp.Type, Data: resp.Data, At: c.at}
	close(i.responded)
	if resp.Type != ResponseDeferred {
		i.answered()
	}
	return answer{}, true
}

// responses are the types that an interaction can be answered with first.
func (i *Interaction) responses() []int {
	switch {
	case i.kind == kindAutocomplete:
		return []int{ResponseChoices}
	case i.kind == kindCommand:
		return []int{ResponseMessage, ResponseDeferred, ResponseModal}
	case i.kind == kindComponent:
		return []int{ResponseMessage, ResponseDeferred, ResponseDeferredUpdate, ResponseUpdate, ResponseModal}
	case i.source != nil: // a modal from a message
		return []int{ResponseMessage, ResponseDeferred, ResponseDeferredUpdate, ResponseUpdate}
	}
	return []int{ResponseMessage, ResponseDeferred}
}

// carry does what a first response says.
func (r *restServer) carry(c *call, i *Interaction, kind int, data json.RawMessage) (answer, bool) {
	if data == nil {
		data = json.RawMessage("{}")
	}
	switch kind {
	case ResponseMessage:
		return r.respondMessage(c, i, data)
	case ResponseDeferred:
		var d struct {
			Flags int `json:"flags"`
		}
		if err := json.Unmarshal(data, &d); err != nil {
			return r.violation(c, fieldError{"data", "BASE_TYPE_BAD", err.Error()}), false
		}
		i.original = r.reply(i, d.Flags, c.at)
		i.original.first = true
		i.original.Flags |= loading
	case ResponseDeferredUpdate:
		i.original = i.source
	case ResponseUpdate:
		d, refused := r.draft(c, data, i.source)
		if d == nil {
			return refused, false
		}
		i.original = i.source
		r.change(i.source, d, c.at)
	case ResponseChoices:
		return r.checked(c, checkChoices(data))
	case ResponseModal:
		return r.checked(c, checkModal(data))
	}
	return answer{}, true
}

func (r *restServer) checked(c *call, errs []fieldError) (answer, bool) {
	if len(errs) > 0 {
		return r.violation(c, c.inData(errs)...), false
	}
	return answer{}, true
}

// inData are errors in a message as they are in the whole body: a first response has it in "data".
func (c *call) inData(errs []fieldError) []fieldError {
	if !strings.HasSuffix(c.e.path, "/callback") {
		return errs
	}
	out := make([]fieldError, len(errs))
	for n, e := range errs {
		e.Path = strings.TrimSuffix("data."+e.Path, ".")
		out[n] = e
	}
	return out
}

func (r *restServer) respondMessage(c *call, i *Interaction, data json.RawMessage) (answer, bool) {
	d, refused := r.draft(c, data, nil)
	if d == nil {
		return refused, false
	}
	m := r.reply(i, d.Flags, c.at)
	m.first = true
	d.apply(m)
	i.original = m
	r.show(m, false)
	return answer{}, true
}

// reply adds an empty message that answers an interaction, for all or for the user alone.
func (r *restServer) reply(i *Interaction, flags int, at time.Time) *message {
	m := &message{ch: i.ch, of: i}
	if flags&Ephemeral != 0 {
		m.Flags, m.For = Ephemeral, i.User.ID
	}
	r.add(m, at)
	i.replies = append(i.replies, m)
	return m
}
