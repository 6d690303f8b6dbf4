package slacktest

import (
	"fmt"
	"strings"
)

// Where is a place where a user uses the app.
type Where struct {
	Team    string // ID; the user's when empty
	Channel string // ID
	Thread  string // ts; "" is the channel itself
}

// at is the channel of a place.
func (w *webServer) at(p Where, u User) *channel {
	w.mu.Lock()
	defer w.mu.Unlock()
	team := p.Team
	if team == "" {
		team = u.Team
	}
	return w.world.channel(team, p.Channel)
}

// Slash is a command of a user, as "/whowon" with a text, in which the names of public channels, "#general", are escaped.
// Slack has no commands in threads.
//
// All actions are delivered at once, and what they return is there before the app has acknowledged them.
func (s *Server) Slash(p Where, u User, command, text string) *Interaction {
	if p.Thread != "" {
		panic("slacktest: commands cannot be used in threads")
	}
	ch := s.web.at(p, u)
	return s.web.act(&Interaction{kind: "slash_command", User: u, ch: ch}, func() object {
		return object{"command": command, "text": ch.team.escape(text)}
	})
}

// Press is a user who presses a button of a message. The message is the one that they see, which the button has to be on;
// the app is told of it as it is by then.
func (s *Server) Press(m Message, u User, actionID string) *Interaction {
	return s.use(m, u, actionID, "", "button")
}

// Choose is a user who chooses something in a menu of a message: an option's value, or somebody's or something's ID.
func (s *Server) Choose(m Message, u User, actionID, value string) *Interaction {
	return s.use(m, u, actionID, value, "")
}

// use is a user who does something with an element of a message; kind is its type, "" is any but a button.
func (s *Server) use(m Message, u User, actionID, value, kind string) *Interaction {
	i, e := s.web.on(m, u, actionID, kind)
	i.kind = "block_actions"
	return s.web.act(i, func() object {
		offered := i.source.offered
		return s.web.place(i, object{"actions": []object{e.action(value, s.web.actionStamp(i.At), offered[actionID])},
			"state": object{"values": values(m.Blocks, chosen(e, value), offered)}})
	})
}

// on is what a user does with an element of a message as they see it.
func (w *webServer) on(m Message, u User, actionID, kind string) (*Interaction, element) {
	e, ok := find(m.Blocks, actionID)
	switch {
	case m.For != "" && m.For != u.ID:
		panic("slacktest: " + u.Name + " does not see this message")
	case m.Deleted:
		panic("slacktest: the message is gone")
	case !ok || kind == "button" && e.Type != kind || kind == "" && e.Type == "button":
		panic(fmt.Sprintf("slacktest: the message has no %s %q to use: %s", kind, actionID, m.Blocks))
	}
	ch := w.at(Where{m.Team, m.Channel, ""}, u)
	w.mu.Lock()
	defer w.mu.Unlock()
	source := ch.find(m.TS)
	if source == nil {
		source = &message{Message: m, ch: ch, bot: ch.team.botID}
	}
	return &Interaction{User: u, ch: ch, source: source}, e
}

// PressView is a user who presses a button in a modal or home tab.
func (s *Server) PressView(v View, u User, actionID string) *Interaction {
	return s.useView(v, u, actionID, "", "button")
}

// ChooseView is a user who chooses something in a menu of a modal or home tab that tells of it.
func (s *Server) ChooseView(v View, u User, actionID, value string) *Interaction {
	return s.useView(v, u, actionID, value, "")
}

func (s *Server) useView(v View, u User, actionID, value, kind string) *Interaction {
	i, e := s.web.in(v, u, actionID)
	if kind == "button" && e.Type != kind || kind == "" && e.Type == "button" {
		panic(fmt.Sprintf("slacktest: the view has no %s %q to use", kind, actionID))
	}
	if e.input && !e.dispatch {
		panic(fmt.Sprintf("slacktest: the app is not told of %q before the modal is submitted", actionID))
	}
	i.kind = "block_actions"
	return s.web.act(i, func() object {
		o := s.web.place(i, object{"actions": []object{e.action(value, s.web.actionStamp(i.At), i.view.offered[actionID])}})
		state := i.view.values(chosen(e, value))
		o["view"], o["state"] = s.web.viewJSON(i.view, state), object{"values": state}
		return o
	})
}

