package check

import "slices"

// surfaces is where a type of block may be, of which the documentation says so on each block's page, as on
// https://docs.slack.dev/reference/block-kit/blocks/table-block. A type that is missing here is unknown.
func surfaces(block string) ([]surface, bool) {
	switch block {
	case "actions", "context", "divider", "header", "image", "input", "rich_text", "section", "video",
		"card", "carousel", "container":
		return []surface{inMessage, inModal, inHome}, true
	case "context_actions", "data_table", "data_visualization", "markdown", "plan", "table", "task_card":
		return []surface{inMessage}, true
	case "alert":
		return []surface{inModal}, true
	case "file": // apps read it and do not write it: https://docs.slack.dev/reference/block-kit/blocks/file-block
		return nil, true
	}
	return nil, false
}

// blocks checks all blocks of a message or a view.
func (c *checker) blocks(at string, list []any, high int) {
	if len(list) > high {
		c.say("%s has %d blocks; %d are allowed", at, len(list), high)
		list = list[:high]
	}
	for i, v := range list {
		if c.full() {
			return
		}
		if b, ok := c.object(item(at, i), v); ok {
			c.block(item(at, i), b)
		}
	}
}

func (c *checker) block(at string, b object) {
	allowed, known := surfaces(kind(b))
	switch {
	case !known:
		c.say("%s is a block of the unknown type %s", at, short(b["type"]))
		return
	case !slices.Contains(allowed, c.on):
		c.say("%s is of the type %s, which is not allowed in a %s", at, kind(b), c.on)
		return
	}
	c.blockID(b, at)
	switch kind(b) {
	case "section":
		c.section(b, at)
	case "header": // https://docs.slack.dev/reference/block-kit/blocks/header-block
		c.needText(b, at, "text", 150, "plain_text")
	case "context":
		c.context(b, at)
	case "actions": // https://docs.slack.dev/reference/block-kit/blocks/actions-block
		c.elements(b, at, 25, actionsElements())
	case "context_actions": // https://docs.slack.dev/reference/block-kit/blocks/context-actions-block
		c.elements(b, at, 5, []string{"feedback_buttons", "icon_button"})
	case "image":
		c.imageBlock(b, at)
	case "input":
		c.input(b, at)
	case "rich_text":
		c.richText(b, at)
	case "table":
		c.table(b, at)
	case "markdown": // https://docs.slack.dev/reference/block-kit/blocks/markdown-block
		c.need(b, at, "text", 1, 12_000)
	case "alert": // https://docs.slack.dev/reference/block-kit/blocks/alert-block
		c.needText(b, at, "text", 200, "plain_text", "mrkdwn")
		c.oneOf(b, at, "level", "default", "info", "warning", "error", "success")
	}
}

// blockID checks that a block_id is there once at most: https://docs.slack.dev/reference/block-kit/blocks
func (c *checker) blockID(b object, at string) {
	id := c.str(b, at, "block_id", 1, 255)
	if id == "" {
		return
	}
	if first, there := c.blockIDs[id]; there {
		c.say("%s.block_id %s is that of %s, too", at, short(id), first)
		return
	}
	c.blockIDs[id] = at
}

// section: https://docs.slack.dev/reference/block-kit/blocks/section-block
func (c *checker) section(b object, at string) {
	_, text := b["text"]
	_, fields := b["fields"]
	if !text && !fields {
		c.say("%s has neither text nor fields", at)
	}
	c.textIn(b, at, "text", 3000, "plain_text", "mrkdwn")
	c.boolean(b, at, "expand")
	if fields {
		for i, v := range c.list(b, at, "fields", 1, 10) {
			c.text(item(field(at, "fields"), i), v, 2000, "plain_text", "mrkdwn")
		}
	}
	if v, there := b["accessory"]; there {
		c.element(field(at, "accessory"), v, accessoryElements())
	}
}

// context: https://docs.slack.dev/reference/block-kit/blocks/context-block, whose texts are limited as those of any text
// object.
func (c *checker) context(b object, at string) {
	for i, v := range c.list(b, at, "elements", 1, 10) {
		at := item(field(at, "elements"), i)
		if o, ok := v.(object); ok && kind(o) == "image" {
			c.element(at, v, []string{"image"})
			continue
		}
		c.text(at, v, 3000, "plain_text", "mrkdwn")
	}
}

// imageBlock: https://docs.slack.dev/reference/block-kit/blocks/image-block
func (c *checker) imageBlock(b object, at string) {
	c.image(b, at)
	c.textIn(b, at, "title", 2000, "plain_text")
}

// image checks what an image block and an image element share.
func (c *checker) image(o object, at string) {
	_, url := o["image_url"]
	_, file := o["slack_file"]
	if url == file {
		c.say("%s needs either image_url or slack_file", at)
	}
	c.str(o, at, "image_url", 1, 3000)
	c.need(o, at, "alt_text", 1, 2000)
}

// input: https://docs.slack.dev/reference/block-kit/blocks/input-block
func (c *checker) input(b object, at string) {
	c.inputs++
	c.needText(b, at, "label", 2000, "plain_text")
	c.textIn(b, at, "hint", 2000, "plain_text")
	c.boolean(b, at, "optional")
	c.boolean(b, at, "dispatch_action")
	v, there := b["element"]
	if !there {
		c.say("%s.element is missing", at)
		return
	}
	c.element(field(at, "element"), v, inputElements())
}

// elements checks a block's list of elements, and that their action_ids differ.
func (c *checker) elements(b object, at string, high int, allowed []string) {
	seen := map[string]bool{}
	for i, v := range c.list(b, at, "elements", 1, high) {
		at := item(field(at, "elements"), i)
		c.element(at, v, allowed)
		o, _ := v.(object)
		id, _ := o["action_id"].(string)
		if id != "" && seen[id] {
			c.say("%s.action_id %s is there twice in the block", at, short(id))
		}
		seen[id] = true
	}
}
