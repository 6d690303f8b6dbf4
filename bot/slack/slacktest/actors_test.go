package slacktest

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
)

// TestSlash: a command comes with all its fields, and what it is acknowledged with is shown to the user.
func TestSlash(t *testing.T) {
	k := newWebKit(t, noLimits())
	i := k.s.Slash(Where{Channel: general}, k.ada, "/whowon", "best <picture> & more")
	c := k.command(i)
	want := slack.SlashCommand{Token: verification, TeamID: DefaultTeam, TeamDomain: "cinema", ChannelID: general, ChannelName: "general",
		UserID: k.ada.ID, UserName: "ada", Command: "/whowon", Text: "best &lt;picture&gt; &amp; more", ResponseURL: i.ResponseURL,
		TriggerID: i.TriggerID, APIAppID: k.s.AppID()}
	if c != want {
		t.Errorf("got %+v, want %+v", c, want)
	}
	if len(i.Messages()) != 0 || i.Answer() != nil {
		t.Errorf("an empty acknowledgement shows %+v", i.Messages())
	}
	k.answer("slash_command", `{"text":"Anora"}`)
	i = k.done(k.s.Slash(Where{Channel: hidden}, k.ada, "/whowon", ""))
	if m := i.Messages(); len(m) != 1 || m[0].For != k.ada.ID || m[0].Text != "Anora" {
		t.Errorf("shown: %+v", m)
	}
	k.answer("slash_command", `{"text":"Anora","response_type":"in_channel"}`)
	if m := k.done(k.s.Slash(Where{Channel: k.s.DM(k.ada)}, k.ada, "/whowon", "")).Messages(); len(m) != 1 || m[0].For != "" {
		t.Errorf("shown: %+v", m)
	}
	k.clean()
	k.answer("slash_command", `{"text":7}`)
	i = k.s.Slash(Where{Channel: general}, k.ada, "/whowon", "")
	fails(t, i.Wait(t.Context()), "invalid_command_response")
	if len(k.s.Faults()) != 1 {
		t.Errorf("faults: %q, want one", k.s.Faults())
	}
}

// TestPress: a press comes with the message, where it is and how to answer; a message without the button cannot be pressed.
func TestPress(t *testing.T) {
	k := newWebKit(t, noLimits())
	m := k.panel(general)
	i := k.s.Press(m, k.ada, "go")
	c := k.click(i)
	a := c.ActionCallback.BlockActions[0]
	if c.Type != slack.InteractionTypeBlockActions || c.Team.ID != DefaultTeam || c.User.ID != k.ada.ID || c.Channel.ID != general ||
		c.Message.Timestamp != m.TS || c.Container.MessageTs != m.TS || c.Container.IsEphemeral || c.ResponseURL != i.ResponseURL ||
		c.TriggerID != i.TriggerID || c.APIAppID != k.s.AppID() || a.ActionID != "go" || a.BlockID != "row" || a.Value != "7" ||
		a.Text.Text != "Go" || len(c.Message.Blocks.BlockSet) != 2 {
		t.Errorf("got %+v", c)
	}
	c = k.click(k.s.Choose(m, k.bob, "pick", "two"))
	if a := c.ActionCallback.BlockActions[0]; a.SelectedOption.Value != "two" || a.SelectedOption.Text.Text != "Two" {
		t.Errorf("got %+v", a)
	}
	ts, err := k.api.PostEphemeral(general, k.ada.ID, slack.MsgOptionText("x", false), slack.MsgOptionBlocks(panel()...))
	if err != nil {
		t.Fatal(err)
	}
	only := k.message(general, ts)
	c = k.click(k.s.Press(only, k.ada, "go"))
	if !c.Container.IsEphemeral || c.Container.MessageTs != ts || c.Message.Timestamp != "" {
		t.Errorf("ephemeral: got %+v", c)
	}
	k.answer("block_suggestion", `{"options":[{"text":{"type":"plain_text","text":"Anora"},"value":"q1"}]}`)
	if c := k.click(k.s.Suggest(m, k.ada, "find", "an")); c.Value != "an" || c.Container.MessageTs != m.TS || c.Channel.ID != general {
		t.Errorf("got %+v", c)
	}
	c = k.click(k.s.Choose(m, k.ada, "find", "q1"))
	if a := c.ActionCallback.BlockActions[0]; a.SelectedOption.Text.Text != "Anora" || c.BlockActionState.Values["row"]["find"].SelectedOption.Value != "q1" {
		t.Errorf("got %+v", c)
	}
	panics(t, "has no button", func() { k.s.Press(m, k.ada, "stop") })
	panics(t, "does not offer", func() { k.s.Choose(m, k.ada, "pick", "three") })
	panics(t, "does not see", func() { k.s.Press(only, k.bob, "go") })
	k.clean()
}

