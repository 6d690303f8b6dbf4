package discordtest

import "encoding/json"

// messageJSON is a message as Discord shows it.
func (r *restServer) messageJSON(m *message) object {
	author := m.from
	if author == nil {
		author = r.self()
	}
	o := object{"id": m.ID, "channel_id": m.ChannelID, "author": author.json(), "content": m.Content, "timestamp": stamp(m.At),
		"edited_timestamp": nil, "tts": false, "mention_everyone": false, "mentions": r.mentions(m), "mention_roles": []string{},
		"attachments": []object{}, "embeds": array(m.Embeds), "components": numbered(m.Components), "pinned": false,
		"type": m.kind(), "flags": m.Flags}
	if !m.Edited.IsZero() {
		o["edited_timestamp"] = stamp(m.Edited)
	}
	if m.nonce != nil {
		o["nonce"] = m.nonce
	}
	if m.of != nil {
		o["webhook_id"], o["application_id"] = r.s.o.Application, r.s.o.Application
		o["interaction_metadata"] = m.of.metadata(m)
	}
	if m.Reference != "" {
		ref := object{"type": 0, "channel_id": m.ChannelID, "message_id": m.Reference}
		if m.GuildID != "" {
			ref["guild_id"] = m.GuildID
		}
		o["message_reference"], o["referenced_message"] = ref, nil
		if to := m.ch.find(m.Reference); to != nil && to != m {
			plain := *to
			plain.Reference = "" // one level is shown
			o["referenced_message"] = r.messageJSON(&plain)
		}
	}
	return o
}

// kind is the type of a message: default, reply, or the answer to a command.
// https://docs.discord.com/developers/resources/message#message-object-message-types
func (m *message) kind() int {
	switch {
	case m.Reference != "":
		return 19
	case m.first && m.of.kind == kindCommand:
		return 20
	}
	return 0
}

// mentions are the users that a message mentions, as far as this server knows them.
func (r *restServer) mentions(m *message) []object {
	list := []object{}
	if m.from == nil {
		return list // nobody: see Pings
	}
	for _, id := range r.pinged(m) {
		if id == r.s.o.Application {
			list = append(list, r.self().json())
		} else if u, ok := r.world.byID[id]; ok {
			list = append(list, u.json())
		}
	}
	return list
}

// eventJSON is a message as MESSAGE_CREATE and MESSAGE_UPDATE tell of it. One that a single user sees is sent past the
// guild: https://docs.discord.com/developers/events/gateway-events#message-create.
func (r *restServer) eventJSON(m *message) object {
	o := r.messageJSON(m)
	o["channel_type"] = m.ch.Type
	if m.GuildID == "" || m.For != "" {
		return o
	}
	author := m.from
	if author == nil {
		author = r.self()
	}
	o["guild_id"], o["member"] = m.GuildID, author.member()
	return o
}

// array is a JSON array, empty where there is none.
func array(raw json.RawMessage) json.RawMessage {
	if elements(raw) == 0 {
		return json.RawMessage("[]")
	}
	return raw
}

// numbered gives every component the ID that Discord gives those without, or with 0: 1, 2, 3 … in the order of the text,
// but for those that are taken. https://docs.discord.com/developers/components/reference#anatomy-of-a-component
func numbered(raw json.RawMessage) []any {
	tree := []any{}
	_ = json.Unmarshal(array(raw), &tree) // it is one
	taken := map[float64]bool{0: true}
	components(tree, func(c map[string]any) {
		if id, ok := c["id"].(float64); ok {
			taken[id] = true
		}
	})
	n := 0.0
	components(tree, func(c map[string]any) {
		if id, _ := c["id"].(float64); id != 0 {
			return
		}
		for taken[n] {
			n++
		}
		c["id"], taken[n] = n, true
	})
	return tree
}

// components calls f for every component below a node, in the order of the text.
func components(node any, f func(c map[string]any)) {
	switch node := node.(type) {
	case []any:
		for _, c := range node {
			components(c, f)
		}
	case map[string]any:
		f(node)
		for _, name := range []string{"components", "component", "accessory"} {
			components(node[name], f)
		}
	}
}
