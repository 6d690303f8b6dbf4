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

// show shows the outward events of a step, which are committed as being sent, and confirms each.
func (g *Game) show(ctx context.Context, t *table, events []trivia.Event) {
	for _, e := range events {
		if e.EffectKey() == "" {
			continue
		}
		if err := g.showOne(ctx, t, e); err != nil {
			g.o.Log.Error("not shown", "effect", e.EffectKey(), "err", err)
			if err := g.o.Store.MarkVoid(ctx, e.EffectKey()); err != nil {
				g.o.Log.Error("not marked as not shown", "effect", e.EffectKey(), "err", err)
			}
		}
	}
}

// resends are how long to wait before a failed message is sent again.
var resends = [...]time.Duration{time.Second, 3 * time.Second}

// showOne shows an event and confirms it.
func (g *Game) showOne(ctx context.Context, t *table, e trivia.Event) error {
	ref, err := g.put(ctx, t, e)
	for _, wait := range resends {
		if err == nil || ctx.Err() != nil {
			break
		}
		select {
		case <-ctx.Done():
		case <-time.After(wait):
			ref, err = g.put(ctx, t, e)
		}
	}
	if err != nil {
		return err
	}
	return g.o.Store.MarkSent(ctx, e.EffectKey(), ref.ID)
}

// put shows an event: the reveal of a question with buttons in the place of the question, where the platform can edit.
func (g *Game) put(ctx context.Context, t *table, e trivia.Event) (bot.MessageRef, error) {
	view := g.viewOf(t, e)
	if closed, ok := e.(trivia.Closed); ok && len(closed.Options) > 0 && t.platform.Info().Edits {
		ref, err := g.o.Store.EffectRef(ctx, askedKey(closed))
		if err == nil {
			if err = t.platform.Edit(ctx, ref, view); err == nil {
				return ref, nil
			}
		}
		if !errors.Is(err, bot.ErrNotFound) {
			g.o.Log.Warn("a question could not be edited; the reveal is a new message", "effect", e.EffectKey(), "err", err)
		}
	}
	return t.platform.Send(ctx, bot.Target{Channel: t.ch}, view, e.EffectKey())
}

// resume goes on with what was committed to be shown when the program ended. It reports whether it is unknown if the open
// question was shown.
func (g *Game) resume(ctx context.Context, t *table, pending []bot.Effect) (unknown bool) {
	now := g.o.Now()
	stale := now
	if g.o.Shared {
		stale = now.Add(-staleAfter)
	}
	for _, e := range pending {
		event, err := decode(e.Kind, e.Payload)
		if err != nil {
			g.o.Log.Error("dropped what was to be shown", "effect", e.Key, "err", err)
			continue
		}
		if e.State == bot.EffectSending && !t.platform.Info().Once {
			if e.Taken.After(stale) {
				continue // another replica may be at it
			}
			if err := g.o.Store.MarkVoid(ctx, e.Key); err != nil {
				g.o.Log.Error("not marked as not shown", "effect", e.Key, "err", err)
			}
			asked, ok := event.(trivia.Asked)
			unknown = unknown || ok && isOpen(t.round, asked)
			continue
		}
		if mine, err := g.o.Store.MarkSending(ctx, e.Key, now, stale); err != nil || !mine {
			continue
		}
		g.show(ctx, t, []trivia.Event{event})
	}
	return unknown
}

// staleAfter is how long a replica is given to show what it has taken.
const staleAfter = 15 * time.Second

func isOpen(r *trivia.Round, asked trivia.Asked) bool {
	now, ok := r.Current()
	return ok && now.Question == asked.Question
}
