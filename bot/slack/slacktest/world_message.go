package slacktest

import (
	"encoding/json"
	"slices"
	"time"
)

// Message is a message as it is at one time.
type Message struct {
	Team, Channel, TS string
	Thread            string // ts of the message it replies to; "" is none
	User              string // ID of who wrote it
	Text              string
	Blocks            json.RawMessage // with the IDs that Slack gives to blocks and elements without; nil is none
	For               string          // ID of the user who alone sees it; "" is everybody
	Edited, Deleted   bool
	Broadcast         bool // a reply that is also in the channel
	Metadata          json.RawMessage
}

// message is a message on the server.
type message struct {
	Message
	ch          *channel
	of          *Interaction // that it answers, or nil
	attachments json.RawMessage
	files       []object
	bot         string // ID of the bot that wrote it, or ""
	botName     string // of one that is no user
	editedAt    time.Time
	threaded    bool                // there are replies to it
	events      []json.RawMessage   // that told the app of it
	offered     map[string][]Option // what was last suggested, by action_id
}

// add puts a new message into its channel, with a ts unless it has one.
func (w *webServer) add(m *message, at time.Time) {
	m.Team, m.Channel = m.ch.team.ID, m.ch.ID
	if m.TS == "" {
		m.TS = m.ch.stamp(at, false)
	}
	if m.Thread != "" {
		if parent := m.ch.find(m.Thread); parent != nil {
			parent.threaded = true
		}
	}
	m.ch.messages = append(trim(m.ch.messages, w.keep), m)
}

// show tells whoever looks that the app's message is there, has changed, or is gone.
func (w *webServer) show(m *message, edited bool) {
	seen, hook := m.Message, w.onMessage
	if hook != nil {
		w.later(func() { hook(seen, edited) })
	}
	if m.of != nil && !edited {
		m.of.messages = append(m.of.messages, m)
	}
}

// OnMessage is called for each message that the app shows, and again for each that it changes or deletes, in order: posts,
// ephemeral messages, what comes by response URLs and in acknowledgements. f may use the server. nil is nobody.
func (s *Server) OnMessage(f func(m Message, edited bool)) {
	s.web.mu.Lock()
	defer s.web.mu.Unlock()
	s.web.onMessage = f
}

// Messages are those of a channel, oldest first by their arrival, also those that only one user sees. What was deleted is
// not among them.
func (s *Server) Messages(team, channel string) []Message {
	s.web.mu.Lock()
	defer s.web.mu.Unlock()
	out := []Message{}
	if ch := s.web.world.team(team).channels[channel]; ch != nil {
		for _, m := range ch.messages {
			if !m.Deleted {
				out = append(out, m.Message)
			}
		}
	}
	return out
}

// messageJSON is a message as Slack tells of it.
func (w *webServer) messageJSON(m *message) object {
	o := object{"type": "message", "text": m.Text, "ts": m.TS, "team": m.Team}
	if m.User != "" {
		o["user"] = m.User
	}
	if m.bot != "" {
		o["bot_id"] = m.bot
	}
	if m.botName != "" {
		o["subtype"], o["username"] = "bot_message", m.botName
	} else if m.bot != "" {
		app := "A00OTHERAPP"
		if m.bot == m.ch.team.botID {
			app = w.s.o.App.ID
		}
		o["app_id"] = app
		o["bot_profile"] = object{"id": m.bot, "app_id": app, "name": m.ch.team.byID[m.User].Name, "deleted": false,
			"team_id": m.Team}
	}
	if m.Blocks != nil {
		o["blocks"] = m.Blocks
	}
	if m.attachments != nil {
		o["attachments"] = m.attachments
	}
	if m.files != nil {
		o["files"] = m.files
	}
	if m.Edited {
		o["edited"] = object{"user": m.User, "ts": stampAt(m.editedAt)}
	}
	m.threadJSON(o)
	return o
}

// threadJSON adds what a message tells of its thread.
func (m *message) threadJSON(o object) {
	if m.Thread != "" {
		o["thread_ts"] = m.Thread
		if parent := m.ch.find(m.Thread); parent != nil && parent.User != "" {
			o["parent_user_id"] = parent.User
		}
		if m.Broadcast {
			o["subtype"] = "thread_broadcast"
		}
		return
	}
	if !m.threaded {
		return
	}
	if replies := m.replies(); len(replies) > 0 {
		users := []string{}
		for _, r := range replies {
			if r.User != "" && len(users) < 5 && !slices.Contains(users, r.User) {
				users = append(users, r.User)
			}
		}
		o["thread_ts"], o["reply_count"], o["reply_users"] = m.TS, len(replies), users
		o["reply_users_count"], o["latest_reply"] = len(users), replies[len(replies)-1].TS
	}
}

// replies are the messages of a thread that everybody sees, without its first.
func (m *message) replies() []*message {
	var list []*message
	for _, r := range m.ch.messages {
		if r.Thread == m.TS && r.For == "" && !r.Deleted {
			list = append(list, r)
		}
	}
	return list
}
