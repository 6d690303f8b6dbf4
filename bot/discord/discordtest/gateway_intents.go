package discordtest

import (
	"encoding/json"
	"strings"
)

// Intents that decide what a session gets. https://docs.discord.com/developers/events/gateway#list-of-intents
const (
	intentGuilds          = 1 << 0
	intentMembers         = 1 << 1
	intentGuildMessages   = 1 << 9
	intentGuildReactions  = 1 << 10
	intentGuildTyping     = 1 << 11
	intentDirectMessages  = 1 << 12
	intentDirectReactions = 1 << 13
	intentDirectTyping    = 1 << 14
	intentMessageContent  = 1 << 15
)

// filter is what a session sees of an event: nothing without its intent, and of a message in a guild no content without
// that intent, unless the bot wrote it or is mentioned.
// https://docs.discord.com/developers/events/gateway#message-content-intent
func (sess *gatewaySession) filter(event string, data json.RawMessage) (json.RawMessage, bool) {
	guild, direct := intentsOf(event)
	if guild == 0 || sess.intents&guild != 0 && sess.intents&direct != 0 && sess.intents&intentMessageContent != 0 {
		return data, true
	}
	var d struct {
		Guild  string `json:"guild_id"`
		Author struct {
			ID string `json:"id"`
		} `json:"author"`
		Mentions []struct {
			ID string `json:"id"`
		} `json:"mentions"`
	}
	if json.Unmarshal(data, &d) != nil {
		return data, true // what is malformed is malformed on purpose
	}
	if d.Guild == "" && direct != 0 {
		return data, sess.intents&direct != 0
	}
	if sess.intents&guild == 0 {
		return nil, false
	}
	own := d.Author.ID == sess.g.s.o.Application
	for _, m := range d.Mentions {
		own = own || m.ID == sess.g.s.o.Application
	}
	if own || sess.intents&intentMessageContent != 0 || guild != intentGuildMessages {
		return data, true
	}
	return withoutContent(data), true
}

// intentsOf is the intent for an event in a guild, and the one for it in a direct message; 0 is none needed, or no such.
func intentsOf(event string) (guild, direct int) {
	switch {
	case event == "MESSAGE_CREATE", event == "MESSAGE_UPDATE", event == "MESSAGE_DELETE":
		return intentGuildMessages, intentDirectMessages
	case strings.HasPrefix(event, "MESSAGE_REACTION_"):
		return intentGuildReactions, intentDirectReactions
	case event == "TYPING_START":
		return intentGuildTyping, intentDirectTyping
	case strings.HasPrefix(event, "GUILD_MEMBER_"):
		return intentMembers, 0
	case strings.HasPrefix(event, "GUILD_"), strings.HasPrefix(event, "CHANNEL_"), strings.HasPrefix(event, "THREAD_"):
		return intentGuilds, 0
	}
	return 0, 0
}

// withoutContent blanks what the message content intent protects.
func withoutContent(data json.RawMessage) json.RawMessage {
	var d map[string]json.RawMessage
	if json.Unmarshal(data, &d) != nil {
		return data
	}
	for name, blank := range map[string]string{"content": `""`, "embeds": `[]`, "attachments": `[]`, "components": `[]`} {
		if _, ok := d[name]; ok {
			d[name] = json.RawMessage(blank)
		}
	}
	delete(d, "poll")
	return marshal(d)
}
