package discordtest

import (
	"encoding/json"
	"slices"
	"strconv"
)

// messageBody is a message in a request, as far as it is checked.
// https://docs.discord.com/developers/resources/message#create-message
type messageBody struct {
	Content    string          `json:"content"`
	Embeds     []embedBody     `json:"embeds"`
	Components []componentBody `json:"components"`
	Flags      int             `json:"flags"`
	Nonce      json.RawMessage `json:"nonce"`
	Allowed    *struct {
		Parse []string `json:"parse"`
		Users []string `json:"users"`
		Roles []string `json:"roles"`
	} `json:"allowed_mentions"`
	Reference struct {
		Type int `json:"type"`
	} `json:"message_reference"`
	Stickers    []json.RawMessage `json:"sticker_ids"`
	Attachments []json.RawMessage `json:"attachments"`
	Poll        json.RawMessage   `json:"poll"`
}

// Limits of messages. https://docs.discord.com/developers/resources/message#create-message-jsonform-params
const (
	maxContent     = 2000 // characters
	maxNonce       = 25   // characters
	maxEmbeds      = 10
	maxStickers    = 3
	maxAttachments = 10
	maxMentioned   = 100 // users, and roles: https://docs.discord.com/developers/resources/message#allowed-mentions-object
	referForward   = 1   // https://docs.discord.com/developers/resources/message#message-reference-types
)

// checkMessage checks a message to create, the data of a callback of type 4 or 7, or a follow-up. edit is a change of a
// message, which may leave parts out.
func checkMessage(body []byte, edit bool) []fieldError {
	var c checker
	var m messageBody
	if !c.decode(body, &m) {
		return c.errs
	}
	c.flags(m.Flags, edit)
	c.nonce(m.Nonce)
	c.mentions(&m)
	c.count("sticker_ids", len(m.Stickers), 0, maxStickers)
	c.count("attachments", len(m.Attachments), 0, maxAttachments)
	if m.Flags&ComponentsV2 != 0 {
		c.modernMessage(&m, edit)
	} else {
		c.legacyMessage(&m, edit)
	}
	return c.found()
}

// legacyMessage has text and embeds, and below them rows.
func (c *checker) legacyMessage(m *messageBody, edit bool) {
	c.atMost("content", m.Content, maxContent)
	c.embeds(m.Embeds)
	c.rows(m.Components)
	if !edit && blank(m.Content) && len(m.Embeds) == 0 && len(m.Components) == 0 && !m.otherwiseFilled() {
		c.add("", "BASE_TYPE_REQUIRED", "Cannot send an empty message")
	}
}

// otherwiseFilled reports whether there is something besides text, embeds and components.
func (m *messageBody) otherwiseFilled() bool {
	return len(m.Stickers) > 0 || len(m.Attachments) > 0 || given(m.Poll) || m.Reference.Type == referForward
}

// modernMessage is made of components alone. What it cannot have may be there empty.
// https://docs.discord.com/developers/components/reference#legacy-message-component-behavior
func (c *checker) modernMessage(m *messageBody, edit bool) {
	for _, f := range []struct {
		name  string
		there bool
	}{
		{"content", m.Content != ""},
		{"embeds", len(m.Embeds) > 0},
		{"sticker_ids", len(m.Stickers) > 0},
		{"poll", given(m.Poll)},
	} {
		if f.there {
			c.add(f.name, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
				"The '%s' field cannot be used when using MessageFlags.IS_COMPONENTS_V2", f.name)
		}
	}
	c.layout(m.Components)
	if !edit && len(m.Components) == 0 {
		c.add("", "BASE_TYPE_REQUIRED", "Cannot send an empty message")
	}
}

func given(raw json.RawMessage) bool { return len(raw) > 0 && string(raw) != "null" }

// flags are those that a bot may set. To be ephemeral is for answers to interactions, and what an edit may set is less; a
// callback of type 7 is an edit that names the flag again. Which of them a body is for is not known here.
// https://docs.discord.com/developers/resources/message#edit-message
// https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-messages
func (c *checker) flags(flags int, edit bool) {
	allowed := suppressed | Ephemeral | ComponentsV2
	if edit {
		allowed = suppressEmbeds | Ephemeral | ComponentsV2
	}
	if wrong := flags &^ allowed; wrong != 0 {
		c.add("flags", "BASE_TYPE_CHOICES", "A bot cannot set %d.", wrong)
	}
}

const suppressEmbeds = 1 << 2

// nonce is a number, or a string of at most 25 characters.
func (c *checker) nonce(raw json.RawMessage) {
	if !given(raw) {
		return
	}
	var s string
	if json.Unmarshal(raw, &s) == nil {
		c.atMost("nonce", s, maxNonce)
		return
	}
	if _, err := strconv.ParseInt(string(raw), 10, 64); err != nil {
		c.add("nonce", "BASE_TYPE_BAD", "It is neither an integer nor a string.")
	}
}

// mentions may not be allowed in general and one by one.
// https://docs.discord.com/developers/resources/message#allowed-mentions-object
func (c *checker) mentions(m *messageBody) {
	if m.Allowed == nil {
		return
	}
	for i, kind := range m.Allowed.Parse {
		if !slices.Contains([]string{"roles", "users", "everyone"}, kind) {
			c.add(under("allowed_mentions.parse", i), "BASE_TYPE_CHOICES", "Value must be one of ('users', 'roles', 'everyone').")
		}
	}
	for kind, list := range map[string][]string{"users": m.Allowed.Users, "roles": m.Allowed.Roles} {
		c.count("allowed_mentions."+kind, len(list), 0, maxMentioned)
		if len(list) > 0 && slices.Contains(m.Allowed.Parse, kind) {
			c.add("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
				"parse:[%q] and %s: [ids...] are mutually exclusive.", kind, kind)
		}
	}
}
