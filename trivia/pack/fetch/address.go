package fetch

import "net/netip"

// reserved are the parts of the address space that are of no public host, and what they are:
// https://www.iana.org/assignments/iana-ipv4-special-registry,
// https://www.iana.org/assignments/iana-ipv6-special-registry.
// They are a function's, so that nobody can change them.
func reserved() []struct{ prefix, what string } {
	return []struct{ prefix, what string }{
		{"0.0.0.0/8", "of no host"},
		{"10.0.0.0/8", "of a private network"},
		{"100.64.0.0/10", "of a carrier's private network"},
		{"127.0.0.0/8", "of this machine"},
		{"169.254.0.0/16", "of a local link, as those of a cloud's metadata are"},
		{"172.16.0.0/12", "of a private network"},
		{"192.0.0.0/24", "reserved for protocols"},
		{"192.0.2.0/24", "for documentation"},
		{"192.88.99.0/24", "of a 6to4 relay"},
		{"192.168.0.0/16", "of a private network"},
		{"198.18.0.0/15", "for benchmarks"},
		{"198.51.100.0/24", "for documentation"},
		{"203.0.113.0/24", "for documentation"},
		{"224.0.0.0/4", "of a group"},
		{"240.0.0.0/4", "reserved"},

		{"::1/128", "of this machine"},
		{"::/128", "of no host"},
		{"fc00::/7", "of a private network"},
		{"fe80::/10", "of a local link"},
		{"fec0::/10", "of a private network"},
		{"ff00::/8", "of a group"},
		{"64:ff9b:1::/48", "of a private translator"},
		{"2001::/32", "of a Teredo tunnel"},
		{"2001::/23", "reserved for protocols"},
		{"2001:db8::/32", "for documentation"},
		{"2002::/16", "of a 6to4 tunnel"},
		{"3fff::/20", "for documentation"},
	}
}

// Forbidden says what an address is, where no connection may be made to it: of this machine, a private network, a link, a
// group, a tunnel to one of these, documentation, or reserved. It is "" for one of the public internet. An IPv4 address in
// an IPv6 one is looked at as what it is (IPv4-mapped, and NAT64 of RFC 6052); tunnels that anybody may write an address
// into (6to4, Teredo) are forbidden as a whole.
func Forbidden(a netip.Addr) string {
	if !a.IsValid() {
		return "none"
	}
	if a.Zone() != "" {
		return "of a local link"
	}
	a = a.Unmap()
	if netip.MustParsePrefix("64:ff9b::/96").Contains(a) {
		b := a.As16()
		a = netip.AddrFrom4([4]byte(b[12:]))
	}
	for _, r := range reserved() {
		if netip.MustParsePrefix(r.prefix).Contains(a) {
			return r.what
		}
	}
	if a.Is6() && !netip.MustParsePrefix("2000::/3").Contains(a) {
		return "not of the public internet"
	}
	return ""
}
