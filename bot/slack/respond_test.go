package slack

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
)

// carrier is the network, which notes where requests go.
type carrier struct{ went []string }

func (c *carrier) RoundTrip(r *http.Request) (*http.Response, error) {
	c.went = append(c.went, r.URL.String())
	resp := &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("ok")), Request: r}
	if strings.HasSuffix(r.URL.Path, "/moved") {
		resp.StatusCode = http.StatusTemporaryRedirect
		resp.Header.Set("Location", "http://169.254.169.254/latest")
	}
	return resp, nil
}

// TestResponseAddresses: an answer goes to Slack only, whatever address came with a question, and is not led elsewhere.
func TestResponseAddresses(t *testing.T) {
	const own = "http://127.0.0.1:9999/api"
	for _, tt := range []struct {
		api, address string
		goes         bool
	}{
		{"", "https://hooks.slack.com/commands/T1/2/x", true}, {"", "https://hooks.slack.com/app/T1/2/x?y=z", true},
		{"", "https://HOOKS.slack.com/actions/T1/2/x", true},
		{"https://slack-gov.com/api/", "https://hooks.slack-gov.com/actions/T1/2/x", true}, {own, "http://127.0.0.1:9999/respond/1", true},
		{"", "http://hooks.slack.com/commands/T1/2/x", false}, {"", "https://hooks.slack.com:8443/commands", false},
		{"", "https://hooks.slack.com.evil.example/x", false}, {"", "https://evil.example/hooks.slack.com", false},
		{"", "https://hooks.slack.com@evil.example/x", false}, {"", "https://ada:pw@hooks.slack.com/x", false},
		{"", "http://169.254.169.254/latest/meta-data/", false}, {"", "http://127.0.0.1:9999/respond/1", false}, {"", "https://[::1]/", false},
		{"", "file:///etc/passwd", false}, {"", "//hooks.slack.com/x", false}, {"", "", false}, {"", "https://evilslack.com/x", false},
		{own, "http://127.0.0.1:22/", false}, {own, "https://hooks.slack.com/commands/T1/2/x", false},
		{"https://slack-gov.com/api/", "https://hooks.slack.com/actions/T1/2/x", false},
	} {
		c := &carrier{}
		p, err := New(Options{Config: Config{APIURL: tt.api}, Transport: c})
		if err != nil {
			t.Fatal(err)
		}
		err = p.answer(t.Context(), tt.address, []byte("{}"))
		if goes := len(c.went) == 1; goes != tt.goes || tt.goes != (err == nil) || !tt.goes && !errors.Is(err, errNotTaken) {
			t.Errorf("%s: %q, %v", tt.address, c.went, err)
		}
	}
	c := &carrier{}
	p, err := New(Options{Transport: c})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.answer(t.Context(), "https://hooks.slack.com/moved", []byte("{}")); err == nil || len(c.went) != 1 {
		t.Errorf("it went to %q, %v", c.went, err)
	}
}
