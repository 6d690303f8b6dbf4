package web

import (
	"bufio"
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

// rig is a platform that is served, and what it delivered.
type rig struct {
	t    *testing.T
	w    *Web
	base string
	stop func()

	mu  sync.Mutex
	in  []bot.Inbound
	err error // of the next deliveries
}

type helper struct{}

func (helper) Complete(line string, n int) []string {
	return []string{line + "ker", line + "\u202e<b>"}[:min(2, n)]
}

func (helper) Commands() []bot.CommandInfo {
	return []bot.CommandInfo{{Name: "whowon", Shown: true}, {Name: "privacy"}}
}

func newRig(t *testing.T, c Config) *rig {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w, err := New(Options{Config: c, Listener: l, Bot: helper{}, Pages: http.NotFoundHandler()})
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{t: t, w: w, base: w.URL()}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- w.Run(ctx, r.deliver) }()
	r.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(r.stop)
	for _, deliver := w.running(); deliver == nil; _, deliver = w.running() {
		time.Sleep(time.Millisecond)
	}
	return r
}

func (r *rig) deliver(in bot.Inbound) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err == nil {
		r.in = append(r.in, in)
	}
	return r.err
}

// last is what was delivered last.
func (r *rig) last() bot.Inbound {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.in) == 0 {
		r.t.Fatal("nothing was delivered")
	}
	return r.in[len(r.in)-1]
}

// visitor is a browser, with one name.
type visitor struct {
	r     *rig
	token string
	name  string
}

func (r *rig) visitor(name string) *visitor {
	r.t.Helper()
	v := &visitor{r: r, name: name}
	if res, body := v.post("/chat/enter", nil); res.StatusCode != http.StatusOK {
		r.t.Fatalf("%s is not let in: %d %s", name, res.StatusCode, body)
	}
	return v
}

// response is what came back, without its body, which was read.
type response struct {
	StatusCode int
	Header     http.Header
	cookies    []*http.Cookie
}

// request is one of a page of ours, as a browser makes it.
func (v *visitor) request(method, path, body string, header ...string) (response, string) {
	v.r.t.Helper()
	req, err := http.NewRequestWithContext(v.r.t.Context(), method, v.r.base+path, strings.NewReader(body))
	if err != nil {
		v.r.t.Fatal(err)
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("Origin", v.r.base)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if v.token != "" {
		req.AddCookie(&http.Cookie{Name: cookieName, Value: v.token})
	}
	for i := 0; i < len(header); i += 2 {
		if header[i] == "Host" {
			req.Host = header[i+1]
		} else if req.Header.Set(header[i], header[i+1]); header[i+1] == "" {
			req.Header.Del(header[i])
		}
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		v.r.t.Fatal(err)
	}
	defer res.Body.Close()
	for _, c := range res.Cookies() {
		v.token = c.Value
	}
	var text strings.Builder
	s := bufio.NewScanner(res.Body)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		text.WriteString(s.Text() + "\n")
	}
	return response{res.StatusCode, res.Header, res.Cookies()}, text.String()
}

func (v *visitor) post(path string, fields map[string]string, header ...string) (response, string) {
	v.r.t.Helper()
	q := url.Values{"room": {lobby}, "name": {v.name}}
	for k, s := range fields {
		q.Set(k, s)
	}
	return v.request("POST", path, q.Encode(), header...)
}

// want posts, and reports another status.
func (v *visitor) want(status int, path string, fields map[string]string, header ...string) string {
	v.r.t.Helper()
	res, body := v.post(path, fields, header...)
	if res.StatusCode != status {
		v.r.t.Errorf("%s %.60q %q: %d %.200s, want %d", path, fields, header, res.StatusCode, body, status)
	}
	return body
}

