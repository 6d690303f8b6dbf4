package slacktest

import (
	"regexp"
	"strings"
)

// verification is the deprecated token that stands in every payload.
const verification = "verification-token"

// base are the fields that all interactions have.
// https://docs.slack.dev/reference/interaction-payloads, https://docs.slack.dev/interactivity/implementing-slash-commands
func (w *webServer) base(i *Interaction) object {
	if i.kind == "slash_command" {
		return w.baseCommand(i)
	}
	team := object{"id": i.team.ID, "domain": i.team.Domain}
	o := object{"type": i.kind, "token": verification, "api_app_id": w.s.o.App.ID, "team": team, "enterprise": nil,
		"is_enterprise_install": i.team.org, "user": object{"id": i.User.ID, "username": i.User.Name, "name": i.User.Name,
			"team_id": i.User.Team}}
	if e := i.team.Enterprise; e != "" {
		team["enterprise_id"], team["enterprise_name"] = e, e
		o["enterprise"] = object{"id": e, "name": e}
	}
	if i.TriggerID != "" {
		o["trigger_id"] = i.TriggerID
	}
	if i.ResponseURL != "" {
		o["response_url"] = i.ResponseURL
	}
	if i.ch != nil {
		o["channel"] = object{"id": i.ch.ID, "name": i.ch.shown()}
	}
	return o
}

func (w *webServer) baseCommand(i *Interaction) object {
	o := object{"token": verification, "team_id": i.team.ID, "team_domain": i.team.Domain, "channel_id": i.ch.ID,
		"channel_name": i.ch.shown(), "user_id": i.User.ID, "user_name": i.User.Name, "api_app_id": w.s.o.App.ID,
		"is_enterprise_install": "false", "response_url": i.ResponseURL, "trigger_id": i.TriggerID}
	if i.team.org {
		o["is_enterprise_install"] = "true"
	}
	if e := i.team.Enterprise; e != "" {
		o["enterprise_id"], o["enterprise_name"] = e, e
	}
	return o
}

// place adds where in a message or view somebody did something. What only one user sees comes without the message itself.
// https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
func (w *webServer) place(i *Interaction, o object) object {
	if m := i.source; m != nil {
		container := object{"type": "message", "message_ts": m.TS, "channel_id": m.Channel, "is_ephemeral": m.For != ""}
		if m.Thread != "" {
			container["thread_ts"] = m.Thread
		}
		o["container"] = container
		if m.For == "" {
			o["message"] = w.messageJSON(m)
		}
		return o
	}
	o["container"] = object{"type": "view", "view_id": i.view.ID}
	o["view"] = w.viewJSON(i.view, i.view.values(nil))
	return o
}

// escape is a text as commands and messages come, with the signs that mean something in them replaced.
// https://docs.slack.dev/messaging/formatting-message-text#escaping
func escape(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}

var channelName = regexp.MustCompile(`#[\p{L}\p{N}_-]+`)

// escape is the text of a command as it comes where the app wants it escaped: public channels as their IDs, too.
// https://docs.slack.dev/interactivity/implementing-slash-commands#escaping
func (t *team) escape(text string) string {
	return channelName.ReplaceAllStringFunc(escape(text), func(name string) string {
		for _, ch := range t.order {
			if ch.Kind == Public && name == "#"+ch.Name {
				return "<#" + ch.ID + "|" + ch.Name + ">"
			}
		}
		return name
	})
}
