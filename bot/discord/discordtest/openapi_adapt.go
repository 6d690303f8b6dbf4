package discordtest

import (
	"errors"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// adapt changes the tree of the document to one that says the same in words that the library's own validation knows, and
// knows quickly. Only where it contradicts the documentation is it changed in meaning.
func adapt(node any) {
	switch node := node.(type) {
	case []any:
		for _, n := range node {
			adapt(n)
		}
	case map[string]any:
		for _, n := range node {
			adapt(n)
		}
		constantsToEnum(node)
		typeFirst(node)
		permissionsAreStrings(node)
	}
}

// constantsToEnum: one of several constants is an enumeration, which the library has without JSON Schema 2020.
func constantsToEnum(schema map[string]any) {
	options, _ := schema["oneOf"].([]any)
	var values []any
	for _, o := range options {
		o, _ := o.(map[string]any)
		if value, ok := o["const"]; ok {
			values = append(values, value)
		}
	}
	if len(values) > 0 && len(values) == len(options) {
		delete(schema, "oneOf")
		schema["enum"] = values
	}
}

// typeFirst demands the type of an object before its other properties are looked at, so that those of the wrong types are
// not searched to the bottom.
func typeFirst(schema map[string]any) {
	properties, _ := schema["properties"].(map[string]any)
	typ, _ := properties["type"].(map[string]any)
	if enum, ok := typ["enum"].([]any); ok && schema["allOf"] == nil {
		schema["allOf"] = []any{map[string]any{"type": "object", "properties": map[string]any{
			"type": map[string]any{"enum": enum}}}}
	}
}

// permissionsAreStrings: the document has integers only, but they are strings according to
// https://docs.discord.com/developers/interactions/application-commands#application-command-object.
func permissionsAreStrings(schema map[string]any) {
	properties, _ := schema["properties"].(map[string]any)
	p, _ := properties["default_member_permissions"].(map[string]any)
	if kinds, ok := p["type"].([]any); ok && slices.Contains(kinds, any("integer")) {
		p["type"] = append(kinds, "string")
	}
}

// reason is the innermost reason why a value was refused, with where it is: "components.0.label: maximum string length is
// 80". Where a value may be of several kinds, the kind that its type says is meant.
func reason(err error) string {
	path, e := innermost(nil, err)
	if e == nil {
		return err.Error()
	}
	if len(path) == 0 {
		_, inner, ok := strings.Cut(e.Reason, "- at '': ") // of a parameter: where it is comes first
		if ok {
			return inner
		}
		return e.Reason
	}
	return strings.Join(path, ".") + ": " + e.Reason
}

// innermost is the innermost error, nil if err is none of a schema, and where it is, below a path. The alternatives are
// tried again, since the errors of theirs are not all in err.
func innermost(above []string, err error) ([]string, *openapi3.SchemaError) {
	var e *openapi3.SchemaError
	if !errors.As(err, &e) {
		return above, nil
	}
	path := append(slices.Clip(above), e.JSONPointer()...)
	if e.Schema == nil { // of a parameter
		return path, e
	}
	for _, s := range e.Schema.AllOf {
		if inner := s.Value.VisitJSON(e.Value); inner != nil {
			return innermost(path, inner)
		}
	}
	for _, s := range slices.Concat(e.Schema.OneOf, e.Schema.AnyOf) {
		at, cause := innermost(path, s.Value.VisitJSON(e.Value))
		if cause != nil && !isMismatch(path, at, cause) {
			return at, cause
		}
	}
	return path, e
}

// isMismatch reports whether an alternative is only for another kind of value than that at a path.
func isMismatch(path, at []string, e *openapi3.SchemaError) bool {
	typ := append(slices.Clip(path), "type")
	return slices.Equal(at, typ) || slices.Equal(at, path) && e.SchemaField == "type"
}
