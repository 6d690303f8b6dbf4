package pack

import (
	"fmt"
	"strings"
)

const (
	maxLineBytes  = 16 << 10
	maxPieceBytes = 64 << 10
)

// cutter cuts a YAML file into segments: from a line that begins a key at the margin, or an item of the list of
// questions, to the next such line. A text in quotes may hold such a line too; then the segment is made to grow.
type cutter struct {
	src  string
	list listKey
	at   int // offset of the next line
	line int // number of lines before it

	inList bool // below the key of the list
	indent int  // of its dashes; -1 before the first
}

// segment is a part of the file.
type segment struct {
	text        string
	start       int // offset in the file
	line        int // number of its first line, from 1
	item, opens bool
}

// next cuts the next segment; false at the end.
func (c *cutter) next() (segment, bool, error) {
	for from, first := c.at, c.line+1; c.at < len(c.src); {
		line := c.peek()
		if s := strings.TrimSpace(line); s != "" && s[0] != '#' {
			break
		}
		if err := c.take(line); err != nil {
			return segment{}, false, err
		}
		if c.at-from > maxPieceBytes {
			return segment{}, false, tooMuch(first)
		}
	}
	if c.at >= len(c.src) {
		return segment{}, false, nil
	}
	s := segment{start: c.at, line: c.line + 1}
	first := c.peek()
	s.item = c.begin(first)
	if err := c.take(first); err != nil {
		return s, false, err
	}
	if err := c.rest(s.start, s.line); err != nil {
		return s, false, err
	}
	s.opens = !s.item && c.inList && c.at < len(c.src) && c.indent >= 0
	s.text = c.src[s.start:c.at]
	return s, true, nil
}

// begin looks at the first line of a segment: is it an item of the list, or does it end the list or begin it?
func (c *cutter) begin(line string) (item bool) {
	indent := len(line) - len(strings.TrimLeft(line, " "))
	if c.inList && dashed(line[indent:]) {
		return true
	}
	key, _, _ := strings.Cut(line, " #")
	c.inList, c.indent = c.list != wholeKeys && strings.TrimSpace(key) == string(c.list)+":" && indent == 0, -1
	return false
}

// rest takes lines up to the next segment.
func (c *cutter) rest(start, first int) error {
	for c.at < len(c.src) && !c.boundary(c.peek()) {
		if err := c.take(c.peek()); err != nil {
			return err
		}
		if c.at-start > maxPieceBytes {
			return tooMuch(first)
		}
	}
	return nil
}

func tooMuch(line int) error {
	what := fmt.Sprintf("more than %d KiB without a question or a key at the margin", maxPieceBytes>>10)
	return &yamlStop{line, what, "begin each question on a line with a dash"}
}

// boundary reports whether a line begins a segment.
func (c *cutter) boundary(line string) bool {
	indent := len(line) - len(strings.TrimLeft(line, " "))
	rest := line[indent:]
	switch {
	case c.inList && dashed(rest):
		if c.indent < 0 {
			c.indent = indent
		}
		return indent == c.indent
	case indent > 0 || rest == "" || strings.IndexByte("\t\n#]}", rest[0]) >= 0:
		return false
	}
	return !dashed(rest)
}

// dashed reports whether a line, without its indentation, is an item of a list.
func dashed(rest string) bool {
	return rest != "" && rest[0] == '-' && (len(rest) == 1 || rest[1] == ' ' || rest[1] == '\n' || rest[1] == '\t')
}

// grow adds the next n segments to s, which is then still one. It is false at the end of the file or of the limit.
func (c *cutter) grow(s *segment, n int) bool {
	before := *c
	for range n {
		if c.at >= len(c.src) {
			break
		}
		if c.take(c.peek()) != nil || c.rest(s.start, s.line) != nil {
			*c = before
			return false
		}
	}
	c.inList, c.indent = before.inList, before.indent
	s.text = c.src[s.start:c.at]
	return c.at > before.at
}

func (c *cutter) peek() string {
	if i := strings.IndexByte(c.src[c.at:], '\n'); i >= 0 {
		return c.src[c.at : c.at+i+1]
	}
	return c.src[c.at:]
}

func (c *cutter) take(line string) error {
	c.at += len(line)
	c.line++
	if len(line) > maxLineBytes {
		what := fmt.Sprintf("the line is %d bytes long, at most %d are read", len(line), maxLineBytes)
		return &yamlStop{c.line, what, "shorten it"}
	}
	return nil
}
