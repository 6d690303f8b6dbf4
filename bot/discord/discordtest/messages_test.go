package discordtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestMessageRoundTrip: a message can be read, listed, changed and deleted, and is in every place as it was last written.
func TestMessageRoundTrip(t *testing.T) {
	inTime(t, Options{REST: RESTOptions{Limits: RateLimits{Off: true}}}, func(k *kit) {
		var shown []string
		k.s.OnMessage(func(m Message, edited bool) { shown = append(shown, fmt.Sprintf("%s %t", Text(m), edited)) })
		path := "/channels/" + general + "/messages"
		first := k.do("POST", path, note("one")).is(200, 0).id()
		second := k.do("POST", path, panel("two", "x", 0)).is(200, 0).id()
		if got := k.do("GET", path+"/"+first, "").is(200, 0).JSON["content"]; got != "one" {
			t.Errorf("the message says %v", got)
		}
		edited := k.do("PATCH", path+"/"+first, note("uno")).is(200, 0)
		if edited.JSON["content"] != "uno" || edited.JSON["edited_timestamp"] == nil {
			t.Errorf("the edited message is %s", edited.Body)
		}
		var all []map[string]any
		if err := json.Unmarshal(k.do("GET", path+"?limit=100", "").Body, &all); err != nil || len(all) != 2 {
			t.Fatalf("%d messages are listed (%v), want 2", len(all), err)
		}
		if all[0]["id"] != second || all[1]["content"] != "uno" {
			t.Errorf("listed are %v, want the newest first", all)
		}
		if err := json.Unmarshal(k.do("GET", path+"?limit=1", "").Body, &all); err != nil || len(all) != 1 {
			t.Errorf("%d messages are listed (%v), want 1", len(all), err)
		}
		k.do("DELETE", path+"/"+first, "").is(204, 0)
		k.do("GET", path+"/"+first, "").is(404, 10008)
		k.do("DELETE", path+"/"+k.do("POST", path, note("three")).id(), "").is(204, 0)
		if last := k.do("GET", "/channels/"+general, "").JSON["last_message_id"]; last == nil || last == second {
			t.Errorf("the last message that was sent is %v", last)
		}
		if got := k.s.ChannelMessages(general); len(got) != 1 || got[0].ID != second {
			t.Errorf("the channel has %v, want the second message", got)
		}
		if want := []string{"one false", "two\n[Go] false", "uno true", "three false"}; !slices.Equal(shown, want) {
			t.Errorf("shown was %q, want %q", shown, want)
		}
		if faults := k.s.Faults(); len(faults) != 0 {
			t.Errorf("faults: %q", faults)
		}
	})
}

// TestMessageRefusals: what a bot may not do has Discord's status and code.
func TestMessageRefusals(t *testing.T) {
	inTime(t, Options{REST: RESTOptions{Limits: RateLimits{Off: true}}}, func(k *kit) {
		said := k.s.Say(general, k.ada, "hello", SayOptions{})
		old := k.do("POST", "/channels/"+general+"/messages", note("old")).id()
		private := k.s.Private(k.ada, k.bob)
		for _, tt := range []struct {
			method, path, body string
			status, code       int
		}{
			{"GET", "/channels/" + nowhere, "", 404, 10003},
			{"GET", "/channels/" + hidden, "", 403, 50001},
			{"GET", "/channels/" + outside, "", 403, 50001},
			{"GET", "/channels/" + private, "", 403, 50001},
			{"POST", "/channels/" + nowhere + "/messages", note("x"), 404, 10003},
			{"POST", "/channels/" + hidden + "/messages", note("x"), 403, 50001},
			{"POST", "/channels/" + quiet + "/messages", note("x"), 403, 50013},
			{"POST", "/channels/" + thread + "/messages", note("x"), 200, 0},
			{"POST", "/channels/" + k.s.DM(k.ada) + "/messages", note("x"), 200, 0},
			{"POST", "/channels/" + general + "/messages", `{"content":"","allowed_mentions":{"parse":[]}}`, 400, 50006},
			{"POST", "/channels/" + general + "/messages", `{"flags":32768,"components":[]}`, 400, 50006},
			{"POST", "/channels/" + general + "/messages", `{`, 400, 50109},
			{"POST", "/channels/" + general + "/messages", `{"content":7}`, 400, 50035},
			{"PATCH", "/channels/" + general + "/messages/" + old, `{"content":null}`, 400, 50006},
			{"PATCH", "/channels/" + general + "/messages/" + said.ID, note("x"), 403, 50005},
			{"DELETE", "/channels/" + general + "/messages/" + said.ID, "", 403, 50013},
			{"PATCH", "/channels/" + general + "/messages/1", note("x"), 404, 10008},
			{"GET", "/channels/" + archive + "/messages", "", 200, 0},
			{"GET", "/channels/" + general + "/messages?limit=101", "", 400, 50035},
			{"GET", "/channels/" + general + "/messages?limit=0", "", 400, 50035},
			{"GET", "/guilds/" + foreign, "", 404, 10004},
			{"GET", "/guilds/" + guildID + "/members/1", "", 404, 10007},
			{"PUT", "/applications/1/commands", "[]", 403, 20012},
			{"PUT", "/applications/" + k.s.Application() + "/guilds/" + foreign + "/commands", "[]", 403, 50001},
			{"GET", "/no/such/thing", "", 404, 0},
		} {
			k.do(tt.method, tt.path, tt.body).is(tt.status, tt.code)
		}
		k.s.Permit(thread, Invited&^SendMessagesInThreads)
		k.do("POST", "/channels/"+thread+"/messages", note("x")).is(403, 50013)
		k.s.Permit(general, Invited|ManageMessages)
		k.do("DELETE", "/channels/"+general+"/messages/"+said.ID, "").is(204, 0)
	})
}

