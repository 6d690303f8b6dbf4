package bench

import (
	"runtime"
	"slices"
	"syscall"
	"time"
)

// Counts are what became of a set.
type Counts struct{ N, Right, Accepted, AcceptedRight int }

// Judge judges a set by a rule.
func Judge(r Rule, set []Typed) Counts {
	var c Counts
	for _, t := range set {
		c.N++
		accepted := r.Compile(t)(t.Given)
		if t.Right() {
			c.Right++
		}
		if accepted {
			c.Accepted++
			if t.Right() {
				c.AcceptedRight++
			}
		}
	}
	return c
}

// Accuracy is the share of a set that is judged as labelled, in percent.
func (c Counts) Accuracy() float64 {
	return percent(c.N-(c.Right-c.AcceptedRight)-(c.Accepted-c.AcceptedRight), c.N)
}

// Precision is the share of what is accepted that is right, in percent.
func (c Counts) Precision() float64 { return percent(c.AcceptedRight, c.Accepted) }

// Rate is the share that is accepted, in percent.
func (c Counts) Rate() float64 { return percent(c.Accepted, c.N) }

func percent(a, b int) float64 { return 100 * float64(a) / float64(max(b, 1)) }

// Best is the threshold, in steps of a hundredth, at which a similarity is most accurate on a set.
func Best(s Similarity, set []Typed) float64 {
	best, at := 0.0, 0.0
	for step := 50; step <= 100; step++ {
		threshold := float64(step) / 100
		if a := Judge(s.At(threshold), set).Accuracy(); a > best {
			best, at = a, threshold
		}
	}
	return at
}

// Cost is what a check takes: the median over rounds of the processor time, and allocations. Compiling does not count.
// Every check is beside one answer.
func Cost(r Rule, set []Typed, rounds int) (time.Duration, float64) {
	checks := make([]func(string) bool, len(set))
	for i, t := range set {
		t.Aliases = nil
		checks[i] = r.Compile(t)
	}
	var took []time.Duration
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range rounds {
		from := cpu()
		for i, t := range set {
			checks[i](t.Given)
		}
		took = append(took, (cpu()-from)/time.Duration(len(set)))
	}
	runtime.ReadMemStats(&after)
	slices.Sort(took)
	return took[len(took)/2], float64(after.Mallocs-before.Mallocs) / float64(rounds*len(set))
}

// cpu is the processor time that this process has used so far: steadier than the clock where others work too.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