// stream reads events until stop is called.
func (v *visitor) stream(query string, header ...string) (events <-chan string, stop func()) {
	v.r.t.Helper()
	ctx, cancel := context.WithCancel(v.r.t.Context())
	to := v.r.base + "/chat/stream?room=lobby&name=" + url.QueryEscape(v.name) + query
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, to, http.NoBody)
	if err != nil {
		v.r.t.Fatal(err)
	}
	if v.token != "" {
		req.AddCookie(&http.Cookie{Name: cookieName, Value: v.token})
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := http.DefaultClient.Do(req) //nolint:bodyclose // it is closed at the end of the stream, below
	if err != nil {
		v.r.t.Fatal(err)
	}
	c := make(chan string, 1000)
	go func() {
		defer close(c)
		defer res.Body.Close()
		s := bufio.NewScanner(res.Body)
		s.Buffer(nil, 1<<20)
		event := ""
		for s.Scan() {
			if s.Text() != "" {
				event += s.Text() + "\n"
				continue
			}
			c <- event
			event = ""
		}
	}()
	v.r.t.Cleanup(cancel)
	return c, cancel
}

// next is the next event that holds a text; others are dropped, but for those that must not come.
func next(t *testing.T, events <-chan string, text string, never ...string) string {
	t.Helper()
	timeout := time.After(5 * time.Second)
	for {
		select {
		case e, ok := <-events:
			for _, n := range never {
				if strings.Contains(e, n) {
					t.Fatalf("came: %s", e)
				}
			}
			if strings.Contains(e, text) {
				return e
			}
			if !ok {
				t.Fatalf("the stream ended without %q", text)
			}
		case <-timeout:
			t.Fatalf("never came: %q", text)
		}
	}
}

var here = bot.Target{Channel: bot.Channel{Platform: Name, ID: lobby}}

func said(text string) bot.View { return bot.View{Lead: bot.L(text)} }

func (r *rig) send(to bot.Target, v bot.View, key string) bot.MessageRef {
	r.t.Helper()
	ref, err := r.w.Send(r.t.Context(), to, v, key)
	if err != nil {
		r.t.Fatal(err)
	}
	return ref
}

// TestSayAndPress: what is typed and pressed is delivered, with who did it, and shown before what comes of it.
func TestSayAndPress(t *testing.T) {
	r := newRig(t, Config{})
	ada := r.visitor("  ada   l ")
	ada.want(200, "/chat/say", map[string]string{"line": "best picture 2025"})
	in := r.last()
	if in.Text != "best picture 2025" || in.From.Name != "ada l" || !in.Direct || !in.Moderator || in.ID == "" {
		t.Errorf("delivered: %+v", in)
	}
	ada.want(200, "/chat/say", map[string]string{"line": "/privacy"})
	if c := r.last().Command; c == nil || c.Name != "privacy" {
		t.Errorf("delivered: %+v", r.last())
	}
	mine := r.send(bot.Target{Channel: here.Channel, Reply: string(in.From.ID)}, bot.View{Private: true, Lead: bot.L("yours"),
		Buttons: []bot.Button{{State: "t/a/1", Label: "A  Anora"}}}, "")
	ada.want(200, "/chat/press", map[string]string{"press": mine.ID + " t/a/1"})
	if p := r.last().Press; p == nil || p.State != "t/a/1" || p.Message != mine {
		t.Errorf("pressed: %+v", p)
	}
	bob := r.visitor("bob") // who does not see it, and made it up
	bob.want(200, "/chat/press", map[string]string{"press": mine.ID + " t/a/1"})
	if p := r.last().Press; p.Message.ID != "" || r.last().From.ID == in.From.ID {
		t.Errorf("a press by somebody who does not see the button: %+v", p)
	}
	for range 2 { // the answer to the first was lost
		ada.want(200, "/chat/say", map[string]string{"line": "again", "nonce": "n1"})
	}
	if id := r.last().ID; id != string(in.From.ID)+"/n1" {
		t.Errorf("the ID of what was sent twice is %q", id)
	}
	_, page := bob.request("GET", "/", "")
	if !strings.Contains(page, "best picture 2025") || strings.Contains(page, "/privacy") || strings.Contains(page, "yours") {
		t.Errorf("bob sees what is not his, or not what is: %s", page)
	}
	_, page = ada.request("GET", "/?as=ada+l", "")
	if !strings.Contains(page, "/privacy") || !strings.Contains(page, "yours") {
		t.Error("ada does not see what is hers")
	}
	r.err = bot.ErrBusy
	if body := ada.want(503, "/chat/say", map[string]string{"line": "lost"}); !strings.Contains(body, "Try again") {
		t.Errorf("refused by: %s", body)
	}
	if _, page := bob.request("GET", "/", ""); strings.Contains(page, "lost") {
		t.Error("what was not taken is shown")
	}
}

