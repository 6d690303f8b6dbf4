package discordtest

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNoDocument: without the document every request is taken.
func TestNoDocument(t *testing.T) {
	var v *validator
	if err := v.check(sending{"POST", "/nowhere", "%"}.request(t, `{`)); err != nil {
		t.Error(err)
	}
	if _, err := loadOpenAPI(filepath.Join(t.TempDir(), "none.json")); err == nil || !strings.HasPrefix(err.Error(), "OpenAPI document: ") {
		t.Errorf("a file that is not there is loaded: %v", err)
	}
	for _, text := range []string{`{`, `[]`, `{"openapi":"3.1.0"}`} {
		path := filepath.Join(t.TempDir(), "bad.json")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := loadOpenAPI(path); err == nil {
			t.Errorf("%s is loaded", text)
		}
	}
}

// TestReasons: what the document refuses it refuses in a line, which names the field.
func TestReasons(t *testing.T) {
	v := document(t)
	const messages = "/channels/700000000000000001/messages"
	for _, tt := range []struct{ method, path, body, want string }{
		{"POST", messages, `{"content":7}`, "content: value must be one of string, null"},
		{"POST", messages, `{"nonce":{}}`, `nonce: value doesn't match any schema from "oneOf"`},
		{"POST", messages, `{"content":"` + xs(4001) + `"}`, "content: maximum string length is 4000"},
		{"POST", messages, `{"components":[{"type":17,"components":[{"type":1,"components":[{"type":2,"style":1,"label":"` + xs(81) + `"}]}]}]}`,
			"components.0.components.0.components.0.label: maximum string length is 80"},
		{"POST", messages, `{"components":[{"type":1,"components":[` + same(6, press(1)) + `]}]}`, "components.0.components: maximum number of items is 5"},
		{"POST", messages, `{"components":[{"type":77}]}`, `components.0: value doesn't match any schema from "oneOf"`},
		{"POST", messages, `{"components":[{"type":1,"components":[{"type":2,"style":9}]}]}`,
			"components.0.components.0.style: value is not one of the allowed values [1,2,3,4,5,6]"},
		{"POST", messages, `{"embeds":[{"title":"` + xs(257) + `"}]}`, "embeds.0.title: maximum string length is 256"},
		{"POST", messages, `[]`, "value must be an object"},
		{"POST", messages, `{`, "unexpected end of JSON input"},
		{"POST", messages, ``, "the body is missing"},
		{"POST", callbackPath, `{"type":4,"data":{"content":"` + xs(2001) + `"}}`, "data.content: maximum string length is 2000"},
		{"POST", callbackPath, `{"type":9,"data":{"custom_id":"x","components":[]}}`, "data.components: minimum number of items is 1"},
		{"POST", callbackPath, `{"type":77}`, `doesn't match any schema from "anyOf"`},
		{"PUT", "/applications/1/commands", `[{"name":"` + xs(33) + `"}]`, "0.name: maximum string length is 32"},
		{"PUT", "/applications/1/commands", `[{"name":"x","options":[{"type":3,"name":"x"}]}]`, `0.options.0.description: property "description" is missing`},
		{"PUT", "/applications/1/commands", `[{"name":"x","default_member_permissions":true}]`,
			"0.default_member_permissions: value must be one of integer, null, string"},
		{"GET", messages + "?limit=101", ``, "parameter limit: maximum: got 101, want 100"},
		{"GET", "/channels/general/messages", ``, "parameter channel_id: 'general' does not match pattern '^(0|[1-9][0-9]*)$'"},
		{"GET", "/nowhere", ``, "no matching operation was found"},
		{"POST", "/gateway/bot", `{}`, "method not allowed"},
		{"GET", messages + "?limit=100", ``, ""},
		{"DELETE", messages + "/700000000000000002", ``, ""},
		{"GET", "/gateway/bot", ``, ""},
		{"PUT", "/applications/1/commands", `[{"name":"x","default_member_permissions":"32"},{"name":"y","default_member_permissions":32}]`, ""},
	} {
		got := ""
		if err := v.check(sending{tt.method, tt.path, "%"}.request(t, tt.body)); err != nil {
			got = err.Error()
		}
		if got != tt.want {
			t.Errorf("%s %s %.100s:\ngot  %s\nwant %s", tt.method, tt.path, tt.body, got, tt.want)
		}
	}
}

// TestCheckedRequest: a request is checked as the client sent it, and stays as it is.
func TestCheckedRequest(t *testing.T) {
	v := document(t)
	for _, tt := range []struct{ url, contentType, want string }{
		{"http://127.0.0.1:1/api/v10/channels/1/messages", "application/json", ""},
		{"http://127.0.0.1:1/api/v9/channels/1/messages", "application/json; charset=utf-8", ""},
		{"/api/v9/channels/1/messages", "application/json", ""},
		{"/api/v8/channels/1/messages", "application/json", "no matching operation was found"},
		{"/api/v10/channels/1/messages", "", `the Content-Type is ""`},
		{"/api/v10/channels/1/messages", "text/plain", `the Content-Type is "text/plain"`},
		{"/api/v10/channels/1/messages", "multipart/form-data; boundary=x", `the Content-Type is "multipart/form-data; boundary=x"`},
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, tt.url, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", tt.contentType)
		got := ""
		if err := v.check(r, []byte(`{"content":"x"}`)); err != nil {
			got = err.Error()
		}
		if got != tt.want {
			t.Errorf("%s as %q: got %q, want %q", tt.url, tt.contentType, got, tt.want)
		}
		if r.URL.String() != tt.url || r.Body != http.NoBody {
			t.Errorf("%s became %s", tt.url, r.URL)
		}
	}
}

// BenchmarkOpenAPI is a message of components, as the bot sends it.
func BenchmarkOpenAPI(b *testing.B) {
	v := document(b)
	body := callback(ResponseMessage, panel("Anora", "t/go", 0))
	r, err := http.NewRequestWithContext(b.Context(), http.MethodPost, "/api/v10"+callbackPath, http.NoBody)
	if err != nil {
		b.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	for b.Loop() {
		if err := v.check(r, []byte(body)); err != nil {
			b.Fatal(err)
		}
	}
}
