package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot/discord/discordtest"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

// operated is a program that runs on a Discord, and answers its operator.
type operated struct {
	t     *testing.T
	file  string // of the configuration
	errs  lines
	url   string
	end   context.CancelFunc
	ended chan int
}

var operatorAddress = regexp.MustCompile(`answering the operator" address=(\S+)`)

func operate(t *testing.T, s *discordtest.Server, database string) *operated {
	t.Helper()
	o := &operated{t: t, file: filepath.Join(t.TempDir(), "whowon.yaml"), ended: make(chan int, 1)}
	text := "discord:\n  token: " + inFile(t, s.Token()) + "\n  api_url: " + s.API() + "\nstore:\n  url: " + database +
		"\nadmin:\n  listen: 127.0.0.1:0\nlog:\n  level: info\n"
	if err := os.WriteFile(o.file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	o.end = cancel
	lookup := func(string) (string, bool) { return "", false }
	go func() {
		o.ended <- run(ctx, []string{"run", "--config", o.file}, env{strings.NewReader(""), io.Discard, &o.errs, lookup})
	}()
	until(t, "the operator is answered", func() bool {
		m := operatorAddress.FindStringSubmatch(o.errs.String())
		if m != nil {
			o.url = "http://" + m[1]
		}
		return m != nil
	})
	return o
}

// get is what the program answers the operator.
func (o *operated) get(path string) (status int, body string) {
	o.t.Helper()
	req, err := http.NewRequestWithContext(o.t.Context(), http.MethodGet, o.url+path, http.NoBody)
	if err != nil {
		o.t.Fatal(err)
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return 0, err.Error()
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		o.t.Fatal(err)
	}
	return resp.StatusCode, string(text)
}

// problems are those that /readyz names; nil when the program is ready.
func (o *operated) problems() map[string]string {
	var answer struct {
		Ready    bool
		Problems map[string]string
	}
	status, body := o.get("/readyz")
	if err := json.Unmarshal([]byte(body), &answer); err != nil || answer.Ready != (status == 200) {
		o.t.Errorf("/readyz: %d %s", status, body)
	}
	return answer.Problems
}

// value is that of a line of /metrics; -1 where there is none.
func (o *operated) value(series string) float64 {
	o.t.Helper()
	_, text := o.get("/metrics")
	_, rest, ok := strings.Cut(text, "\n"+series+" ")
	if !ok {
		return -1
	}
	word, _, _ := strings.Cut(rest, "\n")
	n, err := strconv.ParseFloat(word, 64)
	if err != nil {
		o.t.Fatalf("%s is %q", series, word)
	}
	return n
}

// TestWhatHappensIsMeasured plays on Discord, which limits a request, and reads the numbers.
func TestWhatHappensIsMeasured(t *testing.T) {
	s := discordtest.Start(t, discordtest.Options{})
	s.AddGuild("200000000000000001", "guild", discordtest.Channel{ID: "210000000000000001", Name: "general"})
	o := operate(t, s, storetest.SQLite(t))
	until(t, "the bot is ready", func() bool { return o.problems() == nil })
	where, ada := discordtest.Where{Channel: "210000000000000001"}, s.User("ada")
	if err := s.Slash(where, ada, "whowon", discordtest.Option{Name: "query", Value: "best picture 2025"}).Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	var once sync.Once
	s.Fault(func(r *http.Request) (f *discordtest.HTTPFault) {
		if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/messages") {
			once.Do(func() { f = discordtest.TooMany("user", 50*time.Millisecond) })
		}
		return f
	})
	playsByForm(t, s, where, ada)
	for series, want := range map[string]float64{
		`whowon_events_total{kind="command",outcome="taken",platform="discord"}`:                       3,
		`whowon_events_total{kind="button",outcome="taken",platform="discord"}`:                        1,
		`whowon_ack_seconds_count{platform="discord"}`:                                                 5, // the press that opened the form, too
		`whowon_handling_seconds_count{command="whowon"}`:                                              1,
		`whowon_handling_seconds_count{command="trivia"}`:                                              2,
		`whowon_verdicts_total{platform="discord",verdict="wrong"}`:                                    1,
		`whowon_rounds_started_total{platform="discord"}`:                                              1,
		`whowon_rounds_finished_total{platform="discord",reason="stopped"}`:                            1,
		`whowon_rounds_open{platform="discord"}`:                                                       0,
		`whowon_rate_limited_total{platform="discord"}`:                                                1,
		`whowon_discord_invalid_requests`:                                                              1,
		`whowon_requests_waiting{platform="discord"}`:                                                  0,
		`whowon_gateway_connected{shard="0"}`:                                                          1,
		`whowon_gateway_identifies_total{shard="0"}`:                                                   1,
		`whowon_gateway_identifies_left`:                                                               999,
		`whowon_outbox_posts{platform="discord"}`:                                                      0,
		`whowon_outbox_age_seconds{platform="discord"}`:                                                0,
		`whowon_lanes_busy`:                                                                            0,
		`whowon_ready`:                                                                                 1,
		`whowon_database_connections_limit{pool="write"}`:                                              1,
		`whowon_faults_total{platform="discord",where="handling"}`:                                     -1,
		`whowon_build_info{go_version="` + runtime.Version() + `",version="` + programVersion() + `"}`: 1,
	} {
		until(t, series, func() bool { return o.value(series) == want })
	}
	for _, series := range []string{`whowon_database_seconds_count{operation="read"}`,
		`whowon_database_seconds_count{operation="write"}`, `whowon_facts_timestamp_seconds`, `go_goroutines`} {
		if o.value(series) <= 0 {
			t.Errorf("%s is %v", series, o.value(series))
		}
	}
	s.OnConnect(func(int) discordtest.Fault { return 4000 })
	s.DropConnections()
	until(t, "it is not ready without Discord", func() bool { return o.problems()["discord"] == "1 of 1 shards are not connected" })
	s.OnConnect(func(int) discordtest.Fault { return discordtest.NoFault })
	until(t, "it is ready again", func() bool { return o.problems() == nil })
	if resumes := o.value(`whowon_gateway_resumes_total{shard="0"}`); resumes != 1 {
		t.Errorf("%v connections went on with their session", resumes)
	}
	o.healthcheck()
	o.end()
	if code := <-o.ended; code != exitOK {
		t.Errorf("exit code %d: %s", code, o.errs.String())
	}
}

