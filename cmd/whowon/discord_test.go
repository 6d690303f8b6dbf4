package main

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot/discord/discordtest"
)

// lines is written to by a program that runs, and read meanwhile.
type lines struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// onDiscord writes a configuration for a local Discord, and gives a function that runs the program with it.
func onDiscord(t *testing.T, s *discordtest.Server, token, more string) func(ctx context.Context, args ...string) (code int, out, errs string) {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "whowon.yaml")
	text := "discord:\n  token: ${TOKEN}\n  api_url: " + s.API() + "\n" + more + "store:\n  url: sqlite:" + filepath.Join(dir, "whowon.db") + "\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	lookup := func(name string) (string, bool) {
		return map[string]string{"TOKEN": token, "HOME": dir}[name], name == "TOKEN" || name == "HOME"
	}
	return func(ctx context.Context, args ...string) (int, string, string) {
		var out, errs lines
		ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
		defer cancel()
		code := run(ctx, append(args, "--config", file), env{strings.NewReader(""), &out, &errs, lookup})
		return code, out.String(), errs.String()
	}
}

func wants(t *testing.T, what, got string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(strings.Join(strings.Fields(got), " "), strings.Join(strings.Fields(part), " ")) {
			t.Errorf("%s lacks %q:\n%s", what, part, got)
		}
	}
}

// TestDiscordSetUp goes the way of a newcomer: register, doctor, invite.
func TestDiscordSetUp(t *testing.T) {
	s := discordtest.Start(t, discordtest.Options{OpenAPI: os.Getenv("WHOWON_DISCORD_OPENAPI")})
	s.AddGuild("200000000000000001", "guild", discordtest.Channel{ID: "210000000000000001", Name: "general"})
	whowon := onDiscord(t, s, s.Token(), "")

	code, out, _ := whowon(t.Context(), "doctor")
	wants(t, "doctor", out, "WRONG  discord commands", "/whowon would be added", "→ Run: whowon discord register")
	if code != exitFault {
		t.Errorf("doctor: exit code %d", code)
	}
	_, out, _ = whowon(t.Context(), "discord", "register", "--dry-run")
	wants(t, "register --dry-run", out, "+ /whowon added", "+ /trivia added", "Nothing was written.")
	code, out, errs := whowon(t.Context(), "discord", "register")
	wants(t, "register", out, "+ /whowon added", "Written.")
	if code != exitOK {
		t.Errorf("register: exit code %d: %s", code, errs)
	}
	_, out, _ = whowon(t.Context(), "discord", "register")
	wants(t, "register again", out, "  /whowon unchanged", "nothing to do")
	_, out, _ = whowon(t.Context(), "discord", "register", "--guild", "200000000000000001")
	wants(t, "register --guild", out, "+ /whowon added", "Written.")

	code, out, errs = whowon(t.Context(), "doctor", "--channel", "210000000000000001")
	wants(t, "doctor", out, "ok  configuration", "ok  facts", "ok  discord token", "ok  discord commands", "all that is needed")
	if code != exitOK {
		t.Errorf("doctor: exit code %d: %s%s", code, out, errs)
	}
	s.Permit("210000000000000001", discordtest.ViewChannel)
	code, out, _ = whowon(t.Context(), "doctor", "--channel", "210000000000000001")
	wants(t, "doctor", out, "lacks Send Messages, Read Message History", "→ Give them to the bot's role")
	if code != exitFault {
		t.Errorf("doctor: exit code %d", code)
	}
	s.SetApplication(discordtest.AppInfo{Name: "whowon", InteractionsEndpoint: "https://elsewhere.example/"})
	_, out, _ = whowon(t.Context(), "doctor")
	wants(t, "doctor", out, "go to https://elsewhere.example/", "→ Clear Interactions Endpoint URL")

	_, out, _ = whowon(t.Context(), "discord", "invite")
	wants(t, "invite", out, "client_id="+s.Application(), "permissions=274877975552", "integration_type=1")
	for _, fault := range s.Faults() {
		t.Errorf("Discord refuses: %.500s", fault)
	}
}

// TestDiscordEndsWhereItCannotBeServed starts the bot with what no waiting mends: the program ends with a word on that.
func TestDiscordEndsWhereItCannotBeServed(t *testing.T) {
	t.Run("wrong token", func(t *testing.T) {
		s := discordtest.Start(t, discordtest.Options{Token: "right"})
		code, _, errs := onDiscord(t, s, "wrong-canary", "")(t.Context(), "run")
		wants(t, "the error", errs, "the bot token is wrong")
		if code != exitUsage || strings.Contains(errs, "wrong-canary") {
			t.Errorf("exit code %d: %s", code, errs)
		}
	})
	t.Run("an intent that is not enabled", func(t *testing.T) {
		s := discordtest.Start(t, discordtest.Options{Gateway: discordtest.GatewayOptions{Disallowed: 1 << 15}})
		code, _, errs := onDiscord(t, s, s.Token(), "  message_content: true\n")(t.Context(), "run")
		wants(t, "the error", errs, "Message Content", "discord.message_content: false")
		if code != exitUsage || len(s.Identifies()) != 1 {
			t.Errorf("exit code %d after %d attempts: %s", code, len(s.Identifies()), errs)
		}
	})
}

