package discordtest

import (
	"encoding/json"
	"fmt"
	"time"
)

// Where is a place where a user uses the bot.
type Where struct {
	Channel string // ID
	// UserInstall says that the user has installed the bot for themselves and uses it so. In a guild where the bot is not, and
	// in conversations of others, there is no other way.
	UserInstall bool
}

// Option is a value of a command's option. The type of Value is the option's: string, int, float64, bool, User or Channel,
// of which the ID is enough. Of those of an autocomplete, one is Focused: what is being typed, as a string.
type Option struct {
	Name    string
	Value   any
	Focused bool
}

// Slash is a command of a user. A name of two words is a command and its subcommand: "trivia start".
//
// All actions are delivered over the gateway, at once, or with RESTOptions.Interactions by a signed request; then they
// return when that was answered, or after 3 s.
func (s *Server) Slash(w Where, u User, name string, options ...Option) *Interaction {
	return s.rest.act(&Interaction{kind: kindCommand, where: w, User: u}, func(i *Interaction) object {
		return s.rest.commandData(i.ch, name, options)
	})
}

// Autocomplete is a user who is typing a command.
func (s *Server) Autocomplete(w Where, u User, name string, options ...Option) *Interaction {
	focused := 0
	for _, o := range options {
		if o.Focused {
			focused++
		}
	}
	if focused != 1 {
		panic("discordtest: of the options of an autocomplete, one is focused")
	}
	return s.rest.act(&Interaction{kind: kindAutocomplete, where: w, User: u}, func(i *Interaction) object {
		return s.rest.commandData(i.ch, name, options)
	})
}

// Press is a user who presses a button of a message. The message is the one that they see, which the button has to be on;
// Discord tells the bot of it as it is by then.
func (s *Server) Press(m Message, u User, customID string) *Interaction {
	if m.For != "" && m.For != u.ID {
		panic("discordtest: " + u.Name + " does not see this message")
	}
	if !hasButton(m, customID) {
		panic("discordtest: the message has no button " + customID + " to press")
	}
	w, source := s.rest.source(m)
	return s.rest.act(&Interaction{kind: kindComponent, where: w, User: u, source: source}, func(*Interaction) object {
		return object{"component_type": 2, "custom_id": customID}
	})
}

func hasButton(m Message, customID string) bool {
	for _, b := range Buttons(m) {
		if b.CustomID == customID && !b.Disabled {
			return true
		}
	}
	return false
}

// source is the message that somebody presses on. One that is not there any more is taken as it is given.
func (r *restServer) source(m Message) (Where, *message) {
	r.mu.Lock()
	defer r.mu.Unlock()
	ch := r.world.channel(m.ChannelID)
	source := ch.find(m.ID)
	if source == nil {
		source = &message{Message: m, ch: ch}
	}
	w := Where{Channel: m.ChannelID}
	if source.of != nil {
		w.UserInstall = source.of.where.UserInstall
	}
	return w, source
}

// Submit is a user who fills in the modal that an interaction of theirs was answered with: the values of its fields, in
// order.
func (s *Server) Submit(i *Interaction, values ...string) *Interaction {
	resp, ok := i.Response()
	if !ok || resp.Type != ResponseModal {
		panic("discordtest: the interaction was not answered with a modal")
	}
	var modal struct {
		CustomID   string       `json:"custom_id"`
		Components []modalField `json:"components"`
	}
	if err := json.Unmarshal(resp.Data, &modal); err != nil {
		panic(fmt.Sprintf("discordtest: the modal: %v", err))
	}
	n := 0
	rows := []object{}
	for _, c := range modal.Components {
		rows = append(rows, c.filled(&n, &values))
	}
	if len(values) > 0 {
		panic("discordtest: the modal has fewer fields")
	}
	return s.rest.act(&Interaction{kind: kindModal, where: i.where, User: i.User, source: i.source}, func(*Interaction) object {
		return object{"custom_id": modal.CustomID, "components": rows, "resolved": object{}}
	})
}

