package slack_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule/scheduletest"
	"github.com/whowon-bot/whowon/bot/slack"
	"github.com/whowon-bot/whowon/bot/slack/slacktest"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

func TestMain(m *testing.M) {
	if job := os.Getenv(scheduletest.Env); job != "" {
		os.Exit(scheduletest.Child(job, connect))
	}
	os.Exit(m.Run())
}

// blind is the variant of a bot that may not read what was written in channels.
const blind = "blind"

// connect makes the adapter of a child process.
func connect(p scheduletest.Process) (bot.Platform, error) {
	return slack.New(slack.Options{Transport: p.Wire, Now: p.Clock, Log: p.Log, Speed: 1_000, Config: slack.Config{
		AppToken: "xapp-test-token", BotToken: "xoxb-" + slacktest.DefaultTeam, APIURL: p.API, TypedAnswers: p.Variant != blind}})
}

// postingPlace is a Slack with channels to post to, which may be slow to post. Some requests go wrong.
func postingPlace(t *testing.T, slow time.Duration) scheduletest.Place {
	t.Helper()
	server := slacktest.Start(t, slacktest.Options{Schemas: schemas(), Web: slacktest.WebOptions{
		Limits: slacktest.RateLimits{Off: true}}})
	server.Slow("chat.postMessage", slow)
	p := scheduletest.Place{Name: "slack", API: server.API()}
	for n := range 40 {
		id := fmt.Sprintf("C%010d", 1000+n)
		server.AddChannel(slacktest.Channel{ID: id, Name: fmt.Sprint("channel", n), Member: true})
		p.Channels = append(p.Channels, slacktest.DefaultTeam+"/"+id)
	}
	rng := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0))
	server.OnRequest(func(r slacktest.Recorded) { // one at a time; it is the next of its kind that goes wrong
		method := r.Method
		switch n := rng.IntN(120); { // there are fewer of those that have all wait
		case n < 1:
			server.FailHTTP(method, 1, http.StatusTooManyRequests, time.Second)
		case n < 4:
			server.FailHTTP(method, 1, http.StatusInternalServerError, 0)
		case n < 7:
			server.FailHTTP(method, 1, http.StatusServiceUnavailable, 0)
		case n < 10:
			server.Fail(method, 1, "internal_error")
		}
	})
	p.Messages = func(channel string) []scheduletest.Message {
		var list []scheduletest.Message
		for _, m := range server.Messages(slacktest.DefaultTeam, strings.TrimPrefix(channel, slacktest.DefaultTeam+"/")) {
			list = append(list, scheduletest.Message{ID: m.TS, Text: m.Text + string(m.Blocks)})
		}
		return list
	}
	t.Cleanup(func() {
		for _, fault := range server.Faults() {
			t.Errorf("Slack refuses: %.500s", fault)
		}
	})
	return p
}

// TestKilledPostsComeOnce kills the bot at every point on the way of posts, between and during its writes and requests:
// each post comes once. Where the bot may not read the channel, none comes twice, and each that does not come is known to
// be open.
func TestKilledPostsComeOnce(t *testing.T) {
	kills := scheduletest.Number(t, "WHOWON_KILLS", 12)
	t.Run("history", func(t *testing.T) {
		o := scheduletest.Ordeal{Place: postingPlace(t, 0), URL: storetest.SQLite(t), Kills: kills,
			Jump: scheduletest.Usual}
		o.Run(t).Once(t, false)
	})
	// What a process had on its way when it died is shown when the next one runs already.
	t.Run("slow", func(t *testing.T) {
		o := scheduletest.Ordeal{Place: postingPlace(t, 200*time.Millisecond), URL: storetest.SQLite(t), Kills: max(3, kills/6)}
		o.Run(t).Once(t, false)
	})
	t.Run("no history", func(t *testing.T) {
		o := scheduletest.Ordeal{Place: postingPlace(t, 0), URL: storetest.SQLite(t), Kills: kills,
			Jump: scheduletest.Usual, Variant: blind}
		if c := o.Run(t); c.Unknown == 0 {
			t.Error("nothing was left open: was anything killed?")
		} else {
			c.Once(t, true)
		}
	})
	// What the others show is shown by what the adapter does.
	t.Run("control", func(t *testing.T) {
		o := scheduletest.Ordeal{Place: postingPlace(t, 0), URL: storetest.SQLite(t), Kills: 6,
			Jump: scheduletest.Usual, Naive: true}
		if c := o.Run(t); c.Doubled == 0 {
			t.Error("an adapter that knows no keys doubles nothing: the test would not see it")
		}
	})
}
