package discordtest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// unlimited is for tests that ask more than the limits allow.
var unlimited = Options{REST: RESTOptions{Limits: RateLimits{Off: true}}}

// TestFirstResponse: there is one first response, within 3 seconds, with the interaction's own token.
func TestFirstResponse(t *testing.T) {
	inTime(t, unlimited, func(k *kit) {
		i := k.slash()
		k.do("POST", "/interactions/"+i.ID+"/guess/callback", callback(ResponseMessage, note("x"))).is(404, 10062)
		k.do("POST", "/interactions/1/"+i.Token+"/callback", callback(ResponseMessage, note("x"))).is(404, 10062)
		time.Sleep(firstLife)
		k.respond(i, ResponseMessage, note("Anora")).is(204, 0)
		k.respond(i, ResponseMessage, note("again")).is(400, 40060)
		if resp, ok := i.Response(); !ok || resp.Type != ResponseMessage || string(resp.Data) != note("Anora") {
			t.Errorf("the first response is %+v, %t", resp, ok)
		}
		if ms := i.Messages(); len(ms) != 1 || ms[0].Content != "Anora" || ms[0].For != "" {
			t.Errorf("the messages are %+v", ms)
		}
		late := k.slash()
		time.Sleep(firstLife + time.Millisecond)
		k.respond(late, ResponseMessage, note("x")).is(404, 10062)
		k.ada.Lag = 2 * time.Second
		slow := k.slash()
		time.Sleep(time.Second + time.Millisecond)
		k.respond(slow, ResponseMessage, note("x")).is(404, 10062)
	})
}

// TestResponseTypes: each kind of interaction takes its types of first responses and no others.
func TestResponseTypes(t *testing.T) {
	data := map[int]string{ResponseMessage: note("x"), ResponseUpdate: panel("x", "y", 0), ResponseChoices: `{"choices":[]}`,
		ResponseModal: modalData("m")}
	for name, tt := range map[string]struct {
		act   func(k *kit) *Interaction
		types []int
	}{
		"command": {(*kit).slash, []int{4, 5, 9}},
		"autocomplete": {func(k *kit) *Interaction {
			return k.s.Autocomplete(Where{Channel: general}, k.ada, "whowon", Option{Name: "query", Value: "be", Focused: true})
		}, []int{8}},
		"press": {func(k *kit) *Interaction { return k.s.Press(k.posted(general), k.ada, "t/go") }, []int{4, 5, 6, 7, 9}},
		"modal of a command": {func(k *kit) *Interaction {
			i := k.slash()
			k.respond(i, ResponseModal, modalData("m")).is(204, 0)
			return k.s.Submit(i, "text")
		}, []int{4, 5}},
		"modal of a press": {func(k *kit) *Interaction {
			i := k.s.Press(k.posted(general), k.ada, "t/go")
			k.respond(i, ResponseModal, modalData("m")).is(204, 0)
			return k.s.Submit(i, "text")
		}, []int{4, 5, 6, 7}},
	} {
		inTime(t, unlimited, func(k *kit) {
			for kind := range 13 {
				r := k.respond(tt.act(k), kind, data[kind])
				if slices.Contains(tt.types, kind) != (r.Status == 204) {
					t.Errorf("%s: a response of type %d was answered %d %s", name, kind, r.Status, r.Body)
				}
			}
		})
	}
}

// TestDeferred: a deferred answer is nothing yet; what is seen then is seen by those whom the first response named.
func TestDeferred(t *testing.T) {
	for name, finish := range map[string]func(k *kit, i *Interaction) *reply{
		"edit": func(k *kit, i *Interaction) *reply {
			return k.do("PATCH", k.hook(i, "/messages/@original"), note("now"))
		},
		"follow-up": func(k *kit, i *Interaction) *reply { return k.do("POST", k.hook(i, ""), note("now")) },
		"by its ID": func(k *kit, i *Interaction) *reply {
			id := k.do("GET", k.hook(i, "/messages/@original"), "").is(200, 0).id()
			return k.do("PATCH", k.hook(i, "/messages/"+id), note("now"))
		},
	} {
		for _, flags := range []int{0, Ephemeral} {
			inTime(t, unlimited, func(k *kit) {
				var shown []string
				k.s.OnMessage(func(m Message, edited bool) { shown = append(shown, fmt.Sprintf("%s %q %t", Text(m), m.For, edited)) })
				i := k.slash()
				k.respond(i, ResponseDeferred, fmt.Sprintf(`{"flags":%d}`, flags)).is(204, 0)
				if n := len(i.Messages()) + len(k.s.ChannelMessages(general)) + len(shown); n != 0 {
					t.Errorf("%s: a deferred answer is seen", name)
				}
				if err := i.Wait(expired(k.t)); err == nil {
					t.Errorf("%s: the user sees an answer that is deferred", name)
				}
				time.Sleep(time.Minute)
				finish(k, i).is(200, 0)
				if err := i.Wait(k.t.Context()); err != nil {
					t.Errorf("%s: %v", name, err)
				}
				reader := ""
				if flags != 0 {
					reader = k.ada.ID
				}
				if want := []string{fmt.Sprintf("now %q false", reader)}; !slices.Equal(shown, want) {
					t.Errorf("%s: shown was %q, want %q", name, shown, want)
				}
				if ms := i.Messages(); len(ms) != 1 || ms[0].Flags&(Ephemeral|loading) != flags {
					t.Errorf("%s: the messages are %+v", name, ms)
				}
			})
		}
	}
}

