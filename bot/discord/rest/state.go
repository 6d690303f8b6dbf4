package rest

import "time"

// State is how the client is doing.
type State struct {
	Waiting int    // requests that wait for their turn
	Limited uint64 // answers that were a 429, since the client was made
	Invalid int    // answers of the last ten minutes that Discord counts as invalid: at 10,000 it bans the address
}

// State is how the client is doing now.
func (c *Client) State() State {
	p := c.pace
	p.mu.Lock()
	defer p.mu.Unlock()
	return State{Waiting: len(p.lines.waiting), Limited: p.limited, Invalid: p.breaker.invalid.count(time.Now())}
}

// count is how many places were taken within the span that ends now.
func (w *window) count(now time.Time) int {
	n := 0
	for _, at := range w.taken {
		if !at.IsZero() && now.Sub(at) < w.span {
			n++
		}
	}
	return n
}
