package store

import (
	"context"
	"fmt"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

const insertEffect = `INSERT INTO effects (key, number, platform, guild, channel, kind, state, ref, at, taken, payload)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`

// effect records an effect. One that is committed as sending is taken at the same time.
func effect(e bot.Effect, number int64, at time.Time) statement {
	var taken time.Time
	switch e.State {
	case "":
		e.State = bot.EffectNew
	case bot.EffectSending:
		taken = at
	}
	return do(insertEffect, e.Key, number, e.Channel.Platform, e.Guild.ID, e.Channel.ID, e.Kind, e.State, e.Ref, at, taken,
		e.Payload)
}

// AddEffects records effects that belong to no round. Keys that are recorded already are left as they are.
func (s *Store) AddEffects(ctx context.Context, at time.Time, effects ...bot.Effect) error {
	all := make([]statement, len(effects))
	for i, e := range effects {
		all[i] = effect(e, int64(i), at)
	}
	_, err := s.write(ctx, "recording effects", all...)
	return err
}

// MarkSending takes a new effect, at a time, and reports whether it was the one to take it. An effect that somebody took
// before stale and has not confirmed is taken over; a zero stale takes new ones only.
func (s *Store) MarkSending(ctx context.Context, key string, at, stale time.Time) (bool, error) {
	n, err := s.write(ctx, "taking effect "+key, do(`UPDATE effects SET state = 'sending', taken = $2
		WHERE key = $1 AND (state = 'new' OR (state = 'sending' AND taken < $3))`, key, at, stale))
	return err == nil && n[0] == 1, err
}

// MarkNew gives back an effect that was taken and is known not to be shown.
func (s *Store) MarkNew(ctx context.Context, key string) error {
	_, err := s.write(ctx, "giving back effect "+key,
		do(`UPDATE effects SET state = 'new', taken = 0 WHERE key = $1 AND state = 'sending'`, key))
	return err
}

// MarkSent confirms that an effect was shown as the message ref, and drops its payload. Confirming twice is fine; another
// ref than before is bot.ErrConflict.
func (s *Store) MarkSent(ctx context.Context, key, ref string) error {
	doing := "confirming effect " + key
	n, err := s.write(ctx, doing, do(`UPDATE effects SET state = 'sent', ref = $2, payload = ''
		WHERE key = $1 AND (state <> 'sent' OR ref = $2)`, key, ref))
	if err != nil || n[0] == 1 {
		return err
	}
	was, err := s.EffectRef(ctx, key)
	if err != nil {
		return err
	}
	return s.failed(doing, fmt.Errorf("%w: it was sent as message %s", bot.ErrConflict, was.ID))
}

// MarkVoid gives up an effect that is not confirmed, and drops its payload.
func (s *Store) MarkVoid(ctx context.Context, key string) error {
	_, err := s.write(ctx, "giving up effect "+key,
		do(`UPDATE effects SET state = 'void', payload = '' WHERE key = $1 AND state <> 'sent'`, key))
	return err
}

// PendingEffects are the effects of a platform that are new or sending, in the order they were committed.
func (s *Store) PendingEffects(ctx context.Context, platform string) ([]bot.Effect, error) {
	return list(ctx, s, "loading effects that are not confirmed", scanEffect,
		`SELECT key, platform, guild, channel, kind, state, ref, at, taken, payload FROM effects
		WHERE platform = $1 AND state IN ('new', 'sending') ORDER BY at, number`, platform)
}

func scanEffect(row scanner) (bot.Effect, error) {
	var e bot.Effect
	var at, taken int64
	err := row.Scan(&e.Key, &e.Channel.Platform, &e.Guild.ID, &e.Channel.ID, &e.Kind, &e.State, &e.Ref, &at, &taken, &e.Payload)
	e.Guild.Platform = e.Channel.Platform
	e.At, e.Taken = when(at), when(taken)
	return e, err
}

// EffectRef is the message an effect was shown as, or bot.ErrNotFound when it was not shown or is not kept any more.
func (s *Store) EffectRef(ctx context.Context, key string) (bot.MessageRef, error) {
	return one(ctx, s, s.reader(), "loading the message of effect "+key, func(row scanner) (m bot.MessageRef, err error) {
		err = row.Scan(&m.Channel.Platform, &m.Channel.ID, &m.ID)
		return m, err
	}, `SELECT platform, channel, ref FROM effects WHERE key = $1 AND state = 'sent'`, key)
}
