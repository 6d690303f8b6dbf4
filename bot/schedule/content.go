package schedule

import (
	"context"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule/plan"
)

// Content is something that can be posted on a schedule.
type Content interface {
	// Kind is the word behind /schedule, and kept with each subscription.
	Kind() string
	// Help says what it is: one sentence, at most 100 runes.
	Help() string
	// Title names it in a sentence: "the day's anniversaries".
	Title() string
	// Topic is the key of what a user calls a topic.
	Topic(word string) (key string, ok bool)
	// TopicName is what the topic with a key is called.
	TopicName(key string) string
	// Topics proposes topics whose name begins with prefix.
	Topics(prefix string, n int) []bot.Suggestion

	// Post makes what is shown. It is called before each attempt to show it, and gives the same each time.
	Post(ctx context.Context, p Post) (Shown, error)
	// Done is told how an occurrence has ended, before that is recorded. It may be told again.
	Done(ctx context.Context, o bot.Occurrence) error
	// Preview is what Post would show, as far as that can be said. It changes nothing.
	Preview(ctx context.Context, p Post) (Shown, error)
	// Beside are occurrences that are due by now beside those of the subscriptions, with a What of their own.
	Beside(ctx context.Context, platforms []string) ([]bot.Occurrence, error)
	// Handle answers presses of the content's own buttons, as bot.Feature does.
	Handle(ctx context.Context, p bot.Platform, in bot.Inbound) (reply bot.View, own bool, err error)
}

// Post is what is to be shown: a subscription on a date.
type Post struct {
	Subscription bot.Subscription // with its ID alone where What is not "", since it may have been deleted
	Channel      bot.Channel
	Guild        bot.Guild
	Topics       []string // keys; none is all
	Date         plan.Date
	What         string // of the occurrence
	// Next is when the subscription is due after this; zero is not known.
	Next time.Time
	// Not are what led a year ago, and must not lead again.
	Not []string
}

// Shown is what is shown of a Post.
type Shown struct {
	View     bot.View
	Lead     string   // what leads, to be kept; "" is none
	Headline bot.Line // the same in one line, for moderators, who may be players: without the answer to a question
	Nothing  string   // why there is nothing to show, as a sentence; "" where there is
}
