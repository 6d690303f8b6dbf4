package store_test

import (
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

// history fills the tables as they are after a while: much is done, little is to be done.
var history = []string{
	`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
		INSERT INTO occurrences (subscription, day, what, platform, guild, channel, due, state, taken, tried, tries, ref, lead, why, at)
		SELECT 's' || (i % 2000), 'd' || i, '', 'discord', 'g' || (i % 10), 'c' || i, 1772452800000000 + i,
			CASE WHEN i < 19900 THEN 'posted' WHEN i < 19950 THEN 'sending' ELSE 'new' END, 0, 0, 0, '', '', '', 0 FROM n`,
	`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
		INSERT INTO dailies (id, platform, guild, channel, subscription, day, number, question_id, open, closes, reveals, revealed,
			at, question)
		SELECT 's' || i, 'discord', 'g' || (i % 10), 'c' || i, 's' || (i % 2000), 'd' || i, i, 'q', 0, 1772452800000000 + i, '',
			CASE WHEN i < 19900 THEN 1 ELSE 0 END, 0, 'a question that is as long as questions are, with its options' FROM n`,
	`INSERT INTO picks (daily, player, platform, guild, name, choice, correct, streak, at)
		SELECT id, 'ada', platform, guild, 'Ada', 1, 1, 1, 0 FROM dailies`,
}

// TestPlans asks both engines how they go about what is done for each of many subscriptions: none of it reads a table from
// end to end, or sorts what is due.
func TestPlans(t *testing.T) {
	slow(t)
	storetest.Each(t, func(t *testing.T, url string) {
		db := open(t, url)
		subscribeMany(t, url, 5000)
		plain := sqlDB(t, url)
		postgres := strings.HasPrefix(url, "postgres")
		for _, q := range append(history, "ANALYZE") {
			if q == "ANALYZE" && !postgres {
				continue // as it is while the bot runs
			}
			if _, err := plain.ExecContext(t.Context(), q); err != nil {
				t.Fatal(err)
			}
		}
		for name, step := range store.Steps(noon.AddDate(0, 0, 1), noon.Truncate(time.Second).Add(100*time.Microsecond)) {
			plan, err := store.Explain(t.Context(), db, step)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			index, whole, sort := step.Index, "SCAN ", "TEMP B-TREE"
			switch primary := !strings.Contains(index, "_"); {
			case postgres && index == "":
				index, whole, sort = " Index ", "Seq Scan", "Sort"
			case index == "":
				index = "SEARCH "
			case postgres && primary:
				index, whole, sort = " "+index+"_pkey", "Seq Scan", "Sort"
			case postgres:
				index, whole, sort = " "+index, "Seq Scan", "Sort"
			case primary:
				index = "SEARCH " + index + " USING "
			default:
				index = " INDEX " + index
			}
			if !strings.Contains(plan, index) || strings.Contains(plan, whole) || (!step.Sorts && strings.Contains(plan, sort)) {
				t.Errorf("%s: without %q:\n%s", name, index, plan)
			}
		}
	})
}
