package slack_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/slack/slacktest"
)

// TestRoomIsLeft lets what nobody waits for wait until three can be posted at once again, and rounds go on meanwhile.
func TestRoomIsLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, silent)
		began := time.Now()
		took := func(patient bool) time.Duration {
			if _, err := r.p.Send(t.Context(), bot.Target{Channel: channel(), Patient: patient}, say("x"), ""); err != nil {
				t.Error(err)
			}
			return time.Since(began)
		}
		for range 3 {
			if d := took(false); d > 0 {
				t.Fatalf("the first messages wait %v", d)
			}
		}
		posted := make(chan time.Duration, 2)
		for range 2 {
			go func() { posted <- took(true) }()
		}
		synctest.Wait()
		if d := took(false); d != time.Second {
			t.Errorf("a message of a round leaves after %v, with posts that wait", d)
		}
		one, other := <-posted, <-posted
		if one != 4*time.Second || other != 5*time.Second {
			t.Errorf("the posts leave after %v and %v", one, other)
		}
		began = time.Now()
		if d := took(false); d != 0 {
			t.Errorf("behind a post a message waits %v", d)
		}
	})
}

// TestManyChannelsHaveRoom spreads posts to all channels of a workspace out: it has a limit of its own.
func TestManyChannelsHaveRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, silent)
		began := time.Now()
		const channels = 100
		done := make(chan error, channels)
		for i := range channels {
			id := "C11" + strings.Repeat("0", 6) + string(rune('A'+i/10)) + string(rune('0'+i%10))
			r.server.AddChannel(slacktest.Channel{ID: id, Name: strings.ToLower(id), Member: true})
			go func() {
				ch := bot.Channel{Platform: "slack", ID: slacktest.DefaultTeam + "/" + id}
				_, err := r.p.Send(t.Context(), bot.Target{Channel: ch, Patient: true}, say("x"), "")
				done <- err
			}()
		}
		for range channels {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if d := time.Since(began); d < 25*time.Second || d > 35*time.Second {
			t.Errorf("%d posts take %v", channels, d)
		}
	})
}

// TestPatienceHasNoMend leaves a limit that outlasts all patience to be tried again, where nobody waits.
func TestPatienceHasNoMend(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, silent)
		r.server.FailHTTP("chat.postMessage", 1, 429, 10*time.Minute)
		to := bot.Target{Channel: channel(), Patient: true}
		if _, err := r.p.Send(t.Context(), to, say("x"), "k"); err == nil || errors.Is(err, bot.ErrForbidden) || errors.Is(err, bot.ErrUnsure) {
			t.Errorf("told: %v", err)
		}
		r.server.Fail("chat.postMessage", 1, "not_in_channel")
		if _, err := r.p.Send(t.Context(), to, say("x"), "k"); !errors.Is(err, bot.ErrForbidden) {
			t.Errorf("told: %v", err)
		}
	})
}
