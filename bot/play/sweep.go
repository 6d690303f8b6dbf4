package play

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

// sweep takes over what another replica has left behind: rounds whose deadline has passed, and what was committed and not
// shown. A replica that still shows something says so all the time, and moves its round on when it has shown it.
func (g *Game) sweep(ctx context.Context, w *bot.Watch) {
	due, err := g.o.Store.RoundsDue(ctx, g.o.Now().Add(-abandoned))
	if err != nil {
		g.notSwept(ctx, err)
		return
	}
	pending := map[bot.Channel][]bot.Effect{}
	marks := map[string]string{}
	for name := range g.host.Platforms() {
		effects, err := g.o.Store.PendingEffects(ctx, name)
		if err != nil {
			g.notSwept(ctx, err)
			return
		}
		for ch, list := range byChannel(effects) {
			pending[ch], marks[markKey(ch)] = list, mark(list)
		}
	}
	left := w.Look(time.Now(), bot.HoldOver, marks)
	for _, stored := range due {
		if _, busy := pending[stored.Channel]; !busy {
			g.takeOver(ctx, stored.Channel, nil)
		}
	}
	for ch, list := range pending {
		if left[markKey(ch)] {
			g.takeOver(ctx, ch, list)
		}
	}
}

func (g *Game) notSwept(ctx context.Context, err error) {
	if ctx.Err() == nil {
		g.o.Log.Warn("what other replicas left behind was not looked for", "err", err)
	}
}

func byChannel(effects []bot.Effect) map[bot.Channel][]bot.Effect {
	by := map[bot.Channel][]bot.Effect{}
	for _, e := range effects {
		by[e.Channel] = append(by[e.Channel], e)
	}
	return by
}

func markKey(ch bot.Channel) string { return ch.Platform + "/" + ch.ID }

// mark changes with every step that somebody takes in showing what is pending in a channel.
func mark(pending []bot.Effect) string {
	var b strings.Builder
	for _, e := range pending {
		fmt.Fprintf(&b, "%s %s %d;", e.Key, e.State, e.Taken.UnixMicro())
	}
	return b.String()
}

// takeOver goes on, in its lane, with what another replica left behind in a channel.
func (g *Game) takeOver(ctx context.Context, ch bot.Channel, pending []bot.Effect) {
	p, ok := g.host.Platforms()[ch.Platform]
	if !ok || ctx.Err() != nil || !g.beginSweep(ch) {
		return
	}
	err := g.host.Lane(ch, func(ctx context.Context) {
		defer g.endSweep(ch)
		t, err := g.tableOf(ctx, p, ch, true)
		switch {
		case err != nil:
			g.notSwept(ctx, err)
			return
		case t == nil: // the round is over, and its end was not shown
			t = &table{ch: ch, platform: p}
			g.resume(ctx, t, pending)
			return
		}
		if err := g.reload(ctx, t); err != nil {
			if !errors.Is(err, errNoRound) {
				g.notSwept(ctx, err)
			}
			return
		}
		g.goOn(ctx, t, pending)
	})
	if err != nil {
		g.endSweep(ch)
		g.o.Log.Debug("what another replica left behind is left for later", "channel", ch.ID, "err", err)
	}
}

// beginSweep reports whether nothing is being taken over in a channel already.
func (g *Game) beginSweep(ch bot.Channel) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.sweeping[ch] {
		return false
	}
	g.sweeping[ch] = true
	return true
}

func (g *Game) endSweep(ch bot.Channel) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.sweeping, ch)
}
