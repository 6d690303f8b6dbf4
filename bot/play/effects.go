package play

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/trivia"
)

// kindOf names an outward event in the store.
func kindOf(e trivia.Event) string {
	switch e.(type) {
	case trivia.Asked:
		return "asked"
	case trivia.Hinted:
		return "hinted"
	case trivia.Closed:
		return "closed"
	case trivia.SkipVoted:
		return "skip"
	case trivia.IdleWarned:
		return "idle"
	case trivia.Paused:
		return "paused"
	case trivia.Resumed:
		return "resumed"
	case trivia.Rescored:
		return "rescored"
	case trivia.Finished:
		return "finished"
	}
	return ""
}

func encode(e trivia.Event) ([]byte, error) {
	data, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("effect %s: %w", e.EffectKey(), err)
	}
	return data, nil
}

// decode gives back an event that was encoded.
func decode(kind string, payload []byte) (trivia.Event, error) {
	switch kind {
	case "asked":
		return decodeAs[trivia.Asked](payload)
	case "hinted":
		return decodeAs[trivia.Hinted](payload)
	case "closed":
		return decodeAs[trivia.Closed](payload)
	case "skip":
		return decodeAs[trivia.SkipVoted](payload)
	case "idle":
		return decodeAs[trivia.IdleWarned](payload)
	case "paused":
		return decodeAs[trivia.Paused](payload)
	case "resumed":
		return decodeAs[trivia.Resumed](payload)
	case "rescored":
		return decodeAs[trivia.Rescored](payload)
	case "finished":
		return decodeAs[trivia.Finished](payload)
	}
	return nil, fmt.Errorf("an effect of kind %q is not known", kind)
}

func decodeAs[E trivia.Event](payload []byte) (trivia.Event, error) {
	var e E
	err := json.Unmarshal(payload, &e)
	return e, err
}

// show shows the outward events of a step, and confirms each. The first is committed as being sent; the others are taken
// when it is their turn, so that after a crash one of them at most is in doubt. taken is when the first was taken, and tried
// when it may have been shown before.
func (g *Game) show(ctx context.Context, t *table, events []trivia.Event, taken, tried time.Time) {
	first := true
	for _, e := range events {
		if e.EffectKey() == "" {
			continue
		}
		if !first {
			var mine bool
			if taken, mine = g.takes(ctx, e.EffectKey()); !mine {
				continue
			}
			tried = time.Time{}
		}
		first = false
		if err := g.showHeld(ctx, t, e, taken, tried); err != nil {
			if errors.Is(err, bot.ErrHoldLost) {
				g.log(t).Warn("what was to be shown is left to other replicas", "effect", e.EffectKey(), "err", err)
				continue
			}
			g.log(t).Error("not shown", "effect", e.EffectKey(), "err", err)
			g.giveUp(ctx, e.EffectKey())
			if _, question := e.(trivia.Asked); question && errors.Is(err, bot.ErrForbidden) {
				t.unseen = err
			}
		}
	}
}

// takes takes an effect that nobody has taken yet, and returns when.
func (g *Game) takes(ctx context.Context, key string) (time.Time, bool) {
	now := g.o.Now()
	mine, err := g.o.Store.MarkSending(ctx, key, now, time.Time{})
	if err != nil {
		g.o.Log.Error("not shown", "effect", key, "err", err)
	}
	return now, mine && err == nil
}

// showHeld shows an event, and has other replicas know meanwhile that somebody is at it. Where they have taken it over, the
// error is ErrHoldLost.
func (g *Game) showHeld(ctx context.Context, t *table, e trivia.Event, taken, tried time.Time) error {
	if !g.o.Shared {
		return g.showOne(ctx, t, e, tried)
	}
	last := taken // that the store may have
	t.held = bot.NewHold(ctx, time.Now(), func(ctx context.Context) (bool, error) {
		before, now := last, g.o.Now()
		last = now
		return g.o.Store.MarkSending(ctx, e.EffectKey(), now, after(before))
	})
	defer func() { t.held.End(); t.held = nil }()
	err := g.showOne(t.held.Context(), t, e, tried)
	if lost := t.held.Err(); err != nil && lost != nil {
		return fmt.Errorf("%w: %w", lost, err)
	}
	return err
}

// after is just after a time, as the store keeps it.
func after(t time.Time) time.Time { return t.Truncate(time.Microsecond).Add(time.Microsecond) }

