package check

import (
	"encoding/json"
	"fmt"
	"testing"
)

// manifestOf is a manifest without Socket Mode in which all is right, changed by more at the top.
func manifestOf(more object) object {
	url := "https://example.com/slack"
	return with(object{
		"display_information": object{"name": "Name"},
		"features": object{
			"bot_user":       object{"display_name": "name"},
			"slash_commands": []any{object{"command": "/whowon", "description": "x", "url": url}},
			"shortcuts":      []any{shortcut("Ask", "ask")},
		},
		"oauth_config": scopesOf("app_mentions:read", "commands", "im:history"),
		"settings": object{
			"event_subscriptions": object{"request_url": url, "bot_events": []any{"app_mention", "message.im"}},
			"interactivity":       object{"is_enabled": true, "request_url": url},
		},
	}, more)
}

func shortcut(name, id string) object {
	return object{"name": name, "type": "global", "callback_id": id, "description": "x"}
}

func scopesOf(bot ...any) object { return object{"scopes": object{"bot": bot}} }

func TestManifestRules(t *testing.T) {
	url := "https://example.com/slack"
	info := func(more object) object {
		return manifestOf(object{"display_information": with(object{"name": "x"}, more)})
	}
	command := func(more object) object {
		one := with(object{"command": "/x", "description": "x", "url": url}, more)
		return manifestOf(object{"features": object{"slash_commands": []any{one}}})
	}
	commands := func(n int) object {
		return manifestOf(object{"features": object{"slash_commands": times(n, func(i int) any {
			return object{"command": fmt.Sprint("/x", i), "description": "x", "url": url}
		})}})
	}
	shortcuts := func(list ...any) object { return manifestOf(object{"features": object{"shortcuts": list}}) }
	settings := func(socket bool, more object) object {
		return manifestOf(object{"settings": with(object{"socket_mode_enabled": socket,
			"interactivity": object{"is_enabled": true, "request_url": url}}, more)})
	}
	events := func(list ...any) object {
		return settings(true, object{"event_subscriptions": object{"bot_events": list}})
	}
	optional := func(scope string) object {
		return manifestOf(object{"oauth_config": object{"scopes": object{"bot_optional": []any{scope},
			"bot": []any{"app_mentions:read", "commands", "im:history"}}}})
	}
	socketless := object{"event_subscriptions": object{"bot_events": []any{"app_mention"}}}
	unreachable := object{"interactivity": object{"is_enabled": true}}
	try(t, []rule{
		{"name", info(object{"name": long(35)}), info(object{"name": long(36)}), "35 are allowed"},
		{"information", manifestOf(nil), object{}, "display_information is missing"},
		{"description", info(object{"description": long(140)}), info(object{"description": long(141)}), "140 are allowed"},
		{"long description", info(object{"long_description": long(4000)}), info(object{"long_description": long(4001)}), "4000"},
		{"short long description", info(object{"long_description": long(175)}), info(object{"long_description": long(174)}), "175"},
		{"color", info(object{"background_color": "#0000aa"}), info(object{"background_color": "blue"}), "#aabbcc"},
		{"bot", manifestOf(object{"features": object{"bot_user": object{"display_name": long(80)}}}),
			manifestOf(object{"features": object{"bot_user": object{"display_name": long(81)}}}), "80 are allowed"},
		{"commands", commands(50), commands(51), "50 are allowed"},
		{"command name", command(object{"command": "/" + long(31)}), command(object{"command": "/" + long(32)}), "32 are allowed"},
		{"command sign", command(nil), command(object{"command": "who"}), "a slash and small letters"},
		{"command of Slack's own", command(nil), command(object{"command": "/remind"}), "one of Slack's own"},
		{"command letters", command(nil), command(object{"command": "/Who is"}), "a slash and small letters"},
		{"command description", command(object{"description": long(2000)}), command(object{"description": long(2001)}), "2000"},
		{"usage hint", command(object{"usage_hint": long(1000)}), command(object{"usage_hint": long(1001)}), "1000 are allowed"},
		{"command url", command(nil), command(object{"url": ""}), "url is missing"},
		{"commands scope", manifestOf(nil), manifestOf(object{"oauth_config": scopesOf("app_mentions:read", "im:history")}),
			"lacks commands"},
		{"shortcut name", shortcuts(shortcut(long(24), "a")), shortcuts(shortcut(long(25), "a")), "24 are allowed"},
		{"shortcut id", shortcuts(shortcut("x", long(255))), shortcuts(shortcut("x", long(256))), "255 are allowed"},
		{"shortcut ids", shortcuts(shortcut("x", "a"), shortcut("x", "b")), shortcuts(shortcut("x", "a"), shortcut("y", "a")),
			"callback_id \"a\" is there twice"},
		{"shortcut type", shortcuts(shortcut("x", "a")), shortcuts(with(shortcut("x", "a"), object{"type": "x"})), "[message global]"},
		{"shortcuts are interactive", manifestOf(nil), manifestOf(object{"settings": object{}}), "which shortcuts need"},
		{"mention scope", events("app_mention"), with(events("app_mention"), object{"oauth_config": scopesOf("commands")}),
			"needs the scope app_mentions:read"},
		{"im scope", events("message.im"), with(events("message.im"), object{"oauth_config": scopesOf("commands")}), "im:history"},
		{"channels scope", events("app_home_opened"), events("message.channels"), "needs the scope channels:history"},
		{"groups scope", events("app_home_opened"), events("message.groups"), "needs the scope groups:history"},
		{"events once", events("app_mention"), events("app_mention", "app_mention"), "is there twice"},
		{"optional scope", optional("im:history"), optional("groups:history"), `has "groups:history", which bot lacks`},
		{"events by HTTP", settings(true, socketless), settings(false, socketless), "event_subscriptions.request_url is missing"},
		{"interactivity by HTTP", settings(true, unreachable), settings(false, unreachable), "interactivity.request_url is missing"},
	}, func(v any) []string { return Manifest(raw(t, v)) })
	for _, bad := range []string{"", "{", "[]", "null"} {
		if len(Manifest(json.RawMessage(bad))) == 0 {
			t.Errorf("%q is taken for a manifest", bad)
		}
	}
}
