package main

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/facts/table"
	"github.com/whowon-bot/whowon/trivia/generate"
)

func TestProgressBar(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out strings.Builder
		b := newBar(env{stderr: &out, lookup: func(string) (string, bool) { return "1", true }}, "work")
		ends := func(when, want string) {
			t.Helper()
			synctest.Wait()
			b.mu.Lock() // out is written by who holds it
			defer b.mu.Unlock()
			if got := out.String(); !strings.HasSuffix(got, want) || want == "" && got != "" {
				t.Errorf("%s: %q does not end with %q", when, got, want)
			}
			out.Reset()
		}
		const cleared, half = "\r\x1b[K", "\r\x1b[Kwork [############------------] 1/2, 1/s, 1s left"
		b.count(0, 2)
		time.Sleep(time.Minute)
		ends("no terminal", "")
		b.terminal, b.began = true, time.Now()
		b.count(0, 0)
		time.Sleep(450 * time.Millisecond)
		ends("at once", "")
		time.Sleep(100 * time.Millisecond)
		ends("half a second", "\r\x1b[Kwork…")
		b.count(1, 2)
		time.Sleep(450 * time.Millisecond)
		ends("told once", half)
		b.hide()
		ends("hidden", cleared)
		time.Sleep(time.Second)
		ends("still hidden", "")
		b.count(1, 2)
		ends("told again", "left")
		b.count(2, 2)
		ends("done", cleared)
		time.Sleep(time.Second)
		ends("still done", "")
		b.count(0, 2)
		b.end() // the test ends only when nothing draws any more
		ends("ended", cleared)
	})
}

// TestProgressOfQuestions makes the facts small: some awards have few results.
func TestProgressOfQuestions(t *testing.T) {
	set, err := table.Read(os.DirFS("../../facts/data/tables"))
	if err != nil {
		t.Fatal(err)
	}
	set.Results = slices.DeleteFunc(set.Results, func(r table.Result) bool {
		return r.Award != "fields-medal" && r.Award != "booker-prize"
	})
	corpus, err := facts.FromSet(set)
	if err != nil {
		t.Fatal(err)
	}
	g, calls, done, total := generate.New(corpus, 1), 0, 0, 0
	for range faults(corpus, g, func(d, n int) {
		if calls++; calls > 1 && (d < done || d > n || n != g.Count(generate.Filter{})) {
			t.Fatalf("call %d says %d of %d after %d of %d", calls, d, n, done, total)
		}
		done, total = d, n
	}) {
		continue
	}
	if calls < 100 || done != total || total < 100 {
		t.Errorf("%d calls, the last one %d of %d", calls, done, total)
	}
}
