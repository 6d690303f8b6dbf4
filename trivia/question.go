// Package trivia is the game: what a question is, and how a round of questions goes on and is scored. A Round is a pure
// state machine: inputs and times go in, events come out, and JSON gives it back whole.
//
// It does not know platforms, storage, clocks or goroutines, nor how a typed answer is judged (trivia/judge), where
// questions come from (trivia/generate, trivia/pack) or how anything is worded (bot).
package trivia

import "github.com/whowon-bot/whowon/trivia/judge"

// MaxLabel is the longest text of an option, in runes: what a button of every platform holds.
const MaxLabel = 80

// Difficulty is how hard a question is.
type Difficulty int

// The difficulties.
const (
	Easy   Difficulty = 1
	Medium Difficulty = 2
	Hard   Difficulty = 3
)

// String is "easy", "medium" or "hard"; what is none of them is medium.
func (d Difficulty) String() string {
	switch d {
	case Easy:
		return "easy"
	case Hard:
		return "hard"
	}
	return "medium"
}

// ParseDifficulty reads "easy", "medium" or "hard".
func ParseDifficulty(word string) (Difficulty, bool) {
	for d := Easy; d <= Hard; d++ {
		if d.String() == word {
			return d, true
		}
	}
	return 0, false
}

// Points are what a right answer without hints is worth: 100, 200 or 300.
func (d Difficulty) Points() int { return 100 * int(min(max(d, Easy), Hard)) }

// Question is one question: what is asked, what is right, and the rows it stands on. It is a value; JSON gives it back
// whole.
type Question struct {
	ID         string     `json:"id"` // the same for the same question from the same source; never shown
	Text       string     `json:"text"`
	Kind       judge.Kind `json:"kind"`
	Answers    []string   `json:"answers"`               // all that are right; the first is the one shown
	Wrong      []string   `json:"wrong,omitempty"`       // the wrong options of a choice; none where the answer is typed
	Ordered    bool       `json:"ordered,omitempty"`     // options keep their natural order (years, true and false), unshuffled
	ChoiceOnly bool       `json:"choice_only,omitempty"` // makes no sense without its options ("which of these")
	Category   string     `json:"category"`              // a short key, as in "oscars"
	Difficulty Difficulty `json:"difficulty"`
	Rows       []string   `json:"rows,omitempty"`   // IDs of the fact rows it stands on
	Note       string     `json:"note,omitempty"`   // one line for the reveal, where the rows alone do not say it
	Source     string     `json:"source,omitempty"` // where it comes from: the source of its rows, or a pack's
}
