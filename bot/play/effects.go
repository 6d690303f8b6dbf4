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
// when it is their turn, so that after a crash one of them at most is in doubt. tried is
// when the first may have been shown before.
func (g *Game) show(ctx context.Context, t *table, events []trivia.Event, tried time.Time) {
	first := true
	for _, e := range events {
		if e.EffectKey() == "" || !first && !g.takes(ctx, e.EffectKey()) {
			continue
		}
		first = false
		if err := g.showOne(ctx, t, e, tried); err != nil {
			g.o.Log.Error("not shown", "effect", e.EffectKey(), "err", err)
			g.giveUp(ctx, e.EffectKey())
			if _, question := e.(trivia.Asked); question && errors.Is(err, bot.ErrForbidden) {
				t.unseen = err
			}
		}
	}
}

// takes takes an effect that nobody has taken yet.
func (g *Game) takes(ctx context.Context, key string) bool {
	mine, err := g.o.Store.MarkSending(ctx, key, g.o.Now(), time.Time{})
	if err != nil {
		g.o.Log.Error("not shown", "effect", key, "err", err)
	}
	return mine && err == nil
}

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
		if err == nil || ctx.Err() != nil || errors.Is(err, bot.ErrForbidden) {
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
			g.o.Log.Warn("a question could not be edited; the reveal is a new message", "effect", e.EffectKey(), "err", err)
		}
	}
	to := bot.Target{Channel: t.ch, About: g.about(ctx, e), Tried: tried}
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

// resume shows what was committed and not confirmed before stale, when somebody ended. It returns the open question where
// nobody knows if it was shown, and it cannot be shown again: it is to be replaced, and its effect to be given up then.
func (g *Game) resume(ctx context.Context, t *table, pending []bot.Effect, stale time.Time) (lost *trivia.Asked) {
	once := t.platform.Info().Once
	for _, e := range pending {
		if e.At.After(stale) || e.Taken.After(stale) {
			continue // another replica may be at it
		}
		event, err := decode(e.Kind, e.Payload)
		if err != nil {
			g.o.Log.Error("dropped what was to be shown", "effect", e.Key, "err", err)
			continue
		}
		doubtful := e.State == bot.EffectSending && g.o.Now().Sub(e.Taken) >= once
		asked, question := event.(trivia.Asked)
		switch open := question && isOpen(t.round, asked); {
		case open && (doubtful || t.round.Left(g.o.Now()) <= 0) && t.round.Answers() == 0:
			lost = &asked
		case question && !open, doubtful:
			g.giveUp(ctx, e.Key)
		default:
			if mine, err := g.o.Store.MarkSending(ctx, e.Key, g.o.Now(), stale); err == nil && mine {
				g.show(ctx, t, []trivia.Event{event}, e.Taken)
			}
		}
	}
	return lost
}

// stale is since when something must have been taken to be taken over after d. Without other replicas nobody is at
// anything, whatever the clock said when it was taken.
func (g *Game) stale(d time.Duration) time.Time {
	if !g.o.Shared {
		return g.o.Now().AddDate(100, 0, 0)
	}
	return g.o.Now().Add(-d)
}

// staleAfter is how long a replica is given to show what it has taken.
const staleAfter = 15 * time.Second

// isOpen reports whether exactly this question is open; there may be no round any more.
func isOpen(r *trivia.Round, asked trivia.Asked) bool {
	if r == nil {
		return false
	}
	now, ok := r.Current()
	return ok && now.Key == asked.Key
}
