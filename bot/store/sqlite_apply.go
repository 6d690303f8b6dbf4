package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"

	"github.com/whowon-bot/whowon/bot"
)

// apply runs statements in one transaction. They are run on the driver's own connection, and stay prepared there: that
// saves a tenth of a transaction's processor time, BEGIN and COMMIT included. A transaction is short and local, so what
// has begun is not given up when ctx ends.
func (d *sqliteDB) apply(ctx context.Context, all []statement) (changed []int64, err error) {
	conn, err := d.w.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	ctx = context.WithoutCancel(ctx)
	err = conn.Raw(func(dc any) error {
		if err := d.use(dc); err != nil {
			return err
		}
		if _, err := d.exec(ctx, do("BEGIN IMMEDIATE")); err != nil {
			return err
		}
		changed, err = d.run(ctx, all)
		if err == nil {
			_, err = d.exec(ctx, do("COMMIT"))
		}
		if err != nil {
			return d.undo(ctx, err)
		}
		return nil
	})
	if duplicate(err) {
		err = conflict(err)
	}
	return changed, err
}

// use makes sure that the statements are those of the connection, which is another one when the first was lost.
func (d *sqliteDB) use(dc any) error {
	c, ok := dc.(driver.Conn)
	if !ok {
		return fmt.Errorf("a connection of SQLite is a %T", dc)
	}
	if c == d.conn {
		return nil
	}
	err := d.forget()
	d.conn, d.stmts = c, map[string]prepared{}
	return err
}

// forget ends the prepared statements, without which a connection does not end.
func (d *sqliteDB) forget() error {
	var err error
	for query, st := range d.stmts {
		err = errors.Join(err, st.Close())
		delete(d.stmts, query)
	}
	return err
}

// undo ends a failed transaction. After some errors, as of a full disk, SQLite has done so itself. A connection that
// cannot is not used again.
func (d *sqliteDB) undo(ctx context.Context, why error) error {
	_, err := d.exec(ctx, do("ROLLBACK"))
	if err == nil || strings.Contains(err.Error(), "no transaction is active") {
		return why
	}
	return errors.Join(why, err, driver.ErrBadConn)
}

func (d *sqliteDB) run(ctx context.Context, all []statement) ([]int64, error) {
	changed := make([]int64, len(all))
	for i, st := range all {
		res, err := d.exec(ctx, st)
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

// prepared is a statement of a connection of SQLite.
type prepared interface {
	driver.Stmt
	driver.StmtExecContext
}

// exec runs a statement, prepared. Queries are constants, so there are few.
func (d *sqliteDB) exec(ctx context.Context, st statement) (driver.Result, error) {
	p := d.stmts[st.query]
	if p == nil {
		var err error
		if p, err = d.prepare(ctx, st.query); err != nil {
			return nil, err
		}
	}
	args := make([]driver.NamedValue, len(st.args))
	for i, a := range st.args {
		args[i] = driver.NamedValue{Ordinal: i + 1, Value: a}
	}
	return p.ExecContext(ctx, args)
}

func (d *sqliteDB) prepare(ctx context.Context, query string) (prepared, error) {
	c, ok := d.conn.(driver.ConnPrepareContext)
	if !ok {
		return nil, fmt.Errorf("%T does not prepare", d.conn)
	}
	st, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	p, ok := st.(prepared)
	if !ok {
		return nil, errors.Join(fmt.Errorf("%T does not execute", st), st.Close())
	}
	d.stmts[query] = p
	return p, nil
}
