package store

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

const (
	occurrenceColumns = `subscription, day, what, platform, guild, channel, due, state, taken, tried, tries, ref, lead, why, at`
	selectOccurrence  = `SELECT ` + occurrenceColumns + ` FROM occurrences `

	// The row stays locked until the occurrences are inserted. Where it is not as it was read, either somebody has claimed
	// the same, and they are there; or the subscription was changed or deleted, and they must not be inserted.
	claimNext = `UPDATE subscriptions SET next = $4 WHERE id = $1 AND version = $2 AND next = $3`
	// Of a claim: $16, $17, $18 are the subscription as claimNext leaves it.
	insertClaimed = `INSERT INTO occurrences (` + occurrenceColumns + `)
		SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15
		FROM subscriptions WHERE id = $16 AND version = $17 AND next = $18
		ON CONFLICT (subscription, day, what) DO NOTHING`
	insertOccurrence = `INSERT INTO occurrences (` + occurrenceColumns + `)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
		ON CONFLICT (subscription, day, what) DO NOTHING`

	pendingOccurrences = selectOccurrence + `WHERE platform = $1 AND state IN ('new', 'sending')
		AND ((state = 'new' AND taken <= $2) OR (state = 'sending' AND taken < $3))
		ORDER BY due, subscription, day, what LIMIT $4`
	takeOccurrence = `UPDATE occurrences SET state = 'sending', taken = $4, tries = tries + 1,
		tried = CASE WHEN tried = 0 THEN $4 ELSE tried END, at = $4
		WHERE subscription = $1 AND day = $2 AND what = $3
		AND ((state = 'new' AND taken <= $4) OR (state = 'sending' AND taken < $5))
		RETURNING ` + occurrenceColumns
	saveOccurrence = `UPDATE occurrences SET state = $5, taken = $6, tried = $7, ref = $8, lead = $9, why = $10, at = $11
		WHERE subscription = $1 AND day = $2 AND what = $3 AND state = 'sending' AND (taken = $4 OR tries = $12)`
	renewOccurrence = `UPDATE occurrences SET taken = $5
		WHERE subscription = $1 AND day = $2 AND what = $3 AND state = 'sending' AND tries = $4`
)

func scanOccurrence(row scanner) (bot.Occurrence, error) {
	var o bot.Occurrence
	var due, taken, tried, at int64
	err := row.Scan(&o.Subscription, &o.Day, &o.What, &o.Guild.Platform, &o.Guild.ID, &o.Channel.ID, &due, &o.State, &taken,
		&tried, &o.Tries, &o.Ref, &o.Lead, &o.Why, &at)
	o.Channel.Platform = o.Guild.Platform
	o.Due, o.Taken, o.Tried, o.At = when(due), when(taken), when(tried), when(at)
	return o, err
}

// Claim writes claims, all at once, and returns how many occurrences were new. Those that are there already stay as they
// are. Of a subscription that was changed or deleted since it was read nothing is written, which is no error: it is due
// again, or not at all. A claim whose subscription has no version is of occurrences that are due beside: these are
// inserted whatever has become of the subscription. Occurrences without a state are new.
func (s *Store) Claim(ctx context.Context, at time.Time, claims ...bot.Claim) (written int, err error) {
	// Writers that claim the same in different orders would wait for each other.
	claims = slices.Clone(claims)
	slices.SortStableFunc(claims, func(a, b bot.Claim) int { return cmp.Compare(a.Subscription.ID, b.Subscription.ID) })
	var all []statement
	var inserts []int
	for _, c := range claims {
		if c.Subscription.Version > 0 {
			all = append(all, do(claimNext, c.Subscription.ID, c.Subscription.Version, c.Subscription.Next, c.Next))
		}
		for _, o := range c.Occurrences {
			inserts = append(inserts, len(all))
			all = append(all, claimed(c, o, at))
		}
	}
	if len(all) == 0 {
		return 0, nil
	}
	changed, err := s.write(ctx, "claiming what is due", all...)
	if err != nil {
		return 0, err
	}
	for _, i := range inserts {
		written += int(changed[i])
	}
	return written, nil
}

