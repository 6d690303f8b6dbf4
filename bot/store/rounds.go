package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

const (
	createRound = `INSERT INTO rounds (id, platform, guild, channel, version, open, due, at, value)
		VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $8)`
	moveRound = `UPDATE rounds SET version = version + 1, due = $3, at = $4, value = $5
		WHERE id = $1 AND version = $2 AND open = 1`
	endRound = `UPDATE rounds SET version = version + 1, due = $3, at = $4, value = $5, open = 0
		WHERE id = $1 AND version = $2 AND open = 1`
	insertAsked = `INSERT INTO asked (platform, guild, channel, question, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT DO NOTHING`
	insertAttempt = `INSERT INTO attempts
		(round, number, platform, guild, question, player, name, typed, folded, choice, verdict, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`
)

// commitPatience is how long transitions are sent again whose outcome is not known, because the connection to the
// database broke: mostly it is back by then, and nobody who plays waits for longer than three seconds to be told that it
// is not. It is counted from the first that failed, since those behind it wait for it. Each has leastPatience, as
// connections that the pool still holds may be broken when the database is back.
const (
	commitPatience = 2 * time.Second
	leastPatience  = 400 * time.Millisecond
)

// Commit writes a transition. It returns bot.ErrConflict, and has written nothing, when the round has moved on or is
// finished, when it is new and its channel has an open one, or when it is no longer stored. Attempts are the round's
// whatever they say; an effect that names no guild or channel is for the round's. The round is then at Version+1.
func (s *Store) Commit(ctx context.Context, t bot.Transition) error {
	doing := fmt.Sprintf("saving round %s at version %d", t.Round.ID, t.Round.Version+1)
	all := transition(t)
	_, err := s.apply(ctx, all)
	if err != nil && s.unsure(err) {
		err = s.applyAgain(ctx, all, t.Round, err)
	} else {
		s.away.Store(0)
	}
	return s.failed(doing, err)
}

// applyAgain sends a transition again whose outcome is not known, until it is or patience ends.
func (s *Store) applyAgain(ctx context.Context, all []statement, r bot.StoredRound, err error) error {
	now := time.Now()
	s.away.CompareAndSwap(0, now.UnixNano())
	ctx, cancel := context.WithTimeout(ctx, max(leastPatience, commitPatience-now.Sub(time.Unix(0, s.away.Load()))))
	defer cancel()
	for try := 1; err != nil && s.unsure(err) && pause(ctx, 1<<min(try, 5)) == nil; try++ {
		_, err = s.apply(ctx, all)
		if errors.Is(err, bot.ErrConflict) && s.stands(ctx, r) {
			err = nil // it was committed, and only the answer was lost
		}
	}
	if err != nil && !errors.Is(err, bot.ErrConflict) {
		return fmt.Errorf("%w: the database does not answer: %w", bot.ErrNotSaved, err)
	}
	s.away.Store(0)
	return err
}

// stands reports whether exactly this transition of a round is what is stored.
func (s *Store) stands(ctx context.Context, r bot.StoredRound) bool {
	now, err := s.Round(ctx, r.ID)
	return err == nil && now.Version == r.Version+1 && now.Open == r.Open && string(now.Value) == clean(string(r.Value))
}

func transition(t bot.Transition) []statement {
	r := t.Round
	all := make([]statement, 0, 1+len(t.Asked)+len(t.Scores)+len(t.Attempts)+len(t.Effects))
	switch {
	case r.Version == 0:
		all = append(all, must(createRound, r.ID, r.Guild.Platform, r.Guild.ID, r.Channel.ID, r.Open, r.Due, t.At, r.Value))
	case r.Open:
		all = append(all, must(moveRound, r.ID, r.Version, r.Due, t.At, r.Value))
	default:
		all = append(all, must(endRound, r.ID, r.Version, r.Due, t.At, r.Value))
	}
	for _, q := range t.Asked {
		all = append(all, do(insertAsked, r.Guild.Platform, r.Guild.ID, r.Channel.ID, q, t.At))
	}
	for _, sc := range t.Scores {
		all = append(all, score(sc))
	}
	first := r.Version << 16 // numbers of one transition follow those of the one before
	for i, a := range t.Attempts {
		all = append(all, do(insertAttempt, r.ID, first+int64(i), r.Guild.Platform, r.Guild.ID, a.Question, a.Player,
			clip(a.Name), clip(a.Text), clip(a.Folded), a.Option, a.Verdict, a.At))
	}
	for i, e := range t.Effects {
		if e.Guild == (bot.Guild{}) {
			e.Guild = r.Guild
		}
		if e.Channel == (bot.Channel{}) {
			e.Channel = r.Channel
		}
		all = append(all, effect(e, first+int64(i), t.At))
	}
	return all
}