// modalField is a row or label of a modal, a text in it, or a field.
type modalField struct {
	Type       int          `json:"type"`
	CustomID   string       `json:"custom_id"`
	Components []modalField `json:"components"`
	Component  *modalField  `json:"component"`
}

// filled is what comes back of a component, with the next of the values in each field.
func (f *modalField) filled(n *int, values *[]string) object {
	*n++
	o := object{"type": f.Type, "id": *n}
	switch {
	case f.Component != nil:
		o["component"] = f.Component.filled(n, values)
	case f.Components != nil:
		in := []object{}
		for _, c := range f.Components {
			in = append(in, c.filled(n, values))
		}
		o["components"] = in
	case f.CustomID != "":
		o["custom_id"], o["value"] = f.CustomID, ""
		if len(*values) > 0 {
			o["value"], *values = (*values)[0], (*values)[1:]
		}
	}
	return o
}

// act completes an interaction, with the data that it tells the bot, and delivers it.
func (r *restServer) act(i *Interaction, data func(*Interaction) object) *Interaction {
	r.mu.Lock()
	r.world.meet(i.User)
	i.r, i.ch = r, r.world.channel(i.where.Channel)
	i.ChannelID, i.GuildID = i.ch.ID, i.ch.guildID()
	i.At = time.Now().Add(-i.User.Lag)
	i.ID = r.snowflake(i.At)
	i.Token = "aW50ZXJhY3Rpb246" + i.ID + "secret"
	i.responded, i.complete = make(chan struct{}), make(chan struct{})
	r.beginInteraction(i)
	i.payload = marshal(r.interactionJSON(i, data(i)))
	r.mu.Unlock()
	r.deliver(i)
	return i
}

// meet remembers a user as they last were.
func (w *world) meet(u User) { w.byID[u.ID] = u }

// Redeliver delivers an interaction once more, as it was.
func (s *Server) Redeliver(i *Interaction) { s.rest.deliver(i) }

// SayOptions are what a user's message has besides its text.
type SayOptions struct {
	ReplyTo  string   // ID of a message
	Silent   bool     // the reply does not ping
	Mentions []string // IDs of users, besides those in the text
}

// Say is a message of a user. Who is mentioned stands in the text as "<@ID>". The bot gets it without its content unless it
// has the intent, or is written to: https://docs.discord.com/developers/events/gateway#message-content-intent.
func (s *Server) Say(channelID string, u User, text string, o SayOptions) Message {
	r := s.rest
	r.mu.Lock()
	defer r.mu.Unlock()
	r.world.meet(u)
	ch := r.world.channel(channelID)
	m := &message{Message: Message{Author: u.ID, Content: text, Reference: o.ReplyTo}, ch: ch, from: &u,
		ping: o.ReplyTo != "" && !o.Silent, also: o.Mentions}
	r.add(m, time.Now().Add(-u.Lag))
	m.event = marshal(r.eventJSON(m))
	r.deliverSaid(m, "MESSAGE_CREATE", m.event)
	return r.snapshot(m)
}

// EditMessage is a user who changes the text of what they said.
func (s *Server) EditMessage(m Message, text string) Message {
	r := s.rest
	r.mu.Lock()
	defer r.mu.Unlock()
	said := r.said(m)
	said.Content, said.Edited = text, time.Now()
	r.deliverSaid(said, "MESSAGE_UPDATE", marshal(r.eventJSON(said)))
	return r.snapshot(said)
}

// RedeliverMessage delivers what a user said once more, as it was.
func (s *Server) RedeliverMessage(m Message) {
	s.rest.mu.Lock()
	defer s.rest.mu.Unlock()
	said := s.rest.said(m)
	s.rest.deliverSaid(said, "MESSAGE_CREATE", said.event)
}

// said is what a user said.
func (r *restServer) said(m Message) *message {
	said := r.world.channel(m.ChannelID).find(m.ID)
	if said == nil || said.event == nil {
		panic("discordtest: no user has said this")
	}
	return said
}
