package console

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/whowon-bot/whowon/bot"
)

// maxProposals is how many completions are asked for.
const maxProposals = 8

// completion is what Tab does: it writes as much as all proposals have in common; where that adds nothing it lists the
// proposals, and each further Tab puts the next one into the line.
type completion struct {
	complete Completer
	show     io.Writer

	proposals []string // being stepped through
	step      int
	line      string // as this type left it: another line starts anew
	rest      string // of the line, behind the cursor
}

// key is the terminal's AutoCompleteCallback.
func (c *completion) key(line string, pos int, key rune) (string, int, bool) {
	if key != '\t' || pos > len(line) {
		return "", 0, false
	}
	if len(c.proposals) > 0 && line == c.line {
		choice := c.proposals[c.step%len(c.proposals)]
		c.step++
		return c.put(choice)
	}
	c.proposals, c.rest = nil, line[pos:]
	typed := line[:pos]
	var found []string
	for _, p := range c.complete.Complete(typed, maxProposals) {
		if p = bot.Clean(p); p != "" {
			found = append(found, p)
		}
	}
	switch len(found) {
	case 0:
		return line, pos, true
	case 1:
		return c.put(found[0])
	}
	if common := commonPrefix(found); len(common) > len(typed) && strings.EqualFold(common[:len(typed)], typed) {
		return c.put(common)
	}
	fmt.Fprintln(c.show, strings.Join(found, "\n"))
	c.proposals, c.step, c.line = found, 0, line
	return line, pos, true
}

func (c *completion) put(s string) (string, int, bool) {
	c.line = s + c.rest
	return c.line, len(s), true
}

// commonPrefix is what all begin with, regardless of case, as the first spells it.
func commonPrefix(all []string) string {
	prefix := all[0]
	for _, s := range all[1:] {
		n := 0
		for n < len(prefix) && n < len(s) {
			r, size := utf8.DecodeRuneInString(prefix[n:])
			r2, size2 := utf8.DecodeRuneInString(s[n:])
			if size != size2 || !strings.EqualFold(string(r), string(r2)) {
				break
			}
			n += size
		}
		prefix = prefix[:n]
	}
	return prefix
}
