package discord_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/bottest"
	"github.com/whowon-bot/whowon/bot/discord"
	"github.com/whowon-bot/whowon/bot/discord/discordtest"
	"github.com/whowon-bot/whowon/bot/discord/gateway"
)

const guildID = "200000000000000001"

// channelIDs are the channels of a transcript.
var channelIDs = map[string]string{"": "210000000000000001", "#films": "210000000000000002"}

// memory keeps the sessions of the gateway for as long as a test.
type memory struct {
	mu       sync.Mutex
	sessions map[string]gateway.Session
}

func newMemory() *memory { return &memory{sessions: map[string]gateway.Session{}} }

func (m *memory) LoadSession(_ context.Context, shard, shards int) (gateway.Session, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.sessions[fmt.Sprint(shard, shards)], nil
}

func (m *memory) SaveSession(_ context.Context, s gateway.Session) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sessions[fmt.Sprint(s.Shard, s.Shards)] = s
	return nil
}

// medium plays a transcript over the adapter: the steps are things that users do on a Discord, and what the bot shows there
// is compared with what it meant to show.
type medium struct {
	t         testing.TB
	setup     bottest.Setup
	server    *discordtest.Server
	transport http.RoundTripper
	sessions  *memory
	mirror    bottest.Medium // shows the views as plain text
	plain     bot.Platform   // of the mirror

	mu       sync.Mutex
	user     string // of the step
	messages []discordtest.Message
	meant    []bot.View
	shown    []discordtest.Message
	refs     map[string]bot.MessageRef // of the mirror, by the ID on Discord
}

func newMedium(t testing.TB, s bottest.Setup, openAPI string) *medium {
	s.Info, s.Spoken = platformInfo(t), true
	server, client := discordtest.StartPiped(t, discordtest.Options{OpenAPI: openAPI,
		REST: discordtest.RESTOptions{Limits: discordtest.RateLimits{Off: true}, NonceLife: nonceLife}})
	m := &medium{t: t, setup: s, server: server, transport: client.Transport, sessions: newMemory(),
		mirror: bottest.NewMedium(t, s), refs: map[string]bot.MessageRef{}}
	m.plain, _ = m.mirror.Boot()
	server.AddGuild(guildID, "guild", discordtest.Channel{ID: channelIDs[""], Name: "general"},
		discordtest.Channel{ID: channelIDs["#films"], Name: "films"})
	server.OnMessage(func(msg discordtest.Message, _ bool) {
		if msg.Author != server.Application() {
			return
		}
		m.mu.Lock()
		defer m.mu.Unlock()
		m.messages, m.shown = append(m.messages, msg), append(m.shown, msg)
	})
	return m
}

func config(s *discordtest.Server) discord.Config {
	return discord.Config{Token: s.Token(), ApplicationID: s.Application(), APIURL: s.API(), MessageContent: true}
}

func platformInfo(t testing.TB) bot.Info {
	p, err := discord.New(discord.Options{Config: discord.Config{Token: "t", MessageContent: true}})
	if err != nil {
		t.Fatal(err)
	}
	return p.Info()
}

// Boot implements bottest.Medium.
func (m *medium) Boot() (bot.Platform, error) {
	p, err := discord.New(discord.Options{Config: config(m.server), Commands: bottest.Commands(), Sessions: m.sessions,
		Transport: m.transport, PerSecond: 1_000_000})
	return recorded{p, m}, err
}

// recorded is the adapter, with what goes into it shown in the mirror too.
type recorded struct {
	*discord.Platform
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
	r.m.refs[ref.ID] = seen
	return ref, err
}

func (r recorded) Edit(ctx context.Context, ref bot.MessageRef, v bot.View) error {
	r.m.mu.Lock()
	r.m.meant = append(r.m.meant, v)
	seen := r.m.refs[ref.ID]
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
	m.user = s.User
	m.mu.Unlock()
	u := m.server.User(s.User)
	u.GlobalName, u.Lag = m.setup.User(s.User).Name, s.Ago
	if m.setup.Moderator(s.User) {
		u.Permissions = discordtest.ManageGuild | discordtest.SendMessages
	}
	where := discordtest.Where{Channel: channelIDs[s.Channel]}
	text := strings.TrimSpace(s.Text)
	if label, ok := strings.CutPrefix(text, "["); ok && strings.HasSuffix(label, "]") {
		return m.press(where, u, strings.TrimSuffix(label, "]"))
	}
	if text == "" || strings.HasPrefix(text, "/") {
		c := bot.ParseCommand(text)
		name, options := slash(c)
		if who, ok := strings.CutPrefix(c.Args, "stats @"); ok {
			options = []discordtest.Option{{Name: "player", Value: m.server.User(who)}}
		}
		m.server.Slash(where, u, name, options...)
		return nil
	}
	if !m.setup.Public {
		text = "<@" + m.server.Application() + "> " + text
	}
	m.server.Say(where.Channel, u, text, discordtest.SayOptions{})
	return nil
}

