package discordtest

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"time"
)

// command is an application command as it was registered, with what Discord adds.
type command = map[string]json.RawMessage

func (r *restServer) getCommands(c *call) answer {
	if a, ok := r.own(c); !ok {
		return a
	}
	a := r.listed(c.PathValue("guild"))
	if c.URL.Query().Get("with_localizations") != "true" {
		a.body = inOneLanguage(a.body)
	}
	return a
}

func (r *restServer) listed(guild string) answer {
	list := r.commands[guild]
	if list == nil {
		list = []command{}
	}
	return done(list)
}

// inOneLanguage are commands without their texts in other languages, which come only to those who ask for them.
// https://docs.discord.com/developers/interactions/application-commands#get-global-application-commands
func inOneLanguage(commands []byte) []byte {
	var tree any
	_ = json.Unmarshal(commands, &tree) // it was made here
	var walk func(node any)
	walk = func(node any) {
		switch node := node.(type) {
		case []any:
			for _, n := range node {
				walk(n)
			}
		case map[string]any:
			delete(node, "name_localizations")
			delete(node, "description_localizations")
			walk(node["options"])
			walk(node["choices"])
		}
	}
	walk(tree)
	return marshal(tree)
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
	if refused, ok := r.create(guild, list, c.at); !ok {
		return refused
	}
	for _, cmd := range list {
		r.complete(cmd, guild, r.commandID(guild, text(cmd["name"])))
	}
	r.commands[guild] = list
	return r.listed(guild)
}

// postCommand adds a command, or puts it in the place of that of its name.
// https://docs.discord.com/developers/interactions/application-commands#create-global-application-command
func (r *restServer) postCommand(c *call) answer {
	if a, ok := r.own(c); !ok {
		return a
	}
	cmd, refused := r.commandBody(c)
	if cmd == nil {
		return refused
	}
	list := r.commands[c.PathValue("guild")]
	n := slices.IndexFunc(list, func(old command) bool { return text(old["name"]) == text(cmd["name"]) })
	if n >= 0 {
		return r.store(c, n, cmd)
	}
	a := r.store(c, len(list), cmd)
	if a.status == http.StatusOK {
		a.status = http.StatusCreated
	}
	return a
}

// patchCommand changes what a body names of a command.
// https://docs.discord.com/developers/interactions/application-commands#edit-global-application-command
func (r *restServer) patchCommand(c *call) answer {
	n, refused := r.commandOf(c)
	if n < 0 {
		return refused
	}
	change, refused := r.commandBody(c)
	if change == nil {
		return refused
	}
	cmd := maps.Clone(r.commands[c.PathValue("guild")][n])
	maps.Copy(cmd, change)
	return r.store(c, n, cmd)
}

func (r *restServer) deleteCommand(c *call) answer {
	n, refused := r.commandOf(c)
	if n < 0 {
		return refused
	}
	guild := c.PathValue("guild")
	r.commands[guild] = slices.Delete(r.commands[guild], n, n+1)
	return nothing()
}

// commandOf is where the command of a path is in the list, or -1 and why it is not.
func (r *restServer) commandOf(c *call) (int, answer) {
	if a, ok := r.own(c); !ok {
		return -1, a
	}
	n := slices.IndexFunc(r.commands[c.PathValue("guild")], func(cmd command) bool {
		return text(cmd["id"]) == c.PathValue("command")
	})
	return n, refuse(http.StatusNotFound, 10063, "Unknown application command")
}

// commandBody is a body that is one command, or part of one.
func (r *restServer) commandBody(c *call) (command, answer) {
	var cmd command
	if json.Unmarshal(c.body, &cmd) != nil || cmd == nil {
		return nil, r.notJSON(c)
	}
	if errs := unknown("commands", c.body); len(errs) > 0 {
		return nil, r.violation(c, errs...)
	}
	return cmd, answer{}
}

// store puts a command in the n-th place, unless it breaks a rule, by itself or among the others.
func (r *restServer) store(c *call, n int, cmd command) answer {
	guild := c.PathValue("guild")
	if errs := checkCommand(marshal(cmd)); len(errs) > 0 {
		return r.violation(c, errs...)
	}
	list, id := slices.Clone(r.commands[guild]), ""
	if n < len(list) {
		id, list[n] = text(list[n]["id"]), cmd
	} else {
		list = append(list, cmd)
	}
	if errs := checkCommands(marshal(list)); len(errs) > 0 {
		return r.violation(c, errs...)
	}
	if id == "" {
		if refused, ok := r.create(guild, []command{cmd}, c.at); !ok {
			return refused
		}
	}
	r.complete(cmd, guild, id)
	r.commands[guild] = list
	return done(cmd)
}

// maxCreated is how many commands can be created in a day, in a guild and everywhere. Those that replace others are not
// counted.
// https://docs.discord.com/developers/interactions/application-commands#registering-a-command
const maxCreated = 200

// create counts those of a list that are not there yet, unless they are too many for a day.
func (r *restServer) create(guild string, list []command, at time.Time) (answer, bool) {
	lately := slices.DeleteFunc(slices.Clone(r.created[guild]), func(t time.Time) bool { return at.Sub(t) >= 24*time.Hour })
	for _, cmd := range list {
		if r.commandID(guild, text(cmd["name"])) == "" {
			lately = append(lately, at)
		}
	}
	if len(lately) > maxCreated {
		return refuse(http.StatusBadRequest, 30034,
			"Max number of daily application command creates has been reached (200)"), false
	}
	r.created[guild] = lately
	return answer{}, true
}

// complete adds to a command what Discord does. id is the one it has; "" is none yet.
func (r *restServer) complete(cmd command, guild, id string) {
	for name, value := range map[string]any{"type": 1, "default_member_permissions": nil, "nsfw": false,
		"name_localizations": nil, "description_localizations": nil} {
		if cmd[name] == nil {
			cmd[name] = marshal(value)
		}
	}
	if id == "" {
		id = r.snowflake(time.Now())
		r.recorder.name("command", id)
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
