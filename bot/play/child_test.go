package play

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store"
)

// job is what a child process does.
type job struct {
	Replica string // of a replica: its name
	URL     string // of the store
	Journal string // the file
	Once    bool   // the platform shows a key only once
	Mode    string
	Seed    uint64
	KillAt  []string // write points where the process dies
	KillNo  int      // the number of the write point where it dies, from 1; 0 is none
}

// childLimit is the longest that a child plays: longer than any question, so that one that hangs is told.
const childLimit = 30 * time.Second

// child is the main function of a child process.
func child(args string) int {
	began := time.Now()
	var j job
	err := json.Unmarshal([]byte(args), &j)
	if err == nil && j.Replica != "" {
		err = j.replicate()
	} else if err == nil {
		err = j.play(began)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// play plays a round to its end, or goes on with the one that is there.
func (j job) play(began time.Time) error {
	ctx, cancel := context.WithTimeout(context.Background(), childLimit)
	defer cancel()
	db, err := store.Open(ctx, j.URL, store.Options{})
	if err != nil {
		return err
	}
	log, err := openJournal(j.Journal)
	if err != nil {
		return err
	}
	p := &meter{killAt: j.KillAt, killNo: j.KillNo, log: log}
	s, err := newStage(j, db, p)
	if err != nil {
		return err
	}
	o := options(pointed{db, p}, j.Seed)
	o.NewID = func() string { return "r" } // one round
	o.Log = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	game := starter{beginner{New(o), shortRules(j.Mode)}, log, began}
	b := bot.New(bot.Options{Features: []bot.Feature{game}, Log: o.Log})
	if err := b.Run(ctx, s); err != nil {
		return err
	}
	if ctx.Err() != nil {
		return fmt.Errorf("the round does not end: %w", ctx.Err())
	}
	if err := log.write(entry{Op: "ended", Points: p.passed}); err != nil {
		return err
	}
	return db.Close()
}

// starter measures how long a game takes to go on.
type starter struct {
	beginner
	log   *journal
	began time.Time
}

func (s starter) Start(ctx context.Context, host bot.Host) error {
	start := time.Now()
	if err := s.Game.Start(ctx, host); err != nil {
		return err
	}
	return host.Lane(stageChannel, func(context.Context) { // behind what takes the round up
		if err := s.log.write(entry{Op: "resumed", Took: time.Since(start), Since: time.Since(s.began)}); err != nil {
			panic(err)
		}
	})
}

// pointed is a store whose writes are write points.
type pointed struct {
	Store
	p *meter
}

func (s pointed) Commit(ctx context.Context, tr bot.Transition) error {
	what := fmt.Sprintf("commit %d", tr.Round.Version+1)
	s.p.at("before " + what)
	err := s.Store.Commit(ctx, tr)
	for _, e := range tr.Effects {
		if err == nil && e.State == bot.EffectSending {
			s.p.taken(e.Key)
		}
	}
	s.p.at("after " + what)
	return err
}

func (s pointed) MarkSending(ctx context.Context, key string, at, stale time.Time) (bool, error) {
	s.p.at("before taking " + key)
	mine, err := s.Store.MarkSending(ctx, key, at, stale)
	if mine {
		s.p.taken(key)
	}
	s.p.at("after taking " + key)
	return mine, err
}

func (s pointed) MarkSent(ctx context.Context, key, ref string) error {
	s.p.at("before confirming " + key)
	err := s.Store.MarkSent(ctx, key, ref)
	s.p.settled(key)
	s.p.at("after confirming " + key)
	return err
}

func (s pointed) MarkVoid(ctx context.Context, key string) error {
	s.p.at("before giving up " + key)
	err := s.Store.MarkVoid(ctx, key)
	s.p.at("after giving up " + key)
	return err
}

// over reports whether a round was played to its end and everything of it was shown.
func over(ctx context.Context, db *store.Store) (bool, error) {
	if _, err := db.LastRound(ctx, stageChannel); err != nil {
		return false, ignoreNotFound(err)
	}
	if _, err := db.OpenRound(ctx, stageChannel); err == nil || !errors.Is(err, bot.ErrNotFound) {
		return false, err
	}
	pending, err := db.PendingEffects(ctx, stageChannel.Platform)
	return len(pending) == 0, err
}

func ignoreNotFound(err error) error {
	if errors.Is(err, bot.ErrNotFound) {
		return nil
	}
	return err
}
