package slack

import (
	"strings"
	"sync"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

// fromSlash is a command as the bot takes it. It reports false for what it cannot be made of.
func (p *Platform) fromSlash(s *slash) (bot.Inbound, *reply, bool) {
	at := s.place()
	if at.team == "" || s.Channel == "" || s.User == "" || s.Trigger == "" {
		return bot.Inbound{}, nil, false
	}
	r := &reply{p: p, id: s.Trigger, user: s.User, at: at, response: s.Response, trigger: s.Trigger}
	info, _ := p.find(bot.ParseCommand(s.Command).Name) // who asks what has its answer in the facts needs no name
	var channelID func(string) string
	if takesChannel(info) {
		channelID = func(id string) string { return at.in(id).bot().ID }
	}
	c := bot.ParseCommand(s.Command + " " + commandText(s.Text, channelID))
	in := p.inbound(r, bot.User{ID: bot.UserID(s.User), Name: s.UserName}, !info.Everywhere)
	in.Command = &c
	return in, r, true
}

// inbound is what a user did, without what that was; named says whether their name matters. Slack tells no time of it,
// so it is that of its arrival.
func (p *Platform) inbound(r *reply, who bot.User, named bool) bot.Inbound {
	at, order := p.clock.arrival(p.o.Now())
	in := bot.Inbound{ID: r.id, At: at, Order: order, From: p.called(who, r.at, named), Guild: r.at.guild(),
		To: bot.Target{Channel: r.at.bot(), Reply: replyAction + r.id}, Learn: p.learn(r.at)}
	if r.at.channel == "" { // what is done in a view has a lane of its own
		in.To.Channel = place{r.at.org, r.at.team, "@" + r.user}.bot()
		in.CannotPost = "What I post goes to channels: type the command in one."
	}
	return in
}

// clock orders what has no time of Slack's by its arrival.
type clock struct {
	mu   sync.Mutex
	last int64 // in microseconds
}

func (c *clock) arrival(now time.Time) (time.Time, uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last = max(c.last+1, now.UnixMicro())
	return time.UnixMilli(c.last / 1e3), uint64(c.last)
}

// fromPress is a button that was pressed. It reports false for an action that is none.
func (p *Platform) fromPress(i *interaction) (bot.Inbound, *reply, bool) {
	at := i.place()
	if len(i.Actions) == 0 || at.team == "" || i.User.ID == "" || i.Trigger == "" {
		return bot.Inbound{}, nil, false
	}
	a := i.Actions[0]
	state, page, _, ok := parseActionID(a.ID)
	if !ok {
		return bot.Inbound{}, nil, false
	}
	r := &reply{p: p, id: i.Trigger, user: i.User.ID, at: at, thread: i.thread(), response: i.Response, trigger: i.Trigger,
		page: page, private: i.Container.Ephemeral}
	if i.View != nil && i.View.Type == "modal" {
		r.view = i.View.ID
	}
	in := p.inbound(r, i.who(), true)
	if when, order := moment(a.TS); !when.IsZero() {
		in.At, in.Order = when, order
	}
	in.Press = &bot.Press{State: state}
	if ts := i.message(); ts != "" && !i.Container.Ephemeral {
		in.Press.Message = bot.MessageRef{Channel: in.To.Channel, ID: ts}
	}
	return in, r, true
}

// fromMessage is an ordinary message as the bot takes it. It reports false for one that is not for it: written by a
// bot, about other messages, empty, or not meant for the bot where it does not read along.
func (p *Platform) fromMessage(c *callback) (bot.Inbound, bool) {
	e := &c.Event
	user := e.user()
	ordinary := e.Subtype == "" || e.Subtype == "thread_broadcast" || e.Subtype == "file_share"
	if !ordinary || e.BotID != "" || e.Hidden || user == "" || e.TS == "" || e.Channel == "" {
		return bot.Inbound{}, false
	}
	at, self := c.place()
	if self == "" {
		self = p.workspaces.selfOf()
	}
	direct := e.Type == "app_mention" || e.ChannelType == "im" || self != "" && strings.Contains(e.Text, "<@"+self)
	text := plainText(e.Text, self)
	if user == self || at.team == "" || text == "" || !direct && !p.o.Config.TypedAnswers {
		return bot.Inbound{}, false
	}
	when, order := moment(e.TS)
	below := e.Thread
	if below == "" && e.ChannelType != "im" {
		below = e.TS
	}
	return bot.Inbound{ID: at.bot().ID + "/" + e.TS, At: when, Order: order, From: bot.User{ID: bot.UserID(user)},
		Guild: at.guild(), To: bot.Target{Channel: at.bot(), Reply: replyMessage + below}, Text: text, Direct: direct,
		Public: true, Learn: p.learn(at)}, true
}