// TestUnauthorized: without the bot's token nothing is done, and each try counts as invalid.
func TestUnauthorized(t *testing.T) {
	inTime(t, Options{}, func(k *kit) {
		k.as("Bot guess", "GET", "/users/@me").is(401, 0)
		k.as("", "GET", "/gateway/bot").is(401, 0)
		k.do("POST", "/channels/"+quiet+"/messages", note("x")).is(403, 50013)
		if n := k.s.Invalid(); n != 3 {
			t.Errorf("%d invalid requests were counted, want 3", n)
		}
	})
}

// TestNonce: a nonce that is enforced is shown once within 5 minutes, or the time that is set, for each channel.
func TestNonce(t *testing.T) {
	for set, life := range map[time.Duration]time.Duration{0: 5 * time.Minute, 2 * time.Minute: 2 * time.Minute} {
		inTime(t, Options{REST: RESTOptions{Limits: RateLimits{Off: true}, NonceLife: set}}, func(k *kit) { testNonce(t, k, life) })
	}
}

func testNonce(t *testing.T, k *kit, life time.Duration) {
	t.Helper()
	body := `{"content":"daily","nonce":"abc","enforce_nonce":true,"allowed_mentions":{"parse":[]}}`
	post := func(channelID, body string) string {
		return k.do("POST", "/channels/"+channelID+"/messages", body).is(200, 0).id()
	}
	first := post(general, body)
	time.Sleep(life - time.Second)
	if again := post(general, body); again != first {
		t.Error("the same nonce made a second message")
	}
	if other := post(thread, body); other == first {
		t.Error("the nonce of another channel was taken for this one's")
	}
	if loose := post(general, strings.Replace(body, "true", "false", 1)); loose == first {
		t.Error("a nonce that is not enforced kept a message back")
	}
	time.Sleep(time.Second)
	if late := post(general, body); late == first {
		t.Errorf("the nonce was remembered for longer than %v", life)
	}
	if n := len(k.s.ChannelMessages(general)); n != 3 {
		t.Errorf("the channel has %d messages, want 3", n)
	}
}

