package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/discord/rest"
)

// app is GET /applications/@me, as far as it is looked at.
type app struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	VerifyKey string `json:"verify_key"`
	Flags     int    `json:"flags"`
	BotPublic bool   `json:"bot_public"`
	Endpoint  string `json:"interactions_endpoint_url"`
	Guilds    int    `json:"approximate_guild_count"`
}

// Flags of an application that has the Message Content intent, in full or as long as it is in few guilds:
// https://discord.com/developers/docs/resources/application#application-object-application-flags
const (
	flagMessageContent        = 1 << 18
	flagMessageContentLimited = 1 << 19
)

// Doctor looks at everything that serving Discord needs: token, application, intents, commands, and with a channel's ID the
// permissions in it. What cannot be looked at is a check that failed.
func (p *Platform) Doctor(ctx context.Context, channel string) []bot.Check {
	var a app
	err := p.rest.Do(ctx, rest.Request{Method: http.MethodGet, Path: "/applications/@me", Into: &a, Repeatable: true})
	if err != nil {
		return []bot.Check{tokenCheck(err)}
	}
	checks := []bot.Check{{What: "token", OK: true, Says: fmt.Sprintf("is that of %q, in about %d servers", a.Name, a.Guilds)}}
	checks = append(checks, p.appCheck(a), p.transportCheck(a), p.intentCheck(a), p.gatewayCheck(ctx), p.commandsCheck(ctx))
	if channel != "" {
		checks = append(checks, p.channelCheck(ctx, channel))
	}
	return checks
}

func failed(what string, err error, mend string) bot.Check {
	return bot.Check{What: what, Says: err.Error(), Mend: mend}
}

func tokenCheck(err error) bot.Check {
	if errors.Is(err, rest.ErrUnauthorized) {
		return failed("token", err, "Copy the token anew from Bot → Reset Token in the developer portal into discord.token.")
	}
	return failed("token", err, "See whether Discord, or discord.api_url, can be reached from here.")
}

func (p *Platform) appCheck(a app) bot.Check {
	if want := p.o.Config.ApplicationID; want != "" && want != a.ID {
		return bot.Check{What: "application",
			Says: "the token belongs to application " + a.ID + ", the configuration names " + want,
			Mend: "Set discord.application_id: " + a.ID + ", or leave it out."}
	}
	p.known(a.ID, "")
	return bot.Check{What: "application", OK: true, Says: a.ID}
}

// transportCheck sees whether interactions arrive where the bot waits for them: with an endpoint set, Discord sends none
// over the gateway.
func (p *Platform) transportCheck(a app) bot.Check {
	c := bot.Check{What: "interactions", Says: "over the gateway"}
	switch p.o.Config.transport() {
	case transportGateway:
		c.OK = a.Endpoint == ""
		if !c.OK {
			c.Says = "go to " + a.Endpoint + ", so none comes over the gateway"
			c.Mend = "Clear Interactions Endpoint URL under General Information, or set discord.transport: http."
		}
		return c
	case transportHTTP:
		c.Says = "go to " + a.Endpoint
		switch {
		case a.Endpoint == "":
			c.Says = "go nowhere: the application has no Interactions Endpoint URL"
			c.Mend = "Set it under General Information to the https address that leads to " + p.o.Config.listen() + "."
		case a.VerifyKey != "" && !strings.EqualFold(a.VerifyKey, p.o.Config.PublicKey):
			c.Says = "are signed with another key than discord.public_key"
			c.Mend = "Set discord.public_key: " + a.VerifyKey
		default:
			c.OK = true
		}
	}
	return c
}

func (p *Platform) intentCheck(a app) bot.Check {
	has := a.Flags&(flagMessageContent|flagMessageContentLimited) != 0
	switch {
	case !p.o.Config.MessageContent:
		return bot.Check{What: "intents", OK: true,
			Says: "none that is privileged; answers by buttons, forms, replies and mentions"}
	case has:
		return bot.Check{What: "intents", OK: true, Says: "Message Content is switched on"}
	}
	return bot.Check{What: "intents", Says: "Message Content is not switched on, so Discord will refuse to connect",
		Mend: "Switch it on under Bot → Privileged Gateway Intents, or set discord.message_content: false."}
}

func (p *Platform) gatewayCheck(ctx context.Context) bot.Check {
	var g gatewayBot
	err := p.rest.Do(ctx, rest.Request{Method: http.MethodGet, Path: "/gateway/bot", Into: &g, Repeatable: true})
	if err != nil {
		return failed("gateway", err, "Try again in a minute.")
	}
	c := bot.Check{What: "gateway", OK: g.Limit.Remaining > 0 || g.Limit.Total == 0,
		Says: fmt.Sprintf("%d shards advised; %d of %d connects left today", g.Shards, g.Limit.Remaining, g.Limit.Total)}
	if !c.OK {
		c.Mend = "Wait until the day's connects are there again; find out what used them up."
	}
	return c
}

