package rest

import (
	"net/http"
	"time"
)

// breaker refuses requests before Discord bans the address: for 10,000 invalid requests in 10 minutes
// (https://docs.discord.com/developers/topics/rate-limits, Invalid Request Limit). It breaks far earlier, since other
// programs may share the address and answers are on their way when we stop. Its fields belong to the pacer's mutex.
type breaker struct {
	invalid    window // the last invalid requests
	wrongToken bool
}

const (
	maxInvalid  = 1000
	invalidSpan = 10 * time.Minute
)

func newBreaker() breaker { return breaker{invalid: newWindow(maxInvalid, invalidSpan)} }

// refusal returns why nothing may be sent, or nil.
func (b *breaker) refusal(now time.Time) error {
	switch {
	case b.wrongToken:
		return ErrUnauthorized
	case b.invalid.wait(now) > 0:
		return ErrInvalidStorm
	}
	return nil
}

// count counts an answer where Discord does: a 401, a 403, and a 429, unless others have used up what that one is about.
func (b *breaker) count(status int, l limited, now time.Time) {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests:
		if !l.shared {
			b.invalid.take(now)
		}
	}
}
