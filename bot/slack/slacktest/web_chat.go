package slacktest

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// draft is a message that a request or an acknowledgement carries.
type draft struct {
	Text        string          `json:"text"`
	Blocks      json.RawMessage `json:"blocks"`
	Attachments json.RawMessage `json:"attachments"`
	Metadata    json.RawMessage `json:"metadata"`
	Thread      string          `json:"thread_ts"`

	given map[string]string // of an update: what it does not give stays
}

// empty reports whether an array, or no value, has nothing in it.
func empty(raw json.RawMessage) bool {
	var list []json.RawMessage
	return len(raw) == 0 || json.Unmarshal(raw, &list) == nil && len(list) == 0
}

func (c *call) draft() *draft {
	return &draft{Text: c.args["text"], Blocks: c.raw("blocks"), Attachments: c.raw("attachments"),
		Metadata: c.raw("metadata"), Thread: c.args["thread_ts"]}
}

// Lengths of texts, in characters. Posting cuts what is longer; updates refuse it.
// https://docs.slack.dev/reference/methods/chat.postMessage#truncating,
// https://docs.slack.dev/reference/methods/chat.update
const (
	maxText   = 40000
	maxUpdate = 4000
)

// check says what is wrong with a message; the answer counts only when false comes with it. What is no reason to refuse it
// but a mistake is a fault.
func (w *webServer) check(what string, d *draft) (reply, bool) {
	if d.Text == "" && empty(d.Blocks) && empty(d.Attachments) {
		return refuse("no_text"), false
	}
	for _, raw := range []json.RawMessage{d.Blocks, d.Attachments} {
		var list []json.RawMessage
		if raw != nil && json.Unmarshal(raw, &list) != nil {
			return refuse("invalid_blocks_format"), false
		}
	}
	if code := checkMetadata(d.Metadata); code != "" {
		return refuse(code), false
	}
	fields := map[string]json.RawMessage{"text": encode(d.Text)}
	if !empty(d.Blocks) {
		fields["blocks"] = d.Blocks
	}
	if !empty(d.Attachments) {
		fields["attachments"] = d.Attachments
	}
	if wrong := w.checkMessage(fields); len(wrong) > 0 {
		return refuseAll(wrong, "invalid_blocks"), false
	}
	if d.Text == "" && !empty(d.Blocks) {
		w.fault(what, "blocks without a text, for notifications and screen readers")
	}
	w.recorder.pings += pings(d.Text, d.Blocks)
	return reply{}, true
}

// refuseAll is an error for what a check has found: "code: text" each.
func refuseAll(wrong []string, code string) reply {
	messages := make([]string, len(wrong))
	for i, line := range wrong {
		messages[i] = line
		if first, rest, ok := strings.Cut(line, ": "); ok && !strings.ContainsAny(first, " /") {
			messages[i] = "[ERROR] " + rest
			if i == 0 {
				code = first
			}
		}
	}
	return refuse(code, messages...)
}

// checkMetadata: https://docs.slack.dev/messaging/message-metadata
func checkMetadata(raw json.RawMessage) string {
	if raw == nil {
		return ""
	}
	var o struct {
		EventType    string         `json:"event_type"`
		EventPayload map[string]any `json:"event_payload"`
	}
	switch err := json.Unmarshal(raw, &o); {
	case err != nil:
		return "invalid_metadata_format"
	case len(raw) > 8000:
		return "metadata_too_large"
	case o.EventType == "" && o.EventPayload == nil:
		return "" // what clients send for none
	case o.EventType == "" || o.EventPayload == nil:
		return "invalid_metadata_schema"
	}
	return ""
}

// apply changes a message to what a draft says of it.
func (w *webServer) apply(d *draft, m *message) {
	if d.gives("text") {
		m.Text = d.Text
	}
	if d.gives("blocks") {
		m.Blocks = nil
		if !empty(d.Blocks) {
			m.Blocks = w.fillIDs(d.Blocks)
		}
	}
	if d.gives("attachments") {
		m.attachments = nil
		if !empty(d.Attachments) {
			m.attachments = d.Attachments
		}
	}
	if d.Metadata == nil {
		return
	}
	m.Metadata = d.Metadata
	if !strings.Contains(string(d.Metadata), `"event_type"`) || strings.Contains(string(d.Metadata), `"event_type":""`) {
		m.Metadata = nil
	}
}

// gives reports whether a draft says something of a field.
func (d *draft) gives(field string) bool {
	_, ok := d.given[field]
	return ok || d.given == nil
}

// target is the conversation that a request names, if the bot may write there, or the code of why not. A user's ID is their
// direct messages.
func (w *webServer) target(c *call) (*channel, string) {
	ch := w.conversation(c, c.args["channel"])
	switch {
	case ch == nil:
		return nil, "channel_not_found"
	case ch.Archived:
		return nil, "is_archived"
	case ch.Member:
		return ch, ""
	case ch.Kind != Public:
		return nil, "channel_not_found"
	case c.token.has("chat:write.public"):
		return ch, ""
	}
	return nil, "not_in_channel"
}

