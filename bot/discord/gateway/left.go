package gateway

import "time"

// Left is how many IDENTIFYs may still be sent in this day, as far as is known here: what Discord has told less those sent
// since, and no more than the times that are remembered leave.
func (i *Identify) Left(now time.Time) int {
	i.mu.Lock()
	defer i.mu.Unlock()
	used, since := 0, 0
	for n := range i.shards {
		for _, at := range i.recent(n, now) {
			used++
			if at.After(i.known) {
				since++
			}
		}
	}
	budget := total
	if i.limit.Total > 0 {
		budget = i.limit.Total
	}
	left := budget - used
	if !i.known.IsZero() && now.Before(i.known.Add(i.limit.ResetAfter)) {
		left = min(left, i.limit.Remaining-since)
	}
	return max(0, left)
}
