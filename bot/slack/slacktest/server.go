// Package slacktest is a Slack to test against: a local server that speaks the Web API, Socket Mode, signed HTTP
// requests and OAuth to a real app over real sockets, keeps to the platform's limits and refuses what breaks them, and
// misbehaves when told to.
//
// It is for tests and benchmarks only. What it refuses and how is taken from Slack's documentation, as named at each rule.
// It does not know the bot.
package slacktest

import (
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
)

// Options are what a Server is made of; all are optional.
type Options struct {
	Schemas string // folder with slack-blocks.schema.json and its kin, to validate against; "" is no validation
	Log     *slog.Logger
	App     AppOptions
	Socket  SocketOptions
	HTTP    HTTPOptions
	Web     WebOptions
}

// AppOptions say what the app is.
type AppOptions struct {
	ID            string   // "A0000000001" when empty
	AppToken      string   // for Socket Mode; "xapp-test-token" when empty
	ClientID      string   // of OAuth; "1000.2000" when empty
	ClientSecret  string   // "test-client-secret" when empty
	SigningSecret string   // "test-signing-secret" when empty
	Scopes        []string // of the bot in the first workspace; DefaultScopes when nil
	Rotation      bool     // bot tokens from OAuth expire after 12 hours and come with a refresh token
}

// DefaultScopes let an app do all that this server knows.
var DefaultScopes = []string{"commands", "chat:write", "app_mentions:read", "im:history", "im:write", "users:read",
	"channels:history", "groups:history", "files:write"}

// Server is a Slack with one app. All methods may be called at any time, from any goroutine.
type Server struct {
	o   Options
	mux *http.ServeMux
	url string // of the host: "http://127.0.0.1:1234"

	delivery *delivery  // to the app, in delivery.go
	web      *webServer // the Web API, OAuth, response URLs and the workspaces, in web.go
}

// New makes a server that does not listen yet; the handler serves under any host name.
func New(o Options) *Server {
	o.App.fill()
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{o: o, mux: http.NewServeMux()}
	s.delivery = newDelivery(s)
	s.web = newWebServer(s)
	return s
}

func (o *AppOptions) fill() {
	for _, d := range []struct {
		to *string
		is string
	}{{&o.ID, "A0000000001"}, {&o.AppToken, "xapp-test-token"}, {&o.ClientID, "1000.2000"},
		{&o.ClientSecret, "test-client-secret"}, {&o.SigningSecret, "test-signing-secret"}} {
		if *d.to == "" {
			*d.to = d.is
		}
	}
	if o.Scopes == nil {
		o.Scopes = DefaultScopes
	}
}

// Start starts a server on a port of 127.0.0.1, which ends with the test.
func Start(t testing.TB, o Options) *Server {
	t.Helper()
	s := New(o)
	h := httptest.NewServer(s.mux)
	s.url = h.URL
	t.Cleanup(func() {
		s.Close()
		h.Close()
	})
	return s
}

// Serve serves on a listener until it is closed, also one that is no socket; url is how clients name it.
func (s *Server) Serve(l net.Listener, url string) error {
	s.url = url
	h := &http.Server{Handler: s.mux}
	return h.Serve(l)
}

// Close ends all Socket Mode connections, without a word to the clients.
func (s *Server) Close() { s.delivery.close() }

// API is the base of all Web API requests, as in the configuration's api_url: "http://127.0.0.1:1234/api/".
func (s *Server) API() string { return s.url + "/api/" }

// AppToken is the app-level token, for Socket Mode.
func (s *Server) AppToken() string { return s.o.App.AppToken }

// AppID is the app's.
func (s *Server) AppID() string { return s.o.App.ID }
