// Package discordtest is a Discord to test against: a local server that speaks the HTTP API and the gateway to a real
// client over real sockets, keeps to the platform's limits and refuses what breaks them, and misbehaves when told to.
//
// It is for tests and benchmarks only. What it refuses and how is taken from Discord's documentation, as named at each rule.
// It does not know the bot.
package discordtest

import (
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
)

// Options are what a Server is made of; all are optional.
type Options struct {
	Token       string    // of the bot; "test-token" when empty
	Application string    // its ID, and that of the bot user; a fixed snowflake when empty
	OpenAPI     string    // file of the published OpenAPI document, to validate requests against; "" is no validation
	Document    *Document // in place of OpenAPI, for servers that share it
	Log         *slog.Logger
	Gateway     GatewayOptions
	REST        RESTOptions
}

// Server is a Discord of one application. All methods may be called at any time, from any goroutine.
type Server struct {
	o   Options
	mux *http.ServeMux
	url string // of the host: "http://127.0.0.1:1234"

	gateway *gatewayServer // the websocket half, in gateway.go
	rest    *restServer    // the HTTP half, in rest.go
}

// New makes a server that does not listen yet; the handler serves under any host name.
func New(o Options) *Server {
	if o.Token == "" {
		o.Token = "test-token"
	}
	if o.Application == "" {
		o.Application = "1100000000000000001"
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{o: o, mux: http.NewServeMux()}
	s.gateway = newGatewayServer(s)
	s.rest = newRESTServer(s)
	return s
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

// Close ends all gateway connections, without a word to the clients.
func (s *Server) Close() { s.gateway.closeAll() }

// API is the base of all REST requests, as in the configuration's api_url: "http://127.0.0.1:1234/api/v10".
func (s *Server) API() string { return s.url + "/api/v10" }

// Token is the bot's.
func (s *Server) Token() string { return s.o.Token }

// Application is the application's ID, and that of the bot user.
func (s *Server) Application() string { return s.o.Application }
