package slacktest

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// What a user is told where an acknowledgement is no good.
var (
	errCommand = errors.New("invalid_command_response")
	errView    = errors.New("invalid_view_response")
	errOptions = errors.New("invalid_options_response")
)

// answered takes the app's acknowledgement, or that there was none.
func (w *webServer) answered(i *Interaction, raw json.RawMessage, err error) {
	w.do(func() {
		if string(raw) == "null" {
			raw = nil
		}
		i.answer, i.err = raw, err
		if err == nil {
			i.err = w.carryOutAnswer(i, raw)
		}
		w.later(func() { close(i.finished) })
	})
}

// carryOutAnswer does what an acknowledgement says. The error is what the user sees where it is no good.
func (w *webServer) carryOutAnswer(i *Interaction, raw json.RawMessage) error {
	switch i.kind {
	case "slash_command":
		return w.answerCommand(i, raw)
	case "block_suggestion":
		return w.answerSuggestion(i, raw)
	case "view_submission":
		return w.answerSubmission(i, raw)
	}
	return nil
}

// answerCommand shows the message that a command was acknowledged with, to the user alone unless it says otherwise.
// https://docs.slack.dev/interactivity/implementing-slash-commands#responding
func (w *webServer) answerCommand(i *Interaction, raw json.RawMessage) error {
	var r response
	if raw == nil || string(raw) == "{}" {
		return nil
	}
	if err := json.Unmarshal(raw, &r); err != nil {
		w.fault("acknowledgement of a command", err.Error())
		return errCommand
	}
	if r.Text == "" && empty(r.Blocks) && empty(r.Attachments) {
		return nil // a response_type alone shows the command to all
	}
	if a, ok := w.carryOut("acknowledgement of a command", i, &r, time.Now()); !ok {
		w.fault("acknowledgement of a command", string(encode(a.body)))
		return errCommand
	}
	return nil
}

// Limits of suggested options. https://docs.slack.dev/reference/block-kit/composition-objects/option-object
const (
	maxOptions     = 100
	maxOptionText  = 75
	maxOptionValue = 150
)

// answerSuggestion reads the options that an external menu offers.
// https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload
func (w *webServer) answerSuggestion(i *Interaction, raw json.RawMessage) error {
	type option struct {
		Text  struct{ Type, Text string }
		Value string
	}
	var o struct {
		Options []option `json:"options"`
		Groups  []struct {
			Options []option `json:"options"`
		} `json:"option_groups"`
	}
	if err := json.Unmarshal(raw, &o); err != nil {
		w.fault("block_suggestion", "the answer has no options: "+string(raw))
		return errOptions
	}
	for _, g := range o.Groups {
		o.Options = append(o.Options, g.Options...)
	}
	if len(o.Options) > maxOptions {
		w.fault("block_suggestion", "more than 100 options")
		return errOptions
	}
	for _, opt := range o.Options {
		text, value := []rune(opt.Text.Text), []rune(opt.Value)
		if len(text) == 0 || len(text) > maxOptionText || len(value) == 0 || len(value) > maxOptionValue {
			w.fault("block_suggestion", fmt.Sprintf("an option needs a text of 1-75 and a value of 1-150 characters: %+v", opt))
			return errOptions
		}
		i.options = append(i.options, Option{opt.Text.Text, opt.Value})
	}
	if i.view != nil {
		i.view.offered[i.menu] = i.options
	} else {
		i.source.offered = map[string][]Option{i.menu: i.options}
	}
	return nil
}

// answerSubmission does what follows on a modal: nothing closes it.
// https://docs.slack.dev/surfaces/modals#response_actions
func (w *webServer) answerSubmission(i *Interaction, raw json.RawMessage) error {
	var o struct {
		Action string            `json:"response_action"`
		Errors map[string]string `json:"errors"`
		View   json.RawMessage   `json:"view"`
	}
	if raw != nil && json.Unmarshal(raw, &o) != nil {
		w.fault("view_submission", "the answer is no object: "+string(raw))
		return errView
	}
	bad := func(text string) error {
		w.fault("view_submission", text)
		return errView
	}
	stack := i.team.modals[i.User.ID]
	switch o.Action {
	case "":
		if o.View != nil || o.Errors != nil {
			return bad("an answer without response_action: " + string(raw))
		}
		i.team.close(i.view)
	case "clear":
		delete(i.team.modals, i.User.ID)
	case "errors":
		if len(o.Errors) == 0 {
			return bad("no errors")
		}
		for block := range o.Errors {
			if !hasInput(i.view.Blocks, block) {
				return bad("an error for a block that is no input: " + block)
			}
		}
	case "update", "push":
		if a, ok := w.checkViewOf(o.View, "modal"); !ok {
			return bad(string(encode(a.body)))
		}
		if o.Action == "push" {
			v, code := w.push(i, o.View)
			if code != "" {
				return bad(code)
			}
			i.exchanged = v
		} else if slices.Contains(stack, i.view) {
			w.set(i.view, o.View)
			i.exchanged = i.view
		}
	default:
		return bad("unknown response_action " + o.Action)
	}
	return nil
}

// hasInput reports whether there is an input block of an ID.
func hasInput(blocks json.RawMessage, blockID string) bool {
	return slices.ContainsFunc(elements(blocks), func(e element) bool { return e.BlockID == blockID && e.input })
}

// close takes a modal off the stack, with those above it.
func (t *team) close(v *view) {
	stack := t.modals[v.User]
	if n := slices.Index(stack, v); n > 0 {
		t.modals[v.User] = stack[:n]
	} else if n == 0 {
		delete(t.modals, v.User)
	}
}
