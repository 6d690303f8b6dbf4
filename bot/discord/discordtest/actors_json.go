package discordtest

import (
	"fmt"
	"strings"
)

// Contexts of interactions.
// https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-context-types
const (
	contextGuild   = 0
	contextOwn     = 1
	contextPrivate = 2
)

func (ch *channel) context() int {
	switch {
	case ch.guild != nil:
		return contextGuild
	case ch.own():
		return contextOwn
	}
	return contextPrivate
}

// userOnly reports whether a user can use the bot only because they have installed it for themselves.
func (ch *channel) userOnly(w Where) bool { return w.UserInstall || !ch.present() }

// owners says who has installed the bot, by the kind of installation.
// https://docs.discord.com/developers/interactions/receiving-and-responding, Authorizing Integration Owners Object
func (i *Interaction) owners() object {
	switch {
	case i.userOnly():
		return object{"1": i.User.ID}
	case i.ch.guild == nil:
		return object{"0": "0"}
	}
	return object{"0": i.ch.guild.id}
}

// interactionJSON is an interaction as Discord sends it.
func (r *restServer) interactionJSON(i *Interaction, data object) object {
	ch := i.ch
	o := object{"id": i.ID, "application_id": r.s.o.Application, "type": i.kind, "token": i.Token, "version": 1, "data": data,
		"channel_id": ch.ID, "channel": r.channelJSON(ch), "locale": i.User.locale(), "entitlements": []object{},
		"authorizing_integration_owners": i.owners(), "context": ch.context(),
		"app_permissions": bits(i.appPermissions()), "attachment_size_limit": 10 << 20}
	if ch.guild != nil {
		o["guild_id"], o["guild_locale"] = ch.guild.id, "en-US"
		o["guild"] = object{"id": ch.guild.id, "locale": "en-US", "features": []string{}}
		o["member"] = i.User.interactionMember()
	} else {
		o["user"] = i.User.json()
	}
	if i.source != nil {
		o["message"] = r.messageJSON(i.source)
	}
	return o
}

// appPermissions are the bot's where the interaction comes from.
func (i *Interaction) appPermissions() int64 {
	if i.userOnly() {
		return EmbedLinks | ViewChannel // what a user's app may do with an answer
	}
	return i.ch.permissions
}

// commandData is the data of a command, or of an autocomplete.
func (r *restServer) commandData(ch *channel, name string, options []Option) object {
	name, sub, nested := strings.Cut(name, " ")
	o := object{"name": name, "type": 1}
	guild := ch.guildID()
	id := r.commandID(guild, name)
	if guild != "" && id != "" {
		o["guild_id"] = guild
	} else if id = r.commandID("", name); id == "" {
		id = "600000000000000001" // not registered by this program; the bot goes by the name
	}
	o["id"] = id
	values := []object{}
	for _, opt := range options {
		values = append(values, opt.json())
	}
	if resolved := r.resolved(ch, options); len(resolved) > 0 {
		o["resolved"] = resolved
	}
	if nested {
		values = []object{{"name": sub, "type": 1, "options": values}}
	}
	o["options"] = values
	return o
}

// resolved is what Discord tells of the users and channels that are values of options.
// https://docs.discord.com/developers/interactions/receiving-and-responding, Resolved Data Structure
func (r *restServer) resolved(ch *channel, options []Option) object {
	users, members, channels, o := object{}, object{}, object{}, object{}
	for _, opt := range options {
		switch value := opt.Value.(type) {
		case User:
			users[value.ID] = value.json()
			member := value.member()
			member["permissions"] = bits(value.permissions())
			delete(member, "deaf")
			delete(member, "mute")
			members[value.ID] = member
		case Channel:
			of := r.channelJSON(r.world.channel(value.ID))
			part := object{"permissions": bits(Invited)}
			for _, name := range []string{"id", "name", "type", "parent_id", "thread_metadata"} {
				if field, ok := of[name]; ok && field != nil {
					part[name] = field
				}
			}
			channels[value.ID] = part
		}
	}
	if len(users) > 0 {
		o["users"] = users
		if ch.guild != nil {
			o["members"] = members
		}
	}
	if len(channels) > 0 {
		o["channels"] = channels
	}
	return o
}

func (o *Option) json() object {
	out := object{"name": o.Name, "value": o.Value}
	switch v := o.Value.(type) {
	case string:
		out["type"] = 3
	case int:
		out["type"] = 4
	case bool:
		out["type"] = 5
	case User:
		out["type"], out["value"] = 6, v.ID
	case Channel:
		out["type"], out["value"] = optionChannel, v.ID
	case float64:
		out["type"] = 10
	default:
		panic(fmt.Sprintf("discordtest: option %s has a %T", o.Name, v))
	}
	if o.Focused {
		out["focused"] = true
	}
	return out
}

// metadata is what a message tells of the interaction that it answers.
func (i *Interaction) metadata(m *message) object {
	o := object{"id": i.ID, "type": i.kind, "user": i.User.json(), "authorizing_integration_owners": i.owners()}
	if i.original != nil && i.original != m && !m.first {
		o["original_response_message_id"] = i.original.ID
	}
	switch i.kind {
	case kindComponent:
		o["interacted_message_id"] = i.source.ID
	case kindModal:
		from := object{"id": i.ID, "type": kindCommand, "user": i.User.json(), "authorizing_integration_owners": i.owners()}
		if i.source != nil {
			from["type"], from["interacted_message_id"] = kindComponent, i.source.ID
		}
		o["triggering_interaction_metadata"] = from
	}
	return o
}
