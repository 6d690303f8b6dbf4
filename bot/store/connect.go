package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

// connection is a database whose schema is left as it is.
type connection struct {
	engine
	dialect  goose.Dialect
	snapshot sql.IsolationLevel // of a transaction that sees one moment
}

// connect connects to the database at a URL. A SQLite file is created where there is none.
func connect(ctx context.Context, address string) (*connection, error) {
	scheme, rest, _ := strings.Cut(address, ":")
	switch scheme {
	case "sqlite":
		return connectFile(rest)
	case "postgres", "postgresql":
		return connectServer(ctx, address)
	}
	return nil, errors.New("the database's URL must begin with sqlite: or postgres://")
}

func connectFile(path string) (*connection, error) {
	if err := createFile(path); err != nil {
		return nil, err
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	d := &sqliteDB{}
	if d.w, err = connectSQLite(abs, 1, url.Values{"_txlock": {"immediate"}}); err == nil {
		d.r, err = connectSQLite(abs, 1, url.Values{"_query_only": {"1"}})
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("opening %s: %w", path, d.mend(err)), d.Close())
	}
	return &connection{d, goose.DialectSQLite3, sql.LevelDefault}, nil
}

func connectServer(ctx context.Context, address string) (*connection, error) {
	c, err := pgx.ParseConfig(address)
	if err != nil { // it does not repeat the password
		return nil, fmt.Errorf("PostgreSQL: the URL is wrong; use postgres://user:password@host:5432/database: %w", err)
	}
	d := &postgresDB{stdlib.OpenDB(*c)}
	first, cancel := context.WithTimeout(ctx, connectLimit)
	defer cancel()
	if err := d.db.PingContext(first); err != nil {
		err = fmt.Errorf("PostgreSQL at %s:%d, database %s: does not answer; does it run, and are host, user and password "+
			"right? %w", c.Host, c.Port, c.Database, err)
		return nil, errors.Join(err, d.Close())
	}
	return &connection{d, goose.DialectPostgres, sql.LevelRepeatableRead}, nil
}

// querier is a database, or a transaction on it.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// tables are those of the database, whoever they belong to.
func (d *connection) tables(ctx context.Context, q querier) ([]string, error) {
	query := "SELECT name FROM sqlite_schema WHERE type = 'table'"
	if d.dialect == goose.DialectPostgres {
		query = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
	}
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("listing the tables: %w", err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		t, err := text(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, rows.Err()
}
