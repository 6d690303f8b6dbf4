package slack_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/slack"
	"github.com/whowon-bot/whowon/bot/slack/slacktest"
)

// TestNotShownWhereUnknown shows nothing a second time where the history cannot tell whether it is there.
func TestNotShownWhereUnknown(t *testing.T) {
	for name, fail := range map[string]func(r *rig){
		"no scope":  func(r *rig) { r.server.Fail("conversations.history", 1, "missing_scope") },
		"removed":   func(r *rig) { r.server.Fail("conversations.history", 1, "not_in_channel") },
		"broken":    func(r *rig) { r.server.FailHTTP("conversations.history", 10, 500, 0) },
		"limited":   func(r *rig) { r.server.FailHTTP("conversations.history", 1, 429, time.Minute) },
		"no answer": func(r *rig) { r.server.Slow("conversations.history", time.Minute) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := start(t, nil, silent)
				fail(r)
				to := bot.Target{Channel: channel(), Tried: time.Now(), Patient: true}
				_, err := r.p.Send(t.Context(), to, say("x"), "post/1")
				if !errors.Is(err, bot.ErrUnsure) || errors.Is(err, bot.ErrForbidden) {
					t.Errorf("told: %v", err)
				}
				if n := count(r.server, "chat.postMessage"); n != 0 {
					t.Errorf("posted %d times", n)
				}
				wait(2 * time.Minute)
			})
		})
	}
}

// TestFoundFarBack finds a message below many others, hours later, with as many requests as it takes; and does not take it for
// missing when it cannot look far enough.
func TestFoundFarBack(t *testing.T) {
	for _, tt := range []struct {
		others, requests int
		found            bool
	}{{0, 1, true}, {250, 2, true}, {999, 5, true}, {1000, 5, false}} {
		t.Run(fmt.Sprint(tt.others), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := start(t, func(c *slack.Config, _ *slacktest.Options) { c.Connections = 1 }, silent)
				began := time.Now()
				first, err := r.p.Send(t.Context(), bot.Target{Channel: channel()}, say("x"), "post/1")
				if err != nil {
					t.Fatal(err)
				}
				for range tt.others {
					r.server.Say(r.where, r.ada, "chat")
				}
				wait(3 * time.Hour)
				again, err := r.p.Send(t.Context(), bot.Target{Channel: channel(), Tried: began}, say("x"), "post/1")
				if tt.found && (err != nil || again != first) || !tt.found && !errors.Is(err, bot.ErrUnsure) {
					t.Errorf("found %+v, %v", again, err)
				}
				if n := count(r.server, "conversations.history"); n != tt.requests {
					t.Errorf("%d requests", n)
				}
				if n := count(r.server, "chat.postMessage"); n != 1 {
					t.Errorf("posted %d times", n)
				}
			})
		})
	}
}

// TestLookedForFromTheFirstTry looks from a minute before the first attempt on, since clocks differ, and no further.
func TestLookedForFromTheFirstTry(t *testing.T) {
	for ahead, found := range map[time.Duration]bool{50 * time.Second: true, 70 * time.Second: false} {
		synctest.Test(t, func(t *testing.T) {
			r := start(t, nil, silent)
			first, err := r.p.Send(t.Context(), bot.Target{Channel: channel()}, say("x"), "post/1")
			if err != nil {
				t.Fatal(err)
			}
			wait(5 * time.Second)
			to := bot.Target{Channel: channel(), Tried: time.Now().Add(ahead - 5*time.Second)}
			if again, err := r.p.Send(t.Context(), to, say("x"), "post/1"); err != nil || (again == first) != found {
				t.Errorf("%v ahead it is %+v, %v", ahead, again, err)
			}
		})
	}
}

// TestFoundWhereTheThreadIsGone finds what went to the channel since its thread was deleted, and posts what did not.
func TestFoundWhereTheThreadIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil, silent)
		to := bot.Target{Channel: channel(), About: "1700000000.000001"}
		began := time.Now()
		first, err := r.p.Send(t.Context(), to, say("A hint."), "hint/1")
		if err != nil {
			t.Fatal(err)
		}
		to.Tried = began
		if again, err := r.p.Send(t.Context(), to, say("A hint."), "hint/1"); err != nil || again != first {
			t.Errorf("found %+v, %v", again, err)
		}
		if other, err := r.p.Send(t.Context(), to, say("A hint."), "hint/2"); err != nil || other == first {
			t.Errorf("found %+v, %v", other, err)
		}
		if n := len(r.server.Messages("", general)); n != 2 {
			t.Errorf("%d messages", n)
		}
	})
}

// TestNothingIsReadWithoutLeave posts again where the history cannot be read at all, as Info says.
func TestNothingIsReadWithoutLeave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, func(c *slack.Config, _ *slacktest.Options) { c.TypedAnswers = false }, silent)
		if once := r.p.Info().Once; once != 0 {
			t.Errorf("once: %v", once)
		}
		to := bot.Target{Channel: channel(), Tried: time.Now()}
		if _, err := r.p.Send(t.Context(), to, say("x"), "post/1"); err != nil {
			t.Error(err)
		}
		if n := count(r.server, "conversations.history"); n != 0 || len(r.server.Messages("", general)) != 1 {
			t.Errorf("read %d times: %s", n, strings.TrimSpace(fmt.Sprint(r.server.Messages("", general))))
		}
	})
}
