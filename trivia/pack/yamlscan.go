package pack

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/scanner"
	"github.com/goccy/go-yaml/token"
)

// A pack's YAML is read a piece at a time: one key at the margin, or one item of the list below it. So memory and time
// do not depend on what the rest of the file holds, and what no pack needs (anchors and aliases, tags, merges, deep
// nesting, a second document) ends the reading at the token where it stands, before anything is built of it.

const (
	maxPieceTokens = 1500 // a question has a few dozen
	maxFlowDepth   = 4    // of brackets in brackets
	maxLineBytes   = 16 << 10
	maxKeyless     = 64 << 10 // bytes of lines without a colon or a dash: longer than any text of a pack
)

// piece is the syntax tree of a part of the file. An item of the list below a key comes with that key.
type piece struct {
	item  bool // of the list; otherwise node is what stands at the margin
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

// scanYAML reads src and hands its pieces to each, which returns false to end it.
func scanYAML(src string, list listKey, each func(piece) bool) error {
	if err := tooLong(src); err != nil {
		return err
	}
	s := yamlScan{list: list, each: each}
	s.scanner.Init(src)
	for !s.done {
		tokens, err := s.scanner.Scan()
		if errors.Is(err, io.EOF) {
			return s.flush()
		}
		for _, t := range tokens {
			if err := s.token(t); err != nil {
				return err
			}
		}
	}
	return nil
}

// tooLong refuses lines and texts that are so long that even to scan them takes a while.
func tooLong(src string) error {
	n, since := 0, 0
	for line := range strings.Lines(src) {
		n++
		since += len(line)
		if strings.Contains(line, ":") || strings.HasPrefix(strings.TrimLeft(line, " "), "-") {
			since = 0
		}
		switch {
		case len(line) > maxLineBytes:
			return &yamlStop{n, fmt.Sprintf("the line is %d bytes long, at most %d are read", len(line), maxLineBytes), "shorten it"}
		case since > maxKeyless:
			return &yamlStop{n, fmt.Sprintf("%d bytes of text without a key", maxKeyless), "is this a question pack?"}
		}
	}
	return nil
}

type yamlScan struct {
	scanner scanner.Scanner
	list    listKey
	each    func(piece) bool
	done    bool

	tokens token.Tokens // of the piece so far
	trims  []int
	flow   int    // brackets that are open
	key    string // the key at the margin
	column int    // of the dashes of the list below that key; 0 where there is none
	begun  bool   // something stood at the margin already
}

func (s *yamlScan) token(t *token.Token) error {
	if s.done {
		return nil
	}
	if err := s.refuse(t); err != nil {
		return err
	}
	switch {
	case t.Type == token.CommentType:
		s.comment(t)
		return nil
	case t.Type == token.DocumentHeaderType, t.Type == token.DocumentEndType:
		return nil
	}
	if err := s.begin(t); err != nil {
		return err
	}
	switch t.Type {
	case token.SequenceStartType, token.MappingStartType:
		if s.flow++; s.flow > maxFlowDepth {
			return stop(t, "too many brackets in brackets", "use lines with dashes, or put the text into double quotes")
		}
	case token.SequenceEndType, token.MappingEndType:
		s.flow = max(0, s.flow-1)
	}
	s.tokens.Add(t)
	s.begun = true
	if len(s.tokens) > maxPieceTokens {
		return stop(t, "one question, or all in brackets, is longer than any question is", "begin each question on a line with a dash")
	}
	return nil
}

// refuse names what packs do not need and what is dangerous or plainly wrong.
func (s *yamlScan) refuse(t *token.Token) error {
	const quote = "put the text into double quotes"
	switch t.Type {
	case token.InvalidType:
		return stop(t, t.Error, quote)
	case token.AnchorType, token.AliasType:
		return stop(t, "anchors and aliases (& and *) are not supported", "write it out, or "+quote)
	case token.TagType:
		return stop(t, "tags (!) are not supported", quote)
	case token.MergeKeyType, token.MappingKeyType, token.DirectiveType:
		return stop(t, fmt.Sprintf("%q is not supported here", t.Value), quote)
	case token.DocumentHeaderType:
		if s.begun {
			return stop(t, "there is a second document (a line of ---), and only one is read", "make it a file of its own")
		}
	}
	return nil
}

// comment remembers where a comment may have been meant as text, as in "Who was #1 in 1990?".
func (s *yamlScan) comment(t *token.Token) {
	if last := s.last(); last != nil && last.Type == token.StringType && last.Position.Line == t.Position.Line &&
		t.Value != "" && t.Value[0] != ' ' && t.Value[0] != '#' {
		s.trims = append(s.trims, t.Position.Line)
	}
}

func (s *yamlScan) last() *token.Token {
	if len(s.tokens) == 0 {
		return nil
	}
	return s.tokens[len(s.tokens)-1]
}

// begin hands over the piece that ends before t, if t begins one.
func (s *yamlScan) begin(t *token.Token) error {
	last := s.last()
	if s.flow > 0 || last != nil && (last.Type == token.LiteralType || last.Type == token.FoldedType) {
		return nil // what follows the head of a block text is that text, wherever its token says that it stands
	}
	if t.Type == token.SequenceEntryType {
		switch first := len(s.tokens) == 2 && s.tokens[1].Type == token.MappingValueType; {
		case s.column == 0 && first && s.key != "" && s.key == string(s.list):
			s.column, s.tokens = t.Position.Column, nil
		case s.column == t.Position.Column:
			return s.flush()
		}
		return nil
	}
	if t.Position.Column == 1 && t.Type != token.MappingValueType && (last == nil || last.Position.Line < t.Position.Line) {
		err := s.flush()
		s.key, s.column = t.Value, 0
		return err
	}
	return nil
}

// flush parses the piece so far and hands it over.
func (s *yamlScan) flush() error {
	tokens, trims := s.tokens, s.trims
	s.tokens, s.trims = nil, nil
	if len(tokens) == 0 || s.done {
		return nil
	}
	body, err := parsePiece(tokens)
	if err != nil || body == nil {
		return err
	}
	p := piece{node: body, trims: trims}
	if s.column != 0 {
		list, ok := body.(*ast.SequenceNode)
		if !ok || len(list.Values) != 1 {
			return stop(tokens[0], "the list is broken here", "give all its dashes the same indentation")
		}
		p.node, p.item = list.Values[0], true
	}
	s.done = !s.each(p)
	return nil
}

// parsePiece is the parser, which gives up on some broken texts by a panic.
func parsePiece(tokens token.Tokens) (body ast.Node, err error) {
	defer func() {
		if p := recover(); p != nil {
			body, err = nil, stop(tokens[0], "this is not YAML", "put texts with : # \" ' [ { in them into double quotes")
		}
	}()
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
		return stop(at.GetToken(), at.GetMessage(), "put texts with : # \" ' [ { in them into double quotes")
	}
	return stop(first, "this is not YAML", "put texts with : # \" ' [ { in them into double quotes")
}

func stop(t *token.Token, what, mend string) error { return &yamlStop{t.Position.Line, what, mend} }
