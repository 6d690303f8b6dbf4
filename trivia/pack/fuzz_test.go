package pack

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"unicode/utf8"
)

// fuzz reads whatever comes as one format: it must not panic, and what it gives must be fit to play. samples of the
// format are where it begins.
func fuzz(f *testing.F, as Format) {
	files := samples(f)
	for _, name := range sorted(files) {
		if strings.HasPrefix(name, string(as)+"/") {
			f.Add(files[name])
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) { readAny(t, data, as) })
}

func readAny(t *testing.T, data []byte, as Format) {
	p, faults := Read("fuzz", data, as)
	if len(faults) > maxFaults+len(p.Questions)+maxFaults {
		t.Errorf("%d faults", len(faults))
	}
	lines := bytes.Count(data, []byte("\n")) + bytes.Count(data, []byte("\r")) + 1
	for _, f := range faults {
		if f.Line > lines && !isZip(data) && utf8.Valid(data) {
			t.Errorf("a fault in line %d of %d: %v", f.Line, lines, f)
		}
	}
	for _, q := range p.Questions {
		if q.Text == "" || len(q.Answers) == 0 || q.Answers[0] == "" || q.ID == "" || q.Category == "" || hidden(q.Text) != "" {
			t.Errorf("a question that cannot be played: %+v", q)
		}
	}
	if faults := Check(p); len(p.Questions) > 0 && len(faults.Errors()) > 0 && p.Name == "fuzz" && p.Author+p.Description+p.Source == "" {
		t.Errorf("what is left has faults: %v", faults)
	}
	for _, to := range Writes() {
		if _, err := Write(io.Discard, p, to); err != nil {
			t.Errorf("write as %s: %v", to, err)
		}
	}
}

func FuzzYAML(f *testing.F)      { fuzz(f, YAML) }
func FuzzRed(f *testing.F)       { fuzz(f, Red) }
func FuzzLakeYS(f *testing.F)    { fuzz(f, LakeYS) }
func FuzzOpenTDB(f *testing.F)   { fuzz(f, OpenTDB) }
func FuzzOpenQA(f *testing.F)    { fuzz(f, OpenQA) }
func FuzzGIFT(f *testing.F)      { fuzz(f, GIFT) }
func FuzzAiken(f *testing.F)     { fuzz(f, Aiken) }
func FuzzCSV(f *testing.F)       { fuzz(f, CSV) }
func FuzzKahoot(f *testing.F)    { fuzz(f, Kahoot) }
func FuzzWayground(f *testing.F) { fuzz(f, Wayground) }
func FuzzBlooket(f *testing.F)   { fuzz(f, Blooket) }
func FuzzGimkit(f *testing.F)    { fuzz(f, Gimkit) }

// FuzzDetect reads whatever comes without being told what it is.
func FuzzDetect(f *testing.F) {
	files := samples(f)
	for _, name := range sorted(files) {
		f.Add(files[name])
	}
	f.Add(bookOf(f, kahootRows([]string{"1", "Who won?", "a", "b", "", "", "20", "2"})))
	f.Fuzz(func(t *testing.T, data []byte) {
		readAny(t, data, "")
		if _, _, err := ReadFrom("fuzz.zip", bytes.NewReader(data), ""); err != nil {
			t.Error(err)
		}
	})
}

// FuzzSheet puts whatever comes into the places of a workbook's sheet and texts.
func FuzzSheet(f *testing.F) {
	for _, p := range bookParts(kahootRows([]string{"1", "Who won?", "a", "<c s=\"1\"><v>25404</v></c>", "", "", "20", "2"})) {
		f.Add(p.text, p.text, p.text)
	}
	good := bookParts(nil)
	f.Fuzz(func(t *testing.T, sheet, shared, styles string) {
		parts := append([]part(nil), good...)
		for i := range parts {
			switch parts[i].name {
			case "xl/worksheets/sheet2.xml":
				parts[i].text = sheet
			case "xl/sharedStrings.xml":
				parts[i].text = shared
			case "xl/styles.xml":
				parts[i].text = styles
			}
		}
		readAny(t, zipOf(t, parts...), "")
	})
}