// TestDiscordGoesOnAfterARestart asks the whole program over sockets, ends it, says something meanwhile, and starts it
// again on its database: the connection is resumed, and what was said is answered.
func TestDiscordGoesOnAfterARestart(t *testing.T) {
	s := discordtest.Start(t, discordtest.Options{})
	s.AddGuild("200000000000000001", "guild", discordtest.Channel{ID: "210000000000000001", Name: "general"})
	ada := s.User("ada")
	where := discordtest.Where{Channel: "210000000000000001"}
	program := onDiscord(t, s, s.Token(), "")
	serve := func(during func()) {
		t.Helper()
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan string, 1)
		go func() {
			code, _, errs := program(ctx, "run")
			ended <- strconv.Itoa(code) + " " + errs
		}()
		until(t, "the bot is connected", func() bool { return s.Live() == 1 })
		during()
		cancel()
		if end := <-ended; !strings.HasPrefix(end, "0 ") {
			t.Errorf("the program ended with %s", end)
		}
	}
	serve(func() {
		i := s.Slash(where, ada, "whowon", discordtest.Option{Name: "query", Value: "best picture 2025"})
		if err := i.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		until(t, "the question is answered", func() bool { return len(i.Messages()) > 0 })
		wants(t, "the answer", discordtest.Text(i.Messages()[0]), "Winner: Anora", "Source: DLu/oscar_data", "[All nominees]")
		more := s.Press(i.Messages()[0], ada, discordtest.Buttons(i.Messages()[0])[0].CustomID)
		until(t, "the nominees are shown", func() bool { return len(more.Messages()) > 0 })
		if more.Messages()[0].For != ada.ID {
			t.Errorf("everybody sees the nominees: %+v", more.Messages())
		}
		wants(t, "the nominees", discordtest.Text(more.Messages()[0]), "★ Anora", "The Brutalist")
		playsByForm(t, s, where, ada)
	})
	serve(func() { // a new server is greeted, and one press asks the first question
		lobby := "220000000000000001"
		s.JoinGuild("220000000000000000", "new", discordtest.Channel{ID: lobby, Name: "lobby", System: true})
		until(t, "the server is greeted", func() bool { return len(s.ChannelMessages(lobby)) == 1 })
		hello := s.ChannelMessages(lobby)[0]
		wants(t, "the greeting", discordtest.Text(hello), "Hello!", "/whowon", "/trivia", "[Ask us a question]")
		s.Press(hello, ada, discordtest.Buttons(hello)[0].CustomID)
		until(t, "a question is asked", func() bool { return len(s.ChannelMessages(lobby)) == 2 })
		wants(t, "the question", discordtest.Text(s.ChannelMessages(lobby)[1]), "Choose A", "[A")
	})
	dm := s.DM(ada)
	s.Say(dm, ada, "palme d'or 2019", discordtest.SayOptions{})
	serve(func() {
		until(t, "what was said is answered", func() bool { return len(s.ChannelMessages(dm)) == 2 })
		wants(t, "the answer", discordtest.Text(s.ChannelMessages(dm)[1]), "Winner: Parasite")
	})
	if len(s.Identifies()) != 1 || s.Resumes() != 2 {
		t.Errorf("%d new sessions and %d resumed ones", len(s.Identifies()), s.Resumes())
	}
	for _, fault := range s.Faults() {
		t.Errorf("Discord refuses: %.500s", fault)
	}
}

// playsByForm answers a typed question in the form behind its button.
func playsByForm(t *testing.T, s *discordtest.Server, where discordtest.Where, ada discordtest.User) {
	t.Helper()
	before := len(s.ChannelMessages(where.Channel))
	s.Slash(where, ada, "trivia start", discordtest.Option{Name: "category", Value: "oscars"},
		discordtest.Option{Name: "mode", Value: "quick"}, discordtest.Option{Name: "answers", Value: "typed"})
	var question discordtest.Message
	until(t, "a question is asked", func() bool {
		for _, m := range s.ChannelMessages(where.Channel)[before:] {
			if len(discordtest.Buttons(m)) > 0 {
				question = m
			}
		}
		return question.ID != ""
	})
	wants(t, "the question", discordtest.Text(question), "Press Answer, or reply to this message.", "[Answer]")
	form := s.Press(question, ada, discordtest.Buttons(question)[0].CustomID)
	if err := form.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	filled := s.Submit(form, "zzz")
	until(t, "the form is answered", func() bool { return len(filled.Messages()) > 0 }) // the first answer makes the judge
	if filled.Messages()[0].For != ada.ID {
		t.Errorf("everybody sees what was typed: %+v", filled.Messages())
	}
	wants(t, "the verdict", discordtest.Text(filled.Messages()[0]), "Not that.")
	stop := s.Slash(where, ada, "trivia stop")
	if err := stop.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for range 12_000 {
		if ok() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("it never came to this: %s", what)
}
