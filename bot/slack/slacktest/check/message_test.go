package check

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestMessageLimits(t *testing.T) {
	section := `{"type":"section","text":{"type":"mrkdwn","text":"x"}}`
	many := func(n int) string { return "[" + strings.TrimSuffix(strings.Repeat(section+",", n), ",") + "]" }
	ofLength := func(n int) string { // a list whose JSON has n characters
		const frame = `[{"type":"markdown","text":""},{"type":"section","text":{"type":"mrkdwn","text":""}}]`
		rest := n - len(frame)
		return `[{"type":"markdown","text":"` + strings.Repeat("x", 12_000) + `"},{"type":"section","text":{"type":"mrkdwn","text":"` +
			strings.Repeat("x", rest-12_000) + `"}}]`
	}
	for _, tt := range []struct {
		name, text, blocks, want string
	}{
		{"text alone", "hello", "", ""},
		{"blocks alone", "", many(1), ""},
		{"null blocks", "hello", "null", ""},
		{"the longest text", long(40_000), "", ""},
		{"one character more", long(40_001), "", "msg_too_long: text has 40001 characters; 40000 are allowed"},
		{"nothing", "", "", "no_text: neither text nor blocks"},
		{"space only", " \n", "[]", "no_text: neither text nor blocks"},
		{"fifty blocks", "", many(50), ""},
		{"one block more", "", many(51), "invalid_blocks: blocks has 51 blocks; 50 are allowed"},
		{"the longest JSON", "", ofLength(13_200), ""},
		{"one character more of JSON", "", ofLength(13_201),
			"msg_blocks_too_long: blocks are 13201 characters of JSON; about 13200 are allowed"},
		{"no list", "x", `{"type":"divider"}`, "invalid_blocks_format: blocks is not a list"},
		{"no JSON", "x", `[`, "invalid_blocks_format: blocks are not JSON: unexpected EOF"},
		{"a block that is none", "x", `[1]`, "invalid_blocks: blocks[0] is not an object"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(Message(tt.text, json.RawMessage(tt.blocks)), "\n"); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestFindingNamesThePlace(t *testing.T) {
	blocks := raw(t, []any{object{"type": "divider"}, object{"type": "divider"},
		object{"type": "section", "text": marked(long(3001))}})
	got := Message("", blocks)
	if len(got) != 1 || got[0] != "invalid_blocks: blocks[2].text.text has 3001 characters; 3000 are allowed" {
		t.Errorf("got %q", got)
	}
}

func TestFindingsEnd(t *testing.T) {
	bad := times(50, func(int) any {
		return object{"type": "section", "fields": times(10, func(int) any { return object{"type": "x"} })}
	})
	if got := len(Message("", raw(t, bad))); got != maxFindings {
		t.Errorf("%d findings, want %d", got, maxFindings)
	}
}

// inBlocks checks one block, or more of them.
func inBlocks(t *testing.T) func(v any) []string {
	return func(v any) []string {
		if _, ok := v.([]any); !ok {
			v = []any{v}
		}
		return Message("", raw(t, v))
	}
}

func TestBlockRules(t *testing.T) {
	section := func(more object) object { return with(object{"type": "section", "text": marked("x")}, more) }
	fields := func(n, length int) object {
		return object{"type": "section", "fields": times(n, func(int) any { return marked(long(length)) })}
	}
	header := func(text any) object { return object{"type": "header", "text": text} }
	context := func(n int) object {
		return object{"type": "context", "elements": times(n, func(int) any { return marked("x") })}
	}
	input := func(more object) object {
		return with(object{"type": "input", "label": plain("x"), "element": object{"type": "plain_text_input"}}, more)
	}
	image := func(more object) object {
		return with(object{"type": "image", "image_url": "https://example.com/a.png", "alt_text": "x"}, more)
	}
	try(t, []rule{
		{"unknown block", object{"type": "divider"}, object{"type": "divide"}, `unknown type "divide"`},
		{"block without a type", object{"type": "divider"}, object{}, "unknown type"},
		{"file", object{"type": "divider"}, object{"type": "file"}, "not allowed in a message"},
		{"alert is for modals", object{"type": "divider"}, object{"type": "alert", "text": plain("x")}, "not allowed in a message"},
		{"block_id length", section(object{"block_id": long(255)}), section(object{"block_id": long(256)}), "255 are allowed"},
		{"block_id unique", []any{section(object{"block_id": "a"}), section(object{"block_id": "b"})},
			[]any{section(object{"block_id": "a"}), section(object{"block_id": "a"})}, `blocks[1].block_id "a" is that of blocks[0]`},
		{"section text", object{"type": "section", "text": marked(long(3000))},
			object{"type": "section", "text": marked(long(3001))}, "3000 are allowed"},
		{"section text empty", section(nil), object{"type": "section", "text": marked("")}, "text.text is empty"},
		{"section without both", section(nil), object{"type": "section"}, "neither text nor fields"},
		{"fields", fields(10, 1), fields(11, 1), "11 items; 10 are allowed"},
		{"no fields", fields(1, 1), object{"type": "section", "fields": []any{}}, "at least 1"},
		{"field text", fields(1, 2000), fields(1, 2001), "2000 are allowed"},
		{"expand", section(object{"expand": true}), section(object{"expand": "yes"}), "true or false"},
		{"header", header(plain(long(150))), header(plain(long(151))), "150 are allowed"},
		{"header is plain", header(plain("x")), header(marked("x")), "[plain_text] is allowed"},
		{"context", context(10), context(11), "10 are allowed"},
		{"context empty", context(1), object{"type": "context", "elements": []any{}}, "at least 1"},
		{"context image", object{"type": "context", "elements": []any{image(nil)}},
			object{"type": "context", "elements": []any{object{"type": "button"}}}, `"button"; one of [plain_text mrkdwn]`},
		{"image alt_text", image(object{"alt_text": long(2000)}), image(object{"alt_text": long(2001)}), "2000 are allowed"},
		{"image url", image(object{"image_url": long(3000)}), image(object{"image_url": long(3001)}), "3000 are allowed"},
		{"image from one place", image(nil), image(object{"slack_file": object{"id": "F1"}}), "either image_url or slack_file"},
		{"image title", image(object{"title": plain(long(2000))}), image(object{"title": plain(long(2001))}), "2000 are allowed"},
		{"input label", input(object{"label": plain(long(2000))}), input(object{"label": plain(long(2001))}), "2000 are allowed"},
		{"input hint", input(object{"hint": plain(long(2000))}), input(object{"hint": plain(long(2001))}), "2000 are allowed"},
		{"input element", input(nil), object{"type": "input", "label": plain("x")}, "element is missing"},
		{"input takes no button", input(nil), input(object{"element": object{"type": "button"}}), "not allowed there"},
		{"markdown", object{"type": "markdown", "text": strings.Repeat("x", 12_000)},
			object{"type": "markdown", "text": strings.Repeat("x", 12_001)}, "12000 are allowed"},
		{"emoji is plain_text's", header(with(plain("x"), object{"emoji": true})), section(object{"text": with(marked("x"),
			object{"emoji": true})}), "emoji is for plain_text"},
		{"verbatim is mrkdwn's", section(object{"text": with(marked("x"), object{"verbatim": true})}),
			header(with(plain("x"), object{"verbatim": true})), "verbatim is for mrkdwn"},
	}, inBlocks(t))
}
