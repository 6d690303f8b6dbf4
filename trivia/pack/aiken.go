package pack

import (
	"strings"
)

// aikenReader reads Aiken: lines of the question, lettered options, and a line with the letter of the right one.
type aikenReader struct {
	*reader
	line    int      // of the question's first line
	stem    []string // lines of the question
	options []string
	bad     bool // a fault was found in this question
}

func readAiken(r *reader, text string) {
	a := aikenReader{reader: r}
	n := 0
	for line := range strings.Lines(text) {
		n++
		if r.full() {
			return
		}
		a.next(n, strings.TrimSpace(line))
	}
	if len(a.stem)+len(a.options) > 0 {
		a.fail(a.line, "end it by a line like ANSWER: A", "the question has no ANSWER line")
	}
}

func (a *aikenReader) next(n int, line string) {
	if line == "" {
		return
	}
	if letter, ok := aikenAnswer(line); ok {
		a.end(n, letter)
		return
	}
	if letter, text, ok := aikenOption(line); ok && len(a.stem) > 0 {
		if want := byte('A' + len(a.options)); letter != want {
			a.wrong(n, "letter the options A, B, C … without gaps", "option %c stands where %c is due", letter, want)
		}
		a.options = append(a.options, text)
		return
	}
	if len(a.options) > 0 {
		a.wrong(a.line, "end it by a line like ANSWER: A, in capitals", "the question has no ANSWER line")
		a.reset()
	}
	if len(a.stem) == 0 {
		a.line = n
	}
	a.stem = append(a.stem, line)
}

func (a *aikenReader) wrong(n int, mend, format string, args ...any) {
	a.bad = true
	a.fail(n, mend, format, args...)
}

func (a *aikenReader) reset() { a.stem, a.options, a.bad = nil, nil, false }

// end makes a question of what was read, whose answer line is line n.
func (a *aikenReader) end(n int, letter byte) {
	defer a.reset()
	right := int(letter) - 'A'
	switch {
	case len(a.stem) == 0:
		a.fail(n, "write the question above its options", "an ANSWER line without a question")
	case len(a.options) < 2:
		a.fail(n, "write them as A. … and B. …", "the question has too few options (%d)", len(a.options))
	case right < 0 || right >= len(a.options):
		a.fail(n, "name the letter of an option", "there is no option %c", letter)
	case !a.bad:
		d := draft{text: strings.Join(a.stem, " "), answers: []string{a.options[right]}}
		d.wrong = append(append(d.wrong, a.options[:right]...), a.options[right+1:]...)
		a.add(a.line, d)
	}
}

// aikenAnswer reads "ANSWER: B". An answer without a letter is option 0, which there never is.
func aikenAnswer(line string) (letter byte, ok bool) {
	rest, ok := strings.CutPrefix(line, "ANSWER:")
	if !ok {
		return 0, false
	}
	rest = strings.TrimSpace(rest)
	if rest == "" || rest[0] < 'A' || rest[0] > 'Z' {
		return '?', true
	}
	return rest[0], true
}

// aikenOption reads "A. text" and "A) text".
func aikenOption(line string) (letter byte, text string, ok bool) {
	if len(line) < 2 || line[0] < 'A' || line[0] > 'Z' || line[1] != '.' && line[1] != ')' {
		return 0, "", false
	}
	if len(line) > 2 && line[2] != ' ' && line[2] != '\t' {
		return 0, "", false
	}
	return line[0], strings.TrimSpace(line[2:]), true
}
