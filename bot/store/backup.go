package store

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// inBackup are the tables that a backup holds, in its order.
var inBackup = []string{
	"settings", "players", "aliases", "appeals", "rounds", "asked", "scores", "attempts", "effects",
	"subscriptions", "occurrences", "dailies", "picks",
}

// notInBackup are the others, and why.
var notInBackup = map[string]string{
	"goose_db_version": "the migrations write it; the version stands at a backup's beginning",
	"schema_compat":    "the migrations write it",
	"leases":           "what running replicas agree by, which is over when a backup is restored",
	"deliveries":       "what running replicas have taken on within a day",
}

// BackupOptions are what a backup says of itself, and who is told how far it is.
type BackupOptions struct {
	Program string    // the version of the program
	At      time.Time // when it is made
	// Told is told now and then how many rows of how many are done; nil is nobody. To know how many there are, they are
	// counted first.
	Told func(done, total int64)
}

// Summary is what a backup holds.
type Summary struct {
	Schema  int64            // the version of the schema that the rows are of
	Program string           // the version of the program that made it
	At      time.Time        // when
	Rows    map[string]int64 // by table
}

// Total is how many rows there are.
func (s Summary) Total() (n int64) {
	for _, rows := range s.Rows {
		n += rows
	}
	return n
}

// Backup writes all that is kept in the database at url to w, as it is at one moment, also while others write to it. The
// database is not changed: its schema stays as it is. What is written can be restored into a database of either kind.
func Backup(ctx context.Context, url string, w io.Writer, o BackupOptions) (Summary, error) {
	s, err := backup(ctx, url, w, o)
	if err != nil {
		return s, fmt.Errorf("store: making a backup: %w", err)
	}
	return s, nil
}

func backup(ctx context.Context, url string, w io.Writer, o BackupOptions) (Summary, error) {
	if path, ok := strings.CutPrefix(url, "sqlite:"); ok {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return Summary{}, fmt.Errorf("there is no database %s: give the configuration that the bot runs with", path)
		}
	}
	d, err := connect(ctx, url)
	if err != nil {
		return Summary{}, err
	}
	defer d.Close()
	// All is read in one transaction: it sees what was committed before it, and nothing that is committed after.
	tx, err := d.reader().BeginTx(ctx, &sql.TxOptions{Isolation: d.snapshot, ReadOnly: true})
	if err != nil {
		return Summary{}, d.mend(err)
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	s, err := writeBackup(ctx, d, tx, w, o)
	return s, d.mend(err)
}

func writeBackup(ctx context.Context, d *connection, tx *sql.Tx, w io.Writer, o BackupOptions) (Summary, error) {
	s := Summary{Program: o.Program, At: o.At, Rows: map[string]int64{}}
	there, err := d.tables(ctx, tx)
	if err != nil {
		return s, err
	}
	known, err := knownSchema()
	if err != nil {
		return s, err
	}
	if !slices.Contains(there, "goose_db_version") {
		return s, errors.New("there is nothing of whowon in the database; is it the right one?")
	}
	if err := tx.QueryRowContext(ctx, "SELECT max(version_id) FROM goose_db_version").Scan(&s.Schema); err != nil {
		return s, fmt.Errorf("reading the schema's version: %w", err)
	}
	if s.Schema > known {
		return s, fmt.Errorf("the database has schema version %d, and this program knows %d: it would miss what is new; "+
			"make the backup with the newer whowon", s.Schema, known)
	}
	tables := slices.DeleteFunc(slices.Clone(inBackup), func(t string) bool { return !slices.Contains(there, t) })
	b := &backupWriter{zip: gzip.NewWriter(w), sum: sha256.New(), rows: s.Rows, told: func(int64) {}}
	if o.Told != nil {
		var total int64
		for _, t := range tables {
			var n int64
			if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM "+t).Scan(&n); err != nil {
				return s, fmt.Errorf("counting %s: %w", t, err)
			}
			total += n
		}
		b.told = func(done int64) { o.Told(done, total) }
	}
	if err := b.line(header{Format: backupFormat, Schema: s.Schema, Program: o.Program, At: o.At.UTC()}); err != nil {
		return s, err
	}
	for _, t := range tables {
		if err := b.table(ctx, tx, t); err != nil {
			return s, fmt.Errorf("table %s: %w", t, err)
		}
	}
	if err := b.line(mark{Rows: b.rows, SHA256: hex.EncodeToString(b.sum.Sum(nil))}); err != nil {
		return s, err
	}
	return s, b.zip.Close()
}

// backupWriter writes lines, and remembers what a backup ends with.
type backupWriter struct {
	zip  *gzip.Writer
	sum  hash.Hash
	buf  bytes.Buffer
	done int64
	rows map[string]int64
	told func(done int64)
}

// line writes a line.
func (b *backupWriter) line(v any) error {
	b.buf.Reset()
	e := json.NewEncoder(&b.buf)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	if b.buf.Len() > maxBackupLine {
		return fmt.Errorf("a row has more than %d MiB", maxBackupLine>>20)
	}
	_, _ = b.sum.Write(b.buf.Bytes()) // a hash takes everything
	_, err := b.zip.Write(b.buf.Bytes())
	return err
}

// table writes the rows of a table, as they come.
func (b *backupWriter) table(ctx context.Context, tx *sql.Tx, table string) error {
	rows, err := tx.QueryContext(ctx, "SELECT * FROM "+table)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	if err := b.line(mark{Table: table, Columns: columns}); err != nil {
		return err
	}
	b.rows[table] = 0
	row, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range row {
		into[i] = &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i, v := range row {
			if raw, ok := v.([]byte); ok {
				row[i] = string(raw)
			}
		}
		if err := b.line(row); err != nil {
			return err
		}
		b.rows[table]++
		if b.done++; b.done%toldEvery == 0 {
			b.told(b.done)
		}
	}
	return rows.Err()
}

const toldEvery = 256 // rows

// knownSchema is the newest version of the schema that this program knows.
func knownSchema() (int64, error) {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil || len(files) == 0 {
		return 0, errors.Join(errors.New("there are no migrations"), err)
	}
	number, _, _ := strings.Cut(filepath.Base(slices.Max(files)), "_")
	return strconv.ParseInt(number, 10, 64)
}
