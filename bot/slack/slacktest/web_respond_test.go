package slacktest

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/slack-go/slack"
)

// TestResponseURL: it can be used five times, for the user alone or all, to replace and to delete what it came from.
func TestResponseURL(t *testing.T) {
	k := newWebKit(t, noLimits())
	m := k.panel(general)
	i := k.done(k.s.Press(m, k.ada, "go"))
	send := func(o ...slack.MsgOption) error {
		_, _, err := k.api.PostMessage("", append(o, slack.MsgOptionResponseURL(i.ResponseURL, "ephemeral"))...)
		return err
	}
	if err := send(slack.MsgOptionText("for you", false)); err != nil {
		t.Fatal(err)
	}
	if status, answer := k.respond(i, `{"text":"for all","response_type":"in_channel","thread_ts":"`+m.TS+`"}`); status != 200 {
		t.Error(status, answer)
	}
	if status, answer := k.respond(i, `{"text":"instead","replace_original":true}`); status != 200 {
		t.Error(status, answer)
	}
	if got := k.message(general, m.TS); got.Text != "instead" || got.Blocks != nil || !got.Edited {
		t.Errorf("replaced: %+v", got)
	}
	if status, answer := k.respond(i, `{"delete_original":true}`); status != 200 {
		t.Error(status, answer)
	}
	got := i.Messages()
	if len(got) != 2 || got[0].For != k.ada.ID || got[1].For != "" || got[1].Thread != m.TS || len(k.s.Messages("", general)) != 2 {
		t.Errorf("messages: %+v", got)
	}
	k.clean()
	if status, answer := k.respond(i, `{"text":"five"}`); status != 200 {
		t.Error(status, answer)
	}
	if status, answer := k.respond(i, `{"text":"six"}`); status != 404 || !strings.Contains(answer, "used_url") {
		t.Errorf("the sixth: %d %s", status, answer)
	}
	if f := k.s.Faults(); len(f) != 1 || !strings.Contains(f[0], "used_url") {
		t.Errorf("faults: %q", f)
	}
}

// TestResponseURLExpires: after 30 minutes it is none any more.
func TestResponseURLExpires(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, client := StartPiped(t, noLimits())
		s.AddChannel(Channel{ID: general, Member: true})
		i := s.Slash(Where{Channel: general}, s.User("ada"), "/whowon", "")
		try := func() (int, string) {
			resp, err := client.Post(i.ResponseURL, "application/json", strings.NewReader(`{"text":"x"}`))
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			b := make([]byte, 100)
			n, _ := resp.Body.Read(b)
			return resp.StatusCode, string(b[:n])
		}
		time.Sleep(30 * time.Minute)
		if status, answer := try(); status != 200 || answer != "ok" {
			t.Errorf("after 30 minutes: %d %s", status, answer)
		}
		time.Sleep(time.Second)
		if status, answer := try(); status != 404 || !strings.Contains(answer, "expired_url") {
			t.Errorf("after more than 30 minutes: %d %s", status, answer)
		}
	})
}
