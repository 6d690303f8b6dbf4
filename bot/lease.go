package bot

import "time"

// Lease is the right to do something until a time, which one of several replicas has: to run a shard, or to be counted as
// alive. Whoever holds it renews it; who does not, because it was killed or cannot reach the database, loses it to the next
// that asks. A holder measures by its own clock for how long it may go on, from before it asked.
type Lease struct {
	Name   string // of what is held, such as discord/shard/3/16
	Holder string // the replica, or a part of it
	// Term grows with each change of the holder and is never used twice: what is written under a lease names its term, so that
	// a holder that was asleep and has lost it changes nothing (a fencing token).
	Term  int64
	Until time.Time // by the clock of the database, which is everybody's
}
