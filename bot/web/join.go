package web

import (
	"time"

	"github.com/whowon-bot/whowon/bot"
)

// session is a browser's, made where there is none. The lock is held.
func (h *hub) session(token string) (*session, error) {
	id, now := sessionID(token), time.Now()
	if s := h.sessions[id]; s != nil {
		s.seen = now
		return s, nil
	}
	if len(h.sessions) >= maxSessions {
		for key, s := range h.sessions {
			if s.streams == 0 && now.Sub(s.seen) > sessionKept {
				delete(h.sessions, key)
			}
		}
		if len(h.sessions) >= maxSessions {
			return nil, errFull
		}
	}
	s := &session{id: id, seen: now}
	h.sessions[id] = s
	return s, nil
}

// claim makes a name in a room a browser's, unless another browser has it. The lock is held.
func (h *hub) claim(r *room, s *session, name string) (*claim, error) {
	now, key := time.Now(), foldName(name)
	c := r.claims[key]
	free := c == nil || c.streams == 0 && now.Sub(c.seen) > nameKept
	switch {
	case !free && c.session != s.id:
		return nil, errTaken
	case free:
		if c == nil && len(r.claims) >= maxPlayers {
			for k, old := range r.claims {
				if old.streams == 0 && now.Sub(old.seen) > nameKept {
					delete(r.claims, k)
				}
			}
			if len(r.claims) >= maxPlayers {
				return nil, errCrowded
			}
		}
		c = &claim{session: s.id}
		r.claims[key] = c
	}
	c.name, c.seen = name, now
	return c, nil
}

// player is somebody in a room, who may do one more thing now.
type player struct {
	id   bot.UserID
	name string
	room string
}

// enter lets somebody into a room by a name; every later request does the same, so that a page goes on after the bot was
// started again.
func (h *hub) enter(token, roomName, typed string) (player, error) {
	name, ok := cleanName(typed)
	switch {
	case !ok:
		return player{}, errBadName
	case !isRoom(roomName):
		return player{}, errBadRoom
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	s, err := h.session(token)
	if err != nil {
		return player{}, err
	}
	if !s.say.take(time.Now(), sayBurst, sayRate) {
		return player{}, errTooFast
	}
	r, err := h.room(roomName, false)
	if err != nil {
		return player{}, err
	}
	if _, err := h.claim(r, s, name); err != nil {
		return player{}, err
	}
	return player{userID(token, name), name, roomName}, nil
}

// mayComplete reports whether a browser may have a line completed now.
func (h *hub) mayComplete(token string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	s, err := h.session(token)
	return err == nil && s.help.take(time.Now(), helpBurst, helpRate)
}

// follow lets a page see what happens in a room until stop is called. Without a token and a name it sees what everybody
// sees.
func (h *hub) follow(token, roomName, typed string) (rd *reader, stop func(), err error) {
	if !isRoom(roomName) {
		return nil, nil, errBadRoom
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.streams >= maxStreams {
		return nil, nil, errFull
	}
	r, err := h.room(roomName, false)
	if err != nil {
		return nil, nil, err
	}
	rd = &reader{wake: make(chan struct{}, 1)}
	var s *session
	var c *claim
	if token != "" {
		if s, err = h.session(token); err != nil {
			return nil, nil, err
		}
		if s.streams >= maxOwn {
			return nil, nil, errManyTabs
		}
		if name, ok := cleanName(typed); ok {
			if c, err = h.claim(r, s, name); err != nil {
				return nil, nil, err
			}
			rd.user = userID(token, name)
			c.streams++
		}
		s.streams++
	}
	h.streams++
	r.readers[rd] = true
	r.wake() // who is there has changed
	return rd, func() { h.leave(r, rd, s, c) }, nil
}

func (h *hub) leave(r *room, rd *reader, s *session, c *claim) {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := time.Now()
	h.streams--
	if s != nil {
		s.streams, s.seen = s.streams-1, now
	}
	if c != nil {
		c.streams, c.seen = c.streams-1, now
	}
	r.used = now
	delete(r.readers, rd)
	r.wake()
}
