package raw

import (
	"embed"
	"fmt"
	"slices"
	"strings"
)

// ours are corrections of our own, in the form of corrections.tsv, applied after those.
//
//go:embed corrections.tsv
var ours embed.FS

// oursFile is theirs with "ours" before it, to tell the two apart in messages.
const oursFile = "facts/raw/corrections.tsv"

// correctOurs applies our own corrections.
func (b *builder) correctOurs() error {
	sh, err := readSheet(ours, "corrections.tsv")
	if err != nil {
		return err
	}
	sh.file = oursFile
	return b.correct(sh)
}

// pair is a column and a value of a correction's match or new.
type pair struct{ column, value string }

var pairStart = form(`(?:^|;)([a-z_]+)=`)

// pairs splits "edition=1;people=A;B;result=won" only where the name of a column and "=" follow: values hold semicolons.
func pairs(text string, columns []string) []pair {
	var starts [][]int
	for _, m := range pairStart().FindAllStringSubmatchIndex(text, -1) {
		if slices.Contains(columns, text[m[2]:m[3]]) {
			starts = append(starts, m)
		}
	}
	var out []pair
	for i, m := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		out = append(out, pair{text[m[2]:m[3]], text[m[1]:end]})
	}
	return out
}

func matches(l *line, conditions []pair) bool {
	for _, c := range conditions {
		if l.get(c.column) != c.value {
			return false
		}
	}
	return true
}

// correct applies corrections.tsv from top to bottom. A correction that matches nothing is an error: the tables and the
// corrections have come apart, and guessing which of the two is right is not ours to do.
func (b *builder) correct(corrections *sheet) error {
	if err := corrections.need("table", "match", "field", "old", "new", "confidence", "kind"); err != nil {
		return err
	}
	for _, c := range corrections.rows {
		name := c.get("table")
		if name == goldTable {
			b.report.Skipped++
			continue
		}
		sh := b.sheets[name]
		if sh == nil {
			return fmt.Errorf("%s: there is no table %q", c.pos(), name)
		}
		if err := b.correctOne(sh, c); err != nil {
			return fmt.Errorf("%s: %s: %w", c.pos(), name, err)
		}
		b.report.Corrections++
	}
	return nil
}

func (b *builder) correctOne(sh *sheet, c *line) error {
	likely := c.get("confidence") != "certain"
	if c.get("kind") == "add" {
		return addRow(sh, c, likely)
	}
	conditions := pairs(c.get("match"), sh.header)
	var hit []*line
	for _, l := range sh.rows {
		if len(conditions) > 0 && matches(l, conditions) {
			hit = append(hit, l)
		}
	}
	if len(hit) == 0 {
		return fmt.Errorf("the correction %q matches nothing", c.get("match"))
	}
	switch kind := c.get("kind"); kind {
	case "drop":
		drop := hit
		if len(hit) > 1 && slices.EqualFunc(hit[0].cells, hit[1].cells, func(a, b string) bool { return a == b }) {
			drop = hit[1:] // the same row twice: one stays
		}
		sh.rows = slices.DeleteFunc(sh.rows, func(l *line) bool { return slices.Contains(drop, l) })
	case "confirm":
		for _, l := range hit {
			l.confirmed, l.doubtful = !likely, likely
		}
	case "fill", "fix":
		return b.change(hit, c, likely, len(conditions) == 1)
	default:
		return fmt.Errorf("%q is none of fill, fix, add, confirm, drop", kind)
	}
	return nil
}

// addRow adds the row of a correction.
func addRow(sh *sheet, c *line, likely bool) error {
	l := &line{sheet: sh, cells: make([]string, len(sh.header)), doubtful: likely}
	for _, p := range pairs(c.get("new"), sh.header) {
		if err := l.set(p.column, cleanCell(p.value)); err != nil {
			return err
		}
	}
	sh.rows = append(sh.rows, l)
	return nil
}

// change sets a field of rows. One that renames a category wherever it stands renames it in the tables of names, too. What
// is only likely is doubtful where it says who won; of spellings it does not matter.
func (b *builder) change(rows []*line, c *line, likely, everywhere bool) error {
	field, old, value := c.get("field"), c.get("old"), c.get("new")
	for _, l := range rows {
		if l.get(field) != old {
			b.report.note("%s: %s is %q, the correction expected %q", c.pos(), field, l.get(field), old)
		}
		if field == "category" && everywhere {
			b.renamed[categoryID{l.get("award"), old}] = value
		}
		if err := l.set(field, cleanCell(value)); err != nil {
			return err
		}
		l.confirmed = l.confirmed || !likely
		l.doubtful = l.doubtful || likely && field == "people" && c.sheet.file == oursFile
	}
	return nil
}

func cleanCell(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "|", "/")) }
