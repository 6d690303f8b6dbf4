package table

import (
	"cmp"
	"io"
	"slices"
	"strings"
	"time"
)

// Imported is a file that passed every check of an overlay.
type Imported struct {
	Set  *Set // the base with the file laid over
	File OverlayFile
	own  *sheet // the file, where it is one of our own tables
}

// Import lays one file over a set as Overlay does, to see whether it is fit for facts.d. name is the file's name, by which
// faults are told.
func Import(base *Set, name string, r io.Reader, now time.Time) (*Imported, error) {
	m := newMerger(base)
	in, err := readSheet(r, name, cutOscars, &m.log)
	if err != nil {
		return nil, err
	}
	if err := m.sheet(in); err != nil {
		return nil, err
	}
	var report OverlayReport
	if err := m.finish(base, []string{name}, now, &report); err != nil {
		return nil, err
	}
	im := &Imported{Set: m.set, File: report.Files[0]}
	if codecOf(im.File.Format) != nil {
		im.own = in
	}
	return im, nil
}

// Name is a good name for the file in facts.d: the date its newest edition was held, and the award
// ("2027-03-14-academy-awards.tsv"); that of the file where it holds no results.
func (im *Imported) Name() string {
	newest, day := Edition{}, 0
	look := newLookup(im.Set)
	for _, r := range im.results() {
		e := look.edition(r.Award, r.Edition)
		if when, ok := e.when(); ok && when.first() > day {
			newest, day = *e, when.first()
		}
	}
	if day == 0 {
		return im.File.Name
	}
	return cmp.Or(newest.Date, digits4(newest.Year)) + "-" + newest.Award + ".tsv"
}

// WriteTable prints the file's rows as a table that Overlay reads: film and oscars.csv rows as film results, with IDs and
// the date held, other results and our own tables in their own columns.
func (im *Imported) WriteTable(w io.Writer) error {
	if im.own != nil {
		rows := make([][]string, len(im.own.rows))
		for i, row := range im.own.rows {
			rows[i] = row.cells
		}
		_, err := w.Write(sheetText(im.own.header, rows))
		return err
	}
	columns, cells := filmColumns, filmCells
	if im.File.Format == "other" {
		columns, cells = otherColumns, otherCells
	}
	look := newLookup(im.Set)
	var rows [][]string
	for _, r := range im.results() {
		rows = append(rows, cells(r, look.edition(r.Award, r.Edition)))
	}
	_, err := w.Write(sheetText(columns, rows))
	return err
}

// results are the rows of the file as they stand in the set.
func (im *Imported) results() []*Result {
	byID := make(map[string]*Result, len(im.Set.Results))
	for i := range im.Set.Results {
		byID[im.Set.Results[i].ID] = &im.Set.Results[i]
	}
	rows := make([]*Result, 0, len(im.File.Results))
	for _, id := range im.File.Results {
		rows = append(rows, byID[id])
	}
	return rows
}

// filmCells are the cells of filmColumns.
func filmCells(r *Result, e *Edition) []string {
	ids := func(refs []Ref) string {
		out := make([]string, len(refs))
		for i, ref := range refs {
			out[i] = ref.ID
		}
		return strings.Join(out, ";")
	}
	return []string{r.Award, r.Edition, cmp.Or(e.Date, digits4(e.Year)), e.Honoured, r.Category, r.AsThen,
		strings.Join(Names(r.Works), ";"), strings.Join(Names(r.People), ";"), ids(r.People), ids(r.Works),
		string(r.Outcome), filmNote(r), r.Source}
}

// filmNote is what splitNote reads. Free text comes first: a part without a key after a detail belongs to the detail.
func filmNote(r *Result) string {
	parts := []string{}
	if r.Note != "" {
		parts = append(parts, r.Note)
	}
	for _, kv := range r.Detail {
		switch {
		case kv.Value == "yes" && (kv.Key == DetailTie || kv.Key == DetailShared):
			parts = append(parts, kv.Key)
		case slices.Contains(noteKeys, kv.Key):
			parts = append(parts, kv.Key+": "+kv.Value)
		}
	}
	return strings.Join(parts, "; ")
}

// otherCells are the cells of otherColumns.
func otherCells(r *Result, e *Edition) []string {
	winner, beside := strings.Join(Names(r.People), "; "), []string{}
	if r.Outcome == None {
		winner = "(not awarded)"
	}
	switch works := strings.Join(Names(r.Works), "; "); {
	case winner == "":
		winner = works
	case works != "":
		beside = append(beside, works)
	}
	for _, kv := range r.Detail {
		beside = append(beside, kv.Key+"="+kv.Value)
	}
	if r.Note != "" {
		beside = append(beside, r.Note)
	}
	return []string{r.Award, r.Edition, cmp.Or(e.Date, digits4(e.Year)), digits4(e.Year), r.Category, winner,
		strings.Join(beside, "; "), r.Others, r.Source}
}
