package slacktest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// element is a part of a block that a user can do something with.
type element struct {
	BlockID  string
	ActionID string
	Type     string
	fields   map[string]any
	input    bool // in an input block
	dispatch bool // of an input block: what is entered is an action
	optional bool
}

// interactive reports whether a type is of an element that has an action_id.
// https://docs.slack.dev/reference/block-kit/block-elements
func interactive(kind string) bool {
	switch kind {
	case "button", "overflow", "checkboxes", "radio_buttons", "datepicker", "timepicker", "datetimepicker", "feedback_buttons",
		"icon_button":
		return true
	}
	return strings.HasSuffix(kind, "_select") || strings.HasSuffix(kind, "_input")
}

func decode(raw json.RawMessage) []map[string]any {
	var list []map[string]any
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	_ = d.Decode(&list) // what cannot be read was refused
	return list
}

// walk calls f for each interactive element under a value.
func walk(v any, f func(map[string]any)) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			walk(e, f)
		}
	case map[string]any:
		kind, _ := v["type"].(string)
		if kind == "rich_text" || kind == "plain_text" || kind == "mrkdwn" {
			return
		}
		if interactive(kind) {
			f(v)
			return
		}
		for _, key := range []string{"elements", "element", "accessory", "actions", "blocks", "cards"} {
			walk(v[key], f)
		}
	}
}

// fillIDs gives IDs to blocks and elements that have none, as Slack does.
func (w *webServer) fillIDs(raw json.RawMessage) json.RawMessage {
	blocks := decode(raw)
	changed := false
	fill := func(o map[string]any, key string) {
		if id, _ := o[key].(string); id == "" {
			o[key] = fmt.Sprintf("b%04x", w.serial())
			changed = true
		}
	}
	for _, b := range blocks {
		fill(b, "block_id")
		walk(b, func(e map[string]any) { fill(e, "action_id") })
	}
	if !changed {
		return raw
	}
	return encode(blocks)
}

// elements are those of blocks that have their IDs, in order.
func elements(raw json.RawMessage) []element {
	var list []element
	for _, b := range decode(raw) {
		id, _ := b["block_id"].(string)
		dispatch, _ := b["dispatch_action"].(bool)
		optional, _ := b["optional"].(bool)
		walk(b, func(fields map[string]any) {
			e := element{BlockID: id, fields: fields, input: b["type"] == "input", dispatch: dispatch, optional: optional}
			e.ActionID, _ = fields["action_id"].(string)
			e.Type, _ = fields["type"].(string)
			list = append(list, e)
		})
	}
	return list
}

// find is the element of an action_id.
func find(raw json.RawMessage, actionID string) (element, bool) {
	for _, e := range elements(raw) {
		if e.ActionID == actionID {
			return e, true
		}
	}
	return element{}, false
}
