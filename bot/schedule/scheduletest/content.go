package scheduletest

import (
	"context"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule"
)

// kind is that of the subscriptions.
const kind = "test"

// content posts what it is a post of.
type content struct{}

var _ schedule.Content = content{}

func (content) Kind() string  { return kind }
func (content) Help() string  { return "What the tests post." }
func (content) Title() string { return "what the tests post" }

func (content) Topic(string) (string, bool)         { return "", false }
func (content) TopicName(key string) string         { return key }
func (content) Topics(string, int) []bot.Suggestion { return nil }

func (content) Post(_ context.Context, p schedule.Post) (schedule.Shown, error) {
	return schedule.Shown{View: bot.View{Lead: bot.L(words(p.Subscription.ID, p.Date.String())),
		Buttons: []bot.Button{{State: bot.CommandState("whowon", p.Date.String()), Label: "More"}}}}, nil
}

func (c content) Preview(ctx context.Context, p schedule.Post) (schedule.Shown, error) {
	return c.Post(ctx, p)
}

func (content) Done(context.Context, bot.Occurrence) error { return nil }

func (content) Beside(context.Context, []string) ([]bot.Occurrence, error) { return nil, nil }

func (content) Handle(context.Context, bot.Platform, bot.Inbound) (bot.View, bool, error) {
	return bot.View{}, false, nil
}
