package discordtest

import (
	"encoding/json"
	"net/http"
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

// postDM opens the direct messages with a user, which are there from then on.
// https://docs.discord.com/developers/resources/user#create-dm
func (r *restServer) postDM(c *call) answer {
	var body struct {
		Recipient string `json:"recipient_id"`
	}
	switch err := json.Unmarshal(c.body, &body); {
	case !json.Valid(c.body):
		return r.notJSON(c)
	case err != nil:
		return r.violation(c, fieldError{"", "BASE_TYPE_BAD", err.Error()})
	}
	if errs := unknown("recipient", c.body); len(errs) > 0 {
		return r.violation(c, errs...)
	}
	u, ok := r.world.byID[body.Recipient]
	if !ok {
		return refuse(http.StatusBadRequest, 50033, "Invalid Recipient(s)")
	}
	return done(r.channelJSON(r.world.private(DirectMessage, "4", u)))
}
