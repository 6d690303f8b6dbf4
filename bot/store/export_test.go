package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing/fstest"
	"time"

	"github.com/pressly/goose/v3"

	"github.com/whowon-bot/whowon/bot"
)

// Pragma is a pragma of the writer of SQLite, or the error.
func Pragma(ctx context.Context, s *Store, name string) (v string) {
	if err := s.writer().QueryRowContext(ctx, "PRAGMA "+name).Scan(&v); err != nil {
		return err.Error()
	}
	return v
}

// Limit lets a SQLite file grow to a number of pages; beyond it the disk is full.
func Limit(ctx context.Context, s *Store, pages int) {
	if got := Pragma(ctx, s, fmt.Sprintf("max_page_count = %d", pages)); got == "" {
		panic("no answer")
	}
}

// Step is a query that is run for every subscription, or again and again, the index that it must go by, "" for any, and its
// arguments.
type Step struct {
	Query, Index string
	Args         []any
	Sorts        bool // the few rows of one subscription
}

// Steps are all there are, at a time, of which what was due before old is to go. A primary key's index is named by the table.
func Steps(at, old time.Time) map[string]Step {
	one := []any{"s1", "2026-03-02", ""}
	row := slices.Concat(one, []any{"discord", "g1", "c1", at, bot.OccurrenceNew, at, at, 0, "", "", "", at})
	return map[string]Step{
		"due":        {dueSubscriptions, "subscriptions_due", []any{"discord", at, 500}, false},
		"claim next": {claimNext, "subscriptions", []any{"s1", 1, at, at}, false},
		"claim":      {insertClaimed, "subscriptions", slices.Concat(row, []any{"s1", 1, at}), false},
		"save":       {saveSubscription, "subscriptions", []any{"s1", 1, "c1", "", at, false}, false},
		"drop":       {dropWaiting, "", []any{"s1"}, false},
		"pending":    {pendingOccurrences, "occurrences_pending", []any{"discord", at, at, 100}, false},
		"take":       {takeOccurrence, "occurrences", append(one, at, at), false},
		"save what came": {saveOccurrence, "occurrences",
			append(one, at, bot.OccurrencePosted, at, at, "", "", "", at, 1), false},
		"renew":           {renewOccurrence, "occurrences", append(one, 1, at), false},
		"open":            {insertDaily, "dailies_number", []any{"s1/2026-03-02", "discord", "g1", "c1", "s1", "2026-03-02", "q", at, at, ""}, true},
		"close others":    {closeOthers, "dailies_number", []any{"s1", "s1/2026-03-02"}, false},
		"asked":           {askedDaily, "dailies", []any{"s1/2026-03-02", "q"}, false},
		"ended":           {dueDailies, "dailies_due", []any{"discord", at, 100}, false},
		"answer":          {answerDaily + changePick, "dailies", []any{"s1/2026-03-02", "ada", "Ada", 1, true, 1, at}, false},
		"old occurrences": {"SELECT subscription, day, what FROM occurrences WHERE " + oldOccurrences + " LIMIT $2", "occurrences_done", []any{old, 100}, false},
		"old dailies":     {"SELECT id FROM dailies WHERE " + oldDailies + " LIMIT $2", "dailies_done", []any{old, 100}, false},
		"their answers":   {"DELETE FROM picks WHERE " + leftPicks, "picks", []any{"s1/2026-03-02"}, false},
	}
}

// Explain is how the database goes about a step, a line for each part.
func Explain(ctx context.Context, s *Store, st Step) (string, error) {
	explain, scan := "EXPLAIN QUERY PLAN ", func(row scanner) (line string, err error) {
		var id, parent, unused int
		err = row.Scan(&id, &parent, &unused, &line)
		return line, err
	}
	if _, ok := s.engine.(*postgresDB); ok {
		explain, scan = "EXPLAIN ", text
	}
	lines, err := list(ctx, s, "explaining", scan, explain+st.Query, st.Args...)
	return strings.Join(lines, "\n"), err
}

// MigrateLater does what a later program does, that knows one migration more, of version 99.
func MigrateLater(ctx context.Context, dialect goose.Dialect, db *sql.DB, migration string) error {
	p, err := goose.NewProvider(dialect, db, fstest.MapFS{"00099_later.sql": {Data: []byte(migration)}},
		goose.WithDisableGlobalRegistry(true), goose.WithAllowOutofOrder(true))
	if err == nil {
		_, err = p.Up(ctx)
	}
	return err
}

// MigrateTo brings the schema of a database to a version, up or down.
func MigrateTo(ctx context.Context, dialect goose.Dialect, db *sql.DB, version int64) error {
	p, err := migrator(dialect, db)
	if err == nil {
		_, err = p.UpTo(ctx, version)
	}
	if err == nil {
		_, err = p.DownTo(ctx, version)
	}
	return err
}

// InBackup and NotInBackup are the tables that a backup holds, and those that it leaves out, and why.
func InBackup() []string             { return inBackup }
func NotInBackup() map[string]string { return notInBackup }
