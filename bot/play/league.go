package play

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/whowon-bot/whowon/bot"
)

// A league is several communities, of any platforms, that share a leaderboard. Each keeps its own ledger, so that a
// player or a community that is deleted is gone from the league's board too; what they share is a code among their
// settings. Who knows the code can join and see the board, so it is made by the bot, and shown to moderators alone.

const (
	leagueKey = "league"
	leagueNew = "new" // asks for a code
	// maxLeague is how many communities a board is put together from, and maxLeagueRows how many players of each.
	maxLeague     = 50
	maxLeagueRows = 10_000
)

// newLeague is a code that nobody guesses: 80 bits.
func newLeague() string { return rand.Text()[:16] }

// checkLeague takes what may be a code. Whether it is one is looked up later.
func checkLeague(s string) error {
	if s != leagueNew && len(s) != 16 {
		return fmt.Errorf("new, for a code to give to another community, or the code that one gave you")
	}
	return nil
}

// league are the communities with a code.
func (g *Game) league(ctx context.Context, code string) ([]bot.Guild, error) {
	all, err := g.o.Store.SettingsOf(ctx, leagueKey)
	var guilds []bot.Guild
	for _, s := range all {
		var kept string
		if s.Channel == "" && json.Unmarshal([]byte(s.Value), &kept) == nil && kept == code {
			guilds = append(guilds, s.Guild)
		}
	}
	return guilds[:min(len(guilds), maxLeague)], err
}

// joins is the code that a moderator's value for the setting comes to, or what is wrong with it.
func (g *Game) joins(ctx context.Context, value string) (code string, problem bot.View, err error) {
	if value == leagueNew {
		return newLeague(), bot.View{}, nil
	}
	guilds, err := g.league(ctx, value)
	if err == nil && len(guilds) == 0 {
		problem = private("There is no league with that code. A moderator of a community in it finds the code under " +
			"/settings league.")
	}
	return value, problem, err
}

// leagueBoard is the board of a community, or of the league that it is in, and how many communities that are.
func (g *Game) leagueBoard(ctx context.Context, code string, q bot.BoardQuery) (bot.Board, int, error) {
	if code == "" {
		b, err := g.o.Store.Board(ctx, q)
		return b, 1, err
	}
	guilds, err := g.league(ctx, code)
	if err != nil {
		return bot.Board{}, 0, err
	}
	if !slices.Contains(guilds, q.Guild) { // the code was taken back while we looked
		guilds = append(guilds, q.Guild)
	}
	sums := map[member]*bot.Standing{}
	for _, guild := range guilds {
		one := bot.BoardQuery{Guild: guild, From: q.From, To: q.To, Category: q.Category, Limit: maxLeagueRows}
		if guild.Platform == q.Guild.Platform {
			one.For = q.For
		}
		b, err := g.o.Store.Board(ctx, one)
		if err != nil {
			return bot.Board{}, 0, err
		}
		for _, s := range b.Rows {
			who := member{guild.Platform, s.Player}
			if sums[who] == nil {
				sums[who] = &bot.Standing{Player: s.Player, Name: s.Name}
			}
			sums[who].Points += s.Points
			sums[who].Right += s.Right
		}
	}
	return standings(sums, member{q.Guild.Platform, q.For}, q.Limit), len(guilds), nil
}

// member is a player of a league. The same person on two platforms is two.
type member struct {
	platform string
	player   bot.UserID
}

// standings put players in order: equal points share a place.
func standings(sums map[member]*bot.Standing, me member, limit int) bot.Board {
	b := bot.Board{Players: len(sums), Own: sums[me]}
	for _, s := range sums {
		b.Rows = append(b.Rows, *s)
	}
	slices.SortFunc(b.Rows, func(x, y bot.Standing) int {
		if x.Points != y.Points {
			return y.Points - x.Points
		}
		if x.Name != y.Name {
			return strings.Compare(x.Name, y.Name)
		}
		return strings.Compare(string(x.Player), string(y.Player))
	})
	for i := range b.Rows {
		b.Rows[i].Place = i + 1
		if i > 0 && b.Rows[i].Points == b.Rows[i-1].Points {
			b.Rows[i].Place = b.Rows[i-1].Place
		}
		if b.Own != nil && b.Rows[i].Player == me.player {
			b.Own.Place = b.Rows[i].Place
		}
	}
	b.Rows = b.Rows[:min(len(b.Rows), limit)]
	return b
}

// ofLeague says of which communities a board is.
func ofLeague(n int) string { return " · league of " + strconv.Itoa(n) + " communities" }
