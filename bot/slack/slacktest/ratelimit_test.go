package slacktest

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/slack-go/slack"
)

// inBubble runs a test with rate limits, in fake time.
func inBubble(t *testing.T, f func(s *Server, api *slack.Client)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s, client := StartPiped(t, Options{})
		s.AddChannel(Channel{ID: general, Member: true})
		s.AddChannel(Channel{ID: secret7, Kind: Private, Member: true})
		f(s, slack.New(s.Token(""), slack.OptionAPIURL(s.API()), slack.OptionHTTPClient(client)))
	})
}

// limited is how long a request is to wait; 0 is not at all.
func limited(t *testing.T, err error) time.Duration {
	t.Helper()
	var l *slack.RateLimitedError
	if err != nil && !errors.As(err, &l) {
		t.Fatal(err)
	}
	if l == nil {
		return 0
	}
	return l.RetryAfter
}

// TestPostLimit: in a channel there is a message a second, and short bursts; other channels have their own.
func TestPostLimit(t *testing.T) {
	inBubble(t, func(s *Server, api *slack.Client) {
		post := func(channel string) time.Duration {
			_, _, err := api.PostMessage(channel, slack.MsgOptionText("x", false))
			return limited(t, err)
		}
		for range 5 {
			if d := post(general); d != 0 {
				t.Fatalf("limited for %v within a burst", d)
			}
		}
		if d := post(general); d != time.Second {
			t.Errorf("after a burst: %v, want 1 s", d)
		}
		if d := post(secret7); d != 0 {
			t.Errorf("another channel: %v", d)
		}
		for range 100 {
			time.Sleep(time.Second)
			if d := post(general); d != 0 {
				t.Fatalf("one a second: %v", d)
			}
		}
		if s.RateLimited() != 1 {
			t.Errorf("%d were limited, want 1", s.RateLimited())
		}
	})
}

// TestWorkspaceLimit: many channels together have several hundred messages a minute.
func TestWorkspaceLimit(t *testing.T) {
	inBubble(t, func(s *Server, api *slack.Client) {
		n := 0
		for {
			u := s.User("user" + string(rune('a'+n/26%26)) + string(rune('a'+n%26)) + string(rune('a'+n/676)))
			_, _, err := api.PostMessage(s.DM(u), slack.MsgOptionText("x", false))
			if limited(t, err) > 0 {
				break
			}
			n++
		}
		if n != 300 {
			t.Errorf("%d messages at once, want 300", n)
		}
	})
}

// TestTierLimit: a method of tier 3 has 50 requests at once, then 50 a minute.
func TestTierLimit(t *testing.T) {
	inBubble(t, func(s *Server, api *slack.Client) {
		open := func() time.Duration {
			_, _, _, err := api.OpenConversation(&slack.OpenConversationParameters{Users: []string{s.User("ada").ID}})
			return limited(t, err)
		}
		for n := range 50 {
			if d := open(); d != 0 {
				t.Fatalf("request %d is limited for %v", n, d)
			}
		}
		if d := open(); d != 2*time.Second { // 1.2 s, in whole seconds
			t.Errorf("the 51st: %v, want 2 s", d)
		}
		time.Sleep(2 * time.Second)
		if d := open(); d != 0 {
			t.Errorf("after the wait: %v", d)
		}
	})
}
