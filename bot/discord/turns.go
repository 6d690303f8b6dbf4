package discord

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/discord/gateway"
)

// turns lets the replicas identify one after the other.
type turns struct {
	r     *replica
	limit func(context.Context) (string, error) // asks Discord what is left of the day
}

// How long a turn is held: to connect, and to send IDENTIFY.
const (
	turnLife = 15 * time.Second
	turnPoll = 500 * time.Millisecond
)

// Take implements gateway.Turns.
func (t turns) Take(ctx context.Context, key int) (gateway.Turn, error) {
	holder := t.r.id + "/" + strings.ToLower(rand.Text()[:8]) // of this turn, so that the next waits for it also here
	for {
		call, cancel := context.WithTimeout(ctx, turnPoll*4)
		lease, err := t.r.shared.AcquireLease(call, fmt.Sprintf(identifyLease, key), holder, turnLife)
		cancel()
		if err == nil {
			turn := &turn{t.r, lease}
			if _, err := t.limit(ctx); err != nil {
				turn.End(false)
				return nil, err
			}
			return turn, nil
		}
		if !errors.Is(err, bot.ErrConflict) {
			t.r.p.log.Warn("the turn to identify could not be taken", "err", err)
		}
		sleep(ctx, turnPoll/2+mathrand.N(turnPoll))
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
	}
}

// turn is one IDENTIFY.
type turn struct {
	r     *replica
	lease bot.Lease
}

// Hold implements gateway.Turn.
func (t *turn) Hold(ctx context.Context) error {
	kept, err := t.r.shared.RenewLeases(ctx, turnLife, t.lease)
	if err == nil && len(kept) == 0 {
		err = errors.New("another replica has it by now")
	}
	return err
}

// End implements gateway.Turn.
func (t *turn) End(sent bool) {
	ctx, cancel := context.WithTimeout(context.Background(), turnPoll*4)
	defer cancel()
	var err error
	if sent {
		_, err = t.r.shared.RenewLeases(ctx, gateway.Spacing, t.lease)
	} else {
		err = t.r.shared.ReleaseLeases(ctx, t.lease)
	}
	if err != nil {
		t.r.p.log.Warn("a turn to identify was not given back; it ends by itself", "err", err)
	}
}
