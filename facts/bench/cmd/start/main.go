// Command start measures how long whowon takes from its start to its first answer, and how much memory it holds then,
// beside an empty Go program that prints a line. Both are built for it and started in turn. go test -bench runs the same.
//
// It does not know what is done in that time. It keeps itself small and loads no facts: Linux counts, for the peak memory
// of a program, what the process held that started it.
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"text/tabwriter"
	"time"

	"github.com/whowon-bot/whowon/facts/bench"
)

func main() {
	rounds := flag.Int("rounds", 40, "times that each program is started; the median counts")
	query := flag.String("query", "best picture 2025", "what is asked")
	flag.Parse()
	if _, err := run(context.Background(), os.Stdout, ".", *rounds, *query); err != nil {
		fmt.Fprintln(os.Stderr, "start:", err)
		os.Exit(1)
	}
}

// program is started again and again.
type program struct {
	name       string
	args       []string
	first, cpu []time.Duration // to the first line; of the processor, in all
	ratio      []float64       // of first, to the other program's in the same round
	cpuRatio   []float64
	peak       int64 // KiB
}

// run compares the programs that are built from folder, facts/bench, and returns the medians of whowon.
func run(ctx context.Context, out io.Writer, folder string, rounds int, query string) (*program, error) {
	dir, err := os.MkdirTemp("", "whowon-start")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	empty := &program{name: "empty Go program", args: []string{filepath.Join(dir, "empty")}}
	ours := &program{name: "whowon ask --json", args: []string{filepath.Join(dir, "whowon"), "ask", "--json", query}}
	if err := build(ctx, folder, "./empty", empty.args[0]); err != nil {
		return nil, err
	}
	if err := build(ctx, filepath.Join(folder, "..", ".."), "./cmd/whowon", ours.args[0]); err != nil {
		return nil, err
	}
	for range rounds {
		for _, p := range []*program{empty, ours} {
			if err := p.start(ctx, dir); err != nil {
				return nil, fmt.Errorf("%s: %w", p.name, err)
			}
			p.ratio = append(p.ratio, last(p.first)/last(empty.first))
			p.cpuRatio = append(p.cpuRatio, last(p.cpu)/last(empty.cpu))
		}
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "start to first answer\tclock\tof empty\tCPU\tof empty\tpeak memory")
	for _, p := range []*program{empty, ours} {
		fmt.Fprintf(w, "  %s\t%.2f ms\t%.2f\t%.2f ms\t%.2f\t%.1f MiB\n", p.name, ms(bench.Median(p.first)), bench.Median(p.ratio),
			ms(bench.Median(p.cpu)), bench.Median(p.cpuRatio), float64(p.peak)/1024)
	}
	return ours, w.Flush()
}

func last(list []time.Duration) float64 { return float64(max(list[len(list)-1], 1)) }

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// build makes a program as the Makefile does.
func build(ctx context.Context, module, pkg, to string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", to, pkg)
	cmd.Dir, cmd.Stderr = module, os.Stderr
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("go build %s: %w", pkg, err)
	}
	return nil
}

// start runs the program once, in an empty folder.
func (p *program) start(ctx context.Context, dir string) error {
	path, err := filepath.Abs(p.args[0])
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, path, p.args[1:]...)
	cmd.Dir, cmd.Stderr = dir, os.Stderr
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	from := time.Now()
	if err := cmd.Start(); err != nil {
		return err
	}
	out := bufio.NewReader(pipe)
	_, err = out.ReadString('\n')
	took := time.Since(from)
	if err != nil {
		return fmt.Errorf("no answer: %w", err)
	}
	if _, err := io.Copy(io.Discard, out); err != nil {
		return err
	}
	if err := cmd.Wait(); err != nil {
		return err
	}
	state := cmd.ProcessState
	p.first = append(p.first, took)
	p.cpu = append(p.cpu, state.UserTime()+state.SystemTime())
	if usage, ok := state.SysUsage().(*syscall.Rusage); ok {
		p.peak = max(p.peak, usage.Maxrss)
	}
	return nil
}
