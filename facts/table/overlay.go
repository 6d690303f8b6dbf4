package table

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"
)

// OverlayReport says what the files of an overlay did.
type OverlayReport struct {
	Files   []OverlayFile
	Ignored []string // files that are no table, by their ending
	Check   Report   // of the merged set; empty where an error came before
}

// OverlayFile is what one file did.
type OverlayFile struct {
	Name    string
	Format  string // film, other, oscars, or the name of one of our tables
	Rows    int
	Added   int      // rows that are new
	Changed int      // rows that correct one
	Same    int      // rows that say what is known
	Created []string // categories, editions, people and works that came with them: "edition academy-awards/99"
	Results []string // IDs of the results that the file names, in its order
}

// Overlay lays the tables of a folder (facts.d) over a set, in the order of their names: every *.tsv and *.csv. A file is in
// the format of film results, of other results, of the public oscars.csv, or of one of our own tables; its first line
// decides. A row with the award, edition, category, work and people of a known result (or with its ID) corrects it, and the
// last one wins; other rows are new, and so are the people, works, editions and categories that they need.
//
// base stays as it is. What the folder makes wrong by the rules of Check is an error, as is a file that cannot be read; it
// names file, line, fault and mend, and the set is then nil.
func Overlay(base *Set, fsys fs.FS, now time.Time) (*Set, OverlayReport, error) {
	var report OverlayReport
	files, ignored, err := overlayFiles(fsys)
	report.Ignored = ignored
	if err != nil {
		return nil, report, fmt.Errorf("overlay: %w", err)
	}
	if len(files) == 0 {
		return base, report, nil
	}
	m := newMerger(base)
	for _, name := range files {
		in, err := openSheet(fsys, name, cutOscars, &m.log)
		if err == nil {
			err = m.sheet(in)
		}
		if err != nil {
			return nil, report, err
		}
	}
	err = m.finish(base, files, now, &report)
	if err != nil {
		return nil, report, err
	}
	return m.set, report, nil
}

// finish checks the merged set.
func (m *merger) finish(base *Set, files []string, now time.Time, report *OverlayReport) error {
	report.Files = m.done
	if err := m.log.faults.err(); err != nil {
		return err
	}
	m.set.FillNames()
	report.Check = Check(m.set, now)
	return newFaults(report.Check, base, files, now).err()
}

// overlayFiles are the tables of a folder in order, and the other files. Dot files are passed over.
func overlayFiles(fsys fs.FS) (tables, ignored []string, err error) {
	entries, err := fs.ReadDir(fsys, ".")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	for _, e := range entries {
		switch ext := strings.ToLower(path.Ext(e.Name())); {
		case e.IsDir() || strings.HasPrefix(e.Name(), "."):
		case ext == ".tsv" || ext == ".csv":
			tables = append(tables, e.Name())
		default:
			ignored = append(ignored, e.Name())
		}
	}
	slices.Sort(tables)
	return tables, ignored, err
}

// newFaults are those of the merged set that the base does not have. That a corrected row leaves an entity of the base
// without use is no fault of the overlay.
func newFaults(merged Report, base *Set, files []string, now time.Time) Faults {
	faults := slices.DeleteFunc(merged.Faults(), func(f Fault) bool {
		return f.Invariant == "orphans" && !slices.Contains(files, f.Pos.File)
	})
	if len(faults) == 0 {
		return nil
	}
	old := map[string]bool{}
	for _, f := range Check(base, now).Faults() {
		old[f.Error()] = true
	}
	return slices.DeleteFunc(faults, func(f Fault) bool { return old[f.Error()] })
}

// formats are the layouts of results that are not our own. Each reads a sheet into rows that a merger applies.
var formats = []struct {
	name string
	fits func(*sheet) *Fault
	read func(*sheet, *merger) []incoming
}{
	{"oscars", fitsOscars, readOscars},
	{"film", fitsColumns(filmColumns, "award", "edition", "category", "work", "people", "result"), readFilm},
	{"other", fitsColumns(otherColumns, "award", "edition", "category", "winner"), readOther},
}

// fitsColumns accepts a header that holds the needed columns and no others than the known.
func fitsColumns(known []string, needed ...string) func(*sheet) *Fault {
	return func(in *sheet) *Fault {
		for _, name := range needed {
			if in.column(name) < 0 {
				return &Fault{Column: name, What: "missing in the first line", Mend: "the columns are " + strings.Join(known, ", ")}
			}
		}
		for _, name := range in.header {
			if !slices.Contains(known, name) {
				return &Fault{Column: name, What: "no such column", Mend: "the columns are " + strings.Join(known, ", ")}
			}
		}
		return nil
	}
}

// sheet applies one file. Faults of its rows go to the log; an error ends the overlay.
func (m *merger) sheet(in *sheet) error {
	m.begin(in.file, len(in.rows))
	if len(in.header) == 1 && strings.Contains(in.header[0], ",") {
		return Faults{{Pos: in.pos(1), What: "the columns are separated by commas", Mend: "save the table with tabs, unquoted"}}
	}
	nearest := Fault{What: "the first line is not that of a known table",
		Mend: "start with the columns of film results (" + strings.Join(filmColumns, ", ") + "), of other results (" +
			strings.Join(otherColumns, ", ") + "), of oscars.csv, or of one of our tables"}
	for _, format := range formats {
		f := format.fits(in)
		if f == nil {
			m.now.Format = format.name
			m.apply(format.read(in, m))
			m.end()
			return nil
		}
		if f.Mend != "" && nearTo(in, format.name) {
			nearest = *f
		}
	}
	c, fault := ownTable(in)
	if c == nil {
		if fault == nil {
			fault = &nearest
		}
		fault.Pos = in.pos(1)
		return Faults{*fault}
	}
	m.now.Format = c.table()
	m.own(c, in)
	m.end()
	return nil
}

// nearTo reports whether a header is meant to be that of the format, so that its fault is the one to tell.
func nearTo(in *sheet, format string) bool {
	tell := map[string][]string{
		"oscars": {"Ceremony", "FilmId"}, "film": {"film_year", "ceremony_date"}, "other": {"for_work_or_detail", "winner"},
	}
	return slices.ContainsFunc(tell[format], func(column string) bool { return in.column(column) >= 0 })
}

// ownTable finds the table of ours that a sheet belongs to: by the start of the file's name (editions-2027.tsv), else by
// the header, where it fits one table only. The fault is nil where the header is like none.
func ownTable(in *sheet) (codec, *Fault) {
	base := path.Base(in.file)
	fitting := map[string]codec{}
	for _, c := range codecs() {
		if strings.HasPrefix(base, c.table()+"-") || strings.HasPrefix(base, c.table()+".") {
			if f := c.fits(in.header); f != nil {
				return nil, f
			}
			return c, nil
		}
		if c.fits(in.header) == nil {
			fitting[c.table()] = c
		}
	}
	names := slices.Sorted(maps.Keys(fitting))
	switch len(names) {
	case 0:
		return nil, nil
	case 1:
		return fitting[names[0]], nil
	}
	return nil, &Fault{What: "the columns fit several tables: " + strings.Join(names, ", "),
		Mend: "start the file's name with the table's (" + names[0] + "-2027.tsv)"}
}
