package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"runtime"
	"strconv"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/admin"
	"github.com/whowon-bot/whowon/bot/metrics"
	"github.com/whowon-bot/whowon/facts"
)

type adminConfig struct {
	// Listen is where the operator is answered, as in 127.0.0.1:8083; off is nowhere. "" is defaultAdmin where a platform is
	// served, and nowhere in a terminal.
	Listen string `yaml:"listen"`
}

const (
	// defaultAdmin is beside the other ports of the bot, and not 9090, which is Prometheus's own. Only this machine reaches it.
	defaultAdmin = "127.0.0.1:8083"
	adminOff     = "off"
)

func (c adminConfig) check() error {
	if c.Listen == "" || c.Listen == adminOff {
		return nil
	}
	_, port, err := net.SplitHostPort(c.Listen)
	if n, wrong := strconv.Atoi(port); err != nil || wrong != nil || n < 0 || n > 65535 {
		return fmt.Errorf("admin.listen is %q; give an address such as %s, or off", c.Listen, defaultAdmin)
	}
	return nil
}

// adminAddress is where the operator is answered; "" is nowhere.
func (c config) adminAddress() string {
	switch {
	case c.Admin.Listen == adminOff:
		return ""
	case c.Admin.Listen == "" && c.serves():
		return defaultAdmin
	}
	return c.Admin.Listen
}

// watch measures the bot, and answers the operator.
type watch struct {
	config  config
	log     *slog.Logger
	metrics *metrics.Metrics // nil where nobody can ask
}

func newWatch(c config, log *slog.Logger) (*watch, error) {
	w := &watch{config: c, log: log}
	if c.adminAddress() == "" {
		return w, nil
	}
	var err error
	w.metrics, err = metrics.New()
	return w, err
}

// meter is what the bot tells what happens; nil where nobody asks.
func (w *watch) meter() bot.Meter {
	if w.metrics == nil {
		return nil
	}
	return w.metrics
}

// serve answers the operator until it is stopped, which is after the bot has ended: so that whoever asks meanwhile is
// told that it is not ready any more. ctx is the bot's. An address of the default that somebody else has is no reason not
// to run.
func (w *watch) serve(
	ctx context.Context, b *bot.Bot, g *games, corpus func() *facts.Corpus, platforms []bot.Platform,
) (stop func(), err error) {
	address := w.config.adminAddress()
	if address == "" {
		return func() {}, nil
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil && w.config.Admin.Listen == "" {
		w.log.Warn("nobody is told how the bot is doing: the admin address is taken; choose another with admin.listen, or off",
			"address", address, "err", err)
		return func() {}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("admin.listen: %w", err)
	}
	a := admin.New(admin.Options{Metrics: w.metrics.Handler(), Alive: b.Alive, Log: w.log,
		Checks: checksOf(ctx, g, corpus, platforms)})
	w.metrics.Add(b, g, programNumbers{corpus, a})
	for _, p := range platforms {
		if m, ok := p.(bot.Measured); ok {
			w.metrics.Add(m)
		}
	}
	w.log.Info("answering the operator", "address", l.Addr().String())
	serving, cancel := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := a.Serve(serving, l); err != nil {
			w.log.Error("the operator is not answered any more", "err", err)
		}
	}()
	return func() { cancel(); <-done }, nil
}

// checksOf are what the bot needs to do its work.
func checksOf(ctx context.Context, g *games, corpus func() *facts.Corpus, platforms []bot.Platform) []admin.Check {
	checks := []admin.Check{
		{What: "program", Do: func(context.Context) error {
			if ctx.Err() != nil {
				return errors.New("it is ending")
			}
			return nil
		}},
		{What: "facts", Do: func(context.Context) error {
			if corpus() == nil {
				return errors.New("not loaded")
			}
			return nil
		}},
		{What: "database", Do: g.answers},
	}
	for _, p := range platforms {
		if r, ok := p.(bot.Readier); ok {
			checks = append(checks, admin.Check{What: p.Info().Name, Do: func(context.Context) error { return r.Ready() }})
		}
	}
	return checks
}

// programNumbers are what is measured of the program itself.
type programNumbers struct {
	corpus func() *facts.Corpus
	admin  *admin.Admin
}

// Measure implements bot.Measured.
func (p programNumbers) Measure(ctx context.Context, tell bot.Tell) {
	tell(bot.MetricBuildInfo, 1, programVersion(), runtime.Version())
	if at, err := time.Parse(time.DateOnly, p.corpus().DataTo()); err == nil {
		tell(bot.MetricFactsTime, float64(at.Unix()))
	}
	ready := 0.0
	if len(p.admin.Problems(ctx)) == 0 {
		ready = 1
	}
	tell(bot.MetricReady, ready)
}

var errNotOpen = errors.New("it is not open yet")

// answers reports whether the database answers.
func (g *games) answers(ctx context.Context) error {
	if !g.mu.TryLock() { // it is being opened
		return errNotOpen
	}
	db := g.store
	g.mu.Unlock()
	if db == nil && !g.config.serves() {
		return nil // it is opened when somebody plays
	}
	if db == nil {
		return errNotOpen
	}
	return db.Ping(ctx)
}

// Measure implements bot.Measured: the database, the rounds, and what is to be posted.
func (g *games) Measure(ctx context.Context, tell bot.Tell) {
	if !g.mu.TryLock() {
		return
	}
	db, game := g.store, g.game
	g.mu.Unlock()
	if db == nil {
		return
	}
	db.Measure(ctx, tell)
	game.Measure(ctx, tell)
	now := time.Now()
	for name := range g.host.Platforms() {
		posts, since, err := db.Outbox(ctx, name, now)
		if err != nil {
			g.log.Warn("it is not known what is to be posted", "platform", name, "err", err)
			return
		}
		age := 0.0
		if !since.IsZero() {
			age = max(0, now.Sub(since).Seconds())
		}
		tell(bot.MetricOutboxDepth, float64(posts), name)
		tell(bot.MetricOutboxAge, age, name)
	}
}
