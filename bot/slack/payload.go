package slack

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

// The payloads hold what the bot looks at and nothing else. slack-go's own types decode all of it, several times as slowly,
// and fail on the whole where one part is of a type they do not know.

// slash is a slash command: https://docs.slack.dev/interactivity/implementing-slash-commands
type slash struct {
	Team       string `json:"team_id"`
	Enterprise string `json:"enterprise_id"`
	Channel    string `json:"channel_id"`
	User       string `json:"user_id"`
	UserName   string `json:"user_name"`
	Command    string `json:"command"`
	Text       string `json:"text"`
	Response   string `json:"response_url"`
	Trigger    string `json:"trigger_id"`

	Wide json.RawMessage `json:"is_enterprise_install"` // a text
}

func (s *slash) place() place { return at(s.Team, s.Enterprise, s.Channel, yes(s.Wide)) }

// at is a place, whose organization matters only where the app is installed in all of it.
func at(team, org, channel string, wide bool) place {
	if !wide {
		org = ""
	}
	return place{org: org, team: team, channel: channel}
}

// ref is an object of which only the ID matters, and for a user the name.
type ref struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	UserName   string `json:"username"`
	Enterprise string `json:"enterprise_id"`
}

// interaction is what a user did with something that the app shows, or with a shortcut:
// https://docs.slack.dev/reference/interaction-payloads
type interaction struct {
	Type       string `json:"type"`
	Team       *ref   `json:"team"` // null for an app that a whole organization installed
	Enterprise *ref   `json:"enterprise"`
	User       struct {
		ref
		Team string `json:"team_id"`
	} `json:"user"`
	Channel   ref    `json:"channel"`
	Trigger   string `json:"trigger_id"`
	Wide      bool   `json:"is_enterprise_install"`
	Response  string `json:"response_url"`
	Callback  string `json:"callback_id"`
	ActionID  string `json:"action_id"` // of block_suggestion, as Value
	Value     string `json:"value"`
	Container struct {
		MessageTS string `json:"message_ts"`
		Channel   string `json:"channel_id"`
		Thread    string `json:"thread_ts"`
		Ephemeral bool   `json:"is_ephemeral"`
	} `json:"container"`
	Message *struct {
		TS     string `json:"ts"`
		Thread string `json:"thread_ts"`
		Text   string `json:"text"`
	} `json:"message"`
	View      *viewState `json:"view"`
	Responses []struct {
		URL     string `json:"response_url"`
		Channel string `json:"channel_id"`
	} `json:"response_urls"` // of a channel that was chosen in a form
	Actions []struct {
		ID   string `json:"action_id"`
		TS   string `json:"action_ts"`
		Text struct {
			Text string `json:"text"`
		} `json:"text"`
	} `json:"actions"`
}

// viewState is the modal or App Home that something was done in.
type viewState struct {
	ID       string `json:"id"`
	Type     string `json:"type"`
	Callback string `json:"callback_id"`
	Metadata string `json:"private_metadata"`
	State    struct {
		Values map[string]map[string]fieldValue `json:"values"` // by block and action
	} `json:"state"`
}

// fieldValue is what was filled into a field, of whichever kind.
type fieldValue struct {
	Value        string `json:"value"`
	User         string `json:"selected_user"`
	Conversation string `json:"selected_conversation"`
	Option       *struct {
		Value string `json:"value"`
	} `json:"selected_option"`
}

// text is the value as it would be typed.
func (v fieldValue) text() string {
	if v.Option != nil {
		return v.Option.Value
	}
	return v.Value + v.User + v.Conversation
}

// values are what was filled in, by action.
func (v *viewState) values() map[string]string {
	all := map[string]string{}
	for _, fields := range v.State.Values {
		for action, value := range fields {
			all[action] = value.text()
		}
	}
	return all
}

// callback is what the Events API sends: https://docs.slack.dev/apis/events-api#event-type-structure
type callback struct {
	Type           string `json:"type"` // event_callback, url_verification
	Challenge      string `json:"challenge"`
	Team           string `json:"team_id"`
	Enterprise     string `json:"enterprise_id"`
	ID             string `json:"event_id"`
	Time           int64  `json:"event_time"`
	Event          event  `json:"event"`
	Authorizations []struct {
		Team       string `json:"team_id"`
		Enterprise string `json:"enterprise_id"`
		User       string `json:"user_id"` // the bot's
		Wide       bool   `json:"is_enterprise_install"`
	} `json:"authorizations"`
}

