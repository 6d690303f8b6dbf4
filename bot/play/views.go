package play

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/judge"
)

// viewOf words an outward event.
func (g *Game) viewOf(t *table, e trivia.Event) bot.View {
	switch e := e.(type) {
	case trivia.Asked:
		return g.askedView(t, e)
	case trivia.Hinted:
		return bot.View{Lead: bot.L("Hint: ", bot.B(e.Text)), Footer: []bot.Line{bot.L(points(e.Points) + " from now on.")}}
	case trivia.Closed:
		return g.closedView(t, e)
	case trivia.SkipVoted:
		return bot.View{Lead: bot.L(fmt.Sprintf("%d of %d votes to skip the question.", e.Votes, e.Needed))}
	case trivia.IdleWarned:
		return bot.View{Lead: bot.L("Nobody answers. The round ends after " + count(e.Left, "more question") + " without an answer.")}
	case trivia.Paused:
		return bot.View{Lead: bot.L(bot.B("Paused."), " "+seconds(e.Left)+" are left; /trivia resume goes on.")}
	case trivia.Resumed:
		return bot.View{Lead: bot.L(bot.B("The round goes on."))}
	case trivia.Rescored:
		return bot.View{Lead: bot.L("Question "+strconv.Itoa(e.Question)+" was scored again: ", bot.B(entriesWords(e.Scores)))}
	case trivia.Finished:
		return finishedView(e)
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
	if !e.ClosesAt.IsZero() {
		how += " " + seconds(e.ClosesAt.Sub(e.OpenedAt)) + ", " + points(e.Points) + "."
	}
	v.Footer = append(v.Footer, bot.L(how))
	if e.Question == 1 {
		v.Footer = append(v.Footer, bot.L(rulesWords(t.round.Rules(), len(e.Options) > 0)))
	}
	return v
}

// header is "3 of 10 · Oscars · hard".
func (g *Game) header(number, total int, q trivia.Question) bot.Line {
	at := "Question " + strconv.Itoa(number)
	if total > 0 {
		at = strconv.Itoa(number) + " of " + strconv.Itoa(total)
	}
	return bot.L(at + " · " + g.categoryName(q.Category) + " · " + difficulty(q.Difficulty))
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
		s = append(s, "All who are right within "+seconds(r.Window)+" of the first score.")
	case trivia.First:
		s = append(s, "Only the first right answer scores.")
	case trivia.Secret:
		s = append(s, "Everybody answers; who was right is told at the end of the question.")
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

// closedView is the reveal: the options as they stood, the right one marked, who was right, and on which row it stands.
func (g *Game) closedView(t *table, e trivia.Closed) bot.View {
	v := bot.View{Title: g.header(e.Number, e.Total, e.Q), Lead: bot.L(bot.B(e.Q.Text))}
	if len(e.Options) > 0 {
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

// outcomeLine says how a question ended.
func outcomeLine(e trivia.Closed) bot.Line {
	answer := bot.B(e.Q.Answers[0])
	switch e.Outcome {
	case trivia.Answered:
		l := bot.L()
		if len(e.Options) == 0 {
			l = bot.L(answer, ". ")
		}
		return append(l, winnersLine(e.Winners)...)
	case trivia.TimedOut:
		return bot.L("Time is up. It was ", answer, ".")
	case trivia.Skipped:
		return bot.L("Skipped. It was ", answer, ".")
	case trivia.Void:
		return bot.L("This question does not count: it was interrupted.")
	}
	return bot.L("Stopped. It was ", answer, ".")
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

// finishedView is the end of a round: the table, what nobody knew, the fastest and the longest streak.
func finishedView(e trivia.Finished) bot.View {
	v := bot.View{Title: bot.L(bot.B("The round is over"), endWords(e.Reason)), Lead: leadersLine(e.Table)}
	tbl := &bot.Table{}
	for i, s := range e.Table {
		if i == boardRows && len(e.Table) > boardRows+1 {
			tbl.More = bot.L("and " + strconv.Itoa(len(e.Table)-i) + " more")
			break
		}
		tbl.Rows = append(tbl.Rows, []bot.Line{bot.L(strconv.Itoa(s.Rank) + "."), bot.L(bot.B(name(s.Player))), bot.L(points(s.Points)),
			bot.L(strconv.Itoa(s.Right) + " right")})
	}
	if len(tbl.Rows) > 0 {
		v.Blocks = append(v.Blocks, tbl)
	}
	text := &bot.Text{}
	if f := e.Fastest; f != nil {
		text.Lines = append(text.Lines, bot.L("Fastest: ", bot.B(name(f.Player)), ", "+tenths(f.After)+" on question "+strconv.Itoa(f.Question)))
	}
	if s := e.Longest; s != nil {
		text.Lines = append(text.Lines, bot.L("Longest streak: ", bot.B(name(s.Player)), ", "+strconv.Itoa(s.Length)+" in a row"))
	}
	if len(text.Lines) > 0 {
		v.Blocks = append(v.Blocks, text)
	}
	if len(e.Missed) > 0 {
		l := &bot.List{Title: bot.L("Nobody knew:")}
		for i, m := range e.Missed {
			if i == 5 && len(e.Missed) > 6 {
				l.More = bot.L("and " + strconv.Itoa(len(e.Missed)-i) + " more")
				break
			}
			l.Items = append(l.Items, bot.Item{Line: bot.L(bot.Clip(m.Q.Text, 160)+" — ", bot.B(m.Q.Answers[0]))})
		}
		v.Blocks = append(v.Blocks, l)
	}
	v.Buttons = []bot.Button{{State: statePrefix + "again", Label: "Again", Style: bot.StyleMain}, {State: statePrefix + "board", Label: "Leaderboard"}}
	return v
}

func endWords(r trivia.End) string {
	switch r {
	case trivia.EndIdle:
		return ": nobody answered any more"
	case trivia.EndStopped:
		return ": it was stopped"
	case trivia.EndNoQuestions:
		return ": there are no more questions"
	case trivia.EndInterrupted:
		return ": it was interrupted for too long"
	}
	return ""
}

// leadersLine names who won.
func leadersLine(table []trivia.Standing) bot.Line {
	var first []string
	for _, s := range table {
		if s.Rank == 1 && s.Points > 0 {
			first = append(first, name(s.Player))
		}
	}
	switch len(first) {
	case 0:
		return bot.L("Nobody scored.")
	case 1:
		return bot.L("★ ", bot.B(first[0]), " wins.")
	}
	return bot.L("★ ", bot.B(strings.Join(first, ", ")), " share the win.")
}

func entriesWords(entries []trivia.Entry) string {
	var s []string
	for _, e := range entries {
		s = append(s, fmt.Sprintf("%s %+d", name(e.Player), e.Points))
	}
	return strings.Join(s, ", ")
}

// replyTo is the private reply to whoever gave the input that made these events.
func (g *Game) replyTo(t *table, in bot.Inbound, events []trivia.Event) bot.View {
	for _, e := range events {
		if line := privateLine(e, string(in.From.ID), t.platform.Info().Private); len(line) > 0 {
			return bot.View{Private: true, Lead: line}
		}
	}
	return bot.View{}
}

// privateLine words what is told to one player. Where nothing can be told in private, what would only be noise is not told.
func privateLine(e trivia.Event, player string, private bool) bot.Line {
	switch e := e.(type) {
	case trivia.Picked:
		switch {
		case e.Before < 0:
			return bot.L("You picked ", bot.B(letter(e.Option)), ".")
		case e.Before != e.Option:
			return bot.L("Changed to ", bot.B(letter(e.Option)), ".")
		}
		return bot.L("Your answer is ", bot.B(letter(e.Option)), ".")
	case trivia.Noted:
		switch {
		case !private:
			return nil
		case e.Verdict == judge.Correct:
			return bot.L("That is right.")
		case e.Verdict == judge.Wrong:
			return bot.L("Not that.")
		}
		return bot.L("Taken.")
	case trivia.CloseCall:
		return bot.L("Close. Be more specific.")
	case trivia.TooFast:
		if !private {
			return nil
		}
		return bot.L("Not so fast: try again in " + tenths(e.Wait) + ".")
	case trivia.Late:
		if !private {
			return nil
		}
		return bot.L("That question is over.")
	case trivia.Refused:
		return bot.L(refusalWords(e.Reason))
	}
	return nil
}

func refusalWords(r trivia.Refusal) string {
	switch r {
	case trivia.RefusedPaused:
		return "The round is paused; /trivia resume goes on."
	case trivia.RefusedOneTry:
		return "One try each, and you have had yours."
	case trivia.RefusedRights:
		return "Only who started the round, or a moderator, can do that."
	case trivia.RefusedStranger:
		return "Only who takes part can do that: answer a question first."
	case trivia.RefusedVoted:
		return "You have voted already."
	case trivia.RefusedClosing:
		return "Somebody was right; the question is about to close."
	case trivia.RefusedNoHint:
		return "There is no hint, or no more."
	case trivia.RefusedNoPause:
		return "There is nothing to pause or to resume."
	case trivia.RefusedCrowd:
		return "The round has as many players as it can count."
	case trivia.RefusedNotBegun:
		return "The round has not begun."
	}
	return "No question is open."
}

// alreadyView says that a round is on, and where.
func (g *Game) alreadyView(ctx context.Context, t *table) bot.View {
	v := bot.View{Private: true, Lead: bot.L("A round is on here already.")}
	v.Footer = []bot.Line{bot.L("/trivia stop ends it, for who started it and for moderators.")}
	return v
}

func backView(q trivia.Asked, left time.Duration) bot.View {
	return bot.View{Lead: bot.L("Back again: question " + strconv.Itoa(q.Number) + " goes on, " + seconds(left) + " are left.")}
}
