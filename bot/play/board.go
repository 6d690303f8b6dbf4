package play

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot"
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
		var problem bot.Line
		if q.Category, problem = g.boardCategory(words); len(problem) > 0 {
			return bot.View{Private: true, Lead: problem}, nil
		}
		title += " · " + g.categoryName(q.Category)
	}
	board, guilds, err := g.leagueBoard(ctx, settings[leagueKey], q)
	if err != nil {
		return bot.View{}, err
	}
	if guilds > 1 {
		title += ofLeague(guilds)
	}
	me, err := g.o.Store.Player(ctx, in.Guild, in.From.ID)
	return boardView(board, title, in.From.ID, me.Hidden), err
}

// boardCategory is the category that words name, as it stands in the ledger.
func (g *Game) boardCategory(words string) (category string, problem bot.Line) {
	want := folded(words)
	cs := g.o.Questions().Categories()
	for _, c := range cs {
		if want == folded(c.Key) || want == folded(c.Name) {
			return c.Key, nil
		}
	}
	for _, p := range g.o.Packs {
		for _, q := range p.Questions {
			if want == folded(q.Category) || want == folded(p.Slug) || want == folded(p.Name) {
				return q.Category, nil
			}
		}
	}
	for _, c := range cs {
		if want == folded(c.Group) {
			return "", bot.L("“", bot.B(c.Group), "” is a group of categories, and a board is of one, such as "+c.Name+".")
		}
	}
	return "", unknownBoardLine(words)
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
	case "all", "all-time", "ever":
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
	own := who == in.From.ID
	s, err := g.o.Store.Stats(ctx, in.Guild, who)
	if err != nil {
		return bot.View{}, err
	}
	info, err := g.o.Store.Player(ctx, in.Guild, who)
	if err != nil {
		return bot.View{}, err
	}
	if s.Rounds == 0 || info.Hidden && !own {
		return noStatsView(own), nil
	}
	for i := range s.ByCategory {
		s.ByCategory[i].Category = g.categoryName(s.ByCategory[i].Category)
	}
	return statsView(s, info.Hidden), nil
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
		return oldButtonView(), nil //nolint:nilerr // a forged button
	}
	if err := g.o.Store.ResetBoard(ctx, in.Guild, now); err != nil {
		return bot.View{}, err
	}
	return resetDoneView(), nil
}
