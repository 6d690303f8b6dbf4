package bench

import (
	"fmt"
	"io"
	"slices"
	"syscall"
	"text/tabwriter"
	"time"
)

// CPU is the processor time that this process has used so far. It is steadier than the clock on a machine that does other
// work too.
func CPU() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// Median of durations or ratios; 0 of none.
func Median[T ~int64 | ~float64](list []T) T {
	if len(list) == 0 {
		return 0
	}
	list = slices.Sorted(slices.Values(list))
	return list[len(list)/2]
}

// Candidate is one of several engines that do the same.
type Candidate struct {
	Name string
	Note string // shown as it is: size, recall
	Ask  func(i int) error
	Each int // queries a round; a slow peer gets by with few
}

// Compare asks the candidates in turn, round by round, and prints the medians of the time for a query and of what the first
// candidate, ours, takes of each peer's time in the same round. It returns these ratios.
func Compare(out io.Writer, title string, rounds int, list []Candidate) ([]float64, error) {
	took := make([][]time.Duration, len(list))
	ratios := make([][]float64, len(list))
	for range rounds {
		for i, c := range list {
			d, err := ask(c)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", c.Name, err)
			}
			took[i] = append(took[i], d)
			ours := took[0][len(took[0])-1]
			ratios[i] = append(ratios[i], float64(ours)/float64(max(d, 1)))
		}
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s\tCPU/query\twhowon takes of it\t\n", title)
	median := make([]float64, len(list))
	for i, c := range list {
		median[i] = Median(ratios[i])
		share := ""
		if i > 0 {
			share = fmt.Sprintf("%.5f (1/%.0f)", median[i], 1/max(median[i], 1e-9))
		}
		fmt.Fprintf(w, "  %s\t%.2f µs\t%s\t%s\n", c.Name, float64(Median(took[i]).Nanoseconds())/1000, share, c.Note)
	}
	fmt.Fprintln(w)
	return median, w.Flush()
}

// ask returns the processor time for a query.
func ask(c Candidate) (time.Duration, error) {
	from := CPU()
	for i := range c.Each {
		if err := c.Ask(i); err != nil {
			return 0, err
		}
	}
	return (CPU() - from) / time.Duration(max(c.Each, 1)), nil
}
