package discordtest

import (
	"encoding/json"
	"net/http"
	"time"
)

func (r *restServer) getGateway(c *call) answer {
	shards := max(1, r.o.Shards)
	return done(object{"url": "ws://" + c.Host + "/gateway", "shards": shards, "session_start_limit": r.s.StartLimit()})
}

func (r *restServer) getApplication(*call) answer {
	in := 0
	for _, g := range r.world.guilds {
		if !g.foreign {
			in++
		}
	}
	return done(object{"id": r.s.o.Application, "name": r.app.Name, "icon": nil, "description": "", "summary": "", "type": nil,
		"bot": r.self().json(), "bot_public": true, "bot_require_code_grant": false, "verify_key": r.app.VerifyKey,
		"flags": r.app.Flags, "interactions_endpoint_url": orNull(r.app.InteractionsEndpoint), "redirect_uris": []string{},
		"approximate_guild_count": in, "approximate_user_install_count": 0, "team": nil})
}

func (r *restServer) getSelf(*call) answer {
	o := r.self().json()
	o["mfa_enabled"], o["verified"], o["flags"], o["locale"], o["email"] = true, true, 0, "en-US", nil
	return done(o)
}

// command is an application command as it was registered, with what Discord adds.
type command = map[string]json.RawMessage

func (r *restServer) getCommands(c *call) answer {
	if a, ok := r.own(c); !ok {
		return a
	}
	return r.listed(c.PathValue("guild"))
}

func (r *restServer) listed(guild string) answer {
	list := r.commands[guild]
	if list == nil {
		list = []command{}
	}
	return done(list)
}

// own refuses what is about another application, or a guild that the bot is not in.
func (r *restServer) own(c *call) (answer, bool) {
	if c.PathValue("app") != r.s.o.Application {
		return refuse(http.StatusForbidden, 20012, "You are not authorized to perform this action on this application"), false
	}
	if id := c.PathValue("guild"); id != "" {
		if g := r.world.guilds[id]; g == nil || g.foreign {
			return refuse(http.StatusForbidden, 50001, "Missing Access"), false
		}
	}
	return answer{}, true
}

// putCommands puts commands in the place of those there are. One that keeps its name keeps its ID.
// https://docs.discord.com/developers/interactions/application-commands#bulk-overwrite-global-application-commands
func (r *restServer) putCommands(c *call) answer {
	if a, ok := r.own(c); !ok {
		return a
	}
	if !json.Valid(c.body) {
		return r.notJSON(c)
	}
	if errs := append(unknown("commands", c.body), checkCommands(c.body)...); len(errs) > 0 {
		return r.violation(c, errs...)
	}
	var list []command
	if err := json.Unmarshal(c.body, &list); err != nil {
		return r.violation(c, fieldError{"", "BASE_TYPE_BAD", err.Error()})
	}
	guild := c.PathValue("guild")
	for _, cmd := range list {
		r.complete(cmd, guild)
	}
	r.commands[guild] = list
	return r.listed(guild)
}

// complete adds to a command what Discord does.
func (r *restServer) complete(cmd command, guild string) {
	for name, value := range map[string]any{"type": 1, "default_member_permissions": nil, "nsfw": false,
		"name_localizations": nil, "description_localizations": nil} {
		if cmd[name] == nil {
			cmd[name] = marshal(value)
		}
	}
	id := r.commandID(guild, text(cmd["name"]))
	if id == "" {
		id = r.snowflake(time.Now())
	}
	cmd["id"], cmd["version"], cmd["application_id"] = marshal(id), marshal(id), marshal(r.s.o.Application)
	if guild != "" {
		cmd["guild_id"] = marshal(guild)
	}
}

// commandID is the ID of a command, or "".
func (r *restServer) commandID(guild, name string) string {
	for _, cmd := range r.commands[guild] {
		if text(cmd["name"]) == name {
			return text(cmd["id"])
		}
	}
	return ""
}

// text is a JSON string, or "".
func text(raw json.RawMessage) string {
	var s string
	_ = json.Unmarshal(raw, &s) // what is none is ""
	return s
}

// channelOf is the channel of a path, if the bot may see it.
func (r *restServer) channelOf(c *call) (*channel, answer) {
	ch := r.world.channels[c.PathValue("channel")]
	switch {
	case ch == nil:
		return nil, refuse(http.StatusNotFound, 10003, "Unknown Channel")
	case !ch.can(ViewChannel):
		return nil, missingAccess()
	}
	return ch, answer{}
}

func missingAccess() answer { return refuse(http.StatusForbidden, 50001, "Missing Access") }

func missingPermissions() answer { return refuse(http.StatusForbidden, 50013, "Missing Permissions") }

func (r *restServer) getChannel(c *call) answer {
	ch, refused := r.channelOf(c)
	if ch == nil {
		return refused
	}
	return done(r.channelJSON(ch))
}

// guildOf is the guild of a path, if the bot is in it. Of others Discord does not say whether they exist.
func (r *restServer) guildOf(c *call) (*guild, answer) {
	g := r.world.guilds[c.PathValue("guild")]
	if g == nil || g.foreign {
		return nil, refuse(http.StatusNotFound, 10004, "Unknown Guild")
	}
	return g, answer{}
}

func (r *restServer) getGuild(c *call) answer {
	g, refused := r.guildOf(c)
	if g == nil {
		return refused
	}
	return done(g.json())
}

func (r *restServer) getGuildChannels(c *call) answer {
	g, refused := r.guildOf(c)
	if g == nil {
		return refused
	}
	list := []object{}
	for _, ch := range g.channels {
		if !ch.thread() {
			list = append(list, r.channelJSON(ch))
		}
	}
	return done(list)
}

func (r *restServer) getMember(c *call) answer {
	g, refused := r.guildOf(c)
	if g == nil {
		return refused
	}
	id := c.PathValue("user")
	if id == r.s.o.Application {
		return done(r.selfMember(g))
	}
	u, ok := r.world.byID[id]
	if !ok {
		return refuse(http.StatusNotFound, 10007, "Unknown Member")
	}
	o := u.member()
	o["user"] = u.json()
	return done(o)
}

func (r *restServer) getRoles(c *call) answer {
	g, refused := r.guildOf(c)
	if g == nil {
		return refused
	}
	return done(g.roles())
}
