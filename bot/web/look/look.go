// Package look is what all our pages in a browser have in common: colours, type, the icon, and the headers that keep a
// page to itself. It does not know what is on a page.
package look

import (
	"embed"
	"io/fs"
	"net/http"
)

//go:embed base.css icon.svg
var files embed.FS

// Files are base.css and icon.svg.
func Files() fs.FS { return files }

// policy lets a page load what this server has, and nothing else: no inline script or style, no other address, no frame.
// https://www.w3.org/TR/CSP3/
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Secure sets the headers of a page that trusts nobody else: what it may load, that it is not framed, and that it tells
// no other site where its reader came from.
func Secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}
