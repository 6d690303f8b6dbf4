package bench

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"text/tabwriter"
	"time"
)

// Candidate is a bot and what it is given to do.
type Candidate struct {
	Name string
	Bot  *Bot
	Each int                                    // events a round
	Do   func(ctx context.Context, n int) error // n events

	took []time.Duration // for an event, by round
}

// Group are candidates that take the same events.
type Group struct {
	Title string
	List  []*Candidate
}

// Ratio is what Ours takes of what Peer takes, which is to be at most Target, or less than it where Below is set. Without a
// Target it is only told.
type Ratio struct {
	Ours, Peer *Candidate
	Target     float64
	Below      bool
}

// Compare measures the candidates in rounds. In each of them all have their turn, in an order of its own, so that whatever
// else the machine does falls on all alike. A round before the first does not count.
func Compare(ctx context.Context, groups []Group, rounds int, progress func(done, of int)) error {
	var all []*Candidate
	for _, g := range groups {
		all = append(all, g.List...)
	}
	for round := range rounds + 1 {
		progress(round, rounds+1)
		rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for _, c := range all {
			took, err := c.Bot.Use(func() error { return c.Do(ctx, c.Each) })
			if err != nil {
				return err
			}
			if round > 0 {
				c.took = append(c.took, took/time.Duration(c.Each))
			}
		}
	}
	return nil
}

// Print prints what Compare has measured.
func Print(out io.Writer, groups []Group, ratios []Ratio) error {
	w := tabwriter.NewWriter(out, 0, 0, 3, ' ', 0)
	for _, g := range groups {
		fmt.Fprintf(w, "%s\tevents\tCPU µs/event\tmiddle half\n", g.Title)
		for _, c := range g.List {
			low, mid, high := quartiles(c.took)
			fmt.Fprintf(w, "  %s\t%d\t%.1f\t%.1f–%.1f\n", c.Name, c.Each*len(c.took), micros(mid), micros(low), micros(high))
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "CPU, as a ratio\tmedian\tmiddle half\ttarget\n")
	for _, r := range ratios {
		low, mid, high := quartiles(r.rounds())
		fmt.Fprintf(w, "  %s / %s\t%.2f\t%.2f–%.2f\t%s\n", r.Ours.Name, r.Peer.Name, mid, low, high, r.verdict(mid))
	}
	return w.Flush()
}

// verdict is the target, and whether a ratio meets it.
func (r Ratio) verdict(have float64) string {
	if r.Target == 0 {
		return "none"
	}
	sign, met := "≤", have <= r.Target
	if r.Below {
		sign, met = "<", have < r.Target
	}
	if met {
		return fmt.Sprintf("%s %.2f: met", sign, r.Target)
	}
	return fmt.Sprintf("%s %.2f: missed", sign, r.Target)
}

// rounds are the ratios within each round.
func (r Ratio) rounds() []float64 {
	out := make([]float64, len(r.Ours.took))
	for i, ours := range r.Ours.took {
		out[i] = float64(ours) / float64(max(1, r.Peer.took[i]))
	}
	return out
}

// quartiles are the values a quarter, half and three quarters up the list; zeros of none.
func quartiles[T ~int64 | ~float64](list []T) (low, mid, high T) {
	if len(list) == 0 {
		return 0, 0, 0
	}
	list = slices.Sorted(slices.Values(list))
	return list[len(list)/4], list[len(list)/2], list[len(list)*3/4]
}

func micros(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }
