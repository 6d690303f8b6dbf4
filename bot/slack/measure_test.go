package slack_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/slack"
	"github.com/whowon-bot/whowon/bot/slack/slacktest"
)

// acks is a bot.Meter that keeps how long acknowledgements took, and what was read of the platform last.
type acks struct {
	mu   sync.Mutex
	took []float64
}

func (a *acks) Count(bot.Metric, int, ...string) {}

func (a *acks) Observe(m bot.Metric, value float64, labels ...string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if m == bot.MetricAckSeconds && strings.Join(labels, "") == "slack" {
		a.took = append(a.took, value)
	}
}

// numbers are what a platform tells of itself.
func numbers(ctx context.Context, p *slack.Platform) map[bot.Metric]float64 {
	read := map[bot.Metric]float64{}
	p.Measure(ctx, func(m bot.Metric, value float64, _ ...string) { read[m] = value })
	return read
}

// TestSlackIsMeasured takes a command whose answer is slow, an event, and a request that is limited; and is ready for as long
// as it is connected.
func TestSlackIsMeasured(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)))
		server, client := slacktest.StartPiped(t, slacktest.Options{})
		server.AddChannel(slacktest.Channel{ID: general, Name: "general", Member: true})
		m, once := &acks{}, sync.Once{}
		limits := roundTrip(func(r *http.Request) (resp *http.Response, err error) {
			if strings.HasSuffix(r.URL.Path, "chat.postMessage") {
				once.Do(func() {
					resp = &http.Response{StatusCode: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"7"}},
						Body: http.NoBody, Request: r}
				})
			}
			if resp == nil {
				return client.Transport.RoundTrip(r)
			}
			return resp, nil
		})
		p, err := slack.New(slack.Options{Config: config(server), Commands: commands(), Bot: &looker{}, Transport: limits, Meter: m})
		if err != nil {
			t.Fatal(err)
		}
		if p.Ready() == nil {
			t.Error("it is ready before it is connected")
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- p.Run(ctx, func(in bot.Inbound) error { go in.Done(); return nil }) }()
		synctest.Wait()
		if err := p.Ready(); err != nil || numbers(ctx, p)[bot.MetricSocketsOpen] != 2 {
			t.Errorf("connected: %v, %v", err, numbers(ctx, p))
		}
		go func() {
			if _, err := p.Send(ctx, bot.Target{Channel: channel()},
				say("hello"), ""); err != nil {
				t.Error(err)
			}
		}()
		synctest.Wait()
		server.Slash(slacktest.Where{Channel: general}, server.User("ada"), "/whowon", "x")
		time.Sleep(time.Minute)
		if n := numbers(ctx, p); n[bot.MetricRateLimited] != 1 || n[bot.MetricRequestsWaiting] != 0 {
			t.Errorf("after a 429: %v", n)
		}
		m.mu.Lock()
		if len(m.took) == 0 || m.took[0] > 1 {
			t.Errorf("acknowledgements took %v", m.took)
		}
		m.mu.Unlock()
		cancel()
		if err := <-ended; err != nil || p.Ready() == nil {
			t.Errorf("it has ended with %v, and is ready: %v", err, p.Ready())
		}
	})
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
