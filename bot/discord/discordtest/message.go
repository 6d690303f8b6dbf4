package discordtest

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"time"
)

// Flags of messages. https://docs.discord.com/developers/resources/message#message-object-message-flags
const (
	Ephemeral    = 1 << 6
	loading      = 1 << 7
	ComponentsV2 = 1 << 15

	suppressed = 1<<2 | 1<<12 // embeds, notifications
)

// Message is a message as it is at one time.
type Message struct {
	ID, ChannelID string
	GuildID       string // "" outside of guilds
	Author        string // ID of the user
	For           string // ID of the user who alone sees it; "" is everybody
	Flags         int
	Content       string
	Embeds        json.RawMessage // as they were sent; nil is none
	Components    json.RawMessage // as they were sent; nil is none
	Reference     string          // ID of the message it replies to, or ""
	At            time.Time       // by its ID
	Edited        time.Time       // zero when it was not

	names map[string]string // of the users that its text mentions, by ID
}

// message is a message on the server.
type message struct {
	Message
	ch    *channel
	from  *User           // nil is the bot
	of    *Interaction    // that it answers, or nil
	event json.RawMessage // that told the bot of it, where a user wrote it
	ping  bool            // a reply that pings
	also  []string        // users who are mentioned without being named in the text
	nonce json.RawMessage
	first bool // the first response to an interaction
}

// snapshot is what a message is now.
func (r *restServer) snapshot(m *message) Message {
	out := m.Message
	for _, id := range mentioned(m.Message) {
		u, ok := r.world.byID[id]
		if id == r.s.o.Application {
			u, ok = *r.self(), true
		}
		if ok {
			if out.names == nil {
				out.names = map[string]string{}
			}
			out.names[id] = u.shown()
		}
	}
	return out
}

func (u *User) shown() string {
	switch {
	case u.Nick != "":
		return u.Nick
	case u.GlobalName != "":
		return u.GlobalName
	}
	return u.Name
}

// draft is a message that a request carries.
type draft struct {
	fields     map[string]json.RawMessage
	Content    string          `json:"content"`
	Embeds     json.RawMessage `json:"embeds"`
	Components json.RawMessage `json:"components"`
	Flags      int             `json:"flags"`
	Nonce      json.RawMessage `json:"nonce"`
	Enforce    bool            `json:"enforce_nonce"`
	Reference  *struct {
		MessageID string `json:"message_id"`
		Must      *bool  `json:"fail_if_not_exists"`
	} `json:"message_reference"`
	Allowed *allowed `json:"allowed_mentions"`
}

// draft reads a message that a request carries, to be sent, or to change old. It returns nil and why it is refused where
// that is so.
func (r *restServer) draft(c *call, raw []byte, old *message) (*draft, answer) {
	d := &draft{}
	if json.Unmarshal(raw, &d.fields) != nil || d.fields == nil {
		return nil, r.notJSON(c)
	}
	bad := json.Unmarshal(raw, d)
	after := message{}
	if old != nil {
		after = *old
	}
	d.apply(&after)
	if bad == nil && after.empty() {
		return nil, refuse(http.StatusBadRequest, 50006, "Cannot send an empty message")
	}
	if errs := checkMessage(keepFlags(d.fields, raw, old), old != nil); len(errs) > 0 {
		return nil, r.violation(c, c.inData(errs)...)
	}
	if bad != nil {
		return nil, r.violation(c, fieldError{"", "BASE_TYPE_BAD", bad.Error()})
	}
	if after.Flags&ComponentsV2 != 0 && (after.Content != "" || elements(after.Embeds) > 0) {
		return nil, r.violation(c, fieldError{"content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
			"The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"})
	}
	r.recorder.look(d, after.Message, c.e.ownToken())
	return d, answer{}
}

