package raw

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// sheet is one of the tables that we compile: a header and rows.
type sheet struct {
	file   string
	header []string
	rows   []*line
}

// line is one row of a sheet.
type line struct {
	sheet *sheet
	no    int // in the file; 0 for a row that a correction added
	cells []string

	confirmed, doubtful bool // what corrections say about the row
}

// get is a cell by its column, "" where the sheet has no such column.
func (l *line) get(column string) string {
	if i := slices.Index(l.sheet.header, column); i >= 0 {
		return l.cells[i]
	}
	return ""
}

func (l *line) set(column, value string) error {
	i := slices.Index(l.sheet.header, column)
	if i < 0 {
		return fmt.Errorf("%s has no column %q", l.sheet.file, column)
	}
	l.cells[i] = value
	return nil
}

func (l *line) pos() string { return fmt.Sprintf("%s:%d", l.sheet.file, l.no) }

// readSheet reads a table. Lines that begin with "#" are comments, except one that holds tabs: that is the header.
func readSheet(fsys fs.FS, file string) (*sheet, error) {
	text, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, err
	}
	s := &sheet{file: file}
	for i, text := range strings.Split(strings.TrimRight(string(text), "\n"), "\n") {
		text = strings.TrimSuffix(text, "\r")
		if strings.HasPrefix(text, "#") {
			if !strings.Contains(text, "\t") {
				continue
			}
			text = strings.TrimSpace(strings.TrimPrefix(text, "#"))
		}
		cells := strings.Split(text, "\t")
		for j := range cells {
			cells[j] = strings.TrimSpace(cells[j])
		}
		if s.header == nil {
			s.header = cells
			continue
		}
		for len(cells) < len(s.header) && len(cells) > 0 { // empty cells at the end of a line may be left out
			cells = append(cells, "")
		}
		if len(cells) != len(s.header) {
			return nil, fmt.Errorf("%s:%d: %d cells under %d columns", file, i+1, len(cells), len(s.header))
		}
		s.rows = append(s.rows, &line{sheet: s, no: i + 1, cells: cells})
	}
	if s.header == nil {
		return nil, fmt.Errorf("%s: no header line", file)
	}
	return s, nil
}

// need reports the columns that a sheet must have and has not.
func (s *sheet) need(columns ...string) error {
	for _, c := range columns {
		if !slices.Contains(s.header, c) {
			return fmt.Errorf("%s: no column %q", s.file, c)
		}
	}
	return nil
}

// list splits a cell at its semicolons and drops empty parts.
func list(cell string) []string {
	var out []string
	for _, p := range strings.Split(cell, ";") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// parallel splits a cell at its semicolons and keeps empty parts, so that two cells stay in step.
func parallel(cell string) []string {
	if cell == "" {
		return nil
	}
	out := strings.Split(cell, ";")
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	return out
}
