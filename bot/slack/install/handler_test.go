package install_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot/slack/install"
)

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

func TestInstallation(t *testing.T) {
	r := newRig(t)
	r.noToken(r.Installs, "T1", "", install.ErrNotInstalled)
	status, body := r.install()
	if status != 200 || !strings.Contains(body, "<code>/help</code>") ||
		!strings.Contains(body, "https://slack.com/app_redirect?app=A1&amp;team=T1") {
		t.Errorf("status %d: %s", status, body)
	}
	if strings.Contains(body, "<script") || !strings.Contains(body, "&lt;script&gt;") {
		t.Errorf("the workspace's name is not escaped: %s", body)
	}
	got := <-r.installed
	if got.TeamID != "T1" || got.AppID != "A1" || got.BotUserID != "U1" || got.BotID != "B1" || got.InstalledBy != "U2" ||
		!got.At.Equal(r.now()) || fmt.Sprint(got.Scopes) != "[commands chat:write]" || !got.ExpiresAt.IsZero() || got.EnterpriseWide {
		t.Errorf("the installation is %+v", got)
	}
	for _, i := range []*install.Installs{r.Installs, r.replica(nil)} {
		inst, err := i.Token(t.Context(), "T1", "E1")
		if err != nil || inst.BotToken.Reveal() != got.BotToken.Reveal() || inst.BotToken.Reveal() == "" ||
			inst.BotID != "B1" || !inst.At.Equal(got.At) {
			t.Errorf("the token is of %+v, %v", inst, err)
		}
	}
}

func TestInstallingAgainReplaces(t *testing.T) {
	r := newRig(t)
	first := r.mustInstall()
	other := r.replica(nil)
	r.token(other, "T1", "")
	r.wait(time.Hour)
	second := r.mustInstall()
	if first.BotToken.Reveal() == second.BotToken.Reveal() {
		t.Fatal("it is the same token")
	}
	for _, i := range []*install.Installs{r.Installs, other} {
		if got := r.token(i, "T1", ""); got != second.BotToken.Reveal() {
			t.Error("it has the token of before")
		}
	}
}

func TestWorkspacesAreKeptApart(t *testing.T) {
	r := newRig(t)
	one := r.mustInstall()
	r.slack.set(func() { r.slack.team, r.slack.name = "T2", "Two" })
	two := r.mustInstall()
	if r.token(r.Installs, "T1", "") != one.BotToken.Reveal() || r.token(r.Installs, "T2", "") != two.BotToken.Reveal() {
		t.Error("a workspace has the token of the other one")
	}
	r.noToken(r.Installs, "T3", "", install.ErrNotInstalled)
	r.noToken(r.Installs, "", "", install.ErrNotInstalled)
	r.noToken(r.Installs, "../T1", "T1' OR 1", install.ErrNotInstalled)
}

func TestInstallationInAWholeOrganization(t *testing.T) {
	r := newRig(t)
	r.slack.set(func() { r.slack.enterprise, r.slack.wide = "E1", true })
	if _, body := r.install(); !strings.Contains(body, "https://app.slack.com/manage/E1/integrations/profile/A1/workspaces/add") {
		t.Errorf("nothing says that it has to be added to workspaces: %s", body)
	}
	<-r.installed
	wide := r.mustInstall()
	if wide.Key() != "E1" || wide.TeamID != "" || !wide.EnterpriseWide || r.store.row("E1") == nil {
		t.Errorf("it is kept under %s: %+v", wide.Key(), wide)
	}
	for _, team := range []string{"T1", "T7", ""} {
		if r.token(r.Installs, team, "E1") != wide.BotToken.Reveal() {
			t.Errorf("%q is not served", team)
		}
	}
	r.noToken(r.Installs, "T1", "", install.ErrNotInstalled)
	r.noToken(r.Installs, "T1", "E2", install.ErrNotInstalled)

	r.slack.set(func() { r.slack.wide = false })
	own := r.mustInstall()
	if own.Key() != "T1" || r.token(r.Installs, "T1", "E1") != own.BotToken.Reveal() {
		t.Error("a workspace's own installation does not come first")
	}
	if err := r.Forget(t.Context(), "T1", "E1", time.Time{}); err != nil {
		t.Fatal(err)
	}
	if r.token(r.Installs, "T1", "E1") != wide.BotToken.Reveal() {
		t.Error("the organization's installation went with a workspace's")
	}
	if err := r.Forget(t.Context(), "", "E1", time.Time{}); err != nil {
		t.Fatal(err)
	}
	r.noToken(r.Installs, "T1", "E1", install.ErrNotInstalled)
}

