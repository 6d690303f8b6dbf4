package bot

import (
	"strings"
	"unicode"
)

// Part says which part of a view a laid line belongs to.
type Part int

// The parts.
const (
	PartTitle Part = iota
	PartLead
	PartHeading // of a list or table
	PartBody
	PartFooter
	PartButtons
)

// LaidLine is one line of a view on a medium of letters of equal width: a terminal, plain text.
type LaidLine struct {
	Part   Part
	Indent int // columns before the line
	Hang   int // columns before what is wrapped from it
	Line   Line
}

// Layout puts a view into lines: lists indented, winners marked, the columns of tables aligned. Where a link leads is told
// once: such a medium shows the whole address.
func Layout(v View) []LaidLine {
	var l layout
	l.add(PartTitle, 0, v.Title)
	l.add(PartLead, 0, v.Lead)
	for _, b := range v.Blocks {
		switch b := b.(type) {
		case *Text:
			for _, line := range b.Lines {
				l.add(PartBody, 0, line)
			}
		case *List:
			l.list(b)
		case *Table:
			l.table(b)
		}
	}
	for _, line := range v.Footer {
		l.add(PartFooter, 0, line)
	}
	l.buttons(v.Buttons)
	l.linkOnce()
	return l
}

type layout []LaidLine

// linkOnce leaves of links to the same address the first.
func (l layout) linkOnce() {
	seen := map[string]bool{}
	for i := range l {
		copied := false
		for j, s := range l[i].Line {
			if s.Kind != SpanLink {
				continue
			}
			if seen[s.URL] {
				if !copied {
					l[i].Line, copied = append(Line(nil), l[i].Line...), true
				}
				l[i].Line[j].Kind = SpanText
			}
			seen[s.URL] = true
		}
	}
}

func (l *layout) add(p Part, indent int, line Line) {
	if len(line) > 0 {
		*l = append(*l, LaidLine{p, indent, indent + 2, line})
	}
}

// buttons are one line of labels in brackets; the options of a question stand in its text already, so that their
// letters do.
func (l *layout) buttons(bs []Button) {
	var labels []string
	for _, b := range bs {
		label, _, _ := strings.Cut(b.Label, "  ")
		labels = append(labels, "["+label+"]")
	}
	if len(labels) > 0 {
		l.add(PartButtons, 0, L(strings.Join(labels, " ")))
	}
}

func (l *layout) list(b *List) {
	indent := 0
	if len(b.Title) > 0 {
		l.add(PartHeading, 0, b.Title)
		indent = 2
	}
	for _, it := range b.Items {
		l.add(PartBody, indent, L(it.Mark.Symbol(), it.Line))
	}
	l.add(PartBody, indent, b.More)
}

// table aligns all columns but the last.
func (l *layout) table(b *Table) {
	const indent = 2
	var widths []int
	head := make([]Line, len(b.Head))
	for i, h := range b.Head {
		head[i] = L(h)
	}
	for _, row := range append([][]Line{head}, b.Rows...) {
		for j, cell := range row {
			if j == len(widths) {
				widths = append(widths, 0)
			}
			widths[j] = max(widths[j], lineWidth(cell))
		}
	}
	row := func(p Part, cells []Line) {
		var line Line
		hang := indent
		for j, cell := range cells {
			line = append(line, cell...)
			if j < len(cells)-1 {
				line = append(line, T(strings.Repeat(" ", widths[j]-lineWidth(cell)+2)))
				hang += widths[j] + 2
			}
		}
		if len(line) > 0 {
			*l = append(*l, LaidLine{p, indent, hang, line})
		}
	}
	row(PartHeading, head)
	for _, cells := range b.Rows {
		row(PartBody, cells)
	}
	l.add(PartBody, indent, b.More)
}

// Symbol is the mark as text, with a space behind it; empty for MarkNone.
func (m Mark) Symbol() string {
	if m == MarkWon {
		return "★ "
	}
	return ""
}

func lineWidth(l Line) int {
	n := 0
	for _, s := range l {
		n += Width(PlainSpan(s))
	}
	return n
}

// wide are the scripts whose letters take two columns.
var wide = []*unicode.RangeTable{unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana}

// Width is the number of columns s takes where letters have equal width: 0 for a combining mark, 2 for East Asian letters
// and emoji, 1 for all else. It is an estimate: terminals differ.
func Width(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case r < 0x300:
			n++
		case unicode.In(r, unicode.Mn, unicode.Me):
		case r >= 0x1f300 && r < 0x20000, r >= 0xff01 && r <= 0xff60, unicode.In(r, wide...):
			n += 2
		default:
			n++
		}
	}
	return n
}