const selectRound = `SELECT id, platform, guild, channel, version, open, due, at, value FROM rounds `

func scanRound(row scanner) (bot.StoredRound, error) {
	var r bot.StoredRound
	var open, due, at int64
	err := row.Scan(&r.ID, &r.Guild.Platform, &r.Guild.ID, &r.Channel.ID, &r.Version, &open, &due, &at, &r.Value)
	r.Channel.Platform = r.Guild.Platform
	r.Open, r.Due, r.At = open == 1, when(due), when(at)
	return r, err
}

// Round is the round with an ID, or bot.ErrNotFound.
func (s *Store) Round(ctx context.Context, id string) (bot.StoredRound, error) {
	return one(ctx, s, s.reader(), "loading round "+id, scanRound, selectRound+`WHERE id = $1`, id)
}

// OpenRound is the open round of a channel, or bot.ErrNotFound.
func (s *Store) OpenRound(ctx context.Context, ch bot.Channel) (bot.StoredRound, error) {
	return one(ctx, s, s.reader(), "loading the open round of "+ch.ID, scanRound,
		selectRound+`WHERE platform = $1 AND channel = $2 AND open = 1`, ch.Platform, ch.ID)
}

// LastRound is the round of a channel that finished last, while it is kept, or bot.ErrNotFound.
func (s *Store) LastRound(ctx context.Context, ch bot.Channel) (bot.StoredRound, error) {
	return one(ctx, s, s.reader(), "loading the last round of "+ch.ID, scanRound,
		selectRound+`WHERE platform = $1 AND channel = $2 AND open = 0 ORDER BY at DESC LIMIT 1`, ch.Platform, ch.ID)
}

// OpenRounds are all open rounds of the platforms, of every platform when there are none.
func (s *Store) OpenRounds(ctx context.Context, platforms ...string) ([]bot.StoredRound, error) {
	where, args := among("platform", platforms)
	return list(ctx, s, "loading open rounds", scanRound, selectRound+`WHERE open = 1`+where+` ORDER BY due`, args...)
}

// RoundsDue are the open rounds that want their tick at or before a time, the longest due first.
func (s *Store) RoundsDue(ctx context.Context, at time.Time) ([]bot.StoredRound, error) {
	return list(ctx, s, "loading rounds that are due", scanRound,
		selectRound+`WHERE open = 1 AND due > 0 AND due <= $1 ORDER BY due`, at)
}

// AttemptsWith are the attempts at a question whose folded text is this, in their order.
func (s *Store) AttemptsWith(ctx context.Context, round string, question int, folded string) ([]bot.Attempt, error) {
	return list(ctx, s, "loading attempts of round "+round, scanAttempt,
		`SELECT round, question, player, name, typed, folded, choice, verdict, at FROM attempts
		WHERE round = $1 AND question = $2 AND folded = $3 ORDER BY number`, round, question, clip(folded))
}

func scanAttempt(row scanner) (bot.Attempt, error) {
	var a bot.Attempt
	var at int64
	err := row.Scan(&a.Round, &a.Question, &a.Player, &a.Name, &a.Text, &a.Folded, &a.Option, &a.Verdict, &at)
	a.At = when(at)
	return a, err
}

// Asked are the IDs of the questions a channel was asked, the first asked first.
func (s *Store) Asked(ctx context.Context, ch bot.Channel) ([]string, error) {
	return list(ctx, s, "loading questions asked in "+ch.ID, text,
		`SELECT question FROM asked WHERE platform = $1 AND channel = $2 ORDER BY at, question`, ch.Platform, ch.ID)
}

// ForgetAsked lets questions be asked again in a channel: those of a pool that is used up.
func (s *Store) ForgetAsked(ctx context.Context, ch bot.Channel, questions []string) error {
	all := make([]statement, len(questions))
	for i, q := range questions {
		all[i] = do(`DELETE FROM asked WHERE platform = $1 AND channel = $2 AND question = $3`, ch.Platform, ch.ID, q)
	}
	_, err := s.write(ctx, "forgetting questions asked in "+ch.ID, all...)
	return err
}
