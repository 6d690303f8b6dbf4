package discordtest

import (
	"fmt"
	"strings"
	"testing"
)

func checkNew(body []byte) []fieldError  { return checkMessage(body, false) }
func checkEdit(body []byte) []fieldError { return checkMessage(body, true) }

// TestMessageLimits: what a message needs, and how much of it there may be.
func TestMessageLimits(t *testing.T) {
	content := func(s string) string { return `{"content":"` + s + `"}` }
	with := func(fields string) string { return `{"content":"x",` + fields + `}` }
	judge(t, checkNew, newMessages(), []trial{
		{name: "no JSON", body: `{`, want: " BASE_TYPE_BAD"},
		{name: "wrong type", body: content("x") + "x", want: " BASE_TYPE_BAD"},
		{name: "number as content", body: `{"content":7}`, want: " BASE_TYPE_BAD"},
		{name: "empty", body: `{}`, want: " BASE_TYPE_REQUIRED"},
		{name: "all is null", body: `{"content":null,"embeds":null,"components":null,"poll":null}`, want: " BASE_TYPE_REQUIRED"},
		{name: "blank content", body: content(" \\n\\t"), want: " BASE_TYPE_REQUIRED"},
		{name: "attachment alone", body: `{"attachments":[{"id":"0","filename":"a.png"}]}`},
		{name: "sticker alone", body: `{"sticker_ids":["749054660769218631"]}`},
		{name: "forward", body: `{"message_reference":{"type":1,"message_id":"1","channel_id":"2"}}`,
			apart: "the document knows replies alone"},
		{name: "reply is no content", body: `{"message_reference":{"message_id":"1"}}`, want: " BASE_TYPE_REQUIRED"},
		{name: "poll", body: `{"poll":{"question":{"text":"Who?"},"answers":[{"poll_media":{"text":"Anora"}}]}}`},
		{name: "flags of all messages", body: with(`"flags":4100`)},
		{name: "ephemeral", body: with(`"flags":64`)},
		{name: "crossposted", body: with(`"flags":1`), want: "flags BASE_TYPE_CHOICES"},
		{name: "loading", body: with(`"flags":128`), want: "flags BASE_TYPE_CHOICES"},
		{name: "urgent", body: with(`"flags":16`), want: "flags BASE_TYPE_CHOICES"},
		{name: "nonce null", body: with(`"nonce":null`)},
		{name: "nonce a number", body: with(`"nonce":900719925474099`)},
		{name: "nonce a fraction", body: with(`"nonce":1.5`), want: "nonce BASE_TYPE_BAD"},
		{name: "nonce an object", body: with(`"nonce":{}`), want: "nonce BASE_TYPE_BAD"},
		{name: "nobody mentioned", body: with(`"allowed_mentions":{"parse":[]}`)},
		{name: "everybody mentioned", body: with(`"allowed_mentions":{"parse":["users","roles","everyone"],"replied_user":true}`)},
		{name: "kind of mention", body: with(`"allowed_mentions":{"parse":["users","here"]}`), want: "allowed_mentions.parse.1 BASE_TYPE_CHOICES"},
		{name: "users in general and one", body: with(`"allowed_mentions":{"parse":["users"],"users":["1"]}`),
			want: "allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"},
		{name: "roles in general and one", body: with(`"allowed_mentions":{"parse":["roles"],"roles":["1"]}`),
			want: "allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"},
		{name: "roles in general and one user", body: with(`"allowed_mentions":{"parse":["roles"],"users":["1"],"roles":[]}`)},
	},
		edge{name: "content", least: 1, most: 2000, body: func(n int) string { return content(xs(n)) },
			low: " BASE_TYPE_REQUIRED", high: "content BASE_TYPE_MAX_LENGTH"},
		edge{name: "content of emojis", most: 2000, body: func(n int) string { return content(strings.Repeat("🎬", n)) },
			high: "content BASE_TYPE_MAX_LENGTH"},
		edge{name: "nonce", most: 25, body: func(n int) string { return with(`"nonce":"` + xs(n) + `"`) },
			high: "nonce BASE_TYPE_MAX_LENGTH"},
		edge{name: "stickers", most: 3, body: func(n int) string { return `{"sticker_ids":[` + same(n, `"1"`) + `]}` },
			high: "sticker_ids BASE_TYPE_BAD_LENGTH"},
		edge{name: "attachments", most: 10, body: func(n int) string { return with(`"attachments":[` + same(n, `{"id":"0"}`) + `]`) },
			high: "attachments BASE_TYPE_BAD_LENGTH"},
		edge{name: "users mentioned", most: 100, body: func(n int) string {
			return with(`"allowed_mentions":{"users":[` + times(n, func(i int) string { return fmt.Sprintf(`"%d"`, i+1) }) + `]}`)
		}, high: "allowed_mentions.users BASE_TYPE_BAD_LENGTH"},
	)
}

