package rest

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestTheRate of a herd in the background and of live requests: the background has all but a little, and a live request goes at
// once at any moment, even two.
func TestTheRate(t *testing.T) {
	if most := DefaultPerSecond + DefaultPerSecond/aheadOf; most > 50 {
		t.Errorf("%d may go in a second, and Discord takes 50", most)
	}
	begun := time.Now()
	for _, late := range []time.Duration{time.Nanosecond, time.Millisecond, 20 * time.Millisecond} { // timers
		r, sent := newRate(DefaultPerSecond), 0
		for now := begun; now.Sub(begun) < 10*time.Second; now = now.Add(max(0, r.wait(now, Background)) + late) {
			for r.wait(now, Background) <= 0 {
				r.take(now)
				sent++
			}
			live := r
			for n := range 2 {
				if wait := live.wait(now, Live); wait > 0 {
					t.Fatalf("live request %d waits for %v", n, wait)
				}
				live.take(now)
			}
		}
		if sent < 10*DefaultPerSecond-1 || sent > 10*DefaultPerSecond+4 {
			t.Errorf("with timers that are late by %v, %d go in 10 s", late, sent)
		}
	}
}

// TestTheRateIsLowered by an eighth for all that was too much at one time, to a sixteenth at the lowest, and rises again.
func TestTheRateIsLowered(t *testing.T) {
	begun := time.Now()
	r := newRate(48)
	for range 10 {
		r.slower(begun, begun.Add(time.Second), begun.Add(2*time.Second))
	}
	if pace := r.perSecond(begun.Add(time.Second)); pace != 42 {
		t.Errorf("the pace is %v", pace)
	}
	goesOn := begun.Add(2*time.Second + time.Millisecond)
	if wait := r.wait(goesOn, Live); wait > 0 {
		t.Errorf("when sending goes on it waits for %v", wait)
	}
	r.take(goesOn)
	if r.wait(goesOn, Live) <= 0 {
		t.Error("two go at once right after one too many")
	}
	if pace := r.perSecond(begun.Add(time.Second + 15*time.Second)); pace != 45 {
		t.Errorf("a quarter of a minute later the pace is %v", pace)
	}
	if pace := r.perSecond(begun.Add(time.Hour)); pace != 48 {
		t.Errorf("an hour later the pace is %v", pace)
	}
	for n := range 100 {
		at := begun.Add(time.Minute + time.Duration(n)*time.Second)
		r.slower(at, at, at.Add(time.Second))
	}
	if pace := r.perSecond(begun.Add(160 * time.Second)); pace < 3 || pace > 4 {
		t.Errorf("when all is refused the pace is %v", pace)
	}
}

// TestTheRateInAnySecond counts what goes in the second after each request, whoever asks and whenever.
func TestTheRateInAnySecond(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		perSecond := rapid.IntRange(1, 120).Draw(t, "per second")
		steps := rapid.SliceOfN(rapid.Int64Range(0, 60e6), 1, 300).Draw(t, "ns between")
		r, now := newRate(perSecond), time.Unix(1e9, 0)
		var went []time.Time
		for i, step := range steps {
			now = now.Add(time.Duration(step))
			if r.wait(now, Urgency(i%3)) <= 0 {
				r.take(now)
				went = append(went, now)
			}
		}
		for i := range went {
			n := 0
			for _, at := range went[i:] {
				if at.Sub(went[i]) < time.Second {
					n++
				}
			}
			if most := perSecond + perSecond/aheadOf; n > most {
				t.Fatalf("%d go in a second, and %d may", n, most)
			}
		}
	})
}