// conversation is one that a request names, or nil. A token of an organisation is good in all of its workspaces.
func (w *webServer) conversation(c *call, id string) *channel {
	for _, t := range w.teamsOf(c) {
		if ch := t.channels[id]; ch != nil {
			return ch
		}
		if u, ok := t.byID[id]; ok && !u.Bot {
			return t.dm(id)
		}
	}
	return nil
}

// teamsOf are the workspaces of a request's token.
func (w *webServer) teamsOf(c *call) []*team {
	if c.team != nil {
		return []*team{c.team}
	}
	list := w.world.enterprise(c.token.enterprise)
	if id := c.args["team_id"]; id != "" {
		list = slices.DeleteFunc(list, func(t *team) bool { return t.ID != id })
	}
	return list
}

// postMessage: https://docs.slack.dev/reference/methods/chat.postMessage
func (w *webServer) postMessage(c *call) reply {
	ch, code := w.target(c)
	if code != "" {
		return refuse(code)
	}
	d := c.draft()
	if a, ok := w.check(c.m.name, d); !ok {
		return a
	}
	for _, name := range []string{"unfurl_links", "unfurl_media"} {
		if v := c.args[name]; v != "false" && v != "0" {
			w.fault(c.m.name, name+" is not false")
		}
	}
	if utf8.RuneCountInString(d.Text) > maxText {
		d.Text = string([]rune(d.Text)[:maxText])
		w.fault(c.m.name, "the text is cut at 40,000 characters")
	}
	m := &message{Message: Message{User: ch.team.botUser, Thread: d.Thread}, ch: ch, bot: ch.team.botID}
	if d.Thread != "" {
		parent := ch.find(d.Thread)
		if parent == nil || parent.Deleted || parent.For != "" {
			return refuse("thread_not_found")
		}
		if parent.Thread != "" {
			w.fault(c.m.name, "thread_ts is that of a reply, not of the thread")
			m.Thread = parent.Thread
		}
		m.Broadcast = c.truth("reply_broadcast")
	}
	w.apply(d, m)
	w.add(m, c.at)
	w.show(m, false)
	w.tellMessage(m)
	return done(object{"channel": ch.ID, "ts": m.TS, "message": w.messageJSON(m)})
}

// postEphemeral: https://docs.slack.dev/reference/methods/chat.postEphemeral
func (w *webServer) postEphemeral(c *call) reply {
	ch, code := w.target(c)
	if code != "" {
		return refuse(code)
	}
	user := c.args["user"]
	if _, ok := ch.team.byID[user]; !ok {
		return refuse("user_not_in_channel")
	}
	d := c.draft()
	if a, ok := w.check(c.m.name, d); !ok {
		return a
	}
	m := &message{Message: Message{User: ch.team.botUser, Thread: d.Thread, For: user}, ch: ch, bot: ch.team.botID}
	w.apply(d, m)
	w.add(m, c.at)
	w.show(m, false)
	return done(object{"message_ts": m.TS})
}

// own is a message of the bot's that a request is to change, or the code of why it may not.
func (w *webServer) own(c *call, cant string) (*message, string) {
	ch := w.conversation(c, c.args["channel"])
	if ch == nil || !ch.Member && ch.Kind != Public {
		return nil, "channel_not_found"
	}
	m := ch.find(c.args["ts"])
	switch {
	case m == nil || m.Deleted || m.For != "":
		return nil, "message_not_found"
	case m.bot != ch.team.botID:
		return nil, cant
	case ch.Archived:
		return nil, "is_archived"
	}
	return m, ""
}

// updateMessage: https://docs.slack.dev/reference/methods/chat.update. What it does not give stays as it is, also the
// blocks, which an empty list takes away.
func (w *webServer) updateMessage(c *call) reply {
	m, code := w.own(c, "cant_update_message")
	if code != "" {
		return refuse(code)
	}
	d := c.draft()
	d.given = c.args
	if utf8.RuneCountInString(d.Text) > maxUpdate {
		return refuse("msg_too_long")
	}
	if a, ok := w.check(c.m.name, d); !ok {
		return a
	}
	if _, ok := c.args["blocks"]; !ok && m.Blocks != nil {
		w.fault(c.m.name, "a text for a message with blocks, which stay and hide it: give blocks, or an empty list")
	}
	before := w.messageJSON(m)
	w.apply(d, m)
	m.Edited, m.editedAt = true, c.at
	w.show(m, true)
	w.tellChanged(m, before, c.at)
	return done(object{"channel": m.Channel, "ts": m.TS, "text": m.Text, "message": w.messageJSON(m)})
}

// deleteMessage: https://docs.slack.dev/reference/methods/chat.delete
func (w *webServer) deleteMessage(c *call) reply {
	m, code := w.own(c, "cant_delete_message")
	if code != "" {
		return refuse(code)
	}
	w.remove(m, c.at)
	return done(object{"channel": m.Channel, "ts": m.TS})
}

// remove takes a message of the app's away.
func (w *webServer) remove(m *message, at time.Time) {
	before := w.messageJSON(m)
	m.Deleted = true
	w.show(m, true)
	if m.For == "" {
		w.tellDeleted(m, before, at)
	}
}
