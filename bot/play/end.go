package play

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/trivia"
)

// finishedView is the end of a round: the table, what nobody knew, the fastest and the longest streak. A single question
// has said it all.
func finishedView(e trivia.Finished, r *trivia.Round) bot.View {
	again := []bot.Button{{State: statePrefix + "again", Label: "Again", Style: bot.StyleMain},
		{State: statePrefix + "others", Label: "Other category"}, {State: statePrefix + "board", Label: "Leaderboard"}}
	if r != nil && r.Rules().Questions == 1 && e.Reason == trivia.EndComplete {
		return bot.View{Lead: bot.L("Another question?"), Buttons: again}
	}
	v := bot.View{Title: bot.L(bot.B("The round is over"), endWords(e.Reason)), Lead: leadersLine(e.Table)}
	tbl := &bot.Table{}
	for i, s := range e.Table {
		if i == boardRows && len(e.Table) > boardRows+1 {
			tbl.More = bot.L("and " + strconv.Itoa(len(e.Table)-i) + " more")
			break
		}
		tbl.Rows = append(tbl.Rows, []bot.Line{bot.L(strconv.Itoa(s.Rank) + "."), bot.L(bot.B(name(s.Player))),
			bot.L(points(s.Points)),
			bot.L(strconv.Itoa(s.Right) + " right")})
	}
	if len(tbl.Rows) > 0 {
		v.Blocks = append(v.Blocks, tbl)
	}
	text := &bot.Text{}
	if f := e.Fastest; f != nil {
		text.Lines = append(text.Lines, bot.L("Fastest: ", bot.B(name(f.Player)), ", "+tenths(f.After)+
			" on question "+strconv.Itoa(f.Question)))
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
	v.Buttons = again
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
	return bot.L("★ ", bot.B(joined(first, "and")), " share the win.")
}

func entriesWords(entries []trivia.Entry) string {
	var s []string
	for _, e := range entries {
		s = append(s, fmt.Sprintf("%s %+d", name(e.Player), e.Points))
	}
	return strings.Join(s, ", ")
}
