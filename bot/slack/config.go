package slack

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/whowon-bot/whowon/bot/slack/install"
)

// Config is the slack section of the configuration file. Without app_token and signing_secret there is no Slack.
type Config struct {
	// AppToken, "xapp-…", is for Socket Mode, which needs no public address.
	AppToken string `yaml:"app_token"`
	// SigningSecret is for requests over HTTP, to Listen.
	SigningSecret string `yaml:"signing_secret"`
	// PreviousSigningSecret is the one before, while it is being replaced.
	PreviousSigningSecret string `yaml:"previous_signing_secret"`

	// BotToken, "xoxb-…", is for one workspace.
	BotToken string `yaml:"bot_token"`
	// ClientID and ClientSecret let many workspaces install the app, by OAuth.
	ClientID     string `yaml:"client_id"`
	ClientSecret string `yaml:"client_secret"`
	// TokenKey is what the tokens of workspaces are sealed with in the database: 32 bytes in base64 or hexadecimal.
	TokenKey         string `yaml:"token_key"`
	PreviousTokenKey string `yaml:"previous_token_key"`
	// URL is the public address of Listen, as in https://whowon.example.org: for OAuth and in the manifest.
	URL string `yaml:"url"`

	// Listen is where requests are taken, as in 127.0.0.1:8082. TLS ends before it.
	Listen string `yaml:"listen"`
	// TypedAnswers is whether ordinary messages of channels are read, which needs scopes of their own.
	TypedAnswers bool `yaml:"typed_answers"`
	// Moderators are IDs of users who may run other people's rounds and the settings, beside a workspace's admins.
	Moderators []string `yaml:"moderators"`
	// Connections is how many connections Socket Mode has, 2 when 0: one is there while the other is renewed.
	Connections int `yaml:"connections"`
	// APIURL is the base of every request to the Web API.
	APIURL string `yaml:"api_url"`
}

const (
	defaultListen = "127.0.0.1:8082"
	defaultAPI    = "https://slack.com/api/"
)

// On reports whether Slack is to be served.
func (c Config) On() bool { return c.AppToken != "" || c.SigningSecret != "" }

// oauth reports whether workspaces install the app by themselves.
func (c Config) oauth() bool { return c.ClientID != "" }

// sockets reports whether Slack is reached by connections that the bot makes.
func (c Config) sockets() bool { return c.AppToken != "" }

// Check reports a setting that cannot be, and how to mend it.
func (c Config) Check() error {
	if !c.On() {
		if c.BotToken != "" || c.ClientID != "" || c.ClientSecret != "" {
			return errors.New("slack needs app_token (Socket Mode: Basic Information → App-Level Tokens, scope connections:write) " +
				"or signing_secret (HTTP: Basic Information → App Credentials)")
		}
		return nil
	}
	for _, t := range []struct{ key, value, prefix, where string }{
		{"app_token", c.AppToken, "xapp-", "Basic Information → App-Level Tokens"},
		{"bot_token", c.BotToken, "xox", "OAuth & Permissions → Bot User OAuth Token"},
	} {
		if t.value != "" && (!strings.HasPrefix(t.value, t.prefix) || strings.ContainsAny(t.value, " \t\r\n")) {
			return fmt.Errorf("slack.%s does not look like one: it begins with %s and is under %s", t.key, t.prefix, t.where)
		}
	}
	if c.AppToken != "" && c.SigningSecret != "" {
		return errors.New("slack has app_token and signing_secret: take app_token for Socket Mode, or signing_secret for HTTP")
	}
	if u, err := url.Parse(c.api()); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return fmt.Errorf("slack.api_url is %q; it is an address such as %s", c.APIURL, defaultAPI)
	}
	if c.Connections < 0 || c.Connections > maxConnections {
		return fmt.Errorf("slack.connections is %d; Slack takes 1 to %d", c.Connections, maxConnections)
	}
	return c.checkInstalls()
}

// maxConnections is how many connections of Socket Mode an app may have:
// https://docs.slack.dev/apis/events-api/using-socket-mode
const maxConnections = 10

func (c Config) checkInstalls() error {
	switch {
	case c.oauth() && c.BotToken != "":
		return errors.New("slack has bot_token and client_id: take bot_token for one workspace, or client_id, client_secret " +
			"and token_key to let many install it")
	case !c.oauth() && c.BotToken == "":
		return errors.New("slack.bot_token is missing: OAuth & Permissions → Bot User OAuth Token; for many workspaces set " +
			"client_id, client_secret and token_key instead")
	case !c.oauth():
		return nil
	case c.ClientSecret == "":
		return errors.New("slack.client_secret is missing: Basic Information → App Credentials")
	}
	if u, err := url.Parse(c.URL); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return fmt.Errorf("slack.url is %q; with client_id it is the public address of slack.listen, such as "+
			"https://whowon.example.org", c.URL)
	}
	if err := c.keys().Check(); err != nil {
		return fmt.Errorf("slack.token_key: %w", err)
	}
	return nil
}

func (c Config) keys() install.Keys {
	return install.Keys{Current: install.NewSecret(c.TokenKey), Previous: install.NewSecret(c.PreviousTokenKey)}
}

// api is the base of requests, which ends with a slash.
func (c Config) api() string {
	if c.APIURL == "" {
		return defaultAPI
	}
	return strings.TrimRight(c.APIURL, "/") + "/"
}

func (c Config) listen() string {
	if c.Listen == "" {
		return defaultListen
	}
	return c.Listen
}

// base is the public address, without a slash at its end.
func (c Config) base() string { return strings.TrimRight(c.URL, "/") }
