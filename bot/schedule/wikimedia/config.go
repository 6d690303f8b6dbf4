// Package wikimedia asks Wikipedia what happened on a day of the year, through Wikimedia's feed of "on this day"
// (https://www.mediawiki.org/wiki/Wikifeeds_API): an optional second source, off unless it is configured.
//
// It asks rarely, since a day of the year hardly changes, and it bears a service that is slow, broken or gone: then it
// answers with what it had, or with an error, and leaves the service alone for a while. Nothing it is sent is trusted.
//
// It does not know what is posted, where and when, how it is worded, or what our own facts say about the day. What it
// returns must be shown with Credit, CreditURL and License.
package wikimedia

import (
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"strings"
)

// DefaultURL is the feed of the English Wikipedia. Below it are the paths that
// https://api.wikimedia.org/feed/v1/wikipedia/en has too, which Wikimedia gives up bit by bit since July 2026
// (https://wikitech.wikimedia.org/wiki/API_Portal/Deprecation).
const DefaultURL = "https://en.wikipedia.org/api/rest_v1/feed"

// What must be named beside whatever comes from here (https://creativecommons.org/licenses/by-sa/4.0/,
// https://foundation.wikimedia.org/wiki/Policy:Terms_of_Use#7._Licensing_of_Content).
const (
	Credit     = "Wikipedia"
	CreditURL  = "https://en.wikipedia.org/wiki/Wikipedia:Selected_anniversaries"
	License    = "CC BY-SA 4.0"
	LicenseURL = "https://creativecommons.org/licenses/by-sa/4.0/"
)

// agentPolicy is why a contact is needed.
const agentPolicy = "https://foundation.wikimedia.org/wiki/Policy:Wikimedia_Foundation_User-Agent_Policy"

// longestContact bounds what is sent as contact, in bytes.
const longestContact = 200

// Config is the section of the configuration.
type Config struct {
	On bool `yaml:"on"`
	// BaseURL is where the feed is, up to and without /onthisday. The default is DefaultURL.
	BaseURL string `yaml:"base_url"`
	// Contact is an email address or the address of a page, by which Wikimedia can reach whoever runs the bot.
	Contact string `yaml:"contact"`
}

// Check names what is wrong with the section, and how to mend it. A section that is off may be empty.
func (c Config) Check() error {
	if _, err := c.base(); err != nil {
		return err
	}
	if c.Contact == "" && !c.On {
		return nil
	}
	return c.checkContact()
}

func (c Config) checkContact() error {
	if c.Contact == "" {
		return errors.New("wikimedia: contact is missing: Wikimedia asks for an email address or the address of a page by " +
			"which it can reach whoever runs the bot, see " + agentPolicy)
	}
	refuse := errors.New("wikimedia: contact is not an email address or the address of a page, such as you@example.org or " +
		"https://example.org/bot; Wikimedia asks for one, see " + agentPolicy)
	if len(c.Contact) > longestContact {
		return refuse
	}
	for _, b := range []byte(c.Contact) {
		if b <= ' ' || b > '~' || b == '(' || b == ')' || b == '\\' { // it becomes a comment in a header
			return refuse
		}
	}
	if u, err := url.Parse(c.Contact); err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" {
		return nil
	}
	if a, err := mail.ParseAddress(c.Contact); err == nil && a.Address == c.Contact {
		return nil
	}
	return refuse
}

// base is the address of the feed.
func (c Config) base() (*url.URL, error) {
	text := c.BaseURL
	if text == "" {
		text = DefaultURL
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("wikimedia: base_url %q is not the address of a feed: write one such as %s", text, DefaultURL)
	}
	switch host := strings.ToLower(u.Hostname()); {
	case u.Scheme == "https":
	case u.Scheme == "http" && (host == "localhost" || host == "127.0.0.1"):
	default:
		return nil, fmt.Errorf("wikimedia: base_url %q must begin with https://; http is for localhost and 127.0.0.1 only", text)
	}
	return u, nil
}
