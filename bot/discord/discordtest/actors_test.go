package discordtest

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"testing"
	"time"
)

const intentsOfBot = intentGuilds | intentGuildMessages | intentDirectMessages

// TestSlash: a command arrives with what Discord tells of it, its user and its place.
func TestSlash(t *testing.T) {
	inTime(t, unlimited, func(k *kit) {
		c := k.connect(intentsOfBot)
		k.do("PUT", "/applications/"+k.s.Application()+"/commands", `[{"name":"trivia","description":"d"}]`).is(200, 0)
		k.ada.Nick, k.ada.Permissions = "Countess", Invited|ManageGuild
		i := k.s.Slash(Where{Channel: general}, k.ada, "trivia start", Option{Name: "count", Value: 5},
			Option{Name: "who", Value: k.bob})
		d := c.event("INTERACTION_CREATE")
		data, _ := d["data"].(map[string]any)
		want := `[{"name":"start","options":[{"name":"count","type":4,"value":5},` +
			`{"name":"who","type":6,"value":"` + k.bob.ID + `"}],"type":1}]`
		if got := marshal(data["options"]); string(got) != want || data["name"] != "trivia" {
			t.Errorf("the data is %s, want the options %s", marshal(data), want)
		}
		if d["id"] != i.ID || d["token"] != i.Token || d["context"] != 0.0 || d["guild_id"] != guildID {
			t.Errorf("the interaction is %s", marshal(d))
		}
		member, _ := d["member"].(map[string]any)
		if member["nick"] != "Countess" || member["permissions"] != strconv.FormatInt(Invited|ManageGuild, 10) {
			t.Errorf("the member is %s", marshal(member))
		}
		resolved, _ := data["resolved"].(map[string]any)
		if users, _ := resolved["users"].(map[string]any); users[k.bob.ID] == nil {
			t.Errorf("resolved is %s", marshal(resolved))
		}
		var ids []struct{ ID string }
		if err := json.Unmarshal(k.do("GET", "/applications/"+k.s.Application()+"/commands", "").Body, &ids); err != nil {
			t.Fatal(err)
		}
		if len(ids) != 1 || data["id"] != ids[0].ID {
			t.Errorf("the command has the ID %v, registered are %v", data["id"], ids)
		}
	})
}

// TestContexts: where a command comes from decides its context, who has installed the bot, and what the bot may do.
func TestContexts(t *testing.T) {
	inTime(t, unlimited, func(k *kit) {
		c := k.connect(intentsOfBot)
		for _, tt := range []struct {
			name    string
			where   Where
			context float64
			owners  string
			send    bool
		}{
			{"guild", Where{Channel: general}, 0, `{"0":"` + guildID + `"}`, true},
			{"no permission", Where{Channel: quiet}, 0, `{"0":"` + guildID + `"}`, false},
			{"as a user", Where{Channel: general, UserInstall: true}, 0, `{"1":"` + k.ada.ID + `"}`, false},
			{"foreign guild", Where{Channel: outside}, 0, `{"1":"` + k.ada.ID + `"}`, false},
			{"direct", Where{Channel: k.s.DM(k.ada)}, 1, `{"0":"0"}`, true},
			{"between others", Where{Channel: k.s.Private(k.ada, k.bob)}, 2, `{"1":"` + k.ada.ID + `"}`, false},
		} {
			k.s.Slash(tt.where, k.ada, "whowon")
			d := c.event("INTERACTION_CREATE")
			if got := string(marshal(d["authorizing_integration_owners"])); got != tt.owners || d["context"] != tt.context {
				t.Errorf("%s: owners %s, context %v", tt.name, got, d["context"])
			}
			if (d["member"] != nil) != (tt.context == 0) || (d["user"] != nil) != (tt.context != 0) {
				t.Errorf("%s: the user is in the wrong place: %s", tt.name, marshal(d))
			}
			may, err := strconv.ParseInt(fmt.Sprint(d["app_permissions"]), 10, 64)
			if err != nil || (may&SendMessages != 0) != tt.send {
				t.Errorf("%s: app_permissions are %v", tt.name, d["app_permissions"])
			}
		}
	})
}