// expired is a context that is over.
func expired(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}

// TestDeferredDeleted: a deferred answer that is taken back leaves nothing, and what follows is seen by those it names.
func TestDeferredDeleted(t *testing.T) {
	inTime(t, unlimited, func(k *kit) {
		i := k.slash()
		k.do("DELETE", k.hook(i, "/messages/@original"), "").is(404, 10015)
		k.respond(i, ResponseDeferred, "").is(204, 0)
		k.do("DELETE", k.hook(i, "/messages/@original"), "").is(204, 0)
		if err := i.Wait(k.t.Context()); err != nil || len(i.Messages()) != 0 {
			t.Errorf("after the deletion there are %v (%v)", i.Messages(), err)
		}
		k.do("PATCH", k.hook(i, "/messages/@original"), note("x")).is(404, 10008)
		k.do("POST", k.hook(i, ""), panel("private", "x", Ephemeral)).is(200, 0)
		if ms := i.Messages(); len(ms) != 1 || ms[0].For != k.ada.ID {
			t.Errorf("the follow-up is %+v", ms)
		}
	})
}

// TestToken: the token lives for 15 minutes, and opens what the interaction was answered with and nothing else.
func TestToken(t *testing.T) {
	inTime(t, unlimited, func(k *kit) {
		i, other := k.slash(), k.slash()
		k.do("POST", k.hook(i, ""), note("early")).is(404, 10015)
		k.respond(i, ResponseMessage, note("answer")).is(204, 0)
		k.respond(other, ResponseMessage, note("answer")).is(204, 0)
		theirs := other.Messages()[0].ID
		k.do("PATCH", k.hook(i, "/messages/"+theirs), note("x")).is(404, 10008)
		k.do("POST", "/webhooks/1/"+i.Token, note("x")).is(404, 10015)
		k.do("POST", "/webhooks/"+k.s.Application()+"/guess", note("x")).is(401, 50027)
		time.Sleep(tokenLife)
		k.do("PATCH", k.hook(i, "/messages/@original"), note("changed")).is(200, 0)
		typing := k.s.Autocomplete(Where{Channel: general}, k.ada, "whowon", Option{Name: "query", Value: "b", Focused: true})
		k.respond(typing, ResponseChoices, `{"choices":[]}`).is(204, 0)
		k.do("POST", k.hook(typing, ""), note("x")).is(404, 10015)
		follow := k.do("POST", k.hook(i, ""), note("more")).is(200, 0).id()
		time.Sleep(time.Millisecond)
		k.do("PATCH", k.hook(i, "/messages/@original"), note("late")).is(401, 50027)
		k.do("POST", k.hook(i, ""), note("late")).is(401, 50027)
		k.do("PATCH", "/channels/"+general+"/messages/"+follow, note("by the channel")).is(200, 0)
		if got := i.Messages(); len(got) != 2 || got[0].Content != "changed" || got[1].Content != "by the channel" {
			t.Errorf("the messages are %+v", got)
		}
	})
}

