package slack_test

import (
	"context"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/bottest"
	"github.com/whowon-bot/whowon/bot/slack"
	"github.com/whowon-bot/whowon/bot/slack/install"
	"github.com/whowon-bot/whowon/bot/slack/slacktest"
)

// Workspaces that install the app, the latter two of an organization. Each has a channel with the same ID.
const (
	two, three   = "T0000000002", "T0000000003"
	part, other  = "T0000000004", "T0000000005"
	organization = "E0000000001"
)

const tokenKey = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="

// shelf is an install.Store in memory.
type shelf struct {
	mu   sync.Mutex
	rows map[string][]byte
}

func (s *shelf) LoadInstall(_ context.Context, key string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.rows[key] == nil {
		return nil, install.ErrNotFound
	}
	return slices.Clone(s.rows[key]), nil
}

func (s *shelf) SaveInstall(_ context.Context, key string, sealed []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows[key] = slices.Clone(sealed)
	return nil
}

func (s *shelf) DeleteInstall(_ context.Context, key string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.rows, key)
	return nil
}

func (s *shelf) ListInstalls(context.Context) ([]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.rows)), nil
}

func (s *shelf) keys() string {
	keys, _ := s.ListInstalls(context.Background())
	return strings.Join(keys, " ")
}

// handled is a client's way to a handler, without a socket.
type handled struct{ http.Handler }

func (h handled) RoundTrip(r *http.Request) (*http.Response, error) {
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	return rec.Result(), nil
}

// hosted is an adapter for many workspaces, in a bubble. It answers whatever arrives by a message to its channel.
type hosted struct {
	t      *testing.T
	server *slacktest.Server
	slack  http.RoundTripper // to the local Slack
	app    http.RoundTripper // to the adapter
	p      *slack.Platform
	store  *shelf
	log    *lockedLog

	mu      sync.Mutex
	inbound []bot.Inbound
	errs    []error // of Send
	purged  []bot.Guild
}

const publicURL = "https://whowon.test"

func host(t *testing.T, o slacktest.Options, change func(*slack.Config)) *hosted {
	t.Helper()
	time.Sleep(time.Until(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)))
	h := &hosted{t: t, store: &shelf{rows: map[string][]byte{}}, log: &lockedLog{}}
	server, client := slacktest.StartPiped(t, o)
	h.server, h.slack = server, client.Transport
	server.AddChannel(slacktest.Channel{ID: general, Name: "general", Member: true})
	for _, team := range []string{two, three, part, other} {
		in := slacktest.Team{ID: team, Name: "Workspace " + team, Foreign: true}
		if team >= part {
			in.Enterprise = organization
		}
		server.AddTeam(in)
		server.AddChannel(slacktest.Channel{Team: team, ID: general, Name: "general", Member: true})
	}
	c := slack.Config{SigningSecret: secret, ClientID: "1000.2000", ClientSecret: "test-client-secret", TokenKey: tokenKey,
		URL: publicURL, APIURL: "http://localhost/api/", TypedAnswers: true}
	if change != nil {
		change(&c)
	}
	if err := c.Check(); err != nil {
		t.Fatal(err)
	}
	var err error
	h.p, err = slack.New(slack.Options{Config: c, Commands: bottest.Commands(), Bot: &looker{}, Store: h.store, Purge: h.purge,
		Transport: h.slack, Speed: 1e6, Log: slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	if err != nil {
		t.Fatal(err)
	}
	handler, err := h.p.Handler(h.deliver)
	if err != nil {
		t.Fatal(err)
	}
	h.app = handled{handler}
	server.DeliverHTTP(slacktest.HTTPOptions{Events: publicURL + "/slack/events", Commands: publicURL + "/slack/commands",
		Interactivity: publicURL + "/slack/actions", Options: publicURL + "/slack/actions", Client: &http.Client{Transport: h.app}})
	return h
}

func (h *hosted) purge(_ context.Context, g bot.Guild) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.purged = append(h.purged, g)
	return nil
}

func (h *hosted) deliver(in bot.Inbound) error {
	go func() {
		in := in.Known(context.Background())
		_, err := h.p.Send(context.Background(), bot.Target{Channel: in.To.Channel}, say("for "+in.From.Name), "")
		h.mu.Lock()
		defer h.mu.Unlock()
		h.inbound, h.errs = append(h.inbound, in), append(h.errs, err)
		if in.Done != nil {
			in.Done()
		}
	}()
	return nil
}

// asks lets ada ask in the channel of a workspace, and returns how that came and what became of the answer.
func (h *hosted) asks(team string) (bot.Inbound, error) {
	h.t.Helper()
	h.server.Slash(slacktest.Where{Team: team, Channel: general}, h.server.TeamUser(team, "ada"), "/whowon", "x")
	wait(5 * time.Second)
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.inbound) == 0 {
		h.t.Fatal("nothing was delivered")
	}
	return h.inbound[len(h.inbound)-1], h.errs[len(h.errs)-1]
}

// purges are the workspaces of which everything was dropped, each once.
func (h *hosted) purges() string {
	wait(5 * time.Second)
	h.mu.Lock()
	defer h.mu.Unlock()
	var ids []string
	for _, g := range h.purged {
		ids = append(ids, g.Platform+"/"+g.ID)
	}
	slices.Sort(ids)
	return strings.Join(slices.Compact(ids), " ")
}

// page is what a browser is shown.
type page struct {
	status int
	text   string
	to     string // where it is sent on
	cookie string
}

func browse(t *testing.T, through http.RoundTripper, address, cookie string) page {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if cookie != "" {
		req.Header.Set("Cookie", cookie)
	}
	resp, err := through.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	p := page{status: resp.StatusCode, text: string(text), to: resp.Header.Get("Location")}
	for _, c := range resp.Cookies() {
		p.cookie = c.Name + "=" + c.Value
	}
	return p
}

// begins is where Slack sends the browser back to, with the cookie to bring.
func (h *hosted) begins(where string, approve bool) (back, cookie string) {
	h.t.Helper()
	h.server.Consent(func(url.Values) (bool, string, slacktest.User) {
		team := where
		if strings.HasPrefix(where, "E") {
			team = part
		}
		return approve, where, h.server.TeamUser(team, "ada")
	})
	first := browse(h.t, h.app, publicURL+install.InstallPath, "")
	if first.status != http.StatusFound || first.cookie == "" {
		h.t.Fatalf("%s answers %+v", install.InstallPath, first)
	}
	return browse(h.t, h.slack, first.to, "").to, first.cookie
}

func (h *hosted) installs(where string) {
	h.t.Helper()
	back, cookie := h.begins(where, true)
	if end := browse(h.t, h.app, back, cookie); end.status != http.StatusOK || !strings.Contains(end.text, "Installed") {
		h.t.Fatalf("the installation in %s ended with %d: %s", where, end.status, end.text)
	}
	wait(2 * time.Second) // events tell seconds
}

// posts are by which workspace's tokens messages were posted.
func (h *hosted) posts() string {
	var teams []string
	for _, q := range h.server.Requests() {
		if q.Method == "chat.postMessage" && q.Error == "" {
			teams = append(teams, q.Team)
		}
	}
	return strings.Join(teams, " ")
}
