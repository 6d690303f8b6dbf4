package bench

import (
	"encoding/json"
	"testing"

	"github.com/bwmarrin/discordgo"
)

// The payloads are what discordgo reads without an error, and as big as they are said to be.
func TestPayloads(t *testing.T) {
	at := place{guild: guildBase, channel: channelID(guildBase, 3), user: userBase}
	const id = 1_282_918_927_402_049_536
	for _, c := range []struct {
		name     string
		payload  []byte
		into     any
		min, max int
	}{
		{"interaction", interaction(id, at, `films that won both the palme d'or and "best picture"`), &discordgo.Interaction{}, 1500, 2100},
		{"message", message(id, at, false), &discordgo.Message{}, 1050, 1300},
		{"message with content", message(id, at, true), &discordgo.Message{}, 1050, 1300},
		{"ready", ready("http://127.0.0.1:1"), &discordgo.Ready{}, 500, 3000},
		{"guild", guild(guildBase), &discordgo.Guild{}, 19_400, 19_800},
	} {
		if err := json.Unmarshal(c.payload, c.into); err != nil {
			t.Errorf("%s: %v\n%s", c.name, err, c.payload)
		}
		if n := len(c.payload); n < c.min || n > c.max {
			t.Errorf("%s: %d bytes, want %d to %d", c.name, n, c.min, c.max)
		}
	}
	var g discordgo.Guild
	if json.Unmarshal(guild(guildBase), &g) != nil || len(g.Channels) != 30 || len(g.Roles) != 20 || len(g.Emojis) != 20 {
		t.Errorf("guild: %d channels, %d roles, %d emojis", len(g.Channels), len(g.Roles), len(g.Emojis))
	}
}
