package bot

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
)

// Feature is a part of the bot with commands, buttons and a life of its own, such as games. Everything it does about a
// channel happens in that channel's lane.
type Feature interface {
	// Commands are the commands it has, in the order people should see them.
	Commands() []CommandInfo
	// Start takes up what was under way when the program ended, and returns. Nothing has been delivered yet.
	Start(ctx context.Context, host Host) error
	// Handle answers what is its own: its commands, its buttons, texts that it waits for. It reports whether it was.
	// The view is the reply to the user; an empty one is no reply.
	Handle(ctx context.Context, p Platform, in Inbound) (reply View, own bool, err error)
	// Close stops what Start and Handle started. The lanes are done.
	Close()
}

// Stopper is a Feature that does something of its own accord. It is told when the bot begins to end, while what is under way
// still goes on: Stop returns at once, and from then on nothing new is begun.
type Stopper interface {
	Stop()
}

// Host is what a feature finds in the bot.
type Host interface {
	// Platforms are those that are served, by name.
	Platforms() map[string]Platform
	// Lane runs a job in a channel's lane. It returns at once: ErrBusy when the lane is full or the bot is closing.
	Lane(ch Channel, job func(ctx context.Context)) error
}

// errPanic is in the chain of the error that a panic became.
var errPanic = errors.New("panic")

// Guard turns a panic into an error, for what runs outside of a lane.
func Guard(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %s\n%s", errPanic, PanicText(p), debug.Stack())
		}
	}()
	return do()
}

// PanicText says what a panic was about, for a log: its value only where that is the runtime's own, else its type, for a
// value may quote what a user wrote.
func PanicText(value any) string {
	if err, ok := value.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("%T", value)
}

// host is the bot as features see it.
type host struct {
	b         *Bot
	ctx       context.Context
	platforms map[string]Platform
}

func (h *host) Platforms() map[string]Platform { return h.platforms }

func (h *host) Lane(ch Channel, job func(ctx context.Context)) error {
	return h.b.lanes.Do(ch, func() {
		ctx, cancel := context.WithTimeout(h.ctx, replyLimit)
		defer cancel()
		err := Guard(func() error {
			job(ctx)
			return nil
		})
		if err != nil {
			h.b.meter.Count(MetricFaults, 1, ch.Platform, "background")
			h.b.log.Error("a job of a feature failed", "platform", ch.Platform, "channel", ch.ID, "err", err)
		}
	})
}
