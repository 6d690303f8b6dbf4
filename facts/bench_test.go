package facts_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/facts"
)

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := facts.Load(); err != nil {
			b.Fatal(err)
		}
	}
}

// questions are the questions of testdata, one a line.
func questions(b *testing.B) []string {
	text, err := os.ReadFile("testdata/questions.txt")
	if err != nil {
		b.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

// BenchmarkAsk asks the questions of testdata, of every kind, and reports the median and the slowest of them. A question's
// time is the least of eleven runs: what the machine does beside it is not its own.
func BenchmarkAsk(b *testing.B) {
	c, list := corpus(b), questions(b)
	var took []time.Duration
	for b.Loop() {
		took = took[:0]
		for _, q := range list {
			took = append(took, fastest(c, q, 11))
		}
	}
	report(b, took)
}

// BenchmarkAskRandom asks 100,000 strings that nobody would ask and reports the slowest, each the less of two runs.
func BenchmarkAskRandom(b *testing.B) {
	c := corpus(b)
	var took []time.Duration
	for b.Loop() {
		took = took[:0]
		for q := range randomQuestions(100_000) {
			took = append(took, fastest(c, q, 2))
		}
	}
	report(b, took)
}

func fastest(c *facts.Corpus, q string, runs int) time.Duration {
	least := time.Hour
	for range runs {
		start := time.Now()
		c.Ask(q, today)
		least = min(least, time.Since(start))
	}
	return least
}

func report(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1e3, "median-µs")
	b.ReportMetric(float64(took[len(took)-1].Nanoseconds())/1e3, "slowest-µs")
}
