package pack

import (
	"slices"
	"strings"
)

// sheet makes questions of the rows below a header.
type sheet struct {
	*reader
	layout layout
}

func (s sheet) row(r row) {
	l := s.layout
	d := draft{
		text: r.cell(l.text), note: r.cell(l.note), category: r.cell(l.category), difficulty: r.cell(l.difficulty),
		kind: r.cell(l.answerKind), source: r.cell(l.from),
	}
	if l.kind >= 0 && s.help(r) {
		return
	}
	var ok bool
	switch {
	case len(l.options) > 0 && l.kind >= 0:
		ok = s.byType(&d, r)
	case len(l.options) > 0:
		ok = s.byNumber(&d, r)
	default:
		d.answers, d.wrong, ok = cellsOf(r, l.answers), cellsOf(r, l.wrong), true
	}
	if blank(d) && clean(r.cell(l.correct)) == "" {
		return // a row of the template that was not filled in
	}
	if ok {
		s.add(r.line, d)
	}
}

func blank(d draft) bool { return clean(d.text) == "" && len(d.answers) == 0 && len(d.wrong) == 0 }

// help reports whether a row explains the columns, as the second row of Wayground's template does.
func (s sheet) help(r row) bool {
	return strings.HasPrefix(fold(r.cell(s.layout.text)), "text of the question")
}

// cellsOf are the texts in columns, without the empty ones.
func cellsOf(r row, columns []int) []string {
	var list []string
	for _, c := range columns {
		if s := clean(r.cell(c)); s != "" {
			list = append(list, s)
		}
	}
	return list
}

// byType reads a row of Wayground, which has a column for the type of the question.
func (s sheet) byType(d *draft, r row) bool {
	switch kind := fold(r.cell(s.layout.kind)); kind {
	case "", "multiple choice", "checkbox":
		return s.byNumber(d, r)
	case "fill in the blank":
		d.answers = cellsOf(r, s.layout.options)
		return true
	case "open ended", "poll", "draw":
		s.fail(r.line, "remove it", "a question of type %q has no right answer", clean(r.cell(s.layout.kind)))
	default:
		s.fail(r.line, "write Multiple Choice, Checkbox or Fill-in-the-Blank",
			"%q is not a type of question", clip(clean(r.cell(s.layout.kind))))
	}
	return false
}

// byNumber reads a row whose right answers are given by the numbers of their options.
func (s sheet) byNumber(d *draft, r row) bool {
	options := make([]string, len(s.layout.options))
	filled := 0
	for i, c := range s.layout.options {
		if options[i] = clean(r.cell(c)); options[i] != "" {
			filled++
		}
	}
	written := clean(r.cell(s.layout.correct))
	if filled == 0 && clean(d.text) == "" {
		if written != "" {
			s.fail(r.line, "write the question and its answers", "a correct answer without a question")
		}
		return false
	}
	right, ok := numberList(written)
	switch {
	case filled < 2:
		s.fail(r.line, "write at least 2", "the question has too few options (%d)", filled)
		return false
	case !ok || len(right) == 0:
		s.fail(r.line, "write its number, as in 2, or 1,3",
			"the correct answer, %q, is not the number of an option", clip(written))
		return false
	}
	for _, n := range right {
		if n < 1 || n > len(options) || options[n-1] == "" {
			s.fail(r.line, "name the number of an option that is filled in", "there is no option %d", n)
			return false
		}
	}
	for i, o := range options {
		if o == "" {
			continue
		}
		if slices.Contains(right, i+1) {
			d.answers = append(d.answers, o)
		} else {
			d.wrong = append(d.wrong, o)
		}
	}
	if len(right) > 1 && fold(r.cell(s.layout.kind)) == "checkbox" {
		s.warn(r.line, "", "%d answers are to be ticked in Wayground; here one of them is enough", len(right))
	}
	return true
}
