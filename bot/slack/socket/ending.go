package socket

import (
	"errors"
	"reflect"
	"strings"
	"time"
)

// FatalError is why Socket Mode cannot be used, and how to mend it. Trying again is of no use.
type FatalError struct{ Err error }

// Error says what is wrong and how to mend it, for the person who runs the bot.
func (e *FatalError) Error() string {
	text := "slack refuses Socket Mode: " + e.Err.Error()
	if mend := mending[codeIn(e.Err)]; mend != "" {
		return text + ". " + mend
	}
	if errors.Is(e.Err, errLinkDisabled) {
		return text + ". Switch it on at https://api.slack.com/apps, Socket Mode, or use HTTP instead"
	}
	return text + ". See the app at https://api.slack.com/apps, Basic Information and Socket Mode"
}

// Unwrap is the error of Options.Open.
func (e *FatalError) Unwrap() error { return e.Err }

const (
	newToken = "Make an app-level token with the scope connections:write at https://api.slack.com/apps, Basic Information → " +
		"App-Level Tokens, and set it as the app token (xapp-…)"
	wrongApp = "The app or its workspace is not active any more. See https://api.slack.com/apps"
)

// mending is what to do about the error codes after which it is of no use to try again.
// https://docs.slack.dev/reference/methods/apps.connections.open#errors
var mending = map[string]string{
	"invalid_auth":              newToken,
	"not_authed":                newToken,
	"token_revoked":             newToken,
	"token_expired":             newToken,
	"missing_scope":             newToken,
	"no_permission":             newToken,
	"not_allowed_token_type":    newToken,
	"account_inactive":          wrongApp,
	"team_access_not_granted":   wrongApp,
	"access_denied":             wrongApp,
	"org_login_required":        "The workspace is being moved into an organisation. Start again when that is done",
	"method_deprecated":         "Update the bot",
	"deprecated_endpoint":       "Update the bot",
	"two_factor_setup_required": "The person who made the token has to set two-factor authentication up first",
}

// codeIn is the code in an error's text after which it is of no use to try again, or "".
func codeIn(err error) string {
	isPart := func(r rune) bool { return r == '_' || r >= 'a' && r <= 'z' }
	for word := range strings.FieldsFuncSeq(err.Error(), func(r rune) bool { return !isPart(r) }) {
		if mending[word] != "" {
			return word
		}
	}
	return ""
}

// Why a connection ended.
var (
	errLinkDisabled = errors.New("it is switched off for this app (link_disabled)")
	errTooMany      = errors.New("the app has too many connections (too_many_websockets): do other programs use it?")
	errNoHello      = errors.New("no hello came")
	errDead         = errors.New("the connection is dead: a ping was not answered")
)

// retryAfter is the time that an error asks to wait for, or 0. It comes from a method or a field RetryAfter, since the
// RateLimitedError of slack-go has but a field.
func retryAfter(err error) time.Duration {
	for ; err != nil; err = errors.Unwrap(err) {
		if e, ok := err.(interface{ RetryAfter() time.Duration }); ok {
			return e.RetryAfter()
		}
		v := reflect.Indirect(reflect.ValueOf(err))
		if v.Kind() != reflect.Struct {
			continue
		}
		if f := v.FieldByName("RetryAfter"); f.IsValid() && f.CanInterface() {
			if d, ok := f.Interface().(time.Duration); ok {
				return d
			}
		}
	}
	return 0
}
