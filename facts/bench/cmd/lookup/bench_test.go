package main

import (
	"os"
	"runtime"
	"testing"

	"github.com/whowon-bot/whowon/facts/bench"
)

// The tables of the command, and what the targets are about as metrics.

func BenchmarkNames(b *testing.B) { table(b, 0) }

func Benchmark100kNames(b *testing.B) { table(b, 100_000) }

func table(b *testing.B, grow int) {
	names, err := bench.Names("../../" + bench.Tables)
	if err != nil {
		b.Fatal(err)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var r result
	for range b.N {
		if r, err = compare(b.Context(), os.Stdout, bench.Grow(names, grow), 3); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(r.prefix[0], "prefix/fts5")
	b.ReportMetric(r.prefix[1], "prefix/fts5-prefixed")
	b.ReportMetric(r.typo, "typo/vellum")
	b.ReportMetric(r.recall, "recall@5")
	b.ReportMetric(r.size, "MiB")
}
