package slacktest

import (
	"slices"
	"time"
)

// token is one that requests carry.
type token struct {
	value      string
	app        bool  // for Socket Mode
	team       *team // nil of an app's and of an organisation's
	enterprise string
	scopes     []string
	expires    time.Time // zero is never
	gone       string    // the code it is refused with; "" while it is good
}

func (t *token) has(scope string) bool { return slices.Contains(t.scopes, scope) }

// openConnection: https://docs.slack.dev/reference/methods/apps.connections.open
func (w *webServer) openConnection(*call) reply {
	url, code := w.s.delivery.openConnection()
	if code != "" {
		return refuse(code)
	}
	return done(object{"url": url})
}

// authTest: https://docs.slack.dev/reference/methods/auth.test
func (w *webServer) authTest(c *call) reply {
	t := w.teamsOf(c)[0]
	o := object{"url": "https://" + t.Domain + ".slack.com/", "team": t.Name, "user": "whowon", "team_id": t.ID,
		"user_id": t.botUser, "bot_id": t.botID, "is_enterprise_install": c.token.enterprise != ""}
	if t.Enterprise != "" {
		o["enterprise_id"] = t.Enterprise
	}
	return done(o)
}

// authRevoke: https://docs.slack.dev/reference/methods/auth.revoke
func (w *webServer) authRevoke(c *call) reply {
	if c.truth("test") {
		return done(object{"revoked": false})
	}
	c.token.gone = "token_revoked"
	for _, t := range w.teamsOf(c) {
		w.tellRevoked(t, c.at)
	}
	return done(object{"revoked": true})
}

// appsUninstall: https://docs.slack.dev/reference/methods/apps.uninstall
func (w *webServer) appsUninstall(c *call) reply {
	switch app := w.s.o.App; {
	case c.args["client_id"] != app.ClientID:
		return refuse("invalid_client_id")
	case c.args["client_secret"] != app.ClientSecret:
		return refuse("bad_client_secret")
	case c.team == nil:
		return refuse("enterprise_is_restricted")
	}
	w.uninstall(c.team, true, c.at)
	return done(nil)
}

// usersInfo: https://docs.slack.dev/reference/methods/users.info
func (w *webServer) usersInfo(c *call) reply {
	for _, t := range w.teamsOf(c) {
		if u, ok := t.byID[c.args["user"]]; ok {
			return done(object{"user": u.json()})
		}
	}
	return refuse("user_not_found")
}

func (u User) json() object {
	return object{"id": u.ID, "team_id": u.Team, "name": u.Name, "real_name": u.RealName, "deleted": false,
		"tz": "Europe/Amsterdam", "tz_label": "Central European Time", "tz_offset": 3600, "is_admin": u.Admin || u.Owner,
		"is_owner": u.Owner, "is_primary_owner": false, "is_restricted": false, "is_ultra_restricted": false,
		"is_bot": u.Bot, "is_app_user": false, "updated": 1500000000, "profile": object{"real_name": u.RealName,
			"real_name_normalized": u.RealName, "display_name": u.RealName, "display_name_normalized": u.RealName, "team": u.Team}}
}

// botsInfo: https://docs.slack.dev/reference/methods/bots.info
func (w *webServer) botsInfo(c *call) reply {
	for _, t := range w.teamsOf(c) {
		if c.args["bot"] == t.botID {
			return done(object{"bot": object{"id": t.botID, "deleted": false, "name": "whowon", "app_id": w.s.o.App.ID,
				"user_id": t.botUser, "updated": 1500000000, "icons": object{}}})
		}
	}
	return refuse("bot_not_found")
}

// teamInfo: https://docs.slack.dev/reference/methods/team.info
func (w *webServer) teamInfo(c *call) reply {
	t := w.teamsOf(c)[0]
	if id := c.args["team"]; id != "" && id != t.ID {
		return refuse("team_not_found")
	}
	o := object{"id": t.ID, "name": t.Name, "domain": t.Domain, "email_domain": "", "icon": object{"image_default": true}}
	if t.Enterprise != "" {
		o["enterprise_id"], o["enterprise_name"] = t.Enterprise, t.Enterprise
	}
	return done(object{"team": o})
}
