package bot

import (
	"errors"
	"time"
)

// What is kept between commands. The types are the store's and the games' common language; bot/store keeps them in a
// database. Times are kept to the microsecond. Text is cleaned of what a database cannot hold (invalid UTF-8, NUL).

// ErrNotFound is returned for what is not stored, or no longer.
var ErrNotFound = errors.New("not found")

// ErrConflict is returned when somebody else was first: another writer has moved the round on, the channel has an open
// round already, the appeal is decided. Nothing was written; load again and decide again.
var ErrConflict = errors.New("somebody else was first")

// ErrNotSaved is returned when the database is away or has no room: nothing can be kept for now. Whoever played is told that
// it does not count; facts need no database.
var ErrNotSaved = errors.New("nothing can be kept now")

// Guild is a community: a Discord guild, a Slack workspace, a terminal. Boards, settings and aliases belong to one.
type Guild struct{ Platform, ID string }

// StoredRound is a round as it is kept. A channel has at most one open round.
type StoredRound struct {
	ID      string
	Guild   Guild
	Channel Channel   // on the guild's platform
	Version int64     // of what was read; 0 was never stored
	Value   []byte    // JSON of the round, opaque here
	Open    bool      // false ends the round: it is never written again
	Due     time.Time // when it wants its next tick; zero is never
	At      time.Time // when it was written last; set by Commit
}

// Transition is one step of a round with all that goes with it. It is written at once or not at all.
type Transition struct {
	At    time.Time
	Round StoredRound // the new value, with the version of the one it replaces
	// Asked are the IDs of questions that must not be asked in the channel again.
	Asked    []string
	Scores   []Score
	Attempts []Attempt
	Effects  []Effect
}

// EffectState is how far an effect has come.
type EffectState string

// The states of an effect: new → sending → sent. A void one is never shown.
const (
	EffectNew     EffectState = "new"
	EffectSending EffectState = "sending" // somebody has taken it; after a crash nobody knows whether it was shown
	EffectSent    EffectState = "sent"
	EffectVoid    EffectState = "void"
)

// Effect is something to be shown outside, recorded before it is shown and confirmed after. A key stands for one effect
// for as long as it is kept: committing it again changes nothing.
type Effect struct {
	Key     string // "reveal/<round>/<question>"
	Guild   Guild
	Channel Channel
	Kind    string
	Payload []byte      // what is shown, opaque here; dropped once it is sent or void
	State   EffectState // "" is new; commit it as sending to take it in the same transaction
	Ref     string      // the ID of the message it became
	At      time.Time   // when it was committed; set by Commit
	Taken   time.Time   // when it was last marked as sending
}

// Setting is one value a moderator has chosen, for a guild or for one channel of it.
type Setting struct {
	Guild   Guild
	Channel string // "" is the whole guild
	Key     string
	Value   string // JSON
}

// PlayerInfo is what is kept of a player beside the ledger.
type PlayerInfo struct {
	Name   string // as last shown; hostile
	Hidden bool   // left out of everybody else's view of boards
}

// Retention says until when what is older goes. A zero time keeps everything.
type Retention struct {
	Rounds   time.Time // finished rounds; "why" and appeals need the last ones
	Attempts time.Time // attempts; appeals need them
	Effects  time.Time // effects of every state
	Posts    time.Time // occurrences by when they were due, and daily questions with their answers by when they closed
}

// Counts are numbers of rows by table.
type Counts map[string]int64
