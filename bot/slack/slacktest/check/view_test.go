package check

import (
	"encoding/json"
	"testing"
)

func TestViewRules(t *testing.T) {
	divider := func(int) any { return object{"type": "divider"} }
	modal := func(more object) object {
		return with(object{"type": "modal", "title": plain("x"), "blocks": times(1, divider)}, more)
	}
	home := func(more object) object { return with(object{"type": "home", "blocks": times(1, divider)}, more) }
	holding := func(b object) object { return object{"blocks": []any{b}} }
	input := object{"type": "input", "label": plain("x"), "element": object{"type": "external_select", "min_query_length": 1}}
	files := func(n int) object {
		return object{"type": "input", "label": plain("x"), "element": object{"type": "file_input", "max_files": n}}
	}
	urls := object{"type": "conversations_select", "response_url_enabled": true}
	actions := func(e object) object { return holding(object{"type": "actions", "elements": []any{e}}) }
	submit := object{"submit": plain("Go")}
	try(t, []rule{
		{"type", modal(nil), object{"type": "window", "blocks": []any{}}, "[modal home]"},
		{"title", modal(object{"title": plain(long(24))}), modal(object{"title": plain(long(25))}), "24 are allowed"},
		{"title is there", home(nil), object{"type": "modal", "blocks": []any{}}, "title is missing"},
		{"title is plain", modal(nil), modal(object{"title": marked("x")}), "[plain_text]"},
		{"submit", modal(object{"submit": plain(long(24))}), modal(object{"submit": plain(long(25))}), "24 are allowed"},
		{"close", modal(object{"close": plain(long(24))}), modal(object{"close": plain(long(25))}), "24 are allowed"},
		{"home has no title", home(nil), home(object{"title": plain("x")}), "title is for modals only"},
		{"private_metadata", home(object{"private_metadata": long(3000)}), home(object{"private_metadata": long(3001)}),
			"3000 are allowed"},
		{"callback_id", modal(object{"callback_id": long(255)}), modal(object{"callback_id": long(256)}), "255 are allowed"},
		{"external_id", modal(object{"external_id": long(255)}), modal(object{"external_id": long(256)}), "255 are allowed"},
		{"blocks of a modal", modal(object{"blocks": times(100, divider)}), modal(object{"blocks": times(101, divider)}),
			"100 are allowed"},
		{"blocks of a home", home(object{"blocks": times(100, divider)}), home(object{"blocks": times(101, divider)}),
			"100 are allowed"},
		{"blocks are there", home(nil), object{"type": "home"}, "blocks is missing"},
		{"clear_on_close", modal(object{"clear_on_close": true}), modal(object{"clear_on_close": 1}), "true or false"},
		{"submit of inputs", modal(with(submit, holding(input))), modal(holding(input)), "submit is missing"},
		{"inputs at home", home(holding(input)), home(holding(object{"type": "input"})), "label is missing"},
		{"no table in a modal", modal(nil), modal(holding(tableOf(cells(1, cell("x"))))), "not allowed in a modal"},
		{"no table at home", home(nil), home(holding(tableOf(cells(1, cell("x"))))), "not allowed in a home"},
		{"no markdown at home", home(nil), home(holding(object{"type": "markdown", "text": "x"})), "not allowed in a home"},
		{"alert", modal(holding(object{"type": "alert", "text": plain(long(200))})),
			modal(holding(object{"type": "alert", "text": plain(long(201))})), "200 are allowed"},
		{"no alert at home", nil, home(holding(object{"type": "alert", "text": plain("x")})), "not allowed in a home"},
		{"files", modal(with(submit, holding(files(10)))), modal(with(submit, holding(files(11)))), "1 to 10 are allowed"},
		{"response_url_enabled", modal(actions(urls)), home(actions(urls)), "for modals only"},
		{"no workflow button", nil, home(actions(object{"type": "workflow_button", "text": plain("x"), "workflow": object{}})),
			"not allowed in a home"},
		{"block_id", nil, home(object{"blocks": times(2, func(int) any { return object{"type": "divider", "block_id": "a"} })}),
			"is that of blocks[0], too"},
	}, func(v any) []string {
		return View(raw(t, v))
	})
	for _, bad := range []string{"", "{", "[]", "null", "{} {}"} {
		if len(View(json.RawMessage(bad))) == 0 {
			t.Errorf("%q is taken for a view", bad)
		}
	}
}

func TestOptionsRules(t *testing.T) {
	options := func(o ...any) object { return object{"options": o} }
	groups := func(n int) object {
		return object{"option_groups": times(n, func(int) any { return object{"label": plain("x"), "options": someOptions(1)} })}
	}
	try(t, []rule{
		{"options", options(someOptions(100)...), options(someOptions(101)...), "invalid_options: options has 101 items"},
		{"groups", groups(100), groups(101), "100 are allowed"},
		{"nothing found", object{"options": []any{}}, object{}, "the answer has neither"},
		{"no groups", object{"option_groups": []any{}}, with(groups(1), options(option("x", "v"))), "the answer has both"},
		{"text", options(option(long(75), "v")), options(option(long(76), "v")), "75 are allowed"},
		{"text empty", options(option("x", "v")), options(option("", "v")), "text.text is empty"},
		{"value", options(option("x", long(150))), options(option("x", long(151))), "150 are allowed"},
		{"a list", options(option("x", "v")), []any{}, "not an object"},
	}, func(v any) []string { return Options(raw(t, v)) })
}
