package rest_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot/discord/discordtest"
	"github.com/whowon-bot/whowon/bot/discord/rest"
)

const canary = "canary-token-of-the-bot"

// rig is a client of a Discord, in a bubble.
type rig struct {
	*rest.Client
	server *discordtest.Server
}

// inTime runs a test in a bubble, where waiting takes no time.
func inTime(t *testing.T, limits discordtest.RateLimits, f func(t *testing.T, r rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))) // a bubble begins before Discord
		server, client := discordtest.StartPiped(t, discordtest.Options{Token: canary,
			REST: discordtest.RESTOptions{Limits: limits}})
		var channels []discordtest.Channel
		for n := range 300 {
			channels = append(channels, discordtest.Channel{ID: channel(n), Name: fmt.Sprint("c", n)})
		}
		server.AddGuild(guild, "guild", channels...)
		f(t, rig{newClient(t, rest.Options{Base: server.API(), Transport: client.Transport}), server})
	})
}

// newClient makes a client with the canary for its token, which must not be found in the log.
func newClient(t testing.TB, o rest.Options) *rest.Client {
	t.Helper()
	log := &journal{}
	o.Token, o.UserAgent = canary, "DiscordBot (https://whowon.test, 1)"
	o.Log = slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	c, err := rest.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if text := log.String(); strings.Contains(text, "canary") {
			t.Errorf("the log holds a token:\n%s", text)
		}
	})
	return c
}

// journal is a log in memory.
type journal struct {
	mu   sync.Mutex
	text strings.Builder
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// piped makes a client of a server that answers as h does, over pipes, for use in a bubble. The function it returns ends
// both, as does the end of the test.
func piped(t testing.TB, o rest.Options, h http.HandlerFunc) (*rest.Client, func()) {
	t.Helper()
	l := &pipes{conns: make(chan net.Conn), done: make(chan struct{})}
	server := &http.Server{Handler: h}
	var serving sync.WaitGroup
	serving.Go(func() { _ = server.Serve(l) })
	transport := rest.NewTransport()
	transport.Proxy, transport.DialContext = nil, l.dial
	o.Base, o.Transport = "http://discord.test/api/v10", transport
	end := sync.OnceFunc(func() {
		transport.CloseIdleConnections()
		_ = server.Close()
		serving.Wait()
	})
	t.Cleanup(end)
	return newClient(t, o), end
}

// pipes is a listener whose connections are made by dial.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func (l *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case l.conns <- server:
		return client, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (l *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *pipes) Close() error {
	l.once.Do(func() { close(l.done) })
	return nil
}

func (l *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipes", Net: "pipe"} }

const guild = "200000000000000001"

func channel(n int) string { return fmt.Sprint(210000000000000001 + n) }

func note(text string) map[string]any {
	return map[string]any{"content": text, "allowed_mentions": map[string]any{"parse": []string{}}}
}

func post(n int, u rest.Urgency) rest.Request {
	return rest.Request{Method: http.MethodPost, Path: "/channels/" + channel(n) + "/messages", Body: note("hello"), Urgency: u}
}

func get(path string) rest.Request {
	return rest.Request{Method: http.MethodGet, Path: path, Repeatable: true}
}

func callback(n int) rest.Request {
	return rest.Request{Method: http.MethodPost, Path: fmt.Sprintf("/interactions/%d/canary-%d/callback", 1000+n, n),
		Body: note("x"), Urgency: rest.Live, Interaction: true}
}

// allow writes the headers of a bucket.
func allow(w http.ResponseWriter, bucket string, limit, remaining int, resetAfter time.Duration) {
	w.Header().Set("X-RateLimit-Bucket", bucket)
	w.Header().Set("X-RateLimit-Limit", fmt.Sprint(limit))
	w.Header().Set("X-RateLimit-Remaining", fmt.Sprint(remaining))
	w.Header().Set("X-RateLimit-Reset-After", fmt.Sprint(resetAfter.Seconds()))
}

// served answers 204, once the request has been read.
func served(w http.ResponseWriter, req *http.Request) {
	_, _ = io.Copy(io.Discard, req.Body)
	w.WriteHeader(http.StatusNoContent)
}
