package check

import (
	"encoding/json"
	"slices"
	"unicode/utf8"
)

// richText checks https://docs.slack.dev/reference/block-kit/blocks/rich-text-block. What it shows is counted for tables.
func (c *checker) richText(b object, at string) (characters int) {
	if kind(b) != "rich_text" {
		c.say("%s is of the type %s; rich_text is needed", at, short(b["type"]))
		return 0
	}
	for i, v := range c.list(b, at, "elements", 1, 1<<31-1) {
		if c.full() {
			break
		}
		at := item(field(at, "elements"), i)
		if o, ok := c.object(at, v); ok {
			characters += c.richPart(o, at)
		}
	}
	return characters
}

// richPart checks a section, list, quote or preformatted text.
func (c *checker) richPart(o object, at string) (characters int) {
	switch kind(o) {
	case "rich_text_section", "rich_text_quote":
		return c.inline(o, at)
	case "rich_text_preformatted": // text and links only
		return c.inline(o, at, "text", "link")
	case "rich_text_list":
		if _, there := o["style"]; !there {
			c.say("%s.style is missing", at)
		}
		c.oneOf(o, at, "style", "bullet", "ordered")
		c.integer(o, at, "indent", 0, 8)
		c.integer(o, at, "offset", 0, 1<<31-1)
		for i, v := range c.list(o, at, "elements", 1, 1<<31-1) {
			at := item(field(at, "elements"), i)
			in, ok := c.object(at, v)
			switch {
			case !ok:
			case kind(in) != "rich_text_section":
				c.say("%s is of the type %s; rich_text_section is needed", at, short(in["type"]))
			default:
				characters += c.inline(in, at)
			}
		}
		return characters
	}
	c.say("%s is of the unknown type %s", at, short(o["type"]))
	return 0
}

// inline checks the elements in a section; without types, all known ones are allowed.
func (c *checker) inline(o object, at string, allowed ...string) (characters int) {
	for i, v := range c.list(o, at, "elements", 1, 1<<31-1) {
		if c.full() {
			break
		}
		at := item(field(at, "elements"), i)
		e, ok := c.object(at, v)
		if !ok {
			continue
		}
		if len(allowed) > 0 && !slices.Contains(allowed, kind(e)) {
			c.say("%s is of the type %s; one of %v is allowed", at, short(e["type"]), allowed)
			continue
		}
		c.style(e, at)
		characters += c.inlineElement(e, at)
	}
	return characters
}

// inlineElement: the fields are on the page of the rich text block, and no lengths.
func (c *checker) inlineElement(e object, at string) (characters int) {
	const endless = 1<<31 - 1
	switch kind(e) {
	case "text":
		return utf8.RuneCountInString(c.need(e, at, "text", 1, endless))
	case "link":
		url := c.need(e, at, "url", 1, 3000)
		if text := c.str(e, at, "text", 1, endless); text != "" {
			return utf8.RuneCountInString(text)
		}
		return utf8.RuneCountInString(url)
	case "date":
		if _, there := e["timestamp"]; !there {
			c.say("%s.timestamp is missing", at)
		}
		c.integer(e, at, "timestamp", 0, 1<<53)
		c.str(e, at, "fallback", 1, endless)
		c.str(e, at, "url", 1, 3000)
		return utf8.RuneCountInString(c.need(e, at, "format", 1, endless))
	case "emoji":
		return utf8.RuneCountInString(c.need(e, at, "name", 1, endless))
	case "broadcast":
		c.need(e, at, "range", 1, endless)
		c.oneOf(e, at, "range", "here", "channel", "everyone")
	case "color":
		c.need(e, at, "value", 1, endless)
	case "user", "usergroup", "channel", "team":
		c.need(e, at, kind(e)+"_id", 1, endless)
	default:
		c.say("%s is of the unknown type %s", at, short(e["type"]))
		return 0
	}
	return 1
}

// style checks that a style says yes or no to known styles.
func (c *checker) style(e object, at string) {
	v, there := e["style"]
	if !there {
		return
	}
	at = field(at, "style")
	o, ok := c.object(at, v)
	if !ok {
		return
	}
	for name, v := range o {
		switch name {
		case "bold", "italic", "strike", "underline", "code", "highlight", "client_highlight", "unlink":
			if _, ok := v.(bool); !ok {
				c.say("%s is %s; true or false is allowed", field(at, name), short(v))
			}
		default:
			c.say("%s is unknown", field(at, name))
		}
	}
}

const (
	maxRows      = 100
	maxCells     = 20
	maxTableText = 10_000
)

// table checks https://docs.slack.dev/reference/block-kit/blocks/table-block
func (c *checker) table(b object, at string) {
	c.tables++
	if c.tables == 2 {
		c.say("only one table is allowed; %s is the second", at)
	}
	for i, v := range c.list(b, at, "rows", 1, maxRows) {
		at := item(field(at, "rows"), i)
		row, ok := v.([]any)
		switch {
		case !ok:
			c.say("%s is not a list", at)
		case len(row) == 0:
			c.say("%s has no cells", at)
		case len(row) > maxCells:
			c.say("%s has %d cells; %d are allowed", at, len(row), maxCells)
		default:
			c.cells(row, at)
		}
	}
	if c.tableText > maxTableText {
		c.say("%s has %d characters in its cells; %d are allowed", at, c.tableText, maxTableText)
	}
	for i, v := range c.list(b, at, "column_settings", 0, maxCells) {
		at := item(field(at, "column_settings"), i)
		if o, ok := c.object(at, v); ok {
			c.oneOf(o, at, "align", "left", "center", "right")
			c.boolean(o, at, "is_wrapped")
		}
	}
}

func (c *checker) cells(row []any, at string) {
	for i, v := range row {
		at := item(at, i)
		cell, ok := c.object(at, v)
		if !ok {
			continue
		}
		switch kind(cell) {
		case "raw_text":
			c.tableText += utf8.RuneCountInString(c.need(cell, at, "text", 1, maxTableText))
		case "raw_number":
			if _, ok := cell["value"].(json.Number); !ok {
				c.say("%s.value is %s; a number is needed", at, short(cell["value"]))
			}
			c.tableText += utf8.RuneCountInString(c.need(cell, at, "text", 1, maxTableText)) // how it is shown
		case "rich_text":
			c.tableText += c.richText(cell, at)
		default:
			c.say("%s is a cell of the unknown type %s", at, short(cell["type"]))
		}
	}
}
