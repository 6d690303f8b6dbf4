package daily

import (
	"fmt"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot/store/storetest"
)

// BenchmarkMorning posts the anniversaries of one morning to 50,000 channels, which have chosen one of ten sets of topics.
func BenchmarkMorning(b *testing.B) {
	topics := [][]string{nil, {"academy-awards"}, {"film"}, {"awards"}, {"music"}, {"film", "music"}, {"births"}, {"deaths"},
		{"premieres"}, {"people"}}
	c, _ := known()
	posted(b, anniversaries(nil), postOn(2026, time.March, 2))
	for b.Loop() {
		a := anniversaries(nil)
		for i := range 50_000 {
			if shown := posted(b, a, postOn(2026, time.March, 2, topics[i%len(topics)]...)); shown.Nothing != "" {
				b.Fatalf("%v: %s of %d topics", topics[i%len(topics)], shown.Nothing, len(c.Topics()))
			}
		}
	}
}

// BenchmarkQuestion posts the question of a day in a channel of its own, with the answer to that of the day before, which
// 20 have answered.
func BenchmarkQuestion(b *testing.B) {
	r := newRig(b, storetest.SQLite(b))
	n := 0
	for b.Loop() {
		b.StopTimer()
		n++
		p := r.on("2026-11-26")
		p.Channel.ID, p.Subscription.ID = fmt.Sprint("c", n), fmt.Sprintf("%013d", n)
		first := r.post(p)
		for i := range 20 {
			r.press(fmt.Sprint("user ", i), first.Buttons[i%len(first.Buttons)].State)
		}
		next := r.on("2026-11-27")
		next.Channel, next.Subscription = p.Channel, p.Subscription
		b.StartTimer()
		r.post(next)
	}
}
