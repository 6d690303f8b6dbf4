package trivia

import "time"

// LastClosed is the question that was closed last, or 0.
func (r *Round) LastClosed() int {
	if n := len(r.s.Past); n > 0 {
		return r.s.Past[n-1].N
	}
	return 0
}

// ClosedAt is when a question was closed, by the clocks of the round; zero if it is open or not known any more.
func (r *Round) ClosedAt(question int) time.Time {
	t := r.turn(question)
	if t == nil || t.Outcome == "" {
		return time.Time{}
	}
	return time.UnixMicro(t.Base + r.closeBy(t))
}
