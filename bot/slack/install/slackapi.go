package install

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	"github.com/slack-go/slack"
)

// api are the three requests to Slack that installations need.
type api struct {
	clientID     string
	clientSecret Secret
	redirectURL  string
	url          string
	http         careful
}

func newAPI(o Options) *api {
	c := *o.HTTPClient
	// A redirect could carry the client secret elsewhere. Slack's API has none.
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &api{o.ClientID, o.ClientSecret, o.RedirectURL, o.APIURL, careful{&c}}
}

// careful is an HTTP client that reads no more of an answer than it could need.
type careful struct{ c *http.Client }

const maxAnswer = 1 << 20 // bytes; Slack's have about a thousand

func (h careful) Do(r *http.Request) (*http.Response, error) {
	resp, err := h.c.Do(r)
	if err != nil {
		return nil, err
	}
	resp.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(resp.Body, maxAnswer), resp.Body}
	return resp, nil
}

// exchange makes an installation of an OAuth code: https://docs.slack.dev/reference/methods/oauth.v2.access
func (a *api) exchange(ctx context.Context, code, appID string, now func() time.Time) (Installation, error) {
	asked := now()
	r, err := slack.GetOAuthV2ResponseContext(ctx, a.http, a.clientID, a.clientSecret.Reveal(), code, a.redirectURL,
		slack.OAuthOptionAPIURL(a.url))
	if err != nil {
		return Installation{}, cleanError(err)
	}
	inst, err := tokensOf(Installation{}, r, asked)
	if err != nil {
		return inst, err
	}
	inst.TeamID, inst.TeamName, inst.AppID = r.Team.ID, r.Team.Name, r.AppID
	inst.EnterpriseID, inst.EnterpriseWide = r.Enterprise.ID, r.IsEnterpriseInstall
	inst.InstalledBy, inst.At = r.AuthedUser.ID, now()
	if inst.EnterpriseWide {
		inst.TeamID, inst.TeamName = "", r.Enterprise.Name
	}
	switch {
	case appID != "" && inst.AppID != appID:
		return Installation{}, errors.New("the answer of Slack is for another app")
	case inst.EnterpriseWide && !isID(inst.EnterpriseID, "E"), !inst.EnterpriseWide && !isID(inst.TeamID, "T"):
		return Installation{}, errors.New("the answer of Slack names no workspace")
	}
	a.complete(ctx, &inst)
	return inst, nil
}

// tokensOf takes the tokens of an answer.
func tokensOf(inst Installation, r *slack.OAuthV2Response, asked time.Time) (Installation, error) {
	if !r.Ok || r.AccessToken == "" || r.TokenType != "bot" || r.BotUserID == "" {
		return Installation{}, errors.New("the answer of Slack has no bot token")
	}
	if (r.RefreshToken == "") != (r.ExpiresIn <= 0) {
		return Installation{}, errors.New("the answer of Slack has half of what rotating tokens need")
	}
	inst.BotToken, inst.RefreshToken, inst.ExpiresAt = NewSecret(r.AccessToken), NewSecret(r.RefreshToken), time.Time{}
	if r.ExpiresIn > 0 {
		inst.ExpiresAt = asked.Add(time.Duration(r.ExpiresIn) * time.Second)
	}
	inst.BotUserID = r.BotUserID
	if r.Scope != "" {
		inst.Scopes = strings.Split(r.Scope, ",")
	}
	return inst, nil
}

// complete asks for what oauth.v2.access does not tell: the bot's ID. An installation is good without.
func (a *api) complete(ctx context.Context, inst *Installation) {
	c := slack.New(inst.BotToken.Reveal(), slack.OptionAPIURL(a.url), slack.OptionHTTPClient(a.http))
	if me, err := c.AuthTestContext(ctx); err == nil && isID(me.BotID, "B") {
		inst.BotID = me.BotID
	}
}

// refresh gives the installation with new tokens.
func (a *api) refresh(ctx context.Context, was Installation, now func() time.Time) (Installation, error) {
	asked := now()
	r, err := slack.RefreshOAuthV2TokenContext(ctx, a.http, a.clientID, a.clientSecret.Reveal(), was.RefreshToken.Reveal(),
		slack.OAuthOptionAPIURL(a.url))
	if err != nil {
		return Installation{}, cleanError(err)
	}
	if r.BotUserID == "" {
		r.BotUserID = was.BotUserID
	}
	if other := r.Team.ID; other != "" && was.TeamID != "" && other != was.TeamID {
		return Installation{}, errors.New("the answer of Slack is for another workspace")
	}
	return tokensOf(was, r, asked)
}

// slackError is why a request to Slack failed, in words that are ours: what comes from the network may repeat what was sent.
type slackError struct {
	Code   string // Slack's own, as in invalid_code; else empty
	reason string
	cause  error // only of context's
}

func (e *slackError) Error() string {
	if e.Code != "" {
		return "Slack says " + e.Code
	}
	return e.reason
}

func (e *slackError) Unwrap() error { return e.cause }

// spent reports whether Slack will never take the refresh token again.
func (e *slackError) spent() bool {
	switch e.Code {
	case "invalid_refresh_token", "invalid_grant", "token_revoked", "token_expired", "invalid_auth", "account_inactive",
		"authorization_not_found":
		return true
	}
	return false
}

// cleanError tells of an error only what cannot have a secret in it.
func cleanError(err error) error {
	var (
		said    slack.SlackErrorResponse
		status  slack.StatusCodeError
		limited *slack.RateLimitedError
		errno   syscall.Errno
		dns     *net.DNSError
	)
	switch {
	case errors.Is(err, context.Canceled):
		return &slackError{reason: "the request to Slack was given up", cause: context.Canceled}
	case errors.Is(err, context.DeadlineExceeded), isTimeout(err):
		return &slackError{reason: "Slack did not answer in time", cause: context.DeadlineExceeded}
	case errors.As(err, &said):
		return &slackError{Code: codeOf(said.Err)}
	case errors.As(err, &limited):
		return &slackError{reason: fmt.Sprintf("Slack wants to be left alone for %s", limited.RetryAfter)}
	case errors.As(err, &status):
		return &slackError{reason: fmt.Sprintf("Slack answered with status %d", status.Code)}
	case errors.As(err, &dns):
		return &slackError{reason: "the name of Slack's server cannot be looked up"}
	case errors.As(err, &errno):
		return &slackError{reason: "Slack cannot be reached: " + errno.Error()}
	}
	return &slackError{reason: "Slack cannot be reached, or its answer cannot be read"}
}

func isTimeout(err error) bool {
	var t interface{ Timeout() bool }
	return errors.As(err, &t) && t.Timeout()
}

// codeOf is an error code of Slack's, or unknown_error for what has not the shape of one.
func codeOf(s string) string {
	if s == "" || len(s) > 50 || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_") != "" {
		return "unknown_error"
	}
	return s
}
