package discord

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/whowon-bot/whowon/bot"
)

// inbound is an interaction as the bot takes it, but for its reply. It reports false for what it cannot be made of.
func (p *Platform) inbound(i *interaction) (bot.Inbound, bool) {
	u, m := i.from()
	if u == nil || i.ID == "" || i.ChannelID == "" {
		return bot.Inbound{}, false
	}
	at, order := created(i.ID)
	in := bot.Inbound{ID: i.ID, At: at, Order: order, From: shown(u, m), Guild: guildOf(i.GuildID, i.ChannelID),
		To:         bot.Target{Channel: channelOf(i.ChannelID), Reply: replyInteraction + i.ID},
		Moderator:  m == nil || isModerator(permissions(m.Permissions)),
		CannotPost: i.cannotPost()}
	switch i.Type {
	case discordgo.InteractionApplicationCommand:
		c, _ := p.command(i)
		in.Command = &c
	case discordgo.InteractionMessageComponent, discordgo.InteractionModalSubmit:
		state, _, _, ok := parseCustomID(i.Data.CustomID)
		if !ok {
			return in, false
		}
		in.Press = &bot.Press{State: state, Text: i.text()}
		if i.Message != nil {
			in.Press.Message = bot.MessageRef{Channel: in.To.Channel, ID: i.Message.ID}
		}
	default:
		return in, false
	}
	return in, true
}

func channelOf(id string) bot.Channel { return bot.Channel{Platform: name, ID: id} }

// guildOf is the community of a channel. A direct message is one of its own.
func guildOf(guild, channel string) bot.Guild {
	if guild == "" {
		guild = "dm/" + channel
	}
	return bot.Guild{Platform: name, ID: guild}
}

// command is the command of an interaction as it would be typed, and what is known of it.
func (p *Platform) command(i *interaction) (bot.Command, bot.CommandInfo) {
	c, values := bot.Command{Name: i.Data.Name}, i.Data.Options
	sub := subOf(values)
	if sub != nil {
		values = sub.Options
	}
	typed := map[string]string{}
	for _, o := range values {
		typed[o.Name] = o.text()
	}
	word := ""
	if sub != nil {
		word = sub.Name
	}
	info, _ := find(p.o.Commands, i.Data.Name, word)
	c.Args = strings.TrimSpace(word + " " + info.Line(typed))
	return c, info
}

// subOf is the subcommand that was chosen, if any.
func subOf(options []optionValue) *optionValue {
	if len(options) > 0 && options[0].Type == discordgo.ApplicationCommandOptionSubCommand {
		return &options[0]
	}
	return nil
}

// text is a value as it would be typed.
func (o optionValue) text() string {
	var s string
	if json.Unmarshal(o.Value, &s) == nil {
		return s
	}
	return string(o.Value)
}

// suggest answers what is typed into an option with what it may become.
func (p *Platform) suggest(ctx context.Context, i *interaction, first func(context.Context, response) error) {
	command, options := i.Data.Name, i.Data.Options
	if sub := subOf(options); sub != nil {
		command, options = command+" "+sub.Name, sub.Options
	}
	choices := []*discordgo.ApplicationCommandOptionChoice{}
	for _, o := range options {
		if !o.Focused || p.o.Suggest == nil {
			continue
		}
		for _, s := range p.o.Suggest.Suggest(command, o.Name, o.text(), maxChoices) {
			if label := bot.Clip(s.Label, maxChoiceRunes); label != "" && len([]rune(s.Value)) <= maxChoiceRunes {
				choices = append(choices, &discordgo.ApplicationCommandOptionChoice{Name: label, Value: s.Value})
			}
		}
	}
	err := first(ctx, response{discordgo.InteractionApplicationCommandAutocompleteResult, choicesOnly{choices}})
	if err != nil {
		p.log.Debug("nothing was proposed", "command", command, "err", err)
	}
}

type choicesOnly struct {
	Choices []*discordgo.ApplicationCommandOptionChoice `json:"choices"`
}

// form is the modal that asks for a text. A press of a button that asks opens it; what is typed comes under the same ID.
func form(i *interaction) response {
	title := bot.Clip(bot.Clean(i.label()), maxFormTitle)
	if title == "" {
		title = "Answer"
	}
	field := discordgo.TextInput{CustomID: "text", Label: title, Style: discordgo.TextInputShort, Required: true, MinLength: 1,
		MaxLength: bot.MaxKeptText}
	return response{discordgo.InteractionResponseModal, modal{CustomID: i.Data.CustomID, Title: title,
		Components: []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{field}}}}}
}

const maxFormTitle = 45 // characters, also of a field's label

type modal struct {
	CustomID   string                       `json:"custom_id"`
	Title      string                       `json:"title"`
	Components []discordgo.MessageComponent `json:"components"`
}

// fromMessage is a message as the bot takes it. It reports false for what is nobody's business: other bots, what Discord
// says itself, and what was not meant for the bot where it does not read along.
func (p *Platform) fromMessage(m *message, self string) (bot.Inbound, bool) {
	ordinary := m.Type == discordgo.MessageTypeDefault || m.Type == discordgo.MessageTypeReply
	if !ordinary || m.Author.Bot || m.WebhookID != "" || m.Author.ID == "" || m.ID == "" {
		return bot.Inbound{}, false
	}
	text, direct := strings.TrimSpace(m.Content), m.GuildID == ""
	for _, u := range m.Mentions {
		direct = direct || u.ID == self
	}
	direct = direct || m.Referenced != nil && m.Referenced.Author.ID == self
	for _, mention := range []string{"<@" + self + ">", "<@!" + self + ">"} {
		text = strings.TrimSpace(strings.ReplaceAll(text, mention, ""))
	}
	if text == "" || !direct && !p.o.Config.MessageContent {
		return bot.Inbound{}, false
	}
	at, order := created(m.ID)
	return bot.Inbound{ID: m.ID, At: at, Order: order, From: shown(&m.Author, m.Member), Guild: guildOf(m.GuildID, m.ChannelID),
		To:        bot.Target{Channel: channelOf(m.ChannelID), Reply: replyMessage + m.ID},
		Moderator: m.GuildID == "", Text: text, Direct: direct, Public: true}, true
}

// recently is how long ago the bot may have been added to a guild for the guild to be new: Discord sends all of them after
// every connect.
const recently = 2 * time.Minute

// joined is the news that the bot was added to a guild, with a place to say hello. It reports false for any other guild.
func joined(g *guildCreate, now time.Time) (bot.Inbound, bool) {
	if g.Unavailable || g.SystemChannelID == "" || now.Sub(g.JoinedAt) > recently {
		return bot.Inbound{}, false
	}
	return bot.Inbound{ID: "joined/" + g.ID, At: g.JoinedAt, Guild: guildOf(g.ID, ""), Joined: true,
		To: bot.Target{Channel: channelOf(g.SystemChannelID)}}, true
}
