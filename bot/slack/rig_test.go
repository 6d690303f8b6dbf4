package slack_test

import (
	"context"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/slack"
	"github.com/whowon-bot/whowon/bot/slack/slacktest"
)

// schemas is a folder with the published types of blocks and views, where there is one.
func schemas() string {
	for _, dir := range []string{os.Getenv("WHOWON_SLACK_SCHEMAS"), "../../../shared/specs"} {
		if _, err := os.Stat(dir + "/slack-blocks.schema.json"); dir != "" && err == nil {
			return dir
		}
	}
	return ""
}

// general is a channel that the bot is in.
const general = "C0000000001"

func config(s *slacktest.Server) slack.Config {
	return slack.Config{AppToken: s.AppToken(), BotToken: s.Token(""), APIURL: s.API(), TypedAnswers: true}
}

// rig is the adapter on a Slack, with a bot that does what the test says. It lives in a bubble.
type rig struct {
	t      *testing.T
	server *slacktest.Server
	p      *slack.Platform
	where  slacktest.Where
	ada    slacktest.User
	stop   func() error // ends the adapter and returns what Run did
	log    *lockedLog
	purged []bot.Guild
	looker looker

	mu      sync.Mutex
	inbound []bot.Inbound
	lanes   *bot.Lanes
}

// lockedLog is what was logged.
type lockedLog struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *lockedLog) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(line)
}

func (l *lockedLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// looker proposes what is typed, and shows what it is asked to look at, with some lines and a button below.
type looker struct {
	below int
	state string // of the button
}

func (looker) Suggest(command, option, prefix string, _ int) []bot.Suggestion {
	return []bot.Suggestion{{Label: command + " " + option, Value: prefix + "!"},
		{Label: strings.Repeat("long ", 50), Value: prefix + "2"}}
}

func (l *looker) Look(_ context.Context, _ bot.Platform, in bot.Inbound) (bot.View, error) {
	v := bot.View{Title: bot.L("for " + in.From.Name), Lead: bot.L("/" + in.Command.Name + " " + in.Command.Args)}
	if l.state != "" {
		v.Buttons = []bot.Button{{State: l.state, Label: "x"}}
	}
	for range l.below {
		v.Footer = append(v.Footer, bot.L("below"))
	}
	return v, nil
}

// start connects the adapter. What arrives is handled in lanes by answer, whose view is the reply; an empty one is none.
func start(t *testing.T, change func(*slack.Config, *slacktest.Options), answer func(context.Context, *slack.Platform, bot.Inbound) bot.View) *rig {
	t.Helper()
	time.Sleep(time.Until(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))) // a bubble begins long ago
	r := &rig{t: t, lanes: bot.NewLanes(64), log: &lockedLog{}}
	o := slacktest.Options{Schemas: schemas()}
	if change != nil {
		change(&slack.Config{}, &o)
	}
	server, client := slacktest.StartPiped(t, o)
	r.server, r.where, r.ada = server, slacktest.Where{Channel: general}, server.User("ada")
	server.AddChannel(slacktest.Channel{ID: general, Name: "general", Member: true})
	c := config(server)
	if change != nil {
		change(&c, &o)
	}
	log := slog.New(slog.NewTextHandler(r.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	p, err := slack.New(slack.Options{Config: c, Commands: commands(), Bot: &r.looker, Transport: client.Transport,
		Purge: func(_ context.Context, g bot.Guild) error {
			r.purged = append(r.purged, g)
			return nil
		}, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	r.p = p
	r.run(answer)
	synctest.Wait()
	return r
}

func (r *rig) run(answer func(context.Context, *slack.Platform, bot.Inbound) bot.View) {
	ctx, cancel := context.WithCancel(r.t.Context())
	done := make(chan error, 1)
	go func() { done <- r.p.Run(ctx, r.deliver(ctx, answer)) }()
	r.stop = sync.OnceValue(func() error {
		cancel()
		err := <-done
		_ = r.lanes.Close(context.Background())
		return err
	})
	r.t.Cleanup(func() {
		if err := r.stop(); err != nil {
			r.t.Errorf("Run: %v", err)
		}
	})
}

func (r *rig) deliver(ctx context.Context, answer func(context.Context, *slack.Platform, bot.Inbound) bot.View) bot.Deliver {
	return func(in bot.Inbound) error {
		r.mu.Lock()
		r.inbound = append(r.inbound, in)
		r.mu.Unlock()
		return r.lanes.Do(in.To.Channel, func() {
			if v := answer(ctx, r.p, in); !v.Empty() {
				if _, err := r.p.Send(ctx, in.To, v, "reply/"+in.ID); err != nil {
					r.t.Errorf("Send: %v", err)
				}
			}
			if in.Done != nil {
				in.Done()
			}
		})
	}
}

// got is what the bot was handed so far.
func (r *rig) got() []bot.Inbound {
	wait(2 * time.Second)
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]bot.Inbound(nil), r.inbound...)
}

// sound checks that Slack had nothing to object to.
func (r *rig) sound() {
	r.t.Helper()
	for _, fault := range r.server.Faults() {
		r.t.Errorf("Slack refuses: %.500s", fault)
	}
	if n := r.server.Pings(); n != 0 {
		r.t.Errorf("%d pings", n)
	}
}

func say(words string) bot.View { return bot.View{Lead: bot.L(words)} }

func secretly(words string) bot.View { return bot.View{Private: true, Lead: bot.L(words)} }

// wait lets time pass, and what comes of it.
func wait(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}
