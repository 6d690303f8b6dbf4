package discordtest

import (
	"strconv"
	"time"
)

// object is a JSON object that is being put together.
type object = map[string]any

// bits are permissions as Discord writes them: https://docs.discord.com/developers/topics/permissions.
func bits(n int64) string { return strconv.FormatInt(n, 10) }

// stamp is a time as Discord writes it.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000+00:00") }

// orNull is a text, or null in place of none.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func (u *User) json() object {
	o := object{"id": u.ID, "username": u.Name, "discriminator": "0", "global_name": orNull(u.GlobalName), "avatar": nil,
		"avatar_decoration_data": nil, "public_flags": 0, "primary_guild": nil}
	if u.Bot {
		o["bot"] = true
	}
	return o
}

// member is a member of a guild, without the user, as it comes with messages.
func (u *User) member() object {
	return object{"nick": orNull(u.Nick), "avatar": nil, "roles": []string{}, "joined_at": "2021-02-03T04:05:06.789000+00:00",
		"premium_since": nil, "deaf": false, "mute": false, "flags": 0, "pending": false, "communication_disabled_until": nil}
}

func (u *User) permissions() int64 {
	if u.Permissions == 0 {
		return Invited
	}
	return u.Permissions
}

// interactionMember is a member as it comes with interactions: with the user and their permissions.
func (u *User) interactionMember() object {
	o := u.member()
	o["user"], o["permissions"] = u.json(), bits(u.permissions())
	return o
}

func (u *User) locale() string {
	if u.Locale == "" {
		return "en-US"
	}
	return u.Locale
}

// self is the bot as a user.
func (r *restServer) self() *User { return &User{ID: r.s.o.Application, Name: r.app.Name, Bot: true} }

// selfMember is the bot as a member of a guild.
func (r *restServer) selfMember(g *guild) object {
	o := r.self().member()
	o["user"], o["joined_at"], o["roles"] = r.self().json(), stamp(g.joined), []string{}
	return o
}

func (r *restServer) channelJSON(ch *channel) object {
	o := object{"id": ch.ID, "type": ch.Type, "flags": 0, "last_message_id": orNull(ch.last)}
	if ch.guild == nil {
		with := []object{}
		for _, u := range ch.with {
			with = append(with, u.json())
		}
		o["recipients"] = with
		return o
	}
	o["guild_id"], o["name"], o["rate_limit_per_user"] = ch.guild.id, ch.Name, 0
	if ch.thread() {
		o["parent_id"], o["owner_id"], o["message_count"], o["member_count"] = ch.Parent, ownerID, 1, 2
		o["total_message_sent"] = 1
		o["thread_metadata"] = object{"archived": false, "auto_archive_duration": 4320, "locked": false,
			"archive_timestamp": stamp(ch.guild.joined)}
		return o
	}
	o["parent_id"], o["position"], o["topic"], o["nsfw"] = nil, 0, nil, false
	o["permission_overwrites"] = r.overwrites(ch)
	return o
}

// overwrites make of what everybody may do in the guild what the bot may do in the channel.
func (r *restServer) overwrites(ch *channel) []object {
	if ch.permissions == Invited {
		return []object{}
	}
	return []object{{"id": r.s.o.Application, "type": 1, "allow": bits(ch.permissions &^ Invited),
		"deny": bits(Invited &^ ch.permissions)}}
}

// ownerID is who has made all guilds and threads.
const ownerID = "300000000000000000"

func (g *guild) roles() []object {
	return []object{{"id": g.id, "name": "@everyone", "color": 0, "hoist": false, "position": 0, "permissions": bits(Invited),
		"colors":  object{"primary_color": 0, "secondary_color": nil, "tertiary_color": nil},
		"managed": false, "mentionable": false, "flags": 0, "icon": nil, "unicode_emoji": nil}}
}

// json is a guild as GET /guilds gives it.
func (g *guild) json() object {
	return object{"id": g.id, "name": g.name, "icon": nil, "splash": nil, "discovery_splash": nil, "owner_id": ownerID,
		"afk_channel_id": nil, "afk_timeout": 300, "verification_level": 1, "default_message_notifications": 0,
		"explicit_content_filter": 0, "roles": g.roles(), "emojis": []object{}, "features": []string{}, "mfa_level": 0,
		"application_id": nil, "system_channel_id": orNull(g.system), "system_channel_flags": 0, "rules_channel_id": nil,
		"vanity_url_code": nil, "description": nil, "banner": nil, "premium_tier": 0, "premium_subscription_count": 0,
		"preferred_locale": "en-US", "public_updates_channel_id": nil, "nsfw_level": 0, "stickers": []object{},
		"premium_progress_bar_enabled": false, "safety_alerts_channel_id": nil, "hub_type": nil, "incidents_data": nil}
}

// guildCreate is a guild as GUILD_CREATE gives it.
func (r *restServer) guildCreate(g *guild) object {
	o, channels, threads := g.json(), []object{}, []object{}
	for _, ch := range g.channels {
		if ch.thread() {
			threads = append(threads, r.channelJSON(ch))
		} else {
			channels = append(channels, r.channelJSON(ch))
		}
	}
	o["channels"], o["threads"], o["joined_at"], o["member_count"] = channels, threads, stamp(g.joined), 2
	o["members"], o["large"], o["unavailable"] = []object{r.selfMember(g)}, false, false
	for _, name := range []string{"presences", "voice_states", "stage_instances", "guild_scheduled_events",
		"soundboard_sounds"} {
		o[name] = []object{}
	}
	return o
}