// TestEditLimits: an edit may leave parts out, and take them away, but what is there keeps to the same rules.
func TestEditLimits(t *testing.T) {
	judge(t, checkEdit, edits(), []trial{
		{name: "nothing", body: `{}`},
		{name: "content taken away", body: `{"content":null}`},
		{name: "buttons taken away", body: `{"components":[]}`},
		{name: "embeds taken away", body: `{"embeds":[]}`},
		{name: "to components", body: `{"flags":32768,"content":null,"embeds":[],"components":[{"type":10,"content":"x"}]}`},
		{name: "components with content", body: `{"flags":32768,"content":"x"}`,
			want: "content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"},
		{name: "components without the flag", body: `{"components":[{"type":10,"content":"x"}]}`,
			want: "components.0.type BASE_TYPE_CHOICES"},
		{name: "private update", body: `{"flags":64,"content":"x"}`},
		{name: "without embeds", body: `{"flags":4}`},
		{name: "silent", body: `{"flags":4096}`, want: "flags BASE_TYPE_CHOICES"},
	},
		edge{name: "content", most: 2000, body: func(n int) string { return `{"content":"` + xs(n) + `"}` },
			high: "content BASE_TYPE_MAX_LENGTH"},
	)
}

// TestEmbedLimits: each part of an embed, and all embeds together.
func TestEmbedLimits(t *testing.T) {
	embed := func(fields string) string { return `{"embeds":[{` + fields + `}]}` }
	text := func(name string) func(n int) string {
		return func(n int) string { return embed(`"` + name + `":"` + xs(n) + `"`) }
	}
	field := func(name, value string) string {
		return embed(`"fields":[{"name":"` + name + `","value":"` + value + `","inline":true}]`)
	}
	judge(t, checkNew, newMessages(), []trial{
		{name: "whole", body: embed(`"type":"rich","title":"T","description":"D","url":"https://a.example/x","color":16766720,` +
			`"timestamp":"2026-03-15T20:00:00.000Z","footer":{"text":"F","icon_url":"https://a.example/i.png"},` +
			`"author":{"name":"A","url":"http://a.example","icon_url":"attachment://a.png"},` +
			`"image":{"url":"attachment://b.png"},"thumbnail":{"url":"https://a.example/t.png"},"fields":[]`)},
		{name: "empty", body: embed(``), want: "embeds.0.description BASE_TYPE_REQUIRED"},
		{name: "a colour alone", body: embed(`"color":1`), want: "embeds.0.description BASE_TYPE_REQUIRED"},
		{name: "null", body: `{"embeds":[null]}`, want: "embeds.0.description BASE_TYPE_REQUIRED"},
		{name: "a picture alone", body: embed(`"image":{"url":"https://a.example/a.png"}`)},
		{name: "picture of a scheme", body: embed(`"image":{"url":"ftp://a.example/a.png"}`), want: "embeds.0.image.url URL_TYPE_INVALID_SCHEME"},
		{name: "no URL", body: embed(`"title":"T","url":"a.example"`), want: "embeds.0.url URL_TYPE_INVALID_URL"},
		{name: "URL without a scheme", body: embed(`"title":"T","url":"//a.example"`), want: "embeds.0.url URL_TYPE_INVALID_URL"},
		{name: "URL without a host", body: embed(`"title":"T","url":"https:"`), want: "embeds.0.url URL_TYPE_INVALID_URL"},
		{name: "bad URL", body: embed(`"title":"T","url":"https://%zz"`), want: "embeds.0.url URL_TYPE_INVALID_URL"},
		{name: "title to a file", body: embed(`"title":"T","url":"attachment://a.png"`), want: "embeds.0.url URL_TYPE_INVALID_SCHEME"},
		{name: "time", body: embed(`"title":"T","timestamp":"yesterday"`), want: "embeds.0.timestamp DATE_TIME_TYPE_PARSE"},
		{name: "no footer", body: embed(`"title":"T","footer":{"text":" "}`), want: "embeds.0.footer.text BASE_TYPE_REQUIRED"},
		{name: "no author", body: embed(`"title":"T","author":{"url":"https://a.example"}`), want: "embeds.0.author.name BASE_TYPE_REQUIRED"},
		{name: "field without a name", body: field("", "x"), want: "embeds.0.fields.0.name BASE_TYPE_REQUIRED"},
		{name: "field without a value", body: field("x", " "), want: "embeds.0.fields.0.value BASE_TYPE_REQUIRED"},
	},
		edge{name: "embeds", most: 10, body: func(n int) string { return `{"embeds":[` + same(n, `{"title":"x"}`) + `]}` },
			high: "embeds BASE_TYPE_BAD_LENGTH"},
		edge{name: "title", most: 256, body: text("title"), high: "embeds.0.title BASE_TYPE_MAX_LENGTH"},
		edge{name: "description", most: 4096, body: text("description"), high: "embeds.0.description BASE_TYPE_MAX_LENGTH"},
		edge{name: "fields", most: 25, body: func(n int) string {
			return embed(`"fields":[` + same(n, `{"name":"x","value":"y"}`) + `]`)
		}, high: "embeds.0.fields BASE_TYPE_BAD_LENGTH"},
		edge{name: "field name", most: 256, body: func(n int) string { return field(xs(n), "x") },
			high: "embeds.0.fields.0.name BASE_TYPE_MAX_LENGTH"},
		edge{name: "field value", most: 1024, body: func(n int) string { return field("x", xs(n)) },
			high: "embeds.0.fields.0.value BASE_TYPE_MAX_LENGTH"},
		edge{name: "footer", most: 2048, body: func(n int) string { return embed(`"footer":{"text":"` + xs(n) + `"}`) },
			high: "embeds.0.footer.text BASE_TYPE_MAX_LENGTH"},
		edge{name: "author", most: 256, body: func(n int) string { return embed(`"author":{"name":"` + xs(n) + `"}`) },
			high: "embeds.0.author.name BASE_TYPE_MAX_LENGTH"},
		edge{name: "URL", most: 2048, body: func(n int) string {
			return embed(`"title":"T","url":"https://a.example/` + xs(n-len("https://a.example/")) + `"`)
		}, high: "embeds.0.url BASE_TYPE_MAX_LENGTH"},
		edge{name: "colour", least: 0, most: 0xffffff, body: func(n int) string { return embed(fmt.Sprintf(`"title":"T","color":%d`, n)) },
			low: "embeds.0.color NUMBER_TYPE_MIN", high: "embeds.0.color NUMBER_TYPE_MAX"},
		edge{name: "all together", most: 6000, body: func(n int) string { // of every kind of text: 100 by 5, 1000, the rest
			return `{"embeds":[{"title":"` + xs(100) + `","footer":{"text":"` + xs(100) + `"},"author":{"name":"` + xs(100) +
				`"},"fields":[{"name":"` + xs(100) + `","value":"` + xs(100) + `"}]},{"description":"` + xs(1500) +
				`"},{"description":"` + xs(n-2000) + `"}]}`
		}, high: "embeds MAX_EMBED_SIZE_EXCEEDED"},
	)
}
