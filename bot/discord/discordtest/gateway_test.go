package discordtest

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
)

// client is a bare websocket that knows nothing of the protocol.
type client struct {
	t  *testing.T
	ws *websocket.Conn
}

type frame struct {
	T  string          `json:"t"`
	S  int64           `json:"s"`
	Op int             `json:"op"`
	D  json.RawMessage `json:"d"`
}

// piped runs a test of the gateway in fake time; dial makes a connection that has had its HELLO.
func piped(t *testing.T, o GatewayOptions, f func(t *testing.T, s *Server, dial func() *client)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s, h := StartPiped(t, Options{Gateway: o})
		f(t, s, func() *client {
			o := &websocket.DialOptions{HTTPClient: h}
			ws, _, err := websocket.Dial(t.Context(), s.GatewayURL()+"/?v=10&encoding=json", o) //nolint:bodyclose // never needed
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { ws.CloseNow() })
			c := &client{t: t, ws: ws}
			if hello := c.read(); hello.Op != 10 || !strings.Contains(string(hello.D), `"heartbeat_interval":41250`) {
				t.Fatalf("the first frame is op %d %s, want HELLO", hello.Op, hello.D)
			}
			return c
		})
	})
}

func (c *client) send(payload string) {
	c.t.Helper()
	if err := c.ws.Write(context.Background(), websocket.MessageText, []byte(payload)); err != nil {
		c.t.Fatal(err)
	}
}

func (c *client) read() (f frame) {
	c.t.Helper()
	_, data, err := c.ws.Read(context.Background())
	if err != nil {
		c.t.Fatal(err)
	}
	if err := json.Unmarshal(data, &f); err != nil {
		c.t.Fatalf("%s: %v", data, err)
	}
	return f
}

// closed reads until the server closes, and returns the code.
func (c *client) closed() int {
	for {
		if _, _, err := c.ws.Read(context.Background()); err != nil {
			return int(websocket.CloseStatus(err))
		}
	}
}

func identify(shard, shards, intents int) string {
	return fmt.Sprintf(`{"op":2,"d":{"token":"Bot test-token","intents":%d,"shard":[%d,%d],"properties":{"os":"x"}}}`,
		intents, shard, shards)
}

// ready identifies and returns the session's ID.
func (c *client) ready(shard, shards, intents int) string {
	c.t.Helper()
	c.send(identify(shard, shards, intents))
	f := c.read()
	var d struct {
		ID  string `json:"session_id"`
		URL string `json:"resume_gateway_url"`
	}
	err := json.Unmarshal(f.D, &d)
	if err != nil || f.T != "READY" || f.S != 1 || d.ID == "" || !strings.HasPrefix(d.URL, "ws://") {
		c.t.Fatalf("got op %d %s %s, want READY", f.Op, f.T, f.D)
	}
	return d.ID
}

func resume(session string, seq int) string {
	return fmt.Sprintf(`{"op":6,"d":{"token":"test-token","session_id":%q,"seq":%d}}`, session, seq)
}

// TestGatewayRefuses: each mistake of a client has its close code.
func TestGatewayRefuses(t *testing.T) {
	for _, tt := range []struct {
		name, payload string
		login         bool
		code          int
	}{
		{"not JSON", `{`, false, 4002},
		{"no opcode", `{"d":1}`, false, 4002},
		{"too big", `{"op":1,"d":"` + strings.Repeat("x", 4096) + `"}`, false, 4002},
		{"unknown opcode", `{"op":77}`, true, 4001},
		{"presence before IDENTIFY", `{"op":3,"d":{}}`, false, 4003},
		{"wrong token", strings.Replace(identify(0, 1, 1), "test-token", "guess", 1), false, 4004},
		{"wrong token to resume", strings.Replace(resume("x", 1), "test-token", "guess", 1), false, 4004},
		{"second IDENTIFY", identify(0, 1, 1), true, 4005},
		{"sequence of the future", resume("SESSION", 99), false, 4007},
		{"no such shard", identify(2, 2, 1), false, 4010},
		{"no such intent", identify(0, 1, 1<<30), false, 4013},
		{"disallowed intent", identify(0, 1, 1<<15), false, 4014},
		{"IDENTIFY without properties", `{"op":2,"d":{"token":"test-token","intents":1}}`, false, 4002},
		{"RESUME without sequence", `{"op":6,"d":{"token":"test-token"}}`, false, 4002},
	} {
		piped(t, GatewayOptions{Disallowed: 1 << 15}, func(t *testing.T, s *Server, dial func() *client) {
			session := ""
			if strings.Contains(tt.payload, "SESSION") {
				first := dial()
				session = first.ready(0, 1, 1)
				first.ws.CloseNow()
			}
			c := dial()
			if tt.login {
				c.ready(0, 1, 1)
			}
			c.send(strings.Replace(tt.payload, "SESSION", session, 1))
			if code := c.closed(); code != tt.code {
				t.Errorf("%s: closed with %d, want %d", tt.name, code, tt.code)
			}
			synctest.Wait()
			if codes := s.CloseCodes(); len(codes) != 0 {
				t.Errorf("%s: the echo of the client was taken for a close of its own: %v", tt.name, codes)
			}
		})
	}
}

