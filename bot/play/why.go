package play

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/judge"
)

// closedQuestion is a question that was revealed, with the round it belongs to.
type closedQuestion struct {
	t        *table // nil where the round is over
	round    *trivia.Round
	stored   bot.StoredRound // of a round that is over
	question int
	q        trivia.Question
}

// closed finds a question of the channel's round, or of its last one: by its number, or the last that was revealed.
func (g *Game) closed(ctx context.Context, p bot.Platform, in bot.Inbound, which string) (closedQuestion, bool, error) {
	c := closedQuestion{}
	t, err := g.tableOf(ctx, p, in.To.Channel, true)
	if err != nil {
		return c, false, err
	}
	if t != nil && t.round == nil {
		if err := ignoreOver(g.reload(ctx, t)); err != nil {
			return c, false, err
		}
	}
	if t != nil && t.round != nil {
		c.t, c.round = t, t.round
		if c.find(which) {
			return c, true, nil
		}
	}
	c.t = nil
	c.stored, err = g.o.Store.LastRound(ctx, in.To.Channel)
	if none, err := missing(err); none || err != nil {
		return c, false, err
	}
	var r trivia.Round
	if err := json.Unmarshal(c.stored.Value, &r); err != nil {
		return c, false, fmt.Errorf("round %s: %w", c.stored.ID, err)
	}
	c.round = &r
	return c, c.find(which), nil
}

// find finds the question asked for among those revealed.
func (c *closedQuestion) find(which string) bool {
	n, err := strconv.Atoi(strings.TrimSpace(which))
	if err != nil {
		if n = c.round.LastClosed(); n == 0 {
			return false
		}
	}
	now, open := c.round.Current()
	if open && now.Question == n {
		return false
	}
	q, ok := c.round.Question(n)
	c.question, c.q = n, q
	return ok
}

// why shows the rows that a question stands on, and why the player's own answer was judged as it was.
func (g *Game) why(ctx context.Context, p bot.Platform, in bot.Inbound, which string) (bot.View, error) {
	c, ok, err := g.closed(ctx, p, in, which)
	if err != nil {
		return bot.View{}, err
	}
	if !ok {
		return nothingRevealedView(which), nil
	}
	v := bot.View{Private: true, Title: bot.L(bot.B(c.q.Text)), Lead: bot.L("Answer: ", bot.B(c.q.Answers[0]))}
	if c.q.Note != "" {
		v.Blocks = append(v.Blocks, &bot.Text{Lines: []bot.Line{bot.L(bot.Clip(c.q.Note, 300))}})
	}
	l := &bot.List{Title: bot.L("It stands on:")}
	for _, row := range c.q.Rows {
		if line, ok := g.o.Why(row); ok {
			l.Items = append(l.Items, bot.Item{Line: line})
		}
	}
	if len(l.Items) > 0 {
		v.Blocks = append(v.Blocks, l)
	}
	v.Blocks = append(v.Blocks, g.ownTries(ctx, in, c)...)
	if len(l.Items) == 0 && c.q.Source != "" {
		v.Footer = append(v.Footer, bot.L("Source: "+bot.Clip(c.q.Source, 200)))
	}
	return v, nil
}

// ownTries say how the player's own answers were judged.
func (g *Game) ownTries(ctx context.Context, in bot.Inbound, c closedQuestion) []bot.Block {
	var lines []bot.Line
	var j *judge.Judge
	for _, x := range c.round.Tries(c.question) {
		if x.Player.ID != string(in.From.ID) || x.Option >= 0 || len(lines) == 3 {
			continue
		}
		if j == nil {
			j = g.judgeOf(ctx, in.Guild, c.q)
		}
		lines = append(lines, bot.L("Your “", bot.B(x.Text), "” was "+string(x.Verdict)+
			": "+reasonWords(j.Judge(x.Text).Reason)+"."))
	}
	if len(lines) == 0 {
		return nil
	}
	return []bot.Block{&bot.Text{Lines: append(lines, bot.L("If it should count: /trivia appeal, within 10 minutes."))}}
}

// appeal contests the judgement of the player's own answers to a question.
func (g *Game) appeal(ctx context.Context, p bot.Platform, in bot.Inbound, which string) (bot.View, error) {
	c, ok, err := g.closed(ctx, p, in, which)
	if err != nil {
		return bot.View{}, err
	}
	if !ok {
		return nothingRevealedView(which), nil
	}
	if at := c.round.ClosedAt(c.question); g.o.Now().Sub(at) > appealTime {
		return tooLateView(), nil
	}
	var mine *trivia.Tried
	for _, x := range c.round.Tries(c.question) {
		if x.Player.ID == string(in.From.ID) && x.Option < 0 {
			mine = &x // the last one
		}
	}
	if mine == nil {
		return noAnswerView(), nil
	}
	id := g.o.NewID()
	a, err := g.o.Store.OpenAppeal(ctx, bot.Appeal{
		ID: id, Guild: in.Guild, Channel: in.To.Channel, Round: c.round.ID(), Question: c.question, QuestionID: c.q.ID,
		Answer: c.q.Answers[0], Text: mine.Text, Folded: folded(mine.Text), By: in.From.ID, State: bot.AppealOpen, At: g.o.Now(),
	})
	if err != nil {
		return bot.View{}, err
	}
	if a.State != bot.AppealOpen {
		return decidedView(a), nil
	}
	if a.ID != id { // somebody else who gave that answer was first
		return appealedView(false), nil
	}
	if _, err := p.Send(ctx, bot.Target{Channel: in.To.Channel}, appealView(a, in.From.Name, c.q), "appeal/"+a.ID); err != nil {
		return bot.View{}, err
	}
	return appealedView(true), nil
}

