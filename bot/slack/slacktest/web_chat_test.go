package slacktest

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
)

// TestPost: a message is posted, seen, read back with its metadata, changed and deleted.
func TestPost(t *testing.T) {
	k := newWebKit(t, noLimits())
	var mu sync.Mutex
	var seen []string
	k.s.OnMessage(func(m Message, edited bool) {
		word := "new"
		if edited {
			word = "edited"
		}
		if m.Deleted {
			word = "deleted"
		}
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, word+" "+m.Text)
	})
	meta := slack.SlackMetadata{EventType: "round", EventPayload: map[string]any{"n": float64(7)}}
	m, err := k.post(general, slack.MsgOptionMetadata(meta))
	if err != nil {
		t.Fatal(err)
	}
	if m.User != k.s.BotUser("") || m.Text != "Hello" || m.Team != DefaultTeam {
		t.Errorf("got %+v", m)
	}
	h, err := k.api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: general, IncludeAllMetadata: true})
	if err != nil || len(h.Messages) != 1 || h.Messages[0].Metadata.EventPayload["n"] != float64(7) || h.Messages[0].BotID == "" {
		t.Errorf("history: %+v, %v", h, err)
	}
	if _, _, _, err := k.api.UpdateMessage(general, m.TS, slack.MsgOptionText("Bye", false)); err != nil {
		t.Error(err)
	}
	if _, _, err := k.api.DeleteMessage(general, m.TS); err != nil {
		t.Error(err)
	}
	_, _, err = k.api.DeleteMessage(general, m.TS)
	fails(t, err, "message_not_found")
	mu.Lock()
	defer mu.Unlock()
	if got := strings.Join(seen, ", "); got != "new Hello, edited Bye, deleted Bye" {
		t.Errorf("shown: %s", got)
	}
	if got := k.s.Messages("", general); len(got) != 0 {
		t.Errorf("left: %v", got)
	}
	k.clean()
}

// TestThread: replies are in their thread, and in the channel when broadcast; there is no thread of what is not there.
func TestThread(t *testing.T) {
	k := newWebKit(t, noLimits())
	root, _ := k.post(general)
	a, _ := k.post(general, slack.MsgOptionTS(root.TS))
	b, err := k.post(general, slack.MsgOptionTS(root.TS), slack.MsgOptionBroadcast())
	if err != nil || a.Thread != root.TS || a.Broadcast || !b.Broadcast || a.TS <= root.TS || b.TS <= a.TS {
		t.Errorf("got %+v, %+v, %v", a, b, err)
	}
	_, err = k.post(general, slack.MsgOptionTS("1.000001"))
	fails(t, err, "thread_not_found")
	replies, _, _, err := k.api.GetConversationReplies(&slack.GetConversationRepliesParameters{ChannelID: general, Timestamp: root.TS})
	if err != nil || len(replies) != 3 || replies[0].ReplyCount != 2 {
		t.Errorf("replies: %+v, %v", replies, err)
	}
	h, err := k.api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: general})
	if err != nil || len(h.Messages) != 2 {
		t.Errorf("history: %+v, %v", h, err)
	}
	k.clean()
}

// TestUpdateBlocks: an update leaves the blocks that it does not name, which is a fault, and takes them away with an
// empty list.
func TestUpdateBlocks(t *testing.T) {
	k := newWebKit(t, noLimits())
	m := k.panel(general)
	if _, _, _, err := k.api.UpdateMessage(general, m.TS, slack.MsgOptionText("Over", false)); err != nil {
		t.Fatal(err)
	}
	if got := k.message(general, m.TS); got.Text != "Over" || got.Blocks == nil || len(k.s.Faults()) != 1 {
		t.Errorf("got %+v, faults %q", got, k.s.Faults())
	}
	if _, _, _, err := k.api.UpdateMessage(general, m.TS, slack.MsgOptionText("Over", false), slack.MsgOptionBlocks([]slack.Block{}...)); err != nil {
		t.Fatal(err)
	}
	if got := k.message(general, m.TS); got.Text != "Over" || got.Blocks != nil || len(k.s.Faults()) != 1 {
		t.Errorf("got %+v, faults %q", got, k.s.Faults())
	}
}

