package play

import (
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/trivia"
)

// Commands implements bot.Feature.
func (g *Game) Commands() []bot.CommandInfo {
	return []bot.CommandInfo{
		{Name: "trivia", Args: "[category]", Subs: triviaSubs(),
			Help: "A round of questions, as hard and as long as you say; /trivia help tells what else there is."},
		{Name: "answer", Args: "answer", Help: "Your answer to the question that is open.",
			Options: []bot.Option{{Name: "text", Help: "Only you see what you say", Required: true, Max: bot.MaxKeptText}}},
		{Name: "leaderboard", Args: "[period]", Help: "Who has the most points: today, this week, this month, of all time.",
			Shown: true, Options: []bot.Option{{Name: "period", Help: "Of all time when left out", Choices: periods()},
				{Name: "category", Help: "Points of one category", Suggests: true}}},
		{Name: "settings", Args: "[setting value]", Help: "Defaults of the rounds here, for moderators to change.",
			Moderators: true, Options: settingOptions()},
		{Name: "privacy", Help: "What is kept about you, and how to have it deleted.", Everywhere: true},
	}
}

func triviaSubs() []bot.CommandInfo {
	which := []bot.Option{{Name: "question", Help: "Its number; the last one when left out", Number: true, Min: 1,
		Max: trivia.MaxQuestions}}
	return []bot.CommandInfo{
		{Name: "start", Help: "Begin a round: 10 questions unless you say otherwise.", Options: roundOptions()},
		{Name: "stop", Help: "End the round that is on."},
		{Name: "skip", Help: "Skip the question; players vote on it."},
		{Name: "pause", Help: "Pause the round."},
		{Name: "resume", Help: "Go on with a paused round."},
		{Name: "hint", Help: "Some letters of the answer."},
		{Name: "why", Help: "What an answer stands on, and how yours was judged.", Options: which},
		{Name: "appeal", Help: "Contest how your answer was judged.", Options: which},
		{Name: "categories", Help: "What there are questions about."},
		{Name: "packs", Help: "Question packs that are loaded."},
		{Name: "stats", Help: "Your points, or somebody else's.", Options: []bot.Option{{Name: "player", Help: "You when left out",
			User: true}}},
		{Name: "hide", Help: "Stay off other people's view of the leaderboard."},
		{Name: "unhide", Help: "Be on the leaderboard again."},
		{Name: "help", Help: "All that /trivia can do."},
	}
}

// roundOptions are the fields of a round's form; reader takes the words that come of them.
func roundOptions() []bot.Option {
	return []bot.Option{
		{Name: "category", Help: "A category, a group of them or a pack; everything when left out", Suggests: true},
		{Name: "difficulty", Help: "Mixed when left out", Choices: []string{"easy", "medium", "hard"}},
		{Name: "mode", Help: "Classic when left out", Choices: modes()},
		{Name: "questions", Help: "How many; how many right answers win, in first-to", Number: true, Min: 1,
			Max: trivia.MaxQuestions},
		{Name: "seconds", Help: "For each question", Number: true, Min: int(trivia.MinTime / time.Second),
			Max: int(trivia.MaxTime / time.Second), Form: "%s"},
		{Name: "answers", Help: "Pressed or typed", Choices: []string{"buttons", "typed"}},
		{Name: "relaxed", Help: "Twice the time", Choices: []string{"relaxed"}},
	}
}

func modes() []string {
	var s []string
	for _, m := range []trivia.Mode{trivia.Quick, trivia.Classic, trivia.Race, trivia.FirstTo, trivia.Endless,
		trivia.Everybody, trivia.Hardcore} {
		s = append(s, string(m))
	}
	return s
}

func periods() []string { return []string{"today", "week", "month", "season", "year", "all"} }

func settingOptions() []bot.Option {
	var keys []string
	for _, s := range allSettings() {
		keys = append(keys, s.key)
	}
	return []bot.Option{
		{Name: "setting", Help: "Which one; all are shown when left out", Choices: keys},
		{Name: "value", Help: "What it becomes, or default"},
		{Name: "where", Help: "For this channel alone, instead of the whole server", Choices: []string{"here"}},
	}
}

// subcommand is what a command stands for behind "/trivia", and whether it is one of the game's.
func subcommand(c bot.Command) (args string, own bool) {
	switch c.Name {
	case "trivia":
		return c.Args, true
	case "answer", "leaderboard", "settings", "privacy":
		return c.Name + " " + c.Args, true
	}
	return "", false
}

// Suggest implements bot.Suggester: categories, their groups and packs. A leaderboard has no groups.
func (g *Game) Suggest(command, option, prefix string, n int) []bot.Suggestion {
	if option != "category" || command != "trivia start" && command != "leaderboard" {
		return nil
	}
	begins, holds := []bot.Suggestion{}, []bot.Suggestion{}
	offer := func(label, value string) {
		s := bot.Suggestion{Label: bot.Clip(bot.Clean(label), 100), Value: value}
		switch at := strings.Index(folded(label), folded(prefix)); {
		case at == 0:
			begins = append(begins, s)
		case at > 0:
			holds = append(holds, s)
		}
	}
	seen := map[string]bool{}
	for _, c := range g.o.Questions().Categories() {
		if command == "trivia start" && !seen[c.Group] {
			seen[c.Group] = true
			offer(c.Group, c.Group)
		}
	}
	for _, c := range g.o.Questions().Categories() {
		if folded(c.Name) != folded(c.Group) || command == "leaderboard" {
			offer(c.Name, c.Key)
		}
	}
	for _, p := range g.o.Packs {
		offer(p.Name, p.Slug)
	}
	begins = append(begins, holds...)
	return begins[:min(n, len(begins))]
}

// again marks a view that a command gives whenever it is asked for.
func again(v bot.View, args string) bot.View {
	v.Again = bot.CommandState("trivia", args)
	return v
}
