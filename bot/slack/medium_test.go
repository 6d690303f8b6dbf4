package slack_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/bottest"
	"github.com/whowon-bot/whowon/bot/slack"
	"github.com/whowon-bot/whowon/bot/slack/slacktest"
	"github.com/whowon-bot/whowon/bot/slack/slacktest/check"
)

// channelIDs are the channels of a transcript.
var channelIDs = map[string]string{"": general, "#films": "C0000000002"}

// medium plays a transcript over the adapter: the steps are things that users do on a Slack, and what the bot shows
// there is compared with what it meant to show.
type medium struct {
	t         testing.TB
	setup     bottest.Setup
	server    *slacktest.Server
	transport http.RoundTripper
	mirror    bottest.Medium // shows the views as plain text
	plain     bot.Platform   // of the mirror

	mu       sync.Mutex
	user     string // of the step
	spoken   bool   // the step is a message
	messages []slacktest.Message
	meant    []bot.View
	shown    []slacktest.Message
	refs     map[string]bot.MessageRef // of the mirror, by channel and ID on Slack
}

func newMedium(t testing.TB, s bottest.Setup) *medium {
	s.Info, s.Spoken = platformInfo(t), true
	server, client := slacktest.StartPiped(t, slacktest.Options{Schemas: schemas(),
		Web: slacktest.WebOptions{Limits: slacktest.RateLimits{Off: true}}})
	m := &medium{t: t, setup: s, server: server, transport: client.Transport, mirror: bottest.NewMedium(t, s),
		refs: map[string]bot.MessageRef{}}
	m.plain, _ = m.mirror.Boot()
	for name, id := range channelIDs {
		server.AddChannel(slacktest.Channel{ID: id, Name: "general" + strings.TrimPrefix(name, "#"), Member: true})
	}
	server.OnMessage(func(msg slacktest.Message, _ bool) {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.messages, m.shown = append(m.messages, msg), append(m.shown, msg)
	})
	return m
}

func platformInfo(t testing.TB) bot.Info {
	p, err := slack.New(slack.Options{Config: slack.Config{TypedAnswers: true}})
	if err != nil {
		t.Fatal(err)
	}
	return p.Info()
}

// Boot implements bottest.Medium.
func (m *medium) Boot() (bot.Platform, error) {
	p, err := slack.New(slack.Options{Config: config(m.server), Commands: bottest.Commands(), Transport: m.transport,
		Speed: 1e11})
	return recorded{p, m}, err
}

// recorded is the adapter, with what goes into it shown in the mirror too.
type recorded struct {
	*slack.Platform
	m *medium
}

func (r recorded) Send(ctx context.Context, to bot.Target, v bot.View, key string) (bot.MessageRef, error) {
	r.m.mu.Lock()
	r.m.meant = append(r.m.meant, v)
	user := r.m.user
	r.m.mu.Unlock()
	ref, err := r.Platform.Send(ctx, to, v, key)
	seen, _ := r.m.plain.Send(ctx, bot.Target{Channel: to.Channel, Reply: user}, v, key)
	r.m.mu.Lock()
	defer r.m.mu.Unlock()
	r.m.refs[ref.Channel.ID+ref.ID] = seen
	return ref, err
}

func (r recorded) Edit(ctx context.Context, ref bot.MessageRef, v bot.View) error {
	r.m.mu.Lock()
	r.m.meant = append(r.m.meant, v)
	seen := r.m.refs[ref.Channel.ID+ref.ID]
	if seen.ID == "" {
		seen = ref
	}
	r.m.mu.Unlock()
	if err := r.Platform.Edit(ctx, ref, v); err != nil {
		return err
	}
	return r.m.plain.Edit(ctx, seen, v)
}

// Input implements bottest.Medium.
func (m *medium) Input(_ context.Context, s bottest.Step) error {
	m.mu.Lock()
	m.user, m.spoken = s.User, !strings.HasPrefix(strings.TrimSpace(s.Text), "[") && !strings.HasPrefix(s.Text, "/")
	m.mu.Unlock()
	u := m.server.User(s.User)
	u.RealName, u.Lag, u.Admin = m.setup.User(s.User).Name, s.Ago, m.setup.Moderator(s.User)
	where := slacktest.Where{Channel: channelIDs[s.Channel]}
	text := strings.TrimSpace(s.Text)
	if label, ok := strings.CutPrefix(text, "["); ok && strings.HasSuffix(label, "]") {
		return m.press(where, u, strings.TrimSuffix(label, "]"))
	}
	if text == "" || strings.HasPrefix(text, "/") {
		c := bot.ParseCommand(text)
		if who, ok := strings.CutPrefix(c.Args, "stats @"); ok {
			c.Args = "stats " + m.server.User(who).ID
		}
		m.server.Slash(where, u, "/"+c.Name, c.Args)
		return nil
	}
	if !m.setup.Public {
		text = "<@" + m.server.BotUser("") + "> " + text
	}
	m.server.Say(where, u, text)
	return nil
}

// press presses the button that was shown last, as in bottest; "=state" is forged.
func (m *medium) press(w slacktest.Where, u slacktest.User, label string) error {
	m.mu.Lock()
	messages := m.messages
	m.mu.Unlock()
	if state, ok := strings.CutPrefix(label, "="); ok {
		return m.forge(w, u, state)
	}
	for i := len(messages) - 1; i >= 0; i-- {
		for _, b := range check.Buttons(messages[i].Blocks) {
			first, rest, _ := strings.Cut(b.Text, "  ")
			if messages[i].Channel == w.Channel && (b.Text == label || first == label || rest == label) {
				if messages[i].For != "" && messages[i].For != u.ID {
					return m.forge(w, u, b.ActionID) // the transcript sees more than Slack shows
				}
				m.server.Press(messages[i], u, b.ActionID)
				return nil
			}
		}
	}
	return fmt.Errorf("there is no button [%s]", label)
}

// forge presses a button that no message of the bot has.
func (m *medium) forge(w slacktest.Where, u slacktest.User, state string) error {
	blocks, err := json.Marshal([]map[string]any{{"type": "actions", "elements": []map[string]any{
		{"type": "button", "text": map[string]any{"type": "plain_text", "text": "x"}, "action_id": state}}}})
	m.server.Press(slacktest.Message{TS: "1.000001", Channel: w.Channel, Blocks: blocks}, u, state)
	return err
}

// Begin implements bottest.Medium.
func (m *medium) Begin(now time.Time) { m.mirror.Begin(now) }

// Logged implements bottest.Medium.
func (m *medium) Logged(line string) { m.mirror.Logged(line) }

// Shown implements bottest.Medium: what the bot meant, which must be what is to be seen.
func (m *medium) Shown() []string {
	synctest.Wait()
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.meant) != len(m.shown) {
		m.t.Errorf("%d views became %d messages; Slack refuses %.600v", len(m.meant), len(m.shown), m.server.Faults())
	}
	for i := range min(len(m.meant), len(m.shown)) {
		v, msg := m.meant[i], m.shown[i]
		if shown := check.Text(msg.Text, msg.Blocks); !bottest.Reads(v, shown) {
			m.t.Errorf("the view\n%s\nis to be seen as\n%s", bot.Plain(v), shown)
		}
		if v.Private != (msg.For != "") && !m.spoken { // nothing that answers a message is private
			m.t.Errorf("private: %v; seen by %q: %s", v.Private, msg.For, bot.Plain(v))
		}
	}
	m.meant, m.shown = nil, nil
	return m.mirror.Shown()
}
