package fetch

import (
	"crypto/x509"
	"net"
	"net/http"
	"net/netip"
	"time"
)

// ForTest makes a client that resolves by r, trusts roots, and may connect to one address beside the public internet.
func ForTest(r *net.Resolver, roots *x509.CertPool, also netip.AddrPort, whole time.Duration) *Client {
	c := New("test")
	c.also = also
	t := c.transport(r)
	t.TLSClientConfig.RootCAs = roots
	c.http = &http.Client{Transport: t, CheckRedirect: c.redirected, Timeout: whole}
	return c
}
