package slack

import (
	"context"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/whowon-bot/whowon/bot"
)

// takeSubmission takes a form that was filled in. Where the answer has no channel to go to, the modal stays and shows
// it. There the answer is the acknowledgement, unless it takes long: what follows an acknowledgement may overtake it at
// Slack.
func (p *Platform) takeSubmission(i *interaction, ack acknowledge, deliver bot.Deliver) {
	in, r, ok := p.fromSubmission(i)
	if !ok {
		_ = ack(nil)
		p.log.Warn("a form was not understood")
		return
	}
	if r.at.channel == "" {
		waiting := newModal("whowon", small(bot.L("One moment …")))
		r.view, r.response = i.View.ID, ""
		r.late = newLate(ack, formWait, slack.NewUpdateViewSubmissionResponse(&waiting))
	} else {
		_ = ack(nil)
	}
	p.hand(in, r, deliver)
}

// fromSubmission is what was filled in, as the bot takes it. It reports false for what it cannot be made of.
func (p *Platform) fromSubmission(i *interaction) (bot.Inbound, *reply, bool) {
	at := i.place()
	if i.View == nil || at.team == "" || i.User.ID == "" || i.Trigger == "" {
		return bot.Inbound{}, nil, false
	}
	var m metadata
	if i.View.Metadata != "" && json.Unmarshal([]byte(i.View.Metadata), &m) != nil {
		return bot.Inbound{}, nil, false
	}
	values := map[string]string{}
	for action, value := range i.View.values() {
		_, name := optionOf(action)
		values[name] = value
	}
	at.channel = m.Channel
	r := &reply{p: p, id: i.Trigger, user: i.User.ID, thread: m.Thread, response: m.Response, trigger: i.Trigger}
	if chosen := values[channelField]; chosen != "" && at.channel == "" {
		at.channel = chosen
		for _, u := range i.Responses {
			if u.Channel == chosen {
				r.response = u.URL
			}
		}
	}
	r.at = at
	in := p.inbound(r, i.who(), true)
	if i.View.Callback == inputPrefix {
		in.Press = &bot.Press{State: m.State, Text: values["text"]}
		if m.Message != "" {
			in.Press.Message = bot.MessageRef{Channel: in.To.Channel, ID: m.Message}
		}
		return in, r, m.State != ""
	}
	words, _ := formLine(i.View.Callback)
	info, ok := p.find(words)
	for _, o := range info.Options {
		if o.Channel && values[o.Name] != "" {
			values[o.Name] = r.at.in(values[o.Name]).bot().ID
		}
	}
	command, rest, _ := strings.Cut(words, " ")
	in.Command = &bot.Command{Name: command, Args: strings.TrimSpace(rest + " " + info.Line(values))}
	return in, r, ok
}

// takeSuggestion answers what is typed into a field with what it may become, and with what was typed.
// https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload
func (p *Platform) takeSuggestion(i *interaction, ack acknowledge) {
	if !p.go1(func(context.Context) { _ = ack(slack.OptionsResponse{Options: p.suggestions(i)}) }) {
		_ = ack(slack.OptionsResponse{})
	}
}

func (p *Platform) suggestions(i *interaction) []*slack.OptionBlockObject {
	options := []*slack.OptionBlockObject{}
	words, name := optionOf(i.ActionID)
	typed := strings.TrimSpace(bot.Clean(i.Value))
	seen := map[string]bool{}
	add := func(label, value string) {
		fits := label != "" && value != "" && utf8.RuneCountInString(value) <= maxOptionValue
		if fits && !seen[value] && len(options) < maxOptions {
			seen[value] = true
			options = append(options, option(label, value))
		}
	}
	if p.o.Bot != nil {
		for _, s := range p.o.Bot.Suggest(words, name, typed, suggestions) {
			add(s.Label, s.Value)
		}
	}
	add(typed, typed)
	return options
}

// suggestions is how many values are proposed: more than one looks at.
const suggestions = 20

// takeShortcut takes a shortcut: one opens the form of a question or of a round, one asks what a message says.
func (p *Platform) takeShortcut(i *interaction, deliver bot.Deliver) {
	r := &reply{p: p, id: i.Trigger, user: i.User.ID, at: i.place(), response: i.Response, trigger: i.Trigger, quiet: true}
	if r.at.team == "" || r.user == "" || r.id == "" {
		p.log.Warn("a shortcut was not understood")
		return
	}
	switch i.Callback {
	case shortcutAsk, shortcutPlay:
		if info, ok := p.find(formOfShortcut[i.Callback]); ok {
			p.openForm(form{formOfShortcut[i.Callback], info}, r)
		}
	case shortcutMessage:
		if i.Message == nil {
			return
		}
		in := p.inbound(r, i.who(), false)
		in.Command = &bot.Command{Name: "whowon", Args: bot.Clip(plainText(i.Message.Text, ""), maxAsked)}
		p.hand(in, r, deliver)
	default:
		p.log.Warn("a shortcut is not known")
	}
}

// maxAsked is how much of a message is taken for a question, in runes.
const maxAsked = 300

// The callback IDs of the shortcuts, as they are in the manifest.
const (
	shortcutAsk     = "whowon_ask"
	shortcutPlay    = "whowon_play"
	shortcutMessage = "whowon_message"
)

var formOfShortcut = map[string]string{shortcutAsk: "whowon", shortcutPlay: "trivia start"}
