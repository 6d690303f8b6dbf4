package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/discord"
	"github.com/whowon-bot/whowon/bot/slack"
)

var initCommand = command{
	name: "init", args: "[FILE]",
	short: "set the bot up: ask a few questions, and write a configuration",
	long: `Asks where the bot is to be, checks the tokens, writes a configuration with comments to FILE
(whowon.yaml), registers the commands on Discord, and prints the links that add the bot. Every
question has a default. Answers may come by a pipe, one a line. Tokens are never written into
the configuration: they stay in the environment, or go into files that only you can read.

With --yes nothing is asked: flags and defaults are taken, and tokens from the environment.`,
	examples: []string{"whowon init", "DISCORD_TOKEN=… whowon init --yes --discord whowon.yaml"},
	setup: func(fs *flag.FlagSet) runner {
		s := &setUp{}
		fs.BoolVar(&s.onDiscord, "discord", false, "serve Discord")
		fs.BoolVar(&s.onSlack, "slack", false, "serve Slack")
		fs.StringVar(&s.database, "database", "", "keep all in `URL`, sqlite:FILE or postgres://…")
		fs.BoolVar(&s.yes, "yes", false, "ask nothing")
		fs.BoolVar(&s.force, "force", false, "replace FILE where it exists")
		fs.BoolVar(&s.noCheck, "no-check", false,
			"do not ask Discord and Slack whether the tokens are right, and register nothing")
		fs.StringVar(&s.discord.APIURL, "discord-api", "", "reach Discord at `URL`: for a proxy, or a test")
		fs.StringVar(&s.slack.APIURL, "slack-api", "", "reach Slack at `URL`: for a proxy, or a test")
		return s.run
	},
}

// setUp is what becomes a configuration.
type setUp struct {
	onDiscord, onSlack, yes, force, noCheck bool

	database string
	browser  string // "" where it is not asked for
	discord  discord.Config
	slack    slack.Config

	file    string
	ask     *interview
	e       env
	values  map[string]string // of secrets, as they are written
	secrets map[string]string // files to write, and what goes into them
}

// tokenTries is how often a token may be typed.
const tokenTries = 3

