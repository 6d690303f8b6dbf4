package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

// What the database is asked to do, as a label.
const (
	operationRead  = "read"
	operationWrite = "write"
)

// measured tells a meter of an engine's transactions.
type measured struct {
	engine
	meter bot.Meter
}

func (m measured) apply(ctx context.Context, all []statement) ([]int64, error) {
	began := time.Now()
	changed, err := m.engine.apply(ctx, all)
	m.took(operationWrite, began, err)
	return changed, err
}

// took tells how long something took. That a row is not there, or that somebody else was first, is no failure.
func (m measured) took(operation string, began time.Time, err error) {
	m.meter.Observe(bot.MetricDatabaseSeconds, time.Since(began).Seconds(), operation)
	if err != nil && !errors.Is(err, bot.ErrConflict) && !errors.Is(err, bot.ErrNotFound) && !errors.Is(err, context.Canceled) {
		m.meter.Count(bot.MetricDatabaseErrors, 1, operation)
	}
}

// asked tells of a statement that began at a time and gave rows.
func (s *Store) asked(query string, began time.Time, err error) {
	m, ok := s.engine.(measured)
	if !ok {
		return
	}
	operation := operationWrite
	if strings.HasPrefix(query, "SELECT") {
		operation = operationRead
	}
	m.took(operation, began, err)
}

var _ bot.Measured = (*Store)(nil)

// Measure implements bot.Measured: the pools of connections.
func (s *Store) Measure(_ context.Context, tell bot.Tell) {
	if s.reader() == s.writer() {
		measurePool(s.reader(), "all", tell)
		return
	}
	measurePool(s.reader(), operationRead, tell)
	measurePool(s.writer(), operationWrite, tell)
}

func measurePool(db *sql.DB, pool string, tell bot.Tell) {
	st := db.Stats()
	tell(bot.MetricPoolInUse, float64(st.InUse), pool)
	tell(bot.MetricPoolLimit, float64(st.MaxOpenConnections), pool)
	tell(bot.MetricPoolWaits, float64(st.WaitCount), pool)
	tell(bot.MetricPoolWaitSeconds, st.WaitDuration.Seconds(), pool)
}

// Outbox is what is due of a platform and has not ended: how many posts, and when the first of them was due; zero where
// there are none. A subscription whose time has come counts by that time, also before anybody has looked at it.
func (s *Store) Outbox(ctx context.Context, platform string, at time.Time) (posts int, since time.Time, err error) {
	type waiting struct {
		posts int
		since int64
	}
	w, err := one(ctx, s, s.reader(), "counting what is to be posted", func(row scanner) (w waiting, err error) {
		err = row.Scan(&w.posts, &w.since)
		return w, err
	}, `SELECT count(*), coalesce(min(due), 0) FROM (
			SELECT due FROM occurrences WHERE platform = $1 AND state IN ('new', 'sending') AND due <= $2
			UNION ALL
			SELECT next FROM subscriptions
			WHERE platform = $1 AND next > 0 AND paused = 0 AND deleted = 0 AND next <= $2) AS waiting`,
		platform, at)
	return w.posts, when(w.since), err
}
