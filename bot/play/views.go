package play

import (
	"fmt"
	"strconv"
	"strings"

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
		return bot.View{Lead: bot.L(fmt.Sprintf("%d of %d votes to skip the question; /trivia skip adds yours.", e.Votes,
			e.Needed))}
	case trivia.IdleWarned:
		return bot.View{Lead: bot.L("Nobody has answered " + count(e.Unanswered, "question") + " in a row. After " +
			strconv.Itoa(e.Left) + " more the round ends.")}
	case trivia.Paused:
		return pausedView(e)
	case trivia.Resumed:
		return resumedView(e, t.round, g.o.Now())
	case trivia.Rescored:
		return bot.View{Lead: bot.L("Question "+strconv.Itoa(e.Question)+" was scored again: ", bot.B(entriesWords(e.Scores)))}
	case trivia.Finished:
		return finishedView(e, t.round)
	}
	return bot.View{}
}

// askKey is the key under which the question was asked that an event is about: their keys name the round and the question.
func askKey(e trivia.Event) string {
	_, of, _ := strings.Cut(e.EffectKey(), "/")
	round, rest, _ := strings.Cut(of, "/")
	question, _, _ := strings.Cut(rest, "/")
	return "ask/" + round + "/" + question
}

// askedView is a question: a small header, and the question as the only large text.
func (g *Game) askedView(t *table, e trivia.Asked) bot.View {
	v := bot.View{Title: g.header(e.Number, e.Total, e.Q), Lead: bot.L(bot.B(e.Q.Text))}
	l := &bot.List{}
	for i, o := range e.Options {
		l.Items = append(l.Items, bot.Item{Line: bot.L(bot.B(letter(i)), "  "+o)})
		v.Buttons = append(v.Buttons, bot.Button{State: answerState(t.round.ID(), e.Question, i), Label: bot.Clip(letter(i)+
			"  "+o, trivia.MaxLabel)})
	}
	if len(l.Items) > 0 {
		v.Blocks = append(v.Blocks, l)
	}
	how := "Type your answer."
	switch {
	case len(e.Options) > 0:
		how = "Choose " + letters(len(e.Options)) + "."
	case t.platform.Info().Inputs && t.platform.Info().ReadsText:
		how = "Type your answer, or press Answer."
	case t.platform.Info().Inputs:
		how = "Press Answer, or reply to this message."
	case !t.platform.Info().ReadsText:
		how = "Say /answer and your answer."
	}
	if len(e.Options) == 0 && t.platform.Info().Inputs {
		v.Buttons = []bot.Button{{State: statePrefix + "say/" + t.round.ID() + "/" + strconv.Itoa(e.Question), Label: "Answer",
			Style: bot.StyleMain, Asks: true}}
	}
	v.Footer = append(v.Footer, bot.L(how, closesWords(e, t.counted, g.o.Now())))
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
	return bot.L(at + bot.Clip(g.categoryName(q.Category), 60) + " · " + q.Difficulty.String())
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
		if buttons {
			s = append(s, "One try each.")
		}
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
		s = append(s, "The first to have "+count(r.TargetRight, "right answer")+" wins.")
	case r.TargetPoints > 0:
		s = append(s, "The first to have "+points(r.TargetPoints)+" wins.")
	case r.Questions == 0:
		s = append(s, "It goes on until nobody answers any more.")
	}
	if r.SpeedBonus > 0 {
		s = append(s, "Up to "+strconv.Itoa(r.SpeedBonus)+" % more for speed.")
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
	if line := lostLine(e.Scores); len(line) > 0 {
		text.Lines = append(text.Lines, line)
	}
	for _, s := range e.Streaks {
		text.Lines = append(text.Lines, bot.L(bot.B(name(s.Player)), " has "+strconv.Itoa(s.Length)+" right in a row."))
	}
	if line := targetLine(t.round); !e.Last && len(line) > 0 {
		text.Lines = append(text.Lines, line)
	}
	v.Blocks = append(v.Blocks, text)
	if why := WhyLine(e.Q, g.o.Why); len(why) > 0 {
		v.Footer = append(v.Footer, why)
	}
	if e.Outcome == trivia.Answered || e.Outcome == trivia.TimedOut {
		at := t.roundID(e) + "/" + strconv.Itoa(e.Question)
		v.Buttons = []bot.Button{{State: statePrefix + "why/" + at, Label: "Why?"}}
		if len(e.Options) == 0 && e.Answers > len(e.Winners) {
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
		l = bot.L("Stopped: the question does not count.")
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

// WhyLine says in a line why an answer is right, and where that comes from: the row that names the answer, else what the
// question notes, else its first row.
func WhyLine(q trivia.Question, rowLine func(row string) (bot.Line, bool)) bot.Line {
	var first bot.Line
	for _, row := range q.Rows {
		line, ok := rowLine(row)
		switch {
		case !ok:
		case strings.Contains(folded(line.String()), folded(q.Answers[0])):
			return line
		case first == nil:
			first = line
		}
	}
	source := bot.Clip(q.Source, 200)
	note := strings.TrimSuffix(bot.Clip(q.Note, 300), ".")
	switch {
	case note != "" && source != "":
		return bot.L(note + " · Source: " + source)
	case note != "":
		return bot.L(note)
	case first == nil && source != "":
		return bot.L("Source: " + source)
	}
	return first
}
