package check

import (
	"encoding/json"
	"reflect"
	"testing"
)

func TestTextOfBlocks(t *testing.T) {
	button := object{"type": "button", "text": plain("Go"), "action_id": "go", "value": "v", "style": "danger",
		"confirm": object{}}
	for _, tt := range []struct {
		name  string
		block object
		want  string
	}{
		{"header", object{"type": "header", "text": plain("*Who*")}, "*Who*"},
		{"section", object{"type": "section", "text": marked("*Who* won?")}, "Who won?"},
		{"fields", object{"type": "section", "fields": []any{marked("a"), plain("b")}}, "a\nb"},
		{"accessory", object{"type": "section", "text": plain("a"), "accessory": button}, "a\n\n[Go]"},
		{"context", object{"type": "context", "elements": []any{marked("a"), object{"type": "image"}, marked("b")}}, "a b"},
		{"actions", object{"type": "actions", "elements": []any{button, button}}, "[Go] [Go]"},
		{"input", object{"type": "input", "label": plain("Name"), "element": object{"type": "plain_text_input"}}, "Name"},
		{"divider", object{"type": "divider"}, ""},
		{"rich text is literal", one(richWords("*a* <@U1> &amp; <!here>")), "*a* <@U1> &amp; <!here>"},
		{"ordered list", rich(with(listOf("ordered"), object{"elements": []any{section(richWords("a")), section(richWords("b"))}})),
			"1. a\n2. b"},
		{"list", rich(listOf("bullet")), "- x"},
		{"quote", quoted(richWords("a")), "a"},
		{"inline", rich(section(object{"type": "link", "url": "https://example.com"}, richWords(" "),
			object{"type": "link", "url": "u", "text": "here"}, object{"type": "emoji", "name": "tada"},
			object{"type": "date", "timestamp": 1}, object{"type": "user", "user_id": "U1"})),
			"https://example.com here:tada:<time>@user"},
		{"table", tableOf([]any{cell("a"), one(richWords("b"))}, []any{cell("c"), cell("d"), cell("e")}), "a — b\nc · d · e"},
	} {
		if got := Text("not this", raw(t, []any{tt.block})); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestTextWithoutMarkup(t *testing.T) {
	for text, want := range map[string]string{
		"*bold* _italic_ ~gone~ `code`":            "bold italic gone code",
		"2*3*4 snake_case_name":                    "2*3*4 snake_case_name",
		"<https://example.com|here> <https://a.b>": "here https://a.b",
		"<!date^1700000000^{time}|then>":           "<time>",
		"&gt; quoted\n&gt;more":                    "quoted\nmore",
		"&lt;@U1&gt; &amp;amp;":                    "<@U1> &amp;",
		":tada: won":                               "(emoji) won",
	} {
		if got := Text(text, nil); got != want {
			t.Errorf("%q reads %q, want %q", text, got, want)
		}
	}
}

func TestPingsCountWhatNotifies(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		blocks     []any
		want       int
	}{
		{"text", "<@U1> <@W2|w> <!here> <!channel> <!everyone> <!subteam^S1>", nil, 6},
		{"nothing", "@here &lt;@U1&gt; <#C1> <https://a.b>", nil, 0},
		{"mrkdwn", "", []any{object{"type": "section", "text": marked("<@U1>"), "fields": []any{marked("<!here>")}}}, 2},
		{"plain", "", []any{object{"type": "header", "text": plain("<@U1>")}}, 0},
		{"context", "", []any{object{"type": "context", "elements": []any{marked("<@U1>")}}}, 1},
		{"rich", "", []any{rich(section(object{"type": "user"}, object{"type": "broadcast"}, object{"type": "channel"},
			object{"type": "usergroup"}, richWords("<@U1>")))}, 3},
		{"table", "", []any{tableOf([]any{cell("<@U1>"), one(object{"type": "user"})})}, 1},
		{"both", "<@U1>", []any{one(object{"type": "user"})}, 2},
	} {
		if got := Pings(tt.text, raw(t, tt.blocks)); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
	}
}

func TestButtonsInOrder(t *testing.T) {
	blocks := raw(t, []any{
		object{"type": "actions", "block_id": "b", "elements": []any{object{"type": "button", "text": plain("Go"),
			"action_id": "go", "value": "v", "style": "danger", "url": "u", "confirm": object{"title": "t"}}}},
		object{"type": "section", "text": plain("x"), "accessory": object{"type": "static_select", "action_id": "menu"}},
		object{"type": "input", "label": plain("x"), "element": object{"type": "plain_text_input", "action_id": "text"}},
	})
	want := []Button{
		{Type: "button", ActionID: "go", Value: "v", BlockID: "b", Text: "Go", Style: "danger", URL: "u", Confirm: true},
		{Type: "static_select", ActionID: "menu"},
		{Type: "plain_text_input", ActionID: "text"},
	}
	if got := Buttons(blocks); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := Buttons(json.RawMessage("{")); got != nil {
		t.Errorf("no JSON has %+v", got)
	}
}
