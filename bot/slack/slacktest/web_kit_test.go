package slacktest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
)

const (
	general  = "C0000000001"
	quiet    = "C0000000002" // the bot is not in it
	secret7  = "G0000000003" // private, the bot is in it
	hidden   = "G0000000004" // private, the bot is not in it
	archived = "C0000000005"
)

// webKit is a server with a workspace, a client, and an app that takes what is delivered by HTTP.
type webKit struct {
	t        *testing.T
	s        *Server
	api      *slack.Client
	ada, bob User

	mu       sync.Mutex
	answers  map[string]string // by the type of what is delivered
	commands []slack.SlashCommand
	clicks   []slack.InteractionCallback
	events   []slackevents.EventsAPIEvent
	raw      []json.RawMessage // of events
}

// noLimits are the options of most tests.
func noLimits() Options { return Options{Web: WebOptions{Limits: RateLimits{Off: true}}} }

func newWebKit(t *testing.T, o Options) *webKit {
	t.Helper()
	k := &webKit{t: t, answers: map[string]string{}}
	app := httptest.NewServer(http.HandlerFunc(k.serve))
	t.Cleanup(app.Close)
	o.HTTP = HTTPOptions{Events: app.URL + "/events", Commands: app.URL + "/commands", Interactivity: app.URL + "/clicks",
		Options: app.URL + "/clicks"}
	if o.App.Scopes == nil {
		o.App.Scopes = append(slices.Clone(DefaultScopes), "channels:read", "groups:read", "im:read", "team:read")
	}
	k.s = Start(t, o)
	k.furnish()
	k.api = slack.New(k.s.Token(""), slack.OptionAPIURL(k.s.API()))
	k.ada, k.bob = k.s.User("ada"), k.s.User("bob")
	return k
}

func (k *webKit) furnish() {
	for _, c := range []Channel{{ID: general, Name: "general", Member: true}, {ID: quiet, Name: "quiet"},
		{ID: secret7, Name: "secret", Kind: Private, Member: true}, {ID: hidden, Name: "hidden", Kind: Private},
		{ID: archived, Name: "archived", Member: true, Archived: true}} {
		k.s.AddChannel(c)
	}
}

// serve is the app: it parses everything as an app would, and answers what the test says.
func (k *webKit) serve(rw http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	k.mu.Lock()
	defer k.mu.Unlock()
	kind := "slash_command"
	switch r.URL.Path {
	case "/events":
		e, err := slackevents.ParseEvent(body, slackevents.OptionNoVerifyToken())
		if err != nil {
			k.t.Errorf("%s: %v", body, err)
		}
		k.events, k.raw = append(k.events, e), append(k.raw, body)
		return
	case "/commands":
		c, err := slack.SlashCommandParse(r)
		if err != nil {
			k.t.Errorf("%s: %v", body, err)
		}
		k.commands = append(k.commands, c)
	default:
		c, err := slack.InteractionCallbackParse(r)
		if err != nil {
			k.t.Errorf("%s: %v", body, err)
		}
		k.clicks = append(k.clicks, c)
		kind = string(c.Type)
	}
	if a := k.answers[kind]; a != "" {
		rw.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(rw, a)
	}
}

// answer sets what the app acknowledges something with.
func (k *webKit) answer(kind, body string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.answers[kind] = body
}

// event waits for the nth event, from 0.
func (k *webKit) event(n int) slackevents.EventsAPIEvent {
	k.t.Helper()
	eventually(k.t, "an event", func() bool {
		k.mu.Lock()
		defer k.mu.Unlock()
		return len(k.events) > n
	})
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.events[n]
}

// done waits for an interaction, which must be acknowledged.
func (k *webKit) done(i *Interaction) *Interaction {
	k.t.Helper()
	ctx, cancel := context.WithTimeout(k.t.Context(), 10*time.Second)
	defer cancel()
	if err := i.Wait(ctx); err != nil {
		k.t.Fatalf("%s: %v", i.Payload(), err)
	}
	return i
}

// click waits for an interaction and returns what the app got of it.
func (k *webKit) click(i *Interaction) slack.InteractionCallback {
	k.t.Helper()
	k.done(i)
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.clicks[len(k.clicks)-1]
}