// TestGatewayVersion: only the versions that Discord serves, and only JSON.
func TestGatewayVersion(t *testing.T) {
	s := Start(t, Options{})
	for query, want := range map[string]int{"?v=6&encoding=json": 4012, "": 4012, "?v=10&encoding=etf": 4002} {
		ws, _, err := websocket.Dial(t.Context(), s.GatewayURL()+query, nil) //nolint:bodyclose // never needed
		if err != nil {
			t.Fatal(err)
		}
		if code := (&client{t: t, ws: ws}).closed(); code != want {
			t.Errorf("%q: closed with %d, want %d", query, code, want)
		}
		ws.CloseNow()
	}
}

// TestGatewayLimits: 120 payloads in a minute, one IDENTIFY in 5 s for a rate limit key, and so many in a day.
func TestGatewayLimits(t *testing.T) {
	piped(t, GatewayOptions{}, func(t *testing.T, s *Server, dial func() *client) {
		c := dial()
		for range 2 {
			for range 120 {
				c.send(`{"op":1,"d":null}`)
				if f := c.read(); f.Op != 11 {
					t.Fatalf("a heartbeat was answered with op %d", f.Op)
				}
			}
			time.Sleep(time.Minute)
		}
		for range 121 {
			c.send(`{"op":1,"d":null}`)
		}
		if code := c.closed(); code != 4008 {
			t.Errorf("closed with %d after 121 payloads, want 4008", code)
		}
	})
	piped(t, GatewayOptions{MaxConcurrency: 2, Starts: 5}, func(t *testing.T, s *Server, dial func() *client) {
		dial().ready(0, 4, 1)
		dial().ready(1, 4, 1)
		c := dial()
		c.send(identify(2, 4, 1))
		if f := c.read(); f.Op != 9 || string(f.D) != "false" {
			t.Errorf("a second IDENTIFY of key 0 was answered with op %d %s, want op 9 false", f.Op, f.D)
		}
		time.Sleep(5 * time.Second)
		c.ready(2, 4, 1)
		time.Sleep(5 * time.Second)
		dial().ready(3, 4, 1)
		if l := s.StartLimit(); l.Remaining != 0 || l.Total != 5 || l.ResetAfter != (24*time.Hour-10*time.Second).Milliseconds() {
			t.Errorf("the limit is %+v", l)
		}
		time.Sleep(5 * time.Second)
		c = dial()
		c.send(identify(0, 4, 1))
		if code := c.closed(); code != 4004 {
			t.Errorf("closed with %d after the day was used up, want 4004", code)
		}
	})
}

// TestGatewaySessions: a session outlives its connection, unless the client ends it or takes too long.
func TestGatewaySessions(t *testing.T) {
	for _, tt := range []struct {
		name  string
		end   func(*websocket.Conn)
		pause time.Duration
		lives bool
	}{
		{"TCP", func(ws *websocket.Conn) { ws.CloseNow() }, time.Minute, true},
		{"4900", func(ws *websocket.Conn) { ws.Close(4900, "") }, time.Minute, true},
		{"1000", func(ws *websocket.Conn) { ws.Close(1000, "") }, 0, false},
		{"1001", func(ws *websocket.Conn) { ws.Close(1001, "") }, 0, false},
		{"too late", func(ws *websocket.Conn) { ws.CloseNow() }, 10 * time.Minute, false},
	} {
		piped(t, GatewayOptions{}, func(t *testing.T, s *Server, dial func() *client) {
			c := dial()
			session := c.ready(0, 1, 1)
			s.Dispatch("A", 1)
			c.read()
			tt.end(c.ws)
			synctest.Wait()
			s.Dispatch("B", 2)
			time.Sleep(tt.pause)
			c = dial()
			c.send(resume(session, 1))
			if !tt.lives {
				if f := c.read(); f.Op != 9 || string(f.D) != "false" {
					t.Errorf("%s: got op %d %s, want op 9 false", tt.name, f.Op, f.D)
				}
				return
			}
			for seq, want := range []string{2: "A", 3: "B", 4: "RESUMED"} {
				if want == "" {
					continue
				}
				if f := c.read(); f.T != want || f.S != int64(seq) {
					t.Errorf("%s: got %s %d, want %s %d", tt.name, f.T, f.S, want, seq)
				}
			}
		})
	}
}

