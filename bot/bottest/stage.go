package bottest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/daily"
	"github.com/whowon-bot/whowon/bot/play"
	"github.com/whowon-bot/whowon/bot/schedule"
	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/trivia/judge"
	"github.com/whowon-bot/whowon/trivia/pack"
)

// stage is a program that runs, and can be ended and started again on the same database.
type stage struct {
	w     *World
	setup Setup
	file  string // of the database
	packs []play.Pack
	bad   []string // faults of packs
	ids   int      // given out
	m     Medium
	log   *slog.Logger

	store *store.Store
	stop  context.CancelFunc
	ended chan error
}

// loggedTo shows what is logged: a fault in a transcript is not overlooked.
type loggedTo struct{ m Medium }

func (l loggedTo) Write(line []byte) (int, error) {
	l.m.Logged(string(line))
	return len(line), nil
}

// play takes the steps one after the other, and writes them with what they bring.
func (w *World) play(ctx context.Context, s Setup, m Medium, dir string, steps []step, out io.Writer) error {
	g := &stage{w: w, setup: s, file: filepath.Join(dir, "test.db"), m: m}
	g.log = slog.New(slog.NewTextHandler(loggedTo{m}, &slog.HandlerOptions{Level: slog.LevelWarn,
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		}}))
	if err := g.loadPacks(filepath.Join(dir, "packs")); err != nil {
		return err
	}
	if err := g.up(ctx); err != nil {
		return err
	}
	for i, step := range steps {
		if i > 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintln(out, step.line)
		err := g.take(ctx, step)
		fmt.Fprint(out, strings.Join(m.Shown(), "\n"))
		if err != nil {
			return errors.Join(err, g.down())
		}
	}
	return g.down()
}

// loadPacks reads the packs of a transcript.
func (g *stage) loadPacks(dir string) error {
	if len(g.setup.packs) == 0 {
		return nil
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	for _, f := range g.setup.packs {
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(f.Name)), f.Data, 0o600); err != nil {
			return err
		}
	}
	read, faults, err := pack.ReadAll(dir, "")
	if err != nil {
		return err
	}
	for _, f := range faults.Errors() {
		f.File = filepath.Base(f.File)
		g.bad = append(g.bad, f.Error())
	}
	for _, p := range faults.Sound(read) {
		g.packs = append(g.packs, play.Pack{Slug: p.Slug(), Name: p.Name, Source: p.Source, Questions: p.Questions})
	}
	return nil
}

// up starts the program.
func (g *stage) up(ctx context.Context) error {
	db, err := store.Open(ctx, "sqlite:"+g.file, store.Options{})
	if err != nil {
		return err
	}
	g.store = db
	const seed = 7
	game := play.New(play.Options{
		Store: db, Packs: g.packs, PackFaults: g.bad, Log: g.log, Now: time.Now, Seed: func() uint64 { return seed },
		Questions: func() play.Questions { return g.w.questions }, Pool: func() *judge.Pool { return g.w.pool }, Why: g.w.why,
		NewID: func() string { g.ids++; return "id" + strconv.Itoa(g.ids) },
	})
	posts := schedule.New(schedule.Options{Store: db, Contents: g.w.contents(db, g.log), Log: g.log, Now: time.Now,
		NewID: func() string { g.ids++; return "id" + strconv.Itoa(g.ids) }})
	b := bot.New(bot.Options{
		Facts: func() bot.Facts { return g.w.facts }, Log: g.log, Now: time.Now, Seed: func() uint64 { return seed },
		Features: []bot.Feature{game, posts},
	})
	p, err := g.m.Boot()
	if err != nil {
		return errors.Join(err, db.Close())
	}
	ctx, g.stop = context.WithCancel(ctx)
	g.ended = make(chan error, 1)
	go func() { g.ended <- b.Run(ctx, p) }()
	synctest.Wait()
	return nil
}

// down ends the program.
func (g *stage) down() error {
	g.stop()
	return errors.Join(<-g.ended, g.store.Close())
}

// take does one step, and waits until nothing more comes of it.
func (g *stage) take(ctx context.Context, s step) error {
	g.m.Begin(time.Now())
	defer synctest.Wait()
	switch {
	case s.restart:
		if err := g.down(); err != nil {
			return err
		}
		time.Sleep(s.wait)
		g.m.Begin(time.Now())
		return g.up(ctx)
	case s.User == "":
		time.Sleep(s.wait)
		return nil
	}
	return g.m.Input(ctx, s.Step)
}

// why is the row that an answer stands on, in a line.
func (w *World) why(row string) (bot.Line, bool) {
	f, ok := w.facts.ByID(row)
	return bot.FactLine(f), ok
}

// contents are what can be posted on a schedule. Without a store they say what they are, and no more.
func (w *World) contents(db *store.Store, log *slog.Logger) []schedule.Content {
	o := daily.Options{Why: w.why, Log: log, Now: time.Now, Facts: func() daily.Facts { return w.facts },
		Questions: func() daily.Questions { return w.questions }}
	if db != nil {
		o.Store = db
	}
	return []schedule.Content{daily.NewAnniversaries(o), daily.NewQuestion(o)}
}
