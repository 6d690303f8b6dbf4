package play

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/generate"
	"github.com/whowon-bot/whowon/trivia/judge"
)

// name is a player's name as it is shown. It is a span like any other: a platform escapes it.
func name(p trivia.Player) string { return shownName(p.Name) }

func shownName(s string) string {
	if s = strings.TrimSpace(bot.Clip(bot.Clean(s), 40)); s == "" {
		return "somebody"
	}
	return s
}

func points(n int) string { return count(n, "point") }

func count(n int, one string) string {
	if n == 1 || n == -1 {
		return strconv.Itoa(n) + " " + one
	}
	return strconv.Itoa(n) + " " + one + "s"
}

func seconds(d time.Duration) string {
	return count(int(d.Round(time.Second)/time.Second), "second")
}

func tenths(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

func private(parts ...any) bot.View { return bot.View{Private: true, Lead: bot.L(parts...)} }

func noGameView() bot.View { return private("No round is on here. /trivia begins one.") }
func overView() bot.View   { return private("That question is over.") }
func noQuestionView() bot.View {
	return private("No question is open just now. /whowon asks the facts.")
}
func oldButtonView() bot.View  { return private("That button is too old.") }
func moderatorsView() bot.View { return private("Only moderators can do that.") }
func nothingRevealedView(which string) bot.View {
	if n, err := strconv.Atoi(strings.TrimSpace(which)); err == nil {
		return private("No question " + strconv.Itoa(n) + " has been revealed here lately; /trivia why is about the last.")
	}
	return private("No question has been revealed here lately.")
}
func alreadyStartedView() bot.View { return private("Somebody has just started a round here.") }

// appealedView says what follows, to the first who contests a judgement and to others.
func appealedView(first bool) bot.View {
	asked := "It is contested already."
	if first {
		asked = "A moderator has been asked."
	}
	return private(asked + " All who gave that answer get their points if it counts.")
}
func tooLateView() bot.View {
	return private("It is too late: an answer can be contested for 10 minutes after the reveal.")
}
func noAnswerView() bot.View {
	return private("There is nothing to contest: no answer that you typed to that question was refused.")
}
func cannotRescoreView(err error) bot.View {
	return private("It cannot be scored again: " + err.Error() + ".")
}

// decidedView says what became of an appeal.
func decidedView(a bot.Appeal) bot.View {
	return private("“", bot.B(a.Text), "” for that question is "+string(a.State)+" already.")
}

// appealView asks the moderators.
func appealView(a bot.Appeal, by string, q trivia.Question) bot.View {
	return bot.View{
		Title: bot.L("Contested"), Lead: bot.L(bot.B(q.Text)),
		Blocks: []bot.Block{&bot.Text{Lines: []bot.Line{
			bot.L("Answer: ", bot.B(a.Answer)), bot.L(bot.B(shownName(by)), " says that “", bot.B(a.Text), "” is right too."),
		}}},
		Footer: []bot.Line{bot.L("A moderator decides.")},
		Buttons: []bot.Button{{State: statePrefix + "accept/" + a.ID, Label: "Accept", Style: bot.StyleMain},
			{State: statePrefix + "reject/" + a.ID, Label: "Reject", Style: bot.StyleDanger}},
	}
}

// verdictView tells what a moderator decided.
func verdictView(a bot.Appeal, by string, events []trivia.Event) bot.View {
	v := bot.View{Lead: bot.L("“", bot.B(a.Text), "” does not count for “", bot.B(a.Answer), "”, says ",
		bot.B(shownName(by)), ".")}
	if a.State == bot.AppealAccepted {
		v.Lead = bot.L("“", bot.B(a.Text), "” counts for “", bot.B(a.Answer), "” from now on, says ", bot.B(shownName(by)), ".")
	}
	if entries := trivia.Scores(events); len(entries) > 0 {
		v.Blocks = []bot.Block{&bot.Text{Lines: []bot.Line{bot.L("Points: ", bot.B(entriesWords(entries)))}}}
	}
	return v
}

// reasonWords say why the judge judged so.
func reasonWords(r judge.Reason) string {
	switch r {
	case judge.Shorter:
		return "words are missing"
	case judge.FirstNameOnly:
		return "a first name alone is not enough"
	case judge.Ambiguous:
		return "it fits another option as well"
	case judge.WrongNumber:
		return "a number is missing, too many, or another one"
	case judge.KnownWord:
		return "it is near, but a word of its own"
	case judge.OtherAnswer:
		return "it is another answer that is known"
	case judge.Conflict:
		return "it says the opposite"
	case judge.Negation:
		return "it says what it is not"
	case judge.List:
		return "one answer at a time"
	case judge.Empty:
		return "nothing was said"
	case judge.Different:
		return "nothing in it fits"
	}
	return strings.ReplaceAll(string(r), "_", " ")
}

func unknownWordLine(word, meant string) bot.Line {
	l := bot.L("“", bot.B(bot.Clip(word, 40)), "” is no command, category, pack, mode, difficulty or number.")
	if meant != "" {
		return append(l, bot.T(" Did you mean "), bot.B(meant), bot.T("?"))
	}
	return append(l, bot.T(" /trivia categories lists what there is; an example: /trivia oscars hard race 5 20s"))
}

func emptyAnswerView() bot.View { return private("Say your answer behind it: /answer anora.") }

// noOptionView says what can be answered.
func noOptionView(options int) bot.View {
	return private("A question is open: choose " + letters(options) + ". /whowon asks the facts.")
}

// outOfLimits says what numbers a round takes: of questions, or of seconds for one.
func outOfLimits(n, least, most int, seconds bool) bot.Line {
	if seconds {
		return bot.L(fmt.Sprintf("A question is open for %d to %d seconds; %d is out of that.", least, most, n))
	}
	return bot.L(fmt.Sprintf("A round has %d to %d questions; %d is out of that.", least, most, n))
}

func unknownBoardLine(words string) bot.Line {
	return bot.L("“", bot.B(bot.Clip(words, 40)), "” is no period (today, week, month, season, year, all) and no category.")
}

func noQuestionsView(w wanted) bot.View {
	if w.pack != "" {
		return private("That pack has no such questions.")
	}
	return private("There are no such questions. Another difficulty or category has some.")
}

func helpView() bot.View {
	t := &bot.Table{}
	for _, row := range [][2]string{
		{"/trivia", "10 questions; add a category, easy or hard, a mode, how many, 20s, typed: /trivia oscars hard race 5"},
		{"modes", "quick, classic, race, first-to, endless, everybody, hardcore"},
		{"/trivia stop, skip, pause, resume, hint", "for the round that is on"},
		{"/answer", "your answer, where messages are not read"},
		{"/trivia why, appeal", "what an answer stands on; contest how yours was judged"},
		{"/trivia categories, packs", "what there is"},
		{"/trivia stats, hide, unhide", "your points; stay off other people's boards"},
		{"/settings", "defaults of this community"},
		{"/privacy", "what is kept about you, and how to have it deleted"},
		{"/leaderboard", "today, week, month, season, year, all; a category"},
	} {
		t.Rows = append(t.Rows, []bot.Line{bot.L(bot.B(row[0])), bot.L(row[1])})
	}
	return bot.View{Private: true, Blocks: []bot.Block{t}}
}

// categoriesView lists the categories by group.
func categoriesView(cs []generate.Category) bot.View {
	v := bot.View{Private: true, Title: bot.L(bot.B("Categories"))}
	groups := map[string][]string{}
	var order []string
	total := 0
	for _, c := range cs {
		if groups[c.Group] == nil {
			order = append(order, c.Group)
		}
		groups[c.Group] = append(groups[c.Group], c.Name)
		total += c.Count[0]
	}
	t := &bot.Table{}
	for _, g := range order {
		t.Rows = append(t.Rows, []bot.Line{bot.L(bot.B(g)), bot.L(strings.Join(groups[g], ", "))})
	}
	v.Blocks = []bot.Block{t}
	v.Footer = []bot.Line{bot.L(strconv.Itoa(total) + " questions. /trivia oscars, or a whole group: /trivia film")}
	return v
}

// othersView offers the groups of categories to play next.
func othersView(cs []generate.Category) bot.View {
	v := private("What about?")
	for _, c := range cs {
		state := statePrefix + "start/" + c.Group
		if !slices.ContainsFunc(v.Buttons, func(b bot.Button) bool { return b.State == state }) {
			v.Buttons = append(v.Buttons, bot.Button{State: state, Label: c.Group})
		}
	}
	v.Buttons = append(v.Buttons, bot.Button{State: statePrefix + "start/everything", Label: "everything"})
	v.Footer = []bot.Line{bot.L("/trivia categories lists them all.")}
	return v
}

// packsView lists the packs, and for moderators what is wrong with those that were left out.
func packsView(ps []Pack, faults []string) bot.View {
	v := bot.View{Private: true, Title: bot.L(bot.B("Packs"))}
	if len(ps) == 0 {
		v.Title, v.Lead = nil, bot.L("No packs are loaded; questions come from the facts.")
	}
	t := &bot.Table{}
	for _, p := range ps {
		t.Rows = append(t.Rows, []bot.Line{bot.L(bot.B(p.Slug)), bot.L(bot.Clip(p.Name, 80)), bot.L(count(len(p.Questions),
			"question")), bot.L(bot.Clip(p.Source, 80))})
	}
	if len(t.Rows) > 0 {
		v.Blocks = append(v.Blocks, t)
	}
	l := &bot.List{Title: bot.L("Left out until it is mended:")}
	for i, f := range faults {
		if i == boardRows {
			l.More = bot.L("and " + strconv.Itoa(len(faults)-i) + " more")
			break
		}
		l.Items = append(l.Items, bot.Item{Line: bot.L(bot.Clip(f, 300))})
	}
	if len(l.Items) > 0 {
		v.Blocks = append(v.Blocks, l)
	}
	return v
}
