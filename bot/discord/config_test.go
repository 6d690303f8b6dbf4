package discord

import (
	"net/url"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
)

const testKey = "8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c"

func TestConfigCheck(t *testing.T) {
	for _, tt := range []struct {
		c    Config
		want string // part of the error; "" is none
	}{
		{Config{}, ""}, {Config{Transport: "gateway", Shards: "auto"}, ""}, {Config{Token: "t"}, ""},
		{Config{MessageContent: true}, "discord.token is missing"},
		{Config{Token: "Bot t"}, "without \"Bot\""},
		{Config{Token: "t", ApplicationID: "12x"}, "discord.application_id"},
		{Config{Token: "t", APIURL: "discord.com"}, "discord.api_url"},
		{Config{Token: "t", APIURL: "http://127.0.0.1:9/api/v10/"}, ""},
		{Config{Token: "t", Transport: "pigeon"}, "use gateway or http"},
		{Config{Token: "t", Transport: "http"}, "discord.public_key"},
		{Config{Token: "t", Transport: "http", PublicKey: testKey}, ""},
		{Config{Token: "t", Transport: "http", PublicKey: testKey, MessageContent: true}, "gateway"},
		{Config{Token: "t", Shards: "4"}, ""}, {Config{Token: "t", Shards: "0-3/16"}, ""}, {Config{Token: "t", Shards: "7/8"}, ""},
		{Config{Token: "t", Shards: "0"}, "discord.shards"}, {Config{Token: "t", Shards: "3-1/4"}, "discord.shards"},
		{Config{Token: "t", Shards: "0-4/4"}, "discord.shards"}, {Config{Token: "t", Shards: "many"}, "discord.shards"},
		{Config{Token: "t", Shards: "1000000"}, "discord.shards"},
	} {
		err := tt.c.Check()
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%+v: %v, want %q", tt.c, err, tt.want)
		}
	}
}

func TestShardRange(t *testing.T) {
	for s, want := range map[string]shardRange{"": {}, "auto": {}, "4": {0, 3, 4}, "4-7/16": {4, 7, 16}, "7/8": {7, 7, 8}} {
		if got, err := (Config{Shards: s}).shards(); err != nil || got != want {
			t.Errorf("%q is %v, %v", s, got, err)
		}
	}
}

func TestPermissionsInAChannel(t *testing.T) {
	const view, send, history = discordgo.PermissionViewChannel, discordgo.PermissionSendMessages, discordgo.PermissionReadMessageHistory
	roles := []*discordgo.Role{{ID: "1", Permissions: view | history}, {ID: "2", Permissions: send}, {ID: "3", Permissions: discordgo.PermissionAdministrator}}
	over := func(id string, kind discordgo.PermissionOverwriteType, deny, allow int64) *discordgo.PermissionOverwrite {
		return &discordgo.PermissionOverwrite{ID: id, Type: kind, Deny: deny, Allow: allow}
	}
	for _, tt := range []struct {
		name string
		mine []string
		over []*discordgo.PermissionOverwrite
		want string
	}{
		{"its roles", []string{"2"}, nil, ""},
		{"everyone's role alone", nil, nil, "Send Messages"},
		{"denied to everyone", []string{"2"}, []*discordgo.PermissionOverwrite{over("1", 0, view, 0)}, "View Channel"},
		{"denied to everyone, given to the role", []string{"2"}, []*discordgo.PermissionOverwrite{over("2", 0, 0, view), over("1", 0, view, 0)}, ""},
		{"denied to the role, given to the bot", []string{"2"}, []*discordgo.PermissionOverwrite{over("9", 1, 0, send), over("2", 0, send, 0)}, ""},
		{"an administrator", []string{"3"}, []*discordgo.PermissionOverwrite{over("1", 0, view|send, 0)}, ""},
		{"another's role", []string{"2"}, []*discordgo.PermissionOverwrite{over("3", 0, send, 0)}, ""},
	} {
		ch := &discordgo.Channel{GuildID: "1", PermissionOverwrites: tt.over}
		if got := strings.Join(missing(permissionsIn(ch, roles, tt.mine, "9"), false), ", "); got != tt.want {
			t.Errorf("%s: lacks %q, want %q", tt.name, got, tt.want)
		}
	}
	if got := missing(view|history, true); len(got) != 1 || got[0] != "Send Messages in Threads" {
		t.Errorf("in a thread: %q", got)
	}
}

func TestInvites(t *testing.T) {
	list := Invites("42")
	for i, want := range []string{"bot applications.commands", "applications.commands"} {
		u, err := url.Parse(list[i].URL)
		if err != nil || u.Query().Get("scope") != want || u.Query().Get("client_id") != "42" {
			t.Errorf("%s: %v", list[i].URL, err)
		}
	}
	if u, _ := url.Parse(list[0].URL); u.Query().Get("permissions") != "274877975552" {
		t.Errorf("permissions %s: the least are View, Send, Send in Threads and Read History", u.Query().Get("permissions"))
	}
}
