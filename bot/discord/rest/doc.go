// Package rest sends requests to Discord's HTTP API: within its rate limits, with the urgent before the rest, and without
// ever letting a token into an error or a log.
//
// discordgo's own client keeps a rate bucket for every interaction for ever, sleeps without looking at the context, and
// does not know the global limit; this one answers an interaction outside of any bucket, as the platform allows.
//
// A request passes, in this order: the refusals (a token that Discord rejected, a storm of invalid requests), the pacer,
// which holds it until its bucket and the global limit have room, and the transport. What comes back tells the pacer how
// much room is left. An interaction's answer goes to the transport at once.
//
// It does not know what is sent.
package rest
