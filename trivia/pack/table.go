package pack

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
)

// row is a row of a table: of a CSV file or a sheet. Rows without any text are left out.
type row struct {
	line  int
	cells []string
}

func (r row) cell(i int) string {
	if i < 0 || i >= len(r.cells) {
		return ""
	}
	return r.cells[i]
}

// layout says in which columns of a table the parts of a question stand; -1 for nowhere.
type layout struct {
	format                                 Format
	text, correct, kind, note              int
	category, difficulty, answerKind, from int
	options                                []int // the answers to choose from, of which correct names some by number
	answers, wrong                         []int // answers that are right, and wrong ones
}

// header finds the row that names the columns and what it makes of them, among the first rows. want is a format, or "".
func header(rows []row, want Format) (int, layout, bool) {
	for i, r := range rows[:min(len(rows), headerWithin)] {
		if l, ok := layoutOf(r); ok && (want == "" || l.format == want || twins(l.format, want)) {
			if want != "" {
				l.format = want
			}
			return i, l, true
		}
	}
	return 0, layout{}, false
}

// twins reports whether two formats have the same columns: Kahoot's and Blooket's tables differ in their first columns only.
func twins(a, b Format) bool { return (a == Kahoot || a == Blooket) && (b == Kahoot || b == Blooket) }

// layoutOf tells the formats apart by the names of their columns. Templates add notes behind the names.
func layoutOf(r row) (layout, bool) {
	l := layout{text: -1, correct: -1, kind: -1, note: -1, category: -1, difficulty: -1, answerKind: -1, from: -1}
	var correctOne, blooket, help bool
	for i, c := range r.cells {
		name := fold(c)
		switch {
		case name == "question #":
			blooket = true
		case name == "question type":
			l.kind = i
		case name == "question", name == "text", strings.HasPrefix(name, "question text"), strings.HasPrefix(name, "question max"):
			if l.text < 0 {
				l.text = i
			}
			help = help || name != "question" && name != "text"
		case strings.HasPrefix(name, "correct answer"):
			l.correct, correctOne = i, name == "correct answer"
		case strings.HasPrefix(name, "incorrect answer"), numbered(name, "wrong"):
			l.wrong = append(l.wrong, i)
		case numbered(name, "answer"), name == "answers":
			l.answers = append(l.answers, i)
		case numbered(name, "option"):
			l.options = append(l.options, i)
		case name == "category":
			l.category = i
		case name == "difficulty":
			l.difficulty = i
		case name == "kind":
			l.answerKind = i
		case name == "source":
			l.from = i
		case name == "note", name == "answer explanation":
			l.note = i
		}
	}
	return l.recognise(correctOne, blooket, help)
}

func (l layout) recognise(correctOne, blooket, help bool) (layout, bool) {
	switch {
	case l.text < 0:
		return l, false
	case len(l.options) > 0 && l.correct >= 0:
		l.format = Wayground
	case len(l.answers) > 1 && l.correct >= 0:
		l.options, l.answers, l.format = l.answers, nil, Kahoot
		if blooket {
			l.format = Blooket
		}
	case correctOne && len(l.wrong) > 0 && !help:
		l.answers, l.format = []int{l.correct}, Gimkit
	case len(l.answers) > 0:
		l.format = CSV
	default:
		return l, false
	}
	return l, true
}

// numbered reports whether a column is called name, or name with something behind it: "answer 2", "answer1", "wrong 3".
func numbered(name, prefix string) bool {
	rest, ok := strings.CutPrefix(name, prefix)
	return ok && (rest == "" || digits(rest) || rest[0] == ' ' && len(rest) > 1 && rest[1] >= '0' && rest[1] <= '9')
}

// parseCSV reads a table whose cells are separated by sep. What is broken ends it: the rows before are returned too.
func parseCSV(text string, sep rune, most int) ([]row, error) {
	in := csv.NewReader(strings.NewReader(text))
	in.Comma, in.FieldsPerRecord, in.ReuseRecord = sep, -1, true
	var rows []row
	for len(rows) <= most {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return rows, err
		}
		if line, _ := in.FieldPos(0); slices.ContainsFunc(cells, func(c string) bool { return clean(c) != "" }) {
			rows = append(rows, row{line, slices.Clone(cells[:min(len(cells), maxColumns)])})
		}
	}
	return rows, nil
}

// shortRecords cuts text before a record that is longer than any, and says at which line that begins; 0 for none. A record
// ends at a line's end outside of quotes.
func shortRecords(text string) (string, int) {
	start, at, n, first := 0, 0, 0, 1
	quoted := false
	for line := range strings.Lines(text) {
		n++
		at += len(line)
		if strings.Count(line, `"`)%2 == 1 {
			quoted = !quoted
		}
		if at-start > maxPieceBytes {
			return text[:start], first
		}
		if !quoted {
			start, first = at, n+1
		}
	}
	return text, 0
}

// separator finds what separates the cells: with it, there is a header.
func separator(text string, want Format) (rune, Format) {
	text, _ = shortRecords(text[:min(len(text), headerWithin*maxPieceBytes)])
	for _, sep := range []rune{',', ';', '\t', '|'} {
		rows, _ := parseCSV(text, sep, headerWithin) // what is broken is told when all is read
		if _, l, ok := header(rows, want); ok {
			return sep, l.format
		}
	}
	return ',', ""
}

// readCSV reads a table in any of the formats of tables.
func readCSV(r *reader, text string, want Format) {
	text, tooLong := shortRecords(text)
	sep, _ := separator(text, want)
	rows, err := parseCSV(text, sep, MaxRows+headerWithin)
	r.table(rows, want)
	if err == nil && tooLong > 0 {
		r.fail(tooLong, "end each quote", "the row is longer than %d KiB: the rest is not read", maxPieceBytes>>10)
	}
	var broken *csv.ParseError
	if errors.As(err, &broken) {
		r.fail(broken.Line, `double a quote inside of quotes (""), and end each quote`,
			"the table is broken in column %d: %v", broken.Column, broken.Err)
	}
}

// table reads the rows of a table.
func (r *reader) table(rows []row, want Format) {
	at, l, ok := header(rows, want)
	if !ok {
		what := "there is no row that names the columns"
		if want != "" {
			what += " of " + string(want)
		}
		r.fail(0, "write a first row with question, answer, wrong 1, wrong 2, wrong 3", "%s", what)
		return
	}
	r.pack.Format = l.format
	s := sheet{r, l}
	for _, row := range rows[at+1:] {
		if r.full() {
			return
		}
		s.row(row)
	}
}

// numberList reads "2", "1,3", "2.0": numbers of options, from 1.
func numberList(s string) ([]int, bool) {
	var list []int
	for part := range strings.FieldsFuncSeq(s, func(c rune) bool { return c == ',' || c == ';' || c == ' ' || c == '/' }) {
		n, err := strconv.ParseFloat(part, 64)
		if err != nil || n != float64(int(n)) {
			return nil, false
		}
		list = append(list, int(n))
	}
	return list, true
}
