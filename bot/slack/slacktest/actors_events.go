package slacktest

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// kinds are the channel_type of messages.
var kinds = map[string]string{Public: "channel", Private: "group", IM: "im", MPIM: "mpim"}

// Say is a message of a user, or of a bot with a user. Who is mentioned stands in the text as "<@ID>". The app is told
// of it where it is in the channel and has the scope; and once more where it is mentioned.
// https://docs.slack.dev/reference/events/message, https://docs.slack.dev/reference/events/app_mention
func (s *Server) Say(p Where, u User, text string) Message {
	m := &message{Message: Message{User: u.ID, Text: text}}
	if u.Bot {
		m.bot = "B" + u.ID[1:]
	}
	return s.web.say(p, u, m)
}

// SayAsBot is a message of an integration that has no user, only a name.
// https://docs.slack.dev/reference/events/message/bot_message
func (s *Server) SayAsBot(p Where, name, text string) Message {
	return s.web.say(p, User{Team: p.Team}, &message{Message: Message{Text: text}, bot: "B00OTHERBOT", botName: name})
}

func (w *webServer) say(p Where, u User, m *message) Message {
	m.ch = w.at(p, u)
	var seen Message
	w.do(func() {
		if u.ID != "" {
			w.meet(u)
		}
		if p.Thread != "" && m.ch.find(p.Thread) == nil {
			panic("slacktest: there is no message to reply to")
		}
		at := time.Now().Add(-u.Lag)
		m.Thread, m.TS = p.Thread, m.ch.stamp(at, u.Lag > 0)
		if m.botName == "" {
			m.Blocks = w.richText(m.Text)
		}
		w.add(m, at)
		w.tellMessage(m)
		w.tellMention(m)
		seen = m.Message
	})
	return seen
}

// richText is a text as Slack's own editor writes it, as far as text and mentions go.
func (w *webServer) richText(text string) json.RawMessage {
	parts := []object{}
	for text != "" {
		before, rest, ok := strings.Cut(text, "<@")
		id, after, closed := strings.Cut(rest, ">")
		if !ok || !closed {
			before, after, id = text, "", ""
		}
		if before != "" {
			parts = append(parts, object{"type": "text", "text": before})
		}
		if id != "" {
			parts = append(parts, object{"type": "user", "user_id": id})
		}
		text = after
	}
	return encode([]object{{"type": "rich_text", "block_id": fmt.Sprintf("b%04x", w.serial()),
		"elements": []object{{"type": "rich_text_section", "elements": parts}}}})
}

// tellMessage tells the app of a new message, also of its own.
func (w *webServer) tellMessage(m *message) {
	o := w.messageJSON(m)
	o["channel"], o["channel_type"], o["event_ts"] = m.Channel, kinds[m.ch.Kind], m.TS
	if m.bot == "" {
		o["client_msg_id"] = fmt.Sprintf("00000000-0000-4000-8000-%012d", w.serial())
	}
	w.tellIn(m, o)
}

// tellMention tells the app of a message that mentions it. In direct messages there is no such event.
func (w *webServer) tellMention(m *message) {
	t := m.ch.team
	if !strings.Contains(m.Text, "<@"+t.botUser+">") || m.ch.Kind == IM || !m.ch.Member ||
		!w.granted(t, "app_mentions:read") {
		return
	}
	o := w.messageJSON(m)
	o["type"], o["channel"], o["event_ts"] = "app_mention", m.Channel, m.TS
	m.events = append(m.events, w.tell(t, o, time.Now()))
}

// tellIn tells the app of something in a channel, where it may know of it.
func (w *webServer) tellIn(m *message, o object) {
	if !m.ch.Member || !w.granted(m.ch.team, m.ch.history()) {
		return
	}
	sent := w.tell(m.ch.team, o, time.Now())
	if o["hidden"] == nil {
		m.events = append(m.events, sent)
	}
}

// granted reports whether the app is in a workspace with a scope.
func (w *webServer) granted(t *team, scope string) bool {
	tok := w.tokens[t.token]
	return t.installed && tok != nil && tok.gone == "" && tok.has(scope)
}

// tellChanged: https://docs.slack.dev/reference/events/message/message_changed
func (w *webServer) tellChanged(m *message, before object, at time.Time) {
	ts := stampAt(at)
	w.tellIn(m, object{"type": "message", "subtype": "message_changed", "hidden": true, "channel": m.Channel, "ts": ts,
		"event_ts": ts, "channel_type": kinds[m.ch.Kind], "message": w.messageJSON(m), "previous_message": before})
}

