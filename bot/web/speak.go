package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/whowon-bot/whowon/bot"
)

// inbound is what a player does, but for what it is.
func (w *Web) inbound(p player, nonce string, r *http.Request) bot.Inbound {
	ch := bot.Channel{Platform: Name, ID: p.room}
	in := bot.Inbound{At: time.Now(), From: bot.User{ID: p.id, Name: p.name}, Moderator: w.local && !forwarded(r),
		Guild: bot.Guild{Platform: Name, ID: p.room}, To: bot.Target{Channel: ch, Reply: string(p.id)}, Direct: true}
	if nonce != "" { // a request that is sent again, since its answer was lost, is the same
		in.ID = string(p.id) + "/" + nonce
	}
	return in
}

// say is a line that a player typed, or asked for by a button that stands for one.
func (w *Web) say(p player, line, nonce string, asked bool, r *http.Request) error {
	if utf8.RuneCountInString(line) > maxText {
		return errTooLong
	}
	line = strings.TrimSpace(bot.Clean(line))
	if line == "" {
		return nil
	}
	in := w.inbound(p, nonce, r)
	m := &message{kind: kindSaid, by: p.name, text: line}
	if command := bot.ParseCommand(line); asked || strings.HasPrefix(line, "/") {
		in.Command = &command
		if !w.shown()[command.Name] { // its answer is not, so the room need not see the question
			m.to = p.id
		}
		m.text = strings.TrimPrefix(m.text, "/whowon ")
	} else {
		in.Text = line
	}
	return w.hand(in, m)
}

// press is a button, "ID of the message, a space, its state", with a text where it asks for one.
func (w *Web) press(p player, button, text, nonce string, r *http.Request) error {
	id, state, ok := strings.Cut(button, " ")
	switch {
	case !ok || state == "" || len(state) > maxState || !utf8.ValidString(state):
		return errForm
	case utf8.RuneCountInString(text) > maxText:
		return errTooLong
	}
	in := w.inbound(p, nonce, r)
	ref := bot.MessageRef{Channel: in.To.Channel}
	if b, _ := w.button(p.room, p.id, id, state); b != nil {
		ref.ID = id // of a message that they see, with such a button: another could be somebody else's
	}
	in.Press = &bot.Press{State: state, Text: bot.Clean(text), Message: ref}
	return w.hand(in, nil)
}

// button is one of a message that a user sees, and what the message says; nil where there is none.
func (w *Web) button(roomName string, user bot.UserID, id, state string) (*bot.Button, string) {
	w.hub.mu.Lock()
	defer w.hub.mu.Unlock()
	m := w.hub.find(w.hub.rooms[roomName], id)
	if m == nil || m.to != "" && m.to != user {
		return nil, ""
	}
	i := slices.IndexFunc(m.view.Buttons, func(b bot.Button) bool { return b.State == state })
	if i < 0 {
		return nil, ""
	}
	return &m.view.Buttons[i], m.view.Lead.String()
}

// hand gives the bot what was done, and shows it in the room before what comes of it.
func (w *Web) hand(in bot.Inbound, said *message) error {
	_, deliver := w.running()
	if deliver == nil {
		return errEnding
	}
	w.hub.mu.Lock() // what the bot sends waits for it
	defer w.hub.mu.Unlock()
	w.hub.seq++
	in.Order = w.hub.seq
	if in.ID == "" {
		in.ID = w.hub.epoch + "/" + strconv.FormatUint(w.hub.seq, 10)
	}
	switch err := deliver(in); {
	case errors.Is(err, bot.ErrSeen):
		return nil
	case err != nil:
		return errBusy
	}
	if said == nil {
		return nil
	}
	r, err := w.hub.room(in.To.Channel.ID, true)
	if err != nil {
		return err
	}
	return w.hub.add(r, said, w.draw)
}
