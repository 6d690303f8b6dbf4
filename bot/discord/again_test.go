package discord_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/discord"
	"github.com/whowon-bot/whowon/bot/discord/discordtest"
)

// second is a second attempt to show something, and what there is by then.
type second struct {
	shown     bool          // the first attempt arrived
	after     time.Duration // the first
	said      int           // messages of others meanwhile, and of the bot, half of each
	deleted   bool          // what was shown, by a moderator
	lacks     int64         // permissions of the bot by then
	fault     *discordtest.HTTPFault
	anonymous bool // the bot does not know yet who it is

	sends    bool // a message is posted now
	unsure   bool // instead of an answer
	forbids  bool // with it
	requests string
}

const older = 10 * time.Minute

var seconds = map[string]second{
	"young, shown":               {shown: true, after: time.Minute, requests: "POST"},
	"young, not shown":           {after: time.Minute, sends: true, requests: "POST"},
	"young, refused":             {shown: true, after: time.Minute, lacks: discordtest.SendMessages, unsure: true, forbids: true, requests: "POST"},
	"old, shown":                 {shown: true, after: older, requests: "GET"},
	"old, shown, much said":      {shown: true, after: older, said: 240, requests: "GET"},
	"old, not shown, much said":  {after: older, said: 240, sends: true, requests: "GET GET GET POST"},
	"old, not shown, full page":  {after: older, said: 100, sends: true, requests: "GET GET POST"},
	"old, not shown, too much":   {after: older, said: 600, unsure: true, requests: "GET GET GET GET GET"},
	"old, shown, by whom?":       {shown: true, after: older, anonymous: true, requests: "GET GET"},
	"old, nothing said":          {after: older, sends: true, requests: "GET GET POST"},
	"old, shown and deleted":     {shown: true, deleted: true, after: older, unsure: true, requests: "GET GET"},
	"old, no history":            {shown: true, after: older, lacks: discordtest.ReadMessageHistory, unsure: true, requests: "GET GET"},
	"old, no history, not shown": {after: older, lacks: discordtest.ReadMessageHistory, sends: true, requests: "GET GET POST"},
	"old, no access": {shown: true, after: older, lacks: discordtest.ViewChannel, unsure: true, forbids: true,
		requests: "GET"},
	"old, no answer": {shown: true, after: older, fault: &discordtest.HTTPFault{Status: 503}, unsure: true, requests: "GET GET GET"},
	"old, nonsense": {shown: true, after: older, fault: &discordtest.HTTPFault{Status: 200, Body: "{}"}, unsure: true,
		requests: "GET"},
	"of tomorrow": {shown: true, after: -time.Hour, unsure: true, requests: ""},
}

// TestASecondAttempt shows what was not shown, never what was shown, and says so where it does not know.
func TestASecondAttempt(t *testing.T) {
	for name, tt := range seconds {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := start(t, func(c *discord.Config) { c.MessageContent = false }, echo)
				to := bot.Target{Channel: bot.Channel{Platform: "discord", ID: channelIDs[""]}, Patient: true, Tried: time.Now()}
				first := ""
				if tt.shown {
					first = send(t, r.p, to, "daily/1")
				}
				if tt.after > 0 {
					wait(tt.after)
				} else {
					to.Tried = to.Tried.Add(-tt.after)
				}
				chat(t, r, to, tt.said)
				p := r.p
				if tt.anonymous {
					p = unconnected(t, r)
				}
				if tt.deleted {
					r.server.Permit(channelIDs[""], discordtest.Invited)
					remove(t, r, first)
				}
				r.server.Permit(channelIDs[""], discordtest.Invited&^tt.lacks)
				r.server.Fault(func(*http.Request) *discordtest.HTTPFault { return tt.fault })
				r.server.Reset()
				before := len(r.server.ChannelMessages(channelIDs[""]))
				ref, err := p.Send(t.Context(), to, say("the post"), "daily/1")
				if errors.Is(err, bot.ErrUnsure) != tt.unsure || (err != nil) != tt.unsure || errors.Is(err, bot.ErrForbidden) != tt.forbids {
					t.Errorf("the error is %v", err)
				}
				if n := len(r.server.ChannelMessages(channelIDs[""])) - before; n != count(tt.sends) {
					t.Errorf("%d messages were sent", n)
				}
				if err == nil && (ref.ID == "" || tt.shown && ref.ID != first) {
					t.Errorf("it is message %q, and was %q", ref.ID, first)
				}
				if got := methods(r.server.Requests()); got != tt.requests {
					t.Errorf("the requests are %q, want %q", got, tt.requests)
				}
				r.server.Fault(nil)
				if faults := r.server.Faults(); len(faults) > 0 {
					t.Errorf("Discord refuses: %q", faults)
				}
			})
		})
	}
}

func send(t *testing.T, p *discord.Platform, to bot.Target, key string) string {
	t.Helper()
	to.Tried = time.Time{}
	ref, err := p.Send(t.Context(), to, say("the post"), key)
	if err != nil {
		t.Fatal(err)
	}
	return ref.ID
}

// chat fills the channel: with what people say, some of it quoting components of the bot's, and with what the bot says.
func chat(t *testing.T, r *rig, to bot.Target, n int) {
	t.Helper()
	for i := range n {
		if i%2 == 0 {
			r.server.Say(to.Channel.ID, r.ada, "hello", discordtest.SayOptions{})
			continue
		}
		send(t, r.p, to, fmt.Sprint("daily/other/", i))
	}
}

