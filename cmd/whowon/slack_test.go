package main

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot/discord/discordtest"
	"github.com/whowon-bot/whowon/bot/slack/slacktest"
	"github.com/whowon-bot/whowon/bot/slack/slacktest/check"
)

// lobby is a channel that the bot is in.
const lobby = "C0000000001"

// slackSchemas is a folder with Slack's published types, where there is one.
func slackSchemas() string {
	for _, dir := range []string{os.Getenv("WHOWON_SLACK_SCHEMAS"), "../../../shared/specs"} {
		if _, err := os.Stat(filepath.Join(dir, "slack-manifest.schema.json")); dir != "" && err == nil {
			return dir
		}
	}
	return ""
}

// onSlack starts a local Slack and writes a configuration for it; it gives a function that runs the program with that.
func onSlack(t *testing.T, o slacktest.Options, botToken, appToken, more string) (*slacktest.Server, program) {
	t.Helper()
	o.Schemas = slackSchemas()
	s := slacktest.Start(t, o)
	s.AddChannel(slacktest.Channel{ID: lobby, Name: "lobby", Member: true})
	if botToken == "" {
		botToken = s.Token("")
	}
	if appToken == "" {
		appToken = s.AppToken()
	}
	return s, configured(t, map[string]string{"BOT": botToken, "APP": appToken},
		"slack:\n  app_token: ${APP}\n  bot_token: ${BOT}\n  api_url: "+s.API()+"\n"+more)
}

// program runs whowon with a configuration.
type program func(ctx context.Context, args ...string) (code int, out, errs string)

func configured(t *testing.T, variables map[string]string, text string) program {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "whowon.yaml")
	if !strings.Contains(text, "store:\n") {
		text += "store:\n  url: sqlite:" + filepath.Join(dir, "whowon.db") + "\n"
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	lookup := func(name string) (string, bool) {
		if name == "HOME" {
			return dir, true
		}
		value, ok := variables[name]
		return value, ok
	}
	return func(ctx context.Context, args ...string) (int, string, string) {
		var out, errs lines
		ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
		defer cancel()
		code := run(ctx, append(args, "--config", file), env{strings.NewReader(""), &out, &errs, lookup})
		return code, out.String(), errs.String()
	}
}

// serving runs the bot during a function; it has to end well.
func (p program) serving(t *testing.T, connected, during func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan string, 1)
	go func() {
		code, _, errs := p(ctx, "run")
		ended <- strconv.Itoa(code) + " " + errs
	}()
	defer func() {
		t.Helper()
		cancel()
		if end := <-ended; !strings.HasPrefix(end, "0 ") {
			t.Errorf("the program ended with %s", end)
		}
	}()
	connected()
	during()
}

// TestSlackManifest prints manifests that Slack takes.
func TestSlackManifest(t *testing.T) {
	var schemas *check.Schemas
	if dir := slackSchemas(); dir != "" {
		var err error
		if schemas, err = check.Load(dir); err != nil {
			t.Fatal(err)
		}
	} else {
		t.Log("NOT TESTED: manifests against Slack's published types; set WHOWON_SLACK_SCHEMAS to the folder with them")
	}
	whowon := configured(t, nil, "")
	for _, tt := range []struct {
		args []string
		has  []string
		not  string
	}{
		{nil, []string{`"socket_mode_enabled": true`, `"/whowon"`, `"/trivia"`}, "request_url"},
		{[]string{"--http", "https://whowon.example.org/"}, []string{`"socket_mode_enabled": false`,
			`"request_url": "https://whowon.example.org/slack/events"`, `"url": "https://whowon.example.org/slack/commands"`,
			`"https://whowon.example.org/slack/oauth_redirect"`}, "org//"},
	} {
		code, out, errs := whowon(t.Context(), append([]string{"slack", "manifest"}, tt.args...)...)
		if code != exitOK {
			t.Errorf("%v: exit code %d: %s", tt.args, code, errs)
		}
		wants(t, "the manifest", out, tt.has...)
		if strings.Contains(out, tt.not) {
			t.Errorf("the manifest has %q:\n%s", tt.not, out)
		}
		for _, wrong := range append(check.Manifest([]byte(out)), schemas.Manifest([]byte(out))...) {
			t.Errorf("%v: Slack refuses the manifest: %s", tt.args, wrong)
		}
	}
	if code, _, errs := whowon(t.Context(), "slack", "manifest", "--http", "http://whowon.example.org"); code != exitUsage {
		t.Errorf("an address that is not https: exit code %d: %s", code, errs)
	}
}

