package check

import (
	"encoding/json"
	"regexp"
	"slices"
)

// Manifest says what Slack would refuse in an app manifest: each finding begins with the error that apps.manifest.validate
// answers with (https://docs.slack.dev/reference/methods/apps.manifest.validate). The fields and their lengths are in
// https://docs.slack.dev/reference/app-manifest
func Manifest(raw json.RawMessage) []string {
	c := newChecker("invalid_manifest", "")
	v, err := decode(raw)
	if err != nil {
		c.say("the manifest is not JSON: %v", err)
		return c.found
	}
	o, ok := c.object("the manifest", v)
	if !ok {
		return c.found
	}
	c.information(o)
	features, oauth, settings := part(o, "features"), part(o, "oauth_config"), part(o, "settings")
	if v, there := features["bot_user"]; there {
		if bot, ok := c.object("features.bot_user", v); ok {
			c.need(bot, "features.bot_user", "display_name", 1, 80)
		}
	}
	bot := c.scopes(part(oauth, "scopes"))
	socket := settings["socket_mode_enabled"] == true
	commands := c.commands(features, socket)
	shortcuts := c.shortcuts(features)
	if (commands || shortcuts) && !bot["commands"] {
		c.say("oauth_config.scopes.bot lacks commands, which slash commands and shortcuts need")
	}
	c.events(part(settings, "event_subscriptions"), bot, socket)
	c.interactivity(part(settings, "interactivity"), shortcuts, socket)
	return c.found
}

// part is an object in a field, or nil. That it is an object otherwise, the JSON schema says.
func part(o object, name string) object {
	p, _ := o[name].(object)
	return p
}

// information: the long description's least length is one more than the documentation says, as the published schema has it.
func (c *checker) information(o object) {
	const at = "display_information"
	v, there := o[at]
	if !there {
		c.say(at + " is missing")
		return
	}
	d, ok := c.object(at, v)
	if !ok {
		return
	}
	c.need(d, at, "name", 1, 35)
	c.str(d, at, "description", 1, 140)
	c.str(d, at, "long_description", 175, 4000)
	if v, there := d["background_color"]; there {
		if s, _ := v.(string); !color.MatchString(s) {
			c.say("%s.background_color is %s; #abc or #aabbcc is needed", at, short(v))
		}
	}
}

var (
	color       = regexp.MustCompile(`^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$`)
	commandName = regexp.MustCompile(`^/[^\s/A-Z]+$`)
)

// builtIn are commands of Slack's own, for which it refuses a whole manifest:
// https://slack.com/help/articles/201259356-Use-built-in-slash-commands
var builtIn = []string{"archive", "away", "call", "collapse", "dm", "dnd", "expand", "feed", "invite", "join", "leave", "me",
	"msg", "mute", "open", "pro", "remind", "remove", "rename", "search", "shortcuts", "shrug", "status", "topic", "who"}

// commands says whether there are any: https://docs.slack.dev/interactivity/implementing-slash-commands
func (c *checker) commands(features object, socket bool) bool {
	list := c.list(features, "features", "slash_commands", 0, 50)
	seen := map[string]bool{}
	for i, v := range list {
		at := item("features.slash_commands", i)
		o, ok := c.object(at, v)
		if !ok {
			continue
		}
		name := c.need(o, at, "command", 2, 32)
		switch {
		case name == "":
		case !commandName.MatchString(name):
			c.say("%s.command is %s; a slash and small letters without spaces are needed", at, short(name))
		case seen[name]:
			c.say("%s.command %s is there twice", at, name)
		case slices.Contains(builtIn, name[1:]):
			c.say("%s.command %s is one of Slack's own", at, name)
		}
		seen[name] = true
		c.need(o, at, "description", 1, 2000)
		c.str(o, at, "usage_hint", 1, 1000)
		if c.str(o, at, "url", 1, 3000) == "" && !socket {
			c.say("%s.url is missing, without Socket Mode", at)
		}
	}
	return len(list) > 0
}