// tellDeleted: https://docs.slack.dev/reference/events/message/message_deleted
func (w *webServer) tellDeleted(m *message, before object, at time.Time) {
	ts := stampAt(at)
	w.tellIn(m, object{"type": "message", "subtype": "message_deleted", "hidden": true, "channel": m.Channel, "ts": ts,
		"event_ts": ts, "deleted_ts": m.TS, "channel_type": kinds[m.ch.Kind], "previous_message": before})
}

// tell delivers an event of a workspace, and returns what is delivered.
// https://docs.slack.dev/apis/events-api#event-type-structure
func (w *webServer) tell(t *team, event object, at time.Time) json.RawMessage {
	if !t.installed {
		return nil
	}
	n := w.serial()
	authorization := object{"enterprise_id": nil, "team_id": t.ID, "user_id": t.botUser, "is_bot": true,
		"is_enterprise_install": t.org}
	o := object{"token": verification, "team_id": t.ID, "context_team_id": t.ID, "context_enterprise_id": nil,
		"api_app_id": w.s.o.App.ID, "event": event, "type": "event_callback", "event_id": fmt.Sprintf("Ev%09d", n),
		"event_time": at.Unix(), "authorizations": []object{authorization}, "is_ext_shared_channel": false,
		"event_context": fmt.Sprintf("4-context-%d", n)}
	if t.Enterprise != "" {
		authorization["enterprise_id"], o["enterprise_id"], o["context_enterprise_id"] = t.Enterprise, t.Enterprise, t.Enterprise
	}
	payload := encode(o)
	w.later(func() { w.s.delivery.send(parcel{kind: kindEvents, payload: payload, retry: true}) })
	return payload
}

// said is a message that is there.
func (w *webServer) said(m Message) *message {
	said := w.world.channel(m.Team, m.Channel).find(m.TS)
	if said == nil || said.Deleted {
		panic("slacktest: there is no such message any more")
	}
	return said
}

// EditMessage is a user who changes the text of what they said.
func (s *Server) EditMessage(m Message, text string) Message {
	w := s.web
	w.do(func() {
		said, at := w.said(m), time.Now()
		before := w.messageJSON(said)
		said.Text, said.Blocks, said.Edited, said.editedAt = text, w.richText(text), true, at
		w.tellChanged(said, before, at)
		m = said.Message
	})
	return m
}

// DeleteMessage is a user who deletes a message, their own or another's.
func (s *Server) DeleteMessage(m Message) {
	w := s.web
	w.do(func() {
		said, at := w.said(m), time.Now()
		before := w.messageJSON(said)
		said.Deleted = true
		w.tellDeleted(said, before, at)
	})
}

// Redeliver delivers the events of a message once more, with the same IDs.
func (s *Server) Redeliver(m Message) {
	w := s.web
	w.do(func() {
		for _, payload := range w.said(m).events {
			w.later(func() { s.delivery.send(parcel{kind: kindEvents, payload: payload, retry: true}) })
		}
	})
}

// OpenHome is a user who opens the app's home tab. https://docs.slack.dev/reference/events/app_home_opened
func (s *Server) OpenHome(u User) {
	w := s.web
	w.do(func() {
		t, at := w.meet(u), time.Now()
		o := object{"type": "app_home_opened", "user": u.ID, "channel": t.dm(u.ID).ID, "tab": "home", "event_ts": stampAt(at)}
		if v := t.homes[u.ID]; v != nil {
			o["view"] = w.viewJSON(v, v.values(nil))
		}
		w.tell(t, o, at)
	})
}

// JoinChannel adds the bot to a channel. https://docs.slack.dev/reference/events/member_joined_channel
func (s *Server) JoinChannel(team, id string, by User) {
	s.web.member(team, id, true, func(ch *channel) object {
		return object{"type": "member_joined_channel", "user": ch.team.botUser, "inviter": by.ID, "team": ch.Team,
			"channel_type": strings.ToUpper(kinds[ch.Kind][:1])}
	})
}

// RemoveFromChannel takes the bot out of a channel. https://docs.slack.dev/reference/events/channel_left
func (s *Server) RemoveFromChannel(team, id string, by User) {
	s.web.member(team, id, false, func(ch *channel) object {
		return object{"type": kinds[ch.Kind] + "_left", "actor_id": by.ID}
	})
}

// member says whether the bot is in a channel, and tells it where it has the scope.
func (w *webServer) member(team, id string, in bool, event func(*channel) object) {
	w.do(func() {
		ch, at := w.world.channel(team, id), time.Now()
		ch.Member = in
		if !w.granted(ch.team, ch.listing()) {
			return
		}
		o := event(ch)
		o["channel"], o["event_ts"] = id, stampAt(at)
		w.tell(ch.team, o, at)
	})
}

// listing is the scope that knowing of a channel needs.
func (ch *channel) listing() string {
	if ch.Kind == Public {
		return "channels:read"
	}
	return "groups:read"
}
