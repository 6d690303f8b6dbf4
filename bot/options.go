package bot

import (
	"strings"
	"unicode/utf8"
)

// CommandInfo describes a command to whoever registers, lists or completes it. A command can be typed as one line, "/trivia
// oscars hard", or put together from Options on a platform that has forms; both come to the same Command.
type CommandInfo struct {
	Name string // without the slash
	Args string // "[topic]"
	Help string // one sentence, at most 100 runes

	Subs    []CommandInfo // what the first word of Args may be, where it is one of a few
	Options []Option      // required ones first
	// Moderators says that it is of no use to anybody else.
	Moderators bool
	// Shown says that its answer is for the whole channel, not for who asked alone.
	Shown bool
	// Everywhere says that it needs nothing but its reply, so that it works where the bot itself is not present.
	Everywhere bool
}

// Option is one field of a command's form.
type Option struct {
	Name     string // lower case
	Help     string // at most 100 runes
	Required bool
	Number   bool     // a whole number from Min to Max
	User     bool     // a user, whose ID is the value
	Channel  bool     // a channel of the guild that text can be sent to, whose Channel.ID is the value
	Min, Max int      // of a number; of a text, Max is how many runes it may have, where it is not 0
	Choices  []string // the only values there are, if any; at most 25
	Suggests bool     // Bot.Suggest proposes values
	Form     string   // how a value is written in Args, with % for it: "%s" for "20s"; "" is the value alone
}

// Suggestion is a value that is proposed for an option. Value is at most 100 runes.
type Suggestion struct{ Label, Value string }

// Line is the command with values for its options, by name, as it would be typed.
func (c CommandInfo) Line(values map[string]string) string {
	var words []string
	for _, o := range c.Options {
		v := strings.TrimSpace(values[o.Name])
		switch {
		case v == "":
		case o.Form == "":
			words = append(words, v)
		default:
			words = append(words, strings.ReplaceAll(o.Form, "%", v))
		}
	}
	return strings.Join(words, " ")
}

// againLimit is how long the state of a button that runs a command may be, in bytes: a platform adds a few to it.
const againLimit = 90

// commandPrefix begins the state of a button that runs a command.
const commandPrefix = "c/"

// CommandState is the state of a button that runs a command for whoever presses it, "" where it would be too long.
func CommandState(name, args string) string {
	s := strings.TrimSpace(commandPrefix + name + " " + Clean(args))
	if len(s) > againLimit {
		return ""
	}
	return s
}

// pressed makes the press of a button that runs a command that command, and reports whether it was one.
func (in *Inbound) pressed() bool {
	if in.Press == nil {
		return false
	}
	line, ok := strings.CutPrefix(in.Press.State, commandPrefix)
	if !ok {
		return false
	}
	c := ParseCommand("/" + line)
	in.Command, in.Press = &c, nil
	return true
}

// Suggester is a feature that proposes values for the options of its commands.
type Suggester interface {
	// Suggest proposes up to n values for an option whose value begins with prefix; nil where the command is not its own.
	Suggest(command, option, prefix string, n int) []Suggestion
}

// Suggest proposes up to n values for an option of a command, in the words of Option.Suggests: "trivia start" is a command
// with a sub. It may be called from anywhere and returns at once.
func (b *Bot) Suggest(command, option, prefix string, n int) []Suggestion {
	prefix = Clip(prefix, MaxKeptText)
	switch command {
	case "whowon", "fact":
		var list []Suggestion
		for _, text := range b.proposals(command, prefix, n) {
			if text = Clean(text); utf8.RuneCountInString(text) <= suggestionLimit { // a question that is cut is another one
				list = append(list, Suggestion{text, text})
			}
		}
		return list
	case "onthisday":
		if option == "topic" {
			return SuggestTopics(b.facts(), prefix, n)
		}
	}
	for _, f := range b.features {
		if s, ok := f.(Suggester); ok {
			if list := s.Suggest(command, option, prefix, n); list != nil {
				return list[:min(n, len(list))]
			}
		}
	}
	return nil
}

// proposals are what may be typed behind a prefix; behind nothing, what newcomers may want to ask.
func (b *Bot) proposals(command, prefix string, n int) []string {
	if strings.TrimSpace(prefix) == "" {
		if command != "whowon" {
			return nil
		}
		return exampleQuestions[:min(n, len(exampleQuestions))]
	}
	var list []string
	for _, c := range b.facts().Complete(prefix, n) {
		list = append(list, c.Text)
	}
	return list
}

// suggestionLimit is how long a suggestion may be, in runes; platforms take no longer one.
const suggestionLimit = 100
