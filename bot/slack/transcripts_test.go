package slack_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/bottest"
	"github.com/whowon-bot/whowon/bot/slack/slacktest"
	"github.com/whowon-bot/whowon/facts"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestTranscripts plays all transcripts over the adapter: the same comes of them as over the plain medium of a platform
// that can do the same, and the requests are those of the golden files.
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
				users := slacktest.New(slacktest.Options{}) // gives them the same IDs
				s.ID = func(name string) bot.UserID { return bot.UserID(users.User(name).ID) }
				own := s.Info.Name
				s.Info, s.Spoken = platformInfo(t), true
				s.Info.Name = own
				return bottest.NewMedium(t, s)
			})
			if err != nil {
				t.Fatal(err)
			}
			var server *slacktest.Server
			got, err := world.PlayOn(t, data, func(t testing.TB, s bottest.Setup) bottest.Medium {
				m := newMedium(t, s)
				server = m.server
				return m
			})
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != string(want) {
				t.Errorf("over Slack it is another transcript: %s", bottest.Difference(got, want))
			}
			for _, fault := range server.Faults() {
				t.Errorf("Slack refuses: %.900s", fault)
			}
			if n := server.Pings(); n != 0 {
				t.Errorf("%d pings", n)
			}
			name := strings.TrimSuffix(filepath.Base(file), ".txtar") + ".jsonl"
			bottest.Golden(t, filepath.Join("testdata", "transcripts", name), requests(server), *update)
		})
	}
}

// requests are all that the bot has shown, a line each: with requests, then in acknowledgements. What it asked of Slack
// is not among them, which it does whenever it likes.
func requests(s *slacktest.Server) []byte {
	var out bytes.Buffer
	for _, r := range s.Requests() {
		switch r.Method {
		case "apps.connections.open", "auth.test", "users.info":
			continue
		}
		body := new(bytes.Buffer)
		if json.Compact(body, r.Body) != nil {
			body.Write(r.Body)
		}
		fmt.Fprintf(&out, "%s %d %s %s\n", r.Method, r.Status, r.Error, body)
	}
	for _, d := range s.Deliveries() {
		if len(d.Answer) > 0 {
			fmt.Fprintf(&out, "acknowledged %s %s\n", d.Type, d.Answer)
		}
	}
	return out.Bytes()
}
