package discord_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/bottest"
	"github.com/whowon-bot/whowon/bot/discord"
	"github.com/whowon-bot/whowon/bot/discord/discordtest"
)

// free is an address of this machine that nothing listens on.
func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// TestHTTP takes interactions as signed requests over a socket; what is forged, old or repeated does nothing.
func TestHTTP(t *testing.T) {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	at := free(t)
	server := discordtest.Start(t, discordtest.Options{OpenAPI: openAPI(), REST: discordtest.RESTOptions{Interactions: "http://" + at, Key: private}})
	server.AddGuild(guildID, "guild", discordtest.Channel{ID: channelIDs[""], Name: "general"})
	c := config(server)
	c.MessageContent, c.Transport, c.Listen, c.PublicKey = false, "http", at, hex.EncodeToString(public)
	if err := c.Check(); err != nil {
		t.Fatal(err)
	}
	p, err := discord.New(discord.Options{Config: c, Commands: bottest.Commands(), Suggest: suggestions{}, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	var handled atomic.Int32
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- p.Run(ctx, func(in bot.Inbound) error {
			handled.Add(1)
			go func() {
				if v := echo(ctx, p, in); in.Command == nil || in.Command.Args != "stop" {
					if _, err := p.Send(ctx, in.To, v, ""); err != nil {
						t.Errorf("Send: %v", err)
					}
				}
				in.Done()
			}()
			return nil
		})
	}()
	defer func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
	}()
	for range 100 {
		if conn, err := net.Dial("tcp", at); err == nil {
			conn.Close()
			break
		}
		time.Sleep(10 * time.Millisecond)
	}

	where, ada := discordtest.Where{Channel: channelIDs[""]}, server.User("ada")
	i := server.Slash(where, ada, "whowon", discordtest.Option{Name: "query", Value: "best picture 2025"})
	if err := i.Wait(t.Context()); err != nil || texts(i.Messages()) != "/whowon best picture 2025" {
		t.Errorf("ada sees %q, %v", texts(i.Messages()), err)
	}
	a := server.Autocomplete(where, ada, "whowon", discordtest.Option{Name: "query", Value: "best", Focused: true})
	if resp, ok := a.Response(); !ok || resp.Type != discordtest.ResponseChoices {
		t.Errorf("typing is answered by %+v", resp)
	}
	if handled.Load() != 1 {
		t.Fatalf("%d inputs", handled.Load())
	}
	badRequests(t, "http://"+at, private, &handled)
	for _, fault := range server.Faults() {
		t.Errorf("Discord refuses: %.500s", fault)
	}
}

// badRequests sends what Discord never would.
func badRequests(t *testing.T, url string, key ed25519.PrivateKey, handled *atomic.Int32) {
	t.Helper()
	now := time.Now()
	id := (now.UnixMilli() - 1420070400000) << 22
	body := func() string {
		id++
		return `{"id":"` + strconv.FormatInt(id, 10) + `","type":2,"token":"t","channel_id":"1","user":{"id":"5","username":"eve"},` +
			`"data":{"name":"whowon","options":[]},"context":1}`
	}
	_, other, _ := ed25519.GenerateKey(nil)
	good := body()
	for _, tt := range []struct {
		name   string
		stamp  time.Time
		key    ed25519.PrivateKey
		body   string
		status int
	}{
		{"another key", now, other, body(), http.StatusUnauthorized},
		{"six minutes old", now.Add(-6 * time.Minute), key, body(), http.StatusUnauthorized},
		{"from the future", now.Add(6 * time.Minute), key, body(), http.StatusUnauthorized},
		{"genuine", now, key, good, http.StatusOK},
		{"the same again", now, key, good, http.StatusUnauthorized},
		{"a ping", now, key, `{"type":1}`, http.StatusOK},
		{"not JSON", now, key, `{`, http.StatusBadRequest},
		{"two megabytes", now, key, strings.Repeat(" ", 2<<20), http.StatusRequestEntityTooLarge},
	} {
		stamp := strconv.FormatInt(tt.stamp.Unix(), 10)
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(tt.body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("X-Signature-Timestamp", stamp)
		req.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(tt.key, []byte(stamp+tt.body))))
		if status := statusOf(t, req); status != tt.status {
			t.Errorf("%s: %d, want %d", tt.name, status, tt.status)
		}
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, bytes.NewReader([]byte(body())))
	if err != nil {
		t.Fatal(err)
	}
	if status := statusOf(t, req); status != http.StatusUnauthorized {
		t.Errorf("without a signature: %d", status)
	}
	if n := handled.Load(); n != 2 {
		t.Errorf("%d inputs were handled, of which 2 are genuine", n)
	}
}

func statusOf(t *testing.T, req *http.Request) int {
	t.Helper()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return http.StatusRequestEntityTooLarge // the server stops reading
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode
}
