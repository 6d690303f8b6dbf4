package check

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"
)

// menus are the elements that are in sections, actions and inputs alike:
// https://docs.slack.dev/reference/block-kit/block-elements
func menus() []string {
	return []string{"checkboxes", "datepicker", "radio_buttons", "timepicker",
		"static_select", "external_select", "users_select", "conversations_select", "channels_select",
		"multi_static_select", "multi_external_select", "multi_users_select", "multi_conversations_select",
		"multi_channels_select"}
}

func accessoryElements() []string {
	return append(menus(), "button", "image", "overflow", "workflow_button")
}

func actionsElements() []string {
	return append(menus(), "button", "datetimepicker", "overflow", "rich_text_input", "workflow_button")
}

func inputElements() []string {
	return append(menus(), "datetimepicker", "email_text_input", "file_input", "number_input", "plain_text_input",
		"rich_text_input", "url_text_input")
}

// element checks an element that has to be of one of the allowed types.
func (c *checker) element(at string, v any, allowed []string) {
	o, ok := c.object(at, v)
	if !ok {
		return
	}
	if !slices.Contains(allowed, kind(o)) {
		c.say("%s is an element of the type %s, which is not allowed there", at, short(o["type"]))
		return
	}
	if only, ok := onlySurface(kind(o)); ok && only != c.on {
		c.say("%s is of the type %s, which is not allowed in a %s", at, kind(o), c.on)
	}
	c.str(o, at, "action_id", 1, 255)
	c.textIn(o, at, "placeholder", 150, "plain_text")
	c.confirm(o, at)
	c.focus(o, at)
	switch kind(o) {
	case "button", "icon_button", "workflow_button", "feedback_buttons", "image", "overflow":
		c.pressed(o, at)
	case "static_select", "multi_static_select", "checkboxes", "radio_buttons":
		c.chosen(o, at)
	case "external_select", "multi_external_select", "users_select", "multi_users_select", "conversations_select",
		"multi_conversations_select", "channels_select", "multi_channels_select":
		c.lookedUp(o, at)
	default:
		c.typed(o, at)
	}
}

// onlySurface is the one surface that an element may be on, of those that may not be on all:
// https://docs.slack.dev/reference/block-kit/block-elements/workflow-button-element, and file-input-element there.
func onlySurface(element string) (surface, bool) {
	switch element {
	case "workflow_button":
		return inMessage, true
	case "file_input":
		return inModal, true
	}
	return "", false
}

// focus checks that one element at most is focused when a view opens, as the page of each such element says.
func (c *checker) focus(o object, at string) {
	c.boolean(o, at, "focus_on_load")
	if o["focus_on_load"] != true {
		return
	}
	if c.focused != "" {
		c.say("%s.focus_on_load is true, and that of %s is, too", at, c.focused)
		return
	}
	c.focused = at
}

func (c *checker) pressed(o object, at string) {
	switch kind(o) {
	case "button": // https://docs.slack.dev/reference/block-kit/block-elements/button-element
		c.needText(o, at, "text", 75, "plain_text")
		c.str(o, at, "url", 1, 3000)
		c.str(o, at, "value", 0, 2000)
		c.str(o, at, "accessibility_label", 1, 75)
		c.oneOf(o, at, "style", "primary", "danger")
	case "icon_button": // https://docs.slack.dev/reference/block-kit/block-elements/icon-button-element
		c.needText(o, at, "text", 75, "plain_text")
		c.need(o, at, "icon", 1, 75)
		c.str(o, at, "value", 0, 2000)
	case "workflow_button": // https://docs.slack.dev/reference/block-kit/block-elements/workflow-button-element
		c.needText(o, at, "text", 75, "plain_text")
		c.oneOf(o, at, "style", "primary", "danger")
		if _, there := o["workflow"]; !there {
			c.say("%s.workflow is missing", at)
		}
	case "feedback_buttons": // https://docs.slack.dev/reference/block-kit/block-elements/feedback-buttons-element
		for _, name := range []string{"positive_button", "negative_button"} {
			if b, ok := c.object(field(at, name), o[name]); ok {
				c.needText(b, field(at, name), "text", 75, "plain_text")
				c.need(b, field(at, name), "value", 0, 2000)
			}
		}
	case "image": // https://docs.slack.dev/reference/block-kit/block-elements/image-element
		c.image(o, at)
	case "overflow": // https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element
		c.options(o, at, overflowChoice())
	}
}

// chosen: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element and the pages of checkboxes, radio
// buttons and multi-select menus.
func (c *checker) chosen(o object, at string) {
	c.integer(o, at, "max_selected_items", 1, 1<<31-1)
	if kind(o) == "checkboxes" || kind(o) == "radio_buttons" {
		c.initial(o, at, c.options(o, at, buttonsChoice()), buttonsChoice())
		return
	}
	c.initial(o, at, c.optionsOrGroups(o, at), menuChoice())
}

