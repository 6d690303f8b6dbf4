package check

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

const (
	maxText      = 40_000 // https://docs.slack.dev/reference/methods/chat.postMessage (truncated, or msg_too_long)
	maxBlocks    = 50     // https://docs.slack.dev/reference/block-kit/blocks
	maxBlockJSON = 13_200 // measured by others: the documentation names msg_blocks_too_long, and no number
)

// Message says what Slack would refuse in a message: each finding begins with the error that chat.postMessage answers with
// (https://docs.slack.dev/reference/methods/chat.postMessage), and names the place. Blocks are a list, null, or nothing.
func Message(text string, blocks json.RawMessage) []string {
	c := newChecker("invalid_blocks", inMessage)
	if n := utf8.RuneCountInString(text); n > maxText {
		c.sayAs("msg_too_long", "text has %d characters; %d are allowed", n, maxText)
	}
	if len(bytes.TrimSpace(blocks)) == 0 {
		blocks = json.RawMessage("null")
	}
	v, err := decode(blocks)
	list, ok := v.([]any)
	switch {
	case err != nil:
		c.sayAs("invalid_blocks_format", "blocks are not JSON: %v", err)
		return c.found
	case v != nil && !ok:
		c.sayAs("invalid_blocks_format", "blocks is not a list")
		return c.found
	case len(list) == 0 && strings.TrimSpace(text) == "":
		c.sayAs("no_text", "neither text nor blocks")
	}
	if n := compactLength(blocks); n > maxBlockJSON {
		c.sayAs("msg_blocks_too_long", "blocks are %d characters of JSON; about %d are allowed", n, maxBlockJSON)
	}
	c.blocks("blocks", list, maxBlocks)
	return c.found
}

// compactLength is how many characters JSON has without the space between its parts.
func compactLength(raw json.RawMessage) int {
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return 0
	}
	return utf8.RuneCount(b.Bytes())
}
