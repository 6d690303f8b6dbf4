package slack_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/slack"
	"github.com/whowon-bot/whowon/bot/slack/slacktest"
	"github.com/whowon-bot/whowon/bot/slack/slacktest/check"
)

func silent(context.Context, *slack.Platform, bot.Inbound) bot.View { return bot.View{} }

// TestCommand sends a command through that takes a while: it is acknowledged before it is handled, and the answer
// follows to its address.
func TestCommand(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		handled := make(chan struct{})
		r := start(t, nil, func(context.Context, *slack.Platform, bot.Inbound) bot.View {
			<-handled
			return say("Anora")
		})
		i := r.server.Slash(r.where, r.ada, "/whowon", "best & <picture> 2025")
		wait(50 * time.Millisecond)
		select {
		case <-i.Done():
		default:
			t.Fatal("the command is not acknowledged before it is handled")
		}
		close(handled)
		in := r.got()[0]
		if *in.Command != (bot.Command{Name: "whowon", Args: "best & <picture> 2025"}) || in.From.ID != bot.UserID(r.ada.ID) ||
			in.Guild.ID != slacktest.DefaultTeam || in.To.Channel.ID != slacktest.DefaultTeam+"/"+general || in.Moderator {
			t.Errorf("it came as %+v, %+v", in, in.Command)
		}
		if m := i.Messages(); len(m) != 1 || m[0].For != "" || check.Text(m[0].Text, m[0].Blocks) != "Anora" || i.Answer() != nil {
			t.Errorf("shown: %+v, %s", m, i.Answer())
		}
		r.sound()
	})
}

// TestQuickAnswer is the acknowledgement: Slack is asked for nothing more. What is said besides goes to the address.
func TestQuickAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, func(ctx context.Context, p *slack.Platform, in bot.Inbound) bot.View {
			if in.Command.Name == "trivia" {
				if _, err := p.Send(ctx, in.To, secretly("first"), ""); err != nil {
					t.Error(err)
				}
			}
			return say("Anora")
		})
		i := r.server.Slash(r.where, r.ada, "/whowon", "best picture 2025")
		wait(time.Second)
		if m := i.Messages(); len(m) != 1 || check.Text(m[0].Text, m[0].Blocks) != "Anora" || count(r.server, "response_url") != 0 {
			t.Errorf("shown: %+v", m)
		}
		i = r.server.Slash(r.where, r.ada, "/trivia", "quick")
		wait(time.Second)
		m := i.Messages()
		if len(m) != 2 || m[0].For+m[1].For != r.ada.ID || count(r.server, "response_url") != 1 {
			t.Errorf("shown: %+v", m)
		}
		r.sound()
	})
}

// TestWhoAsks finds out who is a moderator, and what people are called, once somebody wants to know.
func TestWhoAsks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var known []bot.Inbound
		r := start(t, func(c *slack.Config, _ *slacktest.Options) { c.Moderators = []string{"U0000000BOB"} },
			func(ctx context.Context, _ *slack.Platform, in bot.Inbound) bot.View {
				known = append(known, in.Known(ctx))
				return bot.View{}
			})
		eve := r.server.User("eve")
		eve.Admin, eve.RealName = true, "Eve <!channel>"
		for _, u := range []slacktest.User{r.ada, eve, r.server.User("bob"), eve} {
			r.server.Say(r.where, u, "hello")
			wait(time.Second)
		}
		if len(known) != 4 || known[0].Moderator || !known[1].Moderator || !known[2].Moderator || known[1].From.Name != "Eve <!channel>" {
			t.Errorf("known: %+v", known)
		}
		if n := count(r.server, "users.info"); n != 3 {
			t.Errorf("Slack was asked %d times for three people", n)
		}
	})
}

func count(s *slacktest.Server, method string) int {
	n := 0
	for _, q := range s.Requests() {
		if q.Method == method {
			n++
		}
	}
	return n
}

