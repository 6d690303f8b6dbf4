package play

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/judge"
)

// table is a channel with a round. It is used in the channel's lane only, but for disarm.
type table struct {
	ch       bot.Channel
	guild    bot.Guild
	platform bot.Platform
	round    *trivia.Round // nil: to be read from the store
	version  int64

	judge    *judge.Judge // of the open question, once somebody types
	judged   int          // the question that judge is of; 0 is none
	timer    *time.Timer
	counted  counted
	unseen   error     // why the question that is open could not be shown, and never can be
	borrowed bool      // another replica moved the round on last, and ticks it
	held     *bot.Hold // on what is being shown; nil where nobody else would take it over
}

// patience is when a round is ticked again whose lane was full, or that could not be moved on.
const patience = time.Second

// tries is how often an input is tried again because another replica was first.
const tries = 50

// lookAgain is how long a channel is taken to have no round, once the store said so.
const lookAgain = 500 * time.Millisecond

// tableOf finds the round of a channel, or nil. Texts of channels without one must not cost a query each.
func (g *Game) tableOf(ctx context.Context, p bot.Platform, ch bot.Channel, sure bool) (*table, error) {
	g.mu.Lock()
	t, looked := g.tables[ch], g.looked[ch]
	g.mu.Unlock()
	if t != nil && (!sure || !g.o.Shared) {
		return t, nil
	}
	if t == nil && !sure && (!g.o.Shared || g.o.Now().Sub(looked) < lookAgain) {
		return nil, nil
	}
	stored, err := g.o.Store.OpenRound(ctx, ch)
	if none, err := missing(err); none || err != nil {
		g.noRound(t, ch)
		return nil, err
	}
	if t != nil && t.round != nil && t.round.ID() == stored.ID && t.version == stored.Version {
		return t, nil
	}
	if t != nil {
		t.disarm()
	}
	t = &table{ch: ch, guild: stored.Guild, platform: p, borrowed: true}
	if err := t.take(stored); err != nil {
		return nil, err
	}
	g.seat(t)
	return t, nil
}

// noRound remembers that the store has no round of a channel, and gives up the table of one that was.
func (g *Game) noRound(t *table, ch bot.Channel) {
	if t != nil {
		g.leave(t)
	}
	g.mu.Lock()
	g.looked[ch] = g.o.Now()
	g.mu.Unlock()
}

// seat keeps a table, and arms its timer.
func (g *Game) seat(t *table) {
	g.mu.Lock()
	g.tables[t.ch] = t
	delete(g.looked, t.ch)
	g.mu.Unlock()
	g.arm(t)
}

// leave gives up a table whose round is over.
func (g *Game) leave(t *table) {
	t.disarm()
	g.mu.Lock()
	if g.tables[t.ch] == t {
		delete(g.tables, t.ch)
	}
	g.mu.Unlock()
}

// take reads a round as it was stored.
func (t *table) take(stored bot.StoredRound) error {
	var r trivia.Round
	if err := json.Unmarshal(stored.Value, &r); err != nil {
		return fmt.Errorf("round %s: %w", stored.ID, err)
	}
	t.round, t.version, t.judge, t.judged = &r, stored.Version, nil, 0
	return nil
}

// errNoRound says that the channel's round has ended meanwhile.
var errNoRound = errors.New("the round is over")

// reload reads the round again, after another replica moved it on or a commit failed.
func (g *Game) reload(ctx context.Context, t *table) error {
	stored, err := g.o.Store.OpenRound(ctx, t.ch)
	if none, err := missing(err); err != nil {
		return err
	} else if none {
		g.leave(t)
		return errNoRound
	}
	return t.take(stored)
}

// input is what moves a round on.
type input func(r *trivia.Round, now time.Time) []trivia.Event

// step gives an input to the round of a table, commits what comes out, and shows it. The events are returned for the reply
// to whoever gave the input. errNoRound: it is over.
func (g *Game) step(ctx context.Context, t *table, do input) ([]trivia.Event, error) {
	fresh := !g.o.Shared // nobody else moves the round on
	for try := range tries {
		if t.round == nil {
			if err := g.reload(ctx, t); err != nil {
				return nil, err
			}
			fresh = true
		}
		now := g.o.Now()
		events, err := g.feed(ctx, t, do(t.round, now), now)
		if err != nil {
			t.round = nil
			return nil, err
		}
		if len(events) == 0 && !fresh {
			t.round = nil // it may mean something to the round as it is by now
			continue
		}
		if len(events) == 0 {
			g.arm(t)
			return nil, nil
		}
		tr, err := g.transition(t, events, now)
		if err == nil {
			err = g.o.Store.Commit(ctx, tr)
		}
		if err != nil {
			t.round = nil // it holds what was not committed
			if !errors.Is(err, bot.ErrConflict) || !giveWay(ctx, try) {
				return nil, err
			}
			t.borrowed = true
			continue
		}
		t.version++
		t.borrowed = false
		g.measure(t, events)
		g.show(ctx, t, events, now, time.Time{})
		g.count(t, events)
		g.refresh(ctx, t, events)
		if !tr.Round.Open {
			g.leave(t)
		}
		g.arm(t)
		return events, g.abandon(ctx, t)
	}
	return nil, fmt.Errorf("round in %v: another replica was first %d times in a row", t.ch, tries)
}

