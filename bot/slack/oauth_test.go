package slack_test

import (
	"context"
	"errors"
	"fmt"
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
	"testing/synctest"
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
	h.p, err = slack.New(slack.Options{Config: c, Commands: bottest.Commands(), Bot: looker{}, Store: h.store, Purge: h.purge,
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

// TestManyWorkspaces keeps those apart that have a channel of the same ID: each is its own guild, and acted in with its
// token.
func TestManyWorkspaces(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := host(t, slacktest.Options{Schemas: schemas()}, nil)
		for _, team := range []string{two, three, two} { // the second time it is installed anew
			h.installs(team)
		}
		if h.store.keys() != two+" "+three {
			t.Errorf("installed in %s", h.store.keys())
		}
		for _, team := range []string{two, three, two} {
			before := len(h.server.Messages(team, general))
			in, err := h.asks(team)
			if err != nil || in.Guild.ID != team || in.To.Channel.ID != team+"/"+general {
				t.Errorf("%s: %v, it came as %+v", team, err, in)
			}
			if n := len(h.server.Messages(team, general)); n != before+1 {
				t.Errorf("%s sees %d messages more", team, n-before)
			}
		}
		if got := h.posts(); got != strings.Join([]string{two, three, two}, " ") {
			t.Errorf("messages were posted by %s", got)
		}
		for _, fault := range h.server.Faults() {
			t.Errorf("Slack refuses: %.500s", fault)
		}
	})
}

// TestOrganizationInstall serves all workspaces of an organization with its one token.
func TestOrganizationInstall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := host(t, slacktest.Options{}, nil)
		h.installs(organization)
		if h.store.keys() != organization {
			t.Errorf("installed in %s", h.store.keys())
		}
		seen := map[string]bool{}
		for _, team := range []string{part, other} {
			in, err := h.asks(team)
			seen[in.To.Channel.ID] = true
			if err != nil || in.Guild.ID != team || in.From.Name != "Ada" {
				t.Errorf("%s: %v, it came as %+v", team, err, in)
			}
		}
		if len(seen) != 2 {
			t.Errorf("channels of two workspaces are %v", seen)
		}
		if _, err := h.asks(two); !errors.Is(err, bot.ErrForbidden) {
			t.Errorf("in a workspace outside: %v", err)
		}
	})
}

// TestInstallIsRefused begins an installation, and ends it as nobody should: nothing is installed.
func TestInstallIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := host(t, slacktest.Options{}, nil)
		for _, tt := range []struct {
			name   string
			bend   func(back, cookie string) (string, string)
			status int
		}{
			{"another browser", func(back, _ string) (string, string) { return back, "" }, http.StatusBadRequest},
			{"another's cookie", func(back, _ string) (string, string) {
				_, cookie := h.begins(two, true)
				return back, cookie
			}, http.StatusBadRequest},
			{"a changed state", func(back, cookie string) (string, string) {
				u, _ := url.Parse(back)
				q := u.Query()
				q.Set("state", "A"+q.Get("state"))
				u.RawQuery = q.Encode()
				return u.String(), cookie
			}, http.StatusBadRequest},
			{"no state", func(back, cookie string) (string, string) {
				before, _, _ := strings.Cut(back, "?")
				return before + "?code=1", cookie
			}, http.StatusBadRequest},
			{"too late", func(back, cookie string) (string, string) {
				wait(11 * time.Minute)
				return back, cookie
			}, http.StatusBadRequest},
			{"a code of nobody's", func(back, cookie string) (string, string) {
				u, _ := url.Parse(back)
				q := u.Query()
				q.Set("code", "1.2.3")
				u.RawQuery = q.Encode()
				return u.String(), cookie
			}, http.StatusBadRequest},
		} {
			back, cookie := tt.bend(h.begins(two, true))
			if end := browse(t, h.app, back, cookie); end.status != tt.status || h.store.keys() != "" {
				t.Errorf("%s: %d, installed in %q", tt.name, end.status, h.store.keys())
			}
		}
		back, cookie := h.begins(two, false)
		if end := browse(t, h.app, back, cookie); end.status != http.StatusOK || !strings.Contains(end.text, "Not installed") {
			t.Errorf("denied: %d %s", end.status, end.text)
		}
		if h.store.keys() != "" {
			t.Errorf("installed in %s", h.store.keys())
		}
		back, cookie = h.begins(two, true)
		_ = browse(t, h.app, back, cookie)
		if end := browse(t, h.app, back, cookie); end.status != http.StatusBadRequest || h.store.keys() != two {
			t.Errorf("the same again: %d, installed in %s", end.status, h.store.keys())
		}
	})
}

// TestTokensRotate serves a workspace for three days, while its tokens live for twelve hours.
func TestTokensRotate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := host(t, slacktest.Options{App: slacktest.AppOptions{Rotation: true}}, nil)
		h.installs(two)
		first := h.server.Token(two)
		for range 72 {
			if _, err := h.asks(two); err != nil {
				t.Fatalf("at %s: %v", time.Now(), err)
			}
			time.Sleep(time.Hour)
		}
		refreshed := count(h.server, "oauth.v2.access") - 1
		if refreshed < 5 || refreshed > 8 || h.server.Token(two) == first {
			t.Errorf("in three days the token was refreshed %d times", refreshed)
		}
		for _, q := range h.server.Requests() {
			if q.Error != "" {
				t.Errorf("%s was refused with %s", q.Method, q.Error)
			}
		}
	})
}

