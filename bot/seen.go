package bot

import "sync"

// seen remembers the last IDs delivered, so that a platform that delivers twice is answered once.
type seen struct {
	mu   sync.Mutex
	ids  map[string]bool
	ring []string
	next int
}

func newSeen(n int) *seen { return &seen{ids: make(map[string]bool, n), ring: make([]string, n)} }

// add remembers id and reports whether it is new.
func (s *seen) add(id string) bool {
	if id == "" {
		return true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ids[id] {
		return false
	}
	delete(s.ids, s.ring[s.next])
	s.ring[s.next] = id
	s.next = (s.next + 1) % len(s.ring)
	s.ids[id] = true
	return true
}

// forget drops id again: what was not taken may be delivered anew.
func (s *seen) forget(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.ids, id)
}