// TestPressAndSubmit: a press tells of its message, and the modal it opens of both.
func TestPressAndSubmit(t *testing.T) {
	inTime(t, unlimited, func(k *kit) {
		m := k.posted(general)
		c := k.connect(intentsOfBot)
		i := k.s.Press(m, k.ada, "t/go")
		d := c.event("INTERACTION_CREATE")
		message, _ := d["message"].(map[string]any)
		if message["id"] != m.ID || !bytes.Contains(marshal(message["components"]), []byte(`"custom_id":"t/go","id":4`)) {
			t.Errorf("the message is %s", marshal(message))
		}
		if got := string(marshal(d["data"])); got != `{"component_type":2,"custom_id":"t/go"}` {
			t.Errorf("the data is %s", got)
		}
		k.respond(i, ResponseModal, modalData("m")).is(204, 0)
		sent := k.s.Submit(i, "day lewis")
		d = c.event("INTERACTION_CREATE")
		want := `{"components":[{"components":[{"custom_id":"text","id":2,"type":4,"value":"day lewis"}],"id":1,"type":1}],` +
			`"custom_id":"m","resolved":{}}`
		if got := string(marshal(d["data"])); got != want {
			t.Errorf("the data is %s, want %s", got, want)
		}
		if message, _ = d["message"].(map[string]any); message["id"] != m.ID {
			t.Errorf("the modal is of the message %v, want %s", message["id"], m.ID)
		}
		k.s.Redeliver(sent)
		if again := c.event("INTERACTION_CREATE"); again["id"] != sent.ID {
			t.Errorf("delivered again was %v", again["id"])
		}
		label := `{"custom_id":"n","title":"A","components":[{"type":18,"label":"L","component":` +
			`{"type":4,"custom_id":"text","style":1}},{"type":10,"content":"note"}]}`
		i = k.s.Slash(Where{Channel: general}, k.ada, "whowon")
		k.respond(i, ResponseModal, label).is(204, 0)
		c.event("INTERACTION_CREATE")
		k.s.Submit(i, "x")
		want = `[{"component":{"custom_id":"text","id":2,"type":4,"value":"x"},"id":1,"type":18},{"id":3,"type":10}]`
		data, _ := c.event("INTERACTION_CREATE")["data"].(map[string]any)
		if got := string(marshal(data["components"])); got != want {
			t.Errorf("the components are %s, want %s", got, want)
		}
	})
}

// TestSay: the bot reads what is written to it, and nothing else without the intent.
func TestSay(t *testing.T) {
	inTime(t, unlimited, func(k *kit) {
		ordinary := k.posted(general)
		i := k.slash()
		k.respond(i, ResponseMessage, note("answer")).is(204, 0)
		answer := i.Messages()[0]
		self := "<@" + k.s.Application() + ">"
		for name, tt := range map[string]struct {
			channel, text string
			options       SayOptions
			read          bool
		}{
			"plain":              {general, "hello", SayOptions{}, false},
			"mention":            {general, self + " hello", SayOptions{}, true},
			"another's mention":  {general, "<@" + k.bob.ID + "> hello", SayOptions{}, false},
			"silent mention":     {general, "hello", SayOptions{Mentions: []string{k.s.Application()}}, true},
			"reply":              {general, "hello", SayOptions{ReplyTo: ordinary.ID}, true},
			"reply without ping": {general, "hello", SayOptions{ReplyTo: ordinary.ID, Silent: true}, false},
			"reply to an answer": {general, "hello", SayOptions{ReplyTo: answer.ID}, false},
			"direct message":     {k.s.DM(k.ada), "hello", SayOptions{}, true},
		} {
			c := k.connect(intentsOfBot)
			said := k.s.Say(tt.channel, k.ada, tt.text, tt.options)
			d := c.event("MESSAGE_CREATE")
			if got := d["content"] == tt.text; got != tt.read || d["id"] != said.ID {
				t.Errorf("%s: the content is %q", name, d["content"])
			}
			ref, _ := d["referenced_message"].(map[string]any)
			if tt.options.ReplyTo != "" && ref["id"] != tt.options.ReplyTo {
				t.Errorf("%s: the referenced message is %v", name, ref)
			}
			k.s.RedeliverMessage(said)
			if again := c.event("MESSAGE_CREATE"); again["id"] != said.ID {
				t.Errorf("%s: delivered again was %v", name, again["id"])
			}
			c.ws.CloseNow()
			time.Sleep(5 * time.Second) // until the next IDENTIFY
		}
		c := k.connect(intentsOfBot | intentMessageContent)
		k.s.Say(general, k.ada, "hello", SayOptions{})
		if d := c.event("MESSAGE_CREATE"); d["content"] != "hello" {
			t.Errorf("with the intent the content is %q", d["content"])
		}
		k.s.Say(hidden, k.ada, "unseen", SayOptions{})
		k.s.Say(outside, k.ada, "unseen", SayOptions{})
		k.s.Say(general, k.ada, "seen", SayOptions{})
		if d := c.event("MESSAGE_CREATE"); d["content"] != "seen" {
			t.Errorf("the bot was told of %q", d["content"])
		}
	})
}

