package slack_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/slack"
	"github.com/whowon-bot/whowon/bot/slack/slacktest"
	"github.com/whowon-bot/whowon/bot/slack/slacktest/check"
)

// TestHTTP takes everything that Slack sends as signed requests over a socket.
func TestHTTP(t *testing.T) {
	at := free(t)
	server := slacktest.Start(t, slacktest.Options{Schemas: schemas()})
	l := goLive(t, server, slack.Options{Config: overHTTP(server, at)}, func(_ context.Context, in bot.Inbound) bot.View {
		switch {
		case in.Press != nil:
			return secretly("pressed " + in.Press.State + in.Press.Text)
		case in.Command != nil:
			return bot.View{Lead: bot.L("/" + in.Command.Name + " " + in.Command.Args), Footer: []bot.Line{bot.L("Now")},
				Buttons: []bot.Button{{State: "t/a/1", Label: "A"}, {State: "t/say/1", Label: "Answer", Asks: true}}}
		}
		return say("heard " + in.Text)
	})
	if err := server.VerifyURL(); err != nil {
		t.Errorf("url_verification: %v", err)
	}
	command := l.done(server.Slash(l.where, l.ada, "/whowon", "best & <picture> 2025"))
	if text := l.read(command, 1); !strings.HasPrefix(text, "/whowon best & <picture> 2025") {
		t.Errorf("the command is answered with %q", text)
	}
	m := command.Messages()[0]
	if text := l.read(l.done(server.Press(m, l.ada, "t/a/1")), 1); text != "pressed t/a/1" {
		t.Errorf("the press is answered with %q", text)
	}
	l.done(server.Press(m, l.ada, "i:t/say/1"))
	l.submits("text", "Anora")
	eventually(t, "the form is answered", func() bool {
		all := server.Messages("", general)
		return strings.HasSuffix(check.Text(all[len(all)-1].Text, all[len(all)-1].Blocks), "pressed t/say/1Anora")
	})
	l.suggests()
	said := server.Say(l.where, l.ada, "hello")
	eventually(t, "the message is answered", func() bool {
		all := server.Messages("", general)
		last := all[len(all)-1]
		return last.Thread == said.TS && check.Text(last.Text, last.Blocks) == "heard hello"
	})
	l.sound()
}

// submits fills the modal in that comes up.
func (l *live) submits(field, text string) {
	l.t.Helper()
	var modal slacktest.View
	eventually(l.t, "a modal is open", func() (open bool) {
		modal, open = l.server.Modal(l.ada)
		return open
	})
	l.done(l.server.Submit(modal, l.ada, map[string]string{field: text}))
}

// suggests types into a form: what is proposed is the body of the acknowledgement.
func (l *live) suggests() {
	l.t.Helper()
	l.done(l.server.Slash(l.where, l.ada, "/trivia", "form"))
	var modal slacktest.View
	eventually(l.t, "a form is open", func() (open bool) {
		modal, open = l.server.Modal(l.ada)
		return open
	})
	s := l.done(l.server.Suggest(modal, l.ada, "s:trivia start:category", "osc"))
	if o := s.Options(); len(o) != 3 || o[0].Value != "osc!" || o[2].Value != "osc" || len(s.Answer()) == 0 {
		l.t.Errorf("proposed: %+v", o)
	}
}

// TestHTTPAcknowledgesFirst keeps the bot busy: Slack's requests are answered all the same, within their time.
func TestHTTPAcknowledgesFirst(t *testing.T) {
	at := free(t)
	server := slacktest.Start(t, slacktest.Options{})
	busy := make(chan struct{})
	l := goLive(t, server, slack.Options{Config: overHTTP(server, at)}, func(_ context.Context, in bot.Inbound) bot.View {
		<-busy
		return say("at last: " + in.Text)
	})
	release := sync.OnceFunc(func() { close(busy) })
	t.Cleanup(release)
	l.done(server.Slash(l.where, l.ada, "/whowon", "x"))
	l.done(server.Press(slacktest.Message{TS: "1.000001", Channel: general, Blocks: buttonBlocks("t/a/1")}, l.ada, "t/a/1"))
	server.Say(l.where, l.ada, "hello")
	eventually(t, "everything is acknowledged", func() bool { return server.Unacked() == 0 && len(l.got()) == 3 })
	if n := len(server.Messages("", general)); n != 1 {
		t.Errorf("%d messages are there before the bot has answered", n)
	}
	release()
	eventually(t, "everything is answered", func() bool { return len(server.Messages("", general)) == 4 })
	if server.LateAcks() != 0 {
		t.Errorf("%d acknowledgements are late", server.LateAcks())
	}
	l.sound()
}