// TestMessages says who is heard: whom the bot is meant by, and where it reads along everybody who is no bot.
func TestMessages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, func(c *slack.Config, _ *slacktest.Options) { c.Connections = 1 }, silent) // the order is kept
		r.server.Say(r.where, r.ada, "Anora &amp; co")
		said := r.server.Say(r.where, r.ada, "<@"+r.server.BotUser("")+"> best picture 2025")
		r.server.Say(slacktest.Where{Channel: general, Thread: said.TS}, r.ada, "in a thread")
		r.server.Say(slacktest.Where{Channel: r.server.DM(r.ada)}, r.ada, "directly")
		r.server.SayAsBot(r.where, "other", "I am a bot")
		r.server.EditMessage(said, "changed")
		r.server.Redeliver(said)
		r.server.DeleteMessage(said)
		type heard struct {
			text   string
			direct bool
			reply  bool // below something
		}
		var got []heard
		for _, in := range r.got() {
			got = append(got, heard{in.Text, in.Direct, in.To.Reply != "m/"})
		}
		// Slack tells of a mention twice. The bot takes the second for the first by its ID.
		want := []heard{{"Anora & co", false, true}, {"best picture 2025", true, true}, {"best picture 2025", true, true},
			{"in a thread", false, true}, {"directly", true, false}}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("heard %+v\nwant  %+v", got, want)
		}
	})
}

// TestInput asks for a text when a button is pressed, and hands it on as a press of the message it is on.
func TestInput(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, func(_ context.Context, _ *slack.Platform, in bot.Inbound) bot.View {
			if in.Press != nil {
				return secretly("Not that.")
			}
			return bot.View{Lead: bot.L("Which?"), Footer: []bot.Line{bot.L("Now")}, Buttons: []bot.Button{
				{State: "t/say/1", Label: "Answer", Asks: true}}}
		})
		i := r.server.Slash(r.where, r.ada, "/trivia", "quick")
		wait(time.Second)
		r.server.Press(i.Messages()[0], r.ada, "i:t/say/1")
		wait(time.Second)
		modal, ok := r.server.Modal(r.ada)
		if !ok {
			t.Fatal("no modal is open")
		}
		filled := r.server.Submit(modal, r.ada, map[string]string{"text": "Anora"})
		in := r.got()
		last := in[len(in)-1]
		if last.Press == nil || last.Press.State != "t/say/1" || last.Press.Text != "Anora" || last.Press.Message.ID != i.Messages()[0].TS {
			t.Errorf("it came as %+v %+v", last, last.Press)
		}
		if string(filled.Answer()) != "" {
			t.Errorf("the modal stays: %s", filled.Answer())
		}
		shown := r.server.Messages("", general)
		if m := shown[len(shown)-1]; m.For != r.ada.ID || check.Text(m.Text, m.Blocks) != "Not that." {
			t.Errorf("shown: %+v", m)
		}
		r.sound()
	})
}

// TestForm fills a command in, with what is proposed while one types.
func TestForm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, func(_ context.Context, _ *slack.Platform, in bot.Inbound) bot.View { return say(in.Command.Args) })
		r.server.Slash(r.where, r.ada, "/trivia", "form")
		wait(time.Second)
		modal, ok := r.server.Modal(r.ada)
		if !ok {
			t.Fatal("no form is open")
		}
		s := r.server.Suggest(modal, r.ada, "s:trivia start:category", "osc")
		wait(time.Second)
		if o := s.Options(); len(o) != 3 || o[0].Value != "osc!" || o[2].Value != "osc" || len(o[1].Text) > 75+len("…") {
			t.Errorf("proposed: %+v", o)
		}
		r.server.Submit(modal, r.ada, map[string]string{"s:trivia start:category": "osc!", "difficulty": "hard", "questions": "5", "seconds": "20"})
		in := r.got()
		if c := in[len(in)-1].Command; c == nil || *c != (bot.Command{Name: "trivia", Args: "start osc! hard 5 20s"}) {
			t.Errorf("it came as %+v", c)
		}
		shown := r.server.Messages("", general)
		if len(shown) != 1 || check.Text(shown[0].Text, shown[0].Blocks) != "start osc! hard 5 20s" {
			t.Errorf("shown: %+v", shown)
		}
		r.sound()
	})
}

