package bot

import "time"

// Reason is why points were given or taken.
type Reason string

// The reasons of a ledger entry.
const (
	ReasonAnswer  Reason = "answer"
	ReasonStreak  Reason = "streak"
	ReasonAppeal  Reason = "appeal"
	ReasonPenalty Reason = "penalty"
	// ReasonReset marks where a guild's board begins anew. It has no player; what is before it stays in the ledger.
	ReasonReset Reason = "reset"
)

// Score is one entry of the ledger, which only grows: a rescore is a new entry with the difference, at the time of the
// answer it corrects, so that it counts where the answer counted. Writing a key again does nothing.
type Score struct {
	Key        string // "<round>/<question>/<player>"; a rescore has its own
	Guild      Guild
	Channel    Channel
	Round      string
	Question   int // of the round, from 0
	QuestionID string
	Player     UserID // on the guild's platform
	Name       string // as shown then; hostile
	Category   string
	Points     int
	Right      int // +1 a right answer, -1 one taken back, 0 neither
	Reason     Reason
	At         time.Time // when it was answered
}

// BoardQuery asks for a guild's leaderboard.
type BoardQuery struct {
	Guild    Guild
	From, To time.Time // From is in, To is out; zero is open
	Category string    // "" is all
	Limit    int       // rows; 0 is 10
	Offset   int
	For      UserID // who looks: sees their own row wherever it is, and though they are hidden
}

// Board is a page of a leaderboard. Hidden players are left out as if they had not played, except for who looks.
type Board struct {
	Rows    []Standing
	Own     *Standing // of BoardQuery.For; nil when they have not played
	Players int       // on the whole board
}

// Standing is one row of a leaderboard. Players with equal points share a place; the next place counts them all.
type Standing struct {
	Place  int
	Player UserID
	Name   string // as last shown; hostile
	Points int
	Right  int
}

// PlayerStats are a player's sums since the guild's last reset.
type PlayerStats struct {
	Name       string
	Points     int
	Right      int
	Rounds     int // in which the player has an entry
	Best       int // most points of one round
	ByCategory []CategoryStats
}

// CategoryStats are a player's sums in one category, most points first.
type CategoryStats struct {
	Category string
	Points   int
	Right    int
}

// MaxKeptText is how many runes of a typed answer, a name or an alias are kept.
const MaxKeptText = 200

// Attempt is a judged answer that may still be appealed.
type Attempt struct {
	Round    string
	Question int
	Player   UserID
	Name     string
	Text     string // as typed, "" for a button; hostile
	Folded   string // as judged: equal answers have equal folded texts
	Option   int    // of a choice, from 0; -1 for a typed answer
	Verdict  string
	At       time.Time
}

// AppealState is what became of an appeal.
type AppealState string

// The states of an appeal.
const (
	AppealOpen     AppealState = "open"
	AppealAccepted AppealState = "accepted"
	AppealRejected AppealState = "rejected"
)

// Appeal is a player's word that an answer was right. There is one for a round, question and folded text.
type Appeal struct {
	ID         string
	Guild      Guild
	Channel    Channel
	Round      string
	Question   int
	QuestionID string
	Answer     string // the canonical one
	Text       string // as typed; hostile
	Folded     string
	By         UserID
	State      AppealState
	At         time.Time
	DecidedBy  UserID
	DecidedAt  time.Time
}

// AppealQuery filters appeals; zero fields match all. Newest come first.
type AppealQuery struct {
	Guild Guild
	State AppealState
	Limit int // 0 is all
}

// Decision decides an open appeal, with all that follows from it.
type Decision struct {
	Appeal  string
	State   AppealState // accepted or rejected
	By      UserID
	At      time.Time
	Alias   *Alias // learned, when accepted
	Scores  []Score
	Effects []Effect
}

// Alias is a spelling a guild has accepted for an answer.
type Alias struct {
	Guild  Guild
	Answer string // the canonical answer, folded
	Folded string
	Alias  string // as typed; hostile
	By     UserID
	At     time.Time
}
