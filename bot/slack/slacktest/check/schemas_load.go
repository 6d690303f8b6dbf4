package check

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// load reads one schema and compiles it in its adapted form.
func load(dir, name string) (*jsonschema.Schema, error) {
	path := filepath.Join(dir, name)
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	doc, err := jsonschema.UnmarshalJSON(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	adaptPatterns(doc)
	adaptViews(doc)
	c := jsonschema.NewCompiler()
	if err := c.AddResource(name, doc); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	s, err := c.Compile(name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

// adaptPatterns takes out the patterns that Go's regular expressions lack, which are lookaheads in the manifest's schema.
func adaptPatterns(node any) {
	switch node := node.(type) {
	case []any:
		for _, n := range node {
			adaptPatterns(n)
		}
	case object:
		if p, ok := node["pattern"].(string); ok {
			if _, err := regexp.Compile(p); err != nil {
				delete(node, "pattern")
			}
		}
		for _, n := range node {
			adaptPatterns(n)
		}
	}
}

// adaptViews makes the schema of views strict: the published types take any type of block without fields in a view, which
// Slack does not, and views of the workflow steps that are retired
// (https://docs.slack.dev/legacy/legacy-steps-from-apps/legacy-steps-from-apps-migration-guide).
func adaptViews(doc any) {
	if _, ok := definition(doc, "AnyBlock")["anyOf"]; ok {
		definition(doc, "AnyBlock")["anyOf"] = []any{object{"$ref": "#/definitions/KnownBlock"}}
	}
	if _, ok := definition(doc, "View")["anyOf"]; ok {
		definition(doc, "View")["anyOf"] = []any{
			object{"$ref": "#/definitions/HomeView"}, object{"$ref": "#/definitions/ModalView"}}
	}
}

// definition is one of a schema's definitions; nil where there is none of that name.
func definition(doc any, name string) object {
	root, _ := doc.(object)
	all, _ := root["definitions"].(object)
	d, _ := all[name].(object)
	return d
}
