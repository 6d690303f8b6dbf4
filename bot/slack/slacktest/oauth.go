package slacktest

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// codeLife is how long a code can be exchanged. https://docs.slack.dev/authentication/installing-with-oauth#exchanging
const codeLife = 10 * time.Minute

// tokenLife is how long a token lives that is rotated. https://docs.slack.dev/authentication/using-token-rotation
const tokenLife = 12 * time.Hour

// oauth is what OAuth remembers. It is guarded by the lock of the webServer.
type oauth struct {
	consent   func(q url.Values) (approve bool, team string, user User)
	codes     map[string]*grant
	refreshes map[string]*grant // by refresh token
}

// grant is what somebody has allowed the app.
type grant struct {
	team       *team // nil of an organisation
	enterprise string
	user       User
	scopes     []string
	redirect   string
	at         time.Time
	used       bool
}

func newOAuth() oauth { return oauth{codes: map[string]*grant{}, refreshes: map[string]*grant{}} }

// Consent sets who decides on the page that GET /oauth/v2/authorize is: whether they approve, the ID of the workspace that
// they install to, or of the organisation, and who they are.
func (s *Server) Consent(f func(q url.Values) (approve bool, team string, user User)) {
	s.web.mu.Lock()
	defer s.web.mu.Unlock()
	s.web.oauth.consent = f
}

// AuthorizeURL is the address of the consent page, without its query.
func (s *Server) AuthorizeURL() string { return s.url + "/oauth/v2/authorize" }

// authorize is the consent page: it goes on at once to where the app wants it.
// https://docs.slack.dev/authentication/installing-with-oauth#asking
func (w *webServer) authorize(rw http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	back, err := url.Parse(q.Get("redirect_uri"))
	w.mu.Lock()
	consent := w.oauth.consent
	w.mu.Unlock()
	switch {
	case q.Get("client_id") != w.s.o.App.ClientID:
		http.Error(rw, "invalid_client_id", http.StatusBadRequest)
		return
	case err != nil || back.Host == "":
		http.Error(rw, "bad_redirect_uri", http.StatusBadRequest)
		return
	case q.Get("scope") == "":
		http.Error(rw, "no_scopes", http.StatusBadRequest)
		return
	case consent == nil:
		http.Error(rw, "nobody is there to consent", http.StatusNotFound)
		return
	}
	approve, team, user := consent(q)
	result := back.Query()
	if approve {
		result.Set("code", w.grant(q, team, user))
	} else {
		result.Set("error", "access_denied")
	}
	if q.Has("state") {
		result.Set("state", q.Get("state"))
	}
	back.RawQuery = result.Encode()
	http.Redirect(rw, r, back.String(), http.StatusFound)
}

// grant is a code for what somebody has allowed.
func (w *webServer) grant(q url.Values, team string, user User) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	g := &grant{user: user, scopes: strings.Split(q.Get("scope"), ","), redirect: q.Get("redirect_uri"), at: time.Now()}
	if strings.HasPrefix(team, "E") {
		g.enterprise = team
		if len(w.world.enterprise(team)) == 0 {
			panic(fmt.Sprintf("slacktest: there is no organisation %q", team))
		}
	} else {
		g.team = w.world.team(team)
	}
	code := fmt.Sprintf("%d.%d.code", g.at.Unix(), w.serial())
	w.oauth.codes[code] = g
	return code
}

// oauthAccess: https://docs.slack.dev/reference/methods/oauth.v2.access
func (w *webServer) oauthAccess(c *call) reply {
	id, secret, ok := c.BasicAuth()
	if !ok {
		id, secret = c.args["client_id"], c.args["client_secret"]
	}
	switch {
	case id != w.s.o.App.ClientID:
		return refuse("invalid_client_id")
	case secret != w.s.o.App.ClientSecret:
		return refuse("bad_client_secret")
	}
	switch c.args["grant_type"] {
	case "", "authorization_code":
		return w.exchange(c)
	case "refresh_token":
		return w.refresh(c)
	}
	return refuse("invalid_grant_type")
}

