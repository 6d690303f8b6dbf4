package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/discord"
)

var discordRegister = command{
	name:  "discord register",
	short: "write the slash commands to Discord, and show what changes",
	long: `Compares the slash commands that Discord has with those of this program, shows the
difference, and writes all of them at once. Commands that this program does not know are
removed. With --guild they are written for one server alone, where they are there at once:
for trying out. Writing them again changes nothing.`,
	examples: []string{"whowon discord register --config whowon.yaml",
		"whowon discord register --config whowon.yaml --dry-run",
		"whowon discord register --config whowon.yaml --guild 81384788765712384"},
	setup: func(fs *flag.FlagSet) runner {
		file := fs.String("config", "", "configuration `FILE`")
		guild := fs.String("guild", "", "`ID` of the only server to write them for")
		dry := fs.Bool("dry-run", false, "only show the difference")
		return func(ctx context.Context, e env, words []string) error {
			if len(words) > 0 {
				return usagef("discord register takes no words; a server goes behind --guild")
			}
			p, err := discordOf(e, *file)
			if err != nil {
				return err
			}
			return registerCommands(ctx, e.stdout, p, *guild, *dry)
		}
	},
}

var discordInvite = command{
	name:  "discord invite",
	short: "print the links that install the bot on Discord",
	long: `Prints two links: one adds the bot to a server, with the least permissions that it needs
to play there; the other lets a user ask it anywhere. Whoever opens one is asked by Discord.`,
	examples: []string{"whowon discord invite --config whowon.yaml"},
	setup: func(fs *flag.FlagSet) runner {
		file := fs.String("config", "", "configuration `FILE`")
		return func(ctx context.Context, e env, words []string) error {
			if len(words) > 0 {
				return usagef("discord invite takes no words")
			}
			p, err := discordOf(e, *file)
			if err != nil {
				return err
			}
			ctx, cancel := context.WithTimeout(ctx, commandTimeout)
			defer cancel()
			id, err := p.Application(ctx)
			if err != nil {
				return err
			}
			for _, l := range discord.Invites(id) {
				fmt.Fprintf(e.stdout, "For %s:\n  %s\n", l.For, l.URL)
			}
			return nil
		}
	},
}

// commandTimeout is for what a command asks of a platform: longer than a rate limit, shorter than anybody's patience.
const commandTimeout = 30 * time.Second

// discordOf is the platform that a configuration describes, not connected.
func discordOf(e env, file string) (*discord.Platform, error) {
	c, err := loadConfig(e, file)
	if err != nil {
		return nil, err
	}
	if !c.Discord.On() {
		return nil, usagef("there is no discord.token: put one into a configuration file and name it with --config; " +
			"config.example.yaml shows how")
	}
	return discordFrom(e, c)
}

// discordFrom is the platform of a configuration that has one, not connected.
func discordFrom(e env, c config) (*discord.Platform, error) {
	log, err := c.Log.logger(e)
	if err != nil {
		return nil, err
	}
	g := newGames(e, c, log, nil)
	return newDiscord(c.Discord, bot.New(bot.Options{Features: []bot.Feature{g}}), g, log)
}

// registerCommands shows what is different, and writes it.
func registerCommands(ctx context.Context, w io.Writer, p *discord.Platform, guild string, dry bool) error {
	ctx, cancel := context.WithTimeout(ctx, commandTimeout)
	defer cancel()
	list, err := p.Differences(ctx, guild)
	if err != nil {
		return err
	}
	if !showDifferences(w, list) {
		fmt.Fprintln(w, "All commands are registered as they are here; nothing to do.")
		return nil
	}
	if dry {
		fmt.Fprintln(w, "Nothing was written.")
		return nil
	}
	if err := p.Register(ctx, guild); err != nil {
		return err
	}
	fmt.Fprintln(w, "Written.")
	return nil
}

// showDifferences prints a line for each command, and reports whether anything is different.
func showDifferences(w io.Writer, list []discord.Difference) bool {
	marks := map[discord.Change]string{discord.Added: "+", discord.Changed: "~", discord.Removed: "-", discord.Unchanged: " "}
	different := false
	for _, d := range list {
		different = different || d.Change != discord.Unchanged
		fmt.Fprintf(w, "%s /%s %s\n", marks[d.Change], d.Command, d.Change)
		for _, l := range d.Lines {
			fmt.Fprintln(w, "    "+l)
		}
	}
	return different
}
