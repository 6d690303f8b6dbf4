package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/play"
	"github.com/whowon-bot/whowon/bot/store"
)

var dataExport = command{
	name:  "data export",
	short: "write all that is kept about a user or of a server",
	long: `Writes everything that the database holds about a user, or of a server (a Discord guild, a
Slack workspace), to standard output: a JSON object a line, {"table": …, "row": {…}}.
Rounds and messages in which a user appears are named; what they hold of the user is in
scores and attempts. How many rows there are is told on standard error.`,
	examples: []string{
		"whowon data export --user discord:80351110224678912 > user.jsonl",
		"whowon data export --guild slack:T0123456 --config whowon.yaml > workspace.jsonl",
	},
	setup: func(fs *flag.FlagSet) runner {
		d := new(dataOf)
		d.flags(fs)
		return func(ctx context.Context, e env, words []string) error { return d.run(ctx, e, words, d.export) }
	},
}

var dataDelete = command{
	name:  "data delete",
	short: "remove all that is kept about a user or of a server",
	long: `Removes everything that the database holds about a user, or of a server (a Discord guild, a
Slack workspace), and prints how many rows of each table. Without --yes it only tells what
would be removed. The bot may run meanwhile: rounds that are open go on without the user.

What it cannot remove: messages in the chat, backups, and lines in the logs.

Exit code: 0 when it is removed, 2 without --yes.`,
	examples: []string{
		"whowon data delete --user discord:80351110224678912",
		"whowon data delete --user discord:80351110224678912 --yes",
		"whowon data delete --guild slack:T0123456 --yes",
	},
	setup: func(fs *flag.FlagSet) runner {
		d := new(dataOf)
		d.flags(fs)
		fs.BoolVar(&d.yes, "yes", false, "remove it; there is no way back")
		return func(ctx context.Context, e env, words []string) error { return d.run(ctx, e, words, d.remove) }
	},
}

// dataOf is whose data it is about: a user or a guild.
type dataOf struct {
	config, user, guild string
	yes                 bool
	platform, id        string // of either
}

// doing is what is done with the database.
type doing func(ctx context.Context, e env, db *store.Store) error

func (d *dataOf) flags(fs *flag.FlagSet) {
	fs.StringVar(&d.config, "config", "", "configuration `FILE`")
	fs.StringVar(&d.user, "user", "", "`PLATFORM:ID` of a user, as in discord:80351110224678912")
	fs.StringVar(&d.guild, "guild", "", "`PLATFORM:ID` of a server, as in slack:T0123456")
}

// run does something with the database, once it is known whose data it is about.
func (d *dataOf) run(ctx context.Context, e env, words []string, do doing) (err error) {
	switch {
	case len(words) > 0:
		return usagef("whose data it is goes behind --user or --guild, as in --user discord:%s", words[0])
	case (d.user == "") == (d.guild == ""):
		return usagef("name a user or a server: --user PLATFORM:ID or --guild PLATFORM:ID")
	case d.user != "":
		d.platform, d.id, err = platformAndID("--user", d.user)
	default:
		d.platform, d.id, err = platformAndID("--guild", d.guild)
	}
	if err != nil {
		return err
	}
	db, err := openStore(ctx, e, d.config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return do(ctx, e, db)
}

// platformAndID splits "discord:123".
func platformAndID(name, s string) (platform, id string, err error) {
	platform, id, ok := strings.Cut(s, ":")
	if !ok || platform == "" || id == "" {
		return "", "", usagef("%s %s is not PLATFORM:ID; write it like discord:80351110224678912", name, s)
	}
	return platform, id, nil
}

// openStore opens the database that the bot uses. One that is not there is not made: who asks what it holds is in the
// wrong place.
func openStore(ctx context.Context, e env, configFile string) (*store.Store, error) {
	c, err := loadConfig(e, configFile)
	if err != nil {
		return nil, err
	}
	log, err := c.Log.logger(e)
	if err != nil {
		return nil, err
	}
	_, file, err := c.Store.where(e)
	if err != nil {
		return nil, err
	}
	if file != "" {
		if _, err := os.Stat(file); err != nil {
			return nil, fmt.Errorf("there is no database: %w; name the bot's configuration by --config", err)
		}
	}
	return c.Store.open(ctx, e, log)
}

func (d *dataOf) String() string {
	if d.user != "" {
		return "user " + d.user
	}
	return "server " + d.guild
}

func (d *dataOf) write(ctx context.Context, db *store.Store, w io.Writer) (bot.Counts, error) {
	if d.user != "" {
		return db.ExportUser(ctx, d.platform, bot.UserID(d.id), w)
	}
	return db.ExportGuild(ctx, bot.Guild{Platform: d.platform, ID: d.id}, w)
}

func (d *dataOf) export(ctx context.Context, e env, db *store.Store) error {
	counts, err := d.write(ctx, db, e.stdout)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.stderr, "%s: %s\n", d, count(sum(counts), "row"))
	return nil
}

// remove removes, or tells what it would remove.
func (d *dataOf) remove(ctx context.Context, e env, db *store.Store) error {
	if !d.yes {
		counts, err := d.write(ctx, db, io.Discard)
		if err != nil {
			return err
		}
		d.table(e.stdout, counts, "would be removed or changed")
		if sum(counts) == 0 {
			return nil
		}
		fmt.Fprintln(e.stderr, "whowon: nothing is removed yet; add --yes to remove it for good")
		return exitError(exitUsage)
	}
	var counts bot.Counts
	var err error
	if d.user != "" {
		counts, err = play.Forget(ctx, db, d.platform, bot.UserID(d.id), time.Now())
	} else {
		counts, err = db.DeleteGuild(ctx, bot.Guild{Platform: d.platform, ID: d.id})
	}
	d.table(e.stdout, counts, "removed or changed")
	if err != nil || sum(counts) == 0 {
		return err
	}
	if err := db.Compact(ctx); err != nil {
		fmt.Fprintf(e.stderr, "whowon: removed, but bytes of it may still stand in the file: %v\n", err)
	}
	return nil
}

// table prints how many rows of each table, and what becomes of them where they are not simply removed.
func (d *dataOf) table(out io.Writer, counts bot.Counts, done string) {
	if sum(counts) == 0 {
		fmt.Fprintf(out, "%s: nothing is kept\n", d)
		return
	}
	fate := map[string]string{}
	if d.user != "" {
		fate = map[string]string{
			"aliases": "kept, without who accepted them", "appeals": "those of others are kept, without who decided them",
			"rounds": "those that are open go on without the user", "effects": "not shown any more",
		}
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s: %s %s\n", d, count(sum(counts), "row"), done)
	tables := []string{"players", "scores", "attempts", "appeals", "aliases", "picks", "settings", "asked", "rounds", "effects",
		"subscriptions", "occurrences", "dailies"}
	for _, name := range tables {
		switch n, ok := counts[name]; {
		case n > 0 && fate[name] != "":
			fmt.Fprintf(w, "%s\t%d\t%s\n", name, n, fate[name])
		case ok:
			fmt.Fprintf(w, "%s\t%d\n", name, n)
		}
	}
	w.Flush() //nolint:errcheck // a failing terminal is nobody to tell
}

func sum(counts bot.Counts) int {
	n := int64(0)
	for _, c := range counts {
		n += c
	}
	return int(n)
}