func (s *setUp) run(ctx context.Context, e env, words []string) error {
	if len(words) > 1 {
		return usagef("init takes one file to write to")
	}
	s.file, s.e, s.values, s.secrets = "whowon.yaml", e, map[string]string{}, map[string]string{}
	if len(words) == 1 {
		s.file = words[0]
	}
	if _, err := os.Lstat(s.file); err == nil && !s.force {
		return usagef("%s exists already; give another name, or --force to replace it", s.file)
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	s.ask = &interview{ctx: ctx, e: e, in: bufio.NewReader(e.stdin), yes: s.yes}
	for _, step := range []func(context.Context) error{s.askPlatforms, s.askDiscord, s.askSlack, s.askRest, s.write, s.finish} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (s *setUp) askPlatforms(context.Context) error {
	if s.onDiscord || s.onSlack || s.yes {
		return nil
	}
	where, err := s.ask.choose("Where is the bot to be?", "discord", "slack", "both", "none")
	s.onDiscord = where == "discord" || where == "both"
	s.onSlack = where == "slack" || where == "both"
	return err
}

// token takes a secret from the environment, or lets it be typed. check says what is wrong with it, "" for nothing.
func (s *setUp) token(key, what, where string, check func(value string) string) error {
	name, err := s.ask.ask("The environment variable with the "+what, secretKeys[key])
	if err != nil {
		return err
	}
	value := s.e.getenv(name)
	typed := false
	for try := 0; ; try++ {
		wrong := name + " is not set. You find the " + what + " under " + where + "."
		if value != "" {
			wrong = check(value)
		}
		if wrong == "" {
			break
		}
		fmt.Fprintln(s.e.stdout, "  "+wrong)
		if s.yes || try == tokenTries {
			return usagef("there is no right %s for %s: %s", what, key, wrong)
		}
		if value, err = s.ask.secret("The " + what); err != nil {
			return err
		}
		name, typed = secretKeys[key], true
	}
	s.values[key] = "${" + name + "}"
	if !typed {
		return nil
	}
	file, err := filepath.Abs(filepath.Join(filepath.Dir(s.file), strings.ToLower(name)))
	if err != nil {
		return err
	}
	keep, err := s.ask.agree("Keep it in " + file + ", which only you can read?")
	if err != nil {
		return err
	}
	if keep {
		s.values[key], s.secrets[file] = "${file:"+file+"}", value
	} else {
		fmt.Fprintf(s.e.stdout, "  Then set %s before you start the bot.\n", name)
	}
	return nil
}

// wrongOf is what the first check that failed says.
func wrongOf(checks []bot.Check) string {
	for _, c := range checks {
		if !c.OK {
			return strings.TrimSpace(c.Says + ". " + c.Mend)
		}
	}
	return ""
}

func (s *setUp) askDiscord(ctx context.Context) error {
	if !s.onDiscord {
		return nil
	}
	const where = "Bot → Reset Token at https://discord.com/developers/applications"
	return s.token("discord.token", "bot token", where, func(value string) string {
		c := config{Discord: s.discord}
		c.Discord.Token = value
		if err := c.Discord.Check(); err != nil {
			return err.Error()
		}
		if s.noCheck {
			return ""
		}
		p, err := discordFrom(s.e, c)
		if err != nil {
			return err.Error()
		}
		ctx, cancel := context.WithTimeout(ctx, commandTimeout)
		defer cancel()
		checks := p.Doctor(ctx, "")
		if wrong := wrongOf(checks[:1]); wrong != "" {
			return wrong
		}
		fmt.Fprintln(s.e.stdout, "  The token "+checks[0].Says+".")
		s.discord.Token = value
		return ""
	})
}

func (s *setUp) askSlack(ctx context.Context) error {
	if !s.onSlack {
		return nil
	}
	if err := s.writeManifest(); err != nil {
		return err
	}
	app := func(value string) string {
		if !strings.HasPrefix(value, "xapp-") {
			return "That is no app token: it begins with xapp- and is under Basic Information → App-Level Tokens, " +
				"scope connections:write."
		}
		s.slack.AppToken = value
		return ""
	}
	err := s.token("slack.app_token", "app token", "Basic Information → App-Level Tokens, scope connections:write", app)
	if err != nil {
		return err
	}
	const where = "OAuth & Permissions → Bot User OAuth Token"
	return s.token("slack.bot_token", "bot token of Slack", where, func(value string) string {
		c := config{Slack: s.slack}
		c.Slack.BotToken = value
		if err := c.Slack.Check(); err != nil {
			return err.Error()
		}
		if s.noCheck {
			return ""
		}
		p, err := slackOf(s.e, c)
		if err != nil {
			return err.Error()
		}
		ctx, cancel := context.WithTimeout(ctx, commandTimeout)
		defer cancel()
		checks := p.Doctor(ctx)
		if wrong := wrongOf(checks); wrong != "" {
			return wrong
		}
		fmt.Fprintln(s.e.stdout, "  The token "+checks[0].Says+".")
		return ""
	})
}

// writeManifest writes what Slack makes the app of, which somebody without an app needs before there is a token.
func (s *setUp) writeManifest() error {
	file := filepath.Join(filepath.Dir(s.file), "slack-manifest.json")
	b := bot.New(bot.Options{Features: []bot.Feature{newGames(s.e, config{}, nil, nil)}})
	m, err := slack.Manifest(slack.Config{}, b.Commands(), "")
	if err != nil {
		return err
	}
	err = writePrivate(file, true, func(w io.Writer) error { _, err := fmt.Fprintln(w, string(m)); return err })
	if err == nil {
		fmt.Fprintf(s.e.stdout, "  The manifest of the Slack app is in %s: "+
			"paste it at https://api.slack.com/apps → Create New App → "+
			"From a manifest, and install the app.\n", file)
	}
	return err
}

func (s *setUp) askRest(context.Context) error {
	for try := 0; ; try++ {
		answer, err := s.ask.ask("The database: sqlite, sqlite:FILE, or postgres://user:${WHOWON_DB_PASSWORD}@host/database",
			orElse(s.database, "sqlite"))
		if err != nil {
			return err
		}
		wrong := literalSecret("store.url", answer)
		if answer != "sqlite" && !strings.HasPrefix(answer, "sqlite:") && !strings.HasPrefix(answer, "postgres") {
			wrong = "it begins with sqlite: or postgres://"
		}
		if wrong == "" {
			s.database = strings.TrimSuffix(answer, "sqlite")
			break
		}
		if s.yes || try == tokenTries {
			return usagef("the database's URL: %s", wrong)
		}
		fmt.Fprintln(s.e.stdout, "  "+wrong)
	}
	if _, ok := fieldsOf(reflect.TypeFor[config]())["web"]; !ok {
		return nil
	}
	on, err := s.ask.agree("Serve the browser, for this machine alone?")
	s.browser = "off"
	if on {
		s.browser = "127.0.0.1:8080"
	}
	return err
}
