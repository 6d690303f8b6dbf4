package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"

	"github.com/whowon-bot/whowon/bot"
)

// Options are how a store is opened; the zero value is fine.
type Options struct {
	Conns int          // connections to PostgreSQL, and readers of SQLite, at most; 0 is 8
	Log   *slog.Logger // told of migrations; discarded when nil
	Meter bot.Meter    // told of reads and writes; nobody when nil

	// Migrating hears how many of how many versions of the schema are done: before migrations and after them. It is not
	// called when there is nothing to migrate, and not after a failure. It may be nil.
	Migrating func(done, total int)
}

const defaultConns = 8

// Store keeps what is said in its package's comment. It is safe for concurrent use, and so are several stores, in
// several processes, on one database.
type Store struct {
	engine
	away atomic.Int64 // since when transitions find the database away, in nanoseconds since 1970; 0 is that they do not
}

// engine is what differs between databases.
type engine interface {
	// apply runs statements in one transaction, at once or not at all, and says how many rows each has changed. It
	// returns bot.ErrConflict when one that must change a row has not, or when it would break a unique index.
	apply(ctx context.Context, all []statement) ([]int64, error)
	// shared is what a SELECT ends with that writes by what it reads: the rows stay as they are until it is committed.
	shared() string
	// clock is the time now in microseconds, in SQL.
	clock() string
	reader() *sql.DB
	writer() *sql.DB
	// unsure reports whether err leaves open if a transaction was committed: the connection was lost.
	unsure(err error) bool
	// compact rewrites the files, so that nothing of what was deleted is left in them.
	compact(ctx context.Context) error
	// mend adds to an error what can be done about it.
	mend(err error) error
	Close() error
}

// Open opens the database at url, "sqlite:PATH" or "postgres://…", creates what is missing in it and brings its schema
// up to date. A new SQLite file is for its owner only; its folder must exist.
func Open(ctx context.Context, url string, o Options) (*Store, error) {
	if o.Conns <= 0 {
		o.Conns = defaultConns
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	scheme, rest, _ := strings.Cut(url, ":")
	var e engine
	var err error
	switch scheme {
	case "sqlite":
		e, err = openSQLite(ctx, rest, o)
	case "postgres", "postgresql":
		e, err = openPostgres(ctx, url, o)
	default:
		// The URL may hold a password, so it is not repeated.
		return nil, errors.New("store: the database's URL must begin with sqlite: or postgres://, " +
			"as in sqlite:whowon.db or postgres://user@host/whowon")
	}
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	if o.Meter != nil {
		e = measured{e, o.Meter}
	}
	return &Store{engine: e}, nil
}

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	return s.failed("asking whether the database answers", s.reader().PingContext(ctx))
}

// Compact leaves nothing of deleted rows in a SQLite file, where their bytes otherwise stand until others take the place.
// Writers wait for it, and it takes as long as writing the whole file. PostgreSQL does it by itself (autovacuum).
func (s *Store) Compact(ctx context.Context) error {
	return s.failed("compacting the database", s.compact(ctx))
}

// failed says what was attempted when err is not nil.
func (s *Store) failed(doing string, err error) error {
	if err == nil {
		return nil
	}
	if !errors.Is(err, bot.ErrConflict) && !errors.Is(err, bot.ErrNotFound) {
		err = s.mend(err)
	}
	return fmt.Errorf("store: %s: %w", doing, err)
}
