package play

import (
	"context"
	"log/slog"
	"strings"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/judge"
)

// log is for what happens in the channel of a table.
func (g *Game) log(t *table) *slog.Logger {
	return g.o.Log.With("platform", t.ch.Platform, "channel", t.ch.ID)
}

var _ bot.Measured = (*Game)(nil)

// Measure implements bot.Measured.
func (g *Game) Measure(_ context.Context, tell bot.Tell) {
	if g.host == nil {
		return
	}
	open := map[string]int{}
	g.mu.Lock()
	for ch := range g.tables {
		open[ch.Platform]++
	}
	g.mu.Unlock()
	for name := range g.host.Platforms() {
		tell(bot.MetricRoundsOpen, float64(open[name]), name)
	}
}

// verdictLate is the verdict on an answer to a question that is over.
const verdictLate = "late"

// measure counts what a step that is committed means.
func (g *Game) measure(t *table, events []trivia.Event) {
	verdict := func(n int, v string) {
		if n > 0 {
			g.o.Meter.Count(bot.MetricVerdicts, n, t.ch.Platform, v)
		}
	}
	for _, e := range events {
		switch e := e.(type) {
		case trivia.Asked:
			if e.Question == 1 {
				g.o.Meter.Count(bot.MetricRoundsStarted, 1, t.ch.Platform)
			}
		case trivia.Noted:
			if e.Verdict != "" {
				verdict(1, string(e.Verdict))
			}
		case trivia.CloseCall:
			verdict(1, string(judge.Close))
		case trivia.Late:
			verdict(1, verdictLate)
		case trivia.Closed:
			if untold(t.round, e) {
				verdict(len(e.Winners), string(judge.Correct))
				verdict(e.Answers-len(e.Winners), string(judge.Wrong))
			}
		case trivia.Finished:
			g.o.Meter.Count(bot.MetricRoundsFinished, 1, t.ch.Platform, strings.ReplaceAll(string(e.Reason), " ", "_"))
		}
	}
}

// untold reports whether the answers to a question were judged only when it ended: options that were pressed, and what was
// typed where nobody is told before.
func untold(r *trivia.Round, e trivia.Closed) bool {
	judged := e.Outcome == trivia.Answered || e.Outcome == trivia.TimedOut
	return judged && (len(e.Options) > 0 || r != nil && r.Rules().Style == trivia.Secret)
}
