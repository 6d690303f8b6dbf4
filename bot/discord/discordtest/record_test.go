package discordtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestRecorded: requests are recorded in order, under names that are the same in every run, and without tokens.
func TestRecorded(t *testing.T) {
	inTime(t, unlimited, func(k *kit) {
		m := k.posted(general)
		k.do("PATCH", "/channels/"+general+"/messages/"+m.ID, note("text")).is(400, 50035)
		i := k.s.Press(m, k.ada, "t/go")
		k.respond(i, ResponseMessage, note("x")).is(204, 0)
		k.do("PATCH", k.hook(i, "/messages/@original"), note("y")).is(200, 0)
		k.do("POST", k.hook(i, "?wait=true"), note("z")).is(200, 0)
		k.do("DELETE", k.hook(i, "/messages/"+i.Messages()[1].ID), "").is(204, 0)
		k.do("POST", "/webhooks/"+k.s.Application()+"/not-a-token", note("x")).is(401, 50027)
		k.do("GET", "/channels/"+general+"/messages?limit=1", "").is(200, 0)
		k.do("GET", "/applications/"+k.s.Application()+"/commands", "").is(200, 0)
		var got []string
		for _, r := range k.s.Requests() {
			got = append(got, fmt.Sprintf("%s %s %d", r.Method, r.Path, r.Status))
			if strings.Contains(r.Path, i.Token) {
				t.Errorf("the path %s has the token", r.Path)
			}
		}
		want := []string{
			"POST /channels/" + general + "/messages 200",
			"PATCH /channels/" + general + "/messages/message-1 400",
			"POST /interactions/interaction-1/token-1/callback 204",
			"PATCH /webhooks/application/token-1/messages/@original 200",
			"POST /webhooks/application/token-1?wait=true 200",
			"DELETE /webhooks/application/token-1/messages/message-3 204",
			"POST /webhooks/application/token-unknown 401",
			"GET /channels/" + general + "/messages?limit=1 200",
			"GET /applications/application/commands 200",
		}
		if !slices.Equal(got, want) {
			t.Errorf("recorded were\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if body := string(k.s.Requests()[3].Body); body != note("y") {
			t.Errorf("the body is %s", body)
		}
		k.s.Reset()
		if n := len(k.s.Requests()) + len(k.s.Faults()) + k.s.Invalid(); n != 0 {
			t.Error("something is left after Reset")
		}
		k.do("POST", k.hook(i, ""), note("z")).is(200, 0)
		if got := k.s.Requests()[0].Path; got != "/webhooks/application/token-1" {
			t.Errorf("after Reset the path is %s", got)
		}
	})
}

// TestRefusedAreFaults: what a correct bot never sends is refused, and told as a fault that names the request and the field.
func TestRefusedAreFaults(t *testing.T) {
	button := `{"type":2,"style":1,"label":"Go","custom_id":"x"}`
	for _, tt := range []struct{ name, body, want string }{
		{"unknown field", `{"content":"x","colour":1}`, "colour"},
		{"content", `{"content":"` + strings.Repeat("x", 2001) + `"}`, "content"},
		{"six buttons", `{"content":"x","components":[{"type":1,"components":[` + strings.Repeat(button+",", 5) + button + `]}]}`,
			"components.0.components"},
	} {
		inTime(t, unlimited, func(k *kit) {
			i := k.slash()
			k.do("POST", "/channels/"+general+"/messages", tt.body).is(400, 50035)
			k.respond(i, ResponseMessage, tt.body).is(400, 50035)
			faults := k.s.Faults()
			for n, want := range []string{"POST /channels/" + general + "/messages: " + tt.want,
				"POST /interactions/interaction-1/token-1/callback: data." + tt.want} {
				if len(faults) != 2 || !strings.HasPrefix(faults[n], want) {
					t.Errorf("%s: faults are %q, want %s…", tt.name, faults, want)
				}
			}
			if len(k.s.ChannelMessages(general)) != 0 || len(i.Messages()) != 0 {
				t.Errorf("%s: it was shown", tt.name)
			}
			if _, ok := i.Response(); ok {
				t.Errorf("%s: it was taken as the first response", tt.name)
			}
		})
	}
}

// TestErrorTree: errors are nested by the path of their field.
func TestErrorTree(t *testing.T) {
	a := invalid(fieldError{"components.0.label", "A", "one"}, fieldError{"components.0.label", "B", "two"},
		fieldError{"", "C", "three"})
	want := `{"code":50035,"errors":{"_errors":[{"code":"C","message":"three"}],"components":{"0":{"label":{"_errors":` +
		`[{"code":"A","message":"one"},{"code":"B","message":"two"}]}}}},"message":"Invalid Form Body"}`
	if string(a.body) != want || a.status != 400 {
		t.Errorf("the answer is %d %s, want %s", a.status, a.body, want)
	}
}

// TestKeep: only the newest requests, interactions and messages are remembered where that is asked.
func TestKeep(t *testing.T) {
	o := unlimited
	o.REST.Keep = 10
	inTime(t, o, func(k *kit) {
		first := k.slash()
		for n := range 100 {
			i := k.slash()
			k.respond(i, ResponseMessage, note(fmt.Sprint(n))).is(204, 0)
			k.do("PATCH", k.hook(i, "/messages/@original"), note(fmt.Sprint(n, "!"))).is(200, 0)
		}
		k.respond(first, ResponseMessage, note("x")).is(404, 10062)
		rs := k.s.Requests()
		if len(rs) != 10 || rs[9].Status != 404 || rs[8].Path != "/webhooks/application/token-101/messages/@original" {
			t.Errorf("recorded are %d: %+v", len(rs), rs)
		}
		r := k.s.rest
		if n := len(r.recorder.requests) + len(r.talks.byID) + len(r.talks.byToken) + len(r.world.channels[general].messages) +
			len(r.recorder.names); n > 7*2*o.REST.Keep {
			t.Errorf("%d things are remembered", n)
		}
	})
}

// TestResources: what a bot asks before it starts, and to check its permissions.
func TestResources(t *testing.T) {
	inTime(t, Options{Token: "t.o.k", Application: "42", REST: RESTOptions{Shards: 3}}, func(k *kit) {
		k.s.SetApplication(AppInfo{Name: "quiz", Flags: 1 << 19, VerifyKey: "ab", InteractionsEndpoint: "https://quiz.test"})
		if r := k.do("GET", "/applications/@me", "").is(200, 0); r.id() != "42" || r.JSON["flags"] != float64(1<<19) ||
			r.JSON["verify_key"] != "ab" || r.JSON["interactions_endpoint_url"] != "https://quiz.test" ||
			r.JSON["approximate_guild_count"] != 1.0 {
			t.Errorf("the application is %s", r.Body)
		}
		if r := k.do("GET", "/oauth2/applications/@me", "").is(200, 0); r.id() != "42" || r.JSON["name"] != "quiz" {
			t.Errorf("the application is %s", r.Body)
		}
		if r := k.do("GET", "/users/@me", "").is(200, 0); r.id() != "42" || r.JSON["bot"] != true {
			t.Errorf("the bot is %s", r.Body)
		}
		r := k.do("GET", "/gateway/bot", "").is(200, 0)
		limit, _ := r.JSON["session_start_limit"].(map[string]any)
		if r.JSON["url"] != "ws://discord.test/gateway" || r.JSON["shards"] != 3.0 || limit["remaining"] != 1000.0 {
			t.Errorf("the gateway is %s", r.Body)
		}
		r = k.do("GET", "/channels/"+quiet, "").is(200, 0)
		if !strings.Contains(string(r.Body), `"deny":"2048","id":"42","type":1`) {
			t.Errorf("the channel is %s", r.Body)
		}
		if r = k.do("GET", "/guilds/"+guildID+"/members/42", "").is(200, 0); !strings.Contains(string(r.Body), `"id":"42"`) {
			t.Errorf("the member is %s", r.Body)
		}
		var list []map[string]any
		err := json.Unmarshal(k.do("GET", "/guilds/"+guildID+"/roles", "").Body, &list)
		if err != nil || len(list) != 1 || list[0]["id"] != guildID {
			t.Errorf("the roles are %v (%v)", list, err)
		}
		if err := json.Unmarshal(k.do("GET", "/guilds/"+guildID+"/channels", "").Body, &list); err != nil || len(list) != 4 {
			t.Errorf("the channels are %v (%v)", list, err)
		}
		k.do("GET", "/guilds/"+guildID, "").is(200, 0)
		k.do("GET", "/guilds/"+guildID+"/members/"+k.ada.ID, "").is(200, 0)
	})
}