// TestShortcuts asks from anywhere: the answer is in the modal, or goes to the channel that was chosen.
func TestShortcuts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, func(_ context.Context, _ *slack.Platform, in bot.Inbound) bot.View {
			if in.Command == nil {
				return bot.View{}
			}
			return say("re: " + in.Command.Args)
		})
		r.server.Shortcut(r.ada, "", "whowon_ask")
		wait(time.Second)
		modal, _ := r.server.Modal(r.ada)
		r.server.Suggest(modal, r.ada, "s:whowon:query", "best")
		wait(time.Second)
		r.server.Submit(modal, r.ada, map[string]string{"s:whowon:query": "best!"})
		wait(2 * time.Second)
		modal, ok := r.server.Modal(r.ada)
		if !ok || !strings.Contains(string(modal.Blocks), "re: best!") {
			t.Errorf("the modal shows %s", modal.Blocks)
		}
		r.server.CloseView(modal, r.ada)

		r.server.Shortcut(r.ada, "", "whowon_play")
		wait(time.Second)
		modal, _ = r.server.Modal(r.ada)
		r.server.Submit(modal, r.ada, map[string]string{"in_channel": general, "mode": "quick"})
		wait(time.Second)
		shown := r.server.Messages("", general)
		if len(shown) != 1 || check.Text(shown[0].Text, shown[0].Blocks) != "re: start quick" {
			t.Errorf("shown: %+v", shown)
		}
		said := r.server.Say(r.where, r.server.User("bob"), "who won best picture 2025?")
		i := r.server.MessageShortcut(said, r.ada, "whowon_message")
		wait(time.Second)
		if m := i.Messages(); len(m) != 1 || m[0].For != r.ada.ID || check.Text(m[0].Text, m[0].Blocks) != "re: who won best picture 2025?" {
			t.Errorf("shown: %+v", m)
		}
		r.sound()
	})
}

// TestHome shows a page of one's own; the settings are for admins.
func TestHome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, func(_ context.Context, _ *slack.Platform, in bot.Inbound) bot.View {
			return say("pressed " + in.Press.State)
		})
		boss := r.server.User("boss")
		boss.Admin = true
		for _, tt := range []struct {
			user     slacktest.User
			settings bool
		}{{r.ada, false}, {boss, true}} {
			r.server.OpenHome(tt.user)
			wait(3 * time.Second)
			home, ok := r.server.Home(tt.user)
			text := check.Text("", home.Blocks)
			if !ok || strings.Contains(text, "/settings") != tt.settings {
				t.Errorf("%s sees\n%s", tt.user.Name, text)
			}
			for _, part := range []string{"/fact", "/onthisday", "/trivia stats", "/leaderboard", "[Ask who won] [Play a round]", "for "} {
				if !strings.Contains(text, part) {
					t.Errorf("%s lacks %q:\n%s", tt.user.Name, part, text)
				}
			}
		}
		home, _ := r.server.Home(r.ada)
		r.server.PressView(home, r.ada, "f:whowon")
		wait(time.Second)
		if modal, ok := r.server.Modal(r.ada); !ok || !strings.Contains(string(modal.Blocks), "s:whowon:query") {
			t.Error("the form of a question is not open")
		}
		r.sound()
	})
}

// TestMends names what to do when a message cannot be shown.
func TestMends(t *testing.T) {
	for code, mend := range map[string]string{"not_in_channel": "/invite", "is_archived": "archived", "missing_scope": "lacks a scope",
		"restricted_action": "Only some may post", "token_revoked": "install the app again"} {
		t.Run(code, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := start(t, nil, silent)
				r.server.Fail("chat.postMessage", 1, code)
				_, err := r.p.Send(t.Context(), bot.Target{Channel: bot.Channel{Platform: "slack", ID: slacktest.DefaultTeam + "/" + general}},
					say("x"), "")
				f, ok := err.(*bot.Forbidden) //nolint:errorlint // as it is returned
				if !ok || !strings.Contains(f.Mend, mend) {
					t.Errorf("%s: %v", code, err)
				}
			})
		})
	}
}

