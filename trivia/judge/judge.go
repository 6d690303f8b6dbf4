// Package judge decides whether a typed text is the answer to a question. It is deterministic: no model, no network.
//
// It does not know rounds, players or points, nor where questions come from.
package judge

// Kind is the sort of thing an answer is; it decides which rules apply.
type Kind string

// The kinds of answers.
const (
	Person Kind = "person"
	Place  Kind = "place"
	Work   Kind = "work" // a film, series, book, song, game
	Number Kind = "number"
	Date   Kind = "date" // a year or a date
	Choice Kind = "choice"
	Other  Kind = "other"
)

// Verdict is what a typed answer is worth.
type Verdict string

// The verdicts. Close means: on the right track, be more specific. It costs and reveals nothing.
const (
	Correct Verdict = "correct"
	Close   Verdict = "close"
	Wrong   Verdict = "wrong"
)
