package discordtest

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// commandBody is a command, or an option of one; each has some of the fields.
// https://docs.discord.com/developers/interactions/application-commands#application-command-object
type commandBody struct {
	Type                     *int              `json:"type"`
	Name                     string            `json:"name"`
	NameLocalizations        map[string]string `json:"name_localizations"`
	Description              string            `json:"description"`
	DescriptionLocalizations map[string]string `json:"description_localizations"`
	Options                  []commandBody     `json:"options"`

	// Of commands.
	Permissions      json.RawMessage `json:"default_member_permissions"`
	Contexts         []int           `json:"contexts"`
	IntegrationTypes []int           `json:"integration_types"`

	// Of options.
	Required     bool         `json:"required"`
	Autocomplete bool         `json:"autocomplete"`
	Choices      []choiceBody `json:"choices"`
	MinValue     *json.Number `json:"min_value"`
	MaxValue     *json.Number `json:"max_value"`
	MinLength    *int         `json:"min_length"`
	MaxLength    *int         `json:"max_length"`
	ChannelTypes []int        `json:"channel_types"`
}

// Types of commands.
// https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-types
const (
	chatInput  = 1
	onUser     = 2
	onMessage  = 3
	entryPoint = 4
)

// Limits of commands. https://docs.discord.com/developers/interactions/application-commands#registering-a-command
const (
	maxCommands    = 100 // of chat input
	maxContext     = 15  // commands on users, and on messages
	maxEntryPoints = 1
	maxName        = 32 // characters, as are the following
	maxDescription = 100
	maxCommandSize = 8000
)

// commandName is of chat input commands and options; letters that have a lower case are in it. sc=Deva and sc=Thai are here
// by their long names. See "Application Command Naming" in
// https://docs.discord.com/developers/interactions/application-commands#application-command-object
var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// checkCommands checks the array of a bulk overwrite of commands.
func checkCommands(body []byte) []fieldError {
	var c checker
	var list []commandBody
	if !c.decode(body, &list) {
		return c.errs
	}
	names, kinds := map[string]bool{}, map[int]int{}
	for i := range list {
		cmd, path := &list[i], under("", i)
		kind := cmd.kind()
		if !c.oneOf(path+".type", kind, chatInput, onUser, onMessage, entryPoint) {
			continue
		}
		kinds[kind]++
		key := under(cmd.Name, kind)
		if names[key] {
			c.addLate(path+".name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
		}
		names[key] = true
		c.command(path, cmd, kind)
	}
	limits := map[int]int{chatInput: maxCommands, onUser: maxContext, onMessage: maxContext, entryPoint: maxEntryPoints}
	for kind, most := range limits {
		if kinds[kind] > most {
			c.addLate("", "MAX_APPLICATION_COMMANDS", "There are at most %d commands of type %d.", most, kind)
		}
	}
	return c.found()
}

// checkCommand checks one command, whose paths begin in it.
func checkCommand(body []byte) []fieldError {
	errs := checkCommands(slices.Concat([]byte("["), body, []byte("]")))
	for i := range errs {
		errs[i].Path = strings.TrimPrefix(strings.TrimPrefix(errs[i].Path, "0"), ".")
	}
	return errs
}

func (b *commandBody) kind() int {
	if b.Type == nil {
		return chatInput
	}
	return *b.Type
}

func (c *checker) command(path string, cmd *commandBody, kind int) {
	if kind == chatInput {
		c.named(path, cmd)
		c.commandOptions(path+".options", cmd.Options, 0)
	} else {
		c.filled(path+".name", cmd.Name, maxName)
		c.localized(path+".name_localizations", cmd.NameLocalizations, func(at, s string) { c.filled(at, s, maxName) })
		c.absent(path+".options", len(cmd.Options) > 0)
		if kind != entryPoint {
			c.absent(path+".description", cmd.Description != "")
		}
	}
	c.permissions(path+".default_member_permissions", cmd.Permissions)
	c.distinct(path+".contexts", cmd.Contexts, 0, 1, 2)
	c.distinct(path+".integration_types", cmd.IntegrationTypes, 0, 1)
	if cmd.size() > maxCommandSize {
		c.addLate(path, "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (%d)", maxCommandSize)
	}
}

// named is the name and description of a chat input command, or of an option, in all languages.
func (c *checker) named(path string, b *commandBody) {
	c.name(path+".name", b.Name)
	c.localized(path+".name_localizations", b.NameLocalizations, c.name)
	c.filled(path+".description", b.Description, maxDescription)
	c.localized(path+".description_localizations", b.DescriptionLocalizations,
		func(at, s string) { c.filled(at, s, maxDescription) })
}

func (c *checker) name(path, s string) {
	if !commandName.MatchString(s) || strings.ToLower(s) != s {
		c.add(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
	}
}

// localized is a text in other languages, each of which is checked as the text is.
func (c *checker) localized(path string, texts map[string]string, check func(path, s string)) {
	for locale, s := range texts {
		if !isLocale(locale) {
			c.add(path+"."+locale, "BASE_TYPE_CHOICES", "There is no such locale.")
		}
		check(path+"."+locale, s)
	}
}

// isLocale reports whether Discord can be used in it. https://docs.discord.com/developers/reference#locales
func isLocale(s string) bool {
	const all = " ar bg cs da de el en-GB en-US es-419 es-ES fi fr he hi hr hu id it ja ko lt nl no pl pt-BR ro ru sv-SE th" +
		" tr uk vi zh-CN zh-TW "
	return strings.Contains(all, " "+s+" ") && !strings.Contains(s, " ")
}

var permissionBits = regexp.MustCompile(`^"\d{1,20}"$`)

// permissions are a number, as a string; null is everybody.
// https://docs.discord.com/developers/interactions/application-commands#application-command-object
func (c *checker) permissions(path string, raw json.RawMessage) {
	if given(raw) && !permissionBits.Match(raw) {
		c.add(path, "BASE_TYPE_BAD", "Permissions are a number in a string.")
	}
}

// distinct are numbers of a closed list, none of them twice.
// https://docs.discord.com/developers/resources/application#application-object-application-integration-types
func (c *checker) distinct(path string, list []int, allowed ...int) {
	for i, n := range list {
		c.oneOf(under(path, i), n, allowed...)
		if slices.Contains(list[:i], n) {
			c.add(path, "SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value")
		}
	}
}

// size is how many characters a command takes: names, descriptions and values of all of it, each in the language in which
// it is longest.
// https://docs.discord.com/developers/interactions/application-commands#slash-commands
func (b *commandBody) size() int {
	n := longest(b.Name, b.NameLocalizations) + longest(b.Description, b.DescriptionLocalizations)
	for i := range b.Options {
		n += b.Options[i].size()
	}
	for _, ch := range b.Choices {
		n += longest(ch.Name, ch.NameLocalizations)
		var s string
		if json.Unmarshal(ch.Value, &s) != nil {
			s = string(ch.Value)
		}
		n += characters(s)
	}
	return n
}

func longest(s string, others map[string]string) int {
	n := characters(s)
	for _, other := range others {
		n = max(n, characters(other))
	}
	return n
}
