package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// inserter inserts rows, many at a time.
type inserter struct {
	ctx  context.Context //nolint:containedctx // of one transaction
	tx   *sql.Tx
	want []string // tables that have not come yet
	told func(done int64)

	into  string // "INSERT INTO table (columns)"
	isInt []bool // by column
	args  []any
	rows  int
	bytes int
	done  int64
	full  *sql.Stmt // of insertRows rows
}

const (
	insertRows  = 200     // with 15 columns, a tenth of the values that SQLite takes in a statement
	insertBytes = 1 << 20 // of text
)

func (in *inserter) begin(header) error { return nil }

// table begins a table, whose columns must be those of the database: they become part of a statement.
func (in *inserter) table(name string, columns []string) error {
	if err := in.flush(); err != nil {
		return err
	}
	i := slices.Index(in.want, name)
	if i < 0 {
		return fmt.Errorf("schema version of the backup has no table %s", name)
	}
	in.want = slices.Delete(in.want, i, i+1)
	types, err := in.types(name)
	if err != nil {
		return err
	}
	in.isInt = in.isInt[:0]
	for i, c := range columns {
		kind, ok := types[c]
		if !ok || slices.Contains(columns[:i], c) {
			return fmt.Errorf("a column %.40q of %s is not in the schema", c, name)
		}
		in.isInt = append(in.isInt, kind != "TEXT")
	}
	in.into = "INSERT INTO " + name + " (" + strings.Join(columns, ", ") + ") VALUES "
	in.full, err = in.tx.PrepareContext(in.ctx, in.into+places(insertRows, len(columns)))
	return err
}

// types are the types of a table's columns.
func (in *inserter) types(table string) (map[string]string, error) {
	rows, err := in.tx.QueryContext(in.ctx, "SELECT * FROM "+table+" LIMIT 0")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	types := map[string]string{}
	for _, c := range all {
		types[c.Name()] = c.DatabaseTypeName()
	}
	return types, rows.Err()
}

// places are "($1, $2), ($3, $4)" for rows of so many columns.
func places(rows, columns int) string {
	var b strings.Builder
	for i := range rows * columns {
		switch {
		case i == 0:
			b.WriteByte('(')
		case i%columns == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "$%d", i+1)
	}
	return b.String() + ")"
}

func (in *inserter) row(row []any) error {
	for i, v := range row {
		_, isText := v.(string)
		if v != nil && isText == in.isInt[i] {
			return fmt.Errorf("value %d of a row is of another type than its column", i+1)
		}
		if t, ok := v.(string); ok {
			in.bytes += len(t)
		}
	}
	in.args = append(in.args, row...)
	in.rows++
	if in.done++; in.done%toldEvery == 0 {
		in.told(in.done)
	}
	if in.rows == insertRows || in.bytes > insertBytes {
		return in.insert()
	}
	return nil
}

func (in *inserter) insert() error {
	if in.rows == 0 {
		return nil
	}
	var err error
	if in.rows == insertRows {
		_, err = in.full.ExecContext(in.ctx, in.args...)
	} else {
		_, err = in.tx.ExecContext(in.ctx, in.into+places(in.rows, len(in.isInt)), in.args...)
	}
	clear(in.args)
	in.args, in.rows, in.bytes = in.args[:0], 0, 0
	return err
}

// flush inserts what is left of a table.
func (in *inserter) flush() error {
	err := in.insert()
	if in.full != nil {
		err = errors.Join(err, in.full.Close())
		in.full = nil
	}
	return err
}
