package store

import (
	"bytes"
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrateTries is for several processes that open a new SQLite file at once: those that lose the race find it migrated.
const migrateTries = 20

// migrate brings the schema up to date. One that is newer than the program is left as it is, where the newer program has
// said that this one can work with it; otherwise it is refused: to write to it could break what the newer program relies
// on. migrations/README.md tells how that is kept.
func migrate(ctx context.Context, dialect goose.Dialect, db *sql.DB, o Options) error {
	p, err := migrator(dialect, db)
	if err != nil {
		return err
	}
	for try := 1; ; try++ {
		err := migrateOnce(ctx, p, db, o)
		var newer newerSchema
		if err == nil || errors.As(err, &newer) || dialect == goose.DialectPostgres || try == migrateTries || ctx.Err() != nil {
			return err
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// migrator knows the migrations of a database.
func migrator(dialect goose.Dialect, db *sql.DB) (*goose.Provider, error) {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	if dialect == goose.DialectSQLite3 {
		dir = forSQLite{dir}
	}
	// No globals of goose are used, and nothing is logged but what is said here.
	opts := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true), goose.WithSlog(slog.New(slog.DiscardHandler))}
	if dialect == goose.DialectPostgres {
		l, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 60))
		if err != nil {
			return nil, err
		}
		opts = append(opts, goose.WithSessionLocker(l))
	}
	return goose.NewProvider(dialect, db, dir, opts...)
}

func migrateOnce(ctx context.Context, p *goose.Provider, db *sql.DB, o Options) error {
	have, want, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("reading the schema's version: %w", err)
	}
	if have > want {
		return newer(ctx, db, have, want, o.Log)
	}
	if have == want {
		return nil
	}
	told := func(done int64) {
		if o.Migrating != nil {
			o.Migrating(int(done), int(want-have))
		}
	}
	told(0)
	done, err := p.Up(ctx)
	if err != nil {
		return fmt.Errorf("migrating the schema from version %d to %d: %w", have, want, err)
	}
	told(want - have)
	if len(done) > 0 {
		o.Log.Info("migrated the database", "from", have, "to", want)
	}
	return nil
}

// newer decides about a schema of a later program.
func newer(ctx context.Context, db *sql.DB, have, want int64, log *slog.Logger) error {
	var oldest int64
	if err := db.QueryRowContext(ctx, "SELECT max(min_version) FROM schema_compat").Scan(&oldest); err != nil {
		return fmt.Errorf("reading which programs schema version %d is for: %w", have, err)
	}
	if oldest > want {
		return newerSchema{have, want, oldest}
	}
	log.Info("the database is of a newer version, which this one can work with", "schema", have, "known", want)
	return nil
}

// newerSchema is the error for a database of a later program, which this one cannot work with.
type newerSchema struct{ have, want, oldest int64 }

func (e newerSchema) Error() string {
	return fmt.Sprintf("the database has schema version %d, which needs a program that knows at least %d, and this one "+
		"knows %d; run the newer whowon, or restore a backup from before it", e.have, e.oldest, e.want)
}

// forSQLite are the migrations with what stands in comments for SQLite.
type forSQLite struct{ fs.FS }

// Open opens a file, in memory where it is a migration.
func (f forSQLite) Open(name string) (fs.File, error) {
	file, err := f.FS.Open(name)
	if err != nil || !strings.HasSuffix(name, ".sql") {
		return file, err
	}
	defer file.Close()
	b, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	b = bytes.ReplaceAll(b, []byte("/* WITHOUT ROWID */"), []byte("WITHOUT ROWID"))
	return &textFile{bytes.NewReader(b), info}, nil
}

// textFile is an open file whose text is in memory.
type textFile struct {
	*bytes.Reader
	info fs.FileInfo
}

// Stat is of the file as it is embedded.
func (f *textFile) Stat() (fs.FileInfo, error) { return f.info, nil }

// Close has nothing to do.
func (f *textFile) Close() error { return nil }