// TestUninstall removes the app from one of two workspaces: all of it that is kept is dropped, in whichever order Slack
// tells of it, and the other goes on. Later it is installed again, and a late word of its removal does no harm.
func TestUninstall(t *testing.T) {
	for _, tokensFirst := range []bool{false, true} {
		t.Run(fmt.Sprint(tokensFirst), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := host(t, slacktest.Options{}, nil)
				h.installs(two)
				h.installs(three)
				gone := time.Now()
				h.server.Uninstall(two, tokensFirst)
				if got := h.purges(); got != "slack/"+two || h.store.keys() != three {
					t.Errorf("dropped %q; still installed in %s", got, h.store.keys())
				}
				h.lateWords(two)
				if _, err := h.asks(three); err != nil {
					t.Errorf("the other workspace: %v", err)
				}

				h.installs(two)
				h.mu.Lock()
				h.purged = nil
				h.mu.Unlock()
				for n, kind := range []string{`"type":"app_uninstalled"`, `"type":"tokens_revoked","tokens":{"bot":["U1"]}`} {
					h.server.Deliver("events_api", fmt.Appendf(nil, `{"type":"event_callback","team_id":%q,"event_id":"EvLate%d",`+
						`"event_time":%d,"event":{%s}}`, two, n, gone.Unix(), kind), nil)
				}
				if got := h.purges(); got != "" || h.store.keys() != two+" "+three {
					t.Errorf("a late word dropped %q; still installed in %s", got, h.store.keys())
				}
				if _, err := h.asks(two); err != nil {
					t.Errorf("installed again: %v", err)
				}
			})
		})
	}
}

// lateWords tells of a workspace that the app is gone from: there is no answer, and nothing breaks.
func (h *hosted) lateWords(team string) {
	h.t.Helper()
	h.server.Deliver("events_api", fmt.Appendf(nil, `{"type":"event_callback","team_id":%q,"event_id":"EvGone1","event":{"type":"message",`+
		`"channel":%q,"channel_type":"channel","user":"U0000000EVE","text":"hi","ts":"1700000000.000001"}}`, team, general), nil)
	h.server.Deliver("events_api", fmt.Appendf(nil, `{"type":"event_callback","team_id":%q,"event_id":"EvGone2",`+
		`"event":{"type":"app_home_opened","tab":"home","user":"U0000000EVE"}}`, team), nil)
	if _, err := h.asks(team); !errors.Is(err, bot.ErrForbidden) {
		h.t.Errorf("the answer to a workspace that the app is gone from: %v", err)
	}
	if log := h.log.String(); strings.Contains(log, "a handler failed") {
		h.t.Error(log)
	}
}

// TestUninstallOfTheOne drops what is kept of the workspace whose token is configured when the app is removed from it,
// and not when somebody made a new token.
func TestUninstallOfTheOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s *slacktest.Server
		h := host(t, slacktest.Options{}, func(c *slack.Config) {
			c.BotToken, c.ClientID, c.ClientSecret = "xoxb-"+slacktest.DefaultTeam, "", ""
		})
		s = h.server
		s.RevokeTokens("")
		if got := h.purges(); got != "" {
			t.Errorf("dropped %q", got)
		}
		s.Uninstall("", true)
		if got := h.purges(); got != "slack/"+slacktest.DefaultTeam {
			t.Errorf("dropped %q", got)
		}
	})
}

// TestInstallWhileItRuns installs over sockets, with Socket Mode for what Slack delivers: who did it is greeted.
func TestInstallWhileItRuns(t *testing.T) {
	at := free(t)
	server := slacktest.Start(t, slacktest.Options{})
	server.AddTeam(slacktest.Team{ID: two, Foreign: true})
	server.AddChannel(slacktest.Channel{Team: two, ID: general, Member: true})
	ada := server.TeamUser(two, "ada")
	server.Consent(func(url.Values) (bool, string, slacktest.User) { return true, two, ada })
	c := slack.Config{AppToken: server.AppToken(), ClientID: "1000.2000", ClientSecret: "test-client-secret", TokenKey: tokenKey,
		URL: "http://" + at, Listen: at, APIURL: server.API()}
	l := goLive(t, server, slack.Options{Config: c, Store: &shelf{rows: map[string][]byte{}}},
		func(_ context.Context, in bot.Inbound) bot.View {
			if in.Joined {
				return say("Hello!")
			}
			return say("re: " + in.Command.Args)
		})
	first := browse(t, http.DefaultTransport, "http://"+at+install.InstallPath, "")
	back := browse(t, http.DefaultTransport, first.to, "").to
	if end := browse(t, http.DefaultTransport, back, first.cookie); end.status != http.StatusOK {
		t.Fatalf("the installation ended with %d: %s", end.status, end.text)
	}
	eventually(t, "ada is greeted", func() bool { return len(server.Messages(two, server.DM(ada))) == 1 })
	i := l.done(server.Slash(slacktest.Where{Channel: general}, ada, "/whowon", "x"))
	if text := l.read(i, 1); text != "re: x" {
		t.Errorf("the command is answered with %q", text)
	}
	http.DefaultTransport.(*http.Transport).CloseIdleConnections() //nolint:forcetypeassert // it is one
	l.sound()
}