// TestEditMessage: the bot is told what a message became, as far as it may read it, and when.
func TestEditMessage(t *testing.T) {
	inTime(t, unlimited, func(k *kit) {
		c := k.connect(intentsOfBot)
		for _, tt := range []struct{ channel, text string }{{general, ""}, {k.s.DM(k.ada), "Anora!"}} {
			said := k.s.Say(tt.channel, k.ada, "Anora", SayOptions{})
			c.event("MESSAGE_CREATE")
			time.Sleep(time.Second)
			edited := k.s.EditMessage(said, "Anora!")
			d := c.event("MESSAGE_UPDATE")
			if d["id"] != said.ID || d["content"] != tt.text || d["edited_timestamp"] != stamp(said.At.Add(time.Second)) {
				t.Errorf("the bot is told %s", marshal(d))
			}
			if now := k.message(tt.channel, said.ID); now.Content != "Anora!" || edited.Content != "Anora!" || now.Edited.IsZero() {
				t.Errorf("the message is %+v, returned was %+v", now, edited)
			}
			k.s.RedeliverMessage(said)
			if d := c.event("MESSAGE_CREATE"); d["edited_timestamp"] != nil {
				t.Errorf("delivered again was %s", marshal(d))
			}
		}
	})
}

// TestLag: what arrives later may have been sent earlier, and its ID says so.
func TestLag(t *testing.T) {
	inTime(t, unlimited, func(k *kit) {
		first := k.s.Say(general, k.ada, "first here", SayOptions{})
		k.bob.Lag = 250 * time.Millisecond
		second := k.s.Say(general, k.bob, "first there", SayOptions{})
		a, errA := strconv.ParseUint(first.ID, 10, 64)
		b, errB := strconv.ParseUint(second.ID, 10, 64)
		if errA != nil || errB != nil || a>>22-b>>22 != 250 || first.At.Sub(second.At) != k.bob.Lag {
			t.Errorf("the IDs are %s and %s, want 250 ms between them", first.ID, second.ID)
		}
		if got := int64(a>>22) + epoch; got != time.Now().UnixMilli() {
			t.Errorf("the ID is of %d, the time is %d", got, time.Now().UnixMilli())
		}
	})
}

// TestOwnMessages: the bot is told of its own messages as everybody is, and of those that one user sees past the guild.
func TestOwnMessages(t *testing.T) {
	inTime(t, unlimited, func(k *kit) {
		c := k.connect(intentsOfBot)
		m := k.posted(general)
		if d := c.event("MESSAGE_CREATE"); d["id"] != m.ID || d["guild_id"] != guildID {
			t.Errorf("the bot was told %s", marshal(d))
		}
		k.do("PATCH", "/channels/"+general+"/messages/"+m.ID, panel("x", "y", 0)).is(200, 0)
		if d := c.event("MESSAGE_UPDATE"); d["id"] != m.ID || d["edited_timestamp"] == nil {
			t.Errorf("the bot was told %s", marshal(d))
		}
		k.do("DELETE", "/channels/"+general+"/messages/"+m.ID, "").is(204, 0)
		if d := c.event("MESSAGE_DELETE"); d["id"] != m.ID {
			t.Errorf("the bot was told %s", marshal(d))
		}
		i := k.slash()
		c.event("INTERACTION_CREATE")
		k.respond(i, ResponseMessage, panel("private", "y", Ephemeral)).is(204, 0)
		if d := c.event("MESSAGE_CREATE"); d["guild_id"] != nil || d["member"] != nil {
			t.Errorf("the bot was told %s", marshal(d))
		}
	})
}