// healthcheck runs the subcommand as Docker does, against the program and against nobody.
func (o *operated) healthcheck() {
	o.t.Helper()
	text, err := os.ReadFile(o.file)
	if err != nil {
		o.t.Fatal(err)
	}
	for _, tt := range []struct {
		address, flag, says string
		code                int
	}{
		{strings.TrimPrefix(o.url, "http://"), "--ready", `"ready":true`, exitOK}, {"127.0.0.1:1", "--ready=false", "", exitFault},
		{strings.TrimPrefix(o.url, "http://"), "--ready=false", `"alive":true`, exitOK}, {"off", "--ready", "", exitUsage},
	} {
		file := filepath.Join(o.t.TempDir(), "other.yaml")
		if err := os.WriteFile(file, []byte(strings.Replace(string(text), "127.0.0.1:0", tt.address, 1)), 0o600); err != nil {
			o.t.Fatal(err)
		}
		var out, errs lines
		code := run(o.t.Context(), []string{"healthcheck", "--config", file, tt.flag},
			env{strings.NewReader(""), &out, &errs, func(string) (string, bool) { return "", false }})
		if code != tt.code || !strings.Contains(out.String(), tt.says) {
			o.t.Errorf("healthcheck %s at %s: exit code %d, %s%s", tt.flag, tt.address, code, out.String(), errs.String())
		}
	}
}