// TestGatewayReplay: what is no longer kept cannot be resumed.
func TestGatewayReplay(t *testing.T) {
	for missed, op := range map[int]int{10: 0, 11: 9, 100: 9} {
		piped(t, GatewayOptions{Replay: 10}, func(t *testing.T, s *Server, dial func() *client) {
			c := dial()
			session := c.ready(0, 1, 1)
			c.ws.CloseNow()
			synctest.Wait()
			for i := range missed {
				s.Dispatch("A", i)
			}
			c = dial()
			c.send(resume(session, 1))
			f := c.read()
			if f.Op != op || op == 0 && f.S != 2 {
				t.Errorf("after %d missed events the answer is op %d %s %d, want op %d", missed, f.Op, f.T, f.S, op)
			}
		})
	}
}

// TestGatewayGuilds: a shard has its own guilds, and shard 0 the direct messages.
func TestGatewayGuilds(t *testing.T) {
	piped(t, GatewayOptions{MaxConcurrency: 2}, func(t *testing.T, s *Server, dial func() *client) {
		even, odd := fmt.Sprint(int64(2)<<22|5), fmt.Sprint(int64(3)<<22|6)
		s.gateway.guilds = func(shard, _ int) []json.RawMessage {
			return []json.RawMessage{json.RawMessage(fmt.Sprintf(`{"id":%q,"name":"x"}`, []string{even, odd}[shard]))}
		}
		c0, c1 := dial(), dial()
		c0.ready(0, 2, 1<<12)
		c1.ready(1, 2, 1<<12)
		s.DispatchGuild(odd, "INTERACTION_CREATE", "odd")
		s.DispatchGuild(even, "INTERACTION_CREATE", "even")
		s.DispatchGuild("", "MESSAGE_CREATE", map[string]string{"content": "hello"})
		for _, tt := range []struct {
			c    *client
			want []string
		}{
			{c0, []string{`{"id":"` + even + `","name":"x"}`, `"even"`, `{"content":"hello"}`}},
			{c1, []string{`{"id":"` + odd + `","name":"x"}`, `"odd"`}},
		} {
			for _, want := range tt.want {
				if f := tt.c.read(); string(f.D) != want {
					t.Errorf("got %s %s, want %s", f.T, f.D, want)
				}
			}
		}
	})
}

// TestGatewayIntents: events and the content of messages come with their intents only.
func TestGatewayIntents(t *testing.T) {
	guild := `{"guild_id":"1","author":{"id":"2"},"mentions":[],"content":"psst","embeds":[{}]}`
	blank := `{"author":{"id":"2"},"content":"","embeds":[],"guild_id":"1","mentions":[]}`
	mention := `{"guild_id":"1","mentions":[{"id":"1100000000000000001"}],"content":"psst"}`
	own := `{"guild_id":"1","author":{"id":"1100000000000000001"},"content":"psst"}`
	for _, tt := range []struct {
		event, data string
		intents     int
		want        string // "" is nothing
	}{
		{"MESSAGE_CREATE", guild, 1<<9 | 1<<12 | 1<<15, guild},
		{"MESSAGE_CREATE", guild, 1<<9 | 1<<15, guild},
		{"MESSAGE_CREATE", guild, 1 << 9, blank},
		{"MESSAGE_CREATE", mention, 1 << 9, mention},
		{"MESSAGE_UPDATE", own, 1 << 9, own},
		{"MESSAGE_CREATE", guild, 1<<12 | 1<<15, ""},
		{"MESSAGE_CREATE", `{"content":"direct"}`, 1 << 12, `{"content":"direct"}`},
		{"MESSAGE_CREATE", `{"content":"direct"}`, 1 << 9, ""},
		{"MESSAGE_REACTION_ADD", `{"guild_id":"1"}`, 1 << 10, `{"guild_id":"1"}`},
		{"MESSAGE_REACTION_ADD", `{"guild_id":"1"}`, 1 << 9, ""},
		{"GUILD_MEMBER_ADD", `{"guild_id":"1"}`, 1, ""},
		{"GUILD_DELETE", `{"id":"1"}`, 1, `{"id":"1"}`},
		{"CHANNEL_CREATE", `{"guild_id":"1"}`, 1 << 9, ""},
		{"INTERACTION_CREATE", `{"guild_id":"1"}`, 0, `{"guild_id":"1"}`},
	} {
		piped(t, GatewayOptions{}, func(t *testing.T, s *Server, dial func() *client) {
			c := dial()
			c.ready(0, 1, tt.intents)
			s.DispatchGuild("1", tt.event, json.RawMessage(tt.data))
			s.Dispatch("END", nil)
			got := ""
			if f := c.read(); f.T != "END" {
				got = string(f.D)
			}
			if got != tt.want {
				t.Errorf("%s %s with intents %b is seen as %q, want %q", tt.event, tt.data, tt.intents, got, tt.want)
			}
		})
	}
}
