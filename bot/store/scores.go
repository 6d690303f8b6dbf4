package store

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

const insertScore = `INSERT INTO scores (key, platform, guild, channel, round, question, question_id, player, name,
	category, points, correct, reason, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
	ON CONFLICT DO NOTHING`

// score adds an entry to the ledger.
func score(sc bot.Score) statement {
	return do(insertScore, sc.Key, sc.Guild.Platform, sc.Guild.ID, sc.Channel.ID, sc.Round, sc.Question, sc.QuestionID,
		sc.Player, clip(sc.Name), sc.Category, sc.Points, sc.Right, sc.Reason, sc.At)
}

// AddScores adds entries to the ledger, all or none. A key that is there already is left as it is.
func (s *Store) AddScores(ctx context.Context, scores ...bot.Score) error {
	all := make([]statement, len(scores))
	for i, sc := range scores {
		all[i] = score(sc)
	}
	_, err := s.write(ctx, "adding to the ledger", all...)
	return err
}

// ResetBoard begins a guild's board anew: entries up to at count no more, for boards and for stats. They stay in the
// ledger, for the export, until they are deleted.
func (s *Store) ResetBoard(ctx context.Context, g bot.Guild, at time.Time) error {
	return s.AddScores(ctx, bot.Score{Key: fmt.Sprintf("reset/%s/%s/%d", g.Platform, g.ID, micros(at)), Guild: g,
		Reason: bot.ReasonReset, At: at})
}

// counted are a guild's entries, $1 and $2, since its last reset.
const counted = ` platform = $1 AND guild = $2 AND at > COALESCE((SELECT MAX(at) FROM scores
	WHERE platform = $1 AND guild = $2 AND reason = 'reset'), -1) `

// lastName is the newest name of a player in a guild.
const lastName = `(SELECT name FROM scores AS n WHERE n.platform = $1 AND n.guild = $2 AND n.player = p.player
	ORDER BY n.at DESC LIMIT 1)`

// board counts who looks, $6, as if they were not hidden. Pages are cut by position, which is unique; places are not.
const board = `WITH sums AS (
		SELECT player, CAST(SUM(points) AS BIGINT) AS points, CAST(SUM(correct) AS BIGINT) AS correct
		FROM scores WHERE` + counted + `AND at >= $3 AND at < $4 AND ($5 = '' OR category = $5) GROUP BY player
	), placed AS (
		SELECT player, points, correct, RANK() OVER (ORDER BY points DESC) AS place,
			ROW_NUMBER() OVER (ORDER BY points DESC, correct DESC, player) AS position, COUNT(*) OVER () AS players
		FROM sums WHERE player = $6 OR NOT EXISTS (SELECT 1 FROM players AS h
			WHERE h.platform = $1 AND h.player = sums.player AND h.hidden = 1)
	)
	SELECT place, position, players, player, ` + lastName + `, points, correct FROM placed AS p
	WHERE (position > $7 AND position <= $8) OR player = $6 ORDER BY position`

// Board is a page of a guild's leaderboard, and the own row of who looks.
func (s *Store) Board(ctx context.Context, q bot.BoardQuery) (bot.Board, error) {
	if q.Limit <= 0 {
		q.Limit = 10
	}
	to := int64(math.MaxInt64)
	if !q.To.IsZero() {
		to = micros(q.To)
	}
	var b bot.Board
	type placed struct {
		bot.Standing
		position int
	}
	rows, err := list(ctx, s, "loading the board of "+q.Guild.ID, func(row scanner) (p placed, err error) {
		err = row.Scan(&p.Place, &p.position, &b.Players, &p.Player, &p.Name, &p.Points, &p.Right)
		return p, err
	}, board, q.Guild.Platform, q.Guild.ID, q.From, to, q.Category, q.For, q.Offset, q.Offset+q.Limit)
	if err != nil {
		return b, err
	}
	for _, p := range rows {
		if p.Player == q.For {
			b.Own = &p.Standing
		}
		if p.position > q.Offset && p.position <= q.Offset+q.Limit {
			b.Rows = append(b.Rows, p.Standing)
		}
	}
	return b, nil
}

const (
	statsTotal = `SELECT COUNT(*), CAST(COALESCE(SUM(points), 0) AS BIGINT), CAST(COALESCE(SUM(correct), 0) AS BIGINT),
			CAST(COALESCE(MAX(points), 0) AS BIGINT),
			COALESCE((SELECT name FROM scores WHERE platform = $1 AND guild = $2 AND player = $3 ORDER BY at DESC LIMIT 1), '')
		FROM (SELECT SUM(points) AS points, SUM(correct) AS correct
			FROM scores WHERE` + counted + `AND player = $3 GROUP BY round) AS rounds`
	statsCategories = `SELECT category, CAST(SUM(points) AS BIGINT), CAST(SUM(correct) AS BIGINT) FROM scores
		WHERE` + counted + `AND player = $3 GROUP BY category ORDER BY SUM(points) DESC, category`
)

// Stats are a player's sums in a guild since its last reset; all zero for who has not played.
func (s *Store) Stats(ctx context.Context, g bot.Guild, player bot.UserID) (bot.PlayerStats, error) {
	doing := "loading the stats of a player of " + g.ID
	st, err := one(ctx, s, s.reader(), doing, func(row scanner) (st bot.PlayerStats, err error) {
		err = row.Scan(&st.Rounds, &st.Points, &st.Right, &st.Best, &st.Name)
		return st, err
	}, statsTotal, g.Platform, g.ID, player)
	if err != nil {
		return st, err
	}
	st.ByCategory, err = list(ctx, s, doing, func(row scanner) (c bot.CategoryStats, err error) {
		err = row.Scan(&c.Category, &c.Points, &c.Right)
		return c, err
	}, statsCategories, g.Platform, g.ID, player)
	return st, err
}

// SetHidden hides a player from everybody else's view of boards, or shows them again.
func (s *Store) SetHidden(ctx context.Context, platform string, player bot.UserID, hidden bool) error {
	_, err := s.write(ctx, "hiding a player", do(`INSERT INTO players (platform, player, hidden) VALUES ($1, $2, $3)
		ON CONFLICT (platform, player) DO UPDATE SET hidden = excluded.hidden`, platform, player, hidden))
	return err
}

// Player is what is kept of a player beside the ledger; the zero value for who is not known. The name is the guild's.
func (s *Store) Player(ctx context.Context, g bot.Guild, player bot.UserID) (bot.PlayerInfo, error) {
	return one(ctx, s, s.reader(), "loading a player", func(row scanner) (p bot.PlayerInfo, err error) {
		var hidden int64
		err = row.Scan(&p.Name, &hidden)
		p.Hidden = hidden == 1
		return p, err
	}, `SELECT COALESCE((SELECT name FROM scores WHERE platform = $1 AND guild = $2 AND player = $3
			ORDER BY at DESC LIMIT 1), ''),
		COALESCE((SELECT hidden FROM players WHERE platform = $1 AND player = $3), 0)`, g.Platform, g.ID, player)
}
