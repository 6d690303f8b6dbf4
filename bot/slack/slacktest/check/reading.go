package check

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// node is any block, element or object of one, with the fields that are read of it.
type node struct {
	Type     string            `json:"type"`
	Text     json.RawMessage   `json:"text"` // a text, or an object of one
	Elements []json.RawMessage `json:"elements"`
	Fields   []json.RawMessage `json:"fields"`
	Rows     [][]node          `json:"rows"`
	Style    json.RawMessage   `json:"style"`
	URL      string            `json:"url"`
	ActionID string            `json:"action_id"`
	BlockID  string            `json:"block_id"`
	Value    json.RawMessage   `json:"value"`
	Label    json.RawMessage   `json:"label"`
	Name     string            `json:"name"`
	Confirm  json.RawMessage   `json:"confirm"`

	Accessory json.RawMessage `json:"accessory"`
	Element   json.RawMessage `json:"element"`
}

func nodes(raw json.RawMessage) []node {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		return nil
	}
	return all(list)
}

func all(list []json.RawMessage) []node {
	out := make([]node, 0, len(list))
	for _, one := range list {
		if n, ok := single(one); ok {
			out = append(out, n)
		}
	}
	return out
}

func single(raw json.RawMessage) (n node, ok bool) {
	return n, len(raw) > 0 && json.Unmarshal(raw, &n) == nil && n.Type != ""
}

// words is a text that is given as it is.
func words(raw json.RawMessage) string {
	var s string
	_ = json.Unmarshal(raw, &s) // another type is no text
	return s
}

// Text is how a message reads: line by line, without markup, what is markup in it taken as Slack takes it. Buttons are in
// brackets, moments are "<time>".
func Text(text string, blocks json.RawMessage) string {
	list := nodes(blocks)
	if len(list) == 0 {
		return mrkdwn(text)
	}
	var lines []string
	for _, b := range list {
		if s := strings.Trim(blockText(b), "\n"); s != "" {
			lines = append(lines, s)
		}
	}
	return strings.Join(lines, "\n")
}

func blockText(b node) string {
	switch b.Type {
	case "rich_text":
		return richText(b.Elements)
	case "table":
		return tableText(b.Rows)
	case "context", "context_actions":
		return joinTexts(b.Elements, " ")
	case "actions":
		return buttonTexts(all(b.Elements))
	case "input":
		return objectText(b.Label)
	}
	lines := []string{objectText(b.Text), joinTexts(b.Fields, "\n")}
	if a, ok := single(b.Accessory); ok {
		lines = append(lines, buttonTexts([]node{a}))
	}
	return strings.Join(lines, "\n")
}

func joinTexts(list []json.RawMessage, between string) string {
	var parts []string
	for _, raw := range list {
		if s := objectText(raw); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, between)
}

// objectText is what a text object shows.
func objectText(raw json.RawMessage) string {
	n, ok := single(raw)
	switch {
	case !ok:
		return ""
	case n.Type == "mrkdwn":
		return mrkdwn(words(n.Text))
	case n.Type == "plain_text":
		return words(n.Text)
	}
	return ""
}

func buttonTexts(list []node) string {
	var parts []string
	for _, n := range list {
		if n.Type == "button" {
			parts = append(parts, "["+objectText(n.Text)+"]")
		}
	}
	return strings.Join(parts, " ")
}

// richText is what the elements of rich text show, which is literal.
func richText(elements []json.RawMessage) string {
	var lines []string
	for _, e := range all(elements) {
		if e.Type == "rich_text_list" {
			for i, item := range all(e.Elements) {
				mark := "- "
				if words(e.Style) == "ordered" {
					mark = strconv.Itoa(i+1) + ". "
				}
				lines = append(lines, mark+inline(item.Elements))
			}
			continue
		}
		lines = append(lines, inline(e.Elements))
	}
	return strings.Join(lines, "\n")
}

func inline(elements []json.RawMessage) string {
	var b strings.Builder
	for _, e := range all(elements) {
		switch e.Type {
		case "text":
			b.WriteString(words(e.Text))
		case "link":
			if s := words(e.Text); s != "" {
				b.WriteString(s)
			} else {
				b.WriteString(e.URL)
			}
		case "date":
			b.WriteString("<time>")
		case "emoji":
			b.WriteString(":" + e.Name + ":")
		case "user", "usergroup", "broadcast", "channel":
			b.WriteString("@" + e.Type)
		}
	}
	return b.String()
}

func tableText(rows [][]node) string {
	var lines []string
	for _, row := range rows {
		var cells []string
		for _, c := range row {
			s := words(c.Text)
			if c.Type == "rich_text" {
				s = richText(c.Elements)
			}
			if s = strings.TrimSpace(s); s != "" {
				cells = append(cells, s)
			}
		}
		between := " · "
		if len(cells) == 2 {
			between = " — "
		}
		lines = append(lines, strings.Join(cells, between))
	}
	return strings.Join(lines, "\n")
}

