package check

import (
	"testing"
)

func option(text, value string) object { return object{"text": plain(text), "value": value} }

func someOptions(n int) []any {
	return times(n, func(i int) any { return option("x", string(rune('a'+i))) })
}

func TestElementRules(t *testing.T) {
	in := func(e ...any) object { return object{"type": "actions", "elements": e} }
	button := func(more object) object { return in(with(object{"type": "button", "text": plain("x")}, more)) }
	dialog := func(more object) object {
		return button(object{"confirm": with(object{"title": plain("t"), "text": plain("x"), "confirm": plain("y"),
			"deny": plain("n")}, more)})
	}
	menu := func(more object) object {
		return in(with(object{"type": "static_select", "options": []any{option("x", "v")}}, more))
	}
	grouped := func(label string) object {
		return in(object{"type": "static_select", "option_groups": []any{
			object{"label": plain(label), "options": []any{option("x", "v")}}}})
	}
	external := func(more object) object { return in(with(object{"type": "external_select"}, more)) }
	conversations := func(name string, v any) object { return in(object{"type": "conversations_select", name: v}) }
	rules := []rule{
		{"elements", in(times(25, func(int) any { return object{"type": "datepicker"} })...),
			in(times(26, func(int) any { return object{"type": "datepicker"} })...), "25 are allowed"},
		{"no elements", button(nil), object{"type": "actions", "elements": []any{}}, "at least 1"},
		{"unknown element", button(nil), in(object{"type": "knob"}), `element of the type "knob"`},
		{"input element in actions", button(nil), in(object{"type": "plain_text_input"}), "not allowed there"},
		{"button text", button(object{"text": plain(long(75))}), button(object{"text": plain(long(76))}), "75 are allowed"},
		{"button text is there", button(nil), in(object{"type": "button"}), "text is missing"},
		{"button value", button(object{"value": long(2000)}), button(object{"value": long(2001)}), "2000 are allowed"},
		{"button url", button(object{"url": long(3000)}), button(object{"url": long(3001)}), "3000 are allowed"},
		{"button style", button(object{"style": "danger"}), button(object{"style": "default"}), "[primary danger]"},
		{"action_id", button(object{"action_id": long(255)}), button(object{"action_id": long(256)}), "255 are allowed"},
		{"action_id unique", in(object{"type": "datepicker", "action_id": "a"}, object{"type": "datepicker", "action_id": "b"}),
			in(object{"type": "datepicker", "action_id": "a"}, object{"type": "datepicker", "action_id": "a"}), "twice in the block"},
		{"confirm title", dialog(object{"title": plain(long(100))}), dialog(object{"title": plain(long(101))}), "100 are allowed"},
		{"confirm text", dialog(object{"text": plain(long(300))}), dialog(object{"text": plain(long(301))}), "300 are allowed"},
		{"confirm yes", dialog(object{"confirm": plain(long(30))}), dialog(object{"confirm": plain(long(31))}), "30 are allowed"},
		{"confirm no", dialog(object{"deny": plain(long(30))}), dialog(object{"deny": plain(long(31))}), "30 are allowed"},
		{"confirm style", dialog(object{"style": "primary"}), dialog(object{"style": "red"}), "[primary danger]"},
		{"options", menu(object{"options": someOptions(100)}), menu(object{"options": someOptions(101)}), "100 are allowed"},
		{"no options", menu(nil), menu(object{"options": []any{}}), "at least 1"},
		{"neither options nor groups", menu(nil), in(object{"type": "static_select"}), "neither options nor option_groups"},
		{"both", menu(nil), menu(object{"option_groups": []any{}}), "both options and option_groups"},
		{"group label", grouped(long(75)), grouped(long(76)), "75 are allowed"},
		{"option text", menu(object{"options": []any{option(long(75), "v")}}),
			menu(object{"options": []any{option(long(76), "v")}}), "75 are allowed"},
		{"option value", menu(object{"options": []any{option("x", long(150))}}),
			menu(object{"options": []any{option("x", long(151))}}), "150 are allowed"},
		{"option value empty", menu(nil), menu(object{"options": []any{option("x", "")}}), "value is empty"},
		{"option is plain", menu(nil), menu(object{"options": []any{object{"text": marked("x"), "value": "v"}}}), "[plain_text]"},
		{"initial option", menu(object{"initial_option": option("x", "v")}), menu(object{"initial_option": option("x", "w")}),
			"none of the options"},
		{"placeholder", menu(object{"placeholder": plain(long(150))}), menu(object{"placeholder": plain(long(151))}),
			"150 are allowed"},
		{"radio buttons", in(object{"type": "radio_buttons", "options": someOptions(10)}),
			in(object{"type": "radio_buttons", "options": someOptions(11)}), "10 are allowed"},
		{"overflow", in(object{"type": "overflow", "options": someOptions(5)}),
			in(object{"type": "overflow", "options": someOptions(6)}), "5 are allowed"},
		{"option url is overflow's", in(object{"type": "overflow", "options": []any{with(option("x", "v"), object{"url": "u"})}}),
			menu(object{"options": []any{with(option("x", "v"), object{"url": "u"})}}), "overflow menus only"},
		{"external options", external(object{"min_query_length": 0}), external(object{"options": someOptions(1)}),
			"answer to a block_suggestion"},
		{"min_query_length", external(object{"min_query_length": 3}), external(object{"min_query_length": 1.5}), "whole number"},
		{"filter", conversations("filter", object{"include": []any{"public", "private"}, "exclude_bot_users": true}),
			conversations("filter", object{}), "has no fields"},
		{"filter includes something", conversations("filter", object{"include": []any{"im", "mpim"}}),
			conversations("filter", object{"include": []any{}}), "at least 1"},
		{"what a filter includes", conversations("filter", object{"exclude_external_shared_channels": false}),
			conversations("filter", object{"include": []any{"channel"}}), "[im mpim private public]"},
		{"a filter's bots", nil, conversations("filter", object{"exclude_bot_users": "yes"}), "true or false"},
		{"filter of conversations only", nil, external(object{"filter": object{"include": []any{"im"}}}), "conversations only"},
		{"current conversation", conversations("default_to_current_conversation", true),
			conversations("default_to_current_conversation", "C1"), "true or false"},
		{"date", in(object{"type": "datepicker", "initial_date": "2026-02-28"}),
			in(object{"type": "datepicker", "initial_date": "2026-02-30"}), "2006-01-02 is needed"},
		{"one focus", menu(object{"focus_on_load": true}), in(object{"type": "datepicker", "focus_on_load": true},
			object{"type": "timepicker", "focus_on_load": true}), "is, too"},
		{"feedback", object{"type": "context_actions", "elements": []any{object{"type": "feedback_buttons",
			"positive_button": option("x", "v"), "negative_button": option("x", "v")}}},
			object{"type": "context_actions", "elements": []any{object{"type": "feedback_buttons"}}}, "positive_button is not an object"},
		{"accessory", object{"type": "section", "text": plain("x"), "accessory": object{"type": "datepicker"}},
			object{"type": "section", "text": plain("x"), "accessory": object{"type": "number_input"}}, "not allowed there"},
	}
	try(t, rules, inBlocks(t))
}

