package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/slack/install"
	"github.com/whowon-bot/whowon/bot/slack/signed"
)

// answerTimeout is how long an answer may take that Slack waits for. It waits for 3 seconds.
const answerTimeout = 2500 * time.Millisecond

// runHTTP takes signed requests, and those of OAuth. Without deliver, only the latter.
func (p *Platform) runHTTP(ctx context.Context, deliver bot.Deliver) error {
	handler, err := p.Handler(deliver)
	if err != nil {
		return err
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", p.o.Config.listen())
	if err != nil {
		return fmt.Errorf("slack.listen: %w", err)
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second,
		WriteTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10}
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		<-ctx.Done()
		last, cancel := context.WithTimeout(context.Background(), answerTimeout)
		defer cancel()
		if server.Shutdown(last) != nil { // nobody waits for what is still open
			_ = server.Close()
		}
	}()
	defer p.listens()()
	p.log.Info("listening for Slack", "address", l.Addr().String())
	err = server.Serve(l)
	if errors.Is(err, http.ErrServerClosed) {
		<-stopped
		return nil
	}
	return err
}

// Handler serves Slack's requests, which it acknowledges at once, and those of people who install the app.
func (p *Platform) Handler(deliver bot.Deliver) (http.Handler, error) {
	mux := http.NewServeMux()
	if p.workspaces.installs != nil {
		installs := p.workspaces.installs.Handler()
		mux.Handle(install.InstallPath, installs)
		mux.Handle(install.RedirectPath, installs)
	}
	if deliver == nil {
		return mux, nil
	}
	c := p.o.Config
	v, err := signed.New(signed.Options{Secrets: []string{c.SigningSecret, c.PreviousSigningSecret}, Now: p.o.Now})
	if err != nil {
		return nil, err
	}
	take := func(path string, do func(w http.ResponseWriter, body []byte)) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			if body, ok := v.Read(w, r); ok {
				do(w, body)
			}
		})
	}
	take(eventsPath, func(w http.ResponseWriter, body []byte) { p.serveEvent(w, body, deliver) })
	take(commandsPath, func(w http.ResponseWriter, body []byte) { p.serveCommand(w, body, deliver) })
	take(actionsPath, func(w http.ResponseWriter, body []byte) { p.serveAction(w, body, deliver) })
	return mux, nil
}

func (p *Platform) serveEvent(w http.ResponseWriter, body []byte, deliver bot.Deliver) {
	var c callback
	if !p.read("event", body, &c) {
		http.Error(w, "not understood", http.StatusBadRequest)
		return
	}
	if c.Type == "url_verification" { // https://docs.slack.dev/reference/events/url_verification
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		_, _ = w.Write([]byte(c.Challenge))
		return
	}
	ack := p.timed(func(any) error { w.WriteHeader(http.StatusOK); flush(w); return nil })
	_ = ack(nil)
	p.takeEvent(&c, deliver)
}

// serveCommand takes a slash command, which comes as the fields of a form.
func (p *Platform) serveCommand(w http.ResponseWriter, body []byte, deliver bot.Deliver) {
	f, err := url.ParseQuery(string(body))
	if err != nil {
		http.Error(w, "not understood", http.StatusBadRequest)
		return
	}
	s := slash{Team: f.Get("team_id"), Enterprise: f.Get("enterprise_id"), Channel: f.Get("channel_id"), User: f.Get("user_id"),
		UserName: f.Get("user_name"), Command: f.Get("command"), Text: f.Get("text"), Response: f.Get("response_url"),
		Trigger: f.Get("trigger_id"), Wide: json.RawMessage(f.Get("is_enterprise_install"))}
	awaited(w, func(ack acknowledge) { p.takeSlash(&s, p.timed(ack), true, deliver) })
}

// serveAction takes an interaction, which comes as a field of a form. One may want an answer, which takes a moment.
func (p *Platform) serveAction(w http.ResponseWriter, body []byte, deliver bot.Deliver) {
	f, err := url.ParseQuery(string(body))
	var i interaction
	if err != nil || !p.read("interaction", []byte(f.Get("payload")), &i) {
		http.Error(w, "not understood", http.StatusBadRequest)
		return
	}
	awaited(w, func(ack acknowledge) { p.takeInteraction(&i, p.timed(ack), deliver) })
}

// awaited takes something whose acknowledgement may come a little later, from elsewhere.
func awaited(w http.ResponseWriter, take func(acknowledge)) {
	answers := make(chan []byte, 1)
	over := make(chan struct{})
	take(func(answer any) error {
		data, err := encoded(answer)
		if err != nil {
			return err
		}
		select {
		case <-over:
			return errGiven
		case answers <- data:
			return nil
		}
	})
	select {
	case data := <-answers:
		write(w, data)
	case <-time.After(answerTimeout):
		close(over) // Slack shows that there is nothing
	}
}

// write acknowledges a request.
func write(w http.ResponseWriter, data []byte) {
	if data == nil {
		w.WriteHeader(http.StatusOK)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = w.Write(data) // whoever went away gets nothing
}

// flush lets an acknowledgement leave before what it is about is handled.
func flush(w http.ResponseWriter) {
	_ = http.NewResponseController(w).Flush() // the end of the handler does it, too
}
