package signed

import (
	"crypto/sha256"
	"sync"
	"time"
)

const (
	// keep is how long a signature is remembered at least: from a timestamp that is MaxSkew ahead of our clock until it is
	// MaxSkew behind.
	keep = 2 * MaxSkew
	// maxKept is the most signatures of keep: 870 requests a second for ten minutes. Memory goes with what really came, at
	// most some 50 MB.
	maxKept = 1 << 19
)

// replays remembers the signatures of genuine requests for 10 to 20 minutes: those of this span and of the one before. A
// lookup costs the same however many there are.
//
// When a span is full, new requests are refused and nothing is forgotten: a forgotten signature could be sent again. Only
// what Slack signed gets in, so nobody else can fill it; and what is refused, Slack sends again later.
type replays struct {
	max int

	mu         sync.Mutex
	turned     time.Time // when young began
	young, old map[hash]struct{}
}

// hash stands for a signature. It is not the signature, which could still be used where it was not seen yet.
type hash [16]byte

// What became of a signature.
type seen int

const (
	first seen = iota // not seen before, and remembered now
	known
	full // not seen before, and not remembered
)

func newReplays(limit int) *replays { return &replays{max: limit, young: map[hash]struct{}{}} }

// add remembers a signature unless it is known.
func (c *replays) add(sig [sha256.Size]byte, now time.Time) seen {
	sum := sha256.Sum256(sig[:])
	h := hash(sum[:len(hash{})])
	c.mu.Lock()
	defer c.mu.Unlock()
	if now.Sub(c.turned) >= keep {
		c.young, c.old, c.turned = map[hash]struct{}{}, c.young, now
	}
	_, a := c.young[h]
	_, b := c.old[h]
	switch {
	case a || b:
		return known
	case len(c.young) >= c.max:
		return full
	}
	c.young[h] = struct{}{}
	return first
}
