package discordtest

import (
	"encoding/json"
	"math"
)

// choiceBody is a choice of an option, or a suggestion. See "Application Command Option Choice Structure" in
// https://docs.discord.com/developers/interactions/application-commands#application-command-object
type choiceBody struct {
	Name              string            `json:"name"`
	NameLocalizations map[string]string `json:"name_localizations"`
	Value             json.RawMessage   `json:"value"`
}

// Types of options. See "Application Command Option Type" in
// https://docs.discord.com/developers/interactions/application-commands#application-command-object
const (
	optionSub     = 1
	optionGroup   = 2
	optionString  = 3
	optionInteger = 4
	optionChannel = 7
	optionNumber  = 10
	optionLast    = 11 // an attachment
)

// Limits of options. See "Application Command Option Structure" in
// https://docs.discord.com/developers/interactions/application-commands#application-command-object
const (
	maxOptions    = 25
	maxChoices    = 25
	maxChoice     = 100 // characters
	maxLength     = 6000
	maxSafeNumber = 1 << 53
)

// checkChoices checks the data of a callback of type 8.
// https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-autocomplete
func checkChoices(body []byte) []fieldError {
	var c checker
	var data struct {
		Choices []choiceBody `json:"choices"`
	}
	if !c.decode(body, &data) {
		return c.errs
	}
	if data.Choices == nil { // clients show an error in place of an empty list
		c.required("choices")
	}
	c.choices("choices", data.Choices, 0)
	return c.found()
}

// choices are of an option of a type, 0 where that is not known.
func (c *checker) choices(path string, list []choiceBody, kind int) {
	c.count(path, len(list), 0, maxChoices)
	names := map[string]bool{}
	for i, ch := range list {
		at := under(path, i)
		c.filled(at+".name", ch.Name, maxChoice)
		c.localized(at+".name_localizations", ch.NameLocalizations, func(at, s string) { c.filled(at, s, maxChoice) })
		c.choiceValue(at+".value", ch.Value, kind)
		if kind != 0 && names[ch.Name] {
			c.addLate(at+".name", "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS", "Option choice name already exists")
		}
		names[ch.Name] = true
	}
}

// choiceValue is a text or a number, as the type of the option says.
func (c *checker) choiceValue(path string, raw json.RawMessage, kind int) {
	if !given(raw) {
		c.required(path)
		return
	}
	var s string
	var n float64
	switch {
	case json.Unmarshal(raw, &s) == nil:
		c.filled(path, s, maxChoice)
		if kind == optionInteger || kind == optionNumber {
			c.add(path, "NUMBER_TYPE_COERCE", "Value is not a number.")
		}
	case json.Unmarshal(raw, &n) != nil || kind == optionString:
		c.add(path, "STRING_TYPE_CONVERT", "Could not interpret it as string.")
	case math.Abs(n) >= maxSafeNumber || kind == optionInteger && n != math.Trunc(n):
		c.add(path, "NUMBER_TYPE_COERCE", "Value is not such a number.")
	}
}

// commandOptions are those of a command, or of the option of that type: subcommands and groups of them, or fields. A group
// has only subcommands, and a subcommand only fields.
// https://docs.discord.com/developers/interactions/application-commands#subcommands-and-subcommand-groups
func (c *checker) commandOptions(path string, list []commandBody, of int) {
	c.count(path, len(list), 0, maxOptions)
	names := map[string]bool{}
	fields, optional := 0, false
	for i := range list {
		o, at := &list[i], under(path, i)
		kind := 0
		if o.Type != nil {
			kind = *o.Type
		}
		c.optionType(at+".type", kind, of)
		if kind > optionGroup {
			fields++
		}
		if names[o.Name] {
			c.addLate(at+".name", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists")
		}
		names[o.Name] = true
		if o.Required && optional {
			c.add(at, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options must be placed before non-required options")
		}
		optional = optional || !o.Required
		c.option(at, o, kind)
	}
	if fields > 0 && fields < len(list) {
		c.add(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
			"Sub-command and sub-command group option types are mutually exclusive to all other types")
	}
}

func (c *checker) optionType(path string, kind, of int) {
	least, most := optionSub, optionLast
	switch of {
	case optionGroup:
		most = optionSub
	case optionSub:
		least = optionString
	}
	c.between(path, &kind, least, most)
}

// option is a subcommand, a group of them, or a field.
func (c *checker) option(path string, o *commandBody, kind int) {
	c.named(path, o)
	sub, numeric := kind == optionSub || kind == optionGroup, kind == optionInteger || kind == optionNumber
	if sub {
		c.commandOptions(path+".options", o.Options, kind)
	} else {
		c.absent(path+".options", len(o.Options) > 0)
	}
	c.absent(path+".required", sub && o.Required)
	c.absent(path+".autocomplete", o.Autocomplete && (len(o.Choices) > 0 || kind != optionString && !numeric))
	c.absent(path+".choices", len(o.Choices) > 0 && kind != optionString && !numeric)
	c.choices(path+".choices", o.Choices, kind)
	c.absent(path+".channel_types", len(o.ChannelTypes) > 0 && kind != optionChannel)
	c.bounds(path, o, kind)
}

// bounds are how large a number may be, or how long a text.
func (c *checker) bounds(path string, o *commandBody, kind int) {
	least, most := c.bound(path+".min_value", o.MinValue, kind), c.bound(path+".max_value", o.MaxValue, kind)
	if o.MinValue != nil && o.MaxValue != nil && least > most {
		c.add(path+".min_value", "NUMBER_TYPE_MAX", "It is more than max_value.")
	}
	c.absent(path+".min_length", o.MinLength != nil && kind != optionString)
	c.absent(path+".max_length", o.MaxLength != nil && kind != optionString)
	c.between(path+".min_length", o.MinLength, 0, maxLength)
	c.between(path+".max_length", o.MaxLength, 1, maxLength)
	if o.MinLength != nil && o.MaxLength != nil && *o.MinLength > *o.MaxLength {
		c.add(path+".min_length", "NUMBER_TYPE_MAX", "It is more than max_length.")
	}
}

// bound is a limit of an option's number; only numbers have it.
func (c *checker) bound(path string, n *json.Number, kind int) float64 {
	if n == nil {
		return 0
	}
	c.absent(path, kind != optionInteger && kind != optionNumber)
	f, err := n.Float64()
	if err != nil || math.Abs(f) >= maxSafeNumber || kind == optionInteger && f != math.Trunc(f) {
		c.add(path, "NUMBER_TYPE_COERCE", "Value is not such a number.")
	}
	return f
}
