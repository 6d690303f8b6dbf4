package discordtest

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// allowed is allowed_mentions: https://docs.discord.com/developers/resources/message#allowed-mentions-object.
type allowed struct {
	Parse       *[]string `json:"parse"`
	Users       []string  `json:"users"`
	Roles       []string  `json:"roles"`
	RepliedUser bool      `json:"replied_user"`
}

// look counts what a message does to those whom it mentions. Everything in the form of a mention counts as one, also in a
// code block or behind a backslash: what Discord makes of those has changed before.
func (r *recorder) look(d *draft, after Message, webhook bool) {
	a := d.Allowed
	if a == nil || a.Parse == nil || len(*a.Parse) > 0 {
		r.careless++
	}
	replies := d.Reference != nil && d.Reference.MessageID != ""
	if a.pings(textOf(after), webhook, replies) {
		r.pings++
	}
}

var (
	userMention = regexp.MustCompile(`<@!?(\d+)>`)
	roleMention = regexp.MustCompile(`<@&(\d+)>`)
)

// pings reports whether a text mentions somebody whom it may. Without allowed_mentions all may be mentioned, but through an
// interaction only users.
func (a *allowed) pings(text string, webhook, reply bool) bool {
	if a == nil {
		all := []string{"users", "roles", "everyone"}
		if webhook {
			all = all[:1]
		}
		a = &allowed{Parse: &all, RepliedUser: true}
	}
	parse := []string{}
	if a.Parse != nil {
		parse = *a.Parse
	}
	if reply && a.RepliedUser {
		return true
	}
	if slices.Contains(parse, "everyone") && (strings.Contains(text, "@everyone") || strings.Contains(text, "@here")) {
		return true
	}
	named := func(kind string, form *regexp.Regexp, only []string) bool {
		return slices.ContainsFunc(ids(form, text), func(id string) bool {
			return slices.Contains(parse, kind) || slices.Contains(only, id)
		})
	}
	return named("users", userMention, a.Users) || named("roles", roleMention, a.Roles)
}

func ids(form *regexp.Regexp, text string) []string {
	var list []string
	for _, m := range form.FindAllStringSubmatch(text, -1) {
		list = append(list, m[1])
	}
	return list
}

// mentioned are the users in the text of a message.
func mentioned(m Message) []string { return ids(userMention, textOf(m)) }

// textOf is all text of a message in which mentions count: its content, and its text displays.
func textOf(m Message) string {
	var b strings.Builder
	b.WriteString(m.Content)
	var walk func(raw json.RawMessage)
	walk = func(raw json.RawMessage) {
		var list []struct {
			Content    string          `json:"content"`
			Components json.RawMessage `json:"components"`
		}
		_ = json.Unmarshal(raw, &list) // what is no list has no text
		for _, c := range list {
			b.WriteString("\n" + c.Content)
			walk(c.Components)
		}
	}
	walk(m.Components)
	return b.String()
}

// pinged are the users whom a user's message mentions: in its text, and by a reply that pings. The bot is not pinged by a
// reply to its answer to an interaction: Discord takes that for the message of a webhook.
func (r *restServer) pinged(m *message) []string {
	list := append(mentioned(m.Message), m.also...)
	if to := m.ch.find(m.Reference); to != nil && m.ping && to.of == nil {
		list = append(list, to.Author)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
