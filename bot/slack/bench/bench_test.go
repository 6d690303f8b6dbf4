package bench

import (
	"testing"
	"time"
)

func TestPercentile(t *testing.T) {
	var list []time.Duration
	for i := range 1000 {
		list = append(list, time.Duration(999-i))
	}
	for p, want := range map[float64]time.Duration{0: 0, 50: 500, 99: 990, 100: 999} {
		if got := Percentile(list, p); got != want {
			t.Errorf("%v percent: %d, not %d", p, got, want)
		}
	}
}

func TestRatiosAreOfTheSameRound(t *testing.T) {
	ours, peer := &Candidate{took: []time.Duration{10, 200, 30}}, &Candidate{took: []time.Duration{20, 100, 30}}
	if low, mid, high := ours.To(peer); low != 0.5 || mid != 1 || high != 2 {
		t.Errorf("%v, %v, %v", low, mid, high)
	}
}
