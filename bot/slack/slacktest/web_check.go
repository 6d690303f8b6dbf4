package slacktest

import (
	"encoding/json"
	"fmt"

	"github.com/whowon-bot/whowon/bot/slack/slacktest/check"
)

// loadSchemas reads the published types from a folder; "" is none, which find nothing.
func loadSchemas(dir string) *check.Schemas {
	if dir == "" {
		return nil
	}
	s, err := check.Load(dir)
	if err != nil {
		panic(fmt.Sprintf("slacktest: %v", err))
	}
	return s
}

// checkMessage says what Slack would refuse in the arguments of a message, each finding with its code in front.
func (w *webServer) checkMessage(fields map[string]json.RawMessage) []string {
	var text string
	_ = json.Unmarshal(fields["text"], &text) // what is no text is none
	blocks := fields["blocks"]
	return append(check.Message(text, blocks), coded("invalid_blocks", w.schemas.Blocks(blocks))...)
}

// checkView says what Slack would refuse in a view.
func (w *webServer) checkView(raw json.RawMessage) []string {
	return append(check.View(raw), coded("invalid_arguments", w.schemas.View(raw))...)
}

// coded puts a code in front of findings.
func coded(code string, findings []string) []string {
	for i := range findings {
		findings[i] = code + ": " + findings[i]
	}
	return findings
}

// pings is how many mentions of a message notify somebody.
func pings(text string, blocks json.RawMessage) int { return check.Pings(text, blocks) }
