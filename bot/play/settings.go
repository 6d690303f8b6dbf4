package play

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/trivia"
)

// values are the settings of a community, by key.
type values map[string]string

// setting is something a moderator can choose.
type setting struct {
	key, help string
	usual     string // what holds while nobody has chosen
	check     func(string) error
	apply     func(*trivia.Rules, int)
}

func between(least, most int) func(string) error {
	return func(s string) error {
		if n, err := strconv.Atoi(s); err != nil || n < least || n > most {
			return fmt.Errorf("a number from %d to %d", least, most)
		}
		return nil
	}
}

// settings are those there are, in the order they are listed.
func allSettings() []setting {
	return []setting{
		{"mode", "the mode of a round when none is named", "classic", checkMode, nil},
		{"questions", "questions of a round", "10", between(1, trivia.MaxQuestions), func(r *trivia.Rules, n int) {
			if r.Mode == trivia.Classic || r.Mode == trivia.Race || r.Mode == trivia.Everybody || r.Mode == trivia.Hardcore {
				r.Questions = n
			}
		}},
		{"seconds", "seconds for a question", "30", between(int(trivia.MinTime/time.Second), int(trivia.MaxTime/time.Second)),
			func(r *trivia.Rules, n int) { r.Time = time.Duration(n) * time.Second }},
		{"pause", "seconds between questions", "5", between(0, 60), func(r *trivia.Rules,
			n int) {
			r.Pause = time.Duration(n) * time.Second
		}},
		{"typed", "whether answers are typed, not pressed", "no", yesOrNo, func(r *trivia.Rules, n int) { r.Typed = n == 1 }},
		{"hints", "whether typed answers have hints", "yes", yesOrNo, func(r *trivia.Rules,
			n int) {
			r.Hints = r.Hints && n == 1
		}},
		{"penalty", "points that a wrong answer costs", "0", between(0, trivia.Hard.Points()), func(r *trivia.Rules,
			n int) {
			r.Penalty = n
		}},
		{"speed_bonus", "percent more for speed", "0", between(0, trivia.MaxSpeedBonus), func(r *trivia.Rules,
			n int) {
			r.SpeedBonus = n
		}},
		{"idle_stop", "unanswered questions that end a round", "3", between(1, trivia.MaxQuestions), func(r *trivia.Rules,
			n int) {
			r.IdleStop = n
		}},
		{leagueKey, "a leaderboard shared with other communities: new, or a code of theirs", "none", checkLeague, nil},
		{"timezone", "where days and weeks begin, as in Europe/Berlin", "UTC", checkZone, nil},
	}
}

func yesOrNo(s string) error {
	if s != "yes" && s != "no" {
		return fmt.Errorf("yes or no")
	}
	return nil
}

// number is a value as rules take it.
func (v values) number(key string) (int, bool) {
	switch v[key] {
	case "yes":
		return 1, true
	case "no":
		return 0, true
	}
	n, err := strconv.Atoi(v[key])
	return n, err == nil
}

func checkMode(s string) error {
	if !(&reader{}).readMode(s) || s == "relaxed" {
		return fmt.Errorf("quick, classic, race, first-to, endless, everybody or hardcore")
	}
	return nil
}

func checkZone(s string) error {
	if _, err := time.LoadLocation(s); err != nil || s == "" || s == "Local" {
		return fmt.Errorf("a time zone such as Europe/Berlin or America/New_York")
	}
	return nil
}

// settingsOf are the settings for a channel: its own before those of the community.
func (g *Game) settingsOf(ctx context.Context, in bot.Inbound) (values, error) {
	guild, channel, err := g.o.Store.Settings(ctx, in.Guild, in.To.Channel)
	if err != nil {
		return nil, err
	}
	v := values{}
	for _, from := range []map[string]string{guild, channel} {
		for key, kept := range from {
			var s string
			if json.Unmarshal([]byte(kept), &s) == nil && (s != "" || v[key] == "") {
				v[key] = s
			}
		}
	}
	return v, nil
}

func (v values) text(key string) string { return v[key] }

// zone is the community's time zone.
func (v values) zone() *time.Location {
	if zone, err := time.LoadLocation(v["timezone"]); err == nil {
		return zone
	}
	return time.UTC
}

// apply puts the settings into rules.
func (v values) apply(r *trivia.Rules) {
	for _, s := range allSettings() {
		if n, ok := v.number(s.key); ok && s.apply != nil && s.check(v[s.key]) == nil {
			s.apply(r, n)
		}
	}
}

// settings shows the settings, or changes one for the community, or for one channel of it: "settings seconds 20",
// "settings seconds 60 here", "settings seconds default".
func (g *Game) settings(ctx context.Context, in bot.Inbound, args string) (bot.View, error) {
	v, err := g.settingsOf(ctx, in)
	if err != nil {
		return bot.View{}, err
	}
	words := strings.Fields(bot.Clip(strings.ReplaceAll(args, "=", " "), 100))
	if v[leagueKey] != "" && !in.Moderator {
		v[leagueKey] = "a code that moderators see"
	}
	if len(words) == 0 {
		return settingsView(v), nil
	}
	key := strings.ToLower(words[0])
	i := slices.IndexFunc(allSettings(), func(s setting) bool { return s.key == key })
	switch {
	case i < 0:
		return unknownSettingView(key), nil
	case len(words) == 1:
		return oneSettingView(allSettings()[i], v), nil
	case !in.Moderator:
		return moderatorsView(), nil
	case len(words) > 3 || len(words) == 3 && !strings.EqualFold(words[2], "here"):
		return oneValueView(key), nil
	}
	s, value := allSettings()[i], words[1]
	if s.key != "timezone" && s.key != leagueKey {
		value = strings.ToLower(value)
	}
	if value == "default" {
		value = ""
	} else if err := s.check(value); err != nil {
		return badSettingView(s.key, value, err), nil
	} else if s.key == leagueKey {
		var problem bot.View
		if value, problem, err = g.joins(ctx, value); err != nil || !problem.Empty() {
			return problem, err
		}
	}
	kept, err := json.Marshal(value)
	if err != nil {
		return bot.View{}, err
	}
	st := bot.Setting{Guild: in.Guild, Key: key, Value: string(kept)}
	if len(words) == 3 && s.key != leagueKey { // a league is of whole communities
		st.Channel = in.To.Channel.ID
	}
	if err := g.o.Store.Set(ctx, st); err != nil {
		return bot.View{}, err
	}
	if v, err = g.settingsOf(ctx, in); err != nil {
		return bot.View{}, err
	}
	return oneSettingView(s, v), nil
}
