package pack

import (
	"html"
	"strings"
)

// giftReader reads Moodle's GIFT: questions between blank lines, their answers in braces.
type giftReader struct {
	*reader
	category string
	line     int // of the question being read
	text     string
}

func readGIFT(r *reader, text string) {
	g := giftReader{reader: r}
	var lines []string
	n, size := 0, 0
	for line := range strings.Lines(text + "\n\n") {
		n++
		line = strings.TrimSpace(line)
		switch {
		case r.full():
			return
		case strings.HasPrefix(line, "//"):
			if len(lines) > 0 {
				lines = append(lines, "") // counts as a line of the question
			}
		case len(lines) == 0 && strings.HasPrefix(line, "$CATEGORY:"):
			g.category = strings.TrimSpace(line[len("$CATEGORY:"):])
		case line != "":
			if len(lines) == 0 {
				g.line, size = n, 0
			}
			lines = append(lines, line)
			if size += len(line); size > maxPieceBytes {
				r.fail(g.line, "leave a blank line between questions",
					"the question is longer than %d KiB: the rest is not read", maxPieceBytes>>10)
				return
			}
		case len(lines) > 0:
			g.text = strings.Join(lines, "\n")
			g.question()
			lines = nil
		}
	}
}

// at is the line of a byte of the question.
func (g *giftReader) at(offset int) int { return g.line + strings.Count(g.text[:offset], "\n") }

func (g *giftReader) question() {
	start := 0
	if strings.HasPrefix(g.text, "::") { // a name, which nobody sees
		end := next(g.text, 2, "::")
		if end < 0 {
			g.fail(g.line, "end the name by ::", "the name of the question is not closed")
			return
		}
		start = end + 2
	}
	open := next(g.text, start, "{")
	if open < 0 {
		what := "the text has no answers in braces: it is a description, not a question"
		if end := next(g.text, start, "}"); end >= 0 {
			g.fail(g.at(end), "open it, or write \\}", "a } without a {")
			return
		}
		g.fail(g.line, "add {=answer}, or remove it", "%s", what)
		return
	}
	end := next(g.text, open+1, "}")
	if end < 0 {
		g.fail(g.at(open), "close it, and leave no blank line in it", "the { is not closed")
		return
	}
	if more := next(g.text, end+1, "{"); more >= 0 {
		g.fail(g.at(more), "make a question of each gap", "a question with several gaps is not supported")
		return
	}
	stem, markup := giftFormat(g.text[start:open])
	if tail := strings.TrimSpace(g.text[end+1:]); tail != "" { // the missing-word format
		stem += " _____ " + tail
		for _, mark := range []string{".", ",", "?", "!", ";"} {
			stem = strings.Replace(stem, "_____ "+mark, "_____"+mark, 1)
		}
	}
	a := giftAnswers{g: g, html: markup, begin: open + 1, body: g.text[open+1 : end]}
	d := draft{text: a.plain(stem), category: g.category}
	if a.read(&d) {
		g.add(g.line, d)
	}
}

// giftFormat cuts "[html]" off a text.
func giftFormat(s string) (rest string, markup bool) {
	s = strings.TrimSpace(s)
	for _, f := range []string{"[html]", "[moodle]", "[markdown]", "[plain]"} {
		if rest, ok := strings.CutPrefix(s, f); ok {
			return strings.TrimSpace(rest), f == "[html]" || f == "[moodle]"
		}
	}
	return s, false
}

// next finds a mark that is not escaped, at or behind from, or -1.
func next(s string, from int, mark string) int {
	for i := from; i+len(mark) <= len(s); i++ {
		if s[i] == '\\' {
			i++
			continue
		}
		if strings.HasPrefix(s[i:], mark) {
			return i
		}
	}
	return -1
}

// unescapeGIFT removes the backslashes.
func unescapeGIFT(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			switch c := s[i+1]; c {
			case 'n':
				b.WriteByte(' ')
				i++
				continue
			case '~', '=', '#', '{', '}', ':', '\\', '%', '>':
				b.WriteByte(c)
				i++
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// plainHTML drops tags and decodes entities; what begins like a tag and is none stays.
func plainHTML(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 || i+1 >= len(s) {
			break
		}
		if c := s[i+1] | 0x20; (c < 'a' || c > 'z') && s[i+1] != '/' && s[i+1] != '!' {
			b.WriteString(s[:i+1])
			s = s[i+1:]
			continue
		}
		end := strings.IndexByte(s[i:], '>')
		if end < 0 {
			break
		}
		b.WriteString(s[:i] + " ")
		s = s[i+end+1:]
	}
	b.WriteString(s)
	return html.UnescapeString(b.String())
}