// begun gives the state and the cookie with which an installation begins.
func (r *rig) begun() (state string, cookie *http.Cookie) {
	r.t.Helper()
	b := r.browser()
	b.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := b.Get(r.app.URL + install.InstallPath)
	if err != nil {
		r.t.Fatal(err)
	}
	resp.Body.Close()
	u, err := resp.Location()
	if err != nil || resp.StatusCode != http.StatusFound || len(resp.Cookies()) != 1 {
		r.t.Fatalf("status %d, %v", resp.StatusCode, err)
	}
	if back := u.Query().Get("redirect_uri"); back != r.app.URL+install.RedirectPath {
		r.t.Errorf("it comes back to %s", back)
	}
	return u.Query().Get("state"), resp.Cookies()[0]
}

// back comes back from Slack with whatever state and cookie.
func (r *rig) back(cookie *http.Cookie, q url.Values) (status int, body string) {
	r.t.Helper()
	req, err := http.NewRequest(http.MethodGet, r.app.URL+install.RedirectPath+"?"+q.Encode(), http.NoBody)
	if err != nil {
		r.t.Fatal(err)
	}
	if cookie != nil {
		req.AddCookie(cookie)
	}
	resp, err := r.app.Client().Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, string(text)
}

func TestCookieIsOfThisBrowserOnly(t *testing.T) {
	_, c := newRig(t).begun()
	if !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.MaxAge != 600 ||
		!strings.HasPrefix(c.Name, "__Host-") {
		t.Errorf("the cookie is %v", c)
	}
}

// TestOnlyItsOwnStateIsTaken: with any other, Slack is not even asked.
func TestOnlyItsOwnStateIsTaken(t *testing.T) {
	for name, change := range map[string]func(r *rig, state *string, c **http.Cookie, q url.Values){
		"no state":        func(_ *rig, s *string, _ **http.Cookie, _ url.Values) { *s = "" },
		"forged":          func(_ *rig, s *string, _ **http.Cookie, _ url.Values) { *s = strings.Repeat("A", len(*s)) },
		"one bit changed": func(_ *rig, s *string, _ **http.Cookie, _ url.Values) { *s = flip(*s) },
		"cut off":         func(_ *rig, s *string, _ **http.Cookie, _ url.Values) { *s = (*s)[:len(*s)-4] },
		"no cookie":       func(_ *rig, _ *string, c **http.Cookie, _ url.Values) { *c = nil },
		"empty cookie":    func(_ *rig, _ *string, c **http.Cookie, _ url.Values) { (*c).Value = "" },
		"other browser":   func(r *rig, _ *string, c **http.Cookie, _ url.Values) { _, *c = r.begun() },
		"expired":         func(r *rig, _ *string, _ **http.Cookie, _ url.Values) { r.wait(10 * time.Minute) },
		"two states":      func(_ *rig, s *string, _ **http.Cookie, q url.Values) { q.Add("state", *s) },
		"other key": func(r *rig, _ *string, _ **http.Cookie, _ url.Values) {
			r.Installs = r.replica(func(o *install.Options) { o.Keys.Current = install.NewSecret(key2) })
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			state, cookie := r.begun()
			q := url.Values{"code": {"c"}}
			change(r, &state, &cookie, q)
			q.Add("state", state)
			status, body := r.back(cookie, q)
			if status != 400 || !strings.Contains(body, `href="install"`) || r.slack.exchanges > 0 {
				t.Errorf("status %d, %d exchanges: %s", status, r.slack.exchanges, body)
			}
		})
	}
}

func flip(s string) string {
	c := byte('A')
	if s[3] == c {
		c = 'B'
	}
	return s[:3] + string(c) + s[4:]
}

func TestStateIsGoodOnceAndForTenMinutes(t *testing.T) {
	r := newRig(t)
	state, cookie := r.begun()
	r.wait(9*time.Minute + 59*time.Second)
	for n, want := range []int{400, 400, 400} {
		if status, body := r.back(cookie, url.Values{"state": {state}, "code": {"c"}}); status != want ||
			strings.Contains(body, "invalid_code") != (n == 0) {
			t.Errorf("the %d. time: status %d: %s", n+1, status, body)
		}
	}
	if r.slack.exchanges != 1 {
		t.Errorf("Slack was asked %d times", r.slack.exchanges)
	}
}

