package schedule

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule/plan"
)

// backoffs are how long to wait after an attempt that has failed; the last is for all further ones.
var backoffs = [...]time.Duration{time.Second, 2 * time.Second, 5 * time.Second, 10 * time.Second, 20 * time.Second,
	40 * time.Second, time.Minute}

// send makes one attempt to show a post that was taken, and records what came of it.
func (b *outbox) send(o bot.Occurrence, h *bot.Hold) {
	defer h.End()
	taken := o.Taken
	var c Content
	err := bot.Guard(func() (err error) {
		c, err = b.attempt(&o, h)
		return err
	})
	if err != nil {
		wait := backoff(o.Tries)
		if errors.Is(err, bot.ErrUnsure) {
			wait = max(wait, underway)
		}
		o.State, o.Taken = bot.OccurrenceNew, b.s.o.Now().Add(wait)
		b.s.o.Log.Warn("a post is tried again", "post", keyOf(o), "platform", b.name, "tries", o.Tries, "err", err)
	}
	for try := 1; try <= recorded; try++ {
		err = bot.Guard(func() error { return b.record(c, o, taken) })
		if err == nil || errors.Is(err, bot.ErrConflict) {
			break
		}
		b.s.o.Log.Error("what came of a post is not recorded", "post", keyOf(o), "state", o.State, "err", err)
		if !sleep(b.ctx, backoff(try)) {
			return
		}
	}
	b.measure(o, err)
	switch o.State {
	case bot.OccurrenceNew:
		b.wakeIn(o.Taken.Sub(b.s.o.Now()))
	case bot.OccurrencePosted:
	case bot.OccurrenceRefused:
		b.s.refused(b.ctx, o)
		fallthrough
	default:
		b.s.o.Log.Warn("a post is not shown", "post", keyOf(o), "platform", b.name, "state", o.State, "why", o.Why)
	}
}

// recorded is how often recording what came of a post is tried, within minutes. Then it is taken up as one that may have
// been shown.
const recorded = 10

func backoff(tries int) time.Duration { return backoffs[min(max(tries, 1), len(backoffs))-1] }

// record tells the content how a post has ended, and writes it down.
func (b *outbox) record(c Content, o bot.Occurrence, taken time.Time) error {
	ctx, cancel := context.WithTimeout(b.words, again)
	defer cancel()
	contents := []Content{c}
	if c == nil { // whose it was is not known: its subscription is gone
		contents = b.s.o.Contents
	}
	for _, c := range contents {
		if o.State == bot.OccurrenceNew {
			break
		}
		if err := c.Done(ctx, told(o)); err != nil {
			return err
		}
	}
	return b.s.o.Store.SaveOccurrence(ctx, o, taken, b.s.o.Now())
}

// told is an occurrence as its content knows it: without the kind before its What.
func told(o bot.Occurrence) bot.Occurrence {
	if _, what, ok := strings.Cut(o.What, "/"); ok {
		o.What = what
	}
	return o
}

// attempt shows a post if it may be shown, and sets what came of it. An error leaves it to be tried again; c is nil where
// nothing is known of the content.
func (b *outbox) attempt(o *bot.Occurrence, h *bot.Hold) (c Content, err error) {
	before := o.Tried.Before(o.Taken) // somebody may have shown it
	if !before {
		o.Tried = time.Time{} // until it is on its way
	}
	ctx := b.ctx
	if h != nil {
		ctx = h.Context()
	}
	ctx, cancel := context.WithTimeout(ctx, sending)
	defer cancel()
	c, post, err := b.s.postOf(ctx, o)
	if err != nil || o.State != bot.OccurrenceSending {
		return c, err
	}
	now, once := b.s.o.Now(), b.p.Info().Once
	switch late := now.Sub(o.Due); {
	case before && now.Sub(o.Tried) >= once:
		end(o, bot.OccurrenceUnknown, unknownWords)
		return c, nil
	case !before && late > b.s.o.CatchUp:
		end(o, bot.OccurrenceMissed, fmt.Sprintf("it was %s late", minutes(late)))
		return c, nil
	}
	shown, err := c.Post(ctx, post)
	if err != nil {
		return c, err
	}
	if o.Lead = shown.Lead; shown.Nothing != "" {
		end(o, bot.OccurrenceDropped, shown.Nothing)
		return c, nil
	}
	if err := h.Err(); err != nil {
		return c, err
	}
	to := bot.Target{Channel: o.Channel, Patient: true, Tried: o.Tried}
	if !before {
		o.Tried = now
	}
	ref, err := b.p.Send(ctx, to, shown.View, keyOf(*o))
	if err != nil {
		return c, notShown(o, err, before, once)
	}
	end(o, bot.OccurrencePosted, "")
	o.Ref = ref.ID
	return c, nil
}

