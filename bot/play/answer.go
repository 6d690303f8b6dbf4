package play

import (
	"context"
	"errors"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/judge"
)

// statePrefix begins the state of every button of a game.
const statePrefix = "t/"

// press does what a button stands for: its state split at the slashes, without the prefix.
func (g *Game) press(ctx context.Context, p bot.Platform, in bot.Inbound, state []string) (bot.View, error) {
	at := func(i int) string {
		if i < len(state) {
			return state[i]
		}
		return ""
	}
	if at(0) != "a" && at(0) != "say" { // an answer must not wait for what nobody needs to know
		in = in.Known(ctx)
	}
	switch at(0) {
	case "a":
		question, err1 := strconv.Atoi(at(2))
		option, err2 := strconv.Atoi(at(3))
		if err1 != nil || err2 != nil {
			return oldButtonView(), nil //nolint:nilerr // a forged button
		}
		return g.pick1(ctx, p, in, at(1), question, option)
	case "why":
		return g.why(ctx, p, in, at(2))
	case "appeal":
		return g.appeal(ctx, p, in, at(2))
	case "accept", "reject":
		return g.decide(ctx, p, in, at(1), at(0) == "accept")
	case "again":
		c, err := g.lastChoice(ctx, in.Guild, in.To.Channel)
		if err != nil {
			return bot.View{}, err
		}
		return g.start(ctx, p, in, c.Words)
	case "others":
		return othersView(g.o.Questions().Categories()), nil
	case "start":
		return g.start(ctx, p, in, at(1))
	case "board":
		return g.board(ctx, in, "")
	case "say":
		return g.typedFor(ctx, p, in, at(1), at(2))
	case "forget":
		return g.forget(ctx, in, at(1) == "yes")
	case "reset":
		return g.reset(ctx, in, at(1))
	}
	return oldButtonView(), nil
}

// pick1 takes the option that somebody presses.
func (g *Game) pick1(ctx context.Context, p bot.Platform, in bot.Inbound, round string, question,
	option int) (bot.View, error) {
	t, err := g.tableOf(ctx, p, in.To.Channel, true)
	if err != nil {
		return bot.View{}, err
	}
	if t == nil {
		return overView(), nil
	}
	return g.attempt(ctx, t, in, func(r *trivia.Round) (trivia.Attempt, bool) {
		return trivia.Attempt{Question: question, Pressed: true, Option: option, Order: in.Order}, r.ID() == round
	})
}

// attempt gives an attempt of a player to the round. try says what it is for the round as it is when it is tried.
func (g *Game) attempt(ctx context.Context, t *table, in bot.Inbound, try func(*trivia.Round) (trivia.Attempt,
	bool)) (bot.View, error) {
	old := false
	events, err := g.step(ctx, t, func(r *trivia.Round, now time.Time) []trivia.Event {
		a, ok := try(r)
		if old = !ok; old {
			return nil
		}
		return r.Answer(g.at(in), arrived(in, now), playerOf(in), a)
	})
	if errors.Is(err, errNoRound) || old {
		return overView(), nil
	}
	return g.replyTo(t, in, events), err
}

// text takes an ordinary message: in a channel whose question is open it may be an answer to it.
func (g *Game) text(ctx context.Context, p bot.Platform, in bot.Inbound) (bot.View, bool, error) {
	t, err := g.tableOf(ctx, p, in.To.Channel, false)
	if err != nil || t == nil {
		return bot.View{}, false, err
	}
	if t.round == nil || g.o.Shared && !open(t) { // another replica may have asked the next one
		if err := g.reload(ctx, t); err != nil {
			return bot.View{}, false, ignoreOver(err)
		}
	}
	if problem := noAnswerTo(t.round, in.Text); !problem.Empty() {
		if in.Direct { // it may be an answer that is too early or too late, so the facts must not answer it
			return problem, true, nil
		}
		return bot.View{}, false, nil // people talk
	}
	v, err := g.say(ctx, t, in.Known(ctx), in.Text)
	return v, true, err
}

