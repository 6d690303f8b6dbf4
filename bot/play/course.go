package play

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/trivia"
)

// letters are the letters of n options: "A, B, C or D".
func letters(n int) string {
	var s []string
	for i := range n {
		s = append(s, letter(i))
	}
	return joined(s, "or")
}

// joined lists words: "a, b and c".
func joined(s []string, and string) string {
	if len(s) < 2 {
		return strings.Join(s, "")
	}
	return strings.Join(s[:len(s)-1], ", ") + " " + and + " " + s[len(s)-1]
}

// targetLine says how far the first are, in a round that ends when somebody is there.
func targetLine(r *trivia.Round) bot.Line {
	if r == nil || r.Rules().TargetRight == 0 && r.Rules().TargetPoints == 0 {
		return nil
	}
	var s []string
	for _, row := range r.Table() {
		n := row.Points
		if r.Rules().TargetRight > 0 {
			n = row.Right
		}
		if n > 0 && len(s) < 3 {
			s = append(s, name(row.Player)+" "+strconv.Itoa(n))
		}
	}
	if len(s) == 0 {
		return nil
	}
	return bot.L("So far: ", bot.B(strings.Join(s, ", ")), " of "+strconv.Itoa(max(r.Rules().TargetRight,
		r.Rules().TargetPoints))+".")
}

// lostLine names whom a wrong answer cost points.
func lostLine(entries []trivia.Entry) bot.Line {
	var s []string
	for _, e := range entries {
		if e.Reason == trivia.ReasonWrong {
			s = append(s, fmt.Sprintf("%s (%d)", name(e.Player), e.Points))
		}
	}
	switch {
	case len(s) == 0:
		return nil
	case len(s) > boardRows:
		s = append(s[:boardRows], strconv.Itoa(len(s)-boardRows)+" more")
	}
	return bot.L("Wrong: ", bot.B(strings.Join(s, ", ")))
}

func pausedView(e trivia.Paused) bot.View {
	left := " " + seconds(e.Left) + " are left for the question."
	if e.Question == 0 {
		left = " The next question waits."
	}
	return bot.View{Lead: bot.L(bot.B("Paused."), left+" /trivia resume goes on.")}
}

// resumedView says that the round goes on, and with what: the question may be far up by now.
func resumedView(e trivia.Resumed, r *trivia.Round, now time.Time) bot.View {
	left := max(0, e.Until.Sub(now))
	if e.Question == 0 {
		return bot.View{Lead: bot.L(bot.B("The round goes on."), " The next question comes in "+seconds(left)+".")}
	}
	v := bot.View{Lead: bot.L(bot.B("The round goes on."), " "+seconds(left)+" are left.")}
	if q, ok := questionOf(r, e.Question); ok {
		v.Blocks = []bot.Block{&bot.Text{Lines: []bot.Line{bot.L(bot.B(q.Text))}}}
	}
	return v
}

func questionOf(r *trivia.Round, n int) (trivia.Question, bool) {
	if r == nil {
		return trivia.Question{}, false
	}
	return r.Question(n)
}

// hintView shows some letters, and how many each word has: a row of signs is hard to count.
func hintView(e trivia.Hinted) bot.View {
	v := bot.View{Lead: bot.L("Hint: ", bot.B(e.Text), " "+wordLengths(e.Text))}
	if e.Level == 1 {
		v.Lead = append(v.Lead, bot.T(". "+points(e.Points)+" from now on."))
	}
	return v
}

// wordLengths are the letters of each word, as in crosswords: "(4, 7)".
func wordLengths(text string) string {
	var s []string
	for _, w := range strings.Fields(text) {
		n := 0
		for _, r := range w {
			if r == trivia.HiddenLetter || unicode.In(r, unicode.L, unicode.N) {
				n++
			}
		}
		if n > 0 {
			s = append(s, strconv.Itoa(n))
		}
	}
	return "(" + strings.Join(s, ", ") + ")"
}

// closesWords say how long a question is open, as a moment where the platform can count down to it, and what it is worth.
func closesWords(e trivia.Asked, c counted, now time.Time) bot.Line {
	answered := c.answeredWords(e.Question)
	if e.ClosesAt.IsZero() {
		return bot.L(answered)
	}
	closes := bot.T("in " + seconds(max(0, e.ClosesAt.Sub(now))))
	closes.Kind, closes.Time = bot.SpanTime, e.ClosesAt
	return bot.L(" Closes ", closes, " · "+points(e.Points)+answered+".")
}

// alreadyView says that a round is on, and where.
func alreadyView(t *table) bot.View {
	v := bot.View{Private: true, Lead: bot.L("A round is on here already.")}
	if t.round != nil {
		if now, open := t.round.Current(); open {
			v.Lead = bot.L("A round is on here already: question ", strconv.Itoa(now.Number), " is open.")
		}
		if by := t.round.Starter(); by.ID != "" {
			v.Blocks = []bot.Block{&bot.Text{Lines: []bot.Line{bot.L("It was started by ", bot.B(name(by)), ".")}}}
		}
	}
	v.Footer = []bot.Line{bot.L("/trivia stop ends it, for who started it and for moderators.")}
	return v
}

func backView(q trivia.Asked, left time.Duration) bot.View {
	return bot.View{Lead: bot.L("Back again: question " + strconv.Itoa(q.Number) + " goes on, " + seconds(left) + " are left.")}
}
