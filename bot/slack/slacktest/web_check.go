package slacktest

import (
	"encoding/json"

	"github.com/whowon-bot/whowon/bot/slack/slacktest/check"
)

// schemas validate blocks and views against the published types.
type schemas interface {
	Blocks(raw json.RawMessage) []string
	View(raw json.RawMessage) []string
}

func loadSchemas(string) schemas { return nil }

func (w *webServer) checkMessage(map[string]json.RawMessage) []string { return nil }

func (w *webServer) checkView(json.RawMessage) []string { return nil }

// pings is how many mentions of a message notify somebody.
func pings(text string, blocks json.RawMessage) int { return check.Pings(text, blocks) }
