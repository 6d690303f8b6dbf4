package daily

import (
	"context"
	"log/slog"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule"
	"github.com/whowon-bot/whowon/bot/schedule/wikimedia"
	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/generate"
)

// Store keeps questions and who answered what; *store.Store has it.
type Store interface {
	OpenDaily(ctx context.Context, d bot.Daily, at time.Time) (bot.Daily, error)
	Daily(ctx context.Context, id string) (bot.Daily, error)
	Dailies(ctx context.Context, subscription string, n int) ([]bot.Daily, error)
	CloseDaily(ctx context.Context, id string) error
	RevealDaily(ctx context.Context, id string) error
	DropDaily(ctx context.Context, id string) error
	DailiesDue(ctx context.Context, platforms []string, at time.Time, n int) ([]bot.Daily, error)

	Answer(ctx context.Context, p bot.Pick) error
	PickOf(ctx context.Context, daily string, player bot.UserID) (bot.Pick, error)
	Picks(ctx context.Context, daily string) ([]bot.Pick, error)

	Asked(ctx context.Context, ch bot.Channel) ([]string, error)
	ForgetAsked(ctx context.Context, ch bot.Channel, questions []string) error
}

// Facts are what happened; *facts.Corpus has it. Two are the same facts where they are equal.
type Facts interface {
	bot.Topics
	Day(q facts.DayQuery) []facts.Event
}

// Questions are where questions come from; *generate.Generator has it.
type Questions interface {
	Pick(seed uint64, f generate.Filter, n int, asked func(id string) bool) []trivia.Question
	About(ids []string, seed uint64, n int) []trivia.Question
	ByID(id string) (trivia.Question, bool)
	Categories() []generate.Category
}

// Feed is what an encyclopedia knows of a day of the year; *wikimedia.Client has it.
type Feed interface {
	OnDay(ctx context.Context, month time.Month, day int) ([]wikimedia.Event, error)
}

// Options are what the contents are made of. Questions is required, and Facts or Store by the one that uses it. The
// functions are called when what they give is needed, so that facts can be replaced while the bot runs.
type Options struct {
	Store     Store
	Facts     func() Facts
	Questions func() Questions
	Feed      Feed                              // nil is none
	Why       func(row string) (bot.Line, bool) // what a row says; nil is not known
	CatchUp   time.Duration                     // how late a post may be shown; schedule.DefaultCatchUp when 0
	Log       *slog.Logger                      // discarded when nil
	Now       func() time.Time                  // time.Now when nil
}

func (o Options) filled() Options {
	if o.CatchUp <= 0 {
		o.CatchUp = schedule.DefaultCatchUp
	}
	if o.Why == nil {
		o.Why = func(string) (bot.Line, bool) { return nil, false }
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}
