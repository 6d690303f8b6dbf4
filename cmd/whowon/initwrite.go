package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/whowon-bot/whowon/bot/discord"
)

// text is the configuration.
func (s *setUp) text() string {
	var b strings.Builder
	section := func(name string) { fmt.Fprintf(&b, "\n%s:\n", name) }
	value := func(key, value, comment string) {
		fmt.Fprintf(&b, "  # %s\n  %s: %s\n", comment, key, strconv.Quote(value))
	}
	b.WriteString("# Written by whowon init. config.example.yaml shows all that can be set.\n" +
		"# ${NAME} stands for an environment variable, ${file:PATH} for the first line of a file: secrets never stand here.\n")
	if s.onDiscord {
		section("discord")
		value("token", s.values["discord.token"], "The bot's token: Bot → Reset Token in the developer portal.")
		if s.discord.APIURL != "" {
			value("api_url", s.discord.APIURL, "Every request goes below this address.")
		}
	}
	if s.onSlack {
		section("slack")
		value("app_token", s.values["slack.app_token"], "For Socket Mode: Basic Information → App-Level Tokens.")
		value("bot_token", s.values["slack.bot_token"], "OAuth & Permissions → Bot User OAuth Token.")
		if s.slack.APIURL != "" {
			value("api_url", s.slack.APIURL, "Every request to the Web API goes below this address.")
		}
	}
	section("store")
	if s.database != "" {
		value("url", s.database, "Where rounds, points, settings and schedules are kept.")
	} else {
		b.WriteString("  # Where rounds, points, settings and schedules are kept; without it a file in ~/.local/state.\n" +
			"  # url: sqlite:whowon.db\n")
	}
	if s.browser != "" {
		section("web")
		value("listen", s.browser, "Where the browser is served; off is nowhere.")
	}
	return b.String()
}

// write writes the secrets, each into a file of its own, and then the configuration.
func (s *setUp) write(context.Context) error {
	for file, secret := range s.secrets {
		if err := writePrivate(file, true, func(w io.Writer) error { _, err := fmt.Fprintln(w, secret); return err }); err != nil {
			return err
		}
	}
	text := s.text()
	write := func(w io.Writer) error { _, err := io.WriteString(w, text); return err }
	if err := writePrivate(s.file, s.force, write); err != nil {
		return err
	}
	fmt.Fprintf(s.e.stdout, "Written: %s\n", s.file)
	return nil
}

// finish registers commands, prints links, and says what comes next.
func (s *setUp) finish(ctx context.Context) error {
	if s.discord.Token != "" && !s.noCheck {
		p, err := discordFrom(s.e, config{Discord: s.discord})
		if err != nil {
			return err
		}
		register, err := s.ask.agree("Register the commands on Discord now?")
		if err != nil {
			return fmt.Errorf("%s is written; go on with: whowon discord register --config %[1]s (%w)", s.file, err)
		}
		if register {
			if err := registerCommands(ctx, s.e.stdout, p, "", false); err != nil {
				return fmt.Errorf("%s is written; go on with: whowon discord register --config %[1]s (%w)", s.file, err)
			}
		}
		ctx, cancel := context.WithTimeout(ctx, commandTimeout)
		defer cancel()
		id, err := p.Application(ctx)
		if err != nil {
			return err
		}
		for _, l := range discord.Invites(id) {
			fmt.Fprintf(s.e.stdout, "For %s:\n  %s\n", l.For, l.URL)
		}
	}
	fmt.Fprintf(s.e.stdout, "\nStart the bot:\n  whowon --config %s\n", s.file)
	return nil
}
