package store_test

import (
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot/store/storetest"
)

// BenchmarkClaim claims 50,000 subscriptions that come due at once, 500 at a time: it looks for them, and writes an
// occurrence of each and when it is due next. They are due again a day later, so that what is done piles up.
func BenchmarkClaim(b *testing.B) {
	const many, batch = 50_000, 500
	for name, url := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			u := url(b)
			db := open(b, u)
			subscribeMany(b, u, many)
			at, claimed, total := noon, 0, 0
			start := time.Now()
			for b.Loop() {
				due, written := claimDue(b, db, at, batch)
				if due != batch || written != batch {
					b.Fatalf("%d were due, %d occurrences are written", due, written)
				}
				total += written
				if claimed += due; claimed == many {
					at, claimed = at.AddDate(0, 0, 1), 0
				}
			}
			b.ReportMetric(float64(total)/time.Since(start).Seconds(), "subscriptions/s")
		})
	}
}

// BenchmarkPost takes occurrences and records what has come of them, one after the other, of 50,000 that wait.
func BenchmarkPost(b *testing.B) {
	const many, look = 50_000, 100
	for name, url := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			u := url(b)
			db := open(b, u)
			subscribeMany(b, u, many)
			at := noon
			for due := 1; due > 0; {
				due, _ = claimDue(b, db, at, 500)
			}
			pending, err := db.PendingOccurrences(b.Context(), "discord", at, at, look)
			for b.Loop() {
				if len(pending) == 0 {
					pending, err = db.PendingOccurrences(b.Context(), "discord", at, at, look)
				}
				if err != nil || len(pending) == 0 {
					b.Fatal("nothing is left", err)
				}
				o := take(b, db, pending[0], at)
				pending = pending[1:]
				o.State, o.Ref = "posted", "1234567890123456789"
				if err := db.SaveOccurrence(b.Context(), o, o.Taken, at); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
