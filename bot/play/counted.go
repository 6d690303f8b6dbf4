package play

import (
	"context"
	"strconv"
	"time"

	"github.com/whowon-bot/whowon/trivia"
)

// A question is edited to show how many have answered a little after an answer, so that whoever answered is told first and
// many answers are one edit; and not too often, since platforms allow few edits.
const (
	countAfter = 700 * time.Millisecond
	countEvery = 3 * time.Second
)

// counted is how many have answered the open question, as it is shown below it. Who they are is not told.
type counted struct {
	question int // 0 is none
	players  int
	shown    time.Time // last
	next     time.Time // when it is shown next, where it lies ahead
}

// count counts who has answered, and sees to it that it is shown, where a question can be edited.
func (g *Game) count(t *table, events []trivia.Event) {
	if !t.platform.Info().Edits {
		return
	}
	for _, e := range events {
		picked, ok := e.(trivia.Picked)
		if !ok || picked.Count == 0 || t.counted.question == picked.Question && t.counted.players == picked.Count {
			continue
		}
		t.counted.question, t.counted.players = picked.Question, picked.Count
		now := g.o.Now()
		if t.counted.next.After(now) {
			continue // it will be shown
		}
		t.counted.next = now.Add(max(countAfter, countEvery-now.Sub(t.counted.shown)))
		time.AfterFunc(t.counted.next.Sub(now), func() {
			_ = g.host.Lane(t.ch, func(ctx context.Context) { g.showCount(ctx, t) }) // a full lane has better things to do
		})
	}
}

// showCount edits the question that is open, if it is still the one that was counted. Nothing depends on it.
func (g *Game) showCount(ctx context.Context, t *table) {
	if t.round == nil {
		return
	}
	now, open := t.round.Current()
	if !open || now.Question != t.counted.question {
		return
	}
	t.counted.shown = g.o.Now()
	ref, err := g.o.Store.EffectRef(ctx, now.Key)
	if err == nil {
		err = t.platform.Edit(ctx, ref, g.askedView(t, now))
	}
	if err != nil {
		g.log(t).Debug("the number of answers was not shown", "err", err)
	}
}

// answeredWords say how many have answered a question.
func (c counted) answeredWords(question int) string {
	if c.question != question || c.players == 0 {
		return ""
	}
	return " · " + strconv.Itoa(c.players) + " answered"
}

// refresh shows the open question anew after its end has moved, where it can be edited.
func (g *Game) refresh(ctx context.Context, t *table, events []trivia.Event) {
	for _, e := range events {
		resumed, ok := e.(trivia.Resumed)
		if !ok || resumed.Question == 0 || t.round == nil || !t.platform.Info().Edits {
			continue
		}
		if t.counted.question != resumed.Question {
			t.counted.question, t.counted.players = resumed.Question, 0
		}
		g.showCount(ctx, t)
	}
}
