package index

import (
	"strings"

	"github.com/whowon-bot/whowon/facts/table"
)

// cells writes every table as columns of cells, with the file and line of each row, so that the set can be had back whole.
// The columns of IDs that the index has as numbers anyway are left out, and so are empty columns.
func (b *builder) cells() error {
	all, err := b.set.Records(false)
	if err != nil {
		return err
	}
	var names []uint32
	for i := range all {
		rec := &all[i]
		names = append(names, b.pool.id(rec.Table))
		columns := []uint32{uint32(len(rec.Rows))}
		for n, column := range rec.Columns {
			columns = append(columns, b.pool.id(column))
			cells := make([]string, len(rec.Rows))
			for r, row := range rec.Rows {
				if !derived(rec.Table, column) {
					cells[r] = row[n]
				}
			}
			b.cellColumn(cellSection(rec.Table, column), cells)
		}
		b.w.u32("table."+rec.Table, columns)
		files, lines := make([]string, len(rec.Pos)), make([]uint32, len(rec.Pos))
		for r, p := range rec.Pos {
			files[r], lines[r] = p.File, uint32(p.Line)
		}
		b.cellColumn("file."+rec.Table, files)
		b.w.u32("line."+rec.Table, lines)
	}
	b.w.u32("tables", names)
	return nil
}

// derived tells the columns that Set fills in from the index.
func derived(table, column string) bool {
	if table != "results" {
		return false
	}
	switch column {
	case "work_ids", "person_ids", "award", "edition", "category":
		return true
	}
	return false
}

// cellColumn writes a column as the list of its distinct cells and, for each row, a number of one or two bytes in it (four
// where there are more than 65,536).
func (b *builder) cellColumn(section string, cells []string) {
	number := map[string]int{}
	var distinct []uint32
	codes := make([]int, len(cells))
	for i, cell := range cells {
		n, ok := number[cell]
		if !ok {
			n = len(distinct)
			number[cell] = n
			distinct = append(distinct, b.pool.id(cell))
		}
		codes[i] = n
	}
	if len(distinct) == 1 && distinct[0] == 0 || len(cells) == 0 {
		return
	}
	width := codeWidth(len(distinct))
	data := make([]byte, 0, width*len(codes))
	for _, n := range codes {
		for k := range width {
			data = append(data, byte(n>>(8*k)))
		}
	}
	b.w.u32(section, distinct)
	b.w.bytes(section+".row", data)
}

func codeWidth(distinct int) int {
	switch {
	case distinct <= 1<<8:
		return 1
	case distinct <= 1<<16:
		return 2
	}
	return 4
}

func cellSection(table, column string) string { return "cell." + table + "." + column }

// cells opens the tables that the builder's cells wrote. A column is opened when it is asked for.
func (db *DB) cells(r *reader) {
	names := r.any("tables")
	for i := range names.Len() {
		name := db.Str.At(names.At(i))
		head := r.any("table." + name)
		if head.Len() == 0 {
			r.err = errDamaged
			return
		}
		c := &Cells{N: int(head.At(0)), from: r, str: db.Str, name: name, head: head}
		c.line = r.column("line."+name, c.N)
		db.Tables[name] = c
	}
}

// Set gives the tables back, with the file and line of every row.
func (db *DB) Set() (*table.Set, error) {
	var all []table.Records
	for _, name := range table.Tables() {
		c, ok := db.Tables[name]
		if !ok {
			return nil, errDamaged
		}
		names := c.columns()
		rec := table.Records{Table: name, Columns: names, Rows: make([][]string, c.N), Pos: make([]table.Pos, c.N)}
		columns := make([]Column, len(names))
		for n, column := range names {
			columns[n] = c.Column(column)
		}
		files := c.open("file." + name)
		for i := range c.N {
			row := make([]string, len(columns))
			for n := range columns {
				row[n] = columns[n].At(i)
				if derived(name, names[n]) {
					row[n] = db.derive(names[n], i)
				}
			}
			rec.Rows[i], rec.Pos[i] = row, table.Pos{File: files.At(i), Line: int(c.line.At(i))}
		}
		all = append(all, rec)
	}
	return table.FromRecords(all)
}

// derive is a cell of the results that stands in the index as numbers.
func (db *DB) derive(column string, result int) string {
	edition, category := int(db.ResEdition.At(result)), int(db.ResCat.At(result))
	switch column {
	case "award":
		return db.Awards.Column("id").At(int(db.EdAward.At(edition)))
	case "edition":
		return db.Editions.Column("id").At(edition)
	case "category":
		return db.Categories.Column("id").At(category)
	case "work_ids":
		return joined(db.Works.Column("id"), db.ResWorks.At(result))
	}
	return joined(db.People.Column("id"), db.ResPeople.At(result))
}

func joined(ids Column, rows U32) string {
	var b strings.Builder
	for i := range rows.Len() {
		if i > 0 {
			b.WriteByte('|')
		}
		b.WriteString(ids.At(int(rows.At(i))))
	}
	return b.String()
}
