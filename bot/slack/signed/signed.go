// Package signed takes requests that Slack signed, and refuses all others before anything else is done with them:
// https://docs.slack.dev/authentication/verifying-requests-from-slack
//
// A request is genuine when it is a POST with one X-Slack-Request-Timestamp within five minutes of our clock and one
// X-Slack-Signature, "v0=" and the HMAC-SHA256 of "v0:timestamp:body" under the app's signing secret, and when that
// signature was not seen before.
//
// A repeated signature is refused with 401, as a forged one is. It cannot be a retry of Slack's: the timestamp is part of
// what is signed and is of the moment of sending, and Slack's last retry comes five minutes after the first, when the first
// timestamp is too old to be taken. So a repetition is somebody else's recording or a proxy's second try, and has no effect.
// Should it ever be Slack's after all, it counts as a failed delivery and is sent again with a signature of its own. That
// retry is genuine here: who must not do a thing twice looks at the event_id, too.
package signed

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	// MaxSkew is the most that a timestamp may differ from our clock, either way. It is Slack's advice.
	MaxSkew = 300 * time.Second

	defaultMaxBody = 1 << 20 // bytes; Slack's own have a few thousand
	prefix         = "v0="   // the only version there is
	maxDigits      = 12      // of a timestamp in seconds
)

// Options are what a Verifier is made of.
type Options struct {
	// Secrets are the app's signing secret and, while it is being rotated, the one before. Empty ones are left out.
	Secrets []string
	// Now is the clock; time.Now when nil.
	Now func() time.Time
	// MaxBody is the most that a body may have, in bytes; 1 MiB when 0.
	MaxBody int64
}

// Verifier tells requests of Slack's from forged, old and repeated ones. It may be used by many at once. It can be printed:
// its secrets are in functions.
type Verifier struct {
	macs    []func(stamp string, body []byte) [sha256.Size]byte
	now     func() time.Time
	maxBody int64
	seen    *replays
}

// New makes a Verifier. It fails without a secret: under an empty one anybody could sign.
func New(o Options) (*Verifier, error) {
	v := &Verifier{now: o.Now, maxBody: o.MaxBody, seen: newReplays(maxKept)}
	if v.now == nil {
		v.now = time.Now
	}
	if v.maxBody <= 0 {
		v.maxBody = defaultMaxBody
	}
	for _, s := range o.Secrets {
		if s == "" {
			continue
		}
		if strings.TrimSpace(s) != s {
			return nil, errors.New("a Slack signing secret begins or ends with white space")
		}
		v.macs = append(v.macs, macOf([]byte(s)))
	}
	if len(v.macs) == 0 {
		return nil, errors.New("there is no Slack signing secret: it is under Basic Information, App Credentials, " +
			"in the app's settings at https://api.slack.com/apps")
	}
	return v, nil
}

// macOf is the function that signs with a secret.
func macOf(secret []byte) func(string, []byte) [sha256.Size]byte {
	return func(stamp string, body []byte) (sum [sha256.Size]byte) {
		h := hmac.New(sha256.New, secret)
		h.Write([]byte("v0:" + stamp + ":"))
		h.Write(body)
		h.Sum(sum[:0])
		return sum
	}
}

// Read gives the body of a genuine request. Otherwise it has answered with a line of text and ok is false: 405 for another
// method than POST, 401 for what is not signed by Slack or not now or was here before, 413 for a body that is too large, 400
// for one that broke off, and 503 when more requests came in ten minutes than can be remembered.
//
// How long a body may take to arrive is up to the server (http.Server.ReadTimeout).
func (v *Verifier) Read(w http.ResponseWriter, r *http.Request) (body []byte, ok bool) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return refuse(w, http.StatusMethodNotAllowed, "only POST")
	}
	stamp, sig, ok := v.headers(r.Header)
	if !ok {
		return refuse(w, http.StatusUnauthorized, notSigned)
	}
	if r.ContentLength > v.maxBody {
		w.Header().Set("Connection", "close") // rather than read it to its end
		return refuse(w, http.StatusRequestEntityTooLarge, "the body is too large")
	}
	body, err := readAll(w, r, v.maxBody)
	if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
		return refuse(w, http.StatusRequestEntityTooLarge, "the body is too large")
	}
	if err != nil {
		return refuse(w, http.StatusBadRequest, "the body broke off")
	}
	now := v.now() // once more: a body may take its time until its signature is forgotten
	if !current(stamp, now) || !v.genuine(stamp, sig, body) {
		return refuse(w, http.StatusUnauthorized, notSigned)
	}
	switch v.seen.add(sig, now) {
	case known:
		return refuse(w, http.StatusUnauthorized, notSigned)
	case full:
		w.Header().Set("Retry-After", "60")
		return refuse(w, http.StatusServiceUnavailable, "too many requests at once")
	}
	return body, true
}

// notSigned does not say which check failed: that would help only who forges.
const notSigned = "not signed by Slack"

func refuse(w http.ResponseWriter, status int, text string) ([]byte, bool) {
	http.Error(w, text, status)
	return nil, false
}

func readAll(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, error) {
	if r.Body == nil {
		return nil, nil
	}
	return io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
}

// headers are the timestamp, near enough to now, and the signature. There must be one of each in exactly the form that Slack
// gives them: whatever could be read in two ways is refused.
func (v *Verifier) headers(h http.Header) (stamp string, sig [sha256.Size]byte, ok bool) {
	stamps, sigs := h.Values("X-Slack-Request-Timestamp"), h.Values("X-Slack-Signature")
	if len(stamps) != 1 || len(sigs) != 1 {
		return "", sig, false
	}
	stamp = stamps[0]
	if !current(stamp, v.now()) {
		return "", sig, false
	}
	digits, ok := strings.CutPrefix(sigs[0], prefix)
	if !ok || len(digits) != hex.EncodedLen(sha256.Size) || strings.ToLower(digits) != digits {
		return "", sig, false
	}
	if _, err := hex.Decode(sig[:], []byte(digits)); err != nil {
		return "", sig, false
	}
	return stamp, sig, true
}

// current reports whether a timestamp, in seconds since 1970, is near enough to now.
func current(stamp string, now time.Time) bool {
	if stamp == "" || len(stamp) > maxDigits || strings.Trim(stamp, "0123456789") != "" {
		return false
	}
	n, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return false
	}
	age := now.Sub(time.Unix(n, 0))
	return -MaxSkew <= age && age <= MaxSkew
}

// genuine reports whether one of the secrets makes the signature. It takes as long whichever does and where they differ.
func (v *Verifier) genuine(stamp string, sig [sha256.Size]byte, body []byte) bool {
	found := false
	for _, mac := range v.macs {
		want := mac(stamp, body)
		if hmac.Equal(want[:], sig[:]) {
			found = true
		}
	}
	return found
}
