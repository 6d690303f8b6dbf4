package store

import (
	"context"
	"errors"

	"github.com/whowon-bot/whowon/bot"
)

const (
	pickColumns = `daily, platform, guild, player, name, choice, correct, streak, at`
	selectPick  = `SELECT ` + pickColumns + ` FROM picks `

	answerDaily = `INSERT INTO picks (` + pickColumns + `)
		SELECT id, platform, guild, $2, $3, $4, $5, $6, $7 FROM dailies WHERE id = $1 AND open = 1`
	changePick = ` ON CONFLICT (daily, player) DO UPDATE SET name = excluded.name, choice = excluded.choice,
		correct = excluded.correct, streak = excluded.streak, at = excluded.at`
)

func scanPick(row scanner) (bot.Pick, error) {
	var p bot.Pick
	var correct, at int64
	err := row.Scan(&p.Daily, &p.Guild.Platform, &p.Guild.ID, &p.Player, &p.Name, &p.Option, &correct, &p.Streak, &at)
	p.Correct, p.At = correct == 1, when(at)
	return p, err
}

// Answer keeps a player's answer to a daily question in place of the one before. Where no answers are taken any more it is
// bot.ErrConflict, and where there is no such question bot.ErrNotFound. The guild is the question's, whatever p says.
func (s *Store) Answer(ctx context.Context, p bot.Pick) error {
	// Who closes the question waits for answers that are being written, and they do not wait for each other.
	_, err := s.write(ctx, "keeping an answer to daily question "+p.Daily, must(answerDaily+s.shared()+changePick,
		p.Daily, p.Player, clip(p.Name), p.Option, p.Correct, p.Streak, p.At))
	if errors.Is(err, bot.ErrConflict) {
		if _, gone := s.Daily(ctx, p.Daily); gone != nil {
			return gone
		}
	}
	return err
}

// PickOf is a player's answer to a daily question, or bot.ErrNotFound.
func (s *Store) PickOf(ctx context.Context, daily string, player bot.UserID) (bot.Pick, error) {
	return one(ctx, s, s.reader(), "loading an answer to daily question "+daily, scanPick,
		selectPick+`WHERE daily = $1 AND player = $2`, daily, player)
}

// Picks are the answers to a daily question, by the time they were given or last changed.
func (s *Store) Picks(ctx context.Context, daily string) ([]bot.Pick, error) {
	return list(ctx, s, "loading the answers to daily question "+daily, scanPick,
		selectPick+`WHERE daily = $1 ORDER BY at, player`, daily)
}