// command waits for a command and returns what the app got of it.
func (k *webKit) command(i *Interaction) slack.SlashCommand {
	k.t.Helper()
	k.done(i)
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.commands[len(k.commands)-1]
}

// post posts a message as an app should.
func (k *webKit) post(channel string, more ...slack.MsgOption) (Message, error) {
	k.t.Helper()
	more = append([]slack.MsgOption{slack.MsgOptionText("Hello", false), slack.MsgOptionDisableLinkUnfurl(),
		slack.MsgOptionDisableMediaUnfurl()}, more...)
	ch, ts, err := k.api.PostMessageContext(k.t.Context(), channel, more...)
	if err != nil {
		return Message{}, err
	}
	return k.message(ch, ts), nil
}

// panel posts a message with a button and a menu.
func (k *webKit) panel(channel string) Message {
	k.t.Helper()
	m, err := k.post(channel, slack.MsgOptionBlocks(panel()...))
	if err != nil {
		k.t.Fatal(err)
	}
	return m
}

func panel() []slack.Block {
	plain := func(s string) *slack.TextBlockObject { return slack.NewTextBlockObject("plain_text", s, false, false) }
	menu := slack.NewOptionsSelectBlockElement("static_select", plain("Pick"), "pick",
		slack.NewOptionBlockObject("one", plain("One"), nil), slack.NewOptionBlockObject("two", plain("Two"), nil))
	external := slack.NewOptionsSelectBlockElement("external_select", plain("Find"), "find")
	return []slack.Block{slack.NewSectionBlock(slack.NewTextBlockObject("mrkdwn", "*Ready?*", false, false), nil, nil),
		slack.NewActionBlock("row", slack.NewButtonBlockElement("go", "7", plain("Go")), menu, external)}
}

func (k *webKit) message(channel, ts string) Message {
	k.t.Helper()
	all := k.s.Messages("", channel)
	n := slices.IndexFunc(all, func(m Message) bool { return m.TS == ts })
	if n < 0 {
		k.t.Fatalf("no message %s in %s", ts, channel)
	}
	return all[n]
}

// modal is a view with a text, a menu of users and a box to tick.
func modal() slack.ModalViewRequest {
	plain := func(s string) *slack.TextBlockObject { return slack.NewTextBlockObject("plain_text", s, false, false) }
	text := slack.NewPlainTextInputBlockElement(nil, "title")
	text.InitialValue = "Anora"
	boxes := slack.NewCheckboxGroupsBlockElement("boxes", slack.NewOptionBlockObject("a", plain("A"), nil),
		slack.NewOptionBlockObject("b", plain("B"), nil))
	found := slack.NewOptionsSelectBlockElement("external_select", plain("Find"), "found")
	who := slack.NewOptionsSelectBlockElement("users_select", plain("Who"), "who")
	optional := func(b *slack.InputBlock) *slack.InputBlock { b.Optional = true; return b }
	return slack.ModalViewRequest{Type: "modal", Title: plain("Settings"), Submit: plain("Save"), Close: plain("Back"),
		CallbackID: "settings", PrivateMetadata: "C1", NotifyOnClose: true, Blocks: slack.Blocks{BlockSet: []slack.Block{
			slack.NewInputBlock("b-title", plain("Title"), nil, text),
			optional(slack.NewInputBlock("b-boxes", plain("Boxes"), nil, boxes)),
			optional(slack.NewInputBlock("b-found", plain("Found"), nil, found)),
			optional(slack.NewInputBlock("b-who", plain("Who"), nil, who)),
			slack.NewActionBlock("b-more", slack.NewButtonBlockElement("more", "m", plain("More")))}}}
}

// respond posts to a response URL.
func (k *webKit) respond(i *Interaction, body string) (status int, answer string) {
	k.t.Helper()
	resp, err := http.Post(i.ResponseURL, "application/json", strings.NewReader(body))
	if err != nil {
		k.t.Fatal(err)
	}
	defer resp.Body.Close()
	data, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, string(data)
}

// clean checks that there were no faults.
func (k *webKit) clean() {
	k.t.Helper()
	if f := k.s.Faults(); len(f) > 0 {
		k.t.Errorf("faults: %q", f)
	}
}

// fails checks that an error has a code of Slack's.
func fails(t *testing.T, err error, code string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), code) {
		t.Errorf("got the error %v, want %s", err, code)
	}
}
