package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"
)

// answer sends a message to a response address. slack-go's PostWebhook does not look at what Slack says to it, which is an
// error code, at times with the status of a success.
func (p *Platform) answer(ctx context.Context, address string, body []byte) error {
	if !p.o.Config.ofSlack(address) {
		return fmt.Errorf("%w: the response address is not Slack's", errNotTaken)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return errors.New("the response address is none")
	}
	req.Header["Content-Type"] = jsonContent
	resp, err := p.http.Do(req)
	if err != nil {
		return scrub(err)
	}
	defer resp.Body.Close()
	said, err := io.ReadAll(io.LimitReader(resp.Body, maxSaid))
	switch {
	case resp.StatusCode == http.StatusTooManyRequests:
		seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After")) // 0 is a second, below
		return &slack.RateLimitedError{RetryAfter: max(time.Second, time.Duration(seconds)*time.Second)}
	case resp.StatusCode/100 == 5:
		return slack.StatusCodeError{Code: resp.StatusCode, Status: resp.Status}
	case err != nil:
		return err
	}
	var a struct {
		OK    *bool  `json:"ok"`
		Error string `json:"error"`
	}
	if json.Unmarshal(said, &a) != nil && resp.StatusCode == http.StatusOK || a.OK != nil && *a.OK {
		return nil // a bare "ok", too
	}
	if a.Error == "" {
		a.Error = "status " + strconv.Itoa(resp.StatusCode)
	}
	return fmt.Errorf("%w: %s", errNotTaken, a.Error)
}

// ofSlack reports whether a response address is of the Slack that is configured: of its host, or of hooks. below it, as in
// https://hooks.slack.com/commands/… Addresses come in what Slack has signed. But whoever has the signing secret alone shall
// not have requests made to the network that the bot is in.
func (c Config) ofSlack(address string) bool {
	u, err := url.Parse(address)
	api, apiErr := url.Parse(c.api())
	if err != nil || apiErr != nil || u.User != nil {
		return false
	}
	return u.Scheme == api.Scheme && (strings.EqualFold(u.Host, api.Host) || strings.EqualFold(u.Host, "hooks."+api.Host))
}

// stay follows no redirection: neither the Web API nor a response address has any.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// errNotTaken is Slack's word that an answer is not shown.
var errNotTaken = errors.New("the answer was not taken")

var jsonContent = []string{"application/json"}

const maxSaid = 4 << 10
