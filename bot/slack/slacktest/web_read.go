package slacktest

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"net/url"
	"slices"
	"strings"
)

// read takes the arguments out of a request; it returns the code of what is wrong with it, or "".
// https://docs.slack.dev/apis/web-api/#post-bodies
func (c *call) read() string {
	c.args = map[string]string{}
	c.addForm(c.URL.Query())
	if len(c.body) == 0 {
		return ""
	}
	kind, params, err := mime.ParseMediaType(c.Header.Get("Content-Type"))
	switch {
	case c.m.name == "upload":
		return ""
	case err != nil:
		return "missing_post_type"
	case kind == "application/json":
		if params["charset"] == "" && c.m.token == botToken {
			c.warn = "missing_charset"
		}
		return c.readJSON()
	case kind == "application/x-www-form-urlencoded":
		form, err := url.ParseQuery(string(c.body))
		if err != nil {
			return "invalid_form_data"
		}
		c.addForm(form)
		return ""
	case kind == "multipart/form-data":
		c.Body = io.NopCloser(bytes.NewReader(c.body))
		if err := c.ParseMultipartForm(maxRequest); err != nil {
			return "invalid_form_data"
		}
		c.addForm(c.MultipartForm.Value)
		return ""
	}
	return "invalid_post_type"
}

func (c *call) addForm(form url.Values) {
	for name, values := range form {
		c.args[name] = values[0]
	}
}

func (c *call) readJSON() string {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(c.body, &fields); err != nil || fields == nil {
		return "json_not_object"
	}
	for name, raw := range fields {
		var text string
		if json.Unmarshal(raw, &text) == nil {
			c.args[name] = text
		} else {
			c.args[name] = string(raw)
		}
	}
	return ""
}

// authorise finds whose token a request carries, and refuses it where that may not do what it asks.
func (w *webServer) authorise(c *call) (reply, bool) {
	if c.m.token == noToken {
		return reply{}, true
	}
	value, ok := strings.CutPrefix(c.Header.Get("Authorization"), "Bearer ")
	if !ok {
		value = c.args["token"]
	}
	if value == "" {
		return refuse("not_authed"), false
	}
	t := w.tokens[value]
	if t == nil {
		return refuse("invalid_auth"), false
	}
	c.token, c.team = t, t.team
	if t.team != nil {
		c.rec.Team = t.team.ID
	}
	switch {
	case t.gone != "":
		return refuse(t.gone), false
	case !t.expires.IsZero() && !c.at.Before(t.expires):
		return refuse("token_expired"), false
	case t.app != (c.m.token == appToken):
		return refuse("not_allowed_token_type"), false
	case !t.app && len(w.teamsOf(c)) == 0:
		return refuse("team_access_not_granted"), false
	}
	if len(c.m.scopes) > 0 && !slices.ContainsFunc(c.m.scopes, t.has) {
		a := refuse("missing_scope")
		a.body["needed"], a.body["provided"] = strings.Join(c.m.scopes, ","), strings.Join(t.scopes, ",")
		return a, false
	}
	return reply{}, true
}
