package store

import (
	"context"
	"fmt"

	"github.com/whowon-bot/whowon/bot"
)

const appealColumns = `id, platform, guild, channel, round, question, question_id, answer, typed, folded, player, state, at,
	decided_by, decided_at`

func scanAppeal(row scanner) (bot.Appeal, error) {
	var a bot.Appeal
	var at, decided int64
	err := row.Scan(&a.ID, &a.Guild.Platform, &a.Guild.ID, &a.Channel.ID, &a.Round, &a.Question, &a.QuestionID, &a.Answer,
		&a.Text, &a.Folded, &a.By, &a.State, &at, &a.DecidedBy, &decided)
	a.Channel.Platform = a.Guild.Platform
	a.At, a.DecidedAt = when(at), when(decided)
	return a, err
}

// OpenAppeal records an appeal, and returns the one that stands for its round, question and folded text: another, by its
// ID, where somebody has appealed before, whatever became of it.
func (s *Store) OpenAppeal(ctx context.Context, a bot.Appeal) (bot.Appeal, error) {
	return one(ctx, s, s.writer(), "recording an appeal in round "+a.Round, scanAppeal,
		`INSERT INTO appeals (`+appealColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'open', $12, '', 0)
		ON CONFLICT (round, question, folded) DO UPDATE SET id = appeals.id RETURNING `+appealColumns,
		a.ID, a.Guild.Platform, a.Guild.ID, a.Channel.ID, a.Round, a.Question, a.QuestionID, a.Answer, clip(a.Text),
		clip(a.Folded), a.By, a.At)
}

// Appeal is the appeal with an ID, or bot.ErrNotFound.
func (s *Store) Appeal(ctx context.Context, id string) (bot.Appeal, error) {
	return one(ctx, s, s.reader(), "loading appeal "+id, scanAppeal,
		`SELECT `+appealColumns+` FROM appeals WHERE id = $1`, id)
}

// Appeals are those that match, the newest first.
func (s *Store) Appeals(ctx context.Context, q bot.AppealQuery) ([]bot.Appeal, error) {
	if q.Limit <= 0 {
		q.Limit = 1 << 31
	}
	return list(ctx, s, "loading appeals", scanAppeal, `SELECT `+appealColumns+` FROM appeals
		WHERE ($1 = '' OR platform = $1) AND ($2 = '' OR guild = $2) AND ($3 = '' OR state = $3)
		ORDER BY at DESC, id LIMIT $4`, q.Guild.Platform, q.Guild.ID, q.State, q.Limit)
}

// Decide decides an open appeal, learns the alias and writes what follows, at once. An appeal that is decided, or is no
// longer stored, is bot.ErrConflict.
func (s *Store) Decide(ctx context.Context, d bot.Decision) error {
	if d.State != bot.AppealAccepted && d.State != bot.AppealRejected {
		return fmt.Errorf("store: deciding appeal %s: the decision is %q, not accepted or rejected", d.Appeal, d.State)
	}
	all := []statement{must(`UPDATE appeals SET state = $2, decided_by = $3, decided_at = $4 WHERE id = $1 AND state = 'open'`,
		d.Appeal, d.State, d.By, d.At)}
	if d.Alias != nil {
		all = append(all, learn(*d.Alias))
	}
	for _, sc := range d.Scores {
		all = append(all, score(sc))
	}
	for i, e := range d.Effects {
		all = append(all, effect(e, int64(i), d.At))
	}
	_, err := s.write(ctx, "deciding appeal "+d.Appeal, all...)
	return err
}

// learn keeps an alias; the first to be learned stays.
func learn(a bot.Alias) statement {
	return do(`INSERT INTO aliases (platform, guild, answer, folded, alias, player, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT DO NOTHING`, a.Guild.Platform, a.Guild.ID, clip(a.Answer), clip(a.Folded), clip(a.Alias), a.By, a.At)
}

// AddAlias keeps an alias that no appeal has led to.
func (s *Store) AddAlias(ctx context.Context, a bot.Alias) error {
	_, err := s.write(ctx, "learning an alias", learn(a))
	return err
}

// Aliases are those a guild has learned for an answer; with a zero guild those of all guilds, and with "" those of all
// answers.
func (s *Store) Aliases(ctx context.Context, g bot.Guild, answer string) ([]bot.Alias, error) {
	return list(ctx, s, "loading aliases", func(row scanner) (a bot.Alias, err error) {
		var at int64
		err = row.Scan(&a.Guild.Platform, &a.Guild.ID, &a.Answer, &a.Folded, &a.Alias, &a.By, &at)
		a.At = when(at)
		return a, err
	}, `SELECT platform, guild, answer, folded, alias, player, at FROM aliases
		WHERE ($1 = '' OR platform = $1) AND ($2 = '' OR guild = $2) AND ($3 = '' OR answer = $3)
		ORDER BY platform, guild, answer, folded`, g.Platform, g.ID, clip(answer))
}
