package play

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/trivia"
)

// command does what "/trivia …" asks for.
func (g *Game) command(ctx context.Context, p bot.Platform, in bot.Inbound, args string) (bot.View, error) {
	name, rest, _ := strings.Cut(strings.TrimSpace(args), " ")
	switch strings.ToLower(name) {
	case "stop":
		return g.control(ctx, p, in, func(r *trivia.Round, now time.Time) []trivia.Event { return r.Stop(now, actorOf(in)) })
	case "skip":
		return g.control(ctx, p, in, func(r *trivia.Round, now time.Time) []trivia.Event { return r.Skip(now, actorOf(in)) })
	case "pause":
		return g.control(ctx, p, in, func(r *trivia.Round, now time.Time) []trivia.Event { return r.Pause(now, actorOf(in)) })
	case "resume":
		return g.control(ctx, p, in, func(r *trivia.Round, now time.Time) []trivia.Event { return r.Resume(now, actorOf(in)) })
	case "hint":
		return g.control(ctx, p, in, func(r *trivia.Round, now time.Time) []trivia.Event { return r.Hint(now, actorOf(in)) })
	case "answer":
		return g.typedAnswer(ctx, p, in, rest)
	case "why":
		return g.why(ctx, p, in, rest)
	case "appeal":
		return g.appeal(ctx, p, in, rest)
	case "categories":
		return again(categoriesView(g.o.Questions().Categories()), "categories"), nil
	case "packs":
		if in.Moderator {
			return again(packsView(g.o.Packs, g.o.PackFaults), "packs"), nil
		}
		return again(packsView(g.o.Packs, nil), "packs"), nil
	case "leaderboard", "board", "top":
		return g.board(ctx, in, rest)
	case "stats":
		return g.stats(ctx, in, rest)
	case "hide", "unhide":
		return g.hide(ctx, in, strings.EqualFold(name, "hide"))
	case "privacy":
		return privacyView(p.Info().Buttons), nil
	case "settings":
		return g.settings(ctx, in, rest)
	case "help":
		return again(helpView(), "help"), nil
	case "start":
		return g.start(ctx, p, in, rest)
	}
	return g.start(ctx, p, in, args)
}

// control gives a command to the channel's round. What everybody sees is shown by the step; the reply is for the one who
// gave it.
func (g *Game) control(ctx context.Context, p bot.Platform, in bot.Inbound, do input) (bot.View, error) {
	t, err := g.tableOf(ctx, p, in.To.Channel, true)
	if err != nil {
		return bot.View{}, err
	}
	if t == nil {
		return noGameView(), nil
	}
	events, err := g.step(ctx, t, do)
	if errors.Is(err, errNoRound) {
		return noGameView(), nil
	}
	return g.replyTo(t, in, events), err
}

// start begins a round.
func (g *Game) start(ctx context.Context, p bot.Platform, in bot.Inbound, args string) (bot.View, error) {
	t, err := g.tableOf(ctx, p, in.To.Channel, true)
	if err != nil {
		return bot.View{}, err
	}
	if t != nil {
		return alreadyView(t), nil
	}
	if in.CannotPost != "" {
		return private(in.CannotPost), nil
	}
	w, problem, err := g.wanted(ctx, in, args)
	if err != nil || len(problem) > 0 {
		return bot.View{Private: true, Lead: problem}, err
	}
	w.words = args
	return g.begin(ctx, p, in, w)
}

// begin begins the round that is wanted.
func (g *Game) begin(ctx context.Context, p bot.Platform, in bot.Inbound, w wanted) (bot.View, error) {
	t := &table{ch: in.To.Channel, guild: in.Guild, platform: p}
	seed, id := g.o.Seed(), g.o.NewID()
	questions, err := g.draw(ctx, t.ch, w, seed, w.first(), nil)
	if err != nil {
		return bot.View{}, err
	}
	if len(questions) == 0 {
		return noQuestionsView(w), nil
	}
	w.rules.Questions = min(w.rules.Questions, len(questions)) // a pack may have fewer
	t.round = trivia.NewRound(id, w.rules, playerOf(in), questions, seed)
	g.mu.Lock()
	g.tables[t.ch] = t
	g.mu.Unlock()
	if err := g.remember(ctx, t, w); err != nil {
		g.leave(t)
		return bot.View{}, err
	}
	_, err = g.step(ctx, t, func(r *trivia.Round, now time.Time) []trivia.Event { return r.Start(now) })
	if err != nil {
		g.leave(t)
	}
	if errors.Is(err, errNoRound) || errors.Is(err, bot.ErrConflict) || err == nil && t.round.ID() != id {
		return alreadyStartedView(), nil
	}
	return bot.View{}, err
}
