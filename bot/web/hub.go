package web

import (
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

// kind is what a message is.
type kind int

const (
	kindBot  kind = iota // the bot's
	kindSaid             // a player's
)

// message is one of a room. It is never changed: an edit puts another in its place.
type message struct {
	n, rev uint64     // when it came, and when it was changed last, in the order of all that happens
	to     bot.UserID // who alone sees it; "" is everybody
	kind   kind
	by     string // who said it
	text   string // what they said
	view   bot.View
	at     time.Time

	html string
	told string // what is read out of a change
}

// room is a place where people talk. Its readers look for what they have not seen when they are woken.
type room struct {
	name     string
	messages []*message
	readers  map[*reader]bool
	claims   map[string]*claim // by folded name
	used     time.Time
}

// reader is somebody whose page is open.
type reader struct {
	user bot.UserID // "" before they have a name
	wake chan struct{}
}

// hub is all rooms and who is in them.
type hub struct {
	epoch string // tells this run of the program from another

	mu       sync.Mutex
	seq      uint64 // of the last that happened
	rooms    map[string]*room
	sessions map[string]*session
	sent     map[string]bot.MessageRef // by channel and key
	keys     []string                  // of sent, the oldest first
	streams  int
}

func newHub() *hub {
	var b [6]byte
	_, _ = rand.Read(b[:]) // it never fails
	return &hub{epoch: hex.EncodeToString(b[:]), rooms: map[string]*room{}, sessions: map[string]*session{},
		sent: map[string]bot.MessageRef{}}
}

// room is a room, made where there is none. Where there are too many, one that nobody has used for long makes way; forced
// says that it must be had, so that one without readers makes way. The lock is held.
func (h *hub) room(name string, forced bool) (*room, error) {
	if r := h.rooms[name]; r != nil {
		return r, nil
	}
	if len(h.rooms) >= maxRooms {
		var old *room
		for _, r := range h.rooms {
			if len(r.readers) == 0 && (old == nil || r.used.Before(old.used)) {
				old = r
			}
		}
		switch {
		case old != nil && (forced || time.Since(old.used) > roomKept || len(old.messages) == 0):
			delete(h.rooms, old.name)
		case !forced:
			return nil, errNoRoom
		}
	}
	r := &room{name: name, readers: map[*reader]bool{}, claims: map[string]*claim{}, used: time.Now()}
	h.rooms[name] = r
	return r, nil
}

// send shows a message, unless its key was sent before.
func (h *hub) send(ch bot.Channel, m *message, key string, d *drawer) (bot.MessageRef, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	key = ch.ID + "\x00" + key
	if ref, ok := h.sent[key]; ok {
		return ref, nil
	}
	r, err := h.room(ch.ID, true)
	if err != nil {
		return bot.MessageRef{}, err
	}
	if err := h.add(r, m, d); err != nil {
		return bot.MessageRef{}, err
	}
	ref := bot.MessageRef{Channel: ch, ID: h.id(m)}
	if !strings.HasSuffix(key, "\x00") {
		h.sent[key] = ref
		if h.keys = append(h.keys, key); len(h.keys) > maxKeys {
			delete(h.sent, h.keys[0])
			h.keys = h.keys[1:]
		}
	}
	return ref, nil
}

// add puts a message into a room. The lock is held.
func (h *hub) add(r *room, m *message, d *drawer) error {
	h.seq++
	m.n, m.rev, m.at = h.seq, h.seq, time.Now()
	var err error
	if m.html, err = d.message(h.id(m), m); err != nil {
		return err
	}
	if r.messages = append(r.messages, m); len(r.messages) > maxMessages {
		r.messages = slices.Clone(r.messages[len(r.messages)-maxMessages:])
	}
	r.used = m.at
	r.wake()
	return nil
}

// edit puts a view in the place of a message's.
func (h *hub) edit(ref bot.MessageRef, v bot.View, d *drawer) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	r := h.rooms[ref.Channel.ID]
	old := h.find(r, ref.ID)
	if old == nil || ref.Channel.Platform != Name {
		return fmt.Errorf("the message is not in the room any more: %w", bot.ErrNotFound)
	}
	h.seq++
	m := *old
	m.view, m.rev, m.told = v, h.seq, changes(old.view, v)
	var err error
	if m.html, err = d.message(ref.ID, &m); err != nil {
		return err
	}
	r.messages[slices.Index(r.messages, old)] = &m
	r.wake()
	return nil
}

// find is a message by its ID, nil where it is not kept. The lock is held.
func (h *hub) find(r *room, id string) *message {
	epoch, n, _ := strings.Cut(id, "-")
	at, err := strconv.ParseUint(n, 10, 64)
	if r == nil || epoch != h.epoch || err != nil {
		return nil
	}
	i, ok := slices.BinarySearchFunc(r.messages, at, func(m *message, n uint64) int { return cmp.Compare(m.n, n) })
	if !ok {
		return nil
	}
	return r.messages[i]
}

func (h *hub) id(m *message) string { return h.at(m.n) }

// wake lets all readers look. The hub's lock is held.
func (r *room) wake() {
	for reader := range r.readers {
		select {
		case reader.wake <- struct{}{}:
		default: // it will look anyway
		}
	}
}

// since is what a user has not seen of a room, in the order of changes: all after a moment; and, where mine is set, also
// what they alone see of before. It returns the moment they are at then, and who is there.
func (h *hub) since(name string, user bot.UserID, after uint64, mine bool) (news []*message, at uint64, people []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	r := h.rooms[name]
	if r == nil {
		return nil, h.seq, nil
	}
	for _, m := range r.messages {
		own := m.to != "" && m.to == user
		if (m.rev > after && (m.to == "" || own)) || mine && own {
			news = append(news, m)
		}
	}
	slices.SortFunc(news, func(a, b *message) int { return cmp.Compare(a.rev, b.rev) })
	for _, key := range slices.Sorted(maps.Keys(r.claims)) {
		if c := r.claims[key]; c.streams > 0 {
			people = append(people, c.name)
		}
	}
	return news, h.seq, people
}

// changes is what is read out of an edit: the lines that are new, where there is more than one. A count that goes up, or a
// clock that goes down, is seen and not told.
func changes(was, is bot.View) string {
	had := map[string]bool{}
	for line := range strings.Lines(bot.Plain(was)) {
		had[strings.TrimSpace(line)] = true
	}
	is.Buttons = nil // they are not read out
	var lines []string
	for line := range strings.Lines(bot.Plain(is)) {
		if line = strings.TrimSpace(line); line != "" && !had[line] {
			lines = append(lines, line)
		}
	}
	if len(lines) < 2 {
		return ""
	}
	return bot.Clip(strings.Join(lines, ". "), 400)
}

// at is a moment as pages are told it.
func (h *hub) at(seq uint64) string { return h.epoch + "-" + strconv.FormatUint(seq, 10) }

// byTime puts messages in the order they came in.
func byTime(all []*message) {
	slices.SortFunc(all, func(a, b *message) int { return cmp.Compare(a.n, b.n) })
}
