package discordtest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestCommands: commands that are written are there, each with an ID that stays as long as the name does.
func TestCommands(t *testing.T) {
	inTime(t, unlimited, func(k *kit) {
		path := "/applications/" + k.s.Application() + "/commands"
		ids := func() map[string]string {
			var list []struct{ ID, Name string }
			if err := json.Unmarshal(k.do("GET", path, "").is(200, 0).Body, &list); err != nil {
				t.Fatal(err)
			}
			got := map[string]string{}
			for _, c := range list {
				got[c.Name] = c.ID
			}
			return got
		}
		if got := ids(); len(got) != 0 {
			t.Errorf("there are %v before any were written", got)
		}
		k.do("PUT", path, `[{"name":"whowon","description":"a"},{"name":"fact","description":"b"}]`).is(200, 0)
		before := ids()
		k.do("PUT", path, `[{"name":"help","description":"c"},{"name":"whowon","description":"changed"}]`).is(200, 0)
		after := ids()
		if len(after) != 2 || after["whowon"] != before["whowon"] || after["help"] == "" || after["fact"] != "" {
			t.Errorf("the IDs were %v and became %v", before, after)
		}
		k.do("PUT", path, `[{"name":"Who Won","description":"a"}]`).is(400, 50035)
		if got := ids(); len(got) != 2 {
			t.Errorf("what was refused left %v", got)
		}
		k.do("GET", strings.Replace(path, "/commands", "/guilds/"+guildID+"/commands", 1), "").is(200, 0)
	})
}

// TestOneCommand: a command is added, replaced by its name, changed in part, and removed, by the rules of all.
func TestOneCommand(t *testing.T) {
	inTime(t, unlimited, func(k *kit) {
		for _, path := range []string{"/applications/" + k.s.Application() + "/commands",
			"/applications/" + k.s.Application() + "/guilds/" + guildID + "/commands"} {
			fact := k.do("POST", path, `{"name":"fact","description":"a"}`).is(201, 0).id()
			if again := k.do("POST", path, `{"name":"fact","description":"b"}`).is(200, 0).id(); again != fact {
				t.Errorf("the ID %s became %s with another description", fact, again)
			}
			help := k.do("POST", path, `{"name":"help","description":"c"}`).is(201, 0).id()
			r := k.do("PATCH", path+"/"+help, `{"name":"why"}`).is(200, 0)
			if r.id() != help || r.JSON["name"] != "why" || r.JSON["description"] != "c" {
				t.Errorf("changed it is %s", r.Body)
			}
			k.do("PATCH", path+"/"+help, `{"name":"fact"}`).is(400, 50035)
			k.do("PATCH", path+"/"+help, `{"description":""}`).is(400, 50035)
			k.do("PATCH", path+"/"+help, `{"desc":"x"}`).is(400, 50035)
			k.do("PATCH", path+"/"+help, `[]`).is(400, 50109)
			k.do("PATCH", path+"/"+nowhere, `{"name":"x"}`).is(404, 10063)
			k.do("POST", path, `{"name":"No Name","description":"x"}`).is(400, 50035)
			k.do("POST", path, `{"name":"x","description":"x","desc":"x"}`).is(400, 50035)
			k.do("DELETE", path+"/"+fact, "").is(204, 0)
			k.do("DELETE", path+"/"+fact, "").is(404, 10063)
			var list []struct{ ID, Name, Description string }
			if err := json.Unmarshal(k.do("GET", path, "").Body, &list); err != nil {
				t.Fatal(err)
			}
			if got, want := fmt.Sprint(list), "[{"+help+" why c}]"; got != want {
				t.Errorf("there are %s, want %s", got, want)
			}
		}
		other := "/applications/" + k.s.Application() + "/guilds/" + foreign + "/commands"
		k.do("POST", other, `{"name":"x","description":"x"}`).is(403, 50001)
		k.do("PATCH", other+"/1", `{"name":"x"}`).is(403, 50001)
		k.do("DELETE", other+"/1", "").is(403, 50001)
	})
}

// TestOneCommandTooMany: commands that come one by one are counted with those there are, and an error is where it is in the
// one.
func TestOneCommandTooMany(t *testing.T) {
	inTime(t, unlimited, func(k *kit) {
		path := "/applications/" + k.s.Application() + "/commands"
		all := times(maxCommands, func(i int) string { return fmt.Sprintf(`{"name":"c%d","description":"d"}`, i) })
		k.do("PUT", path, "["+all+"]").is(200, 0)
		k.do("POST", path, `{"name":"one-more","description":"d"}`).is(400, 50035)
		k.do("POST", path, `{"name":"c7","description":"changed"}`).is(200, 0)
		r := k.do("POST", path, `{"name":"c7","description":"d",`+
			`"options":[{"type":3,"name":"X","description":"d"}]}`).is(400, 50035)
		errs, _ := r.JSON["errors"].(map[string]any)
		if options, _ := errs["options"].(map[string]any); options["0"] == nil {
			t.Errorf("the errors are %s", r.Body)
		}
	})
}

// TestCreatesOfADay: 200 new commands a day, in each place; those that replace others, and those of yesterday, do not count.
func TestCreatesOfADay(t *testing.T) {
	inTime(t, unlimited, func(k *kit) {
		path := "/applications/" + k.s.Application() + "/commands"
		put := func(first string, n int) *reply {
			t.Helper()
			return k.do("PUT", path, "["+times(n, func(i int) string {
				return fmt.Sprintf(`{"name":"%s%d","description":"d"}`, first, i)
			})+"]")
		}
		put("a", 100).is(200, 0)
		put("a", 100).is(200, 0)
		put("b", 99).is(200, 0)
		put("c", 2).is(400, 30034)
		k.do("POST", path, `{"name":"the-last","description":"d"}`).is(201, 0)
		k.do("POST", path, `{"name":"the-last","description":"again"}`).is(200, 0)
		k.do("DELETE", path+"/"+k.do("POST", path, `{"name":"b0","description":"d"}`).is(200, 0).id(), "").is(204, 0)
		k.do("POST", path, `{"name":"b0","description":"d"}`).is(400, 30034)
		elsewhere := strings.Replace(path, "/commands", "/guilds/"+guildID+"/commands", 1)
		k.do("POST", elsewhere, `{"name":"b0","description":"d"}`).is(201, 0)
		time.Sleep(24*time.Hour - time.Second)
		k.do("POST", path, `{"name":"b0","description":"d"}`).is(400, 30034)
		time.Sleep(time.Second)
		k.do("POST", path, `{"name":"b0","description":"d"}`).is(201, 0)
	})
}

// TestLocalizations: texts in other languages are given to who asks for them.
func TestLocalizations(t *testing.T) {
	inTime(t, unlimited, func(k *kit) {
		path := "/applications/" + k.s.Application() + "/commands"
		texts := func(n int, r *reply) {
			t.Helper()
			if got := strings.Count(string(r.Body), `"de":"`); got != n || !strings.Contains(string(r.Body), `"value":"v"`) {
				t.Errorf("%s: there are %d texts, want %d: %s", r.what, got, n, r.Body)
			}
		}
		texts(4, k.do("PUT", path, `[{"name":"fact","description":"d","name_localizations":{"de":"fakt"},`+
			`"description_localizations":{"de":"x"},"options":[{"type":3,"name":"of","description":"d",`+
			`"name_localizations":{"de":"von"},"choices":[{"name":"n","value":"v","name_localizations":{"de":"y"}}]}]}]`).is(200, 0))
		texts(0, k.do("GET", path, "").is(200, 0))
		texts(4, k.do("GET", path+"?with_localizations=true", "").is(200, 0))
	})
}