// event is any of the events that the app is subscribed to.
type event struct {
	Type        string          `json:"type"`
	Subtype     string          `json:"subtype"`
	Channel     string          `json:"channel"`
	ChannelType string          `json:"channel_type"`
	User        json.RawMessage `json:"user"` // an ID; an object in user_change and its like
	BotID       string          `json:"bot_id"`
	Text        string          `json:"text"`
	TS          string          `json:"ts"`
	Thread      string          `json:"thread_ts"`
	ParentUser  string          `json:"parent_user_id"`
	Hidden      bool            `json:"hidden"`
	Tab         string          `json:"tab"`
	Tokens      struct {
		Bot []string `json:"bot"`
	} `json:"tokens"`
}

func (e *event) user() string { return unquoted(e.User) }

// unquoted is a JSON string of plain ASCII, such as an ID; "" is anything else.
func unquoted(raw json.RawMessage) string {
	if len(raw) < 2 || raw[0] != '"' || strings.ContainsRune(string(raw), '\\') {
		return ""
	}
	return string(raw[1 : len(raw)-1])
}

// place is where an interaction took place; its channel is "" in a modal or App Home.
func (i *interaction) place() place {
	team, org, channel := i.User.Team, "", i.Channel.ID
	if i.Team != nil {
		team, org = i.Team.ID, i.Team.Enterprise
	}
	if i.Enterprise != nil {
		org = i.Enterprise.ID
	}
	if channel == "" {
		channel = i.Container.Channel
	}
	return at(team, org, channel, i.Wide)
}

// place is where an event happened, in the workspace that the app is installed in: in a shared channel that need not be the
// author's. self is the bot user there, where Slack says so.
func (c *callback) place() (where place, self string) {
	if len(c.Authorizations) == 0 {
		return at(c.Team, c.Enterprise, c.Event.Channel, false), ""
	}
	a := c.Authorizations[0]
	if a.Team == "" {
		a.Team = c.Team
	}
	return at(a.Team, a.Enterprise, c.Event.Channel, a.Wide), a.User
}

// message is the timestamp of the message that an interaction is about; "" is none.
func (i *interaction) message() string {
	if i.Container.MessageTS != "" || i.Message == nil {
		return i.Container.MessageTS
	}
	return i.Message.TS
}

// thread is that of the message that an interaction is about; "" outside of one.
func (i *interaction) thread() string {
	if i.Container.Thread != "" || i.Message == nil {
		return i.Container.Thread
	}
	return i.Message.Thread
}

func (i *interaction) who() bot.User {
	name := i.User.Name
	if name == "" {
		name = i.User.UserName
	}
	return bot.User{ID: bot.UserID(i.User.ID), Name: name}
}

// moment is a timestamp of Slack's, "1700000000.000100": a time to the millisecond, and its place in the order of a
// channel. The last digits are there to tell timestamps apart.
func moment(ts string) (time.Time, uint64) {
	seconds, micros, ok := strings.Cut(ts, ".")
	s, err1 := strconv.ParseInt(seconds, 10, 64)
	m, err2 := strconv.ParseInt(micros, 10, 64)
	if !ok || err1 != nil || err2 != nil || len(micros) != 6 || s < 0 || m < 0 {
		return time.Time{}, 0
	}
	return time.UnixMilli(s*1e3 + m/1e3), uint64(s)*1e6 + uint64(m)
}

// place is a channel of a workspace. Two workspaces may have the same channel ID, so the bot's ID of a channel names
// both, and the organization where the app is installed in all of it: that is whose token acts there.
type place struct{ org, team, channel string }

func (p place) bot() bot.Channel {
	id := p.team + "/" + p.channel
	if p.org != "" {
		id = p.org + ":" + id
	}
	return bot.Channel{Platform: name, ID: id}
}

// in is another channel of the same workspace.
func (p place) in(channel string) place { return place{p.org, p.team, channel} }

func (p place) guild() bot.Guild { return guildOf(p.team) }

// placeOf takes a channel's ID apart.
func placeOf(ch bot.Channel) place {
	var p place
	org, rest, found := strings.Cut(ch.ID, ":")
	if !found {
		org, rest = "", ch.ID
	}
	p.org = org
	p.team, p.channel, _ = strings.Cut(rest, "/")
	return p
}

func guildOf(team string) bot.Guild { return bot.Guild{Platform: name, ID: team} }

// yes reads a flag, which commands have as a text.
func yes(raw json.RawMessage) bool { return string(raw) == "true" || string(raw) == `"true"` }
