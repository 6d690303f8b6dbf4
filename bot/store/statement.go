package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/whowon-bot/whowon/bot"
)

// statement is one statement of a transaction. One that must change a row undoes the transaction when it does not.
type statement struct {
	query string
	args  []any
	must  bool
}

// do makes a statement.
func do(query string, args ...any) statement { return statement{query: query, args: values(args)} }

// must makes a statement that has to change a row.
func must(query string, args ...any) statement {
	return statement{query: query, args: values(args), must: true}
}

// write applies statements.
func (s *Store) write(ctx context.Context, doing string, all ...statement) ([]int64, error) {
	n, err := s.apply(ctx, all)
	return n, s.failed(doing, err)
}

// values turns arguments, in place, into the two types that are stored: string and int64.
func values(args []any) []any {
	for i, a := range args {
		switch a := a.(type) {
		case string:
			args[i] = clean(a)
		case []byte:
			args[i] = clean(string(a))
		case bot.UserID:
			args[i] = clean(string(a))
		case bot.Reason:
			args[i] = string(a)
		case bot.EffectState:
			args[i] = string(a)
		case bot.AppealState:
			args[i] = string(a)
		case bot.OccurrenceState:
			args[i] = string(a)
		case int:
			args[i] = int64(a)
		case bool:
			args[i] = int64(0)
			if a {
				args[i] = int64(1)
			}
		case time.Time:
			args[i] = micros(a)
		}
	}
	return args
}

// clean removes what PostgreSQL does not take in a text.
func clean(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "")
	}
	return s
}

// clip cuts s to what is kept of a text that a user wrote.
func clip(s string) string {
	if len(s) <= bot.MaxKeptText {
		return s
	}
	n := 0
	for i := range s {
		if n == bot.MaxKeptText {
			return s[:i]
		}
		n++
	}
	return s
}

// micros is t as it is stored.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// when is a stored time.
func when(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// scanner is a row of a result.
type scanner interface{ Scan(dest ...any) error }

// list reads all rows of a query.
func list[T any](ctx context.Context, s *Store, doing string, scan func(scanner) (T, error),
	query string, args ...any,
) (all []T, err error) {
	defer func(began time.Time) { s.asked(query, began, err) }(time.Now())
	rows, err := s.reader().QueryContext(ctx, query, values(args)...)
	if err != nil {
		return nil, s.failed(doing, err)
	}
	defer rows.Close()
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, s.failed(doing, err)
		}
		all = append(all, v)
	}
	return all, s.failed(doing, rows.Err())
}

// firstOf reads the first n rows, by a time and an ID, of the platforms together. The query is of one platform, $1, in that
// order, with at as $2 and a limit as $3: so an index gives no more rows than are wanted, however many there are.
func firstOf[T any](ctx context.Context, s *Store, doing string, scan func(scanner) (T, error), query string,
	platforms []string, at time.Time, n int, order func(T) (time.Time, string),
) ([]T, error) {
	var all []T
	for _, p := range platforms {
		some, err := list(ctx, s, doing, scan, query, p, at, n)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	slices.SortFunc(all, func(a, b T) int {
		at1, id1 := order(a)
		at2, id2 := order(b)
		return cmp.Or(at1.Compare(at2), cmp.Compare(id1, id2))
	})
	return all[:min(n, len(all))], nil
}

// among is a condition, " AND column IN ($1, …)", and its arguments; nothing where all values are wanted.
func among(column string, values []string) (where string, args []any) {
	if len(values) == 0 {
		return "", nil
	}
	in := make([]string, len(values))
	for i, v := range values {
		in[i] = fmt.Sprintf("$%d", i+1)
		args = append(args, v)
	}
	return " AND " + column + " IN (" + strings.Join(in, ", ") + ")", args
}

// one reads the first row of a query, from db, or returns bot.ErrNotFound.
func one[T any](ctx context.Context, s *Store, db *sql.DB, doing string, scan func(scanner) (T, error),
	query string, args ...any,
) (T, error) {
	began := time.Now()
	v, err := scan(db.QueryRowContext(ctx, query, values(args)...))
	if errors.Is(err, sql.ErrNoRows) {
		err = bot.ErrNotFound
	}
	s.asked(query, began, err)
	return v, s.failed(doing, err)
}

// text reads a row of one text.
func text(row scanner) (v string, err error) {
	err = row.Scan(&v)
	return v, err
}

// conflict says why nothing was written.
func conflict(why error) error { return fmt.Errorf("%w (%w)", bot.ErrConflict, why) }
