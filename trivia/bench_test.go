package trivia_test

import (
	"encoding/json"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/judge"
)

// midway is a round of ten questions in the middle of the sixth, with so many players. Its strings are its own, as those
// of a round that was loaded are.
func midway(tb testing.TB, id, players int, typed bool) *trivia.Round {
	tb.Helper()
	rules := trivia.Preset(trivia.Classic)
	rules.Typed = typed
	qs := questions(1, 10)
	for i := range qs {
		qs[i].Text = fmt.Sprintf("Which film of %d won the prize for best picture at the ceremony held in March of round %d?", 1950+i, id)
		qs[i].Rows = []string{fmt.Sprintf("oscars-%d-best-picture-1", i), fmt.Sprintf("oscars-%d-best-picture-2", i)}
		qs[i].Source = fmt.Sprintf("https://www.oscars.org/oscars/ceremonies/%d", 1950+i)
	}
	r := trivia.NewRound(fmt.Sprintf("round-%d", id), rules, player("p0"), qs, uint64(id))
	r.Start(began)
	for n := 1; n <= 6; n++ {
		cur, ok := r.Current()
		if !ok || cur.Question != n {
			tb.Fatalf("question %d is not open", n)
		}
		for p := range players {
			at := cur.OpenedAt.Add(time.Duration(1000+200*p) * time.Millisecond)
			a := trivia.Attempt{Question: n, Pressed: !typed, Option: (p + n) % 4, Order: uint64(at.UnixMicro()), Verdict: judge.Wrong, Text: "The Godfather"}
			if p%3 == n%3 && n < 6 {
				a.Verdict = judge.Correct
			}
			r.Answer(at, at, trivia.Player{ID: fmt.Sprintf("discord:%d", 100000000000000000+p*7919), Name: fmt.Sprintf("player number %d", p)}, a)
		}
		if n < 6 {
			for cur, ok = r.Current(); !ok || cur.Question == n; cur, ok = r.Current() {
				r.Tick(r.Deadline())
			}
		}
	}
	data, err := json.Marshal(r)
	if err != nil {
		tb.Fatal(err)
	}
	var back trivia.Round
	if err := json.Unmarshal(data, &back); err != nil {
		tb.Fatal(err)
	}
	return &back
}

// BenchmarkAnswer is one answer, nothing saved.
func BenchmarkAnswer(b *testing.B) {
	for _, bb := range []struct {
		name    string
		players int
		typed   bool
		verdict judge.Verdict
	}{
		{"press/8players", 8, false, ""},
		{"press/50players", 50, false, ""},
		{"wrong/8players", 8, true, judge.Wrong},
		{"right/8players", 8, true, judge.Correct},
		{"wrong/50players", 50, true, judge.Wrong},
	} {
		b.Run(bb.name, func(b *testing.B) {
			r := midway(b, 1, bb.players, bb.typed)
			cur, _ := r.Current()
			p := trivia.Player{ID: "discord:100000000000007919", Name: "player number 1"}
			i := 0
			b.ReportAllocs()
			for b.Loop() {
				// Each answer is one more of the same player, 2.1 seconds after the last: the worst case, as it fills the list.
				i++
				at := cur.OpenedAt.Add(3*time.Second + time.Duration(i%12)*2100*time.Millisecond)
				a := trivia.Attempt{Question: cur.Question, Pressed: !bb.typed, Option: i % 4, Verdict: bb.verdict, Text: "The Godfather"}
				r.Answer(at, cur.OpenedAt.Add(4*time.Second), p, a)
			}
		})
	}
}

// BenchmarkSave is saving and loading a round in the middle.
func BenchmarkSave(b *testing.B) {
	r := midway(b, 1, 8, true)
	b.Run("marshal", func(b *testing.B) {
		n := 0
		for b.Loop() {
			data, err := json.Marshal(r)
			if err != nil {
				b.Fatal(err)
			}
			n = len(data)
		}
		b.ReportMetric(float64(n), "bytes")
	})
	data, err := json.Marshal(r)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("unmarshal", func(b *testing.B) {
		for b.Loop() {
			var back trivia.Round
			if err := json.Unmarshal(data, &back); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkOpenRounds holds 100,000 rounds of ten questions and eight players in the middle of the sixth question, and
// reports what they take of the heap. Each is loaded for itself and shares no string with others that a program which
// restarts would not share. Run it with -benchtime 1x.
func BenchmarkOpenRounds(b *testing.B) {
	const n = 100_000
	for _, typed := range []bool{true, false} {
		b.Run(fmt.Sprintf("typed=%v", typed), func(b *testing.B) {
			data, err := json.Marshal(midway(b, 1, 8, typed))
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				rounds := make([]*trivia.Round, n)
				before := heap()
				for i := range rounds {
					rounds[i] = new(trivia.Round)
					if err := json.Unmarshal(data, rounds[i]); err != nil {
						b.Fatal(err)
					}
				}
				used := heap() - before
				b.ReportMetric(float64(used)/(1<<20), "MiB")
				b.ReportMetric(float64(used)/n, "bytes/round")
				runtime.KeepAlive(rounds)
			}
		})
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
