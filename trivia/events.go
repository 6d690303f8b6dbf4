package trivia

import (
	"strconv"
	"time"

	"github.com/whowon-bot/whowon/trivia/judge"
)

// Event is something that happened in a round, with all that is needed to show it. It is one of the types below.
//
// EffectKey names the outward effect of the event: the same in every replica and after every restart, and of no other
// event. It is "" for what is private to one player or for the caller alone.
type Event interface{ EffectKey() string }

// Asked is a question that is open from now on.
type Asked struct {
	Key           string
	Question      int // counts every question of the round from 1; the name of the question in all calls and events
	Number, Total int // as shown, "3 of 10": questions that were void do not count; Total is 0 without an end
	Q             Question
	Options       []string // in the order shown; empty where the answer is typed
	Points        int      // for a right answer without hints
	OpenedAt      time.Time
	ClosesAt      time.Time // the latest; zero while the round is paused
}

// Hinted shows some letters of the answer.
type Hinted struct {
	Key      string
	Question int
	Level    int    // 1 or 2
	Text     string // the answer with HiddenLetter for every letter and digit that is not shown
	Points   int    // for a right answer from now on
}

// Picked says, privately, which option of a player counts now.
type Picked struct {
	Player   Player
	Question int
	Option   int
	Before   int // the option that counted before, or -1; Option if it has not changed
	Count    int // players who have answered so far
}

// Noted says, privately, that a typed answer was taken. Verdict is "" where nobody is told before the reveal.
type Noted struct {
	Player   Player
	Question int
	Verdict  judge.Verdict
	Count    int // players who have answered so far
}

// CloseCall asks a player, privately and once per question, to be more specific.
type CloseCall struct {
	Player   Player
	Question int
	Count    int
}

// TooFast says, privately, that a typed answer was ignored, and when the next is taken.
type TooFast struct {
	Player   Player
	Question int
	Wait     time.Duration
}

// Late says, privately, that the question was over when a player answered.
type Late struct {
	Player   Player
	Question int
}

// Refused says, privately, why something was not done.
type Refused struct {
	Player Player
	Reason Refusal
}

// Refusal is why something was not done.
type Refusal string

// The refusals.
const (
	RefusedPaused   Refusal = "paused"    // the round is paused
	RefusedOneTry   Refusal = "one try"   // the player has had the one try
	RefusedRights   Refusal = "rights"    // only the starter or a moderator may
	RefusedStranger Refusal = "stranger"  // only who took part lately may
	RefusedVoted    Refusal = "voted"     // has voted already
	RefusedClosing  Refusal = "closing"   // there is a right answer, the question is about to close
	RefusedNoHint   Refusal = "no hint"   // there is none, or no more
	RefusedNoPause  Refusal = "no pause"  // there is nothing to pause or resume
	RefusedNothing  Refusal = "nothing"   // no question is open
	RefusedCrowd    Refusal = "too many"  // the round has as many players as it can count
	RefusedNotBegun Refusal = "not begun" // the round has not been started
)

// Outcome is how a question ended.
type Outcome string

// The outcomes. Nobody gets or loses points for what was skipped, void or stopped.
const (
	Answered Outcome = "answered" // somebody was right
	TimedOut Outcome = "timed out"
	Skipped  Outcome = "skipped"
	Void     Outcome = "void"
	Stopped  Outcome = "stopped"
)

// Closed is the reveal of a question.
type Closed struct {
	Key           string
	Question      int
	Number, Total int
	Q             Question
	Outcome       Outcome
	Options       []string // as in Asked
	Right         int      // which option is right; -1 where the answer was typed
	Counts        []int    // players per option
	Answers       int      // players who answered
	Winners       []Winner // who was right, in order
	Scores        []Entry
	Streaks       []Streak // of the winners, from the rules' length on
	Last          bool     // the round is over; Finished follows
	NextAt        time.Time
}

// Winner is a player who was right, and when.
type Winner struct {
	Player Player
	After  time.Duration // since the question was asked
	Points int
	Hinted bool // a hint had been shown
}

// Streak is a number of right answers in a row.
type Streak struct {
	Player Player
	Length int
}

// SkipVoted is a vote to skip that is not enough yet.
type SkipVoted struct {
	Key           string
	Question      int
	Votes, Needed int
}

// IdleWarned says that the round ends if the next question is not answered either.
type IdleWarned struct {
	Key        string
	Unanswered int
	Left       int // unanswered questions until the end
}

// Paused stops all clocks of the round.
type Paused struct {
	Key      string
	Question int           // that is open, or 0
	Left     time.Duration // until it closes, or until the next is asked
}

// Resumed lets the clocks go on.
type Resumed struct {
	Key      string
	Question int       // that is open, or 0
	Until    time.Time // when it closes, or the next is asked
}

// NeedQuestions asks the caller for more questions: call Add, with none if there are none.
type NeedQuestions struct {
	Count int
	Now   bool // the round waits for them
}

// Rescored are points given or taken after a question was closed.
type Rescored struct {
	Key      string
	Question int
	Scores   []Entry
	Table    []Standing
	Over     bool // the round had ended before
}

// Finished is the end of a round.
type Finished struct {
	Key     string
	Reason  End
	Table   []Standing
	Missed  []Missed // questions nobody got right, of the last maxPast asked
	Fastest *Fastest // nil if nobody was right
	Longest *Streak  // nil if there was none worth a word
}

// End is why a round ended.
type End string

// The ends.
const (
	EndComplete    End = "complete"
	EndTarget      End = "target"
	EndIdle        End = "idle"
	EndStopped     End = "stopped"
	EndNoQuestions End = "no questions"
	EndInterrupted End = "interrupted" // several questions in a row were void
)

// Missed is a question nobody got right.
type Missed struct {
	Question int
	Q        Question
}

// Fastest is the fastest right answer of a round.
type Fastest struct {
	Player   Player
	Question int
	After    time.Duration
}

// EffectKey implements Event.
func (e Asked) EffectKey() string { return e.Key }

// EffectKey implements Event.
func (e Hinted) EffectKey() string { return e.Key }

// EffectKey implements Event.
func (e Closed) EffectKey() string { return e.Key }

// EffectKey implements Event.
func (e SkipVoted) EffectKey() string { return e.Key }

// EffectKey implements Event.
func (e IdleWarned) EffectKey() string { return e.Key }

// EffectKey implements Event.
func (e Paused) EffectKey() string { return e.Key }

// EffectKey implements Event.
func (e Resumed) EffectKey() string { return e.Key }

// EffectKey implements Event.
func (e Rescored) EffectKey() string { return e.Key }

// EffectKey implements Event.
func (e Finished) EffectKey() string { return e.Key }

// EffectKey is "": private.
func (Picked) EffectKey() string { return "" }

// EffectKey is "": private.
func (Noted) EffectKey() string { return "" }

// EffectKey is "": private.
func (CloseCall) EffectKey() string { return "" }

// EffectKey is "": private.
func (TooFast) EffectKey() string { return "" }

// EffectKey is "": private.
func (Late) EffectKey() string { return "" }

// EffectKey is "": private.
func (Refused) EffectKey() string { return "" }

// EffectKey is "": for the caller alone.
func (NeedQuestions) EffectKey() string { return "" }

// key is the effect key of something in the round: "reveal/<round>/<question>".
func (r *Round) key(what string, nums ...int) string {
	b := make([]byte, 0, len(what)+len(r.s.ID)+16)
	b = append(append(append(b, what...), '/'), r.s.ID...)
	for _, n := range nums {
		b = strconv.AppendInt(append(b, '/'), int64(n), 10)
	}
	return string(b)
}
