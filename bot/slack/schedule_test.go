package slack_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/bottest"
	"github.com/whowon-bot/whowon/bot/slack"
	"github.com/whowon-bot/whowon/bot/slack/slacktest"
	"github.com/whowon-bot/whowon/bot/slack/slacktest/check"
)

// scheduling is a command whose subs have different options, channels among them.
func scheduling() bot.CommandInfo {
	number := []bot.Option{{Name: "number", Help: "Which", Number: true, Min: 1, Max: 99}}
	return bot.CommandInfo{Name: "schedule", Args: "[what when]", Help: "Posts.", Moderators: true, Subs: []bot.CommandInfo{
		{Name: "list", Help: "All."},
		{Name: "anniversaries", Help: "Of the day.", Options: []bot.Option{
			{Name: "channel", Help: "This one when left out", Channel: true, Form: "in=%"},
			{Name: "days", Help: "When", Suggests: true, Form: "on=%"}}},
		{Name: "question", Help: "Of the day.", Options: []bot.Option{
			{Name: "category", Help: "What about", Suggests: true},
			{Name: "channel", Help: "This one when left out", Channel: true, Form: "in=%"}}},
		{Name: "delete", Help: "No more.", Options: number}}}
}

// commands are those of the program, with the one above in the place of its own.
func commands() []bot.CommandInfo {
	others := slices.DeleteFunc(bottest.Commands(), func(c bot.CommandInfo) bool { return c.Name == "schedule" })
	return append(others, scheduling())
}

// TestFormsOfSubs opens a form for each sub that has one, and the first of them for the command itself.
func TestFormsOfSubs(t *testing.T) {
	for _, tt := range []struct{ command, args, title, field string }{
		{"/schedule", "form", "/schedule anniversaries", "s:schedule anniversaries:days"},
		{"/schedule", "anniversaries form", "/schedule anniversaries", "s:schedule anniversaries:days"},
		{"/schedule", "question  form", "/schedule question", "s:schedule question:category"},
		{"/schedule", "delete form", "/schedule delete", `"number"`},
		{"/schedule", "list form", "", ""},
		{"/schedule", "nonsense form", "", ""},
		{"/trivia", "form", "/trivia start", "s:trivia start:category"},
		{"/trivia", "why form", "/trivia why", `"question"`},
		{"/trivia", "nonsense form", "", ""},
		{"/help", "form", "", ""},
	} {
		t.Run(tt.command+" "+tt.args, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := start(t, nil, silent)
				r.server.Slash(r.where, r.ada, tt.command, tt.args)
				handed := len(r.got())
				modal, open := r.server.Modal(r.ada)
				if open != (tt.title != "") || modal.Title != tt.title || !strings.Contains(string(modal.Blocks), tt.field) {
					t.Errorf("open %v: %q %s", open, modal.Title, modal.Blocks)
				}
				if open == (handed == 1) {
					t.Errorf("a form is open: %v; handed on: %d", open, handed)
				}
				r.sound()
			})
		})
	}
}

// TestChannelInAForm gives a channel that was chosen as the bot names it, the one that was looked at where none was. Values are
// proposed for the sub.
func TestChannelInAForm(t *testing.T) {
	const films, secret = "C0000000002", "G0000000003"
	for _, tt := range []struct {
		name    string
		entered map[string]string
		want    string
	}{
		{"chosen", map[string]string{"channel": films}, "in=" + slacktest.DefaultTeam + "/" + films},
		{"private", map[string]string{"channel": secret}, "in=" + slacktest.DefaultTeam + "/" + secret},
		{"left as it is", nil, "in=" + slacktest.DefaultTeam + "/" + general},
		{"left out", map[string]string{"channel": ""}, ""},
		{"proposed", map[string]string{"channel": films, "s:schedule anniversaries:days": "mon!"},
			"in=" + slacktest.DefaultTeam + "/" + films + " on=mon!"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := start(t, nil, silent)
				r.server.AddChannel(slacktest.Channel{ID: films, Name: "films", Member: true})
				r.server.AddChannel(slacktest.Channel{ID: secret, Name: "secret", Kind: slacktest.Private, Member: true})
				r.server.Slash(r.where, r.ada, "/schedule", "anniversaries form")
				wait(time.Second)
				modal, _ := r.server.Modal(r.ada)
				s := r.server.Suggest(modal, r.ada, "s:schedule anniversaries:days", "mon")
				wait(time.Second)
				if o := s.Options(); len(o) != 3 || o[0] != (slacktest.Option{Text: "schedule anniversaries days", Value: "mon!"}) {
					t.Errorf("proposed: %+v", o)
				}
				r.server.Submit(modal, r.ada, tt.entered)
				in := r.got()[0]
				want := strings.TrimSpace("anniversaries " + tt.want)
				if *in.Command != (bot.Command{Name: "schedule", Args: want}) || in.To.Channel != channel() {
					t.Errorf("it came as %+v to %+v", in.Command, in.To.Channel)
				}
				r.sound()
			})
		})
	}
	t.Run("no direct messages", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			r := start(t, nil, silent)
			r.server.Slash(slacktest.Where{Channel: r.server.DM(r.ada)}, r.ada, "/schedule", "question form")
			wait(time.Second)
			modal, _ := r.server.Modal(r.ada)
			r.server.Submit(modal, r.ada, nil)
			if in := r.got()[0]; in.Command.Args != "question" {
				t.Errorf("it came as %+v", in.Command)
			}
			if blocks := string(modal.Blocks); !strings.Contains(blocks, `"filter":{"exclude_bot_users":true,"include":["public","private"]}`) {
				t.Errorf("the field is %s", blocks)
			}
			r.sound()
		})
	})
}

