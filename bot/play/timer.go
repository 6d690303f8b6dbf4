package play

import (
	"context"
	"errors"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/trivia"
)

// arm sets the timer to the round's next deadline. Of a round that another replica moved on last that one has the timer, and
// if it is gone, the sweep is.
func (g *Game) arm(t *table) {
	t.disarm()
	if t.round == nil || t.borrowed {
		return
	}
	due := t.round.Deadline()
	if due.IsZero() {
		return
	}
	t.timer = time.AfterFunc(max(0, due.Sub(g.o.Now())), func() { g.tickLater(t) })
}

func (t *table) disarm() {
	if t.timer != nil {
		t.timer.Stop()
	}
}

// tickLater ticks a round in its lane; where the lane is full, a little later.
func (g *Game) tickLater(t *table) {
	if err := g.host.Lane(t.ch, func(ctx context.Context) { g.tick(ctx, t) }); err != nil {
		time.AfterFunc(patience, func() { g.tickAgain(t) })
	}
}

func (g *Game) tickAgain(t *table) {
	g.mu.Lock()
	seated := g.tables[t.ch] == t
	g.mu.Unlock()
	if seated && g.host != nil {
		_ = g.host.Lane(t.ch, func(ctx context.Context) { g.tick(ctx, t) }) // the next input arms the timer again
	}
}

func (g *Game) tick(ctx context.Context, t *table) {
	g.mu.Lock()
	seated := g.tables[t.ch] == t
	g.mu.Unlock()
	if !seated {
		return
	}
	_, err := g.step(ctx, t, func(r *trivia.Round, now time.Time) []trivia.Event { return r.Tick(now) })
	switch {
	case errors.Is(err, bot.ErrForbidden):
		g.o.Log.Warn("a round ended: its question cannot be shown", "platform", t.ch.Platform, "channel", t.ch.ID, "err", err)
	case err != nil && !errors.Is(err, errNoRound):
		g.o.Log.Error("a round stands still", "platform", t.ch.Platform, "channel", t.ch.ID, "err", err)
		t.timer = time.AfterFunc(patience, func() { g.tickLater(t) })
	}
}
