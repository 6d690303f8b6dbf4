package discordtest

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// unknownFields are the JSON paths of fields that Discord does not document, sorted, in a body of a kind: "message" to
// create or change one, "callback", "commands". Fields are known by their exact names; what is of a wrong type is left to
// the checks.
func unknownFields(kind string, body []byte) []string {
	var data any
	if json.Unmarshal(body, &data) != nil {
		return nil
	}
	var out []string
	if kind == "commands" {
		kind = "command"
	}
	walkFields(kind, "", data, &out)
	return out
}

// walkFields adds the unknown fields of an object of a kind, or of all objects of a list.
func walkFields(kind, path string, data any, out *[]string) {
	switch data := data.(type) {
	case []any:
		for i, element := range data {
			walkFields(kind, under(path, i), element, out)
		}
	case map[string]any:
		known := knownFields(kind, data)
		if known == nil {
			return
		}
		for _, name := range slices.Sorted(maps.Keys(data)) {
			inner, ok := known[name]
			if !ok {
				*out = append(*out, under(path, name))
			} else if inner != "" {
				walkFields(inner, under(path, name), data[name], out)
			}
		}
	}
}

// knownFields are the fields of an object, and for those which hold objects of what kind they are; "" is not looked into. A
// component and a callback are what their type says; one of a type that does not exist has nil.
func knownFields(kind string, data map[string]any) map[string]string {
	if kind == "component" || kind == "callback" {
		typ, _ := data["type"].(float64)
		kind += strconv.Itoa(int(typ))
	}
	if objectFields[kind] == "" {
		return nil
	}
	known := map[string]string{}
	for field := range strings.FieldsSeq(objectFields[kind]) {
		name, inner, _ := strings.Cut(field, ":")
		known[name] = inner
	}
	return known
}

// objectFields are the documented fields of all objects that a body can hold, as "name" or "name:kind". Where each is from:
// messages, and those of callbacks, which have fewer fields (a follow-up has those of a webhook):
// https://docs.discord.com/developers/resources/message#create-message,
// https://docs.discord.com/developers/resources/webhook#execute-webhook,
// https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object;
// components: https://docs.discord.com/developers/components/reference;
// polls: https://docs.discord.com/developers/resources/poll#poll-create-request-object;
// commands: https://docs.discord.com/developers/interactions/application-commands#application-command-object;
// recipients: https://docs.discord.com/developers/resources/user#create-dm.
var objectFields = map[string]string{
	"message": "content nonce tts embeds:embed allowed_mentions:mentions message_reference:reference components:component " +
		"sticker_ids attachments:attachment flags enforce_nonce poll:poll shared_client_theme " +
		"username avatar_url thread_name applied_tags",
	"answer": "tts content embeds:embed allowed_mentions:mentions flags components:component attachments:attachment poll:poll",

	"callback1":  "type",
	"callback4":  "type data:answer",
	"callback5":  "type data:answer",
	"callback6":  "type data:answer",
	"callback7":  "type data:answer",
	"callback8":  "type data:choices",
	"callback9":  "type data:modal",
	"callback12": "type",
	"choices":    "choices:choice",
	"modal":      "custom_id title components:component",

	"embed": "title type description url timestamp color footer:footer image:picture thumbnail:picture video:picture " +
		"provider:provider author:author fields:field",
	"footer":     "text icon_url proxy_icon_url",
	"picture":    "url proxy_url height width",
	"provider":   "name url",
	"author":     "name url icon_url proxy_icon_url",
	"field":      "name value inline",
	"mentions":   "parse roles users replied_user",
	"reference":  "type message_id channel_id guild_id fail_if_not_exists",
	"attachment": "id filename title description duration_secs waveform is_remix is_spoiler",
	"poll":       "question:pollMedia answers:pollAnswer duration allow_multiselect layout_type",
	"pollAnswer": "poll_media:pollMedia",
	"pollMedia":  "text emoji:emoji",
	"emoji":      "id name animated",

	"component1":  "type id components:component",
	"component2":  "type id style label emoji:emoji custom_id sku_id url disabled",
	"component3":  "type id custom_id options:option placeholder min_values max_values required disabled",
	"component4":  "type id custom_id style label min_length max_length required value placeholder",
	"component5":  "type id custom_id placeholder default_values:default min_values max_values required disabled",
	"component6":  "type id custom_id placeholder default_values:default min_values max_values required disabled",
	"component7":  "type id custom_id placeholder default_values:default min_values max_values required disabled",
	"component8":  "type id custom_id channel_types placeholder default_values:default min_values max_values required disabled",
	"component9":  "type id components:component accessory:component",
	"component10": "type id content",
	"component11": "type id media:media description spoiler",
	"component12": "type id items:item",
	"component13": "type id file:media spoiler",
	"component14": "type id divider spacing",
	"component17": "type id components:component accent_color spoiler",
	"component18": "type id label description component:component",
	"component19": "type id custom_id min_values max_values required",
	"component21": "type id custom_id options:option required",
	"component22": "type id custom_id options:option min_values max_values required",
	"component23": "type id custom_id default",
	"option":      "label value description emoji:emoji default",
	"default":     "id type",
	"media":       "url",
	"item":        "media:media description spoiler",

	"command": "id type name name_localizations description description_localizations options:commandOption " +
		"default_member_permissions dm_permission default_permission integration_types contexts nsfw handler",
	"commandOption": "type name name_localizations description description_localizations required choices:choice " +
		"options:commandOption channel_types min_value max_value min_length max_length autocomplete",
	"choice": "name name_localizations value",

	"recipient": "recipient_id access_tokens nicks",
}