// unescaper reads the three characters that Slack has in place of others, and no more.
var unescaper = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

var (
	angles    = regexp.MustCompile(`<([^<>]*)>`)
	formatted = []*regexp.Regexp{mark(`\*`), mark(`_`), mark(`~`), mark("`")}
	emoji     = regexp.MustCompile(`:[a-z0-9_+-]+:`)
	quote     = regexp.MustCompile(`(?m)^&gt; ?`)
)

// mark is a pair of signs that format what is between them: they stand at the edges of words.
func mark(sign string) *regexp.Regexp {
	edge, in := `[^\pL\pN`+sign+`]`, `[^\s`+sign+`]`
	return regexp.MustCompile(`(^|` + edge + `)` + sign + `(` + in + `|` + in + `[^` + sign + `\n]*` + in + `)` + sign +
		`($|` + edge + `)`)
}

// mrkdwn is how Slack shows a text with its markup: https://docs.slack.dev/messaging/formatting-message-text
func mrkdwn(s string) string {
	for _, f := range formatted {
		s = f.ReplaceAllString(s, "$1$2$3")
		s = f.ReplaceAllString(s, "$1$2$3") // those that had the sign before in common
	}
	s = emoji.ReplaceAllString(s, "(emoji)")
	s = quote.ReplaceAllString(s, "")
	s = angles.ReplaceAllStringFunc(s, func(in string) string {
		what, label, labelled := strings.Cut(in[1:len(in)-1], "|")
		switch {
		case strings.HasPrefix(what, "!date^"):
			return "&lt;time&gt;"
		case labelled:
			return label
		}
		return what
	})
	return unescaper.Replace(s)
}

// Button is something in a message to press or to choose from.
type Button struct {
	Type             string // "button", "static_select" …
	ActionID, Value  string
	BlockID          string
	Text, Style, URL string
	Confirm          bool
}

// Buttons are those of a message, in order.
func Buttons(blocks json.RawMessage) []Button {
	var out []Button
	for _, b := range nodes(blocks) {
		var in []node
		switch b.Type {
		case "actions", "context_actions":
			in = all(b.Elements)
		case "input":
			in = all([]json.RawMessage{b.Element})
		default:
			in = all([]json.RawMessage{b.Accessory})
		}
		for _, e := range in {
			if e.ActionID != "" || e.Type == "button" {
				out = append(out, Button{Type: e.Type, ActionID: e.ActionID, Value: words(e.Value), BlockID: b.BlockID,
					Text: objectText(e.Text), Style: words(e.Style), URL: e.URL, Confirm: len(e.Confirm) > 0})
			}
		}
	}
	return out
}

var mention = regexp.MustCompile(`<(@[UW][A-Z0-9]+|!here|!channel|!everyone|!subteam\^)[^<>]*>`)

// Pings is how many mentions in a message notify somebody. Those in the text count, too: it is what notifications show.
func Pings(text string, blocks json.RawMessage) int {
	n := len(mention.FindAllString(text, -1))
	var list []json.RawMessage
	_ = json.Unmarshal(blocks, &list) // what is no list is refused
	for _, raw := range list {
		b, ok := single(raw)
		if !ok || !slices.Contains(read, b.Type) {
			n += len(anyMention.FindAll(raw, -1))
			continue
		}
		n += pingsIn(b, 0)
	}
	return n
}

// anyMention finds what would notify somebody in a block of a kind that is not read.
var anyMention = regexp.MustCompile(`(<|\\u003c)(@[UW][A-Z0-9]+|!here|!channel|!everyone|!subteam\^)|` +
	`"type":\s*"(user|usergroup|broadcast)"`)

// read are the blocks whose texts are read one by one.
var read = []string{"rich_text", "table", "context", "context_actions", "actions", "section", "header", "input", "divider"}

// maxDepth is how deep blocks nest at most.
const maxDepth = 8

func pingsIn(b node, depth int) int {
	if depth > maxDepth {
		return 0
	}
	switch b.Type {
	case "user", "usergroup", "broadcast":
		return 1
	case "mrkdwn":
		return len(mention.FindAllString(words(b.Text), -1))
	case "plain_text", "text", "button":
		return 0
	}
	n := 0
	for _, list := range [][]json.RawMessage{b.Elements, b.Fields, {b.Text}, {b.Accessory}} {
		for _, in := range all(list) {
			n += pingsIn(in, depth+1)
		}
	}
	for _, row := range b.Rows {
		for _, c := range row {
			n += pingsIn(c, depth+1)
		}
	}
	return n
}
