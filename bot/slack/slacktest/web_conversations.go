package slacktest

import (
	"slices"
	"strconv"
	"strings"
)

// channelJSON is a conversation as Slack tells of it.
func (ch *channel) json() object {
	o := object{"id": ch.ID, "is_channel": ch.Kind == Public, "is_group": ch.Kind == Private, "is_im": ch.Kind == IM,
		"is_mpim": ch.Kind == MPIM, "is_private": ch.Kind != Public, "is_archived": ch.Archived, "context_team_id": ch.Team,
		"created": 1500000000, "is_org_shared": false, "is_ext_shared": false, "is_shared": false}
	if ch.Kind == IM {
		o["user"], o["is_open"] = ch.with, true
		return o
	}
	o["name"], o["name_normalized"], o["is_member"] = ch.Name, ch.Name, ch.Member
	return o
}

// conversationsOpen: https://docs.slack.dev/reference/methods/conversations.open
func (w *webServer) conversationsOpen(c *call) reply {
	if id := c.args["channel"]; id != "" {
		if ch := w.conversation(c, id); ch != nil && ch.Kind == IM && ch.Member {
			return done(object{"no_op": true, "already_open": true, "channel": ch.json()})
		}
		return refuse("channel_not_found")
	}
	users := strings.Split(c.args["users"], ",")
	if len(users) != 1 {
		return refuse("method_not_supported_for_channel_type") // groups are made by their users here
	}
	for _, t := range w.teamsOf(c) {
		u, ok := t.byID[users[0]]
		switch {
		case ok && u.Bot:
			return refuse("cannot_dm_bot")
		case ok:
			old := t.channels["D"+u.ID[1:]] != nil
			o := object{"channel": object{"id": t.dm(u.ID).ID}}
			if c.truth("return_im") {
				o["channel"] = t.dm(u.ID).json()
			}
			if old {
				o["no_op"], o["already_open"] = true, true
			}
			return done(o)
		}
	}
	return refuse("user_not_found")
}

// visible is a conversation that a request names and the bot knows of, or nil.
func (w *webServer) visible(c *call) *channel {
	ch := w.conversation(c, c.args["channel"])
	if ch == nil || ch.Kind != Public && !ch.Member {
		return nil
	}
	return ch
}

// conversationsInfo: https://docs.slack.dev/reference/methods/conversations.info
func (w *webServer) conversationsInfo(c *call) reply {
	ch := w.visible(c)
	if ch == nil {
		return refuse("channel_not_found")
	}
	return done(object{"channel": ch.json()})
}

// conversationsList: https://docs.slack.dev/reference/methods/conversations.list
func (w *webServer) conversationsList(c *call) reply {
	types := map[string]string{Public: "public_channel", Private: "private_channel", IM: "im", MPIM: "mpim"}
	wanted := strings.Split(c.args["types"], ",")
	if c.args["types"] == "" {
		wanted = []string{"public_channel"}
	}
	list := []object{}
	for _, t := range w.teamsOf(c) {
		for _, ch := range t.order {
			if (ch.Kind == Public || ch.Member) && slices.Contains(wanted, types[ch.Kind]) &&
				(!ch.Archived || !c.truth("exclude_archived")) {
				list = append(list, ch.json())
			}
		}
	}
	list, next := page(c, list, 100)
	return done(object{"channels": list, "response_metadata": object{"next_cursor": next}})
}

// page is a part of a list, and the cursor of the next. https://docs.slack.dev/apis/web-api/pagination
func page[T any](c *call, list []T, size int) (part []T, cursor string) {
	if n, err := strconv.Atoi(c.args["limit"]); err == nil && n > 0 {
		size = min(n, 1000)
	}
	from, err := strconv.Atoi(strings.TrimPrefix(c.args["cursor"], "after:"))
	if err != nil || from > len(list) {
		from = 0
	}
	if from+size < len(list) {
		return list[from : from+size], "after:" + strconv.Itoa(from+size)
	}
	return list[from:], ""
}

// readable is the conversation whose messages a request may read, or the answer that refuses it.
func (w *webServer) readable(c *call) (*channel, reply, bool) {
	ch := w.visible(c)
	if ch == nil {
		return nil, refuse("channel_not_found"), false
	}
	if scope := ch.history(); !c.token.has(scope) {
		a := refuse("missing_scope")
		a.body["needed"], a.body["provided"] = scope, strings.Join(c.token.scopes, ",")
		return nil, a, false
	}
	if !ch.Member {
		return nil, refuse("not_in_channel"), false
	}
	return ch, reply{}, true
}

// history is the scope that a conversation's messages need.
func (ch *channel) history() string {
	switch ch.Kind {
	case Private:
		return "groups:history"
	case IM:
		return "im:history"
	case MPIM:
		return "mpim:history"
	}
	return "channels:history"
}

// between reports whether a ts is within the bounds of a request.
func between(c *call, ts string) bool {
	inclusive := c.truth("inclusive")
	if oldest := c.args["oldest"]; oldest != "" && (ts < oldest || ts == oldest && !inclusive) {
		return false
	}
	latest := c.args["latest"]
	return latest == "" || ts < latest || ts == latest && inclusive
}

// listed is a message in an answer, with its metadata where they are asked for.
func (w *webServer) listed(c *call, m *message) object {
	o := w.messageJSON(m)
	if m.Metadata != nil && c.truth("include_all_metadata") {
		o["metadata"] = m.Metadata
	}
	return o
}

// conversationsHistory: https://docs.slack.dev/reference/methods/conversations.history
func (w *webServer) conversationsHistory(c *call) reply {
	ch, a, ok := w.readable(c)
	if !ok {
		return a
	}
	list := []object{}
	for _, m := range ch.sorted() {
		if m.Thread == "" || m.Broadcast {
			if between(c, m.TS) {
				list = append(list, w.listed(c, m))
			}
		}
	}
	slices.Reverse(list)
	list, next := page(c, list, 100)
	return done(object{"messages": list, "has_more": next != "", "response_metadata": object{"next_cursor": next}})
}

// conversationsReplies: https://docs.slack.dev/reference/methods/conversations.replies
func (w *webServer) conversationsReplies(c *call) reply {
	ch, a, ok := w.readable(c)
	if !ok {
		return a
	}
	root := ch.find(c.args["ts"])
	if root == nil || root.Deleted || root.For != "" {
		return refuse("thread_not_found")
	}
	if root.Thread != "" {
		return done(object{"messages": []object{w.listed(c, root)}, "has_more": false})
	}
	list := []object{w.listed(c, root)}
	for _, m := range root.replies() {
		if between(c, m.TS) {
			list = append(list, w.listed(c, m))
		}
	}
	list, next := page(c, list, 1000)
	return done(object{"messages": list, "has_more": next != "", "response_metadata": object{"next_cursor": next}})
}

// sorted are the messages of a conversation that everybody sees, oldest first.
func (ch *channel) sorted() []*message {
	list := slices.DeleteFunc(slices.Clone(ch.messages), func(m *message) bool { return m.For != "" || m.Deleted })
	slices.SortStableFunc(list, func(a, b *message) int { return strings.Compare(a.TS, b.TS) })
	return list
}
