package discordtest

import (
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
)

// trial is a body and what is to be said of it.
type trial struct {
	name, body string
	want       string // all errors, as "path CODE; path CODE"; "" is that it is accepted
	apart      string // why the OpenAPI document refuses what is accepted
}

// edge is a rule with a number: what is accepted, from the least to the most, and what is said of one less and of one more.
type edge struct {
	name        string
	least, most int
	body        func(n int) string
	low, high   string // as in a trial; low is "" where less than the least cannot be
}

// trials are an edge from both sides.
func (e edge) trials() []trial {
	list := []trial{
		{name: e.name + ": the most", body: e.body(e.most)},
		{name: e.name + ": one more", body: e.body(e.most + 1), want: e.high},
	}
	if e.low != "" {
		list = append(list, trial{name: e.name + ": the least", body: e.body(e.least)},
			trial{name: e.name + ": one less", body: e.body(e.least - 1), want: e.low})
	}
	return list
}

// judge has all bodies checked, and sends those that are accepted to the OpenAPI document in every request that carries them.
func judge(t *testing.T, check func([]byte) []fieldError, sends []sending, trials []trial, edges ...edge) {
	t.Helper()
	for _, e := range edges {
		trials = append(trials, e.trials()...)
	}
	for _, tt := range trials {
		var said []string
		for _, e := range check([]byte(tt.body)) {
			said = append(said, e.Path+" "+e.Code)
			if e.Message == "" || strings.Contains(e.Message, "%!") {
				t.Errorf("%s: the message is %q", tt.name, e.Message)
			}
		}
		if got := strings.Join(said, "; "); got != tt.want {
			t.Errorf("%s: got %q, want %q\n%.300s", tt.name, got, tt.want, tt.body)
		}
	}
	t.Run("OpenAPI", func(t *testing.T) {
		v := document(t)
		for _, tt := range trials {
			refused := false
			for _, s := range sends {
				if tt.want != "" {
					continue
				}
				err := v.check(s.request(t, tt.body))
				refused = refused || err != nil
				if err != nil && tt.apart == "" {
					t.Errorf("%s: %s %s: the document says %v\n%.300s", tt.name, s.method, s.path, err, tt.body)
				}
			}
			if tt.apart != "" && !refused {
				t.Errorf("%s: the document has it too by now, against this: %s", tt.name, tt.apart)
			}
		}
	})
}

// documentPath is where the published OpenAPI document is, if it is there.
func documentPath() string {
	if path := os.Getenv("WHOWON_DISCORD_OPENAPI"); path != "" {
		return path
	}
	return specs + "/discord-openapi.json"
}

// loaded is the document, which is read once for all tests: it takes seconds under the race detector.
var loaded = NewDocument(documentPath())

// document is the published OpenAPI document.
func document(t testing.TB) *validator {
	t.Helper()
	if !exists(documentPath()) {
		t.Skip("NOT TESTED: the OpenAPI document is not there; WHOWON_DISCORD_OPENAPI names it")
	}
	v, err := loaded.load()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// sending is a request that carries a body, in the place of %.
type sending struct{ method, path, form string }

func (s sending) request(t *testing.T, body string) (*http.Request, []byte) {
	t.Helper()
	body = strings.Replace(s.form, "%", body, 1)
	r, err := http.NewRequest(s.method, "http://discord.test/api/v9"+s.path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	return r, []byte(body)
}

const callbackPath = "/interactions/800000000000000001/token/callback"

func newMessages() []sending {
	return []sending{
		{"POST", "/channels/700000000000000001/messages", "%"},
		{"POST", "/webhooks/1100000000000000001/token?wait=true", "%"},
		{"POST", callbackPath + "?with_response=true", `{"type":4,"data":%}`},
	}
}

func edits() []sending {
	return []sending{
		{"PATCH", "/channels/700000000000000001/messages/700000000000000002", "%"},
		{"PATCH", "/webhooks/1100000000000000001/token/messages/@original", "%"},
		{"PATCH", "/webhooks/1100000000000000001/token/messages/700000000000000002", "%"},
		{"POST", callbackPath, `{"type":7,"data":%}`},
	}
}

// xs is so many characters.
func xs(n int) string { return strings.Repeat("x", max(n, 0)) }

// times is a list of n things, each made with its index.
func times(n int, f func(i int) string) string {
	var list []string
	for i := range max(n, 0) {
		list = append(list, f(i))
	}
	return strings.Join(list, ",")
}

// same is a list of n times the same.
func same(n int, s string) string { return strings.Join(slices.Repeat([]string{s}, max(n, 0)), ",") }
