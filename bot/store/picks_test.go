package store_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

func pick(d bot.Daily, player string, option int) bot.Pick {
	return bot.Pick{Daily: d.ID, Guild: d.Guild, Player: bot.UserID(player), Name: "Name of " + player, Option: option,
		Correct: option == 2, Streak: option, At: noon}
}

func TestAnswer(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		d := openDaily(t, db, daily("s1", 2))
		if _, err := db.PickOf(ctx, d.ID, "ada"); !errors.Is(err, bot.ErrNotFound) {
			t.Errorf("an answer before any: %v", err)
		}
		ada, bob := pick(d, "ada", 1), pick(d, "bob", 2)
		bob.At, bob.Name, bob.Guild = noon.Add(time.Second), "@everyone\x00"+strings.Repeat("é", 1000), bot.Guild{}
		if err := errors.Join(db.Answer(ctx, ada), db.Answer(ctx, bob), db.Answer(ctx, ada)); err != nil {
			t.Fatal(err)
		}
		bob.Name, bob.Guild = "@everyone"+strings.Repeat("é", bot.MaxKeptText-len("@everyone\x00")), guild
		all, err := db.Picks(ctx, d.ID)
		if want := []bot.Pick{ada, bob}; err != nil || !reflect.DeepEqual(all, want) {
			t.Errorf("got %+v, %v\nwant %+v", all, err, want)
		}
		changed := pick(d, "ada", 2)
		changed.Name, changed.At = "Ada", noon.Add(time.Minute)
		if err := db.Answer(ctx, changed); err != nil {
			t.Fatal(err)
		}
		if got, err := db.PickOf(ctx, d.ID, "ada"); err != nil || !reflect.DeepEqual(got, changed) {
			t.Errorf("got %+v, %v\nwant %+v", got, err, changed)
		}
		if all, err := db.Picks(ctx, d.ID); err != nil || len(all) != 2 || all[1].Player != "ada" {
			t.Errorf("got %+v, %v", all, err)
		}

		if err := db.CloseDaily(ctx, d.ID); err != nil {
			t.Fatal(err)
		}
		for _, p := range []bot.Pick{pick(d, "ada", 0), pick(d, "cyd", 0)} {
			if err := db.Answer(ctx, p); !errors.Is(err, bot.ErrConflict) {
				t.Errorf("%s answers a closed question: %v", p.Player, err)
			}
		}
		if got, err := db.PickOf(ctx, d.ID, "ada"); err != nil || got.Option != 2 {
			t.Errorf("got %+v, %v", got, err)
		}
		if err := db.Answer(ctx, pick(daily("s1", 9), "ada", 0)); !errors.Is(err, bot.ErrNotFound) || errors.Is(err, bot.ErrConflict) {
			t.Errorf("an answer to no question: %v", err)
		}
	})
}

// TestNoAnswerAfterClosing has eight players answer while a question is closed, in each of the ways there are: once it is,
// its answers stay as they are.
func TestNoAnswerAfterClosing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		const players = 8
		stores := []*store.Store{open(t, url), open(t, url)}
		for day, end := range []func(*store.Store, bot.Daily) error{
			func(db *store.Store, d bot.Daily) error { return db.CloseDaily(t.Context(), d.ID) },
			func(db *store.Store, d bot.Daily) error { return db.RevealDaily(t.Context(), d.ID) },
			func(db *store.Store, _ bot.Daily) error {
				_, err := db.OpenDaily(t.Context(), daily("s1", 20), noon)
				return err
			},
		} {
			d := openDaily(t, stores[0], daily("s1", 1+day))
			var kept atomic.Int64 // answers that were taken
			begun := make(chan struct{}, players)
			var wg sync.WaitGroup
			for i := range players {
				db := stores[i%len(stores)]
				wg.Go(func() {
					for n := 1; n < 2000; n++ {
						err := db.Answer(t.Context(), pick(d, fmt.Sprint("p", i, "/", n), 0))
						if err != nil {
							if !errors.Is(err, bot.ErrConflict) {
								t.Error(err)
							}
							return
						}
						kept.Add(1)
						if n == 1 {
							begun <- struct{}{}
						}
						time.Sleep(2 * time.Millisecond) // a file of SQLite is not fair to who waits for it
					}
				})
			}
			for range players {
				<-begun
			}
			if err := end(stores[1], d); err != nil {
				t.Error(err)
			}
			then, err := stores[0].Picks(t.Context(), d.ID)
			wg.Wait()
			after, err2 := stores[0].Picks(t.Context(), d.ID)
			if err := errors.Join(err, err2); err != nil || len(then) != len(after) || len(after) != int(kept.Load()) {
				t.Errorf("%d answers when it was closed, %d after, %d were taken, %v", len(then), len(after), kept.Load(), err)
			}
		}
	})
}
