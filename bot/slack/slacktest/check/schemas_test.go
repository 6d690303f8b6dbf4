package check

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// published are the schemas made from Slack's types; without them, the test is skipped.
func published(t *testing.T) *Schemas {
	t.Helper()
	dir := os.Getenv("WHOWON_SLACK_SCHEMAS")
	if dir == "" {
		dir = "../../../../../shared/specs"
	}
	if _, err := os.Stat(filepath.Join(dir, "slack-blocks.schema.json")); err != nil {
		t.Skipf("NOT TESTED: the schemas of Slack's types: %v; WHOWON_SLACK_SCHEMAS names their folder", err)
	}
	s, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSchemasTakeWhatIsRight(t *testing.T) {
	s := published(t)
	blocks := raw(t, []any{
		object{"type": "header", "text": plain("x"), "block_id": "b"},
		object{"type": "section", "text": with(marked("x"), object{"verbatim": true}), "accessory": object{"type": "button",
			"text": plain("x"), "action_id": "a", "style": "primary", "value": "v"}},
		object{"type": "context", "elements": []any{marked("x")}},
		rich(section(richWords("x"), object{"type": "date", "timestamp": 1, "format": "{time}", "fallback": "then"},
			object{"type": "color", "value": "#fff"}), listOf("ordered")),
		with(tableOf([]any{cell("x"), object{"type": "raw_number", "value": 1, "text": "1"}, one(richWords("x"))}),
			object{"column_settings": []any{object{"align": "right"}}}),
	})
	for name, found := range map[string][]string{
		"blocks": s.Blocks(blocks), "no blocks": s.Blocks(nil), "null": s.Blocks(json.RawMessage("null")),
		"home":     s.View(raw(t, object{"type": "home", "blocks": []any{object{"type": "divider"}}})),
		"modal":    s.View(raw(t, object{"type": "modal", "title": plain("x"), "blocks": []any{}})),
		"manifest": s.Manifest(raw(t, manifestOf(nil))),
	} {
		if len(found) > 0 {
			t.Errorf("%s: %q", name, found)
		}
	}
	if found := Message("", blocks); len(found) > 0 {
		t.Errorf("the rules: %q", found)
	}
}

func TestSchemasNameTheDeepestCause(t *testing.T) {
	s := published(t)
	button := object{"type": "button", "text": plain("x"), "style": "red"}
	divider := object{"type": "divider", "colour": 1}
	for _, tt := range []struct {
		name  string
		found []string
		want  string
	}{
		{"style", s.Blocks(raw(t, []any{object{"type": "actions", "elements": []any{button}}})),
			"invalid_blocks: blocks[0].elements[0].style "},
		{"additional", s.Blocks(raw(t, []any{divider})), "invalid_blocks: blocks[0] additional properties 'colour' not allowed"},
		{"type", s.Blocks(raw(t, []any{object{"type": "x"}})), "invalid_blocks: blocks[0] is of no type that is allowed there"},
		{"view", s.View(raw(t, object{"type": "home", "blocks": []any{divider}})), "invalid_arguments: blocks[0] additional"},
		{"unknown in a view", s.View(raw(t, object{"type": "home", "blocks": []any{object{"type": "x"}}})),
			"invalid_arguments: blocks[0] is of no type"},
		{"manifest", s.Manifest(raw(t, manifestOf(object{"extra": 1}))), "invalid_manifest: the whole additional properties 'extra'"},
		{"no JSON", s.View(json.RawMessage("{")), "invalid_arguments: not JSON"},
	} {
		if len(tt.found) != 1 || !strings.HasPrefix(tt.found[0], tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, tt.found, tt.want)
		}
	}
}

func TestNoSchemasFindNothing(t *testing.T) {
	var s *Schemas
	bad := json.RawMessage("{")
	if found := append(append(s.Blocks(bad), s.View(bad)...), s.Manifest(bad)...); len(found) > 0 {
		t.Errorf("found %q", found)
	}
}

func TestLoadTakesOutPatternsThatGoLacks(t *testing.T) {
	dir := t.TempDir()
	if _, err := Load(dir); err == nil {
		t.Error("an empty folder is loaded")
	}
	for _, name := range []string{"slack-blocks.schema.json", "slack-views.schema.json", "slack-manifest.schema.json"} {
		schema := `{"type":"object","properties":{"a":{"type":"string","pattern":"^(?!x)"},"b":{"type":"string","pattern":"^y"}}}`
		if err := os.WriteFile(filepath.Join(dir, name), []byte(schema), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if found := s.Manifest(json.RawMessage(`{"a":"x","b":"y"}`)); len(found) > 0 {
		t.Errorf("found %q", found)
	}
	if found := s.Manifest(json.RawMessage(`{"b":"x"}`)); len(found) != 1 {
		t.Errorf("found %q", found)
	}
}
