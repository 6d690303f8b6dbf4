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
	v := bot.View{Lead: bot.L("“", bot.B(a.Text), "” does not count for “", bot.B(a.Answer), "”, says ", bot.B(shownName(by)), ".")}
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

func unknownWordLine(word string) bot.Line {
	return bot.L("“", bot.B(bot.Clip(word, 40)), "” is no category, pack, mode, difficulty or number. /trivia categories lists what there is; "+
		"an example: /trivia oscars hard race 5 20s")
}

func emptyAnswerView() bot.View { return private("Say your answer behind it: /trivia answer anora.") }

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
		{"/trivia answer", "your answer, where messages are not read"},
		{"/trivia why, appeal", "what an answer stands on; contest how yours was judged"},
		{"/trivia categories, packs", "what there is"},
		{"/trivia stats, hide, unhide", "your points; stay off other people's boards"},
		{"/trivia settings", "defaults of this community"},
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
		t.Rows = append(t.Rows, []bot.Line{bot.L(bot.B(p.Slug)), bot.L(bot.Clip(p.Name, 80)), bot.L(count(len(p.Questions), "question")), bot.L(bot.Clip(p.Source, 80))})
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

// boardView is a leaderboard: the first rows, and one's own where it is not among them.
// It names "you" only where nobody else reads it.
func boardView(b bot.Board, title string, me bot.UserID, hidden bool) bot.View {
	v := bot.View{Private: hidden, Title: bot.L(bot.B("Leaderboard"), " "+title)}
	if len(b.Rows) == 0 {
		v.Lead = bot.L("Nobody has points yet. /trivia begins a round.")
		return v
	}
	t := &bot.Table{}
	row := func(s bot.Standing) []bot.Line {
		who := bot.L(bot.B(shownName(s.Name)))
		if hidden && s.Player == me {
			who = append(who, bot.T(" (you)"))
		}
		return []bot.Line{bot.L(strconv.Itoa(s.Place) + "."), who, bot.L(points(s.Points)), bot.L(strconv.Itoa(s.Right) + " right")}
	}
	mine := false
	for _, s := range b.Rows {
		mine = mine || s.Player == me
		t.Rows = append(t.Rows, row(s))
	}
	if b.Own != nil && !mine {
		t.Rows = append(t.Rows, row(*b.Own))
	}
	v.Blocks = []bot.Block{t}
	v.Footer = []bot.Line{bot.L(count(b.Players, "player") + ".")}
	if hidden {
		v.Footer = append(v.Footer, bot.L("Nobody else sees you on it; /trivia unhide brings you back."))
	}
	return v
}

func noStatsView(own bool) bot.View {
	if own {
		return private("You have not scored yet. /trivia begins a round.")
	}
	return private("That player has not scored here.")
}

func statsView(s bot.PlayerStats, hidden bool) bot.View {
	v := bot.View{Private: hidden, Title: bot.L(bot.B(shownName(s.Name))),
		Lead: bot.L(bot.B(points(s.Points)), ", "+strconv.Itoa(s.Right)+" right in "+count(s.Rounds, "round")+"; best round: "+points(s.Best)+".")}
	t := &bot.Table{}
	for i, c := range s.ByCategory {
		if i == boardRows {
			break
		}
		t.Rows = append(t.Rows, []bot.Line{bot.L(c.Category), bot.L(points(c.Points)), bot.L(strconv.Itoa(c.Right) + " right")})
	}
	if len(t.Rows) > 0 {
		v.Blocks = []bot.Block{t}
	}
	return v
}

func hiddenView(hidden bool) bot.View {
	if hidden {
		return private("You are left out of other people's boards now. /trivia unhide brings you back.")
	}
	return private("You are on the boards again.")
}

func resetView(asked int64) bot.View {
	v := private(bot.B("Begin the leaderboard anew?"), " All points of this community end here; what was scored stays in the record.")
	v.Buttons = []bot.Button{{State: statePrefix + "reset/" + strconv.FormatInt(asked, 10), Label: "Reset", Style: bot.StyleDanger}}
	return v
}

func resetDoneView() bot.View { return bot.View{Lead: bot.L("The leaderboard begins anew.")} }

func settingsView(v values) bot.View {
	t := &bot.Table{}
	for _, s := range allSettings() {
		t.Rows = append(t.Rows, []bot.Line{bot.L(bot.B(s.key)), bot.L(v.shown(s)), bot.L(s.help)})
	}
	return bot.View{Private: true, Title: bot.L(bot.B("Settings")), Blocks: []bot.Block{t},
		Footer: []bot.Line{bot.L("Moderators change one: /trivia settings seconds 20, and with here behind it for this channel alone; default takes it back.")}}
}

// shown is the value that holds.
func (v values) shown(s setting) string {
	if value := v[s.key]; value != "" && value != s.usual {
		return bot.Clip(value, 60)
	}
	return s.usual + " (default)"
}

func oneSettingView(s setting, v values) bot.View {
	return private(bot.B(s.key), " is "+v.shown(s)+": "+s.help+".")
}

func unknownSettingView(key string) bot.View {
	var keys []string
	for _, s := range allSettings() {
		keys = append(keys, s.key)
	}
	slices.Sort(keys)
	return private("There is no setting “", bot.B(bot.Clip(key, 40)), "”. There are "+strings.Join(keys, ", ")+".")
}

func oneValueView(key string) bot.View {
	return private("Give ", bot.B(key), " one value, and here behind it for this channel alone: /trivia settings "+key+" VALUE here.")
}

func badSettingView(key, value string, err error) bot.View {
	return private("“", bot.B(bot.Clip(value, 40)), "” is no value for "+key+": it takes "+err.Error()+".")
}
