package rest

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Error is a request that did not succeed. Neither its text nor what it wraps contains a token.
type Error struct {
	Method, Route string // "POST", "/channels/1/messages": with IDs, and without tokens
	Status        int    // of the answer; 0 without one
	Code          int    // Discord's own code, 50013 for instance; 0 without one
	Message       string // Discord's, shortened
	Fields        string // what is wrong where, of a 50035: "embeds.0.title: Must be 256 or fewer in length."; the first few
	RetryAfter    time.Duration
	// Unknown says that the request may have been carried out: it was sent, at least in part, and no whole answer came.
	// Without it, it was not.
	Unknown bool
	cause   error
	passing bool // it may go better another time
}

// ErrUnauthorized is Discord's refusal of the bot token. After it the Client sends nothing but answers to interactions.
var ErrUnauthorized = errors.New("the bot token is wrong, or was reset")

// ErrInvalidStorm refuses a request because too many of the last ten minutes were answered with 401, 403 or 429: at 10,000
// Discord bans the address.
var ErrInvalidStorm = errors.New("too many requests were refused in the last ten minutes: no more for now")

// ErrTooLarge is an answer longer than MaxBody.
var ErrTooLarge = errors.New("the answer is too large")

// Error names the request, what came of it, and whether that is known.
func (e *Error) Error() string {
	parts := []string{e.Method + " " + e.Route}
	if e.Status != 0 {
		parts = append(parts, strings.TrimSpace(strconv.Itoa(e.Status)+" "+http.StatusText(e.Status)))
	}
	message := e.Message
	if e.Code != 0 {
		message = fmt.Sprintf("%s (%d)", message, e.Code)
	}
	for _, part := range []string{message, e.Fields, textOf(e.cause)} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	text := strings.Join(parts, ": ")
	if e.RetryAfter > 0 {
		text += ", to be repeated after " + e.RetryAfter.String()
	}
	if e.Unknown {
		text += ", and it may have been done"
	}
	return text
}

// Unwrap returns the cause: ErrUnauthorized, ErrInvalidStorm, ErrTooLarge, a context's error, or one of the network.
func (e *Error) Unwrap() error { return e.cause }

// wrongToken reports whether a request with the bot token was refused because of it. A 401 can have other reasons, which
// have codes of their own: an expired webhook token (50027), a missing second factor (60003).
func (e *Error) wrongToken() bool {
	return e.Status == http.StatusUnauthorized && (e.Code == 0 || e.Code == 40001 || e.Code == 50014)
}

func textOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// problem is the body of an answer that is not a success
// (https://docs.discord.com/developers/reference, Error Messages, and topics/rate-limits, Exceeding A Rate Limit).
type problem struct {
	Code       int             `json:"code"`
	Message    string          `json:"message"`
	Errors     json.RawMessage `json:"errors"`
	RetryAfter *float64        `json:"retry_after"`
	Global     bool            `json:"global"`
}

// limited is what a 429 says.
type limited struct {
	wait           time.Duration
	global, shared bool
}

// unsaid is how long to wait where a 429 does not say.
const unsaid = 5 * time.Second

// limitedBy reads a 429. One whose body is no JSON comes from the proxies before Discord, which know addresses only, so it
// holds for everything.
func limitedBy(h http.Header, p problem, isJSON bool) limited {
	scope := h.Get("X-RateLimit-Scope")
	l := limited{
		wait:   unsaid,
		global: p.Global || h.Get("X-RateLimit-Global") != "" || scope == "global" || (!isJSON && scope == ""),
		shared: scope == "shared",
	}
	if after, ok := seconds(h.Get("Retry-After")); ok {
		l.wait = after
	}
	if p.RetryAfter != nil {
		if after, ok := ofSeconds(*p.RetryAfter); ok {
			l.wait = after
		}
	}
	l.wait += rounding
	return l
}

// maxText is how many bytes of Discord's words go into an error.
const maxText = 300

// fieldErrors finds the first complaints in the tree that Discord makes of them.
func fieldErrors(raw json.RawMessage) string {
	var tree any
	if json.Unmarshal(raw, &tree) != nil {
		return ""
	}
	var found []string
	collect(tree, "", &found)
	return strings.Join(found, " ")
}

const maxFields = 3

func collect(node any, path string, found *[]string) {
	fields, ok := node.(map[string]any)
	if !ok {
		return
	}
	keys := make([]string, 0, len(fields))
	for key := range fields {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		if len(*found) >= maxFields {
			return
		}
		if key == "_errors" {
			if text := firstMessage(fields[key]); text != "" {
				*found = append(*found, strings.TrimPrefix(path, ".")+": "+text)
			}
			continue
		}
		collect(fields[key], path+"."+key, found)
	}
}

func firstMessage(list any) string {
	if all, ok := list.([]any); ok && len(all) > 0 {
		if first, ok := all[0].(map[string]any); ok {
			return fmt.Sprint(first["message"])
		}
	}
	return ""
}

// secrets are the tokens that must not be shown.
type secrets []string

// hide takes the tokens out of a text, however they are escaped, and shortens it.
func (s secrets) hide(text string) string {
	for _, token := range s {
		plain, err := url.PathUnescape(token)
		if err != nil {
			plain = token
		}
		for _, form := range []string{token, plain, url.PathEscape(plain)} {
			if form != "" {
				text = strings.ReplaceAll(text, form, "[token]")
			}
		}
	}
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "") + "…"
	}
	return text
}

// clean returns err where it is fit to be shown, and otherwise one that only has its text, without the tokens. A url.Error
// is left out, because it is nothing but the URL around the error.
func (s secrets) clean(err error) error {
	var outer *url.Error
	if errors.As(err, &outer) {
		err = outer.Err
	}
	if text := err.Error(); s.hide(text) != text {
		return errors.New(s.hide(text))
	}
	return err
}
