// Package opentdb fetches questions from the Open Trivia Database (https://opentdb.com/api_config.php), at the pace that
// it asks for and without repeating a question.
//
// It does not know what a question must be like (trivia/pack) or where questions are kept.
package opentdb

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/pack"
)

// Limits of the API, and ours on what it may send.
const (
	DefaultURL = pack.OpenTDBSource
	MaxAmount  = 50              // questions of one request
	Pace       = 5 * time.Second // between two requests of one address
	tokenIdle  = 6 * time.Hour   // after which the API forgets a session

	requestTimeout = 15 * time.Second
	maxBody        = 1 << 20 // bytes; 50 questions are about 20 KiB
	maxTries       = 4       // of one request
	maxRetryAfter  = time.Minute
)

// Codes by which the API answers.
const (
	codeOK        = 0
	codeNoResults = 1 // fewer questions exist than were asked for
	codeInvalid   = 2
	codeNoToken   = 3
	codeEmpty     = 4 // the session has had all questions
	codeRate      = 5
)

// ErrNone is that there are no questions of the kind.
var ErrNone = errors.New("opentdb: there are no such questions")

// Config is what a client needs. All of it is optional.
type Config struct {
	BaseURL   string // DefaultURL
	UserAgent string // "whowon"
	HTTP      *http.Client
	Now       func() time.Time
	Sleep     func(context.Context, time.Duration) error // until then, or until the context ends
}

// Client asks the API, one request at a time. It is safe for use by several goroutines.
type Client struct {
	base  *url.URL
	agent string
	http  *http.Client
	now   func() time.Time
	sleep func(context.Context, time.Duration) error

	turn  chan struct{} // holds the right to ask
	token string        // of the session; "" before the first request
	used  time.Time     // when the token was last used
	ready time.Time     // when the next request may be made
}

// New makes a client. It asks nothing yet.
func New(c Config) (*Client, error) {
	if c.BaseURL == "" {
		c.BaseURL = DefaultURL
	}
	base, err := url.Parse(c.BaseURL)
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" {
		return nil, fmt.Errorf("opentdb: %q is not the address of an API; write https://…", c.BaseURL)
	}
	cl := &Client{base: base, agent: c.UserAgent, http: c.HTTP, now: c.Now, sleep: c.Sleep, turn: make(chan struct{}, 1)}
	if cl.agent == "" {
		cl.agent = "whowon"
	}
	if cl.http == nil {
		cl.http = &http.Client{CheckRedirect: stay, Transport: transport()}
	}
	if cl.now == nil {
		cl.now = time.Now
	}
	if cl.sleep == nil {
		cl.sleep = sleep
	}
	return cl, nil
}

// transport keeps no connections: seconds pass between requests, and on one that was kept a request may be sent again
// without our knowledge, too early.
func transport() *http.Transport {
	return &http.Transport{
		Proxy: http.ProxyFromEnvironment, DisableKeepAlives: true,
		TLSHandshakeTimeout: requestTimeout, MaxResponseHeaderBytes: 64 << 10,
	}
}

// stay follows a few redirections of the same host only.
func stay(r *http.Request, via []*http.Request) error {
	if len(via) > 3 || r.URL.Host != via[0].URL.Host {
		return errors.New("it redirects elsewhere")
	}
	return nil
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// Query is which questions are wanted.
type Query struct {
	Amount     int               // at least 1; more than MaxAmount takes several requests
	Category   int               // 9 to 32 (see Categories); 0 for all
	Difficulty trivia.Difficulty // 0 for all
	Type       string            // "multiple", "boolean"; "" for both

	// Told hears after each request how many questions have come, and that all have when there are no more. It may be nil.
	Told func(done, total int)
}

func (q Query) values(amount int, token string) url.Values {
	v := url.Values{"amount": {strconv.Itoa(amount)}, "encode": {"base64"}}
	if q.Category != 0 {
		v.Set("category", strconv.Itoa(q.Category))
	}
	if q.Difficulty != 0 {
		v.Set("difficulty", q.Difficulty.String())
	}
	if q.Type != "" {
		v.Set("type", q.Type)
	}
	if token != "" {
		v.Set("token", token)
	}
	return v
}

// Questions fetches up to q.Amount questions as a pack called opentdb. There are fewer where the database has no more, and
// ErrNone where it has none. When something breaks half-way, the pack holds what came before the error.
func (c *Client) Questions(ctx context.Context, q Query) (*pack.Pack, pack.Faults, error) {
	select {
	case c.turn <- struct{}{}:
		defer func() { <-c.turn }()
	case <-ctx.Done():
		return nil, nil, context.Cause(ctx)
	}
	f := fetch{Client: c, query: q, known: map[string]bool{}, pack: &pack.Pack{
		Name: "opentdb", Licence: pack.OpenTDBLicence, Source: pack.OpenTDBSource, Language: "en",
		File: "opentdb", Format: pack.OpenTDB,
	}}
	f.tell(0)
	err := f.all(ctx)
	if err == nil {
		f.tell(q.Amount)
	}
	if err == nil && len(f.pack.Questions) == 0 {
		err = ErrNone
	}
	return f.pack, f.faults, err
}
