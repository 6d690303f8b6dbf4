package discordtest

import (
	"strings"
	"testing"
	"testing/synctest"
)

// TestMisuse: what nobody can do on Discord is a mistake of the test, and stops it.
func TestMisuse(t *testing.T) {
	for want, do := range map[string]func(k *kit){
		"does not see": func(k *kit) {
			i := k.slash()
			k.respond(i, ResponseMessage, panel("x", "y", Ephemeral))
			k.s.Press(i.Messages()[0], k.bob, "y")
		},
		"no button":                 func(k *kit) { k.s.Press(k.posted(general), k.ada, "another") },
		"no channel":                func(k *kit) { k.s.Say(nowhere, k.ada, "x", SayOptions{}) },
		"no guild ID":               func(k *kit) { k.s.AddGuild("cinema", "Cinema") },
		"not answered with a modal": func(k *kit) { k.s.Submit(k.slash(), "x") },
		"no user has said":          func(k *kit) { k.s.RedeliverMessage(k.posted(general)) },
		"user has said this":        func(k *kit) { k.s.EditMessage(k.posted(general), "x") },
		"OpenAPI document: ":        func(*kit) { New(Options{Document: NewDocument("/nowhere.json")}) },
		"one is focused":            func(k *kit) { k.s.Autocomplete(Where{Channel: general}, k.ada, "whowon") },
		"option query has a []string": func(k *kit) {
			k.s.Slash(Where{Channel: general}, k.ada, "w", Option{Name: "query", Value: []string{}})
		},
		"modal has fewer fields":  func(k *kit) { k.s.Submit(k.modal(), "one", "two") },
		"no button t/go to press": func(k *kit) { k.s.Press(k.disabled(), k.ada, "t/go") },
	} {
		inTime(t, unlimited, func(k *kit) {
			defer func() {
				if got, _ := recover().(string); !strings.Contains(got, want) {
					t.Errorf("stopped with %q, want something with %q", got, want)
				}
			}()
			do(k)
		})
	}
	synctest.Test(t, func(t *testing.T) { // in the year 2000
		s, _ := StartPiped(t, Options{})
		s.AddGuild(guildID, "Cinema")
		defer func() {
			if got, _ := recover().(string); !strings.Contains(got, "2015") {
				t.Errorf("stopped with %q, want a word on the year", got)
			}
		}()
		s.rest.snowflake(s.rest.world.guilds[guildID].joined)
	})
}

func (k *kit) modal() *Interaction {
	k.t.Helper()
	i := k.slash()
	k.respond(i, ResponseModal, modalData("m")).is(204, 0)
	return i
}

func (k *kit) disabled() Message {
	k.t.Helper()
	body := strings.Replace(panel("x", "t/go", 0), `"type":2`, `"type":2,"disabled":true`, 1)
	id := k.do("POST", "/channels/"+general+"/messages", body).is(200, 0).id()
	return k.message(general, id)
}

// TestOldButton: a button works on a message that this server does not have: one from before.
func TestOldButton(t *testing.T) {
	inTime(t, unlimited, func(k *kit) {
		c := k.connect(intentsOfBot)
		old := Message{ID: "700000000000009999", ChannelID: general, Author: k.s.Application(), Flags: ComponentsV2,
			Components: []byte(`[{"type":1,"components":[{"type":2,"style":1,"label":"Go","custom_id":"old/state"}]}]`)}
		i := k.s.Press(old, k.ada, "old/state")
		d := c.event("INTERACTION_CREATE")
		if m, _ := d["message"].(map[string]any); m["id"] != old.ID {
			t.Errorf("the message is %s", marshal(d["message"]))
		}
		k.respond(i, ResponseMessage, note("still works")).is(204, 0)
	})
}

// TestNames: a mention reads as the name under which the user is known.
func TestNames(t *testing.T) {
	inTime(t, unlimited, func(k *kit) {
		text := func() string {
			id := k.do("POST", "/channels/"+general+"/messages", note("<@"+k.ada.ID+"> won")).is(200, 0).id()
			return Text(k.message(general, id))
		}
		if got := text(); got != "@ada won" {
			t.Errorf("it reads %q", got)
		}
		if m := k.s.Say(general, k.ada, "<@"+k.s.Application()+"> hi", SayOptions{}); Text(m) != "@whowon hi" {
			t.Errorf("it reads %q", Text(m))
		}
		k.ada.GlobalName = "Ada L."
		k.s.Say(general, k.ada, "hi", SayOptions{})
		if got := text(); got != "@Ada L. won" {
			t.Errorf("it reads %q", got)
		}
		k.ada.Nick = "Countess"
		k.s.Say(general, k.ada, "hi", SayOptions{})
		if got := text(); got != "@Countess won" {
			t.Errorf("it reads %q", got)
		}
	})
}
