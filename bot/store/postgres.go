package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"github.com/whowon-bot/whowon/bot"
)

// postgresDB is a PostgreSQL database.
type postgresDB struct{ db *sql.DB }

const (
	connectLimit = 10 * time.Second // for the first connection
	maxTries     = 6                // of a transaction that collides with others
)

// openPostgres connects to url. Errors do not repeat it, because it may hold a password.
func openPostgres(ctx context.Context, url string, o Options) (engine, error) {
	c, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL: the URL is wrong; use postgres://user:password@host:5432/database: %w", err)
	}
	if c.RuntimeParams["application_name"] == "" {
		c.RuntimeParams["application_name"] = "whowon"
	}
	d := &postgresDB{stdlib.OpenDB(*c)}
	d.db.SetMaxOpenConns(o.Conns)
	d.db.SetMaxIdleConns(o.Conns)
	d.db.SetConnMaxIdleTime(5 * time.Minute)
	first, cancel := context.WithTimeout(ctx, connectLimit)
	defer cancel()
	where := fmt.Sprintf("PostgreSQL at %s:%d, database %s", c.Host, c.Port, c.Database)
	if err := d.db.PingContext(first); err != nil {
		err = fmt.Errorf("%s: does not answer; does it run, and are host, user and password right? %w", where, err)
		return nil, errors.Join(err, d.Close())
	}
	if err := migrate(ctx, goose.DialectPostgres, d.db, o); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", where, d.mend(err)), d.Close())
	}
	return d, nil
}

func (d *postgresDB) shared() string { return " FOR SHARE" }

// clock is that of the server, which all its clients share.
func (d *postgresDB) clock() string {
	return "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)"
}

func (d *postgresDB) reader() *sql.DB { return d.db }
func (d *postgresDB) writer() *sql.DB { return d.db }
func (d *postgresDB) Close() error    { return d.db.Close() }

func (d *postgresDB) compact(context.Context) error { return nil }

// apply sends all statements at once, which makes them one transaction: one round trip. It tries again when the
// transaction has met another, or was not sent at all.
func (d *postgresDB) apply(ctx context.Context, all []statement) ([]int64, error) {
	for try := 1; ; try++ {
		changed, err := d.send(ctx, all)
		if err == nil {
			return changed, nil
		}
		code := sqlState(err)
		if code == "23505" || code == "22012" { // a unique index; a statement that must has not
			return nil, conflict(err)
		}
		again := code == "40001" || code == "40P01" || pgconn.SafeToRetry(err)
		if !again || try == maxTries || pause(ctx, try) != nil {
			return nil, err
		}
	}
}

func (d *postgresDB) send(ctx context.Context, all []statement) ([]int64, error) {
	var b pgx.Batch
	for _, st := range all {
		q := st.query
		if st.must {
			// Dividing by no rows is an error, which undoes the transaction on the server.
			q = "WITH changed AS (" + q + " RETURNING 1) SELECT 1 / count(*) FROM changed"
		}
		b.Queue(q, st.args...)
	}
	conn, err := d.db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	changed := make([]int64, len(all))
	err = conn.Raw(func(dc any) error {
		c, ok := dc.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("a connection of pgx is a %T", dc)
		}
		res := c.Conn().SendBatch(ctx, &b)
		var err error
		for i := 0; i < len(all) && err == nil; i++ {
			var tag pgconn.CommandTag
			tag, err = res.Exec()
			changed[i] = tag.RowsAffected()
		}
		if end := res.Close(); err == nil { // the commit; after an error it says the same again
			err = end
		}
		return err
	})
	return changed, err
}

// pause waits a while that grows with the number of tries, and differs between colliding writers.
func pause(ctx context.Context, try int) error {
	t := time.NewTimer(time.Duration(try) * (2*time.Millisecond + rand.N(8*time.Millisecond)))
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// sqlState is PostgreSQL's five-letter code of an error, "" of any other.
func sqlState(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// unsure: the server went away, or the connection broke, before the commit was confirmed.
func (d *postgresDB) unsure(err error) bool {
	switch code := sqlState(err); code {
	case "":
		return !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded)
	case "57P01", "57P02", "57P03": // shut down, crashed, starting
		return true
	default:
		return code[:2] == "08" // connection
	}
}

func (d *postgresDB) mend(err error) error {
	if away := new(pgconn.ConnectError); errors.As(err, &away) && !errors.Is(err, bot.ErrNotSaved) {
		return fmt.Errorf("%w: the database does not answer: %w", bot.ErrNotSaved, err)
	}
	var hint string
	switch sqlState(err) {
	case "53100":
		return fmt.Errorf("%w (%w): nothing was written; make room on the server's disk", err, bot.ErrNotSaved)
	case "53300":
		hint = "PostgreSQL has no connection left; raise max_connections or use fewer"
	case "42501":
		hint = "the database's user may not do this; grant it, or let it own the database"
	case "25006":
		hint = "the server is read-only; connect to the primary"
	default:
		return err
	}
	return fmt.Errorf("%w: %s", err, hint)
}
