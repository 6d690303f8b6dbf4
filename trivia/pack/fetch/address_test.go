package fetch_test

import (
	"net/netip"
	"testing"

	"github.com/whowon-bot/whowon/trivia/pack/fetch"
)

func TestPublicAddresses(t *testing.T) {
	for _, a := range []string{
		"1.1.1.1", "8.8.8.8", "93.184.216.34", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.1", "169.253.1.1", "198.17.0.1",
		"2606:4700::1111", "2a00:1450:4001::1", "2001:4860:4860::8888", "::ffff:1.1.1.1", "64:ff9b::8.8.8.8",
	} {
		if why := fetch.Forbidden(netip.MustParseAddr(a)); why != "" {
			t.Errorf("%s is %s", a, why)
		}
	}
	for _, a := range []string{
		"255.255.255.255", "198.19.0.1", "192.0.2.1", "203.0.113.9", "192.0.0.170", "::", "::127.0.0.1", "::ffff:0:127.0.0.1", "2001:db8::1",
		"3fff::1", "2001:0:5ef5:79fd::1", "ff02::1", "64:ff9b:1::1", "100::1", "5f00::1", "fec0::1", "2606:4700::1111%eth0", "64:ff9b::10.0.0.1",
	} {
		if fetch.Forbidden(netip.MustParseAddr(a)) == "" {
			t.Errorf("%s is allowed", a)
		}
	}
	if fetch.Forbidden(netip.Addr{}) == "" {
		t.Error("no address is allowed")
	}
}

// FuzzForbidden compares with what netip says of an address, in each of the ways in which IPv4 stands in IPv6.
func FuzzForbidden(f *testing.F) {
	for _, a := range []string{"127.0.0.1", "10.1.2.3", "169.254.169.254", "8.8.8.8", "224.0.0.1", "::1", "fe80::1", "fd00::1", "2606:4700::1"} {
		f.Add(netip.MustParseAddr(a).AsSlice())
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		a, ok := netip.AddrFromSlice(raw)
		if !ok {
			return
		}
		plain := a.Unmap()
		if inside := !plain.IsGlobalUnicast() || plain.IsPrivate(); inside && fetch.Forbidden(a) == "" {
			t.Errorf("%s is not of the public internet, and allowed", a)
		}
		if !plain.Is4() {
			return
		}
		v4 := plain.As4()
		mapped := netip.AddrFrom16(plain.As16())
		nat64 := netip.AddrFrom16([16]byte{0, 0x64, 0xff, 0x9b, 12: v4[0], 13: v4[1], 14: v4[2], 15: v4[3]})
		if fetch.Forbidden(mapped) != fetch.Forbidden(plain) || fetch.Forbidden(nat64) != fetch.Forbidden(plain) {
			t.Errorf("%s is %q, mapped %q, translated %q", plain, fetch.Forbidden(plain), fetch.Forbidden(mapped), fetch.Forbidden(nat64))
		}
		sixToFour := netip.AddrFrom16([16]byte{0x20, 0x02, v4[0], v4[1], v4[2], v4[3]})
		if fetch.Forbidden(sixToFour) == "" {
			t.Errorf("%s is allowed", sixToFour)
		}
	})
}