func TestInputRules(t *testing.T) {
	in := func(e object) object { return object{"type": "input", "label": plain("x"), "element": e} }
	text := func(more object) object { return in(with(object{"type": "plain_text_input"}, more)) }
	number := func(more object) object {
		return in(with(object{"type": "number_input", "is_decimal_allowed": false}, more))
	}
	try(t, []rule{
		{"max_length", text(object{"max_length": 3000}), text(object{"max_length": 3001}), "1 to 3000 are allowed"},
		{"max_length 0", text(object{"max_length": 1}), text(object{"max_length": 0}), "1 to 3000 are allowed"},
		{"min_length", text(object{"min_length": 0}), text(object{"min_length": -1}), "0 to 3000 are allowed"},
		{"order", text(object{"min_length": 5, "max_length": 5}), text(object{"min_length": 6, "max_length": 5}), "more than max_length"},
		{"initial_value", text(object{"initial_value": "äbc", "max_length": 3}), text(object{"initial_value": "abcd",
			"max_length": 3}), "3 are allowed"},
		{"is_decimal_allowed", number(nil), in(object{"type": "number_input"}), "is_decimal_allowed is missing"},
		{"numbers are strings", number(object{"min_value": "1"}), number(object{"min_value": 1}), "a string with a number"},
		{"no decimals", number(object{"is_decimal_allowed": true, "max_value": "1.5"}), number(object{"max_value": "1.5"}),
			"decimals are not allowed"},
		{"no file_input in messages", nil, in(object{"type": "file_input"}), "not allowed in a message"},
		{"time", in(object{"type": "timepicker", "initial_time": "23:59"}), in(object{"type": "timepicker",
			"initial_time": "24:00"}), "15:04 is needed"},
		{"moment", in(object{"type": "datetimepicker", "initial_date_time": 1_700_000_000}),
			in(object{"type": "datetimepicker", "initial_date_time": 1}), "initial_date_time is 1"},
		{"rich text", in(object{"type": "rich_text_input", "initial_value": rich(section(richWords("x")))}),
			in(object{"type": "rich_text_input", "initial_value": plain("x")}), "rich_text is needed"},
	}, inBlocks(t))
}