// TestPlaces: where the bot may not write, Slack tells why; a user's ID is their direct messages.
func TestPlaces(t *testing.T) {
	k := newWebKit(t, noLimits())
	for channel, code := range map[string]string{quiet: "not_in_channel", hidden: "channel_not_found", "C9": "channel_not_found",
		archived: "is_archived"} {
		_, err := k.post(channel)
		fails(t, err, code)
	}
	if m, err := k.post(k.ada.ID); err != nil || m.Channel != k.s.DM(k.ada) {
		t.Errorf("got %+v, %v", m, err)
	}
	c, _, already, err := k.api.OpenConversation(&slack.OpenConversationParameters{Users: []string{k.bob.ID}})
	if err != nil || already || c.ID != k.s.DM(k.bob) {
		t.Errorf("got %+v, %v, %v", c, already, err)
	}
	k.s.AddTeam(Team{ID: "T0000000002", Name: "Other"})
	k.s.AddChannel(Channel{Team: "T0000000002", ID: general, Member: true})
	other := slack.New(k.s.Token("T0000000002"), slack.OptionAPIURL(k.s.API()))
	if _, _, err := other.PostMessage(general, slack.MsgOptionText("x", false)); err != nil {
		t.Error(err)
	}
	if n, m := len(k.s.Messages("", general)), len(k.s.Messages("T0000000002", general)); n != 0 || m != 1 {
		t.Errorf("%d and %d messages, want 0 and 1", n, m)
	}
}

// TestEphemeral: only one user sees it, nothing changes it, and it is not in the history.
func TestEphemeral(t *testing.T) {
	k := newWebKit(t, noLimits())
	ts, err := k.api.PostEphemeral(general, k.ada.ID, slack.MsgOptionText("psst", false))
	if err != nil || k.message(general, ts).For != k.ada.ID {
		t.Fatal(ts, err)
	}
	_, _, _, err = k.api.UpdateMessage(general, ts, slack.MsgOptionText("no", false))
	fails(t, err, "message_not_found")
	if h, err := k.api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: general}); err != nil || len(h.Messages) != 0 {
		t.Error(h, err)
	}
	_, err = k.api.PostEphemeral(general, "U9", slack.MsgOptionText("psst", false))
	fails(t, err, "user_not_in_channel")
}

// TestMisuse: what a correct app does not send is refused or not, and is a fault.
func TestMisuse(t *testing.T) {
	k := newWebKit(t, noLimits())
	faults := 0
	fault := func(words string) {
		t.Helper()
		f := k.s.Faults()
		if len(f) != faults+1 || !strings.Contains(f[len(f)-1], words) {
			t.Errorf("faults: %q, want one more with %q", f, words)
		}
		faults = len(f)
	}
	quietly := slack.MsgOptionCompose(slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl())
	_, _, err := k.api.PostMessage(general, quietly)
	fails(t, err, "no_text")
	fault("no_text")
	if _, _, err := k.api.PostMessage(general, slack.MsgOptionText("x", false), slack.MsgOptionDisableLinkUnfurl()); err != nil {
		t.Error(err)
	}
	fault("unfurl_media")
	if _, _, err := k.api.PostMessage(general, quietly, slack.MsgOptionBlocks(slack.NewDividerBlock())); err != nil {
		t.Error(err)
	}
	fault("without a text")
	m, _ := k.post(general)
	_, _, _, err = k.api.UpdateMessage(general, m.TS, slack.MsgOptionText(strings.Repeat("x", 4001), false))
	fails(t, err, "msg_too_long")
	fault("msg_too_long")
	resp, err := http.PostForm(k.s.API()+"chat.shout", url.Values{"token": {k.s.Token("")}})
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatal(err)
	}
	resp.Body.Close()
	fault("chat.shout: unknown_method")
	_, err = k.post(general, slack.MsgOptionMetadata(slack.SlackMetadata{EventType: "x"}))
	fails(t, err, "invalid_metadata_schema")
	fault("invalid_metadata_schema")
}

// TestTokens: a token that is missing, wrong, of the wrong kind or without the scope is refused.
func TestTokens(t *testing.T) {
	o := noLimits()
	o.App.Scopes = []string{"commands"}
	k := newWebKit(t, o)
	for token, code := range map[string]string{"": "not_authed", "xoxb-wrong": "invalid_auth", k.s.AppToken(): "not_allowed_token_type",
		k.s.Token(""): "missing_scope"} {
		_, _, err := slack.New(token, slack.OptionAPIURL(k.s.API())).PostMessage(general, slack.MsgOptionText("x", false))
		fails(t, err, code)
		var refused slack.SlackErrorResponse
		if code == "missing_scope" && (!errors.As(err, &refused) || refused.Needed != "chat:write" || refused.Provided != "commands") {
			t.Errorf("got %+v, want what is needed and provided", refused)
		}
	}
	a, err := k.api.AuthTest()
	if err != nil || a.TeamID != DefaultTeam || a.UserID != k.s.BotUser("") || a.Header.Get("X-OAuth-Scopes") != "commands" {
		t.Errorf("auth.test: %+v, %v", a, err)
	}
}

