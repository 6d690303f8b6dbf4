// Package slack is Slack as a platform of the bot: slash commands, buttons, forms, shortcuts, mentions and messages
// come in, views go out as blocks.
//
// It is put together from parts that know less: socket keeps the connections of Socket Mode, signed takes requests that
// Slack signed, install keeps the tokens of the workspaces that installed the app. Here a payload becomes a bot.Inbound
// and a bot.View becomes a message, a modal or an App Home, and everything that arrives is acknowledged at once, before
// any work.
//
// The Web API's client and the types of blocks are slack-go's. It does not know what a command means nor how it is
// answered.
package slack
