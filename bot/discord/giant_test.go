package discord_test

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"io"
	"log/slog"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/bottest"
	"github.com/whowon-bot/whowon/bot/discord"
	"github.com/whowon-bot/whowon/bot/discord/discordtest"
)

// endless is a body without an end.
type endless struct{ read int64 }

func (e *endless) Read(p []byte) (int, error) {
	if e.read >= 64<<20 {
		return 0, io.EOF
	}
	e.read += int64(len(p))
	return len(p), nil
}

// TestGiantRequests sends bodies of 64 MiB, and signed ones that are as deep as they are long: all are refused, with little
// memory, and the next genuine request is answered.
func TestGiantRequests(t *testing.T) {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	at := free(t)
	server := discordtest.Start(t, discordtest.Options{REST: discordtest.RESTOptions{Interactions: "http://" + at, Key: private}})
	c := config(server)
	c.MessageContent, c.Transport, c.Listen, c.PublicKey = false, "http", at, hex.EncodeToString(public)
	p, err := discord.New(discord.Options{Config: c, Commands: bottest.Commands(), Suggest: suggestions{}, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- p.Run(ctx, func(in bot.Inbound) error { t.Errorf("it was handled: %.200v", in); return nil })
	}()
	defer func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
	}()
	pings := 0
	ping := func() int { // no two are the same, which would be one that was sent again
		pings++
		text := `{"type":1}` + strings.Repeat(" ", pings)
		return post(t, at, private, strings.NewReader(text), text)
	}
	for i := 0; ping() != http.StatusOK && i < 500; i++ {
		time.Sleep(10 * time.Millisecond)
	}
	deep := func(before, open, closing, after string) string {
		n := (1<<20 - 1000) / (len(open) + len(closing))
		return before + strings.Repeat(open, n) + strings.Repeat(closing, n) + after
	}
	const id = `{"id":"1446000000000000000","type":2,"token":"t","channel_id":"1","user":{"id":"5","username":"eve"},"context":1,"data":`
	bodies := map[string]string{
		"arrays": deep("", "[", "]", ""), "objects": deep("", `{"a":`, "}", ""), "an unclosed array": strings.Repeat("[", 1<<20-10),
		"options in options": deep(id+`{"name":"whowon","options":[`, `{"name":"a","type":1,"options":[`, `]}`, `]}}`),
		"components":         deep(id+`{"custom_id":"t/say/1","components":[`, `{"type":1,"components":[`, `]}`, `]}}`),
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if status := post(t, at, private, &endless{}, ""); status != http.StatusRequestEntityTooLarge {
		t.Errorf("an endless body: %d", status)
	}
	for name, body := range bodies {
		if status := post(t, at, private, strings.NewReader(body), body); status != http.StatusBadRequest {
			t.Errorf("%s: %d", name, status)
		}
		if status := post(t, at, nil, strings.NewReader(body), ""); status != http.StatusUnauthorized {
			t.Errorf("%s, unsigned: %d", name, status)
		}
	}
	runtime.ReadMemStats(&after)
	grown := (int64(after.Sys) - int64(before.Sys)) >> 20
	t.Logf("the process has grown by %d MiB", grown)
	if grown > 32 {
		t.Errorf("the process has grown by %d MiB, of 32", grown)
	}
	if status := ping(); status != http.StatusOK {
		t.Errorf("after that a ping is answered with %d", status)
	}
}

// post sends a body, signed as the text that it is, and returns the status.
func post(t *testing.T, at string, key ed25519.PrivateKey, body io.Reader, text string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+at, body)
	if err != nil {
		t.Fatal(err)
	}
	stamp := strconv.FormatInt(time.Now().Unix(), 10)
	if key != nil {
		sig := ed25519.Sign(key, []byte(stamp+text))
		req.Header.Set("X-Signature-Timestamp", stamp)
		req.Header.Set("X-Signature-Ed25519", hex.EncodeToString(sig))
	}
	return statusOf(t, req)
}