// TestSlackDoctor names what is wrong, and how to mend it.
func TestSlackDoctor(t *testing.T) {
	for _, tt := range []struct {
		name     string
		scopes   []string
		bot, app string
		spoil    func(*slacktest.Server)
		code     int
		says     []string
	}{
		{name: "all is well", says: []string{"ok slack bot token", "ok slack scopes are those needed", "ok slack Socket Mode"}},
		{name: "wrong token", bot: "xoxb-canary", code: exitFault,
			says: []string{"WRONG slack bot token invalid_auth", "→ Copy Bot User OAuth Token anew"}},
		{name: "missing scopes", scopes: []string{"commands", "chat:write"}, code: exitFault,
			says: []string{"WRONG slack scopes lack app_mentions:read, users:read", "→ Add them under OAuth & Permissions"}},
		{name: "wrong app token", app: "xapp-canary", code: exitFault, says: []string{"WRONG slack Socket Mode", "→ Make a token with the scope connections:write"}},
		{name: "Socket Mode is switched off", spoil: func(s *slacktest.Server) { s.RefuseConnections("access_denied", 100) }, code: exitFault,
			says: []string{"WRONG slack Socket Mode", "Socket Mode on"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, whowon := onSlack(t, slacktest.Options{App: slacktest.AppOptions{Scopes: tt.scopes}}, tt.bot, tt.app, "")
			if tt.spoil != nil {
				tt.spoil(s)
			}
			code, out, errs := whowon(t.Context(), "doctor")
			if code != tt.code || strings.Contains(out+errs, "canary") {
				t.Errorf("exit code %d: %s%s", code, out, errs)
			}
			wants(t, "doctor", out, tt.says...)
		})
	}
}

// TestSlackEndsWhereItCannotBeServed starts the bot with what no waiting mends: the program ends with a word on that.
func TestSlackEndsWhereItCannotBeServed(t *testing.T) {
	for name, tt := range map[string]struct{ bot, app, says string }{
		"wrong bot token": {"xoxb-canary", "", "the bot token is of no use: invalid_auth"},
		"wrong app token": {"", "xapp-canary", "connections:write"},
	} {
		t.Run(name, func(t *testing.T) {
			_, whowon := onSlack(t, slacktest.Options{}, tt.bot, tt.app, "")
			code, out, errs := whowon(t.Context(), "run")
			wants(t, "the error", errs, tt.says)
			if code != exitUsage || strings.Contains(out+errs, "canary") {
				t.Errorf("exit code %d: %s%s", code, out, errs)
			}
		})
	}
}

// TestSlackGoesOnAfterARestart asks the whole program over sockets, and ends it in the middle of a round: started again
// on its database, it goes on with that.
func TestSlackGoesOnAfterARestart(t *testing.T) {
	s, whowon := onSlack(t, slacktest.Options{}, "", "", "")
	ada := s.User("ada")
	connected := func() { until(t, "the bot is connected", func() bool { return s.Connections() > 0 }) }
	var question slacktest.Message
	whowon.serving(t, connected, func() {
		asksOnSlack(t, s, ada)
		playsInAModal(t, s, ada)
		question = roundOnSlack(t, s, ada)
	})
	until(t, "the connections are gone", func() bool { return s.Connections() == 0 })
	whowon.serving(t, connected, func() { answersOnSlack(t, s, question) })
	for _, fault := range s.Faults() {
		t.Errorf("Slack refuses: %.500s", fault)
	}
}

func textOnSlack(m slacktest.Message) string { return check.Text(m.Text, m.Blocks) }

func acknowledged(t *testing.T, i *slacktest.Interaction) *slacktest.Interaction {
	t.Helper()
	if err := i.Wait(t.Context()); err != nil {
		t.Fatalf("the user sees %v", err)
	}
	return i
}

// asksOnSlack asks a question, and for more.
func asksOnSlack(t *testing.T, s *slacktest.Server, ada slacktest.User) {
	t.Helper()
	i := acknowledged(t, s.Slash(slacktest.Where{Channel: lobby}, ada, "/whowon", "best picture 2025"))
	until(t, "the question is answered", func() bool { return len(i.Messages()) > 0 })
	answer := i.Messages()[0]
	wants(t, "the answer", textOnSlack(answer), "Anora", "Source: DLu/oscar_data", "[All nominees]")
	more := acknowledged(t, s.Press(answer, ada, check.Buttons(answer.Blocks)[0].ActionID))
	until(t, "the nominees are shown", func() bool { return len(more.Messages()) > 0 })
	if more.Messages()[0].For != ada.ID {
		t.Errorf("everybody sees the nominees: %+v", more.Messages())
	}
	wants(t, "the nominees", textOnSlack(more.Messages()[0]), "★ Anora", "The Brutalist")
}