func panics(t *testing.T, words string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if text, _ := recover().(string); !strings.Contains(text, words) {
			t.Errorf("panic %q, want one with %q", text, words)
		}
	}()
	f()
}

// TestSay: what users say comes once, and once more where the bot is mentioned, with IDs that stay the same when it is
// delivered again; not where the bot is not.
func TestSay(t *testing.T) {
	k := newWebKit(t, noLimits())
	root := k.s.Say(Where{Channel: general}, k.ada, "hello")
	reply := k.s.Say(Where{Channel: general, Thread: root.TS}, k.bob, "<@"+k.s.BotUser("")+"> anora")
	k.s.Say(Where{Channel: quiet}, k.ada, "not heard")
	dm := k.s.Say(Where{Channel: k.s.DM(k.ada)}, k.ada, "<@"+k.s.BotUser("")+"> hi")
	e, ok := k.event(0).InnerEvent.Data.(*slackevents.MessageEvent)
	if !ok || e.Text != "hello" || e.TimeStamp != root.TS || e.Channel != general || !e.IsChannel() || e.User != k.ada.ID || e.BotID != "" {
		t.Errorf("got %+v", e)
	}
	e, ok = k.event(1).InnerEvent.Data.(*slackevents.MessageEvent)
	if !ok || e.ThreadTimeStamp != root.TS || e.Message.ParentUserId != k.ada.ID || reply.TS <= root.TS {
		t.Errorf("got %+v", e)
	}
	m, ok := k.event(2).InnerEvent.Data.(*slackevents.AppMentionEvent)
	if !ok || m.ThreadTimeStamp != root.TS || m.TimeStamp != reply.TS || m.User != k.bob.ID {
		t.Errorf("got %+v", m)
	}
	e, ok = k.event(3).InnerEvent.Data.(*slackevents.MessageEvent)
	if !ok || !e.IsIM() || e.TimeStamp != dm.TS {
		t.Errorf("got %+v", e)
	}
	k.s.Redeliver(reply)
	k.event(5)
	k.mu.Lock()
	defer k.mu.Unlock()
	if string(k.raw[1]) != string(k.raw[4]) || string(k.raw[2]) != string(k.raw[5]) {
		t.Errorf("delivered again as %s and %s", k.raw[4], k.raw[5])
	}
	var outer struct {
		EventID        string                     `json:"event_id"`
		EventTime      int64                      `json:"event_time"`
		Authorizations []slack.EventAuthorization `json:"authorizations"`
	}
	if err := json.Unmarshal(k.raw[0], &outer); err != nil || outer.EventID == "" || outer.EventTime < 1 ||
		len(outer.Authorizations) != 1 || outer.Authorizations[0].UserID != defaultBot || !outer.Authorizations[0].IsBot {
		t.Errorf("got %s", k.raw[0])
	}
}

// TestChanges: edits, deletions and the messages of bots, the app itself among them, are told of.
func TestChanges(t *testing.T) {
	k := newWebKit(t, noLimits())
	m := k.s.Say(Where{Channel: general}, k.ada, "anroa")
	m = k.s.EditMessage(m, "anora")
	k.s.DeleteMessage(m)
	k.s.SayAsBot(Where{Channel: general}, "Quiz", "question")
	if _, err := k.post(general); err != nil {
		t.Fatal(err)
	}
	e, _ := k.event(1).InnerEvent.Data.(*slackevents.MessageEvent)
	if e.SubType != "message_changed" || e.Message.Text != "anora" || e.PreviousMessage.Text != "anroa" || e.Message.Edited == nil {
		t.Errorf("got %+v", e)
	}
	e, _ = k.event(2).InnerEvent.Data.(*slackevents.MessageEvent)
	if e.SubType != "message_deleted" || e.DeletedTimeStamp != m.TS {
		t.Errorf("got %+v", e)
	}
	e, _ = k.event(3).InnerEvent.Data.(*slackevents.MessageEvent)
	if e.SubType != "bot_message" || e.Username != "Quiz" || e.User != "" || e.BotID == "" {
		t.Errorf("got %+v", e)
	}
	e, _ = k.event(4).InnerEvent.Data.(*slackevents.MessageEvent)
	if e.SubType != "" || e.User != defaultBot || e.BotID != k.s.BotID("") {
		t.Errorf("got %+v", e)
	}
}

// TestScopesOfEvents: without the scope there is no event.
func TestScopesOfEvents(t *testing.T) {
	o := noLimits()
	o.App.Scopes = []string{"app_mentions:read", "im:history"}
	k := newWebKit(t, o)
	k.s.Say(Where{Channel: general}, k.ada, "hello")
	k.s.Say(Where{Channel: general}, k.ada, "<@"+defaultBot+">")
	if e := k.event(0); e.InnerEvent.Type != "app_mention" {
		t.Errorf("got %+v, want only the mention", e.InnerEvent)
	}
}

