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

// viewOf words an outward event.
func (g *Game) viewOf(t *table, e trivia.Event) bot.View {
	switch e := e.(type) {
	case trivia.Asked:
		return g.askedView(t, e)
	case trivia.Hinted:
		return hintView(e)
	case trivia.Closed:
		return g.closedView(t, e)
	case trivia.SkipVoted:
		return bot.View{Lead: bot.L(fmt.Sprintf("%d of %d votes to skip the question.", e.Votes, e.Needed))}
	case trivia.IdleWarned:
		return bot.View{Lead: bot.L("Nobody has answered " + count(e.Unanswered, "question") + " in a row. After " + strconv.Itoa(e.Left) + " more the round ends.")}
	case trivia.Paused:
		return bot.View{Lead: bot.L(bot.B("Paused."), " "+seconds(e.Left)+" are left; /trivia resume goes on.")}
	case trivia.Resumed:
		return bot.View{Lead: bot.L(bot.B("The round goes on."))}
	case trivia.Rescored:
		return bot.View{Lead: bot.L("Question "+strconv.Itoa(e.Question)+" was scored again: ", bot.B(entriesWords(e.Scores)))}
	case trivia.Finished:
		return finishedView(e, t.round)
	}
	return bot.View{}
}

// askedKey is the key under which the question of a reveal was asked.
func askedKey(e trivia.Closed) string { return "ask" + strings.TrimPrefix(e.Key, "reveal") }

// askedView is a question: a small header, and the question as the only large text.
func (g *Game) askedView(t *table, e trivia.Asked) bot.View {
	v := bot.View{Title: g.header(e.Number, e.Total, e.Q), Lead: bot.L(bot.B(e.Q.Text))}
	l := &bot.List{}
	for i, o := range e.Options {
		l.Items = append(l.Items, bot.Item{Line: bot.L(bot.B(letter(i)), "  "+o)})
		v.Buttons = append(v.Buttons, bot.Button{State: answerState(t.round.ID(), e.Question, i), Label: bot.Clip(letter(i)+"  "+o, trivia.MaxLabel)})
	}
	if len(l.Items) > 0 {
		v.Blocks = append(v.Blocks, l)
	}
	how := "Type your answer."
	if len(e.Options) > 0 {
		how = "Press a button."
	}
	v.Footer = append(v.Footer, bot.L(how, closesWords(e)))
	if e.Question == 1 {
		v.Footer = append(v.Footer, bot.L(rulesWords(t.round.Rules(), len(e.Options) > 0)))
	}
	return v
}

// header is "3 of 10 · Oscars · hard".
func (g *Game) header(number, total int, q trivia.Question) bot.Line {
	at := "Question " + strconv.Itoa(number) + " · "
	switch {
	case total == 1:
		at = ""
	case total > 0:
		at = strconv.Itoa(number) + " of " + strconv.Itoa(total) + " · "
	}
	return bot.L(at + bot.Clip(g.categoryName(q.Category), 60) + " · " + difficulty(q.Difficulty))
}

func difficulty(d trivia.Difficulty) string {
	switch d {
	case trivia.Easy:
		return "easy"
	case trivia.Hard:
		return "hard"
	}
	return "medium"
}

func letter(i int) string { return string(rune('A' + i)) }

func answerState(round string, question, option int) string {
	return statePrefix + "a/" + round + "/" + strconv.Itoa(question) + "/" + strconv.Itoa(option)
}

// rulesWords are the rules of a round in a line, for its first question.
func rulesWords(r trivia.Rules, buttons bool) string {
	var s []string
	switch r.Style {
	case trivia.Shared:
		if buttons {
			s = append(s, "All who are right score.")
		} else {
			s = append(s, "All who are right within "+seconds(r.Window)+" of the first score.")
		}
	case trivia.First:
		s = append(s, "Only the first right answer scores.")
	case trivia.Secret:
		s = append(s, "Everybody answers, and nobody is told before the end of the question.")
	case trivia.OneShot:
		s = append(s, "One try each, no hints.")
	}
	if buttons && r.Style != trivia.First && r.Style != trivia.OneShot {
		s = append(s, "You can change your answer.")
	}
	switch {
	case r.TargetRight > 0:
		s = append(s, "First to "+strconv.Itoa(r.TargetRight)+" wins.")
	case r.TargetPoints > 0:
		s = append(s, "First to "+strconv.Itoa(r.TargetPoints)+" points wins.")
	case r.Questions == 0:
		s = append(s, "It goes on until nobody answers any more.")
	}
	if r.Penalty > 0 {
		s = append(s, "A wrong answer costs "+points(r.Penalty)+".")
	}
	return strings.Join(s, " ")
}

