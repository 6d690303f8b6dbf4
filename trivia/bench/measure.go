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

// Cost is what a check takes by a rule.
type Cost struct {
	Took   time.Duration // median over the rounds
	Share  float64       // of this time, what the first rule takes: median of the ratios within a round
	Allocs float64
}

// Costs measures rules in turn, round by round, in processor time; compiling does not count. Every check is beside one answer.
func Costs(rules []Rule, set []Typed, rounds int) []Cost {
	checks := make([][]func(string) bool, len(rules))
	for n, r := range rules {
		for _, t := range set {
			t.Aliases = nil
			checks[n] = append(checks[n], r.Compile(t))
		}
	}
	took, shares := make([][]time.Duration, len(rules)), make([][]float64, len(rules))
	out := make([]Cost, len(rules))
	for range rounds {
		for n := range rules {
			d, allocs := pass(checks[n], set)
			took[n], out[n].Allocs = append(took[n], d), allocs
			first := took[0][len(took[0])-1]
			shares[n] = append(shares[n], float64(first)/float64(max(d, 1)))
		}
	}
	for n := range rules {
		slices.Sort(took[n])
		slices.Sort(shares[n])
		out[n].Took, out[n].Share = took[n][rounds/2], shares[n][rounds/2]
	}
	return out
}

// pass checks everything once, and returns the time and the allocations of a check.
func pass(checks []func(string) bool, set []Typed) (time.Duration, float64) {
	runtime.GC() // what others have left is not swept on this rule's time
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	from := cpu()
	for i, t := range set {
		checks[i](t.Given)
	}
	d := (cpu() - from) / time.Duration(len(set))
	runtime.ReadMemStats(&after)
	return d, float64(after.Mallocs-before.Mallocs) / float64(len(set))
}

// cpu is the processor time that this process has used so far: steadier than the clock where others work too.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
