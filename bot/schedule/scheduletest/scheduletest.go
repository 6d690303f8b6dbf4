// Package scheduletest proves of an adapter that what is posted on a schedule comes once: it runs the bot with the adapter
// in processes of their own, which are killed again and again, against a test server of the platform that lives on, and then
// counts what the server has. It is for tests only.
//
// A test's binary is its own child: TestMain hands Job to Child where the environment has one. Ordeal kills the child of one
// database after the other; Pair runs two on the same one, and kills one of them.
//
// The wall clock of a child is what its parent says. It lies months behind that of the server, so that a day can follow the
// other quickly: a platform that is asked what was shown since a time finds it all the same.
package scheduletest

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule/plan"
	"github.com/whowon-bot/whowon/bot/store"
)

// Env is the variable that holds the Job of a child process, as JSON.
const Env = "WHOWON_TEST_SCHEDULE"

// Job is what a child process does: it posts what is due until nothing is left, or until it dies.
type Job struct {
	Name    string // of the process, told to the server with each request, in Header
	URL     string // of the database
	API     string // of the platform's test server
	Variant string // means something to Connect alone
	Boot    int    // number of the process, from 1
	Seed    uint64
	Now     time.Time // the wall clock when it starts
	Speed   int       // how many times as fast the wall clock runs; timers do not
	Shared  bool      // other processes are at the same database
	Naive   bool      // the platform is told neither keys nor what may have been shown: for a control
	Faults  Faults
}

// Header is the HTTP header with the name of the process.
const Header = "X-Whowon-Process"

// Faults are how likely things go wrong, each from 0 to 1.
type Faults struct {
	Kill    float64 // the process dies: at each point before or after a write, and before, during and after a request
	Refused float64 // a request is not sent
	Lost    float64 // the answer to a request does not come
}

// Process is what a child has for its platform.
type Process struct {
	Job
	Wire  http.RoundTripper // carries requests
	Clock func() time.Time
	Log   *slog.Logger // shown where the process fails
}

// Connect makes the platform of a child.
type Connect func(Process) (bot.Platform, error)

// Place is a platform's test server, which outlives the children.
type Place struct {
	Name     string // of the platform, as in bot.Channel
	API      string
	Channels []string // as in bot.Channel
	// Messages are what a channel shows.
	Messages func(channel string) []Message
}

// Message is one that a server shows. Text may be anything that contains the text.
type Message struct{ ID, Text string }

// words are those of the post of a subscription on a day. They have nothing that an adapter would escape.
func words(subscription, day string) string {
	return "post " + subscription + " of " + strings.ReplaceAll(day, "-", "")
}

var wording = regexp.MustCompile(`post (s\d+) of (\d{4})(\d\d)(\d\d)`)

// first is the first day on which something is due, at 9:00 UTC: long before the time of the server.
func first() time.Time {
	y, m, d := time.Now().UTC().AddDate(0, -10, 0).Date()
	return time.Date(y, m, d, 9, 0, 0, 0, time.UTC)
}

// subscribe adds subscriptions that are due each day from a time on, spread over the channels.
func subscribe(t *testing.T, db *store.Store, p Place, n int, from time.Time) {
	t.Helper()
	value, err := json.Marshal(map[string]any{"plan": plan.Plan{Hour: from.Hour(), Minute: from.Minute(), Zone: "UTC"}})
	if err != nil {
		t.Fatal(err)
	}
	var writers sync.WaitGroup
	for w := range subscribers {
		writers.Go(func() {
			for i := w; i < n; i += subscribers {
				channel := p.Channels[i%len(p.Channels)]
				_, err := db.AddSubscription(t.Context(), bot.Subscription{ID: subscription(i), Kind: kind, Value: value, Next: from,
					Guild: bot.Guild{Platform: p.Name, ID: channel}, Channel: bot.Channel{Platform: p.Name, ID: channel}})
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	writers.Wait()
	if t.Failed() {
		t.FailNow()
	}
}

// subscribers is how many subscriptions are added at a time.
const subscribers = 8

func subscription(i int) string { return fmt.Sprintf("s%05d", i) }

// open opens a database for the length of the test.
func open(t *testing.T, url string) *store.Store {
	t.Helper()
	db, err := store.Open(t.Context(), url, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// Number is what a variable of the environment says, or else.
func Number(t *testing.T, variable string, or int) int {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return or
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s is %q; it is a number from 1", variable, text)
	}
	return n
}

// seed is that of a test: WHOWON_SEED repeats one.
func seed(t *testing.T) uint64 {
	t.Helper()
	return uint64(Number(t, "WHOWON_SEED", int(time.Now().UnixNano())))
}
