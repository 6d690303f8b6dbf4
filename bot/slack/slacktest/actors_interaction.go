package slacktest

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"time"
)

// Interaction is something that a user did with the app.
type Interaction struct {
	TriggerID   string // "" of a suggestion and of what closes or refuses nothing
	ResponseURL string // "" where there is none
	User        User
	At          time.Time

	w       *webServer
	kind    string // the type of its payload; "slash_command" of a command
	key     string // of its response URL: the path
	team    *team
	ch      *channel // nil outside of channels
	source  *message // that it came from, or nil
	view    *view    // that it came from, or nil
	menu    string   // action_id, of a suggestion
	payload json.RawMessage
	form    url.Values // of a command

	// Guarded by the lock of the webServer.
	answer    json.RawMessage
	err       error
	messages  []*message
	options   []Option
	uses      int   // of the response URL
	exchanged *view // for the trigger, or what the acknowledgement pushed or changed
	finished  chan struct{}
}

// Option is one of a menu.
type Option struct{ Text, Value string }

// talks are the interactions there were. They are guarded by the lock of the webServer.
type talks struct {
	order     []*Interaction
	byTrigger map[string]*Interaction
	byURL     map[string]*Interaction
}

func newTalks() talks {
	return talks{byTrigger: map[string]*Interaction{}, byURL: map[string]*Interaction{}}
}

// Done is closed when the interaction is acknowledged, or has failed.
func (i *Interaction) Done() <-chan struct{} { return i.finished }

// Wait waits until the app has acknowledged the interaction. The error is that of ctx, or what the user would see.
func (i *Interaction) Wait(ctx context.Context) error {
	select {
	case <-i.finished:
		i.w.mu.Lock()
		defer i.w.mu.Unlock()
		return i.err
	case <-ctx.Done():
		return fmt.Errorf("%s: %w", i.kind, context.Cause(ctx))
	}
}

// Answer is what the app acknowledged the interaction with; nil is nothing.
func (i *Interaction) Answer() json.RawMessage {
	i.w.mu.Lock()
	defer i.w.mu.Unlock()
	return i.answer
}

// Messages are those that came of the interaction, by its response URL or acknowledgement, as they are now; those that were
// deleted are not among them.
func (i *Interaction) Messages() []Message {
	i.w.mu.Lock()
	defer i.w.mu.Unlock()
	out := []Message{}
	for _, m := range i.messages {
		if !m.Deleted {
			out = append(out, m.Message)
		}
	}
	return out
}

// Options are those that the app suggested.
func (i *Interaction) Options() []Option {
	i.w.mu.Lock()
	defer i.w.mu.Unlock()
	return slices.Clone(i.options)
}

// View is the modal that the app opened or pushed for the interaction; false says that there is none.
func (i *Interaction) View() (View, bool) {
	i.w.mu.Lock()
	defer i.w.mu.Unlock()
	if i.exchanged == nil {
		return View{}, false
	}
	return i.exchanged.View, true
}

// Errors are what the app told the user of the fields of a modal they submitted, by block_id.
func (i *Interaction) Errors() map[string]string {
	var o struct {
		Action string            `json:"response_action"`
		Errors map[string]string `json:"errors"`
	}
	if a := i.Answer(); a == nil || json.Unmarshal(a, &o) != nil || o.Action != "errors" {
		return nil
	}
	return o.Errors
}

// Payload is what the app was told.
func (i *Interaction) Payload() json.RawMessage { return i.payload }

// act completes an interaction, with the fields that only its kind has, and delivers it.
func (w *webServer) act(i *Interaction, fields func() object) *Interaction {
	w.do(func() {
		w.enter(i)
		o := w.base(i)
		maps.Copy(o, fields())
		if i.kind == "slash_command" {
			i.form = url.Values{}
			for name, v := range o {
				i.form.Set(name, fmt.Sprint(v))
			}
		}
		i.payload = encode(o)
		p := i.parcel()
		p.answered = func(answer json.RawMessage, err error) { w.answered(i, answer, err) }
		w.later(func() { w.s.delivery.send(p) })
	})
	return i
}

// enter gives an interaction what it is known by.
func (w *webServer) enter(i *Interaction) {
	i.w, i.team = w, w.meet(i.User)
	if i.ch != nil {
		i.team = i.ch.team
	}
	i.At = time.Now().Add(-i.User.Lag)
	i.finished = make(chan struct{})
	n := w.serial()
	if i.kind != "block_suggestion" && i.kind != "view_closed" {
		i.TriggerID = fmt.Sprintf("%d.%d.%08x", i.At.UnixMilli(), n, uint32(n)*2654435761)
		w.talks.byTrigger[i.TriggerID] = i
	}
	if i.ch != nil && i.kind != "block_suggestion" {
		path := "/actions/"
		if i.kind == "slash_command" {
			path = "/commands/"
		}
		i.key = fmt.Sprintf("%s%s/%d/s%08x", path, i.team.ID, n, uint32(n)*2246822519)
		i.ResponseURL = w.s.url + i.key
		w.talks.byURL[i.key] = i
	}
	t := &w.talks
	t.order = append(t.order, i)
	if w.keep > 0 && len(t.order) > 2*w.keep {
		for _, old := range t.order[:w.keep] {
			delete(t.byTrigger, old.TriggerID)
			delete(t.byURL, old.key)
		}
		t.order = slices.Clone(t.order[w.keep:])
	}
}

// parcel is an interaction as it is delivered.
func (i *Interaction) parcel() parcel {
	if i.kind == "slash_command" {
		return parcel{kind: kindSlash, payload: i.payload, form: i.form}
	}
	return parcel{kind: kindInteractive, payload: i.payload, options: i.kind == "block_suggestion"}
}

// Redo delivers an interaction once more, as it was. What the app answers to that is not looked at.
func (s *Server) Redo(i *Interaction) { s.delivery.send(i.parcel()) }
