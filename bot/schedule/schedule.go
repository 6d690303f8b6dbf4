package schedule

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

// Store keeps subscriptions and what has come of them; *store.Store has it.
type Store interface {
	AddSubscription(ctx context.Context, s bot.Subscription) (bot.Subscription, error)
	Subscription(ctx context.Context, id string) (bot.Subscription, error)
	Subscriptions(ctx context.Context, g bot.Guild) ([]bot.Subscription, error)
	AllSubscriptions(ctx context.Context, platforms ...string) ([]bot.Subscription, error)
	SaveSubscription(ctx context.Context, s bot.Subscription) error
	DeleteSubscription(ctx context.Context, id string) error

	SubscriptionsDue(ctx context.Context, platforms []string, at time.Time, n int) ([]bot.Subscription, error)
	Claim(ctx context.Context, at time.Time, claims ...bot.Claim) (written int, err error)

	PendingOccurrences(ctx context.Context, platform string, at, stale time.Time, n int) ([]bot.Occurrence, error)
	TakeOccurrence(ctx context.Context, o bot.Occurrence, at, stale time.Time) (bot.Occurrence, bool, error)
	RenewOccurrence(ctx context.Context, o bot.Occurrence, at time.Time) (bool, error)
	SaveOccurrence(ctx context.Context, o bot.Occurrence, taken, at time.Time) error
	Occurrence(ctx context.Context, subscription, day, what string) (bot.Occurrence, error)
	Occurrences(ctx context.Context, subscription string, n int) ([]bot.Occurrence, error)

	Settings(ctx context.Context, g bot.Guild, ch bot.Channel) (guild, channel map[string]string, err error)
	Purge(ctx context.Context, r bot.Retention) (bot.Counts, error)
}

// Options are what a Schedule is made of. Store and Contents are required.
type Options struct {
	Store    Store
	Contents []Content // in the order people should see them
	Log      *slog.Logger
	Now      func() time.Time // the wall clock; time.Now when nil
	NewID    func() string    // of subscriptions: 13 letters and digits, unique for ever; random when nil
	Shared   bool             // other replicas use the store too
	// CatchUp is how late a post may be shown; DefaultCatchUp when 0.
	CatchUp time.Duration
	Meter   bot.Meter // told what happens; nobody when nil
}

// DefaultCatchUp is how late a post may be shown.
const DefaultCatchUp = time.Hour

// Schedule is a bot.Feature that posts.
type Schedule struct {
	o         Options
	began     time.Time
	host      bot.Host
	platforms []string
	stop      context.CancelFunc
	done      sync.WaitGroup // the loops
	outboxes  map[string]*outbox
}

var (
	_ bot.Feature   = (*Schedule)(nil)
	_ bot.Suggester = (*Schedule)(nil)
)

// New makes a schedule. It starts nothing.
func New(o Options) *Schedule {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.NewID == nil {
		o.NewID = randomID
	}
	if o.CatchUp <= 0 {
		o.CatchUp = DefaultCatchUp
	}
	o.Meter = bot.MeterOr(o.Meter)
	return &Schedule{o: o, outboxes: map[string]*outbox{}}
}

// randomID is 13 letters and digits: 65 bits, more than there will ever be subscriptions.
func randomID() string {
	var b [9]byte
	rand.Read(b[:])
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:])[:13])
}

// Start implements bot.Feature. What was under way is taken up at once.
func (s *Schedule) Start(ctx context.Context, host bot.Host) error {
	ctx, s.stop = context.WithCancel(context.WithoutCancel(ctx))
	s.host, s.began = host, s.o.Now()
	for name, p := range host.Platforms() {
		s.platforms = append(s.platforms, name)
		box := newOutbox(s, p)
		s.outboxes[name] = box
		s.done.Go(func() { box.run(ctx) })
	}
	s.done.Go(func() { s.run(ctx) })
	s.done.Go(func() { s.purge(ctx) })
	return nil
}

// What is being sent may go on for closing when the bot ends; then it is told to end, and what came of it is written down,
// for which there is lastWords.
const (
	closing   = 3 * time.Second
	lastWords = 600 * time.Millisecond
)

// Stop implements bot.Stopper: nothing more is taken to be posted. What is being sent is given a little time; whatever is
// not finished then is taken up when the program runs again, or by another replica.
func (s *Schedule) Stop() {
	if s.stop == nil {
		return
	}
	s.stop()
	for _, box := range s.outboxes {
		box.windUp()
	}
}

// Close implements bot.Feature.
func (s *Schedule) Close() {
	if s.stop == nil {
		return
	}
	s.Stop()
	s.done.Wait()
	for _, box := range s.outboxes {
		box.close()
	}
}

// content is that of a kind; nil where the program has none, any more.
func (s *Schedule) content(kind string) Content {
	for _, c := range s.o.Contents {
		if c.Kind() == kind {
			return c
		}
	}
	return nil
}

// Handle implements bot.Feature.
func (s *Schedule) Handle(ctx context.Context, p bot.Platform, in bot.Inbound) (bot.View, bool, error) {
	if in.Command != nil && in.Command.Name == commandName {
		v, err := s.command(ctx, in.Known(ctx), in.Command.Args)
		return v, true, err
	}
	if in.Press == nil {
		return bot.View{}, false, nil
	}
	for _, c := range s.o.Contents {
		if v, own, err := c.Handle(ctx, p, in); own || err != nil {
			return v, own, err
		}
	}
	return bot.View{}, false, nil
}
