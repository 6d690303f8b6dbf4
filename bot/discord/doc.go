// Package discord is Discord as a platform of the bot: slash commands, buttons, modals and messages come in, views go out
// as components.
//
// It is put together from parts that know less: gateway keeps the connection, rest sends requests within Discord's rate
// limits. Here an interaction or a message becomes a bot.Inbound, a bot.View becomes a message, and every interaction is
// acknowledged within three seconds, whatever the bot is doing. A message that may have been shown before is sent again with
// the same nonce, or, later, looked for in the channel.
//
// Types and constants of the platform are discordgo's. It does not know what a command means nor how it is answered.
package discord
