package trivia

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"unique"
)

// version is of the JSON form of a round. It goes up when an old program could not go on with what a new one saved.
const version = 1

// maxMicros bounds saved times, so that sums of them do not overflow. It is after the year 20000.
const maxMicros = 1 << 59

type saved struct {
	Version int `json:"v"`
	state
}

// MarshalJSON gives the whole round, with a version.
func (r *Round) MarshalJSON() ([]byte, error) { return json.Marshal(saved{version, r.s}) }

// UnmarshalJSON takes a round back. What is not a round, or of another version, is an error that says what is wrong, and
// leaves r as it was.
func (r *Round) UnmarshalJSON(data []byte) error {
	var s saved
	err := json.Unmarshal(data, &s)
	if err != nil {
		// Of another version, it need not fit: then the version is what is wrong.
		var head struct {
			Version int `json:"v"`
		}
		if json.Unmarshal(data, &head) != nil {
			return fmt.Errorf("saved round: %w", err)
		}
		s.Version = head.Version
	}
	if s.Version != version {
		return fmt.Errorf("saved round: version %d is not known: this program reads version %d; was it saved by a newer one?",
			s.Version, version)
	}
	if err != nil {
		return fmt.Errorf("saved round: %w", err)
	}
	if err := s.check(); err != nil {
		return fmt.Errorf("saved round %q: %w", s.ID, err)
	}
	r.s = s.state
	r.s.tighten()
	return nil
}

// check finds what the methods of a round rely on. A saved round was right when it was saved; a damaged one must not
// bring the program down.
func (s *state) check() error {
	if err := s.Rules.Check(); err != nil {
		return fmt.Errorf("rules: %w", err)
	}
	switch s.Phase {
	case Asking, Between, Waiting:
	case Ready, Over:
		if s.Paused {
			return fmt.Errorf("phase %q cannot be paused", s.Phase)
		}
	default:
		return fmt.Errorf("phase %q is not known", s.Phase)
	}
	switch {
	case (s.Phase == Asking) != (s.Open != nil):
		return fmt.Errorf("phase %q does not go with the open question", s.Phase)
	case len(s.Players) > maxPlayers:
		return fmt.Errorf("%d players are too many: %d", len(s.Players), maxPlayers)
	case len(s.Past) > maxPast:
		return fmt.Errorf("%d closed questions are too many: %d", len(s.Past), maxPast)
	case s.Void > s.Asked:
		return fmt.Errorf("%d of %d questions void", s.Void, s.Asked)
	}
	for name, n := range map[string]int64{
		"paused_at": s.PausedAt, "pauses": int64(s.Pauses), "next": s.Next, "ended_at": s.EndedAt, "asked": int64(s.Asked),
		"void": int64(s.Void), "voids": int64(s.Voids), "idle": int64(s.Idle), "scored": int64(s.Rescored),
	} {
		if beyond(n) {
			return fmt.Errorf("%s is %d", name, n)
		}
	}
	for i, q := range s.Pool {
		if q == nil || len(q.Answers) == 0 {
			return fmt.Errorf("pool: question %d has no answer", i)
		}
	}
	return s.checkTurns()
}

func (s *state) checkTurns() error {
	last := 0
	for i, t := range s.Past {
		if t == nil {
			return fmt.Errorf("closed question %d is missing", i)
		}
		if t.Outcome == "" || t.N <= last || t.N > s.Asked {
			return fmt.Errorf("closed question %d after %d of %d is %q", t.N, last, s.Asked, t.Outcome)
		}
		last = t.N
		if err := s.checkTurn(t); err != nil {
			return fmt.Errorf("question %d: %w", t.N, err)
		}
	}
	if t := s.Open; t != nil {
		if t.Outcome != "" || t.N <= last || t.N != s.Asked {
			return fmt.Errorf("open question %d after %d of %d is %q", t.N, last, s.Asked, t.Outcome)
		}
		if err := s.checkTurn(t); err != nil {
			return fmt.Errorf("question %d: %w", t.N, err)
		}
	}
	return nil
}

func (s *state) checkTurn(t *turn) error {
	if t.Q == nil || len(t.Q.Answers) == 0 {
		return errors.New("it has no answer")
	}
	if err := s.checkOptions(t); err != nil {
		return err
	}
	limit := t.End
	switch {
	case limit < MinTime.Microseconds() || limit > 2*MaxTime.Microseconds():
		return fmt.Errorf("its time is %v", micros(limit))
	case beyond(t.Base) || beyond(t.By) || t.From < 0 || beyond(t.From) || t.Cut < 0 || t.Cut > limit:
		return errors.New("its times are out of range")
	}
	if err := s.checkTries(t); err != nil {
		return err
	}
	for _, w := range t.Won {
		if !s.has(int(w.P)) || w.At < 0 || int64(w.At) > limit {
			return fmt.Errorf("a right answer is out of range: %+v", w)
		}
	}
	for _, p := range slices.Concat(t.Votes, t.Lost) {
		if !s.has(int(p)) {
			return fmt.Errorf("there is no player %d", p)
		}
	}
	return nil
}

func (s *state) checkTries(t *turn) error {
	for _, x := range t.Tries {
		if !s.has(int(x.P)) || x.At < 0 || int64(x.At) > t.End {
			return fmt.Errorf("an answer is out of range: %+v", x)
		}
		if t.typed() && (x.Option != 0 || x.Mark == none || x.Mark > isWrong) ||
			!t.typed() && (x.Option < 1 || int(x.Option) > t.Size) {
			return fmt.Errorf("an answer is none: %+v", x)
		}
	}
	return nil
}

// checkOptions compares what is saved of the options with the options themselves.
func (s *state) checkOptions(t *turn) error {
	if t.Right == -1 && t.Size == 0 {
		return nil // typed
	}
	opts := options(t.Q, s.Seed, t.N)
	if len(opts) != t.Size || t.Right < 0 || t.Right >= t.Size || opts[t.Right] != t.Q.Answers[0] {
		return fmt.Errorf("option %d of %d is not the right one of %q", t.Right, t.Size, opts)
	}
	return nil
}

func beyond(n int64) bool { return n < -maxMicros || n > maxMicros }

func (s *state) has(player int) bool { return player >= 0 && player < len(s.Players) }

// tighten gives back what loading took too much: the room that lists grew into, and words that all rounds share.
func (s *state) tighten() {
	s.Players, s.Pool, s.Past = tight(s.Players), tight(s.Pool), tight(s.Past)
	for _, q := range s.Pool {
		q.tighten()
	}
	for _, t := range s.Past {
		t.tighten()
	}
	if s.Open != nil {
		s.Open.tighten()
	}
}

func (t *turn) tighten() {
	t.Q.tighten()
	t.Tries, t.Won, t.Votes, t.Lost, t.Hints = tight(t.Tries), tight(t.Won), tight(t.Votes), tight(t.Lost), tight(t.Hints)
	t.Outcome = shared(t.Outcome)
}

func (q *Question) tighten() {
	q.Answers, q.Wrong, q.Rows = tight(q.Answers), tight(q.Wrong), tight(q.Rows)
	q.Kind, q.Category = shared(q.Kind), shared(q.Category)
}

func shared[S ~string](s S) S { return unique.Make(s).Value() }

func tight[T any](s []T) []T {
	if cap(s) == len(s) {
		return s
	}
	out := make([]T, len(s))
	copy(out, s)
	return out
}
