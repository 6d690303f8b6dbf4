package discordtest

// fieldError is one thing that is wrong in the body of a request, as in the "errors" of Discord's 50035:
// https://docs.discord.com/developers/reference#error-messages. Path is "components.0.components.2.label"; "" is the body.
type fieldError struct{ Path, Code, Message string }
