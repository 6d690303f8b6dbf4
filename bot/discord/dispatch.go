package discord

import (
	"context"
	"encoding/json"
	"errors"
	"runtime/debug"

	"github.com/bwmarrin/discordgo"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/discord/gateway"
)

// event takes an event of the gateway. It returns at once.
func (p *Platform) event(e gateway.Event, deliver bot.Deliver) {
	defer p.survive()
	switch e.Type {
	case "INTERACTION_CREATE":
		var i interaction
		if p.decode(e, &i) {
			p.take(&i, p.callback(i.ID, i.Token), deliver)
		}
	case "MESSAGE_CREATE":
		var m message
		if p.decode(e, &m) {
			p.takeMessage(&m, deliver)
		}
	case "GUILD_CREATE":
		var g guildCreate
		if p.decode(e, &g) {
			if in, ok := joined(&g, p.o.Now()); ok {
				_ = deliver(in) // a hello that finds no place is no loss, and was logged
			}
		}
	case "READY":
		p.ready(e)
	}
}

// decode reads an event. What cannot be read is dropped: it is of a kind that the bot does not know.
func (p *Platform) decode(e gateway.Event, into any) bool {
	if err := json.Unmarshal(e.Data, into); err != nil {
		p.log.Warn("an event was not understood", "type", e.Type, "bytes", len(e.Data), "err", err)
		return false
	}
	return true
}

func (p *Platform) ready(e gateway.Event) {
	var r struct {
		User        struct{ ID string }
		Application struct{ ID string }
	}
	if !p.decode(e, &r) {
		return
	}
	p.known(r.Application.ID, r.User.ID)
}

// take takes an interaction. Its first response is given by first, later and from elsewhere.
func (p *Platform) take(i *interaction, first func(context.Context, response) error, deliver bot.Deliver) {
	first = p.timed(first)
	switch i.Type {
	case discordgo.InteractionApplicationCommandAutocomplete:
		p.go1(func(ctx context.Context) { p.suggest(ctx, i, first) })
		return
	case discordgo.InteractionMessageComponent:
		if _, _, asks, ok := parseCustomID(i.Data.CustomID); ok && asks {
			p.go1(func(ctx context.Context) {
				if err := first(ctx, form(i)); err != nil {
					p.log.Warn("a form was not shown", "id", i.ID, "err", err)
				}
			})
			return
		}
	}
	in, ok := p.inbound(i)
	if !ok {
		p.log.Warn("an interaction was not understood", "id", i.ID, "type", i.Type)
		return
	}
	r := p.begin(i, first)
	if !p.keep(r) {
		return // delivered again, while the first is being answered
	}
	in.Done = r.end
	r.begin()
	switch err := deliver(in); {
	case errors.Is(err, bot.ErrSeen):
		r.timer.Stop()
		p.drop(r)
	case err != nil:
		p.go1(func(ctx context.Context) {
			if err := r.send(ctx, busyView()); err != nil {
				p.log.Warn("nobody was told that it is too much", "id", i.ID, "err", err)
			}
			r.end()
		})
	}
}

func (p *Platform) begin(i *interaction, first func(context.Context, response) error) *reply {
	r := &reply{p: p, id: i.ID, token: i.Token, first: first, turn: make(chan struct{}, 1)}
	r.turn <- struct{}{}
	if i.Message != nil {
		r.message, r.private = i.Message.ID, i.Message.Flags&discordgo.MessageFlagsEphemeral != 0
	}
	if i.Type == discordgo.InteractionApplicationCommand {
		_, info := p.command(i)
		r.shown = info.Shown
	} else {
		_, r.page, _, _ = parseCustomID(i.Data.CustomID)
	}
	return r
}

func busyView() bot.View {
	return bot.View{Private: true, Lead: bot.L("Too much is going on in this channel just now. Try again in a moment.")}
}

func (p *Platform) takeMessage(m *message, deliver bot.Deliver) {
	_, self := p.ids()
	in, ok := p.fromMessage(m, self)
	if !ok {
		return
	}
	_ = deliver(in) // what does not fit into a channel's lane is one message of many; it was logged
}

// go1 does something beside what is being received, for as long as it has not become too much.
func (p *Platform) go1(do func(ctx context.Context)) {
	select {
	case p.limit <- struct{}{}:
	default:
		p.log.Warn("too many interactions at a time; one was dropped")
		return
	}
	p.aside.Go(func() {
		defer func() { <-p.limit }()
		defer p.survive()
		ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
		defer cancel()
		do(ctx)
	})
}

// survive keeps a fault in one handler from ending the program. Whoever is waiting is told nothing, and Discord says so.
func (p *Platform) survive() {
	if fault := recover(); fault != nil {
		p.o.Meter.Count(bot.MetricFaults, 1, name, "receiving")
		p.log.Error("a handler failed", "fault", bot.PanicText(fault), "stack", string(debug.Stack()))
	}
}
