package bot

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

// Several programs that share a store take work from it. Who has taken something says so again every HoldEvery for as long
// as it is at it, and lets go by itself where that was not possible for HoldFor. To the others it is left behind when
// nothing was said for HoldOver. That is longer by more than a request may be on its way after its sender has died, so that
// what it did is to be seen by then.
const (
	HoldEvery = 2 * time.Second
	HoldFor   = 8 * time.Second
	HoldOver  = 11 * time.Second
)

// ErrHoldLost says that what was taken may be somebody else's by now, so that nothing more is to be done about it.
var ErrHoldLost = errors.New("it was held for too long without a word, or somebody else has taken it over")

// Hold is a claim on something that was taken from a store, and is renewed until End. A nil Hold is never lost: nobody
// shares the store.
type Hold struct {
	renew  func(context.Context) (bool, error)
	ctx    context.Context
	cancel context.CancelCauseFunc
	began  time.Time
	until  atomic.Int64 // since began, by the clock that nobody sets

	mu      sync.Mutex // while it is renewed
	beat    *time.Timer
	expires *time.Timer
}

// NewHold begins to hold what was taken at a time. renew says so in the store, and reports false when somebody else has
// taken it over. It is not called before HoldEvery has passed: what is done by then costs nothing.
func NewHold(ctx context.Context, taken time.Time, renew func(context.Context) (bool, error)) *Hold {
	h := &Hold{renew: renew, began: time.Now()}
	h.ctx, h.cancel = context.WithCancelCause(ctx)
	left := HoldFor - min(max(0, h.began.Sub(taken)), HoldFor)
	h.until.Store(int64(left))
	h.mu.Lock()
	defer h.mu.Unlock()
	h.expires = time.AfterFunc(left, func() { h.cancel(ErrHoldLost) })
	h.beat = time.AfterFunc(HoldEvery, h.again)
	return h
}

// Context ends when the hold is lost, with ErrHoldLost as its cause, and at its End.
func (h *Hold) Context() context.Context { return h.ctx }

// Err is ErrHoldLost when the hold is lost. It asks the clock, so that it knows at once where the program has stood still;
// the context may take a moment longer. It is to be asked right before what must not be done twice.
func (h *Hold) Err() error {
	switch {
	case h == nil:
		return nil
	case errors.Is(context.Cause(h.ctx), ErrHoldLost) || int64(time.Since(h.began)) >= h.until.Load():
		return ErrHoldLost
	}
	return nil
}

// End lets go. Nothing is renewed when it has returned.
func (h *Hold) End() {
	if h == nil {
		return
	}
	h.cancel(context.Canceled) // where it is not lost already
	h.mu.Lock()
	defer h.mu.Unlock()
	h.beat.Stop()
	h.expires.Stop()
}

// again renews the hold. Where the store does not answer, that is tried until the hold is lost.
func (h *Hold) again() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ctx.Err() != nil {
		return
	}
	if h.Err() != nil { // the program has stood still
		h.cancel(ErrHoldLost)
		return
	}
	at := time.Since(h.began)
	mine, err := h.renew(h.ctx)
	switch {
	case err == nil && !mine:
		h.cancel(ErrHoldLost)
		return
	case err == nil && h.ctx.Err() == nil:
		h.until.Store(int64(at + HoldFor))
		h.expires.Reset(at + HoldFor - time.Since(h.began))
	}
	h.beat.Reset(HoldEvery)
}

// Watch finds what others have taken and left behind: what has not changed for so long, by our own clock. So it does not
// matter how far the clocks of machines are apart.
type Watch struct {
	seen map[string]sighting
}

type sighting struct {
	mark  string
	since time.Time
}

// Look takes all that is taken now, each with a mark that changes when it is renewed or gets on, and returns what has not
// changed for over: HoldOver, or less where it is known to have been silent before. What is not among it any more is
// forgotten.
func (w *Watch) Look(now time.Time, over time.Duration, marks map[string]string) (left map[string]bool) {
	seen := make(map[string]sighting, len(marks))
	left = map[string]bool{}
	for key, mark := range marks {
		before, known := w.seen[key]
		if !known || before.mark != mark {
			before = sighting{mark, now}
		}
		seen[key] = before
		if now.Sub(before.since) >= over {
			left[key] = true
		}
	}
	w.seen = seen
	return left
}
