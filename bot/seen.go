package bot

import (
	"hash/maphash"
	"sync"
)

// seen remembers the IDs delivered last, so that a platform that delivers twice is answered once: at least the last n, and
// at most twice as many. It keeps hashes, since a busy bot sees millions of IDs: that two of those it remembers share one
// of 64 bits is not going to happen.
type seen struct {
	n    int
	seed maphash.Seed

	mu         sync.Mutex
	young, old map[uint64]struct{}
}

func newSeen(n int) *seen { return &seen{n: n, seed: maphash.MakeSeed(), young: map[uint64]struct{}{}} }

// add remembers id and reports whether it is new.
func (s *seen) add(id string) bool {
	if id == "" {
		return true
	}
	h := maphash.String(s.seed, id)
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.young[h]; ok {
		return false
	}
	if _, ok := s.old[h]; ok {
		return false
	}
	if len(s.young) == s.n {
		s.young, s.old = make(map[uint64]struct{}, s.n), s.young
	}
	s.young[h] = struct{}{}
	return true
}

// forget drops id again: what was not taken may be delivered anew.
func (s *seen) forget(id string) {
	h := maphash.String(s.seed, id)
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.young, h)
	delete(s.old, h)
}
