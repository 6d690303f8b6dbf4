package pack

import (
	"encoding/xml"
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
)

// maxShared bounds the table of shared strings, whose entries cost memory even when they are empty.
const maxShared = 1 << 20

// rows reads the rows of a sheet that hold any text.
func (w *workbook) rows(name string) ([]row, error) {
	if !w.loaded {
		if err := errors.Join(w.readShared(), w.readStyles()); err != nil {
			return nil, err
		}
		w.loaded = true
	}
	s := sheetReader{w: w}
	err := w.tokens(name, func(t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			s.start(t)
		case xml.CharData:
			if s.inText && s.phonetic == 0 {
				s.text.Write(t)
			}
		case xml.EndElement:
			s.end(t.Name.Local)
		}
		if len(s.rows) > MaxRows+headerWithin {
			return errTooManyRows
		}
		return nil
	})
	if errors.Is(err, errTooManyRows) { // the reader of questions says so
		err = nil
	}
	return s.rows, err
}

// errTooManyRows ends the reading of a sheet.
var errTooManyRows = errors.New("there are too many rows")

type sheetReader struct {
	w        *workbook
	rows     []row
	row      row
	column   int
	kind     string // t of the cell
	style    int    // s of the cell
	text     strings.Builder
	inText   bool
	phonetic int
}

func (s *sheetReader) start(e xml.StartElement) {
	switch e.Name.Local {
	case "row":
		line, err := strconv.Atoi(attr(e, "r"))
		if err != nil {
			line = s.row.line + 1
		}
		s.row, s.column = row{line: line}, -1
	case "c":
		s.column++
		if c := columnOf(attr(e, "r")); c >= 0 {
			s.column = c
		}
		s.kind = attr(e, "t")
		s.style, _ = strconv.Atoi(attr(e, "s")) // 0, the default, where there is none
		s.text.Reset()
	case "v", "t":
		s.inText = true
	case "rPh": // how to read the characters of the cell aloud
		s.phonetic++
	}
}

func (s *sheetReader) end(name string) {
	switch name {
	case "v", "t":
		s.inText = false
	case "rPh":
		s.phonetic--
	case "c":
		if v := s.value(); v != "" && s.column >= 0 && s.column < maxColumns {
			for len(s.row.cells) <= s.column {
				s.row.cells = append(s.row.cells, "")
			}
			s.row.cells[s.column] = v
		}
	case "row":
		if len(s.row.cells) > 0 {
			s.rows = append(s.rows, s.row)
		}
	}
}

// value is the text of the cell as a reader of the sheet sees it, without its formatting; dates are 2006-01-02.
func (s *sheetReader) value() string {
	raw := s.text.String()
	switch s.kind {
	case "s":
		if i, err := strconv.Atoi(strings.TrimSpace(raw)); err == nil && i >= 0 && i < len(s.w.shared) {
			return s.w.shared[i]
		}
		return ""
	case "b":
		if strings.TrimSpace(raw) == "1" {
			return "TRUE"
		}
		return "FALSE"
	case "", "n":
		return s.w.number(strings.TrimSpace(raw), s.style)
	}
	return raw
}

// number shows a number with the 15 digits that spreadsheets keep.
func (w *workbook) number(raw string, style int) string {
	f, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) || math.Abs(f) >= 1e21 {
		return raw
	}
	if style >= 0 && style < len(w.dates) && w.dates[style] && f == math.Trunc(f) && f > 60 && f < 2958466 {
		epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
		if w.from1904 {
			epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
		}
		return epoch.AddDate(0, 0, int(f)).Format(time.DateOnly)
	}
	if r, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64); err == nil {
		f = r
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// readShared reads the table of texts.
func (w *workbook) readShared() error {
	var b strings.Builder
	inText, phonetic := false, 0
	return w.tokens("xl/sharedStrings.xml", func(t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "si":
				b.Reset()
			case "t":
				inText = true
			case "rPh":
				phonetic++
			}
		case xml.CharData:
			if inText && phonetic == 0 {
				b.Write(t)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "si":
				if len(w.shared) >= maxShared {
					return errors.New("it holds too many texts")
				}
				w.shared = append(w.shared, b.String())
			case "t":
				inText = false
			case "rPh":
				phonetic--
			}
		}
		return nil
	})
}

// readStyles finds the styles that show a number as a date.
func (w *workbook) readStyles() error {
	custom := map[string]bool{}
	inCells := false
	return w.tokens("xl/styles.xml", func(t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "numFmt":
				if len(custom) < maxEntries {
					custom[attr(t, "numFmtId")] = dateFormat(attr(t, "formatCode"))
				}
			case "cellXfs":
				inCells = true
			case "xf":
				if id := attr(t, "numFmtId"); inCells && len(w.dates) < maxShared {
					w.dates = append(w.dates, custom[id] || id >= "14" && id <= "17" && len(id) == 2 || id == "22")
				}
			}
		case xml.EndElement:
			if t.Name.Local == "cellXfs" {
				inCells = false
			}
		}
		return nil
	})
}

// dateFormat reports whether a number format shows a day or a year. Quoted texts and colours in brackets do not count.
func dateFormat(code string) bool {
	quoted, bracketed := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case c == '\\':
			i++
		case c == '[' || c == ']':
			bracketed = c == '['
		case !quoted && !bracketed && (c == 'y' || c == 'Y' || c == 'd' || c == 'D'):
			return true
		}
	}
	return false
}
