package slacktest

import (
	"testing"

	"github.com/slack-go/slack"
)

// TestMenuOfConversations begins with the channel that was looked at, where the menu has such, and offers no others.
func TestMenuOfConversations(t *testing.T) {
	k := newWebKit(t, noLimits())
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeConversations, nil, "where")
	menu.DefaultToCurrentConversation = true
	menu.Filter = &slack.SelectBlockElementFilter{Include: []string{"public"}}
	words := func(s string) *slack.TextBlockObject {
		return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
	}
	field := slack.NewInputBlock("b-where", words("Where"), nil, menu)
	request := slack.ModalViewRequest{Type: slack.VTModal, Title: words("x"), Submit: words("Go"),
		Blocks: slack.Blocks{BlockSet: []slack.Block{field}}}
	open := func(channel string) View {
		t.Helper()
		i := k.done(k.s.Slash(Where{Channel: channel}, k.ada, "/settings", ""))
		if _, err := k.api.OpenView(i.TriggerID, request); err != nil {
			t.Fatal(err)
		}
		v, _ := k.s.Modal(k.ada)
		return v
	}
	chosen := func(v View, entered map[string]string) string {
		return k.click(k.s.Submit(v, k.ada, entered)).View.State.Values["b-where"]["where"].SelectedConversation
	}
	if got := chosen(open(general), nil); got != general {
		t.Errorf("it begins with %q", got)
	}
	if got := chosen(open(general), map[string]string{"where": quiet}); got != quiet {
		t.Errorf("chosen: %q", got)
	}
	v := open(secret7)
	panics(t, "without \"where\"", func() { k.s.Submit(v, k.ada, nil) })
	panics(t, "does not offer", func() { k.s.Submit(v, k.ada, map[string]string{"where": secret7}) })
	panics(t, "does not offer", func() { k.s.Submit(v, k.ada, map[string]string{"where": "C9"}) })
}

// TestChannelsAreEscaped gives the ID of a public channel that is named behind a command, and leaves what only looks so.
func TestChannelsAreEscaped(t *testing.T) {
	k := newWebKit(t, noLimits())
	k.done(k.s.Slash(Where{Channel: general}, k.ada, "/schedule", "in #general, not #generally or #secret <#quiet>"))
	want := "in <#" + general + "|general>, not #generally or #secret &lt;<#" + quiet + "|quiet>&gt;"
	k.mu.Lock()
	defer k.mu.Unlock()
	if got := k.commands[0].Text; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