// TestChannelFromHome needs a channel where none is known; the answer is in the form.
func TestChannelFromHome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, func(_ context.Context, _ *slack.Platform, in bot.Inbound) bot.View {
			return say("set: " + in.Command.Args)
		})
		boss := r.server.User("boss")
		boss.Admin = true
		r.server.OpenHome(boss)
		wait(3 * time.Second)
		home, _ := r.server.Home(boss)
		r.server.PressView(home, boss, "f:schedule question")
		wait(time.Second)
		modal, ok := r.server.Modal(boss)
		if !ok || strings.Contains(string(modal.Blocks), "in_channel") {
			t.Fatalf("open %v: %s", ok, modal.Blocks)
		}
		if !mandatory(t, modal.Blocks, "channel") || mandatory(t, modal.Blocks, "category") {
			t.Errorf("the channel can be left out: %s", modal.Blocks)
		}
		r.server.Submit(modal, boss, map[string]string{"channel": general})
		wait(2 * time.Second)
		modal, ok = r.server.Modal(boss)
		if !ok || !strings.Contains(string(modal.Blocks), "set: question in="+channel().ID) {
			t.Errorf("the form shows %s", modal.Blocks)
		}
		r.sound()
	})
}

// mandatory reports whether a field of a form has to be filled in.
func mandatory(t *testing.T, blocks json.RawMessage, name string) bool {
	t.Helper()
	var list []struct {
		ID       string `json:"block_id"`
		Optional bool   `json:"optional"`
	}
	if err := json.Unmarshal(blocks, &list); err != nil {
		t.Fatal(err)
	}
	for _, b := range list {
		if b.ID == name {
			return !b.Optional
		}
	}
	t.Fatalf("there is no field %s: %s", name, blocks)
	return false
}

// TestTypedChannel gives a channel behind a command that takes one as the bot names it, and behind any other as it reads.
func TestTypedChannel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, func(c *slack.Config, _ *slacktest.Options) { c.Connections = 1 }, silent)
		for _, tt := range []struct{ command, text string }{{"/schedule", "question films in #general"}, {"/whowon", "best #general"}} {
			r.server.Slash(r.where, r.ada, tt.command, tt.text)
		}
		deliver := func(more, text string) {
			r.server.Deliver("slash_commands", fmt.Appendf(nil, `{"team_id":"%s","channel_id":"%s","user_id":"U1","user_name":"ada",
				"command":"/schedule","text":"%s","trigger_id":"1.%d"%s}`, slacktest.DefaultTeam, general, text, len(text), more), nil)
		}
		deliver("", "question <#G1|> <@U0000000BOB|bob> &lt;#C2|x&gt;")
		deliver(`,"enterprise_id":"E1","is_enterprise_install":"true"`, "question <#C1>")
		want := []string{"question films in " + channel().ID, "best #general",
			"question " + slacktest.DefaultTeam + "/G1 @U0000000BOB <#C2|x>", "question E1:" + slacktest.DefaultTeam + "/C1"}
		var got []string
		for _, in := range r.got() {
			got = append(got, in.Command.Args)
		}
		if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
			t.Errorf("heard %q\nwant  %q", got, want)
		}
	})
}

// TestSchedulesAtHome shows admins what is scheduled, with a button for each that can be. Others do not see it.
func TestSchedulesAtHome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, silent)
		boss := r.server.User("boss")
		boss.Admin = true
		for _, tt := range []struct {
			user slacktest.User
			sees bool
		}{{r.ada, false}, {boss, true}} {
			r.server.OpenHome(tt.user)
			wait(3 * time.Second)
			home, _ := r.server.Home(tt.user)
			text := check.Text("", home.Blocks)
			for _, part := range []string{"Scheduled posts\n", "/schedule list", "[Schedule anniversaries] [Schedule question]\n", "[Change a setting]"} {
				if strings.Contains(text, part) != tt.sees {
					t.Errorf("%s sees %q: %v\n%s", tt.user.Name, part, !tt.sees, text)
				}
			}
			if strings.Contains(text, "[Schedule delete]") {
				t.Errorf("too much can be scheduled:\n%s", text)
			}
		}
		r.sound()
	})
}

// TestHomeHasRoom keeps within what a page may hold, with the buttons at its end.
func TestHomeHasRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, silent)
		r.looker.below = 60
		boss := r.server.User("boss")
		boss.Admin = true
		r.server.OpenHome(boss)
		wait(3 * time.Second)
		home, _ := r.server.Home(boss)
		var blocks []json.RawMessage
		_ = json.Unmarshal(home.Blocks, &blocks)
		text := check.Text("", home.Blocks)
		for _, part := range []string{"Did you know?", "On this day", "You\n", "Leaderboard", "Scheduled posts", "[Schedule question]",
			"Settings", "[Change a setting]"} {
			if !strings.Contains(text, part) {
				t.Errorf("%q is cut off:\n%s", part, text)
			}
		}
		if len(blocks) < 80 || len(blocks) > 100 {
			t.Errorf("%d blocks", len(blocks))
		}
		r.sound()
	})
}
