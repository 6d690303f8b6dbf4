package discord

import (
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// permission is a right of a member in a channel, under the name that Discord shows.
type permission struct {
	bit  int64
	name string
}

// needed are the permissions to play in a channel, the least there are: an answer to a command needs none. A message of
// components does not need Embed Links.
func needed(thread bool) []permission {
	send := permission{discordgo.PermissionSendMessages, "Send Messages"}
	if thread {
		send = permission{discordgo.PermissionSendMessagesInThreads, "Send Messages in Threads"}
	}
	return []permission{{discordgo.PermissionViewChannel, "View Channel"}, send,
		{discordgo.PermissionReadMessageHistory, "Read Message History"}}
}

// invited are the permissions an install link asks for.
const invited = discordgo.PermissionViewChannel | discordgo.PermissionSendMessages |
	discordgo.PermissionSendMessagesInThreads | discordgo.PermissionReadMessageHistory

// missing names the permissions that are lacking.
func missing(have int64, thread bool) []string {
	if have&discordgo.PermissionAdministrator != 0 {
		return nil
	}
	var names []string
	for _, p := range needed(thread) {
		if have&p.bit == 0 {
			names = append(names, p.name)
		}
	}
	return names
}

// isModerator reports whether a member may run other people's games.
func isModerator(permissions int64) bool {
	return permissions&(discordgo.PermissionAdministrator|discordgo.PermissionManageGuild|
		discordgo.PermissionManageMessages) != 0
}

// isThread reports whether a type of channel is a thread.
func isThread(t discordgo.ChannelType) bool {
	return t == discordgo.ChannelTypeGuildNewsThread || t == discordgo.ChannelTypeGuildPublicThread ||
		t == discordgo.ChannelTypeGuildPrivateThread
}

// cannotPost is why the bot can show nothing of its own where an interaction comes from, and how to mend it.
func (i *interaction) cannotPost() string {
	if i.GuildID == "" && i.Context != contextPrivate {
		return "" // its own direct messages
	}
	if i.Context == contextPrivate {
		return "I am not in this conversation. Play in a direct message with me, or on a server I was added to."
	}
	if _, member := i.Owners["0"]; !member && len(i.Owners) > 0 {
		return "I am not a member of this server. A moderator can add me; then rounds can be played here."
	}
	names := missing(permissions(i.AppPermissions), isThread(i.Channel.Type))
	if len(names) == 0 {
		return ""
	}
	return "I lack a permission in this channel: " + strings.Join(names, ", ") +
		". Whoever manages the channel gives it under Edit Channel → Permissions."
}

func permissions(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64) // "" and what is no number are no permission
	return n
}