// abandon ends a round whose question the platform does not let us show, and returns what it said. A round that nobody sees
// would only keep the next from beginning.
func (g *Game) abandon(ctx context.Context, t *table) error {
	why := t.unseen
	if why == nil {
		return nil
	}
	t.unseen = nil
	_, err := g.step(ctx, t, func(r *trivia.Round, now time.Time) []trivia.Event {
		return r.Stop(now, trivia.Actor{Moderator: true})
	})
	if err != nil && !errors.Is(err, errNoRound) {
		return errors.Join(why, err)
	}
	return why
}

// giveWay waits a little before an input is tried again, the longer the more often another replica was first. It reports
// false when there is no time left.
func giveWay(ctx context.Context, try int) bool {
	if try > 2 {
		select {
		case <-time.After(rand.N(time.Millisecond << min(try, 6))):
		case <-ctx.Done():
		}
	}
	return ctx.Err() == nil
}

// feed gives the round more questions for as long as it asks for them.
func (g *Game) feed(ctx context.Context, t *table, events []trivia.Event, now time.Time) ([]trivia.Event, error) {
	var out []trivia.Event
	for len(events) > 0 {
		e := events[0]
		events = events[1:]
		need, ok := e.(trivia.NeedQuestions)
		if !ok {
			out = append(out, e)
			continue
		}
		more, err := g.moreQuestions(ctx, t, need.Count)
		if err != nil {
			return nil, err
		}
		events = append(events, t.round.Add(now, more)...)
	}
	return out, nil
}

// transition is what a step writes.
func (g *Game) transition(t *table, events []trivia.Event, now time.Time) (bot.Transition, error) {
	value, err := json.Marshal(t.round)
	if err != nil {
		return bot.Transition{}, fmt.Errorf("round %s: %w", t.round.ID(), err)
	}
	phase, _ := t.round.Phase()
	tr := bot.Transition{At: now, Round: bot.StoredRound{
		ID: t.round.ID(), Guild: t.guild, Channel: t.ch, Version: t.version, Value: value,
		Open: phase != trivia.Over, Due: t.round.Deadline(),
	}}
	for _, e := range events {
		switch e := e.(type) {
		case trivia.Asked:
			tr.Asked = append(tr.Asked, e.Q.ID)
		case trivia.Closed:
			tr.Attempts = append(tr.Attempts, g.attempts(t, e.Question, now)...)
		}
		if e.EffectKey() == "" {
			continue
		}
		payload, err := encode(e)
		if err != nil {
			return tr, err
		}
		state := bot.EffectNew
		if len(tr.Effects) == 0 {
			state = bot.EffectSending // it is shown at once
		}
		tr.Effects = append(tr.Effects, bot.Effect{Key: e.EffectKey(), Guild: t.guild, Channel: t.ch, Kind: kindOf(e),
			Payload: payload, State: state})
	}
	tr.Scores = scores(t, trivia.Scores(events), now)
	return tr, nil
}

// attempts are the answers to a question that were not right and can be appealed against.
func (g *Game) attempts(t *table, question int, now time.Time) []bot.Attempt {
	var out []bot.Attempt
	for _, x := range t.round.Tries(question) {
		if x.Option >= 0 {
			continue
		}
		out = append(out, bot.Attempt{Round: t.round.ID(), Question: question, Player: bot.UserID(x.Player.ID),
			Name: x.Player.Name, Text: x.Text, Folded: folded(x.Text), Option: x.Option, Verdict: string(x.Verdict), At: now})
	}
	return out
}

// scores are a round's entries as lines of the ledger.
func scores(t *table, entries []trivia.Entry, now time.Time) []bot.Score {
	var out []bot.Score
	for _, e := range entries {
		q, _ := t.round.Question(e.Question)
		s := bot.Score{Key: e.Key, Guild: t.guild, Channel: t.ch, Round: t.round.ID(), Question: e.Question, QuestionID: q.ID,
			Player: bot.UserID(e.Player.ID), Name: e.Player.Name, Category: q.Category, Points: e.Points, At: now}
		switch e.Reason {
		case trivia.ReasonRight:
			s.Right, s.Reason = 1, bot.ReasonAnswer
		case trivia.ReasonSpeed:
			s.Reason = bot.ReasonAnswer
		case trivia.ReasonAppeal:
			s.Right, s.Reason = 1, bot.ReasonAppeal
		case trivia.ReasonOvertaken:
			s.Right, s.Reason = -1, bot.ReasonAppeal
		case trivia.ReasonWrong:
			s.Reason = bot.ReasonPenalty
		default:
			s.Reason = bot.ReasonAppeal
		}
		out = append(out, s)
	}
	return out
}
