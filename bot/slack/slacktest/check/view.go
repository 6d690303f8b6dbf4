package check

import "encoding/json"

const maxViewBlocks = 100 // https://docs.slack.dev/reference/block-kit/blocks

// View says what Slack would refuse in a modal or a Home tab: each finding begins with the error that views.open answers
// with (https://docs.slack.dev/reference/methods/views.open). The rules are in
// https://docs.slack.dev/reference/views/modal-views and https://docs.slack.dev/reference/views/home-tab-views.
func View(raw json.RawMessage) []string {
	c := newChecker("invalid_arguments", inModal)
	v, err := decode(raw)
	if err != nil {
		c.say("the view is not JSON: %v", err)
		return c.found
	}
	o, ok := c.object("the view", v)
	if !ok {
		return c.found
	}
	switch kind(o) {
	case "modal":
		c.modal(o)
	case "home":
		c.on = inHome
		for _, name := range []string{"title", "submit", "close"} {
			if _, there := o[name]; there {
				c.say("%s is for modals only", name)
			}
		}
	default:
		c.say("type is %s; one of [modal home] is allowed", short(o["type"]))
		return c.found
	}
	c.str(o, "", "private_metadata", 0, 3000)
	c.str(o, "", "callback_id", 1, 255)
	c.str(o, "", "external_id", 1, 255)
	if _, there := o["blocks"]; !there {
		c.say("blocks is missing")
	}
	c.blocks("blocks", c.list(o, "", "blocks", 0, 1<<31-1), maxViewBlocks)
	if _, submit := o["submit"]; c.on == inModal && c.inputs > 0 && !submit {
		c.say("submit is missing: there are input blocks")
	}
	return c.found
}

func (c *checker) modal(o object) {
	c.needText(o, "", "title", 24, "plain_text")
	c.textIn(o, "", "submit", 24, "plain_text")
	c.textIn(o, "", "close", 24, "plain_text")
	for _, name := range []string{"clear_on_close", "notify_on_close", "submit_disabled"} {
		c.boolean(o, "", name)
	}
}

// Options says what Slack would refuse in the answer to a block_suggestion, which it does without saying so: the menu is
// empty. The findings begin with "invalid_options", which is no error of Slack's.
// https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
func Options(raw json.RawMessage) []string {
	c := newChecker("invalid_options", "")
	v, err := decode(raw)
	if err != nil {
		c.say("the answer is not JSON: %v", err)
		return c.found
	}
	o, ok := c.object("the answer", v)
	if !ok {
		return c.found
	}
	// Nothing found is an answer, too.
	for _, name := range []string{"options", "option_groups"} {
		if list, ok := o[name].([]any); ok && len(list) == 0 && len(o) == 1 {
			return nil
		}
	}
	c.optionsOrGroups(o, "")
	return c.found
}
