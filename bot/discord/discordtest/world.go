package discordtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// Permissions that this server looks at. https://docs.discord.com/developers/topics/permissions
const (
	ViewChannel           int64 = 1 << 10
	SendMessages          int64 = 1 << 11
	ManageMessages        int64 = 1 << 13
	EmbedLinks            int64 = 1 << 14
	ReadMessageHistory    int64 = 1 << 16
	UseCommands           int64 = 1 << 31
	SendMessagesInThreads int64 = 1 << 38
	ManageGuild           int64 = 1 << 5
)

// Invited is what the bot's role may do in every guild, and everybody with it.
const Invited = ViewChannel | SendMessages | EmbedLinks | ReadMessageHistory | UseCommands | SendMessagesInThreads

// Types of channels.
const (
	TextChannel   = 0
	DirectMessage = 1
	GroupMessage  = 3
	PublicThread  = 11
)

// Channel is a channel of a guild.
type Channel struct {
	ID, Name string
	Type     int    // TextChannel when zero
	Parent   string // of a thread: the channel it is in
	Lacks    int64  // permissions of Invited that the bot does not have here
	System   bool   // where Discord greets new members
}

// User is somebody who uses Discord. It is a value: change what s.User gives, and act with that.
type User struct {
	ID          string
	Name        string // the username
	GlobalName  string // as shown; the username when empty
	Nick        string // in guilds; none when empty
	Bot         bool
	Locale      string // "en-US" when empty
	Permissions int64  // in guilds; Invited when zero
	// Lag is how long before it arrives everything happened that the user does: what they send has an ID of that time.
	Lag time.Duration
}

// AppInfo is what GET /applications/@me tells, as far as it can be set.
type AppInfo struct {
	Name                 string
	Flags                int // 1<<18 or 1<<19 with the message content intent
	VerifyKey            string
	InteractionsEndpoint string
}

// world is who and what there is. It is guarded by the lock of the restServer.
type world struct {
	guilds   map[string]*guild
	order    []string // of guilds, as they came
	channels map[string]*channel
	users    map[string]User // by name
	byID     map[string]User
}

type guild struct {
	id, name string
	system   string
	channels []*channel
	joined   time.Time
	foreign  bool // the bot is not in it
}

type channel struct {
	Channel
	guild       *guild // nil outside of guilds
	with        []User // outside of guilds
	permissions int64  // of the bot
	messages    []*message
	last        string // ID of the last message, which may be gone
	nonces      map[string]*message
}

func newWorld() world {
	return world{guilds: map[string]*guild{}, channels: map[string]*channel{}, users: map[string]User{},
		byID: map[string]User{}}
}

// User is the user of a name, who comes into being when first named. Their ID is the same in every run that names the same
// users in the same order.
func (s *Server) User(name string) User {
	s.rest.mu.Lock()
	defer s.rest.mu.Unlock()
	return s.rest.world.user(name)
}

func (w *world) user(name string) User {
	u, ok := w.users[name]
	if !ok {
		u = User{ID: strconv.Itoa(300000000000000001 + len(w.users)), Name: name}
		w.users[name] = u
		w.byID[u.ID] = u
	}
	return u
}

// AddGuild adds a guild that the bot has been in for long. It has a text channel with the guild's ID plus one unless
// channels are given. Guilds that are added before the bot connects come with its READY.
func (s *Server) AddGuild(id, name string, channels ...Channel) {
	s.rest.addGuild(&guild{id: id, name: name, joined: time.Now().Add(-90 * 24 * time.Hour)}, channels)
}

// AddForeignGuild adds a guild that the bot is not in. Users who have installed the bot for themselves use it there.
func (s *Server) AddForeignGuild(id, name string, channels ...Channel) {
	s.rest.addGuild(&guild{id: id, name: name, foreign: true}, channels)
}

// JoinGuild adds a guild that the bot is added to now, and tells it.
func (s *Server) JoinGuild(id, name string, channels ...Channel) {
	g := &guild{id: id, name: name, joined: time.Now()}
	s.rest.addGuild(g, channels)
	s.rest.mu.Lock()
	data := s.rest.guildCreate(g)
	s.rest.mu.Unlock()
	s.DispatchGuild(id, "GUILD_CREATE", data)
}

// LeaveGuild takes a guild from the bot, and tells it. Its channels stay, for those who are in it.
func (s *Server) LeaveGuild(id string) {
	s.rest.mu.Lock()
	s.rest.world.guilds[id].foreign = true
	s.rest.mu.Unlock()
	s.DispatchGuild(id, "GUILD_DELETE", map[string]any{"id": id})
}

