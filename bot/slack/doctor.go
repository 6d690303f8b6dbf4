package slack

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/slack/install"
)

// Doctor looks at everything that serving Slack needs: tokens, scopes, and whether Slack and the bot reach each other. What
// cannot be looked at is a check that failed.
func (p *Platform) Doctor(ctx context.Context) []bot.Check {
	var checks []bot.Check
	if p.workspaces.installs == nil {
		checks = append(checks, p.tokenChecks(ctx)...)
	} else {
		checks = append(checks, p.installCheck(ctx))
	}
	if p.o.Config.sockets() {
		return append(checks, p.socketCheck(ctx), p.eventsCheck())
	}
	return append(checks, p.addressCheck(ctx), p.eventsCheck())
}

func failed(what string, err error, mend string) bot.Check {
	return bot.Check{What: what, Says: scrub(err).Error(), Mend: mend}
}

func (p *Platform) tokenChecks(ctx context.Context) []bot.Check {
	resp, err := p.client(p.o.Config.BotToken).AuthTestContext(ctx)
	if err != nil {
		mend := "See whether Slack, or slack.api_url, can be reached from here."
		if isFatal(codeOf(err)) {
			mend = "Copy Bot User OAuth Token anew from OAuth & Permissions into slack.bot_token; install the app if there is none."
		}
		return []bot.Check{failed("bot token", err, mend)}
	}
	return []bot.Check{{What: "bot token", OK: true, Says: fmt.Sprintf("is that of @%s in %q", resp.User, resp.Team)},
		p.scopeCheck(resp)}
}

// scopeCheck compares what the token may with what the bot needs.
func (p *Platform) scopeCheck(resp *slack.AuthTestResponse) bot.Check {
	granted := strings.FieldsFunc(resp.Header.Get("X-OAuth-Scopes"), func(r rune) bool { return r == ',' || r == ' ' })
	want := scopesOf(p.o.Config)
	lacks := func(scopes []string) []string {
		return slices.DeleteFunc(slices.Clone(scopes), func(s string) bool { return slices.Contains(granted, s) })
	}
	if missing := lacks(want.bot); len(missing) > 0 {
		return bot.Check{What: "scopes", Says: "lack " + strings.Join(missing, ", "),
			Mend: "Add them under OAuth & Permissions → Scopes, and install the app again."}
	}
	if missing := lacks(want.optional); len(missing) > 0 {
		return bot.Check{What: "scopes", OK: true,
			Says: "are those needed; without " + strings.Join(missing, ", ") + " nothing typed in direct messages is read"}
	}
	return bot.Check{What: "scopes", OK: true, Says: "are those needed"}
}

// installCheck sees whether the tokens of workspaces can be opened.
func (p *Platform) installCheck(ctx context.Context) bot.Check {
	const what = "installations"
	keys, err := p.o.Store.ListInstalls(ctx)
	if err != nil {
		return failed(what, err, "See store.url in the configuration.")
	}
	for _, key := range keys {
		at := place{team: key}
		if strings.HasPrefix(key, "E") {
			at = place{org: key}
		}
		if _, err := p.workspaces.of(ctx, at); err != nil {
			return failed(what, fmt.Errorf("%s: %w", key, err), "Set slack.token_key to what they were sealed with, or "+
				"install the app there again.")
		}
	}
	if len(keys) == 0 {
		return bot.Check{What: what, OK: true,
			Says: "none yet; the app is installed at " + p.o.Config.base() + install.InstallPath}
	}
	return bot.Check{What: what, OK: true, Says: fmt.Sprintf("in %d workspaces", len(keys))}
}

// socketCheck asks for a connection, without making it.
func (p *Platform) socketCheck(ctx context.Context) bot.Check {
	client := slack.New("", slack.OptionAPIURL(p.o.Config.api()), slack.OptionHTTPClient(p.http),
		slack.OptionAppLevelToken(p.o.Config.AppToken))
	if _, _, err := client.StartSocketModeContext(ctx); err != nil {
		mend := "See whether Slack, or slack.api_url, can be reached from here."
		if code := codeOf(err); code != "" && code != codeRateLimited {
			mend = "Make a token with the scope connections:write under Basic Information → App-Level Tokens for slack.app_token, " +
				"and switch Socket Mode on."
		}
		return failed("Socket Mode", err, mend)
	}
	return bot.Check{What: "Socket Mode", OK: true, Says: "a connection can be made"}
}

// addressCheck asks the public address what Slack asks it, so the bot has to be running there.
func (p *Platform) addressCheck(ctx context.Context) bot.Check {
	const what = "public address"
	c := p.o.Config
	if c.URL == "" {
		return bot.Check{What: what, OK: true, Says: "is not looked at: slack.url does not name it"}
	}
	if err := p.challenge(ctx, c.base()+eventsPath, c.SigningSecret); err != nil {
		return failed(what, err, "Run the bot, and let "+c.base()+" lead to "+c.listen()+" where it runs; then look again.")
	}
	return bot.Check{What: what, OK: true, Says: c.base() + " answers as Slack wants"}
}

// challenge does what Slack does when an address is set: https://docs.slack.dev/reference/events/url_verification
func (p *Platform) challenge(ctx context.Context, url, secret string) error {
	stamp := itoa(p.o.Now().Unix())
	word := "whowon-" + stamp
	body := []byte(`{"type":"url_verification","challenge":"` + word + `"}`)
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = fmt.Fprintf(mac, "v0:%s:%s", stamp, body) // a hash takes everything
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Slack-Request-Timestamp", stamp)
	req.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	resp, err := p.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(io.LimitReader(resp.Body, 1<<10))
	switch {
	case err != nil:
		return err
	case resp.StatusCode == http.StatusUnauthorized:
		return errors.New("it runs with another slack.signing_secret, or its clock is wrong")
	case resp.StatusCode != http.StatusOK || string(got) != word:
		return fmt.Errorf("it answers %s, and not as the bot does", resp.Status)
	}
	return nil
}

// eventsCheck says what no token can see: what the app is subscribed to.
func (p *Platform) eventsCheck() bot.Check {
	return bot.Check{What: "events", OK: true,
		Says: "cannot be seen from here; they are " + strings.Join(eventsOf(p.o.Config), ", ") + " in `whowon slack manifest`"}
}
