package table

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Write writes the tables of a set into a folder, made if need be: <table>.tsv, and results/<award>.tsv for each award
// that has results; other results files are removed. Rows are sorted (results by date, people and works by ID, …), so
// that equal sets give equal files. The set itself stays as it is. Nothing is written when a value cannot stand in a table.
func Write(dir string, s *Set) error {
	files, err := encodeFiles(s)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(dir, resultsFolder), 0o755); err != nil {
		return fmt.Errorf("write tables: %w", err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), text, 0o644); err != nil {
			return fmt.Errorf("write tables: %w", err)
		}
	}
	return removeStale(filepath.Join(dir, resultsFolder), files)
}

// encodeFiles returns the text of every file by its path within the folder.
func encodeFiles(s *Set) (map[string][]byte, error) {
	sorted, log := &Set{}, &faultLog{}
	files := map[string][]byte{}
	for _, c := range codecs() {
		c.share(sorted, s)
		c.sorted(sorted)
		rec := c.encode(sorted, true, log)
		if c.table() != resultsFolder {
			files[c.table()+".tsv"] = sheetText(rec.Columns, rec.Rows)
			continue
		}
		at := slices.Index(rec.Columns, "award")
		byAward := map[string][][]string{}
		for i, row := range rec.Rows {
			if row[at] == "" || strings.ContainsAny(row[at], `/\.`) {
				log.add(Fault{Pos: rec.Pos[i], Column: "award", What: fmt.Sprintf("%q cannot name a file", row[at])})
				continue
			}
			byAward[row[at]] = append(byAward[row[at]], row)
		}
		for award, rows := range byAward {
			files[resultsFolder+"/"+award+".tsv"] = sheetText(rec.Columns, rows)
		}
	}
	return files, log.faults.err()
}

// sheetText is a header and rows as tab-separated text.
func sheetText(header []string, rows [][]string) []byte {
	var b bytes.Buffer
	b.WriteString(strings.Join(header, "\t") + "\n")
	for _, row := range rows {
		b.WriteString(strings.Join(row, "\t") + "\n")
	}
	return b.Bytes()
}

func removeStale(dir string, keep map[string][]byte) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("write tables: %w", err)
	}
	for _, e := range entries {
		if _, ok := keep[resultsFolder+"/"+e.Name()]; ok || e.IsDir() || filepath.Ext(e.Name()) != ".tsv" {
			continue
		}
		if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
			return fmt.Errorf("write tables: %w", err)
		}
	}
	return nil
}