// TestFollowUps: where the bot is only because its user has installed it, 5 follow-ups are taken.
func TestFollowUps(t *testing.T) {
	inTime(t, unlimited, func(k *kit) {
		for name, tt := range map[string]struct {
			where Where
			limit bool
		}{
			"guild":              {Where{Channel: general}, false},
			"guild, as a user":   {Where{Channel: general, UserInstall: true}, true},
			"foreign guild":      {Where{Channel: outside}, true},
			"direct messages":    {Where{Channel: k.s.DM(k.ada)}, false},
			"private, of others": {Where{Channel: k.s.Private(k.ada, k.bob)}, true},
		} {
			i := k.s.Slash(tt.where, k.ada, "whowon")
			k.respond(i, ResponseMessage, note("answer")).is(204, 0)
			for range maxFollowUps {
				k.do("POST", k.hook(i, ""), note(name)).is(200, 0)
			}
			sixth := k.do("POST", k.hook(i, ""), note(name))
			if tt.limit {
				sixth.is(400, 40094)
			} else {
				sixth.is(200, 0)
			}
		}
	})
}

// TestUpdate: types 6 and 7 are about the message that was pressed on.
func TestUpdate(t *testing.T) {
	inTime(t, unlimited, func(k *kit) {
		m := k.posted(general)
		i := k.s.Press(m, k.ada, "t/go")
		k.respond(i, ResponseUpdate, panel("Go!", "t/stop", 0)).is(204, 0)
		if now := k.message(general, m.ID); Text(now) != "Go!\n[Go]" || now.Edited.IsZero() {
			t.Errorf("the message is %+v", now)
		}
		i = k.s.Press(k.message(general, m.ID), k.bob, "t/stop")
		k.respond(i, ResponseDeferredUpdate, "").is(204, 0)
		if err := i.Wait(k.t.Context()); err != nil {
			t.Error(err)
		}
		k.do("PATCH", k.hook(i, "/messages/@original"), panel("Stopped", "t/go", 0)).is(200, 0)
		if now := k.message(general, m.ID); Text(now) != "Stopped\n[Go]" {
			t.Errorf("the message says %q", Text(now))
		}
		if n := len(k.s.ChannelMessages(general)); n != 1 {
			t.Errorf("the channel has %d messages, want 1", n)
		}
	})
}

// TestEphemeral: what one user sees is out of reach of all others, and of the channel's endpoints.
func TestEphemeral(t *testing.T) {
	inTime(t, unlimited, func(k *kit) {
		i := k.slash()
		k.respond(i, ResponseMessage, panel("only you", "x", Ephemeral)).is(204, 0)
		m := i.Messages()[0]
		for _, method := range []string{"GET", "PATCH", "DELETE"} {
			k.do(method, "/channels/"+general+"/messages/"+m.ID, note("x")).is(404, 10008)
		}
		if got := string(k.do("GET", "/channels/"+general+"/messages", "").Body); got != "[]" {
			t.Errorf("the channel lists %s", got)
		}
		k.do("PATCH", k.hook(i, "/messages/@original"), panel("changed", "x", 0)).is(200, 0)
		if m = k.message(general, m.ID); m.For != k.ada.ID || m.Flags&Ephemeral == 0 || Text(m) != "changed\n[Go]" {
			t.Errorf("the message is %+v", m)
		}
		press := k.s.Press(m, k.ada, "x")
		k.respond(press, ResponseUpdate, panel("again", "x", Ephemeral)).is(204, 0)
		k.do("DELETE", k.hook(press, "/messages/@original"), "").is(204, 0)
		if ms := k.s.ChannelMessages(general); len(ms) != 0 {
			t.Errorf("after the deletion there are %+v", ms)
		}
		func() {
			defer func() {
				if recover() == nil {
					t.Error("bob pressed what only ada sees")
				}
			}()
			k.s.Press(m, k.bob, "x")
		}()
	})
}

// TestWithResponse: the callback tells the message it made, where it is asked.
func TestWithResponse(t *testing.T) {
	inTime(t, unlimited, func(k *kit) {
		i := k.slash()
		path := "/interactions/" + i.ID + "/" + i.Token + "/callback?with_response=true"
		r := k.do("POST", path, callback(ResponseMessage, note("Anora"))).is(200, 0)
		var body struct {
			Resource struct {
				Message struct {
					ID, Content string
				}
			}
		}
		if err := json.Unmarshal(r.Body, &body); err != nil || body.Resource.Message.ID != i.Messages()[0].ID {
			t.Errorf("the answer is %s (%v)", r.Body, err)
		}
		if !strings.Contains(k.s.Requests()[0].Path, "/interactions/interaction-1/token-1/callback") {
			t.Errorf("recorded was %s", k.s.Requests()[0].Path)
		}
	})
}
