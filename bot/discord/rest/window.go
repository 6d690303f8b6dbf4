package rest

import "time"

// window admits at most as many as it has places in any span of time, which is half-open: it remembers when each place was
// last taken.
type window struct {
	span  time.Duration
	taken []time.Time // a ring
	next  int         // the place taken longest ago
}

func newWindow(places int, span time.Duration) window {
	return window{span: span, taken: make([]time.Time, places)}
}

// wait returns how long no place is free; 0 or less says that there is one.
func (w *window) wait(now time.Time) time.Duration {
	last := w.taken[w.next]
	if last.IsZero() {
		return 0
	}
	return w.span - now.Sub(last)
}

// take takes a place, at the cost of the oldest where none is free.
func (w *window) take(now time.Time) {
	w.taken[w.next] = now
	w.next = (w.next + 1) % len(w.taken)
}