// giveUp says that an effect is never shown, or not again.
func (g *Game) giveUp(ctx context.Context, key string) {
	if err := g.o.Store.MarkVoid(ctx, key); err != nil {
		g.o.Log.Error("not marked as not shown", "effect", key, "err", err)
	}
}

// resends are how long to wait before a failed message is sent again.
var resends = [...]time.Duration{time.Second, 3 * time.Second}

// showOne shows an event and confirms it.
func (g *Game) showOne(ctx context.Context, t *table, e trivia.Event, tried time.Time) error {
	began := g.o.Now()
	ref, err := g.put(ctx, t, e, tried)
	if tried.IsZero() {
		tried = began
	}
	for _, wait := range resends {
		if err == nil || ctx.Err() != nil || errors.Is(err, bot.ErrForbidden) || errors.Is(err, bot.ErrHoldLost) {
			break
		}
		select {
		case <-ctx.Done():
		case <-time.After(wait):
			ref, err = g.put(ctx, t, e, tried)
		}
	}
	if err != nil {
		return err
	}
	return g.o.Store.MarkSent(ctx, e.EffectKey(), ref.ID)
}

// put shows an event: the reveal of a question with buttons in the place of the question, where the platform can edit.
func (g *Game) put(ctx context.Context, t *table, e trivia.Event, tried time.Time) (bot.MessageRef, error) {
	view := g.viewOf(t, e)
	if closed, ok := e.(trivia.Closed); ok && len(closed.Options) > 0 && t.platform.Info().Edits {
		ref, err := g.o.Store.EffectRef(ctx, askKey(closed))
		if err == nil {
			if err = t.platform.Edit(ctx, ref, view); err == nil {
				return ref, nil
			}
		}
		if !errors.Is(err, bot.ErrNotFound) {
			g.log(t).Warn("a question could not be edited; the reveal is a new message", "effect", e.EffectKey(), "err", err)
		}
	}
	to := bot.Target{Channel: t.ch, About: g.about(ctx, e), Tried: tried}
	if err := t.held.Err(); err != nil {
		return bot.MessageRef{}, err
	}
	return t.platform.Send(ctx, to, view, e.EffectKey())
}

// about is the message of the question that an event is a consequence of; "" is none that is known.
func (g *Game) about(ctx context.Context, e trivia.Event) string {
	switch e.(type) {
	case trivia.Hinted, trivia.SkipVoted, trivia.Closed, trivia.Rescored:
	default:
		return ""
	}
	ref, err := g.o.Store.EffectRef(ctx, askKey(e))
	if err != nil {
		return "" // it is shown all the same
	}
	return ref.ID
}

// resume shows what was committed and not confirmed when somebody ended, unless it was taken up since it was read. It
// returns the open question where nobody knows if it was shown, and it cannot be shown again: it is to be replaced, and its
// effect to be given up then.
func (g *Game) resume(ctx context.Context, t *table, pending []bot.Effect) (lost *trivia.Asked) {
	once := t.platform.Info().Once
	for _, e := range pending {
		event, err := decode(e.Kind, e.Payload)
		if err != nil {
			g.log(t).Error("dropped what was to be shown", "effect", e.Key, "err", err)
			continue
		}
		var tried time.Time
		if e.State == bot.EffectSending {
			tried = e.At // whoever took it said so again and again, so that Taken is later than that
		}
		doubtful := !tried.IsZero() && g.o.Now().Sub(tried) >= once
		asked, question := event.(trivia.Asked)
		switch open := question && isOpen(t.round, asked); {
		case open && (doubtful || t.round.Left(g.o.Now()) <= 0) && t.round.Answers() == 0:
			lost = &asked
		case question && !open, doubtful:
			g.giveUp(ctx, e.Key)
		default:
			now := g.o.Now()
			if mine, err := g.o.Store.MarkSending(ctx, e.Key, now, after(e.Taken)); err == nil && mine {
				g.show(ctx, t, []trivia.Event{event}, now, tried)
			}
		}
	}
	return lost
}

// isOpen reports whether exactly this question is open; there may be no round any more.
func isOpen(r *trivia.Round, asked trivia.Asked) bool {
	if r == nil {
		return false
	}
	now, ok := r.Current()
	return ok && now.Key == asked.Key
}
