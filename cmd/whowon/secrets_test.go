package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// canaries are secrets of every kind. Each has "canary" in it, and so has whatever is made of it by quoting and escaping.
func canaries() map[string]string {
	return map[string]string{
		"DISCORD_TOKEN": "MTEwMDAwMDAwMDAwMDAwMDAwMA.canary.canary-discord", "SLACK_APP_TOKEN": "xapp-1-A1-canary", "SLACK_BOT_TOKEN": "xoxb-1-canary",
		"SLACK_SIGNING_SECRET": "canary-signing", "SLACK_CLIENT_SECRET": "canary-client", "DB_PASSWORD": "canary-pass",
		"TOKEN_KEY": "Y2FuYXJ5Y2FuYXJ5Y2FuYXJ5Y2FuYXJ5Y2FuYXJ5Y2E=", // "canary" again and again
	}
}

// secretShown finds a secret in what a program says, also in base64 and hexadecimal, or a token of Slack's.
var secretShown = regexp.MustCompile(`(?i)canary|Y2FuYXJ5|63616e617279|xapp-1|xoxb-1`)

// told checks that nothing that was said has a secret in it.
func told(t *testing.T, what, said string) {
	t.Helper()
	if at := secretShown.FindStringIndex(said); at != nil {
		t.Errorf("%s tells a secret: …%s…", what, said[max(0, at[0]-200):min(len(said), at[1]+50)])
	}
}

// curious is a server that refuses all requests, and repeats what it was sent wherever it can.
func curious(t *testing.T, status int) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
		sent := fmt.Sprintf("%s %s %s", r.URL, r.Header.Get("Authorization"), body)
		w.Header().Set("X-Sent", strings.Join(strings.Fields(sent), " "))
		w.WriteHeader(status)
		fmt.Fprintf(w, `{"ok":false,"code":0,"error":%q,"message":%q}`, sent, sent)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// TestNoSecretIsTold runs the program with all its secrets, at its most talkative, on platforms that refuse it in every way
// and a database that is not there: neither its words, nor its exit, nor its metrics have a secret in them.
func TestNoSecretIsTold(t *testing.T) {
	var all sync.WaitGroup // these wait for most of the time
	for name, server := range map[string]string{
		"401": curious(t, http.StatusUnauthorized), "500": curious(t, http.StatusInternalServerError), "200": curious(t, http.StatusOK),
		"429": curious(t, http.StatusTooManyRequests), "nobody is there": "http://" + freeAddress(t), "no such host": "http://nowhere.invalid",
	} {
		all.Go(func() { t.Run(name, func(t *testing.T) { talks(t, server) }) })
	}
	all.Wait()
}

// talks runs commands against a server that takes the place of Discord and Slack.
func talks(t *testing.T, server string) {
	admin := freeAddress(t)
	more := "log:\n  level: debug\nadmin:\n  listen: " + admin + "\n"
	sockets := "discord:\n  token: ${DISCORD_TOKEN}\n  api_url: " + server + "\n" +
		"slack:\n  app_token: ${SLACK_APP_TOKEN}\n  bot_token: ${SLACK_BOT_TOKEN}\n  api_url: " + server + "/api/\n" + more
	oauth := "slack:\n  signing_secret: ${SLACK_SIGNING_SECRET}\n  client_id: '1.2'\n  client_secret: ${SLACK_CLIENT_SECRET}\n" +
		"  token_key: ${TOKEN_KEY}\n  url: https://bot.example\n  listen: " + freeAddress(t) + "\n  api_url: " + server + "/api/\n" + more
	away := "store:\n  url: postgres://whowon:${DB_PASSWORD}@" + freeAddress(t) + "/whowon\n"
	for _, tt := range []struct {
		config string
		args   []string
	}{
		{sockets, []string{"run"}}, {sockets, []string{"doctor"}}, {sockets, []string{"discord", "register"}}, {oauth, []string{"run"}},
		{oauth, []string{"doctor"}}, {oauth, []string{"slack", "manifest"}}, {sockets + away, []string{"run"}},
		{oauth + away, []string{"doctor"}}, {sockets + away, []string{"appeals", "list"}},
	} {
		told(t, strings.Join(tt.args, " "), saysWithin(t, configured(t, canaries(), tt.config), admin, tt.args))
	}
}

// saysWithin runs a command for at most a moment, and returns all that it says, with its metrics.
func saysWithin(t *testing.T, whowon program, admin string, args []string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 1200*time.Millisecond)
	defer cancel()
	pages := make(chan string, 1)
	go func() {
		said := ""
		defer func() { pages <- said }()
		if args[0] != "run" {
			return
		}
		time.Sleep(500 * time.Millisecond)
		for _, page := range []string{"/metrics", "/healthz", "/readyz", "/debug/pprof/cmdline", "/debug/pprof/goroutine?debug=2"} {
			if resp, err := http.Get("http://" + admin + page); err == nil {
				body, _ := io.ReadAll(resp.Body)
				resp.Body.Close()
				said += string(body)
			}
		}
	}()
	code, out, errs := whowon(ctx, args...)
	said := fmt.Sprint(out, errs, <-pages)
	if said == "" && code != exitOK {
		t.Errorf("%q says nothing, and exits with %d", args, code)
	}
	return said
}

// TestNoPasswordIsTold gives addresses of databases that are wrong in all sorts of ways.
func TestNoPasswordIsTold(t *testing.T) {
	closed := freeAddress(t)
	for _, url := range []string{
		"postgres://whowon:${DB_PASSWORD}@" + closed + "/whowon", "postgres://whowon:${DB_PASSWORD}@" + closed + "/whowon?sslmode=verify-full",
		"postgres://whowon:${DB_PASSWORD}@127.0.0.1:port/whowon", "postgres://whowon:${DB_PASSWORD}@127.0.0.1:99999/whowon",
		"postgres://whowon:${DB_PASSWORD}%zz@" + closed + "/whowon", "postgres://whowon:${DB_PASSWORD}@[::1/whowon",
		"postgres://whowon:${DB_PASSWORD}@" + closed + "/whowon?sslmode=no", "postgres://" + closed + "/whowon?user=a&password=${DB_PASSWORD}&sslmode=no",
		"postgres://" + closed + "/whowon?password=${DB_PASSWORD}&connect_timeout=x", "postgers://whowon:${DB_PASSWORD}@" + closed + "/whowon",
		"postgres://whowon:${DB_PASSWORD}#@" + closed + "/whowon", "postgres://whowon:a/${DB_PASSWORD}@" + closed + "/whowon",
		"postgres://whowon:a?${DB_PASSWORD}@" + closed + "/whowon", "postgres://whowon:${DB_PASSWORD} @" + closed + "/whowon",
		"postgres://whowon:${DB_PASSWORD}\\x7f@" + closed + "/whowon", "host=127.0.0.1 password=${DB_PASSWORD}", "sqlite:/nowhere/x?key=y",
	} {
		whowon := configured(t, canaries(), "store:\n  url: \""+url+"\"\n")
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		code, out, errs := whowon(ctx, "data", "export", "--user", "discord:1")
		cancel()
		if code == exitOK || out+errs == "" {
			t.Errorf("%s: exit code %d, %q", url, code, out+errs)
		}
		told(t, url, out+errs)
	}
}