// decide accepts or rejects an appeal: all who gave an answer that is right by it are scored again, and the community has
// learned it.
func (g *Game) decide(ctx context.Context, p bot.Platform, in bot.Inbound, id string, accept bool) (bot.View, error) {
	if !in.Moderator {
		return moderatorsView(), nil
	}
	a, err := g.o.Store.Appeal(ctx, id)
	if none, err := missing(err); err != nil {
		return bot.View{}, err
	} else if none {
		return oldButtonView(), nil
	}
	if a.State != bot.AppealOpen {
		return decidedView(a), nil
	}
	now := g.o.Now()
	d := bot.Decision{Appeal: a.ID, State: bot.AppealRejected, By: in.From.ID, At: now}
	var events []trivia.Event
	if accept {
		d.State = bot.AppealAccepted
		d.Alias = &bot.Alias{Guild: a.Guild, Answer: folded(a.Answer), Folded: a.Folded, Alias: a.Text, By: in.From.ID, At: now}
		if events, d.Scores, err = g.rescore(ctx, p, a, now); err != nil {
			return cannotRescoreView(err), nil
		}
	}
	if err := g.o.Store.Decide(ctx, d); err != nil {
		return bot.View{}, err
	}
	a.State, a.DecidedBy = d.State, in.From.ID
	live := g.isOn(ctx, p, a)
	if live {
		events = nil // the round shows them
	}
	err = g.tell(ctx, p, in, a, verdictView(a, in.From.Name, events))
	if accept && live {
		g.keepRescored(ctx, p, a)
	}
	return bot.View{}, err
}

// rescore computes what an accepted answer gives, on a copy of the round.
func (g *Game) rescore(ctx context.Context, p bot.Platform, a bot.Appeal, now time.Time) ([]trivia.Event, []bot.Score,
	error) {
	stored, err := g.o.Store.Round(ctx, a.Round)
	if err != nil {
		return nil, nil, fmt.Errorf("round %s of appeal %s: %w", a.Round, a.ID, err)
	}
	t := &table{ch: a.Channel, guild: a.Guild, platform: p}
	if err := t.take(stored); err != nil {
		return nil, nil, err
	}
	events, err := t.round.Rescore(a.Question, g.rightByNow(ctx, t, a))
	if err != nil {
		return nil, nil, err
	}
	return events, scores(t, trivia.Scores(events), now), nil
}

// rightByNow are the answers to a question that are right if the appeal is accepted.
func (g *Game) rightByNow(ctx context.Context, t *table, a bot.Appeal) []trivia.Tried {
	q, ok := t.round.Question(a.Question)
	if !ok {
		return nil
	}
	q.Answers = append(q.Answers[:len(q.Answers):len(q.Answers)], a.Text)
	j := g.judgeOf(ctx, t.guild, q)
	var right []trivia.Tried
	for _, x := range t.round.Tries(a.Question) {
		if x.Option < 0 && (folded(x.Text) == a.Folded || j.Judge(x.Text).Verdict == judge.Correct) {
			right = append(right, x)
		}
	}
	return right
}

// keepRescored puts the points into the round itself, where it goes on. The ledger has them already.
func (g *Game) keepRescored(ctx context.Context, p bot.Platform, a bot.Appeal) {
	t, err := g.tableOf(ctx, p, a.Channel, true)
	if err != nil || t == nil {
		return
	}
	_, err = g.step(ctx, t, func(r *trivia.Round, _ time.Time) []trivia.Event {
		if r.ID() != a.Round {
			return nil
		}
		t.round, t.judge = r, nil // the next answers are judged by what was learned
		events, err := r.Rescore(a.Question, g.rightByNow(ctx, t, a))
		if err != nil {
			return nil
		}
		return events
	})
	if ignoreOver(err) != nil {
		g.o.Log.Error("the points of an appeal are in the ledger but not in the round", "appeal", a.ID, "err", err)
	}
}

// isOn reports whether the round of an appeal is the one that is on in its channel.
func (g *Game) isOn(ctx context.Context, p bot.Platform, a bot.Appeal) bool {
	t, err := g.tableOf(ctx, p, a.Channel, true)
	if err != nil || t == nil {
		return false
	}
	if t.round == nil && g.reload(ctx, t) != nil {
		return false
	}
	return t.round.ID() == a.Round
}

// tell shows what was decided: in the place of the question to the moderators, where the platform can edit, so that its
// buttons go.
func (g *Game) tell(ctx context.Context, p bot.Platform, in bot.Inbound, a bot.Appeal, v bot.View) error {
	if p.Info().Edits && in.Press != nil && in.Press.Message.ID != "" && p.Edit(ctx, in.Press.Message, v) == nil {
		return nil
	}
	_, err := p.Send(ctx, bot.Target{Channel: a.Channel}, v, "decided/"+a.ID)
	return err
}
