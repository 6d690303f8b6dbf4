package schedule

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

const (
	// atOnce is how many posts of a platform are under way at a time. It is enough to keep a platform's limit used up where
	// an answer takes a second, and few enough that none waits for its turn for long after it was taken.
	atOnce = 64
	// atRisk is the same where the platform cannot tell what it has shown: whatever is under way when the program dies is not
	// repeated.
	atRisk = 8
	// listed is how many posts are read at a time.
	listed = 256
	// sending is how long one attempt to show a post may take; abandoned is when it may be taken again where nobody else could
	// have it, which is later.
	sending   = 60 * time.Second
	abandoned = 90 * time.Second
	// glance is how often is looked for what other replicas have left behind, and silent for how long they have not said that
	// they are at it when it is watched.
	glance = time.Second
	silent = bot.HoldEvery + 500*time.Millisecond
	// underway is for how long a request may be on its way when who sent it has died, or has given up on the answer. What it
	// shows cannot be seen before.
	underway = 10 * time.Second
)

// outbox sends the posts of a platform.
type outbox struct {
	s     *Schedule
	p     bot.Platform
	name  string
	woken chan struct{}
	slots chan struct{}
	ctx   context.Context // of attempts; it ends a little later than the loop
	end   context.CancelFunc
	words context.Context // of what is written down; it ends a little later than that
	sent  sync.WaitGroup
	open  []open    // of the loop alone, as is
	watch bot.Watch // over what others have taken
	ends  sync.Once

	mu    sync.Mutex
	taken map[string]bool // keys of what is under way here
}

func newOutbox(s *Schedule, p bot.Platform) *outbox {
	b := &outbox{s: s, p: p, name: p.Info().Name, woken: make(chan struct{}, 1), taken: map[string]bool{}}
	n := atOnce
	if p.Info().Once == 0 {
		n = atRisk
	}
	b.slots = make(chan struct{}, n)
	b.ctx, b.end = context.WithCancel(context.Background())
	words, silence := context.WithCancel(context.Background())
	context.AfterFunc(b.ctx, func() { time.AfterFunc(lastWords, silence) })
	b.words = words
	return b
}

// wake has the loop look now.
func (b *outbox) wake() {
	select {
	case b.woken <- struct{}{}:
	default:
	}
}

// wakeIn has the loop look after a while.
func (b *outbox) wakeIn(d time.Duration) { time.AfterFunc(d, b.wake) }

// run sends what is pending until ctx is done. It is woken whenever the schedule has looked at what is due.
func (b *outbox) run(ctx context.Context) {
	b.wakeIn(underway) // what was on its way when the program ended before can be looked for then
	var glances <-chan time.Time
	if b.s.o.Shared {
		t := time.NewTicker(glance)
		defer t.Stop()
		glances = t.C
	}
	for {
		n, err := b.dispatch(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			b.s.o.Log.Error("what is to be posted is not known", "platform", b.name, "again_in", again, "err", err)
			b.wakeIn(again)
		case n == listed:
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-b.woken:
		case <-glances:
		}
	}
}

// windUp gives what is under way a little time.
func (b *outbox) windUp() {
	b.ends.Do(func() { time.AfterFunc(closing, b.end) })
}

// close waits for what is under way, which windUp has told to end.
func (b *outbox) close() {
	sent := make(chan struct{})
	go func() { b.sent.Wait(); close(sent) }()
	select {
	case <-sent:
	case <-b.words.Done():
		b.s.o.Log.Warn("stopped with posts under way", "platform", b.name)
	}
	b.end()
}

