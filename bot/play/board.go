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

// boardRows is how many rows a board shows, beside one's own.
const boardRows = 10

// board shows the community's leaderboard: "leaderboard [period] [category]", in either order.
func (g *Game) board(ctx context.Context, in bot.Inbound, args string) (bot.View, error) {
	settings, err := g.settingsOf(ctx, in)
	if err != nil {
		return bot.View{}, err
	}
	now := g.o.Now().In(settings.zone())
	q := bot.BoardQuery{Guild: in.Guild, Limit: boardRows, For: in.From.ID}
	title, rest := "of all time", []string(nil)
	words := strings.Fields(strings.ToLower(bot.Clip(args, 200)))
	if len(words) > 0 && words[0] == "reset" {
		return g.reset(ctx, in, "")
	}
	for _, w := range words {
		if from, name, ok := period(w, now); ok {
			q.From, title = from, name
			continue
		}
		rest = append(rest, w)
	}
	if words := strings.Join(rest, " "); words != "" {
		r := &reader{g: g}
		if !r.readCategory(words) || len(r.filter.Categories) == 0 {
			return bot.View{Private: true, Lead: unknownBoardLine(words)}, nil
		}
		q.Category = r.filter.Categories[0]
		title += " · " + g.categoryName(q.Category)
	}
	board, err := g.o.Store.Board(ctx, q)
	if err != nil {
		return bot.View{}, err
	}
	return boardView(board, title, in.From.ID), nil
}

// period is where a period begins, in the community's time zone.
func period(word string, now time.Time) (from time.Time, name string, ok bool) {
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, now.Location()) }
	switch word {
	case "today", "day":
		return day(now.Date()), "of today", true
	case "week", "weekly":
		back := (int(now.Weekday()) + 6) % 7 // from Monday on
		return day(now.Year(), now.Month(), now.Day()-back), "of this week", true
	case "month", "monthly":
		return day(now.Year(), now.Month(), 1), "of this month", true
	case "season":
		return day(now.Year(), (now.Month()-1)/3*3+1, 1), "of this season", true
	case "year", "yearly":
		return day(now.Year(), time.January, 1), "of this year", true
	case "all", "all-time", "alltime", "ever":
		return time.Time{}, "of all time", true
	}
	return time.Time{}, "", false
}

func (g *Game) categoryName(key string) string {
	for _, c := range g.o.Questions().Categories() {
		if c.Key == key {
			return c.Name
		}
	}
	for _, p := range g.o.Packs {
		if p.Slug == key {
			return p.Name
		}
	}
	return key
}

// stats shows a player's sums: one's own, or those of whoever is named by ID or mention.
func (g *Game) stats(ctx context.Context, in bot.Inbound, args string) (bot.View, error) {
	who := bot.UserID(strings.Trim(strings.TrimSpace(args), "<@!>"))
	if who == "" {
		who = in.From.ID
	}
	s, err := g.o.Store.Stats(ctx, in.Guild, who)
	if none, err := missing(err); none || err != nil {
		return noStatsView(who == in.From.ID), err
	}
	for i := range s.ByCategory {
		s.ByCategory[i].Category = g.categoryName(s.ByCategory[i].Category)
	}
	return statsView(s), nil
}

// hide leaves a player out of everybody else's view of boards, or not any more.
func (g *Game) hide(ctx context.Context, in bot.Inbound, hidden bool) (bot.View, error) {
	if err := g.o.Store.SetHidden(ctx, in.To.Channel.Platform, in.From.ID, hidden); err != nil {
		return bot.View{}, err
	}
	return hiddenView(hidden), nil
}

// reset begins the community's board anew, after a moderator has confirmed it. The state carries when it was asked, so that
// an old button does nothing.
func (g *Game) reset(ctx context.Context, in bot.Inbound, asked string) (bot.View, error) {
	if !in.Moderator {
		return moderatorsView(), nil
	}
	now := g.o.Now()
	if asked == "" {
		return resetView(now.Unix()), nil
	}
	at, err := strconv.ParseInt(asked, 10, 64)
	if err != nil || now.Sub(time.Unix(at, 0)) > 5*time.Minute {
		return oldButtonView(), nil
	}
	if err := g.o.Store.ResetBoard(ctx, in.Guild, now); err != nil {
		return bot.View{}, err
	}
	return resetDoneView(), nil
}

// values are the settings of a community, by key.
type values map[string]string

// setting is something a moderator can choose.
type setting struct {
	key, help string
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
		{"mode", "the mode of a round when none is named", checkMode, nil},
		{"questions", "questions of a round", between(1, trivia.MaxQuestions), func(r *trivia.Rules, n int) {
			if r.Mode == trivia.Classic || r.Mode == trivia.Race || r.Mode == trivia.Everybody || r.Mode == trivia.Hardcore {
				r.Questions = n
			}
		}},
		{"seconds", "seconds for a question", between(int(trivia.MinTime/time.Second), int(trivia.MaxTime/time.Second)),
			func(r *trivia.Rules, n int) { r.Time = time.Duration(n) * time.Second }},
		{"pause", "seconds between questions", between(0, 60), func(r *trivia.Rules, n int) { r.Pause = time.Duration(n) * time.Second }},
		{"typed", "1: answers are typed, 0: by buttons", between(0, 1), func(r *trivia.Rules, n int) { r.Typed = n == 1 }},
		{"hints", "1: with hints, 0: without", between(0, 1), func(r *trivia.Rules, n int) { r.Hints = r.Hints && n == 1 }},
		{"penalty", "points that a wrong answer costs", between(0, trivia.Hard.Points()), func(r *trivia.Rules, n int) { r.Penalty = n }},
		{"speed_bonus", "percent for speed", between(0, trivia.MaxSpeedBonus), func(r *trivia.Rules, n int) { r.SpeedBonus = n }},
		{"idle_stop", "unanswered questions that end a round", between(1, trivia.MaxQuestions), func(r *trivia.Rules, n int) { r.IdleStop = n }},
		{"timezone", "where weeks and months begin, as in Europe/Berlin", checkZone, nil},
	}
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
			if json.Unmarshal([]byte(kept), &s) == nil {
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
		if n, err := strconv.Atoi(v[s.key]); err == nil && s.apply != nil && s.check(v[s.key]) == nil {
			s.apply(r, n)
		}
	}
}

// settings shows the settings, or changes one for the community: "settings seconds 20", "settings seconds default".
func (g *Game) settings(ctx context.Context, in bot.Inbound, args string) (bot.View, error) {
	v, err := g.settingsOf(ctx, in)
	if err != nil {
		return bot.View{}, err
	}
	words := strings.Fields(bot.Clip(args, 100))
	if len(words) < 2 {
		return settingsView(v), nil
	}
	if !in.Moderator {
		return moderatorsView(), nil
	}
	key, value := strings.ToLower(words[0]), words[1]
	i := slices.IndexFunc(allSettings(), func(s setting) bool { return s.key == key })
	if i < 0 {
		return unknownSettingView(key), nil
	}
	s := allSettings()[i]
	if value == "default" {
		value = ""
	} else if err := s.check(value); err != nil {
		return badSettingView(s.key, value, err), nil
	}
	kept, err := json.Marshal(value)
	if err != nil {
		return bot.View{}, err
	}
	if err := g.o.Store.Set(ctx, bot.Setting{Guild: in.Guild, Key: key, Value: string(kept)}); err != nil {
		return bot.View{}, err
	}
	v[key] = value
	return settingsView(v), nil
}