// keepFlags is the body of an edit as it is to be checked: a message stays one of components.
func keepFlags(fields map[string]json.RawMessage, raw []byte, old *message) []byte {
	if old == nil || old.Flags&ComponentsV2 == 0 {
		return raw
	}
	var flags int
	if json.Unmarshal(fields["flags"], &flags) != nil && fields["flags"] != nil {
		return raw // which the check refuses
	}
	fields = maps.Clone(fields)
	fields["flags"] = marshal(flags | ComponentsV2)
	return marshal(fields)
}

func (m *message) empty() bool {
	return m.Content == "" && elements(m.Embeds) == 0 && elements(m.Components) == 0
}

// elements is the length of a JSON array; what is none has none.
func elements(raw json.RawMessage) int {
	var list []json.RawMessage
	_ = json.Unmarshal(raw, &list) // null and nothing are empty, the rest was refused
	return len(list)
}

// apply changes a message to what a draft says of it. What a draft does not name stays.
func (d *draft) apply(m *message) {
	if _, ok := d.fields["content"]; ok {
		m.Content = d.Content
	}
	if _, ok := d.fields["embeds"]; ok {
		m.Embeds = d.Embeds
	}
	if _, ok := d.fields["components"]; ok {
		m.Components = d.Components
	}
	if _, ok := d.fields["flags"]; ok {
		m.Flags = m.Flags&^suppressed | d.Flags&(suppressed|ComponentsV2)
	}
}

// show tells whoever looks, and the bot, that a message is there or has changed.
func (r *restServer) show(m *message, edited bool) {
	seen, hook, event := r.snapshot(m), r.onMessage, "MESSAGE_CREATE"
	if edited {
		event = "MESSAGE_UPDATE"
	}
	if m.ch.present() {
		data, guild := marshal(r.eventJSON(m)), m.ch.guildID()
		if m.For != "" {
			guild = ""
		}
		r.later(func() { r.s.DispatchGuild(guild, event, data) })
	}
	if hook != nil {
		r.later(func() { hook(seen, edited) })
	}
}

// gone tells the bot that a message is no longer there.
func (r *restServer) gone(m *message) {
	m.ch.messages = slices.DeleteFunc(m.ch.messages, func(other *message) bool { return other == m })
	if m.of != nil {
		if m.of.original == m {
			m.of.original = nil
		}
		m.of.replies = slices.DeleteFunc(m.of.replies, func(other *message) bool { return other == m })
	}
	if !m.ch.present() || m.For != "" {
		return
	}
	o := object{"id": m.ID, "channel_id": m.ChannelID}
	if m.GuildID != "" {
		o["guild_id"] = m.GuildID
	}
	r.later(func() { r.s.DispatchGuild(m.GuildID, "MESSAGE_DELETE", o) })
}

// add puts a new message into its channel.
func (r *restServer) add(m *message, at time.Time) {
	m.ID, m.At, m.ChannelID, m.GuildID = r.snowflake(at), at, m.ch.ID, m.ch.guildID()
	if m.Author == "" {
		m.Author = r.s.o.Application
	}
	if m.For == "" {
		m.ch.last = m.ID
	}
	r.recorder.name("message", m.ID)
	kept := trim(m.ch.messages, r.o.Keep)
	for _, old := range m.ch.messages[:len(m.ch.messages)-len(kept)] {
		r.recorder.forget(old.ID)
	}
	kept = append(kept, m)
	m.ch.messages = kept
}

func (ch *channel) find(id string) *message {
	for _, m := range slices.Backward(ch.messages) {
		if m.ID == id {
			return m
		}
	}
	return nil
}

// ChannelMessages are the messages of a channel, oldest first, also those that only one user sees. What is deferred is none
// yet.
func (s *Server) ChannelMessages(channelID string) []Message {
	r := s.rest
	r.mu.Lock()
	defer r.mu.Unlock()
	out := []Message{}
	if ch := r.world.channels[channelID]; ch != nil {
		for _, m := range ch.messages {
			if m.Flags&loading == 0 {
				out = append(out, r.snapshot(m))
			}
		}
	}
	return out
}