// press presses the button that was shown last, as in bottest; "=state" is forged.
func (m *medium) press(w discordtest.Where, u discordtest.User, label string) error {
	m.mu.Lock()
	messages := m.messages
	m.mu.Unlock()
	if state, ok := strings.CutPrefix(label, "="); ok {
		return m.forge(w, u, state)
	}
	for i := len(messages) - 1; i >= 0; i-- {
		for _, b := range discordtest.Buttons(messages[i]) {
			first, rest, _ := strings.Cut(b.Label, "  ")
			if messages[i].ChannelID == w.Channel && (b.Label == label || first == label || rest == label) {
				if messages[i].For != "" && messages[i].For != u.ID {
					return m.forge(w, u, b.CustomID) // the transcript sees more than Discord shows
				}
				m.server.Press(messages[i], u, b.CustomID)
				return nil
			}
		}
	}
	return fmt.Errorf("there is no button [%s]", label)
}

// forge presses a button that no message has.
func (m *medium) forge(w discordtest.Where, u discordtest.User, state string) error {
	components, err := json.Marshal([]map[string]any{{"type": 1, "components": []map[string]any{
		{"type": 2, "style": 2, "label": "x", "custom_id": state}}}})
	m.server.Press(discordtest.Message{ID: "1", ChannelID: w.Channel, Components: components}, u, state)
	return err
}

// slash fills a command's form with what was typed behind its name: all of it into the first field.
func slash(c bot.Command) (name string, options []discordtest.Option) {
	sub, rest, _ := strings.Cut(c.Args, " ")
	switch {
	case c.Name == "schedule":
		return strings.TrimSpace(c.Name + " " + sub), scheduled(rest)
	case c.Name != "trivia":
	case sub == "answer" || sub == "settings" || sub == "leaderboard":
		c = bot.Command{Name: sub, Args: rest}
	default:
		c.Name = "trivia start"
		for _, known := range bottest.Commands() {
			for _, s := range known.Subs {
				if s.Name == sub {
					c = bot.Command{Name: "trivia " + sub, Args: rest}
				}
			}
		}
	}
	field := map[string]string{"whowon": "query", "fact": "topic", "onthisday": "date", "answer": "text", "leaderboard": "category",
		"settings": "value", "trivia start": "category", "trivia why": "question", "trivia appeal": "question"}[c.Name]
	if field != "" && c.Args != "" {
		options = append(options, discordtest.Option{Name: field, Value: c.Args})
	}
	return c.Name, options
}

// scheduled fills the form of a schedule with words: each field has those behind its name, and else those that look like it.
func scheduled(words string) (options []discordtest.Option) {
	fields := map[string]string{}
	names := map[string]string{"at": "time", "about": "topics", "zone": "zone", "on": "days", "cron": "cron"}
	field := ""
	for word := range strings.FieldsSeq(words) {
		to := field
		if name, value, ok := strings.Cut(word, "="); ok && names[name] != "" {
			field, to, word = names[name], names[name], value
		}
		switch {
		case to != "":
		case strings.Contains(word, ":"):
			to = "time"
		case strings.Contains(word, "/") || word == "UTC":
			to = "zone"
		case word == "weekdays":
			to = "days"
		default:
			to = "topics"
		}
		fields[to] = strings.TrimSpace(fields[to] + " " + word)
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		options = append(options, discordtest.Option{Name: name, Value: fields[name]})
	}
	return options
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
		m.t.Errorf("%d views became %d messages", len(m.meant), len(m.shown))
	}
	for i := range min(len(m.meant), len(m.shown)) {
		v, msg := m.meant[i], m.shown[i]
		if shown := discordtest.Text(msg); !bottest.Reads(v, shown) {
			m.t.Errorf("the view\n%s\nis to be seen as\n%s", bot.Plain(v), shown)
		}
	}
	m.meant, m.shown = nil, nil
	return m.mirror.Shown()
}
