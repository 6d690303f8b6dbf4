package bot

import (
	"context"
	"errors"
)

// Meter is told what happens, in numbers, as it happens. Labels are the values of the metric's labels, in their order. It
// is called from any goroutine and returns at once. A label's value is always one of a few: never a guild, a channel, a
// user, or what somebody wrote.
type Meter interface {
	// Count adds to a counter.
	Count(m Metric, n int, labels ...string)
	// Observe adds a value to a histogram, in the unit of the metric.
	Observe(m Metric, value float64, labels ...string)
}

// Measured is a part of the bot that has numbers of its own, to be read when somebody wants to know.
type Measured interface {
	// Measure tells the numbers there are now. It may be called from any goroutine, and is not to take longer than ctx.
	Measure(ctx context.Context, tell Tell)
}

// Tell takes the value of a metric that is read.
type Tell func(m Metric, value float64, labels ...string)

// MeterOr is m, or one that takes no notice where there is none.
func MeterOr(m Meter) Meter {
	if m == nil {
		return noMeter{}
	}
	return m
}

type noMeter struct{}

func (noMeter) Count(Metric, int, ...string)       {}
func (noMeter) Observe(Metric, float64, ...string) {}

// Readier is a Platform that knows whether it can be reached.
type Readier interface {
	// Ready is nil while what users do arrives; else it says why not, without secrets.
	Ready() error
}

// aliveChannel is the channel that Alive asks in; no platform has it.
var aliveChannel = Channel{ID: "alive"}

// Alive reports whether the bot still does what it is handed: a job in a lane of its own. One that is closing is alive.
func (b *Bot) Alive(ctx context.Context) error {
	done := make(chan struct{})
	err := b.lanes.Do(aliveChannel, func() { close(done) })
	switch {
	case err != nil && b.lanes.Closed():
		return nil
	case err != nil:
		return err
	}
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return errors.New("the bot does not do what it is handed")
	}
}

// Measure implements Measured.
func (b *Bot) Measure(_ context.Context, tell Tell) {
	tell(MetricLanesBusy, float64(b.lanes.Len()))
	tell(MetricLanesWaiting, float64(b.lanes.Waiting()))
}

// came counts a delivery by what became of it.
func (b *Bot) came(in Inbound, err error) {
	outcome := "taken"
	switch {
	case errors.Is(err, ErrSeen):
		outcome = "duplicate"
	case err != nil:
		outcome = "busy"
	}
	b.meter.Count(MetricEvents, 1, in.To.Channel.Platform, in.kind(), outcome)
}

// kind is what was delivered.
func (in Inbound) kind() string {
	switch {
	case in.Command != nil:
		return "command"
	case in.Press != nil:
		return "button"
	case in.Joined:
		return "joined"
	}
	return "text"
}

// otherCommand stands for whatever is no command of the bot's: what users type names no metric, and stands in no log.
const otherCommand = "other"

// command is the name of what was delivered: of a command of the bot's, or of what else it is.
func (b *Bot) command(in Inbound) string {
	switch {
	case in.Command == nil:
		return in.kind()
	case b.known()[in.Command.Name]:
		return in.Command.Name
	}
	return otherCommand
}

// handled measures how long an answer took, from the arrival of what it answers until it was shown.
func (b *Bot) handled(in Inbound) {
	b.meter.Observe(MetricHandlingSeconds, b.now().Sub(in.Arrived).Seconds(), b.command(in))
}

// fault logs and counts what went wrong with a delivery. It says which, and nothing of what a user wrote.
func (b *Bot) fault(in Inbound, where, message string, err error) {
	ch := in.To.Channel
	b.meter.Count(MetricFaults, 1, ch.Platform, where)
	b.log.Error(message, "what", b.command(in), "platform", ch.Platform, "channel", ch.ID, "id", in.ID, "err", err)
}

// names are those of all commands.
func (b *Bot) names() map[string]bool {
	names := map[string]bool{}
	for _, c := range b.Commands() {
		names[c.Name] = true
	}
	return names
}
