package slacktest

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"
)

// What there is from the start.
const (
	DefaultTeam = "T0000000001"
	defaultBot  = "U0000000BOT"
)

// Team is a workspace.
type Team struct {
	ID, Name, Domain string
	Enterprise       string   // ID of the organisation that it is in; "" is none
	BotToken         string   // "xoxb-" and the team's ID when empty
	Scopes           []string // of the bot token; those of the first workspace when nil
	Foreign          bool     // the app is not installed here, until OAuth does so
}

// Kinds of channels.
const (
	Public  = "public"
	Private = "private"
	IM      = "im"
	MPIM    = "mpim"
)

// Channel is a conversation. Two workspaces may have one of the same ID.
type Channel struct {
	Team     string // the first workspace when empty
	ID, Name string
	Kind     string // Public when empty
	Member   bool   // the bot is in it
	Archived bool
}

// User is somebody who uses Slack, or a bot. It is a value: change what s.User gives, and act with that.
type User struct {
	ID       string
	Name     string // the username
	RealName string
	Team     string
	Admin    bool // of the workspace
	Owner    bool
	Bot      bool
	// Lag is how long before it arrives everything happened that the user does: what they say has a ts of that time, and what
	// they do with the app expires that much sooner.
	Lag time.Duration
}

// world is who and what there is. It is guarded by the lock of the webServer.
type world struct {
	teams map[string]*team
	order []*team
}

type team struct {
	Team
	botUser, botID string
	installed      bool
	org            bool   // it was installed for the whole organisation
	token          string // the newest bot token
	channels       map[string]*channel
	order          []*channel
	users          map[string]User // by name
	byID           map[string]User
	homes          map[string]*view   // by user
	modals         map[string][]*view // by user, the one that is seen last
}

type channel struct {
	Channel
	team     *team
	with     string // of an im: ID of the user
	messages []*message
	last     int64 // the last ts, in microseconds
}

func newWorld() world { return world{teams: map[string]*team{}} }

// AddTeam adds a workspace, in which the app is installed unless it is foreign.
func (s *Server) AddTeam(t Team) {
	s.web.mu.Lock()
	defer s.web.mu.Unlock()
	s.web.addTeam(t)
}

func (w *webServer) addTeam(t Team) {
	if len(t.ID) < 2 || t.ID[0] != 'T' || w.world.teams[t.ID] != nil {
		panic(fmt.Sprintf("slacktest: %q is no ID for a new workspace", t.ID))
	}
	if t.Scopes == nil {
		t.Scopes = w.s.o.App.Scopes
	}
	if t.BotToken == "" {
		t.BotToken = "xoxb-" + t.ID
	}
	if t.Domain == "" {
		t.Domain = strings.ToLower(t.ID)
	}
	in := &team{Team: t, botID: "B" + t.ID[1:], botUser: "U" + t.ID[min(4, len(t.ID)-1):] + "BOT", installed: !t.Foreign,
		channels: map[string]*channel{}, users: map[string]User{}, byID: map[string]User{}, homes: map[string]*view{},
		modals: map[string][]*view{}}
	if t.ID == DefaultTeam {
		in.botUser = defaultBot
	}
	in.byID[in.botUser] = User{ID: in.botUser, Name: "whowon", RealName: "whowon", Team: t.ID, Bot: true}
	w.world.teams[t.ID] = in
	w.world.order = append(w.world.order, in)
	if in.installed {
		in.token = t.BotToken
		w.tokens[t.BotToken] = &token{value: t.BotToken, team: in, scopes: t.Scopes}
	}
}

// Token is the newest bot token of a workspace; "" is none.
func (s *Server) Token(team string) string {
	s.web.mu.Lock()
	defer s.web.mu.Unlock()
	return s.web.world.team(team).token
}

// BotUser is the ID of the bot's user in a workspace.
func (s *Server) BotUser(team string) string {
	s.web.mu.Lock()
	defer s.web.mu.Unlock()
	return s.web.world.team(team).botUser
}

// BotID is the ID of the bot in a workspace, as messages have it in bot_id.
func (s *Server) BotID(team string) string {
	s.web.mu.Lock()
	defer s.web.mu.Unlock()
	return s.web.world.team(team).botID
}

// AddChannel adds a conversation, or changes one that is there.
func (s *Server) AddChannel(c Channel) {
	s.web.mu.Lock()
	defer s.web.mu.Unlock()
	t := s.web.world.team(c.Team)
	c.Team = t.ID
	if c.Kind == "" {
		c.Kind = Public
	}
	if old := t.channels[c.ID]; old != nil {
		old.Channel = c
		return
	}
	t.add(&channel{Channel: c})
}

