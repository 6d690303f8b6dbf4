package check

import (
	"encoding/json"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Schemas are JSON schemas of what Slack takes, made from its published types. They know structure and types, and hardly
// any length: the functions of this package know those. Nil finds nothing.
type Schemas struct {
	blocks, view, manifest *jsonschema.Schema
}

// Load reads slack-blocks.schema.json, slack-views.schema.json and slack-manifest.schema.json from a folder.
func Load(dir string) (*Schemas, error) {
	var s Schemas
	var err error
	if s.blocks, err = load(dir, "slack-blocks.schema.json"); err != nil {
		return nil, err
	}
	if s.view, err = load(dir, "slack-views.schema.json"); err != nil {
		return nil, err
	}
	if s.manifest, err = load(dir, "slack-manifest.schema.json"); err != nil {
		return nil, err
	}
	return &s, nil
}

// Blocks says what a list of blocks is wrong in. None at all are right.
func (s *Schemas) Blocks(raw json.RawMessage) []string {
	if s == nil || len(raw) == 0 {
		return nil
	}
	v, found := value(raw, "invalid_blocks")
	if v == nil {
		return found
	}
	return judge(s.blocks, "invalid_blocks", object{"blocks": v})
}

// View says what a modal or a Home tab is wrong in.
func (s *Schemas) View(raw json.RawMessage) []string {
	if s == nil {
		return nil
	}
	return judgeRaw(s.view, "invalid_arguments", raw)
}

// Manifest says what an app manifest is wrong in.
func (s *Schemas) Manifest(raw json.RawMessage) []string {
	if s == nil {
		return nil
	}
	return judgeRaw(s.manifest, "invalid_manifest", raw)
}

func judgeRaw(s *jsonschema.Schema, code string, raw json.RawMessage) []string {
	v, found := value(raw, code)
	if found != nil {
		return found
	}
	return judge(s, code, v)
}
