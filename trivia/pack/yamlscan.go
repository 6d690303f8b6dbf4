package pack

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// A pack's YAML is read a piece at a time: one key at the margin, or one item of the list of questions. Pieces are cut at
// lines, before anything is made of them, so memory and time do not depend on what the rest of the file holds. What no
// pack needs (anchors and aliases, tags, merges, deep nesting, a second document) ends the reading at the token where it
// stands, before it is parsed: the parser's time grows with the square of the depth.

const (
	maxPieceTokens = 1500 // a question has a few dozen
	maxFlowDepth   = 4    // of brackets in brackets
	maxIndents     = 8    // of lists and keys in each other
)

// piece is the syntax tree of a part of the file.
type piece struct {
	item  bool // of the list; otherwise node is what stands at the margin
	opens bool // it is the key of the list, whose items follow
	node  ast.Node
	trims []int // lines on which an unquoted text is cut short by a comment that begins "#x"
}

// yamlStop is why reading ended before the end of the file.
type yamlStop struct {
	line       int
	what, mend string
}

func (s *yamlStop) Error() string { return fmt.Sprintf("line %d: %s; %s", s.line, s.what, s.mend) }

// listKey is the key whose list is handed over item by item; all other keys come whole.
type listKey string

const (
	wholeKeys     listKey = ""
	questionsList listKey = "questions"
)

// scanYAML reads src and hands its pieces to each, which returns false to end it. What is broken within a piece goes to
// broken, which returns false to end it too. The error is what ends it otherwise.
func scanYAML(src string, list listKey, each func(piece) bool, broken func(error) bool) error {
	c := cutter{src: src, list: list}
	begun := false
	for {
		s, ok, err := c.next()
		if !ok || err != nil {
			return err
		}
		tokens, p, err := scanPiece(&c, &s, begun)
		if err != nil {
			return err
		}
		begun = begun || len(tokens) > 0
		p.item, p.opens = s.item, s.opens
		if p.node, err = parsePiece(tokens); err == nil && s.item {
			p.node, err = itemOf(p.node, s.line)
		}
		switch {
		case err != nil:
			ok = broken(err)
		case p.node != nil:
			ok = each(p)
		}
		if !ok {
			return nil
		}
	}
}

// itemOf is the one item of a list that was cut into its items.
func itemOf(n ast.Node, line int) (ast.Node, error) {
	list, ok := n.(*ast.SequenceNode)
	if !ok || len(list.Values) != 1 {
		return nil, &yamlStop{line, "the list is broken here", "give all its dashes the same indentation"}
	}
	return list.Values[0], nil
}

// scanPiece makes tokens of a segment. A bracket or a quote that is open at its end makes it longer.
func scanPiece(c *cutter, s *segment, begun bool) (token.Tokens, piece, error) {
	for times := 0; ; times++ {
		t := tokenScan{line: s.line, begun: begun}
		err := t.scan(s.text)
		by := 1 // a quote ends after a few lines; a file all in brackets does not
		if times > 50 {
			by = 1 << min(times-50, 20)
		}
		if !t.open || !c.grow(s, by) {
			return t.tokens, piece{trims: t.trims}, err
		}
	}
}

// tokenScan looks over the tokens of a segment.
type tokenScan struct {
	line    int  // of the first token
	begun   bool // something stood before
	open    bool // a bracket or a quote is open at the end
	tokens  token.Tokens
	trims   []int
	flow    int   // brackets that are open
	indents []int // columns of the lists and keys around the token
}

func (s *tokenScan) scan(text string) error {
	for _, t := range lexer.Tokenize(text) {
		t.Position.Line += s.line - 1
		if err := s.refuse(t); err != nil {
			return err
		}
		switch t.Type {
		case token.CommentType:
			s.comment(t)
			continue
		case token.DocumentHeaderType, token.DocumentEndType:
			continue
		}
		if err := s.nesting(t); err != nil {
			return err
		}
		if s.tokens.Add(t); len(s.tokens) > maxPieceTokens {
			return stop(t, "one question, or all in brackets, is longer than any question is",
				"begin each question on a line with a dash")
		}
	}
	s.open = s.flow > 0
	return nil
}

