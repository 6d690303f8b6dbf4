package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/whowon-bot/whowon/bot/discord/discordtest"
	"github.com/whowon-bot/whowon/bot/slack/slacktest"
	"github.com/whowon-bot/whowon/bot/slack/slacktest/check"
)

// said is in everything that people write in these tests, and in the names of all that they have made.
const said = "canary"

// saidPack is a pack whose name, questions and answers are somebody's words.
const saidPack = `name: canary pack
questions:
  - text: What sings the canary?
    answers: [canary song]
  - text: Where lives the canary?
    answers: [canary cage]
`

// runLogged runs the program with everything logged, and what more the configuration has. It gives the log, and what ends the
// program.
func runLogged(t *testing.T, config string) (log *lines, end func()) {
	t.Helper()
	dir := t.TempDir()
	packs := filepath.Join(dir, "packs")
	file := filepath.Join(dir, "whowon.yaml")
	config += "trivia:\n  packs_dir: " + packs + "\nstore:\n  url: sqlite:" + filepath.Join(dir, "whowon.db") +
		"\nadmin:\n  listen: off\nlog:\n  level: debug\n"
	err := os.Mkdir(packs, 0o700)
	if err == nil {
		err = os.WriteFile(filepath.Join(packs, "canary.yaml"), []byte(saidPack), 0o600)
	}
	if err == nil {
		err = os.WriteFile(file, []byte(config), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	log = &lines{}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"run", "--config", file}, env{strings.NewReader(""), io.Discard, log,
			func(string) (string, bool) { return "", false }})
	}()
	return log, func() {
		cancel()
		if code := <-ended; code != exitOK {
			t.Errorf("exit code %d: %s", code, log.String())
		}
	}
}

// saysNothing checks that no line of the log has what somebody wrote, that these lines are there at all, and that what is about
// a delivery says which, and where.
func saysNothing(t *testing.T, log string, has ...string) {
	t.Helper()
	for line := range strings.Lines(log) {
		if strings.Contains(strings.ToLower(line), said) {
			t.Errorf("the log quotes somebody: %s", line)
		}
		if strings.Contains(line, " id=") && !strings.Contains(line, " platform=") {
			t.Errorf("a line does not say on which platform: %s", line)
		}
	}
	for _, message := range has {
		if !strings.Contains(log, message) {
			t.Errorf("nothing is logged of %q, so the test shows little:\n%s", message, log)
		}
	}
}

// TestLogsQuoteNobodyOnDiscord plays with words and names that would be recognised, while Discord refuses now and then.
func TestLogsQuoteNobodyOnDiscord(t *testing.T) {
	s := discordtest.Start(t, discordtest.Options{})
	const general = "210000000000000001"
	s.AddGuild("200000000000000001", "canary guild", discordtest.Channel{ID: general, Name: "canary-channel"})
	log, end := runLogged(t, "discord:\n  token: "+inFile(t, s.Token())+"\n  api_url: "+s.API()+"\n  message_content: true\n")
	until(t, "the bot is connected", func() bool { return s.Live() == 1 })
	ada, where := s.User("canary ada"), discordtest.Where{Channel: general}
	query := discordtest.Option{Name: "query", Value: "canary best picture"}
	ask := s.Slash(where, ada, "whowon", query)
	until(t, "a question is answered", func() bool { return len(ask.Messages()) > 0 })
	until(t, "what comes twice is dropped", func() bool { // until it has been handled, the adapter knows that it is
		s.Redeliver(ask)
		return strings.Contains(log.String(), "dropped a second delivery")
	})
	s.Autocomplete(where, ada, "whowon", discordtest.Option{Name: "query", Value: "canary", Focused: true})
	s.Slash(where, ada, "trivia start", discordtest.Option{Name: "category", Value: "canary pack"})
	var question discordtest.Message
	until(t, "a question is asked", func() bool {
		for _, m := range s.ChannelMessages(general) {
			if len(discordtest.Buttons(m)) > 0 && strings.Contains(discordtest.Text(m), "the canary?") {
				question = m
			}
		}
		return question.ID != ""
	})
	s.Say(general, ada, "canary wrong", discordtest.SayOptions{})
	form := s.Press(question, ada, discordtest.Buttons(question)[0].CustomID)
	if err := form.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	var refused atomic.Int32
	s.Fault(func(r *http.Request) *discordtest.HTTPFault { // everything that is shown, for a while
		if r.Method == http.MethodGet || refused.Add(1) > 6 {
			return nil
		}
		return &discordtest.HTTPFault{Status: []int{400, 403, 500}[refused.Load()%3], Body: `{"code":50035,"message":"Invalid Form Body"}`}
	})
	s.Submit(form, "canary typed")
	s.Say(general, ada, "canary song", discordtest.SayOptions{})
	dm := s.DM(ada)
	for _, text := range []string{"canary in private", "/canarycommand canary", "/whowon canary", "/trivia canary"} {
		s.Say(dm, ada, text, discordtest.SayOptions{})
	}
	until(t, "Discord has refused enough", func() bool { return refused.Load() > 6 })
	last := s.Slash(where, ada, "whowon", query)
	until(t, "a question is answered", func() bool { return len(last.Messages()) > 0 })
	end()
	saysNothing(t, log.String(), "connected to the gateway", "dropped a second delivery", "answer not sent", "sent again")
}

// TestLogsQuoteNobodyOnSlack does the same on Slack.
func TestLogsQuoteNobodyOnSlack(t *testing.T) {
	s := slacktest.Start(t, slacktest.Options{Schemas: slackSchemas()})
	s.AddChannel(slacktest.Channel{ID: lobby, Name: "canary-lobby", Member: true})
	log, end := runLogged(t, "slack:\n  app_token: "+inFile(t, s.AppToken())+"\n  bot_token: "+inFile(t, s.Token(""))+"\n  api_url: "+s.API()+"\n")
	until(t, "the bot is connected", func() bool { return s.Connections() > 0 })
	ada, where := s.User("canary ada"), slacktest.Where{Channel: lobby}
	ask := acknowledged(t, s.Slash(where, ada, "/whowon", "canary best picture"))
	until(t, "a question is answered", func() bool { return len(ask.Messages()) > 0 })
	acknowledged(t, s.Slash(where, ada, "/trivia", "start canary pack"))
	question := questionOnSlack(t, s, 1)
	acknowledged(t, s.Press(question, ada, check.Buttons(question.Blocks)[0].ActionID))
	var form slacktest.View
	until(t, "a form is open", func() (ok bool) { form, ok = s.Modal(ada); return ok })
	acknowledged(t, s.Submit(form, ada, map[string]string{"text": "canary typed"}))
	s.Say(where, ada, "<@"+s.BotUser("")+"> canary mention")
	s.Slash(where, ada, "/trivia", "canary unknown")
	s.Slash(where, ada, "/trivia", "answer canary song")
	last := acknowledged(t, s.Slash(where, ada, "/whowon", "canary again"))
	until(t, "a question is answered", func() bool { return len(last.Messages()) > 0 })
	end()
	saysNothing(t, log.String(), "connected to slack")
}
