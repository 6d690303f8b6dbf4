package trivia

import (
	"cmp"
	"slices"

	"github.com/whowon-bot/whowon/trivia/judge"
)

// member is a player in a round. Without an ID it is somebody who asked to be forgotten.
type member struct {
	Player
	Points   int32 `json:"points,omitempty"`
	Right    int32 `json:"right,omitempty"`
	Streak   int32 `json:"streak,omitempty"` // now
	Longest  int32 `json:"longest,omitempty"`
	Fastest  int32 `json:"fastest,omitempty"`    // microseconds
	Question int32 `json:"fastest_at,omitempty"` // of the fastest answer; 0 if there was none
}

// turn is a question that is open or was closed. Times are microseconds of play since it was asked: pauses do not count.
// The types are small because many rounds are open at a time; what is not on the wall clock is within the limit.
type turn struct {
	N      int       `json:"n"` // counts all questions of the round
	Number int       `json:"number"`
	Q      *Question `json:"q"`               // never changed
	Base   int64     `json:"base"`            // Unix microseconds from which the others count
	From   int64     `json:"from,omitempty"`  // when it was last resumed
	End    int64     `json:"end"`             // the limit
	Right  int       `json:"right"`           // the right option, -1 if typed
	Size   int       `json:"size,omitempty"`  // how many options
	Hints  []int64   `json:"hints,omitempty"` // when they were shown
	Count  int       `json:"count,omitempty"` // players who answered
	Votes  []int32   `json:"votes,omitempty"` // to skip
	Tries  []try     `json:"tries,omitempty"` // closed: those that did not win

	Closes bool  `json:"closes,omitempty"` // earlier than at the limit:
	Cut    int64 `json:"cut,omitempty"`    // answers count up to here, by the platform's clock
	By     int64 `json:"by,omitempty"`     // it is closed here, by the wall clock

	Outcome Outcome `json:"outcome,omitempty"`
	Won     []won   `json:"won,omitempty"`  // in order
	Lost    []int32 `json:"lost,omitempty"` // who paid the penalty
}

// try is one answer.
type try struct {
	Order  uint64 `json:"o,omitempty"`
	Text   string `json:"t,omitempty"`
	At     int32  `json:"at"`
	P      int16  `json:"p"`
	Option int8   `json:"b,omitempty"` // counted from 1; 0: typed
	Mark   mark   `json:"v,omitempty"` // of a typed answer
}

// mark is a verdict in a byte.
type mark uint8

const (
	none mark = iota
	isRight
	isClose
	isWrong
)

func markOf(v judge.Verdict) mark {
	switch v {
	case judge.Correct:
		return isRight
	case judge.Close:
		return isClose
	case judge.Wrong:
		return isWrong
	}
	return none
}

func (m mark) verdict() judge.Verdict {
	return [...]judge.Verdict{none: "", isRight: judge.Correct, isClose: judge.Close, isWrong: judge.Wrong}[min(m, isWrong)]
}

// won is a right answer.
type won struct {
	Order  uint64 `json:"o,omitempty"`
	At     int32  `json:"at"`
	Points int32  `json:"points"`
	P      int16  `json:"p"`
}

func (t *turn) typed() bool { return t.Right < 0 }

// pick is the last press of a player that counts, as things are, or nil.
func (t *turn) pick(player int16) *try {
	var last *try
	for i := range t.Tries {
		x := &t.Tries[i]
		if x.P == player && t.inTime(x) && (last == nil || x.compare(*last) > 0) {
			last = x
		}
	}
	return last
}

// only is the one press of a player, or nil.
func (t *turn) only(player int16) *try {
	for i := range t.Tries {
		if t.Tries[i].P == player {
			return &t.Tries[i]
		}
	}
	return nil
}

// inTime reports whether an answer was sent before the question closes, as things are.
func (t *turn) inTime(x *try) bool { return !t.Closes || int64(x.At) <= t.Cut }

// add keeps a try, and drops the player's earliest where there are too many. A right typed answer is never dropped:
// nothing is added after it.
func (t *turn) add(x try) {
	n, first := 0, -1
	for i := range t.Tries {
		if t.Tries[i].P != x.P {
			continue
		}
		if n++; first < 0 || t.Tries[i].compare(t.Tries[first]) < 0 {
			first = i
		}
	}
	if n == 0 {
		t.Count++
	}
	if n >= maxTries {
		t.Tries = slices.Delete(t.Tries, first, first+1)
	}
	t.Tries = append(t.Tries, x)
}

// compare orders tries by time, then by the platform's order of messages.
func (x try) compare(y try) int {
	return cmp.Or(cmp.Compare(x.At, y.At), cmp.Compare(x.Order, y.Order))
}

// right reports whether a try is the right answer.
func (t *turn) right(x *try) bool {
	if x.Option > 0 {
		return int(x.Option)-1 == t.Right
	}
	return x.Mark == isRight
}
