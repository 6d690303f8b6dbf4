package check

import (
	"encoding/json"
	"testing"
)

// TestPingsAreFoundWhereverTheyAre also looks into blocks that are not of a known kind, or not of a known form.
func TestPingsAreFoundWhereverTheyAre(t *testing.T) {
	for blocks, want := range map[string]int{
		`[{"type":"markdown","text":"hi <@U1>"}]`: 1,
		`[{"type":"card","title":{"type":"mrkdwn","text":"<!here>"},"body":{"type":"mrkdwn","text":"<!channel|x>"}}]`:  2,
		`[{"type":"section","text":{"type":"mrkdwn","text":"<@U1>"},"url":5}]`:                                         1,
		`[{"type":"section","text":{"type":"mrkdwn","text":"<@U1> and <!subteam^S1|s>"}}]`:                             2,
		`[{"type":"container","child_blocks":[{"type":"rich_text","elements":[{"type":"user","user_id":"U1"}]}]}]`:     1,
		`[{"type":"header","text":{"type":"plain_text","text":"<@U1>"}}]`:                                              0,
		`[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"<@U1>"}]}]}]`: 0,
	} {
		if got := Pings("", json.RawMessage(blocks)); got != want {
			t.Errorf("%s notifies %d times, not %d", blocks, got, want)
		}
	}
}

// TestMarkupReadsAsSlackShowsIt reads what is easily read wrongly.
func TestMarkupReadsAsSlackShowsIt(t *testing.T) {
	for text, want := range map[string]string{
		"*a* *b*":                 "a b",
		"&copy; &amp;copy; &lt;b": "&copy; &copy; <b",
		"snake_case_name":         "snake_case_name",
		"2 * 3 * 4":               "2 * 3 * 4",
	} {
		if got := Text(text, nil); got != want {
			t.Errorf("%q reads %q, not %q", text, got, want)
		}
	}
}
