package install

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"sync"
	"time"
)

// What goes through the browser: the state, in addresses, is 16 random bytes, when it ends in seconds since 1970, and a
// signature of both and of the cookie. The cookie is 32 random bytes that only this browser has. So a state is good for who
// began the installation, for ten minutes, and once.
//
// A process remembers the states that were used on it. Another one would not know, but there the cookie is gone, and Slack
// takes a code only once, too.
const (
	stateFor   = 10 * time.Minute
	nonceSize  = 16
	cookieSize = 32
	stateSize  = nonceSize + 8 + sha256.Size
	maxUsed    = 1 << 15 // states of ten minutes; beyond, the older ones are forgotten
)

var enc = base64.RawURLEncoding.Strict()

type states struct {
	key []byte

	mu         sync.Mutex
	turned     time.Time
	young, old map[[nonceSize]byte]struct{}
}

func newStates(key []byte) *states { return &states{key: key, young: map[[nonceSize]byte]struct{}{}} }

// make gives a new state and the cookie that it needs.
func (s *states) make(now time.Time) (state, cookie string) {
	var raw [stateSize]byte
	var secret [cookieSize]byte
	_, _ = rand.Read(raw[:nonceSize]) // it never fails
	_, _ = rand.Read(secret[:])
	binary.BigEndian.PutUint64(raw[nonceSize:], uint64(now.Add(stateFor).Unix()))
	copy(raw[nonceSize+8:], s.sign(raw[:nonceSize+8], secret[:]))
	return enc.EncodeToString(raw[:]), enc.EncodeToString(secret[:])
}

func (s *states) sign(head, cookie []byte) []byte {
	h := hmac.New(sha256.New, s.key)
	h.Write(head) // of one length
	h.Write(cookie)
	return h.Sum(nil)
}

// use reports whether a state is good, and makes it useless.
func (s *states) use(state, cookie string, now time.Time) bool {
	raw, err := enc.DecodeString(state)
	if err != nil || len(raw) != stateSize {
		return false
	}
	secret, err := enc.DecodeString(cookie)
	if err != nil || len(secret) != cookieSize {
		return false
	}
	head := raw[:nonceSize+8]
	if !hmac.Equal(raw[nonceSize+8:], s.sign(head, secret)) {
		return false
	}
	if now.Unix() >= int64(binary.BigEndian.Uint64(head[nonceSize:])) {
		return false
	}
	return s.first([nonceSize]byte(head), now)
}

// first reports whether a state was not used before.
func (s *states) first(nonce [nonceSize]byte, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now.Sub(s.turned) >= stateFor || len(s.young) >= maxUsed {
		s.young, s.old, s.turned = map[[nonceSize]byte]struct{}{}, s.young, now
	}
	_, a := s.young[nonce]
	_, b := s.old[nonce]
	s.young[nonce] = struct{}{}
	return !a && !b
}
