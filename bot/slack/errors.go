package slack

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"sync"

	"github.com/slack-go/slack"

	"github.com/whowon-bot/whowon/bot"
)

// Error codes that the bot looks at: https://docs.slack.dev/reference/methods
const (
	codeMissingScope = "missing_scope"
	codeRateLimited  = "ratelimited"
)

// codeOf is what Slack calls an error; "" is one that is not Slack's.
func codeOf(err error) string {
	var e slack.SlackErrorResponse
	if errors.As(err, &e) {
		return e.Err
	}
	var limited *slack.RateLimitedError
	if errors.As(err, &limited) {
		return codeRateLimited
	}
	return ""
}

// isFatal reports whether a token is of no use whatever is done with it.
func isFatal(code string) bool {
	switch code {
	case "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type",
		"no_permission", "org_login_required", "ekm_access_denied", codeMissingScope:
		return true
	}
	return false
}

// mendOf tells who runs the workspace or the channel what to do about an error; "" where there is nothing to be done.
// needed is the scope that is missing, where Slack names it.
func mendOf(code, needed string) string {
	switch code {
	case "not_in_channel", "channel_not_found":
		return "I am not in this channel: type /invite @whowon here, then try again."
	case "is_archived":
		return "This channel is archived: unarchive it, or play in another one."
	case "restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel",
		"restricted_action_non_threadable_channel", "not_in_general", "posting_to_general_channel_denied":
		return "Only some may post in this channel: an admin of the workspace can allow me to, under the channel's settings."
	case codeMissingScope:
		if needed != "" {
			return "The app lacks the scope " + needed + ": add it under OAuth & Permissions → Scopes, then install it again."
		}
		return "The app lacks a scope: compare its manifest with that of `whowon slack manifest`, then install it again."
	case "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "not_allowed_token_type":
		return "Slack does not take the app's token any more: an admin of the workspace has to install the app again."
	case codeRateLimited:
		return "Slack wants us to wait: too much was posted. Try again in a minute."
	case "team_access_not_granted", "ekm_access_denied", "org_login_required", "access_denied":
		return "The organization does not give the app access to this workspace: an admin of the organization can."
	}
	return ""
}

// refused makes what Slack will refuse as often as it is asked, and somebody can mend, a *bot.Forbidden. So is a limit that
// outlasts all patience: whoever waits is to know why.
func refused(err error) error {
	if err == nil {
		return nil
	}
	err = scrub(err)
	code := codeOf(err)
	var e slack.SlackErrorResponse
	if errors.As(err, &e) && e.Needed != "" {
		err = fmt.Errorf("%w (needed: %s)", err, e.Needed)
	}
	if mend := mendOf(code, e.Needed); mend != "" {
		return &bot.Forbidden{Mend: mend, Err: err}
	}
	return err
}

// secrets are parts of addresses and texts that nobody else may see: tokens, response URLs, tickets.
var secrets = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`xox[a-z]+-[\w-]+|xapp-[\w-]+|xoxe\.[\w.-]+|` +
		`(/(commands|actions|app|services|link)/|ticket=)[^\s"]+`)
})

// scrubbed is an error without secrets in its text.
type scrubbed struct {
	text string
	err  error
}

func (s *scrubbed) Error() string { return s.text }
func (s *scrubbed) Unwrap() error { return s.err }

// scrub takes addresses out of an error: those of response URLs and connections are secrets().
func scrub(err error) error {
	if err == nil {
		return nil
	}
	var u *url.Error
	if errors.As(err, &u) {
		text := u.Op + ": "
		if errors.Is(err, bot.ErrUnsure) {
			text = bot.ErrUnsure.Error() + ": " + text
		}
		if inner := u.Err; errors.Is(inner, context.DeadlineExceeded) || errors.Is(inner, context.Canceled) {
			return &scrubbed{text + inner.Error(), err}
		}
		return &scrubbed{text + secrets().ReplaceAllString(u.Err.Error(), "…"), err}
	}
	if text := err.Error(); secrets().MatchString(text) {
		return &scrubbed{secrets().ReplaceAllString(text, "…"), err}
	}
	return err
}
