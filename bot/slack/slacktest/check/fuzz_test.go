package check

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

// everything gives a text and JSON to all functions of the package.
func everything(text string, in json.RawMessage) [][]string {
	Text(text, in)
	Buttons(in)
	Pings(text, in)
	return [][]string{Message(text, in), View(in), Options(in), Manifest(in),
		View(json.RawMessage(`{"type":"modal","blocks":` + string(in) + `}`))}
}

func FuzzNothingPanics(f *testing.F) {
	for _, seed := range []string{"", "null", "1", `"x"`, "[]", "{}", "[1]", "[[]]", "[{}]", `[{"type":"section","text":1}]`,
		`[{"type":"table","rows":[[{"type":"rich_text","elements":[{"type":"rich_text_list","elements":[null]}]}],null]}]`,
		`[{"type":"input","element":{"type":"plain_text_input","max_length":-1,"initial_value":"x"}}]`,
		`{"type":"modal","title":{"type":"plain_text"},"blocks":[{"type":"actions","elements":[{"type":"static_select"}]}]}`,
		`{"option_groups":[{"options":null}]}`, `{"features":{"slash_commands":[null,{"command":1}]},"settings":[]}`} {
		f.Add("&#x110000; <!date^|> *a*", []byte(seed))
	}
	f.Fuzz(func(t *testing.T, text string, in []byte) {
		for _, found := range everything(text, in) {
			if len(found) > maxFindings {
				t.Errorf("%d findings", len(found))
			}
			for _, s := range found {
				if code, _, ok := strings.Cut(s, ": "); !ok || strings.ContainsAny(code, " .[") {
					t.Errorf("%q has no code", s)
				}
			}
		}
	})
}

// Deep and giant input takes time in proportion to its length: the second size is ten times the first, and may take thirty
// times as long, far from the hundred of what is quadratic.
func TestGiantInputTakesLinearTime(t *testing.T) {
	for name, input := range map[string]func(n int) string{
		"deep lists":   func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) },
		"deep objects": func(n int) string { return strings.Repeat(`{"elements":[`, n/20) + strings.Repeat("]}", n/20) },
		"many blocks":  func(n int) string { return "[" + strings.Repeat(`{"type":"divider"},`, n/20) + "1]" },
		"many options": func(n int) string {
			return `{"options":[` + strings.Repeat(`{"text":1},`, n/10) + "1]}"
		},
		"same action": func(n int) string {
			return `[{"type":"actions","elements":[` + strings.Repeat(`{"type":"datepicker","action_id":"a"},`, n/40) + "1]}]"
		},
		"long text": func(n int) string {
			return fmt.Sprintf(`[{"type":"section","text":{"type":"mrkdwn","text":%q}}]`, strings.Repeat("*a _b <", n/7))
		},
	} {
		t.Run(name, func(t *testing.T) {
			took := func(n int) time.Duration {
				in := json.RawMessage(input(n))
				best := time.Hour
				for range 3 {
					start := time.Now()
					everything("x", in)
					best = min(best, time.Since(start))
				}
				return best
			}
			small, big := took(20_000), took(200_000)
			if limit := max(30*small, time.Second); big > limit {
				t.Errorf("ten times the input took %v instead of %v", big, small)
			}
		})
	}
}
