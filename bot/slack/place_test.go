package slack_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/slack"
	"github.com/whowon-bot/whowon/bot/slack/slacktest"
	"github.com/whowon-bot/whowon/bot/slack/slacktest/check"
)

// channel is that of the tests, as the bot names it.
func channel() bot.Channel {
	return bot.Channel{Platform: "slack", ID: slacktest.DefaultTeam + "/" + general}
}

// TestThreads shows what is a consequence of a question below it, and in the channel when the question is gone.
func TestThreads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, silent)
		question, err := r.p.Send(t.Context(), bot.Target{Channel: channel()}, say("Which?"), "ask/1")
		if err != nil {
			t.Fatal(err)
		}
		for _, about := range []string{question.ID, "1700000000.000001"} {
			if _, err := r.p.Send(t.Context(), bot.Target{Channel: channel(), About: about}, say("A hint."), ""); err != nil {
				t.Fatal(err)
			}
		}
		shown := r.server.Messages("", general)
		if len(shown) != 3 || shown[0].Thread != "" || shown[1].Thread != question.ID || shown[2].Thread != "" {
			t.Errorf("shown: %+v", shown)
		}
		r.sound()
	})
}

// TestMentioned gives a mention behind a command as the user's ID, and one in a message as what it shows.
func TestMentioned(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, func(c *slack.Config, _ *slacktest.Options) { c.Connections = 1 }, silent)
		r.server.Deliver("slash_commands", []byte(`{"team_id":"`+slacktest.DefaultTeam+`","channel_id":"`+general+`","user_id":"U1",
			"user_name":"ada","command":"/trivia","text":"stats <@U0000000BOB|bob>","trigger_id":"1.2.3"}`), nil)
		r.server.Say(r.where, r.ada, "ask <@U0000000BOB|bob> in <#C1|films> or <https://example.org|there> <!here> <x")
		in := r.got()
		if in[0].Command.Args != "stats @U0000000BOB" {
			t.Errorf("the command is %q", in[0].Command.Args)
		}
		if want := "ask @bob in #films or there here <x"; in[1].Text != want {
			t.Errorf("the message is %q, not %q", in[1].Text, want)
		}
	})
}

// TestUsedUp falls back to a message that only who asked sees, when the address of the answer takes no more.
func TestUsedUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, func(context.Context, *slack.Platform, bot.Inbound) bot.View {
			time.Sleep(31 * time.Minute) // Slack takes answers for half an hour
			return secretly("late")
		})
		r.server.Slash(r.where, r.ada, "/trivia", "stats")
		wait(32 * time.Minute)
		shown := r.server.Messages("", general)
		if len(shown) != 1 || shown[0].For != r.ada.ID || check.Text(shown[0].Text, shown[0].Blocks) != "late" {
			t.Errorf("shown: %+v", shown)
		}
	})
}

// TestEvents drops an event that was here, also hours later, whatever ID its message has.
func TestEvents(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, silent)
		event := func(id, ts string) []byte {
			return []byte(`{"type":"event_callback","team_id":"` + slacktest.DefaultTeam + `","event_id":"` + id + `",
				"event":{"type":"message","channel":"` + general + `","user":"U1","text":"hi","ts":"` + ts + `"}}`)
		}
		r.server.Deliver("events_api", event("Ev1", "1795348800.000100"), nil)
		wait(20 * time.Hour)
		r.server.Deliver("events_api", event("Ev1", "1795348800.000200"), nil)
		r.server.Deliver("events_api", event("Ev2", "1795348800.000300"), nil)
		if in := r.got(); len(in) != 2 || in[1].ID != slacktest.DefaultTeam+"/"+general+"/1795348800.000300" {
			t.Errorf("delivered: %+v", in)
		}
	})
}

// TestRemoved has everything of a workspace deleted when the app is removed from it, and not when a token is made anew.
func TestRemoved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, silent)
		r.server.RevokeTokens("")
		wait(time.Second)
		if len(r.purged) != 0 {
			t.Fatalf("a new token deletes %v", r.purged)
		}
		r.server.Uninstall("", true)
		wait(time.Second)
		if len(r.purged) != 1 || r.purged[0] != (bot.Guild{Platform: "slack", ID: slacktest.DefaultTeam}) {
			t.Errorf("deleted: %v", r.purged)
		}
	})
}

// TestReadBack finds a message whose answer was lost, and does not show it twice.
func TestReadBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, silent)
		to, began := bot.Target{Channel: channel()}, time.Now()
		r.server.Slow("chat.postMessage", time.Minute) // it is shown, and nobody hears of it
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		if _, err := r.p.Send(ctx, to, say("Which?"), "ask/1"); err == nil {
			t.Fatal("the answer was not lost")
		}
		wait(2 * time.Minute)
		r.server.Slow("chat.postMessage", 0)
		if n := len(r.server.Messages("", general)); n != 1 {
			t.Fatalf("%d messages", n)
		}
		to.Tried = began
		first, err := r.p.Send(t.Context(), to, say("Which?"), "ask/1")
		if err != nil || first.ID != r.server.Messages("", general)[0].TS {
			t.Errorf("found %+v, %v", first, err)
		}
		below := bot.Target{Channel: channel(), About: first.ID}
		hint, err := r.p.Send(t.Context(), below, say("A hint."), "hint/1")
		if err != nil {
			t.Fatal(err)
		}
		below.Tried = time.Now()
		if again, err := r.p.Send(t.Context(), below, say("A hint."), "hint/1"); err != nil || again.ID != hint.ID {
			t.Errorf("the hint is %+v, then %+v, %v", hint, again, err)
		}
		if _, err := r.p.Send(t.Context(), to, say("Which other?"), "ask/2"); err != nil {
			t.Error(err)
		}
		if n := len(r.server.Messages("", general)); n != 3 {
			t.Errorf("%d messages", n)
		}
		r.sound()
	})
}