// TestHistory: messages after an ID come a page at a time, the oldest page first, and each page newest first. Each component
// has the ID it was sent with, or one that is not taken.
func TestHistory(t *testing.T) {
	inTime(t, Options{REST: RESTOptions{Limits: RateLimits{Off: true}}}, func(k *kit) {
		path := "/channels/" + general + "/messages"
		sent := []string{k.s.Say(general, k.ada, "hello", SayOptions{}).ID}
		for _, id := range []string{"", `"id":0,`, `"id":2,`, `"id":2147483647,`} {
			sent = append(sent, k.do("POST", path, strings.Replace(panel("x", "y", 0), `"type":17`, id+`"type":17`, 1)).is(200, 0).id())
		}
		late := k.ada
		late.Lag = time.Second // so that it has the smallest ID
		sent = append([]string{k.s.Say(general, late, "late", SayOptions{}).ID}, sent...)
		pages := ""
		for after := sent[0]; ; {
			var page []struct {
				ID         string
				Components []struct {
					ID         int
					Components []struct{ ID int }
				}
			}
			if err := json.Unmarshal(k.do("GET", path+"?limit=2&after="+after, "").is(200, 0).Body, &page); err != nil {
				t.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			for _, m := range page {
				pages += fmt.Sprint(slices.Index(sent, m.ID), m.Components, " ")
			}
			pages, after = pages+"/ ", page[0].ID
		}
		if want := "2 [{1 [{2} {3}]}] 1 [] / 4 [{2 [{1} {3}]}] 3 [{1 [{2} {3}]}] / 5 [{2147483647 [{1} {2}]}] / "; pages != want {
			t.Errorf("the pages are\n%s, want\n%s", pages, want)
		}
		k.do("GET", path+"?after=x", "").is(400, 50035)
		k.do("GET", path+"?before="+sent[0], "").is(400, 50035)
		for _, id := range []string{"-1", "2147483648"} {
			k.do("POST", path, strings.Replace(panel("x", "y", 0), `"type":17`, `"id":`+id+`,"type":17`, 1)).is(400, 50035)
		}
	})
}

// TestReference: a reply needs its message, unless it says that it does not, and the permission to read it.
func TestReference(t *testing.T) {
	inTime(t, Options{REST: RESTOptions{Limits: RateLimits{Off: true}}}, func(k *kit) {
		said := k.s.Say(general, k.ada, "hello", SayOptions{})
		gone := k.s.Say(archive, k.ada, "hello", SayOptions{})
		to := func(id, more string) string {
			return `{"content":"hi","allowed_mentions":{"parse":[]},"message_reference":{"message_id":"` + id + `"` + more + `}}`
		}
		r := k.do("POST", "/channels/"+general+"/messages", to(said.ID, "")).is(200, 0)
		if m := k.message(general, r.id()); m.Reference != said.ID || r.JSON["type"] != 19.0 {
			t.Errorf("the reply is %s", r.Body)
		}
		k.do("POST", "/channels/"+general+"/messages", to("1", "")).is(400, 50035)
		r = k.do("POST", "/channels/"+general+"/messages", to("1", `,"fail_if_not_exists":false`)).is(200, 0)
		if m := k.message(general, r.id()); m.Reference != "" {
			t.Error("the message replies to one that is not there")
		}
		k.do("POST", "/channels/"+archive+"/messages", to(gone.ID, "")).is(403, 160002)
	})
}

// TestComponentsStay: a message of components cannot become one of text, and stays one when an edit does not say so.
func TestComponentsStay(t *testing.T) {
	inTime(t, Options{REST: RESTOptions{Limits: RateLimits{Off: true}}}, func(k *kit) {
		m := k.posted(general)
		path := "/channels/" + general + "/messages/" + m.ID
		k.do("PATCH", path, note("text")).is(400, 50035)
		without := strings.Replace(panel("changed", "y", 0), `"flags":32768`, `"flags":0`, 1)
		k.do("PATCH", path, without).is(200, 0)
		var checked struct{ Flags int }
		old, fields := k.s.rest.world.channel(general).find(m.ID), map[string]json.RawMessage{"flags": json.RawMessage("4")}
		if err := json.Unmarshal(keepFlags(fields, nil, old), &checked); err != nil || checked.Flags != 4|ComponentsV2 {
			t.Errorf("the edit is checked with flags %d (%v)", checked.Flags, err)
		}
		if m = k.message(general, m.ID); m.Flags&ComponentsV2 == 0 || Text(m) != "changed\n[Go]" {
			t.Errorf("the message became %+v", m)
		}
		plain := k.do("POST", "/channels/"+general+"/messages", note("text")).id()
		k.do("PATCH", "/channels/"+general+"/messages/"+plain, panel("x", "y", 0)).is(400, 50035)
		cleared := strings.Replace(panel("x", "y", 0), "{", `{"content":null,`, 1)
		k.do("PATCH", "/channels/"+general+"/messages/"+plain, cleared).is(200, 0)
	})
}

// TestOpenDM: the bot opens the direct messages with a user, which are those the user writes in.
func TestOpenDM(t *testing.T) {
	inTime(t, unlimited, func(k *kit) {
		c := k.connect(intentsOfBot)
		id := k.do("POST", "/users/@me/channels", `{"recipient_id":"`+k.ada.ID+`"}`).is(200, 0).id()
		if id != k.s.DM(k.ada) {
			t.Errorf("the channel is %s, want %s", id, k.s.DM(k.ada))
		}
		k.do("POST", "/channels/"+id+"/messages", note("hello")).is(200, 0)
		if d := c.event("MESSAGE_CREATE"); d["channel_id"] != id || d["guild_id"] != nil {
			t.Errorf("the message is %s", marshal(d))
		}
		k.do("POST", "/users/@me/channels", `{"recipient_id":"`+nowhere+`"}`).is(400, 50033)
		k.do("POST", "/users/@me/channels", `{"recipient_id":7}`).is(400, 50035)
		k.do("POST", "/users/@me/channels", `{"recipient":"`+k.ada.ID+`"}`).is(400, 50035)
		k.do("POST", "/users/@me/channels", `{`).is(400, 50109)
	})
}
