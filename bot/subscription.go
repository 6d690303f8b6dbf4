package bot

import "time"

// What is posted to a channel on its own: what a moderator has asked for, and what has come of it. bot/store keeps it.

// Subscription is what is posted to a channel again and again.
type Subscription struct {
	ID      string // unique for ever
	Guild   Guild
	Channel Channel   // on the guild's platform
	Number  int       // what the guild calls it by, from 1; set when it is added, and never given to another
	Kind    string    // what is posted
	Value   []byte    // JSON of when and about what, opaque here
	Version int64     // of what was read
	Next    time.Time // when it is due next; zero while it is paused
	Paused  bool
}

// OccurrenceState is how far an occurrence has come.
type OccurrenceState string

// The states of an occurrence: new → sending → posted, or one of the other ends.
const (
	OccurrenceNew     OccurrenceState = "new"     // it waits to be sent, not before Taken
	OccurrenceSending OccurrenceState = "sending" // somebody has taken it, at Taken; after a crash it may have been shown
	OccurrencePosted  OccurrenceState = "posted"
	OccurrenceMissed  OccurrenceState = "missed"  // it was too late
	OccurrenceRefused OccurrenceState = "refused" // the platform does not allow it
	OccurrenceUnknown OccurrenceState = "unknown" // nobody can tell whether it was shown, so it is not repeated
	OccurrenceDropped OccurrenceState = "dropped" // there was nothing to show, or the subscription was paused or deleted
)

// Occurrence is a subscription on a civil date. There is one for each: that is what keeps a post from being doubled. It is
// also the outbox, from which posts are sent.
type Occurrence struct {
	Subscription string
	Day          string // the civil date, as in 2026-11-26
	What         string // "" is what is posted on its date; anything else is posted beside it
	Guild        Guild
	Channel      Channel
	Due          time.Time
	State        OccurrenceState
	Taken        time.Time // when it was taken last; of a new one, when it may be taken
	Tried        time.Time // when it may have been shown first; zero where it was not
	Tries        int
	Ref          string // the ID of the message it became
	Lead         string // what led it, so that another leads next time
	Why          string // what came of it, in words
	At           time.Time
}

// Claim is the result of looking at a subscription that was due: its new occurrences, and when it is due next. It is written
// at once; where somebody else has written it, nothing changes.
type Claim struct {
	Subscription Subscription // as it was read
	Next         time.Time
	Occurrences  []Occurrence
}

// Daily is a question that is answered in private, by everybody in a channel, until the next one is posted.
type Daily struct {
	ID           string // of its occurrence: subscription/day
	Guild        Guild
	Channel      Channel
	Subscription string
	Day          string
	Number       int    // of the subscription's questions, from 1; set when it is opened
	Question     []byte // JSON, opaque here
	QuestionID   string // counts as asked in the channel
	Open         bool   // answers are taken
	Closes       time.Time
	Reveals      string // the ID of the question before, whose answer is told with this one; "" is none; set when it is opened
	Revealed     bool   // its answer was told
}

// Pick is somebody's answer to a Daily.
type Pick struct {
	Daily   string
	Guild   Guild
	Player  UserID
	Name    string // as last shown; hostile
	Option  int
	Correct bool
	Streak  int // right answers in a row, with this one
	At      time.Time
}