// TestGuilds: the bot is told of guilds at READY, when it joins one and when it leaves, each on the guild's shard.
func TestGuilds(t *testing.T) {
	inTime(t, unlimited, func(k *kit) {
		c := k.connect(intentsOfBot)
		k.s.JoinGuild("720000000000000000", "New")
		d := c.event("GUILD_CREATE")
		if d["joined_at"] != stamp(time.Now()) || d["system_channel_id"] != "720000000000000001" || d["name"] != "New" {
			t.Errorf("the new guild is %s", marshal(d))
		}
		k.s.LeaveGuild(guildID)
		if d := c.event("GUILD_DELETE"); d["id"] != guildID {
			t.Errorf("the bot was told %s", marshal(d))
		}
		k.do("POST", "/channels/"+general+"/messages", note("x")).is(403, 50001)
		k.s.RemoveChannel("720000000000000001")
		c.event("CHANNEL_DELETE")
		k.do("POST", "/channels/720000000000000001/messages", note("x")).is(404, 10003)
		for shard := range 2 {
			for _, raw := range k.s.rest.guildsOf(shard, 2) {
				var g struct{ ID string }
				if err := json.Unmarshal(raw, &g); err != nil {
					t.Fatal(err)
				}
				if id, _ := strconv.ParseUint(g.ID, 10, 64); int(id>>22%2) != shard || g.ID == foreign {
					t.Errorf("guild %s came to shard %d", g.ID, shard)
				}
			}
		}
	})
}

// endpoint is a bot behind an address, which checks signatures and answers as it is told.
func serveBot(t *testing.T, key ed25519.PublicKey, answer func(w http.ResponseWriter, body []byte)) string {
	t.Helper()
	h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		sig, bad := hex.DecodeString(r.Header.Get("X-Signature-Ed25519"))
		if err != nil || bad != nil || !ed25519.Verify(key, append([]byte(r.Header.Get("X-Signature-Timestamp")), body...), sig) {
			http.Error(w, "not signed", http.StatusUnauthorized)
			return
		}
		answer(w, body)
	}))
	t.Cleanup(h.Close)
	return h.URL
}

// TestSignedRequests: over HTTP an interaction is a signed request, whose answer is the first response.
func TestSignedRequests(t *testing.T) {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	answers := []string{callback(ResponseMessage, note("Anora")), `{"type":7}`, "", callback(ResponseDeferred, "")}
	var kinds []int
	url := serveBot(t, public, func(w http.ResponseWriter, body []byte) {
		var i struct{ Type int }
		if err := json.Unmarshal(body, &i); err != nil {
			t.Error(err)
		}
		kinds = append(kinds, i.Type)
		if i.Type == 1 {
			_, _ = io.WriteString(w, `{"type":1}`)
			return
		}
		_, _ = io.WriteString(w, answers[0])
		answers = answers[1:]
	})
	s := Start(t, Options{REST: RESTOptions{Interactions: url, Key: private}})
	s.AddGuild(guildID, "Cinema")
	if pong, err := s.Ping(); err != nil || string(pong) != `{"type":1}` {
		t.Errorf("the PING was answered %s, %v", pong, err)
	}
	slash := func() *Interaction { return s.Slash(Where{Channel: general}, s.User("ada"), "whowon") }
	i := slash()
	if err := i.Wait(t.Context()); err != nil || len(i.Messages()) != 1 || i.Messages()[0].Content != "Anora" {
		t.Errorf("the answer is %+v, %v", i.Messages(), err)
	}
	if i = slash(); i.Wait(t.Context()) == nil { // a command cannot be answered with an update
		t.Error("the wrong type was taken")
	}
	if i = slash(); i.Wait(t.Context()) == nil {
		t.Error("an empty answer was taken")
	}
	i = slash()
	if resp, ok := i.Response(); !ok || resp.Type != ResponseDeferred {
		t.Errorf("the first response is %+v, %t", resp, ok)
	}
	if want := []int{1, 2, 2, 2, 2}; !slices.Equal(kinds, want) {
		t.Errorf("sent were types %v, want %v", kinds, want)
	}
	if rs := s.Requests(); len(rs) != 3 || rs[0].Method != "RESPONSE" || rs[0].Status != 200 || rs[1].Status != 400 {
		t.Errorf("recorded were %+v", rs)
	}
	s.rest.o.Key = ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	if i = slash(); i.Wait(t.Context()) == nil {
		t.Error("a forged request was answered")
	}
}
