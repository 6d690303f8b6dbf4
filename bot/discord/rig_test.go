package discord_test

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/bottest"
	"github.com/whowon-bot/whowon/bot/discord"
	"github.com/whowon-bot/whowon/bot/discord/discordtest"
)

// rig is the adapter on a Discord, with a bot that does what the test says. It lives in a bubble.
type rig struct {
	t         *testing.T
	server    *discordtest.Server
	transport http.RoundTripper
	p         *discord.Platform
	where     discordtest.Where
	ada       discordtest.User
	stop      func() error // ends the adapter and returns what Run did

	mu      sync.Mutex
	inbound []bot.Inbound
	log     strings.Builder
	lanes   *bot.Lanes
}

// nonceLife is for how long Discord remembers a nonce in tests: no longer than is counted on.
const nonceLife = 2 * time.Minute

// suggestions proposes what is typed, twice.
type suggestions struct{}

func (suggestions) Suggest(command, option, prefix string, _ int) []bot.Suggestion {
	return []bot.Suggestion{{Label: command + " " + option, Value: prefix}, {Label: strings.Repeat("long ", 50), Value: prefix + "2"}}
}

// start connects the adapter. What arrives is handled in lanes by answer, whose view is the reply; an empty one is none.
func start(t *testing.T, change func(*discord.Config), answer func(context.Context, *discord.Platform, bot.Inbound) bot.View) *rig {
	t.Helper()
	return startWith(t, func(o *discord.Options) {
		if change != nil {
			change(&o.Config)
		}
	}, answer)
}

func startWith(t *testing.T, change func(*discord.Options), answer func(context.Context, *discord.Platform, bot.Inbound) bot.View) *rig {
	t.Helper()
	time.Sleep(time.Until(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))) // a bubble begins before Discord
	r := &rig{t: t, lanes: bot.NewLanes(64)}
	server, client := discordtest.StartPiped(t, discordtest.Options{OpenAPI: openAPI(),
		REST: discordtest.RESTOptions{NonceLife: nonceLife}})
	r.transport = client.Transport
	r.server, r.where, r.ada = server, discordtest.Where{Channel: channelIDs[""]}, server.User("ada")
	server.AddGuild(guildID, "guild", discordtest.Channel{ID: channelIDs[""], Name: "general", System: true})
	log := slog.New(slog.NewTextHandler(&r.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	o := discord.Options{Config: config(server), Commands: bottest.Commands(), Suggest: suggestions{}, Sessions: newMemory(),
		Transport: client.Transport, Log: log}
	change(&o)
	p, err := discord.New(o)
	if err != nil {
		t.Fatal(err)
	}
	r.p = p
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- p.Run(ctx, func(in bot.Inbound) error {
			r.mu.Lock()
			r.inbound = append(r.inbound, in)
			r.mu.Unlock()
			return r.lanes.Do(in.To.Channel, func() {
				if v := answer(ctx, p, in); !v.Empty() {
					if _, err := p.Send(ctx, in.To, v, "reply/"+in.ID); err != nil {
						t.Errorf("Send: %v", err)
					}
				}
				if in.Done != nil {
					in.Done()
				}
			})
		})
	}()
	r.stop = sync.OnceValue(func() error {
		cancel()
		err := <-done
		_ = r.lanes.Close(context.Background())
		return err
	})
	t.Cleanup(func() {
		if err := r.stop(); err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	synctest.Wait()
	return r
}

// got is what the bot was handed so far. Requests are spread out a little, so answers to the last may take a moment.
func (r *rig) got() []bot.Inbound {
	wait(time.Second)
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]bot.Inbound(nil), r.inbound...)
}

// sound checks that Discord had nothing to object to.
func (r *rig) sound() {
	r.t.Helper()
	for _, fault := range r.server.Faults() {
		r.t.Errorf("Discord refuses: %.500s", fault)
	}
	if r.server.Pings() != 0 || r.server.AllowedMentionsMissing() != 0 {
		r.t.Errorf("%d pings, %d messages that allow mentions", r.server.Pings(), r.server.AllowedMentionsMissing())
	}
}

func say(words string) bot.View { return bot.View{Lead: bot.L(words)} }

func secretly(words string) bot.View { return bot.View{Private: true, Lead: bot.L(words)} }

// wait lets time pass, and what comes of it.
func wait(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}
