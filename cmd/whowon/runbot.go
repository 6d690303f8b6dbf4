package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/console"
	"github.com/whowon-bot/whowon/facts"
)

var runCommand = command{
	name:  "run",
	short: "run the bot; without configuration, in this terminal",
	long: `Runs the bot. Without configuration it answers in this terminal: type a question, or
/help. Tab completes, the arrow keys bring back earlier lines, Ctrl-D ends. When input
is piped in, each line is answered plainly and the program ends with the input.

With discord or slack in the configuration it serves them instead, and the pages where
web.listen is set. Beside the terminal it serves a browser on this machine.

SIGINT and SIGTERM end the bot after what is under way; SIGHUP reads the tables in
facts.d again (on a fault the old facts stay).`,
	examples: []string{"whowon", "whowon --config whowon.yaml", "printf 'oscars 2025\\n/onthisday 2 march\\n' | whowon"},
	setup: func(fs *flag.FlagSet) runner {
		file := fs.String("config", "", "configuration `FILE`; see config.example.yaml")
		return func(ctx context.Context, e env, words []string) error {
			if len(words) > 0 {
				return usagef("run takes no words; to ask a question: whowon ask …")
			}
			return runBot(ctx, e, *file)
		}
	},
}

// serviceGC is how much a service lets its memory grow before it collects, in percent of what is in use. That is little,
// since the facts are not on the heap: with the usual 100 it would collect every hundred answers, which costs a tenth of
// what they do.
const serviceGC = 300

// runBot runs until its platforms end or a signal arrives.
func runBot(ctx context.Context, e env, file string) error {
	c, err := loadConfig(e, file)
	if err != nil {
		return err
	}
	log, err := c.Log.logger(e)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	corpus, err := c.Facts.load()
	if err != nil {
		return err
	}
	var current atomic.Pointer[facts.Corpus]
	current.Store(corpus)
	reloadOnHangup(ctx, c.Facts, &current, log)

	watch, err := newWatch(c, log)
	if err != nil {
		return err
	}
	games := newGames(e, c, log, current.Load)
	games.meter = watch.meter()
	b := bot.New(bot.Options{Facts: func() bot.Facts { return current.Load() }, Log: log, Now: time.Now,
		Features: []bot.Feature{games}, Meter: watch.meter(), Deliveries: games.deliveries()})
	o := console.Options{
		Config: c.Console, In: e.stdin, Out: e.stdout, Getenv: e.getenv, Complete: b, Log: log,
		Greeting: "whowon · ask who won what, such as: best picture 2025 · /help for more, Ctrl-D to end",
	}
	r := &running{config: c, bot: b, games: games, corpus: current.Load, log: log}
	var platforms []bot.Platform
	switch interactive := console.Interactive(o); {
	case c.serves() || c.Web.Address(false) != "" && !interactive:
		if platforms, err = r.services(ctx, e); err != nil {
			return err
		}
	case interactive:
		var where string
		platforms, where = r.webBeside(ctx, e)
		o.Greeting += where
		platforms = append(platforms, console.New(o))
	default:
		platforms = []bot.Platform{console.New(o)}
	}
	stopWatch, err := watch.serve(ctx, b, games, current.Load, platforms)
	if err != nil {
		return err
	}
	defer stopWatch()
	return b.Run(ctx, platforms...)
}

// running is what platforms are made of.
type running struct {
	config config
	bot    *bot.Bot
	games  *games
	corpus func() *facts.Corpus
	log    *slog.Logger
}

// services are what is served instead of a terminal: the platforms of the configuration, and the pages where they have an
// address. It says so.
func (r *running) services(ctx context.Context, e env) ([]bot.Platform, error) {
	platforms, names, err := platformsOf(r.config, r.bot, r.games, r.log)
	if err != nil {
		return nil, err
	}
	if address := r.config.Web.Address(false); address != "" {
		w, err := r.newWeb(ctx, address)
		if err != nil {
			return nil, err
		}
		platforms, names = append(platforms, w), strings.TrimPrefix(names+" and "+w.URL(), " and ")
	}
	if e.getenv("GOGC") == "" {
		debug.SetGCPercent(serviceGC)
	}
	fmt.Fprintln(e.stderr, "whowon serves "+names+"; Ctrl-C ends it.")
	return platforms, nil
}

// serves reports whether there is a platform to serve, instead of the terminal.
func (c config) serves() bool { return c.Discord.On() || c.Slack.On() }

// platformsOf are those that the configuration has a section for, and what they are called.
func platformsOf(c config, b *bot.Bot, g *games, log *slog.Logger) (platforms []bot.Platform, names string, err error) {
	if c.Discord.On() {
		p, err := newDiscord(c.Discord, b, g, log)
		if err != nil {
			return nil, "", err
		}
		platforms, names = append(platforms, p), "Discord"
	}
	if c.Slack.On() {
		p, err := newSlack(c.Slack, b, g, log)
		if err != nil {
			return nil, "", err
		}
		platforms, names = append(platforms, p), strings.TrimPrefix(names+" and Slack", " and ")
	}
	return platforms, names, nil
}

// reloadOnHangup replaces the facts on SIGHUP; when they cannot be loaded the old ones stay.
func reloadOnHangup(ctx context.Context, c factsConfig, current *atomic.Pointer[facts.Corpus], log *slog.Logger) {
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	go func() {
		defer signal.Stop(hup)
		for {
			select {
			case <-ctx.Done():
				return
			case <-hup:
				reload(c, current, log)
			}
		}
	}()
}

func reload(c factsConfig, current *atomic.Pointer[facts.Corpus], log *slog.Logger) {
	corpus, err := c.load()
	if err != nil {
		log.Error("facts not reloaded; the old ones stay", "err", err)
		return
	}
	current.Store(corpus)
	log.Info("facts reloaded", "data_to", corpus.DataTo())
}
