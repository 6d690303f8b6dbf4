package table

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

const resultsFolder = "results"

// Read reads the tables of a folder: <table>.tsv and results/<award>.tsv. The order of columns is free, a column that is
// not needed may be missing, an unknown one is refused, and so is a file that is no table. A missing file is an empty
// table. The error names the first 20 faults (a Faults, where it is of the text) by file, line and column.
func Read(fsys fs.FS) (*Set, error) {
	s, log := &Set{}, &faultLog{}
	files, err := tableFiles(fsys, log)
	if err != nil {
		return nil, fmt.Errorf("read tables: %w", err)
	}
	for _, c := range codecs() {
		for _, file := range files[c.table()] {
			if err := readTable(fsys, file, c, s, log); err != nil {
				return nil, err
			}
		}
	}
	if err := log.faults.err(); err != nil {
		return nil, err
	}
	s.FillNames()
	return s, nil
}

// tableFiles are the files of each table; what is no table is a fault.
func tableFiles(fsys fs.FS, log *faultLog) (map[string][]string, error) {
	files := map[string][]string{}
	top, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, err
	}
	for _, e := range top {
		name, isTable := strings.CutSuffix(e.Name(), ".tsv")
		switch {
		case e.IsDir() || !isTable:
		case name == resultsFolder || codecOf(name) == nil:
			log.add(Fault{Pos: Pos{File: e.Name()}, What: "no table of this name",
				Mend: "the tables are " + strings.Join(Tables(), ", ") + "; results stand in " + resultsFolder + "/<award>.tsv"})
		default:
			files[name] = append(files[name], e.Name())
		}
	}
	sub, err := fs.ReadDir(fsys, resultsFolder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, e := range sub {
		if !e.IsDir() && path.Ext(e.Name()) == ".tsv" {
			files[resultsFolder] = append(files[resultsFolder], path.Join(resultsFolder, e.Name()))
		}
	}
	if len(files) == 0 && len(log.faults) == 0 {
		return nil, errors.New("the folder holds no table (awards.tsv, …)")
	}
	return files, nil
}

func readTable(fsys fs.FS, file string, c codec, s *Set, log *faultLog) error {
	in, err := openSheet(fsys, file, nil, log)
	if err != nil {
		return err
	}
	if f := c.fits(in.header); f != nil {
		f.Pos = in.pos(1)
		log.add(*f)
		return nil
	}
	if c.table() != resultsFolder {
		c.decode(s, in, log)
		return nil
	}
	award := strings.TrimSuffix(path.Base(file), ".tsv")
	at := in.column("award")
	in.rows = slices.DeleteFunc(in.rows, func(r sheetRow) bool {
		if r.cells[at] == award {
			return false
		}
		log.add(Fault{Pos: in.pos(r.line), Column: "award", What: fmt.Sprintf("%q stands in the file of %q", r.cells[at], award),
			Mend: fmt.Sprintf("move the row to %s/%s.tsv", resultsFolder, r.cells[at])})
		return true
	})
	c.decode(s, in, log)
	return nil
}