// buttonBlocks are a message of one button.
func buttonBlocks(actionID string) []byte {
	return []byte(`[{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"x"},"action_id":"` +
		actionID + `"}]}]`)
}

// TestHTTPRefuses sends what Slack never would, to every path: all of it is refused, nothing is delivered, and nothing is
// asked of Slack.
func TestHTTPRefuses(t *testing.T) {
	at := free(t)
	server := slacktest.Start(t, slacktest.Options{})
	l := goLive(t, server, slack.Options{Config: overHTTP(server, at)}, func(context.Context, bot.Inbound) bot.View {
		return say("an effect")
	})
	before := len(server.Requests())
	sent := 0
	for path, body := range genuine() {
		for name, f := range forgeries(server) {
			sent++
			if status := l.post(at, path, f.body(body()), f.change); status != f.status {
				t.Errorf("%s to %s: %d, want %d", name, path, status, f.status)
			}
		}
	}
	if n := len(l.got()); n != 0 || len(server.Requests()) != before {
		t.Errorf("of %d requests, %d were delivered, and Slack was asked %d times", sent, n, len(server.Requests())-before)
	}
	for path, body := range genuine() {
		same := body()
		stamp := strconv.FormatInt(time.Now().Unix(), 10)
		at2 := func(r *http.Request) { restamp(server, r, stamp, []byte(same)) }
		if status := l.post(at, path, same, at2); status != http.StatusOK {
			t.Errorf("a genuine request to %s: %d", path, status)
		}
		for range 3 {
			if status := l.post(at, path, same, at2); status != http.StatusUnauthorized {
				t.Errorf("the same request to %s again: %d", path, status)
			}
		}
	}
	eventually(t, "the genuine ones are answered", func() bool { return len(server.Messages("", general)) == 3 })
	if n := len(l.got()); n != 3 {
		t.Errorf("%d were delivered, of which 3 are genuine", n)
	}
}

var serial atomic.Int64

// genuine makes, by path, bodies as Slack sends them; each is of something that happened anew.
func genuine() map[string]func() string {
	return map[string]func() string{
		"/slack/events": func() string {
			return fmt.Sprintf(`{"type":"event_callback","team_id":%q,"event_id":"Ev%d","event_time":%d,"event":{"type":"message",`+
				`"channel":%q,"channel_type":"channel","user":"U0000000EVE","text":"hi","ts":"%d.000001"}}`,
				slacktest.DefaultTeam, serial.Add(1), time.Now().Unix(), general, time.Now().Unix())
		},
		"/slack/commands": func() string {
			return url.Values{"team_id": {slacktest.DefaultTeam}, "channel_id": {general}, "user_id": {"U0000000EVE"}, "command": {"/help"},
				"trigger_id": {fmt.Sprint("c", serial.Add(1))}}.Encode()
		},
		"/slack/actions": func() string {
			return url.Values{"payload": {fmt.Sprintf(`{"type":"block_actions","team":{"id":%q},"user":{"id":"U0000000EVE"},`+
				`"channel":{"id":%q},"trigger_id":"a%d","actions":[{"action_id":"t/a/1"}]}`, slacktest.DefaultTeam, general, serial.Add(1))}}.Encode()
		},
	}
}

// forgery is a change of a genuine request, and what it is refused with.
type forgery struct {
	body   func(string) string
	change func(*http.Request)
	status int
}

