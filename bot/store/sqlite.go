package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/whowon-bot/whowon/bot"
)

// sqliteDB is a SQLite file. All writing goes through one connection, whose statements stay prepared; readers have their
// own and see the last commit.
type sqliteDB struct {
	w, r *sql.DB

	// Only who holds the connection of w uses these.
	conn  driver.Conn
	stmts map[string]prepared
}

// openSQLite opens or creates the file at path.
func openSQLite(ctx context.Context, path string, o Options) (engine, error) {
	if err := createFile(path); err != nil {
		return nil, err
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	d := &sqliteDB{}
	if d.w, err = connectSQLite(abs, 1, url.Values{"_txlock": {"immediate"}}); err == nil {
		d.r, err = connectSQLite(abs, o.Conns, url.Values{"_query_only": {"1"}})
	}
	if err == nil {
		err = migrate(ctx, goose.DialectSQLite3, d.w, o)
	}
	if err != nil {
		err = errors.Join(fmt.Errorf("opening %s: %w", path, d.mend(err)), d.Close())
		return nil, err
	}
	return d, nil
}

// createFile makes sure that the file is there and can be written, and tells what is in the way.
func createFile(path string) error {
	if path == "" || strings.HasPrefix(path, ":memory:") {
		return errors.New("sqlite: needs the path of a file, as in sqlite:whowon.db")
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	switch {
	case err == nil:
		return f.Close()
	case errors.Is(err, fs.ErrNotExist):
		dir := filepath.Dir(path)
		return fmt.Errorf("opening %s: the folder %s does not exist; create it: mkdir -p %[2]s", path, dir)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("opening %s: no permission; the user the program runs as must own the file and its folder", path)
	}
	return fmt.Errorf("opening %s: it must be a file that can be written, in a folder that can be: %w", path, err)
}

// connectSQLite makes a pool of at most conns connections. FULL with WAL is one fdatasync for each commit: what is
// acknowledged survives a loss of power.
func connectSQLite(abs string, conns int, more url.Values) (*sql.DB, error) {
	q := url.Values{
		"_busy_timeout": {"5000"}, "_foreign_keys": {"1"}, "_journal_mode": {"WAL"}, "_synchronous": {"FULL"},
		"_dqs": {"0"}, "_error_rc": {"1"}, "_pragma": {"wal_autocheckpoint(2000)", "journal_size_limit(67108864)"},
	}
	for k, v := range more {
		q[k] = v
	}
	u := url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(abs), RawQuery: q.Encode()}
	c, err := sqlite.NewConnector(u.String())
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(c)
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return db, nil
}

func (d *sqliteDB) shared() string { return "" } // there is one writer at a time
// clock is that of this machine, to the millisecond.
func (d *sqliteDB) clock() string { return "CAST(unixepoch('subsec') * 1000000 AS INTEGER)" }

func (d *sqliteDB) reader() *sql.DB { return d.r }
func (d *sqliteDB) writer() *sql.DB { return d.w }

// Close ends all connections; the last one folds the write-ahead log into the file.
func (d *sqliteDB) Close() error {
	var err error
	if d.r != nil {
		err = d.r.Close()
	}
	if d.w == nil {
		return err
	}
	if conn, busy := d.w.Conn(context.Background()); busy == nil { // waits for who writes
		err = errors.Join(err, conn.Raw(func(any) error { return d.forget() }), conn.Close())
	}
	return errors.Join(err, d.w.Close())
}

// compact rewrites the file, and empties the write-ahead log, in which the old pages stand.
func (d *sqliteDB) compact(ctx context.Context) error {
	if _, err := d.w.ExecContext(ctx, "VACUUM"); err != nil {
		return err
	}
	var busy, pages, done int
	err := d.w.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &done)
	if err == nil && busy != 0 {
		err = errors.New("somebody is reading what was deleted; the rest of it goes when they have ended")
	}
	return err
}

func (d *sqliteDB) unsure(error) bool { return false }

// duplicate reports whether err is of a unique index.
func duplicate(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) &&
		(e.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || e.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
}

func (d *sqliteDB) mend(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	var hint string
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("%w (%w): nothing was written; make room on the disk", err, bot.ErrNotSaved)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		hint = "the user the program runs as must own the file and its folder"
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		hint = "another program holds the file; close it"
	case sqlite3.SQLITE_NOTADB:
		hint = "the file is not a SQLite database; give another path"
	case sqlite3.SQLITE_CORRUPT:
		hint = "the file is damaged; restore a backup"
	default:
		return err
	}
	return fmt.Errorf("%w: %s", err, hint)
}
