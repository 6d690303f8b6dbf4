package discord_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/bottest"
	"github.com/whowon-bot/whowon/bot/discord/discordtest"
	"github.com/whowon-bot/whowon/facts"
)

// openAPI is the published document of Discord's API, where the environment names it.
func openAPI() string { return os.Getenv("WHOWON_DISCORD_OPENAPI") }

// TestTranscripts plays all transcripts over the adapter: the same comes of them as over the plain medium of a platform that
// can do the same, and the requests are those of the golden files.
func TestTranscripts(t *testing.T) {
	corpus, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	world := bottest.NewWorld(corpus)
	files, err := filepath.Glob("../bottest/testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			want, err := world.PlayOn(t, data, func(t testing.TB, s bottest.Setup) bottest.Medium {
				users := discordtest.New(discordtest.Options{}) // gives them the same IDs
				s.ID = func(name string) bot.UserID { return bot.UserID(users.User(name).ID) }
				own := s.Info.Name
				s.Info, s.Spoken = platformInfo(t), true
				s.Info.Name = own
				return bottest.NewMedium(t, s)
			})
			if err != nil {
				t.Fatal(err)
			}
			var server *discordtest.Server
			got, err := world.PlayOn(t, data, func(t testing.TB, s bottest.Setup) bottest.Medium {
				m := newMedium(t, s, openAPI())
				server = m.server
				return m
			})
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != string(want) {
				t.Errorf("over Discord it is another transcript: %s", bottest.Difference(got, want))
			}
			for _, fault := range server.Faults() {
				t.Errorf("Discord refuses: %.500s", fault)
			}
			if server.Pings() != 0 || server.AllowedMentionsMissing() != 0 {
				t.Errorf("%d pings, %d messages that would allow mentions", server.Pings(), server.AllowedMentionsMissing())
			}
			name := strings.TrimSuffix(filepath.Base(file), ".txtar") + ".jsonl"
			bottest.Golden(t, filepath.Join("testdata", "transcripts", name), requests(server),
				flag.Lookup("update").Value.String() == "true") // the flag of this package's other tests
		})
	}
}

// requests are all that the bot has sent, a line each. It asks for the gateway's address whenever it likes.
func requests(s *discordtest.Server) []byte {
	var out bytes.Buffer
	for _, r := range s.Requests() {
		if r.Method == http.MethodGet {
			continue
		}
		body := new(bytes.Buffer)
		if len(r.Body) > 0 && json.Compact(body, r.Body) != nil {
			body.Write(r.Body)
		}
		fmt.Fprintf(&out, "%s %s %d %s\n", r.Method, r.Path, r.Status, body)
	}
	return out.Bytes()
}
