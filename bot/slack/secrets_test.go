package slack_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/slack"
	"github.com/whowon-bot/whowon/bot/slack/slacktest"
)

// canary is in every secret.
const canary = "canary"

// token is what the tokens of Slack and of its connections look like.
var token = regexp.MustCompile(`xapp-\w|xox[a-z.]+-\w|ticket=\w|ticket-\d`)

// leaks are the secrets that a text has in it: what is configured has a canary, and addresses their last part.
func leaks(text string, also []string) []string {
	found := token.FindAllString(text, -1)
	for _, s := range append([]string{canary}, also...) {
		if s != "" && strings.Contains(text, s) {
			found = append(found, s)
		}
	}
	return found
}

// weather is the network between the adapter and Slack, which the test spoils.
type weather struct {
	calm  http.RoundTripper
	spoil atomic.Pointer[func(*http.Request) (*http.Response, error)] // nil lets all through
}

func (w *weather) RoundTrip(r *http.Request) (*http.Response, error) {
	if spoil := w.spoil.Load(); spoil != nil {
		return (*spoil)(r)
	}
	return w.calm.RoundTrip(r)
}

// says answers every request with a status and a body, which repeats what was sent as a curious proxy does.
func says(status int, body string) func(*http.Request) (*http.Response, error) {
	return func(r *http.Request) (*http.Response, error) {
		sent := ""
		if r.Body != nil {
			data, _ := io.ReadAll(r.Body)
			sent = string(data)
		}
		body := strings.NewReplacer("URL", r.URL.String(), "TOKEN", r.Header.Get("Authorization"), "BODY", sent).Replace(body)
		return &http.Response{StatusCode: status, Status: fmt.Sprint(status, " ", http.StatusText(status)), Proto: "HTTP/1.1", ProtoMajor: 1,
			ProtoMinor: 1, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
	}
}

// storms are the ways in which requests fail.
//
//nolint:bodyclose // they make the responses that the client closes
func storms() map[string]func(*http.Request) (*http.Response, error) {
	return map[string]func(*http.Request) (*http.Response, error){
		"no network": func(r *http.Request) (*http.Response, error) {
			return nil, fmt.Errorf("dial tcp: lookup %s: no such host", r.URL)
		},
		"silence": func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		},
		"broken off":   func(*http.Request) (*http.Response, error) { return nil, io.ErrUnexpectedEOF },
		"500":          says(500, "URL TOKEN BODY"),
		"garbage":      says(200, `{"ok":"URL TOKEN"`),
		"not JSON":     says(200, "<html>URL TOKEN BODY"),
		"another type": says(200, `["URL TOKEN"]`),
		"404":          says(404, "no_service URL"),
		"revoked":      says(200, `{"ok":false,"error":"token_revoked"}`),
		"chatty":       says(200, `{"ok":false,"error":"invalid_auth: TOKEN at URL"}`),
	}
}

// TestNoSecretIsTold lets all requests fail in all sorts of ways: neither the log at its most talkative, nor an error, nor
// anything that users see has a secret in it.
func TestNoSecretIsTold(t *testing.T) {
	for name, storm := range storms() { //nolint:bodyclose // these are functions
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { fails(t, storm) })
		})
	}
}

func fails(t *testing.T, storm func(*http.Request) (*http.Response, error)) {
	time.Sleep(time.Until(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)))
	server, client := slacktest.StartPiped(t, slacktest.Options{App: slacktest.AppOptions{AppToken: "xapp-1-A1-" + canary},
		Web: slacktest.WebOptions{Limits: slacktest.RateLimits{Off: true}}})
	team := slacktest.Team{ID: two, BotToken: "xoxb-1-" + canary}
	server.AddTeam(team)
	server.AddChannel(slacktest.Channel{Team: two, ID: general, Member: true})
	w := &weather{calm: client.Transport}
	log := &lockedLog{}
	p, err := slack.New(slack.Options{Config: slack.Config{AppToken: "xapp-1-A1-" + canary, BotToken: team.BotToken, APIURL: server.API()},
		Bot: &looker{}, Transport: w, Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var told []string // errors
	tell := func(err error) {
		if err != nil {
			mu.Lock()
			defer mu.Unlock()
			told = append(told, err.Error(), fmt.Sprintf("%+v", err), mendOf(err))
		}
	}
	here := bot.Channel{Platform: "slack", ID: two + "/" + general}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- p.Run(ctx, func(in bot.Inbound) error {
			go func() {
				_, err := p.Send(ctx, in.To, say("an answer"), "")
				tell(err)
				_, err = p.Send(ctx, bot.Target{Channel: in.To.Channel}, say("a message"), "key")
				tell(err)
				tell(p.Edit(ctx, bot.MessageRef{Channel: in.To.Channel, ID: "1.000001"}, say("edited")))
				in.Known(ctx)
				in.Done()
			}()
			return nil
		})
	}()
	wait(time.Second)
	w.spoil.Store(&storm)
	where, ada := slacktest.Where{Team: two, Channel: general}, server.TeamUser(two, "ada")
	urls := []string{server.Slash(where, ada, "/whowon", "x").ResponseURL,
		server.Press(slacktest.Message{Team: two, TS: "1.000001", Channel: general, Blocks: buttonBlocks("t/a/1")}, ada, "t/a/1").ResponseURL,
		server.Press(slacktest.Message{Team: two, TS: "1.000002", Channel: general, Blocks: buttonBlocks("i:t/a/1")}, ada, "i:t/a/1").ResponseURL,
		server.Slash(where, ada, "/trivia", "form").ResponseURL}
	server.OpenHome(ada)
	wait(3 * time.Minute)
	server.Drop() // so that connections have to be made
	wait(3 * time.Minute)
	look, end := context.WithTimeout(ctx, time.Minute)
	defer end()
	for _, c := range p.Doctor(look) {
		told = append(told, c.Says, c.Mend)
	}
	_, err = p.Send(ctx, bot.Target{Channel: here}, say("x"), "")
	tell(err)
	cancel()
	tell(<-done)
	w.spoil.Store(nil)
	wait(time.Minute)

	if strings.Count(log.String(), "\n") < 3 || len(told) == 0 {
		t.Fatalf("little happened: %d errors and the log\n%s", len(told), log)
	}
	var secretPaths []string
	for _, u := range urls {
		secretPaths = append(secretPaths, u[strings.LastIndex(u, "/"):])
	}
	check := map[string]string{"the log": log.String(), "errors": strings.Join(told, "\n")}
	for _, m := range server.Messages(two, general) {
		check["a message"] += m.Text + string(m.Blocks)
	}
	for what, text := range check {
		if found := leaks(text, secretPaths); found != nil {
			t.Errorf("%s tells %q:\n%.3000s", what, found, text)
		}
	}
}

