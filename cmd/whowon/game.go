package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/play"
	"github.com/whowon-bot/whowon/bot/schedule"
	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/trivia/generate"
	"github.com/whowon-bot/whowon/trivia/judge"
	"github.com/whowon-bot/whowon/trivia/pack"
)

type storeConfig struct {
	// URL is sqlite:FILE or postgres://…; "" is a file in the user's state folder.
	URL string `yaml:"url"`
}

type triviaConfig struct {
	// PacksDir holds question packs, of every format that is known. The default is used only where it exists.
	PacksDir string `yaml:"packs_dir"`
}

const defaultPacksDir = "packs.d"

// open opens the database.
func (c storeConfig) open(ctx context.Context, e env, log *slog.Logger) (*store.Store, error) {
	return c.openWith(ctx, e, store.Options{Log: log})
}

func (c storeConfig) openWith(ctx context.Context, e env, o store.Options) (*store.Store, error) {
	url, file, err := c.where(e)
	if err != nil {
		return nil, err
	}
	if file != "" && c.URL == "" {
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return nil, err
		}
	}
	b := newBar(e, "migrating the database")
	defer b.end()
	o.Migrating = b.count
	return store.Open(ctx, url, o)
}

// where is the database's URL, and its file where it is one.
func (c storeConfig) where(e env) (url, file string, err error) {
	if c.URL != "" {
		file, _ := strings.CutPrefix(c.URL, "sqlite:")
		if file == c.URL {
			file = ""
		}
		return c.URL, file, nil
	}
	dir := e.getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(dir) {
		home := e.getenv("HOME")
		if home == "" {
			return "", "", errors.New("there is no place for the database: set store.url in the configuration, or HOME")
		}
		dir = filepath.Join(home, ".local", "state")
	}
	file = filepath.Join(dir, "whowon", "whowon.db")
	return "sqlite:" + file, file, nil
}

// exists reports whether there is a database already: rounds may be under way in it.
func (c storeConfig) exists(e env) bool {
	_, file, err := c.where(e)
	if err != nil || file == "" {
		return err == nil
	}
	_, err = os.Stat(file)
	return err == nil
}

// check reports a folder that was named and cannot be read.
func (c triviaConfig) check() error {
	if c.PacksDir == "" {
		return nil
	}
	if _, err := os.ReadDir(c.PacksDir); err != nil {
		return fmt.Errorf("trivia.packs_dir: %w", err)
	}
	return nil
}

// load reads the question packs. One with faults is left out, and what is wrong with it told.
func (c triviaConfig) load() (sound []play.Pack, bad pack.Faults, err error) {
	dir := c.PacksDir
	if dir == "" {
		dir = defaultPacksDir
		if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
			return nil, nil, nil
		}
	}
	read, faults, err := pack.ReadAll(dir, "")
	if err != nil {
		return nil, nil, fmt.Errorf("trivia.packs_dir: %w", err)
	}
	for _, p := range faults.Sound(read) {
		sound = append(sound, play.Pack{Slug: p.Slug(), Name: p.Name, Source: p.Source, Questions: p.Questions})
	}
	return sound, faults.Errors(), nil
}

// games are the features of the bot that keep something: rounds, and what is posted on a schedule. The database, the packs
// and all that questions are made of are opened when one is first asked for, or at the start where a database is there
// already: answering a question needs none of them.
type games struct {
	e       env
	config  config
	log     *slog.Logger
	corpus  func() *facts.Corpus
	shared  bool
	sources sources
	meter   bot.Meter // told what happens; nil is nobody

	mu    sync.Mutex
	host  bot.Host
	game  *play.Game
	posts *schedule.Schedule
	store *store.Store
}

// sources are what questions and judges are made of, for the facts as they are.
type sources struct {
	mu     sync.Mutex
	of     *facts.Corpus
	gen    *generate.Generator
	pool   *judge.Pool
	corpus func() *facts.Corpus
}

func (s *sources) renew() *facts.Corpus {
	c := s.corpus()
	if c != s.of {
		s.of, s.gen, s.pool = c, nil, nil
	}
	return c
}

func (s *sources) questions() play.Questions { return s.generator() }

func (s *sources) generator() *generate.Generator {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.renew(); s.gen == nil {
		s.gen = generate.New(c, 1)
	}
	return s.gen
}

func (s *sources) known() *judge.Pool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.renew(); s.pool == nil {
		s.pool = judge.NewPool(generate.Known(c))
	}
	return s.pool
}

