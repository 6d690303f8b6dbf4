package install

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// The paths of the handler.
const (
	InstallPath  = "/slack/install"
	RedirectPath = "/slack/oauth_redirect"
)

// cookieName has a prefix with which browsers take it over https only and let no other host set it:
// https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Set-Cookie#cookie_prefixes
const cookieName = "__Host-whowon-slack-install"

// again is the way from RedirectPath to InstallPath, also where both are below another path.
const again = "install"

// Handler serves GET InstallPath, which sends the browser to Slack, and GET RedirectPath, where it comes back.
func (i *Installs) Handler() http.Handler {
	m := http.NewServeMux()
	m.HandleFunc(InstallPath, only(i.begin))
	m.HandleFunc(RedirectPath, only(i.finish))
	return m
}

// only lets GET through, and not HEAD, which would use up the state.
func only(serve http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		protect(w.Header())
		if r.Method != http.MethodGet {
			w.Header().Set("Allow", http.MethodGet)
			http.Error(w, "only GET", http.StatusMethodNotAllowed)
			return
		}
		serve(w, r)
	}
}

// begin sends the browser to Slack: https://docs.slack.dev/authentication/installing-with-oauth#asking
func (i *Installs) begin(w http.ResponseWriter, r *http.Request) {
	u, err := url.Parse(i.o.AuthorizeURL)
	if err != nil { // New has checked it
		http.Error(w, "no address", http.StatusInternalServerError)
		return
	}
	state, cookie := i.states.make(i.now())
	q := u.Query()
	q.Set("client_id", i.o.ClientID)
	q.Set("scope", strings.Join(slices.Concat(i.o.Scopes, i.o.OptionalScopes), ","))
	q.Set("redirect_uri", i.o.RedirectURL)
	q.Set("state", state)
	u.RawQuery = q.Encode()
	setCookie(w, cookie, int(stateFor.Seconds()))
	http.Redirect(w, r, u.String(), http.StatusFound)
}

// setCookie sets the cookie, or removes it when maxAge is negative.
func setCookie(w http.ResponseWriter, value string, maxAge int) {
	http.SetCookie(w, &http.Cookie{Name: cookieName, Value: value, Path: "/", MaxAge: maxAge, Secure: true, HttpOnly: true,
		SameSite: http.SameSiteLaxMode})
}

// finish takes the browser back from Slack.
func (i *Installs) finish(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	cookie := ""
	if c, err := r.Cookie(cookieName); err == nil {
		cookie = c.Value
	}
	if len(q["state"]) != 1 || !i.states.use(q.Get("state"), cookie, i.now()) {
		page{Title: "That took too long", Text: "This installation was begun more than ten minutes ago, in another browser, " +
			"or it is over already. Nothing was changed.", Again: again}.write(w, http.StatusBadRequest)
		return
	}
	setCookie(w, "", -1)
	switch failed := q.Get("error"); {
	case failed == "access_denied":
		page{Title: "Not installed", Text: "You have decided against it, and nothing was changed. You can come back at any time.",
			Again: again}.write(w, http.StatusOK)
		return
	case failed != "" || len(q["code"]) != 1 || q.Get("code") == "":
		i.log.Warn("a Slack installation failed", "error", codeOf(failed))
		page{Title: "Not installed", Text: "Slack did not permit it (" + codeOf(failed) + "). Nothing was changed.",
			Again: again}.write(w, http.StatusBadRequest)
		return
	}
	// A code can be used once: what is begun is ended though the browser may have left.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), workTimeout)
	defer cancel()
	i.install(ctx, w, q.Get("code"))
}

// install exchanges a code, saves what comes of it, and says so.
func (i *Installs) install(ctx context.Context, w http.ResponseWriter, code string) {
	inst, err := i.slack.exchange(ctx, code, i.o.AppID, i.now)
	if err != nil {
		i.log.Error("a Slack installation failed", "err", err)
		status, text := http.StatusBadGateway, "Slack could not be reached or gave an answer that makes no sense. "
		if refused := new(slackError); errors.As(err, &refused) && refused.Code != "" {
			status, text = http.StatusBadRequest, "Slack refused it ("+refused.Code+"). "
		}
		page{Title: "Not installed", Text: text + "Please try again.", Again: again}.write(w, status)
		return
	}
	if err := i.save(ctx, inst); err != nil {
		i.log.Error("a Slack installation cannot be saved", "key", inst.Key(), "err", err)
		page{Title: "Not installed", Text: "Slack has permitted it, but it cannot be kept here just now. Please try again in " +
			"some minutes.", Again: again}.write(w, http.StatusInternalServerError)
		return
	}
	i.log.Info("the Slack app was installed", "key", inst.Key(), "enterprise", inst.EnterpriseID, "by", inst.InstalledBy,
		"rotating", inst.RefreshToken.Reveal() != "")
	if missing := missing(i.o.Scopes, inst.Scopes); len(missing) > 0 {
		i.log.Warn("the Slack app was installed without some of its scopes", "key", inst.Key(), "scopes", missing)
	}
	if i.o.Installed != nil {
		i.o.Installed(ctx, inst)
	}
	i.welcome(inst).write(w, http.StatusOK)
}

func (i *Installs) save(ctx context.Context, inst Installation) error {
	key := inst.Key()
	sealed, err := i.sealer.seal(key, inst)
	if err != nil {
		return err
	}
	unlock, err := i.locks.lock(ctx, key)
	if err != nil {
		return err
	}
	defer unlock()
	if err := i.store.SaveInstall(ctx, key, sealed); err != nil {
		return err
	}
	i.spent.drop(key)
	i.cache.put(key, inst, i.now(), refreshAt(inst))
	return nil
}

// missing are the scopes that were wanted and not granted.
func missing(wanted, granted []string) []string {
	return slices.DeleteFunc(slices.Clone(wanted), func(s string) bool { return slices.Contains(granted, s) })
}

// welcome is the page after an installation. Its link is https://api.slack.com/docs/deep-linking or, as the app is in no
// workspace of an organization yet, where to add it to some: https://api.slack.com/enterprise/apps/reference
func (i *Installs) welcome(inst Installation) page {
	where := cmp.Or(inst.TeamName, "Slack")
	p := page{Title: "Installed", Text: "It is in " + where + " now. You can close this page.", Command: i.o.FirstCommand}
	known := isID(inst.AppID, "A")
	if known && !inst.EnterpriseWide {
		p.Open = "https://slack.com/app_redirect?" + url.Values{"app": {inst.AppID}, "team": {inst.TeamID}}.Encode()
	}
	if inst.EnterpriseWide {
		p.Text = "It is permitted in " + where + ". An admin has to add it to workspaces now."
		if known {
			p.Add = "https://app.slack.com/manage/" + inst.EnterpriseID + "/integrations/profile/" + inst.AppID + "/workspaces/add"
		}
	}
	return p
}
