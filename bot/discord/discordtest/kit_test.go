package discordtest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
)

// kit is a server with a guild, in fake time, and a client that sends what a test says.
type kit struct {
	t    *testing.T
	s    *Server
	http *http.Client
	ada  User
	bob  User
}

const (
	guildID  = "700000000000000000"
	general  = "700000000000000001"
	quiet    = "700000000000000002" // the bot may not send there
	hidden   = "700000000000000003"
	thread   = "700000000000000004"
	archive  = "700000000000000005" // the bot may not read the history
	nowhere  = "799999999999999999"
	foreign  = "710000000000000000"
	outside  = "710000000000000001" // in a guild that the bot is not in
	baseline = 26 * 365 * 24 * time.Hour
)

// inTime runs a test in a bubble whose clock shows about the end of 2025.
func inTime(t *testing.T, o Options, f func(k *kit)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(baseline)
		s, client := StartPiped(t, o)
		s.AddGuild(guildID, "Cinema", Channel{ID: general, Name: "general", System: true},
			Channel{ID: quiet, Name: "quiet", Lacks: SendMessages}, Channel{ID: hidden, Name: "hidden", Lacks: ViewChannel},
			Channel{ID: thread, Name: "thread", Type: PublicThread, Parent: general},
			Channel{ID: archive, Name: "archive", Lacks: ReadMessageHistory})
		s.AddForeignGuild(foreign, "Elsewhere", Channel{ID: outside, Name: "outside"})
		f(&kit{t: t, s: s, http: client, ada: s.User("ada"), bob: s.User("bob")})
	})
}

// reply is the answer to a request.
type reply struct {
	t      *testing.T
	what   string
	Status int
	Header http.Header
	Body   []byte
	JSON   map[string]any // when it is an object
}

func (k *kit) try(method, path, body string) (*reply, error) {
	k.t.Helper()
	req, err := http.NewRequestWithContext(k.t.Context(), method, k.s.API()+path, strings.NewReader(body))
	if err != nil {
		k.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bot "+k.s.Token())
	req.Header.Set("Content-Type", "application/json")
	resp, err := k.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	r := &reply{t: k.t, what: method + " " + path + " " + body, Status: resp.StatusCode, Header: resp.Header, Body: data}
	_ = json.Unmarshal(data, &r.JSON) // some are lists, some nothing
	return r, nil
}

func (k *kit) do(method, path, body string) *reply {
	k.t.Helper()
	r, err := k.try(method, path, body)
	if err != nil {
		k.t.Fatalf("%s %s: %v", method, path, err)
	}
	return r
}

// is checks the status, and the code of an error; 0 is none.
func (r *reply) is(status, code int) *reply {
	r.t.Helper()
	got, _ := r.JSON["code"].(float64)
	if r.Status != status || int(got) != code {
		r.t.Errorf("%s: answered %d %s, want %d with code %d", r.what, r.Status, r.Body, status, code)
	}
	return r
}

func (r *reply) id() string {
	r.t.Helper()
	id, ok := r.JSON["id"].(string)
	if !ok {
		r.t.Fatalf("%s: answered %d %s, want something with an ID", r.what, r.Status, r.Body)
	}
	return id
}

// note is the body of a message that pings nobody.
func note(text string) string {
	return string(marshal(object{"content": text, "allowed_mentions": object{"parse": []string{}}}))
}

// panel is the body of a message of components: a text and a button.
func panel(text, customID string, flags int) string {
	return string(marshal(object{"flags": flags | ComponentsV2, "allowed_mentions": object{"parse": []string{}},
		"components": []object{{"type": 17, "components": []object{{"type": 10, "content": text},
			{"type": 1, "components": []object{{"type": 2, "style": 1, "label": "Go", "custom_id": customID}}}}}}}))
}

func callback(kind int, data string) string {
	if data == "" {
		return string(marshal(object{"type": kind}))
	}
	return string(marshal(object{"type": kind, "data": json.RawMessage(data)}))
}

func modalData(customID string) string {
	return `{"custom_id":"` + customID + `","title":"Answer","components":[{"type":1,"components":[` +
		`{"type":4,"custom_id":"text","label":"Answer","style":1,"required":true,"min_length":1,"max_length":100}]}]}`
}

// respond gives an interaction its first response.
func (k *kit) respond(i *Interaction, kind int, data string) *reply {
	k.t.Helper()
	return k.do("POST", "/interactions/"+i.ID+"/"+i.Token+"/callback", callback(kind, data))
}

// hook is the path of an interaction's webhook.
func (k *kit) hook(i *Interaction, path string) string {
	return "/webhooks/" + k.s.Application() + "/" + i.Token + path
}

func (k *kit) slash() *Interaction {
	return k.s.Slash(Where{Channel: general}, k.ada, "whowon", Option{Name: "query", Value: "best picture 2024"})
}

// posted is a panel of the bot's in a channel, as somebody sees it.
func (k *kit) posted(channelID string) Message {
	k.t.Helper()
	id := k.do("POST", "/channels/"+channelID+"/messages", panel("Ready?", "t/go", 0)).is(200, 0).id()
	return k.message(channelID, id)
}

func (k *kit) message(channelID, id string) Message {
	k.t.Helper()
	all := k.s.ChannelMessages(channelID)
	n := slices.IndexFunc(all, func(m Message) bool { return m.ID == id })
	if n < 0 {
		k.t.Fatalf("no message %s in channel %s", id, channelID)
	}
	return all[n]
}

// connect identifies with intents and reads the guild.
func (k *kit) connect(intents int) *client {
	k.t.Helper()
	o := &websocket.DialOptions{HTTPClient: k.http}
	ws, _, err := websocket.Dial(k.t.Context(), k.s.GatewayURL()+"/?v=10&encoding=json", o) //nolint:bodyclose // never needed
	if err != nil {
		k.t.Fatal(err)
	}
	k.t.Cleanup(func() { ws.CloseNow() })
	ws.SetReadLimit(1 << 20)
	c := &client{t: k.t, ws: ws}
	c.read()
	c.ready(0, 1, intents)
	if f := c.read(); f.T != "GUILD_CREATE" || !bytes.Contains(f.D, []byte(general)) {
		k.t.Fatalf("got %s %s, want the guild", f.T, f.D)
	}
	return c
}

// event reads an event, which must be of a kind.
func (c *client) event(kind string) map[string]any {
	c.t.Helper()
	f := c.read()
	var d map[string]any
	if err := json.Unmarshal(f.D, &d); err != nil || f.T != kind {
		c.t.Fatalf("got %s %s, want %s", f.T, f.D, kind)
	}
	return d
}

// as sends a request with another authorisation.
func (k *kit) as(authorization, method, path string) *reply {
	k.t.Helper()
	req, err := http.NewRequestWithContext(k.t.Context(), method, k.s.API()+path, http.NoBody)
	if err != nil {
		k.t.Fatal(err)
	}
	req.Header.Set("Authorization", authorization)
	resp, err := k.http.Do(req)
	if err != nil {
		k.t.Fatal(err)
	}
	defer resp.Body.Close()
	r := &reply{t: k.t, what: method + " " + path, Status: resp.StatusCode}
	if err := json.NewDecoder(resp.Body).Decode(&r.JSON); err != nil {
		k.t.Fatal(err)
	}
	return r
}
