package trivia

import (
	"math"
	"slices"
	"strings"
	"time"
)

// Player is who plays. ID is the caller's and identifies the player over platforms; Name is hostile and only carried.
type Player struct {
	ID   string `json:"id"`
	Name string `json:"name,omitempty"`
}

// Actor is who gives a command.
type Actor struct {
	Player    Player
	Moderator bool
}

// Phase is what a round is doing.
type Phase string

// The phases. A paused round is in one of the middle three.
const (
	Ready   Phase = "ready"   // not started
	Asking  Phase = "asking"  // a question is open
	Between Phase = "between" // in the pause between two questions
	Waiting Phase = "waiting" // for questions
	Over    Phase = "over"
)

const (
	maxPlayers = 1000 // that one round counts
	maxPast    = 50   // closed questions that a round remembers, for appeals and the missed ones
	recent     = 3    // closed questions whose players are asked to answer and to vote
	maxVoids   = 3    // void questions in a row that end a round

	voidAfter   = 2 * time.Minute  // a question is void when it is looked at so long after its deadline
	waitForMore = 30 * time.Second // for questions, before the round ends without
	skew        = 5 * time.Second  // that a platform's clock and ours may be apart
)

// Round is a round of questions: a value without clock, goroutine and I/O. Inputs and the time go in, events come out.
// It is used by one goroutine at a time (the channel's lane), and must be saved after each call that returns events and
// before these are shown; a call that returns none has changed nothing, except that Add holds questions and Forget forgets.
//
// Two clocks meet here. now is the wall clock of the caller, by which questions open and close. at is the platform's own
// timestamp of a message, by which players are compared: messages of different players may arrive in any order before the
// question closes, and the outcome is the same. (Which of one player's texts came too fast is told as they arrive.)
// All times are kept in microseconds.
type Round struct{ s state }

// state is what is saved of a round. Times are Unix microseconds.
type state struct {
	ID      string `json:"id"`
	Seed    uint64 `json:"seed"`
	Rules   Rules  `json:"rules"`
	Starter Player `json:"starter"`

	Phase    Phase       `json:"phase"`
	Paused   bool        `json:"paused,omitempty"`
	PausedAt int64       `json:"paused_at,omitempty"`
	Pauses   int         `json:"pauses,omitempty"` // so far, for the keys of their effects
	Next     int64       `json:"next,omitempty"`   // when the next question is asked, or waiting for it ends
	Reason   End         `json:"reason,omitempty"` // why it ended
	EndedAt  int64       `json:"ended_at,omitempty"`
	Dry      bool        `json:"dry,omitempty"` // the caller has no more questions
	Asked    int         `json:"asked,omitempty"`
	Void     int         `json:"void,omitempty"`   // questions that were void: asked, but not counted
	Voids    int         `json:"voids,omitempty"`  // the last so many were
	Idle     int         `json:"idle,omitempty"`   // the last so many had no answer
	Rescored int         `json:"scored,omitempty"` // how often, for the keys of the effects
	Pool     []*Question `json:"pool,omitempty"`   // not yet asked

	Players []member `json:"players,omitempty"` // tries refer to them by index, so nobody is removed
	Open    *turn    `json:"open,omitempty"`
	Past    []*turn  `json:"past,omitempty"` // the last maxPast closed
}

// NewRound makes a round that has not started. id is unique among all rounds ever; seed decides the order of options and
// the letters of hints. Rules out of their limits (Rules.Check) are those of Preset(rules.Mode) instead. Questions
// without text or answers are left out.
func NewRound(id string, rules Rules, starter Player, questions []Question, seed uint64) *Round {
	if rules.Check() != nil {
		rules = Preset(rules.Mode)
	}
	r := &Round{state{ID: strings.ToValidUTF8(id, "?"), Seed: seed, Rules: rules, Starter: starter.clean(), Phase: Ready}}
	r.hold(questions)
	return r
}

// hold takes the questions that can be asked, and returns how many these are.
func (r *Round) hold(questions []Question) int {
	before := len(r.s.Pool)
	for _, q := range questions {
		if q.Text == "" || len(q.Answers) == 0 || q.ChoiceOnly && len(options(&q, 0, 0)) < 2 {
			continue
		}
		if q = q.tidy(); r.s.Rules.Typed && !q.ChoiceOnly {
			q.Wrong = nil // never shown
		}
		r.s.Pool = append(r.s.Pool, &q)
	}
	return len(r.s.Pool) - before
}

