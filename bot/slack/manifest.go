package slack

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/slack/install"
)

// The paths of requests over HTTP, below the public address.
const (
	eventsPath   = "/slack/events"
	commandsPath = "/slack/commands"
	actionsPath  = "/slack/actions"
)

// scopes are what the app may do, and what it may do where an admin wants that.
type scopes struct{ bot, optional []string }

// scopesOf are the least that the app needs: users:read tells the names of players and who is an admin.
func scopesOf(c Config) scopes {
	s := scopes{bot: []string{"app_mentions:read", "chat:write", "commands", "users:read"}, optional: []string{"im:history"}}
	if c.TypedAnswers {
		s.bot = append(s.bot, "channels:history", "groups:history")
	}
	return s
}

func eventsOf(c Config) []string {
	events := []string{"app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked"}
	if c.TypedAnswers {
		events = append(events, "message.channels", "message.groups")
	}
	return events
}

// Limits of a manifest: https://docs.slack.dev/reference/app-manifest
const (
	maxCommandHelp = 2000
	maxUsage       = 1000
)

// object is JSON. slack-go's type of a manifest lacks optional scopes.
type object map[string]any

// Manifest is what Slack makes the app of: https://docs.slack.dev/app-manifests. base is the public address for
// requests over HTTP; "" is Socket Mode.
func Manifest(c Config, commands []bot.CommandInfo, base string) ([]byte, error) {
	base = strings.TrimRight(base, "/")
	sockets := base == ""
	at := func(o object, key, path string) object {
		if !sockets {
			o[key] = base + path
		}
		return o
	}
	s := scopesOf(c)
	all := s.bot
	all = append(slices.Clone(all), s.optional...)
	slices.Sort(all)
	oauth := object{"scopes": object{"bot": all, "bot_optional": s.optional}}
	if !sockets {
		oauth["redirect_urls"] = []string{base + install.RedirectPath}
	}
	interactivity := at(object{"is_enabled": true}, "request_url", actionsPath)
	m := object{
		"display_information": object{"name": "whowon",
			"description": "Who won what, trivia rounds, and what happened on this day", "background_color": "#2c2d30"},
		"features": object{
			"app_home": object{"home_tab_enabled": true, "messages_tab_enabled": true, "messages_tab_read_only_enabled": false},
			"bot_user": object{"display_name": "whowon", "always_online": true},
			"shortcuts": []object{
				{"name": "Ask who won", "type": "global", "callback_id": shortcutAsk, "description": "Ask about any award"},
				{"name": "Play trivia", "type": "global", "callback_id": shortcutPlay, "description": "Begin a round in a channel"},
				{"name": "Who won this?", "type": "message", "callback_id": shortcutMessage, "description": "Ask what the message says"},
			},
			"slash_commands": slashCommands(commands, at),
		},
		"oauth_config": oauth,
		"settings": object{
			"event_subscriptions":    at(object{"bot_events": eventsOf(c)}, "request_url", eventsPath),
			"interactivity":          at(interactivity, "message_menu_options_url", actionsPath),
			"org_deploy_enabled":     true,
			"socket_mode_enabled":    sockets,
			"token_rotation_enabled": false,
		},
	}
	return json.MarshalIndent(m, "", "  ")
}

func slashCommands(commands []bot.CommandInfo, at func(object, string, string) object) []object {
	var list []object
	for _, c := range commands {
		usage := c.Args
		if len(c.Options) > 0 || len(c.Subs) > 0 {
			usage = strings.TrimSpace(usage + " or form")
		}
		o := object{"command": "/" + c.Name, "description": bot.Clip(c.Help, maxCommandHelp), "should_escape": true}
		if usage != "" {
			o["usage_hint"] = bot.Clip(usage, maxUsage)
		}
		list = append(list, at(o, "url", commandsPath))
	}
	return list
}
