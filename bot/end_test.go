package bot_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

// stuck is a platform that shows nothing and does not end: the worst of them does not even care that it should.
type stuck struct {
	deaf   bool
	took   chan time.Duration // how long something was being shown
	served bot.Deliver
}

func (*stuck) Info() bot.Info { return bot.Info{Name: "stuck"} }

func (s *stuck) Run(ctx context.Context, deliver bot.Deliver) error {
	s.served = deliver
	<-ctx.Done()
	if s.deaf {
		time.Sleep(time.Hour)
	}
	return nil
}

func (s *stuck) Send(ctx context.Context, _ bot.Target, _ bot.View, _ string) (bot.MessageRef, error) {
	began := time.Now()
	if s.deaf {
		time.Sleep(time.Hour)
	}
	<-ctx.Done()
	s.took <- time.Since(began)
	return bot.MessageRef{}, ctx.Err()
}

func (*stuck) Edit(context.Context, bot.MessageRef, bot.View) error { return bot.ErrUnsupported }

// busy is a feature that has something to do of its own accord.
type busy struct {
	stopped, closed time.Duration
	began           time.Time
}

func (*busy) Commands() []bot.CommandInfo           { return nil }
func (*busy) Start(context.Context, bot.Host) error { return nil }
func (*busy) Handle(context.Context, bot.Platform, bot.Inbound) (bot.View, bool, error) {
	return bot.View{Lead: bot.L("!")}, true, nil
}
func (b *busy) Stop()  { b.stopped = time.Since(b.began) }
func (b *busy) Close() { b.closed = time.Since(b.began) }

// TestEndsInTime ends a bot with something under way that does not finish: it is told to, and the bot ends within 5 seconds
// whether it does or not. Features are told at once.
func TestEndsInTime(t *testing.T) {
	for name, deaf := range map[string]bool{"hanging": false, "deaf": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p, f := &stuck{deaf: deaf, took: make(chan time.Duration, 1)}, &busy{}
				ctx, cancel := context.WithCancel(t.Context())
				over := make(chan error)
				go func() { over <- bot.New(bot.Options{Features: []bot.Feature{f}}).Run(ctx, p) }()
				synctest.Wait()
				if err := p.served(bot.Inbound{ID: "1", Text: "hi", To: bot.Target{Channel: bot.Channel{Platform: "stuck", ID: "c"}}}); err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Second)
				f.began = time.Now()
				cancel()
				if err := <-over; err != nil {
					t.Error(err)
				}
				if took := time.Since(f.began); took > 4200*time.Millisecond || took < time.Second {
					t.Errorf("it ended after %v", took)
				}
				if f.stopped != 0 || f.closed == 0 {
					t.Errorf("the feature was stopped after %v and closed after %v", f.stopped, f.closed)
				}
				if deaf {
					time.Sleep(2 * time.Hour) // until it is over, so that the test is
				} else {
					if took := <-p.took; took < 3*time.Second {
						t.Errorf("what was under way had %v", took)
					}
				}
			})
		})
	}
}
