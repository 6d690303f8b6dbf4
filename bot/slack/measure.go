package slack

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/slack/socket"
)

// watched is what the platform knows of how it is doing.
type watched struct {
	listening atomic.Bool // for requests
	sockets   socket.Stats
	waiting   atomic.Int64  // requests that wait for their turn
	limited   atomic.Uint64 // requests that were answered with a 429
}

var (
	_ bot.Readier  = (*Platform)(nil)
	_ bot.Measured = (*Platform)(nil)
)

// Ready implements bot.Readier.
func (p *Platform) Ready() error {
	sockets := p.o.Config.sockets()
	switch {
	case sockets && p.watched.sockets.Live.Load() == 0:
		return errors.New("no connection of Socket Mode is open")
	case (!sockets || p.o.Config.oauth()) && !p.watched.listening.Load():
		return errors.New("requests are not listened for yet")
	}
	return nil
}

// Measure implements bot.Measured.
func (p *Platform) Measure(_ context.Context, tell bot.Tell) {
	if p.o.Config.sockets() {
		tell(bot.MetricSocketsOpen, float64(p.watched.sockets.Live.Load()))
		tell(bot.MetricSocketRetries, float64(p.watched.sockets.Retries.Load()))
	}
	tell(bot.MetricRequestsWaiting, float64(p.watched.waiting.Load()), name)
	tell(bot.MetricRateLimited, float64(p.watched.limited.Load()), name)
}

// listens says that requests are listened for; what it returns says that they are not any more.
func (p *Platform) listens() (over func()) {
	p.watched.listening.Store(true)
	return func() { p.watched.listening.Store(false) }
}

// timed measures how long it takes until something is acknowledged, from now on.
func (p *Platform) timed(ack acknowledge) acknowledge {
	began := time.Now()
	return func(answer any) error {
		err := ack(answer)
		if err == nil {
			p.o.Meter.Observe(bot.MetricAckSeconds, time.Since(began).Seconds(), name)
		}
		return err
	}
}
