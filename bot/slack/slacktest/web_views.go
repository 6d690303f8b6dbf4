package slacktest

import (
	"encoding/json"
	"time"
)

// triggerLife is how long a trigger_id can be used.
// https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses
const triggerLife = 3 * time.Second

// maxStack is how many modals there may be over each other. https://docs.slack.dev/surfaces/modals#view_stack
const maxStack = 3

// maxView is how large a view may be, in bytes. https://docs.slack.dev/reference/methods/views.open#errors
const maxView = 250_000

// trigger is the interaction whose trigger_id a request has, or the code of why it cannot be used.
func (w *webServer) trigger(c *call) (*Interaction, string) {
	i := w.talks.byTrigger[c.args["trigger_id"]]
	switch {
	case i == nil:
		return nil, "invalid_trigger_id"
	case c.at.Sub(i.At) > triggerLife:
		return nil, "expired_trigger_id"
	case i.exchanged != nil:
		return nil, "exchanged_trigger_id"
	}
	return i, ""
}

// wanted is the view of a request when it is good; kind is "modal" or "home".
func (w *webServer) wanted(c *call, kind string) (json.RawMessage, reply, bool) {
	raw := c.raw("view")
	if len(raw) > maxView {
		return nil, refuse("view_too_large"), false
	}
	if a, ok := w.checkViewOf(raw, kind); !ok {
		return nil, a, false
	}
	return raw, reply{}, true
}

// checkViewOf says what is wrong with a view; the answer counts only when false comes with it.
func (w *webServer) checkViewOf(raw json.RawMessage, kind string) (reply, bool) {
	var head struct {
		Type   string            `json:"type"`
		Blocks []json.RawMessage `json:"blocks"`
	}
	switch err := json.Unmarshal(raw, &head); {
	case err != nil:
		return refuse("invalid_arguments", "[ERROR] view is no object [json-pointer:/view]"), false
	case head.Type != kind:
		return refuse("invalid_arguments", "[ERROR] must be "+kind+" [json-pointer:/view/type]"), false
	}
	if wrong := w.checkView(raw); len(wrong) > 0 {
		return refuseAll(wrong, "invalid_arguments"), false
	}
	return reply{}, true
}

// viewsOpen: https://docs.slack.dev/reference/methods/views.open
func (w *webServer) viewsOpen(c *call) reply {
	raw, a, ok := w.wanted(c, "modal")
	if !ok {
		return a
	}
	i, code := w.trigger(c)
	if code != "" {
		return refuse(code)
	}
	v := w.newView(i.team, i.User.ID, raw)
	if v.ExternalID != "" && i.team.modal("", v.ExternalID) != nil {
		return refuse("duplicate_external_id")
	}
	i.exchanged, v.current = v, i.ch
	i.team.modals[v.User] = []*view{v}
	return done(object{"view": w.viewJSON(v, object{})})
}

// viewsPush: https://docs.slack.dev/reference/methods/views.push
func (w *webServer) viewsPush(c *call) reply {
	raw, a, ok := w.wanted(c, "modal")
	if !ok {
		return a
	}
	i, code := w.trigger(c)
	if code != "" {
		return refuse(code)
	}
	v, code := w.push(i, raw)
	if code != "" {
		return refuse(code)
	}
	i.exchanged = v
	return done(object{"view": w.viewJSON(v, object{})})
}

// push puts a modal over the one that an interaction came from.
func (w *webServer) push(i *Interaction, raw json.RawMessage) (*view, string) {
	stack := i.team.modals[i.User.ID]
	switch {
	case len(stack) == 0:
		return nil, "not_found"
	case len(stack) >= maxStack:
		return nil, "push_limit_reached"
	}
	v := w.newView(i.team, i.User.ID, raw)
	if v.ExternalID != "" && i.team.modal("", v.ExternalID) != nil {
		return nil, "duplicate_external_id"
	}
	v.current = stack[0].current
	v.Root, v.Previous = stack[0].ID, stack[len(stack)-1].ID
	i.team.modals[i.User.ID] = append(stack, v)
	return v, ""
}

// viewsUpdate: https://docs.slack.dev/reference/methods/views.update
func (w *webServer) viewsUpdate(c *call) reply {
	raw, a, ok := w.wanted(c, "modal")
	if !ok {
		return a
	}
	var v *view
	for _, t := range w.teamsOf(c) {
		if v = t.modal(c.args["view_id"], c.args["external_id"]); v != nil {
			break
		}
	}
	switch hash := c.args["hash"]; {
	case v == nil:
		return refuse("not_found")
	case hash != "" && hash != v.Hash:
		return refuse("hash_conflict")
	}
	w.set(v, raw)
	return done(object{"view": w.viewJSON(v, object{})})
}

// viewsPublish: https://docs.slack.dev/reference/methods/views.publish
func (w *webServer) viewsPublish(c *call) reply {
	raw, a, ok := w.wanted(c, "home")
	if !ok {
		return a
	}
	user := c.args["user_id"]
	for _, t := range w.teamsOf(c) {
		if _, ok := t.byID[user]; !ok {
			continue
		}
		v := t.homes[user]
		if hash := c.args["hash"]; hash != "" && (v == nil || v.Hash != hash) {
			return refuse("hash_conflict")
		}
		if v == nil {
			v = w.newView(t, user, raw)
			t.homes[user] = v
		} else {
			w.set(v, raw)
		}
		w.recorder.pings += pings("", v.Blocks)
		return done(object{"view": w.viewJSON(v, object{})})
	}
	return refuse("user_not_found")
}
