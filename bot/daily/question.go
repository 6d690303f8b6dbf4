package daily

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule"
	"github.com/whowon-bot/whowon/trivia"
)

const (
	// revealing is the What of an occurrence that tells the answer to a question without a next one.
	revealing = "reveal"
	// toSend is how long a post that was not too late may take to be sent.
	toSend = 5 * time.Minute
	// openFor is how long a question is open where no next one comes within longest.
	openFor = 24 * time.Hour
	longest = 4 * 24 * time.Hour
	// wanted is how late an answer is still told alone.
	wanted = 3 * 24 * time.Hour
	// dueAtOnce is how many questions without a next one are told of at a time.
	dueAtOnce = 1000
)

// Question is the daily question.
type Question struct{ o Options }

var _ schedule.Content = (*Question)(nil)

// NewQuestion makes the daily question. It needs a Store.
func NewQuestion(o Options) *Question { return &Question{o.filled()} }

// Kind implements schedule.Content.
func (c *Question) Kind() string { return "question" }

// Help implements schedule.Content.
func (c *Question) Help() string {
	return "A question that everybody answers in private; its answer comes with the next one."
}

// Title implements schedule.Content.
func (c *Question) Title() string { return "the daily question" }

// Post implements schedule.Content.
func (c *Question) Post(ctx context.Context, p schedule.Post) (schedule.Shown, error) {
	if p.What == revealing {
		return c.postReveal(ctx, idOf(p))
	}
	d, err := c.opened(ctx, p)
	if errors.Is(err, errNoQuestion) {
		return schedule.Shown{Nothing: noQuestionWords}, nil
	}
	if err != nil {
		return schedule.Shown{}, err
	}
	a, err := askedOf(d)
	if err != nil {
		return schedule.Shown{}, err
	}
	v := c.questionView(a)
	if d.Reveals != "" {
		switch r, err := c.result(ctx, d.Reveals); {
		case err == nil:
			c.addResult(&v, r, bot.L(bot.B(whose(r.d.Day, p.Date)), ": ", r.q.Text))
		case !errors.Is(err, bot.ErrNotFound): // what is not kept any more cannot be told
			return schedule.Shown{}, err
		}
	}
	return schedule.Shown{View: v, Headline: c.headline(a.q)}, nil
}

// postReveal tells the answer to a question that no next one has told.
func (c *Question) postReveal(ctx context.Context, id string) (schedule.Shown, error) {
	const told = "its answer was told with the next question"
	d, err := c.o.Store.Daily(ctx, id)
	switch {
	case errors.Is(err, bot.ErrNotFound):
		return schedule.Shown{Nothing: "the question is not kept any more"}, nil
	case err != nil:
		return schedule.Shown{}, err
	case d.Revealed:
		return schedule.Shown{Nothing: told}, nil
	}
	newest, err := c.o.Store.Dailies(ctx, d.Subscription, 1)
	if err != nil {
		return schedule.Shown{}, err
	}
	if len(newest) > 0 && newest[0].Reveals == id {
		return schedule.Shown{Nothing: told}, nil
	}
	if err := c.o.Store.CloseDaily(ctx, id); err != nil {
		return schedule.Shown{}, err
	}
	r, err := c.result(ctx, id)
	if err != nil {
		return schedule.Shown{}, err
	}
	v := bot.View{Title: bot.L(bot.B("The question of " + dayWords(d.Day))), Lead: bot.L(bot.B(r.q.Text))}
	c.addResult(&v, r, nil)
	return schedule.Shown{View: v, Headline: bot.L("the answer to the question of " + dayWords(d.Day))}, nil
}

// Done implements schedule.Content. A question that was not shown is as if it had never been.
func (c *Question) Done(ctx context.Context, o bot.Occurrence) error {
	id := o.Subscription + "/" + o.Day
	var err error
	switch {
	case o.What == revealing:
		err = c.o.Store.RevealDaily(ctx, id)
	case o.State == bot.OccurrencePosted || o.State == bot.OccurrenceUnknown:
		var d bot.Daily
		if d, err = c.o.Store.Daily(ctx, id); err == nil && d.Reveals != "" {
			err = c.o.Store.RevealDaily(ctx, d.Reveals)
		}
	default:
		err = c.o.Store.DropDaily(ctx, id)
	}
	if errors.Is(err, bot.ErrNotFound) {
		return nil
	}
	return err
}

// Beside implements schedule.Content: questions whose time is over, and that no next one has told.
func (c *Question) Beside(ctx context.Context, platforms []string) ([]bot.Occurrence, error) {
	now := c.o.Now()
	// Until then the next one may come and tell the answer: where many are posted at one time, the last of them wait long.
	due, err := c.o.Store.DailiesDue(ctx, platforms, now.Add(-c.o.CatchUp-toSend), dueAtOnce)
	if err != nil {
		return nil, err
	}
	out := make([]bot.Occurrence, len(due))
	for i, d := range due {
		out[i] = bot.Occurrence{Subscription: d.Subscription, Day: d.Day, What: revealing, Guild: d.Guild, Channel: d.Channel,
			Due: d.Closes, State: bot.OccurrenceNew}
		if now.Sub(d.Closes) <= wanted {
			out[i].Due = now // it is late on purpose
		}
	}
	return out, nil
}

// idOf is the ID of the question of a post.
func idOf(p schedule.Post) string { return p.Subscription.ID + "/" + p.Date.String() }

// seedOf makes a number of an ID, the same for ever.
func seedOf(id string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(id))
	return h.Sum64()
}

// asked is a question as it was posted.
type asked struct {
	d       bot.Daily
	q       trivia.Question
	options []string
	right   int // the option that is right
}

// askedOf reads what is kept of a question.
func askedOf(d bot.Daily) (asked, error) {
	a := asked{d: d}
	if err := json.Unmarshal(d.Question, &a.q); err != nil {
		return a, fmt.Errorf("the question %s cannot be read: %w", d.ID, err)
	}
	a.options = trivia.Options(&a.q, seedOf(d.ID))
	if len(a.options) < 2 {
		return a, fmt.Errorf("the question %s has %d options, not two at least", d.ID, len(a.options))
	}
	a.right = slices.Index(a.options, a.q.Answers[0])
	return a, nil
}