func (w *webServer) exchange(c *call) reply {
	g := w.oauth.codes[c.args["code"]]
	switch {
	case g == nil:
		return refuse("invalid_code")
	case g.used:
		return refuse("code_already_used")
	case c.at.Sub(g.at) > codeLife:
		return refuse("code_expired")
	case c.args["redirect_uri"] != g.redirect:
		return refuse("bad_redirect_uri")
	}
	g.used = true
	return w.issue(g, c.at)
}

// refresh gives a new token for a refresh token, which can be used once.
func (w *webServer) refresh(c *call) reply {
	g := w.oauth.refreshes[c.args["refresh_token"]]
	if g == nil || g.used || g.team != nil && !g.team.installed {
		return refuse("invalid_refresh_token")
	}
	g.used = true
	return w.issue(g, c.at)
}

// issue gives a new token. The ones before stay good for as long as they live.
func (w *webServer) issue(g *grant, at time.Time) reply {
	n := w.serial()
	t := &token{team: g.team, enterprise: g.enterprise, scopes: g.scopes, value: fmt.Sprintf("xoxb-%d-%s", n, w.s.o.App.ID)}
	o := object{"token_type": "bot", "scope": strings.Join(g.scopes, ","), "app_id": w.s.o.App.ID,
		"authed_user": object{"id": g.user.ID}, "team": nil, "enterprise": nil, "is_enterprise_install": g.team == nil}
	if w.s.o.App.Rotation {
		t.value, t.expires = "xoxe."+t.value, at.Add(tokenLife)
		fresh := fmt.Sprintf("xoxe-1-%d", n)
		next := *g
		next.used = false
		w.oauth.refreshes[fresh] = &next
		o["refresh_token"], o["expires_in"] = fresh, int(tokenLife.Seconds())
	}
	o["access_token"] = t.value
	w.tokens[t.value] = t
	if g.team == nil {
		for _, in := range w.world.enterprise(g.enterprise) {
			in.installed, in.org, in.token = true, true, t.value
			o["bot_user_id"] = in.botUser
		}
		o["enterprise"] = object{"id": g.enterprise, "name": g.enterprise}
		return done(o)
	}
	g.team.installed, g.team.org, g.team.token = true, false, t.value
	o["team"], o["bot_user_id"] = object{"id": g.team.ID, "name": g.team.Name}, g.team.botUser
	if g.team.Enterprise != "" {
		o["enterprise"] = object{"id": g.team.Enterprise, "name": g.team.Enterprise}
	}
	return done(o)
}

// Uninstall takes the app from a workspace: its tokens become "account_inactive", and it is told by two events, of which
// tokensFirst says the order. https://docs.slack.dev/reference/events/app_uninstalled
func (s *Server) Uninstall(team string, tokensFirst bool) {
	s.web.do(func() { s.web.uninstall(s.web.world.team(team), tokensFirst, time.Now()) })
}

func (w *webServer) uninstall(t *team, tokensFirst bool, at time.Time) {
	w.endTokens(t, "account_inactive")
	told := []func(){
		func() { w.tell(t, object{"type": "app_uninstalled", "event_ts": stampAt(at)}, at) },
		func() { w.tellRevoked(t, at) },
	}
	if tokensFirst {
		slices.Reverse(told)
	}
	for _, tell := range told {
		tell()
	}
	t.installed = false
	t.token = ""
}

// RevokeTokens revokes the tokens of a workspace, which become "token_revoked", and tells the app.
// https://docs.slack.dev/reference/events/tokens_revoked
func (s *Server) RevokeTokens(team string) {
	w := s.web
	w.do(func() {
		t := w.world.team(team)
		w.endTokens(t, "token_revoked")
		w.tellRevoked(t, time.Now())
	})
}

func (w *webServer) endTokens(t *team, code string) {
	for _, tok := range w.tokens {
		if tok.team == t && tok.gone == "" {
			tok.gone = code
		}
	}
}

func (w *webServer) tellRevoked(t *team, at time.Time) {
	w.tell(t, object{"type": "tokens_revoked", "tokens": object{"oauth": []string{}, "bot": []string{t.botUser}},
		"event_ts": stampAt(at)}, at)
}