// playsInAModal begins a round in a form, answers it in another one, and stops it.
func playsInAModal(t *testing.T, s *slacktest.Server, ada slacktest.User) {
	t.Helper()
	modal := func() (v slacktest.View) {
		until(t, "a form is open", func() (ok bool) { v, ok = s.Modal(ada); return ok })
		return v
	}
	before := len(s.Messages("", lobby))
	acknowledged(t, s.Slash(slacktest.Where{Channel: lobby}, ada, "/trivia", "form"))
	form := modal()
	var typed *slacktest.Interaction
	until(t, "something is proposed", func() bool { // the first makes what categories are of, which may take more than 3 s
		typed = s.Suggest(form, ada, "s:trivia start:category", "oscars")
		return typed.Wait(t.Context()) == nil && len(typed.Options()) > 0
	})
	acknowledged(t, s.Submit(form, ada, map[string]string{"s:trivia start:category": typed.Options()[0].Value, "mode": "quick", "answers": "typed"}))
	question := questionOnSlack(t, s, before)
	wants(t, "the question", textOnSlack(question), "[Answer]")
	acknowledged(t, s.Press(question, ada, check.Buttons(question.Blocks)[0].ActionID))
	answer := modal()
	shown := len(s.Messages("", lobby))
	acknowledged(t, s.Submit(answer, ada, map[string]string{"text": "zzz"}))
	var verdict slacktest.Message
	until(t, "the answer is judged", func() bool { // the first one makes the judge
		for _, m := range s.Messages("", lobby)[shown:] {
			verdict = m
		}
		return verdict.TS != ""
	})
	if verdict.For != ada.ID {
		t.Errorf("everybody sees what was typed: %+v", verdict)
	}
	wants(t, "the verdict", textOnSlack(verdict), "Not that.")
	shown = len(s.Messages("", lobby))
	acknowledged(t, s.Slash(slacktest.Where{Channel: lobby}, ada, "/trivia", "stop"))
	until(t, "the round is over", func() bool { return len(s.Messages("", lobby)) > shown })
}

// questionOnSlack is the question that is asked after so many messages.
func questionOnSlack(t *testing.T, s *slacktest.Server, before int) (question slacktest.Message) {
	t.Helper()
	until(t, "a question is asked", func() bool {
		for _, m := range s.Messages("", lobby)[before:] {
			if m.For == "" && len(check.Buttons(m.Blocks)) > 0 {
				question = m
			}
		}
		return question.TS != ""
	})
	return question
}

// roundOnSlack begins a round that a press will end.
func roundOnSlack(t *testing.T, s *slacktest.Server, ada slacktest.User) slacktest.Message {
	t.Helper()
	before := len(s.Messages("", lobby))
	acknowledged(t, s.Slash(slacktest.Where{Channel: lobby}, ada, "/trivia", "race 1 300s"))
	return questionOnSlack(t, s, before)
}

// answersOnSlack presses the answers to a question, a user each, until one of them has won.
func answersOnSlack(t *testing.T, s *slacktest.Server, question slacktest.Message) {
	t.Helper()
	for n, b := range check.Buttons(question.Blocks) {
		if strings.HasPrefix(b.ActionID, "t/a/") {
			acknowledged(t, s.Press(question, s.User("player"+strconv.Itoa(n)), b.ActionID))
		}
	}
	until(t, "somebody has won", func() bool {
		for _, m := range s.Messages("", lobby) {
			if strings.Contains(textOnSlack(m), "Right: ") {
				return true
			}
		}
		return false
	})
}

// TestSlackAndDiscordSideBySide serves both with one program and one database.
func TestSlackAndDiscordSideBySide(t *testing.T) {
	d := discordtest.Start(t, discordtest.Options{})
	const channel = "210000000000000001"
	d.AddGuild("200000000000000001", "guild", discordtest.Channel{ID: channel, Name: "general"})
	s, whowon := onSlack(t, slacktest.Options{}, "", "", "discord:\n  token: "+inFile(t, d.Token())+"\n  api_url: "+d.API()+"\n")
	slackAda, discordAda, where := s.User("ada"), d.User("ada"), discordtest.Where{Channel: channel}
	whowon.serving(t, func() {
		until(t, "the bot is connected", func() bool { return s.Connections() > 0 && d.Live() == 1 })
	}, func() {
		asksOnSlack(t, s, slackAda)
		i := d.Slash(where, discordAda, "whowon", discordtest.Option{Name: "query", Value: "best picture 2025"})
		until(t, "the question is answered", func() bool { return len(i.Messages()) > 0 })
		wants(t, "the answer on Discord", discordtest.Text(i.Messages()[0]), "Winner: Anora")

		question := roundOnSlack(t, s, slackAda)
		before := len(d.ChannelMessages(channel))
		d.Slash(where, discordAda, "trivia start", discordtest.Option{Name: "mode", Value: "race"})
		var asked discordtest.Message
		until(t, "a question is asked", func() bool {
			for _, m := range d.ChannelMessages(channel)[before:] {
				if len(discordtest.Buttons(m)) > 0 {
					asked = m
				}
			}
			return asked.ID != ""
		})
		answersOnSlack(t, s, question)
		for n, b := range discordtest.Buttons(asked) {
			if strings.HasPrefix(b.CustomID, "t/a/") {
				d.Press(asked, d.User("player"+strconv.Itoa(n)), b.CustomID)
			}
		}
		until(t, "somebody has won", func() bool {
			for _, m := range d.ChannelMessages(channel) {
				if strings.Contains(discordtest.Text(m), "Right: ") {
					return true
				}
			}
			return false
		})
	})
	for _, fault := range append(s.Faults(), d.Faults()...) {
		t.Errorf("it is refused: %.500s", fault)
	}
}
