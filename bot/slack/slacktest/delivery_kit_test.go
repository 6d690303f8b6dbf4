package slacktest

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// appConn is an app's connection for tests, which does only what it is told to.
type appConn struct {
	t  *testing.T
	ws *websocket.Conn

	mu     sync.Mutex
	frames []appFrame
	closed error
	quiet  bool // does not acknowledge by itself
	over   chan struct{}
}

// appFrame is a frame that the app got.
type appFrame struct {
	ID       string          `json:"envelope_id"`
	Type     string          `json:"type"`
	Reason   string          `json:"reason"`
	Payload  json.RawMessage `json:"payload"`
	Accepts  bool            `json:"accepts_response_payload"`
	Attempt  int             `json:"retry_attempt"`
	Why      string          `json:"retry_reason"`
	Number   int             `json:"num_connections"`
	Debug    map[string]any  `json:"debug_info"`
	ConnInfo map[string]any  `json:"connection_info"`
	raw      string
}

// connectApp connects and acknowledges everything, unless quiet.
func connectApp(t *testing.T, s *Server, client *http.Client, quiet bool, more string) *appConn {
	t.Helper()
	address, code := s.delivery.openConnection()
	if code != "" {
		t.Fatalf("apps.connections.open failed: %s", code)
	}
	ws, _, err := websocket.Dial(t.Context(), address+more, &websocket.DialOptions{HTTPClient: client}) //nolint:bodyclose // never needed
	if err != nil {
		t.Fatal(err)
	}
	c := &appConn{t: t, ws: ws, quiet: quiet, over: make(chan struct{})}
	go c.read()
	t.Cleanup(func() { _ = ws.CloseNow(); <-c.over })
	return c
}

func (c *appConn) read() {
	defer close(c.over)
	for {
		_, data, err := c.ws.Read(context.Background())
		if err != nil {
			c.mu.Lock()
			c.closed = err
			c.mu.Unlock()
			return
		}
		f := appFrame{raw: string(data)}
		_ = json.Unmarshal(data, &f)
		c.mu.Lock()
		c.frames = append(c.frames, f)
		quiet := c.quiet
		c.mu.Unlock()
		if !quiet && f.ID != "" {
			c.ack(f.ID, "")
		}
	}
}

// ack acknowledges, with a payload unless that is empty.
func (c *appConn) ack(id, payload string) {
	frame := fmt.Sprintf(`{"envelope_id":%q}`, id)
	if payload != "" {
		frame = fmt.Sprintf(`{"envelope_id":%q,"payload":%s}`, id, payload)
	}
	_ = c.ws.Write(context.Background(), websocket.MessageText, []byte(frame))
}

// got are the frames so far, of one type unless that is empty.
func (c *appConn) got(of string) []appFrame {
	c.mu.Lock()
	defer c.mu.Unlock()
	var all []appFrame
	for _, f := range c.frames {
		if of == "" || f.Type == of {
			all = append(all, f)
		}
	}
	return all
}

// ended is why reading ended, or nil.
func (c *appConn) ended() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closed
}

// event is the payload of the nth event of a workspace.
func event(team string, n int) json.RawMessage {
	return fmt.Appendf(nil, `{"type":"event_callback","team_id":%q,"event_id":"Ev%d","event":{"type":"app_mention","text":"%d"}}`, team, n, n)
}

// answer is what a Deliver came to.
type answer struct {
	mu    sync.Mutex
	calls int
	json  string
	err   error
}

func (a *answer) take(answer json.RawMessage, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.calls++
	a.json, a.err = string(answer), err
}

// want checks what was answered; fault is the text of the error, or empty.
func (a *answer) want(t *testing.T, answer, fault string) {
	t.Helper()
	a.mu.Lock()
	defer a.mu.Unlock()
	got := ""
	if a.err != nil {
		got = a.err.Error()
	}
	if a.calls != 1 || a.json != answer || got != fault {
		t.Errorf("answered %d times, with %q and the error %q; want once, %q and %q", a.calls, a.json, got, answer, fault)
	}
}

// wantFaults checks that each of the faults has its words, and that there are no others.
func wantFaults(t *testing.T, s *Server, words ...string) {
	t.Helper()
	got := s.DeliveryFaults()
	if len(got) != len(words) {
		t.Errorf("the faults are %q, want %d", got, len(words))
		return
	}
	for i, w := range words {
		if !strings.Contains(got[i], w) {
			t.Errorf("fault %d is %q, want something with %q", i, got[i], w)
		}
	}
}

// eventually waits until something holds, at most for 10 seconds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not within 10 s", what)
		}
	}
}
