package discord_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/discord"
	"github.com/whowon-bot/whowon/bot/discord/discordtest"
	"github.com/whowon-bot/whowon/bot/schedule/scheduletest"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

func TestMain(m *testing.M) {
	if job := os.Getenv(scheduletest.Env); job != "" {
		os.Exit(scheduletest.Child(job, connect))
	}
	os.Exit(storetest.Main(m))
}

// forgetting is the variant of a Discord that forgets nonces from one process to the next.
const forgetting = "forgetting"

// connect makes the adapter of a child process.
func connect(p scheduletest.Process) (bot.Platform, error) {
	if p.Variant == forgetting {
		p.Wire = renamed{p.Wire, p.Boot}
	}
	return discord.New(discord.Options{Config: discord.Config{Token: "test-token", APIURL: p.API}, Transport: p.Wire,
		PerSecond: 2_000, Now: p.Clock, Log: p.Log})
}

// renamed gives the nonces of each process other names: to Discord it is as if it had forgotten those before.
type renamed struct {
	http.RoundTripper
	boot int
}

func (r renamed) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body == nil {
		return r.RoundTripper.RoundTrip(req)
	}
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	req.Body.Close()
	body = nonces.ReplaceAllFunc(body, func(n []byte) []byte { return fmt.Appendf(nil, "%.29s%04x\"", n, r.boot) })
	req = req.Clone(req.Context())
	req.Body, req.ContentLength, req.GetBody = io.NopCloser(bytes.NewReader(body)), int64(len(body)), nil
	return r.RoundTripper.RoundTrip(req)
}

var nonces = regexp.MustCompile(`"nonce":"[^"]*"`)

// postingPlace is a Discord with channels to post to. Of the requests that post, some go wrong.
func postingPlace(t *testing.T, channels int, wrong func(*http.Request) *discordtest.HTTPFault) scheduletest.Place {
	t.Helper()
	server := discordtest.Start(t, discordtest.Options{OpenAPI: openAPI(), REST: discordtest.RESTOptions{
		Limits: discordtest.RateLimits{Off: true}}})
	p := scheduletest.Place{Name: "discord", API: server.API()}
	var all []discordtest.Channel
	for n := range channels {
		id := herdChannel(n)
		all = append(all, discordtest.Channel{ID: id})
		p.Channels = append(p.Channels, id)
	}
	server.AddGuild(guildID, "guild", all...)
	server.Fault(func(r *http.Request) *discordtest.HTTPFault {
		if !strings.HasSuffix(r.URL.Path, "/messages") {
			return nil
		}
		return wrong(r)
	})
	p.Messages = func(channel string) []scheduletest.Message {
		var list []scheduletest.Message
		for _, m := range server.ChannelMessages(channel) {
			list = append(list, scheduletest.Message{ID: m.ID, Text: discordtest.Text(m)})
		}
		return list
	}
	t.Cleanup(func() {
		for _, fault := range server.Faults() {
			t.Errorf("Discord refuses: %.500s", fault)
		}
	})
	return p
}

// trouble is a Discord that is not itself now and then.
func trouble() func(*http.Request) *discordtest.HTTPFault {
	var mu sync.Mutex
	rng := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0))
	return func(*http.Request) *discordtest.HTTPFault {
		mu.Lock()
		defer mu.Unlock()
		switch rng.IntN(50) {
		case 0:
			return discordtest.TooMany("user", 50*time.Millisecond)
		case 1:
			return &discordtest.HTTPFault{Status: http.StatusInternalServerError, Body: `{"message":"500"}`}
		case 2:
			return &discordtest.HTTPFault{Status: http.StatusServiceUnavailable, Body: `{"message":"503"}`}
		case 3:
			return &discordtest.HTTPFault{Drop: true} // after it was carried out
		case 4:
			return &discordtest.HTTPFault{Truncate: true}
		}
		return nil
	}
}

// kills is how often a process is killed.
func kills(t *testing.T) int {
	return scheduletest.Number(t, "WHOWON_KILLS", 12)
}

// TestKilledPostsComeOnce kills the bot at every point on the way of posts, between and during its writes and requests: each
// post comes once.
func TestKilledPostsComeOnce(t *testing.T) {
	t.Run("nonces", func(t *testing.T) {
		o := scheduletest.Ordeal{Place: postingPlace(t, 40, trouble()), URL: storetest.SQLite(t), Kills: kills(t),
			Jump: scheduletest.Usual}
		o.Run(t).Once(t, false)
	})
	// Nonces are forgotten, and minutes pass between two processes: the channel is read. There are few posts a day, so that
	// none is tried for longer than a channel is read back.
	t.Run("forgotten nonces", func(t *testing.T) {
		o := scheduletest.Ordeal{Place: postingPlace(t, 15, trouble()), URL: storetest.SQLite(t), Kills: kills(t),
			Jump: 150 * time.Second, Variant: forgetting}
		o.Run(t).Once(t, false)
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		o := scheduletest.Ordeal{Place: postingPlace(t, 40, trouble()), URL: storetest.Postgres(t), Kills: kills(t) / 2,
			Jump: scheduletest.Usual}
		o.Run(t).Once(t, false)
	})
	// What the others show is shown by what the adapter does.
	t.Run("control", func(t *testing.T) {
		o := scheduletest.Ordeal{Place: postingPlace(t, 40, trouble()), URL: storetest.SQLite(t), Kills: 6,
			Jump: scheduletest.Usual, Naive: true}
		if c := o.Run(t); c.Doubled == 0 {
			t.Error("an adapter that knows no keys doubles nothing: the test would not see it")
		}
	})
}

// replicaPosts is how many posts two processes share: WHOWON_REPLICAS=whole takes all of what is promised, and the time that
// it takes.
func replicaPosts(t *testing.T) (n int, whole bool) {
	switch {
	case os.Getenv("WHOWON_REPLICAS") == "whole":
		return 10_000, true
	case testing.Short():
		return 200, false
	}
	return 1_000, false
}

// TestReplicasPostOnce lets two processes post from one database what is due at once: each post comes once, also where one
// of them dies in the middle, or stands still for a minute and goes on.
func TestReplicasPostOnce(t *testing.T) {
	n, whole := replicaPosts(t)
	for name, pair := range map[string]*scheduletest.Pair{"both live": {}, "one dies": {Dies: true},
		"one sleeps": {Sleeps: time.Minute}} {
		t.Run(name, func(t *testing.T) {
			if pair.Sleeps > 0 && !whole {
				t.Skip("it takes a minute: set WHOWON_REPLICAS=whole")
			}
			pair.URL, pair.Posts = storetest.Postgres(t), n
			pair.Place = postingPlace(t, max(50, n/20), func(r *http.Request) *discordtest.HTTPFault {
				if r.Method == http.MethodPost {
					pair.Posted(r)
				}
				return nil
			})
			pair.Run(t).Once(t, false)
		})
	}
}
