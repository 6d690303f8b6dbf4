package play

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/trivia"
)

// Forgetter is a store that users can be removed from; *store.Store is one.
type Forgetter interface {
	DeleteUser(ctx context.Context, platform string, user bot.UserID) (bot.Counts, []bot.StoredRound, error)
	Commit(ctx context.Context, t bot.Transition) error
}

// forgetPasses is how often a store is gone through for a user. The last pass finds nothing; each one before it may find
// what a bot has written meanwhile.
const forgetPasses = 20

// Forget removes a user of a platform from everything that is kept: what the store removes by itself, and from the rounds
// that are open, which go on without them. It returns the rows removed or changed, by table; open rounds are among those
// of rounds. Games may run meanwhile, here or elsewhere: a game whose round was changed reads it again. Rows are counted
// also when there is an error.
func Forget(ctx context.Context, s Forgetter, platform string, user bot.UserID, now time.Time) (bot.Counts, error) {
	total := bot.Counts{}
	for range forgetPasses {
		counts, open, err := s.DeleteUser(ctx, platform, user)
		if err != nil {
			return total, err
		}
		again := false
		for table, n := range counts {
			total[table] += n
			again = again || n > 0
		}
		for _, stored := range open {
			changed, err := strip(ctx, s, stored, user, now)
			if errors.Is(err, bot.ErrConflict) { // it has moved on: to be found again, open or finished
				again = true
				continue
			}
			if err != nil {
				return total, err
			}
			if changed {
				total["rounds"]++
				again = true
			}
		}
		if !again {
			return total, nil
		}
	}
	return total, fmt.Errorf("%s:%s is still playing: something new was found %d times in a row; remove them again later",
		platform, user, forgetPasses)
}

// strip takes a user out of an open round. It reports whether they were in it: the ID may stand there as something else.
func strip(ctx context.Context, s Forgetter, stored bot.StoredRound, user bot.UserID, now time.Time) (bool, error) {
	var r trivia.Round
	if err := json.Unmarshal(stored.Value, &r); err != nil {
		return false, fmt.Errorf("round %s: %w; the user may still be in it", stored.ID, err)
	}
	was, err1 := json.Marshal(&r)
	r.Forget(string(user))
	value, err2 := json.Marshal(&r)
	if err := errors.Join(err1, err2); err != nil {
		return false, fmt.Errorf("round %s: %w", stored.ID, err)
	}
	if bytes.Equal(was, value) {
		return false, nil
	}
	stored.Value, stored.Due = value, r.Deadline()
	return true, s.Commit(ctx, bot.Transition{At: now, Round: stored})
}
