package play

import (
	"strings"

	"github.com/whowon-bot/whowon/bot"
)

// Repeatable reports whether a delivery is an answer to a question. One that is handled twice, by two replicas, counts
// once: it has the time and the order of its message, by which a round knows it again.
func Repeatable(in bot.Inbound) bool {
	switch {
	case in.Command != nil:
		args, own := subcommand(*in.Command)
		name, _, _ := strings.Cut(strings.TrimSpace(args), " ")
		return own && strings.EqualFold(name, "answer")
	case in.Press != nil:
		return strings.HasPrefix(in.Press.State, statePrefix+"a/") || strings.HasPrefix(in.Press.State, statePrefix+"say/")
	}
	return false
}
