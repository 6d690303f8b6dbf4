package slacktest

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/slack-go/slack"
)

// TestRecorded: requests are recorded with their arguments, how they ended, and without tokens and secrets.
func TestRecorded(t *testing.T) {
	k := newWebKit(t, noLimits())
	var mu sync.Mutex
	told := 0
	k.s.OnRequest(func(Recorded) {
		mu.Lock()
		defer mu.Unlock()
		told++
	})
	k.panel(general)
	_, err := k.post("C9")
	fails(t, err, "channel_not_found")
	_, err = slack.GetOAuthV2Response(http.DefaultClient, "1000.2000", "hush", "1.2.x", redirect, slack.OAuthOptionAPIURL(k.s.API()))
	fails(t, err, "bad_client_secret")
	got := k.s.Requests()
	if len(got) != 3 || got[0].Method != "chat.postMessage" || got[0].Team != DefaultTeam || got[0].Status != 200 || got[0].Error != "" ||
		got[0].Token != "xoxb-…0001" || got[1].Error != "channel_not_found" || got[2].Team != "" {
		t.Errorf("got %+v", got)
	}
	if b := string(got[0].Body); !strings.Contains(b, `"blocks":[{"text":{`) && !strings.Contains(b, `"blocks":[{"type":`) ||
		!strings.Contains(b, `"text":"Hello"`) || strings.Contains(b, k.s.Token("")) || strings.Contains(string(got[2].Body), "hush") {
		t.Errorf("bodies %s and %s", b, got[2].Body)
	}
	mu.Lock()
	defer mu.Unlock()
	if told != 3 {
		t.Errorf("told of %d requests, want 3", told)
	}
}

// TestKeepRequests: only the newest are kept, with the messages and interactions.
func TestKeepRequests(t *testing.T) {
	k := newWebKit(t, noLimits())
	k.s.KeepRequests(3)
	for range 20 {
		if _, _, err := k.api.PostMessage(general, slack.MsgOptionText("x", false)); err != nil {
			t.Fatal(err)
		}
		k.done(k.s.Slash(Where{Channel: general}, k.ada, "/whowon", ""))
	}
	if n := len(k.s.Requests()); n != 3 {
		t.Errorf("%d requests, want 3", n)
	}
	if n := len(k.s.Messages("", general)); n < 3 || n > 6 {
		t.Errorf("%d messages, want 3 to 6", n)
	}
	k.s.web.mu.Lock()
	defer k.s.web.mu.Unlock()
	if n := len(k.s.web.talks.byURL); n < 3 || n > 6 {
		t.Errorf("%d response URLs, want 3 to 6", n)
	}
}
