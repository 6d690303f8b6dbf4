package discord_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/discord"
	"github.com/whowon-bot/whowon/bot/discord/discordtest"
)

// echo answers with what arrived.
func echo(_ context.Context, _ *discord.Platform, in bot.Inbound) bot.View {
	switch {
	case in.Command != nil:
		return say(strings.TrimSpace("/" + in.Command.Name + " " + in.Command.Args))
	case in.Press != nil:
		return secretly("pressed " + in.Press.State + " " + in.Press.Text)
	case in.Joined:
		return say("hello")
	}
	return say("said " + in.Text)
}

func texts(ms []discordtest.Message) string {
	var out []string
	for _, m := range ms {
		text := strings.ReplaceAll(strings.TrimSpace(discordtest.Text(m)), "\n", " / ")
		if m.For != "" {
			text = "(private) " + text
		}
		out = append(out, text)
	}
	return strings.Join(out, " | ")
}

func TestACommandIsAnswered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, echo)
		i := r.server.Slash(r.where, r.ada, "whowon", discordtest.Option{Name: "query", Value: "best picture 2025"})
		in := r.got()[0]
		if got := texts(i.Messages()); got != "/whowon best picture 2025" {
			t.Errorf("ada sees %q", got)
		}
		if resp, _ := i.Response(); resp.Type != discordtest.ResponseMessage {
			t.Errorf("the first response is of type %d", resp.Type)
		}
		if in.From.ID != bot.UserID(r.ada.ID) || in.From.Name != "ada" || in.Guild.ID != guildID || in.Moderator || in.CannotPost != "" {
			t.Errorf("it came as %+v", in)
		}
		if d := in.At.Sub(i.At.Truncate(time.Millisecond)); d != 0 {
			t.Errorf("it is dated %v off", d)
		}
		r.sound()
	})
}

// TestASlowAnswer takes longer than Discord waits: an answer is announced, and comes in its place, also to others than was
// announced.
func TestASlowAnswer(t *testing.T) {
	for _, tt := range []struct {
		name      string
		command   string
		view      bot.View
		want      string
		responses int
	}{
		{"for all", "whowon", say("at last"), "at last", discordtest.ResponseDeferred},
		{"for one", "privacy", secretly("at last"), "(private) at last", discordtest.ResponseDeferred},
		{"announced for all, and for one", "whowon", secretly("at last"), "(private) at last", discordtest.ResponseDeferred},
		{"announced for one, and for all", "privacy", say("at last"), "at last", discordtest.ResponseDeferred},
		{"nothing", "whowon", bot.View{}, "", discordtest.ResponseDeferred},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := start(t, nil, func(context.Context, *discord.Platform, bot.Inbound) bot.View {
					time.Sleep(10 * time.Second)
					return tt.view
				})
				i := r.server.Slash(r.where, r.ada, tt.command)
				wait(2900 * time.Millisecond)
				if resp, ok := i.Response(); !ok || resp.Type != tt.responses || resp.At.Sub(i.At) > 2500*time.Millisecond {
					t.Errorf("after 2.9 s: %+v, %v", resp, ok)
				}
				wait(20 * time.Second)
				if got := texts(i.Messages()); got != tt.want {
					t.Errorf("ada sees %q, want %q", got, tt.want)
				}
				r.sound()
			})
		})
	}
}

func TestNothingToSayLeavesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, func(_ context.Context, p *discord.Platform, in bot.Inbound) bot.View {
			if in.Press == nil {
				_, _ = p.Send(context.Background(), bot.Target{Channel: in.To.Channel}, bot.View{Lead: bot.L("a question"),
					Buttons: []bot.Button{{State: "t/a/1", Label: "A"}}}, "ask/1")
			}
			return bot.View{}
		})
		i := r.server.Slash(r.where, r.ada, "trivia start")
		wait(time.Second)
		if got := texts(i.Messages()); got != "" {
			t.Errorf("the command leaves %q", got)
		}
		posted := r.server.ChannelMessages(channelIDs[""])
		if got := texts(posted); got != "a question / [A]" {
			t.Fatalf("the channel shows %q", got)
		}
		press := r.server.Press(posted[0], r.ada, "t/a/1")
		synctest.Wait()
		if resp, ok := press.Response(); !ok || resp.Type != discordtest.ResponseDeferredUpdate {
			t.Errorf("a press without an answer: %+v, %v", resp, ok)
		}
		r.sound()
	})
}

