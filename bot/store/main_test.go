package store_test

import (
	"os"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

func TestMain(m *testing.M) {
	if url := os.Getenv(writerURL); url != "" {
		os.Exit(writeUntilKilled(url))
	}
	os.Exit(storetest.Main(m))
}

// exercise runs a test on a new store of every engine.
func exercise(t *testing.T, test func(t *testing.T, db *store.Store)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, url string) { test(t, open(t, url)) })
}

func open(t testing.TB, url string) *store.Store {
	t.Helper()
	db, err := store.Open(t.Context(), url, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if os.Getenv(laterSchema) != "" && !isLater(t, url) {
		upgrade(t, url, later)
	}
	return db
}

func isLater(t testing.TB, url string) bool {
	_, err := sqlDB(t, url).ExecContext(t.Context(), "SELECT 1 FROM later")
	return err == nil
}

var (
	guild   = bot.Guild{Platform: "discord", ID: "g1"}
	channel = bot.Channel{Platform: "discord", ID: "c1"}
	noon    = time.Date(2026, 3, 2, 12, 0, 0, 123456000, time.UTC)
)

// newRound is a round that is not stored yet.
func newRound(id string) bot.StoredRound {
	return bot.StoredRound{ID: id, Guild: guild, Channel: channel, Value: []byte(`{"q":0}`), Open: true, Due: noon.Add(time.Minute)}
}

func commit(t *testing.T, db *store.Store, tr bot.Transition) {
	t.Helper()
	if err := db.Commit(t.Context(), tr); err != nil {
		t.Fatal(err)
	}
}

func answer(key, player string, points int, at time.Time) bot.Score {
	return bot.Score{Key: key, Guild: guild, Channel: channel, Round: "r1", QuestionID: "q/1", Player: bot.UserID(player),
		Name: "Name of " + player, Category: "oscars", Points: points, Right: 1, Reason: bot.ReasonAnswer, At: at}
}
