package look

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestSecure(t *testing.T) {
	w := httptest.NewRecorder()
	Secure(http.FileServerFS(Files())).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/base.css", http.NoBody))
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/css") {
		t.Errorf("base.css: %d, %s", w.Code, w.Header().Get("Content-Type"))
	}
	csp := w.Header().Get("Content-Security-Policy")
	if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") || strings.Contains(csp, "http") {
		t.Errorf("the policy lets in too much: %s", csp)
	}
}
