package main

import (
	"context"
	"flag"
	"fmt"
	"strings"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/slack"
)

var slackManifest = command{
	name:  "slack manifest",
	short: "print the manifest that Slack makes the app of",
	long: `Prints the app manifest: paste it at https://api.slack.com/apps → Create New App → From a
manifest. It asks for the fewest scopes that the bot needs; reading what is typed in direct
messages is optional, and in channels only asked for with slack.typed_answers.

With --socket, the default, Slack is reached by connections that the bot makes. With --http
Slack sends requests to that public address.`,
	examples: []string{"whowon slack manifest > manifest.json", "whowon slack manifest --http https://whowon.example.org"},
	setup: func(fs *flag.FlagSet) runner {
		file := fs.String("config", "", "configuration `FILE`")
		socket := fs.Bool("socket", false, "for Socket Mode, which needs no public address")
		http := fs.String("http", "", "for requests to the public address `URL`")
		return func(_ context.Context, e env, words []string) error {
			c, err := loadConfig(e, *file)
			switch {
			case err != nil:
				return err
			case len(words) > 0:
				return usagef("slack manifest takes no words; an address goes behind --http")
			case *socket && *http != "":
				return usagef("choose --socket or --http URL")
			case *http != "" && !strings.HasPrefix(*http, "https://"):
				return usagef("--http is %q; Slack sends requests to addresses that begin with https://", *http)
			}
			b := bot.New(bot.Options{Features: []bot.Feature{newGames(e, c, nil, nil)}})
			m, err := slack.Manifest(c.Slack, b.Commands(), *http)
			if err != nil {
				return err
			}
			fmt.Fprintln(e.stdout, string(m))
			return nil
		}
	},
}

// slackOf is the platform that a configuration describes, not connected.
func slackOf(e env, c config) (*slack.Platform, error) {
	log, err := c.Log.logger(e)
	if err != nil {
		return nil, err
	}
	g := newGames(e, c, log, nil)
	return newSlack(c.Slack, bot.New(bot.Options{Features: []bot.Feature{g}}), g, log)
}
