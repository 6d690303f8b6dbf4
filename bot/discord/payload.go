package discord

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/whowon-bot/whowon/bot"
)

// The payloads hold what the bot looks at and nothing else. discordgo's own types decode all of it, several times as slowly,
// and fail on the whole where one part is of a type they do not know.

// interaction is INTERACTION_CREATE, and the body of a request with transport http.
type interaction struct {
	ID             string                               `json:"id"`
	Type           discordgo.InteractionType            `json:"type"`
	Token          string                               `json:"token"`
	GuildID        string                               `json:"guild_id"`
	ChannelID      string                               `json:"channel_id"`
	Channel        struct{ Type discordgo.ChannelType } `json:"channel"`
	Member         *member                              `json:"member"` // in a guild
	User           *user                                `json:"user"`   // elsewhere
	AppPermissions string                               `json:"app_permissions"`
	Context        int                                  `json:"context"`
	Owners         map[string]string                    `json:"authorizing_integration_owners"`
	Data           interactionData                      `json:"data"`
	Message        *struct {
		ID         string                 `json:"id"`
		Flags      discordgo.MessageFlags `json:"flags"`
		Components json.RawMessage        `json:"components"`
	} `json:"message"` // that a button is on
}

// contextPrivate is a conversation that the bot is not in: a group, or a direct message between others.
const contextPrivate = 2

type interactionData struct {
	Name       string           `json:"name"`
	Options    []optionValue    `json:"options"`
	CustomID   string           `json:"custom_id"`
	Components []modalComponent `json:"components"` // of a modal
}

type optionValue struct {
	Name    string                                 `json:"name"`
	Type    discordgo.ApplicationCommandOptionType `json:"type"`
	Value   json.RawMessage                        `json:"value"`
	Focused bool                                   `json:"focused"`
	Options []optionValue                          `json:"options"` // of a subcommand
}

// modalComponent is a row or a label of a modal, with the field in it, or the field itself.
type modalComponent struct {
	Value      string           `json:"value"`
	Components []modalComponent `json:"components"`
	Component  *modalComponent  `json:"component"`
}

type user struct {
	ID         string `json:"id"`
	Username   string `json:"username"`
	GlobalName string `json:"global_name"`
	Bot        bool   `json:"bot"`
}

type member struct {
	User        *user  `json:"user"`
	Nick        string `json:"nick"`
	Permissions string `json:"permissions"` // absent from messages
}

// message is MESSAGE_CREATE.
type message struct {
	ID         string                `json:"id"`
	Type       discordgo.MessageType `json:"type"`
	ChannelID  string                `json:"channel_id"`
	GuildID    string                `json:"guild_id"`
	Content    string                `json:"content"`
	WebhookID  string                `json:"webhook_id"`
	Author     user                  `json:"author"`
	Member     *member               `json:"member"`
	Mentions   []struct{ ID string } `json:"mentions"`
	Referenced *struct {
		Author user `json:"author"`
	} `json:"referenced_message"`
}

// guildCreate is GUILD_CREATE.
type guildCreate struct {
	ID              string    `json:"id"`
	SystemChannelID string    `json:"system_channel_id"`
	JoinedAt        time.Time `json:"joined_at"`
	Unavailable     bool      `json:"unavailable"`
}

// shown is a user as the bot knows them: under the name of the guild, else the one they gave themselves.
func shown(u *user, m *member) bot.User {
	name := u.GlobalName
	if m != nil && m.Nick != "" {
		name = m.Nick
	}
	if name == "" {
		name = u.Username
	}
	return bot.User{ID: bot.UserID(u.ID), Name: name}
}

// from is who did it; nil where the payload does not say.
func (i *interaction) from() (*user, *member) {
	if i.Member != nil && i.Member.User != nil {
		return i.Member.User, i.Member
	}
	return i.User, nil
}

// text is what was typed into a modal.
func (i *interaction) text() string {
	for _, c := range i.Data.Components {
		if s := c.text(); s != "" {
			return s
		}
	}
	return ""
}

func (c modalComponent) text() string {
	if c.Value != "" {
		return c.Value
	}
	if c.Component != nil {
		return c.Component.Value
	}
	for _, in := range c.Components {
		if in.Value != "" {
			return in.Value
		}
	}
	return ""
}

// label is that of the pressed button, "" where the message does not hold it.
func (i *interaction) label() string {
	if i.Message == nil {
		return ""
	}
	type component struct {
		CustomID   string          `json:"custom_id"`
		Label      string          `json:"label"`
		Components json.RawMessage `json:"components"`
	}
	var search func(raw json.RawMessage, depth int) string
	search = func(raw json.RawMessage, depth int) string {
		var list []component
		if depth > 3 || json.Unmarshal(raw, &list) != nil {
			return ""
		}
		for _, c := range list {
			if c.CustomID == i.Data.CustomID {
				return c.Label
			}
			if s := search(c.Components, depth+1); s != "" {
				return s
			}
		}
		return ""
	}
	return search(i.Message.Components, 0)
}

// epoch is the first second of 2015, from which snowflakes count:
// https://discord.com/developers/docs/reference#snowflakes.
const epoch = 1420070400000

// created is when an ID was made, by Discord's clock to the millisecond, and its place in the order of all IDs.
func created(id string) (time.Time, uint64) {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return time.Time{}, 0
	}
	return time.UnixMilli(int64(n>>22) + epoch), n
}
