package slack

import (
	"encoding/json"
	"strconv"
	"unicode/utf8"

	"github.com/slack-go/slack"
)

// Blocks are encoded here on the way of an answer to a command: through slack-go's types that takes longer than looking the
// answer up, since each of them encodes itself, and what comes of it is checked and compacted at every level.

// appendMessage appends an answer as Slack takes it: in the acknowledgement of a command, or at a response address.
func appendMessage(to []byte, d drawn, m answerKind) []byte {
	to = append(to, `{"response_type":"`...)
	to = append(to, m.visibility()...)
	to = append(to, `","text":`...)
	to = appendString(to, d.text)
	to = append(to, `,"blocks":`...)
	to = appendBlocks(to, d.blocks)
	if m.thread != "" {
		to = append(to, `,"thread_ts":`...)
		to = appendString(to, m.thread)
	}
	to = append(to, `,"replace_original":`...)
	to = strconv.AppendBool(to, m.replaces)
	return append(to, `,"unfurl_links":false,"unfurl_media":false}`...)
}

// answerKind is where an answer is shown.
type answerKind struct {
	private  bool
	replaces bool // what was pressed on
	thread   string
}

func (m answerKind) visibility() string {
	if m.private {
		return slack.ResponseTypeEphemeral
	}
	return slack.ResponseTypeInChannel
}

func appendBlocks(to []byte, blocks []slack.Block) []byte {
	to = append(to, '[')
	for i, b := range blocks {
		if i > 0 {
			to = append(to, ',')
		}
		to = appendBlock(to, b)
	}
	return append(to, ']')
}

func appendBlock(to []byte, b slack.Block) []byte {
	switch b := b.(type) {
	case *slack.HeaderBlock:
		to = append(to, `{"type":"header","text":`...)
		return append(appendText(to, b.Text), '}')
	case *slack.ContextBlock:
		to = append(to, `{"type":"context","elements":[`...)
		for i, e := range b.ContextElements.Elements {
			if i > 0 {
				to = append(to, ',')
			}
			if text, ok := e.(*slack.TextBlockObject); ok {
				to = appendText(to, text)
			} else {
				to = appendAny(to, e)
			}
		}
		return append(to, "]}"...)
	case *slack.RichTextBlock:
		to = append(to, `{"type":"rich_text","elements":`...)
		return append(appendRich(to, b.Elements), '}')
	case *slack.ActionBlock:
		to = append(to, `{"type":"actions","elements":[`...)
		for i, e := range b.Elements.ElementSet {
			if i > 0 {
				to = append(to, ',')
			}
			if button, ok := e.(*slack.ButtonBlockElement); ok {
				to = appendButton(to, button)
			} else {
				to = appendAny(to, e)
			}
		}
		return append(to, "]}"...)
	}
	return appendAny(to, b)
}

// appendAny appends what there is no quicker way for.
func appendAny(to []byte, v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		return append(to, "null"...) // of types that can all be encoded
	}
	return append(to, data...)
}

func appendText(to []byte, t *slack.TextBlockObject) []byte {
	to = append(to, `{"type":"`...)
	to = append(to, t.Type...)
	to = append(to, `","text":`...)
	to = appendString(to, t.Text)
	if t.Emoji != nil {
		to = append(to, `,"emoji":`...)
		to = strconv.AppendBool(to, *t.Emoji)
	}
	if t.Verbatim {
		to = append(to, `,"verbatim":true`...)
	}
	return append(to, '}')
}

func appendButton(to []byte, b *slack.ButtonBlockElement) []byte {
	to = append(to, `{"type":"button","text":`...)
	to = appendText(to, b.Text)
	to = append(to, `,"action_id":`...)
	to = appendString(to, b.ActionID)
	if b.Style != "" {
		to = append(to, `,"style":"`...)
		to = append(to, b.Style...)
		to = append(to, '"')
	}
	return append(to, '}')
}

func appendRich(to []byte, elements []slack.RichTextElement) []byte {
	to = append(to, '[')
	for i, e := range elements {
		if i > 0 {
			to = append(to, ',')
		}
		switch e := e.(type) {
		case *slack.RichTextSection:
			to = append(to, `{"type":"rich_text_section","elements":`...)
			to = append(appendInline(to, e.Elements), '}')
		case richList:
			to = append(to, `{"type":"rich_text_list","style":"`...)
			to = append(to, e.Style...)
			to = append(to, `","elements":`...)
			to = append(appendRich(to, e.Elements), '}')
		default:
			to = appendAny(to, e)
		}
	}
	return append(to, ']')
}

func appendInline(to []byte, elements []slack.RichTextSectionElement) []byte {
	to = append(to, '[')
	for i, e := range elements {
		if i > 0 {
			to = append(to, ',')
		}
		text, ok := e.(*slack.RichTextSectionTextElement)
		if !ok {
			to = appendAny(to, e)
			continue
		}
		to = append(to, `{"type":"text","text":`...)
		to = appendString(to, text.Text)
		if text.Style == boldStyle {
			to = append(to, `,"style":{"bold":true}`...)
		} else if text.Style != nil {
			to = append(to, `,"style":`...)
			to = appendAny(to, text.Style)
		}
		to = append(to, '}')
	}
	return append(to, ']')
}

// appendString appends a JSON string.
func appendString(to []byte, s string) []byte {
	to = append(to, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			if r, n := utf8.DecodeRuneInString(s[i:]); r != utf8.RuneError || n > 1 {
				i += n
				continue
			}
		}
		to = append(to, s[from:i]...)
		switch c {
		case '"', '\\':
			to = append(to, '\\', c)
		case '\n':
			to = append(to, `\n`...)
		default:
			if c < ' ' {
				to = append(to, `\u00`...)
				to = append(to, "0123456789abcdef"[c>>4], "0123456789abcdef"[c&0xf])
			} else { // no UTF-8
				to = append(to, `\ufffd`...)
			}
		}
		i++
		from = i
	}
	return append(append(to, s[from:]...), '"')
}
