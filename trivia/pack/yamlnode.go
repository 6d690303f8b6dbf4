package pack

import (
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// pair is a key of a mapping and its value.
type pair struct {
	key   string
	node  ast.Node // the key
	value ast.Node
}

// pairs are the entries of a mapping, or false when n is none.
func pairs(n ast.Node) ([]pair, bool) {
	var entries []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		entries = n.Values
	case *ast.MappingValueNode:
		entries = []*ast.MappingValueNode{n}
	default:
		return nil, false
	}
	ps := make([]pair, 0, len(entries))
	for _, e := range entries {
		text, _ := scalar(e.Key)
		ps = append(ps, pair{text, e.Key, e.Value})
	}
	return ps, true
}

// items are the values of a list, or false when n is none.
func items(n ast.Node) ([]ast.Node, bool) {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		return nil, false
	}
	return list.Values, true
}

// scalar is the text of a node as it is written: 1990, yes and 12:30 are texts. It is false for lists and mappings.
func scalar(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case nil:
		return "", true
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.NullNode:
		return "", true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return strings.TrimSpace(n.GetToken().Value), true
	}
	return "", false
}

// plain reports whether a scalar is written without quotes, so that YAML 1.1 may take it for something else than text.
func plain(n ast.Node) bool {
	t := n.GetToken()
	if t == nil {
		return false
	}
	switch t.Type {
	case token.SingleQuoteType, token.DoubleQuoteType, token.LiteralType, token.FoldedType:
		return false
	}
	return true
}

// lineOf is the line on which a node begins.
func lineOf(n ast.Node) int {
	switch m := n.(type) {
	case *ast.MappingNode:
		if len(m.Values) > 0 {
			return lineOf(m.Values[0].Key)
		}
	case *ast.MappingValueNode:
		return lineOf(m.Key)
	}
	if n == nil || n.GetToken() == nil || n.GetToken().Position == nil {
		return 0
	}
	return n.GetToken().Position.Line
}
