package main

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// decodeStrict reads YAML into the struct that to points to. An unknown key is an error that names its line and the
// nearest key that exists. In values ${NAME} stands for an environment variable, which must be set, ${file:PATH} for the
// first line of a file, and $${ for "${". A secret that is written out is an error.
func decodeStrict(file string, data []byte, to any, lookup func(string) (string, bool)) (err error) {
	defer func() {
		if p := recover(); p != nil { // the parser gives up on some broken texts this way
			err = fmt.Errorf("%s: not YAML: %v", file, p)
		}
	}()
	doc, err := parser.ParseBytes(data, 0)
	if err != nil {
		return yamlError(file, err)
	}
	var body ast.Node
	for _, d := range doc.Docs {
		switch {
		case d.Body == nil || d.Body.Type() == ast.NullType || d.Body.Type() == ast.CommentType:
		case body != nil:
			return fmt.Errorf("%s: there is a second document (a line of ---); only one is read", file)
		default:
			body = d.Body
		}
	}
	if body == nil {
		return nil // empty: all defaults
	}
	s := strict{file: file, lookup: lookup}
	s.node(body, reflect.TypeOf(to).Elem(), "")
	if len(s.errs) > 0 {
		return errors.Join(s.errs...)
	}
	if err := yaml.NodeToValue(body, to, yaml.Strict()); err != nil {
		return yamlError(file, err)
	}
	return nil
}

// yamlError puts file and line in front of a complaint of the library.
func yamlError(file string, err error) error {
	var located yaml.Error
	if errors.As(err, &located) && located.GetToken() != nil && located.GetToken().Position != nil {
		return fmt.Errorf("%s:%d: %s", file, located.GetToken().Position.Line, located.GetMessage())
	}
	return fmt.Errorf("%s: %w", file, err)
}

type strict struct {
	file   string
	lookup func(string) (string, bool)
	errs   []error
}

func (s *strict) fail(n ast.Node, format string, args ...any) {
	line := 0
	if t := n.GetToken(); t != nil && t.Position != nil {
		line = t.Position.Line
	}
	s.errs = append(s.errs, fmt.Errorf("%s:%d: %s", s.file, line, fmt.Sprintf(format, args...)))
}

// node checks n against the type it will be decoded into. path is for messages: "facts.overlay_dir".
func (s *strict) node(n ast.Node, t reflect.Type, path string) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch n := n.(type) {
	case *ast.StringNode:
		n.Value = s.variables(n, n.Value, path)
	case *ast.LiteralNode:
		n.Value.Value = s.variables(n, n.Value.Value, path)
	case *ast.AliasNode, *ast.AnchorNode, *ast.TagNode:
		s.fail(n, "anchors, aliases and tags are not supported")
	case ast.ScalarNode:
		if _, null := n.(*ast.NullNode); !null {
			if mend := literalSecret(path, n.GetToken().Value); mend != "" { // of digits alone
				s.fail(n, "%s: %s", path, mend)
			}
		}
	case *ast.SequenceNode:
		if t.Kind() == reflect.Slice {
			for _, c := range n.Values {
				s.node(c, t.Elem(), path)
			}
		}
	case *ast.MappingValueNode:
		s.pair(n, t, path)
	case *ast.MappingNode:
		for _, c := range n.Values {
			s.pair(c, t, path)
		}
	}
}

// pair checks a key and its value.
func (s *strict) pair(n *ast.MappingValueNode, t reflect.Type, path string) {
	key := n.Key.GetToken().Value
	below := strings.TrimPrefix(path+"."+key, ".")
	switch t.Kind() {
	case reflect.Map:
		s.node(n.Value, t.Elem(), below)
	case reflect.Struct:
		fields := fieldsOf(t)
		if field, ok := fields[key]; ok {
			s.node(n.Value, field, below)
			return
		}
		s.fail(n.Key, "unknown key %q%s; %s", key, within(path), nearest(key, fields))
	}
}

// variables puts environment variables and files into a value.
func (s *strict) variables(n ast.Node, value, path string) string {
	if mend := literalSecret(path, value); mend != "" {
		s.fail(n, "%s: %s", path, mend)
	}
	if !strings.Contains(value, "${") {
		return value
	}
	return regexp.MustCompile(`\$?\$\{[^}]*\}?`).ReplaceAllStringFunc(value, func(m string) string {
		if strings.HasPrefix(m, "$$") {
			return m[1:]
		}
		name := strings.TrimSuffix(strings.TrimPrefix(m, "${"), "}")
		if !strings.HasSuffix(m, "}") || name == "" {
			s.fail(n, "%s: %q is not a variable; write ${NAME}, or $${ for a literal ${", path, m)
			return m
		}
		if file, ok := strings.CutPrefix(name, filePrefix); ok {
			v, err := secretFrom(file)
			if err != nil {
				s.fail(n, "%s: %v", path, err)
			}
			return v
		}
		v, ok := s.lookup(name)
		if !ok {
			s.fail(n, "%s: the environment variable %s is not set", path, name)
		}
		return v
	})
}

func fieldsOf(t reflect.Type) map[string]reflect.Type {
	fields := make(map[string]reflect.Type)
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if name == "" {
			name = strings.ToLower(f.Name)
		}
		if f.IsExported() && name != "-" {
			fields[name] = f.Type
		}
	}
	return fields
}

func within(path string) string {
	if path == "" {
		return ""
	}
	return " in " + path
}

// nearest names the key that was probably meant, or all keys.
func nearest(key string, fields map[string]reflect.Type) string {
	best, at := "", 3 // at most two letters off
	var all []string
	for name := range fields {
		all = append(all, name)
		if d := distance(strings.ToLower(key), name); d < at || d == at && name < best {
			best, at = name, d
		}
	}
	if best != "" {
		return fmt.Sprintf("did you mean %q?", best)
	}
	slices.Sort(all)
	return "there are " + strings.Join(all, ", ")
}

// distance is the number of letters to insert, delete or replace to make b of a.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