// mendOf is what users are told of an error.
func mendOf(err error) string {
	if f := new(bot.Forbidden); errors.As(err, &f) {
		return f.Mend
	}
	return ""
}

// TestRefusedTokensAreNotTold starts with tokens that are of no use.
func TestRefusedTokensAreNotTold(t *testing.T) {
	for _, tt := range []struct{ bot, app string }{{"xoxb-1-" + canary, ""}, {"", "xapp-1-A1-" + canary}} {
		synctest.Test(t, func(t *testing.T) {
			server, client := slacktest.StartPiped(t, slacktest.Options{})
			c, log := config(server), &lockedLog{}
			if tt.bot != "" {
				c.BotToken = tt.bot
			} else {
				c.AppToken = tt.app
			}
			p, err := slack.New(slack.Options{Config: c, Transport: client.Transport,
				Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
			if err != nil {
				t.Fatal(err)
			}
			err = p.Run(t.Context(), func(bot.Inbound) error { return nil })
			if err == nil {
				t.Fatal("Run took the token")
			}
			text := log.String() + err.Error()
			for _, c := range p.Doctor(t.Context()) {
				text += c.Says + c.Mend
			}
			if found := leaks(text, nil); found != nil {
				t.Errorf("%q is told: %s", found, text)
			}
		})
	}
}

// TestNoSecretIsKeptInClear installs and rotates, and fails at both: neither what is kept, nor the log, nor a page has a
// token or the client's secret in it.
func TestNoSecretIsKeptInClear(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := host(t, slacktest.Options{App: slacktest.AppOptions{Rotation: true, ClientSecret: canary + "-client", SigningSecret: canary + "-signing"}},
			func(c *slack.Config) { c.ClientSecret, c.SigningSecret = canary+"-client", canary+"-signing" })
		pages := ""
		var tokens []string
		h.server.FailHTTP("oauth.v2.access", 1, 500, 0)
		h.server.Fail("oauth.v2.access", 1, "bad_client_secret")
		for range 3 { // the first two fail
			back, cookie := h.begins(two, true)
			u, _ := url.Parse(back)
			tokens = append(tokens, u.Query().Get("code"), u.Query().Get("state"))
			pages += browse(t, h.app, back, cookie).text
		}
		tokens = append(tokens, h.server.Token(two))
		h.server.Fail("oauth.v2.access", 2, "ratelimited")
		for range 30 {
			_, _ = h.asks(two)
			time.Sleep(time.Hour)
		}
		tokens = append(tokens, h.server.Token(two))
		if len(tokens) != 8 || tokens[6] == tokens[7] || h.store.keys() != two {
			t.Fatalf("it was not installed and refreshed: %d", len(tokens))
		}
		var kept []byte
		h.store.mu.Lock()
		for key, sealed := range h.store.rows {
			kept = append(append(kept, key...), sealed...)
		}
		h.store.mu.Unlock()
		for what, text := range map[string]string{"what is kept": string(kept), "the log": h.log.String(), "a page": pages} {
			if found := leaks(text, tokens); found != nil || text == "" {
				t.Errorf("%s tells %q:\n%.3000s", what, found, text)
			}
		}
		if bytes.Contains(kept, []byte("xox")) {
			t.Error("a token is kept in clear")
		}
		h.server.Uninstall(two, true)
		wait(time.Minute)
		if _, err := h.asks(two); err == nil || !errors.Is(err, bot.ErrForbidden) || leaks(err.Error(), tokens) != nil {
			t.Errorf("after it was removed: %v", err)
		}
	})
}
