package discordtest

// Styles of buttons; those between the first two are like them.
// https://docs.discord.com/developers/components/reference#button-button-styles
const (
	stylePrimary = 1
	styleDanger  = 4
	styleLink    = 5
	stylePremium = 6
)

// button has something on it and does one thing. https://docs.discord.com/developers/components/reference#button
func (c *checker) button(path string, p *componentBody) {
	shown := !blank(p.Label) || p.Emoji.there()
	c.atMost(path+".label", p.Label, maxButtonLabel)
	switch {
	case p.Style >= stylePrimary && p.Style <= styleDanger:
		c.customID(path, p.CustomID)
		c.absent(path+".url", p.URL != "")
		c.absent(path+".sku_id", given(p.SKU))
	case p.Style == styleLink:
		c.absent(path+".custom_id", p.CustomID != "")
		c.absent(path+".sku_id", given(p.SKU))
		if p.URL == "" {
			c.required(path + ".url")
		}
		c.address(path+".url", p.URL, maxButtonURL, "http", "https", "discord")
	case p.Style == stylePremium:
		if !given(p.SKU) {
			c.required(path + ".sku_id")
		}
		c.absent(path+".custom_id", p.CustomID != "")
		c.absent(path+".url", p.URL != "")
		c.absent(path+".label", p.Label != "")
		c.absent(path+".emoji", p.Emoji != nil)
		return
	default:
		c.oneOf(path+".style", p.Style, 1, 2, 3, 4, 5, 6)
	}
	if !shown {
		c.add(path, "BUTTON_COMPONENT_EMPTY", "A button needs a label or an emoji.")
	}
}

func (e *emojiBody) there() bool { return e != nil && (e.ID != "" || e.Name != "") }

// selectMenu offers a choice. https://docs.discord.com/developers/components/reference#string-select
func (c *checker) selectMenu(path string, p *componentBody) {
	c.customID(path, p.CustomID)
	c.atMost(path+".placeholder", p.Placeholder, maxPlaceholder)
	c.between(path+".min_values", p.MinValues, 0, maxSelectOptions)
	c.between(path+".max_values", p.MaxValues, 1, maxSelectOptions)
	least, most := 1, 1
	if p.MinValues != nil {
		least = *p.MinValues
	}
	if p.MaxValues != nil {
		most = *p.MaxValues
	}
	if least > most {
		c.add(path+".min_values", "NUMBER_TYPE_MAX", "It is more than max_values.")
	}
	if p.Type != partSelect {
		c.absent(path+".options", len(p.Options) > 0)
		return
	}
	c.options(path+".options", p.Options, most)
	if least > len(p.Options) {
		c.add(path+".min_values", "NUMBER_TYPE_MAX", "There are fewer options.")
	}
}

// options are those of a select of which so many can be chosen.
// https://docs.discord.com/developers/components/reference#string-select-select-option-structure
func (c *checker) options(path string, list []selectBody, most int) {
	c.count(path, len(list), 1, maxSelectOptions)
	used, chosen := map[string]bool{}, 0
	for i, o := range list {
		at := under(path, i)
		c.filled(at+".label", o.Label, maxSelectText)
		c.filled(at+".value", o.Value, maxSelectText)
		c.atMost(at+".description", o.Description, maxSelectText)
		if used[o.Value] {
			c.add(at+".value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used")
		}
		used[o.Value] = true
		if o.Default {
			chosen++
		}
	}
	if chosen > most {
		c.add(path, "SELECT_COMPONENT_TOO_MANY_DEFAULTS", "More options are chosen than can be.")
	}
}
