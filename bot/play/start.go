package play

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/trivia"
)

// How long what may still be asked for is kept.
const (
	appealTime  = 10 * time.Minute // to contest an answer, from the reveal
	keepRounds  = 24 * time.Hour
	keepEffects = 24 * time.Hour
	purgeEvery  = 10 * time.Minute
	sweepEvery  = time.Second // for what another replica left behind
	abandoned   = time.Second // after its deadline, a round that nobody moves on
)

// Start implements bot.Feature: it takes up the rounds that were under way.
func (g *Game) Start(ctx context.Context, host bot.Host) error {
	ctx, g.stop = context.WithCancel(context.WithoutCancel(ctx))
	g.host = host
	for name, p := range host.Platforms() {
		if err := g.takeUp(ctx, name, p); err != nil {
			return fmt.Errorf("taking up rounds on %s: %w", name, err)
		}
	}
	g.done.Go(func() { g.every(ctx, purgeEvery, g.purge) })
	if g.o.Shared {
		var w bot.Watch
		g.done.Go(func() { g.every(ctx, sweepEvery, func(ctx context.Context) { g.sweep(ctx, &w) }) })
	}
	return nil
}

// takeUp reads the open rounds of a platform and goes on with each in its lane.
func (g *Game) takeUp(ctx context.Context, name string, p bot.Platform) error {
	rounds, err := g.o.Store.OpenRounds(ctx, name)
	if err != nil {
		return err
	}
	effects, err := g.o.Store.PendingEffects(ctx, name)
	if err != nil {
		return err
	}
	pending := map[bot.Channel][]bot.Effect{}
	if !g.o.Shared { // else another replica may be at it: the sweep tells
		pending = byChannel(effects)
	}
	for _, stored := range rounds {
		t := &table{ch: stored.Channel, guild: stored.Guild, platform: p, borrowed: g.o.Shared}
		if err := t.take(stored); err != nil {
			g.o.Log.Error("a round was left behind", "platform", name, "channel", stored.Channel.ID, "err", err)
			continue
		}
		g.mu.Lock()
		g.tables[t.ch] = t
		g.mu.Unlock()
		mine := pending[t.ch]
		delete(pending, t.ch)
		if err := g.host.Lane(t.ch, func(ctx context.Context) { g.goOn(ctx, t, mine) }); err != nil {
			return err
		}
	}
	for ch, list := range pending { // of rounds that are over
		t := &table{ch: ch, platform: p}
		if err := g.host.Lane(ch, func(ctx context.Context) { g.resume(ctx, t, list) }); err != nil {
			return err
		}
	}
	return nil
}

// goOn takes up one round: what was to be shown is shown, a question that may never have been seen is replaced, and the
// players are told.
func (g *Game) goOn(ctx context.Context, t *table, pending []bot.Effect) {
	lost := g.resume(ctx, t, pending)
	if lost == nil && !g.o.Shared {
		g.sayBack(ctx, t)
	}
	_, err := g.step(ctx, t, func(r *trivia.Round, now time.Time) []trivia.Event {
		if lost != nil && isOpen(r, *lost) {
			return r.Replace(now)
		}
		return r.Tick(now)
	})
	if lost != nil && err == nil {
		g.giveUp(ctx, lost.Key) // only now: had we ended before, the question would have stayed
	}
	if err != nil && !errors.Is(err, errNoRound) {
		g.o.Log.Error("a round was not taken up", "platform", t.ch.Platform, "channel", t.ch.ID, "err", err)
		g.arm(t)
	}
}

// sayBack tells a channel whose question is still open that the round goes on.
func (g *Game) sayBack(ctx context.Context, t *table) {
	now, open := t.round.Current()
	left := t.round.Left(g.o.Now())
	if _, paused := t.round.Phase(); !open || paused || left <= 0 {
		return
	}
	if _, err := t.platform.Send(ctx, bot.Target{Channel: t.ch}, backView(now, left), ""); err != nil {
		g.log(t).Warn("a channel was not told that its round goes on", "err", err)
	}
}

// every does something now and then until the game is closed.
func (g *Game) every(ctx context.Context, d time.Duration, do func(context.Context)) {
	tick := time.NewTicker(d)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			do(ctx)
		}
	}
}

// purge removes what nobody can ask for any more.
func (g *Game) purge(ctx context.Context) {
	now := g.o.Now()
	counts, err := g.o.Store.Purge(ctx, bot.Retention{Rounds: now.Add(-keepRounds), Effects: now.Add(-keepEffects),
		Attempts: now.Add(-2 * appealTime)})
	if err != nil && ctx.Err() == nil {
		g.o.Log.Warn("old rounds were not removed", "err", err)
		return
	}
	g.o.Log.Debug("removed", "rows", counts)
}
