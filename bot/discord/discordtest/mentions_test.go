package discordtest

import "testing"

// TestPings: a message pings whom it mentions, unless allowed_mentions keeps it from that.
func TestPings(t *testing.T) {
	const none = `,"allowed_mentions":{"parse":[]}`
	for _, tt := range []struct {
		name, body     string
		careless, ping bool
		hook           bool // whether it pings through an interaction
	}{
		{"nobody", `{"content":"x"` + none + `}`, false, false, false},
		{"nobody, and it does not say so", `{"content":"x"}`, true, false, false},
		{"a user, kept", `{"content":"<@7>"` + none + `}`, false, false, false},
		{"a user", `{"content":"<@!7>"}`, true, true, true},
		{"a role", `{"content":"<@&7>"}`, true, true, false},
		{"everyone", `{"content":"@everyone"}`, true, true, false},
		{"here", `{"content":"see @here"}`, true, true, false},
		{"everyone, kept", `{"content":"@everyone"` + none + `}`, false, false, false},
		{"a null is no list", `{"content":"<@7>","allowed_mentions":{"parse":null}}`, true, false, false},
		{"only roles", `{"content":"<@7> @everyone","allowed_mentions":{"parse":["roles"]}}`, true, false, false},
		{"that user", `{"content":"<@7>","allowed_mentions":{"parse":[],"users":["7"]}}`, false, true, true},
		{"another user", `{"content":"<@7>","allowed_mentions":{"parse":[],"users":["8"]}}`, false, false, false},
		{"in a component", `{"flags":32768,"components":[{"type":17,"components":[{"type":10,"content":"<@7>"}]}]}`,
			true, true, true},
		{"a label", `{"flags":32768,"components":[{"type":1,"components":` +
			`[{"type":2,"style":1,"label":"@everyone","custom_id":"x"}]}]}`, true, false, false},
	} {
		inTime(t, unlimited, func(k *kit) {
			check := func(where string, ping bool) {
				t.Helper()
				if n, m := k.s.Pings(), k.s.AllowedMentionsMissing(); (n == 1) != ping || (m == 1) != tt.careless || n+m > 2 {
					t.Errorf("%s, %s: %d pings, %d without allowed_mentions", tt.name, where, n, m)
				}
				k.s.Reset()
			}
			id := k.do("POST", "/channels/"+general+"/messages", tt.body).is(200, 0).id()
			check("message", tt.ping)
			k.do("PATCH", "/channels/"+general+"/messages/"+id, tt.body).is(200, 0)
			check("edit", tt.ping)
			i := k.slash()
			k.respond(i, ResponseMessage, tt.body).is(204, 0)
			check("response", tt.hook)
			k.do("POST", k.hook(i, ""), tt.body).is(200, 0)
			check("follow-up", tt.hook)
		})
	}
	inTime(t, unlimited, func(k *kit) {
		said := k.s.Say(general, k.ada, "hi", SayOptions{})
		to := `,"message_reference":{"message_id":"` + said.ID + `"}`
		k.do("POST", "/channels/"+general+"/messages", `{"content":"x"`+none+to+`}`).is(200, 0)
		if n := k.s.Pings(); n != 0 {
			t.Errorf("a reply that mentions nobody pings")
		}
		k.do("POST", "/channels/"+general+"/messages", `{"content":"x"`+to+`}`).is(200, 0)
		if n := k.s.Pings(); n != 1 {
			t.Errorf("a reply pings whom it replies to by default")
		}
	})
}