// closedView is the reveal: the options as they stood, the right one marked, who was right, and on which row it stands. To
// a typed question it is a message of its own, below what was typed, with the answer as the large text.
func (g *Game) closedView(t *table, e trivia.Closed) bot.View {
	v := bot.View{Title: g.header(e.Number, e.Total, e.Q), Lead: bot.L("It was ", bot.B(e.Q.Answers[0]), ".")}
	if len(e.Options) > 0 {
		v.Lead = bot.L(bot.B(e.Q.Text))
		l := &bot.List{}
		for i, o := range e.Options {
			item := bot.Item{Line: bot.L(bot.B(letter(i)), "  "+o)}
			if i < len(e.Counts) && e.Counts[i] > 0 {
				item.Line = append(item.Line, bot.T(" ("+strconv.Itoa(e.Counts[i])+")"))
			}
			if i == e.Right {
				item.Mark = bot.MarkWon
				item.Line = append(item.Line, bot.T(" — right"))
			}
			l.Items = append(l.Items, item)
		}
		v.Blocks = append(v.Blocks, l)
	}
	text := &bot.Text{Lines: []bot.Line{outcomeLine(e)}}
	for _, s := range e.Streaks {
		text.Lines = append(text.Lines, bot.L(bot.B(name(s.Player)), " has "+strconv.Itoa(s.Length)+" right in a row."))
	}
	v.Blocks = append(v.Blocks, text)
	if why := g.whyLine(e.Q); len(why) > 0 {
		v.Footer = append(v.Footer, why)
	}
	if e.Outcome == trivia.Answered || e.Outcome == trivia.TimedOut {
		at := t.roundID(e) + "/" + strconv.Itoa(e.Question)
		v.Buttons = []bot.Button{{State: statePrefix + "why/" + at, Label: "Why?"}}
		if len(e.Options) == 0 && e.Answers > 0 {
			v.Buttons = append(v.Buttons, bot.Button{State: statePrefix + "appeal/" + at, Label: "I was right"})
		}
	}
	return v
}

// roundID is the round that a reveal belongs to, also when the round itself is not at hand any more.
func (t *table) roundID(e trivia.Closed) string {
	parts := strings.Split(e.Key, "/")
	if len(parts) > 1 {
		return parts[1]
	}
	return ""
}

// outcomeLine says how a question ended, and what comes next where nothing else tells that it goes on.
func outcomeLine(e trivia.Closed) bot.Line {
	var l bot.Line
	switch {
	case e.Outcome == trivia.Answered:
		return winnersLine(e.Winners)
	case e.Outcome == trivia.TimedOut && e.Answers > 0:
		l = bot.L("Nobody was right.")
	case e.Outcome == trivia.TimedOut:
		l = bot.L("Nobody answered.")
	case e.Outcome == trivia.Skipped:
		l = bot.L("Skipped.")
	case e.Outcome == trivia.Void:
		l = bot.L("This question does not count: it was interrupted.")
	default:
		l = bot.L("Stopped.")
	}
	if !e.Last {
		l = append(l, bot.T(" The next question follows."))
	}
	return l
}

// winnersLine names who was right, the fastest first, with seconds and points.
func winnersLine(ws []trivia.Winner) bot.Line {
	l := bot.L("Right: ")
	for i, w := range ws {
		if i == 10 {
			l = append(l, bot.T(" and "+strconv.Itoa(len(ws)-i)+" more"))
			break
		}
		if i > 0 {
			l = append(l, bot.T(", "))
		}
		l = append(l, bot.B(name(w.Player)), bot.T(" ("+tenths(w.After)+", +"+strconv.Itoa(w.Points)+")"))
	}
	return l
}

// whyLine is the row that an answer stands on, in a line.
func (g *Game) whyLine(q trivia.Question) bot.Line {
	for _, row := range q.Rows {
		if line, ok := g.o.Why(row); ok {
			return line
		}
	}
	if q.Note != "" {
		return bot.L(bot.Clip(q.Note, 300))
	}
	if q.Source != "" {
		return bot.L("Source: " + bot.Clip(q.Source, 200))
	}
	return nil
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
func closesWords(e trivia.Asked) bot.Line {
	if e.ClosesAt.IsZero() {
		return nil
	}
	closes := bot.T("in " + seconds(e.ClosesAt.Sub(e.OpenedAt)))
	closes.Kind, closes.Time = bot.SpanTime, e.ClosesAt
	return bot.L(" Closes ", closes, " · "+points(e.Points)+".")
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