// why is the row that an answer stands on, in a line.
func (s *sources) why(row string) (bot.Line, bool) {
	f, ok := s.corpus().ByID(row)
	return bot.FactLine(f), ok
}

func newGames(e env, c config, log *slog.Logger, corpus func() *facts.Corpus) *games {
	return &games{e: e, config: c, log: log, corpus: corpus, shared: strings.HasPrefix(c.Store.URL, "postgres"),
		sources: sources{corpus: corpus}}
}

// Commands implements bot.Feature.
func (g *games) Commands() []bot.CommandInfo {
	posts := schedule.New(schedule.Options{Contents: g.contents(nil, nil, 0)})
	return append((&play.Game{}).Commands(), posts.Commands()...)
}

// Start implements bot.Feature.
func (g *games) Start(ctx context.Context, host bot.Host) error {
	g.host = host
	if err := g.config.Trivia.check(); err != nil {
		return err
	}
	if !g.config.Store.exists(g.e) && !g.config.serves() {
		return nil
	}
	_, err := g.open(ctx)
	return err
}

// open opens what a game needs, once.
func (g *games) open(ctx context.Context) (*play.Game, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.game != nil {
		return g.game, nil
	}
	packs, bad, err := g.config.Trivia.load()
	if err != nil {
		return nil, err
	}
	var faults []string
	for _, f := range bad {
		faults = append(faults, f.Error())
		g.log.Error("a question pack is left out", "fault", f.Error())
	}
	db, err := g.config.Store.openWith(ctx, g.e, store.Options{Log: g.log, Meter: g.meter})
	if err != nil {
		return nil, err
	}
	game := play.New(play.Options{Store: db, Questions: g.sources.questions, Pool: g.sources.known, Why: g.sources.why,
		Packs: packs, PackFaults: faults, Log: g.log, Shared: g.shared, Meter: g.meter})
	posts, err := g.schedule(db)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := game.Start(ctx, g.host); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := posts.Start(ctx, g.host); err != nil {
		game.Close()
		return nil, errors.Join(err, db.Close())
	}
	g.game, g.posts, g.store = game, posts, db
	return game, nil
}

// Handle implements bot.Feature.
func (g *games) Handle(ctx context.Context, p bot.Platform, in bot.Inbound) (bot.View, bool, error) {
	g.mu.Lock()
	game := g.game
	g.mu.Unlock()
	if game == nil {
		if in.Press == nil && !in.Joined && (in.Command == nil || !g.has(in.Command.Name)) {
			return bot.View{}, false, nil // without a database there is no round that it could be for
		}
		var err error
		if game, err = g.open(ctx); err != nil {
			return bot.View{}, true, err
		}
	}
	if v, own, err := g.posts.Handle(ctx, p, in); own || err != nil {
		return v, own, err
	}
	return game.Handle(ctx, p, in)
}

// database is the store, opened with the game. Where no bot runs, as for doctor, it is opened alone: no round is taken up.
func (g *games) database(ctx context.Context) (*store.Store, error) {
	if g.host == nil {
		g.mu.Lock()
		defer g.mu.Unlock()
		var err error
		if g.store == nil {
			g.store, err = g.config.Store.openWith(ctx, g.e, store.Options{Log: g.log, Meter: g.meter})
		}
		return g.store, err
	}
	if _, err := g.open(ctx); err != nil {
		return nil, err
	}
	return g.store, nil
}

// has reports whether a command is the game's.
func (g *games) has(name string) bool {
	return slices.ContainsFunc(g.Commands(), func(c bot.CommandInfo) bool { return c.Name == name })
}

// Suggest implements bot.Suggester.
func (g *games) Suggest(command, option, prefix string, n int) []bot.Suggestion {
	game, err := g.open(context.Background())
	if err != nil {
		g.log.Error("nothing is proposed", "command", command, "err", err)
		return nil
	}
	if list := g.posts.Suggest(command, option, prefix, n); list != nil {
		return list
	}
	return game.Suggest(command, option, prefix, n)
}

// Stop implements bot.Stopper.
func (g *games) Stop() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.game != nil {
		g.posts.Stop()
		g.game.Stop()
	}
}

// Close implements bot.Feature.
func (g *games) Close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.game == nil {
		return
	}
	g.posts.Close()
	g.game.Close()
	if err := g.store.Close(); err != nil {
		g.log.Warn("the database was not closed cleanly", "err", err)
	}
}
