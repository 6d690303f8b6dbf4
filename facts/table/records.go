package table

import (
	"fmt"
	"slices"
)

// Records is one table as cells, in the text form of the files.
type Records struct {
	Table   string // awards, categories, editions, people, works, phrases, happenings, firsts, claims, results
	Columns []string
	Rows    [][]string // as many cells as Columns
	Pos     []Pos      // parallel to Rows
}

// Tables are the names of the tables, in the order of Set.Records.
func Tables() []string {
	names := make([]string, 0, 10)
	for _, c := range codecs() {
		names = append(names, c.table())
	}
	return names
}

// Records returns every table of the set as cells, in the order of Tables and with the rows in the order of the set. With
// human false, the columns works and people of the results are left out: FromRecords fills them in from the IDs, with the
// canonical name and title. A value that cannot stand in a table (a tab, a "|") is an error.
func (s *Set) Records(human bool) ([]Records, error) {
	var log faultLog
	all := make([]Records, 0, 10)
	for _, c := range codecs() {
		all = append(all, c.encode(s, human, &log))
	}
	return all, log.faults.err()
}

// FromRecords makes a set from the cells of Set.Records, in any order, positions included. Pos may be nil.
func FromRecords(all []Records) (*Set, error) {
	s, log := &Set{}, &faultLog{}
	for i := range all {
		rec := &all[i]
		c := codecOf(rec.Table)
		if c == nil {
			return nil, fmt.Errorf("records: no table %q", rec.Table)
		}
		if f := c.fits(rec.Columns); f != nil {
			return nil, fmt.Errorf("records: %w", *f)
		}
		if err := decodeRecords(s, c, rec, log); err != nil {
			return nil, err
		}
	}
	if err := log.faults.err(); err != nil {
		return nil, err
	}
	s.FillNames()
	return s, nil
}

// decodeRecords decodes row by row where the file changes, since a sheet is one file.
func decodeRecords(s *Set, c codec, rec *Records, log *faultLog) error {
	if rec.Pos != nil && len(rec.Pos) != len(rec.Rows) {
		return fmt.Errorf("records: table %s has %d rows and %d positions", rec.Table, len(rec.Rows), len(rec.Pos))
	}
	var in sheet
	for i, cells := range rec.Rows {
		if len(cells) != len(rec.Columns) {
			return fmt.Errorf("records: table %s, row %d has %d cells, not %d", rec.Table, i, len(cells), len(rec.Columns))
		}
		var pos Pos
		if rec.Pos != nil {
			pos = rec.Pos[i]
		}
		if i > 0 && pos.File != in.file {
			c.decode(s, &in, log)
			in.rows = in.rows[:0]
		}
		in.file, in.header = pos.File, rec.Columns
		in.rows = append(in.rows, sheetRow{pos.Line, cells})
	}
	if len(in.rows) > 0 {
		c.decode(s, &in, log)
	}
	return nil
}

func codecOf(name string) codec {
	all := codecs()
	if i := slices.IndexFunc(all, func(c codec) bool { return c.table() == name }); i >= 0 {
		return all[i]
	}
	return nil
}

// FillNames gives every work and person of a result that has an ID and no name the canonical one.
func (s *Set) FillNames() {
	var names, titles map[string]string // made when first needed
	for i := range s.Results {
		for j := range s.Results[i].Works {
			if ref := &s.Results[i].Works[j]; ref.Name == "" && ref.ID != "" {
				if titles == nil {
					titles = make(map[string]string, len(s.Works))
					for k := range s.Works {
						titles[s.Works[k].ID] = s.Works[k].Title
					}
				}
				ref.Name = titles[ref.ID]
			}
		}
		for j := range s.Results[i].People {
			if ref := &s.Results[i].People[j]; ref.Name == "" && ref.ID != "" {
				if names == nil {
					names = make(map[string]string, len(s.People))
					for k := range s.People {
						names[s.People[k].ID] = s.People[k].Name
					}
				}
				ref.Name = names[ref.ID]
			}
		}
	}
}
