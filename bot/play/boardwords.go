package play

import (
	"slices"
	"strconv"
	"strings"

	"github.com/whowon-bot/whowon/bot"
)

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
		return []bot.Line{bot.L(strconv.Itoa(s.Place) + "."), who, bot.L(points(s.Points)), bot.L(strconv.Itoa(s.Right) +
			" right")}
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
		Lead: bot.L(bot.B(points(s.Points)), ", "+strconv.Itoa(s.Right)+" right in "+count(s.Rounds, "round")+
			"; best round: "+points(s.Best)+".")}
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
	v := private(bot.B("Begin the leaderboard anew?"),
		" All points of this community end here; what was scored stays in the record.")
	v.Buttons = []bot.Button{{State: statePrefix + "reset/" + strconv.FormatInt(asked, 10), Label: "Reset",
		Style: bot.StyleDanger}}
	return v
}

func resetDoneView() bot.View { return bot.View{Lead: bot.L("The leaderboard begins anew.")} }

func settingsView(v values) bot.View {
	t := &bot.Table{}
	for _, s := range allSettings() {
		t.Rows = append(t.Rows, []bot.Line{bot.L(bot.B(s.key)), bot.L(v.shown(s)), bot.L(s.help)})
	}
	return bot.View{Private: true, Title: bot.L(bot.B("Settings")), Blocks: []bot.Block{t},
		Footer: []bot.Line{bot.L("Moderators change one: /settings seconds 20; with here behind it, " +
			"for this channel alone. /settings seconds default takes it back.")}}
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
	return private("Give ", bot.B(key), " one value, and here behind it for this channel alone: /settings "+key+
		" VALUE here.")
}

func badSettingView(key, value string, err error) bot.View {
	return private("“", bot.B(bot.Clip(value, 40)), "” is no value for "+key+": it takes "+err.Error()+".")
}
