package fetch_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/binary"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/trivia/pack/fetch"
)

// names is a DNS server. It answers for each name with the addresses of one list after the other, the last one again and
// again, and knows nothing of other names.
type names struct {
	conn net.PacketConn
	mu   sync.Mutex
	is   map[string][][]string
}

func serveNames(t *testing.T, is map[string][][]string) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	n := &names{conn: conn, is: is}
	go n.serve()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

func (n *names) serve() {
	buf := make([]byte, 512)
	for {
		size, from, err := n.conn.ReadFrom(buf)
		if err != nil {
			return
		}
		if size > 12 {
			_, _ = n.conn.WriteTo(n.answer(buf[:size]), from)
		}
	}
}

// answer is the response to a question (RFC 1035, 4).
func (n *names) answer(ask []byte) []byte {
	var labels []string
	end := 12
	for ask[end] != 0 {
		labels = append(labels, string(ask[end+1:end+1+int(ask[end])]))
		end += 1 + int(ask[end])
	}
	kind := binary.BigEndian.Uint16(ask[end+1:])
	addresses, known := n.next(strings.Join(labels, "."), kind)
	out := append([]byte{}, ask[:end+5]...)
	flags := uint16(0x8180)
	if !known {
		flags = 0x8183 // there is no such name
	}
	binary.BigEndian.PutUint16(out[2:], flags)
	binary.BigEndian.PutUint16(out[6:], uint16(len(addresses)))
	binary.BigEndian.PutUint32(out[8:], 0)
	for _, a := range addresses {
		raw := a.AsSlice()
		out = append(out, 0xc0, 12, 0, byte(kind), 0, 1, 0, 0, 0, 0, 0, byte(len(raw)))
		out = append(out, raw...)
	}
	return out
}

// next are the addresses of a kind, and whether the name has any. A list is used up by the question for IPv4, which is
// asked for along with the other.
func (n *names) next(name string, kind uint16) (found []netip.Addr, known bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	lists := n.is[name]
	if len(lists) == 0 {
		return nil, false
	}
	for _, text := range lists[0] {
		if a := netip.MustParseAddr(text); a.Is4() && kind == 1 || a.Is6() && kind == 28 {
			found = append(found, a)
		}
	}
	if kind == 1 && len(lists) > 1 {
		n.is[name] = lists[1:]
	}
	return found, true
}

// site is a server at all addresses of this machine, one of which may be fetched from.
type site struct {
	*httptest.Server
	port  string
	roots *x509.CertPool
	also  netip.AddrPort
	mu    sync.Mutex
	hits  []string // host and path
}

func serve(t *testing.T, h http.HandlerFunc, hosts ...string) *site {
	t.Helper()
	cert, roots := certificate(t, hosts)
	l, err := net.Listen("tcp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	s := &site{roots: roots}
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.hits = append(s.hits, r.Host+r.URL.Path)
		s.mu.Unlock()
		h(w, r)
	}))
	s.Listener.Close()
	s.Listener, s.TLS = l, &tls.Config{Certificates: []tls.Certificate{cert}}
	s.StartTLS()
	t.Cleanup(s.Close)
	at := netip.MustParseAddrPort(l.Addr().String())
	s.also = netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), at.Port())
	_, s.port, _ = net.SplitHostPort(l.Addr().String())
	return s
}

func (s *site) client(r *net.Resolver, whole time.Duration) *fetch.Client {
	return fetch.ForTest(r, s.roots, s.also, whole)
}

func certificate(t *testing.T, hosts []string) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		DNSNames: hosts, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	raw, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{raw}, PrivateKey: key}, roots
}
