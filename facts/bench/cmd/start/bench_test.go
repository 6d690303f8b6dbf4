package main

import (
	"os"
	"testing"

	"github.com/whowon-bot/whowon/facts/bench"
)

func BenchmarkStart(b *testing.B) {
	var ours *program
	var err error
	for range b.N {
		if ours, err = run(b.Context(), os.Stdout, "../..", 40, "best picture 2025"); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(bench.Median(ours.ratio), "start/empty")
	b.ReportMetric(float64(ours.peak)/1024, "MiB")
}