// notShown sets what comes of an attempt that failed. An error is one that leaves it to be tried again.
func notShown(o *bot.Occurrence, err error, before bool, once time.Duration) error {
	var forbidden *bot.Forbidden
	switch {
	case errors.Is(err, bot.ErrUnsure): // also where looking for it is refused
		if once == 0 {
			end(o, bot.OccurrenceUnknown, unknownWords)
			return nil
		}
		return err
	case errors.As(err, &forbidden):
		end(o, bot.OccurrenceRefused, forbidden.Mend)
		return nil
	case errors.Is(err, bot.ErrForbidden):
		end(o, bot.OccurrenceRefused, "the platform does not allow it")
		return nil
	case !before:
		o.Tried = time.Time{} // nothing was shown
	}
	return err
}

func end(o *bot.Occurrence, s bot.OccurrenceState, why string) { o.State, o.Why = s, why }

// postOf is what is to be shown of an occurrence. Where that is nothing any more, the occurrence has ended.
func (s *Schedule) postOf(ctx context.Context, o *bot.Occurrence) (Content, Post, error) {
	date, err := dateOf(*o)
	if err != nil {
		return nil, Post{}, err
	}
	post := Post{Subscription: bot.Subscription{ID: o.Subscription}, Channel: o.Channel, Guild: o.Guild, Date: date}
	if kind, what, ok := strings.Cut(o.What, "/"); ok {
		c := s.content(kind)
		if c == nil {
			end(o, bot.OccurrenceDropped, noKindWords)
		}
		post.What = what
		return c, post, nil
	}
	sub, err := s.o.Store.Subscription(ctx, o.Subscription)
	switch {
	case errors.Is(err, bot.ErrNotFound):
		end(o, bot.OccurrenceDropped, deletedWords)
		return nil, post, nil
	case err != nil:
		return nil, post, err
	}
	c := s.content(sub.Kind)
	ch, err := decode(sub.Value)
	switch {
	case c == nil:
		end(o, bot.OccurrenceDropped, noKindWords)
		return nil, post, nil
	case err != nil:
		return c, post, err
	case sub.Paused:
		end(o, bot.OccurrenceDropped, pausedWords)
		return c, post, nil
	}
	post, err = s.post(ctx, sub, ch, date, o.Due)
	return c, post, err
}

// post is what a subscription shows on a date.
func (s *Schedule) post(ctx context.Context, sub bot.Subscription, ch choice, date plan.Date, due time.Time) (Post, error) {
	post := Post{Subscription: sub, Channel: sub.Channel, Guild: sub.Guild, Topics: ch.Topics, Date: date}
	if _, next, err := ch.next(due); err == nil {
		post.Next = next
	}
	before, err := s.o.Store.Occurrence(ctx, sub.ID, yearBefore(date).String(), "")
	switch {
	case err == nil && before.Lead != "":
		post.Not = []string{before.Lead}
	case err != nil && !errors.Is(err, bot.ErrNotFound):
		return post, err
	}
	return post, nil
}

// yearBefore is the same day a year before; of 29 February the 28th.
func yearBefore(d plan.Date) plan.Date {
	before := plan.Date{Year: d.Year - 1, Month: d.Month, Day: d.Day}
	if d.Month == time.February && d.Day == 29 {
		before.Day = 28
	}
	return before
}

// weary is how many refusals in a row pause a subscription: a platform bans who goes on doing what it does not allow.
const weary = 7

// refused pauses a subscription that has been refused again and again.
func (s *Schedule) refused(ctx context.Context, o bot.Occurrence) {
	list, err := s.o.Store.Occurrences(ctx, o.Subscription, weary)
	if err != nil || len(list) < weary {
		return
	}
	for _, before := range list {
		if before.State != bot.OccurrenceRefused {
			return
		}
	}
	sub, err := s.o.Store.Subscription(ctx, o.Subscription)
	if err != nil || sub.Paused {
		return
	}
	sub.Paused, sub.Next = true, time.Time{}
	if err := s.o.Store.SaveSubscription(ctx, sub); err != nil {
		s.o.Log.Warn("a schedule that is refused was not paused", "schedule", sub.ID, "err", err)
		return
	}
	s.o.Log.Warn("a schedule was paused: it was refused again and again", "schedule", sub.ID, "channel", sub.Channel.ID)
}
