package discord

import (
	"slices"

	"github.com/bwmarrin/discordgo"

	"github.com/whowon-bot/whowon/bot"
)

// Limits of commands, from https://discord.com/developers/docs/interactions/application-commands.
const (
	maxChoices     = 25 // of an option, and suggestions to one
	maxChoiceRunes = 100
	maxHelpRunes   = 100
)

// commands are the bot's commands as Discord registers them.
func commands(infos []bot.CommandInfo) []*discordgo.ApplicationCommand {
	cs := make([]*discordgo.ApplicationCommand, 0, len(infos))
	for _, info := range infos {
		cs = append(cs, command(info))
	}
	return cs
}

// command is one command. Where it can be used follows from what it needs: with Everywhere it can be installed by a user and
// used in any chat, else it needs the bot, in a guild or in its own direct messages.
func command(info bot.CommandInfo) *discordgo.ApplicationCommand {
	contexts := []discordgo.InteractionContextType{discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM}
	installs := []discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall}
	if info.Everywhere {
		contexts = append(contexts, discordgo.InteractionContextPrivateChannel)
		installs = append(installs, discordgo.ApplicationIntegrationUserInstall)
	}
	c := &discordgo.ApplicationCommand{Type: discordgo.ChatApplicationCommand, Name: info.Name,
		Description: bot.Clip(info.Help, maxHelpRunes), Contexts: &contexts, IntegrationTypes: &installs,
		Options: options(info)}
	if info.Moderators {
		manage := int64(discordgo.PermissionManageGuild)
		c.DefaultMemberPermissions = &manage
	}
	return c
}

// options are a command's subcommands, or its fields.
func options(info bot.CommandInfo) []*discordgo.ApplicationCommandOption {
	list := []*discordgo.ApplicationCommandOption{}
	for _, sub := range info.Subs {
		list = append(list, &discordgo.ApplicationCommandOption{Type: discordgo.ApplicationCommandOptionSubCommand,
			Name: sub.Name, Description: bot.Clip(sub.Help, maxHelpRunes), Options: options(sub)})
	}
	for _, o := range info.Options {
		list = append(list, option(o))
	}
	return list
}

func option(o bot.Option) *discordgo.ApplicationCommandOption {
	d := &discordgo.ApplicationCommandOption{Type: discordgo.ApplicationCommandOptionString, Name: o.Name,
		Description: bot.Clip(o.Help, maxHelpRunes), Required: o.Required, Autocomplete: o.Suggests, MaxLength: o.Max}
	if o.Number {
		least := float64(o.Min)
		d.Type, d.MinValue, d.MaxValue, d.MaxLength = discordgo.ApplicationCommandOptionInteger, &least, float64(o.Max), 0
	}
	if o.User {
		d.Type, d.MaxLength = discordgo.ApplicationCommandOptionUser, 0
	}
	if o.Channel {
		d.Type, d.MaxLength = discordgo.ApplicationCommandOptionChannel, 0
		d.ChannelTypes = []discordgo.ChannelType{discordgo.ChannelTypeGuildText, discordgo.ChannelTypeGuildNews,
			discordgo.ChannelTypeGuildNewsThread, discordgo.ChannelTypeGuildPublicThread, discordgo.ChannelTypeGuildPrivateThread}
	}
	for _, c := range o.Choices[:min(len(o.Choices), maxChoices)] {
		d.Choices = append(d.Choices, &discordgo.ApplicationCommandOptionChoice{Name: c, Value: c})
	}
	return d
}

// find finds a command and the sub that was chosen of it. It reports false for one that is not known: of another version.
func find(infos []bot.CommandInfo, name, sub string) (bot.CommandInfo, bool) {
	i := slices.IndexFunc(infos, func(c bot.CommandInfo) bool { return c.Name == name })
	if i < 0 {
		return bot.CommandInfo{}, false
	}
	if sub == "" {
		return infos[i], len(infos[i].Subs) == 0
	}
	return find(infos[i].Subs, sub, "")
}