// tidy gives a question the form that JSON gives back.
func (q Question) tidy() Question {
	for _, list := range []*[]string{&q.Answers, &q.Wrong, &q.Rows} {
		if len(*list) == 0 {
			*list = nil
			continue
		}
		*list = slices.Clone(*list)
		for i, s := range *list {
			(*list)[i] = strings.ToValidUTF8(s, "?")
		}
	}
	for _, s := range []*string{&q.ID, &q.Text, &q.Category, &q.Note, &q.Source, (*string)(&q.Kind)} {
		*s = strings.ToValidUTF8(*s, "?")
	}
	return q
}

func (p Player) clean() Player {
	return Player{strings.ToValidUTF8(p.ID, "?"), strings.ToValidUTF8(p.Name, "?")}
}

// ID is the round's.
func (r *Round) ID() string { return r.s.ID }

// Rules are the round's, as they are followed.
func (r *Round) Rules() Rules { return r.s.Rules }

// Starter is who started the round; without an ID if the player was forgotten.
func (r *Round) Starter() Player { return r.s.Starter }

// Phase is what the round is doing, and whether it is paused in that.
func (r *Round) Phase() (Phase, bool) { return r.s.Phase, r.s.Paused }

// Ended says why and when the round ended; the time is zero while it goes on.
func (r *Round) Ended() (End, time.Time) {
	if r.s.Phase != Over {
		return "", time.Time{}
	}
	return r.s.Reason, time.UnixMicro(r.s.EndedAt)
}

// Current is the question that is open, as it was asked. It is what a restarted program needs to show it again, and to
// judge typed answers.
func (r *Round) Current() (Asked, bool) {
	if r.s.Open == nil {
		return Asked{}, false
	}
	return r.asked(r.s.Open), true
}

// Left is how much time the open question has; a pause does not count. It is 0 if no question is open.
func (r *Round) Left(now time.Time) time.Duration {
	t := r.s.Open
	if t == nil {
		return 0
	}
	n := now.UnixMicro()
	if r.s.Paused {
		n = r.s.PausedAt
	}
	return micros(max(0, t.End-(n-t.Base)))
}

// Answers is how many players have answered the open question; 0 if none is open.
func (r *Round) Answers() int {
	if r.s.Open == nil {
		return 0
	}
	return r.s.Open.Count
}

// Question is a question of the round that is open, or closed and still remembered.
func (r *Round) Question(n int) (Question, bool) {
	if t := r.turn(n); t != nil {
		return *t.Q, true
	}
	return Question{}, false
}

// turn finds a question that is open or remembered, or nil.
func (r *Round) turn(n int) *turn {
	if r.s.Open != nil && r.s.Open.N == n {
		return r.s.Open
	}
	for _, t := range r.s.Past {
		if t.N == n {
			return t
		}
	}
	return nil
}

// Deadline is the next moment at which Tick does something: zero when the round is paused, over or not started.
func (r *Round) Deadline() time.Time {
	if r.s.Paused {
		return time.Time{}
	}
	switch r.s.Phase {
	case Asking:
		t := r.s.Open
		return time.UnixMicro(t.Base + min(r.closeBy(t), r.nextHint(t)))
	case Between, Waiting:
		return time.UnixMicro(r.s.Next)
	}
	return time.Time{}
}

// closeBy is when a question is closed at the latest, as things are.
func (r *Round) closeBy(t *turn) int64 {
	if t.Closes {
		return t.By
	}
	return t.End + r.s.Rules.Settle.Microseconds()
}

// nextHint is when the next hint is due, or never.
func (r *Round) nextHint(t *turn) int64 {
	if t.Closes || !r.s.Rules.Hints || len(t.Hints) >= maxHints || !r.hintable(t) {
		return math.MaxInt64 >> 1
	}
	if len(t.Hints) == 0 {
		return t.End / 2
	}
	return t.End / 4 * 3
}

func micros(n int64) time.Duration { return time.Duration(n) * time.Microsecond }
