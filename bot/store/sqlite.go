package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/whowon-bot/whowon/bot"
)

// sqliteDB is a SQLite file. All writing goes through one connection, whose statements stay prepared; readers have their
// own and see the last commit.
type sqliteDB struct {
	w, r *sql.DB

	mu    sync.Mutex
	stmts map[string]*sql.Stmt
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
	d := &sqliteDB{stmts: map[string]*sql.Stmt{}}
	if d.w, err = connectSQLite(abs, 1, url.Values{"_txlock": {"immediate"}}); err == nil {
		d.r, err = connectSQLite(abs, o.Conns, url.Values{"_query_only": {"1"}})
	}
	if err == nil {
		err = migrate(ctx, goose.DialectSQLite3, d.w, o.Log)
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

func (d *sqliteDB) reader() *sql.DB { return d.r }
func (d *sqliteDB) writer() *sql.DB { return d.w }

// Close ends all connections; the last one folds the write-ahead log into the file.
func (d *sqliteDB) Close() error {
	var err error
	for _, db := range []*sql.DB{d.r, d.w} {
		if db != nil {
			err = errors.Join(err, db.Close())
		}
	}
	return err
}

// apply runs statements in one transaction. It is short and local, so what has begun is not given up when ctx ends.
func (d *sqliteDB) apply(ctx context.Context, all []statement) ([]int64, error) {
	stmts := make([]*sql.Stmt, len(all))
	for i, st := range all {
		var err error
		if stmts[i], err = d.prepared(ctx, st.query); err != nil {
			return nil, err
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ctx = context.WithoutCancel(ctx)
	tx, err := d.w.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	changed, err := run(ctx, tx, stmts, all)
	if err == nil {
		err = tx.Commit()
	}
	if err != nil {
		if undo := tx.Rollback(); undo != nil && !errors.Is(undo, sql.ErrTxDone) {
			err = errors.Join(err, undo)
		}
		if duplicate(err) {
			err = conflict(err)
		}
		return nil, err
	}
	return changed, nil
}

func run(ctx context.Context, tx *sql.Tx, stmts []*sql.Stmt, all []statement) ([]int64, error) {
	changed := make([]int64, len(all))
	for i, st := range all {
		res, err := tx.StmtContext(ctx, stmts[i]).ExecContext(ctx, st.args...)
		if err != nil {
			return nil, err
		}
		if changed[i], err = res.RowsAffected(); err != nil {
			return nil, err
		}
		if st.must && changed[i] == 0 {
			return nil, bot.ErrConflict
		}
	}
	return changed, nil
}

// prepared is the statement of the writer for query. Queries are constants, so there are few.
func (d *sqliteDB) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	d.mu.Lock()
	st := d.stmts[query]
	d.mu.Unlock()
	if st != nil {
		return st, nil
	}
	st, err := d.w.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if first := d.stmts[query]; first != nil { // two goroutines have prepared it
		return first, st.Close()
	}
	d.stmts[query] = st
	return st, nil
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
	hint := ""
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		hint = "nothing was written; make room on the disk"
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