// dispatch takes what is pending and has it sent, and returns how much was found, as long as there was something to take.
func (b *outbox) dispatch(ctx context.Context) (int, error) {
	if err := b.release(ctx); err != nil {
		return 0, err
	}
	now := b.s.o.Now()
	asking, cancel := context.WithTimeout(ctx, patience)
	list, err := b.s.o.Store.PendingOccurrences(asking, b.name, now, b.stale(now), listed)
	cancel()
	if err != nil {
		return 0, err
	}
	left, sent := b.leftBehind(list), 0
	for _, o := range list {
		if o.State == bot.OccurrenceSending && b.s.o.Shared && !left[keyOf(o)] || !b.begin(o) {
			continue
		}
		select {
		case b.slots <- struct{}{}:
		case <-ctx.Done():
			b.over(o)
			return 0, nil
		}
		began := time.Now()
		mine, ok, err := b.take(o)
		if err != nil || !ok {
			b.over(o)
			<-b.slots
			if err != nil {
				return 0, err
			}
			continue
		}
		b.sent.Go(func() {
			defer func() { b.over(mine); <-b.slots }()
			b.send(mine, b.hold(mine, began))
		})
		sent++
	}
	if sent == 0 {
		return 0, nil
	}
	return len(list), nil
}

// leftBehind are the keys of what other replicas have taken and do not go on with.
func (b *outbox) leftBehind(list []bot.Occurrence) map[string]bool {
	if !b.s.o.Shared {
		return nil
	}
	marks := map[string]string{}
	b.mu.Lock()
	for _, o := range list {
		if key := keyOf(o); o.State == bot.OccurrenceSending && !b.taken[key] {
			marks[key] = fmt.Sprint(o.Tries, " ", o.Taken.UnixMicro())
		}
	}
	b.mu.Unlock()
	return b.watch.Look(time.Now(), bot.HoldOver-silent, marks)
}

// hold has other replicas know that somebody is at what was taken after a time.
func (b *outbox) hold(o bot.Occurrence, began time.Time) *bot.Hold {
	if !b.s.o.Shared {
		return nil
	}
	return bot.NewHold(b.ctx, began, func(ctx context.Context) (bool, error) {
		return b.s.o.Store.RenewOccurrence(ctx, o, b.s.o.Now())
	})
}

// take takes an occurrence. The end of the program is no reason to fail: what is taken is to be known as such.
func (b *outbox) take(o bot.Occurrence) (bot.Occurrence, bool, error) {
	ctx, cancel := context.WithTimeout(b.words, patience)
	defer cancel()
	now := b.s.o.Now()
	stale := b.stale(now)
	if b.s.o.Shared { // as it was seen, or not at all
		stale = o.Taken.Add(time.Microsecond)
	}
	mine, ok, err := b.s.o.Store.TakeOccurrence(ctx, o, now, stale)
	if err != nil {
		b.open = append(b.open, open{o, now})
	}
	return mine, ok, err
}

// open is an occurrence, as it was before, of which it is not known whether it was taken at a time.
type open struct {
	before bot.Occurrence
	taken  time.Time
}

// release gives back what may have been taken without a word. It was not sent, and nobody else would know.
func (b *outbox) release(ctx context.Context) error {
	for len(b.open) > 0 {
		now, o := b.s.o.Now(), b.open[0].before
		o.State, o.Taken, o.Tries = bot.OccurrenceNew, now, 0 // it is known by the time alone
		if err := b.s.o.Store.SaveOccurrence(ctx, o, b.open[0].taken, now); err != nil && !errors.Is(err, bot.ErrConflict) {
			return err
		}
		b.open = b.open[1:]
	}
	return nil
}

// stale is since when something must have been taken to be looked at. Without other replicas nobody is at what was taken
// before the program began; only its request may still be on its way.
func (b *outbox) stale(now time.Time) time.Time {
	if b.s.o.Shared {
		return now.Add(-silent)
	}
	return later(now.Add(-abandoned), earlier(b.s.began, now.Add(-underway)))
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// keyOf is what a post is known by outside.
func keyOf(o bot.Occurrence) string {
	key := "post/" + o.Subscription + "/" + o.Day
	if o.What != "" {
		key += "/" + o.What
	}
	return key
}

// begin reports whether a post is not under way here already.
func (b *outbox) begin(o bot.Occurrence) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.taken[keyOf(o)] {
		return false
	}
	b.taken[keyOf(o)] = true
	return true
}

func (b *outbox) over(o bot.Occurrence) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.taken, keyOf(o))
}
