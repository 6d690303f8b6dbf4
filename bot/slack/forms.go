package slack

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/whowon-bot/whowon/bot"
)

// A form is a modal with a field for each option of a command. It is opened by "/trivia form", by a button whose action is
// "f:trivia start", and by a shortcut. What was filled in is the command as it would be typed.

// Limits of modals: https://docs.slack.dev/reference/views/modal-views and of fields in them.
const (
	maxModalTitle  = 24
	maxFieldLabel  = 100
	maxOptionText  = 75
	maxOptionValue = 150
	maxOptions     = 100
	maxInput       = 3000
)

// formWord is what asks for the form of a command, in place of its words.
const formWord = "form"

// find finds a command by its words, such as "trivia start", and reports whether it has fields to fill in. What there is not
// is nothing.
func (p *Platform) find(words string) (bot.CommandInfo, bool) {
	word, rest, _ := strings.Cut(words, " ")
	infos := p.o.Commands
	var info bot.CommandInfo
	for {
		i := slices.IndexFunc(infos, func(c bot.CommandInfo) bool { return c.Name == word })
		if i < 0 {
			return bot.CommandInfo{}, false
		}
		infos, info = infos[i].Subs, infos[i]
		if rest == "" {
			return info, hasFields(info)
		}
		word, rest, _ = strings.Cut(rest, " ")
	}
}

func hasFields(c bot.CommandInfo) bool { return len(c.Options) > 0 }

// takesChannel reports whether a channel can be filled in, or typed behind the command.
func takesChannel(c bot.CommandInfo) bool {
	return slices.ContainsFunc(c.Options, func(o bot.Option) bool { return o.Channel }) ||
		slices.ContainsFunc(c.Subs, takesChannel)
}

// form is one that is asked for: the words of its command, and the command.
type form struct {
	words string
	info  bot.CommandInfo
}

// formOf is the form that a command asks for: "/settings form", "/trivia why form"; "/trivia form" for "/trivia start", the
// first of its subs with fields to fill in.
func (p *Platform) formOf(c *bot.Command) (form, bool) {
	sub, asked := strings.CutSuffix(c.Args, formWord)
	if !asked || sub != "" && !strings.HasSuffix(sub, " ") {
		return form{}, false
	}
	words := strings.Join(strings.Fields(c.Name+" "+sub), " ")
	info, ok := p.find(words)
	if ok {
		return form{words, info}, true
	}
	if i := slices.IndexFunc(info.Subs, hasFields); i >= 0 {
		return form{words + " " + info.Subs[i].Name, info.Subs[i]}, true
	}
	return form{}, false
}

// formLine is the command whose form a button opens.
func formLine(actionID string) (string, bool) { return strings.CutPrefix(actionID, formPrefix) }

// metadata travels with a modal and comes back with what was filled in.
type metadata struct {
	Channel  string `json:"c,omitempty"` // where the answer goes
	Thread   string `json:"t,omitempty"`
	Message  string `json:"m,omitempty"` // that the button is on
	State    string `json:"s,omitempty"` // of a button that asked for a text
	Response string `json:"r,omitempty"`
}

// maxMetadata is the length of a modal's metadata: https://docs.slack.dev/reference/views/modal-views
const maxMetadata = 3000

func (m metadata) String() string {
	data, err := json.Marshal(m)
	if err != nil || len(data) > maxMetadata {
		return ""
	}
	return string(data)
}

func (p *Platform) takeFormButton(i *interaction, words string) {
	if info, ok := p.find(words); ok {
		r := &reply{p: p, id: i.Trigger, user: i.User.ID, at: i.place(), thread: i.thread(), response: i.Response,
			trigger: i.Trigger}
		p.openForm(form{words, info}, r)
	}
}

// openForm opens a form. There are three seconds for that.
func (p *Platform) openForm(f form, r *reply) {
	m := metadata{Channel: r.at.channel, Thread: r.thread, Response: r.response}
	p.open(r, formModal(f, m))
}

func (p *Platform) open(r *reply, m slack.ModalViewRequest) {
	p.go1(func(ctx context.Context) {
		if err := p.showModal(ctx, r.at, "", r.trigger, m); err != nil {
			p.log.Warn("a form was not shown", "id", r.id, "err", scrub(err))
		}
	})
}

// openInput asks for the text that a button wants.
func (p *Platform) openInput(i *interaction, r *reply) {
	state, _, _, _ := parseActionID(i.Actions[0].ID)
	m := metadata{Channel: r.at.channel, Thread: r.thread, Message: i.message(), State: state, Response: r.response}
	title := i.Actions[0].Text.Text
	if strings.TrimSpace(title) == "" {
		title = "Your answer"
	}
	field := slack.NewPlainTextInputBlockElement(nil, "text")
	field.MaxLength, field.FocusOnLoad = bot.MaxKeptText, true
	modal := newModal(title, slack.NewInputBlock("text", plain("Your answer"), nil, field))
	modal.CallbackID, modal.PrivateMetadata, modal.Submit = inputPrefix, m.String(), plain("Send")
	p.open(r, modal)
}

