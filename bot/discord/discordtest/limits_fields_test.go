package discordtest

import (
	"strings"
	"testing"
)

// TestUnknownFields: what Discord does not document is named by its path, wherever it is.
func TestUnknownFields(t *testing.T) {
	for _, tt := range []struct{ kind, body, want string }{
		{"message", `{`, ""},
		{"message", `[]`, ""},
		{"message", note("x"), ""},
		{"message", panel("x", "y", Ephemeral), ""},
		{"message", `{"content":"x","nonce":"y","enforce_nonce":true,"message_reference":{"message_id":"1","fail_if_not_exists":false}}`, ""},
		{"message", `{"colour":1,"Content":"x","allowedMentions":{}}`, "Content allowedMentions colour"},
		{"message", `{"data":{"content":"x"}}`, "data"},
		{"message", `{"allowed_mentions":{"parse":[],"repliedUser":true}}`, "allowed_mentions.repliedUser"},
		{"message", `{"message_reference":{"id":"1"}}`, "message_reference.id"},
		{"message", `{"embeds":[{"title":"x"},{"titel":"x","fields":[{"name":"x","val":"y"}],"footer":{"txt":"x"},"author":{"n":1},"image":{"src":1}}]}`,
			"embeds.1.author.n embeds.1.fields.0.val embeds.1.footer.txt embeds.1.image.src embeds.1.titel"},
		{"message", `{"poll":{"question":{"txt":"x"},"answers":[{"poll_media":{"text":"x","emoji":{"nam":"x"}}}]}}`,
			"poll.answers.0.poll_media.emoji.nam poll.question.txt"},
		{"message", `{"attachments":[{"id":"0","file_name":"x"}]}`, "attachments.0.file_name"},
		{"message", `{"components":[{"type":17,"label":"x","components":[{"type":1,"components":[{"type":2,"customId":"x","emoji":{"x":1}}]}]}]}`,
			"components.0.components.0.components.0.customId components.0.components.0.components.0.emoji.x components.0.label"},
		{"message", `{"components":[{"type":9,"components":[{"type":10,"text":"x"}],"accessory":{"type":11,"media":{"uri":"x"}}}]}`,
			"components.0.accessory.media.uri components.0.components.0.text"},
		{"message", `{"components":[{"type":12,"items":[{"alt":"x"}]},{"type":1,"components":[{"type":3,"options":[{"name":"x"}]}]}]}`,
			"components.0.items.0.alt components.1.components.0.options.0.name"},
		{"message", `{"components":[{"type":99,"whatever":1},{"whatever":1},null,7,"x"]}`, ""}, // which the check refuses

		{"callback", callback(ResponseMessage, note("x")), ""},
		{"callback", callback(ResponseDeferred, `{"flags":64}`), ""},
		{"callback", callback(ResponseDeferredUpdate, ""), ""},
		{"callback", callback(ResponseUpdate, panel("x", "y", 0)), ""},
		{"callback", callback(ResponseModal, modalData("m")), ""},
		{"callback", `{"type":99,"data":{"x":1}}`, ""}, // which the check refuses
		{"callback", `{"type":4,"content":"x","data":{"content":"x","nonce":"y"}}`, "content data.nonce"},
		{"callback", `{"type":7,"data":{"message_reference":{"message_id":"1"}}}`, "data.message_reference"},
		{"callback", `{"type":8,"data":{"choices":[{"name":"x","value":"y","label":"z"}],"content":"x"}}`, "data.choices.0.label data.content"},
		{"callback", `{"type":9,"data":{"custom_id":"x","flags":64,"components":[{"type":18,"label":"x","component":{"type":4,"min":1}}]}}`,
			"data.components.0.component.min data.flags"},

		{"commands", `[]`, ""},
		{"commands", cmd(opts(opt(1, "a", opts(opt(3, "b", `"required":true,"choices":[{"name":"x","value":"y","name_localizations":{"xx":"y"}}]`))))), ""},
		{"commands", cmd(`"permissions":1`, opts(opt(1, "a", `"nsfw":true`, opts(opt(3, "b", `"min":1,"choices":[{"label":"x"}]`))))),
			"0.options.0.nsfw 0.options.0.options.0.choices.0.label 0.options.0.options.0.min 0.permissions"},
	} {
		if got := strings.Join(unknownFields(tt.kind, []byte(tt.body)), " "); got != tt.want {
			t.Errorf("of %s %s\ngot  %s\nwant %s", tt.kind, tt.body, got, tt.want)
		}
	}
}

// TestFieldKinds: every kind of object that a field is said to hold is there, but components, which go by their type.
func TestFieldKinds(t *testing.T) {
	for kind, fields := range objectFields {
		for field := range strings.FieldsSeq(fields) {
			name, inner, ok := strings.Cut(field, ":")
			if ok && inner != "component" && objectFields[inner] == "" {
				t.Errorf("%s.%s is of no kind there is: %q", kind, name, inner)
			}
		}
	}
}
