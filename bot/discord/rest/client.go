package rest

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Options say whom a Client talks to, and as whom. They print without the token.
type Options struct {
	// Base is the URL that every path is below; DefaultBase when empty.
	Base string
	// Token is the bot's, with or without "Bot " before it.
	Token string
	// UserAgent has the form that Discord asks for: "DiscordBot (URL, version)".
	UserAgent string
	// Transport carries the requests; NewTransport() when nil. It must not follow redirects.
	Transport http.RoundTripper
	// Log hears of what Discord made us wait for or refused; nil is nobody.
	Log *slog.Logger
	// PerSecond is how many requests leave in any second, interactions aside; DefaultPerSecond when 0. Several processes
	// of one bot share Discord's 50, so each gets its part.
	PerSecond int
}

// DefaultBase is Discord's API, in the version that it documents.
const DefaultBase = "https://discord.com/api/v10"

// DefaultPerSecond leaves some room below the 50 requests per second that Discord allows a bot
// (https://docs.discord.com/developers/topics/rate-limits, Global Rate Limit), because the network bunches requests up.
const DefaultPerSecond = 45

// Client sends requests to Discord. It is for use by many goroutines, has none of its own, and need not be closed.
type Client struct {
	base      url.URL
	userAgent []string
	transport http.RoundTripper
	log       *slog.Logger
	pace      *pacer
	bot       atomic.Pointer[credentials]
	anonymous headers   // for interactions, whose token is in the path
	scratch   sync.Pool // of *scratch
}

// credentials are a bot token and what follows from it. They are replaced as a whole, so that the late answer to an old
// token says nothing about a new one.
type credentials struct {
	token string
	headers
	rejected atomic.Bool // Discord has said that the token is wrong
}

// headers are shared by all requests of a kind: a RoundTripper must not change them.
type headers struct{ plain, withJSON http.Header }

// New makes a client. It fails where the base is no URL or the token cannot be one.
func New(o Options) (*Client, error) {
	if o.Base == "" {
		o.Base = DefaultBase
	}
	base, err := url.Parse(strings.TrimSuffix(o.Base, "/"))
	if err != nil || base.Host == "" || base.User != nil || base.RawQuery != "" {
		return nil, errors.New("the base of Discord's API must be a URL of scheme, host and path")
	}
	if o.Transport == nil {
		o.Transport = NewTransport()
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.PerSecond <= 0 {
		o.PerSecond = DefaultPerSecond
	}
	c := &Client{
		base: *base, userAgent: []string{o.UserAgent}, transport: o.Transport, log: o.Log, pace: newPacer(o.PerSecond),
	}
	c.anonymous = c.headers("")
	c.scratch.New = func() any { return newScratch() }
	if err := c.SetToken(o.Token); err != nil {
		return nil, err
	}
	return c, nil
}

// SetToken replaces the bot token, and ends the refusal that follows a 401. It fails where token cannot be one.
func (c *Client) SetToken(token string) error {
	token = strings.TrimPrefix(strings.TrimSpace(token), "Bot ")
	if token == "" {
		return errors.New("there is no bot token")
	}
	if strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return errors.New("the bot token has characters that no token has")
	}
	c.bot.Store(&credentials{token: token, headers: c.headers("Bot " + token)})
	return nil
}

func (c *Client) headers(authorization string) headers {
	plain := http.Header{"User-Agent": c.userAgent}
	if authorization != "" {
		plain["Authorization"] = []string{authorization}
	}
	withJSON := plain.Clone()
	withJSON["Content-Type"] = []string{"application/json"}
	return headers{plain, withJSON}
}

// Format prints the client without its token, whatever the verb.
func (c *Client) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, "Discord client of "+c.base.Host)
}

// Format prints the options without the token, whatever the verb.
func (o Options) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "Discord at "+o.Base) }

// LogValue is for slog, whose JSON would otherwise show the token.
func (o Options) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(o)) }

// NewTransport makes a transport for Discord: it keeps as many connections as a busy bot needs (net/http keeps two), gives
// up on hosts that do not answer, and asks for no compression, which costs more than it saves on small bodies.
func NewTransport() *http.Transport {
	dialer := &net.Dialer{Timeout: 5 * time.Second, KeepAlive: 15 * time.Second}
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		HTTP2:                  &http.HTTP2Config{SendPingTimeout: 15 * time.Second, PingTimeout: 5 * time.Second},
		MaxIdleConns:           256,
		MaxIdleConnsPerHost:    128,
		IdleConnTimeout:        90 * time.Second,
		TLSHandshakeTimeout:    5 * time.Second,
		ResponseHeaderTimeout:  20 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
		DisableCompression:     true,
	}
}
