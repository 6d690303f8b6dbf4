package bot

import (
	"context"
	"slices"
	"time"
)

// Deliveries remembers, for all processes that serve the same platforms, what was taken on. *store.Store is one.
type Deliveries interface {
	// TakeDelivery takes a delivery on, and reports false where it was taken before.
	TakeDelivery(ctx context.Context, id string) (bool, error)
}

// Repeater is a Feature that has one effect of what it is handed twice: an answer counts once, however often it comes.
type Repeater interface {
	// Repeatable reports whether a delivery is of that kind.
	Repeatable(in Inbound) bool
}

// takeLimit is how long it may take to learn whether another process has taken a delivery.
const takeLimit = time.Second

// take reports whether a delivery is this process's to handle. A platform delivers again, to another process, what it is not
// sure has arrived, or what the one before had not noted when it was killed. What changes something when it is handled again
// is taken on in the database first, and so are questions in words, whose answer would come twice. What is only shown, to
// who has asked by a command, the platform shows once by itself; what counts once is better handled twice than not at all.
func (b *Bot) take(ctx context.Context, p Platform, in Inbound) bool {
	if b.deliveries == nil || in.ID == "" || b.repeatable(in) {
		return true
	}
	ctx, cancel := context.WithTimeout(ctx, takeLimit)
	defer cancel()
	first, err := b.deliveries.TakeDelivery(ctx, p.Info().Name+"/"+in.ID)
	if err != nil {
		b.log.Warn("it is not known whether another process has handled a delivery", "id", in.ID, "err", err)
		return true
	}
	if !first {
		b.log.Debug("another process has handled a delivery", "id", in.ID)
	}
	return first
}

// repeatable reports whether handling a delivery twice does no harm.
func (b *Bot) repeatable(in Inbound) bool {
	in.pressed() // a button may stand for a command
	for _, f := range b.features {
		if r, ok := f.(Repeater); ok && r.Repeatable(in) {
			return true
		}
	}
	if in.Command != nil {
		return slices.ContainsFunc(b.commands, func(c command) bool { return c.Name == in.Command.Name })
	}
	return in.Press == nil && !in.Direct
}
