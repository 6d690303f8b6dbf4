package bench

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Question is what people ask, and a word of the answer, as the answer's JSON has it.
type Question struct{ Text, Answer string }

// Questions are those that README.md shows, but for whole ceremonies, which nobody asks for often.
func Questions() []Question {
	return []Question{
		{"best picture 2025", "Anora"},
		{"best pictuer 2025", "Anora"},
		{"who beat demi moore at the oscars", "Mikey Madison"},
		{"films that won both the palme d'or and best picture", "Marty"},
		{"super bowl LVIII", "Kansas City Chiefs"},
		{"palme d'or 2019", "Parasite"},
		{"nobel literature 2017", "Kazuo Ishiguro"},
		{"best actress nominees 2025", "Fernanda Torres"},
		{"sean baker", "Starlet"},
		{"how many oscars has meryl streep won", "3 Oscars"},
		{"what did parasite win", "13 wins"},
		{"first woman to win best director", "Kathryn Bigelow"},
		{"when were the 97th oscars", "Dolby Theatre"},
	}
}

// IDs that everything is made of.
const (
	guildBase = 1_081_384_788_765_712_384
	userBase  = 880_351_110_224_678_912
)

func channelID(guild, n uint64) uint64 { return guild + 1<<40 + n }

type place struct{ guild, channel, user uint64 }

// interaction is the d of INTERACTION_CREATE for /whowon query:text:
// https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object.
func interaction(id uint64, at place, text string) []byte {
	value, _ := json.Marshal(text) // a string always can be
	return fmt.Appendf(make([]byte, 0, 2048), interactionFormat, id, at.guild, at.channel, at.user, value, Application)
}

const interactionFormat = `{"version":1,"type":2,` +
	`"token":"aW50ZXJhY3Rpb246%[1]d:dE9mNGpYb0RvU3ZQTmpGd0hQOHF3ZFFWZ0tYc1ZYbUJ1cjRoYk9uU3R3eWZrZ0RkUHhjQ1Z2aVlvS0NhR2xvWmJ` +
	`3QnJ4dXpQb1R5a3dOQXZ4d2dCVHJ3QkVLdVVIbU9tY2pVRm5rZ0R3ZHhZQmhzbk1r","member":{"user":{"username":"ada.%[4]d",` +
	`"public_flags":64,"primary_guild":{"tag":"FILM","identity_guild_id":"%[2]d","identity_enabled":true,` +
	`"badge":"2c9b44f2a6c1d2a08d0a7e8e2f1d7c55"},"id":"%[4]d","global_name":"Ada L.","display_name_styles":null,` +
	`"discriminator":"0","collectibles":null,"clan":null,"avatar_decoration_data":null,` +
	`"avatar":"a_1269e74af4df7417b13759eae50c83dc"},"unusual_dm_activity_until":null,"roles":["1081384788765712411",` +
	`"1081384788765712412","1081384788765712413"],"premium_since":null,"permissions":"2248473465835073","pending":false,` +
	`"nick":null,"mute":false,"joined_at":"2021-05-16T12:00:00.123000+00:00","flags":0,"deaf":false,` +
	`"communication_disabled_until":null,"banner":null,"avatar":null},"locale":"en-US","id":"%[1]d","guild_locale":"en-US",` +
	`"guild_id":"%[2]d","guild":{"locale":"en-US","id":"%[2]d","features":["COMMUNITY","NEWS","INVITE_SPLASH",` +
	`"ANIMATED_ICON"]},"entitlements":[],"entitlement_sku_ids":[],"data":{"type":1,"options":[{"value":%[5]s,"type":3,` +
	`"name":"query"}],"name":"whowon","id":"1100000000000000099"},"context":0,"channel_id":"%[3]d","channel":{"type":0,` +
	`"topic":"Films, and who deserved what","theme_color":null,"rate_limit_per_user":0,"position":3,` +
	`"permissions":"2248473465835073","parent_id":"1081384788765712400","nsfw":false,"name":"films",` +
	`"last_message_id":"%[1]d","id":"%[3]d","icon_emoji":null,"guild_id":"%[2]d","flags":0},` +
	`"authorizing_integration_owners":{"0":"%[2]d"},"attachment_size_limit":10485760,"application_id":"%[6]s",` +
	`"app_permissions":"2248473465835073"}`

// message is the d of MESSAGE_CREATE in a channel of a guild. Without the privileged intent Discord blanks the content:
// https://docs.discord.com/developers/events/gateway#message-content-intent.
func message(id uint64, at place, content bool) []byte {
	said := ""
	if content {
		said = "no way, that one was two years earlier, and it lost to the film about the shape of water"
	}
	return fmt.Appendf(make([]byte, 0, 1536), messageFormat, id, at.guild, at.channel, at.user, said)
}

