package slack_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/slack"
	"github.com/whowon-bot/whowon/bot/slack/install"
	"github.com/whowon-bot/whowon/bot/slack/slacktest"
)

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