func forgeries(s *slacktest.Server) map[string]forgery {
	as := func(b string) string { return b }
	stamped := func(d time.Duration) func(*http.Request) {
		return func(r *http.Request) { restamp(s, r, strconv.FormatInt(time.Now().Add(d).Unix(), 10), nil) }
	}
	method := func(m string) func(*http.Request) { return func(r *http.Request) { r.Method = m } }
	header := func(name string, values ...string) func(*http.Request) {
		return func(r *http.Request) { r.Header[name] = values }
	}
	other := slacktest.New(slacktest.Options{App: slacktest.AppOptions{SigningSecret: "another-secret"}})
	return map[string]forgery{
		"another secret": {as, func(r *http.Request) {
			restamp(other, r, r.Header.Get("X-Slack-Request-Timestamp"), nil)
		}, 401},
		"no signature":          {as, header("X-Slack-Signature"), 401},
		"an empty signature":    {as, header("X-Slack-Signature", ""), 401},
		"two signatures":        {as, func(r *http.Request) { r.Header.Add("X-Slack-Signature", "v0="+strings.Repeat("0", 64)) }, 401},
		"a guessed signature":   {as, header("X-Slack-Signature", "v0="+strings.Repeat("0", 64)), 401},
		"another version":       {as, func(r *http.Request) { r.Header.Set("X-Slack-Signature", "v1"+r.Header.Get("X-Slack-Signature")[2:]) }, 401},
		"no timestamp":          {as, header("X-Slack-Request-Timestamp"), 401},
		"no time":               {as, header("X-Slack-Request-Timestamp", "now"), 401},
		"another timestamp":     {as, header("X-Slack-Request-Timestamp", strconv.FormatInt(time.Now().Unix()-9, 10)), 401},
		"six minutes old":       {as, stamped(-6 * time.Minute), 401},
		"six minutes too early": {as, stamped(6 * time.Minute), 401},
		"another body": {as, func(r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			r.Body = io.NopCloser(strings.NewReader(strings.Replace(string(body), "EVE", "BOB", 1)))
		}, 401},
		"two megabytes": {func(b string) string { return b + strings.Repeat(" ", 2<<20) }, nil, 413},
		"PUT":           {as, method(http.MethodPut), 405},
		"GET": {as, func(r *http.Request) {
			r.Method, r.Body, r.ContentLength = http.MethodGet, http.NoBody, 0
		}, 405},
		"not understood": {func(string) string { return fmt.Sprint("%zz", serial.Add(1)) }, nil, 400},
	}
}

// restamp signs a request anew, as of another time; body nil is the one it has.
func restamp(s *slacktest.Server, r *http.Request, stamp string, body []byte) {
	if body == nil {
		rc, err := r.GetBody()
		if err == nil {
			body, _ = io.ReadAll(rc)
		}
	}
	r.Header.Set("X-Slack-Request-Timestamp", stamp)
	r.Header.Set("X-Slack-Signature", s.Sign(stamp, body))
}

// post sends a body as Slack would, changed, and returns the status.
func (l *live) post(at, path, body string, change func(*http.Request)) int {
	l.t.Helper()
	resp, err := l.server.Post("http://"+at+path, []byte(body), change)
	if err != nil {
		if len(body) > 1<<20 {
			return http.StatusRequestEntityTooLarge // the adapter stops reading
		}
		l.t.Errorf("%s: %v", path, err)
		return 0
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode
}

// TestHTTPRetries delivers an event three times, each with a signature of its own as Slack's retries have: it has one
// effect.
func TestHTTPRetries(t *testing.T) {
	at := free(t)
	server := slacktest.Start(t, slacktest.Options{})
	l := goLive(t, server, slack.Options{Config: overHTTP(server, at)}, func(_ context.Context, in bot.Inbound) bot.View {
		return say("re: " + in.Text)
	})
	body := genuine()["/slack/events"]()
	for n := range 3 {
		stamp := strconv.FormatInt(time.Now().Unix()-int64(2*n), 10)
		status := l.post(at, "/slack/events", body, func(r *http.Request) {
			restamp(server, r, stamp, []byte(body))
			r.Header.Set("X-Slack-Retry-Num", strconv.Itoa(n))
			r.Header.Set("X-Slack-Retry-Reason", "http_timeout")
		})
		if status != http.StatusOK {
			t.Errorf("attempt %d: %d", n+1, status)
		}
	}
	eventually(t, "it is answered", func() bool { return len(server.Messages("", general)) > 0 })
	_ = l.stop() // what was still under way is done
	if n, m := len(l.got()), len(server.Messages("", general)); n != 1 || m != 1 {
		t.Errorf("%d deliveries and %d answers", n, m)
	}
}

// TestHTTPEndsWhereItCannotListen says so at once.
func TestHTTPEndsWhereItCannotListen(t *testing.T) {
	var lc net.ListenConfig
	taken, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	server := slacktest.Start(t, slacktest.Options{})
	p, err := slack.New(slack.Options{Config: overHTTP(server, taken.Addr().String())})
	if err != nil {
		t.Fatal(err)
	}
	err = p.Run(t.Context(), func(bot.Inbound) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "slack.listen") {
		t.Errorf("Run: %v", err)
	}
}
