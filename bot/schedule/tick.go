package schedule

import (
	"context"
	"fmt"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule/plan"
)

const (
	// longest is how long is slept at a time: a timer does not know that the clock was set, or the machine was suspended.
	longest = 30 * time.Second
	// again is when to look again after the database did not answer.
	again = 5 * time.Second
	// patience is how long the database may take for one answer, or to look at everything that is due.
	patience = 20 * time.Second
	// claimed is how many subscriptions are looked at in one transaction.
	claimed = 500
	// maxMissed is how many missed dates of one subscription are written down: nobody reads more.
	maxMissed = 60
	// onTime is how late a post that is not to be caught up may be noticed.
	onTime = 5 * time.Minute
)

// run looks for what is due, at the beginning of each minute and at least every 30 seconds.
func (s *Schedule) run(ctx context.Context) {
	s.renew(ctx)
	for {
		now := s.o.Now()
		wait := min(longest, now.Truncate(time.Minute).Add(time.Minute).Sub(now))
		if err := s.lookInTime(ctx); err != nil && ctx.Err() == nil {
			s.o.Log.Error("what is due is not known", "again_in", again, "err", err)
			wait = min(wait, again)
		}
		s.wake() // also for what another replica has written, or has left behind
		if !sleep(ctx, wait) {
			return
		}
	}
}

// sleep reports whether it slept to the end.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(max(d, time.Millisecond))
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// What has come of posts is kept for a little longer than the year after which it is asked what led.
const (
	keepPosts  = 400 * 24 * time.Hour
	purgeEvery = 6 * time.Hour
)

// purge removes what nobody asks for any more, now and then.
func (s *Schedule) purge(ctx context.Context) {
	for sleep(ctx, purgeEvery) {
		counts, err := s.o.Store.Purge(ctx, bot.Retention{Posts: s.o.Now().Add(-keepPosts)})
		if err != nil && ctx.Err() == nil {
			s.o.Log.Warn("old posts were not removed", "err", err)
			continue
		}
		s.o.Log.Debug("removed", "rows", counts)
	}
}

// renew puts right when subscriptions are due next, where the rules of a time zone are others than they were when that was
// written.
func (s *Schedule) renew(ctx context.Context) {
	all, err := s.o.Store.AllSubscriptions(ctx, s.platforms...)
	if err != nil {
		s.o.Log.Warn("it is not known whether time zones have changed", "err", err)
		return
	}
	now := s.o.Now()
	var claims []bot.Claim
	for _, sub := range all {
		if sub.Paused || !sub.Next.After(now) {
			continue
		}
		if next := s.after(sub, now); !next.Equal(sub.Next) {
			claims = append(claims, bot.Claim{Subscription: sub, Next: next})
		}
	}
	if err := s.claim(ctx, now, claims); err != nil {
		s.o.Log.Warn("changed time zones are not taken over", "err", err)
	}
}

// lookInTime gives up where the database does not answer: it is asked again soon.
func (s *Schedule) lookInTime(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return bot.Guard(func() error { return s.look(ctx) })
}

// look writes down all that is due, and wakes who sends it.
func (s *Schedule) look(ctx context.Context) error {
	if len(s.platforms) == 0 {
		return nil
	}
	if err := s.lookBeside(ctx); err != nil {
		return err
	}
	for {
		now := s.o.Now()
		due, err := s.o.Store.SubscriptionsDue(ctx, s.platforms, now, claimed)
		if err != nil {
			return err
		}
		claims := make([]bot.Claim, len(due))
		for i, sub := range due {
			claims[i] = s.due(sub, now)
		}
		if err := s.claim(ctx, now, claims); err != nil {
			return err
		}
		if len(due) < claimed {
			return nil
		}
	}
}

// lookBeside writes down what contents want to be posted beside their subscriptions.
func (s *Schedule) lookBeside(ctx context.Context) error {
	for _, c := range s.o.Contents {
		list, err := c.Beside(ctx, s.platforms)
		if err != nil {
			return err
		}
		for i := range list {
			list[i].What = c.Kind() + "/" + list[i].What
			list[i].State = bot.OccurrenceNew
		}
		if len(list) > 0 {
			if err := s.claim(ctx, s.o.Now(), []bot.Claim{{Occurrences: list}}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Schedule) claim(ctx context.Context, now time.Time, claims []bot.Claim) error {
	for len(claims) > 0 {
		n := min(claimed, len(claims))
		written, err := s.o.Store.Claim(ctx, now, claims[:n]...)
		if err != nil {
			return err
		}
		s.measureClaims(claims[:n], written)
		s.wake()
		claims = claims[n:]
	}
	return nil
}

// wake has all that is pending looked at.
func (s *Schedule) wake() {
	for _, box := range s.outboxes {
		box.wake()
	}
}

// due is what follows from looking at a subscription whose time has come: of the dates that have passed since it was due,
// the newest is posted if it is not too late for that, and the others are missed.
func (s *Schedule) due(sub bot.Subscription, now time.Time) bot.Claim {
	c := bot.Claim{Subscription: sub, Next: s.after(sub, now)}
	ch, err := decode(sub.Value)
	if err != nil {
		s.o.Log.Error("a schedule cannot be read", "schedule", sub.ID, "err", err)
		return c
	}
	for from := sub.Next.Add(-time.Nanosecond); ; {
		date, at, err := ch.next(from)
		if err != nil || at.After(now) {
			break
		}
		c.Occurrences = append(c.Occurrences, bot.Occurrence{Subscription: sub.ID, Day: date.String(), Guild: sub.Guild,
			Channel: sub.Channel, Due: at, State: bot.OccurrenceMissed, Why: awayWords})
		if len(c.Occurrences) > maxMissed {
			c.Occurrences = c.Occurrences[1:]
		}
		from = at
	}
	if n := len(c.Occurrences); n > 0 {
		last := &c.Occurrences[n-1]
		switch late := now.Sub(last.Due); {
		case ch.Skip && late > onTime:
			last.Why = skippedWords
		case late <= s.o.CatchUp:
			last.State, last.Why = bot.OccurrenceNew, ""
		}
		for _, o := range c.Occurrences {
			if o.State == bot.OccurrenceMissed {
				s.o.Log.Warn("a post is missed", "schedule", sub.ID, "platform", sub.Channel.Platform, "channel", sub.Channel.ID,
					"day", o.Day, "why", o.Why)
			}
		}
	}
	return c
}

// after is when a subscription is due next after a time. One that nobody can read is looked at again the next day, for the
// next version may be able to.
func (s *Schedule) after(sub bot.Subscription, now time.Time) time.Time {
	ch, err := decode(sub.Value)
	if err == nil {
		var next time.Time
		if _, next, err = ch.next(now); err == nil {
			return next
		}
	}
	return now.Add(24 * time.Hour)
}

// dateOf is the civil date of an occurrence.
func dateOf(o bot.Occurrence) (plan.Date, error) {
	d, err := plan.ParseDate(o.Day)
	if err != nil {
		return d, fmt.Errorf("occurrence %s/%s: %w", o.Subscription, o.Day, err)
	}
	return d, nil
}
