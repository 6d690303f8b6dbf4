package main

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"github.com/whowon-bot/whowon/facts/lookup"
	_ "modernc.org/sqlite" // the peer
)

// fts is SQLite's full-text index, in memory, asked through prepared statements.
type fts struct {
	db                          *sql.DB
	inOrder, prefixed, relevant *sql.Stmt
}

// newFTS indexes the entries under their places in order, best known first. It is asked in three ways: inOrder is a table
// as the documentation shows it, from which the first 25 by place are taken; prefixed has an index of prefixes too, which
// is the kindest way to ask; relevant is ranked by FTS5's own measure instead.
func newFTS(ctx context.Context, entries []lookup.Entry, order []int32) (*fts, error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // each connection would have a memory of its own
	f := &fts{db: db}
	if err := f.fill(ctx, entries, order); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return f, nil
}

func (f *fts) fill(ctx context.Context, entries []lookup.Entry, order []int32) error {
	if _, err := f.db.ExecContext(ctx, `create virtual table plain using fts5(name);
		create virtual table prefixed using fts5(name, prefix='1 2 3')`); err != nil {
		return err
	}
	for _, table := range []string{"plain", "prefixed"} {
		if err := f.insert(ctx, `insert into `+table+`(rowid, name) values(?, ?)`, entries, order); err != nil {
			return err
		}
	}
	for statement, query := range map[**sql.Stmt]string{
		&f.inOrder:  `select rowid from plain where plain match ? order by rowid limit 25`,
		&f.prefixed: `select rowid from prefixed where prefixed match ? order by rowid limit 25`,
		&f.relevant: `select rowid from prefixed where prefixed match ? order by rank limit 25`,
	} {
		var err error
		if *statement, err = f.db.PrepareContext(ctx, query); err != nil { //nolint:sqlclosecheck // closing the database does
			return err
		}
	}
	return nil
}

func (f *fts) insert(ctx context.Context, query string, entries []lookup.Entry, order []int32) error {
	tx, err := f.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // it has been committed, or the error is known already
	insert, err := tx.PrepareContext(ctx, query)
	if err != nil {
		return err
	}
	defer insert.Close()
	for i, entry := range order {
		if _, err := insert.ExecContext(ctx, i+1, entries[entry].Text); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// ask reads the names found.
func (f *fts) ask(ctx context.Context, statement *sql.Stmt, prefix string) error {
	rows, err := statement.QueryContext(ctx, `"`+strings.ReplaceAll(prefix, `"`, `""`)+`" *`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return err
		}
	}
	return rows.Err()
}
