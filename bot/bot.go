package bot

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/whowon-bot/whowon/facts"
)

// Facts is what the bot asks of the facts; *facts.Corpus has it.
type Facts interface {
	Ask(query string, now time.Time) facts.Answer
	Complete(prefix string, n int) []facts.Completion
	Day(q facts.DayQuery) []facts.Event
	Topics() []facts.Topic
	Topic(word string) (key string, ok bool)
	Fact(topic string, seed uint64, now time.Time) (facts.Fact, bool)
	DataTo() string
}

// Options are what a Bot is made of. Facts is required; it is called for each command, so that facts can be replaced
// while the bot runs.
type Options struct {
	Facts func() Facts
	Log   *slog.Logger     // discarded when nil
	Now   func() time.Time // time.Now when nil
	Seed  func() uint64    // what /fact draws with; random when nil

	Features []Feature // asked in this order before the bot's own commands
}

// Bot answers what platforms deliver.
type Bot struct {
	facts    func() Facts
	log      *slog.Logger
	now      func() time.Time
	seed     func() uint64
	commands []command
	features []Feature
	lanes    *Lanes
	seen     *seen
}

const (
	laneDepth  = 64               // jobs waiting in one channel
	seenIDs    = 1 << 16          // deliveries remembered, at least: at three in four seconds, those of a day
	replyLimit = 30 * time.Second // for one command, sending included
	drainLimit = 5 * time.Second  // for what is under way at the end
)

// New makes a bot. It starts nothing.
func New(o Options) *Bot {
	b := &Bot{facts: o.Facts, log: o.Log, now: o.Now, seed: o.Seed, features: o.Features,
		lanes: NewLanes(laneDepth), seen: newSeen(seenIDs)}
	if b.log == nil {
		b.log = slog.New(slog.DiscardHandler)
	}
	if b.now == nil {
		b.now = time.Now
	}
	if b.seed == nil {
		b.seed = randomSeed
	}
	b.commands = commandTable()
	return b
}

// Run serves the platforms until ctx is done or one of them ends, and then lets what is under way finish. It returns the
// first platform's error. A Bot runs once.
func (b *Bot) Run(ctx context.Context, platforms ...Platform) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if err := b.start(ctx, platforms); err != nil {
		return err
	}
	var wg sync.WaitGroup
	errs := make([]error, len(platforms))
	for i, p := range platforms {
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer cancel()
			if err := p.Run(ctx, b.Deliver(ctx, p)); err != nil && ctx.Err() == nil {
				errs[i] = fmt.Errorf("%s: %w", p.Info().Name, err)
			}
		}()
	}
	wg.Wait()
	drain, stop := context.WithTimeout(context.WithoutCancel(ctx), drainLimit)
	defer stop()
	if err := b.lanes.Close(drain); err != nil {
		b.log.Warn("stopped with commands under way", "lanes", b.lanes.Len())
	}
	for _, f := range b.features {
		f.Close()
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// start lets the features take up what was under way.
func (b *Bot) start(ctx context.Context, platforms []Platform) error {
	h := &host{b: b, ctx: context.WithoutCancel(ctx), platforms: map[string]Platform{}}
	for _, p := range platforms {
		h.platforms[p.Info().Name] = p
	}
	for _, f := range b.features {
		if err := f.Start(ctx, h); err != nil {
			return err
		}
	}
	return nil
}

// Deliver makes the function a platform hands its input to.
func (b *Bot) Deliver(ctx context.Context, p Platform) Deliver {
	ctx = context.WithoutCancel(ctx) // what was taken is answered, also at the end
	return func(in Inbound) error {
		if !b.seen.add(in.ID) {
			b.log.Debug("dropped a second delivery", "id", in.ID)
			return ErrSeen
		}
		in.Arrived = b.now()
		err := b.lanes.Do(in.To.Channel, func() { b.handle(ctx, p, in) })
		if err != nil {
			b.seen.forget(in.ID)
			b.log.Warn("not taken", "platform", in.To.Channel.Platform, "channel", in.To.Channel.ID, "id", in.ID, "err", err)
		}
		return err
	}
}

func (in Inbound) done() {
	if in.Done != nil {
		in.Done()
	}
}

// handle answers one delivery in its lane. A fault is logged with the delivery's ID and apologised for in private.
func (b *Bot) handle(ctx context.Context, p Platform, in Inbound) {
	defer in.done()
	ctx, cancel := context.WithTimeout(ctx, replyLimit)
	defer cancel()
	var v View
	err := Guard(func() (err error) {
		v, err = b.view(ctx, p, in)
		return err
	})
	if err != nil {
		b.log.Error("failed", "what", in.what(), "id", in.ID, "err", err)
		v = apology(in.ID)
	}
	if v.Empty() {
		return
	}
	key := ""
	if in.ID != "" {
		key = "reply/" + in.ID
	}
	if _, err := p.Send(ctx, in.To, v, key); err != nil {
		b.log.Error("answer not sent", "what", in.what(), "id", in.ID, "err", err)
	}
}

// Look is what a command shows, for a platform that puts it somewhere else than below the command: on a page of its own. It
// may be called from anywhere, for commands that change nothing.
func (b *Bot) Look(ctx context.Context, p Platform, in Inbound) (v View, err error) {
	err = Guard(func() (err error) {
		v, err = b.view(ctx, p, in)
		return err
	})
	return v, err
}

// what names a delivery in a log, without what a user wrote.
func (in Inbound) what() string {
	switch {
	case in.Command != nil:
		return "/" + in.Command.Name
	case in.Press != nil:
		return "button"
	}
	return "text"
}

// view answers a delivery: the features are asked first, then the bot's own commands. A text that is meant for the bot and
// that nobody waits for is a question.
func (b *Bot) view(ctx context.Context, p Platform, in Inbound) (View, error) {
	if in.pressed() { // who presses wants to know; the channel has not asked again
		v, err := b.view(ctx, p, in)
		v.Private = true
		return v, err
	}
	for _, f := range b.features {
		if v, own, err := f.Handle(ctx, p, in); own || err != nil {
			return v, err
		}
	}
	if in.Command == nil && in.Press == nil && in.Direct && in.Text != "" {
		command := ParseCommand(in.Text)
		in.Command = &command
	}
	if in.Press != nil {
		return unknownButton(), nil
	}
	if in.Command == nil {
		return View{}, nil
	}
	for _, c := range b.commands {
		if c.Name == in.Command.Name {
			return c.run(ctx, b, in)
		}
	}
	return unknownCommand(in.Command.Name, b.Commands()), nil
}
