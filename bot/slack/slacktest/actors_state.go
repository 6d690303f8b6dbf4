package slacktest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// values are what the fields of blocks hold, by block_id and action_id: those that a user has entered, and else the initial
// ones. Entered are values by action_id; offered is what was suggested for menus.
// https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload#state
func values(blocks json.RawMessage, entered map[string]string, offered map[string][]Option) object {
	out := object{}
	for _, e := range elements(blocks) {
		if !e.stateful() {
			continue
		}
		if out[e.BlockID] == nil {
			out[e.BlockID] = object{}
		}
		text, ok := entered[e.ActionID]
		out[e.BlockID].(object)[e.ActionID] = e.value(text, ok, offered[e.ActionID]) //nolint:errcheck // made above
	}
	return out
}

func (v *view) values(entered map[string]string) object {
	return values(v.Blocks, v.withCurrent(entered), v.offered)
}

// withCurrent is what was entered, with the conversation that the user looked at in menus that begin with it.
func (v *view) withCurrent(entered map[string]string) map[string]string {
	all := map[string]string{}
	for _, e := range elements(v.Blocks) {
		if e.fields["default_to_current_conversation"] == true && v.current != nil && e.offers(v.current) {
			all[e.ActionID] = v.current.ID
		}
	}
	maps.Copy(all, entered)
	return all
}

// offers reports whether a menu of conversations has one of them.
// https://docs.slack.dev/reference/block-kit/composition-objects/conversation-filter-object
func (e element) offers(ch *channel) bool {
	filter, _ := e.fields["filter"].(map[string]any)
	include, ok := filter["include"].([]any)
	kinds := map[string]any{Public: "public", Private: "private", IM: "im", MPIM: "mpim"}
	return !ok || slices.Contains(include, kinds[ch.Kind])
}

// mistaken is a conversation that was entered where the menu has no such; "" is none.
func (v *view) mistaken(entered map[string]string) string {
	for _, e := range elements(v.Blocks) {
		if id := entered[e.ActionID]; e.Type == "conversations_select" && id != "" {
			if ch := v.team.channels[id]; ch == nil || !e.offers(ch) {
				return id
			}
		}
	}
	return ""
}

// missing is the first field that a user would have to fill in before they can submit a modal; "" is none.
func (v *view) missing(entered map[string]string) string {
	entered = v.withCurrent(entered)
	for _, e := range elements(v.Blocks) {
		field, _ := e.holds()
		text, ok := entered[e.ActionID]
		held := e.value(text, ok, v.offered[e.ActionID])[field]
		if list, ok := held.([]any); ok && len(list) == 0 {
			held = nil
		}
		if e.input && !e.optional && held == nil {
			return e.ActionID
		}
	}
	return ""
}

// stateful reports whether an element holds a value.
func (e element) stateful() bool {
	switch e.Type {
	case "button", "overflow", "icon_button", "feedback_buttons":
		return false
	}
	return true
}

// holds names the field of an element's value, and that of the initial one.
func (e element) holds() (field, initial string) {
	switch {
	case strings.HasSuffix(e.Type, "_input"):
		return "value", "initial_value"
	case e.Type == "checkboxes", e.Type == "multi_static_select", e.Type == "multi_external_select":
		return "selected_options", "initial_options"
	case e.Type == "users_select":
		return "selected_user", "initial_user"
	case e.Type == "multi_users_select":
		return "selected_users", "initial_users"
	case e.Type == "conversations_select":
		return "selected_conversation", "initial_conversation"
	case e.Type == "multi_conversations_select":
		return "selected_conversations", "initial_conversations"
	case e.Type == "channels_select":
		return "selected_channel", "initial_channel"
	case e.Type == "multi_channels_select":
		return "selected_channels", "initial_channels"
	case strings.HasSuffix(e.Type, "picker"):
		kind := map[string]string{"datepicker": "date", "timepicker": "time", "datetimepicker": "date_time"}[e.Type]
		return "selected_" + kind, "initial_" + kind
	}
	return "selected_option", "initial_option"
}

// value is what an element holds: what was entered, or what it began with. Of several, the values stand with commas
// between.
func (e element) value(text string, entered bool, offered []Option) object {
	field, initial := e.holds()
	o := object{"type": e.Type, field: nil}
	if strings.HasSuffix(field, "s") {
		o[field] = []any{}
	}
	if !entered {
		if v := e.fields[initial]; v != nil {
			o[field] = v
		}
		return o
	}
	switch {
	case text == "":
	case field == "selected_option":
		o[field] = e.option(text, offered)
	case field == "selected_options":
		list := []any{}
		for part := range strings.SplitSeq(text, ",") {
			list = append(list, e.option(part, offered))
		}
		o[field] = list
	case strings.HasSuffix(field, "s"):
		o[field] = strings.Split(text, ",")
	case field == "selected_date_time":
		o[field] = json.Number(text)
	default:
		o[field] = text
	}
	return o
}

// option is the one of a value, as the app has given it. That a test chooses another is its mistake.
func (e element) option(value string, offered []Option) any {
	if found := optionOf(e.fields, value); found != nil {
		return found
	}
	for _, o := range offered {
		if o.Value == value {
			return object{"text": object{"type": "plain_text", "text": o.Text, "emoji": true}, "value": value}
		}
	}
	panic(fmt.Sprintf("slacktest: %s %q does not offer %q; what the app offers is to be suggested first", e.Type, e.ActionID,
		value))
}

// optionOf is an option in an element, in a group or not, or nil.
func optionOf(fields map[string]any, value string) any {
	list, _ := fields["options"].([]any)
	groups, _ := fields["option_groups"].([]any)
	for _, g := range groups {
		if g, ok := g.(map[string]any); ok {
			in, _ := g["options"].([]any)
			list = append(list, in...)
		}
	}
	for _, o := range list {
		if o, ok := o.(map[string]any); ok && o["value"] == value {
			return o
		}
	}
	if o, ok := fields["initial_option"].(map[string]any); ok && o["value"] == value {
		return o
	}
	return nil
}

// action is an element that somebody used, as in a payload's actions.
func (e element) action(text, ts string, offered []Option) object {
	o := object{"action_id": e.ActionID, "block_id": e.BlockID, "type": e.Type, "action_ts": ts}
	if e.Type == "button" {
		for _, name := range []string{"text", "value", "style", "url"} {
			if v := e.fields[name]; v != nil {
				o[name] = v
			}
		}
		return o
	}
	for name, v := range e.value(text, true, offered) {
		o[name] = v
	}
	if v := e.fields["placeholder"]; v != nil {
		o["placeholder"] = v
	}
	return o
}