// TestHome: the home tab is opened, published, pressed on, and published again unless it has changed since.
func TestHome(t *testing.T) {
	k := newWebKit(t, noLimits())
	k.s.OpenHome(k.ada)
	e, ok := k.event(0).InnerEvent.Data.(*slackevents.AppHomeOpenedEvent)
	if !ok || e.User != k.ada.ID || e.Tab != "home" || e.Channel != k.s.DM(k.ada) {
		t.Errorf("got %+v", e)
	}
	home := slack.HomeTabViewRequest{Type: "home", Blocks: slack.Blocks{BlockSet: panel()}}
	first, err := k.api.PublishView(k.ada.ID, home, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err = k.api.PublishView(k.ada.ID, home, first.Hash); err != nil {
		t.Error(err)
	}
	_, err = k.api.PublishView(k.ada.ID, home, first.Hash)
	fails(t, err, "hash_conflict")
	v, ok := k.s.Home(k.ada)
	if !ok || v.ID != first.ID {
		t.Fatalf("home: %+v", v)
	}
	c := k.click(k.s.PressView(v, k.ada, "go"))
	if c.View.ID != v.ID || c.View.Type != "home" || c.Container.Type != "view" || c.Container.ViewID != v.ID || c.ResponseURL != "" ||
		c.Channel.ID != "" || c.ActionCallback.BlockActions[0].Value != "7" {
		t.Errorf("got %+v", c)
	}
	k.clean()
}

// TestModal: a modal is opened within 3 seconds and once, changed, suggested in, and submitted with what its fields hold.
func TestModal(t *testing.T) {
	k := newWebKit(t, noLimits())
	i := k.done(k.s.Shortcut(k.ada, "", "settings"))
	opened, err := k.api.OpenView(i.TriggerID, modal())
	if err != nil {
		t.Fatal(err)
	}
	_, err = k.api.OpenView(i.TriggerID, modal())
	fails(t, err, "exchanged_trigger_id")
	_, err = k.api.OpenView("1.2.3", modal())
	fails(t, err, "invalid_trigger_id")
	late := k.ada
	late.Lag = 4 * time.Second
	_, err = k.api.OpenView(k.s.Shortcut(late, "", "settings").TriggerID, modal())
	fails(t, err, "expired_trigger_id")

	v, _ := k.s.Modal(k.ada)
	if got, ok := i.View(); !ok || got.ID != opened.ID || v.ID != opened.ID || v.Title != "Settings" || v.PrivateMetadata != "C1" {
		t.Errorf("modal: %+v", v)
	}
	k.answer("block_suggestion", `{"options":[{"text":{"type":"plain_text","text":"Anora"},"value":"q1"}]}`)
	found := k.s.Suggest(v, k.ada, "found", "ano")
	c := k.click(found)
	if o := found.Options(); len(o) != 1 || o[0] != (Option{"Anora", "q1"}) {
		t.Errorf("options: %+v", o)
	}
	if c.Type != slack.InteractionTypeBlockSuggestion || c.Value != "ano" || c.ActionID != "found" || c.View.ID != v.ID {
		t.Errorf("got %+v", c)
	}
	c = k.click(k.s.Submit(v, k.ada, map[string]string{"boxes": "a,b", "found": "q1", "who": k.bob.ID}))
	state := c.View.State.Values
	if state["b-title"]["title"].Value != "Anora" || len(state["b-boxes"]["boxes"].SelectedOptions) != 2 ||
		state["b-found"]["found"].SelectedOption.Text.Text != "Anora" || state["b-who"]["who"].SelectedUser != k.bob.ID ||
		c.View.PrivateMetadata != "C1" || c.View.CallbackID != "settings" || c.Type != slack.InteractionTypeViewSubmission {
		t.Errorf("got %+v, state %+v", c, state)
	}
	if _, ok := k.s.Modal(k.ada); ok {
		t.Error("the modal is still there")
	}
	_, err = k.api.UpdateView(modal(), "", "", v.ID)
	fails(t, err, "not_found")
}

// TestResponseActions: errors keep a modal, an update changes it, a push puts one over it, and clear takes all away.
func TestResponseActions(t *testing.T) {
	k := newWebKit(t, noLimits())
	if _, err := k.api.OpenView(k.s.Shortcut(k.ada, "", "x").TriggerID, modal()); err != nil {
		t.Fatal(err)
	}
	first, _ := k.s.Modal(k.ada)
	submit := func(v View, answer string) *Interaction {
		k.answer("view_submission", answer)
		return k.done(k.s.Submit(v, k.ada, nil))
	}
	if e := submit(first, `{"response_action":"errors","errors":{"b-title":"Too short"}}`).Errors(); e["b-title"] != "Too short" {
		t.Errorf("errors: %v", e)
	}
	other := modal()
	other.Title.Text = "Second"
	submit(first, string(encode(object{"response_action": "push", "view": other})))
	second, _ := k.s.Modal(k.ada)
	if second.Title != "Second" || second.Root != first.ID || second.Previous != first.ID {
		t.Errorf("pushed: %+v", second)
	}
	other.Title.Text = "Changed"
	submit(second, string(encode(object{"response_action": "update", "view": other})))
	if v, _ := k.s.Modal(k.ada); v.ID != second.ID || v.Title != "Changed" || v.Hash == second.Hash {
		t.Errorf("updated: %+v", v)
	}
	c := k.click(k.s.PressView(second, k.ada, "more"))
	if _, err := k.api.PushView(c.TriggerID, modal()); err != nil {
		t.Error(err)
	}
	_, err := k.api.PushView(k.click(k.s.PressView(second, k.ada, "more")).TriggerID, modal())
	fails(t, err, "push_limit_reached")
	third, _ := k.s.Modal(k.ada)
	if c := k.click(k.s.CloseView(third, k.ada)); c.Type != slack.InteractionTypeViewClosed || c.View.ID != third.ID {
		t.Errorf("closed: %+v", c)
	}
	panics(t, "without \"title\"", func() { k.s.Submit(second, k.ada, map[string]string{"title": ""}) })
	submit(second, `{"response_action":"clear"}`)
	if v, ok := k.s.Modal(k.ada); ok {
		t.Errorf("left: %+v", v)
	}
	if f := k.s.Faults(); len(f) != 1 || !strings.Contains(f[0], "push_limit_reached") {
		t.Errorf("faults: %q", f)
	}
}

// TestMessageShortcut: it comes with the message and a response URL.
func TestMessageShortcut(t *testing.T) {
	k := newWebKit(t, noLimits())
	m := k.s.Say(Where{Channel: quiet}, k.bob, "Anora won")
	c := k.click(k.s.MessageShortcut(m, k.ada, "check"))
	if c.Type != slack.InteractionTypeMessageAction || c.CallbackID != "check" || c.Message.Text != "Anora won" || c.Message.User != k.bob.ID ||
		c.MessageTs != m.TS || c.ResponseURL == "" || c.TriggerID == "" || c.Channel.ID != quiet {
		t.Errorf("got %+v", c)
	}
}

// TestMembership: joining and leaving a channel change where the bot may write, and are told of.
func TestMembership(t *testing.T) {
	k := newWebKit(t, noLimits())
	k.s.JoinChannel("", quiet, k.ada)
	if _, err := k.post(quiet); err != nil {
		t.Error(err)
	}
	k.s.RemoveFromChannel("", quiet, k.ada)
	_, err := k.post(quiet)
	fails(t, err, "not_in_channel")
	if e, ok := k.event(0).InnerEvent.Data.(*slackevents.MemberJoinedChannelEvent); !ok || e.User != defaultBot || e.Channel != quiet {
		t.Errorf("got %+v", k.event(0).InnerEvent.Data)
	}
	if e, ok := k.event(2).InnerEvent.Data.(*slackevents.ChannelLeftEvent); !ok || e.Channel != quiet {
		t.Errorf("got %+v", k.event(2).InnerEvent.Data)
	}
}

// TestLag: what a lagging user says has an earlier ts, also where others came before, and none is given twice.
func TestLag(t *testing.T) {
	k := newWebKit(t, noLimits())
	now := k.s.Say(Where{Channel: general}, k.ada, "second")
	k.bob.Lag = 2 * time.Second
	before := k.s.Say(Where{Channel: general}, k.bob, "first")
	after := k.s.Say(Where{Channel: general}, k.ada, "third")
	if before.TS >= now.TS || after.TS <= now.TS {
		t.Errorf("got %s, %s and %s", before.TS, now.TS, after.TS)
	}
}

// TestOrganisation: payloads of a workspace in an organisation name it.
func TestOrganisation(t *testing.T) {
	k := newWebKit(t, noLimits())
	k.s.AddTeam(Team{ID: "T0000000009", Name: "Part", Enterprise: "E0000000001"})
	k.s.AddChannel(Channel{Team: "T0000000009", ID: "C9", Member: true})
	u := k.s.TeamUser("T0000000009", "ada")
	if c := k.command(k.s.Slash(Where{Channel: "C9"}, u, "/whowon", "")); c.EnterpriseID != "E0000000001" || c.TeamID != "T0000000009" {
		t.Errorf("got %+v", c)
	}
	if c := k.click(k.s.Shortcut(u, "", "x")); c.Enterprise.ID != "E0000000001" || c.IsEnterpriseInstall {
		t.Errorf("got %+v", c)
	}
}