func (t *team) add(ch *channel) *channel {
	ch.team = t
	t.channels[ch.ID] = ch
	t.order = append(t.order, ch)
	return ch
}

// RemoveChannel removes a conversation with its messages; the bot is told nothing of it.
func (s *Server) RemoveChannel(team, id string) {
	s.web.mu.Lock()
	defer s.web.mu.Unlock()
	ch := s.web.world.channel(team, id)
	delete(ch.team.channels, id)
	ch.team.order = slices.DeleteFunc(ch.team.order, func(c *channel) bool { return c == ch })
}

// User is the user of a name in the first workspace, who comes into being when first named. Their ID is made from the name.
func (s *Server) User(name string) User { return s.TeamUser("", name) }

// TeamUser is the user of a name in a workspace. Users of one name have the same ID in all.
func (s *Server) TeamUser(team, name string) User {
	s.web.mu.Lock()
	defer s.web.mu.Unlock()
	t := s.web.world.team(team)
	u, ok := t.users[name]
	if !ok {
		u = User{ID: userID(name), Name: name, RealName: strings.ToUpper(name[:1]) + name[1:], Team: t.ID}
		t.users[name] = u
		t.byID[u.ID] = u
	}
	return u
}

// userID is made of letters and digits of a name; one that has others, or is too long, gets its hash.
func userID(name string) string {
	const length = 10
	id := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, strings.ToUpper(name))
	if len(id) != len(name) || len(id) > length {
		h := fnv.New64a()
		_, _ = h.Write([]byte(name))
		id = fmt.Sprintf("%016X", h.Sum64())[:length]
	}
	return "U" + strings.Repeat("0", length-len(id)) + id
}

// meet remembers a user as they last were.
func (w *webServer) meet(u User) *team {
	t := w.world.team(u.Team)
	t.byID[u.ID] = u
	return t
}

// DM is the ID of the direct messages between a user and the bot.
func (s *Server) DM(u User) string {
	s.web.mu.Lock()
	defer s.web.mu.Unlock()
	return s.web.meet(u).dm(u.ID).ID
}

// dm are the direct messages of a user and the bot, which come into being when first asked for.
func (t *team) dm(user string) *channel {
	id := "D" + user[1:]
	if ch := t.channels[id]; ch != nil {
		return ch
	}
	return t.add(&channel{Channel: Channel{Team: t.ID, ID: id, Kind: IM, Member: true}, with: user})
}

// team is one there must be: that a test names another is its mistake. "" is the first.
func (w *world) team(id string) *team {
	if id == "" {
		id = DefaultTeam
	}
	t := w.teams[id]
	if t == nil {
		panic(fmt.Sprintf("slacktest: there is no workspace %q", id))
	}
	return t
}

// channel is one there must be.
func (w *world) channel(team, id string) *channel {
	ch := w.team(team).channels[id]
	if ch == nil {
		panic(fmt.Sprintf("slacktest: there is no channel %q in workspace %q", id, team))
	}
	return ch
}

// enterprise are the workspaces of an organisation.
func (w *world) enterprise(id string) []*team {
	var list []*team
	for _, t := range w.order {
		if id != "" && t.Enterprise == id {
			list = append(list, t)
		}
	}
	return list
}

// shown is a channel's name as commands and interactions have it.
func (ch *channel) shown() string {
	switch ch.Kind {
	case IM:
		return "directmessage"
	case Private, MPIM:
		return "privategroup"
	}
	return ch.Name
}

// stamp is a new ts, unique in the channel. Those of users without lag rise.
func (ch *channel) stamp(at time.Time, lagging bool) string {
	us := at.UnixMicro()
	if !lagging {
		us = max(us, ch.last+1)
	}
	for lagging && ch.find(stampOf(us)) != nil {
		us++
	}
	ch.last = max(ch.last, us)
	return stampOf(us)
}

func stampOf(us int64) string { return fmt.Sprintf("%d.%06d", us/1e6, us%1e6) }

func stampAt(at time.Time) string { return stampOf(at.UnixMicro()) }

// actionStamp is the time of an action. No two are of the same.
func (w *webServer) actionStamp(at time.Time) string {
	if len(w.acted) > maxStamps {
		clear(w.acted)
	}
	us := at.UnixMicro()
	for w.acted[us] {
		us++
	}
	w.acted[us] = true
	return stampOf(us)
}

const maxStamps = 100_000

func (ch *channel) find(ts string) *message {
	for _, m := range slices.Backward(ch.messages) {
		if m.TS == ts {
			return m
		}
	}
	return nil
}
