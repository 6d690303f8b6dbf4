package discord

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/discord/gateway"
)

// heldShard is a shard that runs for as long as its lease is held.
type heldShard struct {
	n      int
	lease  bot.Lease
	shard  *gateway.Shard
	until  atomic.Pointer[time.Time] // when it must have stopped, by this machine's clocks
	timer  *time.Timer               // stops it then
	cancel context.CancelFunc
	leaves bool // it is being given up; guarded by the replica's lock
}

// extend lets the shard run until a time.
func (h *heldShard) extend(until time.Time) {
	h.until.Store(&until)
	h.timer.Reset(time.Until(until))
}

// over reports whether somebody else may have the shard by now. The wall clock is asked too, since the other stands still
// while the machine sleeps.
func (h *heldShard) over() bool {
	now, until := time.Now(), *h.until.Load()
	return !now.Before(until) || !now.Round(0).Before(until.Round(0))
}

// heldSessions saves the session of a shard as the holder of its lease.
type heldSessions struct {
	gateway.Sessions
	shared Shared
	lease  bot.Lease
}

// SaveSession implements gateway.Sessions.
func (s heldSessions) SaveSession(ctx context.Context, session gateway.Session) error {
	return s.shared.SaveHeld(ctx, s.lease, session)
}

// LoadSession implements gateway.Sessions.
func (s heldSessions) LoadSession(ctx context.Context, shard, shards int) (gateway.Session, error) {
	if s.Sessions == nil {
		return gateway.Session{}, nil
	}
	return s.Sessions.LoadSession(ctx, shard, shards)
}
