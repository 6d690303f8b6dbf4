package check

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	why "github.com/santhosh-tekuri/jsonschema/v6/kind"
)

// judge validates a value and tells the deepest causes.
func judge(s *jsonschema.Schema, code string, v any) []string {
	err := s.Validate(v)
	var invalid *jsonschema.ValidationError
	if !errors.As(err, &invalid) {
		return nil
	}
	var found []string
	for _, leaf := range leaves(invalid, nil) {
		found = append(found, code+": "+place(leaf.InstanceLocation)+" "+reason(leaf))
	}
	slices.Sort(found)
	found = slices.Compact(found)
	return found[:min(len(found), maxFindings)]
}

// leaves are the errors without causes of their own. Of alternatives, the one is followed that the value was meant for.
func leaves(e *jsonschema.ValidationError, out []*jsonschema.ValidationError) []*jsonschema.ValidationError {
	if len(e.Causes) == 0 || len(out) >= maxFindings {
		return append(out, e)
	}
	switch e.ErrorKind.(type) {
	case *why.AnyOf, *why.OneOf:
		best := meant(e)
		if best == nil {
			return append(out, e)
		}
		return leaves(best, out)
	}
	for _, c := range e.Causes {
		out = leaves(c, out)
	}
	return out
}

// meant is the alternative whose type is the value's, or nil if it is of none: then the others are not worth telling.
func meant(e *jsonschema.ValidationError) *jsonschema.ValidationError {
	for _, alternative := range e.Causes {
		if !wrongType(alternative, e.InstanceLocation) {
			return alternative
		}
	}
	return nil
}

// wrongType says that a value is of another type, by JSON or by its field "type". Alternatives within alternatives are so
// if each of them is.
func wrongType(e *jsonschema.ValidationError, at []string) bool {
	switch k := e.ErrorKind.(type) {
	case *why.Const, *why.Enum:
		return len(e.InstanceLocation) == len(at)+1 && e.InstanceLocation[len(at)] == "type"
	case *why.Type:
		return len(e.InstanceLocation) == len(at)
	case *why.Required:
		return len(e.InstanceLocation) == len(at) && slices.Contains(k.Missing, "type")
	case *why.AnyOf, *why.OneOf:
		return len(e.InstanceLocation) == len(at) && meant(e) == nil
	}
	return len(e.InstanceLocation) <= len(at)+1 &&
		slices.ContainsFunc(e.Causes, func(c *jsonschema.ValidationError) bool { return wrongType(c, at) })
}

// reason is what the library says of an error without causes, and of alternatives that it is none of them.
func reason(e *jsonschema.ValidationError) string {
	if len(e.Causes) > 0 {
		return "is of no type that is allowed there"
	}
	text := e.Error()
	if _, after, ok := strings.Cut(text, "\n"); ok {
		text = after
	}
	if _, after, ok := strings.Cut(text, "': "); ok {
		text = after
	}
	return text
}

// place writes a JSON pointer as the other findings do.
func place(location []string) string {
	var b strings.Builder
	for _, part := range location {
		if i, err := strconv.Atoi(part); err == nil {
			b.WriteString("[" + strconv.Itoa(i) + "]")
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(part)
	}
	if b.Len() == 0 {
		return "the whole"
	}
	return b.String()
}

// value decodes what is to be validated; what is not JSON is found by the other functions of this package, or said here.
func value(raw json.RawMessage, code string) (any, []string) {
	v, err := decode(raw)
	if err != nil {
		return nil, []string{code + ": not JSON: " + err.Error()}
	}
	return v, nil
}