func (p *Platform) commandsCheck(ctx context.Context) bot.Check {
	const mend = "Run: whowon discord register"
	list, err := p.Differences(ctx, "")
	if err != nil {
		return failed("commands", err, mend)
	}
	var off []string
	for _, d := range list {
		if d.Change != Unchanged {
			off = append(off, "/"+d.Command+" would be "+string(d.Change))
		}
	}
	if len(off) > 0 {
		return bot.Check{What: "commands", Says: strings.Join(off, ", "), Mend: mend}
	}
	return bot.Check{What: "commands", OK: true, Says: strconv.Itoa(len(list)) + " are registered, as they are here"}
}

// channelCheck computes what the bot may do in a channel:
// https://discord.com/developers/docs/topics/permissions#permission-overwrites
func (p *Platform) channelCheck(ctx context.Context, id string) bot.Check {
	what := "channel " + id
	var ch discordgo.Channel
	if err := p.get(ctx, "/channels/"+url.PathEscape(id), &ch); err != nil {
		return failed(what, err, "Check the ID, and that the bot was added to the server and may view the channel.")
	}
	if ch.GuildID == "" {
		return bot.Check{What: what, OK: true, Says: "is a direct message"}
	}
	at := ch
	if isThread(ch.Type) && ch.ParentID != "" {
		if err := p.get(ctx, "/channels/"+ch.ParentID, &at); err != nil {
			return failed(what, err, "Let the bot view the channel that the thread belongs to.")
		}
	}
	var roles []*discordgo.Role
	var self discordgo.User
	var me discordgo.Member
	err := errors.Join(p.get(ctx, "/users/@me", &self), p.get(ctx, "/guilds/"+ch.GuildID+"/roles", &roles))
	if err == nil {
		err = p.get(ctx, "/guilds/"+ch.GuildID+"/members/"+self.ID, &me)
	}
	if err != nil {
		return failed(what, err, "Add the bot to the server: whowon discord invite")
	}
	names := missing(permissionsIn(&at, roles, me.Roles, self.ID), isThread(ch.Type))
	if len(names) > 0 {
		return bot.Check{What: what, Says: "lacks " + strings.Join(names, ", "),
			Mend: "Give them to the bot's role under Edit Channel → Permissions of #" + at.Name + "."}
	}
	return bot.Check{What: what, OK: true, Says: "#" + ch.Name + ": all that is needed"}
}

func (p *Platform) get(ctx context.Context, path string, into any) error {
	return p.rest.Do(ctx, rest.Request{Method: http.MethodGet, Path: path, Into: into, Repeatable: true})
}

// permissionsIn are a member's permissions in a channel: those of their roles, then what the channel denies and allows to
// everyone, to their roles together, and to themselves.
func permissionsIn(ch *discordgo.Channel, roles []*discordgo.Role, mine []string, self string) int64 {
	var all int64
	has := map[string]bool{ch.GuildID: true} // the role of everyone has the guild's ID
	for _, r := range mine {
		has[r] = true
	}
	for _, r := range roles {
		if has[r.ID] {
			all |= r.Permissions
		}
	}
	if all&discordgo.PermissionAdministrator != 0 {
		return -1
	}
	var deny, allow int64
	for _, o := range ch.PermissionOverwrites {
		if o.ID == ch.GuildID {
			all = all&^o.Deny | o.Allow
		} else if o.Type == discordgo.PermissionOverwriteTypeRole && has[o.ID] {
			deny, allow = deny|o.Deny, allow|o.Allow
		}
	}
	all = all&^deny | allow
	for _, o := range ch.PermissionOverwrites {
		if o.Type == discordgo.PermissionOverwriteTypeMember && o.ID == self {
			all = all&^o.Deny | o.Allow
		}
	}
	return all
}

// Invite is a link that installs the bot.
type Invite struct{ For, URL string }

// Invites are the links that install the bot: into a server with the least permissions that it needs to play, and for a
// user, who then can ask anywhere. https://discord.com/developers/docs/topics/oauth2#bot-authorization-flow
func Invites(application string) []Invite {
	link := func(values url.Values) string {
		values.Set("client_id", application)
		return "https://discord.com/oauth2/authorize?" + values.Encode()
	}
	return []Invite{
		{"a server, where everybody can ask and play", link(url.Values{"scope": {"bot applications.commands"},
			"permissions": {strconv.FormatInt(invited, 10)}, "integration_type": {"0"}})},
		{"yourself, to ask wherever you are", link(url.Values{"scope": {"applications.commands"}, "integration_type": {"1"}})},
	}
}

// Application is the application's ID, asked of Discord where the configuration does not say.
func (p *Platform) Application(ctx context.Context) (string, error) {
	if err := p.identity(ctx); err != nil {
		return "", err
	}
	return p.application(), nil
}
