package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

const (
	purgeBatch = 500    // rows that go in one transaction, so that others are not held up
	purgeLook  = 10_000 // rows that are looked up at once
)

// aged is a table whose old rows go: those that match where, in which $1 is a time. Its primary key are the columns of key.
type aged struct {
	table string
	key   []string
	where string
	// left is a table whose rows go with a row, and what they are, in which $1 is the row's key.
	left, leftWhere string
}

const (
	// What is not done stays.
	oldOccurrences = "due < $1 AND state NOT IN ('new', 'sending')"
	// So does a subscription's last, because the next takes its number from it.
	oldDailies = `closes < $1 AND revealed = 1 AND (
		number < (SELECT MAX(number) FROM dailies last WHERE last.subscription = dailies.subscription)
		OR COALESCE((SELECT deleted FROM subscriptions WHERE subscriptions.id = dailies.subscription), 1) = 1)`
	leftPicks = "daily = $1 AND NOT EXISTS (SELECT 1 FROM dailies WHERE id = $1)"
)

// Purge removes what is older than r says, and returns how many rows. What is open, or is still to be shown, stays. When
// ctx ends, what is done is done. Old rows are looked for without holding up writers.
func (s *Store) Purge(ctx context.Context, r bot.Retention) (bot.Counts, error) {
	counts := bot.Counts{}
	for _, p := range []struct {
		aged
		before time.Time
	}{
		{aged{"rounds", []string{"id"}, "open = 0 AND at < $1", "", ""}, r.Rounds},
		{aged{"attempts", []string{"round", "number"}, "at < $1", "", ""}, r.Attempts},
		{aged{"effects", []string{"key"}, "at < $1", "", ""}, r.Effects},
		{aged{"deliveries", []string{"id"}, "at < $1", "", ""}, r.Effects},
		{aged{"leases", []string{"name"}, "until < $1", "", ""}, r.Effects},
		{aged{"occurrences", []string{"subscription", "day", "what"}, oldOccurrences, "", ""}, r.Posts},
		{aged{"dailies", []string{"id"}, oldDailies, "picks", leftPicks}, r.Posts},
	} {
		for more := !p.before.IsZero(); more; {
			n, err := s.purge(ctx, p.aged, p.before, counts)
			if err != nil {
				return counts, err
			}
			more = n == purgeLook
		}
	}
	return counts, nil
}

// purge removes at most purgeLook rows of a table, and what goes with them; it counts both, and returns how many the
// first were.
func (s *Store) purge(ctx context.Context, t aged, before time.Time, counts bot.Counts) (total int, err error) {
	doing := "purging " + t.table
	columns := strings.Join(t.key, ", ")
	old, err := list(ctx, s, doing, func(row scanner) ([]any, error) {
		key := make([]any, len(t.key))
		ptr := make([]any, len(t.key))
		for i := range key {
			ptr[i] = &key[i]
		}
		return key, row.Scan(ptr...)
	}, fmt.Sprintf("SELECT %s FROM %s WHERE %s LIMIT $2", columns, t.table, t.where), before, purgeLook)
	if err != nil {
		return 0, err
	}
	remove := fmt.Sprintf("DELETE FROM %s WHERE %s", t.table, t.where)
	for i, column := range t.key {
		remove += fmt.Sprintf(" AND %s = $%d", column, i+2)
	}
	counts[t.table] += 0
	for batch := range slices.Chunk(old, purgeBatch) {
		all := make([]change, 0, 2*len(batch))
		for _, key := range batch {
			all = append(all, change{t.table, do(remove, append([]any{before}, key...)...)})
			if t.left != "" {
				all = append(all, change{t.left, do("DELETE FROM "+t.left+" WHERE "+t.leftWhere, key...)})
			}
		}
		removed, err := s.count(ctx, doing, all)
		if err != nil {
			return total, err
		}
		for table, n := range removed {
			counts[table] += n
		}
		total += int(removed[t.table])
	}
	return total, nil
}