func (r *restServer) addGuild(g *guild, channels []Channel) {
	n, err := strconv.ParseUint(g.id, 10, 64)
	if err != nil {
		panic(fmt.Sprintf("discordtest: %q is no guild ID", g.id))
	}
	if len(channels) == 0 {
		channels = []Channel{{ID: strconv.FormatUint(n+1, 10), Name: "general", System: true}}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range channels {
		ch := &channel{Channel: c, guild: g, permissions: Invited &^ c.Lacks}
		g.channels = append(g.channels, ch)
		r.world.channels[c.ID] = ch
		if c.System {
			g.system = c.ID
		}
	}
	r.world.guilds[g.id] = g
	r.world.order = append(r.world.order, g.id)
}

// Permit sets the bot's permissions in a channel of a guild.
func (s *Server) Permit(channelID string, permissions int64) {
	s.rest.mu.Lock()
	defer s.rest.mu.Unlock()
	s.rest.world.channel(channelID).permissions = permissions
}

// RemoveChannel removes a channel, with its messages.
func (s *Server) RemoveChannel(channelID string) {
	s.rest.mu.Lock()
	ch := s.rest.world.channel(channelID)
	delete(s.rest.world.channels, channelID)
	g := ch.guild
	if g == nil {
		s.rest.mu.Unlock()
		return
	}
	data := s.rest.channelJSON(ch)
	g.channels = slices.DeleteFunc(g.channels, func(c *channel) bool { return c == ch })
	s.rest.mu.Unlock()
	s.DispatchGuild(g.id, "CHANNEL_DELETE", data)
}

// DM is the ID of the direct messages between a user and the bot.
func (s *Server) DM(u User) string { return s.rest.private(DirectMessage, "4", u) }

// Private is the ID of a conversation in which the bot is not: of two users, or a group. The first user has one of each.
func (s *Server) Private(users ...User) string {
	if len(users) > 2 {
		return s.rest.private(GroupMessage, "6", users...)
	}
	return s.rest.private(DirectMessage, "5", users...)
}

func (r *restServer) private(kind int, first string, users ...User) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.world.private(kind, first, users...).ID
}

// private is a conversation, which comes into being when it is first asked for.
func (w *world) private(kind int, first string, users ...User) *channel {
	id := first + users[0].ID[1:]
	if w.channels[id] == nil {
		permissions := Invited
		if first != "4" {
			permissions = 0
		}
		w.channels[id] = &channel{Channel: Channel{ID: id, Type: kind}, with: users, permissions: permissions}
	}
	return w.channels[id]
}

// SetApplication sets what GET /applications/@me tells.
func (s *Server) SetApplication(a AppInfo) {
	s.rest.mu.Lock()
	defer s.rest.mu.Unlock()
	s.rest.app = a
}

// channel is one there must be: that a test names another is its mistake.
func (w *world) channel(id string) *channel {
	ch := w.channels[id]
	if ch == nil {
		panic(fmt.Sprintf("discordtest: there is no channel %q", id))
	}
	return ch
}

// own reports whether it is the direct messages of the bot with a user.
func (ch *channel) own() bool { return ch.guild == nil && ch.permissions != 0 }

// present reports whether the bot is there at all.
func (ch *channel) present() bool {
	if ch.guild == nil {
		return ch.own()
	}
	return !ch.guild.foreign
}

func (ch *channel) guildID() string {
	if ch.guild == nil {
		return ""
	}
	return ch.guild.id
}

func (ch *channel) thread() bool { return ch.Type >= 10 && ch.Type <= 12 }

// can reports whether the bot may do something in a channel.
func (ch *channel) can(permission int64) bool {
	return ch.present() && ch.permissions&permission == permission
}

// guildsOf are the guilds of a shard, each as its GUILD_CREATE.
// https://docs.discord.com/developers/events/gateway#sharding-sharding-formula
func (r *restServer) guildsOf(shard, shards int) []json.RawMessage {
	r.mu.Lock()
	defer r.mu.Unlock()
	var list []json.RawMessage
	for _, id := range r.world.order {
		n, _ := strconv.ParseUint(id, 10, 64) // checked when it was added
		if g := r.world.guilds[id]; !g.foreign && int(n>>22%uint64(shards)) == shard {
			list = append(list, marshal(r.guildCreate(g)))
		}
	}
	return list
}
