package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

const (
	subscriptionColumns = `id, platform, guild, number, channel, kind, version, next, paused, value`
	selectSubscription  = `SELECT ` + subscriptionColumns + ` FROM subscriptions `
	dueSubscriptions    = selectSubscription + `WHERE platform = $1 AND next > 0 AND next <= $2 AND paused = 0 AND deleted = 0
		ORDER BY next, id LIMIT $3`
	// A number that somebody else gives at the same time is a duplicate: nothing is inserted.
	insertSubscription = `INSERT INTO subscriptions
		(id, platform, guild, number, channel, kind, version, next, paused, deleted, value)
		SELECT $1, $2, $3, COALESCE(MAX(number), 0) + 1, $4, $5, 1, $6, $7, 0, $8 FROM subscriptions
		WHERE platform = $2 AND guild = $3
		ON CONFLICT DO NOTHING RETURNING ` + subscriptionColumns
	// A commit between reading and writing changes the version, and makes a claim that has read before it void.
	saveSubscription = `UPDATE subscriptions SET version = version + 1, channel = $3, value = $4, next = $5, paused = $6
		WHERE id = $1 AND version = $2 AND deleted = 0`
	deleteSubscription = `UPDATE subscriptions SET version = version + 1, deleted = 1, next = 0, channel = '', value = ''
		WHERE id = $1 AND deleted = 0`
	// What is posted beside, as what answers a question that was posted, belongs to what was posted already, and goes on.
	dropWaiting = `UPDATE occurrences SET state = 'dropped', why = 'the schedule was deleted'
		WHERE subscription = $1 AND what = '' AND state = 'new'`
)

func scanSubscription(row scanner) (bot.Subscription, error) {
	var s bot.Subscription
	var next, paused int64
	err := row.Scan(&s.ID, &s.Guild.Platform, &s.Guild.ID, &s.Number, &s.Channel.ID, &s.Kind, &s.Version, &next, &paused,
		&s.Value)
	s.Channel.Platform = s.Guild.Platform
	s.Next, s.Paused = when(next), paused == 1
	return s, err
}

// AddSubscription keeps a new subscription, and returns it with its Number, the highest that its guild was ever given and
// one, and Version 1. An ID that is there already, or was, is bot.ErrConflict.
func (s *Store) AddSubscription(ctx context.Context, sub bot.Subscription) (bot.Subscription, error) {
	doing := "adding subscription " + sub.ID
	for try := 1; ; try++ {
		added, err := one(ctx, s, s.writer(), doing, scanSubscription, insertSubscription, sub.ID, sub.Guild.Platform,
			sub.Guild.ID, sub.Channel.ID, sub.Kind, sub.Next, sub.Paused, sub.Value)
		if !errors.Is(err, bot.ErrNotFound) {
			return added, err
		}
		_, err = one(ctx, s, s.writer(), doing, text, `SELECT id FROM subscriptions WHERE id = $1`, sub.ID)
		switch {
		case err == nil:
			return bot.Subscription{}, s.failed(doing, fmt.Errorf("%w: its ID is in use", bot.ErrConflict))
		case !errors.Is(err, bot.ErrNotFound):
			return bot.Subscription{}, err
		case try == numberTries || pause(ctx, min(try, 5)) != nil:
			return bot.Subscription{}, s.failed(doing, fmt.Errorf("%w: many are added to its guild at once", bot.ErrConflict))
		}
	}
}

// numberTries is how often a number is sought that nobody else has taken meanwhile.
const numberTries = 50

// Subscription is the subscription with an ID, or bot.ErrNotFound where there is none or it was deleted.
func (s *Store) Subscription(ctx context.Context, id string) (bot.Subscription, error) {
	return one(ctx, s, s.reader(), "loading subscription "+id, scanSubscription,
		selectSubscription+`WHERE id = $1 AND deleted = 0`, id)
}

// Subscriptions are those of a guild, by their numbers.
func (s *Store) Subscriptions(ctx context.Context, g bot.Guild) ([]bot.Subscription, error) {
	return list(ctx, s, "loading the subscriptions of "+g.ID, scanSubscription,
		selectSubscription+`WHERE platform = $1 AND guild = $2 AND deleted = 0 ORDER BY number`, g.Platform, g.ID)
}

// AllSubscriptions are those of the platforms, of every platform when none is named, by guild and number.
func (s *Store) AllSubscriptions(ctx context.Context, platforms ...string) ([]bot.Subscription, error) {
	where, args := among("platform", platforms)
	return list(ctx, s, "loading all subscriptions", scanSubscription,
		selectSubscription+`WHERE deleted = 0`+where+` ORDER BY platform, guild, number`, args...)
}

// SaveSubscription keeps Channel, Value, Next and Paused of a subscription, which is at Version+1 then. It is
// bot.ErrConflict where the subscription has another version or is no longer there.
func (s *Store) SaveSubscription(ctx context.Context, sub bot.Subscription) error {
	_, err := s.write(ctx, "saving subscription "+sub.ID, must(saveSubscription, sub.ID, sub.Version, sub.Channel.ID, sub.Value,
		sub.Next, sub.Paused))
	return err
}

// DeleteSubscription removes a subscription; what it wanted to post, and nobody has taken yet, is dropped. Where there is
// none it is bot.ErrNotFound.
func (s *Store) DeleteSubscription(ctx context.Context, id string) error {
	doing := "deleting subscription " + id
	n, err := s.write(ctx, doing, do(deleteSubscription, id), do(dropWaiting, id))
	if err == nil && n[0] == 0 {
		err = s.failed(doing, bot.ErrNotFound)
	}
	return err
}

// SubscriptionsDue are at most n subscriptions of the platforms that are due at or before a time, and not paused; the
// longest due first.
func (s *Store) SubscriptionsDue(ctx context.Context, platforms []string, at time.Time, n int) ([]bot.Subscription, error) {
	return firstOf(ctx, s, "loading subscriptions that are due", scanSubscription, dueSubscriptions, platforms, at, n,
		func(sub bot.Subscription) (time.Time, string) { return sub.Next, sub.ID })
}
