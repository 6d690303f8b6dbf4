package store_test

import (
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

func TestRoundIsKept(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		if _, err := db.OpenRound(ctx, channel); !errors.Is(err, bot.ErrNotFound) {
			t.Fatalf("an empty store has an open round: %v", err)
		}
		r := newRound("r1")
		commit(t, db, bot.Transition{At: noon, Round: r, Asked: []string{"q/1", "q/2"}})
		got, err := db.OpenRound(ctx, channel)
		want := r
		want.Version, want.At = 1, noon
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("got %+v, %v\nwant %+v", got, err, want)
		}
		got.Value, got.Due = []byte(`{"q":1,"text":"<é\u0000>"}`), time.Time{}
		commit(t, db, bot.Transition{At: noon.Add(time.Second), Round: got})
		again, err := db.Round(ctx, "r1")
		if err != nil || again.Version != 2 || string(again.Value) != string(got.Value) || !again.Due.IsZero() || !again.At.Equal(noon.Add(time.Second)) {
			t.Fatalf("got %+v, %v", again, err)
		}
		again.Open = false
		commit(t, db, bot.Transition{At: noon.Add(2 * time.Second), Round: again})
		if _, err := db.OpenRound(ctx, channel); !errors.Is(err, bot.ErrNotFound) {
			t.Errorf("a finished round is open: %v", err)
		}
		last, err := db.LastRound(ctx, channel)
		if err != nil || last.ID != "r1" || last.Open || last.Version != 3 {
			t.Errorf("last round %+v, %v", last, err)
		}
		last.Open = true
		if err := db.Commit(ctx, bot.Transition{At: noon, Round: last}); !errors.Is(err, bot.ErrConflict) {
			t.Errorf("a finished round goes on: %v", err)
		}
		commit(t, db, bot.Transition{At: noon, Round: newRound("r2")}) // the channel is free again
	})
}

func TestChannelHasOneOpenRound(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		commit(t, db, bot.Transition{At: noon, Round: newRound("r1")})
		second := bot.Transition{At: noon, Round: newRound("r2"), Scores: []bot.Score{answer("s", "ada", 100, noon)}}
		if err := db.Commit(ctx, second); !errors.Is(err, bot.ErrConflict) {
			t.Errorf("two open rounds in a channel: %v", err)
		}
		same := bot.Transition{At: noon, Round: newRound("r1")}
		same.Round.Channel.ID = "c2"
		if err := db.Commit(ctx, same); !errors.Is(err, bot.ErrConflict) {
			t.Errorf("two rounds of one ID: %v", err)
		}
		other := newRound("r3")
		other.Guild.Platform, other.Channel.Platform = "slack", "slack" // its IDs are its own
		commit(t, db, bot.Transition{At: noon, Round: other})
		if b, err := db.Board(ctx, bot.BoardQuery{Guild: guild}); err != nil || b.Players != 0 {
			t.Errorf("a refused transition has left scores: %+v, %v", b, err)
		}
	})
}

func TestConflictWritesNothing(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		commit(t, db, bot.Transition{At: noon, Round: newRound("r1")})
		for name, change := range map[string]func(*bot.StoredRound){
			"an old version":  func(r *bot.StoredRound) { r.Version = 7 },
			"a missing round": func(r *bot.StoredRound) { r.ID = "r9" },
			"an end too late": func(r *bot.StoredRound) { r.Version, r.Open = 2, false },
		} {
			r := newRound("r1")
			r.Version = 1
			change(&r)
			err := db.Commit(ctx, bot.Transition{At: noon, Round: r, Asked: []string{"q/9"}, Scores: []bot.Score{answer("s", "ada", 1, noon)},
				Attempts: []bot.Attempt{{Folded: "x"}}, Effects: []bot.Effect{{Key: "e"}}})
			if !errors.Is(err, bot.ErrConflict) {
				t.Errorf("%s: %v", name, err)
			}
		}
		asked, err := db.Asked(ctx, channel)
		effects, err2 := db.PendingEffects(ctx, "discord")
		attempts, err3 := db.AttemptsWith(ctx, "r1", 0, "x")
		board, err4 := db.Board(ctx, bot.BoardQuery{Guild: guild})
		if err := errors.Join(err, err2, err3, err4); err != nil || len(asked)+len(effects)+len(attempts)+board.Players != 0 {
			t.Errorf("half a transition: %v, %v, %v, %v: %v", asked, effects, attempts, board, err)
		}
	})
}

func TestRoundsForRestart(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		for i, platform := range []string{"discord", "discord", "slack", "console"} {
			r := newRound(fmt.Sprint("r", i))
			r.Guild.Platform, r.Channel = platform, bot.Channel{Platform: platform, ID: fmt.Sprint("c", i)}
			r.Due = noon.Add(time.Duration(4-i) * time.Second)
			if i == 3 {
				r.Due = time.Time{}
			}
			commit(t, db, bot.Transition{At: noon, Round: r})
		}
		done := newRound("r9")
		done.Open = false
		commit(t, db, bot.Transition{At: noon, Round: done})
		ids := func(rs []bot.StoredRound, err error) string {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			s := ""
			for _, r := range rs {
				s += r.ID + " "
			}
			return s
		}
		for _, tt := range []struct{ got, want string }{
			{ids(db.OpenRounds(ctx)), "r3 r2 r1 r0 "},
			{ids(db.OpenRounds(ctx, "discord")), "r1 r0 "},
			{ids(db.OpenRounds(ctx, "slack", "console")), "r3 r2 "},
			{ids(db.RoundsDue(ctx, noon.Add(3*time.Second))), "r2 r1 "},
			{ids(db.RoundsDue(ctx, noon)), ""},
		} {
			if tt.got != tt.want {
				t.Errorf("got %q, want %q", tt.got, tt.want)
			}
		}
	})
}