// claimed inserts an occurrence of a claim.
func claimed(c bot.Claim, o bot.Occurrence, at time.Time) statement {
	o.State = cmp.Or(o.State, bot.OccurrenceNew)
	args := []any{o.Subscription, o.Day, o.What, o.Guild.Platform, o.Guild.ID, o.Channel.ID, o.Due, o.State, o.Taken, o.Tried,
		o.Tries, o.Ref, o.Lead, clip(o.Why), at}
	if c.Subscription.Version == 0 {
		return do(insertOccurrence, args...)
	}
	return do(insertClaimed, append(args, c.Subscription.ID, c.Subscription.Version, c.Next)...)
}

// PendingOccurrences are at most n occurrences of a platform that may be taken: those that are new and wait for no later
// time than at, and those that somebody took before stale and has not come back with. The longest due come first.
func (s *Store) PendingOccurrences(ctx context.Context, platform string, at, stale time.Time, n int,
) ([]bot.Occurrence, error) {
	return list(ctx, s, "loading what is to be posted", scanOccurrence, pendingOccurrences, platform, at, stale, n)
}

// TakeOccurrence takes an occurrence that may be taken, as PendingOccurrences says, and returns it as it is then: its Taken
// is what SaveOccurrence wants. It reports false where somebody else was first.
func (s *Store) TakeOccurrence(ctx context.Context, o bot.Occurrence, at, stale time.Time) (bot.Occurrence, bool, error) {
	taken, err := one(ctx, s, s.writer(), "taking "+nameOf(o), scanOccurrence, takeOccurrence,
		o.Subscription, o.Day, o.What, at, stale)
	if errors.Is(err, bot.ErrNotFound) {
		return bot.Occurrence{}, false, nil
	}
	return taken, err == nil, err
}

// RenewOccurrence says at a time that somebody is still at what they have taken, and reports false where somebody else has
// taken it since: every taking has a number of its own, which is Tries.
func (s *Store) RenewOccurrence(ctx context.Context, o bot.Occurrence, at time.Time) (bool, error) {
	n, err := s.write(ctx, "renewing "+nameOf(o), do(renewOccurrence, o.Subscription, o.Day, o.What, o.Tries, at))
	return err == nil && n[0] == 1, err
}

// SaveOccurrence keeps what has come of an occurrence that was taken at a time: State, Taken, Tried, Ref, Lead and Why.
// Where somebody else has taken it since, or it is gone, it is bot.ErrConflict. It is known by the time, or, where that was
// renewed, by its Tries.
func (s *Store) SaveOccurrence(ctx context.Context, o bot.Occurrence, taken, at time.Time) error {
	_, err := s.write(ctx, "saving "+nameOf(o), must(saveOccurrence, o.Subscription, o.Day, o.What, taken,
		o.State, o.Taken, o.Tried, o.Ref, o.Lead, clip(o.Why), at, o.Tries))
	return err
}

// nameOf names an occurrence in an error.
func nameOf(o bot.Occurrence) string {
	name := "occurrence " + o.Subscription + "/" + o.Day
	if o.What != "" {
		name += "/" + o.What
	}
	return name
}

// Occurrence is one occurrence, or bot.ErrNotFound.
func (s *Store) Occurrence(ctx context.Context, subscription, day, what string) (bot.Occurrence, error) {
	o := bot.Occurrence{Subscription: subscription, Day: day, What: what}
	return one(ctx, s, s.reader(), "loading "+nameOf(o), scanOccurrence,
		selectOccurrence+`WHERE subscription = $1 AND day = $2 AND what = $3`, subscription, day, what)
}

// Occurrences are the last n of a subscription, the newest day first.
func (s *Store) Occurrences(ctx context.Context, subscription string, n int) ([]bot.Occurrence, error) {
	return list(ctx, s, "loading the occurrences of "+subscription, scanOccurrence,
		selectOccurrence+`WHERE subscription = $1 ORDER BY day DESC, what DESC LIMIT $2`, subscription, n)
}
