package slacktest

import (
	"strings"
	"testing"

	"github.com/slack-go/slack"
)

// TestSeen: a message reads as its blocks do, has its buttons, and what mentions somebody is counted.
func TestSeen(t *testing.T) {
	k := newWebKit(t, noLimits())
	m := k.panel(general)
	if text := Text(m); !strings.Contains(text, "Ready?") || strings.Contains(text, "*") {
		t.Errorf("reads %q", text)
	}
	if b := Buttons(m); len(b) != 3 || b[0].ActionID != "go" || b[0].Value != "7" || b[0].Text != "Go" {
		t.Errorf("buttons: %+v", b)
	}
	if n := k.s.Pings(); n != 0 {
		t.Errorf("%d pings, want none", n)
	}
	if _, _, err := k.api.PostMessage(general, slack.MsgOptionText("<@"+k.ada.ID+"> and <!here>", false)); err != nil {
		t.Fatal(err)
	}
	if n := k.s.Pings(); n != 2 {
		t.Errorf("%d pings, want 2", n)
	}
}

// TestSeenView: a home tab reads as its blocks do.
func TestSeenView(t *testing.T) {
	k := newWebKit(t, noLimits())
	if _, err := k.api.PublishView(k.ada.ID, slack.HomeTabViewRequest{Type: "home", Blocks: slack.Blocks{BlockSet: panel()}}, ""); err != nil {
		t.Fatal(err)
	}
	v, _ := k.s.Home(k.ada)
	if text := ViewText(v); !strings.Contains(text, "Ready?") {
		t.Errorf("reads %q", text)
	}
	if b := ViewButtons(v); len(b) != 3 || b[0].ActionID != "go" {
		t.Errorf("buttons: %+v", b)
	}
}
