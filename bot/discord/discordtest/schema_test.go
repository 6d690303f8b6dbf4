package discordtest

import (
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// specs is where the schemas of gateway events lie beside a checkout, made from discord-api-types.
const specs = "../../../../shared/specs"

// schema reads the schema of an event's data, which is one of the definitions in the file.
func schema(t *testing.T, file, definition string) *jsonschema.Schema {
	t.Helper()
	path := filepath.Join(specs, "discord-gateway-"+file+".schema.json")
	if !exists(path) {
		t.Skip("NOT TESTED: the schemas of gateway events are not there")
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	loosen(doc)
	c := jsonschema.NewCompiler()
	if err := c.AddResource(file, doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(file + "#/definitions/" + url.PathEscape(definition))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// loosen takes from a schema what its making got wrong: flags are enums of single bits in it, and some enums are empty.
func loosen(node any) {
	switch node := node.(type) {
	case []any:
		for _, n := range node {
			loosen(n)
		}
	case map[string]any:
		if list, ok := node["enum"].([]any); ok && len(list) == 0 {
			delete(node, "enum")
		}
		for name, n := range node {
			if strings.HasSuffix(name, "Flags") {
				node[name] = map[string]any{"type": "integer"}
			} else {
				loosen(n)
			}
		}
	}
}

// TestSchemas: every payload that an actor makes is one that Discord could send.
func TestSchemas(t *testing.T) {
	payloads := map[string][]json.RawMessage{}
	add := func(kind string, data json.RawMessage) { payloads[kind] = append(payloads[kind], data) }
	inTime(t, unlimited, func(k *kit) {
		k.ada.Nick, k.bob.GlobalName = "Countess", "@everyone"
		for _, w := range []Where{{Channel: general}, {Channel: thread}, {Channel: general, UserInstall: true}, {Channel: outside},
			{Channel: k.s.DM(k.ada)}, {Channel: k.s.Private(k.ada, k.bob)}, {Channel: k.s.Private(k.bob, k.ada, k.s.User("eve"))}} {
			i := k.s.Slash(w, k.ada, "trivia start", Option{Name: "count", Value: 5}, Option{Name: "who", Value: k.bob},
				Option{Name: "open", Value: true}, Option{Name: "share", Value: 0.5}, Option{Name: "at", Value: Channel{ID: general}},
				Option{Name: "or", Value: Channel{ID: thread}})
			add("command", i.payload)
			typing := k.s.Autocomplete(w, k.ada, "whowon", Option{Name: "query", Value: "be", Focused: true})
			add("autocomplete", typing.payload)
			k.respond(i, ResponseMessage, panel("Ready?", "t/go", 0)).is(204, 0)
			press := k.s.Press(i.Messages()[0], k.ada, "t/go")
			add("press", press.payload)
			k.respond(press, ResponseModal, modalData("m")).is(204, 0)
			sent := k.s.Submit(press, "text")
			add("modal", sent.payload)
			k.respond(sent, ResponseMessage, panel("private", "x", Ephemeral)).is(204, 0)
			follow := k.s.Press(sent.Messages()[0], k.ada, "x")
			add("press", follow.payload)
			add("message", marshal(k.s.rest.eventJSON(press.source)))
			add("message", marshal(k.s.rest.eventJSON(follow.source)))
			said := k.s.Say(w.Channel, k.bob, "hello", SayOptions{ReplyTo: i.Messages()[0].ID})
			add("message", k.s.rest.world.channel(w.Channel).find(said.ID).event)
		}
		for _, raw := range k.s.rest.guildsOf(0, 1) {
			add("guild", raw)
		}
	})
	for _, tt := range []struct {
		kind, file, definition string
		n                      int
	}{
		{"command", "interaction-create",
			"APIApplicationCommandInteractionWrapper<APIChatInputApplicationCommandInteractionData>", 7},
		{"autocomplete", "interaction-create", "APIApplicationCommandAutocompleteInteraction", 7},
		{"press", "interaction-create", "APIMessageComponentInteraction", 14},
		{"modal", "interaction-create", "APIModalSubmitInteraction", 7},
		{"message", "message", "GatewayMessageCreateDispatchData", 21},
		{"guild", "guild-create", "GatewayGuildCreateDispatchData", 1},
	} {
		t.Run(tt.kind, func(t *testing.T) {
			if n := len(payloads[tt.kind]); n != tt.n {
				t.Fatalf("there are %d, want %d", n, tt.n)
			}
			s := schema(t, tt.file, tt.definition)
			for _, raw := range payloads[tt.kind] {
				doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
				if err != nil {
					t.Fatal(err)
				}
				if err := s.Validate(doc); err != nil {
					t.Fatalf("%s\n%v", raw, err)
				}
			}
		})
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// TestOpenAPI: with the published document, what bots send is accepted, and what it does not have is refused as a fault.
func TestOpenAPI(t *testing.T) {
	o := unlimited
	document(t)
	o.Document = loaded
	inTime(t, o, func(k *kit) {
		m := k.posted(general)
		k.do("PATCH", "/channels/"+general+"/messages/"+m.ID, panel("x", "t/go", 0)).is(200, 0)
		i := k.s.Press(m, k.ada, "t/go")
		k.respond(i, ResponseDeferredUpdate, "").is(204, 0)
		k.do("POST", k.hook(i, ""), panel("more", "y", Ephemeral)).is(200, 0)
		k.do("PATCH", k.hook(i, "/messages/@original"), panel("z", "t/go", 0)).is(200, 0)
		k.respond(k.slash(), ResponseModal, modalData("m")).is(204, 0)
		k.respond(k.slash(), ResponseMessage, note("x")).is(204, 0)
		k.do("GET", "/gateway/bot", "").is(200, 0)
		k.do("GET", "/channels/"+general+"/messages?limit=5&after="+m.ID, "").is(200, 0)
		k.do("GET", "/oauth2/applications/@me", "").is(200, 0)
		k.do("POST", "/users/@me/channels", `{"recipient_id":"`+k.ada.ID+`"}`).is(200, 0)
		commands := "/applications/" + k.s.Application() + "/commands"
		k.do("PUT", commands, `[{"name":"whowon","description":"d"}]`).is(200, 0)
		id := k.do("POST", commands, `{"name":"fact","description":"d"}`).is(201, 0).id()
		k.do("PATCH", commands+"/"+id, `{"description":"e"}`).is(200, 0)
		k.do("GET", commands+"?with_localizations=true", "").is(200, 0)
		k.do("DELETE", commands+"/"+id, "").is(204, 0)
		if faults := k.s.Faults(); len(faults) != 0 {
			t.Errorf("faults: %q", faults)
		}
		k.do("PUT", commands, `[{"name":"whowon","description":7}]`).is(400, 50035)
		if faults := k.s.Faults(); len(faults) == 0 {
			t.Error("a number was taken for a description")
		}
	})
}
