package rest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Request is what is to be sent. It prints without tokens.
type Request struct {
	// Method is HTTP's. Path is below the base and may have a query: "/channels/1/messages?limit=5". Its parts are escaped
	// where an ID or a token would not be one otherwise (url.PathEscape).
	Method, Path string
	// Body is sent as JSON; a []byte or json.RawMessage as it is; nil is none.
	Body any
	// ContentType is that of a Body of bytes; "application/json" when empty.
	ContentType string
	// Into is where the answer is decoded to. An empty answer (204) leaves it as it is. nil drops the answer, so that one
	// which is cut short is a success as well.
	Into any
	// Urgency orders the requests that wait.
	Urgency Urgency
	// Interaction marks the answer to an interaction and its follow-ups: /interactions/{id}/{token}/callback and
	// /webhooks/{application}/{token}… They are outside of the global limit
	// (https://docs.discord.com/developers/topics/rate-limits, Global Rate Limit) and authorised by the token in the path.
	// Their own limits are for each interaction, so nothing is remembered of them: a 429 is waited for.
	Interaction bool
	// Repeatable says that it may be sent again when nobody knows whether it arrived: a GET, PUT, PATCH or DELETE, or a
	// POST with a nonce that is enforced. Anything may be sent again where it is known not to have arrived.
	Repeatable bool
	// Within is for how long after an attempt that may have arrived it is Repeatable; 0 is for ever.
	Within time.Duration
}

// Format prints the request without tokens and body, whatever the verb.
func (r Request) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, r.Method+" "+placeOf(r.Path).shown())
}

// MarshalText is for logs in JSON, which would otherwise show the path.
func (r Request) MarshalText() ([]byte, error) { return []byte(fmt.Sprint(r)), nil }

// scratch is memory that requests use in turn.
type scratch struct {
	out bytes.Buffer
	enc *json.Encoder // into out
	in  []byte
}

func newScratch() *scratch {
	s := &scratch{in: make([]byte, 0, 4<<10)}
	s.enc = json.NewEncoder(&s.out)
	s.enc.SetEscapeHTML(false) // it is not for a page
	return s
}

// maxKept is how large a buffer may be to be used again.
const maxKept = 64 << 10

// encode returns the bytes of the body, which are good until the scratch is used again.
func (s *scratch) encode(body any) ([]byte, error) {
	switch body := body.(type) {
	case nil:
		return nil, nil
	case []byte:
		return body, nil
	case json.RawMessage:
		return body, nil
	}
	s.out.Reset()
	if err := s.enc.Encode(body); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(s.out.Bytes(), []byte("\n")), nil
}

// attempt is one request as net/http sees it, in one piece of memory. It knows whether any of the body was read, without
// which nothing can have been carried out, and can cut a transport off from the body, which it may otherwise read after it
// has returned.
type attempt struct {
	url   url.URL
	first bodyReader
	mu    sync.Mutex
	data  []byte
	read  bool
}

// request makes the request of an attempt, which is to be released.
func (c *Client) request(ctx context.Context, r *Request, data []byte, h headers) (*http.Request, *attempt) {
	a := &attempt{url: c.base, data: data}
	path, query, _ := strings.Cut(r.Path, "?")
	a.url.RawQuery = query
	a.url.Path = c.base.Path + path
	if strings.Contains(path, "%") {
		if plain, err := url.PathUnescape(path); err == nil {
			a.url.Path, a.url.RawPath = c.base.Path+plain, c.base.EscapedPath()+path
		}
	}
	req := (&http.Request{
		Method: r.Method, URL: &a.url, Header: h.plain, Host: a.url.Host,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}).WithContext(ctx)
	if data == nil {
		return req, a
	}
	req.Header = h.withJSON
	if r.ContentType != "" {
		req.Header = h.plain.Clone()
		req.Header.Set("Content-Type", r.ContentType)
	}
	a.first.of = a
	req.Body, req.ContentLength = &a.first, int64(len(data))
	req.GetBody = a.again
	return req, a
}

// again returns the body from its start. It is for the transport, which sends again by itself where a connection it had
// kept was closed before anything was written.
func (a *attempt) again() (io.ReadCloser, error) { return &bodyReader{of: a}, nil }

// release cuts the transport off from the body, and reports whether any of it was read.
func (a *attempt) release() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.data = nil
	return a.read
}

// bodyReader reads the body of an attempt.
type bodyReader struct {
	of   *attempt
	next int
}

// Read implements io.Reader.
func (r *bodyReader) Read(into []byte) (int, error) {
	r.of.mu.Lock()
	defer r.of.mu.Unlock()
	r.of.read = true
	if r.next >= len(r.of.data) {
		return 0, io.EOF
	}
	n := copy(into, r.of.data[r.next:])
	r.next += n
	return n, nil
}

// Close implements io.Closer.
func (r *bodyReader) Close() error { return nil }

// MaxBody is how long an answer may be, in bytes. Discord's longest are far below.
const MaxBody = 4 << 20

// readAll reads the body to its end, at most MaxBody, into memory that is used again.
func (s *scratch) readAll(body io.Reader) ([]byte, error) {
	in := s.in[:0]
	for {
		if len(in) == cap(in) {
			in = append(in, 0)[:len(in)]
		}
		n, err := body.Read(in[len(in):cap(in)])
		in = in[:len(in)+n]
		s.in = in
		switch {
		case len(in) > MaxBody:
			return nil, ErrTooLarge
		case err == io.EOF:
			return in, nil
		case err != nil:
			return nil, err
		}
	}
}
