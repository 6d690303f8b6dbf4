package slack_test

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/bottest"
	"github.com/whowon-bot/whowon/bot/slack"
	"github.com/whowon-bot/whowon/bot/slack/slacktest"
	"github.com/whowon-bot/whowon/bot/slack/slacktest/check"
)

// free is an address of this machine that nothing listens on.
func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// eventually waits for something that takes a moment on real sockets.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("it never came to this: %s", what)
}

// live is the adapter over real sockets, with a bot that does what the test says.
type live struct {
	t      *testing.T
	server *slacktest.Server
	p      *slack.Platform
	where  slacktest.Where
	ada    slacktest.User
	stop   func() error
	log    *lockedLog

	mu      sync.Mutex
	inbound []bot.Inbound
}

// secret is what the local Slack signs with.
const secret = "test-signing-secret"

// overHTTP is the configuration of an adapter that listens at an address, which Slack is told.
func overHTTP(s *slacktest.Server, at string) slack.Config {
	base := "http://" + at
	s.DeliverHTTP(slacktest.HTTPOptions{Events: base + "/slack/events", Commands: base + "/slack/commands",
		Interactivity: base + "/slack/actions", Options: base + "/slack/actions",
		Client: &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}})
	return slack.Config{SigningSecret: secret, BotToken: s.Token(""), APIURL: s.API(), Listen: at, TypedAnswers: true}
}

// goLive runs an adapter. What arrives is answered with what answer gives, each in a goroutine of its own.
func goLive(t *testing.T, s *slacktest.Server, o slack.Options, answer func(context.Context, bot.Inbound) bot.View) *live {
	t.Helper()
	l := &live{t: t, server: s, where: slacktest.Where{Channel: general}, ada: s.User("ada"), log: &lockedLog{}}
	s.AddChannel(slacktest.Channel{ID: general, Name: "general", Member: true})
	if err := o.Config.Check(); err != nil {
		t.Fatal(err)
	}
	o.Commands, o.Bot = bottest.Commands(), &looker{}
	o.Log = slog.New(slog.NewTextHandler(l.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	p, err := slack.New(o)
	if err != nil {
		t.Fatal(err)
	}
	l.p = p
	ctx, cancel := context.WithCancel(t.Context())
	var handling sync.WaitGroup
	done := make(chan error, 1)
	go func() { done <- p.Run(ctx, l.deliver(ctx, &handling, answer)) }()
	l.stop = sync.OnceValue(func() error {
		cancel()
		err := <-done
		handling.Wait()
		return err
	})
	t.Cleanup(func() {
		if err := l.stop(); err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	if o.Config.SigningSecret == "" {
		eventually(t, "it is connected", func() bool { return s.Connections() > 0 })
	}
	if at := o.Config.Listen; at != "" {
		eventually(t, "it listens", func() bool { return listens(t, at) })
	}
	return l
}

func listens(t *testing.T, at string) bool {
	t.Helper()
	var d net.Dialer
	conn, err := d.DialContext(t.Context(), "tcp", at)
	if err != nil {
		return false
	}
	_ = conn.Close()
	return true
}

func (l *live) deliver(ctx context.Context, wg *sync.WaitGroup, answer func(context.Context, bot.Inbound) bot.View) bot.Deliver {
	return func(in bot.Inbound) error {
		l.mu.Lock()
		l.inbound = append(l.inbound, in)
		l.mu.Unlock()
		wg.Go(func() {
			if v := answer(ctx, in); !v.Empty() {
				if _, err := l.p.Send(ctx, in.To, v, ""); err != nil && ctx.Err() == nil {
					l.t.Errorf("Send: %v", err)
				}
			}
			if in.Done != nil {
				in.Done()
			}
		})
		return nil
	}
}

// got is what was delivered so far.
func (l *live) got() []bot.Inbound {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]bot.Inbound(nil), l.inbound...)
}

// sound checks that Slack had nothing to object to.
func (l *live) sound() {
	l.t.Helper()
	for _, fault := range l.server.Faults() {
		l.t.Errorf("Slack refuses: %.500s", fault)
	}
	if n := l.server.Pings(); n != 0 {
		l.t.Errorf("%d pings", n)
	}
}

// done waits until an interaction is acknowledged.
func (l *live) done(i *slacktest.Interaction) *slacktest.Interaction {
	l.t.Helper()
	if err := i.Wait(l.t.Context()); err != nil {
		l.t.Errorf("the user sees %v", err)
	}
	return i
}

// read is what the messages of an interaction say, once there are n.
func (l *live) read(i *slacktest.Interaction, n int) string {
	l.t.Helper()
	eventually(l.t, fmt.Sprintf("%d messages", n), func() bool { return len(i.Messages()) >= n })
	var texts []string
	for _, m := range i.Messages() {
		texts = append(texts, check.Text(m.Text, m.Blocks))
	}
	return strings.Join(texts, "|")
}
