package web

import (
	"net/http"
	"time"
)

// What a stranger can send, and how much of it is kept.
const (
	maxBody     = 16 << 10 // bytes of a form
	maxText     = 500      // runes of a line
	maxName     = 24       // runes of a player's name
	maxRoom     = 32       // bytes of a room's name
	maxState    = 100      // bytes of a button's state
	maxNonce    = 64       // bytes of what tells a request from a second one
	maxRooms    = 200
	maxMessages = 300 // kept of a room
	maxPlayers  = 100 // names in a room
	maxSessions = 2000
	maxStreams  = 500     // open at once
	maxOwn      = 12      // streams of one browser
	maxKeys     = 1 << 14 // of what was sent, remembered

	maxProposals = 8
)

const (
	nameKept    = 15 * time.Minute // after the tab of a name was last heard of
	sessionKept = time.Hour
	roomKept    = 24 * time.Hour
)

// refusal is what is told to who asked for something that is not done: in their words, with the mend.
type refusal struct {
	status int
	text   string
}

// Error implements error.
func (r *refusal) Error() string { return r.text }

func refuse(status int, text string) *refusal { return &refusal{status, text} }

// The refusals of limits.
var (
	errTooFast  = refuse(http.StatusTooManyRequests, "That was very quick. Wait a few seconds, then try again.")
	errFull     = refuse(http.StatusServiceUnavailable, "The chat is full at the moment. Try again in a few minutes.")
	errNoRoom   = refuse(http.StatusServiceUnavailable, "There are too many rooms. Join one that is there, such as the lobby.")
	errCrowded  = refuse(http.StatusServiceUnavailable, "This room is full. Open another: /r/ and a name.")
	errTooLong  = refuse(http.StatusRequestEntityTooLarge, "That is too long: a line has at most 500 letters.")
	errManyTabs = refuse(http.StatusTooManyRequests, "This browser has too many tabs open here. Close some of them.")
	errTaken    = refuse(http.StatusConflict, "Somebody here has that name already. Choose another.")
	errBadName  = refuse(http.StatusBadRequest, "A name is 1 to 24 letters or digits; spaces are fine between them.")
	errBadRoom  = refuse(http.StatusNotFound, "No such room: its name is at most 32 small letters, digits and hyphens.")
	errNobody   = refuse(http.StatusUnauthorized, "First say what others should call you.")
	errEnding   = refuse(http.StatusServiceUnavailable, "The bot is being started again. Try again in a moment.")
	errBusy     = refuse(http.StatusServiceUnavailable, "Too much is waiting in this room. Try again in a moment.")
	errForm     = refuse(http.StatusBadRequest, "That request could not be read. Load the page again.")
)

// bucket is how much somebody may still do now: up to burst at once, and rate a second in the long run.
type bucket struct {
	left float64
	at   time.Time
}

func (b *bucket) take(now time.Time, burst, rate float64) bool {
	if b.at.IsZero() {
		b.left = burst
	} else {
		b.left = min(burst, b.left+now.Sub(b.at).Seconds()*rate)
	}
	b.at = now
	if b.left < 1 {
		return false
	}
	b.left--
	return true
}

// How often a browser may say or press something, and have lines completed.
const (
	sayBurst, sayRate   = 20, 2
	helpBurst, helpRate = 40, 15
)
