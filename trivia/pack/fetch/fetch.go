// Package fetch gets a file from an address that somebody else has chosen. Such an address may lead to this machine, to
// its network, to a cloud's metadata, or to a server that never ends. So only https on its own port is spoken, without a
// proxy, without names and passwords in addresses; where a name leads is looked at after it was resolved, for each
// connection that is made; redirections are few and held to the same; and size and time are limited.
//
// It does not know what it fetches, and nothing of packs. What is configured by whoever runs the program, as the address
// of an API, needs none of this.
package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Limits on a file that is fetched, beside the size that the caller names.
const (
	MaxURL       = 2048 // bytes of an address
	MaxRedirects = 3

	connectLimit = 5 * time.Second  // for the name, and for each address of it
	headerLimit  = 10 * time.Second // until the answer begins
	wholeLimit   = 60 * time.Second // for all of it, redirections too
	maxHeader    = 64 << 10         // bytes
	port         = "443"
)

// ErrRefused is that an address is one that is not fetched from. Its mend is another address, or a file.
var ErrRefused = errors.New("it is not fetched: download it yourself, and give the path of the file")

// File is what was fetched.
type File struct {
	Name string // the last part of the path it came from in the end, in printable ASCII; the host where there is none
	Data []byte
}

// Client fetches. It is safe for use by several goroutines.
type Client struct {
	http  *http.Client
	agent string
	also  netip.AddrPort // where a connection may go beside the public internet: nowhere, except in tests of this package
}

// New makes a client that calls itself agent.
func New(agent string) *Client {
	c := &Client{agent: agent}
	c.http = &http.Client{Transport: c.transport(nil), CheckRedirect: c.redirected, Timeout: wholeLimit}
	return c
}

// transport resolves names by r, or as the system does where that is nil. It keeps no connection, so each request has its
// address looked at.
func (c *Client) transport(r *net.Resolver) *http.Transport {
	d := &net.Dialer{Timeout: connectLimit, Resolver: r, Control: c.control}
	return &http.Transport{
		Proxy: nil, DialContext: d.DialContext, DisableKeepAlives: true, ForceAttemptHTTP2: true,
		TLSClientConfig:     &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout: connectLimit, ResponseHeaderTimeout: headerLimit, MaxResponseHeaderBytes: maxHeader,
	}
}

// control sees the address that a connection is about to be made to, after all names are resolved.
func (c *Client) control(network, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil || network != "tcp4" && network != "tcp6" {
		return fmt.Errorf("%q over %s is not an address of the internet; %w", address, network, ErrRefused)
	}
	if to == c.also {
		return nil
	}
	if why := Forbidden(to.Addr()); why != "" {
		return fmt.Errorf("its address %s is %s; %w", to.Addr(), why, ErrRefused)
	}
	return nil
}

// check reports what is wrong with an address before anything is asked of the network.
func (c *Client) check(u *url.URL) error {
	why := ""
	switch ip, err := netip.ParseAddr(u.Hostname()); {
	case len(u.String()) > MaxURL:
		why = fmt.Sprintf("its address has more than %d bytes", MaxURL)
	case u.Scheme != "https":
		why = "its address does not begin with https://"
	case u.User != nil:
		why = "there is a name or a password in its address"
	case u.Opaque != "" || u.Hostname() == "":
		why = "there is no host in its address"
	case u.Port() != "" && u.Port() != port && !(c.also.IsValid() && u.Port() == strconv.Itoa(int(c.also.Port()))):
		why = "it is at port " + u.Port() + ", and only 443 is asked"
	case err == nil && netip.AddrPortFrom(ip, c.also.Port()) != c.also:
		if why = Forbidden(ip); why != "" {
			why = "its address is " + why
		}
	}
	if why == "" {
		return nil
	}
	return fmt.Errorf("%s; %w", why, ErrRefused)
}

func (c *Client) redirected(r *http.Request, via []*http.Request) error {
	r.Header.Del("Referer") // the address may hold what is not for others
	if len(via) > MaxRedirects {
		return fmt.Errorf("it redirects more than %d times; %w", MaxRedirects, ErrRefused)
	}
	if err := c.check(r.URL); err != nil {
		return fmt.Errorf("it redirects elsewhere: %w", err)
	}
	return nil
}

// Get fetches a file of at most limit bytes, counted after decompression. What kind of file it says to be is not looked
// at. Errors name the host, and no more of the address; those of an address that is refused are ErrRefused.
func (c *Client) Get(ctx context.Context, address string, limit int64) (File, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return File{}, fmt.Errorf("fetch: that is no address; write https://example.org/pack.yaml: %w", ErrRefused)
	}
	f, err := c.get(ctx, u, limit)
	if err != nil {
		var of *url.Error // which repeats the address
		if errors.As(err, &of) {
			err = of.Err
		}
		return File{}, fmt.Errorf("fetch %q: %w", u.Hostname(), err)
	}
	return f, nil
}

func (c *Client) get(ctx context.Context, u *url.URL, limit int64) (File, error) {
	if err := c.check(u); err != nil {
		return File{}, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), http.NoBody)
	if err != nil {
		return File{}, err
	}
	req.Header.Set("User-Agent", c.agent)
	resp, err := c.http.Do(req)
	if err != nil {
		return File{}, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return File{}, fmt.Errorf("it answers with status %d, and 200 is expected: is the address right, and public?",
			resp.StatusCode)
	}
	tooLarge := fmt.Errorf("it is larger than the %d KiB that are read", limit>>10)
	if resp.ContentLength > limit {
		return File{}, tooLarge
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if err != nil {
		return File{}, fmt.Errorf("it broke off: %w", err)
	}
	if int64(len(data)) > limit {
		return File{}, tooLarge
	}
	return File{nameOf(resp.Request.URL), data}, nil
}

// nameOf is what a file is called, by its address. The escaped path is printable.
func nameOf(u *url.URL) string {
	if name := path.Base(u.EscapedPath()); name != "." && name != "/" {
		return name
	}
	return u.Hostname()
}
