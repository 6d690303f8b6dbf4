package store_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store"
)

func add(t *testing.T, db *store.Store, scores ...bot.Score) {
	t.Helper()
	if err := db.AddScores(t.Context(), scores...); err != nil {
		t.Fatal(err)
	}
}

// standings are the places of a board in one line: "1 ada 300/2, …", then "| own".
func standings(t *testing.T, db *store.Store, q bot.BoardQuery) string {
	t.Helper()
	q.Guild = guild
	b, err := db.Board(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	s := ""
	for _, r := range b.Rows {
		s += fmt.Sprintf("%d %s %d/%d, ", r.Place, r.Player, r.Points, r.Right)
	}
	s += fmt.Sprintf("of %d", b.Players)
	if b.Own != nil {
		s += fmt.Sprintf(" | %d %s %d", b.Own.Place, b.Own.Player, b.Own.Points)
	}
	return s
}

func TestBoard(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		day := func(n int) time.Time { return noon.AddDate(0, 0, n) }
		nobel := answer("5", "ada", 100, day(1))
		nobel.Category = "nobel"
		elsewhere := answer("6", "ada", 1000, day(1))
		elsewhere.Guild.ID = "g2"
		otherPlatform := answer("7", "ada", 1000, day(1))
		otherPlatform.Guild.Platform = "slack"
		add(t, db, answer("1", "ada", 200, day(0)), answer("2", "bob", 200, day(0)), answer("3", "bob", 100, day(2)),
			answer("4", "cyd", 50, day(0)), nobel, elsewhere, otherPlatform)
		add(t, db, answer("1", "ada", 9999, day(0))) // the key is taken
		for _, tt := range []struct {
			what string
			q    bot.BoardQuery
			want string
		}{
			{"all", bot.BoardQuery{}, "1 ada 300/2, 1 bob 300/2, 3 cyd 50/1, of 3"},
			{"own row", bot.BoardQuery{For: "cyd", Limit: 1}, "1 ada 300/2, of 3 | 3 cyd 50"},
			{"own row on the page", bot.BoardQuery{For: "ada", Limit: 1}, "1 ada 300/2, of 3 | 1 ada 300"},
			{"second page", bot.BoardQuery{For: "ada", Limit: 1, Offset: 1}, "1 bob 300/2, of 3 | 1 ada 300"},
			{"nobody I know", bot.BoardQuery{For: "dan"}, "1 ada 300/2, 1 bob 300/2, 3 cyd 50/1, of 3"},
			{"category", bot.BoardQuery{Category: "nobel"}, "1 ada 100/1, of 1"},
			{"from is in", bot.BoardQuery{From: day(1)}, "1 ada 100/1, 1 bob 100/1, of 2"},
			{"to is out", bot.BoardQuery{To: day(1)}, "1 ada 200/1, 1 bob 200/1, 3 cyd 50/1, of 3"},
			{"between", bot.BoardQuery{From: day(1), To: day(2)}, "1 ada 100/1, of 1"},
		} {
			if got := standings(t, db, tt.q); got != tt.want {
				t.Errorf("%s: got  %s\nwant %s", tt.what, got, tt.want)
			}
		}
	})
}

func TestRescoreCountsWhereTheAnswerCounted(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		add(t, db, answer("1", "ada", 100, noon))
		back := answer("1/appeal", "ada", -100, noon)
		back.Right, back.Reason = -1, bot.ReasonAppeal
		up := answer("2/appeal", "bob", 100, noon)
		add(t, db, back, up)
		if got := standings(t, db, bot.BoardQuery{From: noon, To: noon.Add(time.Second)}); got != "1 bob 100/1, 2 ada 0/0, of 2" {
			t.Error(got)
		}
	})
}