func plain(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, text, false, false)
}

func newModal(title string, blocks ...slack.Block) slack.ModalViewRequest {
	return slack.ModalViewRequest{Type: slack.VTModal, Title: plain(bot.Clip(bot.Clean(title), maxModalTitle)),
		Close: plain("Close"), Blocks: slack.Blocks{BlockSet: blocks}}
}

// answerModal is a view as a modal of its own.
func (p *Platform) answerModal(v bot.View, page int) slack.ModalViewRequest {
	return newModal("whowon", p.draw(v, page, surfaceView).blocks...)
}

// formModal is the form of a command. Where it is not known in which channel it is used, and that matters, a channel has
// to be chosen: that of the command's own, where it takes one, or else the one that the answer goes to.
func formModal(f form, m metadata) slack.ModalViewRequest {
	blocks := []slack.Block{small(bot.L(f.info.Help))}
	nowhere, own := m.Channel == "", takesChannel(f.info)
	for _, o := range f.info.Options {
		help, needed := o.Help, o.Required
		if o.Channel && nowhere {
			help, needed = inviteHint, true
		}
		label := slack.NewInputBlock(o.Name, plain(bot.Clip(title(o.Name), maxFieldLabel)), nil, field(f.words, o))
		label.Optional = !needed
		if help != "" {
			label.Hint = plain(bot.Clip(help, maxFieldLabel))
		}
		blocks = append(blocks, label)
	}
	if nowhere && !own && !f.info.Everywhere {
		where := slack.NewOptionsSelectBlockElement(slack.OptTypeConversations, nil, channelField)
		where.DefaultToCurrentConversation, where.ResponseURLEnabled = true, true
		blocks = append(blocks, slack.NewInputBlock(channelField, plain("Channel"), plain(inviteHint), where))
	}
	modal := newModal("/"+f.words, blocks...)
	modal.CallbackID, modal.PrivateMetadata, modal.Submit = formPrefix+f.words, m.String(), plain("Go")
	return modal
}

const inviteHint = "Where I was invited to"

// channelField is the field that asks for a channel. It is no name that an option has.
const channelField = "in_channel"

func title(name string) string {
	r, n := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(r)) + name[n:]
}

// field is the field of an option.
func field(words string, o bot.Option) slack.BlockElement {
	switch {
	case o.Suggests:
		s := slack.NewOptionsSelectBlockElement(slack.OptTypeExternal, plain("Type to search"), suggestID(words, o.Name))
		least := 1
		s.MinQueryLength = &least
		return s
	case len(o.Choices) > 0:
		var options []*slack.OptionBlockObject
		for _, c := range o.Choices[:min(len(o.Choices), maxOptions)] {
			options = append(options, option(c, c))
		}
		return slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, o.Name, options...)
	case o.User:
		return slack.NewOptionsSelectBlockElement(slack.OptTypeUser, nil, o.Name)
	case o.Channel:
		return channelSelect(o.Name)
	case o.Number:
		n := slack.NewNumberInputBlockElement(nil, o.Name, false)
		n.MinValue, n.MaxValue = strconv.Itoa(o.Min), strconv.Itoa(o.Max)
		return n
	}
	t := slack.NewPlainTextInputBlockElement(nil, o.Name)
	if o.Max > 0 {
		t.MaxLength = min(o.Max, maxInput)
	}
	return t
}

// channelSelect is a field for a channel, and no direct messages. It begins with the one that the user looks at.
// https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#conversations_select
func channelSelect(name string) *slack.SelectBlockElement {
	s := slack.NewOptionsSelectBlockElement(slack.OptTypeConversations, nil, name)
	s.DefaultToCurrentConversation = true
	s.Filter = &slack.SelectBlockElementFilter{Include: []string{"public", "private"}, ExcludeBotUsers: true}
	return s
}

func option(label, value string) *slack.OptionBlockObject {
	return slack.NewOptionBlockObject(value, plain(bot.Clip(bot.Clean(label), maxOptionText)), nil)
}

// suggestID is the action of a field that proposes values; optionOf is the option it is of.
func suggestID(words, option string) string { return "s:" + words + ":" + option }

func optionOf(actionID string) (words, option string) {
	rest, ok := strings.CutPrefix(actionID, "s:")
	if !ok {
		return "", actionID
	}
	words, option, _ = strings.Cut(rest, ":")
	return words, option
}
