package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

// BenchmarkPostgres records answers on PostgreSQL by turns in one round trip and, on the same schema, as statements that
// each wait for their answer. of-statements is the rate of the first as a multiple of that of the second.
func BenchmarkPostgres(b *testing.B) {
	for _, conns := range []int{1, 16} {
		b.Run(fmt.Sprint("conns=", conns), func(b *testing.B) {
			url := storetest.Postgres(b)
			ours, err := store.Open(b.Context(), url, store.Options{Conns: conns})
			if err != nil {
				b.Fatal(err)
			}
			defer ours.Close()
			plain, err := sql.Open("pgx", url)
			if err != nil {
				b.Fatal(err)
			}
			defer plain.Close()
			plain.SetMaxOpenConns(conns)
			plain.SetMaxIdleConns(conns)
			ways := []way{
				{rec: recorders(b, ours, "a", conns), record: func(w *recorder) error { w.record(b); return nil }},
				{rec: recorders(b, ours, "b", conns), record: func(w *recorder) error { return w.statements(b.Context(), plain) }},
			}
			b.ResetTimer()
			for b.Loop() {
				for i := range ways {
					ways[i].turn(b)
				}
			}
			once, each := median(ways[0].took), median(ways[1].took)
			b.ReportMetric(float64(once)/turnLen/float64(conns), "ns/answer")
			b.ReportMetric(float64(each)/float64(once), "of-statements")
		})
	}
}

// way is a way to record answers, and how long each turn of it took.
type way struct {
	rec    []*recorder
	record func(*recorder) error
	took   []time.Duration
}

const turnLen = 20 // answers of each connection

func (w *way) turn(b *testing.B) {
	start := time.Now()
	var wg sync.WaitGroup
	for _, r := range w.rec {
		wg.Go(func() {
			for range turnLen {
				if err := w.record(r); err != nil {
					b.Error(err)
				}
			}
		})
	}
	wg.Wait()
	w.took = append(w.took, time.Since(start))
}

// recorders have a round in a channel each.
func recorders(b *testing.B, db *store.Store, prefix string, n int) []*recorder {
	all := make([]*recorder, n)
	for i := range all {
		all[i] = newRecorder(db, fmt.Sprint(prefix, i))
		all[i].record(b)
	}
	return all
}

func (w *recorder) statements(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	key := fmt.Sprintf("%s/%d", w.r.ID, w.r.Version)
	for _, st := range []struct {
		query string
		args  []any
	}{
		{`UPDATE rounds SET version = version + 1, due = $3, value = $4 WHERE id = $1 AND version = $2 AND open = 1`,
			[]any{w.r.ID, w.r.Version, w.r.Due.UnixMicro(), string(w.r.Value)}},
		{`INSERT INTO scores (key, platform, guild, channel, round, question, question_id, player, name, category, points, correct, reason, at)
			VALUES ($1, 'discord', 'g1', $2, $3, 3, 'oscars/who/97/best-picture', $4, $4, 'oscars', 100, 1, 'answer', $5) ON CONFLICT DO NOTHING`,
			[]any{key + "/184729461827462144", w.r.Channel.ID, w.r.ID, fmt.Sprint("18472946182746", w.r.Version%200), w.at.UnixMicro()}},
		{`INSERT INTO attempts (round, number, platform, guild, question, player, name, typed, folded, choice, verdict, at)
			VALUES ($1, $2, 'discord', 'g1', 3, $3, $3, 'Day Lewis', 'day lewis', -1, 'correct', $4)`,
			[]any{w.r.ID, w.r.Version << 16, fmt.Sprint("18472946182746", w.r.Version%200), w.at.UnixMicro()}},
		{`INSERT INTO effects (key, number, platform, guild, channel, kind, state, ref, at, taken, payload)
			VALUES ($1, $2, 'discord', 'g1', $3, 'scored', 'new', '', $4, 0, '{"points":100}') ON CONFLICT DO NOTHING`,
			[]any{"scored/" + key, w.r.Version << 16, w.r.Channel.ID, w.at.UnixMicro()}},
	} {
		res, err := tx.ExecContext(ctx, st.query, st.args...)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n != 1 {
			return fmt.Errorf("%d rows changed, %w", n, err)
		}
	}
	w.r.Version++
	return tx.Commit()
}
