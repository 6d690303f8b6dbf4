package bot

import (
	"context"
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
	Meter    Meter     // told what happens; nobody when nil

	Deliveries Deliveries // knows what other processes have handled; nil where there are none
}

// Bot answers what platforms deliver.
type Bot struct {
	facts      func() Facts
	log        *slog.Logger
	now        func() time.Time
	seed       func() uint64
	commands   []command
	features   []Feature
	lanes      *Lanes
	seen       *seen
	meter      Meter
	deliveries Deliveries
	known      func() map[string]bool // the names of all commands
	work       context.Context        // of all that is under way
	cut        context.CancelFunc     // ends it, when there is no more time for it
}

const (
	laneDepth  = 64               // jobs waiting in one channel
	seenIDs    = 1 << 16          // deliveries remembered, at least: at three in four seconds, those of a day
	replyLimit = 30 * time.Second // for one command, sending included

	// At the end what is under way may go on for drainLimit; then it is told to end, for which it has cutLimit. With what
	// features take to close, that is less than 5 seconds: a round is handed over by then, and a service manager waits for 10.
	drainLimit = 3500 * time.Millisecond
	cutLimit   = 500 * time.Millisecond
)

// New makes a bot. It starts nothing.
func New(o Options) *Bot {
	b := &Bot{facts: o.Facts, log: o.Log, now: o.Now, seed: o.Seed, features: o.Features,
		lanes: NewLanes(laneDepth), seen: newSeen(seenIDs), meter: MeterOr(o.Meter), deliveries: o.Deliveries}
	b.known = sync.OnceValue(b.names)
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
	b.work, b.cut = context.WithCancel(context.Background())
	return b
}

// Run serves the platforms until ctx is done or one of them ends, and then lets what is under way finish. It returns the
// first platform's error, a *PlatformError. From the end of ctx to its return it is less than 5 seconds, whatever platforms
// do, unless a feature takes longer to close. A Bot runs once.
func (b *Bot) Run(ctx context.Context, platforms ...Platform) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if err := b.start(ctx, platforms); err != nil {
		return err
	}
	var wg sync.WaitGroup
	failed := make(chan error, len(platforms))
	for _, p := range platforms {
		wg.Go(func() {
			defer cancel()
			if err := p.Run(ctx, b.Deliver(ctx, p)); err != nil && ctx.Err() == nil {
				failed <- &PlatformError{p.Info().Name, err}
			}
		})
	}
	served := make(chan struct{})
	go func() { wg.Wait(); close(served) }()
	<-ctx.Done() // which the end of each platform brings about
	b.end(served)
	select {
	case err := <-failed:
		return err
	default:
		return nil
	}
}

// end lets what is under way finish, in the time there is. What is not finished then is known to the store, and goes on when
// the program runs again, or in another replica.
func (b *Bot) end(served <-chan struct{}) {
	defer b.cut()
	for _, f := range b.features {
		if s, ok := f.(Stopper); ok {
			s.Stop()
		}
	}
	drain, stop := context.WithTimeout(context.Background(), drainLimit)
	defer stop()
	select {
	case <-served:
	case <-drain.Done():
		b.log.Warn("stopped though a platform had not ended")
	}
	if b.lanes.Close(drain) != nil {
		b.cut()
		last, stop := context.WithTimeout(context.Background(), cutLimit)
		defer stop()
		if b.lanes.Close(last) != nil {
			b.log.Warn("stopped with commands under way", "lanes", b.lanes.Len())
		}
	}
	for _, f := range b.features {
		f.Close()
	}
}

// working is a context for what is under way: it outlives ctx, and ends when there is no more time.
func (b *Bot) working(ctx context.Context) context.Context {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	context.AfterFunc(b.work, cancel)
	return ctx
}

// start lets the features take up what was under way.
func (b *Bot) start(ctx context.Context, platforms []Platform) error {
	h := &host{b: b, ctx: b.working(ctx), platforms: map[string]Platform{}}
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
	ctx = b.working(ctx) // what was taken is answered, also at the end
	return func(in Inbound) error {
		if !b.seen.add(in.ID) {
			b.came(in, ErrSeen)
			b.log.Debug("dropped a second delivery", "platform", in.To.Channel.Platform, "channel", in.To.Channel.ID, "id", in.ID)
			return ErrSeen
		}
		in.Arrived = b.now()
		err := b.lanes.Do(in.To.Channel, func() { b.handle(ctx, p, in) })
		b.came(in, err)
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
	defer b.handled(in)
	ctx, cancel := context.WithTimeout(ctx, replyLimit)
	defer cancel()
	if !b.take(ctx, p, in) {
		return
	}
	var v View
	err := Guard(func() (err error) {
		v, err = b.view(ctx, p, in)
		return err
	})
	if err != nil {
		b.fault(in, "handling", "failed", err)
		v = apology(in.ID, err)
	}
	if v.Empty() {
		return
	}
	key := ""
	if in.ID != "" {
		key = "reply/" + in.ID
	}
	if _, err := p.Send(ctx, in.To, v, key); err != nil {
		b.fault(in, "sending", "answer not sent", err)
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
