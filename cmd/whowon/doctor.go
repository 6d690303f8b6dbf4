package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/whowon-bot/whowon/bot"
)

var doctorCommand = command{
	name:  "doctor",
	short: "check the set-up, and say how to mend it",
	long: `Checks configuration and secrets, facts, question packs, time zones, database, folders, disk
and addresses to listen on; for Discord token, application, intents, commands
and, with --channel, the bot's permissions there; for Slack tokens, scopes, and whether Slack
and the bot reach each other. What is wrong is named with how to mend it.

Exit code: 0 when all is well, 1 when something is not.`,
	examples: []string{"whowon doctor", "whowon doctor --config whowon.yaml --channel 381870553235193857"},
	setup: func(fs *flag.FlagSet) runner {
		file := fs.String("config", "", "configuration `FILE`")
		channel := fs.String("channel", "", "`ID` of a Discord channel to check the permissions in")
		return func(ctx context.Context, e env, words []string) error {
			if len(words) > 0 {
				return usagef("doctor takes no words; a channel goes behind --channel")
			}
			return doctor(ctx, e, *file, *channel)
		}
	},
}

// doctor prints all checks. A configuration that cannot be read is a usage error, as everywhere.
func doctor(ctx context.Context, e env, file, channel string) error {
	ctx, cancel := context.WithTimeout(ctx, commandTimeout)
	defer cancel()
	c, err := loadConfig(e, file)
	if err != nil {
		return err
	}
	checks := []bot.Check{{What: "configuration", OK: true, Says: orElse(file, "none; all defaults")},
		factsCheckUp(c.Facts), packsCheckUp(c.Trivia), zonesCheckUp(), c.storeCheckUp(ctx, e)}
	if _, file, err := c.Store.where(e); err == nil {
		checks = append(checks, folderCheckUp(file)...)
	}
	checks = append(checks, c.portsCheckUp(ctx, e)...)
	add := func(platform string, found []bot.Check) {
		for _, check := range found {
			check.What = platform + " " + check.What
			checks = append(checks, check)
		}
	}
	if c.Discord.On() {
		p, err := discordOf(e, file)
		if err != nil {
			return err
		}
		add("discord", p.Doctor(ctx, channel))
	} else if channel != "" {
		return usagef("--channel needs a configuration with discord.token")
	}
	if c.Slack.On() {
		p, err := slackOf(e, c)
		if err != nil {
			return err
		}
		add("slack", p.Doctor(ctx))
	}
	return printChecks(e.stdout, checks)
}

func printChecks(out io.Writer, checks []bot.Check) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	bad := 0
	for _, c := range checks {
		word := "ok"
		if !c.OK {
			word = "WRONG"
			bad++
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", word, c.What, c.Says)
		if c.Mend != "" {
			fmt.Fprintf(w, "\t\t→ %s\n", c.Mend)
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if bad > 0 {
		return exitError(exitFault)
	}
	return nil
}

func factsCheckUp(c factsConfig) bot.Check {
	corpus, err := c.load()
	if err != nil {
		return bot.Check{What: "facts", Says: err.Error(), Mend: "Mend or move away what is in " + c.dir() + "."}
	}
	return bot.Check{What: "facts", OK: true, Says: "data to " + corpus.DataTo()}
}

// storeCheckUp opens the database. One that is not there yet is made when it is first needed.
func (c config) storeCheckUp(ctx context.Context, e env) bot.Check {
	check := bot.Check{What: "database", OK: true}
	if !c.Store.exists(e) {
		check.Says = "is made when it is first needed"
		return check
	}
	log, err := c.Log.logger(e)
	if err == nil {
		db, openErr := c.Store.open(ctx, e, log)
		if err = openErr; err == nil {
			check = healthCheckUp(ctx, db)
			err = db.Close()
		}
	}
	if err != nil {
		return bot.Check{What: "database", Says: err.Error(), Mend: "See store.url in the configuration."}
	}
	return check
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