// TestRateLimit waits as long as Slack wants, and shows everything once.
func TestRateLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, silent)
		r.server.FailHTTP("chat.postMessage", 2, 429, 3*time.Second)
		before := time.Now()
		for n := range 5 {
			if _, err := r.p.Send(t.Context(), bot.Target{Channel: bot.Channel{Platform: "slack", ID: slacktest.DefaultTeam + "/" + general}},
				say(fmt.Sprint(n)), ""); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(before); took < 6*time.Second || took > 20*time.Second || len(r.server.Messages("", general)) != 5 {
			t.Errorf("%d messages after %v", len(r.server.Messages("", general)), took)
		}
	})
}

// TestPatienceEnds tells who waits when Slack wants to hear nothing for long.
func TestPatienceEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, silent)
		r.server.FailHTTP("chat.postMessage", 1, 429, 10*time.Minute)
		_, err := r.p.Send(t.Context(), bot.Target{Channel: channel()}, say("x"), "")
		f, ok := err.(*bot.Forbidden) //nolint:errorlint // as it is returned
		if !ok || !strings.Contains(f.Mend, "Try again in a minute") {
			t.Errorf("told: %v", err)
		}
	})
}

// TestPages turns the pages of a view that is longer than a message.
func TestPages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		long := bot.View{Title: bot.L("All"), Again: "c/whowon all"}
		text := &bot.Text{}
		for n := range 300 {
			text.Lines = append(text.Lines, bot.L(fmt.Sprintf("line %d %s", n, strings.Repeat("word ", 10))))
		}
		long.Blocks = []bot.Block{text}
		r := start(t, nil, func(_ context.Context, _ *slack.Platform, in bot.Inbound) bot.View {
			v := long
			v.Private = in.Press != nil
			return v
		})
		i := r.server.Slash(r.where, r.ada, "/whowon", "all")
		wait(time.Second)
		m := i.Messages()[0]
		for page := 1; ; page++ {
			more := fmt.Sprintf("p%d:c/whowon all", page)
			if !strings.Contains(string(m.Blocks), more) {
				if page < 3 || !strings.Contains(string(m.Blocks), "line 299") {
					t.Errorf("the last page is %d: %s", page, m.Text)
				}
				break
			}
			r.server.Press(m, r.ada, more)
			wait(time.Second)
			all := r.server.Messages("", general)
			m = all[len(all)-1]
			if m.For != r.ada.ID {
				t.Fatalf("page %d is for all", page)
			}
		}
		private := 0
		for _, m := range r.server.Messages("", general) {
			if m.For != "" && !m.Deleted {
				private++
			}
		}
		if private != 1 {
			t.Errorf("%d private messages pile up", private)
		}
		r.sound()
	})
}

// TestUnreadable drops what is of no known form, and goes on.
func TestUnreadable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, func(context.Context, *slack.Platform, bot.Inbound) bot.View { return say("still here") })
		for _, kind := range []string{"slash_commands", "interactive", "events_api", "something_new"} {
			for _, payload := range []string{`{}`, `[]`, `"x"`, `{"type":1}`, `{"type":"block_actions","actions":[{}]}`, `{"event":{"type":"message","user":{}}}`,
				`{"type":"view_submission","view":{"private_metadata":"{"}}`, `{"type":"message_action","callback_id":"whowon_message","team":{"id":"T"},"user":{"id":"U"},"trigger_id":"1"}`} {
				r.server.Deliver(kind, json.RawMessage(payload), nil)
			}
		}
		wait(time.Second)
		i := r.server.Slash(r.where, r.ada, "/help", "")
		wait(time.Second)
		if len(i.Messages()) != 1 {
			t.Errorf("shown: %+v", i.Messages())
		}
		if log := r.log.String(); strings.Contains(log, "handler failed") {
			t.Error(log)
		}
	})
}
