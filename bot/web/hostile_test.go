package web

import (
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>`

// TestHostileText: what people and packs write stays text, wherever it is shown.
func TestHostileText(t *testing.T) {
	r := newRig(t, Config{})
	eve := r.visitor(`"><b onx=y>&'`)
	eve.want(200, "/chat/say", map[string]string{"line": evil + "\u202e\x1b[31m"})
	v := bot.View{Title: bot.L(evil), Lead: bot.L(bot.B(evil),
		bot.Span{Kind: bot.SpanLink, Text: "x", URL: "javascript:alert(1)"},
		bot.Span{Kind: bot.SpanPage, Text: "x", URL: "//evil.example"}, bot.Ask(evil), bot.Mention(bot.User{Name: evil})),
		Footer: []bot.Line{bot.L(evil)}, Buttons: []bot.Button{{State: evil, Label: evil}, {State: "x", Label: "A  " + evil}},
		Next: []bot.Suggestion{{Label: evil, Value: evil}}}
	v.Blocks = []bot.Block{&bot.Text{Lines: []bot.Line{bot.L(evil)}},
		&bot.List{Title: bot.L(evil), Items: []bot.Item{{Mark: bot.MarkWon, Line: bot.L(evil)}}, More: bot.L(evil)},
		&bot.Table{Head: []string{evil}, Rows: [][]bot.Line{{bot.L(evil)}}, More: bot.L(evil)}}
	r.send(here, v, "")
	for _, path := range []string{"/", "/?as=%22%3E%3Cb+onx%3Dy%3E%26%27", "/?as=" + "%3Cscript%3E"} {
		res, body := eve.request("GET", path, "")
		for _, bad := range []string{"<script>a", "<img src=x", "<b onx", "javascript:", `"//evil`, "\u202e", "\x1b"} {
			if strings.Contains(body, bad) {
				t.Errorf("%s holds %q", path, bad)
			}
		}
		if !strings.Contains(body, "&lt;script&gt;alert(1)") || res.StatusCode != http.StatusOK {
			t.Errorf("%s: %d, without the text", path, res.StatusCode)
		}
		if csp := res.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "script-src 'self'") {
			t.Errorf("policy: %s", csp)
		}
	}
	events, _ := eve.stream("&after=0")
	next(t, events, `alert(1)`, "<script>a", "<b onx")
}

