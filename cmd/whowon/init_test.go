package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/bot/discord/discordtest"
	"github.com/whowon-bot/whowon/bot/slack/slacktest"
)

// inits runs whowon init with answers, a line each, and gives what it says and the configuration's file.
func inits(t *testing.T, variables map[string]string, answers []string, args ...string) (code int, said, file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "my.yaml")
	var out, errs lines
	lookup := func(name string) (string, bool) { v, ok := variables[name]; return v, ok }
	code = run(t.Context(), append([]string{"init", file}, args...), env{strings.NewReader(strings.Join(answers, "\n") + "\n"), &out, &errs, lookup})
	return code, out.String() + errs.String(), file
}

func written(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(file); err == nil && runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%s has mode %v", file, info.Mode())
	}
	return string(b)
}

// TestInitOnDiscord types a token, wrong at first, and goes on with what was written.
func TestInitOnDiscord(t *testing.T) {
	s := discordtest.Start(t, discordtest.Options{})
	home := map[string]string{"HOME": t.TempDir()}
	code, said, file := inits(t, home, []string{"discrod", "discord", "", "wrong-canary", s.Token(), "", "postgres://u:canary@h/d", "", "", "", ""},
		"--discord-api", s.API())
	if code != exitOK {
		t.Fatalf("exit code %d: %s", code, said)
	}
	wants(t, "init", said, "Please answer with one of: discord, slack", "DISCORD_TOKEN is not set. You find the bot token under Bot → Reset Token",
		"the bot token is wrong", "Copy the token anew", "The token is that of", "the password must not stand in the configuration",
		"Register the commands on Discord now?", "+ /whowon added", "Written.", "client_id="+s.Application(), "Start the bot: whowon --config "+file)
	text := written(t, file)
	secret := filepath.Join(filepath.Dir(file), "discord_token")
	wants(t, "the configuration", text, "# The bot's token", `token: "${file:`+secret+`}"`, "store:")
	if strings.Contains(text+said, s.Token()) || strings.Contains(said, "canary") {
		t.Errorf("a secret is told: %s%s", text, said)
	}
	if written(t, secret) != s.Token()+"\n" {
		t.Error("the token is not in its file")
	}
	var out, errs lines
	lookup := func(name string) (string, bool) { v, ok := home[name]; return v, ok }
	if code := run(t.Context(), []string{"doctor", "--config", file}, env{strings.NewReader(""), &out, &errs, lookup}); code != exitOK {
		t.Errorf("the doctor finds: %s%s", out.String(), errs.String())
	}
}

func TestInitAsksNothing(t *testing.T) {
	d := discordtest.Start(t, discordtest.Options{})
	s := slacktest.Start(t, slacktest.Options{Schemas: slackSchemas()})
	tokens := map[string]string{"DISCORD_TOKEN": d.Token(), "SLACK_APP_TOKEN": s.AppToken(), "SLACK_BOT_TOKEN": s.Token("")}
	code, said, file := inits(t, tokens, nil, "--yes", "--discord", "--slack", "--database", "sqlite:x.db", "--discord-api", d.API(), "--slack-api", s.API())
	if code != exitOK {
		t.Fatalf("exit code %d: %s", code, said)
	}
	wants(t, "the configuration", written(t, file), `token: "${DISCORD_TOKEN}"`, `app_token: "${SLACK_APP_TOKEN}"`, `bot_token: "${SLACK_BOT_TOKEN}"`,
		`url: "sqlite:x.db"`)
	wants(t, "init", said, "+ /whowon added", "slack-manifest.json")
	wants(t, "the manifest", written(t, filepath.Join(filepath.Dir(file), "slack-manifest.json")), `"/whowon"`)
}

func TestInitWritesNothingHalf(t *testing.T) {
	s := discordtest.Start(t, discordtest.Options{})
	for name, tt := range map[string]struct {
		variables map[string]string
		answers   []string
		args      []string
		want      string
	}{
		"three wrong tokens": {nil, []string{"discord", "", "a", "b", "c"}, nil, "there is no right bot token for discord.token"},
		"answers end":        {nil, []string{"discord", "X", "a"}, nil, "the answers have ended"},
		"wrong token, --yes": {map[string]string{"DISCORD_TOKEN": "wrong-canary"}, nil, []string{"--yes", "--discord"}, "the bot token is wrong"},
		"no token, --yes":    {nil, nil, []string{"--yes", "--discord"}, "DISCORD_TOKEN is not set"},
		"wrong database":     {nil, nil, []string{"--yes", "--database", "mysql://x"}, "begins with sqlite: or postgres://"},
	} {
		t.Run(name, func(t *testing.T) {
			code, said, file := inits(t, tt.variables, tt.answers, append(tt.args, "--discord-api", s.API())...)
			wants(t, "init", said, tt.want)
			left, err := os.ReadDir(filepath.Dir(file))
			if code == exitOK || err != nil || len(left) > 0 || strings.Contains(said, "canary") {
				t.Errorf("exit code %d, left behind %v, %v: %s", code, left, err, said)
			}
		})
	}
}
