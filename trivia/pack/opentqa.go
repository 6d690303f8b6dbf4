package pack

import "strings"

// openQAReader reads OpenTriviaQA: "#Q " and a question, which may go on in further lines, "^ " and the answer, and
// options behind letters, one of which is the answer.
type openQAReader struct {
	*reader
	line     int      // of "#Q"; 0 before the first
	stem     []string // lines of the question
	answer   string
	answered bool
	options  []string
	bad      bool
}

func readOpenQA(r *reader, text string) {
	if r.pack.Source == "" {
		r.pack.Source, r.pack.Licence = "OpenTriviaQA", "CC BY-SA 4.0"
	}
	o := openQAReader{reader: r}
	n := 0
	for line := range strings.Lines(text) {
		n++
		if r.full() {
			return
		}
		o.next(n, strings.TrimSpace(line))
	}
	o.end()
}

func (o *openQAReader) next(n int, line string) {
	text, question := mark(line, "#Q")
	answer, right := mark(line, "^")
	switch {
	case question:
		o.end()
		o.line, o.stem = n, []string{text}
	case line == "", o.bad:
	case o.line == 0:
		o.fail(n, "begin each question with #Q", "a line before the first question")
		o.line = n // say it once
		o.bad = true
	case right && o.answered:
		o.wrong(n, "keep one", "the question has a second answer (^)")
	case right:
		o.answer, o.answered = answer, true
	case !o.answered:
		o.stem = append(o.stem, line)
	case len(line) >= 1 && line[0] >= 'A' && line[0] <= 'H' && (len(line) == 1 || line[1] == ' ' || line[1] == '\t'):
		if o.options = append(o.options, strings.TrimSpace(line[1:])); len(o.options) > maxWrong {
			o.wrong(n, "begin each question with #Q", "the question has more than %d options", maxWrong)
		}
	default:
		o.wrong(n, "begin options with a letter from A to H and a space", "the line is neither an option nor a question")
	}
}

// mark cuts a mark off the beginning of a line. Nothing, or a space, stands behind it.
func mark(line, m string) (string, bool) {
	rest, ok := strings.CutPrefix(line, m)
	if !ok || rest != "" && rest[0] != ' ' && rest[0] != '\t' {
		return "", false
	}
	return strings.TrimSpace(rest), true
}

func (o *openQAReader) wrong(n int, mend, format string, args ...any) {
	if !o.bad {
		o.fail(n, mend, format, args...)
	}
	o.bad = true
}

// end makes a question of what was read.
func (o *openQAReader) end() {
	defer func() { *o = openQAReader{reader: o.reader} }()
	if o.line == 0 || o.bad {
		return
	}
	if !o.answered {
		o.fail(o.line, "write it on a line that begins with ^", "the question has no answer")
		return
	}
	d := draft{text: strings.Join(o.stem, " "), answers: []string{o.answer}}
	found := len(o.options) == 0
	for _, option := range o.options {
		if !found && clean(option) == clean(o.answer) {
			found = true
			continue
		}
		d.wrong = append(d.wrong, option)
	}
	if !found {
		o.fail(o.line, "write the answer as it stands among the options", "the answer %q is none of the options", clean(o.answer))
		return
	}
	o.add(o.line, d)
}
