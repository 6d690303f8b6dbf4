package web

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/whowon-bot/whowon/bot"
)

// session is a browser, by the hash of its token.
type session struct {
	id      string
	say     bucket
	help    bucket
	streams int
	seen    time.Time
}

// claim is a name in a room, and whose it is.
type claim struct {
	name    string
	session string
	streams int
	seen    time.Time
}

const cookieName = "whowon_session"

// tokenOf is the token a browser sent, "" where it sent none of ours.
func tokenOf(r *http.Request) string {
	c, err := r.Cookie(cookieName)
	if err != nil || len(c.Value) != 32 {
		return ""
	}
	if _, err := hex.DecodeString(c.Value); err != nil {
		return ""
	}
	return c.Value
}

// newToken makes a token of 128 random bits, and the cookie that keeps it for a year. It is set in answer to requests of our
// own pages only: a page that is opened from elsewhere comes without its cookie, and must not get another.
func newToken(secure bool) (string, *http.Cookie) {
	var b [16]byte
	_, _ = rand.Read(b[:]) // it never fails: https://pkg.go.dev/crypto/rand#Read
	token := hex.EncodeToString(b[:])
	const year = 365 * 24 * 60 * 60
	return token, &http.Cookie{Name: cookieName, Value: token, Path: "/", MaxAge: year, HttpOnly: true,
		SameSite: http.SameSiteStrictMode, Secure: secure}
}

// sessionID is a token as it is kept: who reads our memory or a log cannot be somebody else with it.
func sessionID(token string) string { return digest("session", token) }

// userID is a name in a browser. Nothing is kept for it, so that it is the same after the bot was started again.
func userID(token, name string) bot.UserID { return bot.UserID(digest("user", token, foldName(name))) }

func digest(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:12])
}

func foldName(name string) string { return strings.ToLower(name) }

// cleanName is a name as it is shown, and whether it can be one: it has a letter or a digit, and is not the bot's own.
func cleanName(typed string) (string, bool) {
	if len(typed) > maxName*8 || !utf8.ValidString(typed) {
		return "", false
	}
	name := strings.Join(strings.Fields(bot.Clean(typed)), " ")
	shows := strings.ContainsFunc(name, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	if !shows || utf8.RuneCountInString(name) > maxName || foldName(name) == "whowon" {
		return "", false
	}
	return name, true
}

// isRoom reports whether s can be the name of a room.
func isRoom(s string) bool {
	if s == "" || len(s) > maxRoom {
		return false
	}
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return false
		}
	}
	return true
}

// lobby is the room of the first page.
const lobby = "lobby"

// roomPath is the page of a room.
func roomPath(room string) string {
	if room == lobby {
		return "/"
	}
	return "/r/" + room
}