func TestAskedQuestions(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		r := newRound("r1")
		commit(t, db, bot.Transition{At: noon, Round: r, Asked: []string{"a", "b"}})
		r.Version = 1
		commit(t, db, bot.Transition{At: noon.Add(time.Second), Round: r, Asked: []string{"b", "c"}})
		if got, err := db.Asked(ctx, channel); err != nil || !reflect.DeepEqual(got, []string{"a", "b", "c"}) {
			t.Errorf("asked %q, %v", got, err)
		}
		if err := db.ForgetAsked(ctx, channel, []string{"a", "c", "never"}); err != nil {
			t.Fatal(err)
		}
		if got, err := db.Asked(ctx, channel); err != nil || !reflect.DeepEqual(got, []string{"b"}) {
			t.Errorf("asked %q, %v", got, err)
		}
		if err := db.ForgetAsked(ctx, channel, nil); err != nil {
			t.Errorf("forgetting nothing: %v", err)
		}
	})
}

func TestAttempts(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		long := "x\x00\xff"
		for len(long) < 1000 {
			long += "é"
		}
		commit(t, db, bot.Transition{At: noon, Round: newRound("r1"), Attempts: []bot.Attempt{
			{Question: 2, Player: "ada", Name: "Ada", Text: "Day Lewis", Folded: "day lewis", Option: -1, Verdict: "wrong", At: noon},
			{Question: 2, Player: "bob", Name: "@everyone", Text: "day LEWIS", Folded: "day lewis", Option: -1, Verdict: "wrong", At: noon},
			{Question: 3, Player: "bob", Text: "day lewis", Folded: "day lewis", At: noon},
			{Question: 2, Player: "cyd", Name: long, Text: long, Folded: long, Option: 1, At: noon},
		}})
		got, err := db.AttemptsWith(t.Context(), "r1", 2, "day lewis")
		if err != nil || len(got) != 2 || got[0].Player != "ada" || got[1].Name != "@everyone" || got[0].Option != -1 ||
			got[0].Round != "r1" || got[0].Verdict != "wrong" || !got[0].At.Equal(noon) || got[0].Text != "Day Lewis" {
			t.Errorf("got %+v, %v", got, err)
		}
		got, err = db.AttemptsWith(t.Context(), "r1", 2, long)
		if err != nil || len(got) != 1 || len([]rune(got[0].Text)) > bot.MaxKeptText || got[0].Player != "cyd" {
			t.Errorf("a long text: %+v, %v", got, err)
		}
	})
}

// TestOneWins has eight writers move one round on, each in a store of its own on the same database.
func TestOneWins(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		first := open(t, url)
		commit(t, first, bot.Transition{At: noon, Round: newRound("r1")})
		stores := make([]*store.Store, 8)
		for i := range stores {
			stores[i] = open(t, url)
		}
		const rounds = 10
		for v := range int64(rounds) {
			errs := make([]error, len(stores))
			var wg sync.WaitGroup
			for i, db := range stores {
				wg.Go(func() {
					r := newRound("r1")
					r.Version = v + 1
					errs[i] = db.Commit(t.Context(), bot.Transition{At: noon, Round: r,
						Scores: []bot.Score{answer(fmt.Sprintf("s/%d/%d", v, i), fmt.Sprint("p", i), 1, noon)}})
				})
			}
			wg.Wait()
			won := 0
			for _, err := range errs {
				if err == nil {
					won++
				} else if !errors.Is(err, bot.ErrConflict) {
					t.Error(err)
				}
			}
			if won != 1 {
				t.Errorf("%d writers have moved version %d on", won, v+1)
			}
		}
		board, err := first.Board(t.Context(), bot.BoardQuery{Guild: guild})
		total := 0
		for _, row := range board.Rows {
			total += row.Points
		}
		if err != nil || total != rounds {
			t.Errorf("%d points after %d transitions, %v", total, rounds, err)
		}
	})
}

// TestWritersMeet has many channels score the same players at the same time: none is refused, and nothing is lost.
func TestWritersMeet(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		a, b := open(t, url), open(t, url)
		const writers, steps = 8, 20
		var wg sync.WaitGroup
		for i := range writers {
			db := []*store.Store{a, b}[i%2]
			wg.Go(func() {
				r := newRound(fmt.Sprint("r", i))
				r.Channel.ID = fmt.Sprint("c", i)
				for v := range int64(steps) {
					r.Version = v
					if err := db.Commit(t.Context(), bot.Transition{At: noon, Round: r, Scores: []bot.Score{
						answer(fmt.Sprintf("%d/%d/a", i, v), "ada", 1, noon), answer(fmt.Sprintf("%d/%d/b", i, v), "bob", 2, noon),
					}}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		board, err := a.Board(t.Context(), bot.BoardQuery{Guild: guild})
		if err != nil || len(board.Rows) != 2 || board.Rows[0].Points != 2*writers*steps || board.Rows[1].Points != writers*steps {
			t.Errorf("%+v, %v", board, err)
		}
	})
}