// TestHealthOfAnImage asks at an address, as the image does whatever it was started with: what listens must be well, and
// nobody has to listen.
func TestHealthOfAnImage(t *testing.T) {
	sick := httptest.NewServer(http.NotFoundHandler())
	well := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(well.Close)
	ask := func(address string) int {
		return run(t.Context(), []string{"healthcheck", "--at", address},
			env{strings.NewReader(""), io.Discard, io.Discard, func(string) (string, bool) { return "", false }})
	}
	if code := ask(well.Listener.Addr().String()); code != exitOK {
		t.Errorf("who is well: exit code %d", code)
	}
	if code := ask(sick.Listener.Addr().String()); code != exitFault {
		t.Errorf("who is not: exit code %d", code)
	}
	sick.Close()
	if code := ask(sick.Listener.Addr().String()); code != exitOK {
		t.Errorf("nobody: exit code %d", code)
	}
}

// TestReadyFollowsTheDatabase ends the server of the database and starts it again.
func TestReadyFollowsTheDatabase(t *testing.T) {
	runtime.LockOSThread() // the server ends with the thread that has started it
	defer runtime.UnlockOSThread()
	server, err := storetest.Start()
	if err != nil {
		t.Skipf("no PostgreSQL: %v", err)
	}
	defer server.Stop()
	s := discordtest.Start(t, discordtest.Options{})
	o := operate(t, s, server.URL)
	until(t, "the bot is ready", func() bool { return o.problems() == nil })
	if err := server.Kill(); err != nil {
		t.Fatal(err)
	}
	until(t, "it is not ready without its database", func() bool { return o.problems()["database"] != "" })
	if status, body := o.get("/healthz"); status != 200 {
		t.Errorf("it is alive all the same: %d %s", status, body)
	}
	if o.value("whowon_ready") != 0 {
		t.Error("whowon_ready is not 0")
	}
	if err := server.Launch(); err != nil {
		t.Fatal(err)
	}
	until(t, "it is ready again", func() bool { return o.problems() == nil })
	if n := o.value(`whowon_database_errors_total{operation="read"}`); n < 1 {
		t.Errorf("%v reads have failed", n)
	}
	o.end()
	until(t, "it is not ready while it ends", func() bool {
		status, _ := o.get("/readyz")
		return status != 200
	})
	if code := <-o.ended; code != exitOK {
		t.Errorf("exit code %d: %s", code, o.errs.String())
	}
}

func TestAdminAddress(t *testing.T) {
	for _, tt := range []struct{ text, want, fails string }{
		{"", "", ""}, {"slack:\n  bot_token: ${BOT}\n  app_token: ${APP}\n", defaultAdmin, ""},
		{"admin:\n  listen: off\nslack:\n  bot_token: ${BOT}\n  app_token: ${APP}\n", "", ""},
		{"admin:\n  listen: \":9000\"\n", ":9000", ""}, {"admin:\n  listen: here\n", "", "admin.listen is"},
		{"admin:\n  listen: 127.0.0.1:99999\n", "", "admin.listen is"},
	} {
		file := filepath.Join(t.TempDir(), "whowon.yaml")
		if err := os.WriteFile(file, []byte(tt.text), 0o600); err != nil {
			t.Fatal(err)
		}
		tokens := map[string]string{"BOT": "xoxb-1-2", "APP": "xapp-1"}
		c, err := loadConfig(env{lookup: func(name string) (string, bool) { v, ok := tokens[name]; return v, ok }}, file)
		switch {
		case tt.fails != "" && (err == nil || !strings.Contains(err.Error(), tt.fails)):
			t.Errorf("%q: %v", tt.text, err)
		case tt.fails == "" && (err != nil || c.adminAddress() != tt.want):
			t.Errorf("%q: %q, %v", tt.text, c.adminAddress(), err)
		}
	}
	for listen, want := range map[string]string{"127.0.0.1:1": "127.0.0.1:1", ":1": "127.0.0.1:1", "0.0.0.0:1": "127.0.0.1:1",
		"[::]:1": "[::1]:1", "10.0.0.1:1": "10.0.0.1:1"} {
		if got := reachable(listen); got != want {
			t.Errorf("who listens on %s is asked at %s", listen, got)
		}
	}
}