// lookedUp checks the menus whose options are not in the message.
func (c *checker) lookedUp(o object, at string) {
	c.integer(o, at, "max_selected_items", 1, 1<<31-1)
	c.integer(o, at, "min_query_length", 0, 1<<31-1)
	if kind(o) == "external_select" || kind(o) == "multi_external_select" {
		for _, name := range []string{"options", "option_groups"} {
			if _, there := o[name]; there {
				c.say("%s.%s: its options come from the answer to a block_suggestion", at, name)
			}
		}
		if v, there := o["initial_option"]; there {
			c.option(field(at, "initial_option"), v, menuChoice())
		}
		for i, v := range c.list(o, at, "initial_options", 0, 100) {
			c.option(item(field(at, "initial_options"), i), v, menuChoice())
		}
	}
	c.conversations(o, at)
	c.boolean(o, at, "response_url_enabled")
	if o["response_url_enabled"] == true && c.on != inModal { // the select menu's page
		c.say("%s.response_url_enabled is for modals only", at)
	}
}

// conversations checks what is special in menus of conversations: which there are, and which is chosen at first.
// https://docs.slack.dev/reference/block-kit/composition-objects/conversation-filter-object
func (c *checker) conversations(o object, at string) {
	own := kind(o) == "conversations_select" || kind(o) == "multi_conversations_select"
	for _, name := range []string{"default_to_current_conversation", "filter"} {
		if _, there := o[name]; there && !own {
			c.say("%s.%s is for menus of conversations only", at, name)
		}
	}
	c.boolean(o, at, "default_to_current_conversation")
	v, there := o["filter"]
	if !there {
		return
	}
	at = field(at, "filter")
	f, ok := c.object(at, v)
	if ok && len(f) == 0 {
		c.say("%s has no fields; one at least is needed", at)
	}
	c.boolean(f, at, "exclude_bot_users")
	c.boolean(f, at, "exclude_external_shared_channels")
	if _, there := f["include"]; there {
		for i, v := range c.list(f, at, "include", 1, 4) {
			c.oneOf(object{"": v}, item(field(at, "include"), i), "", "im", "mpim", "private", "public")
		}
	}
}

// typed checks what is written rather than chosen: text, numbers, moments, files.
func (c *checker) typed(o object, at string) {
	switch kind(o) {
	case "plain_text_input": // https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element
		low, _ := c.integer(o, at, "min_length", 0, 3000)
		high, limited := c.integer(o, at, "max_length", 1, 3000)
		if !limited || high > 3000 {
			high = 3000
		}
		if low > high {
			c.say("%s.min_length %d is more than max_length %d", at, low, high)
		}
		c.str(o, at, "initial_value", 0, max(high, 0))
		c.boolean(o, at, "multiline")
	case "number_input": // https://docs.slack.dev/reference/block-kit/block-elements/number-input-element
		c.numberInput(o, at)
	case "email_text_input", "url_text_input":
		c.str(o, at, "initial_value", 0, 3000)
	case "rich_text_input": // https://docs.slack.dev/reference/block-kit/block-elements/rich-text-input-element
		if v, there := o["initial_value"]; there {
			if b, ok := c.object(field(at, "initial_value"), v); ok {
				c.richText(b, field(at, "initial_value"))
			}
		}
	case "file_input": // https://docs.slack.dev/reference/block-kit/block-elements/file-input-element
		c.integer(o, at, "max_files", 1, 10)
	case "datepicker": // https://docs.slack.dev/reference/block-kit/block-elements/date-picker-element
		c.moment(o, at, "initial_date", time.DateOnly)
	case "timepicker": // https://docs.slack.dev/reference/block-kit/block-elements/time-picker-element
		c.moment(o, at, "initial_time", "15:04")
	case "datetimepicker": // https://docs.slack.dev/reference/block-kit/block-elements/datetime-picker-element
		c.integer(o, at, "initial_date_time", 1_000_000_000, 9_999_999_999)
	}
}

func (c *checker) moment(o object, at, name, layout string) {
	v, there := o[name]
	if !there {
		return
	}
	s, _ := v.(string)
	if _, err := time.Parse(layout, s); err != nil {
		c.say("%s is %s; the form %s is needed", field(at, name), short(v), layout)
	}
}

// numberInput checks numbers that are strings, which need no limits, but is_decimal_allowed.
func (c *checker) numberInput(o object, at string) {
	if _, there := o["is_decimal_allowed"]; !there {
		c.say("%s.is_decimal_allowed is missing", at)
	}
	c.boolean(o, at, "is_decimal_allowed")
	for _, name := range []string{"initial_value", "min_value", "max_value"} {
		v, there := o[name]
		if !there {
			continue
		}
		s, ok := v.(string)
		_, err := strconv.ParseFloat(s, 64)
		_, whole := strconv.ParseInt(s, 10, 64)
		switch {
		case !ok || err != nil || !json.Valid([]byte(s)):
			c.say("%s is %s; a string with a number is needed", field(at, name), short(v))
		case whole != nil && o["is_decimal_allowed"] == false:
			c.say("%s is %s, and decimals are not allowed", field(at, name), short(v))
		}
	}
}