// unconnected is another adapter on the same Discord, that has not been told the ID of the application.
func unconnected(t *testing.T, r *rig) *discord.Platform {
	t.Helper()
	c := config(r.server)
	c.ApplicationID = ""
	p, err := discord.New(discord.Options{Config: c, Transport: r.transport})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// remove deletes a message, as a moderator would.
func remove(t *testing.T, r *rig, id string) {
	t.Helper()
	path := r.server.API() + "/channels/" + channelIDs[""] + "/messages/" + id
	req, err := http.NewRequestWithContext(t.Context(), http.MethodDelete, path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bot "+r.server.Token())
	resp, err := r.transport.RoundTrip(req)
	if err != nil || resp.StatusCode != http.StatusNoContent {
		t.Fatalf("%v, %v", resp, err)
	}
	_ = resp.Body.Close()
}

func methods(list []discordtest.Recorded) string {
	var out []string
	for _, r := range list {
		out = append(out, r.Method)
	}
	return strings.Join(out, " ")
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// TestAYoungAttemptThatWaitsForLong until the nonce is forgotten is not sent as if it were remembered.
func TestAYoungAttemptThatWaitsForLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, echo)
		to := bot.Target{Channel: bot.Channel{Platform: "discord", ID: channelIDs[""]}, Patient: true, Tried: time.Now()}
		first := send(t, r.p, to, "daily/1")
		wait(time.Minute)
		held := r.server.Requests()
		r.server.Fault(func(req *http.Request) *discordtest.HTTPFault {
			if len(r.server.Requests()) == len(held)+1 {
				return discordtest.TooMany("global", 5*time.Minute)
			}
			return nil
		})
		go func() { _, _ = r.p.Send(t.Context(), bot.Target{Channel: to.Channel}, say("x"), "other") }()
		synctest.Wait()
		begun := time.Now()
		ref, err := r.p.Send(t.Context(), to, say("the post"), "daily/1")
		if err != nil || ref.ID != first || time.Since(begun) < 5*time.Minute-time.Second {
			t.Errorf("after %v it is message %q, and was %q: %v", time.Since(begun), ref.ID, first, err)
		}
		synctest.Wait()
	})
}

// TestALostAnswerAndALongWait is not followed by another attempt once the nonce may be forgotten.
func TestALostAnswerAndALongWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, echo)
		faults := []*discordtest.HTTPFault{{Truncate: true}, discordtest.TooMany("user", 5*time.Minute)}
		r.server.Fault(func(*http.Request) *discordtest.HTTPFault {
			if len(faults) == 0 {
				return nil
			}
			f := faults[0]
			faults = faults[1:]
			return f
		})
		to := bot.Target{Channel: bot.Channel{Platform: "discord", ID: channelIDs[""]}, Patient: true}
		_, err := r.p.Send(t.Context(), to, say("the post"), "daily/1")
		if n := len(r.server.ChannelMessages(channelIDs[""])); !errors.Is(err, bot.ErrUnsure) || n != 1 {
			t.Errorf("it was shown %d times: %v", n, err)
		}
	})
}

// TestWhatIsUnsure is only what may have been shown: a request that left, without an answer.
func TestWhatIsUnsure(t *testing.T) {
	for name, tt := range map[string]struct {
		fault  *discordtest.HTTPFault
		unsure bool
	}{
		"no answer":  {&discordtest.HTTPFault{Drop: true}, true},
		"cut short":  {&discordtest.HTTPFault{Truncate: true}, true},
		"500":        {&discordtest.HTTPFault{Status: 500}, true},
		"400":        {&discordtest.HTTPFault{Status: 400, Body: `{"code":50035,"message":"Invalid Form Body"}`}, false},
		"forbidden":  {&discordtest.HTTPFault{Status: 403, Body: `{"code":50013,"message":"Missing Permissions"}`}, false},
		"gone":       {&discordtest.HTTPFault{Status: 404, Body: `{"code":10003,"message":"Unknown Channel"}`}, false},
		"too many":   {discordtest.TooMany("user", time.Hour), false},
		"no trouble": {nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := start(t, nil, func(ctx context.Context, p *discord.Platform, in bot.Inbound) bot.View {
					_, err := p.Send(ctx, in.To, say("an answer"), "reply/1")
					read := name != "cut short" // there is nothing to read in the answer to this
					if errors.Is(err, bot.ErrUnsure) != (tt.unsure && read) || (err != nil) != (tt.fault != nil && read) {
						t.Errorf("an answer to an interaction: %v", err)
					}
					return bot.View{}
				})
				r.server.Fault(func(*http.Request) *discordtest.HTTPFault { return tt.fault })
				for _, key := range []string{"daily/1", ""} {
					ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
					to := bot.Target{Channel: bot.Channel{Platform: "discord", ID: channelIDs[""]}}
					_, err := r.p.Send(ctx, to, say("x"), key)
					if errors.Is(err, bot.ErrUnsure) != tt.unsure || (err != nil) != (tt.fault != nil) {
						t.Errorf("with the key %q: %v", key, err)
					}
					cancel()
				}
				r.server.Slash(r.where, r.ada, "whowon", discordtest.Option{Name: "query", Value: "x"})
				wait(2 * time.Hour)
			})
		})
	}
}
