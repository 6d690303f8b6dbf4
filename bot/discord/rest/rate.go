package rest

import (
	"math"
	"time"
)

// rate admits requests at a steady pace, some of them a little ahead of their turn: the generic cell rate algorithm, a
// token bucket that is one point in time. Who may not be ahead of their turn leaves that room to those who may, so the
// background can use all that is left of the limit, and a live request goes at once all the same.
type rate struct {
	full  float64   // requests a second, in the long run
	ahead int       // turns that a request may be ahead of its own
	due   time.Time // the turn of the next request

	// Where the limit turns out to be lower, because others use it too, the pace is lowered and rises again slowly.
	low    float64   // requests a second, at the time of slowed
	slowed time.Time // zero is never
}

const (
	// aheadOf is how many requests a second there are for each that may be ahead of its turn. A span of a second then sees
	// at most perSecond+perSecond/aheadOf requests, 49 with the usual 46: Discord counts them when they arrive, and the
	// network bunches them up.
	aheadOf = 15
	// recovery is how long the pace would take to rise from nothing.
	recovery = 4 * time.Minute
	// slowest is the part of the full pace below which it is not lowered.
	slowest = 1.0 / 16
)

func newRate(perSecond int) rate {
	return rate{full: float64(perSecond), ahead: perSecond / aheadOf}
}

// set changes the pace that is kept in the long run. A request that waits by the old one goes by the new.
func (r *rate) set(perSecond int, now time.Time) {
	if turns := r.due.Sub(now); turns > 0 { // as many turns as before, of another length
		r.due = now.Add(time.Duration(float64(turns) * r.full / float64(perSecond)))
	}
	if !r.slowed.IsZero() {
		r.low *= float64(perSecond) / r.full
	}
	r.full, r.ahead = float64(perSecond), perSecond/aheadOf
}

// interval is the time from one turn to the next. It is rounded up: one too many would else go in the last nanosecond of a
// second.
func (r *rate) interval(now time.Time) time.Duration {
	return time.Duration(math.Ceil(float64(time.Second) / r.perSecond(now)))
}

func (r *rate) perSecond(now time.Time) float64 {
	if r.slowed.IsZero() {
		return r.full
	}
	return min(r.full, r.low+r.full*float64(now.Sub(r.slowed))/float64(recovery))
}

// wait returns how long a request may not go; 0 or less says that it may. One in the background may be ahead by a third of
// what others may, one turn of the usual three, so that a timer that fires late costs nothing.
func (r *rate) wait(now time.Time, u Urgency) time.Duration {
	ahead := r.ahead
	if u == Background {
		ahead = (ahead + 2) / 3
	}
	return r.due.Add(-time.Duration(ahead) * r.interval(now)).Sub(now)
}

// take counts a request.
func (r *rate) take(now time.Time) {
	r.due = later(r.due, now).Add(r.interval(now))
}

// slower lowers the pace by an eighth, because a request that was sent at a time was more than the limit allows. What was
// sent before the pace was last lowered says nothing new. Nothing is ahead of its turn when sending goes on.
func (r *rate) slower(sent, now, goesOn time.Time) {
	if !r.slowed.IsZero() && !sent.After(r.slowed) {
		return
	}
	r.low, r.slowed = max(r.full*slowest, r.perSecond(now)*7/8), now
	r.due = later(r.due, goesOn.Add(time.Duration(r.ahead)*r.interval(now)))
}