func chosen(e element, value string) map[string]string {
	if !e.stateful() {
		return nil
	}
	return map[string]string{e.ActionID: value}
}

// in is what a user does with an element of a view as they see it.
func (w *webServer) in(v View, u User, actionID string) (*Interaction, element) {
	e, ok := find(v.Blocks, actionID)
	if !ok {
		panic(fmt.Sprintf("slacktest: the view has no element %q: %s", actionID, v.Blocks))
	}
	return &Interaction{User: u, view: w.seen(v, u)}, e
}

// seen is a view that a user sees.
func (w *webServer) seen(v View, u User) *view {
	if v.User != u.ID {
		panic("slacktest: " + u.Name + " does not see this view")
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	found := w.world.team(v.Team).find(v.ID)
	if found == nil {
		panic("slacktest: the view is closed")
	}
	return found
}

// Suggest is a user who types in an external menu of a message, or of a view.
func (s *Server) Suggest(in any, u User, actionID, typed string) *Interaction {
	var i *Interaction
	var e element
	switch in := in.(type) {
	case Message:
		i, e = s.web.on(in, u, actionID, "external menu")
	case View:
		i, e = s.web.in(in, u, actionID)
	default:
		panic("slacktest: suggestions are for a Message or a View")
	}
	if !strings.HasSuffix(e.Type, "external_select") {
		panic(fmt.Sprintf("slacktest: %q is no external menu", actionID))
	}
	i.kind, i.menu = "block_suggestion", actionID
	return s.web.act(i, func() object {
		return s.web.place(i, object{"action_id": actionID, "block_id": e.BlockID, "value": typed})
	})
}

// Submit is a user who submits a modal with values by action_id: texts, an option's value, IDs, and several with commas
// between. What is not named keeps what it began with.
func (s *Server) Submit(v View, u User, entered map[string]string) *Interaction {
	for actionID := range entered {
		if e, ok := find(v.Blocks, actionID); !ok || !e.stateful() {
			panic(fmt.Sprintf("slacktest: the modal has no field %q: %s", actionID, v.Blocks))
		}
	}
	i := &Interaction{kind: "view_submission", User: u, view: s.web.seen(v, u)}
	if v.Submit == "" {
		panic("slacktest: the modal cannot be submitted")
	}
	return s.web.act(i, func() object {
		if actionID := i.view.missing(entered); actionID != "" {
			panic(fmt.Sprintf("slacktest: the modal cannot be submitted without %q", actionID))
		}
		if id := i.view.mistaken(entered); id != "" {
			panic(fmt.Sprintf("slacktest: the modal does not offer the conversation %q", id))
		}
		return object{"view": s.web.viewJSON(i.view, i.view.values(entered)), "response_urls": []string{}}
	})
}

// CloseView is a user who closes a modal, of which the app is told where it asked for that; else nil is returned.
func (s *Server) CloseView(v View, u User) *Interaction {
	i := &Interaction{kind: "view_closed", User: u, view: s.web.seen(v, u)}
	s.web.mu.Lock()
	i.view.team.close(i.view)
	told := i.view.notifyOnClose
	s.web.mu.Unlock()
	if !told {
		return nil
	}
	return s.web.act(i, func() object {
		return object{"view": s.web.viewJSON(i.view, i.view.values(nil)), "is_cleared": false}
	})
}

// Shortcut is a user who uses a global shortcut. team is where they are; theirs when empty.
func (s *Server) Shortcut(u User, team, callbackID string) *Interaction {
	if team != "" {
		u.Team = team
	}
	i := &Interaction{kind: "shortcut", User: u}
	return s.web.act(i, func() object {
		return object{"callback_id": callbackID, "action_ts": s.web.actionStamp(i.At)}
	})
}

// MessageShortcut is a user who uses a shortcut on a message.
func (s *Server) MessageShortcut(m Message, u User, callbackID string) *Interaction {
	ch := s.web.at(Where{m.Team, m.Channel, ""}, u)
	i := &Interaction{kind: "message_action", User: u, ch: ch}
	return s.web.act(i, func() object {
		on := ch.find(m.TS)
		if on == nil {
			panic("slacktest: the message is gone")
		}
		return object{"callback_id": callbackID, "action_ts": s.web.actionStamp(i.At), "message_ts": m.TS,
			"message": s.web.messageJSON(on)}
	})
}
