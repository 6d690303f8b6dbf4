package install_test

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot/slack/install"
)

// Two keys, and what no page, log or error may have in it.
const (
	key1   = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
	key2   = "6665646362613938373635343332313066656463626139383736353433323130"
	canary = "canary"
)

// memory is a Store, and with it memorySwapper one that can swap.
type memory struct {
	mu   sync.Mutex
	rows map[string][]byte
	// fail, when set, is asked before everything.
	fail func(op, key string) error
}

func (m *memory) do(op, key string, f func()) error {
	m.mu.Lock()
	fail := m.fail
	m.mu.Unlock()
	if fail != nil {
		if err := fail(op, key); err != nil {
			return err
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	f()
	return nil
}

func (m *memory) failing(f func(op, key string) error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fail = f
}

func (m *memory) LoadInstall(ctx context.Context, key string) (sealed []byte, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	err = m.do("load", key, func() { sealed = slices.Clone(m.rows[key]) })
	if err == nil && sealed == nil {
		err = fmt.Errorf("memory: %w", install.ErrNotFound)
	}
	return sealed, err
}

func (m *memory) SaveInstall(ctx context.Context, key string, sealed []byte) (err error) {
	failed := m.do("save", key, func() {
		if err = ctx.Err(); err == nil {
			m.rows[key] = slices.Clone(sealed)
		}
	})
	return cmp.Or(failed, err)
}

func (m *memory) DeleteInstall(_ context.Context, key string) error {
	return m.do("delete", key, func() { delete(m.rows, key) })
}

func (m *memory) ListInstalls(context.Context) (keys []string, err error) {
	err = m.do("list", "", func() { keys = slices.Sorted(maps.Keys(m.rows)) })
	return keys, err
}

func (m *memory) row(key string) []byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.rows[key])
}

type memorySwapper struct{ *memory }

func (m memorySwapper) SwapInstall(_ context.Context, key string, was, sealed []byte) (swapped bool, err error) {
	err = m.do("swap", key, func() {
		if swapped = m.rows[key] != nil && bytes.Equal(m.rows[key], was); swapped {
			m.rows[key] = slices.Clone(sealed)
		}
	})
	return swapped, err
}

// rig is an app that is installed by browsers, with its own clock, store, log and Slack.
type rig struct {
	t     *testing.T
	slack *fakeSlack
	store *memory
	app   *httptest.Server
	*install.Installs
	installed chan install.Installation

	mu   sync.Mutex
	at   time.Time
	logs bytes.Buffer
}

func (r *rig) now() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.at
}

func (r *rig) wait(d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at = r.at.Add(d)
}

func (r *rig) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.logs.Write(p)
}

func (r *rig) log() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.logs.String()
}

func newRig(t *testing.T) *rig {
	r := &rig{t: t, slack: newSlack(t), store: &memory{rows: map[string][]byte{}}, at: time.Unix(1_790_000_000, 500_000_000),
		installed: make(chan install.Installation, 100)}
	r.app = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		r.Handler().ServeHTTP(w, req)
	}))
	t.Cleanup(r.app.Close)
	r.Installs = r.replica(nil)
	t.Cleanup(func() {
		if log := r.log(); strings.Contains(log, canary) {
			t.Errorf("a secret was logged: %s", log)
		}
		for key, row := range r.store.rows {
			if bytes.Contains(row, []byte(canary)) || bytes.Contains(row, []byte("team")) {
				t.Errorf("the row of %s is not sealed: %q", key, row)
			}
		}
	})
	return r
}

// replica is one more process on the same store.
func (r *rig) replica(change func(*install.Options)) *install.Installs {
	r.t.Helper()
	o := install.Options{Store: memorySwapper{r.store}, Keys: install.Keys{Current: install.NewSecret(key1)},
		ClientID: "1.2", ClientSecret: install.NewSecret(canary + "-client"), AppID: "A1",
		Scopes: []string{"commands", "chat:write"}, OptionalScopes: []string{"im:history"},
		RedirectURL: r.app.URL + install.RedirectPath, AuthorizeURL: r.slack.url + "/oauth/v2/authorize",
		APIURL: r.slack.url + "/api/", FirstCommand: "/help", Now: r.now,
		Log:       slog.New(slog.NewTextHandler(r, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Installed: func(_ context.Context, i install.Installation) { r.installed <- i }}
	if change != nil {
		change(&o)
	}
	i, err := install.New(o)
	if err != nil {
		r.t.Fatal(err)
	}
	return i
}

// browser is one with its own cookies. It follows redirects, and trusts the app.
func (r *rig) browser() *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		r.t.Fatal(err)
	}
	roots := r.app.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	tr := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}
	r.t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Jar: jar, Transport: tr}
}

// visit gets a page, and checks what is true of all.
func (r *rig) visit(b *http.Client, address string) (status int, body string) {
	r.t.Helper()
	resp, err := b.Get(address)
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	if strings.Contains(string(text), canary) {
		r.t.Errorf("the page shows a secret: %s", text)
	}
	h := resp.Header
	if csp := h.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'none'; style-src 'sha256-") ||
		!strings.Contains(csp, "frame-ancestors 'none'") {
		r.t.Errorf("the policy is %q", csp)
	}
	if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "no-referrer" || h.Get("Cache-Control") != "no-store" {
		r.t.Errorf("the headers are %v", h)
	}
	return resp.StatusCode, string(text)
}