// TestAPressIsAcknowledgedBeforeTheMessageChanges edits the message that is pressed before there is an answer to the press.
func TestAPressIsAcknowledgedBeforeTheMessageChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, func(ctx context.Context, p *discord.Platform, in bot.Inbound) bot.View {
			if in.Press == nil {
				return bot.View{Lead: bot.L("q"), Buttons: []bot.Button{{State: "t/a", Label: "A"}}}
			}
			if err := p.Edit(ctx, in.Press.Message, say("over")); err != nil {
				t.Errorf("Edit: %v", err)
			}
			return secretly("You picked A.")
		})
		i := r.server.Slash(r.where, r.ada, "trivia start")
		synctest.Wait()
		r.server.Reset()
		press := r.server.Press(i.Messages()[0], r.ada, "t/a")
		synctest.Wait()
		var paths []string
		for _, req := range r.server.Requests() {
			paths = append(paths, req.Method)
		}
		if got := strings.Join(paths, " "); got != "POST PATCH POST" {
			t.Errorf("the requests are %s", got)
		}
		if got := texts(press.Messages()); got != "(private) You picked A." {
			t.Errorf("ada sees %q", got)
		}
		if got := texts(r.server.ChannelMessages(channelIDs[""])); !strings.Contains(got, "over") {
			t.Errorf("the channel shows %q", got)
		}
		r.sound()
	})
}

func TestAForm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, func(ctx context.Context, p *discord.Platform, in bot.Inbound) bot.View {
			if in.Press != nil {
				return echo(ctx, p, in)
			}
			return bot.View{Lead: bot.L("Who?"), Buttons: []bot.Button{{State: "t/say/r1/1", Label: "Answer", Asks: true}}}
		})
		i := r.server.Slash(r.where, r.ada, "trivia start")
		synctest.Wait()
		press := r.server.Press(i.Messages()[0], r.ada, "i:t/say/r1/1")
		synctest.Wait()
		if resp, _ := press.Response(); resp.Type != discordtest.ResponseModal || !strings.Contains(string(resp.Data), `"title":"Answer"`) {
			t.Fatalf("the press opens %d %s", resp.Type, resp.Data)
		}
		filled := r.server.Submit(press, "sean <@1> baker")
		synctest.Wait()
		if got := texts(filled.Messages()); got != "(private) pressed t/say/r1/1 sean <@1> baker" {
			t.Errorf("ada sees %q", got)
		}
		if n := len(r.got()); n != 2 {
			t.Errorf("the bot was handed %d inputs, not command and text", n)
		}
		r.sound()
	})
}

// TestPages turns the pages of a long answer: of one that all see for who turns, of a private one in its place.
func TestPages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, func(_ context.Context, _ *discord.Platform, in bot.Inbound) bot.View {
			l := &bot.List{}
			for i := range 300 {
				l.Items = append(l.Items, bot.Item{Line: bot.L(fmt.Sprintf("line number %d", i))})
			}
			return bot.View{Title: bot.L("Long"), Blocks: []bot.Block{l}, Again: "c/whowon long", Private: in.Press != nil}
		})
		first := r.server.Slash(r.where, r.ada, "whowon")
		synctest.Wait()
		bob := r.server.User("bob")
		second := r.server.Press(first.Messages()[0], bob, "p1:c/whowon long")
		synctest.Wait()
		page := second.Messages()
		if len(page) != 1 || page[0].For != bob.ID || !strings.Contains(texts(page), "[Back]") {
			t.Fatalf("bob sees %q", texts(page))
		}
		third := r.server.Press(page[0], bob, "p0:c/whowon long")
		synctest.Wait()
		if resp, _ := third.Response(); resp.Type != discordtest.ResponseUpdate || !strings.Contains(string(resp.Data), "line number 0\\n") {
			t.Errorf("turning back is a response of type %d", resp.Type)
		}
		wait(20 * time.Minute) // the button outlives the interaction
		again := r.server.Press(first.Messages()[0], bob, "p1:c/whowon long")
		synctest.Wait()
		if len(again.Messages()) != 1 {
			t.Error("a button of 20 minutes ago does nothing")
		}
		r.sound()
	})
}

func TestSuggestions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, echo)
		i := r.server.Autocomplete(r.where, r.ada, "trivia start", discordtest.Option{Name: "category", Value: "osc", Focused: true})
		synctest.Wait()
		resp, ok := i.Response()
		if !ok || resp.Type != discordtest.ResponseChoices || !strings.Contains(string(resp.Data), `{"name":"trivia start category","value":"osc"}`) {
			t.Errorf("proposed: %d %s", resp.Type, resp.Data)
		}
		if n := len(r.got()); n != 0 {
			t.Errorf("typing reached the bot %d times", n)
		}
		r.sound()
	})
}

