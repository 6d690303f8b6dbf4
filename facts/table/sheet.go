package table

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"
)

// MaxFile is the largest table file that is read, in bytes.
const MaxFile = 64 << 20

// sheet is a tab-separated file cut into cells. The cells are slices of one string.
type sheet struct {
	file   string
	header []string
	rows   []sheetRow
}

type sheetRow struct {
	line  int
	cells []string // as many as the header has
}

// pos is where a row stands.
func (s *sheet) pos(line int) Pos { return Pos{File: s.file, Line: line} }

// column is the index of the named column, -1 where there is none.
func (s *sheet) column(name string) int { return slices.Index(s.header, name) }

// openSheet reads a file of fsys into a sheet. Faults of the rows go to log; an error means that nothing can be read.
func openSheet(fsys fs.FS, file string, pad padding, log *faultLog) (*sheet, error) {
	f, err := fsys.Open(file)
	if err != nil {
		return nil, fmt.Errorf("open table: %w", err)
	}
	defer f.Close()
	return readSheet(f, file, pad, log)
}

// readSheet is openSheet of a file that is open.
func readSheet(r io.Reader, file string, pad padding, log *faultLog) (*sheet, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return parseSheet(file, data, pad, log)
}

// padding says of which headers a short row is filled with empty cells (some writers cut trailing tabs); of others, and
// where it is nil, a short row is a fault.
type padding func(header []string) bool

// parseSheet cuts data into cells.
func parseSheet(file string, data []byte, pad padding, log *faultLog) (*sheet, error) {
	if err := readable(file, data); err != nil {
		return nil, err
	}
	s := &sheet{file: file}
	padded := false
	text := strings.TrimPrefix(string(data), "\ufeff")
	for line := 1; text != "" && !log.full(); line++ {
		var row string
		row, text, _ = strings.Cut(text, "\n")
		row = strings.TrimSuffix(row, "\r")
		switch {
		case line == 1:
			if err := s.setHeader(row); err != nil {
				return nil, err
			}
			padded = pad != nil && pad(s.header)
		case row == "":
			log.add(Fault{Pos: s.pos(line), What: "the line is empty", Mend: "remove it"})
		default:
			s.addRow(line, row, padded, log)
		}
	}
	if s.header == nil {
		return nil, Faults{{Pos: Pos{file, 1}, What: "the file is empty", Mend: "start it with a line of column names"}}
	}
	return s, nil
}

func (s *sheet) setHeader(row string) error {
	s.header = strings.Split(row, "\t")
	for i, name := range s.header {
		what := ""
		if name == "" {
			what = fmt.Sprintf("column %d has no name", i+1)
		} else if slices.Contains(s.header[:i], name) {
			what = fmt.Sprintf("column %q stands twice", name)
		}
		if what != "" {
			return Faults{{Pos: s.pos(1), What: what, Mend: "mend the first line of the file"}}
		}
	}
	return nil
}

func (s *sheet) addRow(line int, row string, pad bool, log *faultLog) {
	cells := strings.Split(row, "\t")
	for pad && len(cells) < len(s.header) {
		cells = append(cells, "")
	}
	if len(cells) != len(s.header) {
		log.add(Fault{
			Pos:  s.pos(line),
			What: fmt.Sprintf("the row has %d cells and the header %d", len(cells), len(s.header)),
			Mend: "separate the cells with one tab each, and leave empty cells empty",
		})
		return
	}
	s.rows = append(s.rows, sheetRow{line, cells})
}

// readable refuses what is no text table before anybody looks inside.
func readable(file string, data []byte) error {
	fault := func(at int, what, mend string) error {
		line := 1 + bytes.Count(data[:at], []byte("\n"))
		return Faults{{Pos: Pos{file, line}, What: what, Mend: mend}}
	}
	if len(data) > MaxFile {
		return Faults{{Pos: Pos{File: file}, What: fmt.Sprintf("the file is larger than %d MiB", MaxFile>>20),
			Mend: "cut it into several tables"}}
	}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return fault(i, "a NUL byte", "this is no text file; save it as tab-separated text in UTF-8")
	}
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return fault(i, "the text is not UTF-8", "save the file as UTF-8")
		}
		i += n
	}
	return nil
}