// TestInjected: errors that a test asks for come as often as it says, and are no faults.
func TestInjected(t *testing.T) {
	k := newWebKit(t, noLimits())
	k.s.Fail("chat.postMessage", 1, "fatal_error")
	k.s.FailHTTP("chat.postMessage", 1, 503, 0)
	k.s.FailHTTP("chat.postMessage", 1, 429, 7*time.Second)
	_, err := k.post(general)
	fails(t, err, "fatal_error")
	_, err = k.post(general)
	fails(t, err, "503")
	_, err = k.post(general)
	var limited *slack.RateLimitedError
	if !errors.As(err, &limited) || limited.RetryAfter != 7*time.Second {
		t.Errorf("got %v, want a limit of 7 s", err)
	}
	k.s.Slow("chat.postMessage", 50*time.Millisecond)
	start := time.Now()
	if _, err = k.post(general); err != nil || time.Since(start) < 50*time.Millisecond {
		t.Errorf("got %v after %v, want a message after 50 ms", err, time.Since(start))
	}
	if n := k.s.RateLimited(); n != 1 {
		t.Errorf("%d requests were limited, want 1", n)
	}
	k.clean()
}

// TestLookUps: users, workspaces, channels and the bot are told of as clients read them.
func TestLookUps(t *testing.T) {
	k := newWebKit(t, noLimits())
	if u, err := k.api.GetUserInfo(k.ada.ID); err != nil || u.Name != "ada" || u.RealName != "Ada" || u.IsAdmin {
		t.Errorf("user: %+v, %v", u, err)
	}
	_, err := k.api.GetUserInfo("U9")
	fails(t, err, "user_not_found")
	if team, err := k.api.GetTeamInfo(); err != nil || team.ID != DefaultTeam || team.Domain != "cinema" {
		t.Errorf("team: %+v, %v", team, err)
	}
	if c, err := k.api.GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: secret7}); err != nil || !c.IsPrivate || !c.IsMember {
		t.Errorf("channel: %+v, %v", c, err)
	}
	list, next, err := k.api.GetConversations(&slack.GetConversationsParameters{Types: []string{"public_channel", "private_channel"}, Limit: 3})
	if err != nil || len(list) != 3 || next == "" {
		t.Errorf("channels: %+v, %q, %v", list, next, err)
	}
	list, next, err = k.api.GetConversations(&slack.GetConversationsParameters{Types: []string{"public_channel", "private_channel"}, Limit: 3, Cursor: next})
	if err != nil || len(list) != 1 || next != "" {
		t.Errorf("the rest of the channels: %+v, %q, %v", list, next, err)
	}
	if b, err := k.api.GetBotInfo(slack.GetBotInfoParameters{Bot: k.s.BotID("")}); err != nil || b.AppID != k.s.AppID() {
		t.Errorf("bot: %+v, %v", b, err)
	}
}

// TestUpload: a file is uploaded in its three steps and shared.
func TestUpload(t *testing.T) {
	k := newWebKit(t, noLimits())
	f, err := k.api.UploadFile(slack.UploadFileParameters{Filename: "data.json", FileSize: 2, Content: "{}", Title: "Data",
		Channel: general, InitialComment: "Here"})
	if err != nil {
		t.Fatal(err)
	}
	got := k.s.Files()
	if len(got) != 1 || got[0].ID != f.ID || string(got[0].Data) != "{}" || got[0].Title != "Data" {
		t.Errorf("files: %+v", got)
	}
	if m := k.s.Messages("", general); len(m) != 1 || m[0].Text != "Here" {
		t.Errorf("messages: %+v", m)
	}
	k.clean()
}

// TestConnectionsOpen: an app token gets the address of a connection, a bot token none.
func TestConnectionsOpen(t *testing.T) {
	k := newWebKit(t, noLimits())
	app := slack.New("", slack.OptionAppLevelToken(k.s.AppToken()), slack.OptionAPIURL(k.s.API()))
	if _, address, err := app.StartSocketModeContext(t.Context()); err != nil || !strings.HasPrefix(address, "ws://127.0.0.1") {
		t.Errorf("got %q, %v", address, err)
	}
	bot := slack.New("", slack.OptionAppLevelToken(k.s.Token("")), slack.OptionAPIURL(k.s.API()))
	_, _, err := bot.StartSocketModeContext(t.Context())
	fails(t, err, "not_allowed_token_type")
}

// TestJSON: bodies may be JSON, with objects or with their text, and the token in the header.
func TestJSON(t *testing.T) {
	k := newWebKit(t, noLimits())
	for _, body := range []string{
		`{"channel":"C0000000001","text":"a","unfurl_links":false,"unfurl_media":false,"blocks":[{"type":"divider"}]}`,
		`{"channel":"C0000000001","text":"a","unfurl_links":false,"unfurl_media":false,"blocks":"[{\"type\":\"divider\"}]"}`} {
		req, err := http.NewRequest(http.MethodPost, k.s.API()+"chat.postMessage", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+k.s.Token(""))
		req.Header.Set("Content-Type", "application/json; charset=utf-8")
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
	}
	m := k.s.Messages("", general)
	if len(m) != 2 || !strings.Contains(string(m[0].Blocks), "divider") || !strings.Contains(string(m[1].Blocks), "divider") {
		t.Errorf("got %+v", m)
	}
	k.clean()
}
