package pack

import (
	"bytes"
	"fmt"
	"path"
	"strings"
)

// Read reads a pack from the bytes of one file, which is called name; as is its format, or "" to find it. Questions with
// a fault are left out of the pack; all that is wrong, with warnings, is in the faults, those of Check too. An archive of
// several packs is for ReadAll.
func Read(name string, data []byte, as Format) (*Pack, Faults) {
	left := int64(MaxUnpacked)
	return read(name, data, as, &left)
}

// read takes what it unpacks off left.
func read(name string, data []byte, as Format, left *int64) (*Pack, Faults) {
	if len(data) > MaxPacked {
		return newReader(name).pack, tooLarge(name)
	}
	if !isZip(data) {
		return readText(name, data, as)
	}
	a, err := openArchive(data, *left)
	if err != nil {
		return newReader(name).pack, refused(name, err)
	}
	if !a.has("xl/workbook.xml") {
		return newReader(name).pack, Faults{{File: name, What: "the file is an archive", Mend: "read what is in it by itself"}}
	}
	defer func() { *left = a.left }()
	return readBook(name, a, as)
}

func tooLarge(name string) Faults {
	what := fmt.Sprintf("the file is larger than the %d MiB that are read", MaxPacked>>20)
	return Faults{{File: name, What: what, Mend: "split it"}}
}

func isZip(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06"))
}

func refused(name string, err error) Faults {
	what := "the archive is refused: " + err.Error()
	return Faults{{File: name, What: what, Mend: "pack the files again, or give them one by one"}}
}

func newReader(name string) *reader {
	base := path.Base(strings.ReplaceAll(name, "\\", "/"))
	stem := strings.TrimSuffix(base, path.Ext(base))
	return &reader{faultLog{file: name}, &Pack{File: name, Name: ""}, stem}
}

func readBook(name string, a *archive, as Format) (*Pack, Faults) {
	r := newReader(name)
	if as != "" && !as.table() {
		r.fail(0, "leave --from out, or name a format of tables", "a workbook is not %s", as)
		return r.finished()
	}
	readXLSX(r, a, as)
	return r.finished()
}

// table reports whether a format is one of tables.
func (f Format) table() bool {
	switch f {
	case CSV, Kahoot, Wayground, Blooket, Gimkit:
		return true
	}
	return false
}

func readText(name string, data []byte, as Format) (*Pack, Faults) {
	r := newReader(name)
	text, foreign := decode(data)
	text = normalNewlines(text)
	if as == "" {
		var ok bool
		if as, ok = detect(name, text); !ok {
			r.fail(0, "name it by --from", "the format is not known")
			return r.finished()
		}
	}
	if foreign > 0 && as != OpenQA { // where it is usual
		r.warn(foreign, "save the file as UTF-8", "the line is not UTF-8; it is read as Windows-1252")
	}
	r.pack.Format = as
	switch as {
	case YAML:
		readYAML(r, text)
	case Red:
		readRed(r, text)
	case LakeYS:
		readLakeYS(r, text)
	case OpenTDB:
		readOpenTDB(r, text)
	case OpenQA:
		readOpenQA(r, text)
	case GIFT:
		readGIFT(r, text)
	case Aiken:
		readAiken(r, text)
	default:
		readCSV(r, text, as)
	}
	return r.finished()
}

// finished completes the pack and checks it.
func (r *reader) finished() (*Pack, Faults) {
	if r.pack.Name == "" {
		r.pack.Name = r.stem
	}
	r.pack.finish()
	found := Check(r.pack)
	if r.errors > 0 && len(r.pack.Questions) == 0 { // they are all faulty, or the file is: that has been said
		found = Faults(nil)
	}
	bad := map[int]bool{}
	for _, f := range found.Errors() {
		bad[f.question] = true
	}
	known := make(map[string]bool, len(r.pack.Questions))
	for i, q := range r.pack.Questions {
		if bad[i+1] = bad[i+1] || known[q.ID]; !bad[i+1] {
			known[q.ID] = true
		}
	}
	r.pack.drop(bad)
	r.faults = append(r.faults, found...)
	r.faults.sort()
	return r.pack, r.faults
}

// drop removes questions by their numbers.
func (p *Pack) drop(numbers map[int]bool) {
	kept := 0
	for i, line := range p.Lines {
		if !numbers[i+1] {
			p.Questions[kept], p.Lines[kept] = p.Questions[i], line
			kept++
		}
	}
	p.Questions, p.Lines = p.Questions[:kept], p.Lines[:kept]
}