const messageFormat = `{"type":0,"tts":false,"timestamp":"2026-03-15T20:41:07.518000+00:00","pinned":false,` +
	`"nonce":"%[1]d","mentions":[],"mention_roles":[],"mention_everyone":false,"member":{"roles":["1081384788765712411",` +
	`"1081384788765712412","1081384788765712413","1081384788765712414","1081384788765712415","1081384788765712416"],` +
	`"premium_since":null,"pending":false,"nick":null,"mute":false,"joined_at":"2021-05-16T12:00:00.123000+00:00","flags":0,` +
	`"deaf":false,"communication_disabled_until":null,"banner":null,"avatar":null},"id":"%[1]d","flags":0,"embeds":[],` +
	`"edited_timestamp":null,"content":"%[5]s","components":[],"channel_type":0,"channel_id":"%[3]d",` +
	`"author":{"username":"ada.%[4]d","public_flags":64,"primary_guild":{"tag":"FILM","identity_guild_id":"%[2]d",` +
	`"identity_enabled":true,"badge":"2c9b44f2a6c1d2a08d0a7e8e2f1d7c55"},"id":"%[4]d","global_name":"Ada L.",` +
	`"display_name_styles":null,"discriminator":"0","collectibles":null,"clan":null,"avatar_decoration_data":null,` +
	`"avatar":"a_1269e74af4df7417b13759eae50c83dc"},"attachments":[],"guild_id":"%[2]d"}`

// ready is the d of READY.
func ready(url string) []byte {
	list := make([]string, home)
	for g := range list {
		list[g] = fmt.Sprintf(`{"unavailable":true,"id":"%d"}`, guildBase+g)
	}
	return fmt.Appendf(nil, `{"v":10,"user_settings":{},"user":{"verified":true,"username":"bench","mfa_enabled":true,`+
		`"id":"%s","global_name":null,"flags":0,"email":null,"discriminator":"0","bot":true,"avatar":null},`+
		`"session_type":"normal","session_id":"0b1f2e3d4c5b6a798897a6b5c4d3e2f1","resume_gateway_url":"ws%s",`+
		`"relationships":[],"private_channels":[],"presences":[],"guilds":[%s],"guild_join_requests":[],`+
		`"geo_ordered_rtc_regions":["rotterdam"],"auth":{},"application":{"id":"%[1]s","flags":565248},"_trace":[]}`,
		Application, strings.TrimPrefix(url, "http"), strings.Join(list, ","))
}

// guild is the d of GUILD_CREATE for a guild with 30 channels, 20 roles and 20 emojis: 19.6 KB.
func guild(id uint64) []byte {
	b := fmt.Appendf(make([]byte, 0, 20<<10), guildFormat, id, channelID(id, 0), userBase+id%997)
	b = append(b, `,"channels":[`...)
	for n := range uint64(30) {
		b = fmt.Appendf(b, `{"version":1700000000000,"type":0,"topic":"Talk about number %[2]d, and be kind",`+
			`"rate_limit_per_user":0,"position":%[2]d,"permission_overwrites":[{"type":0,"id":"%[3]d","deny":"2048",`+
			`"allow":"1024"}],"parent_id":null,"nsfw":false,"name":"channel-%[2]d","last_message_id":"1282918927402049536",`+
			`"id":"%[1]d","icon_emoji":null,"flags":0},`,
			channelID(id, n), n, id)
	}
	b = append(b[:len(b)-1], `],"roles":[`...)
	for n := range uint64(20) {
		b = fmt.Appendf(b, `{"tags":{},"position":%[2]d,"permissions":"2248473465835073","name":"role %[2]d",`+
			`"mentionable":false,"managed":false,"id":"%[1]d","icon":null,"hoist":false,"flags":0,"colors":{"tertiary_color":null,`+
			`"secondary_color":null,"primary_color":0},"color":0},`, id+1<<41+n, n)
	}
	b = append(b[:len(b)-1], `],"emojis":[`...)
	for n := range uint64(20) {
		b = fmt.Appendf(b, `{"roles":[],"require_colons":true,"name":"emoji_%d","managed":false,"id":"%d","available":true,`+
			`"animated":false},`, n, id+1<<42+n)
	}
	return append(b[:len(b)-1], `]}`...)
}

const guildFormat = `{"id":"%[1]d","name":"The guild of %[1]d","icon":"a_0f269e74af4df7417b13759eae50c83d",` +
	`"description":null,"splash":null,"discovery_splash":null,"features":["COMMUNITY","NEWS","INVITE_SPLASH",` +
	`"ANIMATED_ICON"],"banner":null,"owner_id":"%[3]d","application_id":null,"region":"deprecated","afk_channel_id":null,` +
	`"afk_timeout":300,"system_channel_id":"%[2]d","system_channel_flags":0,"widget_enabled":false,"widget_channel_id":null,` +
	`"verification_level":1,"default_message_notifications":1,"mfa_level":0,"explicit_content_filter":2,` +
	`"max_presences":null,"max_members":500000,"max_video_channel_users":25,"vanity_url_code":null,"premium_tier":2,` +
	`"premium_subscription_count":9,"preferred_locale":"en-US","rules_channel_id":null,"safety_alerts_channel_id":null,` +
	`"public_updates_channel_id":null,"premium_progress_bar_enabled":false,"nsfw":false,"nsfw_level":0,"member_count":412,` +
	`"large":true,"lazy":true,"unavailable":false,"joined_at":"2021-05-16T12:00:00.123000+00:00","version":1700000000000,` +
	`"members":[],"presences":[],"threads":[],"voice_states":[],"stage_instances":[],"guild_scheduled_events":[],` +
	`"soundboard_sounds":[],"stickers":[],"activity_instances":[],"embedded_activities":[]`
