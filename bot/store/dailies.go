package store

import (
	"context"
	"errors"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

const (
	dailyColumns = `id, platform, guild, channel, subscription, day, number, question_id, open, closes, reveals, revealed,
		question`
	selectDaily = `SELECT ` + dailyColumns + ` FROM dailies `
	dueDailies  = selectDaily + `WHERE platform = $1 AND revealed = 0 AND closes > 0 AND closes <= $2
		ORDER BY closes, id LIMIT $3`

	insertDaily = `INSERT INTO dailies
		(id, platform, guild, channel, subscription, day, number, question_id, open, closes, reveals, revealed, at, question)
		SELECT $1, $2, $3, $4, $5, $6, COALESCE(MAX(number), 0) + 1, $7, 1, $8,
			COALESCE((SELECT id FROM dailies WHERE subscription = $5 AND revealed = 0 AND day < $6
				ORDER BY day DESC LIMIT 1), ''), 0, $9, $10
		FROM dailies WHERE subscription = $5
		ON CONFLICT (id) DO NOTHING`
	// Of those before: where it is opened a second time, another may have been opened since.
	closeOthers = `UPDATE dailies SET open = 0 WHERE subscription = $1 AND open = 1
		AND number < (SELECT number FROM dailies WHERE id = $2)`
	// Where it is opened a second time with another question, that one was not asked.
	askedDaily = `INSERT INTO asked (platform, guild, channel, question, at)
		SELECT platform, guild, channel, question_id, at FROM dailies WHERE id = $1 AND question_id = $2
		ON CONFLICT DO NOTHING`
)

func scanDaily(row scanner) (bot.Daily, error) {
	var d bot.Daily
	var open, closes, revealed int64
	err := row.Scan(&d.ID, &d.Guild.Platform, &d.Guild.ID, &d.Channel.ID, &d.Subscription, &d.Day, &d.Number, &d.QuestionID,
		&open, &closes, &d.Reveals, &revealed, &d.Question)
	d.Channel.Platform = d.Guild.Platform
	d.Open, d.Closes, d.Revealed = open == 1, when(closes), revealed == 1
	return d, err
}

// OpenDaily opens a question, closes the others of its subscription, and records it as asked in the channel, all at once.
// It returns what is stored, with Number and Reveals: the last question of an earlier day whose answer was not told. Of
// two with one ID the first stays, as it is by then.
func (s *Store) OpenDaily(ctx context.Context, d bot.Daily, at time.Time) (bot.Daily, error) {
	doing := "opening daily question " + d.ID
	all := []statement{
		do(insertDaily, d.ID, d.Guild.Platform, d.Guild.ID, d.Channel.ID, d.Subscription, d.Day, d.QuestionID, d.Closes, at,
			d.Question),
		do(closeOthers, d.Subscription, d.ID),
	}
	if d.QuestionID != "" {
		all = append(all, do(askedDaily, d.ID, d.QuestionID))
	}
	for try := 1; ; try++ {
		_, err := s.write(ctx, doing, all...)
		if err == nil {
			return s.Daily(ctx, d.ID)
		}
		// Another question of the subscription was given the same number.
		if !errors.Is(err, bot.ErrConflict) || try == numberTries || pause(ctx, min(try, 5)) != nil {
			return bot.Daily{}, err
		}
	}
}

// Daily is the daily question with an ID, or bot.ErrNotFound.
func (s *Store) Daily(ctx context.Context, id string) (bot.Daily, error) {
	return one(ctx, s, s.reader(), "loading daily question "+id, scanDaily, selectDaily+`WHERE id = $1`, id)
}

// Dailies are the last n daily questions of a subscription, the newest first.
func (s *Store) Dailies(ctx context.Context, subscription string, n int) ([]bot.Daily, error) {
	return list(ctx, s, "loading the daily questions of "+subscription, scanDaily,
		selectDaily+`WHERE subscription = $1 ORDER BY number DESC LIMIT $2`, subscription, n)
}

// CloseDaily ends the time for answers to a question: none is written after it has returned. Where there is no such
// question it is bot.ErrNotFound.
func (s *Store) CloseDaily(ctx context.Context, id string) error {
	return s.changeDaily(ctx, "closing daily question "+id, `UPDATE dailies SET open = 0 WHERE id = $1`, id)
}

// RevealDaily closes a question, and records that its answer was told. Where there is no such question it is
// bot.ErrNotFound.
func (s *Store) RevealDaily(ctx context.Context, id string) error {
	return s.changeDaily(ctx, "recording that the answer to daily question "+id+" was told",
		`UPDATE dailies SET open = 0, revealed = 1 WHERE id = $1`, id)
}

// DropDaily removes a question that was not shown, and what was answered to it. Where there is none nothing happens.
func (s *Store) DropDaily(ctx context.Context, id string) error {
	_, err := s.write(ctx, "dropping daily question "+id, do(`DELETE FROM picks WHERE daily = $1`, id),
		do(`DELETE FROM dailies WHERE id = $1`, id))
	return err
}

func (s *Store) changeDaily(ctx context.Context, doing, query, id string) error {
	n, err := s.write(ctx, doing, do(query, id))
	if err == nil && n[0] == 0 {
		err = s.failed(doing, bot.ErrNotFound)
	}
	return err
}

// DailiesDue are at most n daily questions of the platforms whose time for answers has ended at or before a time, and whose
// answer was not told; the oldest first.
func (s *Store) DailiesDue(ctx context.Context, platforms []string, at time.Time, n int) ([]bot.Daily, error) {
	return firstOf(ctx, s, "loading daily questions that have ended", scanDaily, dueDailies, platforms, at, n,
		func(d bot.Daily) (time.Time, string) { return d.Closes, d.ID })
}