// TestOtherOrigins: a request that does not come from our own pages does nothing, and one for another name reads nothing.
func TestOtherOrigins(t *testing.T) {
	r := newRig(t, Config{})
	ada := r.visitor("ada")
	line := map[string]string{"line": "x"}
	for _, h := range [][]string{
		{"Origin", "https://evil.example"}, {"Origin", "null"}, {"Origin", ""}, {"Sec-Fetch-Site", "cross-site"},
		{"Sec-Fetch-Site", "same-site"}, {"Origin", "http://127.0.0.1:1"},
	} {
		ada.want(403, "/chat/say", line, h...)
	}
	ada.want(200, "/chat/say", line, "Origin", "", "Sec-Fetch-Site", "same-origin")
	if len(r.in) != 1 {
		t.Errorf("%d were delivered", len(r.in))
	}
	_, port, err := net.SplitHostPort(strings.TrimPrefix(r.base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	for host, status := range map[string]int{
		"evil.example": 421, "evil.example:" + port: 421, "127.0.0.1.evil.example": 421, "": 421, "10.0.0.1:" + port: 421,
		"localhost:" + port: 200, "[::1]:" + port: 200, "127.0.0.1:" + port: 200,
	} {
		if host == "" {
			continue // a client fills it in
		}
		if res, _ := ada.request("GET", "/", "", "Host", host); res.StatusCode != status {
			t.Errorf("for the name %q: %d, want %d", host, res.StatusCode, status)
		}
	}
	if res, _ := ada.request("GET", "/chat/stream?room=lobby", "", "Sec-Fetch-Site", "cross-site"); res.StatusCode != http.StatusForbidden {
		t.Errorf("a stream for another page: %d", res.StatusCode)
	}
}

// TestModerators: who is at this machine moderates; whoever was sent on by something else does not.
func TestModerators(t *testing.T) {
	r := newRig(t, Config{})
	ada := r.visitor("ada")
	for _, h := range [][]string{nil, {"X-Forwarded-For", "203.0.113.1"}, {"Via", "1.1 proxy"}} {
		ada.want(200, "/chat/say", map[string]string{"line": "x"}, h...)
		if got, want := r.last().Moderator, h == nil; got != want {
			t.Errorf("with %q: moderator %v", h, got)
		}
	}
	public := newRig(t, Config{URL: "https://whowon.example.org", Chat: "on"})
	eve := &visitor{r: public, name: "eve"}
	out := []string{"Origin", "https://whowon.example.org", "Host", "whowon.example.org"}
	if res, body := eve.post("/chat/enter", nil, out...); res.StatusCode != http.StatusOK || !res.cookies[0].Secure ||
		!res.cookies[0].HttpOnly || res.cookies[0].SameSite != http.SameSiteStrictMode {
		t.Fatalf("not let in from the public address, or with a weak cookie: %d %s %v", res.StatusCode, body, res.cookies)
	}
	eve.want(200, "/chat/say", map[string]string{"line": "x"}, out...)
	if public.last().Moderator {
		t.Error("a stranger is a moderator")
	}
}

// TestLimits: what is too much is refused, in words.
func TestLimits(t *testing.T) {
	r := newRig(t, Config{})
	ada := r.visitor("ada")
	for _, tt := range []struct {
		status int
		path   string
		fields map[string]string
	}{
		{413, "/chat/say", map[string]string{"line": strings.Repeat("x", maxText+1)}},
		{413, "/chat/say", map[string]string{"line": strings.Repeat("x", maxBody+1)}},
		{413, "/chat/press", map[string]string{"asks": "m t/x", "text": strings.Repeat("x", maxText+1)}},
		{400, "/chat/press", map[string]string{"press": "m " + strings.Repeat("x", maxState+1)}},
		{400, "/chat/press", map[string]string{"press": "nothing"}},
		{400, "/chat/enter", map[string]string{"name": strings.Repeat("x", maxName+1)}},
		{400, "/chat/enter", map[string]string{"name": "\u200b \u202e"}},
		{400, "/chat/enter", map[string]string{"name": "WhoWon"}},
		{404, "/chat/enter", map[string]string{"room": "../x"}},
		{404, "/chat/say", map[string]string{"room": strings.Repeat("x", maxRoom+1), "line": "x"}},
	} {
		if body := ada.want(tt.status, tt.path, tt.fields); !strings.Contains(body, `"error":"`) {
			t.Errorf("%s: %s", tt.path, body)
		}
	}
	if len(r.in) != 0 {
		t.Errorf("%d were delivered", len(r.in))
	}
	bob := &visitor{r: r, name: "ADA"}
	if body := bob.want(409, "/chat/enter", nil); !strings.Contains(body, "Choose another") {
		t.Errorf("a name that is taken: %s", body)
	}
	bob.want(401, "/chat/say", map[string]string{"line": "x"})
	fast := r.visitor("fast")
	for i := 0; ; i++ {
		res, _ := fast.post("/chat/say", map[string]string{"line": "x"})
		if res.StatusCode == http.StatusTooManyRequests {
			break
		}
		if i > 2*sayBurst {
			t.Fatal("nobody is too fast")
		}
	}
	tabs := r.visitor("tabs")
	for range maxOwn {
		events, _ := tabs.stream("")
		next(t, events, "hello")
	}
	events, _ := tabs.stream("")
	next(t, events, "too many tabs")
	if res, body := ada.request("GET", "/chat/complete?line=%3Cba", ""); res.StatusCode != http.StatusOK ||
		body != `["\u003cbaker","\u003cba\u003cb\u003e"]`+"\n" {
		t.Errorf("completed: %d %s", res.StatusCode, body)
	}
	if res, _ := bob.request("GET", "/chat/complete?line=ba", ""); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("completed for nobody: %d", res.StatusCode)
	}
}

// TestFull: rooms, names, messages and browsers are limited, and what is old makes way.
func TestFull(t *testing.T) {
	r := newRig(t, Config{})
	h := r.w.hub
	for i := range maxMessages + 50 {
		r.send(here, said("m"+strconv.Itoa(i)), "")
	}
	if n := len(h.rooms[lobby].messages); n != maxMessages {
		t.Errorf("%d messages are kept", n)
	}
	for i := range maxRooms {
		r.send(bot.Target{Channel: bot.Channel{Platform: Name, ID: "r" + strconv.Itoa(i)}}, said("x"), "k"+strconv.Itoa(i))
	}
	if len(h.rooms) > maxRooms {
		t.Errorf("%d rooms", len(h.rooms))
	}
	ada := &visitor{r: r, name: "ada"}
	ada.want(503, "/chat/enter", map[string]string{"room": "one-more"})
	for _, old := range h.rooms {
		old.used = time.Now().Add(-roomKept - time.Hour)
	}
	ada.want(200, "/chat/enter", map[string]string{"room": "one-more"})
	room := h.rooms["one-more"]
	for i := range maxPlayers {
		room.claims[strconv.Itoa(i)] = &claim{seen: time.Now()}
	}
	bob := &visitor{r: r, name: "bob"}
	bob.want(503, "/chat/enter", map[string]string{"room": "one-more"})
	for _, c := range room.claims {
		c.seen = time.Now().Add(-nameKept - time.Minute)
	}
	bob.want(200, "/chat/enter", map[string]string{"room": "one-more"})
	for i := range maxSessions {
		h.sessions[strconv.Itoa(i)] = &session{seen: time.Now()}
	}
	cyd := &visitor{r: r, name: "cyd"}
	cyd.want(503, "/chat/enter", nil)
}

// TestWithoutScript: a form goes back to the page, which knows who sent it, and asks for the text that a button wants.
func TestWithoutScript(t *testing.T) {
	r := newRig(t, Config{})
	ada := r.visitor("ada")
	ref := r.send(here, bot.View{Lead: bot.L("Which film?"),
		Buttons: []bot.Button{{State: "t/say", Label: "Answer", Asks: true}}}, "")
	html := []string{"Accept", "text/html"}
	res, _ := ada.post("/chat/press", map[string]string{"asks": ref.ID + " t/say"}, html...)
	to := res.Header.Get("Location")
	if res.StatusCode != http.StatusSeeOther || !strings.HasPrefix(to, "/?") {
		t.Fatalf("pressed: %d to %s", res.StatusCode, to)
	}
	to, _, _ = strings.Cut(to, "#")
	if _, page := ada.request("GET", to, ""); !strings.Contains(page, "Answer: Which film?") ||
		!strings.Contains(page, `name="text"`) {
		t.Errorf("the text is not asked for: %s", page)
	}
	ada.post("/chat/press", map[string]string{"asks": ref.ID + " t/say", "text": "anora"}, html...)
	if p := r.last().Press; p == nil || p.Text != "anora" || p.State != "t/say" {
		t.Errorf("answered: %+v", p)
	}
	ada.post("/chat/press", map[string]string{"line": "/whowon oscars"}, html...)
	if c := r.last().Command; c == nil || c.Args != "oscars" {
		t.Errorf("asked: %+v", r.last())
	}
	nobody := &visitor{r: r, name: ""}
	if res, page := nobody.post("/chat/say", map[string]string{"line": "x"}, html...); res.StatusCode != http.StatusUnauthorized ||
		!strings.Contains(page, "what others should call you") {
		t.Errorf("without a name: %d %s", res.StatusCode, page)
	}
}

// TestConfig: what cannot be meant is told, and a chat for strangers is switched on by who runs it alone.
func TestConfig(t *testing.T) {
	for _, tt := range []struct {
		c    Config
		good bool
	}{
		{Config{}, true}, {Config{Listen: "off"}, true}, {Config{Listen: ":8080", URL: "https://a.example/", Chat: "on"}, true},
		{Config{Listen: "8080"}, false}, {Config{Listen: "x:99999"}, false}, {Config{URL: "http://a.example"}, false},
		{Config{URL: "https://a.example/path"}, false}, {Config{Chat: "yes"}, false},
		{Config{URL: "https://u:p@a.example"}, false},
	} {
		if err := tt.c.Check(); (err == nil) != tt.good {
			t.Errorf("%+v: %v", tt.c, err)
		}
	}
	for _, tt := range []struct {
		c       Config
		address string
		want    bool
	}{
		{Config{}, "127.0.0.1:8080", true}, {Config{}, "[::1]:8080", true}, {Config{}, "0.0.0.0:8080", false},
		{Config{}, "10.0.0.1:80", false},
		{Config{URL: "https://a.example"}, "127.0.0.1:8080", false}, {Config{Chat: "on"}, "0.0.0.0:80", true},
		{Config{Chat: "off"}, "127.0.0.1:8080", false},
	} {
		if got := tt.c.chats(tt.address); got != tt.want {
			t.Errorf("%+v at %s: chat %v", tt.c, tt.address, got)
		}
	}
}
