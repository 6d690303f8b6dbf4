package pack

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// A sheet of an .xlsx file is a few XML files in a zip: the workbook lists the sheets, its relations name their files, and
// texts stand in a table of shared strings. That is all of the format that a table of questions needs.
// A library for the whole format would make 21,000 allocations before main.

// readXLSX reads the first sheet of a workbook that has a header.
func readXLSX(r *reader, a *archive, want Format) {
	w := workbook{archive: a}
	sheets, err := w.sheets()
	var rows []row
	for _, name := range sheets {
		if err != nil {
			break
		}
		if rows, err = w.rows(name); err != nil {
			break
		}
		if _, _, ok := header(rows, want); ok {
			r.table(rows, want)
			return
		}
	}
	if err != nil {
		r.fail(0, "save it again as .xlsx, or as .csv", "the workbook cannot be read: %v", err)
		return
	}
	r.table(rows, want)
}

type workbook struct {
	*archive
	shared   []string // texts that cells name by number
	dates    []bool   // whether a style shows its number as a date
	loaded   bool     // shared and dates are read
	from1904 bool     // days are counted from 1904
}

// sheets lists the files of the sheets in the order of their tabs.
func (w *workbook) sheets() ([]string, error) {
	files := map[string]string{}
	err := w.tokens("xl/_rels/workbook.xml.rels", func(t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "Relationship" && len(files) < maxEntries {
			files[attr(e, "Id")] = attr(e, "Target")
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var sheets []string
	err = w.tokens("xl/workbook.xml", func(t xml.Token) error {
		e, ok := t.(xml.StartElement)
		switch {
		case ok && e.Name.Local == "workbookPr":
			w.from1904 = attr(e, "date1904") == "1" || attr(e, "date1904") == "true"
		case ok && e.Name.Local == "sheet" && len(sheets) < maxEntries:
			target := files[attr(e, "id")]
			if !strings.HasPrefix(target, "/") {
				target = path.Join("xl", target)
			}
			if target = strings.TrimPrefix(target, "/"); w.has(target) {
				sheets = append(sheets, target)
			}
		}
		return nil
	})
	if err == nil && len(sheets) == 0 {
		err = errors.New("it has no sheets")
	}
	return sheets, err
}

// maxXMLDepth is far above the depth of a workbook's files, which is about ten.
const maxXMLDepth = 40

// tokens calls each at every token of a file in the archive. A file that is not there has none.
func (w *workbook) tokens(name string, each func(xml.Token) error) error {
	in, err := w.file(name)
	if err != nil || in == nil {
		return err
	}
	defer in.Close()
	d := xml.NewDecoder(in)
	d.CharsetReader = func(charset string, _ io.Reader) (io.Reader, error) {
		return nil, fmt.Errorf("%s is written in %s", name, clip(charset))
	}
	for depth := 0; ; {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		switch t.(type) {
		case xml.Directive:
			return fmt.Errorf("%s declares its own entities or types", name)
		case xml.StartElement:
			if depth++; depth > maxXMLDepth {
				return fmt.Errorf("%s is nested too deep", name)
			}
		case xml.EndElement:
			depth--
		}
		if err := each(t); err != nil {
			return err
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// columnOf reads the column of a reference like "AB12", from 0; -1 for none.
func columnOf(ref string) int {
	n := 0
	for i := 0; i < len(ref) && i < 4 && ref[i] >= 'A' && ref[i] <= 'Z'; i++ {
		n = n*26 + int(ref[i]-'A') + 1
	}
	return n - 1
}