// refuse names what packs do not need and what is dangerous or plainly wrong.
func (s *tokenScan) refuse(t *token.Token) error {
	const quote = "put the text into double quotes"
	switch t.Type {
	case token.InvalidType:
		s.open = strings.HasPrefix(t.Error, "could not find end character")
		return stop(t, t.Error, quote)
	case token.AnchorType, token.AliasType:
		return stop(t, "anchors and aliases (& and *) are not supported", "write it out, or "+quote)
	case token.TagType:
		return stop(t, "tags (!) are not supported", quote)
	case token.MergeKeyType, token.MappingKeyType, token.DirectiveType:
		return stop(t, fmt.Sprintf("%q is not supported here", t.Value), quote)
	case token.DocumentHeaderType:
		if s.begun || len(s.tokens) > 0 {
			return stop(t, "there is a second document (a line of ---), and only one is read", "make it a file of its own")
		}
	}
	return nil
}

// nesting refuses lists and keys deep in each other.
func (s *tokenScan) nesting(t *token.Token) error {
	switch t.Type {
	case token.SequenceStartType, token.MappingStartType:
		if s.flow++; s.flow > maxFlowDepth {
			return stop(t, "too many brackets in brackets", "use lines with dashes, or put the text into double quotes")
		}
		return nil
	case token.SequenceEndType, token.MappingEndType:
		s.flow = max(0, s.flow-1)
		return nil
	}
	last := s.last()
	if s.flow > 0 || t.Type != token.SequenceEntryType && last != nil && last.Position.Line == t.Position.Line &&
		last.Type != token.SequenceEntryType {
		return nil
	}
	for len(s.indents) > 0 && s.indents[len(s.indents)-1] >= t.Position.Column {
		s.indents = s.indents[:len(s.indents)-1]
	}
	if s.indents = append(s.indents, t.Position.Column); len(s.indents) > maxIndents {
		return stop(t, "lists or keys are too deep in each other", "a question has keys, and below them lists of texts")
	}
	return nil
}

// comment remembers where a comment may have been meant as text, as in "Who was #1 in 1990?".
func (s *tokenScan) comment(t *token.Token) {
	if last := s.last(); last != nil && last.Type == token.StringType && last.Position.Line == t.Position.Line &&
		t.Value != "" && t.Value[0] != ' ' && t.Value[0] != '#' {
		s.trims = append(s.trims, t.Position.Line)
	}
}

func (s *tokenScan) last() *token.Token {
	if len(s.tokens) == 0 {
		return nil
	}
	return s.tokens[len(s.tokens)-1]
}

// parsePiece is the parser, which gives up on some broken texts by a panic.
func parsePiece(tokens token.Tokens) (body ast.Node, err error) {
	defer func() {
		if p := recover(); p != nil {
			body, err = nil, stop(tokens[0], "this is not YAML", "put texts with : # \" ' [ { in them into double quotes")
		}
	}()
	if len(tokens) == 0 {
		return nil, nil
	}
	tokens[0].Prev, tokens[len(tokens)-1].Next = nil, nil
	file, err := parser.Parse(tokens, 0)
	if err != nil {
		return nil, located(tokens[0], err)
	}
	for _, d := range file.Docs {
		if d.Body != nil {
			return d.Body, nil
		}
	}
	return nil, nil
}

// located gives a complaint of the parser its line.
func located(first *token.Token, err error) error {
	var at yaml.Error
	if errors.As(err, &at) && at.GetToken() != nil && at.GetToken().Position != nil {
		if strings.Contains(at.GetMessage(), "already defined") {
			return stop(at.GetToken(), fmt.Sprintf("the key %q is given twice", at.GetToken().Value), "keep one")
		}
		return stop(at.GetToken(), at.GetMessage(), "put texts with : # \" ' [ { in them into double quotes")
	}
	return stop(first, "this is not YAML", "put texts with : # \" ' [ { in them into double quotes")
}

func stop(t *token.Token, what, mend string) error { return &yamlStop{t.Position.Line, what, mend} }
