package store_test

import (
	"errors"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

// meanwhile does something while another writer has changed rows and has not committed yet.
func meanwhile(t *testing.T, url, change string, do func() error) error {
	t.Helper()
	tx, err := sqlDB(t, url).BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(t.Context(), change); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- do() }()
	select {
	case err := <-done:
		t.Errorf("it did not wait for who was there first, and says %v", err)
		return err
	case <-time.After(300 * time.Millisecond):
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	return <-done
}

func TestAnswerWaitsForWhoCloses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := open(t, url)
		d := openDaily(t, db, daily("s1", 2))
		if err := meanwhile(t, url, `UPDATE dailies SET open = 0`, func() error {
			return db.Answer(t.Context(), pick(d, "ada", 1))
		}); !errors.Is(err, bot.ErrConflict) {
			t.Errorf("an answer after closing: %v", err)
		}
	})
}

func TestClaimWaitsForWhoDeletes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := open(t, url)
		s := subscribe(t, db, subscription("s1"))
		n := -1
		if err := meanwhile(t, url, `UPDATE subscriptions SET deleted = 1, version = version + 1`, func() (err error) {
			n, err = db.Claim(t.Context(), noon, bot.Claim{Subscription: s, Next: noon.AddDate(0, 0, 1),
				Occurrences: []bot.Occurrence{occurrence("s1", "2026-03-02")}})
			return err
		}); err != nil || n != 0 {
			t.Errorf("claimed %d of what was deleted, %v", n, err)
		}
	})
}

// TestOpeningWaitsForWhoOpens opens the second question of a subscription while another is about to be its first.
func TestOpeningWaitsForWhoOpens(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := open(t, url)
		var d bot.Daily
		if err := meanwhile(t, url, `INSERT INTO dailies
			(id, platform, guild, channel, subscription, day, number, question_id, open, closes, reveals, revealed, at, question)
			VALUES ('s1/2026-03-02', 'discord', 'g1', 'c1', 's1', '2026-03-02', 1, 'q', 1, 0, '', 0, 0, '')`, func() (err error) {
			d, err = db.OpenDaily(t.Context(), daily("s1", 3), noon)
			return err
		}); err != nil || d.Number != 2 || d.Reveals != "s1/2026-03-02" {
			t.Errorf("opened %+v, %v", d, err)
		}
		if d, err := db.Daily(t.Context(), "s1/2026-03-02"); err != nil || d.Open {
			t.Errorf("the first is %+v, %v", d, err)
		}
	})
}

func TestTakingWaitsForWhoTakes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := open(t, url)
		o := occurrence("s1", "2026-03-02")
		put(t, db, o)
		ok := true
		if err := meanwhile(t, url, `UPDATE occurrences SET state = 'sending', taken = 1772452800123456`, func() (err error) {
			_, ok, err = db.TakeOccurrence(t.Context(), o, noon.Add(time.Minute), noon)
			return err
		}); err != nil || ok {
			t.Errorf("taken twice: %v, %v", ok, err)
		}
	})
}
