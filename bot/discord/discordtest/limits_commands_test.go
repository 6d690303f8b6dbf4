package discordtest

import (
	"fmt"
	"strings"
	"testing"
)

func overwrites() []sending {
	return []sending{
		{"PUT", "/applications/1100000000000000001/commands", "%"},
		{"PUT", "/applications/1100000000000000001/guilds/700000000000000003/commands", "%"},
	}
}

// cmd is a command with more fields; of two of one name the last counts.
func cmd(fields ...string) string {
	return `[{"name":"whowon","description":"d"` + strings.Join(append([]string{""}, fields...), ",") + `}]`
}

// opt is an option of a type.
func opt(kind int, name string, fields ...string) string {
	return fmt.Sprintf(`{"type":%d,"name":%q,"description":"d"%s}`, kind, name, strings.Join(append([]string{""}, fields...), ","))
}

func opts(list ...string) string { return `"options":[` + strings.Join(list, ",") + `]` }

// TestCommandLimits: what a command is, and how many there may be.
func TestCommandLimits(t *testing.T) {
	const locales = "ar bg cs da de el en-GB en-US es-419 es-ES fi fr he hi hr hu id it ja ko lt nl no pl pt-BR ro ru sv-SE th " +
		"tr uk vi zh-CN zh-TW"
	named := func(name string) string { return `[{"name":"` + name + `","description":"d"}]` }
	of := func(kind int) func(n int) string {
		return func(n int) string {
			return `[` + times(n, func(i int) string {
				s := fmt.Sprintf(`{"type":%d,"name":"c%d"`, kind, i)
				if kind == chatInput {
					s += `,"description":"d"`
				}
				return s + `}`
			}) + `]`
		}
	}
	all := strings.Fields(locales)
	trials := []trial{
		{name: "none", body: `[]`},
		{name: "no list", body: `{}`, want: " BASE_TYPE_BAD"},
		{name: "null", body: `[null]`, want: "0.description BASE_TYPE_REQUIRED; 0.name APPLICATION_COMMAND_INVALID_NAME"},
		{name: "whole", body: cmd(`"type":1,"id":"1","default_member_permissions":"32","contexts":[0,1,2],"integration_types":[0,1],"nsfw":false`)},
		{name: "for everybody", body: cmd(`"default_member_permissions":null,"contexts":null,"integration_types":null,"options":null,"type":null`)},
		{name: "permissions a word", body: cmd(`"default_member_permissions":"all"`), want: "0.default_member_permissions BASE_TYPE_BAD"},
		{name: "permissions a number", body: cmd(`"default_member_permissions":32`), want: "0.default_member_permissions BASE_TYPE_BAD"},
		{name: "unknown type", body: cmd(`"type":5`), want: "0.type BASE_TYPE_CHOICES"},
		{name: "unknown context", body: cmd(`"contexts":[0,3]`), want: "0.contexts.1 BASE_TYPE_CHOICES"},
		{name: "context twice", body: cmd(`"contexts":[1,1]`), want: "0.contexts SET_TYPE_ALREADY_CONTAINS_VALUE"},
		{name: "unknown installation", body: cmd(`"integration_types":[2]`), want: "0.integration_types.0 BASE_TYPE_CHOICES"},
		{name: "installation twice", body: cmd(`"integration_types":[0,0]`), want: "0.integration_types SET_TYPE_ALREADY_CONTAINS_VALUE"},
		{name: "on a user", body: `[{"type":2,"name":"Who Won?"},{"type":3,"name":"Who Won?","description":""},{"name":"whowon","description":"d"}]`},
		{name: "description on a user", body: `[{"type":2,"name":"x","description":"d"}]`, want: "0.description BASE_TYPE_FORBIDDEN"},
		{name: "options on a message", body: `[{"type":3,"name":"x",` + opts(opt(3, "o")) + `}]`, want: "0.options BASE_TYPE_FORBIDDEN"},
		{name: "localised on a user", body: `[{"type":2,"name":"x","name_localizations":{"fr":"Qui a gagné ?"}}]`},
		{name: "one name", body: `[{"name":"a","description":"d"},{"name":"a","description":"e"}]`, want: "1.name APPLICATION_COMMANDS_DUPLICATE_NAME"},
		{name: "one name of two types", body: `[{"name":"a","description":"d"},{"name":"a","type":2}]`},
		{name: "blank description", body: `[{"name":"a","description":" "}]`, want: "0.description BASE_TYPE_REQUIRED"},
		{name: "only the longest language counts", body: cmd(opts(times(25, func(i int) string {
			return opt(3, fmt.Sprintf("o%d", i), `"description_localizations":{`+times(4, func(n int) string { return `"` + all[n] + `":"` + xs(100) + `"` })+`}`)
		})))},
	}
	for _, name := range []string{"whowon", "who-won_2", "'tis", "œuvre", "映画", "कौन-जीता", "ใครชนะ", "ß"} {
		trials = append(trials, trial{name: "name " + name, body: named(name)})
	}
	for _, name := range []string{"Whowon", "who won", "who.won", "/whowon", "ŒUVRE", "🎬", "e\u0301t\u00e9", "a\\n"} {
		trials = append(trials, trial{name: "name " + name, body: named(name), want: "0.name APPLICATION_COMMAND_INVALID_NAME"})
	}
	for _, l := range all {
		trials = append(trials, trial{name: "locale " + l, body: cmd(`"name_localizations":{"` + l + `":"x"},"description_localizations":{"` + l + `":"y"}`)})
	}
	for _, l := range []string{"", "en", "es", "de-DE", "fi fr", "EN-us"} {
		trials = append(trials, trial{name: "locale " + l, body: cmd(`"name_localizations":{"` + l + `":"x"},"description_localizations":{"` + l + `":"y"}`),
			want: "0.description_localizations." + l + " BASE_TYPE_CHOICES; 0.name_localizations." + l + " BASE_TYPE_CHOICES"})
	}
	judge(t, checkCommands, overwrites(), trials,
		edge{name: "commands", most: 100, body: of(chatInput), high: " MAX_APPLICATION_COMMANDS"},
		edge{name: "commands on users", most: 15, body: of(onUser), high: " MAX_APPLICATION_COMMANDS"},
		edge{name: "commands on messages", most: 15, body: of(onMessage), high: " MAX_APPLICATION_COMMANDS"},
		edge{name: "entry points", most: 1, body: of(entryPoint), high: " MAX_APPLICATION_COMMANDS"},
		edge{name: "name", least: 1, most: 32, body: func(n int) string { return named(xs(n)) },
			low: "0.name APPLICATION_COMMAND_INVALID_NAME", high: "0.name APPLICATION_COMMAND_INVALID_NAME"},
		edge{name: "name on a user", least: 1, most: 32, body: func(n int) string { return `[{"type":2,"name":"` + xs(n) + `"}]` },
			low: "0.name BASE_TYPE_REQUIRED", high: "0.name BASE_TYPE_MAX_LENGTH"},
		edge{name: "localised name on a user", least: 1, most: 32, body: func(n int) string {
			return `[{"type":2,"name":"x","name_localizations":{"de":"` + xs(n) + `"}}]`
		}, low: "0.name_localizations.de BASE_TYPE_REQUIRED", high: "0.name_localizations.de BASE_TYPE_MAX_LENGTH"},
		edge{name: "description", least: 1, most: 100, body: func(n int) string { return cmd(`"description":"` + xs(n) + `"`) },
			low: "0.description BASE_TYPE_REQUIRED", high: "0.description BASE_TYPE_MAX_LENGTH"},
		edge{name: "localised name", least: 1, most: 32, body: func(n int) string { return cmd(`"name_localizations":{"de":"` + xs(n) + `"}`) },
			low: "0.name_localizations.de APPLICATION_COMMAND_INVALID_NAME", high: "0.name_localizations.de APPLICATION_COMMAND_INVALID_NAME"},
		edge{name: "localised description", least: 1, most: 100, body: func(n int) string { return cmd(`"description_localizations":{"de":"` + xs(n) + `"}`) },
			low: "0.description_localizations.de BASE_TYPE_REQUIRED", high: "0.description_localizations.de BASE_TYPE_MAX_LENGTH"},
		edge{name: "all characters", most: 8000, body: sized, high: "0 APPLICATION_COMMAND_TOO_LARGE"},
	)
}