// TestStreams: who reads sees what is sent and edited as it happens, and after a lost connection what was missed; what is
// private reaches one reader alone.
func TestStreams(t *testing.T) {
	r := newRig(t, Config{})
	ada, bob := r.visitor("ada"), r.visitor("bob")
	ada.want(200, "/chat/say", map[string]string{"line": "x"})
	id := r.last().From.ID
	toAda, leave := ada.stream("&after=0")
	toBob, _ := bob.stream("&after=0")
	next(t, toAda, `"ada","bob"`)
	first := r.send(here, said("first"), "k1")
	if again := r.send(here, said("first again"), "k1"); again != first {
		t.Errorf("a key that was sent: %v, then %v", first, again)
	}
	r.send(bot.Target{Channel: here.Channel, Reply: string(id)}, bot.View{Private: true, Lead: bot.L("secret")}, "")
	next(t, toAda, "first", "first again")
	e := next(t, toAda, "secret", "first again")
	_, seen, _ := strings.Cut(e, "id: ")
	seen, _, _ = strings.Cut(seen, "\n")
	leave()
	if err := r.w.Edit(t.Context(), first, bot.View{Lead: bot.L("turned"), Footer: []bot.Line{bot.L("why")}}); err != nil {
		t.Fatal(err)
	}
	r.send(here, said("second"), "")
	next(t, toBob, "turned. why", "secret")
	next(t, toBob, "second", "secret")
	toAda, _ = ada.stream("&after=0", "Last-Event-ID", seen)
	next(t, toAda, "turned")
	next(t, toAda, "second")
	stranger := &visitor{r: r, name: "ada"} // without ada's cookie
	toStranger, _ := stranger.stream("&after=0&mine=1")
	next(t, toStranger, "second", "secret")
	other := r.visitor("eve")
	other.name = "Ada"
	refused, _ := other.stream("")
	next(t, refused, "has that name already", "secret")
	gone := bot.MessageRef{Channel: here.Channel, ID: "0123-7"}
	if err := r.w.Edit(t.Context(), gone, said("x")); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("an edit of what is gone: %v", err)
	}
	began := time.Now()
	r.stop()
	if took := time.Since(began); took > 1500*time.Millisecond {
		t.Errorf("it took %v to end with streams open", took)
	}
	for range toBob { // ends
	}
}

// TestRestart: after the bot was started again the same browser is the same player, and a page that stayed open is told all
// that is new.
func TestRestart(t *testing.T) {
	one := newRig(t, Config{})
	ada := one.visitor("ada")
	ada.want(200, "/chat/say", map[string]string{"line": "x"})
	was := one.last().From.ID
	one.stop()
	two := newRig(t, Config{})
	ada.r = two
	two.send(here, said("after"), "")
	events, _ := ada.stream("&after=" + one.w.hub.at(99))
	next(t, events, "after")
	ada.want(200, "/chat/say", map[string]string{"line": "y"})
	if is := two.last().From.ID; is != was {
		t.Errorf("the player was %s and is %s", was, is)
	}
}

// TestHandlerWithoutRun: nothing is taken before the bot is there.
func TestHandlerWithoutRun(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	w, err := New(Options{Listener: l, Bot: helper{}})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(w.Handler())
	defer s.Close()
	r := &rig{t: t, w: w, base: s.URL}
	r.visitor("ada").want(503, "/chat/say", map[string]string{"line": "x"})
}
