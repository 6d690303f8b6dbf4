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
	// PerSecond is how many requests leave in a second in the long run, interactions aside; DefaultPerSecond when 0. A
	// fifteenth more may leave in one second. Several processes of one bot share Discord's 50, so each gets its part.
	PerSecond int
}

// DefaultBase is Discord's API, in the version that it documents.
const DefaultBase = "https://discord.com/api/v10"

// DefaultPerSecond leaves some room below the 50 requests per second that Discord allows a bot
// (https://docs.discord.com/developers/topics/rate-limits, Global Rate Limit): for the three that may be ahead of their
// turn, and because the network bunches requests up.
const DefaultPerSecond = 46

// Client sends requests to Discord. It is for use by many goroutines, has none of its own, and need not be closed.
type Client struct {
	base      url.URL
	transport http.RoundTripper
	log       *slog.Logger
	pace      *pacer
	token     string
	bot       headers
	anonymous headers   // for interactions, whose token is in the path
	scratch   sync.Pool // of *scratch
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
	token := strings.TrimPrefix(strings.TrimSpace(o.Token), "Bot ")
	if token == "" {
		return nil, errors.New("there is no bot token")
	}
	if strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return nil, errors.New("the bot token has characters that no token has")
	}
	return &Client{
		base: *base, transport: o.Transport, log: o.Log, pace: newPacer(o.PerSecond), token: token,
		bot: newHeaders(o.UserAgent, "Bot "+token), anonymous: newHeaders(o.UserAgent, ""),
		scratch: sync.Pool{New: func() any { return newScratch() }},
	}, nil
}

// SetRate changes how many requests leave in a second, as Options.PerSecond: where processes come and go that share
// Discord's 50, each takes its part of DefaultPerSecond, rounded down, but at least 1. It applies to what waits already.
func (c *Client) SetRate(perSecond int) {
	c.pace.mu.Lock()
	defer c.pace.mu.Unlock()
	perSecond = max(1, perSecond)
	now := time.Now()
	if float64(perSecond) != c.pace.all.full {
		c.pace.all.set(perSecond, now)
		c.pace.dispatch(now)
	}
}

// Rate is how many requests may leave in a second, in the long run.
func (c *Client) Rate() int {
	c.pace.mu.Lock()
	defer c.pace.mu.Unlock()
	return int(c.pace.all.full)
}

func newHeaders(userAgent, authorization string) headers {
	plain := http.Header{"User-Agent": {userAgent}}
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

// MarshalText is for logs in JSON, which would otherwise show the token.
func (o Options) MarshalText() ([]byte, error) { return []byte(fmt.Sprint(o)), nil }

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
