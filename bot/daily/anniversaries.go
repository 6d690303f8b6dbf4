package daily

import (
	"context"
	"fmt"
	"slices"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule"
	"github.com/whowon-bot/whowon/facts"
)

const nothingWords = "nothing is known for this day with these topics"

// Anniversaries are what happened on a day of the year.
type Anniversaries struct {
	o    Options
	made cache[schedule.Shown]
}

var _ schedule.Content = (*Anniversaries)(nil)

// NewAnniversaries makes the anniversaries. They need Facts.
func NewAnniversaries(o Options) *Anniversaries { return &Anniversaries{o: o.filled()} }

// Kind implements schedule.Content.
func (c *Anniversaries) Kind() string { return "anniversaries" }

// Help implements schedule.Content.
func (c *Anniversaries) Help() string {
	return "What happened on the day: awards, finals, birthdays, opening nights."
}

// Title implements schedule.Content.
func (c *Anniversaries) Title() string { return "the day's anniversaries" }

// Post implements schedule.Content. The same date, topics and Not give the same, which is put together once.
func (c *Anniversaries) Post(ctx context.Context, p schedule.Post) (schedule.Shown, error) {
	f := c.o.Facts()
	key := fmt.Sprintf("%s %q %q", p.Date, slices.Sorted(slices.Values(p.Topics)), p.Not)
	return c.made.get(f, key, c.o.Now(), func() (schedule.Shown, expiry) { return c.compose(ctx, f, p) }), nil
}

// Preview implements schedule.Content.
func (c *Anniversaries) Preview(ctx context.Context, p schedule.Post) (schedule.Shown, error) {
	return c.Post(ctx, p)
}

// Done implements schedule.Content.
func (c *Anniversaries) Done(context.Context, bot.Occurrence) error { return nil }

// Beside implements schedule.Content: nothing is.
func (c *Anniversaries) Beside(context.Context, []string) ([]bot.Occurrence, error) { return nil, nil }

// compose puts a post together, and says until when it is good.
func (c *Anniversaries) compose(ctx context.Context, f Facts, p schedule.Post) (schedule.Shown, expiry) {
	events := f.Day(facts.DayQuery{Year: p.Date.Year, Month: p.Date.Month, Day: p.Date.Day, Topics: p.Topics, Not: p.Not})
	if len(events) == 0 {
		return schedule.Shown{Nothing: nothingWords}, expiry{}
	}
	day := bot.Day{Year: p.Date.Year, Month: p.Date.Month, Day: p.Date.Day, Topics: c.names(p.Topics)}
	v, lead := bot.DayView(day, events)
	i := max(0, slices.IndexFunc(events, func(e facts.Event) bool { return e.ID == lead }))
	shown := schedule.Shown{Lead: lead, Headline: bot.DayHeadline(events[i])}
	items, good := c.fromFeed(ctx, p, events)
	if items != nil {
		v.Blocks = append(slices.Clip(v.Blocks), items)
	}
	if _, ok := c.questionOf(events[i]); ok {
		v.Buttons = append(slices.Clip(v.Buttons), bot.Button{State: askState(p.Date, lead), Label: "A question about this"})
	}
	v.Footer = append(slices.Clip(v.Footer), bot.L("A moderator changes this with /schedule."))
	v.Blocks, v.Footer, v.Buttons = slices.Clip(v.Blocks), slices.Clip(v.Footer), slices.Clip(v.Buttons) // it is shared
	shown.View = v
	return shown, good
}