// noAnswerTo says why a text cannot be an answer, to whoever meant it as one.
func noAnswerTo(r *trivia.Round, text string) bot.View {
	now, open := r.Current()
	switch {
	case !open:
		return noQuestionView()
	case len(now.Options) > 0 && optionOf(now.Options, text) < 0:
		return noOptionView(len(now.Options))
	case strings.TrimSpace(bot.Clean(text)) == "":
		return emptyAnswerView()
	}
	return bot.View{}
}

func open(t *table) bool {
	_, open := t.round.Current()
	return open
}

func ignoreOver(err error) error {
	if errors.Is(err, errNoRound) {
		return nil
	}
	return err
}

// typedAnswer takes "/answer …" and "/trivia answer …".
func (g *Game) typedAnswer(ctx context.Context, p bot.Platform, in bot.Inbound, text string) (bot.View, error) {
	t, err := g.tableOf(ctx, p, in.To.Channel, true)
	if err != nil {
		return bot.View{}, err
	}
	if t == nil {
		return noGameView(), nil
	}
	if t.round == nil {
		if err := g.reload(ctx, t); err != nil {
			return noGameView(), ignoreOver(err)
		}
	}
	if problem := noAnswerTo(t.round, text); !problem.Empty() {
		return problem, nil
	}
	return g.say(ctx, t, in, text)
}

// typedFor takes what was typed into the form of a question. The form may have been open for longer than the question.
func (g *Game) typedFor(ctx context.Context, p bot.Platform, in bot.Inbound, round, question string) (bot.View, error) {
	t, err := g.tableOf(ctx, p, in.To.Channel, true)
	if err != nil || t == nil {
		return overView(), err
	}
	if t.round == nil {
		if err := g.reload(ctx, t); err != nil {
			return overView(), ignoreOver(err)
		}
	}
	now, open := t.round.Current()
	if !open || t.round.ID() != round || strconv.Itoa(now.Question) != question {
		return overView(), nil
	}
	return g.typedAnswer(ctx, p, in, in.Press.Text)
}

// say takes an answer that was typed: to a question with options their letter or their text, else judged.
func (g *Game) say(ctx context.Context, t *table, in bot.Inbound, text string) (bot.View, error) {
	text = bot.Clip(bot.Clean(text), bot.MaxKeptText)
	return g.attempt(ctx, t, in, func(r *trivia.Round) (trivia.Attempt, bool) {
		now, open := r.Current()
		if !open {
			return trivia.Attempt{}, true
		}
		a := trivia.Attempt{Question: now.Question, Order: in.Order, Text: text}
		if len(now.Options) > 0 {
			a.Pressed, a.Option = true, optionOf(now.Options, text)
			return a, true
		}
		a.Verdict = g.judged(ctx, t, now).Judge(text).Verdict
		return a, true
	})
}

// optionOf is the option that a text names: by its letter or by its words; -1 is none.
func optionOf(options []string, text string) int {
	text = folded(strings.Trim(text, "[]()."))
	for i, o := range options {
		if text == folded(o) || len(text) == 1 && text[0] == 'a'+byte(i) {
			return i
		}
	}
	return -1
}

// judged is the judge of the open question, with what the community has accepted before.
func (g *Game) judged(ctx context.Context, t *table, q trivia.Asked) *judge.Judge {
	if t.judge == nil || t.judged != q.Question {
		t.judge, t.judged = g.judgeOf(ctx, t.guild, q.Q), q.Question
	}
	return t.judge
}

func (g *Game) judgeOf(ctx context.Context, guild bot.Guild, q trivia.Question) *judge.Judge {
	answers := q.Answers
	aliases, err := g.o.Store.Aliases(ctx, guild, folded(q.Answers[0]))
	if err != nil {
		g.o.Log.Warn("learned answers were not read", "guild", guild.ID, "err", err)
	}
	for _, a := range aliases {
		answers = append(answers[:len(answers):len(answers)], a.Alias)
	}
	return judge.Compile(judge.Spec{Question: q.Text, Answers: answers, Kind: q.Kind, Wrong: q.Wrong}, g.o.Pool())
}

// folded is the form in which equal answers are equal: lower case, single spaces.
func folded(s string) string { return strings.Join(strings.Fields(strings.ToLower(bot.Clean(s))), " ") }

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, seed^0x9e3779b97f4a7c15)) }
