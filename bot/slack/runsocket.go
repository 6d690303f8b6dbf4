package slack

import (
	"context"
	"encoding/json"

	"github.com/slack-go/slack"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/slack/socket"
)

// runSocket takes what comes over connections that the bot makes.
func (p *Platform) runSocket(ctx context.Context, deliver bot.Deliver) error {
	client := slack.New("", slack.OptionAPIURL(p.o.Config.api()), slack.OptionHTTPClient(p.http),
		slack.OptionAppLevelToken(p.o.Config.AppToken))
	return socket.Run(ctx, socket.Options{
		Open: func(ctx context.Context) (string, error) {
			_, url, err := client.StartSocketModeContext(ctx)
			return url, scrub(err)
		},
		Handle:      func(e socket.Envelope, ack func([]byte) error) { p.envelope(e, ack, deliver) },
		Connections: p.o.Config.Connections, HTTPClient: p.http, Log: p.log,
		Stats: &p.watched.sockets,
	})
}

// envelope takes a delivery. It is acknowledged before anything is done about it.
func (p *Platform) envelope(e socket.Envelope, send func([]byte) error, deliver bot.Deliver) {
	defer p.survive()
	ack := p.timed(func(answer any) error {
		payload, err := encoded(answer)
		if err == nil {
			err = send(payload)
		}
		if err != nil {
			p.log.Debug("a delivery was not acknowledged", "id", e.ID, "err", err)
		}
		return err
	})
	switch e.Type {
	case "slash_commands":
		var s slash
		if !p.read(e.Type, e.Payload, &s) {
			_ = ack(nil)
			return
		}
		p.takeSlash(&s, ack, e.AcceptsResponse, deliver)
	case "interactive":
		var i interaction
		if !p.read(e.Type, e.Payload, &i) {
			_ = ack(nil)
			return
		}
		p.takeInteraction(&i, ack, deliver)
	case "events_api":
		_ = ack(nil)
		var c callback
		if p.read(e.Type, e.Payload, &c) {
			p.takeEvent(&c, deliver)
		}
	default:
		_ = ack(nil)
	}
}

// encoded is an answer as JSON; nil is none.
func encoded(answer any) ([]byte, error) {
	switch a := answer.(type) {
	case nil:
		return nil, nil
	case json.RawMessage:
		return a, nil
	}
	return json.Marshal(answer)
}
