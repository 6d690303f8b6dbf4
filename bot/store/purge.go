package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

const (
	purgeBatch = 500    // rows that go in one transaction, so that others are not held up
	purgeLook  = 10_000 // rows that are looked up at once
)

// aged is a table whose old rows go: those that match where, in which $1 is a time. Its primary key is a text and, where
// number is set, a number.
type aged struct {
	table, key, number, where string
}

// Purge removes what is older than r says, and returns how many rows. When ctx ends, what is done is done. Old rows are
// looked for without holding up writers.
func (s *Store) Purge(ctx context.Context, r bot.Retention) (bot.Counts, error) {
	counts := bot.Counts{}
	for _, p := range []struct {
		aged
		before time.Time
	}{
		{aged{"rounds", "id", "0", "open = 0 AND at < $1"}, r.Rounds},
		{aged{"attempts", "round", "number", "at < $1"}, r.Attempts},
		{aged{"effects", "key", "0", "at < $1"}, r.Effects},
	} {
		for more := !p.before.IsZero(); more; {
			n, err := s.purge(ctx, p.aged, p.before)
			counts[p.table] += n
			if err != nil {
				return counts, err
			}
			more = n == purgeLook
		}
	}
	return counts, nil
}

// purge removes at most purgeLook rows of a table.
func (s *Store) purge(ctx context.Context, t aged, before time.Time) (total int64, err error) {
	type row struct {
		key    string
		number int64
	}
	doing := "purging " + t.table
	old, err := list(ctx, s, doing, func(sc scanner) (r row, err error) {
		err = sc.Scan(&r.key, &r.number)
		return r, err
	}, fmt.Sprintf("SELECT %s, %s FROM %s WHERE %s LIMIT $2", t.key, t.number, t.table, t.where), before, purgeLook)
	if err != nil {
		return 0, err
	}
	q := fmt.Sprintf("DELETE FROM %s WHERE %s AND %s = $2 AND %s = $3", t.table, t.where, t.key, t.number)
	for batch := range slices.Chunk(old, purgeBatch) {
		all := make([]statement, len(batch))
		for i, r := range batch {
			all[i] = do(q, before, r.key, r.number)
		}
		changed, err := s.write(ctx, doing, all...)
		if err != nil {
			return total, err
		}
		for _, n := range changed {
			total += n
		}
	}
	return total, nil
}