// TestMessages says things without the message content intent: what is meant for the bot has its content.
func TestMessages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, func(c *discord.Config) { c.MessageContent = false }, echo)
		app, ch := r.server.Application(), channelIDs[""]
		question, err := r.p.Send(t.Context(), bot.Target{Channel: bot.Channel{Platform: "discord", ID: ch}}, say("a question"), "ask/1")
		if err != nil {
			t.Fatal(err)
		}
		r.server.Say(ch, r.ada, "people talk", discordtest.SayOptions{})
		r.server.Say(ch, r.ada, "<@"+app+"> best picture 2025", discordtest.SayOptions{})
		r.server.Say(ch, r.ada, "anora", discordtest.SayOptions{ReplyTo: question.ID})
		r.server.Say(r.server.DM(r.ada), r.ada, "sean baker", discordtest.SayOptions{})
		robot := r.server.User("robot")
		robot.Bot = true
		r.server.Say(ch, robot, "<@"+app+"> loop", discordtest.SayOptions{})
		var got []string
		for _, in := range r.got() {
			got = append(got, in.Text)
			if !in.Direct || !in.Public {
				t.Errorf("%q: direct %v, public %v", in.Text, in.Direct, in.Public)
			}
		}
		if s := strings.Join(got, " | "); s != "best picture 2025 | anora | sean baker" {
			t.Errorf("the bot hears %q", s)
		}
		if s := texts(r.server.ChannelMessages(ch)); !strings.Contains(s, "said best picture 2025") || !strings.Contains(s, "said anora") {
			t.Errorf("the channel shows %q", s)
		}
		r.sound()
	})
}

// TestNewGuildsAreGreeted greets a guild that the bot was added to, and no other, once.
func TestNewGuildsAreGreeted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, echo)
		if n := len(r.got()); n != 0 {
			t.Fatalf("a guild of long ago is greeted: %d", n)
		}
		lobby := "220000000000000001"
		r.server.JoinGuild("220000000000000000", "new", discordtest.Channel{ID: lobby, Name: "lobby", System: true})
		if in := r.got(); len(in) != 1 || !in[0].Joined || in[0].To.Channel.ID != lobby {
			t.Fatalf("the bot was handed %+v", in)
		}
		if s := texts(r.server.ChannelMessages(lobby)); s != "hello" {
			t.Errorf("the lobby shows %q", s)
		}
		wait(10 * time.Minute)
		r.server.InvalidSession(false) // a new session tells of all guilds again
		wait(time.Minute)
		if n := len(r.got()); n != 1 {
			t.Errorf("%d greetings", n)
		}
		r.sound()
	})
}

// TestMissingPermissions says what is missing where a round cannot be played, and how to mend it.
func TestMissingPermissions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, func(_ context.Context, _ *discord.Platform, in bot.Inbound) bot.View {
			return secretly(in.CannotPost + ".")
		})
		r.server.Permit(channelIDs[""], discordtest.ViewChannel|discordtest.ReadMessageHistory)
		r.server.AddForeignGuild("230000000000000000", "foreign")
		bob := r.server.User("bob")
		for _, tt := range []struct {
			where discordtest.Where
			want  string
		}{
			{r.where, "I lack a permission in this channel: Send Messages."},
			{discordtest.Where{Channel: "230000000000000001", UserInstall: true}, "I am not a member of this server"},
			{discordtest.Where{Channel: r.server.Private(r.ada, bob), UserInstall: true}, "I am not in this conversation"},
			{discordtest.Where{Channel: r.server.DM(r.ada)}, "(private) ."},
		} {
			i := r.server.Slash(tt.where, r.ada, "whowon", discordtest.Option{Name: "query", Value: "x"})
			synctest.Wait()
			if got := texts(i.Messages()); !strings.Contains(got, tt.want) {
				t.Errorf("in %+v ada sees %q, want %q", tt.where, got, tt.want)
			}
		}
		_, err := r.p.Send(t.Context(), bot.Target{Channel: bot.Channel{Platform: "discord", ID: channelIDs[""]}}, say("x"), "k")
		if err == nil || !strings.Contains(err.Error(), bot.ErrForbidden.Error()) {
			t.Errorf("a message to a channel where the bot may not send: %v", err)
		}
	})
}

func TestAKeyIsShownOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, echo)
		to := bot.Target{Channel: bot.Channel{Platform: "discord", ID: channelIDs[""]}}
		var ids []string
		for _, key := range []string{"ask/1", "ask/1", "ask/2"} {
			ref, err := r.p.Send(t.Context(), to, say("once"), key)
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, ref.ID)
		}
		if n := len(r.server.ChannelMessages(channelIDs[""])); n != 2 || ids[0] != ids[1] || ids[1] == ids[2] {
			t.Errorf("%d messages, the IDs are %q", n, ids)
		}
		r.sound()
	})
}