// shortcuts says whether there are any: https://docs.slack.dev/interactivity/implementing-shortcuts
func (c *checker) shortcuts(features object) bool {
	list := c.list(features, "features", "shortcuts", 0, 10)
	seen := map[string]bool{}
	for i, v := range list {
		at := item("features.shortcuts", i)
		o, ok := c.object(at, v)
		if !ok {
			continue
		}
		c.need(o, at, "name", 1, 24)
		c.need(o, at, "description", 1, 150)
		if _, there := o["type"]; !there {
			c.say("%s.type is missing", at)
		}
		c.oneOf(o, at, "type", "message", "global")
		id := c.need(o, at, "callback_id", 1, 255)
		if id != "" && seen[id] {
			c.say("%s.callback_id %s is there twice", at, short(id))
		}
		seen[id] = true
	}
	return len(list) > 0
}

// scopes gives those of the bot; what is optional has to be among them:
// https://docs.slack.dev/reference/app-manifest
func (c *checker) scopes(o object) map[string]bool {
	const at = "oauth_config.scopes"
	for _, who := range []string{"bot", "user"} {
		has := c.names(o, at, who, 255)
		for scope := range c.names(o, at, who+"_optional", 255) {
			if !has[scope] {
				c.say("%s.%s_optional has %s, which %s lacks", at, who, short(scope), who)
			}
		}
	}
	bot := map[string]bool{}
	list, _ := o["bot"].([]any)
	for _, v := range list {
		if s, ok := v.(string); ok {
			bot[s] = true
		}
	}
	return bot
}

// names checks a list of names of at most 50 characters, each of them there once, and gives them.
func (c *checker) names(o object, at, name string, high int) map[string]bool {
	names := map[string]bool{}
	for i, v := range c.list(o, at, name, 0, high) {
		at := item(field(at, name), i)
		s, ok := v.(string)
		switch {
		case !ok:
			c.say("%s is not a string", at)
			continue
		case names[s]:
			c.say("%s %s is there twice", at, short(s))
		}
		c.length(at, s, 1, 50)
		names[s] = true
	}
	return names
}

// scopeOf is the scope that an event needs, as its page in https://docs.slack.dev/reference/events says; "" is none, or one
// that is not known here.
func scopeOf(event string) string {
	switch event {
	case "app_mention":
		return "app_mentions:read"
	case "message.im":
		return "im:history"
	case "message.channels":
		return "channels:history"
	case "message.groups":
		return "groups:history"
	case "message.mpim":
		return "mpim:history"
	case "reaction_added", "reaction_removed":
		return "reactions:read"
	case "user_change", "team_join":
		return "users:read"
	}
	return ""
}

// events: without Socket Mode they need an address (https://docs.slack.dev/apis/events-api/using-socket-mode).
func (c *checker) events(o object, scopes map[string]bool, socket bool) {
	const at = "settings.event_subscriptions"
	names := c.names(o, at, "bot_events", 100)
	list, _ := o["bot_events"].([]any)
	for i, v := range list {
		event, _ := v.(string)
		if scope := scopeOf(event); scope != "" && !scopes[scope] {
			c.say("%s needs the scope %s for %s", item(at+".bot_events", i), scope, event)
		}
	}
	if c.str(o, at, "request_url", 1, 3500) == "" && len(names) > 0 && !socket {
		c.say(at + ".request_url is missing, without Socket Mode")
	}
}

func (c *checker) interactivity(o object, shortcuts, socket bool) {
	const at = "settings.interactivity"
	on := o["is_enabled"] == true
	if shortcuts && !on {
		c.say(at + ".is_enabled is not true, which shortcuts need")
	}
	if c.str(o, at, "request_url", 1, 3500) == "" && on && !socket {
		c.say(at + ".request_url is missing, without Socket Mode")
	}
	c.str(o, at, "message_menu_options_url", 1, 3500)
}