func TestDenialIsTakenKindly(t *testing.T) {
	r := newRig(t)
	r.slack.set(func() { r.slack.denied = true })
	if status, body := r.install(); status != 200 || !strings.Contains(body, "decided against it") {
		t.Errorf("status %d: %s", status, body)
	}
	state, cookie := r.begun()
	hostile := `<img src=x> call 555`
	if status, body := r.back(cookie, url.Values{"state": {state}, "error": {hostile}}); status != 400 ||
		!strings.Contains(body, "unknown_error") || strings.Contains(body, "555") {
		t.Errorf("status %d: %s", status, body)
	}
	state, cookie = r.begun()
	if status, _ := r.back(cookie, url.Values{"state": {state}}); status != 400 {
		t.Errorf("without a code: status %d", status)
	}
	if r.slack.exchanges > 0 || len(r.store.rows) > 0 {
		t.Error("something came of it")
	}
}

func TestOnlyGETIsServed(t *testing.T) {
	r := newRig(t)
	for _, path := range []string{install.InstallPath, install.RedirectPath} {
		for _, method := range []string{http.MethodPost, http.MethodHead, http.MethodPut} {
			req, _ := http.NewRequest(method, r.app.URL+path, http.NoBody)
			resp, err := r.app.Client().Do(req)
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			if resp.StatusCode != http.StatusMethodNotAllowed {
				t.Errorf("%s %s: status %d", method, path, resp.StatusCode)
			}
		}
	}
}

func TestAnswersWithoutWhatIsNeededAreRefused(t *testing.T) {
	for name, change := range map[string]func(map[string]any){
		"no token":            func(a map[string]any) { delete(a, "access_token") },
		"a user's token":      func(a map[string]any) { a["token_type"] = "user" },
		"no bot":              func(a map[string]any) { delete(a, "bot_user_id") },
		"another app":         func(a map[string]any) { a["app_id"] = "A2" },
		"no app":              func(a map[string]any) { delete(a, "app_id") },
		"no workspace":        func(a map[string]any) { a["team"] = nil },
		"a strange workspace": func(a map[string]any) { a["team"] = map[string]any{"id": "T1/../T2"} },
		"no organization":     func(a map[string]any) { a["is_enterprise_install"] = true },
		"not ok":              func(a map[string]any) { a["ok"] = false },
		"half a rotation":     func(a map[string]any) { a["expires_in"] = 43200 },
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			r.slack.set(func() { r.slack.change = change })
			if status, body := r.install(); status != http.StatusBadGateway || !strings.Contains(body, "Not installed") {
				t.Errorf("status %d: %s", status, body)
			}
			if len(r.store.rows) > 0 || len(r.installed) > 0 {
				t.Error("something came of it")
			}
		})
	}
}

func TestWhatIsMissingOfTheScopesIsLogged(t *testing.T) {
	r := newRig(t)
	r.slack.set(func() { r.slack.change = func(a map[string]any) { a["scope"] = "commands" } })
	r.mustInstall()
	if !strings.Contains(r.log(), "scopes=[chat:write]") {
		t.Errorf("the log is %s", r.log())
	}
}

func TestStoreThatFailsIsTold(t *testing.T) {
	r := newRig(t)
	r.store.failing(func(op, _ string) error {
		if op == "save" {
			return errors.New("disk full")
		}
		return nil
	})
	if status, body := r.install(); status != http.StatusInternalServerError || strings.Contains(body, "disk full") {
		t.Errorf("status %d: %s", status, body)
	}
	if !strings.Contains(r.log(), "disk full") || len(r.installed) > 0 {
		t.Errorf("the log is %s", r.log())
	}
}

// TestInstallationEndsThoughTheBrowserHasLeft: its code is used up.
func TestInstallationEndsThoughTheBrowserHasLeft(t *testing.T) {
	r := newRig(t)
	b := r.browser()
	left := make(chan struct{})
	r.store.failing(func(op, _ string) error {
		if op == "save" {
			<-left
			time.Sleep(20 * time.Millisecond) // until the server has noticed
		}
		return nil
	})
	b.Timeout = 300 * time.Millisecond
	if resp, err := b.Get(r.app.URL + install.InstallPath); err == nil {
		resp.Body.Close()
		t.Fatal("the browser has not left")
	}
	close(left)
	select {
	case <-r.installed:
	case <-time.After(10 * time.Second):
		t.Fatal("it was given up")
	}
	r.token(r.Installs, "T1", "")
}
