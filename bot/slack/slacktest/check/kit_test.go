package check

import (
	"encoding/json"
	"strings"
	"testing"
)

// raw is a value's JSON.
func raw(t *testing.T, v any) json.RawMessage {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// long is a text of n characters, of which each has more than one byte.
func long(n int) string { return strings.Repeat("ä", n) }

func plain(s string) object  { return object{"type": "plain_text", "text": s} }
func marked(s string) object { return object{"type": "mrkdwn", "text": s} }

func with(o, more object) object {
	out := object{}
	for k, v := range o {
		out[k] = v
	}
	for k, v := range more {
		out[k] = v
	}
	return out
}

// times is a list of n values that of makes.
func times(n int, of func(i int) any) []any {
	var out []any
	for i := range n {
		out = append(out, of(i))
	}
	return out
}

// rule is one rule: right, if any, has no finding, and wrong one that has the words.
type rule struct {
	name         string
	right, wrong any
	words        string
}

func try(t *testing.T, rules []rule, check func(v any) []string) {
	t.Helper()
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			t.Helper()
			if r.right != nil {
				if found := check(r.right); len(found) > 0 {
					t.Errorf("what is right: %q", found)
				}
			}
			found := check(r.wrong)
			if len(found) == 0 || !strings.Contains(strings.Join(found, "\n"), r.words) {
				t.Errorf("what is wrong: %q, want %q", found, r.words)
			}
		})
	}
}
