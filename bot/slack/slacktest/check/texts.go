package check

import "slices"

// text checks a text object: https://docs.slack.dev/reference/block-kit/composition-objects/text-object
// kinds are "plain_text", "mrkdwn", or both.
func (c *checker) text(at string, v any, high int, kinds ...string) {
	o, ok := c.object(at, v)
	if !ok {
		return
	}
	if !slices.Contains(kinds, kind(o)) {
		c.say("%s.type is %s; one of %v is allowed", at, short(o["type"]), kinds)
		return
	}
	c.need(o, at, "text", 1, high)
	c.boolean(o, at, "emoji")
	c.boolean(o, at, "verbatim")
	if _, there := o["emoji"]; there && kind(o) == "mrkdwn" {
		c.say("%s.emoji is for plain_text only", at)
	}
	if _, there := o["verbatim"]; there && kind(o) == "plain_text" {
		c.say("%s.verbatim is for mrkdwn only", at)
	}
}

// textIn checks a text object in a field that may be missing, needText one that must be there.
func (c *checker) textIn(o object, at, name string, high int, kinds ...string) {
	if v, there := o[name]; there {
		c.text(field(at, name), v, high, kinds...)
	}
}

func (c *checker) needText(o object, at, name string, high int, kinds ...string) {
	if _, there := o[name]; !there {
		c.say("%s is missing", field(at, name))
		return
	}
	c.textIn(o, at, name, high, kinds...)
}

// confirm checks https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
func (c *checker) confirm(o object, at string) {
	v, there := o["confirm"]
	if !there {
		return
	}
	at = field(at, "confirm")
	d, ok := c.object(at, v)
	if !ok {
		return
	}
	c.needText(d, at, "title", 100, "plain_text")
	c.needText(d, at, "text", 300, "plain_text", "mrkdwn")
	c.needText(d, at, "confirm", 30, "plain_text")
	c.needText(d, at, "deny", 30, "plain_text")
	c.oneOf(d, at, "style", "primary", "danger")
}

// choice is what the options of one kind of menu may have.
type choice struct {
	options int      // at most; there is at least one
	kinds   []string // of text
	url     bool     // may have one, as an overflow's
}

// The limits are in https://docs.slack.dev/reference/block-kit/composition-objects/option-object and on each menu's page.
func menuChoice() choice     { return choice{options: 100, kinds: []string{"plain_text"}} }
func buttonsChoice() choice  { return choice{options: 10, kinds: []string{"plain_text", "mrkdwn"}} }
func overflowChoice() choice { return choice{options: 5, kinds: []string{"plain_text"}, url: true} }

// options checks the list of options of a menu or a group, and gives their values.
func (c *checker) options(o object, at string, ch choice) map[string]bool {
	values := map[string]bool{}
	for i, v := range c.list(o, at, "options", 1, ch.options) {
		if value, ok := c.option(item(field(at, "options"), i), v, ch); ok {
			values[value] = true
		}
	}
	return values
}

func (c *checker) option(at string, v any, ch choice) (value string, ok bool) {
	o, ok := c.object(at, v)
	if !ok {
		return "", false
	}
	c.needText(o, at, "text", 75, ch.kinds...)
	c.textIn(o, at, "description", 75, ch.kinds...)
	value = c.need(o, at, "value", 1, 150)
	if _, there := o["url"]; there && !ch.url {
		c.say("%s.url is for overflow menus only", at)
	}
	c.str(o, at, "url", 1, 3000)
	return value, true
}

// optionsOrGroups checks that a menu has either, and gives the values of its options.
// https://docs.slack.dev/reference/block-kit/composition-objects/option-group-object
func (c *checker) optionsOrGroups(o object, at string) map[string]bool {
	_, options := o["options"]
	_, groups := o["option_groups"]
	where := at
	if where == "" {
		where = "the answer"
	}
	switch {
	case options && groups:
		c.say("%s has both options and option_groups", where)
	case options:
		return c.options(o, at, menuChoice())
	case !groups:
		c.say("%s has neither options nor option_groups", where)
	}
	values := map[string]bool{}
	for i, v := range c.list(o, at, "option_groups", 1, 100) {
		at := item(field(at, "option_groups"), i)
		group, ok := c.object(at, v)
		if !ok {
			continue
		}
		c.needText(group, at, "label", 75, "plain_text")
		for value := range c.options(group, at, menuChoice()) {
			values[value] = true
		}
		if c.full() {
			break
		}
	}
	return values
}

// initial checks that the options chosen from the start are of those that can be chosen.
func (c *checker) initial(o object, at string, values map[string]bool, ch choice) {
	check := func(at string, v any) {
		if value, ok := c.option(at, v, ch); ok && !values[value] {
			c.say("%s is none of the options", at)
		}
	}
	if v, there := o["initial_option"]; there {
		check(field(at, "initial_option"), v)
	}
	for i, v := range c.list(o, at, "initial_options", 0, ch.options) {
		check(item(field(at, "initial_options"), i), v)
	}
}
