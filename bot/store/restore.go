package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"strings"

	"github.com/pressly/goose/v3"
)

// RestoreOptions are who is told of a restore; the zero value is nobody.
type RestoreOptions struct {
	Log  *slog.Logger
	Told func(done, total int64) // now and then, how many rows of how many are done
}

// CheckBackup reads a backup to its end and says what it holds, or what is wrong with it.
func CheckBackup(r io.Reader) (Summary, error) {
	s, err := readBackup(r, nowhere{})
	if err != nil {
		return s, fmt.Errorf("store: reading a backup: %w", err)
	}
	return s, nil
}

// nowhere takes a backup that is only looked at.
type nowhere struct{}

func (nowhere) begin(header) error           { return nil }
func (nowhere) table(string, []string) error { return nil }
func (nowhere) row([]any) error              { return nil }

// Restore puts a backup into the database at url, which must be empty, and brings its schema up to date. It is read
// twice: so nothing is written of a backup that is damaged. All rows come into the database at once, or none.
func Restore(ctx context.Context, url string, r io.ReadSeeker, o RestoreOptions) (Summary, error) {
	s, err := restore(ctx, url, r, o)
	if err != nil {
		return s, fmt.Errorf("store: restoring a backup: %w", err)
	}
	return s, nil
}

func restore(ctx context.Context, url string, r io.ReadSeeker, o RestoreOptions) (s Summary, err error) {
	if s, err = readBackup(r, nowhere{}); err != nil {
		return s, err
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return s, fmt.Errorf("reading the backup again: %w", err)
	}
	path, isFile := strings.CutPrefix(url, "sqlite:")
	created := false
	if isFile {
		_, missing := os.Stat(path)
		created = errors.Is(missing, fs.ErrNotExist)
	}
	d, err := connect(ctx, url)
	if err != nil {
		return s, err
	}
	defer func() {
		err = errors.Join(err, d.Close())
		if err != nil && created {
			for _, suffix := range []string{"", "-wal", "-shm"} {
				_ = os.Remove(path + suffix) // what it was made for has failed
			}
		}
	}()
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if err := d.empty(ctx, d.writer()); err != nil {
		return s, err
	}
	if err := d.schema(ctx, s.Schema); err != nil {
		return s, d.mend(err)
	}
	if err := d.load(ctx, r, s, o); err != nil {
		return s, d.mend(err)
	}
	return s, d.mend(migrate(ctx, d.dialect, d.writer(), Options{Log: o.Log}))
}

// empty refuses a database in which there is something.
func (d *connection) empty(ctx context.Context, q querier) error {
	there, err := d.tables(ctx, q)
	if err != nil {
		return d.mend(err)
	}
	for _, t := range inBackup {
		if !slices.Contains(there, t) {
			continue
		}
		some, err := hasRows(ctx, q, t)
		if err != nil {
			return err
		}
		if some {
			return fmt.Errorf("the database is not empty: there are rows in %s; stop the bot, and name an empty database in "+
				"store.url: a file that does not exist yet, or one made by CREATE DATABASE", t)
		}
	}
	return nil
}

func hasRows(ctx context.Context, q querier, table string) (bool, error) {
	rows, err := q.QueryContext(ctx, "SELECT 1 FROM "+table+" LIMIT 1")
	if err != nil {
		return false, err
	}
	defer rows.Close()
	return rows.Next(), rows.Err()
}

// schema brings the schema of an empty database to a version.
func (d *connection) schema(ctx context.Context, version int64) error {
	p, err := migrator(d.dialect, d.writer())
	if err != nil {
		return err
	}
	have, known, err := p.GetVersions(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("reading the schema's version: %w", err)
	case have > known:
		return fmt.Errorf("the database has schema version %d, and this program knows %d; name one that is empty", have, known)
	case have < version:
		_, err = p.UpTo(ctx, version)
	case have > version:
		_, err = p.DownTo(ctx, version)
	}
	if err != nil {
		return fmt.Errorf("making the schema of version %d: %w", version, err)
	}
	return nil
}

// load writes the rows, in one transaction that nobody else writes beside.
func (d *connection) load(ctx context.Context, r io.Reader, s Summary, o RestoreOptions) error {
	tx, err := d.writer().BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to undo
	there, err := d.tables(ctx, tx)
	if err != nil {
		return err
	}
	var want []string
	for _, t := range inBackup {
		if slices.Contains(there, t) {
			want = append(want, t)
		}
	}
	if d.dialect == goose.DialectPostgres { // SQLite has one writer at a time
		if _, err := tx.ExecContext(ctx, "LOCK TABLE "+strings.Join(want, ", ")+" IN EXCLUSIVE MODE"); err != nil {
			return err
		}
	}
	if err := d.empty(ctx, tx); err != nil {
		return err
	}
	in := &inserter{ctx: ctx, tx: tx, want: want, told: func(int64) {}}
	if o.Told != nil {
		total := s.Total()
		in.told = func(done int64) { o.Told(done, total) }
	}
	again, err := readBackup(r, in)
	if err != nil {
		return err
	}
	if err := in.flush(); err != nil {
		return err
	}
	if len(in.want) > 0 {
		return fmt.Errorf("the backup lacks the table %s", in.want[0])
	}
	if again.Schema != s.Schema {
		return errors.New("the backup was changed while it was read")
	}
	return tx.Commit()
}
