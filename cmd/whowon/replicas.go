package main

import (
	"context"
	"encoding/json"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/discord"
	"github.com/whowon-bot/whowon/bot/discord/gateway"
	"github.com/whowon-bot/whowon/bot/play"
)

// replicas is what several processes share, where they have a database server in common.
type replicas struct{ sessions }

var _ discord.Shared = replicas{}

// AcquireLease implements discord.Shared.
func (r replicas) AcquireLease(ctx context.Context, name, holder string, life time.Duration) (bot.Lease, error) {
	db, err := r.database(ctx)
	if err != nil {
		return bot.Lease{}, err
	}
	return db.AcquireLease(ctx, name, holder, life)
}

// RenewLeases implements discord.Shared.
func (r replicas) RenewLeases(ctx context.Context, life time.Duration, leases ...bot.Lease) ([]bot.Lease, error) {
	db, err := r.database(ctx)
	if err != nil {
		return nil, err
	}
	return db.RenewLeases(ctx, life, leases...)
}

// ReleaseLeases implements discord.Shared.
func (r replicas) ReleaseLeases(ctx context.Context, leases ...bot.Lease) error {
	db, err := r.database(ctx)
	if err != nil {
		return err
	}
	return db.ReleaseLeases(ctx, leases...)
}

// Leases implements discord.Shared.
func (r replicas) Leases(ctx context.Context, prefix string) ([]bot.Lease, error) {
	db, err := r.database(ctx)
	if err != nil {
		return nil, err
	}
	return db.Leases(ctx, prefix)
}

// SaveHeld implements discord.Shared.
func (r replicas) SaveHeld(ctx context.Context, l bot.Lease, session gateway.Session) error {
	db, err := r.database(ctx)
	if err != nil {
		return err
	}
	value, err := json.Marshal(session)
	if err != nil {
		return err
	}
	return db.SetHeld(ctx, l, sessionSetting(session, value))
}

// replicas is what is shared with other processes, or nil where there can be none.
func (g *games) replicas() discord.Shared {
	if !g.shared {
		return nil
	}
	return replicas{sessions{g.database}}
}

// deliveries remembers what was taken on, where another process may be handed it too; else it is nil.
func (g *games) deliveries() bot.Deliveries {
	if !g.shared {
		return nil
	}
	return g
}

// TakeDelivery implements bot.Deliveries.
func (g *games) TakeDelivery(ctx context.Context, id string) (bool, error) {
	db, err := g.database(ctx)
	if err != nil {
		return false, err
	}
	return db.TakeDelivery(ctx, id)
}

// Repeatable implements bot.Repeater.
func (g *games) Repeatable(in bot.Inbound) bool { return play.Repeatable(in) }
