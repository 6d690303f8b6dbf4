package slack

import (
	"context"
	"encoding/json"
	"errors"
	"runtime/debug"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

// takeSlash takes a command. Where the acknowledgement may hold an answer, it is the answer if that is quick; else the
// answer follows to the response address.
func (p *Platform) takeSlash(s *slash, ack acknowledge, answers bool, deliver bot.Deliver) {
	in, r, ok := p.fromSlash(s)
	if !ok {
		_ = ack(nil)
		p.log.Warn("a command was not understood", "channel", s.Channel)
		return
	}
	if info, ok := p.formOf(in.Command); ok {
		_ = ack(nil)
		p.openForm(info, r)
		return
	}
	before := p.answered.to(r.id)
	switch {
	case !answers:
		_ = ack(nil)
	case before != nil: // it is delivered again
		_ = ack(before)
		return
	default:
		r.late = newLate(ack, commandWait, nil)
	}
	p.hand(in, r, deliver)
}

// hand hands on what a user did, and keeps the way of the answer until it has been handled.
func (p *Platform) hand(in bot.Inbound, r *reply, deliver bot.Deliver) {
	if first := p.replies.keep(r); first != nil { // delivered again, while the first is being handled
		if r.late != nil && first.late != nil {
			r.late.follow(first.late)
		}
		return
	}
	in.Done = r.end
	switch err := deliver(in); {
	case errors.Is(err, bot.ErrSeen):
		if before := p.answered.to(r.id); before != nil && r.late != nil { // it was answered since it was looked for
			_ = r.late.give(before)
		}
		r.end()
	case err != nil:
		p.go1(func(ctx context.Context) {
			if err := r.send(ctx, busyView()); err != nil {
				p.log.Warn("nobody was told that it is too much", "id", r.id, "err", scrub(err))
			}
			r.end()
		})
	}
}

func busyView() bot.View {
	return bot.View{Private: true, Lead: bot.L("Too much is going on in this channel just now. Try again in a moment.")}
}

// takeInteraction takes what a user did with a button, a form or a shortcut.
func (p *Platform) takeInteraction(i *interaction, ack acknowledge, deliver bot.Deliver) {
	switch i.Type {
	case "block_actions":
		_ = ack(nil)
		p.takeAction(i, deliver)
	case "view_submission":
		p.takeSubmission(i, ack, deliver)
	case "block_suggestion":
		p.takeSuggestion(i, ack)
	case "shortcut", "message_action":
		_ = ack(nil)
		p.takeShortcut(i, deliver)
	default:
		_ = ack(nil)
	}
}

func (p *Platform) takeAction(i *interaction, deliver bot.Deliver) {
	if len(i.Actions) > 0 {
		if line, ok := formLine(i.Actions[0].ID); ok {
			p.takeFormButton(i, line)
			return
		}
	}
	in, r, ok := p.fromPress(i)
	if !ok {
		p.log.Debug("an action that is no button was left alone")
		return
	}
	if _, _, asks, _ := parseActionID(i.Actions[0].ID); asks {
		p.openInput(i, r)
		return
	}
	p.hand(in, r, deliver)
}

// takeEvent takes an event. One that was here is dropped.
func (p *Platform) takeEvent(c *callback, deliver bot.Deliver) {
	if c.ID != "" && !p.recent.add(c.ID, p.o.Now()) {
		p.log.Debug("dropped a second delivery", "id", c.ID)
		return
	}
	switch c.Event.Type {
	case "message", "app_mention":
		if in, ok := p.fromMessage(c); ok {
			_ = deliver(in) // what does not fit into a channel's lane is one message of many; it was logged
		}
	case "app_home_opened":
		if at, _ := c.place(); c.Event.Tab == "home" || c.Event.Tab == "" {
			user := c.Event.user()
			p.go1(func(ctx context.Context) { p.publishHome(ctx, at, user) })
		}
	case "app_uninstalled":
		p.remove(c)
	case "tokens_revoked":
		if len(c.Event.Tokens.Bot) > 0 {
			p.remove(c)
		}
	}
}

// remove forgets a workspace that the app was removed from. The two events of that come in any order.
func (p *Platform) remove(c *callback) {
	at, _ := c.place()
	if c.Team == "" { // of a whole organization
		at.org = c.Enterprise
	}
	p.aside.Go(func() {
		defer p.survive()
		ctx, cancel := context.WithTimeout(context.Background(), removeTimeout)
		defer cancel()
		if err := p.workspaces.forget(ctx, at, time.Unix(c.Time, 0), c.Event.Type == "app_uninstalled"); err != nil {
			p.log.Error("a workspace was not forgotten", "team", at.team, "err", scrub(err))
		}
	})
}

// removeTimeout is for all that is kept of a workspace.
const removeTimeout = time.Minute

// go1 does something beside what is being received, and reports false when that has become too much.
func (p *Platform) go1(do func(ctx context.Context)) bool {
	select {
	case p.limit <- struct{}{}:
	default:
		p.log.Warn("too much at a time; something was dropped")
		return false
	}
	p.aside.Go(func() {
		defer func() { <-p.limit }()
		defer p.survive()
		ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
		defer cancel()
		do(ctx)
	})
	return true
}

// survive keeps a fault in one handler from ending the program.
func (p *Platform) survive() {
	if fault := recover(); fault != nil {
		p.o.Meter.Count(bot.MetricFaults, 1, name, "receiving")
		p.log.Error("a handler failed", "fault", bot.PanicText(fault), "stack", string(debug.Stack()))
	}
}

// read decodes a payload. What cannot be read is dropped: it is of a kind that the bot does not know.
func (p *Platform) read(what string, payload []byte, into any) bool {
	if err := json.Unmarshal(payload, into); err != nil {
		var e *json.SyntaxError
		p.log.Warn("a payload was not understood", "what", what, "bytes", len(payload), "syntax", errors.As(err, &e))
		return false
	}
	return true
}
