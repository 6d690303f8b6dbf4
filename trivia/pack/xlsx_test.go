package pack

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"io/fs"
	"reflect"
	"strings"
	"testing"
)

// part is a file in an archive that a test builds.
type part struct {
	name, text string
	mode       fs.FileMode
}

func zipOf(t testing.TB, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		h := &zip.FileHeader{Name: p.name, Method: zip.Deflate}
		if p.mode != 0 {
			h.SetMode(p.mode)
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(p.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bookParts are the parts of a workbook whose second sheet holds rows. The texts of even columns are shared strings.
func bookParts(rows [][]string) []part {
	var sheet, shared strings.Builder
	n := 0
	for i, cells := range rows {
		fmt.Fprintf(&sheet, `<row r="%d">`, i+1)
		for j, c := range cells {
			ref := fmt.Sprintf("%c%d", 'A'+j, i+1)
			switch {
			case c == "":
			case strings.HasPrefix(c, "<"): // a cell as it is
				sheet.WriteString(strings.Replace(c, "<c", `<c r="`+ref+`"`, 1))
			case j%2 == 0:
				fmt.Fprintf(&sheet, `<c r="%s" t="s"><v>%d</v></c>`, ref, n)
				fmt.Fprintf(&shared, `<si><r><t>%s</t></r><r><t xml:space="preserve"></t></r><rPh><t>aloud</t></rPh></si>`, html.EscapeString(c))
				n++
			default:
				fmt.Fprintf(&sheet, `<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, ref, html.EscapeString(c))
			}
		}
		sheet.WriteString("</row>")
	}
	const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	return []part{
		{name: "[Content_Types].xml", text: head + `<Types/>`},
		{name: "xl/workbook.xml", text: head + `<workbook xmlns:r="x"><workbookPr/><sheets><sheet name="About" sheetId="1" r:id="rId7"/>` +
			`<sheet name="Quiz" sheetId="2" r:id="rId2"/></sheets></workbook>`},
		{name: "xl/_rels/workbook.xml.rels", text: head + `<Relationships><Relationship Id="rId2" Target="worksheets/sheet2.xml"/>` +
			`<Relationship Id="rId7" Target="/xl/worksheets/sheet1.xml"/></Relationships>`},
		{name: "xl/styles.xml", text: head + `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[Red]dd/mm/yyyy"/>` +
			`<numFmt numFmtId="171" formatCode="0.00 &quot;days&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>` +
			`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>`},
		{name: "xl/worksheets/sheet1.xml", text: head + `<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>Read me</v></c></row></sheetData></worksheet>`},
		{name: "xl/worksheets/sheet2.xml", text: head + `<worksheet><sheetData>` + sheet.String() + `</sheetData></worksheet>`},
		{name: "xl/sharedStrings.xml", text: head + `<sst>` + shared.String() + `</sst>`},
	}
}

func bookOf(t testing.TB, rows [][]string) []byte { return zipOf(t, bookParts(rows)...) }

func kahootRows(rows ...[]string) [][]string {
	all := make([][]string, 7, 8+len(rows))
	all[0] = []string{"", "Kahoot! Quiz Template"}
	all = append(all, []string{"", "Question - max 120 characters", "Answer 1 - max 75 characters", "Answer 2 - max 75 characters",
		"Answer 3 - max 75 characters", "Answer 4 - max 75 characters",
		"Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs", "Correct answer(s) - choose at least one"})
	return append(all, rows...)
}

func TestKahootWorkbook(t *testing.T) {
	data := bookOf(t, kahootRows(
		[]string{"1", "Who won?", "Conclave", "Anora & co", "", "", "<c><v>20</v></c>", "<c><v>2</v></c>"},
		[]string{"2", "Which?", "<c><v>0.1</v></c>", "<c><v>3.3000000000000003</v></c>", "<c t=\"b\"><v>1</v></c>", "", "20", "1,3"},
		[]string{"3"},
		[]string{"4", "When?", "<c s=\"1\"><v>25404</v></c>", "<c s=\"2\"><v>25405</v></c>", "<c s=\"3\"><v>25404</v></c>", "", "20", "1"},
		[]string{"5", "Wrong?", "a", "b", "", "", "20", "4"},
	))
	p, faults := Read("quiz.xlsx", data, "")
	if p.Format != Kahoot || len(p.Questions) != 3 {
		t.Fatalf("%s, %d questions, %v", p.Format, len(p.Questions), faults)
	}
	for i, want := range []struct{ answers, wrong []string }{
		{[]string{"Anora & co"}, []string{"Conclave"}},
		{[]string{"0.1", "TRUE"}, []string{"3.3"}},
		{[]string{"1969-07-20"}, []string{"1969-07-21", "25404"}},
	} {
		if q := p.Questions[i]; !reflect.DeepEqual(q.Answers, want.answers) || !reflect.DeepEqual(q.Wrong, want.wrong) {
			t.Errorf("question %d: right %q, wrong %q", i+1, q.Answers, q.Wrong)
		}
	}
	if errs := faults.Errors(); len(errs) != 1 || errs[0].Line != 13 || !strings.Contains(errs[0].What, "no option 4") {
		t.Errorf("faults: %v", faults)
	}
	if want := []int{9, 10, 12}; !reflect.DeepEqual(p.Lines, want) {
		t.Errorf("rows %v, want %v", p.Lines, want)
	}
}

func TestOtherWorkbooks(t *testing.T) {
	for format, rows := range map[Format][][]string{
		Wayground: {
			{"Question Text", "Question Type", "Option 1", "Option 2", "Option 3", "Option 4", "Option 5", "Correct Answer", "Time in seconds"},
			{"Text of the question (required)", "Question Type", "Text", "", "", "", "", "", ""},
			{"Who won?", "Multiple Choice", "Conclave", "Anora", "", "", "", "<c><v>2</v></c>", "30"},
		},
		CSV:    {{"question", "answer", "wrong 1"}, {"Who won?", "Anora", "Conclave"}},
		Gimkit: {{"Question", "Correct Answer", "Incorrect Answer 1"}, {"Who won?", "Anora", "Conclave"}},
	} {
		p, faults := Read("quiz.xlsx", bookOf(t, rows), "")
		if p.Format != format || len(p.Questions) != 1 || p.Questions[0].Answers[0] != "Anora" || p.Questions[0].Wrong[0] != "Conclave" {
			t.Errorf("%s is read as %s: %+v, %v", format, p.Format, p.Questions, faults)
		}
	}
}

func TestBrokenWorkbooks(t *testing.T) {
	good := bookParts(kahootRows([]string{"1", "Who won?", "Conclave", "Anora", "", "", "20", "2"}))
	with := func(name, text string) []byte {
		var parts []part
		for _, p := range good {
			if p.name == name {
				p.text = text
			}
			if p.text != "" {
				parts = append(parts, p)
			}
		}
		return zipOf(t, parts...)
	}
	for what, tt := range map[string]struct {
		data []byte
		want string
	}{
		"no sheets":     {with("xl/_rels/workbook.xml.rels", ""), "no sheets"},
		"no header":     {with("xl/worksheets/sheet2.xml", "<worksheet/>"), "no row that names the columns"},
		"not XML":       {with("xl/worksheets/sheet2.xml", "<worksheet"), "sheet2.xml"},
		"entities":      {with("xl/sharedStrings.xml", `<!DOCTYPE a [<!ENTITY b "c">]><sst><si><t>&b;</t></si></sst>`), "its own entities"},
		"deep":          {with("xl/worksheets/sheet2.xml", strings.Repeat("<a>", 1000)), "nested too deep"},
		"other charset": {with("xl/workbook.xml", `<?xml version="1.0" encoding="latin1"?><a/>`), "is written in latin1"},
		"half a zip":    {with("", "")[:500], "not a sound zip"},
	} {
		if _, faults := Read("quiz.xlsx", tt.data, ""); len(faults.Errors()) == 0 || !strings.Contains(faults.Error(), tt.want) {
			t.Errorf("%s: %v", what, faults)
		}
	}
	if _, faults := Read("quiz.xlsx", with("", ""), GIFT); !strings.Contains(faults.Error(), "not gift") {
		t.Errorf("a workbook as GIFT: %v", faults)
	}
}
