package discord

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"math"

	"github.com/bwmarrin/discordgo"

	"github.com/whowon-bot/whowon/bot"
)

// outgoing is a message on its way out: to a channel, in answer to an interaction, or in the place of another. discordgo has
// no type with a nonce that is enforced.
type outgoing struct {
	Flags           discordgo.MessageFlags           `json:"flags,omitempty"`
	Components      []component                      `json:"components"`
	AllowedMentions discordgo.MessageAllowedMentions `json:"allowed_mentions"`
	Nonce           string                           `json:"nonce,omitempty"`
	EnforceNonce    bool                             `json:"enforce_nonce,omitempty"`
	Reference       *reference                       `json:"message_reference,omitempty"`
}

// reference names the message that is replied to. One that is gone is no reason to say nothing.
type reference struct {
	MessageID       string `json:"message_id"`
	FailIfNotExists bool   `json:"fail_if_not_exists"`
}

// response is the first answer to an interaction.
type response struct {
	Type discordgo.InteractionResponseType `json:"type"`
	Data any                               `json:"data,omitempty"`
}

// draw makes a message of a view, which leads to our pages where they are published.
func (p *Platform) draw(v bot.View, page int) outgoing { return draw(bot.Paged(v, p.o.Pages), page) }

// draw makes a message of a view. No message mentions anybody, whatever its text: the default of the platform is everybody.
func draw(v bot.View, page int) outgoing {
	components, _ := render(v, page)
	return outgoing{Flags: discordgo.MessageFlagsIsComponentsV2, Components: components,
		AllowedMentions: discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}}
}

// private makes a message that only who asked sees.
func (o outgoing) private(yes bool) outgoing {
	if yes {
		o.Flags |= discordgo.MessageFlagsEphemeral
	}
	return o
}

// once marks a message with its key, in two ways. Discord shows a nonce once within a few minutes, and answers a second
// time with the message there is: https://docs.discord.com/developers/resources/message#create-message. The ID of its
// first component stays with the message, so that it is recognised later.
func (o outgoing) once(key string) outgoing {
	if key == "" {
		return o
	}
	sum := sha256.Sum256([]byte(key))
	o.Nonce = base32.StdEncoding.EncodeToString(sum[:15])[:nonceLength]
	o.EnforceNonce = true
	o.Components[0].ID = markOf(sum)
	return o
}

// nonceLength is the longest nonce that Discord takes, in characters; 24 of base32 are 120 bits.
const nonceLength = 24

// markOf is an ID for the first component of a message with a key: 31 bits, since IDs are signed integers of 32, and never
// one that Discord gives by itself to a component without: those begin at 1.
// https://docs.discord.com/developers/components/reference#anatomy-of-a-component
func markOf(sum [sha256.Size]byte) int32 {
	n := int32(binary.BigEndian.Uint32(sum[15:]) & math.MaxInt32)
	if n <= maxComponents {
		n += maxComponents + 1
	}
	return n
}