func TestHiddenPlayers(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		add(t, db, answer("1", "ada", 300, noon), answer("2", "bob", 200, noon), answer("3", "cyd", 100, noon))
		if err := db.SetHidden(ctx, "discord", "ada", true); err != nil {
			t.Fatal(err)
		}
		for viewer, want := range map[bot.UserID]string{
			"":    "1 bob 200/1, 2 cyd 100/1, of 2",
			"cyd": "1 bob 200/1, 2 cyd 100/1, of 2 | 2 cyd 100",
			"ada": "1 ada 300/1, 2 bob 200/1, 3 cyd 100/1, of 3 | 1 ada 300",
		} {
			if got := standings(t, db, bot.BoardQuery{For: viewer}); got != want {
				t.Errorf("%q sees %s\nwant %s", viewer, got, want)
			}
		}
		if p, err := db.Player(ctx, guild, "ada"); err != nil || !p.Hidden || p.Name != "Name of ada" {
			t.Errorf("%+v, %v", p, err)
		}
		if p, err := db.Player(ctx, bot.Guild{Platform: "slack", ID: "g1"}, "ada"); err != nil || p != (bot.PlayerInfo{}) {
			t.Errorf("on another platform %+v, %v", p, err)
		}
		if err := db.SetHidden(ctx, "discord", "ada", false); err != nil {
			t.Fatal(err)
		}
		if got := standings(t, db, bot.BoardQuery{}); got != "1 ada 300/1, 2 bob 200/1, 3 cyd 100/1, of 3" {
			t.Error(got)
		}
	})
}

func TestNameIsTheLastShown(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		was, is := answer("1", "ada", 100, noon), answer("2", "ada", 100, noon.Add(time.Hour))
		was.Name, is.Name = "Ada", "<!channel> @everyone \x00"
		add(t, db, is, was)
		b, err := db.Board(t.Context(), bot.BoardQuery{Guild: guild})
		if err != nil || len(b.Rows) != 1 || b.Rows[0].Name != "<!channel> @everyone " {
			t.Errorf("%+v, %v", b, err)
		}
	})
}

func TestResetBeginsAnew(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		other := answer("3", "ada", 7, noon)
		other.Guild.ID = "g2"
		add(t, db, answer("1", "ada", 100, noon), other)
		for range 2 { // pressing twice is once
			if err := db.ResetBoard(ctx, guild, noon.Add(time.Minute)); err != nil {
				t.Fatal(err)
			}
		}
		if got := standings(t, db, bot.BoardQuery{For: "ada"}); got != "of 0" {
			t.Error(got)
		}
		add(t, db, answer("2", "bob", 50, noon.Add(time.Hour)))
		if got := standings(t, db, bot.BoardQuery{}); got != "1 bob 50/1, of 1" {
			t.Error(got)
		}
		if st, err := db.Stats(ctx, guild, "ada"); err != nil || st.Points != 0 || st.Rounds != 0 {
			t.Errorf("stats after the reset: %+v, %v", st, err)
		}
		if b, err := db.Board(ctx, bot.BoardQuery{Guild: other.Guild}); err != nil || b.Players != 1 {
			t.Errorf("another guild: %+v, %v", b, err)
		}
		var w counter
		if n, err := db.ExportGuild(ctx, guild, &w); err != nil || n["scores"] != 3 {
			t.Errorf("the history is gone: %v, %v", n, err)
		}
	})
}

func TestStats(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		if st, err := db.Stats(ctx, guild, "ada"); err != nil || !reflect.DeepEqual(st, bot.PlayerStats{}) {
			t.Errorf("who has not played: %+v, %v", st, err)
		}
		a, b, c := answer("1", "ada", 100, noon), answer("2", "ada", 50, noon), answer("3", "ada", 120, noon.Add(1))
		b.Right, b.Reason = 0, bot.ReasonStreak
		c.Round, c.Category = "r2", "nobel"
		add(t, db, a, b, c, answer("4", "bob", 900, noon))
		want := bot.PlayerStats{Name: "Name of ada", Points: 270, Right: 2, Rounds: 2, Best: 150, ByCategory: []bot.CategoryStats{
			{Category: "oscars", Points: 150, Right: 1}, {Category: "nobel", Points: 120, Right: 1},
		}}
		if st, err := db.Stats(ctx, guild, "ada"); err != nil || !reflect.DeepEqual(st, want) {
			t.Errorf("got  %+v, %v\nwant %+v", st, err, want)
		}
	})
}
