package metrics_test

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/metrics"
	"github.com/whowon-bot/whowon/facts"
)

// nowhere is a platform that shows nothing.
type nowhere struct{}

func (nowhere) Info() bot.Info                                       { return bot.Info{Name: "nowhere"} }
func (nowhere) Run(context.Context, bot.Deliver) error               { return nil }
func (nowhere) Edit(context.Context, bot.MessageRef, bot.View) error { return nil }
func (nowhere) Send(context.Context, bot.Target, bot.View, string) (bot.MessageRef, error) {
	return bot.MessageRef{}, nil
}

// BenchmarkDelivery answers a question, from its delivery until it is shown, and help, which is as good as nothing.
func BenchmarkDelivery(b *testing.B) {
	corpus, err := facts.Load()
	if err != nil {
		b.Fatal(err)
	}
	m, err := metrics.New()
	if err != nil {
		b.Fatal(err)
	}
	for name, c := range map[string]bot.Command{"question": {Name: "whowon", Args: "best picture 2025"}, "nothing": {Name: "zzz"}} {
		for meter, with := range map[string]bot.Meter{"measured": m, "bare": nil} {
			b.Run(name+"/"+meter, func(b *testing.B) {
				whowon := bot.New(bot.Options{Facts: func() bot.Facts { return corpus }, Now: time.Now, Meter: with})
				deliver := whowon.Deliver(b.Context(), nowhere{})
				done := make(chan struct{})
				b.ReportAllocs()
				for n := 0; b.Loop(); n++ {
					in := bot.Inbound{ID: strconv.Itoa(n), Command: &c, Done: func() { done <- struct{}{} },
						To: bot.Target{Channel: bot.Channel{Platform: "nowhere", ID: "c"}}}
					if err := deliver(in); err != nil {
						b.Fatal(err)
					}
					<-done
				}
			})
		}
	}
}
