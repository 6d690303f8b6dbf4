package web

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// guard refuses what does not come from our own pages. The name that was asked for must be one of ours: so a page elsewhere
// whose name was made to lead here reads nothing (DNS rebinding). What changes something must come from the same origin, by
// what browsers say of it: https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
func (w *Web) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		switch {
		case !w.ours(r.Host):
			http.Error(rw, "Nothing is served by that name. Who runs the bot can say so with web.url.", http.StatusMisdirectedRequest)
		case r.Method != http.MethodGet && r.Method != http.MethodHead && !w.sameOrigin(r):
			http.Error(rw, "That request came from another page, and was not done.", http.StatusForbidden)
		default:
			next.ServeHTTP(rw, r)
		}
	})
}

// ours reports whether a Host header names this server: this machine, the address it listens on, or the public one.
func (w *Web) ours(hostHeader string) bool {
	if u, err := url.Parse(w.o.Config.Base()); err == nil && u.Host != "" && strings.EqualFold(hostHeader, u.Host) {
		return true
	}
	host := hostOf(hostHeader)
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	own, err := netip.ParseAddr(hostOf(w.o.Listener.Addr().String()))
	// A page cannot be made to lead here by a number: a rebinding needs a name.
	return ip.Unmap().IsLoopback() || err == nil && (own.IsUnspecified() || own.Unmap() == ip.Unmap())
}

// sameOrigin reports whether a request comes from a page of ours. Without a word about it, it is not a browser's.
func (w *Web) sameOrigin(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" {
		return false
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return r.Header.Get("Sec-Fetch-Site") == "same-origin"
	}
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" {
		return false
	}
	return strings.EqualFold(u.Host, r.Host) || strings.EqualFold(origin, w.o.Config.Base())
}

// forwarded reports whether something in front sent a request on: then who asks is not known to be at this machine.
func forwarded(r *http.Request) bool {
	for _, h := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via"} {
		if r.Header.Get(h) != "" {
			return true
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err != nil || !ip.Unmap().IsLoopback()
}
