package rest_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot/discord/rest"
)

// TestConnectionsAreKept, whatever the answer, and one that the server has closed meanwhile costs nothing.
func TestConnectionsAreKept(t *testing.T) {
	var conns atomic.Int32
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		_, _ = io.Copy(io.Discard, req.Body)
		if strings.Contains(req.URL.Path, channel(1)) {
			w.WriteHeader(http.StatusNotFound)
		}
		_, _ = io.WriteString(w, `{"id":"`+strings.Repeat("1", 10_000)+`"}`)
	}))
	server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			conns.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	c := newClient(t, rest.Options{Base: server.URL})
	send := func() {
		for n := range 30 {
			req, wrong := post(n%3, rest.Usual), n%3 == 1
			if n%2 == 0 {
				req.Into = &struct{ ID string }{}
			}
			if err := c.Do(t.Context(), req); (err != nil) != wrong {
				t.Error(err)
			}
		}
	}
	send()
	if n := conns.Load(); n != 1 {
		t.Errorf("30 requests took %d connections", n)
	}
	server.CloseClientConnections()
	send()
	if n := conns.Load(); n != 2 {
		t.Errorf("30 more made them %d", n)
	}
}

// TestTheRequestAsItIsSent has the method, path, headers and body that it was given, and no more.
func TestTheRequestAsItIsSent(t *testing.T) {
	got := make(chan string, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, _ := io.ReadAll(req.Body)
		got <- fmt.Sprintf("%s %s %q %q %q %s", req.Method, req.RequestURI, req.Header.Get("Authorization"),
			req.Header.Get("Content-Type"), req.Header.Get("User-Agent"), body)
		w.WriteHeader(http.StatusNoContent)
	}))
	defer server.Close()
	c := newClient(t, rest.Options{Base: server.URL + "/api/v10/"})
	const bot, agent = `"Bot ` + canary + `"`, `"DiscordBot (https://whowon.test, 1)"`
	for _, tt := range []struct {
		req  rest.Request
		want string
	}{
		{get("/channels/1/messages?limit=5&before=7"),
			"GET /api/v10/channels/1/messages?limit=5&before=7 " + bot + ` "" ` + agent + " "},
		{rest.Request{Method: "PUT", Path: "/channels/1/messages/2/reactions/%F0%9F%8F%86%2F/@me"},
			"PUT /api/v10/channels/1/messages/2/reactions/%F0%9F%8F%86%2F/@me " + bot + ` "" ` + agent + " "},
		{rest.Request{Method: "POST", Path: "/interactions/1/a/callback", Body: map[string]string{"a": "<b> &"}, Interaction: true},
			`POST /api/v10/interactions/1/a/callback "" "application/json" ` + agent + ` {"a":"<b> &"}`},
		{rest.Request{Method: "POST", Path: "/channels/1/messages", Body: []byte("--x"), ContentType: "multipart/form-data"},
			"POST /api/v10/channels/1/messages " + bot + ` "multipart/form-data" ` + agent + " --x"},
	} {
		if err := c.Do(t.Context(), tt.req); err != nil {
			t.Error(err)
		}
		if sent := <-got; sent != tt.want {
			t.Errorf("sent\n%s\nnot\n%s", sent, tt.want)
		}
	}
}

// TestABodyIsNotReadLater: a server may answer before it has read the body, whose memory is for other requests then.
func TestABodyIsNotReadLater(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				_, _ = http.ReadRequest(bufio.NewReader(conn))
				_, _ = io.WriteString(conn, "HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n")
				time.Sleep(20 * time.Millisecond) // the rest of the body is on its way
			}()
		}
	}()
	c := newClient(t, rest.Options{Base: "http://" + l.Addr().String()})
	for range 5 {
		body := []byte(strings.Repeat("x", 8<<20)) // more than sockets hold
		req := post(0, rest.Usual)
		req.Body = body
		var e *rest.Error
		if err := c.Do(t.Context(), req); !errors.As(err, &e) {
			t.Errorf("the body was refused, but: %v", err)
		}
		clear(body) // under -race this is found where the transport still reads
	}
}