// install goes through an installation with a new browser.
func (r *rig) install() (status int, body string) {
	r.t.Helper()
	return r.visit(r.browser(), r.app.URL+install.InstallPath)
}

func (r *rig) mustInstall() install.Installation {
	r.t.Helper()
	status, body := r.install()
	if status != http.StatusOK || !strings.Contains(body, "Installed") {
		r.t.Fatalf("status %d: %s\n%s", status, body, r.log())
	}
	return <-r.installed
}

// token is the bot token that serves a workspace.
func (r *rig) token(i *install.Installs, team, enterprise string) string {
	r.t.Helper()
	inst, err := i.Token(r.t.Context(), team, enterprise)
	if err != nil {
		r.t.Fatalf("no token: %v\n%s", err, r.log())
	}
	return inst.BotToken.Reveal()
}

func (r *rig) noToken(i *install.Installs, team, enterprise string, want error) {
	r.t.Helper()
	inst, err := i.Token(r.t.Context(), team, enterprise)
	if !errors.Is(err, want) {
		r.t.Errorf("error %v, want %v", err, want)
	}
	if inst.BotToken.Reveal() != "" {
		r.t.Error("there is a token all the same")
	}
	if strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, err), canary) {
		r.t.Errorf("the error shows a secret: %v", err)
	}
}

// fakeSlack answers as Slack's OAuth does.
type fakeSlack struct {
	url string

	mu         sync.Mutex
	team       string // who installs next: a workspace,
	name       string
	enterprise string // of an organization,
	wide       bool   // in all of it
	rotate     bool
	denied     bool
	n          int
	codes      map[string]string // what is for a workspace
	refreshes  map[string]string
	exchanges  int
	change     func(answer map[string]any)           // of oauth.v2.access
	instead    func(http.ResponseWriter, url.Values) // of all of the API
	during     func()                                // called while a refresh is under way
}

func newSlack(t *testing.T) *fakeSlack {
	f := &fakeSlack{team: "T1", name: "One <script>alert(1)</script>", codes: map[string]string{}, refreshes: map[string]string{}}
	m := http.NewServeMux()
	m.HandleFunc("GET /oauth/v2/authorize", f.authorize)
	m.HandleFunc("POST /api/oauth.v2.access", f.access)
	m.HandleFunc("POST /api/auth.test", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{"ok": true, "bot_id": "B1"})
	})
	s := httptest.NewServer(m)
	t.Cleanup(s.Close)
	f.url = s.URL
	return f
}

func (f *fakeSlack) set(change func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change()
}

func (f *fakeSlack) authorize(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	q := r.URL.Query()
	if q.Get("client_id") != "1.2" || q.Get("scope") != "commands,chat:write,im:history" {
		http.Error(w, "bad request "+q.Encode(), http.StatusBadRequest)
		return
	}
	back := url.Values{"state": {q.Get("state")}}
	if f.denied {
		back.Set("error", "access_denied")
	} else {
		f.n++
		code := fmt.Sprint(canary, "-code-", f.n)
		f.codes[code] = f.team
		back.Set("code", code)
	}
	http.Redirect(w, r, q.Get("redirect_uri")+"?"+back.Encode(), http.StatusFound)
}

func (f *fakeSlack) access(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	f.mu.Lock()
	instead, during := f.instead, f.during
	f.mu.Unlock()
	if instead != nil {
		instead(w, r.PostForm)
		return
	}
	if during != nil && r.PostForm.Get("grant_type") != "" {
		during()
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.exchanges++
	if r.PostForm.Get("client_secret") != canary+"-client" {
		answer(w, map[string]any{"ok": false, "error": "bad_client_secret"})
		return
	}
	from, given, fault := f.codes, r.PostForm.Get("code"), "invalid_code"
	if r.PostForm.Get("grant_type") == "refresh_token" {
		from, given, fault = f.refreshes, r.PostForm.Get("refresh_token"), "invalid_refresh_token"
	}
	team, ok := from[given]
	delete(from, given)
	if !ok {
		answer(w, map[string]any{"ok": false, "error": fault})
		return
	}
	answer(w, f.tokens(team))
}

func (f *fakeSlack) tokens(team string) map[string]any {
	f.n++
	a := map[string]any{"ok": true, "app_id": "A1", "token_type": "bot", "bot_user_id": "U1", "scope": "commands,chat:write",
		"access_token": fmt.Sprint("xoxb-", canary, "-", team, "-", f.n), "authed_user": map[string]any{"id": "U2"},
		"team": map[string]any{"id": team, "name": f.name}, "enterprise": nil}
	if f.enterprise != "" {
		a["enterprise"] = map[string]any{"id": f.enterprise, "name": "All of it"}
	}
	if f.wide {
		a["is_enterprise_install"], a["team"] = true, nil
	}
	if f.rotate {
		refresh := fmt.Sprint("xoxe-1-", canary, "-", f.n)
		f.refreshes[refresh] = team
		a["refresh_token"], a["expires_in"] = refresh, 43200
	}
	if f.change != nil {
		f.change(a)
	}
	return a
}