// sized is a command of n characters in names, descriptions and values; its languages are no longer than they are.
func sized(n int) string {
	choices := func(count int) string {
		return `"choices":[` + times(count, func(i int) string {
			return fmt.Sprintf(`{"name":"%s%02d","name_localizations":{"de":"y"},"value":%q}`, xs(98), i, xs(100))
		}) + `]`
	}
	list := []string{opt(3, "o1", choices(25)), opt(3, "o2", choices(10)), opt(4, "o3", `"choices":[{"name":"y","value":12345}]`)}
	left := n - len("whowon"+"d") - 3*len("o1"+"d") - 35*200 - len("y"+"12345")
	for i := 0; left > 0; i++ { // names of a letter
		description := min(left-1, 100)
		list = append(list, fmt.Sprintf(`{"type":3,"name":"%c","description":%q}`, 'a'+rune(i), xs(description)))
		left -= 1 + description
	}
	return cmd(opts(list...))
}

// TestOptionLimits: options of commands, and how they are nested.
func TestOptionLimits(t *testing.T) {
	const at = "0.options.0"
	one := func(kind int, fields ...string) string { return cmd(opts(opt(kind, "o", fields...))) }
	choice := func(fields string) string { return one(3, `"choices":[`+fields+`]`) }
	judge(t, checkCommands, overwrites(), []trial{
		{name: "all types", body: cmd(opts(times(9, func(i int) string { return opt(3+i, fmt.Sprintf("o%d", i)) })))},
		{name: "no type", body: cmd(opts(`{"name":"o","description":"d"}`)), want: at + ".type NUMBER_TYPE_MIN"},
		{name: "required first", body: cmd(opts(opt(3, "a", `"required":true`), opt(3, "b", `"required":false`), opt(3, "c")))},
		{name: "required last", body: cmd(opts(opt(3, "a"), opt(3, "b", `"required":true`))), want: "0.options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"},
		{name: "one name", body: cmd(opts(opt(3, "a"), opt(4, "a"))), want: "0.options.1.name APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"},
		{name: "one name in two subcommands", body: cmd(opts(opt(1, "a", opts(opt(3, "x"))), opt(1, "b", opts(opt(3, "x")))))},
		{name: "name", body: cmd(opts(opt(3, "Query"))), want: at + ".name APPLICATION_COMMAND_INVALID_NAME"},
		{name: "no description", body: cmd(opts(`{"type":3,"name":"o"}`)), want: at + ".description BASE_TYPE_REQUIRED"},

		{name: "subcommands and groups", body: cmd(opts(opt(1, "a"), opt(2, "b", opts(opt(1, "c", opts(opt(3, "x", `"required":true`), opt(4, "y")))))))},
		{name: "subcommand and field", body: cmd(opts(opt(1, "a"), opt(3, "b"))), want: "0.options APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"},
		{name: "group and field", body: cmd(opts(opt(3, "a"), opt(2, "b"))), want: "0.options APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"},
		{name: "group in a group", body: cmd(opts(opt(2, "a", opts(opt(2, "b"))))), want: at + ".options.0.type NUMBER_TYPE_MAX"},
		{name: "field in a group", body: cmd(opts(opt(2, "a", opts(opt(3, "b"))))), want: at + ".options.0.type NUMBER_TYPE_MAX"},
		{name: "subcommand in a subcommand", body: cmd(opts(opt(1, "a", opts(opt(1, "b"))))), want: at + ".options.0.type NUMBER_TYPE_MIN"},
		{name: "options of a field", body: one(3, opts(opt(3, "b"))), want: at + ".options BASE_TYPE_FORBIDDEN"},
		{name: "required subcommand", body: one(1, `"required":true`), want: at + ".required BASE_TYPE_FORBIDDEN"},

		{name: "suggestions", body: cmd(opts(opt(3, "a", `"autocomplete":true`), opt(4, "b", `"autocomplete":true,"choices":[]`), opt(10, "c", `"autocomplete":true`)))},
		{name: "suggestions and choices", body: one(3, `"autocomplete":true,"choices":[{"name":"x","value":"y"}]`), want: at + ".autocomplete BASE_TYPE_FORBIDDEN"},
		{name: "suggestions of users", body: one(6, `"autocomplete":true`), want: at + ".autocomplete BASE_TYPE_FORBIDDEN"},
		{name: "suggestions of a subcommand", body: one(1, `"autocomplete":true`), want: at + ".autocomplete BASE_TYPE_FORBIDDEN"},
		{name: "choices of users", body: one(6, `"choices":[{"name":"x","value":"y"}]`), want: at + ".choices BASE_TYPE_FORBIDDEN"},
		{name: "choices of numbers", body: cmd(opts(opt(4, "a", `"choices":[{"name":"x","value":-5}]`), opt(10, "b", `"choices":[{"name":"x","value":0.5}]`)))},
		{name: "fraction for an integer", body: one(4, `"choices":[{"name":"x","value":0.5}]`), want: at + ".choices.0.value NUMBER_TYPE_COERCE"},
		{name: "text for a number", body: one(10, `"choices":[{"name":"x","value":"1"}]`), want: at + ".choices.0.value NUMBER_TYPE_COERCE"},
		{name: "number for a text", body: choice(`{"name":"x","value":1}`), want: at + ".choices.0.value STRING_TYPE_CONVERT"},
		{name: "choice named twice", body: choice(same(2, `{"name":"x","value":"y"}`)), want: at + ".choices.1.name APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS"},

		{name: "bounds", body: cmd(opts(opt(4, "a", `"min_value":-5,"max_value":9007199254740991`), opt(10, "b", `"min_value":0.5,"max_value":0.5`)))},
		{name: "bounds of a text", body: one(3, `"min_value":1,"max_value":2`), want: at + ".max_value BASE_TYPE_FORBIDDEN; " + at + ".min_value BASE_TYPE_FORBIDDEN"},
		{name: "crossed bounds", body: one(4, `"min_value":2,"max_value":1`), want: at + ".min_value NUMBER_TYPE_MAX"},
		{name: "fraction as a bound", body: one(4, `"min_value":0.5`), want: at + ".min_value NUMBER_TYPE_COERCE"},
		{name: "bound too large", body: one(10, `"max_value":9007199254740992`), want: at + ".max_value NUMBER_TYPE_COERCE"},
		{name: "length of a number", body: one(4, `"min_length":1,"max_length":2`), want: at + ".max_length BASE_TYPE_FORBIDDEN; " + at + ".min_length BASE_TYPE_FORBIDDEN"},
		{name: "crossed lengths", body: one(3, `"min_length":2,"max_length":1`), want: at + ".min_length NUMBER_TYPE_MAX"},
		{name: "channels", body: one(7, `"channel_types":[0,5]`)},
		{name: "channels of users", body: one(6, `"channel_types":[0]`), want: at + ".channel_types BASE_TYPE_FORBIDDEN"},
	},
		edge{name: "type", least: 3, most: 11, body: func(n int) string { return cmd(opts(opt(1, "s", opts(opt(n, "o"))))) },
			low: at + ".options.0.type NUMBER_TYPE_MIN", high: at + ".options.0.type NUMBER_TYPE_MAX"},
		edge{name: "options", most: 25, body: func(n int) string {
			return cmd(opts(times(n, func(i int) string { return opt(3, fmt.Sprintf("o%d", i)) })))
		}, high: "0.options BASE_TYPE_BAD_LENGTH"},
		edge{name: "options of a subcommand", most: 25, body: func(n int) string {
			return one(1, opts(times(n, func(i int) string { return opt(3, fmt.Sprintf("o%d", i)) })))
		}, high: at + ".options BASE_TYPE_BAD_LENGTH"},
		edge{name: "choices", most: 25, body: func(n int) string {
			return choice(times(n, func(i int) string { return fmt.Sprintf(`{"name":"c%d","value":"y"}`, i) }))
		}, high: at + ".choices BASE_TYPE_BAD_LENGTH"},
		edge{name: "name of a choice", least: 1, most: 100, body: func(n int) string { return choice(`{"name":"` + xs(n) + `","value":"y"}`) },
			low: at + ".choices.0.name BASE_TYPE_REQUIRED", high: at + ".choices.0.name BASE_TYPE_MAX_LENGTH"},
		edge{name: "value of a choice", least: 1, most: 100, body: func(n int) string { return choice(`{"name":"x","value":"` + xs(n) + `"}`) },
			low: at + ".choices.0.value BASE_TYPE_REQUIRED", high: at + ".choices.0.value BASE_TYPE_MAX_LENGTH"},
		edge{name: "least length", least: 0, most: 6000, body: func(n int) string { return one(3, fmt.Sprintf(`"min_length":%d`, n)) },
			low: at + ".min_length NUMBER_TYPE_MIN", high: at + ".min_length NUMBER_TYPE_MAX"},
		edge{name: "most length", least: 1, most: 6000, body: func(n int) string { return one(3, fmt.Sprintf(`"max_length":%d`, n)) },
			low: at + ".max_length NUMBER_TYPE_MIN", high: at + ".max_length NUMBER_TYPE_MAX"},
	)
}
